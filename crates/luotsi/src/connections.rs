//! The accept loop. Slow, idle and too many connections cost little and end by themselves; on the signal to stop
//! the answers under way are finished first.

use axum::{Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};
use tower::ServiceBuilder;

/// How much of the server one peer, and all peers together, may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections_max: usize,
    pub connections_of_one_address_max: usize,
    /// From the opening of a connection, or the end of an answer on it, until the next request's headers are in.
    pub header_timeout: Duration,
    /// A connection is closed at this age, after the answer under way: browsers open a new one unnoticed.
    pub connection_age_max: Duration,
    /// How long answers under way may take once the server has been told to stop.
    pub stop_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 1024,
            connections_of_one_address_max: 512,
            header_timeout: Duration::from_secs(20),
            connection_age_max: Duration::from_secs(600),
            stop_timeout: Duration::from_secs(10),
        }
    }
}

/// Serves until `stop` becomes true, then waits for the answers under way.
pub async fn serve(listener: TcpListener, pages: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let open = Arc::new(Open::default());
    let (ended, mut all_ended) = tokio::sync::mpsc::channel::<()>(1);

    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stopped| *stopped) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                // Out of file handles: waiting lets some close.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match open.enter(peer.ip(), limits) {
            Some(place) => {
                let connection =
                    Connection { stream, peer, pages: pages.clone(), limits, stop: stop.clone() };
                let ended = ended.clone();
                tokio::spawn(async move {
                    connection.serve().await;
                    drop((place, ended));
                });
            }
            None => drop(tokio::spawn(refuse(stream))),
        }
    }

    drop((listener, ended));
    let _ = timeout(limits.stop_timeout, all_ended.recv()).await;
}

struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    pages: Router,
    limits: Limits,
    stop: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(mut self) {
        let _ = self.stream.set_nodelay(true);
        let peer = self.peer;
        let service = ServiceBuilder::new()
            .map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                request
            })
            .service(self.pages);
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header_timeout)
            .serve_connection(TokioIo::new(self.stream), TowerToHyperService::new(service));
        tokio::pin!(served);

        tokio::select! {
            _ = served.as_mut() => return,
            _ = tokio::time::sleep(self.limits.connection_age_max) => (),
            _ = self.stop.wait_for(|stopped| *stopped) => (),
        }
        served.as_mut().graceful_shutdown();
        let _ = timeout(self.limits.connection_age_max, served).await;
    }
}

async fn refuse(mut stream: TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
        Content-Type: text/plain\r\nContent-Length: 28\r\n\r\nToo busy; try again shortly.";
    let _ = timeout(Duration::from_secs(1), stream.write_all(ANSWER)).await;
}

/// The connections open now, by address.
#[derive(Default)]
struct Open {
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

impl Open {
    /// A place for one more connection; `None` when the server or the address has too many.
    fn enter(self: &Arc<Self>, address: IpAddr, limits: Limits) -> Option<Place> {
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = by_address.values().sum();
        let of_address = by_address.entry(address).or_default();
        if limits.connections_max <= all || limits.connections_of_one_address_max <= *of_address {
            return None;
        }

        *of_address += 1;
        Some(Place { open: Arc::clone(self), address })
    }
}

/// One open connection's place among the open ones, given back when dropped.
struct Place {
    open: Arc<Open>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_address = self.open.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = by_address.get_mut(&self.address) {
            *open -= 1;
            if *open == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::{io::AsyncReadExt, sync::oneshot};

    struct Server {
        address: SocketAddr,
        stop: watch::Sender<bool>,
        served: tokio::task::JoinHandle<()>,
    }

    async fn start(pages: Router, limits: Limits) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let served = tokio::spawn(serve(listener, pages, limits, stopped));
        Server { address, stop, served }
    }

    async fn ask(address: SocketAddr) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: luotsi\r\n\r\n").await.unwrap();
        stream
    }

    async fn read_all(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn pages() -> Router {
        Router::new().route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        )
    }

    #[tokio::test]
    async fn a_page_is_answered_and_knows_who_asked() {
        let limits = Limits { header_timeout: Duration::from_millis(50), ..Limits::default() };
        let server = start(pages(), limits).await;

        let answer = read_all(ask(server.address).await).await;

        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn a_half_sent_request_is_closed() {
        let limits = Limits { header_timeout: Duration::from_millis(50), ..Limits::default() };
        let server = start(pages(), limits).await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHos").await.unwrap();

        let closed = timeout(Duration::from_secs(5), read_all(stream)).await;

        assert!(closed.is_ok());
    }

    #[tokio::test]
    async fn one_connection_too_many_is_refused_at_once() {
        let server = start(pages(), Limits { connections_max: 1, ..Limits::default() }).await;
        let mut first = ask(server.address).await;
        first.read_u8().await.unwrap();

        let answer = read_all(TcpStream::connect(server.address).await.unwrap()).await;

        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    }

    #[tokio::test]
    async fn an_answer_under_way_is_finished_before_the_server_stops() {
        let (began, begun) = oneshot::channel();
        let (go_on, going_on) = oneshot::channel();
        let (began, going_on) = (Mutex::new(Some(began)), Mutex::new(Some(going_on)));
        let gates = Arc::new((began, going_on));
        let slow = get(move || {
            let gates = Arc::clone(&gates);
            async move {
                let going_on = gates.1.lock().unwrap().take().unwrap();
                gates.0.lock().unwrap().take().unwrap().send(()).unwrap();
                going_on.await.unwrap();
                "finished"
            }
        });
        let server = start(Router::new().route("/", slow), Limits::default()).await;
        let stream = ask(server.address).await;
        begun.await.unwrap();

        server.stop.send(true).unwrap();
        go_on.send(()).unwrap();

        assert!(read_all(stream).await.ends_with("finished"));
        server.served.await.unwrap();
    }
}
