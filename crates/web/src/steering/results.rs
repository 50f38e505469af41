//! What came of a person's answers: how much was done, what of it worked, and for how many euros.

use super::AccountLink;
use crate::{error::WebError, parts::SegmentChip, web::Visit};
use luotsi_core::{
    people::PersonId,
    steering::JUDGED_AFTER_DAYS,
    units::{Day, Money},
};
use luotsi_store::{
    Reader,
    steering::{DoneAct, done_acts},
};

/// The newest acts are shown one by one.
const SHOWN_MAX: usize = 5;

pub struct Results {
    pub title: String,
    /// Told in place of figures where there are none.
    pub none_yet: Option<&'static str>,
    pub done: String,
    pub judged: String,
    pub worked: String,
    pub euros: String,
    pub acts: Vec<ActRow>,
}

pub struct ActRow {
    pub day: String,
    pub act: &'static str,
    pub account: AccountLink,
    pub outcome: String,
}

/// Over the twelve months up to the last watch.
pub fn results(reader: &Reader<'_>, visit: &Visit<'_>, person: PersonId) -> Result<Results, WebError> {
    let (t, on) = (visit.t, visit.today);
    let acts = done_acts(reader, Some(person), on.plus_months(-12).tomorrow(), on)?;
    let judged: Vec<&DoneAct> = acts.iter().filter(|act| is_judged(act, on)).collect();
    let worked: Vec<&&DoneAct> = judged.iter().filter(|act| act.worked()).collect();
    let euros: Money = worked.iter().map(|act| act.net - act.net_before).sum();
    let (title, none_yet) = match person == visit.viewer.id {
        true => (t.own_results().to_owned(), t.results_empty()),
        false => (t.results_of(&visit.person_name(Some(person))), t.results_empty_of_another()),
    };
    Ok(Results {
        title,
        none_yet: acts.is_empty().then_some(none_yet),
        done: t.number(acts.len() as i64),
        judged: t.number(judged.len() as i64),
        worked: t.number(worked.len() as i64),
        euros: t.short_money(euros),
        acts: acts.iter().take(SHOWN_MAX).map(|act| row(visit, act)).collect(),
    })
}

fn is_judged(act: &DoneAct, on: Day) -> bool {
    JUDGED_AFTER_DAYS < on.days_since(act.day)
}

fn row(visit: &Visit<'_>, act: &DoneAct) -> ActRow {
    let t = visit.t;
    let outcome = match (is_judged(act, visit.today), act.worked()) {
        (false, _) => t.result_waiting(&t.date(act.day.plus_days(JUDGED_AFTER_DAYS + 1))),
        (true, true) => t.result_worked(&t.short_money(act.net - act.net_before)),
        (true, false) => t.result_did_not().to_owned(),
    };
    ActRow {
        day: t.date(act.day),
        act: t.act(act.what),
        account: AccountLink {
            name: act.account_name.clone(),
            href: format!("/accounts/{}", act.account.0),
            segment: SegmentChip::new(act.segment, t),
        },
        outcome,
    }
}
