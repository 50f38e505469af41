//! The frame of every page and the only place that knows htmx: every attribute and setting of it is written here.

use crate::{
    assets,
    markup::{Escaped, Markup},
    parts::Icon,
    texts::{Language, Texts},
};
use luotsi_core::{
    activity::ActivityId,
    people::{PersonId, PersonNo, Role},
};
use memchr::memmem;
use uuid::Uuid;

/// What the frame of a page needs to know.
#[derive(Clone, Debug)]
pub struct Page {
    pub t: Texts,
    pub title: String,
    /// The page's own address: what a refresh asks for.
    pub url: String,
    pub here: Option<Section>,
    /// `None`: nobody is logged in, and there is no navigation.
    pub viewer: Option<ViewerCard>,
    pub open_proposals: i64,
    pub scopes: Vec<Choice>,
    /// It asks for itself again from time to time.
    pub is_live: bool,
    /// Something goes on that the reader waits for: it asks for itself every other second.
    pub is_busy: bool,
    /// What was just sent has been kept.
    pub is_saved: bool,
    /// What the viewer has just answered and may still take back at a click.
    pub undo: Option<Undo>,
}

/// Offered for some seconds after an answer.
#[derive(Clone, Debug)]
pub struct Undo {
    pub sentence: String,
    pub action: String,
    /// What was done, where that was written down: the page that tells it takes it back there.
    pub activity: Option<ActivityId>,
}

impl Undo {
    /// What makes a repeat harmless.
    pub fn request(&self) -> Markup {
        request()
    }
}

/// What makes a repeat of a form harmless: once in each.
pub fn request() -> Markup {
    Markup(format!("<input type=\"hidden\" name=\"request\" value=\"{REQUEST_ID}\">"))
}

/// A part of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    MyDay,
    Accounts,
    Base,
    CareModels,
    Settings,
    Search,
    Keys,
}

/// Who looks, as the frame shows them.
#[derive(Clone, Debug)]
pub struct ViewerCard {
    pub name: String,
    pub role: &'static str,
    /// Single letters do something.
    pub has_keys: bool,
}

impl ViewerCard {
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}

/// Who looks: found by the session.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub id: PersonId,
    pub number: PersonNo,
    pub name: String,
    pub role: Role,
    pub has_keys: bool,
}

/// A link among several, of which one may be where we are.
#[derive(Clone, Debug)]
pub struct Choice {
    pub label: String,
    pub href: String,
    pub is_here: bool,
}

pub struct NavigationGroup {
    pub label: &'static str,
    pub items: Vec<NavigationItem>,
}

pub struct NavigationItem {
    /// After g this key goes there.
    pub key: char,
    pub href: &'static str,
    pub label: &'static str,
    /// Where there is little room.
    pub short: Option<&'static str>,
    pub icon: Icon,
    pub count: Option<String>,
    pub is_here: bool,
}

pub struct LanguageChoice {
    pub tag: &'static str,
    pub label: &'static str,
}

impl Page {
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub fn icon(&self, name: &'static str) -> Icon {
        Icon(name)
    }

    pub fn is_settings(&self) -> bool {
        self.here == Some(Section::Settings)
    }

    /// Only pages that exist are shown.
    pub fn navigation(&self) -> Vec<NavigationGroup> {
        let item = |key, href, label, icon, section| NavigationItem {
            key,
            href,
            label,
            short: None,
            icon: Icon(icon),
            count: None,
            is_here: self.here == Some(section),
        };
        let count = (self.open_proposals > 0).then(|| self.t.number(self.open_proposals));
        vec![
            NavigationGroup {
                label: self.t.group_work(),
                items: vec![
                    NavigationItem { count, ..item('d', "/", self.t.my_day(), "sun", Section::MyDay) },
                    item('a', "/accounts", self.t.accounts(), "building-2", Section::Accounts),
                ],
            },
            NavigationGroup {
                label: self.t.group_steering(),
                items: vec![
                    NavigationItem {
                        short: Some(self.t.base_short()),
                        ..item('k', "/base", self.t.whole_base(), "chart-scatter", Section::Base)
                    },
                    item('h', "/care-models", self.t.care_models(), "list-checks", Section::CareModels),
                ],
            },
        ]
    }

    /// The languages one can change to.
    pub fn languages(&self) -> Vec<LanguageChoice> {
        Language::ALL
            .into_iter()
            .filter(|language| *language != self.t.language)
            .map(|language| LanguageChoice { tag: language.tag(), label: self.language_label(language) })
            .collect()
    }

    fn language_label(&self, language: Language) -> &'static str {
        match language {
            Language::Finnish => self.t.language_finnish(),
            Language::English => self.t.language_english(),
        }
    }

    /// Settings of htmx: no styles of its own, parts that the reader opened stay open when the page is morphed.
    pub fn htmx_settings(&self) -> Markup {
        Markup(
            "<meta name=\"htmx-config\" content='{\"includeIndicatorCSS\":false,\"implicitInheritance\":false,\
             \"morphIgnore\":[\"data-htmx-powered\",\"open\"],\"morphSkipChildren\":\"luotsi-matrix\"}'>"
                .to_owned(),
        )
    }

    /// On the body: links and forms fetch the whole page and morph its main part in, with the navigation.
    pub fn boosted(&self) -> Markup {
        Markup(
            "hx-boost:inherited=\"true\" hx-target:inherited=\"#main\" hx-select:inherited=\"#main\" \
             hx-swap:inherited=\"outerMorph\" \
             hx-select-oob:inherited=\"#navigation:outerMorph,#viewer:outerMorph\""
                .to_owned(),
        )
    }

    /// On a form whose answer changes the whole document: language, log-in and log-out.
    pub fn unboosted(&self) -> Markup {
        Markup("hx-boost=\"false\"".to_owned())
    }

    /// On the main part: going back and forth puts it back, and a live page asks for itself again when told to refresh.
    pub fn live(&self) -> Markup {
        let when = match self.is_busy {
            true => "refresh from:body, every 2s",
            false => "refresh from:body",
        };
        match self.is_live {
            true => Markup(format!(
                "hx-history-elt hx-get=\"{}\" hx-trigger=\"{when}\" hx-push-url=\"false\"",
                Escaped(&self.url)
            )),
            false => Markup("hx-history-elt".to_owned()),
        }
    }
}

/// Stands in a page where its forms carry the id that makes a repeat harmless, until the page is sent: so a page drawn
/// twice from the same facts is the same page.
pub const REQUEST_ID: &str = "00000000-0000-4000-8000-6c756f747369";

/// The page with an id of its own in its forms.
pub fn with_request_id(mut html: String) -> String {
    let places: Vec<usize> = memmem::find_iter(html.as_bytes(), REQUEST_ID).collect();
    let id = Uuid::new_v4().to_string();
    for place in places {
        html.replace_range(place..place + REQUEST_ID.len(), &id);
    }
    html
}
