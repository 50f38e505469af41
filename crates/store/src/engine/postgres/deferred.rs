//! Statements to whose answers nobody looks at once: they travel to the server with the next one that is waited for, in
//! their order, so that several take the time of one. Rows that follow one another become one statement.

use super::{StoreError, Value, sql::in_list, store_error};
use std::{
    fmt::Write,
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};
use tokio_postgres::{Error, types::Type};

/// What gives rows back of what it changes.
const RETURNING: &str = "returning";

/// What is kept back, in its order.
#[derive(Default)]
pub struct KeptBack {
    statements: Vec<Statement>,
    /// What comes after them.
    rows: Rows,
}

pub struct Statement {
    pub what: What,
    /// Holds something of a request that has ended.
    pub is_past: bool,
}

pub enum What {
    Script(&'static str),
    Rows(Rows),
}

/// New rows of some tables. They go as one statement, so that they may name one another: constraints are looked at when
/// all of it is done.
#[derive(Default)]
pub struct Rows {
    pub tables: Vec<Table>,
    is_past: bool,
}

/// New rows of a table.
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// Row by row.
    values: Vec<Value>,
    is_read_again: bool,
}

impl KeptBack {
    pub fn script(&mut self, sql: &'static str) {
        self.put_rows_in_order();
        self.statements.push(Statement { what: What::Script(sql), is_past: false });
    }

    /// Rows of `columns` into `table`, one after the other in `values`.
    pub fn insert(&mut self, table: &str, columns: &[&str], values: &[Value]) {
        let table = self.table(table, columns);
        table.values.extend_from_slice(values);
        table.is_read_again = true;
    }

    /// The same of rows that are not read again in this transaction: no question has to wait for them.
    pub fn insert_unread(&mut self, table: &str, columns: &[&str], values: &[Value]) {
        self.table(table, columns).values.extend_from_slice(values);
    }

    fn table(&mut self, name: &str, columns: &[&str]) -> &mut Table {
        let tables = &mut self.rows.tables;
        let known = tables.iter().position(|known| known.name == name && known.columns == columns);
        let place = known.unwrap_or_else(|| {
            tables.push(Table {
                name: name.to_owned(),
                columns: columns.iter().map(|column| (*column).to_owned()).collect(),
                values: Vec::new(),
                is_read_again: false,
            });
            tables.len() - 1
        });
        &mut tables[place]
    }

    fn put_rows_in_order(&mut self) {
        let rows = mem::take(&mut self.rows);
        if !rows.tables.is_empty() {
            let is_past = rows.is_past;
            self.statements.push(Statement { what: What::Rows(rows), is_past });
        }
    }

    /// Whether what `sql` asks for may be among it, so that it has to go first.
    pub fn concerns(&self, sql: &str) -> bool {
        let mut again = self.rows.tables.iter().filter(|table| table.is_read_again);
        !self.statements.is_empty()
            || (sql.contains(RETURNING) && !self.is_empty())
            || again.any(|table| names(sql, &table.name))
    }

    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.rows.tables.is_empty()
    }

    /// So many values wait.
    pub fn len(&self) -> usize {
        self.rows.tables.iter().map(|table| table.values.len()).sum()
    }

    /// The request they are of has ended: what still fails is no fault of the next one.
    pub fn end_request(&mut self) {
        self.statements.iter_mut().for_each(|statement| statement.is_past = true);
        self.rows.is_past = !self.rows.tables.is_empty();
    }

    pub fn take(&mut self) -> Vec<Statement> {
        self.put_rows_in_order();
        mem::take(&mut self.statements)
    }
}

/// Whether `name` stands in `sql` as a word.
fn names(sql: &str, name: &str) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    sql.match_indices(name).any(|(at, _)| {
        let (before, after) = (&sql.as_bytes()[..at], &sql.as_bytes()[at + name.len()..]);
        !before.last().is_some_and(is_part) && !after.first().is_some_and(is_part)
    })
}

impl Rows {
    /// All of it as one statement, and its values. `kinds`: of the columns of each table.
    pub fn statement(self, kinds: &[Vec<Type>]) -> (String, Given) {
        let is_of_one = self.tables.iter().all(|table| table.values.len() == table.columns.len());
        let mut text = String::new();
        let (mut first, last) = (1, self.tables.len().saturating_sub(1));
        for (number, (table, kinds)) in self.tables.iter().zip(kinds).enumerate() {
            let beginning = if number == 0 { "with" } else { "," };
            let part = table.part(first, kinds, is_of_one);
            first += table.columns.len();
            // Writing to a string cannot fail.
            let _ = match (number == last, number) {
                (true, 0) => write!(text, "{part}"),
                (true, _) => write!(text, " {part}"),
                (false, _) => write!(text, "{beginning} rows_{number} as ({part})"),
            };
        }
        let given = match is_of_one {
            true => Given::Values(self.tables.into_iter().flat_map(|table| table.values).collect()),
            false => Given::Columns(self.tables.into_iter().flat_map(Table::by_column).collect()),
        };
        (text, given)
    }
}

/// What a statement is given: the values of one row of each table, or all values of each column.
pub enum Given {
    Values(Vec<Value>),
    Columns(Vec<Vec<Value>>),
}

impl Table {
    /// The same text however many rows there are, but for a single one, which goes faster as such.
    fn part(&self, first: usize, kinds: &[Type], is_of_one: bool) -> String {
        let (name, columns) = (&self.name, self.columns.join(", "));
        match is_of_one {
            true => format!("insert into {name} ({columns}) values {}", in_list(first, kinds.len())),
            false => {
                let lists: Vec<String> = (first..)
                    .zip(kinds)
                    .map(|(number, kind)| format!("${number}::{}[]", kind.name()))
                    .collect();
                format!("insert into {name} ({columns}) select * from unnest({})", lists.join(", "))
            }
        }
    }

    fn by_column(self) -> Vec<Vec<Value>> {
        let mut columns = vec![Vec::new(); self.columns.len()];
        for (place, value) in self.values.into_iter().enumerate() {
            let column = place % self.columns.len();
            columns[column].push(value);
        }
        columns
    }
}

type Asked = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What is on its way. Done when all of it is answered; the first failure counts, for it makes the others fail.
#[derive(Default)]
pub struct Sent {
    asked: Vec<(Asked, bool)>,
}

impl Sent {
    pub fn add(&mut self, asked: impl Future<Output = Result<(), Error>> + Send + 'static, is_past: bool) {
        self.asked.push((Box::pin(asked), is_past));
    }
}

impl Future for Sent {
    type Output = Result<(), StoreError>;

    /// Each leaves when it is polled first, so they are polled in their order.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut failure = None;
        self.asked.retain_mut(|(asked, is_past)| match asked.as_mut().poll(context) {
            Poll::Pending => true,
            Poll::Ready(Ok(())) => false,
            Poll::Ready(Err(error)) => {
                failure.get_or_insert_with(|| failed(&error, *is_past));
                false
            }
        });
        match (failure, self.asked.is_empty()) {
            (Some(error), _) => Poll::Ready(Err(error)),
            (None, true) => Poll::Ready(Ok(())),
            (None, false) => Poll::Pending,
        }
    }
}

/// What failed of a request that has ended cannot be told to it any more: all are run again, each known to have
/// succeeded before the next one.
fn failed(error: &Error, is_past: bool) -> StoreError {
    let error = store_error(error);
    if is_past && error != StoreError::ConnectionLost { StoreError::Busy } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: [Value; 1] = [Value::Int(1)];
    const TWO: [Value; 2] = [Value::Int(1), Value::Int(2)];

    fn sql(kept_back: &mut KeptBack) -> Vec<String> {
        let statements = kept_back.take().into_iter().map(|statement| match statement.what {
            What::Script(sql) => sql.to_owned(),
            What::Rows(rows) => {
                let kinds: Vec<Vec<Type>> =
                    rows.tables.iter().map(|table| vec![Type::INT8; table.columns.len()]).collect();
                rows.statement(&kinds).0
            }
        });
        statements.collect()
    }

    #[test]
    fn rows_of_several_requests_are_one_statement() {
        let mut kept_back = KeptBack::default();

        kept_back.insert("a", &["x"], &ONE);
        kept_back.insert("b", &["y", "z"], &TWO);
        assert_eq!(
            sql(&mut kept_back),
            ["with rows_0 as (insert into a (x) values ($1)) insert into b (y, z) values ($2, $3)"]
        );

        kept_back.insert("a", &["x"], &ONE);
        kept_back.end_request();
        kept_back.insert("b", &["y", "z"], &TWO);
        kept_back.insert("a", &["x"], &ONE);
        kept_back.script("commit");
        assert_eq!(
            sql(&mut kept_back),
            [
                "with rows_0 as (insert into a (x) select * from unnest($1::int8[])) \
                 insert into b (y, z) select * from unnest($2::int8[], $3::int8[])",
                "commit"
            ]
        );
    }

    #[test]
    fn values_are_given_column_by_column() {
        let mut kept_back = KeptBack::default();
        kept_back.insert("a", &["x", "y"], &TWO);
        kept_back.insert("a", &["x", "y"], &[Value::Int(3), Value::Int(4)]);

        let What::Rows(rows) = kept_back.take().remove(0).what else { unreachable!("rows were kept back") };
        let Given::Columns(columns) = rows.statement(&[vec![Type::INT8; 2]]).1 else {
            unreachable!("there are two rows")
        };

        assert_eq!(columns, [[Value::Int(1), Value::Int(3)], [Value::Int(2), Value::Int(4)]]);
    }

    #[test]
    fn only_what_asks_for_their_tables_or_changes_something_waits_for_rows() {
        let mut kept_back = KeptBack::default();
        kept_back.insert("account", &["id"], &ONE);
        kept_back.insert_unread("request", &["key"], &ONE);

        assert!(kept_back.concerns("select name from account where id = $1"));
        assert!(kept_back.concerns("update person set name = $1 returning id"));
        assert!(!kept_back.concerns("select role from account_version, person_account"));
        assert!(!kept_back.concerns("select answer from request"));

        kept_back.insert("request", &["key"], &ONE);
        assert!(kept_back.concerns("select answer from request"));

        kept_back.script("savepoint request");
        assert!(kept_back.concerns("select role from person_version"));
    }
}
