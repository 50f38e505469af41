//! Words of changes of many at once: what was done to how many, taking it back, and handing proposals to somebody else.

use super::{Texts, en_count, fi_count};

impl Texts {
    texts! {
        changes_title => "Muutokset monelle kerralla", "Changes of many at once";
        changes_line => "Mitä vastuuhenkilöistä, tiimeistä, segmenteistä ja ehdotuksista on muutettu monelle kerralla. Muutos kumotaan täältä myöhemminkin.", "What was changed of owners, teams, segments and proposals for many at once. A change is undone here later too.";
        changes_empty => "Monelle kerralla ei ole muutettu mitään.", "Nothing has been changed for many at once.";
        changes_empty_way => "Valitse asiakkuuksia luettelosta", "Select accounts in the list";
        changes_earlier => "Aiemmat muutokset", "Earlier changes";
        changes_day => "Päivä", "Day";
        changes_what => "Muutos", "Change";
        changes_by => "Kuka", "Who";
        changes_count => "Kohteita", "Changed";
        change_owner(name: &str) => format!("Vastuuhenkilöksi {name}"), format!("Owner: {name}");
        change_team(name: &str, role: &str) => format!("Asiakkuustiimiin {name}, {role}"), format!("To the account team: {name}, {role}");
        change_override(segment: &str) => format!("Segmentti käsin: {segment}"), format!("Segment set manually: {segment}");
        change_delegation(name: &str) => format!("Ehdotukset annettu: {name}"), format!("Proposals handed to {name}");
        change_accounts(count: i64) => fi_count(count, "asiakkuus", "asiakkuutta"), en_count(count, "account", "accounts");
        change_proposals(count: i64) => fi_count(count, "ehdotus", "ehdotusta"), en_count(count, "proposal", "proposals");
        change_holds => "voimassa", "in force";
        change_taken_back(day: &str, count: &str, of: &str) => format!("kumottu {day}, {count} / {of}"), format!("undone {day}, {count} of {of}");
        change_undone(day: &str, name: &str, what: &str) => format!("{name} kumosi muutoksen {day}: {what} ennallaan."), format!("{name} undid the change on {day}: {what} as before.");
        change_left_changed(what: &str) => format!("Kumoamatta jäi {what}: joku on muuttanut niitä muutoksen jälkeen."), format!("Not undone: {what}, changed by somebody after the change.");
        change_left_unfit(what: &str) => format!("Kumoamatta jäi {what}: entinen vastuuhenkilö ei ole enää töissä täällä."), format!("Not undone: {what}, whose former owner no longer works here.");
        change_left_others(what: &str) => format!("Kumoamatta jäi {what}: et vastaa niistä."), format!("Not undone: {what}, not yours.");
        change_undo_some(what: &str) => format!("Kumoa: {what}"), format!("Undo for {what}");
        change_not_yours => "Muutoksen kumoaa se, joka asiakkuuksista vastaa.", "The owners of the accounts may undo the change.";
        part_changed_since => "muutettu sen jälkeen", "changed since";
        part_unfit => "entinen vastuuhenkilö ei ole töissä", "former owner has left";
        part_given_back => "ennallaan", "as before";

        hand_on_title => "Anna ehdotuksia toiselle", "Hand proposals on";
        hand_on_of(name: &str) => format!("Anna toiselle: {name}"), format!("Hand on: {name}");
        hand_on_line(shown: &str, all: &str, first: &str) => format!("{shown} / {all} ehdotuksesta, {first}"), format!("{shown} of {all} proposals, {first}");
        most_at_stake => "Eniten pelissä", "Most at stake";
        most_at_stake_first => "eniten pelissä ensin", "most at stake first";
        oldest_first => "vanhin ensin", "the oldest first";
        hand_on_act => "Anna valitut", "Hand the selected on";
        hand_on_none => "Kenelläkään ei ole avoimia ehdotuksia.", "Nobody has open proposals.";
        hand_on_none_way => "Takaisin omaan päivään", "Back to my day";
        hand_on_whose => "Kenen ehdotukset", "Whose proposals";
        hand_on_pick => "Valitse ainakin yksi ehdotus.", "Select at least one proposal.";
        hand_on_may_not => "Hän ei saa muokata näitä asiakkuuksia. Valitse toinen, tai lisää hänet ensin asiakkuustiimiin.", "They may not edit these accounts. Choose somebody else, or add them to the account team first.";
        hand_on_closed_to(name: &str) => format!("{name} ei saa muokata näitä:"), format!("{name} may not edit these:");
        hand_on_left_out(count: i64) => format!("Antamatta jäi {}: vastaanottaja ei saa muokata asiakkuutta, siitä vastaa joku muu kuin sinä, tai ehdotus on jo sulkeutunut.", fi_count(count, "ehdotus", "ehdotusta")), format!("Not handed on: {}. The receiver may not edit the account, it is not yours, or the proposal has closed.", en_count(count, "proposal", "proposals"));
        proposal_what => "Ehdotus", "Proposal";
        proposal_due => "Viimeistään", "By";
        proposal_open_for => "Avoinna", "Open for";
        proposal_holder => "Kenellä", "Held by";
        stake_column => "Pelissä", "At stake";
        pick_proposal(act: &str, name: &str) => format!("Valitse {act}, {name}"), format!("Select {act}, {name}");
    }
}
