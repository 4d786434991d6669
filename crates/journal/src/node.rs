//! A node: one database, one writer thread that commits in groups, and readers that never wait for it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use kernel::{
    AccountId, Actor, Envelope, Facts, Held, Id, Lang, Offered, Reach, Receipt, Record, Registry, SiteId,
    TableClass, TableDef, Use, Val,
};
use tokio::sync::oneshot;

use crate::keys::{DataKey, KeyError, KeySource, NodeKey};
use crate::migrate;
use crate::row::{Row, lookups, placeholders};
use crate::store::{Readers, StoreError, StoreOptions, Writer};
use crate::writer::{self, Hand, Job};
use crate::{codec, desk, pipeline};

/// Gives the time. The program hands in the system's clock, a test a fixed one.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Fills bytes at random. The program hands in the system's source, a test a seeded one.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// How to open a node.
pub struct Options {
    /// What the node can do.
    pub registry: &'static Registry,
    /// Where it keeps things.
    pub store: StoreOptions,
    /// Its master key.
    pub key: KeySource,
    /// Its clock.
    pub clock: Clock,
    /// Its randomness.
    pub entropy: Entropy,
    /// The sites' offset from UTC in hours; China keeps one, +8.
    pub offset_hours: i8,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("offset_hours", &self.offset_hours).finish_non_exhaustive()
    }
}

/// Why a node does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The master key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The writer's thread.
    #[error("the writer could not be started: {0}")]
    Thread(String),
}

pub(crate) struct Inner {
    pub registry: &'static Registry,
    pub store: StoreOptions,
    pub key: NodeKey,
    pub readers: Readers,
    clock: Clock,
    entropy: Entropy,
    zone: TimeZone,
}

impl Inner {
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        // Databases and JSON keep microseconds; so does everything that is computed from it.
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    pub fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        (self.entropy)(&mut bytes);
        bytes
    }
}

/// An open node; clones share it.
#[derive(Clone)]
pub struct Node {
    pub(crate) inner: Arc<Inner>,
    jobs: Arc<Hand>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node(..)")
    }
}

/// A write to a table of the node's own housekeeping.
#[derive(Clone, Debug)]
pub enum Write {
    /// Inserts a row, or replaces the one of the same key.
    Put {
        /// The table; operational ones only.
        table: &'static TableDef,
        /// One value per column.
        values: Vec<Val>,
    },
    /// Deletes the row of this key.
    Delete {
        /// The table; operational ones only.
        table: &'static TableDef,
        /// The values of the key columns.
        key: Vec<Val>,
    },
}

impl Node {
    /// Opens a node, making its key and tables where there are none yet.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let may_make = match &options.store {
            StoreOptions::Sqlite { path } => !path.exists(),
            // Whether a PostgreSQL database is new shows below, by its fingerprint.
            StoreOptions::Postgres { .. } => true,
        };
        let mut fresh = [0; 32];
        (options.entropy)(&mut fresh);
        let made = match &options.key {
            KeySource::File { path, .. } if !path.exists() => Some(path.clone()),
            _ => None,
        };
        let key = NodeKey::load(&options.key, may_make, fresh)?;
        let mut db = Writer::open(&options.store, &key).await?;
        if let Err(error) = migrate::run(&mut db, options.registry, &key).await {
            // A key that was made just now for a database that has another one is of no use to anybody.
            return Err(match made.filter(|_| matches!(error, StoreError::WrongKey)) {
                Some(path) if std::fs::remove_file(&path).is_ok() => KeyError::Missing(path).into(),
                _ => error.into(),
            });
        }
        let readers = Readers::open(&options.store, &key)?;
        let zone = TimeZone::fixed(Offset::constant(options.offset_hours));
        let inner = Arc::new(Inner {
            registry: options.registry,
            store: options.store,
            key,
            readers,
            clock: options.clock,
            entropy: options.entropy,
            zone,
        });
        drop(db);
        let jobs = writer::start(Arc::clone(&inner)).map_err(|error| OpenError::Thread(error.to_string()))?;
        Ok(Self { inner, jobs: Arc::new(jobs) })
    }

    /// What the node can do.
    pub fn registry(&self) -> &'static Registry {
        self.inner.registry
    }

    /// The node's time.
    pub fn now(&self) -> Timestamp {
        self.inner.now()
    }

    /// The node's time as clocks at its sites show it.
    pub fn zoned_now(&self) -> ZonedDateTime {
        self.inner.now().to_zoned_datetime(self.inner.zone.clone())
    }

    /// Today at the node's sites.
    pub fn today(&self) -> Date {
        self.inner.day_of(self.inner.now())
    }

    /// The civil date of a time at the node's sites.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.inner.day_of(at)
    }

    /// The time of a civil day and hour at the node's sites.
    pub fn instant(&self, at: DateTime) -> Timestamp {
        self.inner.zone.to_timestamp(at).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// A new id.
    pub fn new_id(&self) -> Id {
        let random = self.random();
        let mut bits = [0; 16];
        bits.copy_from_slice(&random[..16]);
        Id::from_parts(self.now().as_millisecond().max(0) as u64, u128::from_be_bytes(bits))
    }

    /// Random bytes.
    pub fn random(&self) -> [u8; 32] {
        self.inner.random()
    }

    /// The master key, for backups.
    pub fn key(&self) -> &NodeKey {
        &self.inner.key
    }

    /// The one door: commands in, receipts out, in the same order. `sent` is the device's time of sending.
    pub async fn submit(
        &self,
        actor: &Actor,
        commands: Vec<Envelope>,
        sent: Option<Timestamp>,
        lang: Lang,
    ) -> Vec<Receipt> {
        let submission = pipeline::Submission { actor: actor.clone(), commands, sent, lang };
        let (reply, answer) = oneshot::channel();
        let lost = submission.clone();
        let gone = || StoreError::Failed("the writer has stopped".into());
        if self.jobs.send(Job::Submit(submission, reply)).await.is_err() {
            return pipeline::not_stored(&lost, &gone());
        }
        answer.await.unwrap_or_else(|_| pipeline::not_stored(&lost, &gone()))
    }

    /// Writes the node's own housekeeping: sessions, throttles, the access log, previews of imports.
    pub async fn direct(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        for write in &writes {
            let (Write::Put { table, .. } | Write::Delete { table, .. }) = write;
            if table.class != TableClass::Operational {
                return Err(StoreError::Failed(format!("{} is written by commands only", table.name)));
            }
        }
        self.job(|reply| Job::Direct(writes, reply)).await
    }

    pub(crate) async fn job<T>(
        &self,
        make: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Job,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let gone = || StoreError::Failed("the writer has stopped".into());
        self.jobs.send(make(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Rows of a reading statement.
    pub async fn rows(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        self.inner.readers.rows(sql, values).await
    }

    /// A record as it stands, whoever asks. `None` if it never was.
    pub async fn held(&self, site: SiteId, noun: &str, id: Id) -> Result<Option<Held>, StoreError> {
        Ok(self.held_many(site, noun, &[id]).await?.pop())
    }

    /// Records as they stand, whoever asks, in the order of the ids; unknown ones are left out.
    pub async fn held_many(&self, site: SiteId, noun: &str, ids: &[Id]) -> Result<Vec<Held>, StoreError> {
        let Some(def) = self.inner.registry.record(noun) else { return Ok(Vec::new()) };
        let mut found: HashMap<Id, Held> = HashMap::with_capacity(ids.len());
        for ids in lookups(ids) {
            let sql = codec::lookup(codec::HELD_COLUMNS, &placeholders(3, ids.len()));
            let mut values = vec![site.into(), noun.into()];
            values.extend(ids.into_iter().map(Val::from));
            for row in self.rows(&sql, values).await? {
                let key = self.key_of(site, &row, codec::HELD_COUNT)?;
                let held = codec::read_held(def, site, &row, key.as_ref())?;
                found.insert(held.meta.id, held);
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// The data key of a subject, for what is sealed under it beside the journal; none once it was destroyed.
    pub async fn data_key(&self, site: SiteId, subject: Id) -> Result<Option<DataKey>, StoreError> {
        let sql = "SELECT subject, wrapped FROM subject_key WHERE site = $1 AND subject = $2";
        match self.rows(sql, vec![site.into(), subject.into()]).await?.first() {
            Some(row) => self.key_of(site, row, 0),
            None => Ok(None),
        }
    }

    /// The key of a row's subject, which is in two columns from `at` on: who, and the wrapped key.
    pub(crate) fn key_of(&self, site: SiteId, row: &Row, at: usize) -> Result<Option<DataKey>, StoreError> {
        let Some(subject) = row.opt_id(at) else { return Ok(None) };
        match desk::unwrapped(&self.inner.key, site, subject, row.blob(at + 1))? {
            desk::KeyState::Here(key) => Ok(Some(key)),
            desk::KeyState::None | desk::KeyState::Erased => Ok(None),
        }
    }

    /// Of these records, those that the actor may reach for this use; withdrawn ones are left out.
    pub async fn visible(
        &self,
        actor: &Actor,
        noun: &str,
        ids: &[Id],
        why: Use,
    ) -> Result<Vec<Held>, StoreError> {
        let scope = kernel::scope(actor, noun, why);
        if scope == kernel::Scope::Nothing {
            return Ok(Vec::new());
        }
        let mut held = self.held_many(actor.site, noun, ids).await?;
        held.retain(Held::is_live);
        if scope != kernel::Scope::All {
            let mine = self.mine(actor, why).await?;
            held.retain(|held| {
                let within = held.state.within(held.meta.id);
                scope.admits(&Facts { id: held.meta.id, made_by: held.meta.made_by, within }, &mine)
            });
        }
        Ok(held)
    }

    /// What the actor is entrusted with, as a scope asks for it.
    pub(crate) async fn mine(&self, actor: &Actor, why: Use) -> Result<Mine, StoreError> {
        let sql = "SELECT record FROM assigned WHERE site = $1 AND account = $2";
        let rows = self.rows(sql, vec![actor.site.into(), actor.account.into()]).await?;
        let assigned = rows.iter().map(|row| row.id(0)).collect();
        let offered = match why {
            Use::Roll(session) => {
                let rows = self.rows(desk::OFFERED, vec![actor.site.into(), session.into()]).await?;
                Some((session, desk::offered(&rows)))
            }
            Use::Read | Use::Count | Use::Write => None,
        };
        Ok(Mine { me: actor.account, assigned, offered })
    }

    /// One record, if the actor may reach it.
    pub async fn visible_one(
        &self,
        actor: &Actor,
        noun: &str,
        id: Id,
        why: Use,
    ) -> Result<Option<Held>, StoreError> {
        Ok(self.visible(actor, noun, &[id], why).await?.pop())
    }

    /// Milliseconds between two of the node's times.
    pub fn since(&self, earlier: Timestamp) -> SignedDuration {
        self.now().duration_since(earlier)
    }
}

/// What somebody is entrusted with, and what the one roll offers that was asked for.
pub(crate) struct Mine {
    me: AccountId,
    assigned: HashSet<Id>,
    offered: Option<(Id, Offered)>,
}

impl Reach for Mine {
    fn assigned(&self, account: AccountId) -> HashSet<Id> {
        if account == self.me { self.assigned.clone() } else { HashSet::new() }
    }

    fn offered(&self, session: Id) -> Offered {
        let one = self.offered.as_ref().filter(|(at, _)| *at == session);
        one.map(|(_, offered)| offered.clone()).unwrap_or_default()
    }
}

/// The typed state of a record; a default one where it is of another kind.
pub fn state<R: Record>(held: &Held) -> R {
    held.state.as_any().downcast_ref::<R>().cloned().unwrap_or_default()
}
