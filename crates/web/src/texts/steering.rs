//! Words of my day: what Luotsi proposes, why, for how many euros and by when.

use super::{Texts, en_count, fi_count};
use luotsi_core::steering::Side;

impl Texts {
    texts! {
        luotsi_proposes => "Luotsi ehdottaa", "Luotsi proposes";
        proposals_ranked(count: i64) => format!("{}, tärkein ensin", fi_count(count, "ehdotus", "ehdotusta")), format!("{}, the most valuable first", en_count(count, "proposal", "proposals"));
        proposals_today(shown: i64, minutes: i64, open: &str) => format!("{} tälle päivälle, aikaa {minutes}\u{a0}min · avoinna\u{a0}{open}", fi_count(shown, "ehdotus", "ehdotusta")), format!("{} for today, {minutes}\u{a0}min free · {open}\u{a0}open", en_count(shown, "proposal", "proposals"));
        proposals_next_day(day: &str, shown: i64, minutes: i64, open: &str) => format!("{day}: {}, aikaa {minutes}\u{a0}min · avoinna\u{a0}{open}", fi_count(shown, "ehdotus", "ehdotusta")), format!("{day}: {}, {minutes}\u{a0}min free · {open}\u{a0}open", en_count(shown, "proposal", "proposals"));
        proposals_none => "Hoitomallit toteutuvat.", "The care models are kept.";
        proposals_none_without_accounts => "Sinulle ei ehdoteta mitään, koska sinulla ei ole asiakkuuksia.", "Nothing is proposed to you, as you have no accounts.";
        proposals_of_all => "Katso kaikkien ehdotukset", "See everybody's proposals";
        to_base => "Katso asiakaskanta", "See the customer base";
        proposals_none_next(day: &str) => format!("Seuraava askel: {day}"), format!("Next step {day}.");
        proposals_behind(count: i64) => format!("Näytä loput {}", fi_count(count, "ehdotus", "ehdotusta")), format!("Show the other {}", en_count(count, "proposal", "proposals"));
        proposals_next(count: &str) => format!("Seuraavat ehdotukset, jäljellä {count}"), format!("Next proposals, {count} left");
        first_watch_needed => "Ehdotuksia ei vielä ole.", "There are no proposals yet.";
        at_risk => "vaarassa", "at risk";
        to_gain => "saatavissa", "to gain";
        do_by(act: &str, day: &str) => format!("{act} viimeistään {day}"), format!("{act} by {day}");
        overdue(days: i64) => format!("{} myöhässä", fi_count(days, "päivä", "päivää")), format!("{} overdue", en_count(days, "day", "days"));
        agenda => "Asialista", "Agenda";
        priority_factors => "Miksi tässä järjestyksessä", "Why in this order";
        factor_likelihood => "Vaikutuksen todennäköisyys", "Likelihood of effect";
        factor_stake => "Panos", "Stake";
        factor_minutes => "Aika", "Time";
        factor_minutes_of(minutes: i64) => format!("{minutes} min + 30 min"), format!("{minutes} min + 30 min");
        factor_priority => "Tärkeys", "Priority";
        factor_priority_of(amount: &str) => format!("{amount}/min"), format!("{amount}/min");
        factor_sentence => "Tärkeys = todennäköisyys × panos / (30 min + työn kesto), suurin ehdotuksen poikkeamista.", "Priority = likelihood × stake / (30 min + minutes of the act), the largest of the proposal's deviations.";
        for_person(name: &str) => format!("vastaa {name}"), format!("assigned to {name}");

        today => "Tänään", "Today";
        today_and_week => "Tänään ja tällä viikolla", "Today and this week";
        today_empty => "Tälle viikolle ei ole suunniteltu mitään.", "Nothing is planned for this week.";
        passed_days(days: i64) => format!("{days}\u{a0}pv myöhässä"), format!("{days}\u{a0}d late");
        planned_count(count: i64) => fi_count(count, "suunniteltu", "suunniteltua"), en_count(count, "planned", "planned");
        passed_count(count: i64) => format!("{count} odottaa kirjausta"), format!("{count} waiting to be logged");
        more_planned => "Loput näkyvät, kun nämä on kirjattu.", "The rest show once these are logged.";
        teams_day => "Tiimin päivä", "The team's day";
        everybodys_day => "Kaikkien päivä", "Everybody's day";
        day_of(name: &str) => format!("Päivä: {name}"), format!("Day of {name}");
        agenda_silence => "Kuulumiset: pitkä hiljaisuus", "Catching up: a long silence";
        agenda_declining => "Ostojen lasku: mistä se johtuu", "The fall in purchases: what is behind it";
        agenda_rhythm => "Tilausten tauko: mistä se johtuu", "The pause in orders: what is behind it";

        own_base => "Oma asiakaskanta", "Your customer base";
        team_base => "Tiimin asiakaskanta", "The team's customer base";
        whole_base => "Asiakaskanta", "Customer base";
        base_short => "Kanta", "Base";
        base_empty => "Sinulla ei ole asiakkuuksia.", "You have no accounts.";
        accounts_column => "Asiakkuuksia", "Accounts";
        euros_open => "Pelissä nyt", "At stake now";

        people_off_course => "Missä hoito jää jälkeen", "Where care falls behind";
        person => "Henkilö", "Person";
        open_proposals => "Ehdotuksia", "Proposals";
        oldest_proposal => "Vanhin", "Oldest";
        overdue_proposals => "myöhässä", "overdue";

        deviations => "Poikkeamat", "Deviations";
        deviations_none => "Ei avoimia poikkeamia.", "No open deviations.";
        since(day: &str) => format!("{day} alkaen"), format!("since {day}");
        account_proposals_none => "Luotsilla ei ole tälle asiakkuudelle ehdotettavaa.", "Luotsi has nothing to propose for this account.";

        care_late(line: &str, age: &str, rhythm: &str) => format!("{line} myöhässä: edellisestä {age} työpäivää, hoitomallin väli {rhythm}"), format!("{line} is late: {age} working days since the last, one every {rhythm} in the care model");
        entering_late(line: &str, age: &str, limit: &str) => format!("{line} kesken: alusta {age} työpäivää, aikaa oli {limit}"), format!("{line} incomplete: {age} working days from the start, {limit} were given");
        care_not_planned(line: &str, age: &str, rhythm: &str) => format!("{line} erääntyy eikä ole suunniteltu: {age} / {rhythm} työpäivää"), format!("{line} falls due and is not planned: {age} of {rhythm} working days");
        silence_too_long(days: &str, limit: &str) => format!("Ei keskustelua {days} päivään, raja {limit}"), format!("No conversation for {days} days, the limit is {limit}");
        value_declining(before: &str, now: &str, change: &str) => format!("Ostot laskeneet: {before} → {now} kolmessa kuukaudessa ({change})"), format!("Purchases fell: {before} → {now} in three months ({change})");
        rhythm_broken(days: &str, limit: &str) => format!("Ei tilausta {days} päivään, tavallisesti viimeistään {limit}"), format!("No order for {days} days, usually within {limit}");
        segment_changed(old: &str, new: &str) => format!("Segmentti vaihtunut: {old} → {new}"), format!("Segment changed: {old} → {new}");
        override_review(day: &str) => format!("Käsin asetettu segmentti odottaa tarkistusta {day} alkaen"), format!("The manual segment has waited for review since {day}");
        potential_missing => "Potentiaali on arvioimatta", "The potential is not estimated";
        potential_stale(subject: &str, days: &str) => format!("Potentiaaliarvio vanhentunut{subject}: {days} päivää"), format!("The potential estimate is stale{subject}: {days} days");
        owner_missing => "Vastuuhenkilö puuttuu", "The owner is missing";

        act_visit => "Sovi käynti", "Book a visit";
        act_meeting => "Sovi tapaaminen", "Book a meeting";
        act_remote_meeting => "Sovi etätapaaminen", "Book a remote meeting";
        act_call => "Soita", "Call";
        act_email => "Lähetä sähköposti", "Send an email";
        act_letter => "Lähetä kirje", "Send a letter";
        act_management_meeting => "Sovi johdon tapaaminen", "Book a management meeting";
        act_plan_review => "Pidä suunnitelman katselmus", "Hold the plan review";
        act_value_survey => "Kysy asiakkaan kokema arvo", "Ask for the value experienced";
        act_account_plan => "Laadi asiakkuussuunnitelma", "Write the account plan";
        act_cross_selling_review => "Käy läpi ristiinmyynti", "Review cross-selling";
        act_potential_estimate => "Arvioi potentiaali", "Estimate the potential";
        act_segment_review => "Tarkista segmentti", "Review the segment";
        act_override_review => "Tarkista käsin asetettu segmentti", "Review the manual segment";
        act_assign_owner => "Nimeä vastuuhenkilö", "Name an owner";
    }

    pub fn side(self, side: Side) -> &'static str {
        match side {
            Side::AtRisk => self.at_risk(),
            Side::ToGain => self.to_gain(),
        }
    }
}
