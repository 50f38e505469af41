//! The sales lines of accounts, packed: read once for the peers, they need not be read from the database again, neither
//! for more month ends nor for the accounts themselves.

use luotsi_core::{
    account::AccountId,
    offering::GroupNo,
    sales::SalesLine,
    units::{Day, Known, Money},
};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Mutex, PoisonError},
};

/// Lines take eight to twelve bytes, so this holds those of some hundred thousand accounts; what is more goes into a file
/// without a name, which ends with the watch.
const BYTES_IN_MEMORY: usize = 128 << 20;

/// Ends the belief in the line.
const IS_SUPERSEDED: u64 = 1;
/// Known on another day than its own.
const IS_KNOWN_LATER: u64 = 2;
const HAS_COST: u64 = 4;
const FLAGS: u32 = 3;

pub struct KeptSales {
    accounts: HashMap<AccountId, Place>,
    bytes_in_memory: usize,
    room_in_memory: usize,
    spool: Option<Spool>,
}

enum Place {
    Memory(PackedSales),
    Spool { at: u64, bytes: usize, count: usize },
}

struct Spool {
    file: Mutex<File>,
    length: u64,
}

impl KeptSales {
    pub fn new() -> Self {
        Self::with_room(BYTES_IN_MEMORY)
    }

    fn with_room(room_in_memory: usize) -> Self {
        Self { accounts: HashMap::new(), bytes_in_memory: 0, room_in_memory, spool: None }
    }

    /// What there is no room for, neither in memory nor on disk, is read from the database again.
    pub fn keep(&mut self, account: AccountId, sales: PackedSales) {
        let bytes = sales.bytes.len();
        if self.bytes_in_memory + bytes <= self.room_in_memory {
            self.bytes_in_memory += bytes;
            self.accounts.insert(account, Place::Memory(sales));
        } else if let Ok(at) = self.spooled(&sales.bytes) {
            self.accounts.insert(account, Place::Spool { at, bytes, count: sales.count });
        }
    }

    /// Where they begin.
    fn spooled(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let spool = match &mut self.spool {
            Some(spool) => spool,
            None => self.spool.insert(Spool { file: Mutex::new(tempfile::tempfile()?), length: 0 }),
        };
        let at = spool.length;
        let mut file = spool.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)?;
        spool.length += bytes.len() as u64;
        Ok(at)
    }

    /// `None`: they are to be read.
    pub fn of(&self, account: AccountId) -> Option<Vec<SalesLine>> {
        match self.accounts.get(&account)? {
            Place::Memory(sales) => Some(unpacked(&sales.bytes, sales.count)),
            Place::Spool { at, bytes, count } => {
                let bytes = self.spool.as_ref()?.read(*at, *bytes).ok()?;
                Some(unpacked(&bytes, *count))
            }
        }
    }
}

impl Spool {
    fn read(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// The sales lines of one account, in order of day.
pub struct PackedSales {
    bytes: Box<[u8]>,
    count: usize,
}

impl PackedSales {
    pub fn of(sales: &[SalesLine]) -> Self {
        let mut bytes = Vec::with_capacity(sales.len() * 12);
        let mut before = 0;
        for line in sales {
            pack(line, before, &mut bytes);
            before = line.day.since_epoch();
        }
        Self { bytes: bytes.into_boxed_slice(), count: sales.len() }
    }
}

fn unpacked(mut rest: &[u8], count: usize) -> Vec<SalesLine> {
    let mut before = 0;
    let line = |_| {
        let line = unpack(&mut rest, before);
        before = line.day.since_epoch();
        line
    };
    (0..count).map(line).collect()
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

fn unpack(rest: &mut &[u8], before: i32) -> SalesLine {
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
    use uuid::Uuid;

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
        fn lines_come_back_as_they_were(
            mut sales in prop::collection::vec(prop::collection::vec(lines(), 0..20), 0..6),
            room in 0..200_usize,
        ) {
            let mut kept = KeptSales::with_room(room);
            for (number, lines) in (0..).zip(&mut sales) {
                lines.sort_by_key(|line| line.day);
                kept.keep(AccountId(Uuid::from_u128(number)), PackedSales::of(lines));
            }

            for (number, lines) in (0..).zip(sales) {
                prop_assert_eq!(kept.of(AccountId(Uuid::from_u128(number))), Some(lines));
            }
            prop_assert_eq!(kept.of(AccountId(Uuid::max())), None);
        }
    }
}
