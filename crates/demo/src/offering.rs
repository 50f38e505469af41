//! What the company sells: concrete, aggregates, precast elements, additives, and bringing and pumping them.

use luotsi_app::import::records::ProductRecord;

/// The product groups, in the order in which `Mix` weighs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Concrete,
    Aggregates,
    Elements,
    Additives,
    Pumping,
    Delivery,
}

impl Group {
    /// Those that an order can be about. Pumping and delivery come along with them.
    pub const MAIN: [Self; 4] = [Self::Concrete, Self::Aggregates, Self::Elements, Self::Additives];

    pub fn name(self) -> &'static str {
        match self {
            Self::Concrete => "Valmisbetoni",
            Self::Aggregates => "Kiviainekset",
            Self::Elements => "Elementit ja harkot",
            Self::Additives => "Lisäaineet ja tarvikkeet",
            Self::Pumping => "Pumppaus",
            Self::Delivery => "Kuljetus",
        }
    }
}

/// A product: its price and the share of it that it costs us.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub external_id: &'static str,
    pub name: &'static str,
    /// Without one it counts in the total only, as odd lines of a real company do.
    pub group: Option<Group>,
    pub unit_price_cents: i64,
    pub cost_percent: i64,
    /// The smallest quantity that is sold, in thousandths of the unit: half a cubic metre, a hundred kilos.
    pub step_thousandths: i64,
}

pub const PRODUCTS: [Product; 30] = [
    product("B2025", "Valmisbetoni C20/25 S3", Group::Concrete, 13_900, 74, 500),
    product("B2530", "Valmisbetoni C25/30 S3", Group::Concrete, 14_600, 73, 500),
    product("B3037", "Valmisbetoni C30/37 S3", Group::Concrete, 15_500, 72, 500),
    product("B3545", "Valmisbetoni C35/45 P50, pakkasenkestävä", Group::Concrete, 17_900, 70, 500),
    product("B4555", "Valmisbetoni C45/55", Group::Concrete, 19_800, 69, 500),
    product("BLAT", "Lattiabetoni, itsetiivistyvä", Group::Concrete, 18_700, 68, 500),
    product("BVAH", "Vähähiilinen betoni C30/37", Group::Concrete, 17_400, 71, 500),
    product("BTAL", "Talvibetoni C30/37, kuuma", Group::Concrete, 17_200, 74, 500),
    product("K0004", "Kalliomurske 0/4", Group::Aggregates, 980, 61, 100),
    product("K0011", "Kalliomurske 0/11", Group::Aggregates, 1_040, 60, 100),
    product("K0016", "Kalliomurske 0/16", Group::Aggregates, 1_010, 60, 100),
    product("K0032", "Kalliomurske 0/32", Group::Aggregates, 960, 59, 100),
    product("K0090", "Kalliomurske 0/90", Group::Aggregates, 890, 58, 100),
    product("K0816", "Sepeli 8/16", Group::Aggregates, 1_380, 57, 100),
    product("KSUO", "Suodatinhiekka", Group::Aggregates, 760, 60, 100),
    product("KSAL", "Salaojasora 6/16", Group::Aggregates, 1_490, 58, 100),
    product("E200", "Valuharkko 200 mm", Group::Elements, 680, 72, 1_000),
    product("E250", "Valuharkko 250 mm", Group::Elements, 790, 72, 1_000),
    product("ESOK", "Sokkelielementti", Group::Elements, 21_500, 76, 1_000),
    product("ETUK", "Tukimuurielementti L 1500", Group::Elements, 16_800, 74, 1_000),
    product("EKAI", "Kaivonrengas 1000/500", Group::Elements, 9_400, 73, 1_000),
    product("ALIS", "Notkistin, kanisteri", Group::Additives, 8_900, 55, 1_000),
    product("AJAL", "Jälkihoitoaine, kanisteri", Group::Additives, 7_600, 54, 1_000),
    product("AKUI", "Teräskuitu, säkki", Group::Additives, 4_200, 58, 1_000),
    product("AMUO", "Muottiöljy, kanisteri", Group::Additives, 6_800, 52, 1_000),
    product("P24", "Betonipumppu 24 m, tunti", Group::Pumping, 16_500, 66, 500),
    product("P36", "Betonipumppu 36 m, tunti", Group::Pumping, 19_500, 67, 500),
    product("TSAK", "Kuljetus, pyörintäsäiliöauto, km", Group::Delivery, 390, 84, 1_000),
    product("TKAS", "Kuljetus, kasettiauto, km", Group::Delivery, 310, 85, 1_000),
    Product {
        external_id: "X900",
        name: "Laskutuslisä",
        group: None,
        unit_price_cents: 850,
        cost_percent: 0,
        step_thousandths: 1_000,
    },
];

const fn product(
    external_id: &'static str,
    name: &'static str,
    group: Group,
    unit_price_cents: i64,
    cost_percent: i64,
    step_thousandths: i64,
) -> Product {
    Product { external_id, name, group: Some(group), unit_price_cents, cost_percent, step_thousandths }
}

/// The products of a group; `None` gives those in no group.
pub fn products_of(group: Option<Group>) -> impl Iterator<Item = &'static Product> {
    PRODUCTS.iter().filter(move |product| product.group == group)
}

pub fn records() -> Vec<ProductRecord> {
    PRODUCTS
        .iter()
        .map(|product| ProductRecord {
            external_id: product.external_id.to_owned(),
            name: product.name.to_owned(),
            group: product.group.map(|group| group.name().to_owned()),
        })
        .collect()
}
