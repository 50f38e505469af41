//! What can be read and told through the API, kind by kind. The addresses, the checks, the reference and the OpenAPI
//! document are all made of these tables.

use crate::field::{ACTIVITY_KIND, DIRECTION, Field, Input, MINUTES, Shape, fixed, needed, optional};
use luotsi_app::{
    exchange::{Ending, Told},
    import::records::{
        AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
        PersonRecord, ProductRecord, SalesRecord, SalesRow, TargetRecord, TeamMemberRecord,
    },
    rules::{AMOUNT_MAX, SCORES, YEARS},
};
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    people::{Role, policy::Action},
    strategy::Segment,
    units::{Day, Money},
};
use luotsi_store::listing::{self, Resource};

/// A kind of records.
#[derive(Debug)]
pub struct Kind {
    pub resource: &'static Resource,
    /// What it is, a sentence.
    pub says: &'static str,
    /// What one of them is called.
    pub one: &'static str,
    pub at: At,
    /// What one must be allowed to read it; `None`: everybody reads it.
    pub needs: Option<Action>,
    pub tells: Option<Tells>,
}

/// How one of them is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// `/accounts/{id}`
    Id,
    /// `/accounts/{account}/activities/{id}`
    Account,
    /// `/values/{account}`
    OneAnAccount,
    /// `/invitations/{person}`
    OneAPerson,
    /// Only in lists.
    List,
}

/// How it is told.
#[derive(Debug)]
pub struct Tells {
    pub fields: &'static [Field],
    pub names: Names,
    /// What a new one is when nothing is said.
    pub by_default: ByDefault,
    pub record: fn(&Input, &str) -> Told,
    /// How one ends; nothing else is deleted, but told again.
    pub ends: Option<Ending>,
}

/// By what a record is known where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// An external id, or a number of ours when none is told.
    OwnOrNumber,
    Own,
    /// By what it says: told again it corrects what was told before.
    Content,
}

/// What of a new record is the teller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByDefault {
    Nothing,
    /// The person of the token, unless another is told.
    Person,
    /// The person of the token always, and today unless another day is told.
    JudgedByMe,
}

impl Kind {
    /// How one of them is changed. What is known only by what it says is told again instead.
    pub fn changed(&self) -> Option<&Tells> {
        self.tells.as_ref().filter(|tells| tells.names != Names::Content)
    }

    pub fn ending(&self) -> Option<Ending> {
        self.tells.as_ref()?.ends
    }
}

const ACCOUNT: Field = fixed("account", Shape::Name, "The account, by our id or an external id.");
const KNOWN_ON: Field = Field {
    name: "known_on",
    says: "The day on which it became known; when left out as an import takes it.",
    shape: Shape::Day,
    is_needed: false,
    is_fixed: true,
};
const SCORE: Shape = Shape::Whole { least: *SCORES.start(), most: *SCORES.end() };
const YEAR: Shape = Shape::Whole { least: *YEARS.start() as i64, most: *YEARS.end() as i64 };
const SIGNED: Shape = Shape::Money { least: -AMOUNT_MAX.cents };

pub static KINDS: &[Kind] = &[
    Kind {
        resource: &listing::ACCOUNTS,
        says: "The customers and prospects, as they are today.",
        one: "account",
        at: At::Id,
        needs: None,
        tells: Some(Tells {
            fields: &[
                needed("name", Shape::Line, "What it is called."),
                optional("business_id", Shape::Line, "Its business id."),
                optional("parent", Shape::Name, "The account it belongs to, by our id or an external id."),
                optional("industry", Shape::Line, "Peers are of the same industry and size class."),
                optional("size_class", Shape::Line, "Peers are of the same industry and size class."),
                optional("owner", Shape::Name, "The person who answers for it, by our id or an external id."),
                optional("street", Shape::Line, "Street and number."),
                optional("postal_code", Shape::Line, "Postal code."),
                optional("city", Shape::Line, "City."),
                optional("country", Shape::Line, "Country."),
                optional(
                    "active",
                    Shape::Truth,
                    "Whether it is a customer or prospect at all; true unless told.",
                ),
                KNOWN_ON,
            ],
            names: Names::OwnOrNumber,
            by_default: ByDefault::Nothing,
            ends: None,
            record: |input, id| Told::Account(account(input, id)),
        }),
    },
    Kind {
        resource: &listing::CONTACTS,
        says: "The people we know at accounts.",
        one: "contact",
        at: At::Id,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                needed("name", Shape::Line, "First and last name."),
                optional("title", Shape::Line, "What they do there."),
                optional("email", Shape::Line, "Email address."),
                optional("phone", Shape::Line, "Telephone."),
            ],
            names: Names::OwnOrNumber,
            by_default: ByDefault::Nothing,
            ends: Some(Ending::Contact),
            record: |input, id| {
                Told::Contact(ContactRecord {
                    external_id: id.to_owned(),
                    account: input.needed("account"),
                    name: input.needed("name"),
                    title: input.text("title"),
                    email: input.text("email"),
                    phone: input.text("phone"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::ACCOUNT_TEAM,
        says: "Who works for an account in which role, beside its owner.",
        one: "member of an account team",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                fixed("person", Shape::Name, "The person, by our id or an external id."),
                fixed("role", Shape::Choice(roles), "In which role."),
                optional("from", Shape::Day, "The first day; when left out always."),
                optional("until", Shape::Day, "The last day; when left out for good."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::Nothing,
            ends: Some(Ending::Part),
            record: |input, _| {
                Told::TeamMember(TeamMemberRecord {
                    account: input.needed("account"),
                    person: input.needed("person"),
                    role: Role::parse(&input.needed("role")).unwrap_or(Role::Seller),
                    from: input.day("from"),
                    until: input.day("until"),
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::ACTIVITIES,
        says: "What was done with customers and what is planned.",
        one: "activity",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                needed("kind", ACTIVITY_KIND, "What kind of activity."),
                optional("person", Shape::Name, "Who does it; the person of the token unless told."),
                needed("day", Shape::Day, "The day it was done, or is planned for."),
                optional("minutes", MINUTES, "How long it took or will take."),
                needed("state", Shape::Choice(states), "Planned or done."),
                optional("direction", DIRECTION, "Who began it: the customer, or we."),
                optional("contact", Shape::Name, "With whom, one of the account's contacts."),
                optional("outcome", Shape::Line, "What came of it; `no_answer` when nobody answered."),
                optional("note", Shape::Note, "Markdown."),
                optional("planned_on", Shape::Day, "The day it was planned."),
                KNOWN_ON,
            ],
            names: Names::OwnOrNumber,
            by_default: ByDefault::Person,
            ends: Some(Ending::Plan),
            record: |input, id| Told::Activity(activity(input, id)),
        }),
    },
    Kind {
        resource: &listing::SALES,
        says: "Invoice lines. What single lines cost us is shown to those who may see it.",
        one: "sales line",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                fixed("invoice", Shape::Line, "The invoice's number."),
                fixed("line", Shape::Line, "The line's number in the invoice."),
                fixed("day", Shape::Day, "The day of the invoice."),
                optional("product", Shape::Name, "The product, by our id or an external id."),
                optional("quantity", Shape::Decimal, "How much; one unless told."),
                needed("net", SIGNED, "Net amount; below zero of a return."),
                optional("cost", SIGNED, "What it cost us."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::Nothing,
            ends: None,
            record: |input, _| Told::Sale(Box::new(sale(input))),
        }),
    },
    Kind {
        resource: &listing::ESTIMATES,
        says: "What an account needs a year, from us and from others.",
        one: "estimate",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                optional("group", Shape::Line, "The product group, by name; none for all of them together."),
                needed("yearly_need", Shape::Money { least: 0 }, "The yearly need."),
                needed("estimator", Shape::Choice(estimators), "Whose estimate it is."),
                optional("day", Shape::Day, "The day of the estimate; today unless told."),
                optional("justification", Shape::Note, "What it rests on."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::JudgedByMe,
            ends: None,
            record: |input, _| {
                Told::Estimate(EstimateRecord {
                    account: input.needed("account"),
                    group: input.text("group"),
                    yearly_need: input.money("yearly_need").unwrap_or_default(),
                    estimator: Estimator::parse(&input.needed("estimator")).unwrap_or(Estimator::Owner),
                    person: input.text("person"),
                    day: input.day("day").unwrap_or(Day::MIN),
                    justification: input.text("justification"),
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::ABILITIES,
        says: "Our ability to create value at an account, from 1 to 5.",
        one: "ability",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                needed("people", SCORE, "Our people."),
                needed("offering", SCORE, "Our offering."),
                needed("processes", SCORE, "Our processes."),
                needed("relationship", SCORE, "Our relationship."),
                optional("day", Shape::Day, "The day of the judgement; today unless told."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::JudgedByMe,
            ends: None,
            record: |input, _| {
                let score = |name| input.whole_number(name).unwrap_or(1) as u8;
                Told::Ability(AbilityRecord {
                    account: input.needed("account"),
                    people: score("people"),
                    offering: score("offering"),
                    processes: score("processes"),
                    relationship: score("relationship"),
                    person: input.text("person"),
                    day: input.day("day").unwrap_or(Day::MIN),
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::TARGETS,
        says: "What we want to sell an account in a year.",
        one: "customer target",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                needed("year", YEAR, "The calendar year."),
                needed("target", Shape::Money { least: 0 }, "The target."),
                optional("day", Shape::Day, "The day it was set; today unless told."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::JudgedByMe,
            ends: None,
            record: |input, _| {
                Told::Target(TargetRecord {
                    account: input.needed("account"),
                    year: input.whole_number("year").unwrap_or_default() as i16,
                    target: input.money("target").unwrap_or_default(),
                    person: input.text("person"),
                    day: input.day("day").unwrap_or(Day::MIN),
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::OVERRIDES,
        says: "Decisions that an account is of another segment than the model finds.",
        one: "segment override",
        at: At::Account,
        needs: None,
        tells: Some(Tells {
            fields: &[
                ACCOUNT,
                optional(
                    "segment",
                    Shape::Choice(segments),
                    "The segment; none takes the decision before back.",
                ),
                optional("reason", Shape::Note, "Why."),
                optional("from", Shape::Day, "From which day on; today unless told."),
                optional("review", Shape::Day, "When to look at it again; a year later unless told."),
                KNOWN_ON,
            ],
            names: Names::Content,
            by_default: ByDefault::JudgedByMe,
            ends: Some(Ending::Decision),
            record: |input, _| {
                Told::Override(OverrideRecord {
                    account: input.needed("account"),
                    segment: input.text("segment").and_then(|name| Segment::parse(&name)),
                    reason: input.text("reason"),
                    person: input.text("person"),
                    from: input.day("from").unwrap_or(Day::MIN),
                    review: input.day("review"),
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::PEOPLE,
        says: "Who we are, as of today.",
        one: "person",
        at: At::Id,
        needs: None,
        tells: Some(Tells {
            fields: &[
                needed("name", Shape::Line, "First and last name."),
                optional("email", Shape::Line, "Email address."),
                needed("role", Shape::Choice(roles), "What they do here."),
                optional("team", Shape::Line, "Their team."),
                optional("manager", Shape::Name, "Their manager, by our id or an external id."),
                optional("active", Shape::Truth, "Whether they work here; true unless told."),
                KNOWN_ON,
            ],
            names: Names::Own,
            by_default: ByDefault::Nothing,
            ends: None,
            record: |input, id| {
                Told::Person(PersonRecord {
                    external_id: id.to_owned(),
                    name: input.needed("name"),
                    email: input.text("email"),
                    role: Role::parse(&input.needed("role")).unwrap_or(Role::Seller),
                    team: input.text("team"),
                    manager: input.text("manager"),
                    is_active: input.truth("active").unwrap_or(true),
                    hourly_cost: None,
                    customer_hours: None,
                    known_on: input.day("known_on"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::PRODUCTS,
        says: "What we sell.",
        one: "product",
        at: At::Id,
        needs: None,
        tells: Some(Tells {
            fields: &[
                needed("name", Shape::Line, "What it is called."),
                optional("group", Shape::Line, "Its product group, by name; an unknown one is made."),
            ],
            names: Names::Own,
            by_default: ByDefault::Nothing,
            ends: None,
            record: |input, id| {
                Told::Product(ProductRecord {
                    external_id: id.to_owned(),
                    name: input.needed("name"),
                    group: input.text("group"),
                })
            },
        }),
    },
    Kind {
        resource: &listing::VALUES,
        says: "What each account is worth and could be worth, as the last watch found it.",
        one: "account's values",
        at: At::OneAnAccount,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::SEGMENT_CHANGES,
        says: "Every change of an account's segment, its first assessment included.",
        one: "change of segment",
        at: At::List,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::DEVIATIONS,
        says: "Where care or plans are not kept; open where `closed_on` is empty.",
        one: "deviation",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::PROPOSALS,
        says: "What is proposed to whom. `state` is `open`, `planned` for a day, `snoozed` until one, or `closed`.",
        one: "proposal",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::ANSWERS,
        says: "What people answered to proposals; taken back where `taken_back_on` says when.",
        one: "answer",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::SUBSTITUTIONS,
        says: "Who has the proposals of whom, now or later.",
        one: "substitution",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::CHANGES,
        says: "What was changed of many accounts or proposals at once.",
        one: "change of many",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::CHANGE_PARTS,
        says: "What each change of many changed, and what taking it back came to.",
        one: "part of a change",
        at: At::List,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::SAVED_VIEWS,
        says: "Views of the list of accounts: one's own, and those that others share.",
        one: "saved view",
        at: At::Id,
        needs: None,
        tells: None,
    },
    Kind {
        resource: &listing::INVITATIONS,
        says: "Who has been invited and has not come yet; those whose `expires_at` is past must be invited again. For \
            whoever manages people, with a token that may write.",
        one: "invitation",
        at: At::OneAPerson,
        needs: Some(Action::ManagePeople),
        tells: None,
    },
    Kind {
        resource: &listing::TOKENS,
        says: "The tokens of the person of the token, which must be one that may write. None is made here: that a person \
            does in the settings.",
        one: "token",
        at: At::Id,
        needs: Some(Action::ManageAccess),
        tells: None,
    },
    Kind {
        resource: &listing::SESSIONS,
        says: "Where the person of the token, which must be one that may write, is logged in; those whose `expires_at` is past \
            have ended.",
        one: "session",
        at: At::List,
        needs: Some(Action::ManageAccess),
        tells: None,
    },
];

fn account(input: &Input, id: &str) -> AccountRecord {
    AccountRecord {
        external_id: id.to_owned(),
        name: input.needed("name"),
        business_id: input.text("business_id"),
        parent: input.text("parent"),
        industry: input.text("industry"),
        size_class: input.text("size_class"),
        owner: input.text("owner"),
        street: input.text("street"),
        postal_code: input.text("postal_code"),
        city: input.text("city"),
        country: input.text("country"),
        is_active: input.truth("active").unwrap_or(true),
        known_on: input.day("known_on"),
    }
}

fn activity(input: &Input, id: &str) -> ActivityRecord {
    ActivityRecord {
        external_id: id.to_owned(),
        account: input.needed("account"),
        kind: ActivityKind::parse(&input.needed("kind")).unwrap_or(ActivityKind::Meeting),
        person: input.text("person"),
        day: input.day("day").unwrap_or(Day::MIN),
        minutes: input.whole_number("minutes").map(|minutes| minutes as u32),
        state: ActivityState::parse(&input.needed("state")).unwrap_or(ActivityState::Planned),
        direction: input.text("direction").and_then(|name| Direction::parse(&name)),
        contact: input.text("contact"),
        outcome: input.text("outcome"),
        note: input.text("note"),
        planned_on: input.day("planned_on"),
        known_on: input.day("known_on"),
    }
}

fn sale(input: &Input) -> SalesRow {
    const ONE: i64 = 1_000_000;
    SalesRow {
        line: input.needed("line"),
        account: None,
        product: None,
        record: SalesRecord {
            invoice: input.needed("invoice"),
            line: input.text("line"),
            day: input.day("day").unwrap_or(Day::MIN),
            account: input.needed("account"),
            product: input.text("product"),
            quantity_millionths: input.whole_number("quantity").unwrap_or(ONE),
            net: input.money("net").unwrap_or(Money::ZERO),
            cost: input.money("cost"),
            known_on: input.day("known_on"),
        },
    }
}

pub fn roles() -> Vec<&'static str> {
    Role::ALL.map(Role::name).to_vec()
}

fn states() -> Vec<&'static str> {
    ActivityState::ALL.map(ActivityState::name).to_vec()
}

fn estimators() -> Vec<&'static str> {
    Estimator::ALL.map(Estimator::name).to_vec()
}

pub fn segments() -> Vec<&'static str> {
    Segment::ALL.map(Segment::name).to_vec()
}
