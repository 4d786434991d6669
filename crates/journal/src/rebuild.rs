//! Rebuilding state and index tables from the journal, verifying its chain, and what each table amounts to.

use std::collections::HashMap;

use kernel::{Id, SiteId, TableClass, TableDef, Val};

use crate::codec::{self, STORED_COLUMNS, Stored, canonical};
use crate::desk::{self, KeyState, Tables};
use crate::node::{Inner, Node};
use crate::rollup;
use crate::row::Row;
use crate::store::{StoreError, Writer};
use crate::tables;
use crate::writer::Job;

/// What a rebuild did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Journal rows read.
    pub commands: u64,
    /// Records written.
    pub records: u64,
}

/// What is wrong with a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The site.
    pub site: SiteId,
    /// The first row that does not fit.
    pub position: i64,
}

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Journal rows read.
    pub rows: u64,
    /// Sites whose chain does not hold.
    pub broken: Vec<Broken>,
}

const PAGE: i64 = 2_000;

impl Node {
    /// Replays the journal into state and index tables, in one transaction.
    pub async fn rebuild(&self) -> Result<Rebuilt, StoreError> {
        self.job(Job::Rebuild).await
    }

    /// Every table that a rebuild writes.
    pub fn derived(&self) -> Vec<&'static TableDef> {
        derived(&self.inner)
    }

    /// A digest of a table's whole content, to tell whether two are byte-equal.
    pub async fn table_digest(&self, table: &'static TableDef) -> Result<(u64, String), StoreError> {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let sql = format!(
            "SELECT {} FROM {} ORDER BY {}",
            names.join(", "),
            table.name,
            names[..table.key].join(", ")
        );
        let rows = self.rows(&sql, Vec::new()).await?;
        let mut hasher = blake3::Hasher::new();
        for row in &rows {
            hasher.update(&canonical(&row.0));
        }
        Ok((rows.len() as u64, hasher.finalize().to_hex()[..32].to_owned()))
    }

    /// Walks every site's chain and tells where it breaks.
    pub async fn verify(&self) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        for head in self.rows("SELECT site, pos, hash FROM site_head ORDER BY site", Vec::new()).await? {
            let site = SiteId(head.id(0));
            let (rows, broken) = self.verify_site(site, &head).await?;
            verified.rows += rows;
            verified.broken.extend(broken.map(|position| Broken { site, position }));
        }
        Ok(verified)
    }

    async fn verify_site(&self, site: SiteId, head: &Row) -> Result<(u64, Option<i64>), StoreError> {
        let names: Vec<&str> = tables::JOURNAL.columns.iter().map(|(name, _)| *name).collect();
        let sql = format!(
            "SELECT {} FROM journal WHERE site = $1 AND pos > $2 ORDER BY pos LIMIT {PAGE}",
            names.join(", ")
        );
        let mut before: Vec<u8> = Vec::new();
        let mut position = 0;
        loop {
            let rows = self.rows(&sql, vec![site.into(), position.into()]).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let (hash, content) = row.0.split_last().unwrap_or((&Val::Null, &[]));
                let mut hasher = blake3::Hasher::new();
                hasher.update(&before);
                hasher.update(&canonical(content));
                let right = hasher.finalize().as_bytes().to_vec();
                if row.int(1) != position + 1 || *hash != Val::Blob(right.clone()) {
                    return Ok((position as u64, Some(position + 1)));
                }
                before = right;
                position += 1;
            }
        }
        let whole = head.int(1) == position && head.blob(2) == before;
        Ok((position as u64, (!whole).then_some(position + 1)))
    }
}

fn derived(inner: &Inner) -> Vec<&'static TableDef> {
    let all = tables::OWN.iter().copied().chain(inner.registry.tables());
    all.filter(|table| table.class == TableClass::Derived).collect()
}

pub(crate) async fn run(inner: &Inner, db: &mut Writer) -> Result<Rebuilt, StoreError> {
    db.begin().await?;
    let done = match within(inner, db).await {
        Ok(rebuilt) => db.commit().await.map(|()| rebuilt),
        Err(error) => Err(error),
    };
    if done.is_err() {
        db.rollback().await;
    }
    done
}

async fn within(inner: &Inner, db: &mut Writer) -> Result<Rebuilt, StoreError> {
    if matches!(db, Writer::Postgres(_)) {
        db.batch("LOCK TABLE site_head IN EXCLUSIVE MODE").await?;
    }
    for table in derived(inner) {
        db.batch(&format!("DELETE FROM {}", table.name)).await?;
    }
    let mut rebuilt = Rebuilt::default();
    for row in db.rows("SELECT site FROM site_head ORDER BY site", &[]).await? {
        let one = site(inner, db, SiteId(row.id(0))).await?;
        rebuilt.commands += one.commands;
        rebuilt.records += one.records;
        rollup::make(db, inner.registry, SiteId(row.id(0))).await?;
    }
    Ok(rebuilt)
}

/// One site, record by record in the order of the journal's index, so that memory stays small.
async fn site(inner: &Inner, db: &mut Writer, site: SiteId) -> Result<Rebuilt, StoreError> {
    let columns = STORED_COLUMNS;
    let sql = format!(
        "SELECT {columns} FROM journal WHERE site = $1 AND (noun, record, pos) > ($2, $3, $4) \
         ORDER BY noun, record, pos LIMIT {PAGE}"
    );
    let mut rebuilt = Rebuilt::default();
    let mut after = (String::new(), String::new(), 0);
    let mut past: Vec<Stored> = Vec::new();
    loop {
        let values = [site.into(), after.0.as_str().into(), after.1.as_str().into(), after.2.into()];
        let rows = db.rows(&sql, &values).await?;
        let last = rows.len() < PAGE as usize;
        let keys = keys_of(inner, db, site, &rows).await?;
        let mut tables = Tables::default();
        for row in &rows {
            after = (row.text(7).to_owned(), row.text(8).to_owned(), row.int(0));
            let stored = codec::read_stored(site, row, here(&keys, row.id(9)))?;
            if past.first().is_some_and(|first| first.noun != stored.noun || first.record != stored.record) {
                let done = std::mem::take(&mut past);
                rebuilt.records += 1;
                finish(inner, db, site, done, &keys, &mut tables).await?;
            }
            rebuilt.commands += 1;
            past.push(stored);
        }
        if last && !past.is_empty() {
            rebuilt.records += 1;
            finish(inner, db, site, std::mem::take(&mut past), &keys, &mut tables).await?;
        }
        tables.write(db).await?;
        if last {
            return Ok(rebuilt);
        }
    }
}

async fn finish(
    inner: &Inner,
    db: &mut Writer,
    site: SiteId,
    past: Vec<Stored>,
    keys: &HashMap<Id, KeyState>,
    tables: &mut Tables,
) -> Result<(), StoreError> {
    let Some(first) = past.first() else { return Ok(()) };
    let (record, subject) = (first.record, first.subject);
    let def = inner.registry.record(&first.noun).ok_or_else(|| StoreError::Damaged(first.noun.clone()))?;
    let mut held =
        codec::replay(def, site, record, &past).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let single;
    let keys = if keys.contains_key(&subject) {
        keys
    } else {
        // The record began on an earlier page.
        single = subject_keys(inner, db, site, &[subject]).await?;
        &single
    };
    if matches!(keys.get(&subject), Some(KeyState::Erased)) && held.follows {
        held.erase();
    }
    let key = here(keys, subject);
    let row = codec::write_held(&held, subject, key)
        .map_err(|undeclared| StoreError::Damaged(format!("undeclared field {}", undeclared.0)))?;
    tables.put(&tables::RECORD, row);
    for row in held.index() {
        tables.put(row.table, row.values);
    }
    Ok(())
}

fn here(keys: &HashMap<Id, KeyState>, subject: Id) -> Option<&crate::keys::DataKey> {
    match keys.get(&subject) {
        Some(KeyState::Here(key)) => Some(key),
        _ => None,
    }
}

async fn keys_of(
    inner: &Inner,
    db: &mut Writer,
    site: SiteId,
    rows: &[Row],
) -> Result<HashMap<Id, KeyState>, StoreError> {
    let mut subjects: Vec<Id> = rows.iter().map(|row| row.id(9)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subject_keys(inner, db, site, &subjects).await
}

async fn subject_keys(
    inner: &Inner,
    db: &mut Writer,
    site: SiteId,
    subjects: &[Id],
) -> Result<HashMap<Id, KeyState>, StoreError> {
    let mut keys = HashMap::new();
    for ids in crate::row::lookups(subjects) {
        let sql = format!(
            "SELECT subject, wrapped FROM subject_key WHERE site = $1 AND subject IN ({})",
            crate::row::placeholders(2, ids.len())
        );
        let mut values = vec![site.into()];
        values.extend(ids.into_iter().map(Val::from));
        for row in db.rows(&sql, &values).await? {
            keys.insert(row.id(0), desk::unwrapped(&inner.key, site, row.id(0), row.blob(1))?);
        }
    }
    Ok(keys)
}
