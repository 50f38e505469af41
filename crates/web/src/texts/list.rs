//! Words of the list of accounts: its filters, columns, views and what is done with many at once.

use super::{Texts, en_count, fi_count};

impl Texts {
    texts! {
        accounts_count(count: i64) => fi_count(count, "asiakkuus", "asiakkuutta"), en_count(count, "account", "accounts");
        accounts_more_than(count: &str) => format!("Yli {count} asiakkuutta"), format!("More than {count} accounts");
        more_than(count: &str) => format!("yli {count}"), format!("more than {count}");
        accounts_empty => "Asiakkuuksia ei vielä ole.", "There are no accounts yet.";
        accounts_empty_way => "Tuo omasi tai kokeile malliyhtiöllä:", "Bring your own, or try the sample company:";
        accounts_empty_theirs => "Pääkäyttäjä tuo ne tiedostosta palvelimella:", "An administrator brings them in from a file, at the server:";
        accounts_none_found => "Rajauksilla ei löydy yhtään asiakkuutta.", "No account matches the filters.";
        accounts_none_of_yours => "Sinulla ei ole asiakkuuksia.", "You have no accounts.";
        accounts_see_all => "Näytä kaikkien asiakkuudet", "Show everybody's accounts";
        search_accounts => "Nimi, tunnus, paikka, henkilö tai puhelinnumero", "Name, id, place, person or phone number";
        filter => "Rajaa", "Filter";
        order => "Järjestys", "Order";
        order_reversed(what: &str) => format!("{what}, käänteinen"), format!("{what}, reversed");
        quoted(text: &str) => format!("”{text}”"), format!("“{text}”");
        columns => "Sarakkeet", "Columns";
        apply => "Näytä valitut", "Show these";
        city => "Paikkakunta", "City";
        customer_target => "Asiakastavoite", "Customer target";
        views => "Näkymät", "Views";
        views_title => "Omat näkymät", "Your views";
        views_line => "Näkymä on rajausten, järjestyksen ja sarakkeiden osoite. Se on vain sinun, kunnes jaat sen.", "A view is the address of filters, order and columns. It is yours alone until you share it.";
        views_empty => "Et ole tallentanut näkymiä.", "You have not saved any views.";
        views_empty_way => "Rajaa asiakkuudet ja tallenna näkymä valikosta Näkymät.", "Filter the accounts and save the view from the menu Views.";
        views_own => "Omat", "Yours";
        views_shared => "Jaetut", "Shared";
        views_usual => "Valmiit", "Ready-made";
        views_manage => "Muuta omia näkymiä", "Change your views";
        view_by(name: &str, person: &str) => format!("{name} · {person}"), format!("{name} · {person}");
        view_name => "Näkymän nimi", "Name of the view";
        view_share => "Muutkin näkevät", "Others see it too";
        view_keep => "Tallenna tämä näkymä", "Save this view";
        view_care_late => "Hoito myöhässä, eniten pelissä ensin", "Care late, most at stake first";
        remove_this(what: &str) => format!("Poista {what}"), format!("Remove {what}");
        as_csv => "CSV", "CSV";
        as_csv_why => "Lataa tämä näkymä taulukkona", "Download this view as a table";
        as_csv_why_own => "Lataa tästä näkymästä ne, joista vastaat, taulukkona", "Download those of this view that are yours as a table";
        pick(name: &str) => format!("Valitse {name}"), format!("Select {name}");
        pick_page => "Valitse sivun kaikki", "Select all on this page";
        picked_change => "Muuta valittuja", "Change the selected";
        select_all_of_view(count: &str) => format!("Muuta näkymän kaikkia ({count})"), format!("Change all of the view ({count})");
        selection_title => "Muuta monta kerralla", "Change many at once";
        selection_what => "Mitä valittiin", "What is selected";
        selection_count => "Kpl", "Count";
        selection_back => "Takaisin luetteloon", "Back to the list";
        selection_empty => "Mitään ei ole valittu.", "Nothing is selected.";
        selection_empty_way => "Valitse asiakkuuksia luettelosta", "Select accounts in the list";
        selection_cut(most: &str) => format!("Kerralla muutetaan enintään {most} asiakkuutta: tässä ovat niistä ensimmäiset."), format!("At most {most} accounts are changed at once: these are the first of them.");
        selection_changed(count: i64, same: i64) => format!("Muutettu: {}.{}", fi_count(count, "asiakkuus", "asiakkuutta"), if same == 0 { String::new() } else { format!(" Jo ennestään samoin: {same}.") }), format!("Changed: {}.{}", en_count(count, "account", "accounts"), if same == 0 { String::new() } else { format!(" The same already: {same}.") });
        selection_left_out(count: i64) => format!("Muuttamatta jäi {}: et vastaa niistä tai muutos ei sovi niihin. Pyydä muutosta vastuuhenkilöltä tai hänen esimieheltään.", fi_count(count, "asiakkuus", "asiakkuutta")), format!("Left unchanged: {}, which are not yours or which the change does not fit. Ask the owner or the owner's manager.", en_count(count, "account", "accounts"));
        selection_owner => "Vaihda vastuuhenkilö", "Change the owner";
        selection_team => "Lisää asiakkuustiimiin", "Add to the account team";
        selection_override => "Aseta segmentti käsin", "Set the segment manually";
        selection_reaches_all(count: i64) => format!("Muuttaa {}.", fi_count(count, "asiakkuuden", "asiakkuutta")), format!("Changes {}.", en_count(count, "account", "accounts"));
        selection_reaches_none => "Et voi muuttaa tätä: et vastaa valituista.", "You cannot change this: none of the selected is yours.";
        selection_reaches(may: &str, count: &str) => format!("Muuttaa {may} / {count}: muista et vastaa."), format!("Changes {may} of {count}: the others are not yours.");
        selection_act => "Muuta", "Change";
        new_owner => "Uusi vastuuhenkilö", "New owner";
        part_in_team => "Rooli tiimissä", "Part in the team";
        reason_why => "Perustelu", "Reason";
        view_changed_meanwhile => "Näkymää muutettiin sen jälkeen, kun avasit sivun, eikä sitä poistettu. Poista se uudelleen, jos et enää tarvitse sitä.", "The view was changed after you opened the page, and was not removed. Remove it again if you need it no more.";
        choose_one => "Valitse jokin.", "Choose one.";
        range_between(what: &str, min: &str, max: &str) => format!("{what} {min} – alle {max}"), format!("{what} {min} to below {max}");
        unmet => "Tapaaminen", "Meeting";
        unmet_quarter => "Ei tavattu tällä neljänneksellä", "Not met this quarter";
        unmet_half_year => "Ei tavattu puoleen vuoteen", "Not met for half a year";
        unmet_year => "Ei tavattu vuoteen", "Not met for a year";
        range_from(what: &str, min: &str) => format!("{what} vähintään {min}"), format!("{what} at least {min}");
        range_below(what: &str, max: &str) => format!("{what} alle {max}"), format!("{what} below {max}");
        only_in_base => "Vain käytössä olevat", "Active only";
    }
}
