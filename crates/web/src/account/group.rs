//! The group of companies an account belongs to: what its accounts are worth, each and together.

use crate::{error::WebError, parts::SegmentChip, web::Visit};
use luotsi_core::{account::AccountId, base::share_of_wallets, units::Money};
use luotsi_store::{
    Reader,
    account::page::{Member, group},
};

const MEMBERS_MAX: usize = 12;

/// Drawn by `account/group.html`.
pub struct Group {
    /// The last of them stands for all that are not shown one by one.
    pub rows: Vec<MemberRow>,
    pub sum: MemberRow,
    /// The account above this one, where it is not among the rows.
    pub above: Option<(String, String)>,
}

pub struct MemberRow {
    pub name: String,
    pub href: Option<String>,
    pub is_this: bool,
    pub segment: Option<SegmentChip>,
    pub current: String,
    pub potential: String,
    pub share: String,
}

/// The account with all below it, else its parent with all below that; `None` when it stands alone.
pub fn group_of(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    this: AccountId,
    parent: Option<(AccountId, String)>,
) -> Result<Option<Group>, WebError> {
    let below = group(reader, this, visit.on())?;
    let (members, above) = match (below.len(), parent) {
        (0 | 1, None) => return Ok(None),
        (0 | 1, Some((parent, _))) => (group(reader, parent, visit.on())?, None),
        (_, parent) => (below, parent.map(|(id, name)| (name, format!("/accounts/{}", id.0)))),
    };
    let t = visit.t;
    let (shown, rest) = members.split_at(members.len().min(MEMBERS_MAX));
    let sum = t.group_sum(members.len() as i64);
    let beyond =
        (!rest.is_empty()).then(|| together(visit, rest, t.group_more(&t.number(rest.len() as i64))));
    Ok(Some(Group {
        rows: shown.iter().map(|member| row(visit, this, member)).chain(beyond).collect(),
        sum: together(visit, &members, sum),
        above,
    }))
}

fn row(visit: &Visit<'_>, this: AccountId, member: &Member) -> MemberRow {
    let t = visit.t;
    MemberRow {
        name: member.name.clone(),
        href: (member.id != this).then(|| format!("/accounts/{}", member.id.0)),
        is_this: member.id == this,
        segment: Some(SegmentChip::new(member.segment, t)),
        current: t.short_money(member.current_value),
        potential: member.potential.map_or(t.none().to_owned(), |potential| t.short_money(potential)),
        share: member.share_of_wallet_millionths.map_or(t.none().to_owned(), |share| t.percent(share)),
    }
}

fn together(visit: &Visit<'_>, members: &[Member], name: String) -> MemberRow {
    let t = visit.t;
    let current: Money = members.iter().map(|member| member.current_value).sum();
    let potential: Money = members.iter().filter_map(|member| member.potential).sum();
    let share = share_of_wallets(members.iter().map(|member| (member.current_value, member.potential)));
    MemberRow {
        name,
        href: None,
        is_this: false,
        segment: None,
        current: t.short_money(current),
        potential: t.short_money(potential),
        share: share.map_or(t.none().to_owned(), |share| t.percent(share.millionths())),
    }
}
