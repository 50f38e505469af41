//! Writes the demo company as import files, part by part: `import_files FOLDER [ACCOUNTS] [ENDING] [SEED]`. For
//! `luotsi import`, and to compare with calculations made elsewhere.

use luotsi_core::units::Day;
use luotsi_demo::{ACCOUNTS, CsvFiles, Demo, SEED};
use std::{env, error::Error, path::PathBuf};

const ACCOUNTS_A_PART: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("give the folder to write into")?);
    let accounts = arguments.next().map_or(Ok(ACCOUNTS), |text| text.parse())?;
    let ending = arguments.next().unwrap_or_else(|| "2026-11-22".to_owned());
    let ending = Day::parse(&ending).ok_or("give the last day as 2026-11-22")?;
    let seed = arguments.next().map_or(Ok(SEED), |text| text.parse())?;

    let demo = Demo::new(accounts, ending, seed);
    let mut files = CsvFiles::create(&folder)?;
    files.append(&demo.company())?;
    for part in demo.parts(ACCOUNTS_A_PART) {
        files.append(&part)?;
    }
    files.finish()?;
    let watches: Vec<String> = luotsi_demo::watch_days(ending).iter().map(Day::to_string).collect();
    println!("watch on {}", watches.join(","));
    Ok(())
}
