//! A test site on SQLite in a folder of its own, or on PostgreSQL in a database of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use journal::{Entropy, KeySource, Node, NodeKey, Options, StoreOptions};
use kernel::{Manifest, Registry};

use crate::{START, TestSite, cast};

/// Names the server for tests on PostgreSQL: a connection string without a database name.
const SERVER: &str = "SKEIN_TEST_POSTGRES";

/// The registry of these contexts; accounts are always among them.
pub fn registry(manifests: Vec<Manifest>) -> &'static Registry {
    let mut all = manifests;
    if !all.iter().any(|manifest| manifest.context == "access") {
        all.insert(0, access::manifest());
    }
    Box::leak(Box::new(Registry::new(all)))
}

/// Bytes that look random and are the same in every run (SplitMix64).
fn seeded(seed: u64) -> Entropy {
    let state = AtomicU64::new(seed);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            let step = 0x9e37_79b9_7f4a_7c15_u64;
            let mut word = state.fetch_add(step, Ordering::SeqCst).wrapping_add(step);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^= word >> 31;
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
    })
}

/// A site with its cast in this store, which must be empty.
///
/// # Panics
/// When it does not open.
pub async fn open_at(registry: &'static Registry, store: StoreOptions) -> TestSite {
    let start: Timestamp = START.parse().expect("a fixed time");
    let clock = Arc::new(AtomicI64::new(start.as_microsecond()));
    let hands = Arc::clone(&clock);
    let node = Node::open(Options {
        registry,
        store: store.clone(),
        key: KeySource::Given(NodeKey::from_bytes([9; 32])),
        clock: Arc::new(move || {
            Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
        }),
        entropy: seeded(1),
        offset_hours: 8,
    })
    .await
    .expect("a test node opens");
    let (site, cast) = cast::gather(&node).await;
    TestSite { node, site, cast, store, clock, ids: AtomicU64::new(1) }
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().expect("a runtime starts")
}

/// Runs a test on SQLite alone: for what does not touch the database's ways.
///
/// # Panics
/// When the test fails, or the site is not sound at its end.
#[allow(clippy::needless_pass_by_value, reason = "a test reads better with its closure in place")]
pub fn on_sqlite(manifests: impl Fn() -> Vec<Manifest>, test: impl AsyncFn(&TestSite)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    runtime().block_on(sqlite(folder.path(), registry(manifests()), &test));
}

async fn sqlite(folder: &Path, registry: &'static Registry, test: &impl AsyncFn(&TestSite)) {
    let site = open_at(registry, StoreOptions::Sqlite { path: folder.join("skein.db") }).await;
    test(&site).await;
    site.assert_sound().await;
}

/// Runs a test on SQLite, and on PostgreSQL where `SKEIN_TEST_POSTGRES` names a server. At its end the site must be
/// sound ([`TestSite::assert_sound`]).
///
/// # Panics
/// When the test fails on either.
#[allow(clippy::needless_pass_by_value, reason = "a test reads better with its closure in place")]
pub fn on_both(manifests: impl Fn() -> Vec<Manifest>, test: impl AsyncFn(&TestSite)) {
    let registry = registry(manifests());
    let folder = tempfile::tempdir().expect("a temporary folder");
    runtime().block_on(sqlite(folder.path(), registry, &test));
    let Some(database) = Database::new() else { return };
    runtime().block_on(async {
        let site = open_at(registry, StoreOptions::Postgres { url: database.url.clone() }).await;
        test(&site).await;
        site.assert_sound().await;
    });
}

/// A PostgreSQL database of one test's own; it goes when this is dropped, whether or not the test failed.
#[derive(Debug)]
pub struct Database {
    /// The connection string.
    pub url: String,
    name: String,
    server: String,
}

impl Database {
    /// A new database, where `SKEIN_TEST_POSTGRES` names a server.
    ///
    /// # Panics
    /// When the server does not answer.
    pub fn new() -> Option<Self> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let server = std::env::var(SERVER).ok()?;
        let name = format!("skein_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        execute(&server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).expect("the server answers");
        execute(&server, format!("CREATE DATABASE {name}")).expect("the server makes a database");
        Some(Self { url: connection(&server, &name), name, server })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Err(error) =
            execute(&self.server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name))
        {
            eprintln!("{} is left over: {error}", self.name);
        }
    }
}

/// The connection string of a database on a server named as URL or as words.
fn connection(server: &str, name: &str) -> String {
    if server.contains("://") {
        format!("{}/{name}", server.trim_end_matches('/'))
    } else {
        format!("{server} dbname={name}")
    }
}

/// Runs a statement of the server's administrator, on a thread of its own: the caller may be within a runtime.
fn execute(server: &str, sql: String) -> Result<(), tokio_postgres::Error> {
    let url = connection(server, "postgres");
    let work = std::thread::spawn(move || {
        runtime().block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(&sql).await
        })
    });
    work.join().expect("the administrator's thread ends")
}
