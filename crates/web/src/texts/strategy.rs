//! Words of what the company has decided: thresholds, other numbers, care models, and who decided them.

use super::{Texts, en_count, fi_count};
use luotsi_core::strategy::Measure;

impl Texts {
    texts! {
        strategy => "Strategia", "Strategy";
        thresholds => "Segmenttien raja-arvot", "Thresholds of the segments";
        thresholds_why => "Mistä summasta alkaen arvo on suuri.", "From what amount on a value counts as high.";
        thresholds_look => "Katso mitä muuttuu", "See what changes";
        thresholds_suggested => "Kokeile ehdotettuja rajoja", "Try the suggested thresholds";
        thresholds_suggested_one(euros: &str) => format!("Luotsi ehdottaa: {euros}"), format!("Luotsi suggests {euros}");
        thresholds_open => "Kun kaikki neljä rajaa on annettu, tässä näkyy, kuka siirtyy mihinkin segmenttiin.", "Once all four thresholds are given, this shows who moves to which segment.";
        thresholds_wrong => "Kun rajat on korjattu, tässä näkyy, kuka siirtyy mihinkin segmenttiin.", "Once the thresholds are put right, this shows who moves to which segment.";
        strategic_current => "Strategisen nykyarvo", "Current value, strategic";
        strategic_potential => "Strategisen potentiaaliarvo", "Potential value, strategic";
        threshold_current => "Nykyarvon raja", "Threshold of current value";
        threshold_potential => "Potentiaaliarvon raja", "Threshold of potential value";
        threshold_strategic_current => "Strategisen nykyarvon raja", "Strategic threshold of current value";
        threshold_strategic_potential => "Strategisen potentiaaliarvon raja", "Strategic threshold of potential value";
        preview_title => "Asiakaskanta näillä rajoilla", "The customer base with these thresholds";
        preview_none => "Yksikään asiakkuus ei vaihda segmenttiä.", "No account changes its segment.";
        preview_moved(count: i64, worth: &str) => format!("{} vaihtaa segmenttiä: {worth}.", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} to another segment: {worth}.", en_count(count, "account moves", "accounts move"));
        preview_worth(current: &str, potential: &str) => format!("nykyarvo {current}, potentiaaliarvo {potential}"), format!("current value {current}, potential value {potential}");
        preview_moves => "Kuka siirtyy", "Who moves";
        preview_others(count: &str) => format!("Näytä kaikki, {count} muuta"), format!("Show all, {count} others");
        movers_title(from: &str, to: &str) => format!("{from} → {to}"), format!("{from} → {to}");
        movers_line(count: i64, worth: &str) => format!("{} siirtyisi: {worth}", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} would move: {worth}", en_count(count, "account", "accounts"));
        movers_none => "Näillä rajoilla kukaan ei siirry näin.", "With these thresholds nobody moves this way.";
        movers_back => "Takaisin raja-arvoihin", "Back to the thresholds";
        strategy_numbers => "Strategian muut luvut", "Other numbers of the strategy";
        strategy_numbers_line => "Arvon mittari, tuntikustannukset, poikkeamien osuudet, päivän minuutit.", "Measure of value, hourly costs, exposures of deviations, minutes of the day.";
        in_percent(what: &str) => format!("{what},\u{a0}%"), format!("{what},\u{a0}%");
        measure => "Arvon mittari", "Measure of value";
        measure_of_revenue => "myynti", "revenue";
        measure_of_margin => "kate", "margin";
        measure_of_profit => "kate hoitokulujen jälkeen", "margin after cost to serve";
        default_margin => "Kate, kun kustannusta ei tiedetä", "Margin where the cost is not known";
        hysteresis => "Rajan ylityksen pelivara", "Slack at a threshold";
        likelihood_prior => "Onnistumisen oletus", "Assumed chance of success";
        strategy_minutes => "Asiakastyön minuutit päivässä", "Minutes for customers in a day";
        strategy_customer_hours => "Asiakastyön tunnit vuodessa", "Hours with customers in a year";
        days_off => "Omat vapaapäivät", "Our own days off";
        days_off_hint => "Suomen pyhien lisäksi; päivä kullekin riville.", "Besides Finnish public holidays; a day a line.";
        hourly_cost_of(who: &str) => format!("Tuntikustannus, {who}"), format!("Hourly cost, {who}");
        hourly_cost_others => "muut roolit", "other roles";
        hourly_cost_as_others => "kuten muut", "as the others";
        weight_of(element: &str) => format!("Paino, {}", element.to_lowercase()), format!("Weight, {}", element.to_lowercase());
        exposure_of(what: &str) => format!("Osuus, {}", what.to_lowercase()), format!("Exposure, {}", what.to_lowercase());
        left_open => "ei asetettu", "not set";
        numbers_value => "Arvo", "Value";
        numbers_value_why => "Missä asiakkuuden arvo lasketaan, ja kuinka selvästi rajan on ylityttävä.", "What an account's value is counted in, and how clearly a threshold must be crossed.";
        numbers_time => "Aika", "Time";
        numbers_time_why => "Kun henkilöstä ei ole sanottu muuta.", "Where nothing else is said of a person.";
        numbers_exposures => "Osuudet", "Exposures";
        numbers_exposures_why => "Kuinka suuren osan asiakkuuden arvosta kunkin poikkeaman uskotaan vaarantavan.", "The share of an account's value believed to hang on each deviation.";
        numbers_costs => "Tuntikustannukset", "Hourly costs";
        numbers_costs_why => "Tunnin hinta, kun henkilön omaa ei tiedetä. Tyhjä: kuten muut roolit.", "The cost of an hour, where the person's own is not known. Empty: as the other roles.";
        numbers_weights => "Arvonluontikyvyn painot", "Weights of our ability";
        numbers_weights_why => "Kuinka paljon kukin osa painaa, 0–1000.", "How much each element weighs, 0–1000.";
        exposure_care_late => "Hoito myöhässä", "Care late";
        exposure_care_very_late => "Hoito hyvin myöhässä", "Care very late";
        exposure_care_not_planned => "Hoitoa ei ole suunniteltu", "Care not planned";
        exposure_silence => "Hiljaisuus", "Silence";
        exposure_value_declining => "Arvo laskee", "Value declines";
        exposure_rhythm_broken => "Ostorytmi katkesi", "Buying rhythm broken";
        exposure_segment_changed => "Segmentti vaihtui", "Segment changed";
        exposure_override_review => "Käsin asetettu tarkistettava", "Manual segment to be reviewed";
        exposure_potential_missing => "Potentiaaliarvo puuttuu", "Potential value missing";
        exposure_potential_stale => "Potentiaalin arvio vanhentunut", "Estimate of potential stale";
        exposure_owner_missing => "Vastuuhenkilö puuttuu", "Owner missing";
        decision => "Päätös", "Decision";
        decision_line => "Tästä tulee uusi versio. Vanha jää luettavaksi.", "This becomes a new version. The old one stays readable.";
        decision_why => "Miksi", "Why";
        decision_why_hint => "Esimerkiksi: ohjausryhmä 23.11.", "For example: steering group of 23 Nov.";
        decision_not_yours => "Strategiasta päättävät prosessin omistaja ja pääkäyttäjä. Voit silti katsoa, mitä muut rajat muuttaisivat.", "The process owner and the administrator decide on the strategy. You can still see what other thresholds would change.";
        decision_only_theirs => "Strategiasta päättävät prosessin omistaja ja pääkäyttäjä.", "The process owner and the administrator decide on the strategy.";
        decide => "Päätä", "Decide";
        strategy_from => "Voimassa alkaen", "Holds from";
        strategy_until(day: &str) => format!("Jo päätetty seuraava versio: voimaan {day}"), format!("A version decided on already comes into force on {day}.");
        strategy_always => "Alusta alkaen", "From the beginning";
        strategy_since(day: &str) => format!("{day} alkaen"), format!("From {day}");
        strategy_looking => "Luotsi käy asiakaskantaa läpi uudella strategialla. Segmentit, hoito ja ehdotukset ovat sen mukaiset, kun tämä viesti katoaa.", "Luotsi goes through the customer base with the new strategy. Segments, care and proposals follow it once this message is gone.";
        what_changes => "Mitä muuttuu", "What changes";
        changes_none => "Mikään ei muutu.", "Nothing changes.";
        decisions => "Päätökset", "Decisions";
        decisions_none => "Voimassa on Luotsin oma strategia: mitään ei ole vielä päätetty.", "Luotsi's own strategy holds: nothing has been decided yet.";
        what_from_to(what: &str, old: &str, new: &str) => format!("{what}: {old} → {new}"), format!("{what}: {old} → {new}");
        times_a_year(times: i64) => often(times, "kerran vuodessa", "kertaa vuodessa", fi_count), often(times, "once a year", "times a year", en_count);
        times_a_year_after(times: &str, days: &str) => format!("{times}, kun segmentissä on oltu {days}"), format!("{times}, after {days} in the segment");
        times_within(times: i64, days: i64) => format!("{}, {days} työpäivän kuluessa segmenttiin tulosta", often(times, "kerran", "kertaa", fi_count)), format!("{} within {} of entering", often(times, "once", "times", en_count), en_count(days, "working day", "working days"));
        care_models => "Hoitomallit", "Care models";
        care_models_line => "Mitä kullekin segmentille on luvattu, toteutuuko se, ja keneltä se vie aikaa.", "What each segment has been promised, whether it is kept, and whose time it takes.";
        care_model_edit => "Muokkaa", "Edit";
        care_model_edit_of(segment: &str) => format!("Muokkaa hoitomallia: {segment}"), format!("Edit the care model: {segment}");
        asked_a_year(times: &str, hours: &str) => format!("{times} kertaa, {hours} h vuodessa"), format!("{times} times, {hours} h a year");
        silence_at_most(days: &str) => format!("hiljaisuutta enintään {days}"), format!("silence of at most {days}");
        silence_days_field => "Hiljaisuutta enintään, päivää", "Silence at most, days";
        care_lines => "Hoitomallin rivit", "Lines of the care model";
        care_lines_why => "Vuodessa: rivi alkaa, kun segmentissä on oltu annetut työpäivät (tyhjä: heti). Alussa: kerrat tehdään niiden kuluessa.", "In a year: the line begins after the working days given in the segment (empty: at once). On entering: the times are done within them.";
        line_kind => "Tapahtuma", "Activity";
        line_times => "Kertaa", "Times";
        line_rule => "Milloin", "When";
        line_days => "Työpäivää", "Working days";
        line_answering => "Kuka vastaa", "Responsible";
        line_minutes => "Minuuttia", "Minutes";
        line_agenda => "Asialista", "Agenda";
        line_more => "Mitkä muut lasketaan, asialista", "What else counts, agenda";
        line_also => "Myös nämä lasketaan", "These count too";
        line_new => "Uusi rivi", "New line";
        line_add => "Lisää rivi", "Add a line";
        line_remove => "Poista rivi", "Remove the line";
        line_remove_of(line: &str) => format!("Poista rivi: {line}"), format!("Remove the line: {line}");
        rule_year => "vuodessa", "in a year";
        rule_entering => "segmentin alussa", "on entering";
        hours_title => "Tunnit vuodessa", "Hours a year";
        hours_why => "Hoitomallien pyytämät tunnit henkilöittäin, ja asiakastyön tunnit, jotka hänellä on.", "The hours that the care models ask of each person, and the hours with customers there are.";
        hours_now => "Nyt", "Now";
        hours_then => "Näin", "This way";
        hours_asked => "Pyydetään", "Asked";
        hours_there => "Käytössä", "Available";
        hours_over => "yli ajan", "more than there is time for";
        silence_limit => "Hiljaisuutta enintään", "Silence at most";
        line_added(model: &str, line: &str) => format!("{model}, uusi rivi: {line}"), format!("{model}, new line: {line}");
        line_removed(model: &str, line: &str) => format!("{model}, rivi poistuu: {line}"), format!("{model}, line removed: {line}");
        agenda_changed => "asialista muuttuu", "the agenda changes";
    }

    pub fn measure_short(self, measure: Measure) -> &'static str {
        match measure {
            Measure::Revenue => self.measure_of_revenue(),
            Measure::Margin => self.measure_of_margin(),
            Measure::Profit => self.measure_of_profit(),
        }
    }

    /// Of the strategy's text.
    pub fn threshold_name(self, name: &str) -> &'static str {
        match name {
            "current" => self.threshold_current(),
            "potential" => self.threshold_potential(),
            "strategic_current" => self.threshold_strategic_current(),
            _ => self.threshold_strategic_potential(),
        }
    }

    /// Of the strategy's text.
    pub fn exposure_name(self, name: &str) -> &'static str {
        match name {
            "care_late" => self.exposure_care_late(),
            "care_very_late" => self.exposure_care_very_late(),
            "care_not_planned" => self.exposure_care_not_planned(),
            "silence" => self.exposure_silence(),
            "value_declining" => self.exposure_value_declining(),
            "rhythm_broken" => self.exposure_rhythm_broken(),
            "segment_changed" => self.exposure_segment_changed(),
            "override_review" => self.exposure_override_review(),
            "potential_missing" => self.exposure_potential_missing(),
            "potential_stale" => self.exposure_potential_stale(),
            _ => self.exposure_owner_missing(),
        }
    }

    /// Of the strategy's text.
    pub fn ability_element(self, name: &str) -> &'static str {
        match name {
            "people" => self.ability_people(),
            "offering" => self.ability_offering(),
            "processes" => self.ability_processes(),
            _ => self.ability_relationship(),
        }
    }
}

/// Once has a word of its own; more often is counted.
fn often(times: i64, once: &str, more: &str, count: fn(i64, &str, &str) -> String) -> String {
    match times {
        1 => once.to_owned(),
        _ => count(times, more, more),
    }
}
