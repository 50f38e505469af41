//! What the whole-program stories share: the program itself, a small company in files, and what a command left.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub mod server;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

pub const EXPORTS: [&str; 8] =
    ["accounts", "values", "segments", "care", "deviations", "proposals", "sales", "activities"];

/// In the order in which the files refer to one another.
pub const KINDS: [&str; 11] = [
    "people",
    "products",
    "accounts",
    "account_team",
    "contacts",
    "sales",
    "activities",
    "estimates",
    "abilities",
    "targets",
    "overrides",
];

/// The program on one database.
pub struct Luotsi {
    pub database: String,
}

impl Luotsi {
    pub fn on(database: &str) -> Self {
        Self { database: database.to_owned() }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_luotsi"));
        command
            .args(arguments)
            .env("LUOTSI_DATABASE", &self.database)
            .env_remove("LUOTSI_LOG")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that must succeed wrote.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "luotsi {}: {said}", arguments.join(" "));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The one sentence with which a command that must fail says why.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "luotsi {}: {said}", arguments.join(" "));
        assert_eq!(said.trim_end().lines().count(), 1, "more than one line: {said}");
        said.trim_end().to_owned()
    }

    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub fn import(&self, kind: &str, company: &Files) -> serde_json::Value {
        let said = self.ok(&["import", kind, company.file(kind).to_str().unwrap(), "--json"]);
        serde_json::from_str(&said).unwrap()
    }

    pub fn import_all(&self, company: &Files) {
        for kind in KINDS {
            let summary = self.import(kind, company);
            assert_eq!(summary["rejected"], 0, "{kind}: {summary}");
        }
    }

    /// Everything that can be exported, one text.
    pub fn exports(&self, on: &str) -> String {
        EXPORTS.iter().fold(String::new(), |mut all, what| {
            let _ = write!(all, "== {what}\n{}", self.ok(&["export", what, "--on", on]));
            all
        })
    }
}

/// The files of a small company.
pub struct Files {
    folder: TempDir,
}

impl Files {
    pub fn file(&self, kind: &str) -> PathBuf {
        self.folder.path().join(kind).with_extension("csv")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, kind: &str, text: &str) {
        fs::write(self.file(kind), text).unwrap();
    }
}

/// A wholesaler with a few people and `accounts` customers who bought for two years: most month after month, some
/// less and less, some not lately. The facts end on 2025-11-30.
pub fn small_company(accounts: u32) -> Files {
    let files = Files { folder: tempfile::tempdir().unwrap() };
    files.write(
        "people",
        "external_id,name,email,role,team,manager,active,hourly_cost,customer_hours\n\
         p1,Aino Salo,aino@example.com,seller,south,p3,yes,45,1100\n\
         p2,Eero Koski,eero@example.com,kam,south,p3,yes,60,\n\
         p3,Maija Lahti,maija@example.com,manager,south,,yes,70,\n\
         p4,Onni Ranta,,inside_sales,south,p3,yes,,\n\
         p5,Venla Niemi,,marketing,,p3,yes,,\n\
         p6,Heikki Vuori,,seller,north,p3,no,,\n",
    );
    files.write(
        "products",
        "external_id,name,group\nc30,Concrete C30,Concrete\ngr16,Gravel 16,Aggregates\nmix,Mix,\n",
    );
    files.write("accounts", &accounts_csv(accounts));
    files.write(
        "account_team",
        "account,person,role,from,until\na001,p2,kam,2025-01-01,\na002,p4,inside_sales,,2025-06-30\n",
    );
    files.write(
        "contacts",
        "external_id,account,name,title,email,phone\nk1,a001,Siiri Aho,Buyer,siiri@example.com,+358 40 1\n",
    );
    files.write("sales", &sales_csv(accounts));
    files.write("activities", &activities_csv(accounts));
    files.write("estimates", &estimates_csv(accounts));
    files.write(
        "abilities",
        "account,people,offering,processes,relationship,person,day\na001,4,3,5,4,p1,2025-03-01\n",
    );
    files.write("targets", "account,year,target,person,day\na001,2025,90000,p3,2025-01-10\n");
    files.write(
        "overrides",
        "account,segment,reason,person,from,review\na003,strategic,Opens a new market,p3,2025-09-01,\n",
    );
    files
}

fn accounts_csv(accounts: u32) -> String {
    let mut text =
        "external_id,name,business_id,parent,industry,size_class,owner,street,postal_code,city,country,active\n".to_owned();
    for n in 1..=accounts {
        let industry = ["building", "infra", "farming"][(n % 3) as usize];
        let owner = ["p1", "p2", "p6", ""][(n % 4) as usize];
        let parent = if n % 10 == 5 { "a001" } else { "" };
        let _ = writeln!(
            text,
            "a{n:03},Customer {n} Oy,,{parent},{industry},{},{owner},Tie {n},00100,Helsinki,FI,{}",
            ["S", "M", "L"][(n % 5 % 3) as usize],
            if n % 23 == 22 { "no" } else { "yes" }
        );
    }
    text
}

fn sales_csv(accounts: u32) -> String {
    let mut text = "invoice,line,day,account,product,quantity,net,cost\n".to_owned();
    for n in 1..=accounts {
        for month in 0..23_u32 {
            let (year, of_year) = (2024 + month / 12, month % 12 + 1);
            let stopped = n % 7 == 3 && month > 17;
            let fading = if n % 5 == 4 && month > 18 { 3 } else { 1 };
            if stopped || n % 11 == 10 {
                continue;
            }
            let day = 1 + (n * 7 + month * 3) % 27;
            let net = (n * n * 37 % 9_000 + 200 + month * 11) / fading;
            let cost = if n % 6 == 0 { String::new() } else { format!("{}.25", net * 6 / 10) };
            let _ = writeln!(
                text,
                "i{n}-{month},1,{year}-{of_year:02}-{day:02},a{n:03},c30,{},{net}.50,{cost}",
                month + 1
            );
            let _ = writeln!(
                text,
                "i{n}-{month},2,{year}-{of_year:02}-{day:02},a{n:03},gr16,2.5,{}.10,",
                net / 3
            );
        }
        let _ = writeln!(text, "r{n},1,2025-10-0{},a{n:03},mix,-1,-40.00,", 1 + n % 9);
    }
    text
}

fn activities_csv(accounts: u32) -> String {
    let mut text =
        "external_id,account,kind,person,day,minutes,state,direction,contact,outcome,note,planned_on\n"
            .to_owned();
    for n in 1..=accounts {
        let kind = ["visit", "call", "email", "meeting", "letter"][(n % 5) as usize];
        let direction = ["in", "out"][(n % 2) as usize];
        let outcome = if n % 9 == 0 { "no_answer" } else { "" };
        let _ = writeln!(
            text,
            "d{n},a{n:03},{kind},p{},2025-{:02}-1{},60,done,{direction},,{outcome},\"Said \"\"yes\"\", then no\",",
            1 + n % 5,
            1 + n % 11,
            n % 10
        );
        if n % 4 == 0 {
            let _ = writeln!(text, "f{n},a{n:03},visit,p1,2025-12-1{},120,planned,out,,,,2025-11-10", n % 10);
        }
    }
    text
}

fn estimates_csv(accounts: u32) -> String {
    let mut text = "account,group,yearly_need,estimator,person,day,justification\n".to_owned();
    for n in (1..=accounts).filter(|n| n % 3 == 1) {
        let _ = writeln!(text, "a{n:03},Concrete,{},owner,p1,2024-0{}-15,Asked them", n * 900, 1 + n % 9);
        if n % 2 == 0 {
            let _ = writeln!(text, "a{n:03},,{},customer,,2025-05-20,", n * 1_500);
        }
    }
    text
}
