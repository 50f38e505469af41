//! Words of values, potential and segments, and the sentences that say what they follow from.

use super::{Texts, en_count, fi_count};
use luotsi_core::strategy::Segment;

impl Texts {
    texts! {
        current_value => "Nykyarvo", "Current value";
        potential_value => "Potentiaaliarvo", "Potential value";
        potential_none => "ei arvioitu", "not assessed";
        method_owner => "oma arvio", "own estimate";
        method_customer => "asiakkaan kertoma", "stated by the customer";
        method_peer => "verrokkien mukaan", "by peers";
        customer_target_of(year: i16) => format!("Asiakastavoite {year}"), format!("Customer target {year}");
        share_of_wallet => "Asiakasosuus", "Share of wallet";
        reachable => "Saavutettavissa", "Reachable";
        trend => "Muutos vuodessa", "Change in a year";
        previous_value(value: &str) => format!("edelliset 12 kk {value}"), format!("previous 12 months {value}");
        usual_gap => "Tavallinen tilausväli", "Usual gap between orders";
        stale_estimate => "arvio vanhentunut", "estimate is stale";

        share_of_value => "Osuus nykyarvosta", "Share of current value";
        matrix => "Nykyarvo ja potentiaaliarvo", "Current and potential value";
        matrix_how => "Valitse alue vetämällä. Näppäimistöllä: nuolet liikuttavat, välilyönti aloittaa ja päättää alueen, Enter avaa asiakkuuden, Esc peruu.", "Drag to select an area. With the keyboard: arrows move, Space starts and ends an area, Enter opens the account, Esc cancels.";
        current_value_axis => "Nykyarvo, 12 kk", "Current value, 12 months";
        potential_axis => "Potentiaaliarvo vuodessa", "Potential value a year";
        points_by => "Väri", "Colour";
        legend => "Värien selitys", "What the colours mean";
        other_owners => "Muut", "Others";
        care_all_kept => "Hoito toteutuu", "Care kept";
        care_some_late => "Hoito myöhässä", "Care late";
        care_without_lines => "Ei hoitoa", "No care";
        unlimited => "ei rajaa", "no limit";
        others_here(count: &str) => format!("ja {count} muuta tässä"), format!("and {count} more here");
        not_in_picture(count: i64) => format!("{} ilman potentiaaliarvoa, ei kuvassa", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} without potential value, not in the picture", en_count(count, "account", "accounts"));
        selection => "Alue", "Area";
        select_area => "Rajaa alue", "Select the area";
        current_value_from(sign: &str) => format!("Nykyarvo vähintään, {sign}"), format!("Current value from, {sign}");
        current_value_below(sign: &str) => format!("Nykyarvo alle, {sign}"), format!("Current value below, {sign}");
        potential_from(sign: &str) => format!("Potentiaali vähintään, {sign}"), format!("Potential from, {sign}");
        potential_below(sign: &str) => format!("Potentiaali alle, {sign}"), format!("Potential below, {sign}");
        selected => "Valittuna", "Selected";
        show_accounts => "Näytä asiakkuudet", "Show the accounts";
        clear_selection => "Poista valinta", "Clear the selection";
        by_segment => "Segmenteittäin", "By segment";
        in_all => "Yhteensä", "In all";
        conflicts => "Käsin asetettu toisin kuin malli", "Set manually against the model";
        conflicts_none => "Mikään käsin asetettu segmentti ei poikkea mallista.", "No segment set manually differs from the model.";
        conflicts_beyond => "Näistä näytetään nykyarvoltaan suurimmat.", "Those with most current value are shown.";
        by_hand_column => "Käsin", "Set manually";
        by_model_column => "Malli", "Model";
        moves => "Siirtymät segmentistä toiseen", "Moves between segments";
        moves_from => "Mistä", "From";
        moves_show => "Näytä", "Show";
        moves_from_day => "Päivästä", "From day";
        moves_to_day => "Päivään", "To day";
        moves_hint => "Riveillä segmentti alussa, sarakkeissa lopussa. Summat ovat asiakkuuksien nykyarvo nyt.", "Rows: the segment at first; columns: at last. Amounts are the accounts' current value now.";
        moved_in_all(count: i64, value: &str) => format!("{} vaihtoi segmenttiä, nykyarvo {value}", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} changed segment, current value {value}", en_count(count, "account", "accounts"));
        moved_from_to(from: &str, to: &str, accounts: &str, value: &str) => format!("{from}, sitten {to}: {accounts}, {value}"), format!("{from}, then {to}: {accounts}, {value}");
        moved_accounts => "Siirtyneet", "Moved";
        stayed_accounts => "Pysyneet", "Stayed";
        close => "Sulje", "Close";

        segment => "Segmentti", "Segment";
        segment_acquisition => "Hankinta", "Acquisition";
        segment_growth => "Kasvu", "Growth";
        segment_strategic => "Strateginen", "Strategic";
        segment_retention => "Pito", "Retention";
        segment_efficiency => "Tehostus", "Efficiency";
        segment_none => "Luokittelematon", "Not assessed";
        segment_by_model => "mallin mukaan", "by the model";
        segment_by_hand => "käsin asetettu", "set manually";
        segment_since(day: &str) => format!("{day} alkaen"), format!("since {day}");
        segment_why_high(what: &str, value: &str, threshold: &str) => format!("{what} {value} ≥ {threshold}"), format!("{what} {value} ≥ {threshold}");
        segment_why_low(what: &str, value: &str, threshold: &str) => format!("{what} {value} < {threshold}"), format!("{what} {value} < {threshold}");
        segment_why_held_high(what: &str, value: &str, threshold: &str) => format!("{what} {value} on rajan {threshold} alla, mutta puoli vaihtuu vasta selvästi alle tai kolmen kuunvaihteen jälkeen"), format!("{what} {value} is below {threshold}, but the side changes only well below it or after three month ends");
        segment_why_held_low(what: &str, value: &str, threshold: &str) => format!("{what} {value} on rajan {threshold} yllä, mutta puoli vaihtuu vasta selvästi yli tai kolmen kuunvaihteen jälkeen"), format!("{what} {value} is above {threshold}, but the side changes only well above it or after three month ends");
        segment_why_by_hand(segment: &str, day: &str, review: &str) => format!("{segment} asetettu käsin {day}, tarkistus {review}"), format!("{segment} set manually {day}, review {review}");
        segment_why_reason(reason: &str) => format!("Perustelu: {reason}"), format!("Reason: {reason}");
        segment_model_says(segment: &str) => format!("Mallin mukaan: {segment}"), format!("By the model: {segment}");
        segment_why_no_potential => "Potentiaaliarvoa ei ole arvioitu, joten asiakkuutta ei voi luokitella.", "The potential value is not assessed, so the account cannot be put into a segment.";
        segment_why_no_thresholds => "Segmenttien rajoja ei ole asetettu.", "The segments have no thresholds yet.";
        segment_why_inactive => "Asiakkuus ei ole käytössä.", "The account is not active.";

        estimate_need => "Arvioi tarve", "Estimate the need";
        need_total(sign: &str) => format!("Koko tarve vuodessa, {sign}"), format!("Whole need in a year, {sign}");
        need_groups(sign: &str) => format!("Tai tuoteryhmittäin, {sign} vuodessa: korvaa koko tarpeen"), format!("Or by product group, {sign} a year: replaces the whole need");
        need_either_or => "Anna joko koko tarve tai tuoteryhmien tarpeet, ei molempia.", "Give either the whole need or that of the groups, not both.";
        need_missing => "Anna tarve vuodessa: kokonaan tai tuoteryhmittäin.", "Give the need in a year: in all or by product group.";
        sold_in_window(money: &str) => format!("myymme nyt {money}"), format!("we sell {money} now");
        estimator => "Kenen arvio", "Whose estimate";
        estimator_owner => "oma arvio", "our own";
        estimator_customer => "asiakkaan kertoma", "told by the customer";
        justification => "Perustelu", "Justification";
        score_ability => "Arvioi arvonluontikyky", "Score our ability";
        ability_people => "Ihmiset", "People";
        ability_offering => "Tarjooma", "Offering";
        ability_processes => "Prosessit", "Processes";
        ability_relationship => "Asiakassuhde", "Relationship";
        score_1 => "1 · heikko", "1 · weak";
        score_2 => "2 · välttävä", "2 · fair";
        score_3 => "3 · kohtalainen", "3 · moderate";
        score_4 => "4 · hyvä", "4 · good";
        score_5 => "5 · vahva", "5 · strong";
        set_target => "Aseta asiakastavoite", "Set the customer target";
        target_euros(sign: &str) => format!("Tavoite, {sign}"), format!("Target, {sign}");
        year => "Vuosi", "Year";
        set_segment => "Aseta segmentti käsin", "Set the segment manually";
        reason => "Perustelu", "Reason";
        reason_hint => "Mitä tiedät, mitä malli ei tiedä?", "What do you know that the model does not?";
        review_day => "Tarkistetaan", "Review on";
        review_hint => "Luotsi muistuttaa silloin.", "Luotsi reminds you then.";
        take_override_back => "Palauta mallin segmentti", "Go back to the model's segment";
        measure_revenue => "myynti, 12 kokonaista kuukautta", "revenue, 12 whole months";
        measure_margin => "kate, 12 kokonaista kuukautta", "margin, 12 whole months";
        measure_profit => "tuotto hoitokulujen jälkeen, 12 kokonaista kuukautta", "profit after cost to serve, 12 whole months";
        ability_of(share: &str, assumed: &str) => format!("arvonluontikyky {share}{assumed}"), format!("ability {share}{assumed}");
        ability_is_assumed => " (oletus)", " (assumed)";
        wallet_of_need => "arvioidusta tarpeesta", "of the estimated need";
        target_none => "ei asetettu", "not set";
        peer_size_gap => "ero suurempiin verrokkeihin", "gap to larger peers";
        peer_mix_gap => "ero verrokkien tuotevalikoimaan", "gap to the peers' product mix";
        peers_count(count: i64) => fi_count(count, "verrokki", "verrokkia"), en_count(count, "peer", "peers");
        peers_of_industry_and_size => "sama toimiala ja kokoluokka", "same industry and size";
        peers_of_industry => "sama toimiala", "same industry";
        peers_of_all => "koko asiakaskanta", "the whole customer base";
    }

    pub fn segment_name(self, segment: Option<Segment>) -> &'static str {
        match segment {
            Some(Segment::Acquisition) => self.segment_acquisition(),
            Some(Segment::Growth) => self.segment_growth(),
            Some(Segment::Strategic) => self.segment_strategic(),
            Some(Segment::Retention) => self.segment_retention(),
            Some(Segment::Efficiency) => self.segment_efficiency(),
            None => self.segment_none(),
        }
    }
}
