//! Words of the list of accounts and of one account.

use super::{Texts, en_count, fi_count};
use luotsi_core::base::CustomerState;

impl Texts {
    texts! {
        new_account => "Uusi asiakkuus", "New account";
        new_account_line => "Vain nimi tarvitaan. Loput voi kertoa myöhemmin.", "Only the name is needed. The rest can be told later.";
        new_account_create => "Perusta asiakkuus", "Create the account";
        new_account_more => "Osoite ja emoyhtiö", "Address and parent";
        new_account_anyway => "Tämä on eri asiakas, perusta silti", "This is another customer, create it anyway";
        alike => "Onko se jo täällä?", "Is it here already?";
        alike_there => "Samannimisiä asiakkuuksia on jo. Katso alta, ennen kuin perustat uuden.", "There are accounts of this name already. Look below before you create another.";
        business_id_hint => "Esimerkiksi 0112038-9", "For example 0112038-9";
        beside_list => "Luettelo", "List";
        beside_label => "Luettelossa", "In the list";
        beside_previous => "Edellinen", "Previous";
        beside_next => "Seuraava", "Next";
        account => "Asiakkuus", "Account";
        owner => "Vastuuhenkilö", "Owner";
        owner_none => "Ei vastuuhenkilöä", "No owner";
        industry => "Toimiala", "Industry";
        size_class => "Kokoluokka", "Size class";
        customer_state => "Asiakkaan tila", "Customer state";
        state_prospect => "prospekti", "prospect";
        state_customer => "asiakas", "customer";
        state_former => "entinen asiakas", "former customer";
        inactive => "ei käytössä", "inactive";
        business_id => "Y-tunnus", "Business id";
        external_ids => "Tunnisteet", "External ids";
        street => "Katuosoite", "Street";
        postal_code => "Postinumero", "Postal code";
        country => "Maa", "Country";
        open => "Avaa", "Open";
        parent => "Emoyhtiö", "Parent company";
        parent_hint => "Nimi tai Y-tunnus; tyhjä = ei emoyhtiötä.", "Name or business id; empty = no parent.";
        contact_title => "Tehtävä", "Title";
        contact_email => "Sähköposti", "Email";
        call_somebody(name: &str) => format!("Soita: {name}"), format!("Call {name}");
        contact_phone => "Puhelin", "Phone";
        add_contact => "Lisää yhteyshenkilö", "Add a contact";
        add_member => "Lisää tiimiin", "Add to the team";
        add => "Lisää", "Add";
        value_by_month => "Arvo kuukausittain", "Value by month";
        value_by_month_line(now: &str, before: &str) => format!("viimeiset 12 kuukautta {now}, edelliset {before}"), format!("last 12 months {now}, those before {before}");
        as_a_table => "Taulukkona", "As a table";
        month => "Kuukausi", "Month";
        value_measured_by(measure: &str) => format!("Arvo ({measure})"), format!("Value ({measure})");
        year_before => "Vuotta aiemmin", "A year before";
        in_use => "Aktiivinen", "Active";
        in_use_hint => "Käytöstä poistettua ei hoideta eikä luokitella.", "What is not in use is neither cared for nor put into a segment.";
        yes => "kyllä", "yes";
        no => "ei", "no";
        not_told => "ei tiedossa", "not known";
        source(source: &str) => format!("Lähde: {source}"), format!("Source: {source}");
        told_by(name: &str, day: &str) => format!("{name} {day}"), format!("{name} {day}");
        sample_on(day: &str) => format!("malliyhtiö {day}"), format!("sample company {day}");
        imported_on(day: &str) => format!("tuotu {day}"), format!("imported {day}");
        address => "Osoite", "Address";
        facts => "Perustiedot", "Facts";
        contacts => "Yhteyshenkilöt", "Contacts";
        contacts_empty => "Yhteyshenkilöitä ei vielä ole.", "There are no contacts yet.";
        account_team => "Asiakkuustiimi", "Account team";
        account_team_empty => "Tiimiä ei ole nimetty: vastuuhenkilö hoitaa.", "No team is named: the owner takes care.";
        group_potential => "Potentiaali", "Potential";
        group => "Konserni", "Group of companies";
        group_sum(count: i64) => format!("Yhteensä, {}", fi_count(count, "asiakkuus", "asiakkuutta")), format!("In all, {}", en_count(count, "account", "accounts"));
        group_more(count: &str) => format!("ja {count} muuta"), format!("and {count} more");
        last_order => "Viimeisin tilaus", "Last order";
        never_ordered => "ei tilauksia", "no orders";
        more_contacts(count: &str) => format!("ja {count} muuta"), format!("and {count} more");
    }

    pub fn customer_state_name(self, state: CustomerState) -> &'static str {
        match state {
            CustomerState::Prospect => self.state_prospect(),
            CustomerState::Customer => self.state_customer(),
            CustomerState::Former => self.state_former(),
        }
    }
}
