//! Words of forms in general: what is wrong with a field, what somebody else changed, what an ended session keeps.

use super::Texts;

impl Texts {
    texts! {
        save => "Tallenna", "Save";
        edit => "Muokkaa", "Edit";
        remove => "Poista", "Remove";
        undo => "Kumoa", "Undo";
        unknown_field(name: &str) => format!("Lomakkeessa oli kenttä ”{name}”, jota Luotsi ei tunne. Mitään ei tallennettu. Lataa sivu uudelleen ja yritä sitten."), format!("The form had a field “{name}” that Luotsi does not know. Nothing was saved. Reload the page, then try again.");
        doubled_field(name: &str) => format!("Kenttä ”{name}” tuli kahdesti. Mitään ei tallennettu. Lataa sivu uudelleen ja yritä sitten."), format!("The field “{name}” came twice. Nothing was saved. Reload the page, then try again.");
        stale_form => "Joku muu muutti näitä tietoja sen jälkeen, kun avasit lomakkeen. Kirjoittamasi on tallella: tarkista ja tallenna uudelleen, jos se yhä pätee.", "Somebody else changed this after you opened the form. What you typed is still here: check it, and save again if it still holds.";
        is_now(value: &str) => format!("Nyt tallennettuna: {}", if value.is_empty() { "tyhjä" } else { value }), format!("Saved now: {}", if value.is_empty() { "empty" } else { value });
        form_too_large_title => "Lomake on liian suuri", "The form is too large";
        form_too_large_text => "Lomakkeeseen mahtuu noin 20 000 merkkiä. Palaa takaisin ja lyhennä tekstiä.", "A form holds about 20,000 characters. Go back and shorten the text.";
        form_broken_off_title => "Lomake ei tullut perille kokonaan", "The form did not arrive whole";
        form_broken_off_text => "Yhteys katkesi tai hidastui kesken lähetyksen, eikä mitään tallennettu. Palaa takaisin ja lähetä uudelleen.", "The connection broke off or became too slow, and nothing was saved. Go back and send it again.";
        not_a_form_title => "Tätä ei voi ottaa vastaan", "This cannot be taken";
        not_a_form_text => "Sivut ottavat vastaan vain omia lomakkeitaan. Ohjelmille on rajapinta osoitteessa /api/v1.", "The pages take their own forms only. Programs use the interface at /api/v1.";

        unsent_title => "Luotsi ei juuri nyt saa tallennettua", "Luotsi cannot save just now";
        unsent_text => "Tekstisi on tallella. Lähetä se hetken päästä uudelleen: se tallentuu vain kerran.", "Your text is safe. Send it again in a moment: it is saved only once.";
        gone_title => "Tätä ei voitu tallentaa", "This could not be saved";
        gone_text => "Se, mistä kirjoitit, on sillä välin suljettu tai poistettu.", "What you wrote about was closed or removed meanwhile.";
        gone_copy => "Kirjoittamasi on tässä: kopioi se talteen, ennen kuin jatkat.", "What you wrote stands here: copy it before you go on.";
        gone_on => "Jatka", "Go on";
        session_ended_title => "Istunto päättyi, tekstisi on tallella", "Your session ended, your text is safe";
        session_ended_text => "Mitään ei vielä tallennettu. Kirjaudu sisään toisessa välilehdessä, palaa tälle sivulle ja lähetä uudelleen.", "Nothing has been saved yet. Log in in another tab, come back to this page and send again.";
        session_ended_log_in => "Kirjaudu uudessa välilehdessä", "Log in in a new tab";
        session_ended_send => "Lähetä uudelleen", "Send again";
    }
}
