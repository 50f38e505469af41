//! The one SQL text for both engines: bound values are written `$n`, optionally with PostgreSQL's type (`$1::date`),
//! and lists of bound values come in a few fixed sizes, so that the engines keep their prepared statements.

use super::Value;
use std::fmt::Write;

/// The most values of one list; longer ones are asked in slices.
pub const LIST_MAX: usize = 512;

/// SQLite takes `$1` for a *name* and numbers names by first appearance, so `select $2, $1` would be bound the wrong
/// way round: it is given `?1`. It knows no dates and uuids, so `::type` behind a bound value is dropped.
/// Quoted text and comments stay as they are.
pub(super) fn for_sqlite(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['$', '\'', '"', '-']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'$' => parameter(rest, &mut out),
            b'-' if rest.starts_with("--") => copy(rest, rest.find('\n').unwrap_or(rest.len()), &mut out),
            b'-' => copy(rest, 1, &mut out),
            quote => copy(rest, quoted(rest, quote), &mut out),
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

fn parameter(rest: &str, out: &mut String) -> usize {
    let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
    out.push('?');
    out.push_str(&rest[1..=digits]);
    let end = 1 + digits;
    match rest[end..].strip_prefix("::") {
        Some(kind) => end + 2 + kind.bytes().take_while(u8::is_ascii_alphanumeric).count(),
        None => end,
    }
}

fn copy(rest: &str, length: usize, out: &mut String) -> usize {
    out.push_str(&rest[..length]);
    length
}

/// Length of the quoted text that `rest` begins with; a doubled quote begins the next quoted text, which is the same.
fn quoted(rest: &str, quote: u8) -> usize {
    rest[1..].find(char::from(quote)).map_or(rest.len(), |end| end + 2)
}

/// `(values ($1::uuid, $2::date), ($3, $4))`'s inside: `rows` rows whose first is cast to `kinds`, from `$first` on.
pub fn values(first: usize, rows: usize, kinds: &[&str]) -> String {
    let mut text = String::from("values ");
    let mut number = first;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for (column, kind) in kinds.iter().enumerate() {
            let comma = if column == 0 { "" } else { ", " };
            let cast = if row == 0 { "::" } else { "" };
            let kind = if row == 0 { *kind } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, "{comma}${number}{cast}{kind}");
            number += 1;
        }
        text.push(')');
    }
    text
}

/// `($1, $2, $3)` for `in`, from `$first` on.
pub fn in_list(first: usize, count: usize) -> String {
    let mut text = String::from("(");
    for number in first..first + count {
        let comma = if number == first { "" } else { ", " };
        let _ = write!(text, "{comma}${number}");
    }
    text.push(')');
    text
}

/// The values of an `in` list, padded with the last one to one of a few sizes. `wanted` is not empty.
pub fn padded<T: Copy + Into<Value>>(wanted: &[T]) -> Vec<Value> {
    let size = list_size(wanted.len());
    let last = wanted.last().copied();
    let padding = last.into_iter().cycle().take(size - wanted.len().min(size));
    wanted.iter().copied().chain(padding).map(Into::into).collect()
}

/// 1, 8, 32, 128 or 512: the smallest that holds `count`.
pub fn list_size(count: usize) -> usize {
    [1, 8, 32, 128].into_iter().find(|size| count <= *size).unwrap_or(LIST_MAX)
}

/// How many of `count` rows are handed over next: the largest power of two, so that there are few texts to prepare.
pub(super) fn rows_at_once(count: usize) -> usize {
    1 << count.min(LIST_MAX).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &str) {
        assert_eq!(for_sqlite(sql), expected);
    }

    #[test]
    fn parameters_are_numbered_for_sqlite_and_lose_their_type() {
        check("select $2, $1", "select ?2, ?1");
        check("values ($1::uuid, $12::date), ($3, $4)", "values (?1, ?12), (?3, ?4)");
        check("select a - b - $1", "select a - b - ?1");
    }

    #[test]
    fn quoted_text_and_comments_keep_their_dollars() {
        check("select '$1', 'it''s $2', \"$3\", $4", "select '$1', 'it''s $2', \"$3\", ?4");
        check("-- The owner's $1.\nselect $1", "-- The owner's $1.\nselect ?1");
        check("select $1 -- the end's $2", "select ?1 -- the end's $2");
    }

    #[test]
    fn lists_come_in_few_sizes() {
        assert_eq!(in_list(2, 3), "($2, $3, $4)");
        assert_eq!(values(1, 2, &["uuid", "date"]), "values ($1::uuid, $2::date), ($3, $4)");
        assert_eq!(padded(&[7_i64, 8, 9]).len(), 8);
        assert_eq!(padded(&[7_i64, 8, 9])[7], Value::Int(9));
        assert_eq!(list_size(129), LIST_MAX);
    }
}
