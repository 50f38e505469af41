//! Words of logging in and of roles.

use super::Texts;
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
        set_up_text => "Kerro yhtiöstä ja itsestäsi. Kaiken voi muuttaa myöhemmin asetuksissa.", "First, the company and you. Everything can be changed later in the settings.";
        set_up_company => "Yhtiö", "The company";
        set_up_you => "Sinä, pääkäyttäjä", "You, the administrator";
        set_up_go => "Aloita", "Begin";
        company_name => "Yhtiön nimi", "Name of the company";
        company_language => "Kieli", "Language";
        company_language_hint => "Tiedostoissa ja muualla, missä lukijaa ei tunneta.", "In files and wherever the reader is not known.";
        time_zone => "Aikavyöhyke", "Time zone";
        time_zone_hint => "Milloin päivä vaihtuu ja Luotsi käy asiakaskannan läpi.", "When the day changes and Luotsi looks at the customer base.";
        currency => "Valuutta", "Currency";
        own_name => "Nimesi", "Your name";
        finnish => "suomi", "Finnish";
        english => "englanti", "English";
        language_of_browser => "selaimen mukaan", "as the browser asks";

        currency_hint => "Rahamäärien merkki; summia ei muunneta.", "The sign of amounts; nothing is converted.";

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
