//! What came of the acts of proposals: how many have been judged, and how many of them worked.

use super::unknown;
use crate::{Query, StoreError, Value};
use luotsi_core::{
    account::AccountId,
    people::PersonId,
    steering::{Action, Experience, JUDGED_AFTER_DAYS},
    strategy::Segment,
    units::{Day, Money},
};
use uuid::Uuid;

/// The act of a proposal that was done, and what the account bought in the 90 days after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneAct {
    pub answer: Uuid,
    pub account: AccountId,
    pub account_name: String,
    /// Who answered.
    pub person: PersonId,
    pub what: Action,
    pub segment: Option<Segment>,
    pub day: Day,
    pub stake: Money,
    /// Net sales of the 90 days after the act, as far as they have passed.
    pub net: Money,
    /// Net sales of the same days a year before.
    pub net_before: Money,
    /// The account had an order day in the 90 days.
    pub has_ordered: bool,
    pub has_sales_before: bool,
}

/// Everything learned by `on`, as known then.
pub fn experience(query: &impl Query, on: Day) -> Result<Experience, StoreError> {
    let mut experience = Experience::default();
    for act in done_acts(query, None, Day::MIN, on)? {
        if JUDGED_AFTER_DAYS < on.days_since(act.day) {
            experience.add(act.what, act.segment, act.worked());
        }
    }
    Ok(experience)
}

/// The acts of proposals done from `from` up to `on`, as known then; of one person, or of everybody.
pub fn done_acts(
    query: &impl Query,
    person: Option<PersonId>,
    from: Day,
    on: Day,
) -> Result<Vec<DoneAct>, StoreError> {
    let mut acts = query.all(
        "-- Which acts of proposals have been done, when and with whom?
select answer.id, answer.account_id, answer.person_id, answer.what, answer.segment, activity.day, answer.stake_cents,
       account.name
  from answer
  join account on account.id = answer.account_id
  join activity on activity.account_id = answer.account_id
               and activity.id = answer.activity_id
               and activity.known_from <= $1
               and activity.known_until > $1
 where answer.kind in ('accepted', 'done')
   and answer.known_until > $1
   and activity.state = 'done'
   and activity.day between $2 and $1
   and activity.outcome is distinct from 'no_answer'
   and ($3::uuid is null or answer.person_id = $3)
 order by activity.day desc, answer.recorded_at desc, answer.id",
        &[on.into(), from.into(), person.into()],
        |row| {
            let what = row.text(3)?;
            Ok(DoneAct {
                answer: row.id(0)?,
                account: AccountId(row.id(1)?),
                account_name: row.string(7)?,
                person: PersonId(row.id(2)?),
                what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
                segment: row.opt_text(4)?.and_then(Segment::parse),
                day: row.day(5)?,
                stake: row.money(6)?,
                net: Money::ZERO,
                net_before: Money::ZERO,
                has_ordered: false,
                has_sales_before: false,
            })
        },
    )?;
    add_sales(query, &mut acts, on)?;
    Ok(acts)
}

fn add_sales(query: &impl Query, acts: &mut [DoneAct], on: Day) -> Result<(), StoreError> {
    let spans: Vec<[Value; 7]> = (acts.iter().zip(0_i64..))
        .map(|(act, place)| {
            let (from, until) = (act.day.tomorrow(), act.day.plus_days(JUDGED_AFTER_DAYS));
            let a_year_before = |day: Day| day.plus_months(-12);
            [
                place.into(),
                act.account.into(),
                from.into(),
                until.into(),
                a_year_before(from).into(),
                a_year_before(until).into(),
                on.into(),
            ]
        })
        .collect();
    query.each_of_rows(
        "-- What was bought after some acts, and in the same days a year before?
with wanted (place, account_id, from_day, until_day, before_from, before_until, on_day) as ({wanted})
select wanted.place,
       cast(sum(case when sales_line.day >= wanted.from_day then sales_line.net_cents else 0 end) as bigint),
       cast(sum(case when sales_line.day < wanted.from_day then sales_line.net_cents else 0 end) as bigint),
       max(case when sales_line.day >= wanted.from_day and sales_line.net_cents > 0 then 1 else 0 end),
       max(case when sales_line.day < wanted.from_day then 1 else 0 end)
  from wanted
  join sales_line on sales_line.account_id = wanted.account_id
   and sales_line.known_from <= wanted.on_day
   and sales_line.known_until > wanted.on_day
   and (sales_line.day between wanted.from_day and wanted.until_day
        or sales_line.day between wanted.before_from and wanted.before_until)
 group by wanted.place
 order by wanted.place",
        ["bigint", "uuid", "date", "date", "date", "date", "date"],
        &spans,
        |row| {
            let place = usize::try_from(row.int(0)?).ok().and_then(|place| acts.get_mut(place));
            if let Some(act) = place {
                act.net = row.money(1)?;
                act.net_before = row.money(2)?;
                act.has_ordered = row.int(3)? == 1;
                act.has_sales_before = row.int(4)? == 1;
            }
            Ok(())
        },
    )
}

impl DoneAct {
    /// Sales exceeded those of the same days a year before or, without any then, there was an order.
    pub fn worked(&self) -> bool {
        luotsi_core::steering::worked(
            self.net,
            self.has_sales_before.then_some(self.net_before),
            self.has_ordered,
        )
    }
}
