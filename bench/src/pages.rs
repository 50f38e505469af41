//! The pages through the running program: start, latency with one client, pages a second with eight, memory.

use crate::{Outcome, company::Bench, print};
use luotsi_app::people::{Purpose, login_link};
use luotsi_core::people::Role;
use luotsi_store::{Store, account, people};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const CLIENTS: usize = 8;
const FOR: Duration = Duration::from_secs(3);

pub fn measure(bench: &Bench, program: &Path) -> Outcome<()> {
    let (link, account) = link_and_account(bench)?;
    let started = Instant::now();
    let server = Server::start(program, &bench.whole)?;
    server.client("")?.get("/login")?;
    print::line("start until the first answer", &print::millis(started.elapsed()));
    print::line("memory, idle", &server.memory());

    let cookie = server.log_in(&link)?;
    for (name, path) in [
        ("my day", "/".to_owned()),
        // Without a question the view that was left is led to.
        ("accounts, first page", "/accounts?scope=me".to_owned()),
        ("accounts, text filter", "/accounts?q=be".to_owned()),
        ("everybody's accounts, first page", "/accounts?scope=all".to_owned()),
        ("everybody's accounts, text filter", "/accounts?scope=all&q=be".to_owned()),
        ("one account", format!("/accounts/{account}")),
        ("search", "/search?q=be".to_owned()),
        ("customer base", "/base".to_owned()),
        ("customer base, points of the matrix", "/base/points".to_owned()),
    ] {
        let alone = server.latencies(&cookie, &path)?;
        let cpu = server.cpu();
        let (pages, took) = server.pages_together(&cookie, &path);
        let cpu = server.cpu_for_each(cpu, pages);
        let of = |share: usize| print::millis(alone[(alone.len() - 1) * share / 100]);
        print::line(
            &format!("{name}: p50, p95; with {CLIENTS} clients; CPU a page"),
            &format!("{}, {}; {}; {cpu}", of(50), of(95), print::per_second(pages, took)),
        );
    }
    print::line("memory, after the load", &server.memory());
    Ok(())
}

/// A log-in link for a seller, and the page of some account.
fn link_and_account(bench: &Bench) -> Outcome<(String, String)> {
    let store = Store::open(&bench.whole)?;
    let (seller, account) = store.read(|reader| {
        let (people, _) = people::load(reader)?;
        let seller = people.people.iter().find(|person| {
            person.on(bench.on).is_some_and(|version| version.is_active && version.role == Role::Seller)
        });
        Ok::<_, luotsi_store::StoreError>((
            seller.map(|person| person.id),
            account::ids_in_order(reader)?.first().copied(),
        ))
    })?;
    let token = login_link(&store, seller.ok_or("no seller")?, Purpose::Demo)?;
    Ok((format!("/login/{token}"), account.ok_or("no account")?.0.to_string()))
}

/// The running program.
pub struct Server {
    program: Child,
    host: String,
    /// Held open: a server whose output nobody reads stops.
    _out: BufReader<ChildStdout>,
}

impl Server {
    pub fn start(program: &Path, database: &str) -> Outcome<Self> {
        let mut program = Command::new(program)
            .args(["--database", database, "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut said = String::new();
        let mut out = BufReader::new(program.stdout.take().ok_or("no output")?);
        out.read_line(&mut said)?;
        let address = said.split_whitespace().find(|word| word.starts_with("http://")).ok_or("no address")?;
        let host = address.trim_start_matches("http://").trim_end_matches(';').to_owned();
        Ok(Self { program, host, _out: out })
    }

    pub fn client(&self, cookie: &str) -> Outcome<Client> {
        let stream = TcpStream::connect(&self.host)?;
        stream.set_nodelay(true)?;
        Ok(Client { reader: BufReader::new(stream), host: self.host.clone(), cookie: cookie.to_owned() })
    }

    fn log_in(&self, link: &str) -> Outcome<String> {
        let origin =
            format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n", self.host);
        let head = self.client("")?.ask("POST", link, &origin)?;
        let cookie = head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"))
            .ok_or("no session")?;
        let (_, value) = cookie.split_once(':').ok_or("no session")?;
        Ok(value.split(';').next().unwrap_or_default().trim().to_owned())
    }

    /// Of 200 requests by one client, in order of length.
    fn latencies(&self, cookie: &str, path: &str) -> Outcome<Vec<Duration>> {
        let mut client = self.client(cookie)?;
        client.get(path)?;
        let mut took = Vec::new();
        for _ in 0..200 {
            let started = Instant::now();
            client.get(path)?;
            took.push(started.elapsed());
        }
        took.sort_unstable();
        Ok(took)
    }

    fn pages_together(&self, cookie: &str, path: &str) -> (usize, Duration) {
        let started = Instant::now();
        let pages: usize = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    scope.spawn(|| {
                        let Ok(mut client) = self.client(cookie) else { return 0 };
                        let mut pages = 0;
                        while started.elapsed() < FOR && client.get(path).is_ok() {
                            pages += 1;
                        }
                        pages
                    })
                })
                .collect();
            clients.into_iter().map(|client| client.join().unwrap_or(0)).sum()
        });
        (pages, started.elapsed())
    }

    /// The processor time taken since it was `before`, for each of so many.
    pub fn cpu_for_each(&self, before: Option<Duration>, count: usize) -> String {
        let took = self.cpu().zip(before).map(|(now, before)| now - before);
        took.map_or_else(|| "unknown".to_owned(), |took| print::millis(took / count.max(1) as u32))
    }

    /// The processor time it has taken, as the kernel counts it: in hundredths of a second.
    pub fn cpu(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.program.id())).ok()?;
        // The name before it, in parentheses, may hold spaces; user and system time are the 14th and 15th value.
        let (_, values) = stat.rsplit_once(')')?;
        let ticks = values.split_whitespace().skip(11).take(2).map(|value| value.parse::<u64>().ok());
        Some(Duration::from_millis(ticks.sum::<Option<u64>>()? * 10))
    }

    /// Resident memory, as the kernel tells it.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.program.id())).unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1024.0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// One connection that is kept open.
pub struct Client {
    reader: BufReader<TcpStream>,
    host: String,
    cookie: String,
}

impl Client {
    fn get(&mut self, path: &str) -> Outcome<()> {
        let head = self.ask("GET", path, "")?;
        match head.starts_with("HTTP/1.1 200") {
            true => Ok(()),
            false => {
                Err(format!("{path} was answered with {}", head.lines().next().unwrap_or_default()).into())
            }
        }
    }

    /// The head of the answer; its body is read and dropped.
    fn ask(&mut self, method: &str, path: &str, headers: &str) -> Outcome<String> {
        self.send(method, path, headers, "")
    }

    /// The same with a body, whose length the headers tell.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Outcome<String> {
        let (host, cookie) = (&self.host, &self.cookie);
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{headers}\r\n{body}");
        self.reader.get_mut().write_all(request.as_bytes())?;

        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.reader.read_line(&mut head)? == 0 {
                return Err("the connection was closed".into());
            }
        }
        let header = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        match header("content-length") {
            Some(length) => self.skip(length.parse()?)?,
            None if header("transfer-encoding").is_some() => self.skip_chunks()?,
            None => (),
        }
        Ok(head)
    }

    fn skip(&mut self, length: u64) -> Outcome<()> {
        std::io::copy(&mut (&mut self.reader).take(length), &mut std::io::sink())?;
        Ok(())
    }

    fn skip_chunks(&mut self) -> Outcome<()> {
        loop {
            let mut size = String::new();
            self.reader.read_line(&mut size)?;
            let size = u64::from_str_radix(size.trim(), 16)?;
            self.skip(size + 2)?;
            if size == 0 {
                return Ok(());
            }
        }
    }
}
