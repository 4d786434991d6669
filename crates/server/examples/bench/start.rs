//! The program as a process of its own: how fast it starts, how much memory it takes.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use journal::StoreOptions;

use crate::client::{Connection, Door};
use crate::{CHILD, Outcome, fill, reads, tell_times};

/// The running program; it ends with this value.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts it on a free port.
    pub fn start(dir: &Path, store: &StoreOptions) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.env(CHILD, "1").env("SKEIN_LOG", "warn").stdout(Stdio::piped());
        if let StoreOptions::Postgres { url } = store {
            command.arg("--postgres").arg(url);
        }
        command.arg("--dir").arg(dir).args(["serve", "--json", "--addr", "127.0.0.1:0"]);
        let mut child = command.spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let told: serde_json::Value = serde_json::from_str(&line)?;
        let addr = told["address"].as_str().and_then(|text| text.strip_prefix("http://"));
        Ok(Self { child, addr: addr.ok_or("no address")?.parse()? })
    }

    /// Prints the resident memory, as Linux tells it.
    pub fn tell_memory(&self, when: &str) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        if let Some(kilobytes) = kilobytes {
            println!("{:<34} {:.1} MB", format!("resident memory, {when}"), kilobytes / 1024.0);
        }
    }
}

/// How many people are on the register of the small node.
const FEW: usize = 10_000;

/// Cold starts and memory with 10,000 people.
pub async fn measure(dir: &Path) -> Outcome {
    let store = StoreOptions::Sqlite { path: dir.join("skein.db") };
    let site = fill::site(dir, &store).await?;
    let people = fill::register(&site, FEW).await?;
    drop(site);
    let mut times = Vec::new();
    for _ in 0..10 {
        let started = Instant::now();
        let program = Program::start(dir, &store)?;
        let answer = Connection::open(program.addr, None)?.ask("GET", "/", &[])?;
        times.push(started.elapsed());
        if answer.status != 200 {
            println!("the web app is not built: the first page answered {}", answer.status);
        }
    }
    tell_times("process start to first page", times);
    let program = Program::start(dir, &store)?;
    std::thread::sleep(Duration::from_secs(2));
    program.tell_memory("idle, 10,000 people");
    let mut connection = Door::log_in(program.addr)?.connect()?;
    for person in people.rich.iter().take(100) {
        connection.get(&format!("/api/v1/people/{person}"))?;
    }
    for query in reads::QUERIES {
        connection.get(&reads::address(query))?;
    }
    program.tell_memory("after 100 pages and searches");
    Ok(())
}
