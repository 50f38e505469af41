//! Invented names of people, companies, towns' streets, numbers: nobody's in particular.
//!
//! First names and surnames are among the most common ones in Finland, combined by chance; company names are put
//! together from nature words and trades; addresses of mail end in `.example`, which nobody can register; telephone
//! numbers begin with 047 000, which no operator gives out; business ids are above seven million, which the register has not reached.

use crate::dice::Dice;

const FIRST_NAMES: [&str; 40] = [
    "Aino", "Anna", "Antti", "Eero", "Eeva", "Elina", "Emilia", "Hanna", "Heikki", "Helena", "Ilkka",
    "Jaana", "Janne", "Jari", "Johanna", "Juha", "Jukka", "Kaisa", "Kalle", "Kari", "Katja", "Laura",
    "Lauri", "Liisa", "Maria", "Marko", "Matti", "Mika", "Minna", "Niko", "Olli", "Outi", "Päivi", "Pekka",
    "Petri", "Sami", "Satu", "Tiina", "Tuomas", "Ville",
];

const SURNAMES: [&str; 47] = [
    "Aaltonen",
    "Ahonen",
    "Anttila",
    "Eskola",
    "Hakala",
    "Harju",
    "Heikkinen",
    "Heinonen",
    "Hiltunen",
    "Hämäläinen",
    "Jokinen",
    "Järvinen",
    "Kallio",
    "Karjalainen",
    "Kettunen",
    "Kinnunen",
    "Koivisto",
    "Korhonen",
    "Koskinen",
    "Kuusisto",
    "Laaksonen",
    "Lahtinen",
    "Laine",
    "Lehtonen",
    "Leppänen",
    "Lindroos",
    "Manninen",
    "Mattila",
    "Miettinen",
    "Mäkelä",
    "Mäkinen",
    "Niemi",
    "Nieminen",
    "Nurmi",
    "Ojala",
    "Peltola",
    "Pitkänen",
    "Rantanen",
    "Rautio",
    "Saarinen",
    "Salonen",
    "Savolainen",
    "Toivonen",
    "Turunen",
    "Tuominen",
    "Virtanen",
    "Väisänen",
];

const NATURE: [&str; 32] = [
    "Ahven", "Haapa", "Hauki", "Hieta", "Hirvi", "Honka", "Joutsen", "Kaisla", "Kallio", "Karhu", "Kataja",
    "Kelo", "Kivi", "Koivu", "Korpi", "Kotka", "Kuikka", "Kurki", "Kuusi", "Leppä", "Lokki", "Lumi", "Metso",
    "Mänty", "Oksa", "Pihlaja", "Raita", "Ruoko", "Sorsa", "Susi", "Tammi", "Tyrsky",
];

const PLACES: [&str; 14] = [
    "harjun", "järven", "kallion", "kankaan", "kosken", "lahden", "lammen", "mäen", "niemen", "rannan",
    "saaren", "salmen", "vuoren", "virran",
];

/// Real towns and the postal codes of their centres: public geography, no address of anybody.
const TOWNS: [(&str, &str); 22] = [
    ("Lappeenranta", "53100"),
    ("Imatra", "55100"),
    ("Kouvola", "45100"),
    ("Kotka", "48100"),
    ("Hamina", "49400"),
    ("Mikkeli", "50100"),
    ("Savonlinna", "57100"),
    ("Pieksämäki", "76100"),
    ("Varkaus", "78200"),
    ("Kuopio", "70100"),
    ("Joensuu", "80100"),
    ("Lahti", "15110"),
    ("Heinola", "18100"),
    ("Porvoo", "06100"),
    ("Loviisa", "07900"),
    ("Hyvinkää", "05800"),
    ("Järvenpää", "04400"),
    ("Kerava", "04200"),
    ("Jyväskylä", "40100"),
    ("Jämsä", "42100"),
    ("Hämeenlinna", "13100"),
    ("Riihimäki", "11100"),
];

const STREETS: [&str; 20] = [
    "Teollisuustie",
    "Sepänkatu",
    "Kiviharjuntie",
    "Myllykatu",
    "Asemakatu",
    "Varikkotie",
    "Satamatie",
    "Koulukatu",
    "Rantatie",
    "Hallitie",
    "Kauppakatu",
    "Louhostie",
    "Tehtaankatu",
    "Pajatie",
    "Kuormatie",
    "Laiturikatu",
    "Harjutie",
    "Telatie",
    "Sahantie",
    "Metsätie",
];

const HOUSES: [&str; 12] = [
    "Aalto", "Helmi", "Honka", "Kanerva", "Kuunari", "Lilja", "Majakka", "Poiju", "Purje", "Ruori", "Tähti",
    "Vaahtera",
];

pub fn person(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&FIRST_NAMES), dice.pick(&SURNAMES))
}

/// Unlike its neighbours' for thousands of numbers on end: the stride shares no factor with the count of places.
pub fn place(number: u64) -> String {
    let count = (NATURE.len() * PLACES.len()) as u64;
    let at = (number * 173 % count) as usize;
    let nature = NATURE.get(at % NATURE.len()).copied().unwrap_or_default();
    format!("{nature}{}", PLACES.get(at / NATURE.len()).copied().unwrap_or_default())
}

/// A municipality that is on no map: with endings that no real one has behind these words.
pub fn municipality(number: u64) -> String {
    let endings = ["kallion", "kankaan", "lammen", "mäen", "rannan", "salmen"];
    let at = (number * 13 % (NATURE.len() * endings.len()) as u64) as usize;
    let nature = NATURE.get(at % NATURE.len()).copied().unwrap_or_default();
    format!("{nature}{}", endings.get(at / NATURE.len()).copied().unwrap_or_default())
}

pub fn surname(number: u64) -> &'static str {
    SURNAMES.get((number * 17 % SURNAMES.len() as u64) as usize).copied().unwrap_or_default()
}

/// `K. Jokinen`: the family whose name a company bears, with an initial to tell it from its namesakes.
pub fn owner(number: u64) -> String {
    let initials = "AEHIJKLMOPRSTVUNYÄ";
    let nth = (number / SURNAMES.len() as u64) as usize % initials.chars().count();
    let initial = initials.chars().nth(nth).unwrap_or('A');
    format!("{initial}. {}", surname(number))
}

pub fn house(dice: &mut Dice) -> &'static str {
    dice.pick(&HOUSES)
}

pub fn town(dice: &mut Dice) -> (&'static str, &'static str) {
    dice.pick(&TOWNS)
}

pub fn street(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&STREETS), dice.between(1, 68))
}

pub fn phone(dice: &mut Dice) -> String {
    format!("+358 47 000 {:04}", dice.between(0, 9999))
}

/// `rakennus-salmi.example` of `Rakennus-Salmi Oy`.
pub fn domain(company: &str) -> String {
    let forms = ["oy", "ky", "tmi", "asunto", "as"];
    let words: Vec<String> =
        company.split_whitespace().map(plain).filter(|word| !forms.contains(&word.as_str())).collect();
    format!("{}.example", words.join("-"))
}

/// `paivi.makela@...`
pub fn email(name: &str, domain: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(plain).collect();
    format!("{}@{domain}", words.join("."))
}

/// A valid Finnish business id, the next from 7000000 on whose check digit exists.
pub fn business_id(number: u64) -> String {
    // Steps of two leave room to pass over the numbers without a check digit, one in eleven, and stay unique.
    let mut candidate = 7_000_000 + number * 2;
    loop {
        if let Some(check) = check_digit(candidate) {
            return format!("{candidate}-{check}");
        }
        candidate += 1;
    }
}

/// Weights 7 9 10 5 8 4 2, modulo 11: a remainder of 1 is never given out.
pub fn check_digit(number: u64) -> Option<u64> {
    let weights = [2, 4, 8, 5, 10, 9, 7];
    let mut rest = number;
    let mut sum = 0;
    for weight in weights {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match sum % 11 {
        0 => Some(0),
        1 => None,
        remainder => Some(11 - remainder),
    }
}

fn plain(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'ä' | 'å' => Some('a'),
            'ö' => Some('o'),
            letter if letter.is_ascii_alphanumeric() || letter == '-' => Some(letter),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published: python-stdnum's `fi.ytunnus` gives 2077474-0 as valid and 2077474-1 as not.
    #[test]
    fn the_check_digit_is_the_published_one() {
        assert_eq!(check_digit(2_077_474), Some(0));
        assert_eq!(check_digit(112_038), Some(9));
    }

    #[test]
    fn business_ids_are_valid_and_no_two_accounts_share_one() {
        let ids: Vec<String> = (0..2000).map(business_id).collect();
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();

        assert_eq!(unique.len(), ids.len());
        assert!(ids.iter().all(|id| id.len() == 9 && id.starts_with("70")));
    }

    #[test]
    fn addresses_of_mail_are_plain_and_nobodys() {
        assert_eq!(domain("Rakennus-Salmi Oy"), "rakennus-salmi.example");
        assert_eq!(email("Päivi Mäkelä", "x.example"), "paivi.makela@x.example");
    }
}
