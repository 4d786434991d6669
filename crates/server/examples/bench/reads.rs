//! Pages and searches, one reader: the time from asking to the whole answer, the client's share included.

use std::time::Instant;

use crate::client::{Connection, Door};
use crate::fill::{self, People};
use crate::{Outcome, Sizes, tell_times};

/// What people type: a character, pinyin, initials, mixed, nicknames, digits, a typo, a homophone.
pub const QUERIES: &[&str] = &[
    "李",
    "娜",
    "李娜",
    "lina",
    "ln",
    "li娜",
    "小娜",
    "老王",
    "shan",
    "zw",
    "8000",
    "138 0013-8000",
    "+8613800138000",
    "zhagnwei",
    "李哪",
    "欧阳",
];

/// The address that asks for it.
pub fn address(query: &str) -> String {
    let coded: String = query.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    format!("/api/v1/people?limit=20&q={coded}")
}

fn timed(
    connection: &mut Connection,
    paths: impl Iterator<Item = String>,
) -> Outcome<Vec<std::time::Duration>> {
    let mut times = Vec::new();
    for path in paths {
        let started = Instant::now();
        connection.get(&path)?;
        times.push(started.elapsed());
    }
    Ok(times)
}

/// Measures them.
pub fn measure(door: &Door, people: &People, sizes: &Sizes) -> Outcome {
    let mut connection = door.connect()?;
    let many = sizes.reads;
    let pages = people.rich.iter().cycle().take(many).map(|person| format!("/api/v1/people/{person}"));
    tell_times("person page", timed(&mut connection, pages)?);
    let spread = people.all.iter().step_by((people.all.len() / many).max(1)).take(many);
    let pages = spread.map(|person| format!("/api/v1/people/{person}"));
    tell_times("page of anybody, first read", timed(&mut connection, pages)?);
    let roll = std::iter::repeat_n(format!("/api/v1/sessions/{}/roll", people.roll), many);
    tell_times("roll of 60", timed(&mut connection, roll)?);
    let today = std::iter::repeat_n("/api/v1/today".to_owned(), many.min(100));
    tell_times("today", timed(&mut connection, today)?);
    let mut all = Vec::new();
    let mut slowest = (std::time::Duration::ZERO, "");
    let known = [fill::name(4242 % people.all.len()), fill::phone(4242 % people.all.len())];
    for query in QUERIES.iter().copied().chain(known.iter().map(String::as_str)) {
        let mut times = timed(&mut connection, std::iter::repeat_n(address(query), 20))?;
        times.sort_unstable();
        if times[18] > slowest.0 {
            slowest = (times[18], query);
        }
        all.extend(times);
    }
    tell_times("search", all);
    println!("{:<34} {} (p95 {:.2} ms)", "slowest query", slowest.1, slowest.0.as_secs_f64() * 1e3);
    Ok(())
}
