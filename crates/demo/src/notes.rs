//! What people wrote down about their work with customers, in their language.

use crate::dice::Dice;
use luotsi_core::activity::ActivityKind;

const VISITS: [&str; 8] = [
    "Käytiin työmaalla. Perustukset valettu, lattiavalut alkavat kahden viikon päästä.",
    "Tavattiin toimistolla. Kaksi uutta kohdetta varmistunut, määrät tarkentuvat kuun vaihteessa.",
    "Kierrettiin varastoalue. Murskeen välivarastointi vaivaa, ehdotin kuljetusta suoraan kohteeseen.",
    "Keskusteltiin vähähiilisestä betonista. Tilaaja vaatii sitä seuraavassa urakassa.",
    "Toimitusajoista kiitosta, pumppauksen odotuksesta moitetta. Sovittiin soitosta edellisenä päivänä.",
    "Käytiin läpi kesän toimitukset ja reklamaatiot. Yksi avoin hyvitys, hoidetaan tällä viikolla.",
    "Talvibetonin tarve pitkään pakkaseen asti. Lupasin laskelman kuumabetonista.",
    "Asiakas kilpailuttaa kiviainekset keväällä. Pyysi tarjouksen kolmen kohteen paketista.",
];

const MEETINGS: [&str; 4] = [
    "Palaveri hankinnan kanssa. Vuosisopimuksen luonnos käyty läpi, hintaliite puuttuu.",
    "Sovittiin toimitusikkunoista ja yhteyshenkilöistä ensi kauden kohteisiin.",
    "Esiteltiin itsetiivistyvä lattiabetoni. Koevalu sovitaan seuraavaan kohteeseen.",
    "Käytiin läpi määräennuste. Alkuvuosi hiljainen, kevät täynnä.",
];

const CALLS: [&str; 8] = [
    "Soitto: seuraava valu ensi viikolla, tilaus tulee sähköpostilla.",
    "Kysyin kevään kohteista. Yksi harjahalli tarjouksella, ratkeaa kuun lopussa.",
    "Muistutin kuormakoosta. Isommat kuormat sopivat, säästää kuljetuksessa.",
    "Tyytyväinen edelliseen toimitukseen. Ei uutta juuri nyt, palataan kuukauden päästä.",
    "Kilpailija tarjonnut halvemmalla murskeella. Lupasin tarkistaa kuljetuksen.",
    "Sovittiin käynti työmaalle.",
    "Laskusta kysyttävää, ohjasin myyntipalveluun ja varmistin että hoituu.",
    "Pyysi pumppua lyhyellä varoitusajalla. Järjestyi.",
];

const CALLS_IN: [&str; 5] = [
    "Asiakas soitti: kysyi toimitusaikaa perjantaille.",
    "Asiakas soitti: kuorman lisäys samalle päivälle, onnistui.",
    "Asiakas kysyi hintaa sepelistä, lähetin hinnaston.",
    "Asiakas siirsi valua sateen takia kahdella päivällä.",
    "Kysyi todistusta betonin lujuudesta, lähetetty.",
];

const EMAILS_IN: [&str; 4] = [
    "Vahvisti tilauksen ja toimitusosoitteen.",
    "Lähetti seuraavan kohteen määräluettelon.",
    "Pyysi tarjousta maanrakennuksen kiviaineksista.",
    "Kysyi syksyn aukioloaikoja.",
];

const LETTERS: [&str; 5] = [
    "Kausikirje: talvibetonoinnin ohje ja hinnasto.",
    "Kausikirje: kevään pihatyöt, murskeet ja sepelit.",
    "Kausikirje: vähähiilinen betoni kohteisiin.",
    "Kausikirje: kesän aukioloajat ja toimitusalueet.",
    "Kausikirje: syksyn perustustyöt ja salaojasora.",
];

const MANAGEMENT: [&str; 3] = [
    "Johdon tapaaminen: kolmen vuoden näkymä, vähähiilisyys ja kapasiteetti.",
    "Johdon tapaaminen: sovittiin yhteisestä koekohteesta ja mittareista.",
    "Johdon tapaaminen: vuosisopimuksen jatko, hintaindeksi ja toimitusvarmuus.",
];

const PLAN_REVIEWS: [&str; 3] = [
    "Asiakkuussuunnitelman katselmus: toimenpiteistä kaksi kolmesta tehty.",
    "Asiakkuussuunnitelman katselmus: tavoite pidetään, pumppaus otetaan mukaan.",
    "Asiakkuussuunnitelman katselmus: uusi päättäjä hankinnassa, tavataan pian.",
];

const SURVEYS: [&str; 3] = [
    "Arvokysely: toimitusvarmuus 5, hinta 3, yhteydenpito 4.",
    "Arvokysely: odotus aikatauluista kasvanut, kokemus ennallaan.",
    "Arvokysely: suosittelisi, toivoo ennakkotietoa hinnoista.",
];

const CROSS_SELLING: [&str; 3] = [
    "Ristiinmyynti: ostaa kiviainekset muualta. Ehdotetaan yhteiskuljetusta.",
    "Ristiinmyynti: harkot ja elementit puuttuvat, esitellään seuraavalla käynnillä.",
    "Ristiinmyynti: jälkihoitoaineet mukaan lattiavaluihin.",
];

const ESTIMATES: [&str; 2] =
    ["Arvioitiin vuositarve kohdeluettelosta.", "Päivitettiin potentiaali asiakkaan ennusteen mukaan."];

const PLANS: [&str; 2] = [
    "Asiakkuussuunnitelma laadittu: tavoitteet, toimenpiteet ja vastuut.",
    "Asiakkuussuunnitelma päivitetty seuraavalle vuodelle.",
];

/// What was written of something done; `from_customer` when the customer took the first step.
pub fn done(kind: ActivityKind, from_customer: bool, dice: &mut Dice) -> &'static str {
    match kind {
        ActivityKind::Visit => dice.pick(&VISITS),
        ActivityKind::Meeting | ActivityKind::RemoteMeeting => dice.pick(&MEETINGS),
        ActivityKind::Call if from_customer => dice.pick(&CALLS_IN),
        ActivityKind::Call => dice.pick(&CALLS),
        ActivityKind::Email if from_customer => dice.pick(&EMAILS_IN),
        ActivityKind::Email | ActivityKind::Letter => dice.pick(&LETTERS),
        ActivityKind::ManagementMeeting => dice.pick(&MANAGEMENT),
        ActivityKind::PlanReview => dice.pick(&PLAN_REVIEWS),
        ActivityKind::ValueSurvey => dice.pick(&SURVEYS),
        ActivityKind::CrossSellingReview => dice.pick(&CROSS_SELLING),
        ActivityKind::PotentialEstimate => dice.pick(&ESTIMATES),
        ActivityKind::AccountPlan => dice.pick(&PLANS),
    }
}

/// What was written of something planned.
pub fn planned(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Visit => "Käynti: seuraavat valut, tuleva kausi ja toimitusten palaute.",
        ActivityKind::Meeting | ActivityKind::RemoteMeeting => "Palaveri: määräennuste ja hinnat.",
        ActivityKind::Call => "Soitto: kuulumiset, seuraavat kohteet.",
        ActivityKind::Email | ActivityKind::Letter => "Kausikirje.",
        ActivityKind::ManagementMeeting => "Johdon tapaaminen: suunta ja sopimus.",
        ActivityKind::PlanReview => "Suunnitelman katselmus: toimenpiteet ja tavoite.",
        ActivityKind::ValueSurvey => "Arvokysely.",
        ActivityKind::CrossSellingReview => "Ristiinmyynnin läpikäynti.",
        ActivityKind::PotentialEstimate => "Potentiaalin arvio.",
        ActivityKind::AccountPlan => "Asiakkuussuunnitelman laatiminen.",
    }
}

pub fn outcome(kind: ActivityKind, dice: &mut Dice) -> Option<String> {
    let outcomes: [&str; 4] = ["sovittu jatkosta", "tarjouspyyntö", "ei ajankohtainen", "tyytyväinen"];
    match kind {
        ActivityKind::Visit
        | ActivityKind::Meeting
        | ActivityKind::RemoteMeeting
        | ActivityKind::Call
        | ActivityKind::ManagementMeeting => dice.chance(45).then(|| dice.pick(&outcomes).to_owned()),
        ActivityKind::Email
        | ActivityKind::Letter
        | ActivityKind::PlanReview
        | ActivityKind::ValueSurvey
        | ActivityKind::CrossSellingReview
        | ActivityKind::PotentialEstimate
        | ActivityKind::AccountPlan => None,
    }
}
