//! Killed in the middle: what got a receipt is there, what got none can be sent again.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use journal::StoreOptions;
use kernel::{Id, Outcome};
use serde_json::json;

use crate::site::{Site, open, worker};

/// Set for the child process that is going to be killed.
const CHILD: &str = "SKEIN_JOURNAL_CRASH_CHILD";

fn store(folder: &std::path::Path) -> StoreOptions {
    StoreOptions::Sqlite { path: folder.join("skein.db") }
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
        let site = Arc::new(open(&folder, &store(folder.path())).await);
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
        let parent = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["crash::child_writes_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, parent.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stored = Vec::new();
        let mut folder = None;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines {
            let line = line.unwrap();
            // The first line of a test binary shares its line with the harness's own words.
            if let Some((_, path)) = line.split_once("folder ") {
                folder = Some(path.to_owned());
            } else if let Some((_, id)) = line.split_once("stored ") {
                stored.push(id.parse::<Id>().unwrap());
            }
            if stored.len() >= 37 * (round + 1) {
                child.kill().unwrap();
                break;
            }
        }
        child.wait().unwrap();
        check(folder.unwrap(), &stored);
    }
}

fn check(folder: String, stored: &[Id]) {
    runtime().block_on(async {
        let kept = std::path::PathBuf::from(folder);
        let fresh = Arc::new(tempfile::tempdir().unwrap());
        for entry in std::fs::read_dir(&kept).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), fresh.path().join(entry.file_name())).unwrap();
        }
        let site: Site = open(&fresh, &store(fresh.path())).await;
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
