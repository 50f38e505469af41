//! `luotsi accept`, `luotsi done`, `luotsi dismiss`: the answers of the pages, for scripts.

use super::person;
use crate::{arguments, failure::Failure, say::say};
use luotsi_app::{
    act::By,
    activity::Told,
    steering::{
        Base, Watcher,
        answer::{self, Planned},
    },
    today,
};
use luotsi_core::{steering::Action, units::Day};
use luotsi_store::{
    Store,
    steering::{OpenProposalRow, open_proposal, proposal_named},
};

pub fn accept(database: &str, asked: &arguments::Accept) -> Result<(), Failure> {
    let answering = Answering::of(database, &asked.answered)?;
    let planned = Planned {
        day: match asked.day {
            Some(day) => day,
            None => answering.next_working_day()?,
        },
        minutes: asked.minutes.unwrap_or(answering.proposal.row.minutes),
        agenda: asked.agenda.clone(),
    };
    let day = planned.day;
    answer::accept(&answering.store, &answering.by, answering.proposal.row.id, planned)?;
    answering.finish(&format!("Planned for {day}."))
}

pub fn done(database: &str, asked: &arguments::Done) -> Result<(), Failure> {
    let answering = Answering::of(database, &asked.answered)?;
    let proposed = match answering.proposal.row.what {
        Action::Activity(kind) => Some(kind),
        Action::SegmentReview | Action::OverrideReview | Action::AssignOwner => None,
    };
    let told = asked.kind.or(proposed).map(|kind| Told {
        kind,
        day: asked.day.unwrap_or(answering.by.today),
        minutes: asked.minutes.unwrap_or(Action::Activity(kind).minutes()),
        direction: None,
        contact: None,
        is_unanswered: false,
        note: asked.note.clone(),
    });
    let is_anything_told = asked.day.is_some() || asked.minutes.is_some() || asked.note.is_some();
    if told.is_none() && is_anything_told {
        return Err(Failure::sentence(
            "This work is no activity: say with `--kind` which one it was, or leave out `--day`, `--minutes` and `--note`.",
        ));
    }
    answer::done(&answering.store, &answering.by, answering.proposal.row.id, told)?;
    answering.finish("Logged as done.")
}

pub fn dismiss(database: &str, asked: &arguments::Dismiss) -> Result<(), Failure> {
    let answering = Answering::of(database, &asked.answered)?;
    let id = answering.proposal.row.id;
    answer::dismiss(&answering.store, &answering.by, id, asked.reason, asked.note.clone())?;
    answering.finish("Dismissed.")
}

/// A proposal about to be answered.
struct Answering {
    store: Store,
    by: By,
    proposal: OpenProposalRow,
}

impl Answering {
    fn of(database: &str, asked: &arguments::Answered) -> Result<Self, Failure> {
        let store = Store::open(database)?;
        let today = match asked.on {
            Some(on) => on,
            None => store.read(|reader| today::today(reader))?,
        };
        let proposal = proposal(&store, &asked.proposal)?;
        let opened = proposal.row.opened_on;
        if today < opened {
            return Err(Failure::sentence(format!(
                "This was proposed on {opened}: it is answered that day or later (`--on`)."
            )));
        }
        let person = match &asked.by {
            Some(who) => person(&store, who)?,
            None => proposal.holder(),
        };
        Ok(Self { store, by: By::person(person, today), proposal })
    }

    fn next_working_day(&self) -> Result<Day, Failure> {
        let base = self.store.read(|reader| Base::load(reader)).map_err(Failure::from)?;
        let calendar = &base.company.strategies.on(self.by.today).calendar;
        Ok(calendar.nth_working_day_after(self.by.today, 1))
    }

    /// What follows from the answer is looked at before it is said to be taken.
    fn finish(self, sentence: &str) -> Result<(), Failure> {
        let looked = Watcher::new(self.store.clone(), Some(self.by.today)).look();
        looked.map_err(|error| {
            Failure::sentence(format!(
                "{sentence} Looking at what follows from it failed: {error} Run `luotsi watch`."
            ))
        })?;
        say(sentence)
    }
}

fn proposal(store: &Store, name: &str) -> Result<OpenProposalRow, Failure> {
    let unknown = || {
        Failure::sentence(format!(
            "There is no open proposal `{name}`: `luotsi export proposals` lists them in the column external_id."
        ))
    };
    let mut parts = name.rsplitn(3, ':');
    let (Some(action), Some(person), Some(account)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(unknown());
    };
    let found = store.read(|reader| match proposal_named(reader, account, person, action)? {
        Some(id) => open_proposal(reader, id),
        None => Ok(None),
    })?;
    found.ok_or_else(unknown)
}
