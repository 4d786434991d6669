//! A test site on either database, a fixed clock, seeded ids and a cast of users.
//!
//! ```no_run
//! testkit::on_both(|| vec![/* the context's manifest */], async |site: &testkit::TestSite| {
//!     let xu = site.cast.manager.clone();
//!     let card = access::account::queries::list(&site.node, &xu).await.unwrap();
//!     assert_eq!(card.len(), 7);
//! });
//! ```

mod cast;
mod databases;
pub mod stand_in;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use journal::{Node, StoreOptions};
use kernel::{Actor, Envelope, Id, Lang, Outcome, Receipt, SiteId};
use serde_json::Value;

pub use cast::{Cast, PASSWORD};
pub use databases::{Database, on_both, on_sqlite, open_at, registry};

/// When every test begins: a Tuesday afternoon in Kunming.
pub const START: &str = "2026-11-24T08:00:00Z";

/// A site of its own for one test.
pub struct TestSite {
    /// The node.
    pub node: Node,
    /// The site.
    pub site: SiteId,
    /// Who works there.
    pub cast: Cast,
    /// Where the node keeps things.
    pub store: StoreOptions,
    clock: Arc<AtomicI64>,
    ids: AtomicU64,
}

impl TestSite {
    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).expect("a span of a test fits");
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// A new id; the same ones in every run.
    pub fn id(&self) -> Id {
        let number = self.ids.fetch_add(1, Ordering::SeqCst);
        let millis = self.node.now().as_millisecond().unsigned_abs();
        Id::from_parts(millis, u128::from(number))
    }

    /// A command about a record, done now, with a new id of its own and a reason.
    pub fn envelope(&self, verb: &str, record: Id, body: Value) -> Envelope {
        Envelope {
            id: self.id(),
            verb: verb.to_owned(),
            record,
            base: None,
            at: self.node.now(),
            device: "test".to_owned(),
            bundle: None,
            reason: Some("测试".to_owned()),
            body,
        }
    }

    /// Commands in, receipts out.
    pub async fn send(&self, actor: &Actor, commands: Vec<Envelope>) -> Vec<Receipt> {
        self.node.submit(actor, commands, None, Lang::En).await
    }

    /// One command, whatever comes of it.
    pub async fn one(&self, actor: &Actor, verb: &str, record: Id, body: Value) -> Receipt {
        let command = self.envelope(verb, record, body);
        self.send(actor, vec![command]).await.pop().expect("a receipt for the command")
    }

    /// One command that goes through.
    ///
    /// # Panics
    /// When it does not.
    pub async fn done(&self, actor: &Actor, verb: &str, record: Id, body: Value) -> Receipt {
        let receipt = self.one(actor, verb, record, body).await;
        assert_eq!(receipt.outcome, Outcome::Applied, "{verb}: {:?}", receipt.problem);
        receipt
    }

    /// A new record by a command that goes through.
    pub async fn make(&self, actor: &Actor, verb: &str, body: Value) -> Id {
        let record = self.id();
        self.done(actor, verb, record, body).await;
        record
    }

    /// The number of the problem with which a command is refused.
    ///
    /// # Panics
    /// When it is not refused.
    pub async fn refused(&self, actor: &Actor, verb: &str, record: Id, body: Value) -> String {
        let receipt = self.one(actor, verb, record, body.clone()).await;
        assert_eq!(receipt.outcome, Outcome::Refused, "{verb} was not refused: {body}");
        receipt.problem.map(|problem| problem.code).unwrap_or_default()
    }

    /// What must hold of every site at the end of every test: the chain is whole, and a rebuild gives the same tables, byte
    /// for byte.
    ///
    /// # Panics
    /// When it does not.
    pub async fn assert_sound(&self) {
        let verified = self.node.verify().await.expect("the journal reads");
        assert_eq!(verified.broken, Vec::new());
        let before = self.digests().await;
        self.node.rebuild().await.expect("the journal is enough");
        assert_eq!(before, self.digests().await, "a rebuild gives other tables");
    }

    async fn digests(&self) -> Vec<(&'static str, u64, String)> {
        let mut all = Vec::new();
        for table in self.node.derived() {
            let (rows, digest) = self.node.table_digest(table).await.expect("the table reads");
            all.push((table.name, rows, digest));
        }
        all
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.node.now()
    }
}
