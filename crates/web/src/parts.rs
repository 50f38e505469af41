//! Small parts that pages share: an icon, a segment's chip, a bullet.

use crate::{
    assets,
    markup::{Escaped, Markup},
    texts::Texts,
};
use askama::filters::HtmlSafe;
use luotsi_core::{account::phone::dialled, care::CareState, strategy::Segment};
use std::{fmt, sync::LazyLock};

/// The sprite's address does not change while the program runs.
static SPRITE: LazyLock<String> = LazyLock::new(|| assets::address("icons.svg"));

/// A drawing beside a word that says the same.
#[derive(Clone, Copy, Debug)]
pub struct Icon(pub &'static str);

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#{}\"/></svg>", *SPRITE, self.0)
    }
}

impl HtmlSafe for Icon {}

/// A segment as shape, colour and word.
#[derive(Clone, Copy, Debug)]
pub struct SegmentChip {
    name: &'static str,
    label: &'static str,
}

impl SegmentChip {
    pub fn new(segment: Option<Segment>, t: Texts) -> Self {
        Self { name: segment.map_or("none", Segment::name), label: t.segment_name(segment) }
    }
}

impl fmt::Display for SegmentChip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, label } = self;
        write!(
            f,
            "<span class=\"segment segment--{name}\"><svg class=\"segment__shape\" aria-hidden=\"true\">\
             <use href=\"{}#segment-{name}\"/></svg>{label}</span>",
            *SPRITE
        )
    }
}

impl HtmlSafe for SegmentChip {}

/// How far something has come, without a goal of its own: a share of a whole, in millionths.
pub fn share_bullet(millionths: i64, reading: &str) -> Markup {
    let width = percent(millionths, 1_000_000);
    Markup(format!(
        "<svg class=\"bullet bullet--share\" role=\"img\" aria-label=\"{}\"><rect class=\"bullet__ground\" y=\"25%\" width=\"100%\" \
         height=\"50%\"/><rect class=\"bullet__value\" y=\"25%\" width=\"{width}%\" height=\"50%\"/></svg>",
        Escaped(reading)
    ))
}

/// The time since a care line was last done, on the way from done to late. The tick is today.
pub struct Rhythm {
    pub age: i64,
    pub due_at: i64,
    pub late_at: i64,
    pub state: CareState,
}

impl Rhythm {
    pub fn bullet(&self, reading: &str) -> Markup {
        let whole = self.late_at.max(self.age).max(1);
        let today = percent(self.age, whole);
        let (due, late) = (percent(self.due_at, whole), percent(self.late_at, whole));
        let zone = (late - due).max(0.0);
        Markup(format!(
            "<svg class=\"bullet bullet--{}\" role=\"img\" aria-label=\"{}\">\
             <rect class=\"bullet__ground\" y=\"4\" width=\"100%\" height=\"8\"/>\
             <rect class=\"bullet__zone\" x=\"{due}%\" y=\"4\" width=\"{zone}%\" height=\"8\"/>\
             <rect class=\"bullet__value\" y=\"5.5\" width=\"{today}%\" height=\"5\"/>\
             <rect class=\"bullet__limit\" x=\"{late}%\" y=\"4\" width=\"1.5\" height=\"8\"/>\
             <rect class=\"bullet__tick\" x=\"{today}%\" y=\"0\" width=\"2\" height=\"16\" \
             transform=\"translate(-1 0)\"/></svg>",
            self.state.name(),
            Escaped(reading)
        ))
    }
}

/// Of `whole`, in percent with one decimal.
fn percent(part: i64, whole: i64) -> f64 {
    (part.clamp(0, whole) as f64 * 1000.0 / whole as f64).round() / 10.0
}

/// A telephone number as it was told, and as a telephone dials it.
pub struct Phone {
    pub label: String,
    /// `None`: no number stands in it.
    pub href: Option<String>,
}

impl Phone {
    pub fn of(label: String) -> Self {
        Self { href: dialled(&label).map(|number| format!("tel:{number}")), label }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bullet_never_runs_over_its_ground() {
        let late = Rhythm { age: 200, due_at: 50, late_at: 75, state: CareState::Late };

        let markup = late.bullet("a \"quoted\" reading").0;

        assert!(markup.contains("class=\"bullet__value\" y=\"5.5\" width=\"100%\""), "{markup}");
        assert!(markup.contains("x=\"25%\" y=\"4\" width=\"12.5%\""), "{markup}");
        assert!(markup.contains("a &quot;quoted&quot; reading"), "{markup}");
    }
}
