//! What other programs tell Luotsi and read from it, a record at a time or some hundreds at once.

mod shown;
mod told;
mod place;
mod rights;
mod telling;

pub use shown::{Shown, tag};
pub use telling::{Expects, Happened, Reply, Telling, tell, tell_all};
pub use told::Told;
