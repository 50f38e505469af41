//! Text that a spreadsheet would run as a formula: marked on the way out, taken back on the way in.

use std::borrow::Cow;

/// What spreadsheets take for the beginning of a formula; in East Asia the wide signs too.
const FORMULA_BEGINNINGS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The text with an apostrophe in front where it would be taken for a formula: spreadsheets show the rest as text.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match looks_like_a_formula(text.trim_start_matches('\'')) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text without the apostrophe that `guarded` put in front.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| looks_like_a_formula(rest.trim_start_matches('\''))).unwrap_or(text)
}

fn looks_like_a_formula(text: &str) -> bool {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control())
        .starts_with(FORMULA_BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back_as_they_were() {
        for text in ["=1+1", "+358 40 123", "-5", "@sum", "  =x", "\t\n-x", "'=x", "''-", "＝x", " ＠x"] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in ["", "Mäki Oy", "a=b", "'", "'t Hof", "5-3", "O'Neill"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
