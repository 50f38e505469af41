//! Words of logging in and of roles.

use super::Texts;
use luotsi_core::people::Role;

impl Texts {
    texts! {
        log_in_title => "Kirjaudu Luotsiin", "Log in to Luotsi";
        log_in_as(name: &str) => format!("Linkki kirjaa sinut sisään käyttäjänä {name}."), format!("The link logs you in as {name}.");
        log_in => "Kirjaudu sisään", "Log in";
        log_in_once => "Linkki toimii kerran.", "The link works once.";
        not_logged_in_title => "Et ole kirjautunut", "You are not logged in";
        not_logged_in_text => "Luotsiin kirjaudutaan kertakäyttöisellä linkillä. Pyydä linkki ylläpidolta, tai tee se palvelimella komennolla", "You log in to Luotsi by a one-time link. Ask your administrator for one, or make it on the server by the command";
        not_logged_in_again => "Jos olit jo kirjautunut, istunto on päättynyt. Uusi linkki vie takaisin.", "If you were logged in already, the session has ended. A new link takes you back.";
        used_link_title => "Linkki ei enää toimi", "The link no longer works";
        used_link_text => "Linkki on käytetty, vanhentunut tai väärin kopioitu.", "The link has been used, has expired or was copied wrong.";

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
