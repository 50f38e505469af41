//! Every word the pages say, in Finnish and in English side by side: a text that lacks one language does not compile.
//! One file a module of the process; how numbers, money and days are written stands in `format`.

pub use currency::{Currency, without_sign};

use luotsi_core::units::Day;

/// Texts with both languages, Finnish first. Texts with values are written with `format!`.
macro_rules! texts {
    () => {};
    ($(#[$doc:meta])* $name:ident => $fi:literal, $en:literal; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(self) -> &'static str {
            match self.language {
                $crate::texts::Language::Finnish => $fi,
                $crate::texts::Language::English => $en,
            }
        }
        texts! { $($rest)* }
    };
    ($(#[$doc:meta])* $name:ident($($value:ident: $kind:ty),+) => $fi:expr, $en:expr; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(self, $($value: $kind),+) -> String {
            match self.language {
                $crate::texts::Language::Finnish => $fi,
                $crate::texts::Language::English => $en,
            }
        }
        texts! { $($rest)* }
    };
}

mod currency;
mod format;
mod house;
mod change;
mod problem;
mod people;
mod settings;
mod account;
mod list;
mod many;
mod strategy;
mod activity;
mod timeline;
mod base;
mod care;
mod steering;
mod answer;

pub use format::{en_count, fi_count};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Finnish,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Finnish, Self::English];

    /// As in the `lang` attribute of a page.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::English => "en",
        }
    }

    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first of a browser's languages that we speak; Finnish when it names none.
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.trim().get(0..2))
            .find_map(|tag| Self::parse(&tag.to_ascii_lowercase()))
            .unwrap_or(Self::Finnish)
    }
}

/// Speaks one language, on a day, of one currency: days of another year are said with their year.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    pub language: Language,
    pub today: Day,
    pub currency: Currency,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_language_that_we_speak_is_taken() {
        assert_eq!(Language::accepted("sv-FI,sv;q=0.9,en;q=0.8,fi;q=0.7"), Language::English);
        assert_eq!(Language::accepted("fi-FI,fi;q=0.9,en;q=0.8"), Language::Finnish);
        assert_eq!(Language::accepted("de"), Language::Finnish);
        assert_eq!(Language::accepted(""), Language::Finnish);
    }
}
