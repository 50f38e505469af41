//! The list of accounts, and one account: is it on course, and what is next?

pub mod list;
pub mod listed;
mod one;
mod values;
mod why;

pub use list::list;
pub use one::{account, account_page};
