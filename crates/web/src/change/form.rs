//! A form as it is drawn: untouched, or as it was sent with what is wrong with it.

use super::{Chosen, Field, Now, Typed, Wrong, field::Control};
use crate::{
    markup::{Escaped, Markup},
    page,
    texts::Texts,
};
use std::{cell::Cell, rc::Rc};

/// What became of the form that was sent, if any was: each form of a page finds itself in it by its address.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    made: Option<Made>,
    /// A query that the addresses of the forms carry along.
    along: String,
    /// Whether the page has drawn what was sent once more.
    is_drawn: Rc<Cell<bool>>,
}

#[derive(Clone, Debug)]
struct Made {
    action: String,
    typed: Typed,
    wrong: Vec<Wrong>,
    now: Vec<Now>,
}

impl Attempt {
    /// With a query that each form carries along, so that its page is shown again as it was looked at.
    pub fn along(self, query: String) -> Self {
        Self { along: query, ..self }
    }

    /// What others have made of it is told, and beside the fields what they hold now. `typed`: where nothing was touched
    /// it says what they say.
    pub fn meanwhile(mut self, typed: Typed, now: Vec<Now>, told: Vec<Wrong>) -> Self {
        if let Some(made) = &mut self.made {
            made.typed = typed;
            made.now.extend(now);
            made.wrong.extend(told);
        }
        self
    }

    /// What is wrong with `from` is told beside `to`, where a person typed.
    pub fn told_at(mut self, from: &str, to: &str) -> Self {
        if let Some(made) = &mut self.made {
            let wrong = made.wrong.iter_mut().map(|wrong| &mut wrong.field);
            let now = made.now.iter_mut().map(|now| &mut now.field);
            wrong.chain(now).filter(|field| *field == from).for_each(|field| *field = to.to_owned());
        }
        self
    }
}

/// One form of a page.
#[derive(Clone, Debug)]
pub struct Form {
    /// Unique on the page; begins the ids of the fields.
    pub id: String,
    pub action: String,
    /// What is wrong with the form as a whole.
    pub faults: Vec<String>,
    made: Option<Made>,
    t: Texts,
}

impl Attempt {
    /// No form was sent: the page was only asked for.
    pub fn none() -> Self {
        Self::default()
    }

    pub(super) fn made(action: String, typed: Typed, wrong: Vec<Wrong>, now: Vec<Now>) -> Self {
        Self { made: Some(Made { action, typed, wrong, now }), ..Self::default() }
    }

    pub fn is_made(&self) -> bool {
        self.made.is_some()
    }

    /// Whether the form that was sent has found its place on the page: what it is about may have gone meanwhile, or have
    /// become somebody else's.
    pub(super) fn is_drawn(&self) -> bool {
        self.is_drawn.get()
    }

    /// What is wrong with the form as a whole.
    pub(super) fn faults(&self) -> Vec<String> {
        let whole = |wrong: &&Wrong| wrong.field.is_empty();
        let wrong = self.made.iter().flat_map(|made| made.wrong.iter()).filter(whole);
        wrong.map(|wrong| wrong.sentence.clone()).collect()
    }

    /// What was typed into a field; `None` where no form was sent.
    pub fn typed(&self, field: &str) -> Option<&str> {
        self.is_drawn.set(true);
        self.made.as_ref().map(|made| made.typed.text(field))
    }

    /// All that was sent of a field that may be given several times.
    pub fn sent(&self, field: &str) -> Vec<&str> {
        self.is_drawn.set(true);
        self.made.as_ref().map_or_else(Vec::new, |made| made.typed.all(field).collect())
    }

    pub fn form(&self, id: &str, action: &str, t: Texts) -> Form {
        let action = match self.along.as_str() {
            "" => action.to_owned(),
            along => format!("{action}?{along}"),
        };
        let made = self.made.clone().filter(|made| made.action == action);
        self.is_drawn.set(self.is_drawn.get() || made.is_some());
        let faults = made.as_ref().map_or_else(Vec::new, |made| {
            let stale = (!made.now.is_empty()).then(|| t.stale_form().to_owned());
            let whole = made.wrong.iter().filter(|wrong| wrong.field.is_empty());
            stale.into_iter().chain(whole.map(|wrong| wrong.sentence.clone())).collect()
        });
        Form { id: id.to_owned(), action, faults, made, t }
    }
}

impl Form {
    /// It was sent and is shown again: an editor that is folded away stands open.
    pub fn is_open(&self) -> bool {
        self.made.is_some()
    }

    /// The same fields for another place, which takes them instead.
    pub fn sent_to(self, action: String) -> Self {
        Self { action, ..self }
    }

    /// What makes a repeat harmless. Once in every form.
    pub fn request(&self) -> Markup {
        page::request()
    }

    /// The same, and what the form was drawn from: once in every form that edits something.
    pub fn version(&self, version: &str) -> Markup {
        let request = self.request();
        Markup(format!("{request}<input type=\"hidden\" name=\"version\" value=\"{}\">", Escaped(version)))
    }

    /// One line of text; `kept` is what stands there until something else is typed.
    pub fn line(&self, name: &str, label: impl Into<String>, kept: impl Into<String>) -> Field {
        self.field(name, label, kept, Control::Line("text"))
    }

    pub fn day(&self, name: &str, label: impl Into<String>, kept: impl Into<String>) -> Field {
        self.field(name, label, kept, Control::Line("date"))
    }

    pub fn email(&self, name: &str, label: impl Into<String>, kept: impl Into<String>) -> Field {
        self.field(name, label, kept, Control::Line("email")).completed("email")
    }

    pub fn phone(&self, name: &str, label: impl Into<String>, kept: impl Into<String>) -> Field {
        self.field(name, label, kept, Control::Line("tel")).completed("tel")
    }

    /// A whole or a decimal number, with comma or point.
    pub fn number(&self, name: &str, label: impl Into<String>, kept: impl Into<String>) -> Field {
        self.field(name, label, kept, Control::Number)
    }

    pub fn password(&self, name: &str, label: impl Into<String>) -> Field {
        let mut field = self.field(name, label, "", Control::Line("password"));
        field.value.clear();
        field
    }

    /// Several lines.
    pub fn lines(&self, name: &str, label: impl Into<String>, kept: impl Into<String>, rows: u8) -> Field {
        self.field(name, label, kept, Control::Lines(rows))
    }

    /// One of several; `choices` are value and label.
    pub fn choice(
        &self,
        name: &str,
        label: impl Into<String>,
        kept: impl Into<String>,
        choices: impl IntoIterator<Item = (String, String)>,
    ) -> Field {
        let mut field = self.field(name, label, kept, Control::Choice(Vec::new()));
        let chosen = choices.into_iter().map(|(value, label)| Chosen {
            is_chosen: value == field.value,
            value,
            label,
        });
        let chosen: Vec<Chosen> = chosen.collect();
        field.now = self.now(name).map(|now| {
            let label = chosen.iter().find(|chosen| chosen.value == now).map(|chosen| chosen.label.as_str());
            self.t.is_now(label.unwrap_or(now))
        });
        field.control = Control::Choice(chosen);
        field
    }

    /// One line, with what others have written there to choose from.
    pub fn suggested(
        &self,
        name: &str,
        label: impl Into<String>,
        kept: impl Into<String>,
        suggestions: &[&str],
    ) -> Field {
        let suggestions = suggestions.iter().map(|suggestion| (*suggestion).to_owned());
        self.field(name, label, kept, Control::Suggested(suggestions.collect()))
    }

    /// A tick; `value` is sent where it is ticked.
    pub fn tick(&self, name: &str, label: impl Into<String>, is_kept: bool) -> Field {
        let is_ticked = match &self.made {
            Some(made) => made.typed.as_typed(name).is_some(),
            None => is_kept,
        };
        let now =
            self.now(name).map(|now| self.t.is_now(if now == "yes" { self.t.yes() } else { self.t.no() }));
        Field { now, ..self.field(name, label, "", Control::Tick(is_ticked)) }
    }

    /// What somebody else made of the field meanwhile.
    fn now(&self, name: &str) -> Option<&str> {
        let made = self.made.as_ref()?;
        made.now.iter().find(|now| now.field == name).map(|now| now.value.as_str())
    }

    fn field(
        &self,
        name: &str,
        label: impl Into<String>,
        kept: impl Into<String>,
        control: Control,
    ) -> Field {
        let made = self.made.as_ref();
        let typed = made.and_then(|made| made.typed.as_typed(name));
        let wrong = made.and_then(|made| made.wrong.iter().find(|wrong| wrong.field == name));
        let is_first = made.is_some_and(|made| {
            made.wrong.iter().find(|wrong| !wrong.field.is_empty()).is_some_and(|first| first.field == name)
        });
        Field {
            id: format!("{}-{name}", self.id),
            name: name.to_owned(),
            label: label.into(),
            value: typed.map_or_else(|| kept.into(), str::to_owned),
            control,
            hint: None,
            error: wrong.map(|wrong| wrong.sentence.clone()),
            now: self.now(name).map(|now| self.t.is_now(now)),
            complete: None,
            is_focused: is_first,
            is_label_hidden: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Currency, Language};
    use luotsi_core::units::Day;

    const T: Texts = Texts { language: Language::English, today: Day::MIN, currency: Currency::EURO };

    fn attempt() -> Attempt {
        let typed = Typed::parse(b"name=%3Cb%3EAcme&city=Oulu");
        let wrong = vec![Wrong::field("name", "Too <long>."), Wrong::form("Look again.")];
        let now = |field: &str, value: &str| Now { field: field.to_owned(), value: value.to_owned() };
        let now = vec![now("city", "Turku"), now("role", "kam"), now("active", "no")];
        Attempt::made("/accounts/1/name".to_owned(), typed, wrong, now)
    }

    #[test]
    fn a_form_that_was_not_sent_shows_what_is_kept() {
        let form = attempt().form("owner", "/accounts/1/owner", T);

        let field = form.line("name", "Name", "Betoni");

        assert!(!form.is_open() && form.faults.is_empty());
        assert_eq!((field.value.as_str(), field.error.as_deref()), ("Betoni", None));
    }

    #[test]
    fn a_form_shown_again_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
        let form = attempt().form("name", "/accounts/1/name", T);

        let markup = form.line("name", "Name", "Betoni").hint("As written.").to_string();
        let city = form.line("city", "City", "Turku").to_string();

        assert_eq!(form.faults, [T.stale_form(), "Look again."]);
        assert!(markup.contains("value=\"&#60;b&#62;Acme\""), "{markup}");
        assert!(
            markup.contains(
                "aria-describedby=\"name-name-error name-name-hint\" aria-invalid=\"true\" autofocus"
            )
        );
        assert!(markup.contains("id=\"name-name-error\">Too &#60;long&#62;."), "{markup}");
        assert!(city.contains("value=\"Oulu\"") && city.contains("Saved now: Turku"), "{city}");
    }

    #[test]
    fn what_somebody_else_chose_meanwhile_is_told_in_the_words_of_the_form() {
        let form = attempt().form("name", "/accounts/1/name", T);

        let roles = [("kam".to_owned(), "Key account manager".to_owned())];
        let role = form.choice("role", "Role", "seller", roles).to_string();
        let active = form.tick("active", "Works here", true).to_string();

        assert!(role.contains("Saved now: Key account manager"), "{role}");
        assert!(active.contains("Saved now: no"), "{active}");
    }
}
