//! Which sign separates a file's columns.

/// The signs looked for, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at.
const ROWS: usize = 50;

/// The separator under which most of the header's names satisfy `is_known`, then under which most rows have as many
/// columns as the header, then which gives most columns.
pub fn recognise(beginning: &str, is_known: impl Fn(&str) -> bool) -> u8 {
    let judged = SEPARATORS.map(|separator| (judge(beginning, separator, &is_known), separator));
    let best = judged.iter().rev().max_by_key(|(judgement, _)| *judgement);
    best.map_or(b',', |(_, separator)| *separator)
}

fn judge(beginning: &str, separator: u8, is_known: &impl Fn(&str) -> bool) -> (usize, usize, usize) {
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(beginning.as_bytes())
        .into_records()
        .filter_map(Result::ok);
    let Some(header) = rows.next() else {
        return (0, 0, 0);
    };
    let known = header.iter().filter(|name| is_known(name)).count();
    let alike = match header.len() {
        0 | 1 => 0,
        columns => rows.take(ROWS).filter(|row| row.len() == columns).count(),
    };
    (known, alike, header.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(beginning: &str, separator: u8) {
        let is_known = |name: &str| name == "external_id" || name == "name";

        assert_eq!(recognise(beginning, is_known) as char, separator as char, "{beginning:?}");
    }

    #[test]
    fn the_separator_is_the_one_that_makes_sense_of_the_header() {
        check("external_id,name\n1,\"a;b;c\"\n", b',');
        check("external_id;name\n1;a,b,c\n", b';');
        check("external_id\tname\n1\ta\n", b'\t');
        check("external_id|name\n1|a\n", b'|');
        check("external_id\n1\n", b',');
        check("Tunnus;Nimi, virallinen;Maa, koodi\n1;a;b\n", b';');
        check("", b',');
    }
}
