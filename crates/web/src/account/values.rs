//! The values at the head of an account's page, each with what it rests on.

use crate::{texts::Texts, web::Visit};
use luotsi_core::{
    base::{PeerGap, PeerPotential, PeerSet, Potential, PotentialMethod, Values},
    strategy::Measure,
};

/// An estimate older than this many days is stale, yet in force.
const ESTIMATE_DAYS_MAX: i64 = 365;

pub struct ValueView {
    pub name: String,
    pub amount: String,
    pub notes: Vec<Note>,
}

pub struct Note {
    pub text: String,
    pub is_warning: bool,
}

pub fn values(visit: &Visit<'_>, values: &Values) -> Vec<ValueView> {
    let t = visit.t;
    let target_year = visit.on().year();
    vec![
        current(visit, values),
        potential(visit, values),
        ValueView {
            name: t.reachable().to_owned(),
            amount: values.reachable.map_or(t.none().to_owned(), |reachable| t.money(reachable)),
            notes: vec![said(
                t.ability_of(&t.percent(values.ability.share.millionths()), assumed(t, values)),
            )],
        },
        ValueView {
            name: t.share_of_wallet().to_owned(),
            amount: values
                .share_of_wallet
                .map_or(t.none().to_owned(), |wallet| t.percent(wallet.share.millionths())),
            notes: values.share_of_wallet.map_or_else(Vec::new, |wallet| {
                vec![said(if wallet.is_from_peers { t.method_peer() } else { t.wallet_of_need() })]
            }),
        },
        ValueView {
            name: t.customer_target_of(target_year),
            amount: values.customer_target.map_or(t.none().to_owned(), |target| t.money(target)),
            notes: match values.customer_target {
                Some(_) => Vec::new(),
                None => vec![said(t.target_none())],
            },
        },
    ]
}

fn assumed(t: Texts, values: &Values) -> &'static str {
    match values.ability.is_assumed {
        true => t.ability_is_assumed(),
        false => "",
    }
}

fn current(visit: &Visit<'_>, values: &Values) -> ValueView {
    let t = visit.t;
    let measure = match visit.strategy().measure {
        Measure::Revenue => t.measure_revenue(),
        Measure::Margin => t.measure_margin(),
        Measure::Profit => t.measure_profit(),
    };
    let trend = values.trend.map(|trend| {
        let previous = t.previous_value(&t.short_money(values.previous_value));
        said(format!("{} · {previous}", t.change(trend.millionths())))
    });
    ValueView {
        name: t.current_value().to_owned(),
        amount: t.money(values.current_value()),
        notes: trend.into_iter().chain([said(measure)]).collect(),
    }
}

fn potential(visit: &Visit<'_>, values: &Values) -> ValueView {
    let t = visit.t;
    let is_stale = (values.worth.in_force.estimates().iter())
        .any(|estimate| visit.on().days_since(estimate.day) > ESTIMATE_DAYS_MAX);
    let stale = is_stale.then(|| Note { text: t.stale_estimate().to_owned(), is_warning: true });
    ValueView {
        name: t.potential_value().to_owned(),
        amount: values.worth.potential_value().map_or(t.potential_none().to_owned(), |value| t.money(value)),
        notes: values
            .worth
            .potential
            .map(|potential| said(method(t, potential, values)))
            .into_iter()
            .chain(stale)
            .collect(),
    }
}

/// Whose word it is and of which day, or which peers it follows from.
fn method(t: Texts, potential: Potential, values: &Values) -> String {
    let newest = values.worth.in_force.estimates().iter().map(|estimate| estimate.day).max();
    let dated = |method: &str| match newest {
        Some(day) => format!("{method} · {}", t.date(day)),
        None => method.to_owned(),
    };
    match (potential.method, &values.worth.peer) {
        (PotentialMethod::Owner, _) => dated(t.method_owner()),
        (PotentialMethod::Customer, _) => dated(t.method_customer()),
        (PotentialMethod::Peer, Some(peer)) => peers(t, peer),
        (PotentialMethod::Peer, None) => t.method_peer().to_owned(),
    }
}

/// Which gap, how many peers and which.
fn peers(t: Texts, peer: &PeerPotential) -> String {
    let gap = match peer.gap {
        PeerGap::Size => t.peer_size_gap(),
        PeerGap::Mix => t.peer_mix_gap(),
    };
    let set = match peer.set {
        PeerSet::IndustryAndSize => t.peers_of_industry_and_size(),
        PeerSet::Industry => t.peers_of_industry(),
        PeerSet::All => t.peers_of_all(),
    };
    format!("{gap}: {}, {set}", t.peers_count(peer.accounts as i64))
}

fn said(text: impl Into<String>) -> Note {
    Note { text: text.into(), is_warning: false }
}
