//! Which column of a file, constant or formula gives each of a kind's own columns.

use super::{
    file::{TableFault, TableFile},
    kind::{Field, Kind},
    map::{ConditionFault, Created, Formula, FormulaFault, Map, OneOrMany, Test},
    number::DecimalMark,
};
use std::collections::{BTreeMap, HashMap};

/// How the rows of one file are read.
#[derive(Clone, Debug)]
pub struct Columns {
    pub kind: Kind,
    /// The file's own names.
    pub header: Vec<String>,
    pub separator: u8,
    pub mark: DecimalMark,
    pub date_form: Option<String>,
    pub skip: Vec<(usize, Test)>,
    /// In the order of the kind's fields.
    origins: Vec<Origin>,
    meanings: HashMap<&'static str, HashMap<String, String>>,
    /// Of accounts and products that sales lines make: our column and the places of theirs.
    pub account: Option<Vec<(&'static str, Vec<usize>)>>,
    pub product: Option<Vec<(&'static str, Vec<usize>)>>,
}

/// Where the values of one of our columns come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    Absent,
    Column(usize),
    /// Several columns, joined with a space.
    Columns(Vec<usize>),
    Constant(String),
    Formula(Formula),
}

/// Why the columns of a file do not do; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ColumnFault {
    #[error("has the column {0:?} twice; rename or remove one of them")]
    Doubled(String),
    #[error(
        "has a column {name:?}, which {kind} do not have; remove it, or give a map file with --map. \
         The columns of {kind} are {known}"
    )]
    Unknown { name: String, kind: &'static str, known: String },
    #[error(
        "has no column {names}, which {kind} need; add it, or say in a map file (--map) where it comes from"
    )]
    Missing { names: String, kind: &'static str },
    #[error("has no column {name:?}, which the map file names; its columns are {header}")]
    NotInFile { name: String, header: String },
    #[error("cannot be read with this map file: {kind} have no column {name:?}; their columns are {known}")]
    NotOurs { name: String, kind: &'static str, known: String },
    #[error("cannot be read with this map file: it says of {0:?} twice where it comes from")]
    SaidTwice(String),
    #[error("cannot be read with this map file: the condition on {column:?} {fault}")]
    Condition { column: String, fault: ConditionFault },
    #[error("cannot be read with this map file: the formula of {name} {fault}")]
    Formula { name: String, fault: FormulaFault },
    #[error("cannot be read with this map file: {0} is worked out by a formula, but is no amount")]
    NoAmount(String),
    #[error("cannot be read with this map file: only sales lines create accounts and products")]
    CreatesNothing,
    #[error("cannot be read with this map file: {table} gives no {name:?}; it may give {known}")]
    NotCreated { table: &'static str, name: String, known: String },
}

/// Our columns that an account made from sales lines may have, and a product.
const ACCOUNT: &[&str] =
    &["name", "business_id", "industry", "size_class", "street", "postal_code", "city", "country"];
const PRODUCT: &[&str] = &["name", "group"];

/// Letters of a column's name, and columns, that a sentence repeats.
const NAME_TOLD_MAX: usize = 60;
const HEADER_TOLD_MAX: usize = 50;

/// How many rows are looked at for the decimal mark.
const ROWS: usize = 1000;

impl Columns {
    /// Reads the file's header and says where each of the kind's columns comes from.
    pub fn recognise(kind: Kind, file: &TableFile, map: Option<&Map>) -> Result<Self, ColumnOrTableFault> {
        let theirs = map.map(Map::their_columns).unwrap_or_default();
        let separator = file.separator(|name| {
            let name = normal(name);
            kind.field(&name).is_some() || theirs.iter().any(|known| normal(known) == name)
        });
        let mut rows = file.first_rows(separator);
        let header = rows.next().ok_or(TableFault::Empty)?;
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();

        let mut columns = recognise(kind, header, separator, map)?;
        columns.mark = columns.decimal_mark(&rows.take(ROWS).collect::<Vec<_>>());
        Ok(columns)
    }

    pub fn origin(&self, field: &str) -> &Origin {
        let place = self.kind.fields().iter().position(|known| known.name == field);
        place.and_then(|place| self.origins.get(place)).unwrap_or(&Origin::Absent)
    }

    /// Whether the rows can be told by their key: invoice lines without numbers cannot.
    pub fn has_keys(&self) -> bool {
        self.kind != Kind::Sales || *self.origin("line") != Origin::Absent
    }

    /// What the file calls the column that gives `field`.
    pub fn name_in_file(&self, field: &str) -> String {
        match self.origin(field) {
            Origin::Column(column) => self.header[*column].clone(),
            Origin::Columns(columns) => {
                columns.iter().map(|column| self.header[*column].as_str()).collect::<Vec<_>>().join(" ")
            }
            Origin::Absent | Origin::Constant(_) | Origin::Formula(_) => field.to_owned(),
        }
    }

    /// What a value of the field means, when the map says so.
    pub fn meaning(&self, field: &str, value: &str) -> Option<&str> {
        let meanings = self.meanings.get(field)?;
        meanings.get(value).or_else(|| meanings.get("*")).map(String::as_str)
    }

    fn decimal_mark(&self, rows: &[csv::StringRecord]) -> DecimalMark {
        let conditions =
            self.skip.iter().filter(|(_, test)| test.compares_numbers()).map(|(column, _)| *column);
        let numbers = self.kind.fields().iter().zip(&self.origins).flat_map(|(field, origin)| match origin {
            Origin::Column(column) if field.is_number => vec![*column],
            Origin::Formula(formula) => formula.columns(),
            Origin::Absent | Origin::Column(_) | Origin::Columns(_) | Origin::Constant(_) => Vec::new(),
        });
        let numbers: Vec<usize> = conditions.chain(numbers).collect();
        let values = rows.iter().flat_map(|row| numbers.iter().filter_map(|column| row.get(*column)));
        DecimalMark::recognise(values.map(str::trim), self.separator)
    }
}

/// A fault of the file itself, or of its columns.
#[derive(Debug, thiserror::Error)]
pub enum ColumnOrTableFault {
    #[error(transparent)]
    Table(#[from] TableFault),
    #[error(transparent)]
    Column(#[from] ColumnFault),
}

fn recognise(
    kind: Kind,
    header: Vec<String>,
    separator: u8,
    map: Option<&Map>,
) -> Result<Columns, ColumnFault> {
    let places = places(&header)?;
    let place = |name: &str| places.get(&normal(name)).copied();
    let origins = match map {
        Some(map) => mapped(kind, &header, map, &place)?,
        None => own(kind, &header, &place)?,
    };
    require(kind, &origins)?;

    let empty = Map::default();
    let map = map.unwrap_or(&empty);
    let created = |what, ours: &BTreeMap<_, _>, table, known| match map.create.contains(&what) {
        true if kind != Kind::Sales => Err(ColumnFault::CreatesNothing),
        true => made(ours, table, known, &header, &place).map(Some),
        false => Ok(None),
    };
    Ok(Columns {
        kind,
        separator,
        mark: DecimalMark::Point,
        date_form: map.date_form.clone(),
        skip: conditions(map, &header, &place)?,
        origins,
        meanings: meanings(kind, map)?,
        account: created(Created::Account, &map.account, "[account]", ACCOUNT)?,
        product: created(Created::Product, &map.product, "[product]", PRODUCT)?,
        header,
    })
}

/// Names are recognised whatever their case, and with spaces for underscores.
fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

fn places(header: &[String]) -> Result<HashMap<String, usize>, ColumnFault> {
    let mut places = HashMap::new();
    for (place, name) in header.iter().enumerate() {
        if !name.is_empty() && places.insert(normal(name), place).is_some() {
            return Err(ColumnFault::Doubled(shortened(name)));
        }
    }
    Ok(places)
}

/// Without a map every column of the file must be one of ours: a misspelt one would be lost unseen.
fn own(
    kind: Kind,
    header: &[String],
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Vec<Origin>, ColumnFault> {
    match header.iter().find(|name| kind.field(&normal(name)).is_none()) {
        Some(name) => {
            Err(ColumnFault::Unknown { name: shortened(name), kind: kind.name(), known: known(kind) })
        }
        None => Ok(kind.fields().iter().map(|field| by_own_name(field, place)).collect()),
    }
}

/// With a map it says what to take; our own names count where it says nothing.
fn mapped(
    kind: Kind,
    header: &[String],
    map: &Map,
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Vec<Origin>, ColumnFault> {
    let named = map.columns.keys().chain(map.constants.keys()).chain(map.formula.keys());
    for name in named {
        kind.field(name).ok_or_else(|| not_ours(kind, name))?;
    }
    kind.fields()
        .iter()
        .map(|field| {
            let theirs = map.columns.get(field.name).map(|theirs| theirs_of(theirs, header, place));
            let constant = map.constants.get(field.name).map(|value| Ok(Origin::Constant(value.text())));
            let formula = map.formula.get(field.name).map(|formula| formula_of(field, formula, place));
            let mut said = [theirs, constant, formula].into_iter().flatten();
            match (said.next(), said.next()) {
                (None, _) => Ok(by_own_name(field, place)),
                (Some(origin), None) => origin,
                (Some(_), Some(_)) => Err(ColumnFault::SaidTwice(field.name.to_owned())),
            }
        })
        .collect()
}

fn by_own_name(field: &Field, place: &impl Fn(&str) -> Option<usize>) -> Origin {
    place(field.name).map_or(Origin::Absent, Origin::Column)
}

fn theirs_of(
    theirs: &OneOrMany,
    header: &[String],
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Origin, ColumnFault> {
    let columns = columns_called(theirs, header, place)?;
    Ok(match columns.as_slice() {
        [column] => Origin::Column(*column),
        _ => Origin::Columns(columns),
    })
}

fn formula_of(
    field: &Field,
    formula: &str,
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Origin, ColumnFault> {
    if !field.is_number {
        return Err(ColumnFault::NoAmount(field.name.to_owned()));
    }
    let fault = |fault| ColumnFault::Formula { name: field.name.to_owned(), fault };
    Formula::parse(formula, place).map(Origin::Formula).map_err(fault)
}

fn columns_called(
    theirs: &OneOrMany,
    header: &[String],
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Vec<usize>, ColumnFault> {
    theirs.to_vec().iter().map(|name| place(name).ok_or_else(|| not_in_file(name, header))).collect()
}

fn not_in_file(name: &str, header: &[String]) -> ColumnFault {
    let mut told: Vec<String> = header.iter().take(HEADER_TOLD_MAX).map(|name| shortened(name)).collect();
    if told.len() < header.len() {
        told.push("...".to_owned());
    }
    ColumnFault::NotInFile { name: shortened(name), header: told.join(", ") }
}

/// What is no table at all may begin with a name of a million letters.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME_TOLD_MAX) {
        Some((end, _)) => format!("{}...", &name[..end]),
        None => name.to_owned(),
    }
}

fn require(kind: Kind, origins: &[Origin]) -> Result<(), ColumnFault> {
    let missing: Vec<&str> = kind
        .fields()
        .iter()
        .zip(origins)
        .filter(|(field, origin)| field.is_required && **origin == Origin::Absent)
        .map(|(field, _)| field.name)
        .collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(ColumnFault::Missing { names: missing.join(", "), kind: kind.name() }),
    }
}

fn conditions(
    map: &Map,
    header: &[String],
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Vec<(usize, Test)>, ColumnFault> {
    let mut conditions = Vec::new();
    for condition in &map.skip {
        let name = &condition.column;
        let column = place(name).ok_or_else(|| not_in_file(name, header))?;
        let fault = |fault| ColumnFault::Condition { column: name.clone(), fault };
        conditions.push((column, condition.test().map_err(fault)?));
    }
    Ok(conditions)
}

fn meanings(kind: Kind, map: &Map) -> Result<HashMap<&'static str, HashMap<String, String>>, ColumnFault> {
    map.values
        .iter()
        .map(|(name, meanings)| {
            let field = kind.field(name).ok_or_else(|| not_ours(kind, name))?;
            let texts = meanings.iter().map(|(theirs, ours)| (theirs.trim().to_owned(), ours.text()));
            Ok((field.name, texts.collect()))
        })
        .collect()
}

fn made(
    ours: &BTreeMap<String, OneOrMany>,
    table: &'static str,
    known: &'static [&'static str],
    header: &[String],
    place: &impl Fn(&str) -> Option<usize>,
) -> Result<Vec<(&'static str, Vec<usize>)>, ColumnFault> {
    ours.iter()
        .map(|(name, theirs)| {
            let not_created =
                || ColumnFault::NotCreated { table, name: name.clone(), known: known.join(", ") };
            let our = known.iter().find(|known| *known == name).ok_or_else(not_created)?;
            Ok((*our, columns_called(theirs, header, place)?))
        })
        .collect()
}

fn not_ours(kind: Kind, name: &str) -> ColumnFault {
    ColumnFault::NotOurs { name: name.to_owned(), kind: kind.name(), known: known(kind) }
}

fn known(kind: Kind) -> String {
    kind.fields().iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kind: Kind, file: &str, map: Option<&str>) -> Result<Columns, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.csv");
        std::fs::write(&path, file).unwrap();
        let map: Option<Map> = map.map(|map| toml::from_str(map).unwrap());
        let file = TableFile::open(&path).map_err(|fault| fault.to_string())?;
        Columns::recognise(kind, &file, map.as_ref()).map_err(|fault| fault.to_string())
    }

    fn fault(kind: Kind, file: &str, map: Option<&str>) -> String {
        columns(kind, file, map).unwrap_err()
    }

    #[test]
    fn own_names_are_recognised_whatever_their_case_and_order() {
        let columns = columns(Kind::Products, "NAME;External ID\nGravel;G1\n", None).unwrap();

        assert_eq!(columns.separator, b';');
        assert_eq!(columns.origin("external_id"), &Origin::Column(1));
        assert_eq!(columns.origin("name"), &Origin::Column(0));
        assert_eq!(columns.origin("group"), &Origin::Absent);
    }

    #[test]
    fn a_sentence_stays_short_whatever_stands_in_the_header() {
        let many: Vec<String> = (0..10_000).map(|number| format!("column_{number}")).collect();
        let map = Some("columns = { name = \"nimi\" }");

        for (file, map) in [("0".repeat(100_000), None), (many.join(","), map)] {
            let told = fault(Kind::Products, &file, map);
            assert!(told.len() < 1_000 && told.contains("..."), "{told}");
        }
    }

    #[test]
    fn columns_that_do_not_do_are_named() {
        assert!(fault(Kind::Products, "external_id,name,colour\n", None).contains("\"colour\""));
        assert!(fault(Kind::Products, "external_id,name,Name\n", None).contains("\"Name\" twice"));
        assert!(fault(Kind::Products, "external_id\n", None).contains("no column name,"));
        assert!(fault(Kind::Sales, "invoice,day\n", None).contains("account, net"));
    }

    #[test]
    fn a_map_renames_sets_and_works_out_columns() {
        let map = "create = [\"account\"]\n[columns]\naccount = \"Customer ID\"\n[formula]\nnet = \"qty * [Unit Price]\"\n\
                   [constants]\nline = 1\n[account]\ncountry = \"Land\"\n[[skip]]\ncolumn = \"qty\"\nat_most = 0\n";
        let file = "invoice,day,Customer ID,qty,Unit Price,Land\n1,2026-01-01,A,\"2,5\",\"9,90\",FI\n";
        let columns = columns(Kind::Sales, file, Some(map)).unwrap();

        assert_eq!(columns.origin("account"), &Origin::Column(2));
        assert_eq!(columns.origin("line"), &Origin::Constant("1".to_owned()));
        assert!(matches!(columns.origin("net"), Origin::Formula(_)));
        assert_eq!(columns.mark, DecimalMark::Comma);
        assert_eq!(columns.account, Some(vec![("country", vec![5])]));
        assert_eq!(columns.name_in_file("account"), "Customer ID");
    }

    #[test]
    fn a_map_that_does_not_fit_is_refused() {
        let file = "external_id,name,x\n";
        let refused = |map: &str| fault(Kind::Products, file, Some(map));

        assert!(refused("[columns]\nname = \"titel\"\n").contains("\"titel\""));
        assert!(refused("[columns]\nnmae = \"x\"\n").contains("\"nmae\""));
        assert!(refused("[columns]\nname = \"x\"\n[constants]\nname = \"y\"\n").contains("twice"));
        assert!(refused("[formula]\nname = \"1\"\n").contains("no amount"));
        assert!(refused("[[skip]]\ncolumn = \"x\"\n").contains("and has 0"));
        assert!(refused("create = [\"account\"]\n").contains("only sales lines"));
        assert!(refused("[values.nmae]\na = \"b\"\n").contains("\"nmae\""));
    }
}
