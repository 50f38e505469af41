//! Files that people write by hand, and what to say of those that cannot be read.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// A strategy with every care model spelled out has some thousands of characters.
const BYTES_MAX: u64 = 1024 * 1024;

/// The text of a small file: a map, a strategy. What is larger, or has no end, is refused before it fills the memory.
pub fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = File::open(path)?.take(BYTES_MAX + 1).read_to_string(&mut text)?;
    match read as u64 <= BYTES_MAX {
        true => Ok(text),
        false => Err(io::ErrorKind::FileTooLarge.into()),
    }
}

/// What to do about a file that the system does not give us, as the end of a sentence that begins with its name.
pub fn unreadable(error: &io::Error) -> String {
    const KNOWN: [(io::ErrorKind, &str); 7] = [
        (io::ErrorKind::NotFound, "is not there; check its name and folder"),
        (io::ErrorKind::PermissionDenied, "may not be read; change its permissions"),
        (io::ErrorKind::IsADirectory, "is a folder; name the file in it"),
        (io::ErrorKind::FileTooLarge, "is larger than anybody writes by hand; name another file"),
        (io::ErrorKind::UnexpectedEof, "ends too early; fetch it again"),
        (io::ErrorKind::InvalidData, "is damaged; fetch it again"),
        (io::ErrorKind::InvalidInput, "is damaged; fetch it again"),
    ];
    match KNOWN.iter().find(|(kind, _)| *kind == error.kind()) {
        Some((_, advice)) => (*advice).to_owned(),
        None => {
            let told = error.to_string();
            let told = told.split(" (os error").next().unwrap_or_default().to_lowercase();
            format!("cannot be read: {told}; try again")
        }
    }
}
