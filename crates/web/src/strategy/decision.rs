//! Deciding on a strategy by a form: with a start day and a why, told beside the fields when it cannot be, and told what
//! others decided meanwhile.

use super::{history, words::in_words};
use crate::{
    change::{Attempt, Change, Done, Fault, Field, Form, Now, Reading, Typed, Wrong},
    error::WebError,
    web::{SAVED, Visit},
};
use luotsi_app::{
    act::ActError,
    strategy::{Decided, Mistake, decide as decide_on, parse},
    text::NOTE_MAX,
};
use luotsi_core::{
    people::policy::{Action, Scope, scope},
    strategy::{Strategy, differences},
    units::Day,
};
use luotsi_store::{
    Reader,
    strategy::{known_by, newest_number},
};

/// The part of a form by which it is decided on.
pub struct Deciding {
    pub may_decide: bool,
    pub version: String,
    /// What the form was drawn from before it told what others have decided since.
    pub since: Option<String>,
    pub from: Field,
    pub why: Field,
    /// A version that has been decided on already starts later.
    pub until: Option<String>,
}

impl Deciding {
    pub fn of(reader: &Reader<'_>, visit: &Visit<'_>, form: &Form, typed: &Typed) -> Result<Self, WebError> {
        let t = visit.t;
        let kept = |name: &str, kept: String| typed.as_typed(name).map_or(kept, str::to_owned);
        // Before the first watch a strategy holds for all time when no day is given.
        let from = visit.watch.as_ref().map_or_else(String::new, |_| visit.today.to_string());
        let later = visit.base.company.strategies.all().find(|version| visit.today < version.from);
        // Looking at what would follow is no reading again: what was decided since the form was drawn is told when it
        // is sent, and only then; what was told goes with the look, and is told again.
        let newest = newest_number(reader)?;
        let drawn_from = typed.opt("version").map(|_| drawn_from(typed));
        let since = typed.opt("since").and_then(|since| since.parse().ok()).or(drawn_from);
        let version = since.filter(|_| !form.is_open()).unwrap_or(newest);
        Ok(Self {
            may_decide: scope(visit.viewer.role, Action::EditStrategy) == Scope::All,
            since: since
                .filter(|since| form.is_open() && *since != newest)
                .map(|since: i64| since.to_string()),
            version: version.to_string(),
            from: form.day("from", t.strategy_from(), kept("from", from)),
            why: form.line("why", t.decision_why(), kept("why", String::new())).hint(t.decision_why_hint()),
            until: later.map(|version| t.strategy_until(&t.day(version.from))),
        })
    }
}

/// The start day that was typed, else today.
pub fn start(typed: &Typed, visit: &Visit<'_>) -> Day {
    Reading::new(typed, visit.t).day("from").unwrap_or(visit.today)
}

/// The strategy as it would be, for looking at it; told beside the fields where it cannot be.
pub fn looked_at(
    change: &Change<'_>,
    from: Day,
    edit: impl Fn(&Strategy) -> Result<Strategy, Vec<Mistake>>,
    field_of: impl Fn(&str) -> String,
) -> Result<Strategy, Fault> {
    let reading = Reading::new(change.typed, change.visit.t);
    looked_at_with(reading, change, from, edit, field_of)
}

fn looked_at_with(
    mut reading: Reading<'_>,
    change: &Change<'_>,
    from: Day,
    edit: impl Fn(&Strategy) -> Result<Strategy, Vec<Mistake>>,
    field_of: impl Fn(&str) -> String,
) -> Result<Strategy, Fault> {
    reading.day("from");
    let edited = edit(change.visit.base.company.strategies.on(from));
    for mistake in edited.as_ref().err().into_iter().flatten() {
        reading.fault(field_of(&mistake.at), &mistake.problem);
    }
    reading.end()?;
    edited.map_err(|_| Fault::Wrong(Vec::new()))
}

/// Decides on what holds on the start day with what `edit` makes of it. `field_of` names the field of a mistake; `to` is
/// the page that tells it was saved.
pub fn decide(
    change: &Change<'_>,
    edit: impl Fn(&Strategy) -> Result<Strategy, Vec<Mistake>>,
    field_of: impl Fn(&str) -> String,
    to: &str,
) -> Result<Done, Fault> {
    let mut reading = Reading::new(change.typed, change.visit.t);
    let why = reading.lines("why", NOTE_MAX).unwrap_or_default();
    let strategy = looked_at_with(reading, change, start(change.typed, change.visit), edit, field_of)?;
    let from = Reading::new(change.typed, change.visit.t).day("from");

    let drawn_from = drawn_from(change.typed);
    match decide_on(change.store, &change.by(), Decided { drawn_from, from, strategy, why }) {
        Ok(()) => Ok(Done::Later(format!("{to}{SAVED}"))),
        // The page tells it, see `beside`: so that it is told too where something else is wrong with the form.
        Err(ActError::Stale(_)) => Err(Fault::Stale(Vec::new())),
        Err(error) => Err(error.into()),
    }
}

/// The number of the newest decision when the form was drawn.
fn drawn_from(typed: &Typed) -> i64 {
    typed.text("version").parse().unwrap_or(0)
}

/// What was typed and what became of it, with what others have decided since the form was drawn: a field that nobody
/// touched takes what they say, and beside one that was touched stands what they say. `fields` are the names and texts
/// of a strategy's fields as the form draws them.
pub fn beside(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    (typed, attempt): (&Typed, &Attempt),
    fields: impl Fn(&Strategy) -> Vec<(String, String)>,
) -> Result<(Typed, Attempt), WebError> {
    let told = match attempt.is_made() {
        true => history::since(reader, visit, drawn_from(typed))?,
        false => Vec::new(),
    };
    if told.is_empty() {
        return Ok((typed.clone(), attempt.clone()));
    }
    let known = known_by(reader, visit.today, drawn_from(typed))?;
    let drawn = known.and_then(|toml| parse(&toml).ok()).map(|(_, drawn)| drawn).unwrap_or_default();
    let is_now = fields(visit.base.company.strategies.on(visit.today));
    let (mut typed, mut now) = (typed.clone(), Vec::new());
    for ((_, drawn), (field, value)) in fields(&drawn).into_iter().zip(is_now) {
        // Browsers send lines with two signs between them.
        let Some(text) = typed.as_typed(&field).map(|text| text.replace("\r\n", "\n")) else { continue };
        if drawn == value || text == value {
            continue;
        }
        match text == drawn {
            true => typed = typed.with(&field, &value),
            false => now.push(Now { field, value }),
        }
    }
    let stale = now.is_empty().then(|| visit.t.stale_form().to_owned());
    let told = stale.into_iter().chain(told).map(Wrong::form).collect();
    let attempt = attempt.clone().meanwhile(typed.clone(), now, told);
    Ok((typed, attempt))
}

/// What a strategy would decide otherwise than the one that holds on its start day.
pub fn changes(visit: &Visit<'_>, from: Day, strategy: &Strategy) -> Vec<String> {
    let found = differences(visit.base.company.strategies.on(from), strategy);
    found.iter().map(|difference| in_words(visit.t, difference)).collect()
}
