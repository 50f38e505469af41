//! What people judged of an account: its needs, our ability, its targets, a segment set by hand.

use super::Span;
use crate::{Query, Row, StoreError};
use luotsi_core::{
    base::Estimator,
    people::PersonId,
    strategy::Segment,
    units::{Day, Money},
};

#[derive(Clone, Debug)]
pub struct Judgement {
    pub person: Option<PersonId>,
    pub note: Option<String>,
    pub judged: Judged,
}

#[derive(Clone, Debug)]
pub enum Judged {
    /// Told by product group, or in total: then of no groups.
    Need {
        yearly: Money,
        groups: i64,
        estimator: Estimator,
    },
    /// People, offering, processes, relationship.
    Ability([i64; 4]),
    Target {
        year: i64,
        target: Money,
    },
    /// `None`: a decision was taken back.
    Segment(Option<Segment>, Day),
}

pub(super) fn judgements(query: &impl Query, span: &Span) -> Result<Vec<(Day, Judgement)>, StoreError> {
    query.all(
        "-- What did people judge of the account?
select 'segment' as what, from_day as day, person_id, segment as word, reason as note, review_on,
       cast(0 as bigint) as one, cast(0 as bigint) as two, cast(0 as bigint) as three, cast(0 as bigint) as four
  from segment_override
 where account_id = $1
   and known_until = '9999-12-31'
   and from_day between $2::date and $3::date
   and ($4::uuid is null or person_id = $4)
union all
select 'need', day, person_id, estimator, max(justification), null,
       cast(coalesce(max(case when group_id is null then yearly_need_cents end), sum(yearly_need_cents)) as bigint),
       case when count(*) = count(group_id) then count(group_id) else 0 end, 0, 0
  from estimate
 where account_id = $1
   and known_until = '9999-12-31'
   and day between $2::date and $3::date
   and ($4::uuid is null or person_id = $4)
 group by day, person_id, estimator
union all
select 'ability', day, person_id, null, null, null, people, offering, processes, relationship
  from ability
 where account_id = $1
   and known_until = '9999-12-31'
   and day between $2::date and $3::date
   and ($4::uuid is null or person_id = $4)
union all
select 'target', day, person_id, null, null, null, target_cents, year, 0, 0
  from target
 where account_id = $1
   and known_until = '9999-12-31'
   and day between $2::date and $3::date
   and ($4::uuid is null or person_id = $4)
 order by day desc, what, word nulls last, person_id nulls last, two
 limit $5",
        &[span.account.into(), span.from.into(), span.until.into(), span.person.into(), span.limit.into()],
        |row| {
            let judgement = Judgement {
                person: row.opt_id(2)?.map(PersonId),
                note: row.opt_string(4)?,
                judged: judged(row)?,
            };
            Ok((row.day(1)?, judgement))
        },
    )
}

fn judged(row: &Row<'_>) -> Result<Judged, StoreError> {
    let word = row.opt_text(3)?;
    Ok(match row.text(0)? {
        "segment" => Judged::Segment(word.and_then(Segment::parse), row.day(5)?),
        "need" => Judged::Need {
            yearly: row.money(6)?,
            groups: row.int(7)?,
            estimator: word.and_then(Estimator::parse).unwrap_or(Estimator::Owner),
        },
        "ability" => Judged::Ability([row.int(6)?, row.int(7)?, row.int(8)?, row.int(9)?]),
        _ => Judged::Target { year: row.int(7)?, target: row.money(6)? },
    })
}
