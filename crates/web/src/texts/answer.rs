//! Words of answering a proposal, of taking the answer back, and of what came of it.

use super::{Texts, en_count, fi_count};
use luotsi_app::steering::answer::DismissReason;
use luotsi_core::{
    activity::ActivityKind,
    steering::{Action, AnswerKind, Cause},
};

impl Texts {
    texts! {
        done_call => "Soita", "Call";
        done_visit => "Kirjaa käynti", "Log the visit";
        done_meeting => "Kirjaa tapaaminen", "Log the meeting";
        done_email => "Kirjaa sähköposti", "Log the email";
        done_letter => "Kirjaa kirje", "Log the letter";
        done_survey => "Kirjaa kysely", "Log the survey";
        done_review => "Kirjaa katselmus", "Log the review";
        done_plan => "Kirjaa suunnitelma", "Log the plan";
        done_estimate => "Arvioi potentiaali", "Estimate the potential";
        done_segment => "Hyväksy segmentti", "Accept the segment";
        done_override => "Tarkista segmentti", "Review the segment";
        done_owner => "Nimeä vastuuhenkilö", "Name an owner";

        schedule_day => "Päivä", "Day";
        schedule_minutes => "Minuuttia", "Minutes";
        schedule_agenda => "Asialista", "Agenda";
        more_answers => "Muu vastaus", "Other answer";
        snooze => "Siirrä", "Snooze";
        snooze_until => "Siirrä päivään", "Snooze until";
        snooze_hint => "Enintään 60 päivää. Suurempi asia tuo ehdotuksen takaisin heti.", "60 days at most. Something greater brings it back at once.";
        snooze_reason => "Miksi", "Why";
        delegate => "Anna toiselle", "Delegate";
        delegate_to => "Kenelle", "To whom";
        dismiss => "Ohita", "Dismiss";
        dismiss_reason => "Syy", "Reason";
        dismiss_note => "Tarkennus", "In words";
        dismiss_hint => "Samaa ei ehdoteta 30 päivään, ellei panos kasva puolella.", "The same is not proposed for 30 days, unless the stake grows by half.";
        not_relevant => "Ei ajankohtainen", "Not relevant";
        wrong_information => "Tieto on väärin", "The information is wrong";
        handled_otherwise => "Hoidettu muuten", "Handled otherwise";
        other_reason => "Muu syy, kerro", "Another reason, say which";
        answer_it => "Vastaa ehdotukseen", "Answer the proposal";

        said_accepted => "Ajoitettu", "Scheduled";
        said_done => "Tehty", "Done";
        said_snoozed => "Siirretty", "Snoozed";
        said_delegated => "Annettu toiselle", "Delegated";
        said_dismissed => "Ohitettu", "Dismissed";
        undone => "Kumottu", "Undone";

        planned_for(day: &str) => format!("ajoitettu {day}"), format!("scheduled for {day}");
        snoozed_until(day: &str) => format!("siirretty, palaa {day}"), format!("snoozed, back on {day}");
        handed_to(name: &str) => format!("annettu: {name}"), format!("handed to {name}");
        put_off_count(count: i64) => fi_count(count, "siirretty ehdotus", "siirrettyä ehdotusta"), en_count(count, "snoozed proposal", "snoozed proposals");

        proposal_title => "Ehdotus", "Proposal";
        proposal_closed_log => "Kirjoittamasi on tallella: jos teit sen, kirjaa se asiakkuudelle.", "What you wrote is still here: if you did it, log it with the account.";
        proposal_closed(day: &str, cause: &str) => format!("Tämä ehdotus on sulkeutunut {day}: {cause}."), format!("This proposal closed on {day}: {cause}.");
        to_account => "Avaa asiakkuus", "Open the account";

        own_results => "Mitä vastauksistasi seurasi", "What came of your answers";
        results_of(name: &str) => format!("Mitä vastauksista seurasi: {name}"), format!("What came of the answers: {name}");
        results_empty => "Kun kirjaat ehdotuksia tehdyiksi, näet tässä, mikä niistä tepsi ja kuinka paljon myynti kasvoi.", "Log proposals as done, and you will see here which of them worked and how much sales grew.";
        results_empty_of_another => "Ehdotuksia ei ole vielä kirjattu tehdyiksi.", "No proposals have been logged as done yet.";
        results_year => "12 kuukauden ajalta", "over 12 months";
        results_done => "tehty", "done";
        results_judged => "arvioitu", "judged";
        results_worked => "tepsi", "worked";
        results_euros => "myynti kasvoi", "sales grew by";
        results_hint => "Tepsi = 90 päivässä tekemisestä myynti ylitti vuoden takaisen; arvioidaan, kun 90 päivää on kulunut.", "Worked = in the 90 days after the act sales exceeded those of a year before; judged when 90 days have passed.";
        result_waiting(day: &str) => format!("arvioidaan {day}"), format!("judged on {day}");
        result_worked(euros: &str) => format!("tepsi, {euros}"), format!("worked, {euros}");
        result_did_not => "ei tepsinyt", "did not work";

        cause_done => "tehty", "done";
        cause_planned => "suunniteltu", "planned";
        cause_became_late => "ehti myöhästyä", "became late";
        cause_not_asked => "ei enää pyydetä", "no longer asked";
        cause_contacted => "oltiin yhteydessä", "contacted";
        cause_recovered => "arvo palautui", "the value recovered";
        cause_ordered => "asiakas tilasi", "the customer ordered";
        cause_lost => "asiakas menetettiin", "the customer was lost";
        cause_changed_back => "segmentti palautui", "the segment changed back";
        cause_decided => "henkilö päätti", "a person decided";
        cause_estimated => "potentiaali arvioitiin", "the potential was estimated";
        cause_owner_found => "vastuuhenkilö löytyi", "an owner was found";
        cause_inactive => "asiakkuus lepää", "the account is inactive";
        cause_reassigned => "vastaaja vaihtui", "somebody else answers now";
        cause_dismissed => "ohitettu", "dismissed";

        waited_long => "yli 30 pv", "over 30 d";
        away_until(day: &str, substitute: &str) => format!("poissa {day} asti, sijainen {substitute}"), format!("away until {day}, {substitute} stands in");
        stands_in_for(names: &str) => format!("Sijaistat: {names}. Heidän ehdotuksensa ovat mukana."), format!("You stand in for {names}. Their proposals are among yours.");
        substitutions => "Sijaisuudet", "Substitutions";
        substitutions_hint => "Poissa olevan ehdotukset näkyvät sijaisen päivässä.", "The proposals of those who are away are in their substitute's day.";
        substitutions_none => "Kukaan ei ole poissa.", "Nobody is away.";
        substitutions_none_way => "Lisää sijaisuus, kun lomasi lähestyy.", "Add a substitution when your holiday comes near.";
        substitution_add => "Lisää sijaisuus", "Add a substitution";
        substitution_person => "Poissa", "Away";
        substitution_substitute => "Sijainen", "Substitute";
        substitution_from => "Alkaa", "From";
        substitution_until => "Päättyy", "Until";
        days_between => "Päivät", "Days";
        substitution_end => "Peru sijaisuus", "Call off";
    }

    /// The button that says the act has been done.
    pub fn done_button(self, action: Action) -> &'static str {
        match action {
            Action::Activity(kind) => match kind {
                ActivityKind::Call => self.done_call(),
                ActivityKind::Visit => self.done_visit(),
                ActivityKind::Meeting | ActivityKind::RemoteMeeting | ActivityKind::ManagementMeeting => {
                    self.done_meeting()
                }
                ActivityKind::Email => self.done_email(),
                ActivityKind::Letter => self.done_letter(),
                ActivityKind::ValueSurvey => self.done_survey(),
                ActivityKind::PlanReview | ActivityKind::CrossSellingReview => self.done_review(),
                ActivityKind::AccountPlan => self.done_plan(),
                ActivityKind::PotentialEstimate => self.done_estimate(),
            },
            Action::SegmentReview => self.done_segment(),
            Action::OverrideReview => self.done_override(),
            Action::AssignOwner => self.done_owner(),
        }
    }

    pub fn dismiss_reason_name(self, reason: DismissReason) -> &'static str {
        match reason {
            DismissReason::NotRelevant => self.not_relevant(),
            DismissReason::WrongInformation => self.wrong_information(),
            DismissReason::HandledOtherwise => self.handled_otherwise(),
            DismissReason::Other => self.other_reason(),
        }
    }

    /// What was answered, as a word.
    pub fn said(self, kind: AnswerKind) -> &'static str {
        match kind {
            AnswerKind::Accepted => self.said_accepted(),
            AnswerKind::Done => self.said_done(),
            AnswerKind::Snoozed => self.said_snoozed(),
            AnswerKind::Delegated => self.said_delegated(),
            AnswerKind::Dismissed => self.said_dismissed(),
        }
    }

    fn cause(self, cause: Cause) -> &'static str {
        match cause {
            Cause::Done => self.cause_done(),
            Cause::Planned => self.cause_planned(),
            Cause::BecameLate => self.cause_became_late(),
            Cause::NotAsked => self.cause_not_asked(),
            Cause::Contacted => self.cause_contacted(),
            Cause::Recovered => self.cause_recovered(),
            Cause::Ordered => self.cause_ordered(),
            Cause::Lost => self.cause_lost(),
            Cause::ChangedBack => self.cause_changed_back(),
            Cause::Decided => self.cause_decided(),
            Cause::Estimated => self.cause_estimated(),
            Cause::OwnerFound => self.cause_owner_found(),
            Cause::Inactive => self.cause_inactive(),
            Cause::Reassigned => self.cause_reassigned(),
            Cause::Dismissed => self.cause_dismissed(),
        }
    }

    /// Why something closed, from the names of its causes.
    pub fn causes(self, names: &str) -> String {
        let words: Vec<&str> =
            names.split(' ').filter_map(Cause::parse).map(|cause| self.cause(cause)).collect();
        words.join(", ")
    }
}
