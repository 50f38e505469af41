//! The sales lines of accounts, packed: read for the peers, they need not be read again for the accounts themselves.

use luotsi_core::{
    account::AccountId,
    base::Facts,
    offering::GroupNo,
    sales::SalesLine,
    units::{Day, Known, Money},
};
use std::collections::HashMap;

/// Lines take eight to twelve bytes, so this holds those of some hundred thousand accounts. What does not fit is read again.
const BYTES_MAX: usize = 128 << 20;

/// Ends the belief in the line.
const IS_SUPERSEDED: u64 = 1;
/// Known on another day than its own.
const IS_KNOWN_LATER: u64 = 2;
const HAS_COST: u64 = 4;
const FLAGS: u32 = 3;

#[derive(Default)]
pub struct KeptSales {
    lines: HashMap<AccountId, PackedSales>,
    bytes: usize,
}

impl KeptSales {
    pub fn keep(&mut self, account: AccountId, sales: PackedSales) {
        if self.bytes + sales.bytes.len() <= BYTES_MAX {
            self.bytes += sales.bytes.len();
            self.lines.insert(account, sales);
        }
    }

    /// `None`: they are to be read.
    pub fn of(&self, account: AccountId) -> Option<Vec<SalesLine>> {
        self.lines.get(&account).map(PackedSales::lines)
    }
}

/// The sales lines of one account, in order of day.
pub struct PackedSales {
    bytes: Box<[u8]>,
    count: usize,
}

impl PackedSales {
    pub fn of(facts: &Facts) -> Self {
        let mut bytes = Vec::with_capacity(facts.sales.len() * 12);
        let mut before = 0;
        for line in &facts.sales {
            pack(line, before, &mut bytes);
            before = line.day.since_epoch();
        }
        Self { bytes: bytes.into_boxed_slice(), count: facts.sales.len() }
    }

    fn lines(&self) -> Vec<SalesLine> {
        let (mut rest, mut before) = (&*self.bytes, 0);
        let line = |_| {
            let line = unpacked(&mut rest, before);
            before = line.day.since_epoch();
            line
        };
        (0..self.count).map(line).collect()
    }
}

/// `before`: the day of the line before, since 1970.
fn pack(line: &SalesLine, before: i32, out: &mut Vec<u8>) {
    let Known { from, until } = line.known;
    let group = line.group.map_or(0, |group| u64::from(group.0) + 1);
    let flag = |is_so: bool, flag: u64| if is_so { flag } else { 0 };
    let flags = flag(until != Day::MAX, IS_SUPERSEDED)
        | flag(from != line.day, IS_KNOWN_LATER)
        | flag(line.cost.is_some(), HAS_COST);
    put(group << FLAGS | flags, out);
    put_signed((line.day.since_epoch() - before).into(), out);
    put_signed(line.net.cents, out);
    if until != Day::MAX {
        put_signed(until.since_epoch().into(), out);
    }
    if from != line.day {
        put_signed(from.since_epoch().into(), out);
    }
    if let Some(cost) = line.cost {
        put_signed(cost.cents, out);
    }
}

fn unpacked(rest: &mut &[u8], before: i32) -> SalesLine {
    let head = take(rest);
    let has = |flag: u64| head & flag != 0;
    let day_of = |since: i64| Day::from_since_epoch(since as i32);
    let day = day_of(i64::from(before) + take_signed(rest));
    let net = Money::cents(take_signed(rest));
    let until = if has(IS_SUPERSEDED) { day_of(take_signed(rest)) } else { Day::MAX };
    let from = if has(IS_KNOWN_LATER) { day_of(take_signed(rest)) } else { day };
    let cost = has(HAS_COST).then(|| Money::cents(take_signed(rest)));
    let group = (head >> FLAGS).checked_sub(1).map(|group| GroupNo(group as u32));
    SalesLine { day, known: Known { from, until }, group, net, cost }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take(rest: &mut &[u8]) -> u64 {
    let mut number = 0;
    for place in (0..u64::BITS).step_by(7) {
        let Some((byte, later)) = rest.split_first() else { break };
        *rest = later;
        number |= u64::from(byte & 0x7f) << place;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

/// Small numbers of either sign stay short.
fn put_signed(number: i64, out: &mut Vec<u8>) {
    put((number << 1 ^ number >> 63) as u64, out);
}

fn take_signed(rest: &mut &[u8]) -> i64 {
    let number = take(rest);
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days() -> impl Strategy<Value = Day> {
        let near = (10_000..30_000).prop_map(Day::from_since_epoch);
        prop_oneof![8 => near, 1 => Just(Day::MIN), 1 => Just(Day::MAX)]
    }

    fn money() -> impl Strategy<Value = Money> {
        prop_oneof![-2_000_000..2_000_000_i64, any::<i64>()].prop_map(Money::cents)
    }

    prop_compose! {
        fn lines()(
            day in days(),
            from in prop::option::of(days()),
            until in prop::option::of(days()),
            group in prop::option::of(any::<u32>()),
            net in money(),
            cost in prop::option::of(money()),
        ) -> SalesLine {
            let known = Known { from: from.unwrap_or(day), until: until.unwrap_or(Day::MAX) };
            SalesLine { day, known, group: group.map(GroupNo), net, cost }
        }
    }

    proptest! {
        #[test]
        fn lines_come_back_as_they_were(mut sales in prop::collection::vec(lines(), 0..20)) {
            sales.sort_by_key(|line| line.day);
            let (mut bytes, mut before) = (Vec::new(), 0);
            for line in &sales {
                pack(line, before, &mut bytes);
                before = line.day.since_epoch();
            }
            let packed = PackedSales { bytes: bytes.into_boxed_slice(), count: sales.len() };

            prop_assert_eq!(packed.lines(), sales);
        }
    }
}
