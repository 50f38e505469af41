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

/// Text to search in: lower case, without marks on letters, so that `makela` finds Mäkelä. What is searched for is
/// written in the same way.
pub fn search_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(part.trim().to_lowercase().nfkd().filter(|letter| !is_combining_mark(*letter)));
    }
    text
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

    #[test]
    fn marks_do_not_matter_to_a_search() {
        assert_eq!(search_text(["Mäkelä Oy", " 0112038-9 "]), "makela oy 0112038-9");
    }
}
