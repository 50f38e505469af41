//! Working days counted back and forth from a day.

use luotsi_core::units::{Calendar, Day};

#[derive(Debug, Default)]
pub struct WorkingDays {
    calendar: Calendar,
}

impl WorkingDays {
    /// The working day after which `count` working days have gone by up to and including `until`.
    pub fn ago(&self, until: Day, count: i64) -> Day {
        let mut day = until.plus_days(-count * 7 / 5);
        while self.calendar.working_days(day, until) < count {
            day = day.plus_days(-1);
        }
        self.on_or_before(day)
    }

    pub fn after(&self, day: Day, count: i64) -> Day {
        self.calendar.nth_working_day_after(day, count)
    }

    pub fn on_or_before(&self, day: Day) -> Day {
        let mut day = day;
        while !self.calendar.is_working_day(day) {
            day = day.plus_days(-1);
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_working_days_ago_is_so_many_working_days_away() {
        let days = WorkingDays::default();
        let ending = Day::new(2026, 11, 22).unwrap();

        for count in [1, 5, 20, 62, 250] {
            let day = days.ago(ending, count);
            assert_eq!(days.calendar.working_days(day, ending), count);
            assert_eq!(days.on_or_before(day), day);
        }
    }
}
