//! Words of the frame around every page, of pages that cannot be shown, and of lists in general.

use super::{Texts, en_count, fi_count};

impl Texts {
    texts! {
        product_name => "Luotsi", "Luotsi";
        skip_to_content => "Siirry sisältöön", "Skip to content";
        navigation => "Päävalikko", "Main menu";
        group_work => "Työ", "Work";
        group_steering => "Ohjaus", "Steering";
        my_day => "Oma päivä", "My day";
        accounts => "Asiakkuudet", "Accounts";
        log_out => "Kirjaudu ulos", "Log out";
        language_finnish => "Suomeksi", "Suomeksi";
        language_english => "In English", "In English";
        offline => "Yhteys Luotsiin katkesi. Sivu päivittyy, kun yhteys palaa.", "The connection to Luotsi was lost. The page updates when it is back.";

        search => "Haku", "Search";
        search_act => "Hae", "Search";
        search_or_command => "Hae tai komenna", "Search or run";
        search_hint => "Asiakkuus, henkilö, puhelinnumero, sivu tai toiminto", "Account, person, phone number, page or action";
        search_none => "Mitään ei löytynyt.", "Nothing was found.";
        search_none_way => "Kokeile lyhyempää osaa nimestä, Y-tunnuksesta, paikkakunnasta tai puhelinnumerosta.", "Try a shorter part of the name, business id, city or phone number.";
        palette_key => "Ctrl K", "Ctrl K";
        palette_hint => "Nuolet valitsevat, Enter avaa, Esc sulkee", "Arrows choose, Enter opens, Esc closes";
        kind_page => "Sivu", "Page";
        search_all_accounts(count: &str) => format!("Kaikki {count} asiakkuutta tällä haulla"), format!("All {count} accounts found by this");
        kind_action => "Toiminto", "Action";
        glance_events => "Tapahtumat", "Activities";
        peek => "Kurkistus", "Peek";
        open_whole => "Avaa koko sivu", "Open the whole page";

        keys => "Pikanäppäimet", "Keyboard shortcuts";
        keys_line => "Ne toimivat, kun mihinkään ei kirjoiteta.", "They work while nothing is being typed.";
        keys_switch => "Yksittäiset kirjaimet toimivat pikanäppäiminä tässä selaimessa", "Single letters work as shortcuts in this browser";
        keys_everywhere => "Kaikkialla", "Everywhere";
        keys_going => "Siirry", "Go to";
        keys_in_lists => "Luetteloissa", "In lists";
        key_search => "Hae tällä sivulla", "Search on this page";
        key_log => "Kirjaa tapahtuma", "Log an activity";
        key_new => "Uusi asiakkuus", "New account";
        key_undo => "Kumoa viimeisin", "Undo the latest";
        key_next_row => "Seuraava rivi; asiakkuudessa luettelon seuraava", "Next row; on an account, the next of the list";
        key_previous_row => "Edellinen rivi; asiakkuudessa luettelon edellinen", "Previous row; on an account, the previous of the list";
        key_open => "Avaa rivi", "Open the row";
        key_space => "Väli", "Space";
        key_peek => "Kurkista", "Peek";
        key_select => "Valitse rivi", "Select the row";
        key_do => "Tee ehdotettu toimenpide; luettelossa muuta valittuja", "Do what is proposed; in a list change the selected";
        key_schedule => "Ajoita", "Schedule";
        key_dismiss => "Ohita", "Dismiss";

        scope => "Näytä", "Show";
        scope_me => "Minä", "Me";
        scope_team => "Tiimi", "Team";
        scope_all => "Kaikki", "All";

        previous_page => "Edellinen sivu", "Previous page";
        next_page => "Seuraava sivu", "Next page";
        pages => "Sivut", "Pages";
        rows_shown(first: &str, last: &str, total: &str) => format!("{first}–{last} / {total}"), format!("{first}–{last} of {total}");
        show => "Näytä", "Show";
        any => "Kaikki", "Any";
        remove_filter(what: &str) => format!("Poista rajaus: {what}"), format!("Remove filter: {what}");
        clear_filters => "Tyhjennä rajaukset", "Clear filters";
        minutes(count: i64) => format!("{count}\u{a0}min"), format!("{count}\u{a0}min");
        days(count: i64) => fi_count(count, "päivä", "päivää"), en_count(count, "day", "days");
        days_short(count: &str) => format!("{count}\u{a0}pv"), format!("{count}\u{a0}d");
        working_days(count: i64) => fi_count(count, "työpäivä", "työpäivää"), en_count(count, "working day", "working days");
        why => "Miksi", "Why";
        none => "–", "–";

        not_found_title => "Sivua ei ole", "There is no such page";
        not_found_text => "Osoite on väärä, tai hakemasi on poistettu.", "The address is wrong, or what you look for is gone.";
        not_found_way => "Siirry omaan päivään", "Go to my day";
        failed_title => "Sivua ei voitu näyttää", "The page could not be shown";
        failed_text(request: &str) => format!("Vika on Luotsissa. Yritä hetken päästä uudelleen; jos vika jatkuu, kerro ylläpidolle tunnus {request}."), format!("The fault is in Luotsi. Try again in a moment; if it goes on, tell your administrator the code {request}.");
        busy_title => "Luotsi on nyt kuormittunut", "Luotsi is busy right now";
        busy_text => "Yritä hetken päästä uudelleen. Mitään ei ole hävinnyt.", "Try again in a moment. Nothing has been lost.";
        try_again => "Yritä uudelleen", "Try again";
        refused_title => "Pyyntöä ei hyväksytty", "The request was not accepted";
        refused_text => "Pyyntö tuli toiselta sivustolta. Palaa Luotsiin ja yritä uudelleen.", "The request came from another site. Return to Luotsi and try again.";

        looked_at(day: &str) => format!("Luotsi kävi asiakaskannan läpi viimeksi {day}, ja ehdotukset ja hoidon tila ovat siltä päivältä."), format!("Luotsi last looked at the customer base on {day}. Proposals and care are as of that day.");
        never_looked => "Luotsi ei ole vielä käynyt asiakaskantaa läpi.", "Luotsi has not looked at the customer base yet.";
        never_looked_way => "Ensimmäisen kerran sen tekee komento", "The first look is made by the command";
    }
}
