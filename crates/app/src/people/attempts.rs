//! Guessing costs time: after some log-ins in vain the next must wait, longer each time; counted for the email and for
//! the address it comes from, in the database, so that neither a restart nor another server forgets.

use super::hash;
use luotsi_store::{
    Query, StoreError, Work,
    people::access::{Attempts, attempts, clear_attempts, forget_attempts, set_attempts},
};

const SECOND: i64 = 1_000_000;
/// Failures older than this no longer count.
const FORGOTTEN_AFTER: i64 = 24 * 3600 * SECOND;

/// Whom or what a count is kept of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Email,
    Address,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Address => "address",
        }
    }

    /// An office shares its address, so it may err more often.
    fn free(self) -> i64 {
        match self {
            Self::Email => 5,
            Self::Address => 30,
        }
    }
}

/// Where a log-in comes from and whom it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// In small letters.
    pub email: String,
    /// Empty where it is not known.
    pub address: String,
}

impl Attempt {
    fn subjects(&self) -> Vec<(Kind, String)> {
        let address = (!self.address.is_empty()).then(|| (Kind::Address, hash(&self.address)));
        [(Kind::Email, hash(&self.email))].into_iter().chain(address).collect()
    }
}

/// Counts the attempt before it is looked at, so that many at once count as many; from when on it may be made, if not
/// now: then it is not counted.
pub fn begin(work: &Work<'_>, attempt: &Attempt, now: i64) -> Result<Option<i64>, StoreError> {
    let subjects = attempt.subjects();
    let mut kept = Vec::new();
    for (kind, subject) in subjects {
        kept.push((kind, so_far(work, kind, &subject, now)?, subject));
    }
    let wait_until = kept.iter().map(|(_, so_far, _)| so_far.wait_until).max().unwrap_or(0);
    if now < wait_until {
        return Ok(Some(wait_until));
    }
    for (kind, so_far, subject) in kept {
        let failures = so_far.failures + 1;
        let wait_until = now + delay(failures - kind.free());
        set_attempts(work, kind.name(), &subject, Attempts { failures, last_at: now, wait_until })?;
    }
    Ok(None)
}

/// It went well: the email's count begins anew. The address's does not, or one's own log-in in between would let one
/// guess on at others'.
pub fn went_well(work: &Work<'_>, attempt: &Attempt) -> Result<(), StoreError> {
    clear_attempts(work, Kind::Email.name(), &hash(&attempt.email))
}

/// Counts that no longer matter.
pub fn forget_old(work: &Work<'_>, now: i64) -> Result<(), StoreError> {
    forget_attempts(work, now - FORGOTTEN_AFTER).map(drop)
}

fn so_far(query: &impl Query, kind: Kind, subject: &str, now: i64) -> Result<Attempts, StoreError> {
    let kept = attempts(query, kind.name(), subject)?;
    let nothing = Attempts { failures: 0, last_at: now, wait_until: 0 };
    Ok(kept.filter(|kept| now < kept.last_at + FORGOTTEN_AFTER).unwrap_or(nothing))
}

/// 5, 10, 20 seconds and so on, up to five minutes: a guesser gets some hundred tries a day, a person who forgot waits
/// no longer than for a cup of coffee.
fn delay(failures_beyond: i64) -> i64 {
    const FIRST: i64 = 5;
    const LONGEST: i64 = 300;
    match failures_beyond {
        ..0 => 0,
        0..6 => (FIRST << failures_beyond).min(LONGEST) * SECOND,
        6.. => LONGEST * SECOND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_up_to_five_minutes() {
        let waits: Vec<i64> = (-1..9).map(|beyond| delay(beyond) / SECOND).collect();

        assert_eq!(waits, [0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
    }
}
