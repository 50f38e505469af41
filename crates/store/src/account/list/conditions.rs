//! What a filter asks of accounts, in SQL.

use super::{Filter, InCare, InSegment, OwnedBy, Range, Reach, Within};
use crate::{Value, account::search::pattern, people::policy};
use luotsi_core::activity::ActivityKind;

/// `and ...` for all that `filter` asks of `account` and its `account_standing`, with its values from `$first` on.
pub fn conditions(filter: &Filter, first: usize) -> (String, Vec<Value>) {
    let mut conditions = Conditions::of(filter, first, Met::LOOKED_UP);
    conditions.words(&filter.words);
    (conditions.text, conditions.params)
}

/// How the columns of conditions are come by. A column behind a plus is met on the way, not looked up: SQLite would
/// else rather look up than walk.
#[derive(Clone, Copy)]
pub(super) struct Met {
    owner: &'static str,
    words: &'static str,
    /// What stands before a column that is asked for one word: its index has the order of value.
    equal: &'static str,
    /// What stands before all other columns.
    others: &'static str,
}

impl Met {
    pub(super) const LOOKED_UP: Self =
        Self { owner: "account_standing.owner_id", words: "account.search_text", equal: "", others: "" };
    pub(super) const ON_THE_WAY: Self =
        Self { owner: "+account_standing.owner_id", words: "account.search_text", equal: "+", others: "+" };
    /// The owner is looked up, and all else is met there.
    pub(super) const AT_THE_OWNERS: Self =
        Self { owner: "account_standing.owner_id", words: "account.search_text", equal: "+", others: "+" };
    /// The same among the texts of each owner, which SQLite alone keeps.
    pub(super) const IN_TEXTS_BY_OWNER: Self = Self {
        owner: "account_text_by_owner.owner_id",
        words: "account_text_by_owner.search_text",
        equal: "+",
        others: "+",
    };
    /// Whatever has an index in the order of value is looked up in it, and met in that order.
    pub(super) const IN_ORDER_OF_VALUE: Self =
        Self { owner: "account_standing.owner_id", words: "account.search_text", equal: "", others: "+" };
}

/// Conditions as they are put together; `~` and `+` before a column stand for how it is met.
pub(super) struct Conditions {
    pub(super) text: String,
    pub(super) params: Vec<Value>,
    first: usize,
    met: Met,
}

impl Conditions {
    /// All but the words.
    pub(super) fn of(filter: &Filter, first: usize, met: Met) -> Self {
        let owner = met.owner;
        let (text, params) = filter.whose.condition(owner, first);
        let mut conditions = Self { text, params, first, met };
        match filter.owner {
            Some(OwnedBy::Person(person)) => {
                conditions.also(&format!("{owner} = ?"), Some(person.into()));
            }
            Some(OwnedBy::Nobody) => conditions.also(&format!("{owner} is null"), None),
            None => (),
        }
        match filter.segment {
            Some(InSegment::Segment(segment)) => {
                conditions.also("~account_standing.segment = ?", Some(segment.name().into()));
            }
            Some(InSegment::NotAssessed) => {
                conditions.also("~account_standing.segment is null", None);
                conditions.also("account_standing.is_active = 1", None);
            }
            None => (),
        }
        if let Some(state) = filter.state {
            conditions.also("~account_standing.customer_state = ?", Some(state.name().into()));
        }
        if let Some(industry) = &filter.industry {
            conditions.also("~account_standing.industry = ?", Some(industry.as_str().into()));
        }
        match filter.care {
            Some(InCare::Kept) => conditions.also(&format!("+({CARE_KEPT}) = 1000000"), None),
            Some(InCare::Late) => conditions.also(&format!("+({CARE_KEPT}) < 1000000"), None),
            None => (),
        }
        if let Some(since) = filter.unmet_since {
            conditions.also(&not_met("account_standing.account_id", "?"), Some(since.into()));
        }
        conditions.range("+account_standing.current_value_cents", filter.current_value);
        conditions.range("+account_standing.potential_cents", filter.potential);
        match filter.reach {
            Reach::Everything => (),
            Reach::Base => conditions.also("account_standing.is_active = 1", None),
        }
        if let Some(Within { scope, viewer, on }) = &filter.within {
            let next = first + conditions.params.len();
            let (text, params) = policy::condition(*scope, viewer, *on, "account.id", next);
            conditions.text.push_str(&text);
            conditions.params.extend(params);
        }
        conditions
    }

    fn range(&mut self, column: &str, range: Range) {
        if let Some(min) = range.min {
            self.also(&format!("{column} >= ?"), Some(min.into()));
        }
        if let Some(max) = range.max {
            self.also(&format!("{column} < ?"), Some(max.into()));
        }
    }

    pub(super) fn words(&mut self, words: &[String]) {
        self.patterns(words, pattern);
    }

    /// The text holds what `pattern` makes of each word.
    pub(super) fn patterns(&mut self, words: &[String], pattern: fn(&str) -> String) {
        for word in words {
            self.also(&format!("{} like ? escape '!'", self.met.words), Some(pattern(word).into()));
        }
    }

    pub(super) fn also(&mut self, condition: &str, value: Option<Value>) {
        let number = format!("${}", self.first + self.params.len());
        self.text.push_str("\n   and ");
        self.text.push_str(
            &condition.replace('~', self.met.equal).replace('+', self.met.others).replace('?', &number),
        );
        self.params.extend(value);
    }
}

/// No meeting with the account is known from a day on, as the index of meetings has them; one to which nobody came was
/// none.
pub(crate) fn not_met(account: &str, since: &str) -> String {
    let kinds = ActivityKind::MEETINGS.map(|kind| format!("'{}'", kind.name())).join(", ");
    format!(
        "not exists (
         select 1
           from activity
          where activity.account_id = {account}
            and activity.kind in ({kinds})
            and activity.state = 'done'
            and activity.known_until = '9999-12-31'
            and activity.day >= {since}
            and activity.outcome is distinct from 'no_answer'
       )"
    )
}

/// As in the index by care; null where no care has been promised.
macro_rules! care_kept {
    () => {
        "case when care_lines > 0 then care_lines_kept * 1000000 / care_lines end"
    };
}
pub(crate) use care_kept;

pub(super) const CARE_KEPT: &str = care_kept!();

#[cfg(test)]
mod tests {
    use super::*;
    use luotsi_core::{base::CustomerState, people::PersonId};
    use uuid::Uuid;

    #[test]
    fn in_the_order_of_value_what_has_an_index_of_that_order_is_looked_up() {
        let filter = Filter {
            owner: Some(OwnedBy::Person(PersonId(Uuid::nil()))),
            state: Some(CustomerState::Former),
            care: Some(InCare::Late),
            ..Filter::of_words(Vec::new())
        };
        let text = |met| Conditions::of(&filter, 1, met).text;

        let by_value = text(Met::IN_ORDER_OF_VALUE);
        assert!(by_value.contains(" account_standing.owner_id = $1"), "{by_value}");
        assert!(by_value.contains(" account_standing.customer_state = $2"), "{by_value}");
        assert!(by_value.contains(" +("), "{by_value}");
        assert!(text(Met::ON_THE_WAY).contains(" +account_standing.customer_state = $2"));
        assert!(!text(Met::LOOKED_UP).contains('+'));
    }
}
