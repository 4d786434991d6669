//! A node on either database, with a clock and randomness of the test's own.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use journal::{KeySource, Node, Options, StoreOptions};
use kernel::{AccountId, Actor, Envelope, Id, Lang, Outcome, Receipt, Role, SiteId};
use serde_json::Value;

use crate::context::registry;

pub struct Site {
    pub node: Node,
    pub folder: Arc<tempfile::TempDir>,
    pub store: StoreOptions,
    ids: Arc<AtomicU64>,
}

pub const START: &str = "2026-11-24T08:00:00Z";

pub fn actor(role: Role, number: u128) -> Actor {
    Actor { account: AccountId(Id(number)), role, site: SiteId(Id(1)) }
}

pub fn worker() -> Actor {
    actor(Role::Worker, 100)
}

pub fn manager() -> Actor {
    actor(Role::Manager, 101)
}

/// The key file's folder is the site's own; the database is the one given.
pub async fn open(folder: &Arc<tempfile::TempDir>, store: &StoreOptions) -> Site {
    let start: Timestamp = START.parse().unwrap();
    let clock = Arc::new(AtomicI64::new(start.as_microsecond()));
    let ids = Arc::new(AtomicU64::new(1));
    let node = Node::open(Options {
        registry: registry(),
        store: store.clone(),
        key: KeySource::File { path: key_path(folder), passphrase: None },
        clock: Arc::new(move || {
            Timestamp::from_microsecond(clock.fetch_add(1_000, Ordering::SeqCst)).unwrap()
        }),
        entropy: Arc::new(|bytes| getrandom::fill(bytes).unwrap()),
        offset_hours: 8,
    })
    .await
    .unwrap();
    Site { node, folder: Arc::clone(folder), store: store.clone(), ids }
}

pub fn key_path(folder: &Arc<tempfile::TempDir>) -> PathBuf {
    folder.path().join("node.key")
}

impl Site {
    pub fn id(&self) -> Id {
        Id::from_parts(1_790_000_000_000, u128::from(self.ids.fetch_add(1, Ordering::SeqCst)))
    }

    pub fn envelope(&self, verb: &str, record: Id, base: Option<i64>, body: Value) -> Envelope {
        Envelope {
            id: self.id(),
            verb: verb.into(),
            record,
            base,
            at: START.parse().unwrap(),
            device: "test".into(),
            bundle: None,
            reason: Some("测试".into()),
            body,
        }
    }

    pub async fn send(&self, actor: &Actor, envelopes: Vec<Envelope>) -> Vec<Receipt> {
        self.node.submit(actor, envelopes, None, Lang::En).await
    }

    pub async fn one(
        &self,
        actor: &Actor,
        verb: &str,
        record: Id,
        base: Option<i64>,
        body: Value,
    ) -> Receipt {
        self.send(actor, vec![self.envelope(verb, record, base, body)]).await.pop().unwrap()
    }

    /// A human of that name.
    pub async fn human(&self, name: &str) -> Id {
        let id = self.id();
        let body = serde_json::json!({"name": name, "phone": "13800138000", "sex": "F"});
        let receipt = self.one(&worker(), "human.create", id, None, body).await;
        assert_eq!(receipt.outcome, Outcome::Applied, "{:?}", receipt.problem);
        id
    }
}

pub fn code(receipt: &Receipt) -> &str {
    receipt.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

/// The connection string of a database on a server named as URL or as words.
fn database(server: &str, name: &str) -> String {
    if server.contains("://") {
        format!("{}/{name}", server.trim_end_matches('/'))
    } else {
        format!("{server} dbname={name}")
    }
}

/// A database of one test's own, where the environment names a server; it goes when this is dropped.
pub struct Database {
    pub url: String,
    name: String,
    server: String,
}

impl Database {
    pub fn new() -> Option<Self> {
        let server = std::env::var("SKEIN_TEST_POSTGRES").ok()?;
        let mut random = [0; 12];
        getrandom::fill(&mut random).unwrap();
        let name = format!("skein_journal_{}", &blake3::hash(&random).to_hex()[..24]);
        let database = Self { url: database(&server, &name), name, server };
        database.admin(&format!("CREATE DATABASE {}", database.name)).unwrap();
        Some(database)
    }

    fn admin(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        let url = database(&self.server, "postgres");
        let sql = sql.to_owned();
        // A thread of its own: the caller may be within a runtime.
        let work = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (admin, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
                tokio::spawn(connection);
                admin.batch_execute(&sql).await
            })
        });
        work.join().unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let gone = self.admin(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        if let Err(error) = gone {
            eprintln!("{} is left over: {error}", self.name);
        }
    }
}

/// Runs a test on SQLite, and on PostgreSQL where the environment names one.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Site) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let store = StoreOptions::Sqlite { path: folder.path().join("skein.db") };
    runtime.block_on(async { test(open(&folder, &store).await).await });
    let Some(database) = Database::new() else { return };
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let store = StoreOptions::Postgres { url: database.url.clone() };
    runtime.block_on(async { test(open(&folder, &store).await).await });
}
