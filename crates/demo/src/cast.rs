//! The cast: the people and the accounts that tests, docs and pictures can rely on. They are the same for every seed and
//! size (of at least `ACCOUNTS.len()` accounts); only their days move with the day the demo ends on.

use crate::{cast_stories, story::Story};
use luotsi_core::people::Role;

/// The invented company.
pub const COMPANY: &str = "Vuolteen Betoni ja Kivi Oy";
/// `.example` belongs to nobody, for ever (RFC 2606).
pub const DOMAIN: &str = "vuolteenbetoni.example";

pub const MANAGEMENT: &str = "101";
pub const MANAGER: &str = "102";
pub const SELLER_WEST: &str = "103";
pub const SELLER_EAST: &str = "104";
/// Left some weeks before the end; a few accounts are still in this name.
pub const SELLER_WHO_LEFT: &str = "105";
pub const KAM: &str = "106";
pub const INSIDE_SALES: &str = "107";
pub const MARKETING: &str = "108";
pub const PROCESS_OWNER: &str = "109";
pub const ADMIN: &str = "110";

/// A person of the cast.
#[derive(Clone, Copy, Debug)]
pub struct CastPerson {
    pub external_id: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub team: &'static str,
    pub manager: Option<&'static str>,
    pub hourly_cost_euros: i64,
    pub customer_hours: u32,
}

/// The nine people who work here, and the one who left.
pub const PEOPLE: [CastPerson; 10] = [
    person(MANAGEMENT, "Tuomas Harju", Role::Management, "Johto", None, 95, 200),
    person(MANAGER, "Katja Rautio", Role::Manager, "Myynti", Some(MANAGEMENT), 78, 600),
    person(SELLER_WEST, "Mika Laine", Role::Seller, "Länsi", Some(MANAGER), 55, 1_200),
    person(SELLER_EAST, "Hanna Koskinen", Role::Seller, "Itä", Some(MANAGER), 54, 1_200),
    person(SELLER_WHO_LEFT, "Jukka Peltola", Role::Seller, "Itä", Some(MANAGER), 53, 1_200),
    person(KAM, "Elina Kettunen", Role::Kam, "Avainasiakkaat", Some(MANAGER), 68, 1_100),
    person(INSIDE_SALES, "Sami Ojala", Role::InsideSales, "Myyntipalvelu", Some(MANAGER), 42, 1_300),
    person(MARKETING, "Laura Niemi", Role::Marketing, "Markkinointi", Some(MANAGEMENT), 50, 300),
    person(PROCESS_OWNER, "Petri Mäkelä", Role::ProcessOwner, "Kehitys", Some(MANAGEMENT), 62, 100),
    person(ADMIN, "Outi Salonen", Role::Admin, "Kehitys", Some(PROCESS_OWNER), 52, 50),
];

const fn person(
    external_id: &'static str,
    name: &'static str,
    role: Role,
    team: &'static str,
    manager: Option<&'static str>,
    hourly_cost_euros: i64,
    customer_hours: u32,
) -> CastPerson {
    CastPerson { external_id, name, role, team, manager, hourly_cost_euros, customer_hours }
}

/// An account of the cast and what it shows on the last day, under the default strategy with the thresholds suggested on
/// the first of `watch_days`. A base of less than 250 accounts has too few peers for what depends on them (`HALLIT`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CastAccount {
    pub external_id: &'static str,
    pub name: &'static str,
    pub shows: &'static str,
}

pub const SALMI_GROUP: CastAccount =
    account("10001", "Salmi-yhtiöt Oy", "a group's parent: buys nothing itself, not assessed");
pub const SALMI: CastAccount = account(
    "10002",
    "Rakennus-Salmi Oy",
    "strategic, value declining, a plan review late; part of the group",
);
pub const SALMI_INFRA: CastAccount =
    account("10003", "Salmi Infra Oy", "growth, a visit due and not planned; part of the group");
pub const ELEMENTTI: CastAccount = account(
    "10004",
    "Kaislalahden Elementti Oy",
    "strategic and in care: every line kept, the potential by product group",
);
pub const MAANRAKENNUS: CastAccount =
    account("10005", "Hirvikallion Maanrakennus Oy", "growth, neglected: visits and calls late, silence");
pub const BETONITYO: CastAccount = account(
    "10006",
    "Betonityö Kuusisto Oy",
    "retention, ordered every week and then stopped: rhythm broken",
);
pub const KAUPUNKI: CastAccount =
    account("10007", "Koivuvirran kaupunki", "retention, in care, the potential estimate stale");
pub const MAATILA: CastAccount =
    account("10008", "Kurkiniemen tila", "efficiency, letters late: on marketing's list, no proposal");
pub const TALOYHTIO: CastAccount =
    account("10009", "Asunto Oy Lokkirannan Majakka", "efficiency, silence of more than half a year");
pub const TERMINAALI: CastAccount = account(
    "10010",
    "Metsovuoren Terminaali Oy",
    "a prospect in acquisition by its own word, entering contacts late",
);
pub const PIHAKIVI: CastAccount =
    account("10011", "Pihakivi Lindroos Oy", "changed from efficiency to acquisition by a new estimate");
pub const VAYLA: CastAccount = account(
    "10012",
    "Väyläurakointi Heinonen Oy",
    "growth, still in the name of the seller who left: owner missing",
);
pub const RAKENNUS: CastAccount =
    account("10013", "Pihlajaharjun Rakennus Oy", "strategic by decision, the account plan not made in time");
pub const KONEPAJA: CastAccount =
    account("10014", "Teräsniemen Konepaja Oy", "kept in retention by decision, the decision due for review");
pub const HALLIT: CastAccount = account(
    "10015",
    "Hallirakenne Nurmi Oy",
    "high current value, potential by its peers only: potential missing",
);
pub const VALU: CastAccount =
    account("10016", "Tyrskyrannan Betonivalu Oy", "a former customer without estimate: not assessed");
pub const KALUSTO: CastAccount = account("10017", "Ruokojärven Kalusto Oy", "inactive: values only");
pub const TALOT: CastAccount =
    account("10018", "Kelovuoren Talot Oy", "efficiency and in care: nothing to do");

pub const ACCOUNTS: [CastAccount; 18] = [
    SALMI_GROUP,
    SALMI,
    SALMI_INFRA,
    ELEMENTTI,
    MAANRAKENNUS,
    BETONITYO,
    KAUPUNKI,
    MAATILA,
    TALOYHTIO,
    TERMINAALI,
    PIHAKIVI,
    VAYLA,
    RAKENNUS,
    KONEPAJA,
    HALLIT,
    VALU,
    KALUSTO,
    TALOT,
];

const fn account(external_id: &'static str, name: &'static str, shows: &'static str) -> CastAccount {
    CastAccount { external_id, name, shows }
}

/// The story of the account with this number; `None` after the cast.
pub(crate) fn story(number: u32) -> Option<Story> {
    let account = ACCOUNTS.get(number as usize)?;
    Some(cast_stories::story(number, *account))
}
