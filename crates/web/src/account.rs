//! The list of accounts, and one account: is it on course, and what is next?

mod columns;
pub mod listed;
pub mod filters;
mod saved;
pub mod list;
mod file;
mod one;
mod values;
mod why;

pub use file::csv;
pub use list::list;
pub use one::{account, account_page};
pub use saved::{change as change_view, keep as keep_view, remove as remove_view, views};
