//! Commands a second: through the pipeline alone, over HTTP, and the bare statements of the same rows.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use journal::Row;
use kernel::{Column, Envelope, Id, Lang, Outcome as Ended, TableClass, TableDef};
use serde_json::{Value, json};

use crate::bare::{self, Command};
use crate::client::Door;
use crate::fill::{self, People, Site, mark};
use crate::{Outcome, Sizes};

/// The kinds of command that are measured: a mark on a roll, and a person with a name, a birth date and a phone.
const KINDS: [&str; 2] = ["participation.mark", "person.create"];

fn commands(site: &Site, people: &People, kind: &str, many: usize, from: usize) -> Vec<Envelope> {
    // The marks of a run lie on sessions of their own, so that none is a repetition.
    let sessions = &people.sessions[from..];
    (0..many)
        .map(|n| {
            if kind == "person.create" {
                return site.command(kind, site.node.new_id(), fill::person(20_000_000 * (from + 1) + n));
            }
            let session = sessions[(n / people.all.len()) % 2];
            mark(site, people.activity, session, people.all[n % people.all.len()])
        })
        .collect()
}

/// What was stored by one run.
pub struct Run {
    kinds: Vec<(&'static str, f64, i64, i64)>,
}

async fn head(site: &Site) -> Outcome<i64> {
    let rows =
        site.node.rows("SELECT pos FROM site_head WHERE site = $1", vec![site.actor.site.into()]).await?;
    Ok(rows.first().map_or(0, |row| row.int(0)))
}

/// The pipeline without HTTP: as many tasks as clients, one command each at a time.
pub async fn in_process(site: &Site, people: &People, sizes: &Sizes) -> Outcome {
    for kind in KINDS {
        let commands = commands(site, people, kind, sizes.commands, 2);
        let shares: Vec<Vec<Envelope>> =
            commands.chunks(sizes.commands.div_ceil(sizes.clients)).map(<[Envelope]>::to_vec).collect();
        let started = Instant::now();
        let mut tasks = Vec::new();
        for share in shares {
            let (node, actor) = (site.node.clone(), site.actor.clone());
            tasks.push(tokio::spawn(async move {
                for command in share {
                    let receipts = node.submit(&actor, vec![command], None, Lang::En).await;
                    if receipts[0].outcome != Ended::Applied {
                        return Err(format!("a command was {:?}", receipts[0].outcome));
                    }
                }
                Ok(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        let rate = sizes.commands as f64 / started.elapsed().as_secs_f64();
        println!("{:<34} {rate:>8.0} commands a second", format!("{kind}, pipeline alone"));
    }
    Ok(())
}

/// The whole program over HTTP, each client one command per request.
pub async fn over_http(site: &Site, door: &Door, people: &People, sizes: &Sizes) -> Outcome<Run> {
    let mut run = Run { kinds: Vec::new() };
    for kind in KINDS {
        let before = head(site).await?;
        let bodies: Vec<Vec<u8>> = commands(site, people, kind, sizes.commands, 0)
            .into_iter()
            .map(|command| json!({ "commands": [command] }).to_string().into_bytes())
            .collect();
        let bodies = Arc::new(bodies);
        let (door, clients) = (door.clone(), sizes.clients);
        let (rate, times) = tokio::task::spawn_blocking(move || send(&door, &bodies, clients)).await??;
        crate::tell_times(&format!("{kind} over HTTP"), times);
        println!("{:<34} {rate:>8.0} commands a second", "");
        run.kinds.push((kind, rate, before, head(site).await?));
    }
    Ok(run)
}

fn send(door: &Door, bodies: &Arc<Vec<Vec<u8>>>, clients: usize) -> Outcome<(f64, Vec<Duration>)> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(door.connect()?);
    }
    let started = Instant::now();
    let threads: Vec<_> = connections
        .into_iter()
        .enumerate()
        .map(|(at, mut connection)| {
            let bodies = Arc::clone(bodies);
            std::thread::spawn(move || {
                let mut times = Vec::new();
                for body in bodies.iter().skip(at).step_by(clients) {
                    let asked = Instant::now();
                    let answer = connection.ask("POST", "/api/v1/commands", body)?;
                    times.push(asked.elapsed());
                    let receipts: Value = serde_json::from_slice(&answer.body)?;
                    if receipts["receipts"][0]["outcome"] != "applied" {
                        return Err(format!("a command was answered {receipts}").into());
                    }
                }
                Outcome::Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread.join().map_err(|_| "a client broke off")??);
    }
    Ok((bodies.len() as f64 / started.elapsed().as_secs_f64(), times))
}

/// Writes what the run over HTTP wrote once more, without the program.
pub async fn beside_the_bare(site: &Site, run: &Run, mut bare: bare::Bare) -> Outcome {
    for (kind, rate, after, until) in &run.kinds {
        let (commands, batches) = written(site, *after, *until).await?;
        let together = (commands.len() as f64 / batches.max(1) as f64).round().max(1.0) as usize;
        let started = Instant::now();
        for batch in commands.chunks(together) {
            bare.transaction(batch).await?;
        }
        let bare_rate = commands.len() as f64 / started.elapsed().as_secs_f64();
        let rows: usize = commands.iter().map(|command| command.rows.len()).sum();
        println!(
            "{:<34} {bare_rate:>8.0} commands a second, {together} a transaction, {:.1} rows each: the program does \
             {:.0} % of it over HTTP",
            format!("{kind}, bare statements"),
            rows as f64 / commands.len().max(1) as f64,
            rate / bare_rate * 100.0,
        );
    }
    Ok(())
}

const JOURNAL: &[(&str, Column)] = &[
    ("site", Column::Text),
    ("pos", Column::Int),
    ("command", Column::Text),
    ("at", Column::Int),
    ("stored", Column::Int),
    ("actor", Column::Text),
    ("device", Column::Text),
    ("verb", Column::Text),
    ("noun", Column::Text),
    ("record", Column::Text),
    ("subject", Column::Text),
    ("version", Column::Int),
    ("bundle", Column::Text),
    ("outcome", Column::Int),
    ("events", Column::Text),
    ("sealed", Column::Blob),
    ("digest", Column::Blob),
    ("hash", Column::Blob),
];
const RECORD: &[(&str, Column)] = &[
    ("site", Column::Text),
    ("noun", Column::Text),
    ("id", Column::Text),
    ("no", Column::Int),
    ("version", Column::Int),
    ("subject", Column::Text),
    ("made_by", Column::Text),
    ("created", Column::Int),
    ("changed", Column::Int),
    ("retracted", Column::Int),
    ("erased", Column::Int),
    ("asides", Column::Int),
    ("within", Column::Text),
    ("doc", Column::Text),
    ("sealed", Column::Blob),
    ("stamps", Column::Text),
];
const KEYS: &[(&str, Column)] =
    &[("site", Column::Text), ("subject", Column::Text), ("wrapped", Column::Blob)];

/// The journal's tables as the baseline writes them.
pub static TABLES: [TableDef; 3] = [
    TableDef { name: "journal", columns: JOURNAL, key: 2, class: TableClass::Source },
    TableDef { name: "record", columns: RECORD, key: 3, class: TableClass::Derived },
    TableDef { name: "subject_key", columns: KEYS, key: 2, class: TableClass::Source },
];

async fn select(site: &Site, table: &TableDef, rest: &str, values: Vec<kernel::Val>) -> Outcome<Vec<Row>> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let sql = format!("SELECT {} FROM {} WHERE site = $1 AND {rest}", names.join(", "), table.name);
    Ok(site.node.rows(&sql, values).await?)
}

/// The rows of the commands in this part of the journal, and in how many transactions they were stored.
async fn written(site: &Site, after: i64, until: i64) -> Outcome<(Vec<Command>, usize)> {
    let home = site.actor.site;
    let [journal, record, keys] = &TABLES;
    let mut commands = Vec::new();
    let mut stored = std::collections::HashSet::new();
    let mut from = after;
    while from < until {
        let to = (from + 200).min(until);
        let values = vec![home.into(), from.into(), to.into()];
        let lines = select(site, journal, "pos > $2 AND pos <= $3 ORDER BY pos", values).await?;
        let noun = lines.first().map(|line| line.text(8).to_owned()).unwrap_or_default();
        let ids: Vec<Id> = lines.iter().map(|line| line.id(9)).collect();
        let marks = journal::placeholders(3, ids.len());
        let mut values = vec![home.into(), noun.as_str().into()];
        values.extend(ids.iter().map(|id| kernel::Val::from(*id)));
        let records = select(site, record, &format!("noun = $2 AND id IN ({marks})"), values.clone()).await?;
        let mut records: HashMap<Id, Row> = records.into_iter().map(|row| (row.id(2), row)).collect();
        values.remove(1);
        let marks = journal::placeholders(2, ids.len());
        let secrets = select(site, keys, &format!("subject IN ({marks})"), values).await?;
        let mut secrets: HashMap<Id, Row> = secrets.into_iter().map(|row| (row.id(1), row)).collect();
        let held = site.node.held_many(home, &noun, &ids).await?;
        for (line, held) in lines.into_iter().zip(held) {
            stored.insert(line.int(4));
            let mut command = Command { position: line.int(1), rows: Vec::new() };
            let id = line.id(9);
            command.rows.push((journal, line.0));
            command.rows.extend(records.remove(&id).map(|row| (record, row.0)));
            // A new person has a new key; a mark uses the person's.
            command.rows.extend(secrets.remove(&id).map(|row| (keys, row.0)));
            command.rows.extend(held.index().into_iter().map(|row| (row.table, row.values)));
            commands.push(command);
        }
        from = to;
    }
    Ok((commands, stored.len()))
}
