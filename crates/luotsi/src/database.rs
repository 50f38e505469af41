//! Which database a command works on.

use crate::failure::Failure;
use directories::ProjectDirs;
use std::{fs, path::PathBuf};

/// The database that was asked for, else the file `luotsi.db` in the user's data directory.
pub fn chosen(database: Option<String>) -> Result<String, Failure> {
    match database {
        Some(database) => Ok(database),
        None => in_data_directory("luotsi.db"),
    }
}

/// The database that was asked for, else the sample company's own file in the user's data directory.
pub fn chosen_for_demo(database: Option<String>) -> Result<String, Failure> {
    match database {
        Some(database) => Ok(database),
        None => in_data_directory("demo.db"),
    }
}

/// The file of an SQLite database; `None` of one on a PostgreSQL server.
pub fn file(database: &str) -> Option<PathBuf> {
    database.strip_prefix("sqlite:").map(PathBuf::from)
}

fn in_data_directory(name: &str) -> Result<String, Failure> {
    let directories = ProjectDirs::from("", "", "luotsi").ok_or_else(|| {
        Failure::sentence(
            "There is no home directory to keep the database in; name one with --database sqlite:PATH.",
        )
    })?;
    let folder = directories.data_dir();
    fs::create_dir_all(folder).map_err(|error| {
        Failure::sentence(format!(
            "The folder {} for the database cannot be made ({error}); name another with --database sqlite:PATH.",
            folder.display()
        ))
    })?;
    Ok(format!("sqlite:{}", folder.join(name).display()))
}
