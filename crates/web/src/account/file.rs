//! The view of the list as a file: written while it is sent, so that a list of any size needs little memory.

use super::{
    list::{filter, listed},
    listed::Asked,
};
use crate::{Web, ask::Ask, error::WebError, web::Visit};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_core::Stream;
use luotsi_app::export::view::{Column, export_view};
use luotsi_core::people::policy::Action;
use luotsi_store::{
    Store,
    account::list::{Filter, Order, Sort},
};
use std::{
    io::{self, BufWriter, Write},
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces written ahead of what the browser has taken.
const PIECES_AHEAD: usize = 4;
const PIECE_BYTES: usize = 32 * 1024;

pub async fn csv(State(web): State<Web>, asked: Asked, ask: Ask) -> Response {
    let asking = web.clone();
    web.blocking(ask, move |ask| {
        let view = asking.store().read(|reader| {
            let visit = asking.visit(reader, ask)?;
            Ok::<_, WebError>(View::of(&visit, &asked))
        })?;
        Ok(sent(asking.store().clone(), view))
    })
    .await
}

struct View {
    filter: Filter,
    order: (Sort, Order),
    columns: Vec<Column>,
}

impl View {
    /// Everybody sees the whole list; a file holds what the viewer may carry away.
    fn of(visit: &Visit<'_>, asked: &Asked) -> Self {
        let listed = listed(visit, asked);
        Self {
            filter: Filter { within: visit.within(Action::ExportData), ..filter(visit, &listed) },
            order: (listed.sort, listed.order),
            columns: listed.columns.each().collect(),
        }
    }
}

fn sent(store: Store, view: View) -> Response {
    let (sender, receiver) = channel(PIECES_AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(PIECE_BYTES, Pieces(sender.clone()));
        let written = export_view(&store, &view.filter, view.order, &view.columns, &mut out);
        let flushed = out.flush();
        if let Err(error) = written.map_err(io::Error::other).and(flushed) {
            tracing::info!(%error, "a file of accounts was not sent to its end");
            // The browser is told that the file is not whole; whoever has gone is not.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"luotsi-accounts.csv\""),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Body::from_stream(Sent(receiver))).into_response()
}

/// Where the file is written to, piece by piece.
struct Pieces(Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.0.blocking_send(Ok(Bytes::copy_from_slice(piece))).map_err(gone)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the browser takes it from.
struct Sent(Receiver<io::Result<Bytes>>);

impl Stream for Sent {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
