//! The accept loop. Slow, idle and too many connections cost little and end by themselves; on the signal to stop
//! the answers under way are finished first.

mod manners;
mod patience;
mod places;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response, StatusCode},
};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use manners::{Impolite, refusal};
use patience::{Answer, Incoming, Outgoing};
use places::{Place, Places, Seat};
use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};
use tower::ServiceExt;

/// How much of the server one peer, and all peers together, may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections_max: usize,
    pub connections_of_one_address_max: usize,
    /// From the opening of a connection, or the end of an answer on it, until the next request's headers are in.
    pub header_timeout: Duration,
    pub header_bytes_max: usize,
    /// Between two pieces of a request's body.
    pub body_idle_timeout: Duration,
    /// For the whole of a request's body.
    pub body_timeout: Duration,
    /// From a request's headers until its answer begins.
    pub answer_timeout: Duration,
    /// How long a peer may take nothing of an answer.
    pub stall_timeout: Duration,
    /// A connection is closed at this age, after the answer under way: browsers open a new one unnoticed.
    pub connection_age_max: Duration,
    /// How long answers under way may take once the server has been told to stop.
    pub stop_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Below the 1,024 files that most systems let a program open; the database needs some of them.
            connections_max: 800,
            connections_of_one_address_max: 400,
            header_timeout: Duration::from_secs(20),
            header_bytes_max: 64 * 1024,
            body_idle_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(60),
            answer_timeout: Duration::from_secs(90),
            stall_timeout: Duration::from_secs(20),
            connection_age_max: Duration::from_secs(600),
            stop_timeout: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// Behind a proxy everybody comes from the proxy's address.
    pub fn behind_a_proxy() -> Self {
        let limits = Self::default();
        Self { connections_of_one_address_max: limits.connections_max, ..limits }
    }
}

/// Serves until `stop` becomes true, then waits for the answers under way.
pub async fn serve(listener: TcpListener, pages: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let places = Places::new(limits);
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
        match places.enter(peer.ip()) {
            Some(place) => {
                let connection =
                    Connection { stream, peer, pages: pages.clone(), limits, stop: stop.clone() };
                let ended = ended.clone();
                tokio::spawn(async move {
                    connection.serve(place).await;
                    drop(ended);
                });
            }
            None => drop(tokio::spawn(turn_away(stream))),
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
    async fn serve(self, place: Place) {
        let Self { stream, peer, pages, limits, mut stop } = self;
        let _ = stream.set_nodelay(true);
        let seat = Arc::clone(&place.seat);
        let asked = Arc::clone(&seat);
        let service =
            service_fn(move |request| answer(pages.clone(), request, peer, Arc::clone(&asked), limits));
        let outgoing =
            Outgoing { stream, seat: Arc::clone(&seat), stall_timeout: limits.stall_timeout, stalled: None };
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header_timeout)
            .max_buf_size(limits.header_bytes_max)
            .serve_connection(TokioIo::new(outgoing), service);
        tokio::pin!(served);

        tokio::select! {
            _ = served.as_mut() => return,
            () = seat.given_away() => return,
            () = tokio::time::sleep(limits.connection_age_max) => (),
            _ = stop.wait_for(|stopped| *stopped) => (),
        }
        served.as_mut().graceful_shutdown();
        tokio::select! {
            _ = timeout(limits.connection_age_max, served) => (),
            () = seat.given_away() => (),
            () = waits_though_stopped(&seat, &mut stop) => (),
        }
    }
}

/// Returns when the server is to stop and the connection's peer has still not sent all of its request: nothing of it
/// has begun.
async fn waits_though_stopped(seat: &Seat, stop: &mut watch::Receiver<bool>) {
    const GRACE: Duration = Duration::from_millis(500);
    let _ = stop.wait_for(|stopped| *stopped).await;
    loop {
        tokio::time::sleep(GRACE).await;
        if seat.waits() {
            return;
        }
    }
}

async fn answer(
    pages: Router,
    request: Request<hyper::body::Incoming>,
    peer: SocketAddr,
    seat: Arc<Seat>,
    limits: Limits,
) -> Result<Response<Answer>, Infallible> {
    seat.is_worked_for();
    let is_chunked = manners::is_chunked(&request);
    let mut response = match manners::check(&request) {
        Ok(()) => {
            let mut request = request.map(|body| incoming(body, &seat, limits));
            request.extensions_mut().insert(ConnectInfo(peer));
            match timeout(limits.answer_timeout, pages.oneshot(request)).await {
                Ok(Ok(response)) => response,
                Ok(Err(never)) => match never {},
                Err(_) => refusal(StatusCode::SERVICE_UNAVAILABLE, "This took too long; try again shortly."),
            }
        }
        Err(Impolite(why)) => refusal(StatusCode::BAD_REQUEST, why),
    };
    manners::dress(&mut response, is_chunked);
    Ok(response.map(|body| Answer { body, seat }))
}

fn incoming(body: hyper::body::Incoming, seat: &Arc<Seat>, limits: Limits) -> Body {
    use hyper::body::Body as _;
    match body.is_end_stream() {
        true => Body::empty(),
        false => {
            Body::new(Incoming::new(body, Arc::clone(seat), limits.body_idle_timeout, limits.body_timeout))
        }
    }
}

/// All places are taken by connections that are being answered.
async fn turn_away(mut stream: TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
        X-Content-Type-Options: nosniff\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 28\r\n\r\n\
        Too busy; try again shortly.";
    let _ = timeout(Duration::from_secs(1), stream.write_all(ANSWER)).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use std::sync::Mutex;
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

    /// A body without end, that tells when it is no longer wanted.
    struct Endless(tokio::sync::mpsc::Sender<()>);

    impl hyper::body::Body for Endless {
        type Data = hyper::body::Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Infallible>>> {
            let piece = hyper::body::Bytes::from_static(&[b'x'; 1 << 16]);
            std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(piece))))
        }
    }

    impl Drop for Endless {
        fn drop(&mut self) {
            let _ = self.0.try_send(());
        }
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
    async fn one_connection_too_many_is_refused_at_once_while_all_are_being_answered() {
        let (began, begun) = oneshot::channel();
        let began = Arc::new(Mutex::new(Some(began)));
        let endless = get(move || {
            began.lock().unwrap().take().unwrap().send(()).unwrap();
            std::future::pending::<()>()
        });
        let limits = Limits { connections_max: 1, ..Limits::default() };
        let server = start(Router::new().route("/", endless), limits).await;
        let _first = ask(server.address).await;
        begun.await.unwrap();

        let answer = read_all(TcpStream::connect(server.address).await.unwrap()).await;

        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    }

    #[tokio::test]
    async fn an_idle_connection_makes_room_for_who_asks() {
        let limits = Limits { connections_max: 1, ..Limits::default() };
        let server = start(pages(), limits).await;
        let idle = TcpStream::connect(server.address).await.unwrap();

        let mut asking = ask(server.address).await;
        let mut begin = [0; 12];
        asking.read_exact(&mut begin).await.unwrap();

        assert_eq!(&begin, b"HTTP/1.1 200");
        assert_eq!(read_all(idle).await, "");
    }

    #[tokio::test]
    async fn a_body_that_comes_too_slowly_is_not_waited_for() {
        let limits = Limits {
            body_idle_timeout: Duration::from_millis(40),
            body_timeout: Duration::from_millis(200),
            ..Limits::default()
        };
        let read = post(|body: Result<String, axum::extract::rejection::StringRejection>| async move {
            body.unwrap_or_else(|_| "not read".to_owned())
        });
        let server = start(Router::new().route("/", read), limits).await;
        for every in [15, 10_000] {
            let mut stream = TcpStream::connect(server.address).await.unwrap();
            let head =
                b"POST / HTTP/1.1\r\nHost: luotsi\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n";
            stream.write_all(head).await.unwrap();
            let (mut answer, mut drip) = stream.into_split();
            let dripping = tokio::spawn(async move {
                while drip.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(every)).await;
                }
            });

            let mut answered = String::new();
            let read = timeout(Duration::from_secs(5), answer.read_to_string(&mut answered)).await;

            assert!(read.is_ok() && answered.ends_with("not read"), "{answered}");
            dripping.abort();
        }
    }

    #[tokio::test]
    async fn who_takes_nothing_of_an_answer_is_left() {
        let limits = Limits { stall_timeout: Duration::from_millis(100), ..Limits::default() };
        let (ended, mut has_ended) = tokio::sync::mpsc::channel(1);
        let large = get(move || std::future::ready(Body::new(Endless(ended.clone()))));
        let server = start(Router::new().route("/", large), limits).await;
        let _stream = ask(server.address).await;

        assert!(timeout(Duration::from_secs(10), has_ended.recv()).await.is_ok());
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
