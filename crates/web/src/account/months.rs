//! An account's value by month as a picture of bars, with the same numbers in a table for those who read rather than look.

use crate::{
    markup::{Escaped, Markup},
    texts::Texts,
    web::Visit,
};
use luotsi_core::{
    base::{Facts, Window, window_value},
    units::{Money, Month},
};
use std::fmt::Write;

/// The window of the current value.
const MONTHS: i32 = 12;

/// Drawn by `account/months.html`.
pub struct Months {
    pub line: String,
    /// What the bars stand for.
    pub measure: String,
    pub picture: Markup,
    pub rows: Vec<MonthRow>,
}

pub struct MonthRow {
    pub month: String,
    pub value: String,
    pub before: String,
}

struct Bar {
    month: Month,
    value: Money,
    before: Money,
}

/// `None`: no value has come in two years.
pub fn months(visit: &Visit<'_>, facts: &Facts) -> Option<Months> {
    let t = visit.t;
    let last = Month::last_whole(visit.on());
    let value = |month: Month| window_value(facts, Window::months(month, 1), visit.on(), &visit.base.company);
    let bars: Vec<Bar> = (1 - MONTHS..=0)
        .map(|back| last.plus(back))
        .map(|month| Bar { month, value: value(month), before: value(month.plus(-MONTHS)) })
        .collect();
    if bars.iter().all(|bar| bar.value.cents == 0 && bar.before.cents == 0) {
        return None;
    }
    let sum = |of: fn(&Bar) -> Money| t.short_money(bars.iter().map(of).sum());
    let line = t.value_by_month_line(&sum(|bar| bar.value), &sum(|bar| bar.before));
    Some(Months {
        picture: picture(t, &bars, &line),
        rows: bars
            .iter()
            .map(|bar| MonthRow {
                month: t.month_of(bar.month.first()),
                value: t.money(bar.value),
                before: t.money(bar.before),
            })
            .collect(),
        measure: t.value_measured_by(t.measure_short(visit.strategy().measure)),
        line,
    })
}

const WIDTH: i64 = 384;
const HEIGHT: i64 = 104;
const GROUND: i64 = 88;
const STEP: i64 = WIDTH / MONTHS as i64;

/// A bar a month, the year before as a thin line behind it. Months of a value below zero stand on the ground.
fn picture(t: Texts, bars: &[Bar], reading: &str) -> Markup {
    let most = bars.iter().flat_map(|bar| [bar.value.cents, bar.before.cents]).max().unwrap_or(0).max(1);
    let height = |money: Money| money.cents.max(0) * (GROUND - 8) / most;
    let mut markup = format!(
        "<svg class=\"months\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}: {}\">",
        Escaped(t.value_by_month()),
        Escaped(reading)
    );
    for (bar, place) in bars.iter().zip(0_i64..) {
        let x = place * STEP;
        let (now, before) = (height(bar.value), height(bar.before));
        let _ = write!(
            markup,
            "<rect class=\"months__bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{now}\"/>\
             <rect class=\"months__before\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"2\"/>\
             <text class=\"months__name\" x=\"{}\" y=\"{}\">{}</text>",
            x + 6,
            GROUND - now,
            STEP - 12,
            x + 2,
            GROUND - before,
            STEP - 4,
            x + STEP / 2,
            HEIGHT - 2,
            bar.month.first().date().month()
        );
    }
    let _ = write!(
        markup,
        "<rect class=\"months__ground\" y=\"{GROUND}\" width=\"{WIDTH}\" height=\"1\"/></svg>"
    );
    Markup(markup)
}
