//! Words of the care a segment has been promised.

use super::{Texts, en_count, fi_count};
use luotsi_core::care::CareState;

impl Texts {
    texts! {
        care => "Hoitomalli", "Care";
        care_model_of(segment: &str) => format!("Hoitomalli: {segment}"), format!("Care model: {segment}");
        care_kept => "Hoidossa", "In care";
        care_kept_share(kept: &str, lines: &str) => format!("{kept} / {lines} toteutuu"), format!("{kept} of {lines} kept");
        care_empty => "Tälle asiakkuudelle ei ole luvattu hoitoa: segmentti puuttuu tai asiakassuhde ei ole voimassa.", "No care is promised to this account: it has no segment or is no customer.";
        state_kept => "toteutuu", "kept";
        state_due => "erääntymässä", "due";
        state_late => "myöhässä", "late";
        covered_on(day: &str) => format!("suunniteltu {day}"), format!("planned {day}");
        last_done(day: &str) => format!("viimeksi {day}"), format!("last {day}");
        never_done_since(day: &str) => format!("ei kertaakaan, voimassa {day} alkaen"), format!("not once, in force since {day}");
        age_of_rhythm(age: i64, rhythm: &str) => format!("{} / {rhythm}", fi_count(age, "työpäivä", "työpäivää")), format!("{} of {rhythm}", en_count(age, "working day", "working days"));
        done_of(done: i64, times: i64) => format!("{done} / {times} tehty"), format!("{done} of {times} done");
        becomes_late(day: &str) => format!("myöhässä {day}"), format!("late on {day}");
        late_since(day: &str) => format!("myöhässä {day} alkaen"), format!("late since {day}");
        this_year(done: i64, expected: &str) => format!("tänä vuonna {done}, tähän mennessä {expected}"), format!("this year {done}, expected by now {expected}");
        silence => "Hiljaisuus", "Silence";
        silence_days(days: i64, limit: i64) => format!("{} / {limit}", fi_count(days, "päivä", "päivää")), format!("{} of {limit}", en_count(days, "day", "days"));
        bullet_reading(what: &str, age: &str, state: &str) => format!("{what}: {age}, {state}"), format!("{what}: {age}, {state}");
    }

    pub fn care_state(self, state: CareState) -> &'static str {
        match state {
            CareState::Kept => self.state_kept(),
            CareState::Due => self.state_due(),
            CareState::Late => self.state_late(),
        }
    }
}
