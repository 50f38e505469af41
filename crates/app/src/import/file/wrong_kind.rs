//! Files that are no tables of text, recognised by how they begin, and what to do with each.

/// The beginning of a kind of file, and what to tell its owner.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "an Excel workbook or another zip file; save the sheet as CSV (UTF-8) and import that"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV (UTF-8) and import that"),
    (b"%PDF", "a PDF; ask the program it comes from for a CSV file"),
    (b"\xff\xfe\0\0", "text in UTF-32; save it as UTF-8"),
    (b"SQLite format 3\0", "a SQLite database; export the table as CSV"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "compressed with bzip2; unpack it first, or compress it with gzip"),
    (b"\xfd7zXZ", "compressed with xz; unpack it first, or compress it with gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first, or compress it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"PAR1", "a Parquet file; export it as CSV"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"{\\rtf", "a text document; save the table as CSV"),
    (b"{\"", "JSON; save the rows as CSV"),
    (b"{\n", "JSON; save the rows as CSV"),
    (b"[{", "JSON; save the rows as CSV"),
    (b"[\n", "JSON; save the rows as CSV"),
    (b"<?xml", "XML; save the rows as CSV"),
    (b"<html", "a web page; save the table as CSV"),
    (b"<!doctype", "a web page; save the table as CSV"),
];

/// More control characters than one in this many bytes are no text. A stray NUL in a row is not yet a binary file.
const CONTROL_ONE_IN: usize = 20;

/// What the file is instead of a table of text, and what to do; `None` when it may well be one.
pub fn recognise(beginning: &[u8]) -> Option<&'static str> {
    let is_start =
        |magic: &[u8]| beginning.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic));
    if let Some((_, advice)) = BEGINNINGS.iter().find(|(magic, _)| is_start(magic)) {
        return Some(advice);
    }
    if beginning.get(257..262) == Some(b"ustar") {
        return Some("a tar archive; unpack it first");
    }
    is_binary(beginning).then_some("not text; ask the program it comes from for a CSV file")
}

fn is_binary(beginning: &[u8]) -> bool {
    let has_utf16_mark = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
    let control =
        beginning.iter().filter(|byte| **byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')).count();
    !has_utf16_mark && control * CONTROL_ONE_IN > beginning.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_of_files_are_recognised() {
        assert!(recognise(b"PK\x03\x04rest").is_some_and(|advice| advice.contains("Excel")));
        assert!(recognise(b"%PDF-1.7").is_some_and(|advice| advice.contains("PDF")));
        assert!(recognise(b"<!DOCTYPE html>").is_some());
        assert!(recognise(&[0, 1, 2, 3, 200, 5, 6, 7]).is_some());
    }

    #[test]
    fn a_table_with_a_stray_nul_is_still_a_table() {
        assert_eq!(recognise(b"external_id,name\nA1,Acme\0 and its brothers, limited\n"), None);
        assert_eq!(recognise(b"\xff\xfea\0,\0b\0\n\0"), None);
        assert_eq!(recognise(b""), None);
    }
}
