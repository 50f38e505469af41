//! Stories of the customer base's page: what the picture, the table, the selection and the moves say and lead to.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{Company, MAIJA};

#[tokio::test]
async fn a_range_of_values_lists_the_accounts_from_its_lower_limit_to_below_its_upper_one() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let all = company.page(&cookie, "/accounts?scope=all&sort=-current").await;
    let largest = all.texts("td[data-label=Nykyarvo]")[0].replace([' ', '€'], "");

    let from = company.page(&cookie, &format!("/accounts?scope=all&value_min={largest}")).await;
    let below = company.page(&cookie, &format!("/accounts?scope=all&value_max={largest}&base=yes")).await;

    let names = all.texts("tr[data-row] th");
    assert_eq!(from.texts("tr[data-row] th"), names[..1]);
    assert_eq!(from.attributes("input[name=value_min]", "value"), [largest]);
    assert!(from.text(".chips").starts_with("Nykyarvo vähintään"));
    assert!(!below.texts("tr[data-row] th").contains(&names[0]));
    assert_eq!(below.attributes("input[name=base]", "value"), ["yes"]);
}
