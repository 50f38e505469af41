//! Everything that happened with an account and what is planned, whatever module wrote it down: the newest first, a page
//! at a time.

mod done;
mod steered;
mod judged;
mod logged;

pub use done::{AnswerGiven, Invoice};
pub use judged::{Judged, Judgement};
pub use logged::Logged;
pub use steered::{Observed, SegmentChange};

use crate::{
    Query, StoreError,
    activity::page::{Event, timeline as activities},
};
use jiff::tz::TimeZone;
use luotsi_core::{account::AccountId, people::PersonId, units::Day};

/// What a timeline is told in parts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strand {
    Activities,
    Sales,
    Answers,
    /// Segments and deviations.
    Steering,
    /// What people judge: needs, ability, targets, segments set by hand.
    Judgements,
    /// The customer master: facts, the team, the people there.
    Master,
}

impl Strand {
    pub const ALL: [Self; 6] =
        [Self::Activities, Self::Sales, Self::Answers, Self::Steering, Self::Judgements, Self::Master];

    /// What nobody does has no person.
    fn has_persons(self) -> bool {
        match self {
            Self::Activities | Self::Answers | Self::Judgements | Self::Master => true,
            Self::Sales | Self::Steering => false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Happening {
    pub day: Day,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Activity(Event),
    Invoice(Invoice),
    Answer(AnswerGiven),
    Segment(SegmentChange),
    Deviation(Box<Observed>),
    Judgement(Judgement),
    Logged(Logged),
}

/// Of one account: what is shown of its timeline.
#[derive(Clone, Debug)]
pub struct Sought {
    pub account: AccountId,
    /// None of them: all.
    pub strands: Vec<Strand>,
    /// Only what this person of ours did.
    pub person: Option<PersonId>,
    pub from: Day,
    pub until: Day,
    pub after: Option<Turned>,
}

/// How far the pages have been turned: to this day, of which so much has been shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    pub day: Day,
    pub shown: usize,
}

#[derive(Clone, Debug)]
pub struct Leaf {
    pub happenings: Vec<Happening>,
    /// Where the next page begins, if there is one.
    pub next: Option<Turned>,
}

/// What each of the questions asks for: an account's newest of these days, at most `limit`.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub account: AccountId,
    pub person: Option<PersonId>,
    pub from: Day,
    pub until: Day,
    pub limit: i64,
}

/// One page of at most `size`. Within a day in the order of the strands; `zone` is the company's, in which the days of
/// the log are told.
pub fn page(query: &impl Query, sought: &Sought, zone: &TimeZone, size: usize) -> Result<Leaf, StoreError> {
    let Turned { day: until, shown } = sought.after.unwrap_or(Turned { day: sought.until, shown: 0 });
    let until = until.min(sought.until);
    // Of each strand enough to fill the page alone, and to know whether another follows.
    let limit = (shown + size + 1) as i64;
    let span = Span { account: sought.account, person: sought.person, from: sought.from, until, limit };

    let mut found: Vec<Happening> = Vec::new();
    for strand in Strand::ALL.into_iter().filter(|strand| is_sought(sought, *strand)) {
        found.extend(of_strand(query, strand, &span, zone)?);
    }
    // Stable: each question has its own order within a day.
    found.sort_by_key(|happening| std::cmp::Reverse(happening.day));

    let mut rest = found.into_iter().skip(shown);
    let happenings: Vec<Happening> = rest.by_ref().take(size).collect();
    let next = rest.next().and_then(|_| turned(&happenings, sought.after));
    Ok(Leaf { happenings, next })
}

fn is_sought(sought: &Sought, strand: Strand) -> bool {
    (sought.strands.is_empty() || sought.strands.contains(&strand))
        && (sought.person.is_none() || strand.has_persons())
}

/// After the last of these.
fn turned(happenings: &[Happening], before: Option<Turned>) -> Option<Turned> {
    let day = happenings.last()?.day;
    let of_day = happenings.iter().filter(|happening| happening.day == day).count();
    let shown = before.filter(|before| before.day == day).map_or(0, |before| before.shown);
    Some(Turned { day, shown: shown + of_day })
}

fn of_strand(
    query: &impl Query,
    strand: Strand,
    span: &Span,
    zone: &TimeZone,
) -> Result<Vec<Happening>, StoreError> {
    fn told<T>(found: Vec<(Day, T)>, what: fn(T) -> What) -> impl Iterator<Item = Happening> {
        found.into_iter().map(move |(day, told)| Happening { day, what: what(told) })
    }
    Ok(match strand {
        Strand::Activities => {
            let activities =
                activities(query, span.account, span.person, (span.from, span.until), span.limit)?;
            told(activities.into_iter().map(|event| (event.day, event)).collect(), What::Activity).collect()
        }
        Strand::Sales => told(done::invoices(query, span)?, What::Invoice).collect(),
        Strand::Answers => told(done::answers(query, span)?, What::Answer).collect(),
        Strand::Steering => told(steered::segment_changes(query, span)?, What::Segment)
            .chain(told(steered::deviations(query, span)?, |observed| What::Deviation(Box::new(observed))))
            .collect(),
        Strand::Judgements => told(judged::judgements(query, span)?, What::Judgement).collect(),
        Strand::Master => told(logged::entries(query, span, zone)?, What::Logged).collect(),
    })
}
