//! Statements to whose answers nobody looks at once: they travel to the server with the next one that is waited for, in
//! their order, so that several take the time of one.

use super::{StoreError, store_error};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use tokio_postgres::Error;

type Asked = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// Done when all are answered; the first failure counts, for it makes the others fail.
#[derive(Default)]
pub struct Deferred {
    statements: Vec<Statement>,
}

struct Statement {
    asked: Asked,
    /// Of a request that has ended.
    is_past: bool,
}

impl Deferred {
    pub fn add(&mut self, asked: impl Future<Output = Result<(), Error>> + Send + 'static) {
        self.statements.push(Statement { asked: Box::pin(asked), is_past: false });
    }

    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// The request they are of has ended: what still fails is no fault of the next one.
    pub fn end_request(&mut self) {
        self.statements.iter_mut().for_each(|statement| statement.is_past = true);
    }
}

impl Future for Deferred {
    type Output = Result<(), StoreError>;

    /// Each is sent when it is polled first, so they are polled in their order.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut failure = None;
        self.statements.retain_mut(|statement| match statement.asked.as_mut().poll(context) {
            Poll::Pending => true,
            Poll::Ready(Ok(())) => false,
            Poll::Ready(Err(error)) => {
                failure.get_or_insert_with(|| failed(&error, statement.is_past));
                false
            }
        });
        match (failure, self.statements.is_empty()) {
            (Some(error), _) => Poll::Ready(Err(error)),
            (None, true) => Poll::Ready(Ok(())),
            (None, false) => Poll::Pending,
        }
    }
}

/// What failed of a request that has ended cannot be told to it any more: all are run again, one after the other.
fn failed(error: &Error, is_past: bool) -> StoreError {
    let error = store_error(error);
    if is_past && error != StoreError::ConnectionLost { StoreError::Busy } else { error }
}
