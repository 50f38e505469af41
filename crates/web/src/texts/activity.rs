//! Words of what was done and of what is planned.

use super::Texts;
use luotsi_core::{activity::ActivityKind, strategy::Segment};

impl Texts {
    texts! {
        planned => "Suunniteltu", "Planned";
        plan_passed => "suunniteltu päivä meni", "planned day has passed";
        no_answer => "ei vastausta", "no answer";
        inbound => "asiakkaalta", "from the customer";
        log_activity => "Kirjaa tapahtuma", "Log an activity";
        log => "Kirjaa", "Log";
        kind => "Mitä", "What";
        kind_with => "Kenen kanssa", "With whom";
        nobody_named => "ei nimetty", "not named";
        day_done => "Päivä", "Day";
        day_done_hint => "Tuleva päivä jää suunnitelmaksi.", "A day to come stays a plan.";
        day_and_minutes => "Päivä ja kesto", "Day and minutes";
        minutes_spent => "Minuuttia", "Minutes";
        minutes_usual => "tyhjä = tavallinen", "empty = the usual";
        note => "Muistiinpano", "Note";
        note_hint => "Mistä puhuttiin ja mitä sovittiin? **lihavointi**, - luettelo", "What was said and agreed? **bold**, - list";
        kind_begun_with(kind: &str) => format!("Kun rivi alkaa ”{}: ”, laji vaihtuu siksi.", kind.to_lowercase()), format!("A line that begins with “{}: ” changes the kind to it.", kind.to_lowercase());
        by_customer => "asiakas otti yhteyttä", "the customer got in touch";
        did_not_answer => "ei vastannut", "did not answer";
        which_account => "Asiakkuus", "Account";
        which_account_hint => "Nimi, Y-tunnus, paikkakunta tai puhelinnumero; osakin riittää.", "Name, business id, city or phone number; a part will do.";
        account_not_found(text: &str) => format!("Hakusanalla ”{text}” ei löydy asiakkuutta. Kokeile lyhyempää osaa nimestä."), format!("No account is found by “{text}”. Try a shorter part of the name.");
        account_several => "Sopivia on useita. Valitse niistä.", "Several match. Choose one.";
        choose => "Valitse", "Choose";
        logged(what: &str, day: &str) => format!("Kirjattu: {what} {day}"), format!("Logged: {what} {day}");
        now_planned(what: &str, day: &str) => format!("Suunniteltu: {what} {day}"), format!("Planned: {what} {day}");
        covers(lines: &str, model: &str) => format!("kattaa: {lines}, {model}"), format!("covers: {lines}, {model}");
        covers_nothing => "Ei vastausta, joten hoitomalli odottaa yhä.", "No answer, so the care model still waits.";
        model_acquisition => "hankinnan hoitomalli", "acquisition care model";
        model_growth => "kasvun hoitomalli", "growth care model";
        model_strategic => "strateginen hoitomalli", "strategic care model";
        model_retention => "pidon hoitomalli", "retention care model";
        model_efficiency => "tehostuksen hoitomalli", "efficiency care model";
        next_step => "Seuraava askel", "Next step";
        next_step_proposed => "Luotsi ehdottaa seuraavaksi", "Luotsi proposes next";
        next_step_planned(what: &str, day: &str) => format!("{what} {day}"), format!("{what} {day}");
        next_step_none => "ei suunniteltu", "not planned";
        schedule => "Ajoita", "Schedule";
        change_activity => "Muuta tapahtumaa", "Change the activity";
        change_activity_of(what: &str, account: &str) => format!("{what}, {account}"), format!("{what}, {account}");
        mark_done => "Merkitse tehdyksi", "Mark as done";
        plan_change => "Siirrä tai muuta", "Move or change";
        stale_activity => "Tapahtumaa on muutettu sen jälkeen, kun avasit sen. Lataa sivu uudelleen.", "The activity has been changed since you opened it. Reload the page.";

        plan_done_meanwhile => "Tämä suunnitelma on jo kirjattu tehdyksi. Jos kyse oli toisesta kerrasta, kirjaa se asiakkuuden sivulla.", "This plan has been logged as done already. If this was another time, log it on the account's page.";
        kind_visit => "Käynti", "Visit";
        kind_meeting => "Tapaaminen", "Meeting";
        kind_remote_meeting => "Etätapaaminen", "Remote meeting";
        kind_call => "Puhelu", "Call";
        kind_email => "Sähköposti", "Email";
        kind_letter => "Kirje", "Letter";
        kind_management_meeting => "Johdon tapaaminen", "Management meeting";
        kind_plan_review => "Suunnitelman katselmus", "Plan review";
        kind_value_survey => "Arvokysely", "Value survey";
        kind_cross_selling_review => "Ristiinmyynnin läpikäynti", "Cross-selling review";
        kind_potential_estimate => "Potentiaalin arviointi", "Potential estimate";
        kind_account_plan => "Asiakkuussuunnitelma", "Account plan";
        line_email_or_letter => "Sähköposti tai kirje", "Email or letter";
        line_entering_contacts => "Ensiyhteydenotot", "First contacts";
    }

    pub fn activity_kind(self, kind: ActivityKind) -> &'static str {
        match kind {
            ActivityKind::Visit => self.kind_visit(),
            ActivityKind::Meeting => self.kind_meeting(),
            ActivityKind::RemoteMeeting => self.kind_remote_meeting(),
            ActivityKind::Call => self.kind_call(),
            ActivityKind::Email => self.kind_email(),
            ActivityKind::Letter => self.kind_letter(),
            ActivityKind::ManagementMeeting => self.kind_management_meeting(),
            ActivityKind::PlanReview => self.kind_plan_review(),
            ActivityKind::ValueSurvey => self.kind_value_survey(),
            ActivityKind::CrossSellingReview => self.kind_cross_selling_review(),
            ActivityKind::PotentialEstimate => self.kind_potential_estimate(),
            ActivityKind::AccountPlan => self.kind_account_plan(),
        }
    }

    /// The care model of a segment, within a sentence.
    pub fn model_of(self, segment: Segment) -> &'static str {
        match segment {
            Segment::Acquisition => self.model_acquisition(),
            Segment::Growth => self.model_growth(),
            Segment::Strategic => self.model_strategic(),
            Segment::Retention => self.model_retention(),
            Segment::Efficiency => self.model_efficiency(),
        }
    }

    /// A care line as people name it; the company's own lines keep the name the strategy gives them.
    pub fn care_line_name(self, line: &str) -> String {
        match (line, ActivityKind::parse(line)) {
            (_, Some(kind)) => self.activity_kind(kind).to_owned(),
            ("email_or_letter", None) => self.line_email_or_letter().to_owned(),
            ("entering_contacts", None) => self.line_entering_contacts().to_owned(),
            (own, None) => {
                match own.rsplit_once('_').map(|(kind, number)| (ActivityKind::parse(kind), number)) {
                    Some((Some(kind), number)) => format!("{} {number}", self.activity_kind(kind)),
                    Some((None, _)) | None => own.to_owned(),
                }
            }
        }
    }
}
