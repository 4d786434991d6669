//! SQLite through `rusqlite`, the file encrypted by SQLCipher: one writer, and a pool of readers on WAL snapshots.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use kernel::{TableDef, Val};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::{StoreError, TableWrites, adding, statistics};
use crate::keys::NodeKey;
use crate::row::{Row, for_sqlite};

const STATEMENTS: usize = 256;

struct Bound<'a>(&'a Val);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Val::Null => ToSqlOutput::Owned(Value::Null),
            Val::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Val::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Val::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn connect(path: &Path, key: &str, flags: OpenFlags) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA cipher_memory_security = OFF;"))?;
    // Otherwise a statement that a partial index might serve is planned anew for each set of values.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.busy_timeout(std::time::Duration::from_secs(20))?;
    // The first read tells whether the key fits.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(db)
}

fn query(db: &Connection, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
    let mut statement = db.prepare_cached(&for_sqlite(sql))?;
    let width = statement.column_count();
    let mut found = statement.query(rusqlite::params_from_iter(values.iter().map(Bound)))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let mut values = Vec::with_capacity(width);
        for at in 0..width {
            values.push(match row.get_ref(at)? {
                ValueRef::Null => Val::Null,
                ValueRef::Integer(number) => Val::Int(number),
                ValueRef::Real(number) => Val::Int(number as i64),
                ValueRef::Text(text) => Val::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Val::Blob(bytes.to_vec()),
            });
        }
        rows.push(Row(values));
    }
    Ok(rows)
}

/// The one connection that writes.
pub(crate) struct SqliteWriter {
    db: Connection,
}

impl SqliteWriter {
    pub fn open(path: &Path, key: &NodeKey) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let db = connect(path, &key.file_key(), flags)?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;",
        )?;
        Ok(Self { db })
    }

    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.db.execute_batch(sql)?)
    }

    pub fn rollback(&mut self) -> Result<(), StoreError> {
        if self.db.is_autocommit() { Ok(()) } else { self.batch("ROLLBACK") }
    }

    pub fn rows(&mut self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        query(&self.db, sql, values)
    }

    /// Gives the planner its figures; see [`statistics`].
    pub fn tell_planner(&mut self) -> Result<(), StoreError> {
        Ok(statistics::tell(&self.db)?)
    }

    /// The steps by which a statement would be answered.
    pub fn plan(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.db.prepare(&for_sqlite(&format!("EXPLAIN QUERY PLAN {sql}")))?;
        let count = statement.parameter_count();
        let steps = statement.query_map(rusqlite::params_from_iter(vec!["1"; count]), |row| row.get(3))?;
        Ok(steps.collect::<rusqlite::Result<_>>()?)
    }

    pub fn prepares(&mut self, sql: &str) -> Result<(), StoreError> {
        self.db.prepare(&for_sqlite(sql))?;
        Ok(())
    }

    pub fn write(&mut self, table: &TableDef, writes: &TableWrites) -> Result<(), StoreError> {
        if !writes.deletes.is_empty() {
            let mut statement = self.db.prepare_cached(&delete_sql(table))?;
            for key in &writes.deletes {
                statement.execute(rusqlite::params_from_iter(key.iter().map(Bound)))?;
            }
        }
        if !writes.puts.is_empty() {
            let mut statement = self.db.prepare_cached(&upsert_sql(table))?;
            for row in &writes.puts {
                statement.execute(rusqlite::params_from_iter(row.iter().map(Bound)))?;
            }
        }
        Ok(())
    }
}

impl SqliteWriter {
    /// Adds numbers to rows, and deletes those of `lowered` that have come to nothing.
    pub fn add(
        &mut self,
        table: &TableDef,
        rows: &[Vec<Val>],
        lowered: &[Vec<Val>],
    ) -> Result<(), StoreError> {
        let (sets, none) = adding(table);
        let mut statement = self.db.prepare_cached(&insert_sql(table, &sets))?;
        for row in rows {
            statement.execute(rusqlite::params_from_iter(row.iter().map(Bound)))?;
        }
        if !lowered.is_empty() {
            let mut statement = self.db.prepare_cached(&format!("{} AND {none}", delete_sql(table)))?;
            for key in lowered {
                statement.execute(rusqlite::params_from_iter(key.iter().map(Bound)))?;
            }
        }
        Ok(())
    }
}

fn delete_sql(table: &TableDef) -> String {
    let key: Vec<String> = table.columns[..table.key]
        .iter()
        .enumerate()
        .map(|(at, (name, _))| format!("{name} = ?{}", at + 1))
        .collect();
    format!("DELETE FROM {} WHERE {}", table.name, key.join(" AND "))
}

pub(crate) fn upsert_sql(table: &TableDef) -> String {
    let names = table.columns[table.key..].iter().map(|(name, _)| *name);
    let sets: Vec<String> = names.map(|name| format!("{name} = excluded.{name}")).collect();
    insert_sql(table, &sets.join(", "))
}

fn insert_sql(table: &TableDef, sets: &str) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let clash = if sets.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {sets}") };
    format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO {clash}",
        table.name,
        names.join(", "),
        marks.join(", "),
        names[..table.key].join(", "),
    )
}

/// Readers, made when needed and kept for the next.
#[derive(Clone)]
pub(crate) struct SqliteReaders {
    path: PathBuf,
    key: Arc<str>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

const KEPT: usize = 4;

impl SqliteReaders {
    pub fn new(path: &Path, key: &NodeKey) -> Self {
        Self { path: path.to_owned(), key: key.file_key().into(), idle: Arc::default() }
    }

    pub async fn rows(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        let readers = self.clone();
        let sql = sql.to_owned();
        tokio::task::spawn_blocking(move || {
            let db = readers.take()?;
            let rows = query(&db, &sql, &values);
            readers.give(db);
            rows
        })
        .await
        .map_err(|error| StoreError::Failed(error.to_string()))?
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let kept = self.idle.lock().map(|mut idle| idle.pop()).unwrap_or_default();
        if let Some(db) = kept {
            return Ok(db);
        }
        let db = connect(&self.path, &self.key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16000;")?;
        Ok(db)
    }

    fn give(&self, db: Connection) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < KEPT
        {
            idle.push(db);
        }
    }
}
