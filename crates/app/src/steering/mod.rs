//! Steering: looking at every account as of a day, and keeping what is found.

pub mod answer;
mod base;
mod capacity;
mod changes;
mod kept_sales;
mod peers;
mod pictures;
mod progress;
mod slices;
mod standing;
mod watch;
mod watcher;

pub use base::{Base, KeptBase};
pub use capacity::{PersonCapacity, accounts_alike, capacity};
pub use pictures::{AccountPicture, each_account, picture_of, pictures};
pub use progress::{Progress, Silent};
pub use watch::{Extent, WatchError, WatchSummary, watch, watch_touched};
pub use watcher::Watcher;
