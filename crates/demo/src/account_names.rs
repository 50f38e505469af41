//! What accounts are called: by trade and place or family, companies of one group by one family.

use crate::{
    accounts::{BLOCK, PARENT_PLACE, SUBSIDIARY_PLACES},
    dice::Dice,
    names,
    story::Industry,
};

pub fn name(number: u32, industry: Industry, dice: &mut Dice) -> String {
    let block = u64::from(number / BLOCK);
    match number % BLOCK {
        PARENT_PLACE => format!("{}-yhtiöt Oy", names::surname(block)),
        place if place == SUBSIDIARY_PLACES[0] => format!("{} {} Oy", names::surname(block), trade(industry)),
        place if place == SUBSIDIARY_PLACES[1] => {
            format!("{} Itä-{} Oy", names::surname(block), trade(industry))
        }
        _ => name_alone(u64::from(number), industry, dice),
    }
}

fn trade(industry: Industry) -> &'static str {
    match industry {
        Industry::Building => "Rakennus",
        Industry::Infrastructure => "Infra",
        Industry::Farming => "Maatalous",
        Industry::ElementMaking => "Elementti",
        Industry::Municipality => "Tilapalvelu",
        Industry::Housing => "Kiinteistöt",
        Industry::Manufacturing => "Teollisuus",
    }
}

fn name_alone(number: u64, industry: Industry, dice: &mut Dice) -> String {
    let place = names::place(number);
    let surname = names::owner(number);
    let nth = dice.between(0, 5);
    match (industry, nth) {
        (Industry::Building, 0) => format!("Rakennusliike {surname} Oy"),
        (Industry::Building, 1) => format!("Betonityö {surname} Oy"),
        (Industry::Building, 2) => format!("{place} Talot Oy"),
        (Industry::Building, 3) => format!("{place} Perustus Oy"),
        (Industry::Building, _) => format!("{place} Rakennus Oy"),
        (Industry::Infrastructure, 0) => format!("Maanrakennus {surname} Oy"),
        (Industry::Infrastructure, 1) => format!("Kaivinkone {surname} Ky"),
        (Industry::Infrastructure, 2) => format!("Maansiirto {surname} Oy"),
        (Industry::Infrastructure, 3) => format!("{place} Väylä Oy"),
        (Industry::Infrastructure, _) => format!("{place} Infra Oy"),
        (Industry::Farming, 0) => format!("Maatila {surname}"),
        (Industry::Farming, 1) => format!("{place} Navetta Oy"),
        (Industry::Farming, 2) => format!("{place} maatalousyhtymä"),
        (Industry::Farming, _) => format!("{place} tila"),
        (Industry::ElementMaking, 0) => format!("Betonivalimo {surname} Oy"),
        (Industry::ElementMaking, 1) => format!("{place} Betonituote Oy"),
        (Industry::ElementMaking, _) => format!("{place} Elementti Oy"),
        (Industry::Municipality, 0) => format!("{} vesihuolto", names::municipality(number)),
        (Industry::Municipality, 1) => format!("{} kaupunki", names::municipality(number)),
        (Industry::Municipality, 2) => format!("{} Tilapalvelu Oy", names::municipality(number)),
        (Industry::Municipality, _) => format!("{} kunta", names::municipality(number)),
        (Industry::Housing, _) => format!("Asunto Oy {place} {}", names::house(dice)),
        (Industry::Manufacturing, 0) => format!("{place} Konepaja Oy"),
        (Industry::Manufacturing, 1) => format!("{place} Saha Oy"),
        (Industry::Manufacturing, 2) => format!("{place} Energia Oy"),
        (Industry::Manufacturing, _) => format!("{place} Varastot Oy"),
    }
}
