//! What was sold to an account, an invoice at a time, and what was answered to the proposals about it.

use super::Span;
use crate::{
    Query, StoreError,
    steering::{answer_kind, unknown},
};
use luotsi_core::{
    people::PersonId,
    steering::{Action, AnswerKind},
    units::{Day, Money},
};
use uuid::Uuid;

/// What one invoice sold that day.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub number: String,
    pub net: Money,
    pub lines: i64,
}

pub(super) fn invoices(query: &impl Query, span: &Span) -> Result<Vec<(Day, Invoice)>, StoreError> {
    query.all(
        "-- What was sold to the account, by invoice?
select day, invoice, cast(sum(net_cents) as bigint), count(*)
  from sales_line
 where account_id = $1
   and known_until = '9999-12-31'
   and day between $2::date and $3::date
 group by day, source, invoice
 order by day desc, source, invoice
 limit $4",
        &[span.account.into(), span.from.into(), span.until.into(), span.limit.into()],
        |row| Ok((row.day(0)?, Invoice { number: row.string(1)?, net: row.money(2)?, lines: row.int(3)? })),
    )
}

/// An answer as its person gave it.
#[derive(Clone, Debug)]
pub struct AnswerGiven {
    pub id: Uuid,
    pub person: PersonId,
    pub kind: AnswerKind,
    pub what: Action,
    /// The day planned for, or until which it was put off.
    pub for_day: Option<Day>,
    pub delegate: Option<PersonId>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub taken_back_on: Option<Day>,
}

pub(super) fn answers(query: &impl Query, span: &Span) -> Result<Vec<(Day, AnswerGiven)>, StoreError> {
    query.all(
        "-- What was answered to the proposals about the account?
select day, id, person_id, kind, what, coalesce(planned_for, snoozed_until), delegate_id, reason, note, known_until
  from answer
 where account_id = $1
   and day between $2::date and $3::date
   and ($4::uuid is null or person_id = $4)
 order by day desc, recorded_at desc, id desc
 limit $5",
        &[span.account.into(), span.from.into(), span.until.into(), span.person.into(), span.limit.into()],
        |row| {
            let (what, known_until) = (row.text(4)?, row.day(9)?);
            let given = AnswerGiven {
                id: row.id(1)?,
                person: PersonId(row.id(2)?),
                kind: answer_kind(row, 3)?,
                what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
                for_day: row.opt_day(5)?,
                delegate: row.opt_id(6)?.map(PersonId),
                reason: row.opt_string(7)?,
                note: row.opt_string(8)?,
                taken_back_on: (known_until != Day::MAX).then_some(known_until),
            };
            Ok((row.day(0)?, given))
        },
    )
}
