//! The picture of the base: current value to the right, potential upwards, the segments' fields behind the points.

use super::{
    axis::{Axis, LENGTH},
    view::{Colour, View},
};
use crate::{
    account::{listed::Listed, listed::euros_name},
    error::WebError,
    markup::Markup,
    page::Choice,
    parts::SegmentChip,
    texts::Texts,
    web::Visit,
};
use luotsi_core::{
    people::PersonId,
    strategy::{Segment, Thresholds},
    units::Money,
};
use luotsi_store::{
    Reader,
    account::list::{InSegment, OwnedBy, Range},
    base::page::{OwnerCount, Point, SegmentSum, accounts_by_owner},
};
use std::{collections::HashMap, fmt::Write};

/// More owners than this are not told apart by colour.
const OWNERS_MAX: usize = 7;

/// Both axes and what they were made for.
#[derive(Clone, Copy, Debug)]
pub struct Axes {
    pub current: Axis,
    pub potential: Axis,
    pub thresholds: Option<Thresholds>,
}

impl Axes {
    pub fn over(sums: &[SegmentSum], thresholds: Option<Thresholds>) -> Self {
        let (of_current, of_potential) = limits(thresholds);
        let least = sums.iter().map(|sum| sum.current_min).min().unwrap_or_default();
        let largest = sums.iter().map(|sum| sum.current_max).max().unwrap_or_default();
        let potential = sums.iter().map(|sum| sum.potential_max).max().unwrap_or_default();
        Self {
            current: Axis::over(least, largest, &of_current),
            potential: Axis::over(Money::ZERO, potential, &of_potential),
            thresholds,
        }
    }

    /// Five bytes a point: places to the right, then places upwards, two bytes each with the lower first, then one byte
    /// a category.
    pub fn packed(self, points: &[(Point, u8)]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(points.len() * 5);
        packed.extend(
            points.iter().flat_map(|(point, _)| self.current.place(point.current_value).to_le_bytes()),
        );
        packed
            .extend(points.iter().flat_map(|(point, _)| self.potential.place(point.potential).to_le_bytes()));
        packed.extend(points.iter().map(|(_, category)| category));
        packed
    }
}

/// The thresholds along each axis.
fn limits(thresholds: Option<Thresholds>) -> (Vec<Money>, Vec<Money>) {
    let Some(thresholds) = thresholds else { return (Vec::new(), Vec::new()) };
    (
        vec![thresholds.current, thresholds.strategic_current],
        vec![thresholds.potential, thresholds.strategic_potential],
    )
}

/// What a colour stands for, with how many accounts have it and the way to them.
pub struct LegendItem {
    pub category: usize,
    pub class: String,
    pub shape: &'static str,
    pub label: String,
    pub accounts: String,
    pub href: Option<String>,
}

/// The categories of the points, in the order of their numbers.
pub struct Categories {
    colour: Colour,
    owners: HashMap<Option<PersonId>, u8>,
    counts: Vec<OwnerCount>,
}

impl Categories {
    pub fn of(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Self, WebError> {
        let counts = match view.colour {
            Colour::Owner => accounts_by_owner(reader, &crate::account::list::filter(visit, &view.whole()))?,
            Colour::Segment | Colour::Care => Vec::new(),
        };
        let named = counts.iter().filter(|count| count.owner.is_some()).take(OWNERS_MAX);
        let owners = named.zip(0_u8..).map(|(count, number)| (count.owner, number)).collect();
        Ok(Self { colour: view.colour, owners, counts })
    }

    pub fn category(&self, point: &Point) -> u8 {
        match self.colour {
            Colour::Segment => segment_category(point.segment),
            Colour::Owner => self.owner_category(point.owner),
            Colour::Care if point.care_lines == 0 => 2,
            Colour::Care if point.care_lines_kept < point.care_lines => 1,
            Colour::Care => 0,
        }
    }

    fn owner_category(&self, owner: Option<PersonId>) -> u8 {
        let after_named = OWNERS_MAX as u8;
        match owner {
            Some(_) => self.owners.get(&owner).copied().unwrap_or(after_named),
            None => after_named + 1,
        }
    }

    pub fn legend(&self, visit: &Visit<'_>, view: &View, sums: &[SegmentSum]) -> Vec<LegendItem> {
        match self.colour {
            Colour::Segment => by_segment(visit.t, view, sums),
            Colour::Owner => self.by_owner(visit, view),
            Colour::Care => by_care(visit.t, sums),
        }
    }

    fn by_owner(&self, visit: &Visit<'_>, view: &View) -> Vec<LegendItem> {
        let t = visit.t;
        let item = |category: usize, label: String, accounts: i64, owner: Option<OwnedBy>| LegendItem {
            category,
            class: format!("shade shade--{category}"),
            shape: "acquisition",
            label,
            accounts: t.number(accounts),
            href: owner.map(|owner| {
                let listed = Listed { owner: Some(owner), ..view.listed.clone() };
                View { listed, ..view.clone() }.url()
            }),
        };
        let (mut others, mut legend) = (0, Vec::new());
        for count in &self.counts {
            match (count.owner, self.owners.get(&count.owner)) {
                (Some(person), Some(category)) => legend.push(item(
                    usize::from(*category),
                    visit.person_name(Some(person)),
                    count.accounts,
                    Some(OwnedBy::Person(person)),
                )),
                (Some(_), None) => others += count.accounts,
                (None, _) => legend.push(item(
                    OWNERS_MAX + 1,
                    t.owner_none().to_owned(),
                    count.accounts,
                    Some(OwnedBy::Nobody),
                )),
            }
        }
        if others > 0 {
            legend.push(item(OWNERS_MAX, t.other_owners().to_owned(), others, None));
        }
        legend
    }
}

fn segment_category(segment: Option<Segment>) -> u8 {
    match segment {
        Some(Segment::Strategic) => 0,
        Some(Segment::Growth) => 1,
        Some(Segment::Retention) => 2,
        Some(Segment::Efficiency) => 3,
        Some(Segment::Acquisition) => 4,
        None => 5,
    }
}

fn by_segment(t: Texts, view: &View, sums: &[SegmentSum]) -> Vec<LegendItem> {
    let item = |segment: Option<Segment>| {
        let accounts = sums.iter().find(|sum| sum.segment == segment).map_or(0, |sum| sum.with_potential);
        let name = segment.map_or("none", Segment::name);
        let asked = segment.map_or(InSegment::NotAssessed, InSegment::Segment);
        let listed = Listed { segment: Some(asked), ..view.listed.clone() };
        (accounts > 0).then(|| LegendItem {
            category: usize::from(segment_category(segment)),
            class: format!("segment segment--{name}"),
            shape: name,
            label: t.segment_name(segment).to_owned(),
            accounts: t.number(accounts),
            href: Some(View { listed, ..view.clone() }.url()),
        })
    };
    Segment::ALL.into_iter().map(Some).chain([None]).filter_map(item).collect()
}

fn by_care(t: Texts, sums: &[SegmentSum]) -> Vec<LegendItem> {
    let sum = |count: fn(&SegmentSum) -> i64| sums.iter().map(count).sum::<i64>();
    let (kept, late) = (sum(|sum| sum.accounts_kept), sum(|sum| sum.accounts_late));
    let none = sum(|sum| sum.with_potential) - kept - late;
    [
        (0, "shade shade--kept", "acquisition", t.care_all_kept(), kept),
        (1, "shade shade--late", "growth", t.care_some_late(), late),
        (2, "shade shade--idle", "efficiency", t.care_without_lines(), none),
    ]
    .into_iter()
    .filter(|(.., accounts)| *accounts > 0)
    .map(|(category, class, shape, label, accounts)| LegendItem {
        category,
        class: class.to_owned(),
        shape,
        label: label.to_owned(),
        accounts: t.number(accounts),
        href: None,
    })
    .collect()
}

/// The picture without its points: what stands behind and before them is drawn here, so that it needs no script.
pub struct MatrixView {
    /// Where the points are.
    pub source: String,
    /// Where one point's account is told.
    pub one: String,
    pub ground: Markup,
    pub words: Markup,
    pub current_steps: String,
    pub potential_steps: String,
    pub unlimited: &'static str,
}

impl MatrixView {
    pub fn new(t: Texts, view: &View, axes: Axes, sums: &[SegmentSum], version: &str) -> Self {
        let (of_current, of_potential) = limits(axes.thresholds);
        let mut pairs = View { listed: view.whole(), moved: None, ..view.clone() }.pairs();
        pairs.retain(|(name, _)| !matches!(*name, "from" | "to"));
        pairs.push(("v", version.to_owned()));
        let query = crate::account::listed::query(&pairs);
        Self {
            source: format!("/base/points?{query}"),
            one: format!("/base/point?{query}&number="),
            ground: Markup(ground(axes)),
            words: Markup(words(t, view, axes, sums)),
            current_steps: steps(t, axes.current, &of_current),
            potential_steps: steps(t, axes.potential, &of_potential),
            unlimited: t.unlimited(),
        }
    }
}

/// `place|value in a URL|words` of every value that a selection may end at; the ends of the axis are no limit.
fn steps(t: Texts, axis: Axis, thresholds: &[Money]) -> String {
    let mut written = String::from("0||");
    for step in axis.steps(thresholds) {
        // Writing to a string cannot fail.
        let _ = write!(written, ";{}|{}|{}", axis.place(step), euros_name(step), t.short_money(step));
    }
    let _ = write!(written, ";{LENGTH}||");
    written
}

fn percent(share: f64) -> f64 {
    (share * 10_000.0).round() / 100.0
}

/// Left, top, width and height of a field of the picture, in percent.
#[derive(Clone, Copy)]
struct Field {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Field {
    /// Between shares of the axes.
    fn between((left, right): (f64, f64), (low, high): (f64, f64)) -> Self {
        Self {
            left: percent(left),
            top: percent(1.0 - high),
            width: percent(right - left),
            height: percent(high - low),
        }
    }

    fn rect(self, class: &str) -> String {
        let Self { left, top, width, height } = self;
        format!(
            "<rect class=\"{class}\" x=\"{left}%\" y=\"{top}%\" width=\"{width}%\" height=\"{height}%\"/>"
        )
    }
}

/// Shares of the axes at which the fields meet.
struct Corners {
    current: f64,
    potential: f64,
    strategic_current: f64,
    strategic_potential: f64,
}

impl Corners {
    fn of(axes: Axes) -> Option<Self> {
        let thresholds = axes.thresholds?;
        Some(Self {
            current: axes.current.share(thresholds.current),
            potential: axes.potential.share(thresholds.potential),
            strategic_current: axes.current.share(thresholds.strategic_current),
            strategic_potential: axes.potential.share(thresholds.strategic_potential),
        })
    }

    fn field(&self, segment: Segment) -> Field {
        match segment {
            Segment::Acquisition => Field::between((0.0, self.current), (self.potential, 1.0)),
            Segment::Growth => Field::between((self.current, 1.0), (self.potential, 1.0)),
            Segment::Strategic => {
                Field::between((self.strategic_current, 1.0), (self.strategic_potential, 1.0))
            }
            Segment::Retention => Field::between((self.current, 1.0), (0.0, self.potential)),
            Segment::Efficiency => Field::between((0.0, self.current), (0.0, self.potential)),
        }
    }
}

/// The fields of the segments and the lines of the axes.
fn ground(axes: Axes) -> String {
    let mut svg = String::new();
    if let Some(corners) = Corners::of(axes) {
        for segment in [
            Segment::Acquisition,
            Segment::Growth,
            Segment::Retention,
            Segment::Efficiency,
            Segment::Strategic,
        ] {
            svg.push_str(
                &corners.field(segment).rect(&format!("matrix__zone matrix__zone--{}", segment.name())),
            );
        }
    }
    for tick in axes.current.ticks() {
        let at = percent(axes.current.share(tick));
        svg.push_str(&line("matrix__grid", (at, at), (0.0, 100.0)));
    }
    for tick in axes.potential.ticks() {
        let at = percent(1.0 - axes.potential.share(tick));
        svg.push_str(&line("matrix__grid", (0.0, 100.0), (at, at)));
    }
    if let Some(corners) = Corners::of(axes) {
        let (right, up) = (percent(corners.current), percent(1.0 - corners.potential));
        svg.push_str(&line("matrix__threshold", (right, right), (0.0, 100.0)));
        svg.push_str(&line("matrix__threshold", (0.0, 100.0), (up, up)));
    }
    svg
}

fn line(class: &str, (x1, x2): (f64, f64), (y1, y2): (f64, f64)) -> String {
    format!("<line class=\"{class}\" x1=\"{x1}%\" x2=\"{x2}%\" y1=\"{y1}%\" y2=\"{y2}%\"/>")
}

/// The names of the fields with what is in them, the values along the axes, and the rectangle that is selected.
fn words(t: Texts, view: &View, axes: Axes, sums: &[SegmentSum]) -> String {
    let mut svg = String::new();
    for tick in axes.current.ticks() {
        let at = percent(axes.current.share(tick));
        let label = t.round_money(tick);
        let _ = write!(
            svg,
            "<text class=\"matrix__tick matrix__tick--current\" x=\"{at}%\" y=\"100%\" dy=\"1.5em\">{label}</text>"
        );
    }
    for tick in axes.potential.ticks() {
        let at = percent(1.0 - axes.potential.share(tick));
        let label = t.round_money(tick);
        let _ = write!(
            svg,
            "<text class=\"matrix__tick matrix__tick--potential\" x=\"0\" y=\"{at}%\" dx=\"-0.6em\" dy=\"0.35em\">{label}</text>"
        );
    }
    if let Some(corners) = Corners::of(axes) {
        for segment in Segment::ALL {
            svg.push_str(&name(t, corners.field(segment), segment, sums));
        }
    }
    if view.selected().is_some() {
        svg.push_str(&selection(view, axes).rect("matrix__selection"));
    }
    svg
}

/// A field's name in the corner that is farthest from the others.
fn name(t: Texts, field: Field, segment: Segment, sums: &[SegmentSum]) -> String {
    let (right, bottom) = (field.left + field.width, field.top + field.height);
    let (x, y, is_at_end, is_below) = match segment {
        Segment::Acquisition => (field.left, field.top, false, false),
        Segment::Growth => (field.left, field.top, false, false),
        Segment::Strategic => (right, field.top, true, false),
        Segment::Retention => (right, bottom, true, true),
        Segment::Efficiency => (field.left, bottom, false, true),
    };
    let of = sums.iter().find(|sum| sum.segment == Some(segment));
    let amounts = of.map_or_else(String::new, |sum| {
        format!("{} · {}", t.number(sum.accounts), t.short_money(sum.current_value))
    });
    let (first, second) = if is_below { ("-2em", "-0.8em") } else { ("1.4em", "3.1em") };
    let inset = if is_at_end { "-0.7em" } else { "0.7em" };
    let anchor = if is_at_end { " text-anchor=\"end\"" } else { "" };
    format!(
        "<g class=\"matrix__name segment--{}\"><text{anchor} x=\"{x}%\" y=\"{y}%\" dx=\"{inset}\" dy=\"{first}\">{}</text>\
         <text class=\"matrix__amounts\"{anchor} x=\"{x}%\" y=\"{y}%\" dx=\"{inset}\" dy=\"{second}\">{amounts}</text></g>",
        segment.name(),
        t.segment_name(Some(segment))
    )
}

fn selection(view: &View, axes: Axes) -> Field {
    let across = |axis: Axis, range: Range| {
        (range.min.map_or(0.0, |min| axis.share(min)), range.max.map_or(1.0, |max| axis.share(max)))
    };
    let (left, right) = across(axes.current, view.listed.current_value);
    let (low, high) = across(axes.potential, view.listed.potential);
    Field::between((left, right.max(left)), (low, high.max(low)))
}

/// The choices of what the colours say.
pub fn colours(t: Texts, view: &View) -> Vec<Choice> {
    Colour::ALL
        .into_iter()
        .map(|colour| Choice {
            label: match colour {
                Colour::Segment => t.segment(),
                Colour::Owner => t.owner(),
                Colour::Care => t.care_kept(),
            }
            .to_owned(),
            href: View { colour, ..view.clone() }.url(),
            is_here: colour == view.colour,
        })
        .collect()
}

/// One account of the picture, as its card says.
pub struct Card {
    pub href: String,
    pub name: String,
    pub segment: SegmentChip,
    pub owner: String,
    pub current_value: String,
    pub potential: String,
}
