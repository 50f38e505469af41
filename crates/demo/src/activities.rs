//! What was done with each account and what is planned: the care model of its segment, kept well or badly.

use crate::{
    accounts::seed_of,
    cast, contacts,
    dice::{Dice, Topic},
    estimates::{self, WRITTEN_DAYS, owner_on},
    notes, people,
    story::{Buying, Care, Life, Outlook, Renewed, Story},
    working_days::WorkingDays,
};
use luotsi_app::import::records::ActivityRecord;
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    people::{Answering, Role},
    strategy::{CareLine, CareModel, CareRule, Segment},
    units::Day,
};

/// Days before the end on which marketing sent its letters.
const LETTERS_DAYS_AGO: [i64; 6] = [19, 97, 178, 258, 338, 420];

/// The account's activities in order of the day they became known. One that was planned and then done comes twice.
pub fn records(
    story: &Story,
    ending: Day,
    models: &[CareModel],
    days: &WorkingDays,
    seed: u64,
) -> Vec<ActivityRecord> {
    let dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Activities);
    let mut diary = Diary { story, ending, days, dice, records: Vec::new() };
    let segment = segment_cared_for(story);
    match segment.and_then(|segment| models.iter().find(|model| model.segment == segment)) {
        Some(model) => diary.care(model),
        None => diary.now_and_then(),
    }
    diary.finish()
}

/// The segment whose care the account gets on the last day: a person's decision goes first.
fn segment_cared_for(story: &Story) -> Option<Segment> {
    let decided = story.decision.filter(|decision| decision.removed_days_ago.is_none());
    decided.map(|decision| decision.segment).or(story.aim)
}

/// How a line of the care model stands on the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Kept,
    /// Due soon or already, and in the calendar.
    Planned,
    NotPlanned,
    Late,
}

struct Diary<'a> {
    story: &'a Story,
    ending: Day,
    days: &'a WorkingDays,
    dice: Dice,
    records: Vec<ActivityRecord>,
}

impl Diary<'_> {
    fn care(&mut self, model: &CareModel) {
        for line in &model.lines {
            match line.rule {
                CareRule::Rhythm { .. } if line.answering == Answering::Role(Role::Marketing) => {
                    self.letters()
                }
                CareRule::Rhythm { per_year, .. } => self.rhythm(line, i64::from(per_year)),
                CareRule::Entering { times, within } => {
                    self.entering(line, i64::from(times), i64::from(within));
                }
            }
        }
        if !self.is_silent(model) {
            self.keep_in_touch(i64::from(model.silence_days));
        }
    }

    fn is_silent(&self, model: &CareModel) -> bool {
        match self.story.care {
            Care::Neglected => true,
            Care::Slips(ActivityKind::Call) => model.segment == Segment::Efficiency,
            Care::Slips(_) | Care::Kept | Care::NotPlanned(_) => false,
        }
    }

    /// The activities of a line in its rhythm, backwards from where it stands on the last day.
    fn rhythm(&mut self, line: &CareLine, per_year: i64) {
        let Some(kind) = line.kinds.first().copied() else { return };
        // An estimate is its own activity: it is among the estimates.
        if kind == ActivityKind::PotentialEstimate {
            return;
        }
        let rhythm = 250 / per_year;
        let standing = self.standing(kind);
        let mut age = self.age(standing, rhythm);
        if standing == Standing::Planned {
            self.plan(kind, line, 1, 7);
        } else if standing == Standing::Kept && self.dice.chance(12) {
            self.plan(kind, line, 3, 25);
        } else if standing == Standing::Late && self.dice.chance(25) {
            self.missed_plan(kind, line);
        }
        while self.days.ago(self.ending, age) > self.begins() {
            let day = self.days.ago(self.ending, age);
            self.do_planned(kind, line, day);
            age += self.dice.between(rhythm * 70 / 100, rhythm * 104 / 100).max(1);
        }
    }

    fn standing(&mut self, kind: ActivityKind) -> Standing {
        match self.story.care {
            Care::Slips(slips) if slips == kind => Standing::Late,
            Care::NotPlanned(missing) if missing == kind => Standing::NotPlanned,
            Care::Neglected => Standing::Late,
            Care::Kept | Care::Slips(_) | Care::NotPlanned(_) => match self.dice.chance(20) {
                true => Standing::Planned,
                false => Standing::Kept,
            },
        }
    }

    /// Working days since the newest activity of a line.
    fn age(&mut self, standing: Standing, rhythm: i64) -> i64 {
        let percent = |percent: i64| rhythm * percent / 100;
        let latest_grace = percent(20).max(3) + 1;
        match standing {
            Standing::Kept => self.dice.between(1, percent(74)),
            Standing::Planned => self.dice.between(percent(82), percent(108)),
            Standing::NotPlanned => self.dice.between(percent(86), percent(112)),
            Standing::Late if self.story.care == Care::Neglected => {
                self.dice.between(percent(135), percent(230))
            }
            Standing::Late => rhythm + latest_grace + self.dice.between(1, percent(22).max(6)),
        }
    }

    /// What is done soon after the account was taken up: its contacts, or its plan.
    fn entering(&mut self, line: &CareLine, times: i64, within: i64) {
        let Some(kind) = line.kinds.first().copied() else { return };
        let entered = self.entered();
        let is_late = self.story.care == Care::Neglected || self.story.decision.is_some();
        let times = match (is_late, times) {
            (true, 1) => return,
            (true, times) => times / 3,
            (false, times) => times,
        };
        for nth in 0..times {
            // Within nine tenths of the time there is.
            let day = self.days.after(entered, 1 + nth * within * 9 / 10 / times + self.dice.between(0, 2));
            let kind = match (kind, nth % 4) {
                (ActivityKind::AccountPlan, _) => kind,
                (_, 1) => ActivityKind::Email,
                (_, 3) => ActivityKind::Visit,
                _ => kind,
            };
            if day < self.ending {
                self.do_planned(kind, line, day);
            }
        }
    }

    /// The day the account came to be worked on as it is now: its first estimate, or the decision on it.
    fn entered(&self) -> Day {
        let decided = self.story.decision.map(|decision| self.ending.plus_days(-decision.days_ago));
        let estimates = estimates::days(self.story, self.ending);
        let estimated = match self.story.outlook {
            Outlook::Estimated { renewed: Renewed::Raised, .. } => estimates.first().copied(),
            Outlook::Estimated { .. } | Outlook::Peers => estimates.last().copied(),
        };
        decided.or(estimated).unwrap_or(self.begins().plus_days(20))
    }

    /// Marketing writes to all at once.
    fn letters(&mut self) {
        let misses_latest = match self.story.care {
            Care::Slips(ActivityKind::Email) | Care::Neglected => 2,
            Care::Slips(_) | Care::Kept | Care::NotPlanned(_) => 0,
        };
        for days_ago in LETTERS_DAYS_AGO.into_iter().skip(misses_latest) {
            let day = self.days.on_or_before(self.ending.plus_days(-days_ago));
            if self.begins() < day {
                let kind = if self.story.number.is_multiple_of(5) {
                    ActivityKind::Letter
                } else {
                    ActivityKind::Email
                };
                self.done(kind, day, Some(cast::MARKETING.to_owned()), Direction::Out, 5);
            }
        }
    }

    /// Orders and questions come between the lines of the care model: no long silence.
    fn keep_in_touch(&mut self, limit: i64) {
        let mut met: Vec<Day> =
            self.records.iter().filter(|record| is_two_way(record)).map(|record| record.day).collect();
        met.push(self.begins());
        met.sort();
        met.push(self.ending);
        let gaps: Vec<(Day, Day)> = met.windows(2).map(|pair| (pair[0], pair[1])).collect();
        for (from, until) in gaps {
            let mut last = from;
            while limit * 8 / 10 < until.days_since(last) {
                let day = self
                    .days
                    .on_or_before(last.plus_days(self.dice.between(limit * 45 / 100, limit * 75 / 100)));
                last = day.max(last.tomorrow());
                self.word_from_customer(day);
            }
        }
    }

    fn word_from_customer(&mut self, day: Day) {
        let by = Some(cast::INSIDE_SALES.to_owned()).filter(|_| self.dice.chance(60));
        let by = by.or_else(|| self.owner(day));
        match self.dice.between(1, 10) {
            ..=4 => self.done(ActivityKind::Email, day, by, Direction::In, 5),
            5..=8 => self.done(ActivityKind::Call, day, by, Direction::In, 5),
            _ => self.done(ActivityKind::Call, day, by, Direction::Out, 10),
        }
    }

    /// Accounts of no segment: a call now and then, as it comes.
    fn now_and_then(&mut self) {
        let until = match self.story.life {
            Life::Active => self.ending,
            Life::Ended { days_ago } => self.ending.plus_days(-days_ago),
        };
        let mut day = self.begins().plus_days(self.dice.between(5, 200));
        while day < until {
            let called = self.days.on_or_before(day);
            let by = self.owner(called);
            self.done(ActivityKind::Call, called, by, Direction::Out, 10);
            day = day.plus_days(self.dice.between(90, 320));
        }
    }

    /// Before this day nothing was written of the account.
    fn begins(&self) -> Day {
        let written = match self.story.aim {
            Some(Segment::Efficiency) => WRITTEN_DAYS * 8 / 10,
            Some(Segment::Strategic | Segment::Growth | Segment::Retention | Segment::Acquisition) | None => {
                WRITTEN_DAYS
            }
        };
        let known = match self.story.buying {
            Buying::New { days_ago } => days_ago.min(written),
            Buying::Once { days_ago } => (days_ago + 60).min(written),
            Buying::Steady
            | Buying::Changed { .. }
            | Buying::Stopped { .. }
            | Buying::Former
            | Buying::Never => written,
        };
        self.ending.plus_days(-known)
    }

    fn owner(&self, day: Day) -> Option<String> {
        owner_on(self.story, day, self.ending).map(str::to_owned)
    }

    fn answering(&self, line: &CareLine, day: Day) -> Option<String> {
        match line.answering {
            Answering::Role(Role::Kam) => Some(cast::KAM.to_owned()),
            Answering::Role(Role::Manager) => Some(cast::MANAGER.to_owned()),
            Answering::Role(Role::InsideSales) => Some(cast::INSIDE_SALES.to_owned()),
            Answering::Role(Role::Marketing) => Some(cast::MARKETING.to_owned()),
            Answering::Role(
                Role::Seller | Role::Service | Role::Management | Role::ProcessOwner | Role::Admin,
            )
            | Answering::Owner => self
                .owner(day)
                .or_else(|| (people::left_on(self.ending) <= day).then(|| cast::MANAGER.to_owned())),
        }
    }

    /// Something done; now and then it had been in the calendar before, or the first call was not answered.
    fn do_planned(&mut self, kind: ActivityKind, line: &CareLine, day: Day) {
        let by = self.answering(line, day);
        if kind == ActivityKind::Call && self.dice.chance(8) {
            let before = self.days.on_or_before(day.plus_days(-self.dice.between(1, 3)));
            self.done(kind, before, by.clone(), Direction::Out, 2);
            if let Some(unanswered) = self.records.last_mut() {
                unanswered.outcome = Some("no_answer".to_owned());
                unanswered.note = None;
            }
        }
        let minutes = i64::from(line_minutes(kind));
        let minutes = (minutes * self.dice.between(70, 140) / 100 / 5 * 5).max(5) as u32;
        self.done(kind, day, by, Direction::Out, minutes);

        let was_planned = kind.is_contact() && kind != ActivityKind::Call && self.dice.chance(35);
        if was_planned && let Some(done) = self.records.last().cloned() {
            let planned_on = self.days.on_or_before(day.plus_days(-self.dice.between(6, 24)));
            self.records.push(ActivityRecord {
                state: ActivityState::Planned,
                direction: None,
                outcome: None,
                note: Some(notes::planned(kind).to_owned()),
                planned_on: Some(planned_on),
                ..done
            });
        }
    }

    fn done(
        &mut self,
        kind: ActivityKind,
        day: Day,
        person: Option<String>,
        direction: Direction,
        minutes: u32,
    ) {
        let note = notes::done(kind, direction == Direction::In, &mut self.dice);
        let has_other_side = kind.is_contact() || kind == ActivityKind::ValueSurvey;
        let outcome = notes::outcome(kind, &mut self.dice).filter(|_| direction == Direction::Out);
        let record = ActivityRecord {
            external_id: self.next_id(),
            account: self.story.external_id.clone(),
            kind,
            person,
            day,
            minutes: Some(minutes),
            state: ActivityState::Done,
            direction: has_other_side.then_some(direction),
            contact: kind.is_contact().then(|| contacts::external_id(self.story, 0)),
            outcome,
            note: Some(note.to_owned()),
            planned_on: None,
            known_on: None,
        };
        self.records.push(record);
    }

    /// In the calendar from `soonest` to `latest` working days after the last day.
    fn plan(&mut self, kind: ActivityKind, line: &CareLine, soonest: i64, latest: i64) {
        let day = self.days.after(self.ending, self.dice.between(soonest, latest));
        let planned_on = self.days.on_or_before(self.ending.plus_days(-self.dice.between(1, 18)));
        self.planned(kind, line, day, planned_on);
    }

    /// Was in the calendar and did not happen: covers nothing any more.
    fn missed_plan(&mut self, kind: ActivityKind, line: &CareLine) {
        let day = self.days.on_or_before(self.ending.plus_days(-self.dice.between(3, 15)));
        let planned_on = self.days.on_or_before(day.plus_days(-self.dice.between(5, 20)));
        self.planned(kind, line, day, planned_on);
    }

    fn planned(&mut self, kind: ActivityKind, line: &CareLine, day: Day, planned_on: Day) {
        let record = ActivityRecord {
            external_id: self.next_id(),
            account: self.story.external_id.clone(),
            kind,
            person: self.answering(line, self.ending),
            day,
            minutes: Some(line_minutes(kind)),
            state: ActivityState::Planned,
            direction: None,
            contact: kind.is_contact().then(|| contacts::external_id(self.story, 0)),
            outcome: None,
            note: Some(notes::planned(kind).to_owned()),
            planned_on: Some(planned_on),
            known_on: None,
        };
        self.records.push(record);
    }

    fn next_id(&self) -> String {
        format!("{}-t{}", self.story.external_id, self.records.len() + 1)
    }

    fn finish(mut self) -> Vec<ActivityRecord> {
        self.records.sort_by_key(|record| (record.planned_on.unwrap_or(record.day), record.day));
        self.records
    }
}

/// Calls and meetings; a mail only when the customer wrote it.
fn is_two_way(record: &ActivityRecord) -> bool {
    let is_answered = record.outcome.as_deref() != Some("no_answer");
    let is_done = record.state == ActivityState::Done;
    let is_theirs = match record.kind {
        ActivityKind::Email => record.direction == Some(Direction::In),
        ActivityKind::Letter => false,
        ActivityKind::Visit
        | ActivityKind::Meeting
        | ActivityKind::RemoteMeeting
        | ActivityKind::Call
        | ActivityKind::ManagementMeeting
        | ActivityKind::PlanReview => true,
        ActivityKind::ValueSurvey
        | ActivityKind::CrossSellingReview
        | ActivityKind::PotentialEstimate
        | ActivityKind::AccountPlan => false,
    };
    is_answered && is_done && is_theirs
}

fn line_minutes(kind: ActivityKind) -> u32 {
    match kind {
        ActivityKind::Visit | ActivityKind::PlanReview => 120,
        ActivityKind::ManagementMeeting => 180,
        ActivityKind::Meeting => 60,
        ActivityKind::RemoteMeeting | ActivityKind::CrossSellingReview => 45,
        ActivityKind::Call | ActivityKind::ValueSurvey => 15,
        ActivityKind::Email | ActivityKind::Letter => 5,
        ActivityKind::PotentialEstimate => 20,
        ActivityKind::AccountPlan => 240,
    }
}
