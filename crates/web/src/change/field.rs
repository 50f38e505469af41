//! One field of a form: label, control, hint, what is wrong, what it holds now.

use crate::markup::{Escaped, Markup};
use askama::{Template, filters::HtmlSafe};

#[derive(Clone, Debug, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    pub id: String,
    pub name: String,
    pub label: String,
    pub value: String,
    pub control: Control,
    pub hint: Option<String>,
    pub error: Option<String>,
    /// What somebody else made of it meanwhile.
    pub now: Option<String>,
    /// What a browser may fill in.
    pub complete: Option<&'static str>,
    pub is_focused: bool,
    /// Where the place says what the field is: the label is read out only.
    pub is_label_hidden: bool,
}

#[derive(Clone, Debug)]
pub enum Control {
    /// An input of this type.
    Line(&'static str),
    Number,
    /// So many rows.
    Lines(u8),
    Choice(Vec<Chosen>),
    /// A line with what others have written there.
    Suggested(Vec<String>),
    Tick(bool),
}

#[derive(Clone, Debug)]
pub struct Chosen {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl HtmlSafe for Field {}

impl Field {
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// As in the `autocomplete` attribute.
    pub fn completed(self, by: &'static str) -> Self {
        Self { complete: Some(by), ..self }
    }

    pub fn focused(self) -> Self {
        Self { is_focused: true, ..self }
    }

    pub fn unlabelled(self) -> Self {
        Self { is_label_hidden: true, ..self }
    }

    /// The attributes that every control has.
    fn about(&self) -> Markup {
        let mut about = format!("id=\"{}\" name=\"{}\"", Escaped(&self.id), Escaped(&self.name));
        if let Some(ids) = self.described_by() {
            about.push_str(&format!(" aria-describedby=\"{}\"", Escaped(&ids)));
        }
        if self.error.is_some() {
            about.push_str(" aria-invalid=\"true\"");
        }
        if self.is_focused {
            about.push_str(" autofocus");
        }
        Markup(about)
    }

    /// The texts about the field, for those who hear the page.
    fn described_by(&self) -> Option<String> {
        let parts =
            [("error", self.error.is_some()), ("now", self.now.is_some()), ("hint", self.hint.is_some())];
        let ids: Vec<String> = parts
            .iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(part, _)| format!("{}-{part}", self.id))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
