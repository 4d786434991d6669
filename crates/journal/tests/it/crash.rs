//! Killed in the middle: what got a receipt is there, what got none can be sent again.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use journal::StoreOptions;
use kernel::{Id, Outcome};
use serde_json::json;

use crate::site::{Database, Site, open, worker};

/// Set for the child process that is going to be killed: its folder, and its database on PostgreSQL.
const CHILD: &str = "SKEIN_JOURNAL_CRASH_CHILD";
const CHILD_POSTGRES: &str = "SKEIN_JOURNAL_CRASH_CHILD_POSTGRES";

fn store(folder: &std::path::Path, postgres: Option<String>) -> StoreOptions {
    match postgres {
        Some(url) => StoreOptions::Postgres { url },
        None => StoreOptions::Sqlite { path: folder.join("skein.db") },
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// The child: writes without end in a folder of the parent's, saying each id once its receipt is there.
#[test]
fn child_writes_until_it_is_killed() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    runtime().block_on(async {
        let folder = tempfile::TempDir::new_in(folder).unwrap();
        println!("folder {}", folder.path().display());
        let folder = Arc::new(folder);
        let postgres = std::env::var(CHILD_POSTGRES).ok();
        let site = Arc::new(open(&folder, &store(folder.path(), postgres)).await);
        let mut clients = Vec::new();
        for client in 0..4_u128 {
            let site = Arc::clone(&site);
            clients.push(tokio::spawn(async move {
                for at in 0..1_000_000_u128 {
                    let id = Id((client << 64) + at + 1);
                    let bundle = Id((1 << 100) + (client << 64) + at);
                    let mut two = vec![
                        site.envelope("human.create", id, None, json!({"name": "甲"})),
                        site.envelope("letter.write", id, None, json!({"human": id, "words": "乙"})),
                    ];
                    for (place, envelope) in two.iter_mut().enumerate() {
                        envelope.id = Id(bundle.0 * 2 + place as u128);
                        envelope.bundle = Some(bundle);
                    }
                    let receipts = site.send(&worker(), two).await;
                    assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied));
                    println!("stored {id}");
                }
            }));
        }
        for client in clients {
            client.await.unwrap();
        }
    });
}

#[test]
fn killed_at_any_point_nothing_with_a_receipt_is_lost() {
    for round in 0..4_usize {
        let (folder, stored, _parent) = killed_after(37 * (round + 1), None);
        check(&folder, &stored, None);
    }
}

#[test]
fn killed_at_any_point_nothing_with_a_receipt_is_lost_on_postgresql() {
    for round in 0..2_usize {
        let Some(database) = Database::new() else { return };
        let (folder, stored, _parent) = killed_after(37 + 59 * round, Some(&database.url));
        check(&folder, &stored, Some(database.url.clone()));
    }
}

/// Lets a child write and kills it once that many bundles were stored; gives its folder and what it said was stored.
fn killed_after(bundles: usize, postgres: Option<&str>) -> (PathBuf, Vec<Id>, tempfile::TempDir) {
    let parent = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["crash::child_writes_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, parent.path())
        .stdout(Stdio::piped());
    if let Some(url) = postgres {
        child.env(CHILD_POSTGRES, url);
    }
    let mut child = child.spawn().unwrap();
    let mut stored = Vec::new();
    let mut folder = None;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        // The first line of a test binary shares its line with the harness's own words.
        if let Some((_, path)) = line.split_once("folder ") {
            folder = Some(PathBuf::from(path));
        } else if let Some((_, id)) = line.split_once("stored ") {
            stored.push(id.parse::<Id>().unwrap());
        }
        if stored.len() >= bundles {
            child.kill().unwrap();
            break;
        }
    }
    child.wait().unwrap();
    assert!(stored.len() >= bundles, "the child ended by itself");
    (folder.unwrap(), stored, parent)
}

fn check(kept: &Path, stored: &[Id], postgres: Option<String>) {
    runtime().block_on(async {
        let fresh = Arc::new(tempfile::tempdir().unwrap());
        for entry in std::fs::read_dir(kept).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), fresh.path().join(entry.file_name())).unwrap();
        }
        let site: Site = open(&fresh, &store(fresh.path(), postgres)).await;
        for id in stored {
            assert!(site.node.held(worker().site, "human", *id).await.unwrap().is_some(), "{id} is lost");
        }
        let count = "SELECT noun, count(*) FROM record GROUP BY noun ORDER BY noun";
        let rows = site.node.rows(count, Vec::new()).await.unwrap();
        assert_eq!(rows[0].int(1), rows[1].int(1), "half a bundle was stored");
        assert!(site.node.verify().await.unwrap().broken.is_empty());
        let again = site.envelope("human.create", stored[0], None, json!({"name": "甲"}));
        let receipt = site.send(&worker(), vec![again]).await.pop().unwrap();
        assert_eq!(receipt.outcome, Outcome::Refused);
    });
}
