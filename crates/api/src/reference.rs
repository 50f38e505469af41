//! The reference for people who write programs: one page, no scripts, made of the same tables as the API itself.

use crate::{
    access,
    answers::WAYS,
    asked::{TESTS, ordering},
    company,
    field::{Field, Shape},
    item,
    kind::{KINDS, Kind, Names},
    many, preferences,
    problem::What,
    substitutions,
    turns::TOGETHER_MAX,
    views,
    writing::{MANY_MAX, SOURCE},
};
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use std::fmt::Write;
use std::sync::OnceLock;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;color-scheme:light dark}\
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}\
tr{border-block-end:1px solid color-mix(in srgb,currentColor 20%,transparent)}h2{margin-block-start:2.5rem}\
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}td:first-child{white-space:nowrap}nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}a{color:inherit;text-underline-offset:.2em}h1,h2,h3{line-height:1.2;letter-spacing:-.01em}";
/// Of `STYLE`: the page's only one. A test works it out.
const STYLE_HASH: &str = "sha256-WR3eKiVkay0G4+5Lu9RUOZ00Y9dOdiWPfrt84CZnTnE=";

pub async fn serve() -> Response {
    static PAGE: OnceLock<String> = OnceLock::new();
    let mut response = Html(PAGE.get_or_init(page).clone()).into_response();
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let always = [
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ];
    for (name, value) in always {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn page() -> String {
    let mut html = String::from("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width\"><title>Luotsi API</title>");
    let _ = write!(html, "<style>{STYLE}</style><main><h1>Luotsi API</h1>");
    html.push_str(
        "<p>What people read and do on their pages, other programs read and do here, with the rights of the person whose \
         token they send. Addresses begin with <code>/api/v1</code>; bodies are JSON in UTF-8. \
         <a href=\"/api/v1/openapi.json\">OpenAPI 3.1</a></p>",
    );
    let mut parts = String::new();
    rules(&mut parts);
    for kind in KINDS {
        section(&mut parts, kind);
    }
    rest(&mut parts);
    problems(&mut parts);
    navigation(&mut html, &parts);
    html.push_str(&parts);
    html.push_str("</main></html>");
    html
}

/// To each of the parts.
fn navigation(html: &mut String, parts: &str) {
    html.push_str("<nav>");
    for part in parts.split("<h2 id=\"").skip(1) {
        let Some((name, rest)) = part.split_once("\">") else { continue };
        let title = rest.split("</h2>").next().unwrap_or_default();
        let _ = write!(html, "<a href=\"#{name}\">{title}</a>");
    }
    html.push_str("</nav>");
}

fn rules(html: &mut String) {
    let _ = write!(
        html,
        "<h2 id=\"rules\">How it works</h2><ul>\
         <li><code>Authorization: Bearer TOKEN</code> with every request. A token is made in the settings; it may be for reading only. \
         It has at most {TOGETHER_MAX} requests under way at once.</li>\
         <li><b>POST</b> needs an <code>Idempotency-Key</code> of yours: the same request sent again with it has no second effect and gets the same answer. \
         The same key with another request is refused, and 409 says that the first is still being done.</li>\
         <li><b>PATCH</b> needs <code>If-Match</code> with the <code>ETag</code> that was read: 412 says that somebody else has changed it meanwhile. \
         Only what is told changes; null empties.</li>\
         <li><b>DELETE</b> needs <code>If-Match</code> too and ends what a record says: a contact leaves, a plan is called off, a part in a \
         team ends yesterday, a decision on a segment is taken back. What was done or judged is told again, not deleted.</li>\
         <li><b>PUT</b> by external id makes a record or brings it to what is told.</li>\
         <li><b>bulk</b> takes <code>{{\"items\": [...]}}</code> of up to {MANY_MAX} records in one transaction and answers for each.</li>\
         <li>What other records are named by (<code>account</code>, <code>owner</code>, ...) is our id or an external id: that of the same \
         <code>source</code>, else the only one there is. Without a source an external id is of <code>{SOURCE}</code>.</li>\
         <li>Amounts are in the company's currency, days are written 2026-11-22. What is worked out is as of the last watch. \
         It looks at what was answered to proposals or changed of many before that request is answered, so that what follows can be \
         read next; at records that were told shortly afterwards. Only when very much has changed do all of them wait for it.</li></ul>\
         <h3>Lists</h3><p><code>limit</code>, <code>cursor</code> (<code>next</code> of the page before), <code>sort</code> \
         (<code>-name</code>: the largest first), <code>fields</code> (names with commas), and filters:</p><table>"
    );
    for (test, says) in TESTS {
        let name = if test.is_empty() { "city".to_owned() } else { format!("city.{test}") };
        let _ = write!(html, "<tr><td><code>{name}=...</code><td>{}", escaped(says));
    }
    html.push_str("</table>");
}

fn section(html: &mut String, kind: &Kind) {
    let name = kind.resource.name;
    let _ = write!(html, "<h2 id=\"{name}\">{name}</h2><p>{}</p><table>", escaped(kind.says));
    let mut row = |method: &str, path: &str| {
        let _ = write!(html, "<tr><td>{method}<td><code>{path}</code>");
    };
    row("GET", &format!("/{name}"));
    if let Some(address) = item(kind) {
        row("GET", &address);
        if kind.changed().is_some() {
            row("PATCH", &address);
        }
        if kind.ending().is_some() {
            row("DELETE", &address);
        }
    }
    if let Some(tells) = &kind.tells {
        row("POST", &format!("/{name}"));
        row("POST", &format!("/{name}/bulk"));
        if tells.names != Names::Content {
            row("GET, PUT", &format!("/{name}/by-external-id/{{source}}/{{external_id}}"));
        }
    }
    html.push_str("</table>");
    let shown: Vec<&str> = kind.resource.shown().map(|column| column.name).collect();
    let _ = write!(html, "<p>Shows <code>{}</code>.", shown.join("</code>, <code>"));
    let asked: Vec<&str> =
        kind.resource.columns.iter().filter(|column| !column.is_shown).map(|column| column.name).collect();
    if !asked.is_empty() {
        let _ = write!(html, " Lists are also filtered by <code>{}</code>.", asked.join("</code>, <code>"));
    }
    if let Some(within) = kind.resource.ordered_within {
        let _ = write!(html, " <code>sort</code> {}.", escaped(&ordering(within)));
    }
    html.push_str("</p>");
    if let Some(tells) = &kind.tells {
        told(html, tells.fields);
    }
}

fn told(html: &mut String, fields: &[Field]) {
    html.push_str("<table><tr><th>Told<th>As<th>What it is");
    for field in fields {
        let needed = if field.is_needed { ", needed" } else { "" };
        let shape = shape(field);
        let _ =
            write!(html, "<tr><td><code>{}</code><td>{shape}{needed}<td>{}", field.name, escaped(field.says));
    }
    html.push_str("</table>");
}

fn shape(field: &Field) -> String {
    match field.shape {
        Shape::Line => format!("text of at most {}", field.line_max()),
        Shape::Title { most } => format!("text of at most {most}"),
        Shape::Query => "query of an address".to_owned(),
        Shape::Note => "text of several lines".to_owned(),
        Shape::Name => "id".to_owned(),
        Shape::Money { .. } => "amount".to_owned(),
        Shape::Whole { least, most } => format!("{least} to {most}"),
        Shape::Decimal => "number".to_owned(),
        Shape::Day => "day".to_owned(),
        Shape::Truth => "true or false".to_owned(),
        Shape::Choice(choices) => choices().join(", "),
    }
}

fn rest(html: &mut String) {
    html.push_str("<h2 id=\"answering\">Answers to proposals</h2><p>Each answers <code>{\"id\": ...}</code>, by which it can be taken back.</p>");
    for way in WAYS {
        let _ = write!(
            html,
            "<h3><code>POST /proposals/{{id}}/{}</code></h3><p>{}</p>",
            way.name,
            escaped(way.says)
        );
        told(html, way.fields);
    }
    html.push_str(
        "<h3><code>POST /answers/{id}/withdrawal</code></h3><p>Takes an answer back, with what was planned or recorded by it.</p>\
         <h3><code>POST /accounts/{account}/activities/{id}/withdrawal</code></h3><p>With <code>If-Match</code>: takes an activity \
         back, with the answer that said it was done.</p>\
         <h2 id=\"many\">Many at once</h2><p>Each account or proposal is decided on by itself: the answer tells what became of \
         each, and the <code>id</code> of the change, by which all of it can be taken back.</p>",
    );
    for way in many::WAYS {
        let says = escaped(way.says);
        let _ = write!(
            html,
            "<h3><code>POST {}</code></h3><p>{says} Lists ids in <code>{}</code>.</p>",
            way.address, way.of
        );
        told(html, way.fields);
    }
    html.push_str(
        "<h3><code>POST /changes/{id}/withdrawal</code></h3><p>Takes a change of many back where nobody has changed anything \
         since, and tells how many came to what.</p>\
         <h2 id=\"substituting\">Substitutes</h2><p><code>POST /substitutions/{id}/withdrawal</code> calls one off; \
         <code>POST /substitutions</code> appoints:</p>",
    );
    told(html, substitutions::FIELDS);
    house(html);
    html.push_str(
        "<h2 id=\"care\">Care and strategy</h2><table>\
         <tr><td>GET<td><code>/accounts/{account}/care</code><td>How the promised care is kept, a line for each care line; <code>on</code> asks for a day before the last watch.\
         <tr><td>GET<td><code>/exports/{values, segments, care, deviations, proposals}</code><td>The rows of an export for the day \
         <code>on</code>, of the accounts whose rows one may carry away: of one <code>account</code>, or of <code>limit</code> accounts \
         <code>after</code> the one that <code>next</code> named.\
         <tr><td>GET<td><code>/strategy</code><td>The strategy in force, as JSON and as TOML.\
         <tr><td>GET<td><code>/strategy/preview</code><td>What other thresholds would make of the base: the accounts and euros of \
         each segment, who would move, and the thresholds that fit the base.\
         <tr><td>PUT<td><code>/strategy</code><td>Decides on <code>{\"strategy\": ..., \"from\": ..., \"why\": ...}</code>, with <code>If-Match</code>; for process owners and administrators.</table>",
    );
}

fn house(html: &mut String) {
    html.push_str(
        "<h2 id=\"keeping\">Keeping views</h2><p><code>POST /saved-views</code> keeps one for the person of the token; \
         <code>PATCH</code> and <code>DELETE /saved-views/{id}</code>, with <code>If-Match</code>, change and remove one's own. \
         What is shared is shared on purpose.</p>",
    );
    told(html, views::FIELDS);
    html.push_str(
        "<h2 id=\"access\">Letting people in</h2><table>\
         <tr><td>POST<td><code>/invitations</code><td>Answers the <code>link</code>'s address on this server once. A person who \
         manages people is invited by a person in the settings, by no token.\
         <tr><td>POST<td><code>/invitations/{person}/withdrawal</code><td>Takes one back.\
         <tr><td>POST<td><code>/tokens/{id}/withdrawal</code><td>Takes a token of one's own back, be it the one that is sent. A \
         token makes no tokens.\
         <tr><td>POST<td><code>/sessions/{session}/withdrawal</code><td>Logs oneself out of one browser. Passwords are changed \
         in the settings only.\
         <tr><td>POST<td><code>/people/{person}/sessions/withdrawal</code><td>Logs a person out everywhere: oneself, or whom one \
         manages.</table>",
    );
    told(html, access::FIELDS);
    html.push_str(
        "<h2 id=\"preferences\">Preferences</h2><p><code>GET /preferences</code> and, with <code>If-Match</code>, \
         <code>PATCH /preferences</code>: how the person of the token likes to use Luotsi.</p>",
    );
    told(html, preferences::FIELDS);
    html.push_str(
        "<h2 id=\"company\">The company</h2><p><code>GET /company</code> is for everybody; <code>PATCH /company</code>, with \
         <code>If-Match</code>, for administrators.</p>",
    );
    told(html, company::FIELDS);
}

fn problems(html: &mut String) {
    html.push_str(
        "<h2 id=\"problems\">Problems</h2><p>What is not done is answered with a problem document (RFC 9457), \
         <code>application/problem+json</code>; <code>errors</code> names each wrong part.</p><table>",
    );
    for what in What::ALL {
        let _ = write!(
            html,
            "<tr id=\"{}\"><td>{}<td>{}<td>{}",
            what.name(),
            what.status().as_u16(),
            escaped(what.title()),
            escaped(what.advice())
        );
    }
    html.push_str("</table>");
}

/// What stands between backticks is code.
fn escaped(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;");
    let mut html = String::with_capacity(plain.len());
    for (number, part) in plain.split('`').enumerate() {
        match number % 2 {
            0 => html.push_str(part),
            _ => drop(write!(html, "<code>{part}</code>")),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::BASE64;
    use sha2::{Digest, Sha256};

    #[test]
    fn every_part_is_named_once_and_every_way_leads_to_one() {
        let page = page();
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let ways: Vec<&str> =
            page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();

        assert!(ids.iter().all(|id| ids.iter().filter(|other| *other == id).count() == 1), "{ids:?}");
        assert!(ways.iter().all(|way| ids.contains(way)), "{ways:?}");
        assert_eq!(ways.len(), page.matches("<h2 id").count());
    }

    #[test]
    fn the_only_style_is_the_one_that_the_policy_names() {
        let hash = BASE64.encode(&Sha256::digest(STYLE.as_bytes()));

        assert_eq!(STYLE_HASH, format!("sha256-{hash}"));
        assert_eq!(page().matches("<style").count(), 1);
        assert!(!page().contains("<script") && !page().contains("style="));
    }
}
