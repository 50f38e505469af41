//! Passwords: which can be chosen, and their hashes. Length counts, not mixtures of signs; what everybody guesses first
//! is refused.

use crate::act::Problem;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use luotsi_store::StoreError;
use std::sync::{Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// In characters. Fifteen are advised beside the field.
pub const LENGTH_MIN: usize = 10;
pub const LENGTH_MAX: usize = 128;

/// Fewer different characters than this are a pattern.
const DIFFERENT_MIN: usize = 5;

/// One password is hashed at a time: each takes 19 MB, and a thousand guesses at once would take all memory.
static HASHING: Mutex<()> = Mutex::new(());

/// A hash of the kind that is kept, of a password nobody knows: where there is no person it is compared with this, so
/// that an unknown email takes as long as a known one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bHVvdHNpLW5vYm9keS1oZXJl$\
     uqOyJzXB4m0cM9CqJ0R4m9pJ6hY1vQ2mS3kq1l0c8Zk";

/// Whether the password can be chosen. `names` are the person's, their email and the company's.
pub fn check(password: &str, names: &[&str]) -> Result<(), Problem> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Err(Problem::TooShort { min: LENGTH_MIN });
    }
    if LENGTH_MAX < length {
        return Err(Problem::TooLong { max: LENGTH_MAX });
    }
    match is_easy(password, names) {
        true => Err(Problem::EasyToGuess),
        false => Ok(()),
    }
}

/// What is kept of a password; takes some tens of milliseconds. Not to be called inside a unit of work.
pub fn hash(password: &str) -> Result<String, StoreError> {
    let _one_at_a_time = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password(composed(password).as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| StoreError::Stopped(error.to_string()))
}

/// Whether the password is the one of which `kept` was kept; `None`: there is nobody, which takes as long.
pub fn is_right(password: &str, kept: Option<&str>) -> bool {
    let _one_at_a_time = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = PasswordHash::new(kept.unwrap_or(NOBODYS));
    let fits = hash
        .is_ok_and(|hash| Argon2::default().verify_password(composed(password).as_bytes(), &hash).is_ok());
    fits && kept.is_some()
}

/// The same letters are the same password, however the keyboard composed them.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

fn is_easy(password: &str, names: &[&str]) -> bool {
    let small = password.to_lowercase();
    is_pattern(&small)
        || readings(&small)
            .iter()
            .any(|word| is_known(word) || names.iter().any(|name| is_made_of(word, name)))
}

/// The word in it: as it stands, and with the signs inside it that stand for letters read as such.
fn readings(small: &str) -> [String; 2] {
    let inside = small.trim_matches(|sign: char| !sign.is_alphabetic());
    let read = inside.chars().map(|sign| match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => other,
    });
    [letters(small), letters(&read.collect::<String>())]
}

fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphabetic()).collect()
}

/// A few characters repeated, or a run along the alphabet, the digits or the keyboard.
fn is_pattern(small: &str) -> bool {
    const ROWS: [&str; 6] = [
        "abcdefghijklmnopqrstuvwxyzåäö",
        "qwertyuiopåasdfghjklöäzxcvbnm",
        "qwertyuiopasdfghjkl",
        "1234567890",
        "asdfghjklöä",
        "zxcvbnm",
    ];
    let mut different: Vec<char> = small.chars().collect();
    different.sort_unstable();
    different.dedup();
    let signs: Vec<char> = small.chars().collect();
    let half = signs.len() / 2;
    let is_doubled = signs.len().is_multiple_of(2) && signs[..half] == signs[half..] && half <= LENGTH_MIN;
    let is_run = ROWS.iter().any(|row| {
        let backwards: String = row.chars().rev().collect();
        row.repeat(3).contains(small) || backwards.repeat(3).contains(small)
    });
    different.len() < DIFFERENT_MIN || is_doubled || is_run
}

/// One common word, however it is dressed up with digits and signs.
fn is_known(word: &str) -> bool {
    word.len() < 4 || COMMON.split_whitespace().any(|common| word == common || word == common.repeat(2))
}

/// Little more than a name: all of it, or one of its parts.
fn is_made_of(word: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let length = |text: &str| text.chars().count();
    let parts = name.split(|sign: char| !sign.is_alphabetic()).map(str::to_owned);
    std::iter::once(letters(&name))
        .chain(parts)
        .filter(|part| 3 < length(part))
        .any(|part| word.contains(&part) && length(word) - length(&part) < 5)
}

/// What lists of stolen passwords are full of, in both languages, letters only.
const COMMON: &str = "
    password passwordi passwords passw salasana salasanai salakala qwerty qwertyuiop qwertyuiopå
    asdfghjkl zxcvbnm qazwsx qazwsxedc iqaz iqazswx welcome welcomeback letmein tervetuloa kirjaudu
    login admin administrator root superuser changeme default secret salaisuus iloveyou
    minarakastansinua rakastan rakkaus football baseball jaakiekko jääkiekko jalkapallo liverpool
    chelsea arsenal barcelona tappara ilves jokerit helsinki tampere turku oulu suomi finland perkele
    saatana vittu monkey dragon master sunshine princess prinsessa superman batman starwars pokemon
    shadow michael jennifer charlie trustno whatever computer tietokone internet microsoft google
    samsung summer winter spring autumn kesä kesa talvi syksy kevät kevat monday maanantai december
    joulukuu luotsi
";

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] =
        ["Aino Mäkelä", "aino.makela@vuolteenbetoni.example", "Vuolteen Betoni ja Kivi Oy"];

    fn check_easy(password: &str) {
        assert_eq!(check(password, &NAMES), Err(Problem::EasyToGuess), "{password}");
    }

    #[test]
    fn three_random_words_and_a_long_sentence_can_be_chosen() {
        for password in ["korppi viuhka tahdas", "Xk7#pq2Lm9", "Äiti osti yhdeksän sinistä sateenvarjoa"] {
            assert_eq!(check(password, &NAMES), Ok(()), "{password}");
        }
    }

    #[test]
    fn length_counts_in_characters() {
        assert_eq!(check("lyhyt2026", &NAMES), Err(Problem::TooShort { min: 10 }));
        assert_eq!(check(&"äö9x".repeat(33), &NAMES), Err(Problem::TooLong { max: 128 }));
    }

    #[test]
    fn what_everybody_guesses_first_is_refused() {
        for password in [
            "Password123",
            "S4lasana2026!",
            "qwerty123456",
            "1234567890",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "abcababcab",
            "Welcome2026!",
            "Luotsi2026!!",
            "kesä2026kesä",
            "poiuytrewq",
            "2026112220",
        ] {
            check_easy(password);
        }
    }

    #[test]
    fn the_persons_and_the_companys_names_are_refused() {
        for password in ["AinoMäkelä1", "mäkelä-2026", "Vuolteen2026", "vuolteenbetoni1"] {
            check_easy(password);
        }
    }

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let kept = hash("korppi viuhka tähdäs").unwrap();

        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_right("korppi viuhka tähdäs", Some(&kept)));
        // The same letters, composed by another keyboard.
        assert!(is_right("korppi viuhka ta\u{308}hda\u{308}s", Some(&kept)));
        assert!(!is_right("korppi viuhka tahdas", Some(&kept)));
        assert!(!is_right("korppi viuhka tähdäs", None));
        assert_ne!(kept, hash("korppi viuhka tähdäs").unwrap());
    }

    #[test]
    fn nobodys_hash_costs_what_everybodys_does() {
        let nobody = PasswordHash::new(NOBODYS).unwrap();

        assert_eq!(nobody.params.to_string(), "m=19456,t=2,p=1");
        assert!(nobody.hash.is_some());
    }
}
