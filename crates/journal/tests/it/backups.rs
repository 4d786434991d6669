//! Backups: complete, consistent while running, unreadable about the erased, and loud about damage.

use std::sync::Arc;

use journal::{BackupError, KeySource, Keyring, Node, Options, StoreOptions, restore};
use kernel::{Id, Outcome, SiteId};
use serde_json::json;

use crate::context::registry;
use crate::site::{Site, manager, on_both, worker};

fn into(folder: &tempfile::TempDir, keyring: &Keyring) -> Options {
    Options {
        registry: registry(),
        store: StoreOptions::Sqlite { path: folder.path().join("restored.db") },
        key: KeySource::Given(keyring.node.clone()),
        clock: Arc::new(|| crate::site::START.parse().unwrap()),
        entropy: Arc::new(|bytes| getrandom::fill(bytes).unwrap()),
        offset_hours: 8,
    }
}

async fn taken(node: &Node) -> (Vec<u8>, Vec<u8>) {
    let (mut backup, mut keys) = (Vec::new(), Vec::new());
    node.write_backup(&mut backup).await.unwrap();
    node.write_keys(&mut keys).await.unwrap();
    (backup, keys)
}

#[test]
fn a_backup_restores_to_the_same_bytes() {
    on_both(async |site: Site| {
        for name in ["李娜", "𠮷田", "覃雁"] {
            let id = site.human(name).await;
            site.one(&worker(), "letter.write", site.id(), None, json!({"human": id, "words": "信"})).await;
        }
        let (backup, keys) = taken(&site.node).await;
        let keyring = Keyring::read(keys.as_slice()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (node, contents) = restore(into(&folder, &keyring), backup.as_slice(), &keyring).await.unwrap();
        assert!(contents.rows.contains(&("journal".to_owned(), 6)));
        for table in site.node.derived() {
            assert_eq!(node.table_digest(table).await.unwrap(), site.node.table_digest(table).await.unwrap());
        }
        let again = restore(into(&folder, &keyring), backup.as_slice(), &keyring).await;
        assert!(matches!(again, Err(BackupError::NotEmpty)));
    });
}

#[test]
fn old_backups_are_unreadable_about_the_erased() {
    on_both(async |site: Site| {
        let (gone, stays) = (site.human("李娜").await, site.human("王芳").await);
        let (old_backup, _) = taken(&site.node).await;
        let erased = site.one(&manager(), "human.erase", gone, None, json!({})).await;
        assert_eq!(erased.outcome, Outcome::Applied);
        let (_, keys) = taken(&site.node).await;
        let keyring = Keyring::read(keys.as_slice()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (node, _) = restore(into(&folder, &keyring), old_backup.as_slice(), &keyring).await.unwrap();
        let held = node.held(SiteId(Id(1)), "human", gone).await.unwrap().unwrap();
        assert_eq!((held.meta.erased, held.object()["name"].as_str()), (true, Some("")));
        let held = node.held(SiteId(Id(1)), "human", stays).await.unwrap().unwrap();
        assert_eq!(held.object()["name"], "王芳");
    });
}

#[test]
fn a_cut_or_changed_backup_is_refused() {
    on_both(async |site: Site| {
        site.human("李娜").await;
        let (backup, keys) = taken(&site.node).await;
        let keyring = Keyring::read(keys.as_slice()).unwrap();
        for cut in [0, 1, 20, backup.len() / 2, backup.len() - 9] {
            let folder = tempfile::tempdir().unwrap();
            let outcome = restore(into(&folder, &keyring), &backup[..cut], &keyring).await;
            assert!(outcome.is_err(), "cut at {cut}");
        }
        let mut changed = backup.clone();
        changed[backup.len() / 2] ^= 1;
        let folder = tempfile::tempdir().unwrap();
        assert!(restore(into(&folder, &keyring), changed.as_slice(), &keyring).await.is_err());
        assert!(Keyring::read(&keys[..keys.len() / 2]).is_err());
    });
}

#[test]
fn a_backup_taken_while_writing_is_of_one_moment() {
    on_both(async |site: Site| {
        let site = Arc::new(site);
        let busy = Arc::clone(&site);
        let writing = tokio::spawn(async move {
            for at in 0..150 {
                let id = busy.human(&format!("人{at}")).await;
                busy.one(&worker(), "human.wish", id, None, json!({"more": 1})).await;
            }
        });
        for _ in 0..3 {
            let (backup, keys) = taken(&site.node).await;
            let keyring = Keyring::read(keys.as_slice()).unwrap();
            let folder = tempfile::tempdir().unwrap();
            // Restoring verifies the chain against the head, which a torn copy would not pass.
            restore(into(&folder, &keyring), backup.as_slice(), &keyring).await.unwrap();
        }
        writing.await.unwrap();
    });
}
