//! The one validator of text for every door: forms, imports, the command line.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// External ids and invoice numbers, in characters.
pub const ID_MAX: usize = 100;
/// Names and other single lines, in characters.
pub const NAME_MAX: usize = 200;
/// As mail's own rules have it.
const EMAIL_MAX: usize = 254;
/// Notes, reasons and justifications, in characters.
pub const NOTE_MAX: usize = 10_000;

/// How long a record's line may be, in characters.
pub fn line_max(field: &str) -> usize {
    match field {
        "external_id" | "business_id" | "postal_code" | "invoice" | "line" => ID_MAX,
        // What is named by an external id.
        "account" | "parent" | "owner" | "person" | "manager" | "contact" | "product" => ID_MAX,
        "email" => EMAIL_MAX,
        _ => NAME_MAX,
    }
}

/// What is wrong with a text, as the end of a sentence that begins with the field's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    #[error("has {length} characters; at most {max} are allowed")]
    TooLong { length: usize, max: usize },
    #[error("has a line break; is a quotation mark not closed?")]
    LineBreak,
    #[error("has a control character (code {0}); remove it")]
    Control(u32),
}

/// A single line: trimmed, in Unicode's composed form (NFC), without control characters, of at most `max` characters.
pub fn line(text: &str, max: usize) -> Result<Cow<'_, str>, TextFault> {
    let text = composed(trimmed(text));
    match text.chars().find(|c| is_control(*c) || LINE_ENDS.contains(c)) {
        Some(end) if LINE_ENDS.contains(&end) => Err(TextFault::LineBreak),
        Some(control) => Err(TextFault::Control(control as u32)),
        None => within(text, max),
    }
}

/// What another system calls something: a line with something in it and no spaces around it. Composed like all text, so
/// that it is the same however it is sent.
pub fn name(text: &str, max: usize) -> Option<Cow<'_, str>> {
    let is_trimmed = !text.is_empty() && trimmed(text).len() == text.len();
    line(text, max).ok().filter(|_| is_trimmed)
}

/// Text that may have several lines and tabs; line ends become `\n`.
pub fn paragraph(text: &str, max: usize) -> Result<Cow<'_, str>, TextFault> {
    let text = composed(trimmed(text));
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => text,
    };
    match text.chars().find(|c| is_control(*c) && !matches!(c, '\n' | '\t')) {
        Some(control) => Err(TextFault::Control(control as u32)),
        None => within(text, max),
    }
}

/// What separates lines, in any program that reads them.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// Spaces without width, marks of direction and of byte order: a name of nothing else looks like none.
const UNSEEN: [char; 5] = ['\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || UNSEEN.contains(&c))
}

/// Also what turns the direction of the text behind it: a name could make a page show another one.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn composed(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

fn within(text: Cow<'_, str>, max: usize) -> Result<Cow<'_, str>, TextFault> {
    // A text has at least as many bytes as characters.
    if text.len() <= max {
        return Ok(text);
    }
    match text.chars().count() {
        length if length > max => Err(TextFault::TooLong { length, max }),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_composed_but_keeps_no_spaces_around_it() {
        assert_eq!(name("Ma\u{308}ki", 4).unwrap(), "Mäki");
        for refused in ["", " ", "erp ", "\u{200b}erp", "e\nrp", "Mäkiä"] {
            assert_eq!(name(refused, 4), None, "{refused:?}");
        }
    }

    #[test]
    fn text_is_trimmed_and_composed() {
        assert_eq!(line("  Ma\u{308}ki Oy\u{a0}", NAME_MAX).unwrap(), "Mäki Oy");
        assert_eq!(line("\u{feff}Mäki\u{200d} Oy\u{200b} ", NAME_MAX).unwrap(), "Mäki\u{200d} Oy");
        assert_eq!(line(" \u{200b}\u{2060}", NAME_MAX).unwrap(), "");
        assert_eq!(paragraph("one\r\ntwo\rthree\n", NOTE_MAX).unwrap(), "one\ntwo\nthree");
    }

    #[test]
    fn what_no_field_may_hold_is_refused() {
        assert_eq!(line("a\0b", NAME_MAX), Err(TextFault::Control(0)));
        assert_eq!(line("a\nb", NAME_MAX), Err(TextFault::LineBreak));
        assert_eq!(paragraph("a\u{7}b", NOTE_MAX), Err(TextFault::Control(7)));
        assert_eq!(line("a\u{2028}b", NAME_MAX), Err(TextFault::LineBreak));
        assert_eq!(line("gnp\u{202e}exe", NAME_MAX), Err(TextFault::Control(0x202e)));
        assert_eq!(paragraph("a\u{2067}b", NOTE_MAX), Err(TextFault::Control(0x2067)));
        assert_eq!(line("äää", 2), Err(TextFault::TooLong { length: 3, max: 2 }));
        assert_eq!(line("ää", 2).unwrap(), "ää");
    }
}
