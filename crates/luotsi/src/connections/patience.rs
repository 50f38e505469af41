//! A connection's bytes on their way out, and a request's body on its way in, with an end to how long they may take.

use super::places::Seat;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

/// A connection that fails when its peer takes nothing of what is sent for too long.
pub struct Outgoing {
    pub stream: TcpStream,
    pub seat: Arc<Seat>,
    pub stall_timeout: Duration,
    /// Runs while the peer takes nothing.
    pub stalled: Option<Pin<Box<Sleep>>>,
}

impl Outgoing {
    fn with_patience<T>(
        &mut self,
        taken: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if taken.is_ready() {
            if self.stalled.take().is_some() {
                self.seat.flows_again();
            }
            return taken;
        }
        let stall_timeout = self.stall_timeout;
        let stalled = self.stalled.get_or_insert_with(|| {
            self.seat.stalls();
            Box::pin(sleep(stall_timeout))
        });
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Outgoing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Outgoing {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let taken = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.with_patience(taken, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let taken = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.with_patience(taken, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Why a request's body is not read to its end.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    #[error("the rest of the request did not come in time")]
    TooSlow,
    #[error("{0}")]
    Broken(#[from] hyper::Error),
}

/// A request's body that ends with an error when it comes too slowly. While it comes the connection waits for its peer.
pub struct Incoming {
    body: hyper::body::Incoming,
    seat: Arc<Seat>,
    idle_timeout: Duration,
    /// By then all of it must have come.
    deadline: Instant,
    /// Runs out at the deadline, or before it when nothing has come for too long.
    patience: Pin<Box<Sleep>>,
}

impl Incoming {
    pub fn new(
        body: hyper::body::Incoming,
        seat: Arc<Seat>,
        idle_timeout: Duration,
        body_timeout: Duration,
    ) -> Self {
        seat.waits_for_its_peer();
        let deadline = Instant::now() + body_timeout;
        let patience = Box::pin(sleep(idle_timeout));
        Self { body, seat, idle_timeout, deadline, patience }
    }
}

impl Body for Incoming {
    type Data = Bytes;
    type Error = Unread;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unread>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(frame)) => {
                let next = (Instant::now() + self.idle_timeout).min(self.deadline);
                self.patience.as_mut().reset(next);
                Poll::Ready(Some(frame.map_err(Unread::Broken)))
            }
            Poll::Ready(None) => {
                self.seat.is_worked_for();
                Poll::Ready(None)
            }
            Poll::Pending => {
                ready!(self.patience.as_mut().poll(context));
                Poll::Ready(Some(Err(Unread::TooSlow)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whoever has read enough works on the answer now.
impl Drop for Incoming {
    fn drop(&mut self) {
        self.seat.is_worked_for();
    }
}

/// An answer's body. When it has been handed over the connection waits for its peer's next request.
pub struct Answer {
    pub body: axum::body::Body,
    pub seat: Arc<Seat>,
}

impl Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.seat.waits_for_its_peer();
    }
}
