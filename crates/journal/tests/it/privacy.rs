//! What is stored, what is erased, which key opens it.

use std::sync::Arc;

use journal::{KeyError, KeySource, Node, OpenError, Options, StoreError, StoreOptions};
use kernel::{Id, Outcome, SiteId};
use serde_json::json;

use crate::context::registry;
use crate::site::{Site, code, key_path, manager, on_both, open, worker};

const HERE: SiteId = SiteId(Id(1));

async fn everything(site: &Site) -> String {
    let mut all = String::new();
    for sql in [
        "SELECT events, sealed, device, verb FROM journal",
        "SELECT doc, sealed, stamps, within FROM record",
        "SELECT wrapped FROM subject_key",
    ] {
        for row in site.node.rows(sql, Vec::new()).await.unwrap() {
            for value in &row.0 {
                match value {
                    kernel::Val::Text(text) => all.push_str(text),
                    kernel::Val::Blob(bytes) => all.push_str(&String::from_utf8_lossy(bytes)),
                    _ => {}
                }
            }
        }
    }
    all
}

#[test]
fn private_fields_are_sealed_in_journal_and_state() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        site.one(&worker(), "letter.write", site.id(), None, json!({"human": id, "words": "想家"})).await;
        let all = everything(&site).await;
        for secret in ["李娜", "13800138000", "想家", "测试"] {
            assert!(!all.contains(secret), "{secret} is readable");
        }
        assert!(all.contains("\"sex\":\"F\""), "plain fields stay readable");
    });
}

#[test]
fn erasure_destroys_the_key_and_keeps_the_totals() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let letter = site.id();
        site.one(&worker(), "letter.write", letter, None, json!({"human": id, "words": "想家"})).await;
        site.one(&worker(), "human.amend", id, Some(1), json!({"phone": "2"})).await;
        site.one(&worker(), "human.amend", id, Some(1), json!({"phone": "3"})).await;
        let erased = site.one(&manager(), "human.erase", id, None, json!({})).await;
        assert_eq!(erased.outcome, Outcome::Applied);
        let held = site.node.held(HERE, "human", id).await.unwrap().unwrap();
        assert!(held.meta.erased);
        assert_eq!((held.object()["name"].as_str(), held.object()["sex"].as_str()), (Some(""), Some("F")));
        assert_eq!((held.object()["length"].as_i64(), held.set_aside.len()), (Some(2), 0));
        let letter_now = site.node.held(HERE, "letter", letter).await.unwrap().unwrap();
        assert_eq!(letter_now.object()["words"], "");
        let rows = site.node.rows("SELECT count(*) FROM t_person", Vec::new()).await.unwrap();
        assert_eq!(rows[0].int(0), 0, "search keys are wiped");
        let past = site.node.history(HERE, "human", id).await.unwrap();
        assert!(past.iter().all(|past| !past.after.contains_key("name")));
        assert_eq!(past.last().and_then(|past| past.reason.as_deref()), Some("测试"));
        assert_eq!(code(&site.one(&worker(), "human.wish", id, None, json!({"more": 1})).await), "SK-1011");
        let late = json!({"human": id, "words": "晚了"});
        assert_eq!(code(&site.one(&worker(), "letter.write", site.id(), None, late).await), "SK-1004");
        assert!(site.node.verify().await.unwrap().broken.is_empty());
    });
}

#[test]
fn what_never_held_a_word_stays_when_its_subject_is_erased() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let [plain, words, burnt, same] = [(); 4].map(|()| site.id());
        let write = |letter, words| {
            let mut envelope =
                site.envelope("letter.write", letter, None, json!({"human": id, "words": words}));
            envelope.reason = None;
            envelope
        };
        let burn = site.envelope("letter.burn", burnt, None, json!({}));
        let letters = vec![write(plain, ""), write(words, "想家"), write(burnt, ""), burn];
        assert!(site.send(&worker(), letters).await.iter().all(|one| one.outcome == Outcome::Applied));
        let erase = site.envelope("human.erase", id, None, json!({}));
        let done = site.send(&manager(), vec![write(same, ""), erase]).await;
        assert!(done.iter().all(|one| one.outcome == Outcome::Applied));
        let erased =
            async |letter| site.node.held(HERE, "letter", letter).await.unwrap().unwrap().meta.erased;
        let all =
            async || [erased(plain).await, erased(words).await, erased(burnt).await, erased(same).await];
        assert_eq!(all().await, [false, true, true, false], "a reason is a word, too");
        site.node.rebuild().await.unwrap();
        assert_eq!(all().await, [false, true, true, false]);
    });
}

#[test]
fn a_missing_or_another_key_is_said_clearly() {
    on_both(async |site: Site| {
        site.human("李娜").await;
        let again = |folder: &Arc<tempfile::TempDir>, store: &StoreOptions| {
            let options = Options {
                registry: registry(),
                store: store.clone(),
                key: KeySource::File { path: key_path(folder), passphrase: None },
                clock: Arc::new(|| crate::site::START.parse().unwrap()),
                entropy: Arc::new(|bytes| getrandom::fill(bytes).unwrap()),
                offset_hours: 8,
            };
            Node::open(options)
        };
        assert!(again(&site.folder, &site.store).await.is_ok());
        let elsewhere = Arc::new(tempfile::tempdir().unwrap());
        let missing = again(&elsewhere, &site.store).await.err().unwrap();
        assert!(matches!(missing, OpenError::Key(KeyError::Missing(_))), "{missing}");
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "a key was made for nothing");
        let other = open(&elsewhere, &StoreOptions::Sqlite { path: elsewhere.path().join("other.db") }).await;
        let wrong = again(&other.folder, &site.store).await.err().unwrap();
        assert!(matches!(wrong, OpenError::Store(StoreError::WrongKey)), "{wrong}");
    });
}

#[test]
fn the_sqlite_file_is_encrypted() {
    on_both(async |site: Site| {
        site.human("LiNaPlainName").await;
        let StoreOptions::Sqlite { path } = &site.store else { return };
        for name in [path.clone(), path.with_extension("db-wal")] {
            let bytes = std::fs::read(name).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("LiNaPlainName") && !text.contains("CREATE TABLE"));
            assert!(!bytes.starts_with(b"SQLite format 3"));
        }
    });
}
