//! Words of logging in and of roles.

use super::{Texts, en_count, fi_count};
use luotsi_core::people::Role;

impl Texts {
    texts! {
        log_in_title => "Kirjaudu Luotsiin", "Log in to Luotsi";
        log_in_as(name: &str) => format!("Linkki kirjaa sinut sisään käyttäjänä {name}."), format!("The link logs you in as {name}.");
        log_in => "Kirjaudu sisään", "Log in";
        log_in_once => "Linkki toimii kerran.", "The link works once.";
        used_link_title => "Linkki ei enää toimi", "The link no longer works";
        used_link_text => "Linkki on käytetty, vanhentunut tai väärin kopioitu.", "The link has been used, has expired or was copied wrong.";

        used_link_way => "Kirjaudu sähköpostilla ja salasanalla, tai pyydä pääkäyttäjältä uusi linkki.", "Log in with email and password, or ask your administrator for a new link.";
        email => "Sähköposti", "Email";
        password => "Salasana", "Password";
        log_in_wrong => "Sähköposti tai salasana ei ole oikea. Tarkista molemmat ja yritä uudelleen.", "The email or the password is not right. Check both and try again.";
        log_in_wait_seconds(seconds: i64) => format!("Liian monta yritystä. Yritä uudelleen {seconds} sekunnin päästä."), format!("Too many attempts. Try again in {seconds} seconds.");
        log_in_wait_minutes(minutes: i64) => format!("Liian monta yritystä. Yritä uudelleen {minutes} minuutin päästä."), format!("Too many attempts. Try again in {minutes} minutes.");
        log_in_help => "Ei salasanaa, tai unohtuiko se?", "No password, or forgotten it?";
        log_in_help_text => "Pyydä pääkäyttäjältä kutsulinkki. Jos olet pääkäyttäjä itse, tee linkki palvelimella komennolla", "Ask your administrator for an invitation link. If you are the administrator, make a link on the server by the command";
        invitation_title => "Tervetuloa Luotsiin", "Welcome to Luotsi";
        invitation_text(name: &str) => format!("Valitse salasana, {name}. Sen jälkeen kirjaudut sähköpostilla ja salasanalla."), format!("Choose a password, {name}. From then on you log in with email and password.");
        choose_and_log_in => "Tallenna ja kirjaudu", "Save and log in";
        new_password => "Uusi salasana", "New password";
        password_again => "Sama uudelleen", "The same again";
        password_advice => "Vähintään 10 merkkiä, mieluiten 15 tai enemmän. Kolme satunnaista sanaa on hyvä salasana.", "At least 10 characters, better 15 or more. Three random words make a good password.";

        set_up_title => "Ota Luotsi käyttöön", "Set up Luotsi";
        set_up_text => "Kerro yhtiöstä ja itsestäsi. Kaiken voi muuttaa myöhemmin asetuksissa.", "Tell about the company and yourself. Everything can be changed later in the settings.";
        set_up_company => "Yhtiö", "The company";
        set_up_you => "Sinä, pääkäyttäjä", "You, the administrator";
        set_up_go => "Aloita", "Begin";
        company_name => "Yhtiön nimi", "Name of the company";
        company_language => "Kieli", "Language";
        company_language_hint => "Tiedostoissa ja muualla, missä lukijaa ei tunneta.", "In files and wherever the reader is not known.";
        time_zone => "Aikavyöhyke", "Time zone";
        time_zone_hint => "Milloin päivä vaihtuu ja Luotsi katsoo asiakaskannan.", "When the day changes and Luotsi looks at the customer base.";
        currency => "Valuutta", "Currency";
        own_name => "Nimesi", "Your name";
        finnish => "suomi", "Finnish";
        english => "englanti", "English";
        language_of_browser => "selaimen mukaan", "as the browser asks";

        settings => "Asetukset", "Settings";
        settings_pages => "Asetusten sivut", "Pages of the settings";
        own_account => "Oma tili", "My account";
        people => "Henkilöt", "People";
        company => "Yhtiö", "Company";
        not_allowed_title => "Tähän ei ole oikeutta", "You may not do this";

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
        token_until(day: &str) => format!("voimassa {day} asti"), format!("works until {day}");
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
        access => "Pääsy", "Access";
        seen_at(when: &str) => format!("viimeksi {when}"), format!("last seen {when}");
        not_logged_in_now => "ei kirjautuneena", "not logged in";
        not_invited => "ei kutsuttu", "not invited";
        has_left(day: &str) => format!("ei töissä {day} alkaen"), format!("not working here since {day}");
        email_hint => "Tällä kirjaudutaan.", "For logging in.";
        hourly_cost => "Tunnin hinta (€)", "Cost of an hour (€)";
        hourly_cost_hint => "Tyhjä: roolin oletus.", "Empty: the role's.";
        customer_hours => "Asiakastunteja vuodessa", "Customer hours a year";
        customer_hours_hint => "Tyhjä: yhtiön oletus.", "Empty: the company's.";
        holds_from => "Muutos alkaen", "From";
        holds_from_hint => "Rooli, tiimi, esimies ja luvut pätevät tästä päivästä.", "Role, team, manager and figures hold from this day.";
        holds_since(day: &str) => format!("Viimeisin muutos pätee {day} alkaen."), format!("The latest change holds from {day}.");
        holds_always => "Tiedot ovat olleet samat alusta asti.", "Nothing has changed since the beginning.";
        works_here => "Työssä täällä", "Works here";
        invitation => "Kutsulinkki", "Invitation link";
        invitation_how => "Linkillä henkilö valitsee salasanan ja kirjautuu. Se toimii kerran, viikon ajan. Luotsi ei lähetä sähköpostia: toimita linkki itse. Aiemmat linkit lakkaavat toimimasta.", "With the link the person chooses a password and logs in. It works once, for a week. Luotsi sends no mail: hand the link over yourself. Earlier links stop working.";
        invite => "Tee kutsulinkki", "Make an invitation link";
        invitation_made => "Linkki on valmis. Kopioi se nyt: sitä ei näytetä uudelleen.", "The link is ready. Copy it now: it is not shown again.";
        invitation_made_before => "Linkki tehtiin jo, ja se näytettiin silloin. Tee tarvittaessa uusi.", "The link was made already, and shown then. Make another if you need it.";
        end_all_sessions => "Kirjaa ulos kaikkialta", "Log out everywhere";
        all_people => "Kaikki henkilöt", "All people";

        euro => "euro", "Euro";
        swedish_krona => "Ruotsin kruunu", "Swedish krona";
        norwegian_krone => "Norjan kruunu", "Norwegian krone";
        danish_krone => "Tanskan kruunu", "Danish krone";
        pound => "Englannin punta", "Pound sterling";
        swiss_franc => "Sveitsin frangi", "Swiss franc";
        zloty => "Puolan zloty", "Polish złoty";
        dollar => "Yhdysvaltain dollari", "US dollar";

        role_seller => "myyjä", "seller";
        role_kam => "avainasiakaspäällikkö", "key account manager";
        role_manager => "esimies", "manager";
        role_inside_sales => "sisämyynti", "inside sales";
        role_marketing => "markkinointi", "marketing";
        role_service => "asiakaspalvelu", "service";
        role_management => "johto", "management";
        role_process_owner => "prosessin omistaja", "process owner";
        role_admin => "pääkäyttäjä", "administrator";
    }

    /// A currency by the three letters that the world knows it by.
    pub fn currency_named(self, code: &str) -> String {
        let name = match code {
            "EUR" => self.euro(),
            "SEK" => self.swedish_krona(),
            "NOK" => self.norwegian_krone(),
            "DKK" => self.danish_krone(),
            "GBP" => self.pound(),
            "CHF" => self.swiss_franc(),
            "PLN" => self.zloty(),
            "USD" => self.dollar(),
            other => return other.to_owned(),
        };
        format!("{name} ({code})")
    }

    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Seller => self.role_seller(),
            Role::Kam => self.role_kam(),
            Role::Manager => self.role_manager(),
            Role::InsideSales => self.role_inside_sales(),
            Role::Marketing => self.role_marketing(),
            Role::Service => self.role_service(),
            Role::Management => self.role_management(),
            Role::ProcessOwner => self.role_process_owner(),
            Role::Admin => self.role_admin(),
        }
    }
}
