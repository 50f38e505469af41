//! What can be kept by reading the source: which crate and which module uses which, what every file opens with, where
//! SQL stands, that both languages and the glossary are complete, that nothing of one machine is written down.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The steps of the operating process: each may use only those before it.
const PROCESS: [&str; 12] = [
    "units",
    "people",
    "account",
    "history",
    "offering",
    "sales",
    "activity",
    "strategy",
    "base",
    "segmentation",
    "care",
    "steering",
];

/// What each of our crates may use of ours.
const CRATES: [(&str, &[&str]); 7] = [
    ("core", &[]),
    ("store", &["core"]),
    ("app", &["core", "store"]),
    ("web", &["core", "store", "app"]),
    ("api", &["core", "store", "app"]),
    ("demo", &["core", "app"]),
    ("luotsi", &["core", "store", "app", "web", "api", "demo"]),
];

/// Longer than this, a file tells more than one story.
const LINES_MAX: usize = 700;

#[test]
fn crates_use_only_the_crates_below_them() {
    for (name, allowed) in CRATES {
        let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));
        let used = dependencies(&manifest);

        let forbidden: Vec<_> = used.iter().filter(|used| !allowed.contains(&used.as_str())).collect();
        assert!(forbidden.is_empty(), "crates/{name} must not use {forbidden:?}");
    }
}

#[test]
fn every_crate_has_the_lints_of_the_workspace() {
    for (name, _) in CRATES {
        let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));

        assert!(manifest.contains("[lints]\nworkspace = true"), "crates/{name}");
    }
}

#[test]
fn modules_use_only_the_modules_before_them_in_the_process() {
    let mut wrong = Vec::new();
    for layer in ["core", "store", "app"] {
        let source = root().join("crates").join(layer).join("src");
        for file in files(&source, &["rs"]) {
            let Some(own) = step_of(&source, &file) else { continue };
            for used in
                crate_imports(&read(&file)).iter().filter_map(|name| step(name)).filter(|used| own < *used)
            {
                wrong.push(format!("{}: {} uses {}", shown(&file), PROCESS[own], PROCESS[used]));
            }
        }
    }
    assert!(wrong.is_empty(), "upward in the process:\n{}", wrong.join("\n"));
}

#[test]
fn modules_stand_in_the_order_of_the_process() {
    for layer in ["core", "store", "app"] {
        let library = read(&root().join("crates").join(layer).join("src/lib.rs"));
        let steps: Vec<usize> = library
            .lines()
            .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').and_then(step))
            .collect();

        assert!(steps.is_sorted(), "crates/{layer}/src/lib.rs: {steps:?}");
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent: Vec<String> = source_files()
        .into_iter()
        .filter(|file| {
            let first = read(file).lines().next().unwrap_or_default().to_owned();
            first.strip_prefix("//!").is_none_or(|purpose| purpose.trim().len() < 10)
        })
        .map(|file| shown(&file))
        .collect();

    assert!(silent.is_empty(), "without a `//!` that says what for: {silent:?}");
}

#[test]
fn every_migration_opens_with_why_it_exists() {
    for file in files(&root().join("crates/store"), &["sql"]) {
        assert!(read(&file).starts_with("-- "), "{}", shown(&file));
    }
}

#[test]
fn no_file_tells_more_than_one_story() {
    let long: Vec<String> = source_files()
        .into_iter()
        .filter(|file| LINES_MAX < read(file).lines().count())
        .map(|file| shown(&file))
        .collect();

    assert!(long.is_empty(), "longer than {LINES_MAX} lines: {long:?}");
}

#[test]
fn sql_stands_in_the_store_only() {
    let mut found = Vec::new();
    for (name, _) in CRATES.iter().filter(|(name, _)| *name != "store") {
        for file in files(&root().join("crates").join(name).join("src"), &["rs"]) {
            if file.components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let lines = read(&file).lines().map(str::to_lowercase).enumerate().collect::<Vec<_>>();
            found.extend(
                lines
                    .iter()
                    .filter(|(_, line)| !line.trim_start().starts_with("//") && is_sql(line))
                    .map(|(number, line)| format!("{}:{}: {}", shown(&file), number + 1, line.trim())),
            );
        }
    }

    assert!(found.is_empty(), "SQL outside the store:\n{}", found.join("\n"));
}

#[test]
fn pages_say_nothing_past_the_texts_of_both_languages() {
    let mut said = Vec::new();
    for file in files(&root().join("crates/web"), &["html"]) {
        for (number, line) in words_in_markup(&read(&file)) {
            said.push(format!("{}:{number}: {line}", shown(&file)));
        }
    }

    assert!(said.is_empty(), "words in markup:\n{}", said.join("\n"));
}

#[test]
fn the_glossary_has_every_name_that_core_gives() {
    let glossary = read(&root().join("GLOSSARY.md"));
    let missing: BTreeSet<String> = files(&root().join("crates/core/src"), &["rs"])
        .iter()
        .flat_map(|file| names_given(&read(file)))
        .filter(|name| !glossary.contains(&format!("`{name}`")))
        .collect();

    assert!(missing.is_empty(), "terms without a row in GLOSSARY.md: {missing:?}");
}

#[test]
fn nothing_of_one_machine_is_written_down() {
    let places = ["home", "root", "work", "Users"].map(|folder| format!("/{folder}/"));
    let mut found = Vec::new();
    for file in
        files(&root(), &["rs", "toml", "md", "sql", "html", "css", "js", "mjs", "json", "py", "sh", "ftl"])
    {
        let text = read(&file);
        found.extend(
            text.lines()
                .enumerate()
                .filter(|(_, line)| places.iter().any(|place| has_path(line, place)))
                .map(|(number, line)| format!("{}:{}: {line}", shown(&file), number + 1)),
        );
    }

    assert!(found.is_empty(), "paths of a machine:\n{}", found.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let marks =
        ["to", "fix"].iter().zip(["do", "me"]).map(|(one, other)| format!("{one}{other}").to_uppercase());
    let marks: Vec<String> = marks.collect();
    let left: Vec<String> = source_files()
        .into_iter()
        .filter(|file| marks.iter().any(|mark| read(file).contains(mark.as_str())))
        .map(|file| shown(&file))
        .collect();

    assert!(left.is_empty(), "left for later: {left:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

fn source_files() -> Vec<PathBuf> {
    ["crates", "bench", "tests"].iter().flat_map(|folder| files(&root().join(folder), &["rs"])).collect()
}

/// All files under `folder` with one of the endings, but none that was built or installed.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist"].contains(&name.as_str()) && !name.starts_with('.') {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Our crates among the dependencies of a manifest, those for tests left out.
fn dependencies(manifest: &str) -> Vec<String> {
    let (_, after) = manifest.split_once("\n[dependencies]").unwrap_or_default();
    let section = after.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter_map(|line| line.strip_prefix("luotsi-"))
        .map(|rest| rest.chars().take_while(|letter| letter.is_alphanumeric()).collect())
        .collect()
}

fn step(name: &str) -> Option<usize> {
    PROCESS.iter().position(|step| *step == name)
}

/// The step a file belongs to: `src/care.rs`, `src/care/line.rs`.
fn step_of(source: &Path, file: &Path) -> Option<usize> {
    let inside = file.strip_prefix(source).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    step(first.trim_end_matches(".rs"))
}

/// The modules named after `crate::`, singly or in braces.
fn crate_imports(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, after) in source.match_indices("crate::").map(|(at, found)| (at, &source[at + found.len()..])) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(first_names(group)),
            None => names.push(identifier(after)),
        }
    }
    names
}

/// The first name of each part of a `{...}` group: of `{care::{Line, Rule}, units::Day}` care and units.
fn first_names(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut part = String::new();
    let mut parts = Vec::new();
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            letter if depth == 0 => part.push(letter),
            _ => (),
        }
    }
    parts.push(part);
    parts.iter().map(|part| identifier(part.trim())).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn is_sql(line: &str) -> bool {
    let start = line.trim_start().trim_start_matches('"');
    (start.starts_with("select ") && !start.contains('{'))
        || start.starts_with("with wanted")
        || ["insert into ", "delete from ", "create table ", "alter table "]
            .iter()
            .any(|verb| line.contains(verb))
        || (line.contains("select ") && line.contains(" from "))
        || (line.contains("update ") && line.contains(" set "))
}

/// The lines of a template in which text stands outside tags, expressions and comments, or in a spoken attribute.
fn words_in_markup(template: &str) -> Vec<(usize, String)> {
    let bare = without(without(without(template.to_owned(), "{#", "#}"), "{%", "%}"), "{{", "}}");
    let spoken = ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""];
    let in_attributes = bare.lines().enumerate().filter(|(_, line)| {
        spoken.iter().any(|attribute| line.split(attribute).skip(1).any(starts_with_a_word))
    });
    // A command is the same in every language.
    let text = without(without(without(bare.clone(), "<!--", "-->"), "<code>", "</code>"), "<", ">");
    let in_text = text.lines().enumerate().filter(|(_, line)| {
        line.split('&').enumerate().any(|(part, text)| {
            let text = if part == 0 { text } else { text.split_once(';').map_or("", |(_, rest)| rest) };
            text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
        })
    });
    in_attributes.chain(in_text).map(|(at, line)| (at + 1, line.trim().to_owned())).collect()
}

fn starts_with_a_word(value: &str) -> bool {
    value.split('"').next().is_some_and(|value| value.trim_start().starts_with(char::is_alphabetic))
}

/// The text without what stands between `open` and `close`; line ends are kept, so that lines keep their numbers.
fn without(text: String, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(open) {
        let (inside, after) = after.split_once(close).unwrap_or((after, ""));
        kept.push_str(before);
        kept.extend(inside.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The names that functions `name` return for the variants of our enums.
fn names_given(source: &str) -> Vec<String> {
    source
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("Self::"))
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\",").map(str::to_owned))
        .filter(|name| name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_'))
        .collect()
}

fn has_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + place.len()..].chars().next();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"._-:/})".contains(letter))
            && after.is_some_and(|letter| letter.is_ascii_alphabetic())
    })
}
