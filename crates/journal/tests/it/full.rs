//! No room on the disk: said in words, nothing half-done, nothing lost, and it goes on once there is room.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use journal::StoreOptions;
use kernel::{Envelope, Id, Outcome};
use serde_json::json;

use crate::site::{Site, code, open, worker};

/// Set for the child process: its folder, and how it is kept short of room.
const CHILD: &str = "SKEIN_JOURNAL_FULL_CHILD";
const MEANS: &str = "SKEIN_JOURNAL_FULL_MEANS";

/// As much as the database's files may take before there is room again.
const LITTLE: usize = 1_500_000;

/// A person with a long letter, as one bundle; the same number gives the same ids.
fn bundle(site: &Site, number: u128) -> Vec<Envelope> {
    let human = Id(number + 1);
    let words = "长".repeat(9_000);
    let mut two = vec![
        site.envelope("human.create", human, None, json!({"name": "李娜"})),
        site.envelope("letter.write", human, None, json!({"human": human, "words": words})),
    ];
    for (place, envelope) in two.iter_mut().enumerate() {
        envelope.id = Id((1 << 100) + number * 2 + place as u128);
        envelope.bundle = Some(Id((1 << 101) + number));
    }
    two
}

fn own_limit(bytes: &str) {
    let pid = std::process::id().to_string();
    let limited = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={bytes}:")]).status();
    assert!(limited.unwrap().success());
}

/// The child: fills what room there is, makes room, and goes on.
#[test]
fn child_writes_until_the_disk_is_full() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let by_limit = std::env::var(MEANS).unwrap() == "limit";
    let folder = Arc::new(tempfile::TempDir::new_in(folder).unwrap());
    let ballast = folder.path().join("ballast");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = StoreOptions::Sqlite { path: folder.path().join("skein.db") };
        let site = open(&folder, &store).await;
        if by_limit {
            own_limit(&LITTLE.to_string());
        } else {
            // The disk is filled but for a little by something else.
            let room = 8_000_000 - LITTLE;
            fs::write(&ballast, vec![7; room]).unwrap();
        }
        let mut stored = 0;
        let refused = loop {
            let receipts = site.send(&worker(), bundle(&site, stored)).await;
            if receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied) {
                stored += 1;
                assert!(stored < 10_000, "the disk never filled up");
                continue;
            }
            break receipts;
        };
        for receipt in &refused {
            assert_eq!((receipt.outcome, code(receipt)), (Outcome::Refused, "SK-1022"), "{receipt:?}");
        }
        whole(&site, stored).await;
        let again = site.send(&worker(), bundle(&site, stored)).await;
        assert!(again.iter().all(|receipt| code(receipt) == "SK-1022"), "{again:?}");
        if by_limit {
            own_limit("unlimited");
        } else {
            fs::remove_file(&ballast).unwrap();
        }
        for number in stored..stored + 20 {
            let receipts = site.send(&worker(), bundle(&site, number)).await;
            assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied), "{receipts:?}");
        }
        whole(&site, stored + 20).await;
        let first = site.send(&worker(), bundle(&site, 0)).await;
        assert!(first.iter().all(|receipt| receipt.outcome == Outcome::AlreadyApplied), "{first:?}");
        println!("{stored} bundles were stored before the disk was full");
    });
}

/// Everything with a receipt is there, nothing else, and the journal holds together.
async fn whole(site: &Site, stored: u128) {
    let count = "SELECT noun, count(*) FROM record GROUP BY noun ORDER BY noun";
    let rows = site.node.rows(count, Vec::new()).await.unwrap();
    let counts: Vec<i64> = rows.iter().map(|row| row.int(1)).collect();
    assert_eq!(counts, [i64::try_from(stored).unwrap(); 2]);
    assert!(site.node.verify().await.unwrap().broken.is_empty());
}

/// Runs the child by a shell line that makes its room small; `$0` is the program and `$@` its arguments.
fn short_of_room(folder: &Path, means: &str, starter: &mut Command, line: &str) {
    let program = std::env::current_exe().unwrap();
    let output = starter
        .args(["sh", "-c", line])
        .arg(program)
        .args(["full::child_writes_until_the_disk_is_full", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder)
        .env(MEANS, means)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stdout);
    let faults = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}\n{faults}");
    assert!(words.contains("bundles were stored before the disk was full"), "{words}\n{faults}");
}

#[test]
fn a_file_that_may_not_grow_is_told_and_outlived() {
    let folder = tempfile::tempdir().unwrap();
    // The signal that goes with the limit would end the program before it can say anything.
    short_of_room(folder.path(), "limit", &mut Command::new("env"), r#"trap "" XFSZ; exec "$0" "$@""#);
}

#[test]
fn a_full_disk_is_told_and_outlived() {
    let folder = tempfile::tempdir().unwrap();
    let mut own = Command::new("unshare");
    own.args(["--mount", "--user", "--map-root-user"]);
    let mounts = Command::new("unshare")
        .args(["--mount", "--user", "--map-root-user", "sh", "-c"])
        .arg(r#"mount -t tmpfs -o size=1m none "$0""#)
        .arg(folder.path())
        .status();
    if !mounts.is_ok_and(|status| status.success()) {
        println!("no disk of one's own can be mounted here; the limit of a file's size is tried instead");
        return a_file_that_may_not_grow_is_told_and_outlived();
    }
    let line = format!(r#"mount -t tmpfs -o size=8000000 none "${CHILD}" && exec "$0" "$@""#);
    short_of_room(folder.path(), "disk", &mut own, &line);
}
