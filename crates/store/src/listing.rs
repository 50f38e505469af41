//! Lists that other programs read: the rows of a resource, filtered, sorted, and gone on with where the last page ended.
//!
//! Every text that reaches SQL is written here; whatever a program asks is bound.

mod resources;

pub use resources::{
    ABILITIES, ACCOUNT_TEAM, ACCOUNTS, ACTIVITIES, ANSWERS, CHANGE_PARTS, CHANGES, CONTACTS, DEVIATIONS,
    ESTIMATES, INVITATIONS, OVERRIDES, PEOPLE, PRODUCTS, PROPOSALS, SALES, SAVED_VIEWS, SEGMENT_CHANGES,
    SESSIONS, SUBSTITUTIONS, TARGETS, TOKENS, VALUES,
};

use crate::{
    account::{list::not_met, search::words_sought},
    engine::{Query, Row, StoreError, Value},
};
use luotsi_core::{people::PersonId, units::Day};

/// Something whose rows can be read one by one and in lists.
#[derive(Debug)]
pub struct Resource {
    /// As addresses name it.
    pub name: &'static str,
    from: &'static str,
    /// Which rows there are; `$1` is the day.
    condition: &'static str,
    /// Which of them the person `$2` sees; `None`: everybody sees all.
    of_viewer: Option<&'static str>,
    /// The columns that together name a row; lists are in their order where nothing else is asked.
    pub key: &'static [&'static str],
    /// There are so many rows that another order than that of the key is worked out only of those that have some values
    /// of this column.
    pub ordered_within: Option<&'static str>,
    pub columns: &'static [Column],
}

#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    sql: &'static str,
    pub kind: Kind,
    pub may_be_empty: bool,
    /// Otherwise only asked for.
    pub is_shown: bool,
    /// Only some may see it: nobody may filter or sort by it, which would tell what it is.
    pub is_locked: bool,
    /// The only words that can stand in it.
    pub one_of: Option<fn() -> Vec<&'static str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Id,
    Text,
    Day,
    /// Cents.
    Money,
    Whole,
    Truth,
    /// Shares and quantities.
    Millionths,
    /// Microseconds since 1970 UTC.
    Moment,
    /// Text to be searched for words.
    Words,
    /// The account whose meetings are asked for from a day on.
    Meetings,
}

#[derive(Clone, Debug)]
pub struct Filter {
    pub column: &'static Column,
    pub test: Test,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    AnyOf(Vec<Value>),
    NoneOf(Vec<Value>),
    AtLeast(Value),
    AtMost(Value),
    /// Minds capital letters, but for words.
    Contains(String),
    /// Nobody has met the account on the day or after it.
    NotMetSince(Value),
    Empty,
    Filled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

/// By whom rows are read, and as of which day.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub by: PersonId,
    pub on: Day,
}

/// What a program asks of a resource.
#[derive(Clone, Debug)]
pub struct Asked {
    pub columns: Vec<&'static Column>,
    pub filters: Vec<Filter>,
    pub sort: Option<(&'static Column, Order)>,
    /// The last row of the page before.
    pub after: Option<Place>,
    pub limit: usize,
}

/// Where a row stands in the list: the value it is sorted by, and its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub sorted_by: Value,
    pub key: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// In the order of the columns asked.
    pub cells: Vec<Value>,
    pub place: Place,
}

impl Resource {
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Each reads only rows of their own, or shared with them.
    pub fn is_of_viewer(&self) -> bool {
        self.of_viewer.is_some()
    }

    /// The columns that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.columns.iter().filter(|column| column.is_shown)
    }

    fn key_columns(&self) -> impl Iterator<Item = &'static Column> {
        self.key.iter().filter_map(|name| self.column(name))
    }
}

/// One page: values sorted by come first where they are filled; ties in order of the key.
pub fn list(
    query: &impl Query,
    resource: &Resource,
    seen: Seen,
    asked: &Asked,
) -> Result<Vec<Listed>, StoreError> {
    let mut text = Text { sql: String::new(), params: vec![seen.on.into()] };
    if resource.of_viewer.is_some() {
        text.bind(seen.by.into());
    }
    text.select(resource, asked);
    for filter in &asked.filters {
        text.filter(filter);
    }
    if let Some(after) = &asked.after {
        text.after(resource, asked.sort, after);
    }
    text.order(resource, asked);
    query.all(&text.sql, &text.params, |row| listed(row, resource, asked))
}

/// The row with these values in its columns, with every column that is shown; the newest when there are several.
pub fn one(
    query: &impl Query,
    resource: &Resource,
    seen: Seen,
    wanted: &[(&'static str, Value)],
) -> Result<Option<Listed>, StoreError> {
    Ok(list(query, resource, seen, &asked(resource, wanted)?)?.pop())
}

/// The row whose column is the largest, of those that have these values.
pub fn newest(
    query: &impl Query,
    resource: &Resource,
    seen: Seen,
    wanted: &[(&'static str, Value)],
    column: &str,
) -> Result<Option<Listed>, StoreError> {
    let sort = resource.columns.iter().find(|known| known.name == column);
    let asked = Asked { sort: sort.map(|column| (column, Order::Descending)), ..asked(resource, wanted)? };
    Ok(list(query, resource, seen, &asked)?.pop())
}

/// The first row that has these values.
fn asked(resource: &Resource, wanted: &[(&'static str, Value)]) -> Result<Asked, StoreError> {
    let filter = |(name, value): &(&'static str, Value)| {
        let test = match *value == Value::Null {
            true => Test::Empty,
            false => Test::AnyOf(vec![value.clone()]),
        };
        resource.column(name).map(|column| Filter { column, test })
    };
    let filters: Option<Vec<Filter>> = wanted.iter().map(filter).collect();
    let Some(filters) = filters else {
        return Err(StoreError::Statement(format!("{} has no such column", resource.name)));
    };
    Ok(Asked { columns: resource.shown().collect(), filters, sort: None, after: None, limit: 1 })
}

struct Text {
    sql: String,
    params: Vec<Value>,
}

impl Text {
    fn select(&mut self, resource: &Resource, asked: &Asked) {
        let sort = asked.sort.map(|(column, _)| column.sql);
        let columns: Vec<&str> = (asked.columns.iter().map(|column| column.sql))
            .chain(sort)
            .chain(resource.key_columns().map(|column| column.sql))
            .collect();
        self.sql = format!(
            "-- A page of {}.\nselect {}\n  from {}\n where {}",
            resource.name,
            columns.join(", "),
            resource.from,
            resource.condition
        );
        if let Some(of_viewer) = resource.of_viewer {
            self.also(of_viewer);
        }
    }

    fn filter(&mut self, filter: &Filter) {
        let column = filter.column.sql;
        match &filter.test {
            Test::AnyOf(values) => {
                let list = self.bind_all(values);
                self.also(&format!("{column} in ({list})"));
            }
            Test::NoneOf(values) => {
                let list = self.bind_all(values);
                self.also(&format!("({column} is null or {column} not in ({list}))"));
            }
            Test::AtLeast(value) => {
                let bound = self.bind(value.clone());
                self.also(&format!("{column} >= {bound}"));
            }
            Test::AtMost(value) => {
                let bound = self.bind(value.clone());
                self.also(&format!("{column} <= {bound}"));
            }
            Test::Contains(words) if filter.column.kind == Kind::Words => {
                for word in words_sought(words) {
                    self.contains(column, &word);
                }
            }
            Test::Contains(text) => self.contains(column, text),
            Test::NotMetSince(day) => {
                let since = self.bind(day.clone());
                self.also(&not_met(column, &since));
            }
            Test::Empty => self.also(&format!("{column} is null")),
            Test::Filled => self.also(&format!("{column} is not null")),
        }
    }

    /// The text anywhere, its own signs taken as they are.
    fn contains(&mut self, column: &str, text: &str) {
        let mut pattern = String::from("%");
        for sign in text.chars() {
            if matches!(sign, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(sign);
        }
        pattern.push('%');
        let bound = self.bind(pattern.into());
        self.also(&format!("{column} like {bound} escape '!'"));
    }

    /// Rows that stand behind `place`.
    fn after(&mut self, resource: &Resource, sort: Option<(&'static Column, Order)>, place: &Place) {
        let key: Vec<&str> = resource.key_columns().map(|column| column.sql).collect();
        let behind = self.bind_all(&place.key);
        let behind = format!("({}) > ({behind})", key.join(", "));
        let Some((column, order)) = sort else {
            return self.also(&behind);
        };
        let (column, may_be_empty) = (column.sql, column.may_be_empty);
        if place.sorted_by == Value::Null {
            return self.also(&format!("{column} is null and {behind}"));
        }
        let last = self.bind(place.sorted_by.clone());
        let beyond = match order {
            Order::Ascending => ">",
            Order::Descending => "<",
        };
        let further = format!("({column} {beyond} {last} or ({column} = {last} and {behind})");
        match may_be_empty {
            true => self.also(&format!("{further} or {column} is null)")),
            // Said twice, so that an index begins where the page does.
            false => self.also(&format!("{column} {beyond}= {last}\n   and {further})")),
        }
    }

    fn order(&mut self, resource: &Resource, asked: &Asked) {
        let sort = asked.sort.map(|(column, order)| {
            let order = match order {
                Order::Ascending => "asc",
                Order::Descending => "desc",
            };
            // An index has its own place for what is empty, so that it is named only where there is any.
            let empty = if column.may_be_empty { " nulls last" } else { "" };
            format!("{} {order}{empty}", column.sql)
        });
        let key = resource.key_columns().map(|column| column.sql.to_owned());
        let order: Vec<String> = sort.into_iter().chain(key).collect();
        let limit = self.bind((asked.limit as i64).into());
        self.sql.push_str(&format!("\n order by {}\n limit {limit}", order.join(", ")));
    }

    fn also(&mut self, condition: &str) {
        self.sql.push_str("\n   and ");
        self.sql.push_str(condition);
    }

    fn bind(&mut self, value: Value) -> String {
        self.params.push(value);
        format!("${}", self.params.len())
    }

    fn bind_all(&mut self, values: &[Value]) -> String {
        let bound: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
        bound.join(", ")
    }
}

fn listed(row: &Row<'_>, resource: &Resource, asked: &Asked) -> Result<Listed, StoreError> {
    let mut at = 0;
    let mut next = |column: &Column| {
        at += 1;
        cell(row, at - 1, column.kind)
    };
    let cells = asked.columns.iter().map(|column| next(column)).collect::<Result<_, _>>()?;
    let sorted_by = asked.sort.map(|(column, _)| next(column)).transpose()?.unwrap_or(Value::Null);
    let key = resource.key_columns().map(next).collect::<Result<_, _>>()?;
    Ok(Listed { cells, place: Place { sorted_by, key } })
}

fn cell(row: &Row<'_>, at: usize, kind: Kind) -> Result<Value, StoreError> {
    Ok(match kind {
        Kind::Id | Kind::Meetings => row.opt_id(at)?.into(),
        Kind::Text | Kind::Words => row.opt_text(at)?.into(),
        Kind::Day => row.opt_day(at)?.into(),
        Kind::Money | Kind::Whole | Kind::Truth | Kind::Millionths | Kind::Moment => row.opt_int(at)?.into(),
    })
}
