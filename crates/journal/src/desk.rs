//! What a batch has in hand: records as they stand after the commands so far, keys, heads, and what is to be written.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use kernel::{AccountId, Changes, Held, Id, IndexRow, Offered, Reach, Registry, SiteId, TableDef, Val};

use crate::codec::{self, HELD_COLUMNS, Undeclared, canonical};
use crate::keys::{DataKey, NodeKey};
use crate::rollup;
use crate::row::{Row, lookups, placeholders};
use crate::store::{StoreError, TableWrites, Writer};
use crate::tables::{JOURNAL, RECORD, SITE_HEAD, SUBJECT_KEY};

/// What a batch is looked up in, many times for each command.
type Map<K, V> = HashMap<K, V, RandomState>;

/// A record in hand.
#[derive(Clone)]
pub(crate) struct Entry {
    pub held: Arc<Held>,
    pub subject: Id,
    /// Index rows as the database has them, kept when the record first changes.
    before: Option<Vec<IndexRow>>,
}

/// A subject's data key in hand.
#[derive(Clone)]
pub(crate) enum KeyState {
    /// No row yet.
    None,
    /// Readable.
    Here(DataKey),
    /// Destroyed.
    Erased,
}

/// A command stored before.
#[derive(Clone)]
pub(crate) struct Seen {
    pub position: i64,
    pub version: i64,
    pub subject: Id,
    pub digest: Vec<u8>,
}

pub(crate) type Key = (&'static str, Id);

/// Everything of one site that a batch reads and will write.
pub(crate) struct Desk {
    pub site: SiteId,
    pub position: i64,
    hash: Vec<u8>,
    entries: Map<Key, Option<Entry>>,
    keys: Map<Id, KeyState>,
    new_keys: Map<Id, Vec<u8>>,
    dropped_keys: HashSet<Id>,
    seen: Map<Id, Option<Seen>>,
    assigned: Map<AccountId, HashSet<Id>>,
    offered: Map<Id, Offered>,
    journal: Vec<Vec<Val>>,
    undo: Option<Undo>,
}

/// What takes a bundle back.
struct Undo {
    position: i64,
    hash: Vec<u8>,
    journal: usize,
    entries: Map<Key, Option<Entry>>,
    seen: Vec<Id>,
    keys: Vec<(Id, Option<KeyState>, Option<Vec<u8>>)>,
}

/// So many records stay in hand from one batch to the next: those that commands named, such as the people on a roll. What
/// commands wrote is seldom needed again.
const KEPT: usize = 4_000;

/// What the roll of a session offers: the view is the context's of activities.
pub(crate) const OFFERED: &str = "SELECT activity, record FROM on_roll WHERE site = $1 AND session = $2";

/// Rows of [`OFFERED`].
pub(crate) fn offered(rows: &[Row]) -> Offered {
    let activity = rows.first().map(|row| row.id(0));
    Offered { activity, records: rows.iter().map(|row| row.id(1)).collect() }
}

impl Reach for Desk {
    fn assigned(&self, account: AccountId) -> HashSet<Id> {
        self.entrusted(account)
    }

    fn offered(&self, session: Id) -> Offered {
        self.offered.get(&session).cloned().unwrap_or_default()
    }
}

impl Desk {
    pub fn new(site: SiteId) -> Self {
        Self {
            site,
            position: 0,
            hash: Vec::new(),
            entries: Map::default(),
            keys: Map::default(),
            new_keys: Map::default(),
            dropped_keys: HashSet::new(),
            seen: Map::default(),
            assigned: Map::default(),
            offered: Map::default(),
            journal: Vec::new(),
            undo: None,
        }
    }

    /// Reads the head, holding it against other writers, and forgets what somebody else may have changed.
    pub async fn start(&mut self, db: &mut Writer) -> Result<(), StoreError> {
        let lock = if matches!(db, Writer::Postgres(_)) { " FOR UPDATE" } else { "" };
        let sql = format!("SELECT pos, hash FROM site_head WHERE site = $1{lock}");
        let rows = db.rows(&sql, &[self.site.into()]).await?;
        let head = rows.first().map(|row| (row.int(0), row.blob(1).to_vec()));
        if head.is_none() && matches!(db, Writer::Postgres(_)) {
            // Two programs founding the same site: the second is refused by the journal's key and tries again.
            db.rows("SELECT 1 FROM pg_advisory_xact_lock(5318)", &[]).await?;
        }
        let (position, hash) = head.unwrap_or_default();
        if position != self.position || hash != self.hash || self.entries.len() > KEPT {
            let site = self.site;
            *self = Self::new(site);
            self.position = position;
            self.hash = hash;
        }
        self.assigned.clear();
        self.offered.clear();
        self.seen.clear();
        Ok(())
    }

    /// Loads records that are not in hand yet.
    pub async fn load(
        &mut self,
        db: &mut Writer,
        registry: &'static Registry,
        node: &NodeKey,
        wanted: impl IntoIterator<Item = Key>,
    ) -> Result<(), StoreError> {
        let mut by_noun: Map<&'static str, Vec<Id>> = Map::default();
        let mut missing = HashSet::new();
        for key in wanted {
            if !self.entries.contains_key(&key) && missing.insert(key) {
                by_noun.entry(key.0).or_default().push(key.1);
            }
        }
        let (mut asked, mut nouns) = (Vec::new(), Vec::new());
        for (noun, ids) in &by_noun {
            for ids in lookups(ids) {
                let sql = format!(
                    "SELECT {HELD_COLUMNS} FROM record WHERE site = $1 AND noun = $2 AND id IN ({})",
                    placeholders(3, ids.len())
                );
                let mut values = vec![self.site.into(), (*noun).into()];
                values.extend(ids.into_iter().map(Val::from));
                asked.push((sql, values));
                nouns.push(*noun);
            }
        }
        let found = nouns.into_iter().zip(db.rows_of_each(&asked).await?);
        let found: Vec<_> =
            found.flat_map(|(noun, rows)| rows.into_iter().map(move |row| (noun, row))).collect();
        self.load_keys(db, node, found.iter().map(|(_, row)| row.id(3)).collect()).await?;
        for key in missing {
            self.entries.insert(key, None);
        }
        for (noun, row) in found {
            let def = registry.record(noun).ok_or_else(|| StoreError::Damaged(noun.to_owned()))?;
            let subject = row.id(3);
            let held = codec::read_held(def, self.site, &row, self.key(subject))?;
            self.entries
                .insert((noun, row.id(0)), Some(Entry { held: Arc::new(held), subject, before: None }));
        }
        Ok(())
    }

    /// Loads subjects' keys that are not in hand yet.
    pub async fn load_keys(
        &mut self,
        db: &mut Writer,
        node: &NodeKey,
        subjects: Vec<Id>,
    ) -> Result<(), StoreError> {
        let mut missing: Vec<Id> = subjects.into_iter().filter(|id| !self.keys.contains_key(id)).collect();
        missing.sort_unstable();
        missing.dedup();
        for ids in lookups(&missing) {
            let sql = format!(
                "SELECT subject, wrapped FROM subject_key WHERE site = $1 AND subject IN ({})",
                placeholders(2, ids.len())
            );
            let mut values = vec![self.site.into()];
            values.extend(ids.iter().copied().map(Val::from));
            for row in db.rows(&sql, &values).await? {
                let state = unwrapped(node, self.site, row.id(0), row.blob(1))?;
                self.keys.insert(row.id(0), state);
            }
        }
        for id in missing {
            self.keys.entry(id).or_insert(KeyState::None);
        }
        Ok(())
    }

    /// Which of these commands are stored already.
    pub async fn load_seen(&mut self, db: &mut Writer, commands: &[Id]) -> Result<(), StoreError> {
        for ids in lookups(commands) {
            let sql = format!(
                "SELECT command, pos, version, subject, digest FROM journal \
                 WHERE site = $1 AND command IN ({})",
                placeholders(2, ids.len())
            );
            let mut values = vec![self.site.into()];
            values.extend(ids.into_iter().map(Val::from));
            for row in db.rows(&sql, &values).await? {
                let seen = Seen {
                    position: row.int(1),
                    version: row.int(2),
                    subject: row.id(3),
                    digest: row.blob(4).to_vec(),
                };
                self.seen.insert(row.id(0), Some(seen));
            }
        }
        Ok(())
    }

    /// Loads what is assigned to an account.
    pub async fn load_assigned(&mut self, db: &mut Writer, account: AccountId) -> Result<(), StoreError> {
        if !self.assigned.contains_key(&account) {
            let sql = "SELECT record FROM assigned WHERE site = $1 AND account = $2";
            let rows = db.rows(sql, &[self.site.into(), account.into()]).await?;
            self.assigned.insert(account, rows.iter().map(|row| row.id(0)).collect());
        }
        Ok(())
    }

    /// Loads what the roll of a session offers, as it was before this batch.
    pub async fn load_offered(&mut self, db: &mut Writer, session: Id) -> Result<(), StoreError> {
        if !self.offered.contains_key(&session) {
            let rows = db.rows(OFFERED, &[self.site.into(), session.into()]).await?;
            self.offered.insert(session, offered(&rows));
        }
        Ok(())
    }

    /// What is assigned to an account, the commands of this batch included.
    fn entrusted(&self, account: AccountId) -> HashSet<Id> {
        let mut mine = self.assigned.get(&account).cloned().unwrap_or_default();
        let who = Val::from(account);
        let of = |rows: &[IndexRow]| -> Vec<Id> {
            let rows =
                rows.iter().filter(|row| row.table.name == "assigned" && row.values.get(1) == Some(&who));
            rows.filter_map(|row| match row.values.get(2) {
                Some(Val::Text(id)) => id.parse().ok(),
                _ => None,
            })
            .collect()
        };
        for entry in self.entries.values().flatten().filter(|entry| entry.held.def.noun == "assignment") {
            if let Some(before) = &entry.before {
                for id in of(before) {
                    mine.remove(&id);
                }
                mine.extend(of(&entry.held.index()));
            }
        }
        mine
    }

    pub fn entry(&self, key: Key) -> Option<&Entry> {
        self.entries.get(&key).and_then(Option::as_ref)
    }

    pub fn key(&self, subject: Id) -> Option<&DataKey> {
        match self.keys.get(&subject) {
            Some(KeyState::Here(key)) => Some(key),
            _ => None,
        }
    }

    pub fn key_state(&self, subject: Id) -> Option<&KeyState> {
        self.keys.get(&subject)
    }

    pub fn seen(&self, command: Id) -> Option<&Seen> {
        self.seen.get(&command).and_then(Option::as_ref)
    }

    /// Gives a subject its first key.
    pub fn make_key(&mut self, node: &NodeKey, subject: Id, fresh: [u8; 32]) {
        self.remember_key(subject);
        let key = DataKey::from_bytes(fresh);
        self.new_keys.insert(subject, node.wrap(&key, &key_purpose(self.site, subject)));
        self.keys.insert(subject, KeyState::Here(key));
    }

    /// Destroys a subject's key and drops its personal fields in every record in hand that follows it.
    pub fn destroy_key(&mut self, subject: Id) {
        self.remember_key(subject);
        self.new_keys.remove(&subject);
        self.dropped_keys.insert(subject);
        self.keys.insert(subject, KeyState::Erased);
        let of: Vec<Key> = self
            .entries
            .iter()
            .filter(|(_, entry)| {
                entry.as_ref().is_some_and(|entry| entry.subject == subject && entry.held.follows)
            })
            .map(|(key, _)| *key)
            .collect();
        for key in of {
            if let Some(mut entry) = self.entry(key).cloned() {
                Arc::make_mut(&mut entry.held).erase();
                self.put(key, entry.held, subject);
            }
        }
    }

    /// Takes a changed record into hand.
    pub fn put(&mut self, key: Key, held: Arc<Held>, subject: Id) {
        let old = self.entries.get(&key).cloned().flatten();
        if let Some(undo) = &mut self.undo {
            undo.entries.entry(key).or_insert_with(|| old.clone());
        }
        let before = match old {
            Some(entry) => entry.before.unwrap_or_else(|| entry.held.index()),
            None => Vec::new(),
        };
        self.entries.insert(key, Some(Entry { held, subject, before: Some(before) }));
    }

    /// Adds a row to the journal: `values` without its position and hash, which are given here.
    pub fn append(&mut self, command: Id, seen: Seen, mut values: Vec<Val>) {
        self.position += 1;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.hash);
        values.insert(1, self.position.into());
        hasher.update(&canonical(&values));
        self.hash = hasher.finalize().as_bytes().to_vec();
        values.push(self.hash.clone().into());
        self.journal.push(values);
        self.seen.insert(command, Some(seen));
        if let Some(undo) = &mut self.undo {
            undo.seen.push(command);
        }
    }

    /// From here on, [`Desk::undo`] takes everything back.
    pub fn mark(&mut self) {
        self.undo = Some(Undo {
            position: self.position,
            hash: self.hash.clone(),
            journal: self.journal.len(),
            entries: Map::default(),
            seen: Vec::new(),
            keys: Vec::new(),
        });
    }

    pub fn keep(&mut self) {
        self.undo = None;
    }

    pub fn undo(&mut self) {
        let Some(undo) = self.undo.take() else { return };
        self.position = undo.position;
        self.hash = undo.hash;
        self.journal.truncate(undo.journal);
        self.entries.extend(undo.entries);
        for command in undo.seen {
            self.seen.remove(&command);
        }
        for (subject, state, wrapped) in undo.keys.into_iter().rev() {
            self.dropped_keys.remove(&subject);
            self.new_keys.remove(&subject);
            self.new_keys.extend(wrapped.map(|wrapped| (subject, wrapped)));
            self.keys.insert(subject, state.unwrap_or(KeyState::None));
        }
    }

    fn remember_key(&mut self, subject: Id) {
        if let Some(undo) = &mut self.undo {
            let before = self.keys.get(&subject).cloned();
            undo.keys.push((subject, before, self.new_keys.get(&subject).cloned()));
        }
    }

    /// Writes everything that changed.
    pub async fn flush(&mut self, db: &mut Writer, registry: &Registry) -> Result<(), StoreError> {
        if self.journal.is_empty() {
            return Ok(());
        }
        let mut tables = Tables::default();
        let mut changes = Changes::default();
        let watched = |table: &str| registry.rollups().any(|rollups| rollups.watch(table));
        for (subject, wrapped) in self.new_keys.drain() {
            tables.put(&SUBJECT_KEY, vec![self.site.into(), subject.into(), wrapped.into()]);
        }
        for subject in self.dropped_keys.drain() {
            tables.put(&SUBJECT_KEY, vec![self.site.into(), subject.into(), Val::Null]);
        }
        let touched =
            |_: &Key, entry: &mut Option<Entry>| entry.as_ref().is_some_and(|one| one.before.is_some());
        let touched: Vec<Entry> = self.entries.extract_if(touched).filter_map(|(_, entry)| entry).collect();
        for entry in &touched {
            for row in entry.before.iter().flatten() {
                tables.delete(row.table, row.values[..row.table.key].to_vec());
            }
        }
        for entry in touched {
            let key = match self.keys.get(&entry.subject) {
                Some(KeyState::Here(key)) => Some(key),
                _ => None,
            };
            let row = codec::write_held(&entry.held, entry.subject, key)
                .map_err(|Undeclared(name)| StoreError::Failed(format!("undeclared field {name}")))?;
            tables.put(&RECORD, row);
            let before = entry.before.unwrap_or_default();
            let after = entry.held.index();
            changes.note_rows(&before, &after, watched);
            for row in after {
                if before.contains(&row) {
                    tables.keep(row.table, &row.values[..row.table.key]);
                } else {
                    tables.put(row.table, row.values);
                }
            }
        }
        for row in self.journal.drain(..) {
            tables.put(&JOURNAL, row);
        }
        tables.put(&SITE_HEAD, vec![self.site.into(), self.position.into(), self.hash.clone().into()]);
        tables.write(db).await?;
        rollup::keep(db, registry, self.site, changes).await
    }
}

/// Rows to be written, one per key.
#[derive(Default)]
pub(crate) struct Tables(Map<&'static str, (&'static TableDef, Map<Vec<u8>, Pending>)>);

enum Pending {
    Put(Vec<Val>),
    Delete(Vec<Val>),
}

impl Tables {
    fn at(&mut self, table: &'static TableDef) -> &mut Map<Vec<u8>, Pending> {
        &mut self.0.entry(table.name).or_insert_with(|| (table, Map::default())).1
    }

    pub fn put(&mut self, table: &'static TableDef, values: Vec<Val>) {
        let key = canonical(&values[..table.key]);
        self.at(table).insert(key, Pending::Put(values));
    }

    pub fn delete(&mut self, table: &'static TableDef, key: Vec<Val>) {
        self.at(table).insert(canonical(&key), Pending::Delete(key));
    }

    fn keep(&mut self, table: &'static TableDef, key: &[Val]) {
        self.at(table).remove(&canonical(key));
    }

    pub async fn write(self, db: &mut Writer) -> Result<(), StoreError> {
        let mut names: Vec<_> = self.0.into_values().collect();
        names.sort_by_key(|(table, _)| table.name);
        let mut all = Vec::with_capacity(names.len());
        for (table, rows) in names {
            let mut writes = TableWrites::default();
            for pending in rows.into_values() {
                match pending {
                    Pending::Put(values) => writes.puts.push(values),
                    Pending::Delete(key) => writes.deletes.push(key),
                }
            }
            // Rows in the order of their keys touch each page of the table once.
            writes.puts.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
            all.push((table, writes));
        }
        db.write(&all).await
    }
}

pub(crate) fn key_purpose(site: SiteId, subject: Id) -> String {
    format!("subject {site} {subject}")
}

pub(crate) fn unwrapped(
    node: &NodeKey,
    site: SiteId,
    subject: Id,
    wrapped: &[u8],
) -> Result<KeyState, StoreError> {
    if wrapped.is_empty() {
        return Ok(KeyState::Erased);
    }
    node.unwrap(wrapped, &key_purpose(site, subject)).map(KeyState::Here).map_err(|_| StoreError::WrongKey)
}
