//! Words of what was done and of what is planned.

use super::{Texts, en_count, fi_count};
use luotsi_core::activity::ActivityKind;

impl Texts {
    texts! {
        timeline => "Tapahtumat", "Timeline";
        timeline_empty => "Tapahtumia ei vielä ole.", "Nothing has been logged yet.";
        timeline_count(count: i64) => fi_count(count, "tapahtuma", "tapahtumaa"), en_count(count, "activity", "activities");
        planned => "Suunniteltu", "Planned";
        plan_passed => "suunniteltu päivä meni", "planned day has passed";
        no_answer => "ei vastausta", "no answer";
        inbound => "asiakkaalta", "from the customer";
        older => "Vanhemmat", "Older";
        newer => "Uudemmat", "Newer";

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

    /// A care line as people name it; the company's own lines keep the name the strategy gives them.
    pub fn care_line_name(self, line: &str) -> String {
        match (line, ActivityKind::parse(line)) {
            (_, Some(kind)) => self.activity_kind(kind).to_owned(),
            ("email_or_letter", None) => self.line_email_or_letter().to_owned(),
            ("entering_contacts", None) => self.line_entering_contacts().to_owned(),
            (own, None) => own.to_owned(),
        }
    }
}
