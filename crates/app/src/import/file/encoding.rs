//! In which encoding a file is, and reading it as UTF-8.

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};
use std::io::{self, Read};

/// How many bytes from the first non-ASCII one on are looked at.
const LOOKED_AT: u64 = 256 * 1024;
const CHUNK: usize = 64 * 1024;
/// With fewer bytes beyond ASCII than this any guess but the commonest is chance.
const ENOUGH_TO_GUESS: usize = 20;

/// Letters that West and North European names hold: what a file in an old encoding is full of when read rightly.
const LIKELY: &str = "åäöÅÄÖéÉüÜèàçñøØæÆßáíóúÁÍÓÚâêîôûëïãõìòùõšžŠŽÈÀÇÑÊÔ€–—’‘“”´°§½²³·•®©\u{a0}«»";

/// Recognises the encoding of `bytes`: by its mark, else UTF-8 when the text beyond ASCII is mostly valid UTF-8, else
/// the old encoding it looks most like. A few broken bytes among good ones break rows, not the file.
pub fn recognise(mut bytes: impl Read) -> io::Result<&'static Encoding> {
    let mut chunk = vec![0; CHUNK];
    let mut is_first = true;
    loop {
        let read = fill(&mut bytes, &mut chunk)?;
        let chunk = &chunk[..read];
        if is_first && let Some((encoding, _)) = Encoding::for_bom(chunk) {
            return Ok(encoding);
        }
        is_first = false;
        if chunk.is_empty() {
            return Ok(UTF_8);
        }
        if let Some(at) = chunk.iter().position(|byte| !byte.is_ascii()) {
            let mut seen = chunk[at..].to_vec();
            bytes.take(LOOKED_AT).read_to_end(&mut seen)?;
            return Ok(judge(&seen));
        }
    }
}

fn judge(seen: &[u8]) -> &'static Encoding {
    let (good, broken) = utf8_sequences(seen);
    if broken <= good {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(seen, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let beyond_ascii = seen.iter().filter(|byte| !byte.is_ascii()).count();

    if guess != WINDOWS_1252
        && ENOUGH_TO_GUESS <= beyond_ascii
        && is_mostly(seen, guess, char::is_alphanumeric)
    {
        guess
    } else if is_mostly(seen, WINDOWS_1252, |c| LIKELY.contains(c)) {
        WINDOWS_1252
    } else {
        UTF_8
    }
}

/// How many characters of more than one byte are whole, and how many are broken. One cut at the end counts as neither.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let mut good = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (good, broken)
}

/// Broken UTF-8 read as an old encoding gives odd letters and control characters rather than names.
fn is_mostly(bytes: &[u8], encoding: &'static Encoding, is_likely: impl Fn(char) -> bool) -> bool {
    let (text, _, _) = encoding.decode(bytes);
    let (likely, odd): (Vec<char>, Vec<char>) =
        text.chars().filter(|c| !c.is_ascii()).partition(|c| is_likely(*c));
    likely.len() > odd.len()
}

/// Reads `bytes` in `encoding` as UTF-8 without a byte order mark. UTF-8 passes as it is, broken or not; what is
/// broken in another encoding becomes U+FFFD.
pub fn decoded(bytes: Box<dyn Read + Send>, encoding: &'static Encoding) -> Box<dyn Read + Send> {
    match encoding == UTF_8 {
        true => Box::new(WithoutMark { bytes, is_at_start: true }),
        false => Box::new(Decoded {
            bytes,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: Vec::with_capacity(CHUNK),
            text: Vec::new(),
            given: 0,
            is_at_end: false,
        }),
    }
}

struct WithoutMark {
    bytes: Box<dyn Read + Send>,
    is_at_start: bool,
}

impl Read for WithoutMark {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.is_at_start || into.len() < 3 {
            return self.bytes.read(into);
        }
        self.is_at_start = false;
        let read = fill(&mut self.bytes, into)?;
        match into[..read].starts_with(b"\xef\xbb\xbf") {
            true => {
                into.copy_within(3..read, 0);
                match read - 3 {
                    0 => self.bytes.read(into),
                    rest => Ok(rest),
                }
            }
            false => Ok(read),
        }
    }
}

struct Decoded {
    bytes: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    is_at_end: bool,
}

impl Read for Decoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_at_end {
            self.decode_next()?;
        }
        let length = into.len().min(self.text.len() - self.given);
        into[..length].copy_from_slice(&self.text[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

impl Decoded {
    fn decode_next(&mut self) -> io::Result<()> {
        self.raw.resize(CHUNK, 0);
        let read = fill(&mut self.bytes, &mut self.raw)?;
        self.is_at_end = read == 0;
        let needed = self.decoder.max_utf8_buffer_length(read).unwrap_or(CHUNK * 4);
        self.text.resize(needed, 0);
        let (_, _, written, _) =
            self.decoder.decode_to_utf8(&self.raw[..read], &mut self.text, self.is_at_end);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

/// Reads until `into` is full or the end.
pub fn fill(bytes: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match bytes.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, UTF_16LE};

    fn check(bytes: &[u8], encoding: &'static Encoding, text: &str) {
        let recognised = recognise(bytes).unwrap();
        let mut read = String::new();
        let owned: Box<dyn Read + Send> = Box::new(io::Cursor::new(bytes.to_vec()));
        decoded(owned, recognised).read_to_string(&mut read).unwrap();

        assert_eq!(recognised, encoding);
        assert_eq!(read, text);
    }

    #[test]
    fn marks_and_valid_utf8_are_recognised() {
        check(b"name\nAcme\n", UTF_8, "name\nAcme\n");
        check("name\nMäkelä\n".as_bytes(), UTF_8, "name\nMäkelä\n");
        check("\u{feff}name\nMäkelä\n".as_bytes(), UTF_8, "name\nMäkelä\n");
        check("\u{feff}".as_bytes(), UTF_8, "");
        check(b"\xff\xfen\0\xe4\0\n\0", UTF_16LE, "nä\n");
        check(b"\xfe\xff\0n\0\xe4\0\n", UTF_16BE, "nä\n");
    }

    #[test]
    fn old_encodings_are_recognised_by_their_letters() {
        check(
            b"name\nM\xe4kel\xe4 & Pojat\nHyv\xf6nen Oy\n",
            WINDOWS_1252,
            "name\nMäkelä & Pojat\nHyvönen Oy\n",
        );
        check(b"name;city\nOy Ab;Hyvink\xe4\xe4\n", WINDOWS_1252, "name;city\nOy Ab;Hyvinkää\n");
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_another_encoding() {
        for bytes in
            [&b"name\nBad\xff\xfe\x80\n"[..], b"name\nBad \xc3\x28 Oy\n", b"name\nM\xc3\xa4ki\nBad \xe4\n"]
        {
            assert_eq!(recognise(bytes).unwrap(), UTF_8);
        }
    }

    #[test]
    fn old_letters_are_found_behind_a_long_beginning_in_ascii() {
        let mut bytes = b"name\n".repeat(100_000);
        bytes.extend_from_slice(b"Sepp\xe4 ja H\xe4m\xe4l\xe4inen\n");

        assert_eq!(recognise(&bytes[..]).unwrap(), WINDOWS_1252);
    }
}
