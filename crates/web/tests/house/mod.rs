//! The company with an administrator, and how its people send forms.
#![allow(dead_code, reason = "each test program uses a part")]

use crate::cast::{AINO, Company, EERO, MAIJA, id};
use axum_test::TestResponse;
use luotsi_core::{history::Actor, units::Day};
use luotsi_store::{Store, StoreError, Work};

/// The administrator.
pub const OUTI: u128 = 9;
pub const PASSWORD: &str = "korppi viuhka tahdas";

/// With an administrator, and an email for everybody.
pub async fn with_admin() -> Company {
    administered(Company::empty()).await
}

/// The same with accounts, looked at by the watch.
pub async fn watched_with_admin() -> Company {
    administered(tokio::task::spawn_blocking(Company::watched).await.unwrap()).await
}

async fn administered(company: Company) -> Company {
    on_store(&company, |store| store.write(Actor::Demo, admin).unwrap()).await;
    company
}

fn admin(work: &mut Work<'_>) -> Result<(), StoreError> {
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        [[id(OUTI).into(), "erp".into(), "9".into(), "Outi Salonen".into()]],
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "is_active"],
        [[id(OUTI).into(), Day::MIN.into(), "admin".into(), true.into()]],
    )?;
    for (person, email) in [
        (AINO, "aino@betoni.example"),
        (EERO, "eero@betoni.example"),
        (MAIJA, "maija@betoni.example"),
        (OUTI, "outi@betoni.example"),
    ] {
        work.execute("update person set email = $1 where id = $2", &[email.into(), id(person).into()])?;
    }
    work.execute("update company set name = 'Betoni Oy'", &[]).map(drop)
}

/// Works on the store on a thread that may wait.
pub async fn on_store<T: Send + 'static>(
    company: &Company,
    work: impl FnOnce(&Store) -> T + Send + 'static,
) -> T {
    let store = company.store.clone();
    tokio::task::spawn_blocking(move || work(&store)).await.unwrap()
}

/// A form of somebody who is logged in, with a request id of its own.
pub async fn send(company: &Company, cookie: &str, url: &str, form: &[(&str, &str)]) -> TestResponse {
    let request = uuid::Uuid::new_v4().to_string();
    let form: Vec<(&str, &str)> = form.iter().copied().chain([("request", request.as_str())]).collect();
    ask(company, cookie, url, &form).await
}

/// A form of somebody who is logged in, as it is.
pub async fn ask(company: &Company, cookie: &str, url: &str, form: &[(&str, &str)]) -> TestResponse {
    company.server.post(url).add_header("cookie", cookie).add_header("accept-language", "fi").form(form).await
}

/// A form of somebody who is not logged in.
pub async fn forms(company: &Company, url: &str, form: &[(&str, &str)]) -> TestResponse {
    company.server.post(url).add_header("accept-language", "fi").form(form).await
}
