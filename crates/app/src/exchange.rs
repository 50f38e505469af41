//! The one way in for facts that are told by word: by somebody at a page or by another program, a record at a time or
//! some hundreds at once. Rights, rules, taking in as an import does, and what the record is then.

mod shown;
mod ending;
mod told;
mod place;
mod rights;
mod telling;

pub use ending::{Ending, end};
pub use shown::{Shown, moment, tag};
pub use telling::{Expects, Happened, Reply, Telling, tell, tell_all};
pub(crate) use telling::{restore_in, tell_apart_in, tell_in};
pub use told::Told;
