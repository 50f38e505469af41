//! Words of an account's timeline: what happened, told short.

use super::{Texts, en_count, fi_count};
use luotsi_store::timeline::Strand;

impl Texts {
    texts! {
        timeline => "Aikajana", "Timeline";
        timeline_empty => "Mitään ei ole vielä tapahtunut. Kirjaa ensimmäinen tapahtuma.", "Nothing has happened yet. Log the first activity.";
        timeline_none_found => "Näillä rajauksilla ei löydy mitään.", "Nothing is found with these filters.";
        timeline_goes_on => "Aikajana jatkuu Luotsissa.", "The timeline goes on in Luotsi.";
        older => "Vanhemmat", "Older";
        newest => "Uusimmat", "Newest";
        timeline_shown => "Aikajanalla", "On the timeline";
        strand_activities => "Tapahtumat", "Activities";
        strand_sales => "Laskut", "Invoices";
        strand_answers => "Vastaukset", "Answers";
        strand_steering => "Segmentti ja poikkeamat", "Segment and deviations";
        strand_judgements => "Arviot ja tavoitteet", "Estimates and targets";
        strand_master => "Tiedot ja tiimi", "Facts and team";
        period => "Aika", "Period";
        period_month => "30 päivää", "30 days";
        period_quarter => "3 kuukautta", "3 months";
        period_year => "12 kuukautta", "12 months";
        who_did => "Kuka", "Who";

        invoice(number: &str) => format!("Lasku {number}"), format!("Invoice {number}");
        invoice_lines(count: i64) => fi_count(count, "rivi", "riviä"), en_count(count, "line", "lines");
        answer_taken_back(day: &str) => format!("kumottu {day}"), format!("taken back {day}");
        segment_became(name: &str) => format!("Segmentti: {name}"), format!("Segment: {name}");
        earlier(value: &str) => format!("aiemmin {value}"), format!("earlier {value}");
        deviation_opened => "Poikkeama", "Deviation";
        deviation_closed => "Poikkeama sulkeutui", "Deviation closed";
        need_told(amount: &str) => format!("Tarvearvio {amount}"), format!("Estimate of need {amount}");
        need_of_groups(count: i64) => fi_count(count, "tuoteryhmä", "tuoteryhmää"), en_count(count, "product group", "product groups");
        ability_scored => "Arvonluontikyky arvioitiin", "Ability to create value was scored";
        target_set(year: i64, amount: &str) => format!("Asiakastavoite {year}: {amount}"), format!("Customer target {year}: {amount}");
        override_set(name: &str) => format!("Segmentti asetettiin käsin: {name}"), format!("Segment set manually: {name}");
        override_taken_back => "Käsin asetettu segmentti poistettiin", "The manual segment was taken back";
        review_on(day: &str) => format!("tarkistus {day}"), format!("review {day}");
        account_created => "Asiakkuus perustettiin", "The account was created";
        fact_became(name: &str, value: &str) => format!("{name}: {value}"), format!("{name}: {value}");
        joined_team(who: &str) => format!("Tiimiin: {who}"), format!("Joined the team: {who}");
        left_team(who: &str) => format!("Tiimistä lähti: {who}"), format!("Left the team: {who}");
        contact_created(who: &str) => format!("Uusi yhteyshenkilö: {who}"), format!("New contact: {who}");
        contact_changed(who: &str) => format!("Yhteyshenkilön tiedot: {who}"), format!("Contact's details: {who}");
        contact_removed(who: &str) => format!("Yhteyshenkilö poistui: {who}"), format!("Contact removed: {who}");
        by_import => "tuonti", "import";
        by_sample => "malliyhtiö", "sample company";
        by_setup => "käyttöönotto", "setup";
    }

    pub fn strand(self, strand: Strand) -> &'static str {
        match strand {
            Strand::Activities => self.strand_activities(),
            Strand::Sales => self.strand_sales(),
            Strand::Answers => self.strand_answers(),
            Strand::Steering => self.strand_steering(),
            Strand::Judgements => self.strand_judgements(),
            Strand::Master => self.strand_master(),
        }
    }
}
