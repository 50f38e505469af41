//! What is asked of a record, whoever tells it: somebody at a page, another program or a file.

use crate::{
    act::{FieldError, Problem},
    import::records::{
        AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
        PersonRecord, ProductRecord, SalesRow, TargetRecord, TeamMemberRecord,
    },
    text::{self, NOTE_MAX, TextFault},
};
use luotsi_core::{
    account::business_id,
    activity::ActivityState,
    units::{Day, Money},
};
use std::{borrow::Cow, ops::RangeInclusive};

/// A million million euros: far above any invoice or need, far below what a sum of them can hold.
pub const AMOUNT_MAX: Money = Money::euros(1_000_000_000_000);
/// A yearly need lies within.
pub const NEED: RangeInclusive<Money> = Money::ZERO..=AMOUNT_MAX;
pub const QUANTITY_MAX: i64 = 1_000_000_000_000;
/// A week: no journey and no fair takes longer.
pub const MINUTES_MAX: u32 = 7 * 24 * 60;
pub const SCORES: RangeInclusive<i64> = 1..=5;
pub const YEARS: RangeInclusive<i16> = 1900..=2199;
/// Nobody sets a target further ahead.
pub const YEARS_AHEAD_MAX: i16 = 5;
/// Nobody plans further ahead.
pub const PLAN_MONTHS_MAX: i32 = 36;
/// A decision nobody looks at for longer is none.
pub const REVIEW_MONTHS_MAX: i32 = 36;
/// Eight hours and a half of every day of the year.
pub const HOURS_MAX: i64 = 3_000;
const COST_MAX: Money = Money::euros(10_000);

/// A record's own rules; what it names is looked up in the transaction that takes it in.
pub trait Rules {
    /// What no record can say, a file's neither.
    fn faults(&self, today: Day) -> Vec<FieldError>;

    /// What whoever tells it by word hears of and puts right at once; what has one way of writing is written so. A
    /// file's record is taken without: a customer with a mistyped id is better than none.
    fn proofread(&mut self, today: Day) -> Vec<FieldError>;
}

impl Rules for PersonRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.amount("hourly_cost", self.hourly_cost, Money::ZERO..=COST_MAX);
        faults.whole("customer_hours", self.customer_hours.map(i64::from), 0..=HOURS_MAX);
        faults.0
    }

    /// What somebody will do here from a day on is told before.
    fn proofread(&mut self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.needed("name", &mut self.name);
        faults.line("email", &mut self.email);
        self.email = self.email.take().map(|email| email.to_lowercase());
        faults.email(self.email.as_deref());
        faults.line("team", &mut self.team);
        faults.0
    }
}

impl Rules for ProductRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        Vec::new()
    }

    fn proofread(&mut self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.needed("name", &mut self.name);
        faults.line("group", &mut self.group);
        faults.0
    }
}

impl Rules for AccountRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        Vec::new()
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.needed("name", &mut self.name);
        for (field, text) in [
            ("business_id", &mut self.business_id),
            ("industry", &mut self.industry),
            ("size_class", &mut self.size_class),
            ("street", &mut self.street),
            ("postal_code", &mut self.postal_code),
            ("city", &mut self.city),
            ("country", &mut self.country),
        ] {
            faults.line(field, text);
        }
        if let Some(id) = &self.business_id {
            match business_id(id, self.country.as_deref()) {
                Some(written) => self.business_id = Some(written),
                None => faults.add("business_id", Problem::NotABusinessId),
            }
        }
        faults.known(self.known_on, today);
        faults.0
    }
}

impl Rules for TeamMemberRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        // A part that holds always, or for good, is kept with the first and the last day there is.
        faults.dated("from", self.from.filter(|from| *from != Day::MIN));
        faults.dated("until", self.until.filter(|until| *until != Day::MAX));
        faults.in_order(self.from, "until", self.until);
        faults.0
    }

    /// What begins later is known from today on.
    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.known(self.known_on, today);
        if self.from.is_some_and(|from| today < from) {
            self.known_on.get_or_insert(today);
        }
        faults.0
    }
}

impl Rules for ContactRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        Vec::new()
    }

    fn proofread(&mut self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.needed("name", &mut self.name);
        faults.line("title", &mut self.title);
        faults.line("email", &mut self.email);
        faults.email(self.email.as_deref());
        faults.line("phone", &mut self.phone);
        faults.0
    }
}

impl Rules for SalesRow {
    fn faults(&self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("day", Some(self.record.day));
        faults.not_after("day", self.record.day, today);
        faults.0
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.known(self.record.known_on, today);
        faults.0
    }
}

impl Rules for ActivityRecord {
    fn faults(&self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("day", Some(self.day));
        faults.dated("planned_on", self.planned_on);
        if self.state == ActivityState::Done {
            faults.not_after("day", self.day, today);
        }
        faults.whole("minutes", self.minutes.map(i64::from), 0..=MINUTES_MAX.into());
        faults.0
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        match self.state {
            ActivityState::Done => {
                faults.not_before("day", self.day, Day::new(1990, 1, 1).unwrap_or(Day::MIN))
            }
            ActivityState::Planned => faults.not_after("day", self.day, today.plus_months(PLAN_MONTHS_MAX)),
        }
        faults.line("outcome", &mut self.outcome);
        faults.note("note", &mut self.note);
        if let Some(planned_on) = self.planned_on {
            faults.not_after("planned_on", planned_on, today);
        }
        faults.known(self.known_on, today);
        faults.0
    }
}

impl Rules for EstimateRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("day", Some(self.day));
        faults.amount("yearly_need", Some(self.yearly_need), NEED);
        faults.0
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.not_after("day", self.day, today);
        faults.note("justification", &mut self.justification);
        faults.known(self.known_on, today);
        faults.0
    }
}

impl Rules for AbilityRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("day", Some(self.day));
        for (field, score) in [
            ("people", self.people),
            ("offering", self.offering),
            ("processes", self.processes),
            ("relationship", self.relationship),
        ] {
            faults.whole(field, Some(score.into()), SCORES);
        }
        faults.0
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.not_after("day", self.day, today);
        faults.known(self.known_on, today);
        faults.0
    }
}

impl Rules for TargetRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("day", Some(self.day));
        let years = i64::from(*YEARS.start())..=i64::from(*YEARS.end());
        faults.whole("year", Some(self.year.into()), years);
        faults.amount("target", Some(self.target), Money::ZERO..=AMOUNT_MAX);
        faults.0
    }

    /// A target is for the year it is set in, or for one soon after.
    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.not_after("day", self.day, today);
        let first = i64::from(self.day.year());
        faults.whole("year", Some(self.year.into()), first..=first + i64::from(YEARS_AHEAD_MAX));
        faults.known(self.known_on, today);
        faults.0
    }
}

impl Rules for OverrideRecord {
    fn faults(&self, _today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.dated("from", Some(self.from));
        faults.dated("review", self.review);
        faults.in_order(Some(self.from), "review", self.review);
        faults.0
    }

    fn proofread(&mut self, today: Day) -> Vec<FieldError> {
        let mut faults = Faults::default();
        faults.not_after("from", self.from, today);
        faults.note("reason", &mut self.reason);
        if self.segment.is_some() {
            if self.reason.is_none() {
                faults.add("reason", Problem::Missing);
            }
            if let Some(review) = self.review {
                faults.not_before("review", review, self.from.tomorrow());
                faults.not_after("review", review, self.from.plus_months(REVIEW_MONTHS_MAX));
            }
        }
        faults.known(self.known_on, today);
        faults.0
    }
}

/// Something before and after one `@`, with a dot behind it: more only sending a mail would tell.
pub fn is_email(text: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|sign: char| sign.is_whitespace() || sign == '@' || sign.is_control())
    };
    text.split_once('@').is_some_and(|(name, host)| {
        is_plain(name)
            && is_plain(host)
            && host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty())
    })
}

/// Everything wrong with a record, each once beside its field.
#[derive(Default)]
struct Faults(Vec<FieldError>);

/// What is wrong with an amount that does not lie within.
pub fn outside(amount: Money, range: &RangeInclusive<Money>) -> Option<Problem> {
    let euros = |money: &Money| money.cents / 100;
    let problem = Problem::OutOfRange { min: euros(range.start()), max: euros(range.end()) };
    (!range.contains(&amount)).then_some(problem)
}

impl Faults {
    fn add(&mut self, field: &'static str, problem: Problem) {
        if self.0.iter().all(|known| known.field != field) {
            self.0.push(FieldError { field, problem });
        }
    }

    fn whole(&mut self, field: &'static str, number: Option<i64>, range: RangeInclusive<i64>) {
        if number.is_some_and(|number| !range.contains(&number)) {
            self.add(field, Problem::OutOfRange { min: *range.start(), max: *range.end() });
        }
    }

    fn amount(&mut self, field: &'static str, amount: Option<Money>, range: RangeInclusive<Money>) {
        if let Some(problem) = amount.and_then(|amount| outside(amount, &range)) {
            self.add(field, problem);
        }
    }

    fn not_after(&mut self, field: &'static str, day: Day, latest: Day) {
        if latest < day {
            self.add(field, Problem::TooLate { latest });
        }
    }

    fn not_before(&mut self, field: &'static str, day: Day, earliest: Day) {
        if day < earliest {
            self.add(field, Problem::TooEarly { earliest });
        }
    }

    fn in_order(&mut self, first: Option<Day>, field: &'static str, last: Option<Day>) {
        if let (Some(first), Some(last)) = (first, last) {
            self.not_before(field, last, first);
        }
    }

    /// Every month since a fact's day is worked out: one of the year 1 keeps the watch busy for nothing.
    fn dated(&mut self, field: &'static str, day: Option<Day>) {
        let first = Day::new(*YEARS.start(), 1, 1).unwrap_or(Day::MIN);
        let last = Day::new(*YEARS.end(), 12, 31).unwrap_or(Day::MAX);
        if let Some(day) = day {
            self.not_before(field, day, first);
            self.not_after(field, day, last);
        }
    }

    /// What is told today cannot become known later.
    fn known(&mut self, known_on: Option<Day>, today: Day) {
        self.dated("known_on", known_on);
        if let Some(known_on) = known_on {
            self.not_after("known_on", known_on, today);
        }
    }

    fn email(&mut self, email: Option<&str>) {
        if email.is_some_and(|email| !is_email(email)) {
            self.add("email", Problem::NotAnEmail);
        }
    }

    fn needed(&mut self, field: &'static str, text: &mut String) {
        let mut line = Some(std::mem::take(text));
        self.line(field, &mut line);
        match line {
            Some(line) => *text = line,
            None => self.add(field, Problem::Missing),
        }
    }

    /// One line, or none when it is empty.
    fn line(&mut self, field: &'static str, text: &mut Option<String>) {
        self.text(field, text, |text| text::line(text, text::line_max(field)));
    }

    fn note(&mut self, field: &'static str, text: &mut Option<String>) {
        self.text(field, text, |text| text::paragraph(text, NOTE_MAX));
    }

    fn text(
        &mut self,
        field: &'static str,
        text: &mut Option<String>,
        read: impl Fn(&str) -> Result<Cow<'_, str>, TextFault>,
    ) {
        let Some(told) = text.take() else { return };
        match read(&told) {
            Ok(read) => *text = Some(read.into_owned()).filter(|read| !read.is_empty()),
            Err(fault) => self.add(field, fault.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_something_on_both_sides_of_one_at() {
        for email in ["aino@yritys.fi", "a.b+c@x.y.example"] {
            assert!(is_email(email), "{email}");
        }
        for text in ["aino", "@yritys.fi", "aino@", "aino@yritys", "a b@c.d", "a@b@c.d", "a@.fi", "a@b..fi"] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn everything_wrong_with_a_contact_is_told_at_once() {
        let mut contact = ContactRecord {
            external_id: "c1".to_owned(),
            account: "a1".to_owned(),
            name: " \t ".to_owned(),
            title: Some("x".repeat(201)),
            email: Some("nobody".to_owned()),
            phone: Some(" +358 40 123 ".to_owned()),
        };

        let faults = contact.proofread(Day::MIN);

        let wrong = |field, problem| FieldError { field, problem };
        assert_eq!(
            faults,
            [
                wrong("name", Problem::Missing),
                wrong("title", Problem::TooLong { max: 200 }),
                wrong("email", Problem::NotAnEmail)
            ]
        );
        assert_eq!(contact.phone.as_deref(), Some("+358 40 123"));
    }

    #[test]
    fn nothing_is_told_of_the_middle_ages() {
        let day = |text| Day::parse(text).unwrap();
        let on = |text| TargetRecord {
            account: "a1".to_owned(),
            year: 2026,
            target: Money::euros(1),
            person: None,
            day: day(text),
            known_on: None,
        };

        let too_early =
            FieldError { field: "day", problem: Problem::TooEarly { earliest: day("1900-01-01") } };
        assert_eq!(on("1899-12-31").faults(Day::MIN), [too_early]);
        assert_eq!(on("1900-01-01").faults(Day::MIN), []);
        assert_eq!(on("2200-01-01").faults(Day::MIN).len(), 1);
    }
}
