//! A small HTTP/1.1 client that keeps its connection: what it costs is part of what is measured.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

use crate::Outcome;
use crate::fill::{LOGIN, PASSWORD};

/// One connection.
pub struct Connection {
    stream: BufReader<TcpStream>,
    head: String,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The session's cookie, where one was set.
    pub cookie: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects; `token` is sent along as a bearer token.
    pub fn open(addr: SocketAddr, token: Option<&str>) -> Outcome<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        Ok(Self { stream: BufReader::new(stream), head: format!("Host: {addr}\r\n{token}") })
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Outcome<Answer> {
        let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        let head =
            format!("{method} {path} HTTP/1.1\r\n{}{kind}Content-Length: {}\r\n\r\n", self.head, body.len());
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no answer")?;
        let mut answer = Answer { status, cookie: None, body: Vec::new() };
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "set-cookie" => answer.cookie = Some(value.to_owned()),
                _ => {}
            }
        }
        answer.body.resize(length, 0);
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    /// Reads a page; anything but 200 ends the bench.
    pub fn get(&mut self, path: &str) -> Outcome<Value> {
        let answer = self.ask("GET", path, &[])?;
        if answer.status != 200 {
            return Err(format!("{path} answered {}", answer.status).into());
        }
        Ok(serde_json::from_slice(&answer.body)?)
    }
}

/// Where the program is, and who asks.
#[derive(Clone)]
pub struct Door {
    addr: SocketAddr,
    token: String,
}

impl Door {
    /// Logs in.
    pub fn log_in(addr: SocketAddr) -> Outcome<Self> {
        let body = json!({ "login": LOGIN, "password": PASSWORD }).to_string();
        let answer = Connection::open(addr, None)?.ask("POST", "/api/v1/session", body.as_bytes())?;
        let cookie = answer.cookie.ok_or_else(|| format!("logging in answered {}", answer.status))?;
        let token = cookie.split([';', '=']).nth(1).ok_or("no cookie")?.to_owned();
        Ok(Self { addr, token })
    }

    /// A new connection.
    pub fn connect(&self) -> Outcome<Connection> {
        Connection::open(self.addr, Some(&self.token))
    }
}
