//! Words of the list of accounts and of one account.

use super::{Texts, en_count, fi_count};
use luotsi_core::base::CustomerState;

impl Texts {
    texts! {
        account => "Asiakkuus", "Account";
        owner => "Vastuuhenkilö", "Owner";
        owner_none => "Ei vastuuhenkilöä", "No owner";
        industry => "Toimiala", "Industry";
        size_class => "Kokoluokka", "Size class";
        customer_state => "Asiakassuhde", "Relation";
        state_prospect => "prospekti", "prospect";
        state_customer => "asiakas", "customer";
        state_former => "entinen asiakas", "former customer";
        inactive => "ei käytössä", "inactive";
        business_id => "Y-tunnus", "Business id";
        external_ids => "Tunnisteet", "External ids";
        address => "Osoite", "Address";
        facts => "Perustiedot", "Facts";
        contacts => "Yhteyshenkilöt", "Contacts";
        contacts_empty => "Yhteyshenkilöitä ei ole tuotu.", "No contacts have been imported.";
        account_team => "Asiakkuustiimi", "Account team";
        account_team_empty => "Tiimiä ei ole nimetty: vastuuhenkilö hoitaa.", "No team is named: the owner takes care.";
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
