//! The people at the accounts: one to three each, with titles of the trade.

use crate::{
    accounts::seed_of,
    dice::{Dice, Topic},
    names,
    story::{Industry, Story},
};
use luotsi_app::import::records::ContactRecord;

pub fn records(story: &Story, seed: u64) -> Vec<ContactRecord> {
    let mut dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Contacts);
    let titles = titles(story.industry);
    let domain = names::domain(&story.name);
    (0..dice.between(1, 3))
        .map(|nth| {
            let name = names::person(&mut dice);
            ContactRecord {
                external_id: external_id(story, nth),
                account: story.external_id.clone(),
                title: titles.get(nth as usize).map(|title| (*title).to_owned()),
                email: dice.chance(92).then(|| names::email(&name, &domain)),
                phone: dice.chance(95).then(|| names::phone(&mut dice)),
                name,
            }
        })
        .collect()
}

/// The first contact is there for every account.
pub fn external_id(story: &Story, nth: i64) -> String {
    format!("{}-c{}", story.external_id, nth + 1)
}

fn titles(industry: Industry) -> [&'static str; 3] {
    match industry {
        Industry::Building => ["Hankintapäällikkö", "Vastaava mestari", "Toimitusjohtaja"],
        Industry::Infrastructure => ["Työpäällikkö", "Toimitusjohtaja", "Työmaamestari"],
        Industry::Farming => ["Yrittäjä", "Rakennuttaja", "Työnjohtaja"],
        Industry::ElementMaking => ["Tuotantopäällikkö", "Hankintajohtaja", "Laatupäällikkö"],
        Industry::Municipality => ["Tekninen johtaja", "Rakennuttajapäällikkö", "Hankinta-asiantuntija"],
        Industry::Housing => ["Isännöitsijä", "Hallituksen puheenjohtaja", "Kiinteistöpäällikkö"],
        Industry::Manufacturing => ["Kunnossapitopäällikkö", "Hankintapäällikkö", "Tehdaspäällikkö"],
    }
}
