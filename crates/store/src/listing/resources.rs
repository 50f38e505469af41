//! What other programs can read, and where each column of it stands.

use super::{Column, Kind, Resource};
use crate::{
    account::list::care_kept,
    many::{self, PartOutcome},
};
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::{CustomerState, Estimator, PotentialMethod},
    people::Role,
    steering::{Action, AnswerKind, Cause, DeviationKind, ProposalKey, ProposalState, Side},
    strategy::Segment,
};

const fn column(name: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { name, sql, kind, may_be_empty: false, is_shown: true, is_locked: false, one_of: None }
}

const fn or_empty(name: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { name, sql, kind, may_be_empty: true, is_shown: true, is_locked: false, one_of: None }
}

/// To filter and sort by what is shown elsewhere.
const fn asked(name: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { name, sql, kind, may_be_empty: true, is_shown: false, is_locked: false, one_of: None }
}

const fn locked(name: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { name, sql, kind, may_be_empty: true, is_shown: true, is_locked: true, one_of: None }
}

/// One of a few words, and nothing else.
const fn one_of(words: fn() -> Vec<&'static str>, column: Column) -> Column {
    Column { one_of: Some(words), ..column }
}

/// Every line of the promised care is kept, or some are late; nothing where none has been promised.
const CARE: &str = concat!(
    "case when ",
    care_kept!(),
    " < 1000000 then 'late' when ",
    care_kept!(),
    " = 1000000 then 'kept' end"
);

fn care() -> Vec<&'static str> {
    vec!["late", "kept"]
}

fn segments() -> Vec<&'static str> {
    Segment::ALL.map(Segment::name).to_vec()
}

fn roles() -> Vec<&'static str> {
    Role::ALL.map(Role::name).to_vec()
}

fn actions() -> Vec<&'static str> {
    Action::all().map(Action::name).collect()
}

fn customer_states() -> Vec<&'static str> {
    CustomerState::ALL.map(CustomerState::name).to_vec()
}

/// What a fact says now.
macro_rules! believed {
    ($table:literal) => {
        concat!($table, ".known_until = '9999-12-31'\n   and ", $table, ".known_from <= $1::date")
    };
}

pub static ACCOUNTS: Resource = Resource {
    name: "accounts",
    from: "account
  join account_version on account_version.account_id = account.id
  left join account_standing on account_standing.account_id = account.id",
    condition: "account_version.from_day = (
         select max(newest.from_day)
           from account_version newest
          where newest.account_id = account.id
            and newest.from_day <= $1::date
       )",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "account.id", Kind::Id),
        column("source", "account.source", Kind::Text),
        column("external_id", "account.external_id", Kind::Text),
        column("name", "account.name", Kind::Text),
        or_empty("business_id", "account.business_id", Kind::Text),
        or_empty("parent", "account_version.parent_id", Kind::Id),
        or_empty("industry", "account_version.industry", Kind::Text),
        or_empty("size_class", "account_version.size_class", Kind::Text),
        or_empty("owner", "account_version.owner_id", Kind::Id),
        or_empty("street", "account.street", Kind::Text),
        or_empty("postal_code", "account.postal_code", Kind::Text),
        or_empty("city", "account.city", Kind::Text),
        or_empty("country", "account.country", Kind::Text),
        column("active", "account_version.is_active", Kind::Truth),
        one_of(segments, asked("segment", "account_standing.segment", Kind::Text)),
        one_of(customer_states, asked("customer_state", "account_standing.customer_state", Kind::Text)),
        asked("current_value", "account_standing.current_value_cents", Kind::Money),
        asked("potential_value", "account_standing.potential_cents", Kind::Money),
        one_of(care, asked("care", CARE, Kind::Text)),
        asked("unmet_since", "account.id", Kind::Meetings),
        asked("search", "account.search_text", Kind::Words),
    ],
};

pub static CONTACTS: Resource = Resource {
    name: "contacts",
    from: "contact",
    condition: "$1::date is not null
   and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "contact.id", Kind::Id),
        column("account", "contact.account_id", Kind::Id),
        column("source", "contact.source", Kind::Text),
        column("external_id", "contact.external_id", Kind::Text),
        column("name", "contact.name", Kind::Text),
        or_empty("title", "contact.title", Kind::Text),
        or_empty("email", "contact.email", Kind::Text),
        or_empty("phone", "contact.phone", Kind::Text),
    ],
};

pub static ACCOUNT_TEAM: Resource = Resource {
    name: "account-team",
    from: "account_team",
    condition: believed!("account_team"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "account_team.id", Kind::Id),
        column("account", "account_team.account_id", Kind::Id),
        column("person", "account_team.person_id", Kind::Id),
        one_of(roles, column("role", "account_team.role", Kind::Text)),
        column("from", "account_team.from_day", Kind::Day),
        column("until", "account_team.until_day", Kind::Day),
    ],
};

pub static ACTIVITIES: Resource = Resource {
    name: "activities",
    from: "activity",
    condition: believed!("activity"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "activity.id", Kind::Id),
        column("account", "activity.account_id", Kind::Id),
        column("source", "activity.source", Kind::Text),
        column("external_id", "activity.external_id", Kind::Text),
        one_of(
            || ActivityKind::ALL.map(ActivityKind::name).to_vec(),
            column("kind", "activity.kind", Kind::Text),
        ),
        or_empty("person", "activity.person_id", Kind::Id),
        column("day", "activity.day", Kind::Day),
        column("minutes", "activity.minutes", Kind::Whole),
        one_of(
            || ActivityState::ALL.map(ActivityState::name).to_vec(),
            column("state", "activity.state", Kind::Text),
        ),
        one_of(
            || Direction::ALL.map(Direction::name).to_vec(),
            or_empty("direction", "activity.direction", Kind::Text),
        ),
        or_empty("contact", "activity.contact_id", Kind::Id),
        or_empty("outcome", "activity.outcome", Kind::Text),
        or_empty("note", "activity.note", Kind::Text),
        or_empty("planned_on", "activity.planned_on", Kind::Day),
    ],
};

pub static SALES: Resource = Resource {
    name: "sales",
    from: "sales_line",
    condition: believed!("sales_line"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: Some("account"),
    columns: &[
        column("id", "sales_line.id", Kind::Id),
        column("account", "sales_line.account_id", Kind::Id),
        column("source", "sales_line.source", Kind::Text),
        column("invoice", "sales_line.invoice", Kind::Text),
        column("line", "sales_line.line", Kind::Text),
        column("day", "sales_line.day", Kind::Day),
        or_empty("product", "sales_line.product_id", Kind::Id),
        column("quantity", "sales_line.quantity_millionths", Kind::Millionths),
        column("net", "sales_line.net_cents", Kind::Money),
        locked("cost", "sales_line.cost_cents", Kind::Money),
    ],
};

pub static ESTIMATES: Resource = Resource {
    name: "estimates",
    from: "estimate\n  left join product_group on product_group.id = estimate.group_id",
    condition: believed!("estimate"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "estimate.id", Kind::Id),
        column("account", "estimate.account_id", Kind::Id),
        or_empty("group", "product_group.name", Kind::Text),
        column("yearly_need", "estimate.yearly_need_cents", Kind::Money),
        one_of(
            || Estimator::ALL.map(Estimator::name).to_vec(),
            column("estimator", "estimate.estimator", Kind::Text),
        ),
        or_empty("person", "estimate.person_id", Kind::Id),
        column("day", "estimate.day", Kind::Day),
        or_empty("justification", "estimate.justification", Kind::Text),
    ],
};

pub static ABILITIES: Resource = Resource {
    name: "abilities",
    from: "ability",
    condition: believed!("ability"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "ability.id", Kind::Id),
        column("account", "ability.account_id", Kind::Id),
        column("people", "ability.people", Kind::Whole),
        column("offering", "ability.offering", Kind::Whole),
        column("processes", "ability.processes", Kind::Whole),
        column("relationship", "ability.relationship", Kind::Whole),
        or_empty("person", "ability.person_id", Kind::Id),
        column("day", "ability.day", Kind::Day),
    ],
};

pub static TARGETS: Resource = Resource {
    name: "targets",
    from: "target",
    condition: believed!("target"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "target.id", Kind::Id),
        column("account", "target.account_id", Kind::Id),
        column("year", "target.year", Kind::Whole),
        column("target", "target.target_cents", Kind::Money),
        or_empty("person", "target.person_id", Kind::Id),
        column("day", "target.day", Kind::Day),
    ],
};

pub static OVERRIDES: Resource = Resource {
    name: "overrides",
    from: "segment_override",
    condition: believed!("segment_override"),
    of_viewer: None,
    key: &["account", "id"],
    ordered_within: None,
    columns: &[
        column("id", "segment_override.id", Kind::Id),
        column("account", "segment_override.account_id", Kind::Id),
        one_of(segments, or_empty("segment", "segment_override.segment", Kind::Text)),
        or_empty("reason", "segment_override.reason", Kind::Text),
        or_empty("person", "segment_override.person_id", Kind::Id),
        column("from", "segment_override.from_day", Kind::Day),
        column("review", "segment_override.review_on", Kind::Day),
    ],
};

pub static PEOPLE: Resource = Resource {
    name: "people",
    from: "person\n  join person_version on person_version.person_id = person.id",
    condition: "person_version.from_day = (
         select max(newest.from_day)
           from person_version newest
          where newest.person_id = person.id
            and newest.from_day <= $1::date
       )",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "person.id", Kind::Id),
        column("source", "person.source", Kind::Text),
        column("external_id", "person.external_id", Kind::Text),
        column("name", "person.name", Kind::Text),
        or_empty("email", "person.email", Kind::Text),
        one_of(roles, column("role", "person_version.role", Kind::Text)),
        or_empty("team", "person_version.team", Kind::Text),
        or_empty("manager", "person_version.manager_id", Kind::Id),
        column("active", "person_version.is_active", Kind::Truth),
    ],
};

pub static PRODUCTS: Resource = Resource {
    name: "products",
    from: "product\n  left join product_group on product_group.id = product.group_id",
    condition: "$1::date is not null",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "product.id", Kind::Id),
        column("source", "product.source", Kind::Text),
        column("external_id", "product.external_id", Kind::Text),
        column("name", "product.name", Kind::Text),
        or_empty("group", "product_group.name", Kind::Text),
    ],
};

/// As the last watch found them.
pub static VALUES: Resource = Resource {
    name: "values",
    from: "account_standing",
    condition: "$1::date is not null",
    of_viewer: None,
    key: &["account"],
    ordered_within: None,
    columns: &[
        column("account", "account_standing.account_id", Kind::Id),
        column("on", "account_standing.evaluated_on", Kind::Day),
        or_empty("owner", "account_standing.owner_id", Kind::Id),
        column("active", "account_standing.is_active", Kind::Truth),
        one_of(customer_states, column("customer_state", "account_standing.customer_state", Kind::Text)),
        column("current_value", "account_standing.current_value_cents", Kind::Money),
        column("previous_value", "account_standing.previous_value_cents", Kind::Money),
        or_empty("trend", "account_standing.trend_millionths", Kind::Millionths),
        or_empty("last_order", "account_standing.last_order", Kind::Day),
        or_empty("usual_gap", "account_standing.usual_gap_millionths", Kind::Millionths),
        or_empty("potential_value", "account_standing.potential_cents", Kind::Money),
        one_of(
            || PotentialMethod::ALL.map(PotentialMethod::name).to_vec(),
            or_empty("potential_method", "account_standing.potential_method", Kind::Text),
        ),
        column("ability", "account_standing.ability_millionths", Kind::Millionths),
        column("ability_assumed", "account_standing.is_ability_assumed", Kind::Truth),
        or_empty("reachable", "account_standing.reachable_cents", Kind::Money),
        or_empty("share_of_wallet", "account_standing.share_of_wallet_millionths", Kind::Millionths),
        or_empty("customer_target", "account_standing.customer_target_cents", Kind::Money),
        one_of(segments, or_empty("segment", "account_standing.segment", Kind::Text)),
        one_of(segments, or_empty("segment_automatic", "account_standing.segment_automatic", Kind::Text)),
        or_empty("segment_since", "account_standing.segment_since", Kind::Day),
        column("care_lines", "account_standing.care_lines", Kind::Whole),
        column("care_lines_kept", "account_standing.care_lines_kept", Kind::Whole),
        one_of(care, or_empty("care", CARE, Kind::Text)),
        column("open_deviations", "account_standing.open_deviations", Kind::Whole),
        column("stake_at_risk", "account_standing.stake_at_risk_cents", Kind::Money),
        column("stake_to_gain", "account_standing.stake_to_gain_cents", Kind::Money),
        asked("industry", "account_standing.industry", Kind::Text),
        asked("unmet_since", "account_standing.account_id", Kind::Meetings),
    ],
};

/// Every change of segment, from the account's first assessment on.
pub static SEGMENT_CHANGES: Resource = Resource {
    name: "segments",
    from: "segment_change",
    condition: "segment_change.day <= $1::date",
    of_viewer: None,
    key: &["account", "day"],
    ordered_within: None,
    columns: &[
        column("account", "segment_change.account_id", Kind::Id),
        column("day", "segment_change.day", Kind::Day),
        one_of(segments, or_empty("segment", "segment_change.effective", Kind::Text)),
        one_of(segments, or_empty("segment_automatic", "segment_change.automatic", Kind::Text)),
    ],
};

pub static DEVIATIONS: Resource = Resource {
    name: "deviations",
    from: "deviation",
    condition: "deviation.opened_on <= $1::date",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "deviation.id", Kind::Id),
        column("account", "deviation.account_id", Kind::Id),
        one_of(
            || DeviationKind::ALL.map(DeviationKind::name).to_vec(),
            column("kind", "deviation.kind", Kind::Text),
        ),
        column("subject", "deviation.subject", Kind::Text),
        or_empty("expected", "deviation.expected", Kind::Text),
        or_empty("actual", "deviation.actual", Kind::Text),
        or_empty("since", "deviation.since", Kind::Day),
        column("stake", "deviation.stake_cents", Kind::Money),
        one_of(|| Side::ALL.map(Side::name).to_vec(), column("side", "deviation.side", Kind::Text)),
        one_of(actions, or_empty("action", "deviation.action", Kind::Text)),
        column("opened_on", "deviation.opened_on", Kind::Day),
        or_empty("closed_on", "deviation.closed_on", Kind::Day),
        one_of(|| Cause::ALL.map(Cause::name).to_vec(), or_empty("cause", "deviation.cause", Kind::Text)),
    ],
};

pub static PROPOSALS: Resource = Resource {
    name: "proposals",
    from: "proposal",
    condition: "proposal.opened_on <= $1::date",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "proposal.id", Kind::Id),
        column("account", "proposal.account_id", Kind::Id),
        column("person", "proposal.person_id", Kind::Id),
        one_of(
            || [&[ProposalKey::CONTACT][..], &actions()].concat(),
            column("action", "proposal.action", Kind::Text),
        ),
        one_of(actions, column("what", "proposal.what", Kind::Text)),
        column("due_on", "proposal.due_on", Kind::Day),
        column("stake_at_risk", "proposal.stake_at_risk_cents", Kind::Money),
        column("stake_to_gain", "proposal.stake_to_gain_cents", Kind::Money),
        column("minutes", "proposal.minutes", Kind::Whole),
        column("opened_on", "proposal.opened_on", Kind::Day),
        one_of(
            || [&ProposalState::NAMES[..], &["closed"]].concat(),
            column(
                "state",
                "case when proposal.closed_on is null then proposal.state else 'closed' end",
                Kind::Text,
            ),
        ),
        or_empty("planned_for", "proposal.planned_for", Kind::Day),
        or_empty("state_until", "proposal.state_until", Kind::Day),
        or_empty("delegate", "proposal.delegate_id", Kind::Id),
        or_empty("closed_on", "proposal.closed_on", Kind::Day),
        or_empty("cause", "proposal.cause", Kind::Text),
    ],
};

pub static ANSWERS: Resource = Resource {
    name: "answers",
    from: "answer",
    condition: "answer.day <= $1::date",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "answer.id", Kind::Id),
        column("proposal", "answer.proposal_id", Kind::Id),
        column("account", "answer.account_id", Kind::Id),
        column("person", "answer.person_id", Kind::Id),
        one_of(|| AnswerKind::ALL.map(AnswerKind::name).to_vec(), column("kind", "answer.kind", Kind::Text)),
        column("day", "answer.day", Kind::Day),
        one_of(actions, column("what", "answer.what", Kind::Text)),
        one_of(segments, or_empty("segment", "answer.segment", Kind::Text)),
        column("stake", "answer.stake_cents", Kind::Money),
        or_empty("activity", "answer.activity_id", Kind::Id),
        or_empty("planned_for", "answer.planned_for", Kind::Day),
        or_empty("snoozed_until", "answer.snoozed_until", Kind::Day),
        or_empty("delegate", "answer.delegate_id", Kind::Id),
        or_empty("reason", "answer.reason", Kind::Text),
        or_empty("note", "answer.note", Kind::Text),
        or_empty("ended_on", "answer.ended_on", Kind::Day),
        or_empty("taken_back_on", "nullif(answer.known_until, '9999-12-31')", Kind::Day),
    ],
};

pub static SUBSTITUTIONS: Resource = Resource {
    name: "substitutions",
    from: "substitution",
    condition: "substitution.until_day >= $1::date\n   and substitution.ended_at is null",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "substitution.id", Kind::Id),
        column("person", "substitution.person_id", Kind::Id),
        column("substitute", "substitution.substitute_id", Kind::Id),
        column("from", "substitution.from_day", Kind::Day),
        column("until", "substitution.until_day", Kind::Day),
    ],
};

pub static CHANGES: Resource = Resource {
    name: "changes",
    from: "bulk_change",
    condition: "bulk_change.day <= $1::date",
    of_viewer: None,
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "bulk_change.id", Kind::Id),
        one_of(|| many::Kind::NAMES.to_vec(), column("kind", "bulk_change.kind", Kind::Text)),
        column("person", "bulk_change.person_id", Kind::Id),
        column("day", "bulk_change.day", Kind::Day),
        or_empty("to", "bulk_change.to_person_id", Kind::Id),
        one_of(roles, or_empty("role", "bulk_change.role", Kind::Text)),
        one_of(segments, or_empty("segment", "bulk_change.segment", Kind::Text)),
        or_empty("reason", "bulk_change.reason", Kind::Text),
        or_empty("taken_back_on", "bulk_change.taken_back_on", Kind::Day),
        or_empty("taken_back_by", "bulk_change.taken_back_by_id", Kind::Id),
    ],
};

pub static CHANGE_PARTS: Resource = Resource {
    name: "change-parts",
    from: "bulk_change_part",
    condition: "$1::date is not null",
    of_viewer: None,
    key: &["change", "account", "made"],
    ordered_within: None,
    columns: &[
        column("change", "bulk_change_part.change_id", Kind::Id),
        column("account", "bulk_change_part.account_id", Kind::Id),
        column("made", "bulk_change_part.made_id", Kind::Id),
        or_empty("before", "bulk_change_part.before_id", Kind::Id),
        one_of(
            || PartOutcome::ALL.map(PartOutcome::name).to_vec(),
            or_empty("outcome", "bulk_change_part.outcome", Kind::Text),
        ),
    ],
};

pub static SAVED_VIEWS: Resource = Resource {
    name: "saved-views",
    from: "saved_view",
    condition: "$1::date is not null\n   and saved_view.section = 'accounts'",
    of_viewer: Some("(saved_view.person_id = $2 or saved_view.is_shared = 1)"),
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "saved_view.id", Kind::Id),
        column("person", "saved_view.person_id", Kind::Id),
        column("name", "saved_view.name", Kind::Text),
        column("query", "saved_view.query", Kind::Text),
        column("shared", "saved_view.is_shared", Kind::Truth),
    ],
};

pub static INVITATIONS: Resource = Resource {
    name: "invitations",
    from: "login_link",
    condition: "$1::date is not null\n   and login_link.purpose = 'invitation'\n   and login_link.used_at is null",
    of_viewer: None,
    key: &["person"],
    ordered_within: None,
    columns: &[
        column("person", "login_link.person_id", Kind::Id),
        column("created_at", "login_link.created_at", Kind::Moment),
        column("expires_at", "login_link.expires_at", Kind::Moment),
    ],
};

pub static TOKENS: Resource = Resource {
    name: "tokens",
    from: "api_token",
    condition: "$1::date is not null",
    of_viewer: Some("api_token.person_id = $2"),
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "api_token.id", Kind::Id),
        column("name", "api_token.name", Kind::Text),
        column("may_write", "api_token.may_write", Kind::Truth),
        column("created_at", "api_token.created_at", Kind::Moment),
        column("expires_at", "api_token.expires_at", Kind::Moment),
        or_empty("last_used_at", "api_token.last_used_at", Kind::Moment),
        or_empty("revoked_at", "api_token.revoked_at", Kind::Moment),
    ],
};

pub static SESSIONS: Resource = Resource {
    name: "sessions",
    from: "session",
    condition: "$1::date is not null",
    of_viewer: Some("session.person_id = $2"),
    key: &["id"],
    ordered_within: None,
    columns: &[
        column("id", "session.token_hash", Kind::Text),
        column("browser", "session.user_agent", Kind::Text),
        column("created_at", "session.created_at", Kind::Moment),
        column("last_seen_at", "session.last_seen_at", Kind::Moment),
        column("expires_at", "session.expires_at", Kind::Moment),
    ],
};
