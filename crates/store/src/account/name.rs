//! How names are ordered and searched: the Finnish way.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A key that orders names as Finns expect when its bytes are compared: å, ä and ö after z, whatever the case;
/// other letters without their marks.
pub fn name_sort(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.trim().to_lowercase().nfc() {
        match letter {
            // The three signs behind z in ASCII.
            'å' => key.push('{'),
            'ä' | 'æ' => key.push('|'),
            'ö' | 'ø' => key.push('}'),
            'ü' => key.push('y'),
            'ß' => key.push_str("ss"),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'þ' => key.push_str("th"),
            '{' | '|' | '}' => key.push('~'),
            other => key.extend(other.nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    key
}

/// Lower case, without marks on letters, so that `makela` finds Mäkelä; what cannot be seen or typed is a space.
pub(super) fn folded(text: &str) -> String {
    let letters = text.to_lowercase();
    let letters = letters.nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_finns_expect() {
        let mut names = ["Öljy", "Zeta", "Åbo", "alfa", "Äiti", "Beta", "Élan", "elä", "Østerberg"];
        names.sort_by_key(|name| name_sort(name));

        assert_eq!(names, ["alfa", "Beta", "Élan", "elä", "Zeta", "Åbo", "Äiti", "Öljy", "Østerberg"]);
    }
}
