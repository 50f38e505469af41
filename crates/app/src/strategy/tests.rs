//! The strategy's text: what is left out has its default, and every slip is answered with a sentence.

mod kept;
mod round_trip;

use super::parse;
use luotsi_core::{
    strategy::{Segment, Strategy},
    units::{Day, Money},
};
use round_trip::check_same;

#[track_caller]
fn check_refused(text: &str, line: usize, sentence: &str) {
    let mistake = parse(text).unwrap_err();

    assert_eq!((mistake.line, mistake.sentence.as_str()), (line, sentence));
}

#[test]
fn an_empty_text_is_the_default_strategy() {
    let (from, strategy) = parse("").unwrap();

    assert_eq!(from, None);
    check_same(&strategy, &Strategy::default());
}

#[test]
fn a_typo_is_answered_with_the_line_and_the_nearest_key() {
    check_refused(
        "measure = \"revenue\"\nhysteresys = 0.1\n",
        2,
        "there is no `hysteresys` here. Did you mean `hysteresis`?",
    );
    check_refused("[exposure]\n", 1, "there is no `exposure` here. Did you mean `exposures`?");
    check_refused("[exposures]\n\nsilense = 0.1", 3, "there is no `silense` here. Did you mean `silence`?");
    check_refused("[costs]\nseler = 50", 2, "there is no `seler` here. Did you mean `seller`?");
    check_refused(
        "[ability_weights]\nluck = 1",
        2,
        "there is no `luck` here. Known are people, offering, processes, relationship.",
    );
    check_refused(
        "[[care_model]]\nsegment = \"growth\"\n[[care_model.line]]\nkinds = [\"visit\"]\nperyear = 4\nminutes = 5",
        5,
        "there is no `peryear` here. Did you mean `per_year`?",
    );
}

#[test]
fn a_text_that_is_no_toml_is_answered_with_the_line() {
    let mistake = parse("measure = \"revenue\"\nday_minutes = = 3").unwrap_err();

    assert_eq!(mistake.line, 2);
    assert!(mistake.sentence.starts_with("this is not TOML: "), "{}", mistake.sentence);
    assert!(
        parse("measure = \"revenue\"\nmeasure = \"margin\"").unwrap_err().sentence.contains("duplicate key")
    );
}

#[test]
fn a_number_out_of_range_is_answered_with_the_range() {
    let share = "it must be a share from 0 to 1 with at most six decimals, such as 0.05 for 5 %.";
    check_refused("hysteresis = 1.5", 1, &format!("`hysteresis` is 1.5; {share}"));
    check_refused("default_margin = -0.1", 1, &format!("`default_margin` is -0.1; {share}"));
    check_refused("default_margin = 0.1234567", 1, &format!("`default_margin` is 0.1234567; {share}"));
    check_refused("[exposures]\nsilence = \"10 %\"", 2, &format!("`silence` is 10 %; {share}"));
    check_refused("likelihood_prior = true", 1, "`likelihood_prior` must be a number.");
    check_refused("day_minutes = 0", 1, "`day_minutes` is 0; it must be a whole number from 1 to 1440.");
    check_refused(
        "day_minutes = 30.5",
        1,
        "`day_minutes` is 30.5; it must be a whole number from 1 to 1440.",
    );
    check_refused(
        "[costs]\nkam = 12.345",
        2,
        "`kam` is 12.345; it must be euros from 0 to 10000.00 with at most two decimals, such as 1234.50.",
    );
    check_refused(
        "[ability_weights]\npeople = 0\noffering = 0\nprocesses = 0\nrelationship = 0",
        1,
        "at least one of the ability weights must be above 0.",
    );
}

#[test]
fn euros_are_read_exactly_from_a_whole_number_a_decimal_or_text() {
    let text = "[thresholds]\ncurrent = 10000\npotential = 0.29\nstrategic_current = \"900719925474.93\"";

    let (_, strategy) = parse(text).unwrap();

    assert_eq!(strategy.thresholds.current, Some(Money::euros(10_000)));
    assert_eq!(strategy.thresholds.potential, Some(Money::cents(29)));
    assert_eq!(strategy.thresholds.strategic_current, Some(Money::cents(90_071_992_547_493)));
    assert_eq!(strategy.thresholds.strategic_potential, None);
}

#[test]
fn strategic_thresholds_below_the_ordinary_ones_are_refused() {
    check_refused(
        "[thresholds]\ncurrent = 100\nstrategic_current = 99.99",
        3,
        "`strategic_current` is 99.99; it must not be below `current`, which is 100.00.",
    );
    assert!(parse("[thresholds]\npotential = 100\nstrategic_potential = 100").is_ok());
}

#[test]
fn words_that_are_not_known_are_answered_with_the_nearest() {
    check_refused(
        "measure = \"turnover\"",
        1,
        "`measure` does not know \"turnover\". Known are revenue, margin, profit.",
    );
    check_refused("measure = 3", 1, "`measure` must be text in quotes.");
    check_refused(
        "[[care_model]]\nsegment = \"grwoth\"",
        2,
        "`segment` does not know \"grwoth\". Did you mean `growth`?",
    );
    check_refused("[[care_model]]\nsilence_days = 30", 1, "a care model needs `segment`.");
    check_refused(
        "care_model = 3",
        1,
        "every `care_model` must be a section of its own, with a heading [[care_model]].",
    );
    check_refused("costs = 3", 1, "`costs` must be a section of its own, with a heading [costs].");
}

#[test]
fn days_are_days() {
    assert!(parse("from = 2026-13-01").unwrap_err().sentence.starts_with("this is not TOML: "));
    check_refused("from = \"1.12.2026\"", 1, "`from` needs a day such as 2026-12-31.");
    check_refused(
        "days_off = [\n  2026-05-15,\n  20260516,\n]",
        3,
        "`days_off` needs a day such as 2026-12-31.",
    );
    check_refused("days_off = 2026-05-15", 1, "`days_off` must be a list in square brackets.");
    check_refused("from = 9999-12-31", 1, "`from` must be a day before 9999-12-31.");
    assert_eq!(parse("from = 2026-12-01").unwrap().0, Day::new(2026, 12, 1));
    assert_eq!(parse("from = \"2026-12-01\"").unwrap().0, Day::new(2026, 12, 1));
}

#[track_caller]
fn check_line_refused(line: &str, at: usize, sentence: &str) {
    check_refused(
        &format!("[[care_model]]\nsegment = \"growth\"\n[[care_model.line]]\n{line}"),
        at,
        sentence,
    );
}

#[test]
fn a_care_line_has_kinds_one_rule_and_minutes() {
    check_line_refused("minutes = 5\nper_year = 4", 3, "a care line needs `kinds`.");
    check_line_refused(
        "kinds = []\nminutes = 5\nper_year = 4",
        4,
        "`kinds` must name at least one kind of activity.",
    );
    check_line_refused(
        "kinds = [\"call\",\n\"cal\"]\nminutes = 5\nper_year = 4",
        5,
        "`kinds` does not know \"cal\". Did you mean `call`?",
    );
    check_line_refused(
        "kinds = [\"call\", \"call\"]\nminutes = 5\nper_year = 4",
        4,
        "`kinds` names the same kind of activity twice.",
    );
    check_line_refused("kinds = [\"call\"]\nper_year = 4", 3, "a care line needs `minutes`.");
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5",
        3,
        "a care line needs `per_year = 4`, or `entering = { times = 8, within = 40 }`.",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nper_year = 366",
        6,
        "`per_year` is 366; it must be a whole number from 1 to 365.",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nper_year = 4\nentering = { times = 1, within = 20 }",
        7,
        "a line has either `per_year` or `entering`, not both.",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nafter = 4\nentering = { times = 1, within = 20 }",
        6,
        "`after` belongs to a line with `per_year`, not to an entering line.",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nentering = { times = 1 }",
        6,
        "`entering` needs `within`.",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nper_year = 4\nanswering = \"seler\"",
        7,
        "`answering` does not know \"seler\". Did you mean `seller`?",
    );
    check_line_refused(
        "kinds = [\"call\"]\nminutes = 5\nper_year = 4\nname = \"Ring them\"",
        7,
        "a line's `name` is made of a-z, 0-9 and _, and has at most 60 letters.",
    );
}

#[test]
fn a_care_model_has_no_two_lines_of_one_name_and_one_entering_line_of_contacts() {
    let call = "kinds = [\"call\"]\nminutes = 5\nper_year = 4\n";
    let entering = "kinds = [\"call\"]\nminutes = 5\nentering = { times = 8, within = 40 }\n";

    check_line_refused(
        &format!("{call}[[care_model.line]]\n{call}"),
        7,
        "there are two lines named `call` in this care model; rename one.",
    );
    check_line_refused(
        &format!("{entering}[[care_model.line]]\nname = \"again\"\n{entering}"),
        11,
        "a care model has at most one entering line of contacts; join the two.",
    );
    check_refused(
        "[[care_model]]\nsegment = \"growth\"\n[[care_model]]\nsegment = \"growth\"",
        4,
        "there are two care models of growth; keep one.",
    );
}

#[test]
fn a_care_model_given_replaces_the_lines_of_its_segment_only() {
    let text = "[[care_model]]\nsegment = \"growth\"\n[[care_model.line]]\nkinds = [\"call\"]\nper_year = 12\nminutes = 20";

    let (_, strategy) = parse(text).unwrap();

    let growth = strategy.care_model(Segment::Growth).unwrap();
    assert_eq!(growth.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["call"]);
    assert_eq!(growth.silence_days, 45);
    assert_eq!(strategy.care_model(Segment::Retention), Strategy::default().care_model(Segment::Retention),);
}
