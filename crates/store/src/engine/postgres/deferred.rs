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
use tokio_postgres::Error;

/// A statement takes no more values than these.
const VALUES_MAX: usize = 256;

/// What is kept back, in its order.
#[derive(Default)]
pub struct KeptBack {
    statements: Vec<Statement>,
}

pub struct Statement {
    pub what: What,
    /// Of a request that has ended.
    pub is_past: bool,
}

pub enum What {
    Script(&'static str),
    Rows(Rows),
}

/// The parts of one statement and the values of all of them.
pub struct Rows {
    parts: Vec<String>,
    pub values: Vec<Value>,
    /// Each part is one row, so that the statement is one of a few however many there are.
    is_row_by_row: bool,
}

impl KeptBack {
    pub fn script(&mut self, sql: &'static str) {
        self.statements.push(Statement { what: What::Script(sql), is_past: false });
    }

    /// Rows of `columns` into `table`, one after the other in `values`.
    pub fn insert(&mut self, table: &str, columns: &[&str], values: &[Value]) {
        let rows = values.len() / columns.len();
        let part = |taken: usize| {
            let list = |row: usize| in_list(1 + taken + row * columns.len(), columns.len());
            let lists: Vec<String> = (0..rows).map(list).collect();
            format!("insert into {table} ({}) values {}", columns.join(", "), lists.join(", "))
        };
        match self.statements.last_mut() {
            Some(Statement { what: What::Rows(last), is_past: false })
                if last.is_row_by_row && rows == 1 && last.values.len() + values.len() <= VALUES_MAX =>
            {
                last.parts.push(part(last.values.len()));
                last.values.extend_from_slice(values);
            }
            Some(_) | None => {
                let rows = Rows { parts: vec![part(0)], values: values.to_vec(), is_row_by_row: rows == 1 };
                self.statements.push(Statement { what: What::Rows(rows), is_past: false });
            }
        }
    }

    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// The request they are of has ended: what still fails is no fault of the next one.
    pub fn end_request(&mut self) {
        self.statements.iter_mut().for_each(|statement| statement.is_past = true);
    }

    pub fn take(&mut self) -> Vec<Statement> {
        mem::take(&mut self.statements)
    }
}

impl Rows {
    /// All parts as one statement. Constraints are looked at when all of it is done, so that rows may name one another.
    pub fn sql(&self) -> String {
        let mut text = String::new();
        for (number, part) in self.parts.iter().enumerate() {
            let is_last = number + 1 == self.parts.len();
            let beginning = if number == 0 { "with" } else { "," };
            // Writing to a string cannot fail.
            let _ = match (is_last, number) {
                (true, 0) => write!(text, "{part}"),
                (true, _) => write!(text, " {part}"),
                (false, _) => write!(text, "{beginning} row_{number} as ({part})"),
            };
        }
        text
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

    fn sql(kept_back: &mut KeptBack) -> Vec<String> {
        let statements = kept_back.take().into_iter().map(|statement| match statement.what {
            What::Script(sql) => sql.to_owned(),
            What::Rows(rows) => rows.sql(),
        });
        statements.collect()
    }

    #[test]
    fn rows_that_follow_one_another_are_one_statement() {
        let mut kept_back = KeptBack::default();
        let (one, two) = ([Value::Int(1)], [Value::Int(1), Value::Int(2)]);

        kept_back.insert("a", &["x"], &one);
        kept_back.insert("b", &["y", "z"], &two);
        kept_back.insert("c", &["x"], &two);
        kept_back.insert("a", &["x"], &one);
        kept_back.end_request();
        kept_back.insert("a", &["x"], &one);

        assert_eq!(
            sql(&mut kept_back),
            [
                "with row_0 as (insert into a (x) values ($1)) insert into b (y, z) values ($2, $3)",
                "insert into c (x) values ($1), ($2)",
                "insert into a (x) values ($1)",
                "insert into a (x) values ($1)",
            ]
        );
    }
}
