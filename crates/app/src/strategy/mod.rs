//! The company's strategy as people write it: TOML, shown, set and kept in versions.

mod printing;
mod reading;
mod section;

pub use printing::print;
pub use reading::parse;
pub use section::Mistake;

#[cfg(test)]
mod tests;
