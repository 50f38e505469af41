//! What the watch keeps: how each account stands, its deviations and proposals, and when it was looked at.

pub mod page;

mod answer;
mod deviation;
mod experience;
mod proposal;
mod standing;
mod watch_run;

pub(crate) use answer::answer_kind;
pub use answer::{
    AnswerRow, Given, KeptAnswer, answer_of_activity, answers, end_answers, insert_answer, kept_answer,
    newest_answer, outdone_answers, take_back_answer,
};
pub(crate) use deviation::deviation;
pub use deviation::{
    DeviationRow, Opened, close_deviations, insert_deviations, open_deviations, opened_by, update_deviations,
};
pub use experience::{DoneAct, done_acts, experience};
pub use proposal::{
    OpenProposalRow, ProposalRow, close_proposals, insert_proposals, open_proposal, open_proposals,
    open_proposals_among, proposal_account, proposal_named, update_proposals,
};
pub use standing::{
    AlikeRow, StandingRow, alike, due_accounts, each_placed, each_standing_value, save_standings, standings,
};
pub use watch_run::{
    TouchedAccount, WatchRun, changed_since, first_known_sales, insert_run, last_run, touched_since,
};

use crate::StoreError;

/// A name in the database that this program does not know: it was not written by this program.
pub(crate) fn unknown(what: &str, name: &str) -> StoreError {
    StoreError::Damaged(format!("unknown {what} `{name}`"))
}
