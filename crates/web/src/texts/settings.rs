//! Words of the settings: one's own account, people, the company, getting started.

use super::{Texts, en_count, fi_count};

impl Texts {
    texts! {
        saved => "Tallennettu.", "Saved.";
        start => "Käyttöönotto", "Getting started";
        start_own => "Tuo omat tiedot", "Bring your own data";
        start_own_text => "Tuo tiedostot palvelimella tässä järjestyksessä. Saman tiedoston voi tuoda uudelleen: mikään ei kahdennu.", "Import files on the server, in this order. The same file may be imported again: nothing is doubled.";
        start_own_help => "Muut tiedot ja toisenmuotoiset tiedostot:", "Other facts and files of another shape:";
        start_watch => "Käy asiakaskanta sitten läpi, tai odota yöhön:", "Then look at the customer base, or wait for the night:";
        start_sample => "Kokeile malliyhtiöllä", "Try the sample company";
        start_sample_text => "Keksitty betoniyhtiö, jolla on 400 asiakkuutta ja kahden vuoden laskut ja tapahtumat. Sen saa pois yhdellä painalluksella.", "An invented concrete company with 400 accounts and two years of invoices and activities. It is taken out again with one click.";
        make_sample => "Ota malliyhtiö", "Take the sample company";
        complete_sample => "Tee loppuun", "Complete it";
        remove_sample => "Poista malliyhtiö", "Remove the sample company";
        remove_sample_text => "Sinä, muut lisäämäsi henkilöt ja yhtiön asetukset jäävät.", "You, the people you added and the company's settings stay.";
        sample_leaving(accounts: i64, people: i64) => format!("Poistuu {} ja {} sekä kaikki, mitä niille on tehty.", fi_count(accounts, "asiakkuus", "asiakkuutta"), fi_count(people, "henkilö", "henkilöä")), format!("{} and {} go, with everything done with them.", en_count(accounts, "account", "accounts"), en_count(people, "person", "people"));
        sample_own_leaving(accounts: i64, activities: i64) => format!("Myös itse lisäämänne poistuu: {} ja {}.", fi_count(accounts, "asiakkuus", "asiakkuutta"), fi_count(activities, "tapahtuma", "tapahtumaa")), format!("What you added yourselves goes too: {} and {}.", en_count(accounts, "account", "accounts"), en_count(activities, "activity", "activities"));
        sample_goes => "Mitä poistuu", "What is removed";
        sample_making => "Malliyhtiötä tehdään", "The sample company is being made";
        sample_making_text => "Tähän menee noin minuutti. Voit sulkea sivun: työ jatkuu.", "This takes about a minute. You may close the page: the work goes on.";
        sample_broken => "Malliyhtiö jäi kesken", "The sample company is not complete";
        sample_broken_text => "Sen tekeminen keskeytyi. Tee se loppuun tai poista se.", "Its making was broken off. Complete it, or remove it.";
        sample_here => "Malliyhtiö on käytössä", "The sample company is here";
        sample_here_text => "Kokeile vapaasti. Kun haluat aloittaa omilla tiedoilla, poista malliyhtiö ensin.", "Try whatever you like. When you want to begin with your own data, remove the sample company first.";
        sample_not_here => "Malliyhtiön voi ottaa vain tyhjään tietokantaan. Lataa sivu uudelleen.", "The sample company fits into an empty database only. Reload the page.";
        start_ready => "Asiakkuudet ovat paikoillaan", "Your accounts are here";
        start_ready_text => "Luotsi käy ne läpi joka yö ja ehdottaa, mitä kannattaa tehdä. Kutsu seuraavaksi henkilöt.", "Luotsi looks at them every night and proposes what is worth doing. Next, invite your people.";

        settings => "Asetukset", "Settings";
        settings_pages => "Asetusten sivut", "Pages of the settings";
        own_account => "Omat asetukset", "My settings";
        people => "Henkilöt", "People";
        company => "Yhtiö", "Company";
        who_i_am => "Kuka olen", "Who I am";
        not_allowed_title => "Tähän ei ole oikeutta", "You may not see this";
        not_allowed_text => "Sivu kuuluu toiseen rooliin. Jos tarvitset sitä työssäsi, pyydä roolia pääkäyttäjältä.", "The page is for another role. If your work needs it, ask an administrator for that role.";

        name => "Nimi", "Name";
        role_label => "Rooli", "Role";
        team => "Tiimi", "Team";
        manager => "Esimies", "Manager";
        nobody => "ei ketään", "nobody";
        likes => "Näin käytän Luotsia", "How I use Luotsi";
        language_label => "Kieli", "Language";
        day_minutes => "Aikaa asiakkaille päivässä (min)", "Time for customers a day (min)";
        day_minutes_hint => "Oma päivä ehdottaa sen verran kuin aikaan mahtuu. Tyhjä: yhtiön oletus.", "My day proposes as much as fits. Empty: as the company has it.";
        has_keys => "Pikanäppäimet", "Keyboard shortcuts";
        has_keys_hint => "Yksittäiset kirjaimet tekevät jotain: / hakee, j ja k siirtyvät.", "Single letters do something: / searches, j and k move.";
        change_password => "Vaihda salasana", "Change the password";
        choose_password => "Valitse salasana", "Choose a password";
        change_password_text => "Muualla auki olevat istunnot päättyvät.", "Sessions open elsewhere end.";
        current_password => "Nykyinen salasana", "Current password";
        sessions => "Missä olet kirjautuneena", "Where you are logged in";
        session_here => "tämä istunto", "this session";
        session_since(when: &str) => format!("Kirjauduttu {when}"), format!("Logged in {when}");
        session_seen(when: &str) => format!("viimeksi käytössä {when}"), format!("last used {when}");
        end_session => "Kirjaa ulos", "Log out";
        end_other_sessions => "Kirjaa ulos kaikkialta muualta", "Log out everywhere else";
        unknown_browser => "Tuntematon selain", "Unknown browser";
        time(hours: &str, minutes: &str) => format!("klo\u{a0}{hours}.{minutes}"), format!("{hours}:{minutes}");

        tokens => "Tunnisteet ohjelmille", "Tokens for programs";
        tokens_text => "Tunniste päästää ohjelman Luotsin rajapintaan sinun oikeuksillasi. Se näytetään kerran.", "A token lets a program into Luotsi's API with your rights. It is shown once.";
        tokens_empty => "Ei tunnisteita.", "No tokens.";
        make_token => "Luo tunniste", "Make a token";
        token_name => "Mihin sitä käytetään", "What it is for";
        token_name_hint => "Esimerkiksi: raportti Exceliin.", "For example: report to a spreadsheet.";
        token_days => "Voimassa", "Works for";
        token_may_write => "Saa myös muuttaa tietoja", "May also change things";
        token_writes => "lukee ja kirjoittaa", "reads and writes";
        token_reads => "vain lukee", "reads only";
        token_until(moment: &str) => format!("voimassa {moment} asti"), format!("works until {moment}");
        token_expired(day: &str) => format!("vanheni {day}"), format!("expired {day}");
        token_revoked(day: &str) => format!("peruttu {day}"), format!("taken back {day}");
        token_used(day: &str) => format!("käytetty viimeksi {day}"), format!("last used {day}");
        token_unused => "ei käytetty", "never used";
        revoke_token => "Peru tunniste", "Take back";
        token_made => "Tunniste on luotu. Kopioi se nyt: sitä ei näytetä uudelleen.", "The token is made. Copy it now: it is not shown again.";
        token_made_before => "Tunniste luotiin jo, ja se näytettiin silloin. Jos se jäi kopioimatta, peru se ja luo uusi.", "The token was made already, and shown then. If you did not copy it, take it back and make another.";

        people_count(count: i64) => fi_count(count, "henkilö töissä", "henkilöä töissä"), en_count(count, "person works here", "people work here");
        add_person => "Lisää henkilö", "Add a person";
        new_person => "Uusi henkilö", "New person";
        people_empty => "Täällä ei ole vielä ketään.", "Nobody is here yet.";
        access => "Kirjautuminen", "Access";
        seen_at(when: &str) => format!("viimeksi {when}"), format!("last seen {when}");
        not_logged_in_now => "ei kirjautuneena", "not logged in";
        not_invited => "ei kutsuttu", "not invited";
        has_left(day: &str) => format!("ei töissä {day} alkaen"), format!("not working here since {day}");
        email_hint => "Tällä kirjaudutaan.", "For logging in.";
        hourly_cost(sign: &str) => format!("Tunnin hinta ({sign})"), format!("Cost of an hour ({sign})");
        hourly_cost_hint => "Tyhjä: roolin oletus.", "Empty: the role's.";
        customer_hours => "Asiakastunteja vuodessa", "Customer hours a year";
        customer_hours_hint => "Tyhjä: yhtiön oletus.", "Empty: the company's.";
        holds_from => "Muutos alkaen", "From";
        holds_from_hint => "Rooli, tiimi, esimies ja luvut pätevät tästä päivästä.", "Role, team, manager and figures hold from this day.";
        holds_since(day: &str) => format!("Viimeisin muutos pätee {day} alkaen."), format!("The latest change holds from {day}.");
        holds_always => "Tiedot ovat olleet samat alusta asti.", "Nothing has changed since the beginning.";
        owns_accounts(count: i64) => format!("Vastuulla {} ilman vastuuhenkilöä, kun hän ei ole enää töissä.", fi_count(count, "asiakkuus, joka jää", "asiakkuutta, jotka jäävät")), format!("Owner of {} left without an active owner once they no longer work here.", en_count(count, "account, which is", "accounts, which are"));
        accounts_left(count: i64) => format!("{} on jäänyt ilman vastuuhenkilöä.", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} left without an active owner.", en_count(count, "account is", "accounts are"));
        accounts_left_from(count: i64, day: &str) => format!("{} jää ilman vastuuhenkilöä {day} alkaen.", fi_count(count, "asiakkuus", "asiakkuutta")), format!("{} left without an active owner from {day}.", en_count(count, "account is", "accounts are"));
        owned_accounts_way => "Näytä asiakkuudet", "Show the accounts";
        works_here => "Työssä täällä", "Works here";
        invitation => "Kutsulinkki", "Invitation link";
        invitation_how => "Linkillä henkilö valitsee salasanan ja kirjautuu. Se toimii kerran, viikon ajan. Luotsi ei lähetä sähköpostia: toimita linkki itse. Aiemmat linkit lakkaavat toimimasta.", "With the link the person chooses a password and logs in. It works once, for a week. Luotsi sends no mail: hand the link over yourself. Earlier links stop working.";
        invite_needs_email => "Kirjoita ensin sähköpostiosoite ja tallenna: sillä kirjaudutaan.", "Write an email address first and save it: it is what one logs in with.";
        invite => "Tee kutsulinkki", "Make an invitation link";
        invitation_made => "Linkki on valmis. Kopioi se nyt: sitä ei näytetä uudelleen.", "The link is ready. Copy it now: it is not shown again.";
        invitation_made_before => "Linkki tehtiin jo, ja se näytettiin silloin. Tee tarvittaessa uusi.", "The link was made already, and shown then. Make another if you need it.";
        end_all_sessions => "Kirjaa ulos kaikkialta", "Log out everywhere";
        all_people => "Kaikki henkilöt", "All people";
    }
}
