//! The running server, as whole-program stories start, ask and stop it.

use super::Luotsi;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command},
};

pub struct Server {
    program: Child,
    pub said: String,
}

impl Server {
    /// Starts and waits until `lines` lines have been said.
    pub fn start(luotsi: &Luotsi, arguments: &[&str], lines: usize) -> Self {
        let mut program = luotsi.start(arguments);
        let mut out = BufReader::new(program.stdout.take().unwrap());
        let mut said = String::new();
        for _ in 0..lines {
            assert!(out.read_line(&mut said).unwrap() > 0, "it ended after: {said}");
        }
        Self { program, said }
    }

    /// The addresses it printed, in order.
    pub fn addresses(&self) -> Vec<&str> {
        let words = self.said.split_whitespace().filter(|word| word.starts_with("http://"));
        words.map(|word| word.trim_end_matches(';')).collect()
    }

    pub fn ask(&self, method: &str, address: &str, headers: &str) -> String {
        let (host, path) = address.trim_start_matches("http://").split_once('/').unwrap_or((address, ""));
        let host = host.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to stop as a service manager does; its exit code.
    pub fn stop(mut self) -> Option<i32> {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.program.wait().unwrap().code()
    }

    /// Host and port it listens at.
    pub fn host(&self) -> &str {
        self.addresses()[0].trim_start_matches("http://")
    }
}
