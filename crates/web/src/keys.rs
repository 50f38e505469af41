//! The keys that spare the mouse, as a page of their own; the help dialog shows its table.

use crate::{
    Web,
    ask::Ask,
    page::{Page, Section},
    texts::Texts,
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "house/keys.html")]
struct Keys {
    page: Page,
    groups: Vec<Group>,
}

struct Group {
    title: &'static str,
    keys: Vec<Key>,
}

struct Key {
    /// Pressed one after the other.
    pressed: Vec<&'static str>,
    what: &'static str,
}

pub async fn keys(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |_, visit| {
        let t = visit.t;
        Ok(Keys { page: visit.page(Section::Keys, t.keys(), Vec::new()), groups: groups(t) })
    })
    .await
}

fn groups(t: Texts) -> Vec<Group> {
    let key = |pressed: &[&'static str], what| Key { pressed: pressed.to_vec(), what };
    vec![
        Group {
            title: t.keys_everywhere(),
            keys: vec![
                key(&["Ctrl K"], t.search_or_command()),
                key(&["/"], t.key_search()),
                key(&["c"], t.key_log()),
                key(&["n"], t.key_new()),
                key(&["z"], t.key_undo()),
                key(&["?"], t.keys()),
            ],
        },
        Group {
            title: t.keys_going(),
            keys: vec![
                key(&["g", "d"], t.my_day()),
                key(&["g", "a"], t.accounts()),
                key(&["g", "k"], t.whole_base()),
                key(&["g", "h"], t.care_models()),
            ],
        },
        Group {
            title: t.keys_in_lists(),
            keys: vec![
                key(&["j"], t.key_next_row()),
                key(&["k"], t.key_previous_row()),
                key(&["Enter"], t.key_open()),
                key(&[t.key_space()], t.key_peek()),
                key(&["x"], t.key_select()),
                key(&["e"], t.key_do()),
                key(&["s"], t.key_schedule()),
                key(&["d"], t.key_dismiss()),
            ],
        },
    ]
}
