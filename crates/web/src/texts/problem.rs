//! What is wrong with a field and what to do, and why something may not be done: the words for what `app` answers.

use super::Texts;
use luotsi_app::act::Problem;
use luotsi_core::people::policy::Refusal;

impl Texts {
    texts! {
        problem_missing => "Tämä puuttuu: täytä kenttä.", "This is missing: fill it in.";
        problem_too_long(max: &str) => format!("Liian pitkä: enintään {max} merkkiä."), format!("Too long: at most {max} characters.");
        problem_too_short(min: &str) => format!("Liian lyhyt: vähintään {min} merkkiä."), format!("Too short: at least {min} characters.");
        problem_line_break => "Kirjoita yhdelle riville.", "Write it on one line.";
        problem_control_character => "Tekstissä on merkki, jota ei voi tallentaa. Kirjoita kohta uudelleen käsin.", "The text has a character that cannot be saved. Type that part again by hand.";
        problem_not_a_number => "Kirjoita kokonaisluku, esimerkiksi 12.", "Write a whole number, for example 12.";
        problem_not_an_amount => "Kirjoita rahamäärä, esimerkiksi 12\u{a0}000 tai 12,50.", "Write an amount, for example 12,000 or 12.50.";
        problem_not_a_day => "Kirjoita päivä, esimerkiksi 24.11.2026.", "Write a day, for example 2026-11-24.";
        problem_not_an_email => "Kirjoita sähköpostiosoite, esimerkiksi aino@yritys.fi.", "Write an email address, for example aino@company.com.";
        problem_not_a_share => "Kirjoita prosentti väliltä 0–100, esimerkiksi 5 tai 2,5.", "Write a percentage from 0 to 100, for example 5 or 2.5.";
        problem_below_threshold(least: &str) => format!("Strategisen raja ei voi olla tavallista pienempi: kirjoita vähintään {least}."), format!("The strategic threshold cannot be below the ordinary one: write {least} or more.");
        problem_no_weight => "Anna ainakin yhdelle suurempi paino kuin 0.", "Give at least one a weight above 0.";
        problem_second_entering => "Hoitomallissa voi olla vain yksi rivi uuden asiakkuuden yhteydenotoille: yhdistä rivit.", "A care model can have only one line of contacts for a new account: join the two.";
        problem_too_many(max: &str) => format!("Liian monta: enintään {max}."), format!("Too many: at most {max}.");
        problem_not_a_business_id => "Y-tunnus ei täsmää. Tarkista numerot, esimerkiksi 0112038-9.", "The business id does not match its check digit. Check the numbers, for example 0112038-9.";
        problem_not_a_query => "Näkymässä on liikaa valintoja. Poista joitakin rajauksia.", "The view has too many choices. Take some of its filters away.";
        problem_own_substitute => "Kukaan ei ole oma sijaisensa: valitse joku muu.", "Nobody stands in for themselves: choose somebody else.";
        problem_stood_in_for(by: &str, days: &str) => format!("Sijainen on jo valittu ({by} {days}): valitse muut päivät tai peru se sijaisuus ensin."), format!("There is a substitute already ({by}, {days}): choose other days, or call that off first.");
        problem_not_a_choice => "Valitse jokin luettelon vaihtoehdoista.", "Choose one of the list.";
        problem_out_of_range(min: &str, max: &str) => format!("Kirjoita luku, joka on vähintään {min} ja enintään {max}."), format!("Write a number that is at least {min} and at most {max}.");
        problem_too_early(day: &str) => format!("{day} on aikaisin mahdollinen päivä."), format!("The earliest day possible is {day}.");
        problem_too_late(day: &str) => format!("{day} on viimeinen mahdollinen päivä."), format!("The latest day possible is {day}.");
        problem_unknown => "Tätä ei löydy. Lataa sivu uudelleen ja valitse uudelleen.", "This is not to be found. Reload the page and choose again.";
        problem_taken => "Tämä on jo käytössä: valitse toinen.", "This is in use already: choose another.";
        problem_taken_by(account: &str) => format!("Tämä Y-tunnus on asiakkuudella {account}. Muuta sitä, tai tarkista numerot."), format!("{account} has this business id. Change that account, or check the numbers.");
        problem_not_active => "Henkilö ei ole enää töissä: valitse toinen.", "This person no longer works here: choose another.";
        problem_no_right => "Henkilöllä ei ole oikeutta tähän: valitse toinen.", "This person has no right to this: choose another.";
        problem_circle => "Näin syntyisi kehä: valitse toinen.", "This would make a circle: choose another.";
        problem_easy_to_guess => "Salasana on helppo arvata. Valitse esimerkiksi kolme satunnaista sanaa.", "The password is easy to guess. Choose three random words, for example.";
        problem_wrong_password => "Salasana ei ole oikea. Kirjoita se uudelleen.", "The password is not right. Type it again.";
        problem_different => "Salasanat eivät ole samat. Kirjoita sama kahdesti.", "The passwords differ. Type the same twice.";
        problem_last_admin => "Ketään ei jäisi hoitamaan henkilöitä. Tee ensin toisesta pääkäyttäjä.", "Nobody would be left to manage people. Make somebody else an administrator first.";
        problem_done => "Se on jo tehty, ja tehty säilyy. Korjaa sitä muuttamalla.", "It is done, and what was done stays. Change it to correct it.";
        problem_own_rights => "Omaa rooliaan tai työsuhdettaan ei voi muuttaa. Pyydä toista pääkäyttäjää.", "You cannot change your own role or standing. Ask another administrator.";

        refusal_not_active => "Tunnuksesi ei ole enää käytössä. Ota yhteyttä pääkäyttäjään.", "Your account is no longer in use. Ask your administrator.";
        refusal_read_only => "Tämä tunniste on vain lukemista varten. Luo toinen, joka saa kirjoittaa.", "This token is for reading only. Make one that may write.";
        refusal_not_of_this_role => "Roolissasi tätä ei voi tehdä. Mitään ei muutettu.", "Your role may not do this. Nothing was changed.";
        refusal_not_yours => "Tämän voi tehdä vastuuhenkilö, asiakkuustiimi tai esimies. Mitään ei muutettu.", "The owner, the account team or a manager may do this. Nothing was changed.";
        refusal_not_in_person => "Tämän tekee ihminen itse sivulla, ei ohjelma tunnisteella.", "A person does this at a page, no program with a token.";
        other_payload => "Sama lomake on jo lähetetty toisin täytettynä. Lataa sivu uudelleen ja tarkista, mitä tallentui.", "The same form was sent before, filled in otherwise. Reload the page and look at what was saved.";
    }

    pub fn problem(self, problem: &Problem) -> String {
        let sentence = match problem {
            Problem::TooLong { max } => return self.problem_too_long(&self.number(*max as i64)),
            Problem::TooShort { min } => return self.problem_too_short(&self.number(*min as i64)),
            Problem::OutOfRange { min, max } => {
                return self.problem_out_of_range(&self.number(*min), &self.number(*max));
            }
            Problem::TooEarly { earliest } => return self.problem_too_early(&self.date(*earliest)),
            Problem::TooLate { latest } => return self.problem_too_late(&self.date(*latest)),
            Problem::BelowThreshold { least } => return self.problem_below_threshold(&self.money(*least)),
            Problem::TakenBy { account } => return self.problem_taken_by(account),
            Problem::StoodInFor { by, from, until } => {
                return self.problem_stood_in_for(by, &self.days_from(*from, *until));
            }
            Problem::TooMany { max } => return self.problem_too_many(&self.number(*max as i64)),
            Problem::NotAShare => self.problem_not_a_share(),
            Problem::NoWeight => self.problem_no_weight(),
            Problem::SecondEntering => self.problem_second_entering(),
            Problem::Missing => self.problem_missing(),
            Problem::LineBreak => self.problem_line_break(),
            Problem::ControlCharacter => self.problem_control_character(),
            Problem::NotANumber => self.problem_not_a_number(),
            Problem::NotAnAmount => self.problem_not_an_amount(),
            Problem::NotADay => self.problem_not_a_day(),
            Problem::NotAnEmail => self.problem_not_an_email(),
            Problem::NotABusinessId => self.problem_not_a_business_id(),
            Problem::NotAQuery { .. } => self.problem_not_a_query(),
            Problem::NotAChoice => self.problem_not_a_choice(),
            Problem::Unknown => self.problem_unknown(),
            Problem::Taken => self.problem_taken(),
            Problem::Alike => self.alike_there(),
            Problem::NotActive => self.problem_not_active(),
            Problem::OwnSubstitute => self.problem_own_substitute(),
            Problem::NoRight => self.problem_no_right(),
            Problem::Circle => self.problem_circle(),
            Problem::EasyToGuess => self.problem_easy_to_guess(),
            Problem::WrongPassword => self.problem_wrong_password(),
            Problem::Different => self.problem_different(),
            Problem::LastAdmin => self.problem_last_admin(),
            Problem::OwnRights => self.problem_own_rights(),
            Problem::Done => self.problem_done(),
        };
        sentence.to_owned()
    }

    pub fn refusal(self, refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::NotActive => self.refusal_not_active(),
            Refusal::ReadOnly => self.refusal_read_only(),
            Refusal::NotOfThisRole => self.refusal_not_of_this_role(),
            Refusal::NotYours => self.refusal_not_yours(),
            Refusal::NotInPerson => self.refusal_not_in_person(),
        }
    }
}
