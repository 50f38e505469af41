//! Stories of an account's timeline: everything that happened, narrowed down and turned in the URL.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, CHILD, Company, EERO, MAIJA, ORPHAN, PARENT, Page, QUIET, id};

fn account(number: u128) -> String {
    format!("/accounts/{}", id(number))
}

fn titles(page: &Page) -> Vec<String> {
    page.texts(".event__kind")
}

/// The address behind a link whose text begins so.
fn link(page: &Page, selector: &str, text: &str) -> String {
    let texts = page.texts(selector);
    let place = texts.iter().position(|label| label.starts_with(text));
    let place = place.unwrap_or_else(|| panic!("no {text} in {texts:?}"));
    page.attributes(selector, "href")[place].split('#').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_people_tell_stands_on_the_timeline_with_who_told_it() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let page = company.page(&cookie, &account(CHILD)).await;
    company.send(&cookie, &page, "/facts/owner", &[("owner", &id(AINO).to_string())]).await;
    company.send(&cookie, &page, "/facts/parent", &[("parent_name", "")]).await;
    company.send(&cookie, &page, "/estimates", &[("need-total", "90000"), ("justification", "Kysyin")]).await;
    let scores = [("people", "3"), ("offering", "4"), ("processes", "2"), ("relationship", "5")];
    company.send(&cookie, &page, "/ability", &scores).await;
    company.send(&cookie, &page, "/target", &[("target", "80000")]).await;
    company.send(&cookie, &page, "/override", &[("segment", "strategic"), ("reason", "Tärkeä")]).await;
    company.send(&cookie, &page, "/contacts", &[("name", "Pekka Puro")]).await;
    company.send(&cookie, &page, "/team", &[("person", &id(EERO).to_string()), ("role", "kam")]).await;

    let page = company.page(&cookie, &account(CHILD)).await;

    let told = titles(&page);
    for title in [
        "Vastuuhenkilö: Aino Mäkelä",
        "Emoyhtiö: ei tiedossa",
        "Tarvearvio 90 000 €",
        "Arvonluontikyky arvioitiin",
        "Asiakastavoite 2026: 80 000 €",
        "Segmentti asetettiin käsin: Strateginen",
        "Uusi yhteyshenkilö: Pekka Puro",
    ] {
        assert!(told.iter().any(|told| told == title), "{title}: {told:?}");
    }
    assert!(told.iter().any(|told| told.starts_with("Tiimiin: Eero Virtanen")), "{told:?}");
    let lines = page.texts(".event__who");
    assert!(lines.contains(&"Maija Koskela · aiemmin Eero Virtanen".to_owned()), "{lines:?}");
    assert!(lines.contains(&"Maija Koskela · aiemmin Rakennus-Salmi Oy".to_owned()), "{lines:?}");
    assert!(page.texts(".event__note").contains(&"Kysyin".to_owned()));
}

#[tokio::test]
async fn chips_person_and_period_narrow_it_down_in_the_url() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let invoices = company.page(&cookie, &link(&page, ".chip--choice", "Laskut")).await;
    assert!(titles(&invoices).iter().all(|title| title.starts_with("Lasku ")), "{:?}", titles(&invoices));
    assert_eq!(invoices.texts(".chip--choice[aria-current]"), ["Laskut"]);

    let both = company.page(&cookie, &link(&invoices, ".chip--choice", "Tapahtumat")).await;
    assert_eq!(both.texts(".chip--choice[aria-current]"), ["Tapahtumat", "Laskut"]);
    let off = company.page(&cookie, &link(&both, ".chip--choice", "Laskut")).await;
    assert!(titles(&off).iter().all(|title| title == "Puhelu"), "{:?}", titles(&off));

    let url = format!("{}?person={}&period=2026", account(QUIET), id(AINO));
    let hers = company.page(&cookie, &url).await;
    assert!(titles(&hers).iter().all(|title| title == "Puhelu"), "{:?}", titles(&hers));
    assert_eq!(hers.attributes("#timeline-person option[selected]", "value"), [id(AINO).to_string()]);

    let none = company.page(&cookie, &format!("{}?kind=answers&period=month", account(ORPHAN))).await;
    assert!(titles(&none).is_empty());
    let all = company.page(&cookie, &link(&none, ".chip--clear", "Tyhjennä")).await;
    assert!(!titles(&all).is_empty());
}

#[tokio::test]
async fn it_is_turned_to_its_beginning_and_back_to_the_newest() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;
    let mut page = company.page(&cookie, &format!("{}?kind=sales", account(PARENT))).await;
    let mut ids = page.attributes(".event", "id");
    while page.texts(".pager a").contains(&"Vanhemmat".to_owned()) {
        page = company.page(&cookie, &link(&page, ".pager a", "Vanhemmat")).await;
        ids.extend(page.attributes(".event", "id"));
    }

    let told = ids.len();
    ids.sort();
    ids.dedup();
    assert!(told > 100, "{told}");
    assert_eq!(ids.len(), told, "no invoice is told twice");
    let newest = company.page(&cookie, &link(&page, ".pager a", "Uusimmat")).await;
    assert_eq!(titles(&newest)[0], format!("Lasku {}", titles(&newest)[0].trim_start_matches("Lasku ")));
    assert!(!newest.texts(".pager a").contains(&"Uusimmat".to_owned()));
}

#[tokio::test]
async fn anything_in_the_url_is_a_page() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    for query in [
        "after=x",
        "after=2026-10-16.5",
        "after=9999-12-31.0",
        "period=9999",
        "person=x&kind=",
        "kind=sales&after=0001-01-01.9999",
    ] {
        company.page(&cookie, &format!("{}?{query}", account(QUIET))).await;
    }
}
