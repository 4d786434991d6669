//! What a mark costs the pipeline, and roll-ups of that; and how long a year's report takes. The rolls of a year are entered
//! one after the other, the marks of each together, as devices send them, into one node whose registry rolls nothing up and
//! into one that does, by turns.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::ToSpan;
use journal::{KeySource, Node};
use kernel::{Id, Registry, Rollups};
use serde_json::json;
use server::registry::{manifests, registry};

use crate::fill::{self, Site, mark, mix};
use crate::{Outcome, Sizes};

/// Events of the year for each 10,000 people.
const EVENTS: usize = 170;
/// Spreads people over rolls. No number of people that is asked for is a multiple of this prime.
const STEP: usize = 7_919;
/// Marks of each person.
const EACH: usize = 10;
/// Ticks of a second in `/proc/self/stat`; Linux has had this number on every architecture we know.
const TICKS: f64 = 100.0;

/// CPU time that this process has taken so far.
fn cpu() -> Outcome<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    Ok(Duration::from_secs_f64((ticks(11) + ticks(12)) / TICKS))
}

/// The program without roll-ups.
fn plain() -> &'static Registry {
    let mut all = manifests();
    for manifest in &mut all {
        manifest.rollups = Rollups::NONE;
    }
    Box::leak(Box::new(Registry::new(all)))
}

struct Year {
    site: Site,
    people: Vec<Id>,
    sessions: Vec<(Id, Id)>,
}

async fn year(dir: &Path, registry: &'static Registry, sizes: &Sizes) -> Outcome<Year> {
    std::fs::create_dir_all(dir)?;
    let place = fill::place(dir, &journal::StoreOptions::Sqlite { path: dir.join("skein.db") });
    let mut options = place.options(KeySource::File { path: place.key_path(), passphrase: None });
    options.registry = registry;
    let site = fill::found_on(Node::open(options).await?).await?;
    let people = fill::register(&site, sizes.people).await?.all;
    let mut commands = Vec::new();
    let mut sessions = Vec::new();
    let now = site.node.new_id().millis();
    for event in 0..(EVENTS * sizes.people).div_ceil(10_000) {
        let kind = ["dropin", "class", "feast", "trip"][event % 4];
        let day = site.node.today().saturating_sub(((event % EVENTS * 2) as i64).days());
        // Sessions are entered when they come up, not all in one millisecond.
        let moment = now.saturating_sub((event % EVENTS * 2) as u64 * 86_400_000);
        let [activity, session] = [2 * event, 2 * event + 1].map(|n| Id::from_parts(moment, mix(n) as u128));
        commands.push(site.command("activity.create", activity, json!({ "title": "聚", "kind": kind })));
        commands.push(site.command("session.create", session, json!({ "activity": activity, "day": day })));
        sessions.push((activity, session));
    }
    site.send(commands).await?;
    Ok(Year { site, people, sessions })
}

impl Year {
    /// Enters one part of the marks; gives the time of the processor and of the wall.
    async fn enter(&self, marks: std::ops::Range<usize>) -> Outcome<(Duration, Duration)> {
        let commands = marks.map(|n| {
            let person = self.people[n * STEP % self.people.len()];
            let (activity, session) = self.sessions[n * self.sessions.len() / (self.people.len() * EACH)];
            mark(&self.site, activity, session, person)
        });
        let commands: Vec<_> = commands.collect();
        let rolls: Vec<_> =
            commands.chunk_by(|a, b| a.body["session"] == b.body["session"]).map(<[_]>::to_vec).collect();
        let (before, started) = (cpu()?, Instant::now());
        for roll in rolls {
            self.site.send(roll).await?;
        }
        Ok((cpu()?.saturating_sub(before), started.elapsed()))
    }
}

/// Measures both.
pub async fn measure(dir: &Path, sizes: &Sizes) -> Outcome {
    let without = year(&dir.join("without"), plain(), sizes).await?;
    let with = year(&dir.join("with"), registry(), sizes).await?;
    let many = sizes.people * EACH;
    let part = many.div_ceil(10);
    let mut spent = [(Duration::ZERO, Duration::ZERO); 2];
    for first in (0..many).step_by(part) {
        for (at, year) in [&without, &with].into_iter().enumerate() {
            let (cpu, wall) = year.enter(first..(first + part).min(many)).await?;
            spent[at] = (spent[at].0 + cpu, spent[at].1 + wall);
        }
    }
    for (name, (cpu, wall)) in ["without roll-ups", "with roll-ups"].into_iter().zip(spent) {
        let each = |time: Duration| time.as_secs_f64() * 1e3 / many as f64;
        println!(
            "{:<34} {:>8.3} ms of CPU a mark, {:.3} ms in all",
            format!("marks {name}"),
            each(cpu),
            each(wall)
        );
    }
    let more = |pick: fn(&(Duration, Duration)) -> Duration| {
        (pick(&spent[1]).as_secs_f64() / pick(&spent[0]).as_secs_f64() - 1.0) * 100.0
    };
    println!(
        "{:<34} {:>7.1} % more CPU, {:.1} % more time",
        "roll-ups cost",
        more(|it| it.0),
        more(|it| it.1)
    );
    let site = &with.site;
    let today = site.node.today();
    let mut spans = vec![
        ("report of this year", evidence::year::Span::of_code(&format!("{:04}", today.year()))?),
        ("report of this month", evidence::year::Span::of_code(&today.to_string()[..7])?),
    ];
    let first = today.saturating_sub(300.days());
    spans.push(("report of any 300 days", evidence::year::Span::of_days(first, today)?));
    for (name, span) in spans {
        let mut times = Vec::new();
        for _ in 0..20 {
            let started = Instant::now();
            evidence::year::report(&site.node, &site.actor, &span).await?;
            times.push(started.elapsed());
        }
        crate::tell_times(name, times);
    }
    Ok(())
}
