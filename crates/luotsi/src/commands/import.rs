//! `luotsi import`.

use crate::{arguments, failure::Failure, interruption::Interruption, progress::Bar, say::counted, say::say};
use luotsi_app::import::{Options, Summary};
use luotsi_store::Store;
use serde_json::json;

pub fn import(database: &str, asked: &arguments::Import) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let options = Options { map: asked.map.clone(), source: asked.source.clone(), dry_run: asked.dry_run };

    let bar = Bar::new("Importing", Interruption::listen());
    let summary = luotsi_app::import::import(&store, asked.kind, &asked.file, &options, &bar)?;
    drop(bar);
    match asked.json {
        true => say(&json!(summary).to_string()),
        false => say(&in_words(asked, &summary)),
    }
}

fn in_words(asked: &arguments::Import, summary: &Summary) -> String {
    let lead = if asked.dry_run { "Nothing was changed; this would happen. " } else { "" };
    let mut text = format!(
        "{lead}{} of {}: {} created, {} updated, {} unchanged, {} skipped, {} rejected.",
        counted(summary.rows as usize, "row", "rows"),
        asked.kind.name(),
        summary.created,
        summary.updated,
        summary.unchanged,
        summary.skipped,
        summary.rejected
    );
    for rejected in &summary.first_rejected {
        text += &format!("\n  {rejected}");
    }
    if summary.sharing_business_ids > 0 {
        text += &format!(
            "\nAccounts taken in as told although another has the same business id: {}.",
            summary.sharing_business_ids
        );
    }
    if let Some(file) = &summary.rejected_file {
        text += &format!("\nThe rejected rows are in {}, each with its reason.", file.display());
    }
    text
}
