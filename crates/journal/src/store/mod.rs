//! The two databases behind one small surface: one writing connection, and readers that never wait for it.

mod growth;
pub(crate) mod postgres;
pub(crate) mod sqlite;
mod statistics;

use std::path::PathBuf;

use kernel::faults::{DAMAGED, DISK_FULL, STORE_FAILED, WRONG_KEY};
use kernel::{Migration, Refusal, TableDef, Val};
use rusqlite::ffi::SQLITE_IOERR_WRITE;
use tokio_postgres::error::SqlState;

use crate::keys::NodeKey;
use crate::row::Row;

/// Which database a node stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreOptions {
    /// One file, encrypted under the node's key.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A PostgreSQL database, version 15 or newer.
    Postgres {
        /// `postgres://user:password@host/database` or `host=… dbname=…`.
        url: String,
    },
}

/// What went wrong in the database. Never holds values of rows.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused, or is away.
    #[error("the database did not do it: {0}")]
    Failed(String),
    /// There is no room on the database's disk.
    #[error("the disk of the database is full, or a limit of it is reached")]
    Full,
    /// The file or database does not open with this node's key.
    #[error("the database does not open with this master key")]
    WrongKey,
    /// A row does not read.
    #[error("the stored content of {0} cannot be read")]
    Damaged(String),
}

impl From<&StoreError> for Refusal {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Failed(why) => Self::new(&STORE_FAILED).with("why", why),
            StoreError::Full => Self::new(&DISK_FULL),
            StoreError::WrongKey => Self::new(&WRONG_KEY),
            StoreError::Damaged(record) => Self::new(&DAMAGED).with("record", record),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::WrongKey,
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            // A quota or a limit of the file's size is met as a failed write.
            Some(_) if error.sqlite_error().is_some_and(|e| e.extended_code == SQLITE_IOERR_WRITE) => {
                Self::Full
            }
            Some(code) => {
                Self::Failed(format!("{code:?} ({})", error.sqlite_error().map_or(0, |e| e.extended_code)))
            }
            None => Self::Failed(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.as_db_error() {
            // The message of a database error can quote values; the code and the table cannot.
            Some(db) if *db.code() == SqlState::DISK_FULL => Self::Full,
            Some(db) => Self::Failed(format!("{} {}", db.code().code(), db.table().unwrap_or_default())),
            None => Self::Failed(error.to_string()),
        }
    }
}

/// What the pipeline writes at the end of a batch.
#[derive(Debug, Default)]
pub(crate) struct TableWrites {
    pub puts: Vec<Vec<Val>>,
    pub deletes: Vec<Vec<Val>>,
}

/// `n = t.n + excluded.n` for every number of a table of sums, and the condition that all of them are 0.
fn adding(table: &TableDef) -> (String, String) {
    let numbers = || table.columns[table.key..].iter().map(|(name, _)| name);
    let sets: Vec<String> =
        numbers().map(|name| format!("{name} = {}.{name} + excluded.{name}", table.name)).collect();
    let none: Vec<String> = numbers().map(|name| format!("{name} = 0")).collect();
    (sets.join(", "), none.join(" AND "))
}

/// The writing connection.
pub(crate) enum Writer {
    Sqlite(sqlite::SqliteWriter),
    Postgres(Box<postgres::PostgresWriter>),
}

impl Writer {
    pub async fn open(options: &StoreOptions, key: &NodeKey) -> Result<Self, StoreError> {
        Ok(match options {
            StoreOptions::Sqlite { path } => Self::Sqlite(sqlite::SqliteWriter::open(path, key)?),
            StoreOptions::Postgres { url } => {
                Self::Postgres(Box::new(postgres::PostgresWriter::open(url).await?))
            }
        })
    }

    pub async fn begin(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.batch("BEGIN IMMEDIATE"),
            Self::Postgres(writer) => writer.begin().await,
        }
    }

    /// A transaction that sees one moment, whatever is written meanwhile.
    pub async fn begin_reading(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.batch("BEGIN"),
            Self::Postgres(writer) => writer.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
        }
    }

    pub async fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.batch("COMMIT"),
            Self::Postgres(writer) => writer.batch("COMMIT").await,
        }
    }

    pub async fn rollback(&mut self) {
        let undone = match self {
            Self::Sqlite(writer) => writer.rollback(),
            Self::Postgres(writer) => writer.batch("ROLLBACK").await,
        };
        if let Err(error) = undone {
            tracing::warn!(%error, "rolling back failed; the database undoes it by itself");
        }
    }

    /// Runs statements that take no values: migrations.
    pub async fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.batch(sql),
            Self::Postgres(writer) => writer.batch(sql).await,
        }
    }

    pub async fn rows(&mut self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(writer) => writer.rows(sql, values),
            Self::Postgres(writer) => writer.rows(sql, values).await,
        }
    }

    /// Rows of several statements, none of which needs the rows of another.
    pub async fn rows_of_each(&mut self, asked: &[(String, Vec<Val>)]) -> Result<Vec<Vec<Row>>, StoreError> {
        match self {
            Self::Sqlite(writer) => asked.iter().map(|(sql, values)| writer.rows(sql, values)).collect(),
            Self::Postgres(writer) => writer.rows_of_each(asked).await,
        }
    }

    /// Upserts and deletes rows of these tables, deletes first in each.
    pub async fn write(&mut self, all: &[(&'static TableDef, TableWrites)]) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => all.iter().try_for_each(|(table, changes)| writer.write(table, changes)),
            Self::Postgres(writer) => writer.write(all).await,
        }
    }

    /// Adds numbers to the rows of a table of sums, and takes away those whose numbers are all 0 then.
    pub async fn add(&mut self, table: &TableDef, rows: &[Vec<Val>]) -> Result<(), StoreError> {
        let less = |row: &&Vec<Val>| row[table.key..].iter().any(|number| *number < Val::Int(0));
        let lowered: Vec<Vec<Val>> = rows.iter().filter(less).map(|row| row[..table.key].to_vec()).collect();
        match self {
            Self::Sqlite(writer) => writer.add(table, rows, &lowered),
            Self::Postgres(writer) => writer.add(table, rows, &lowered).await,
        }
    }

    /// The migration's text for this database.
    pub fn text_of(&self, migration: &Migration) -> &'static str {
        match self {
            Self::Sqlite(_) => migration.sqlite,
            Self::Postgres(_) => migration.postgres,
        }
    }

    /// Gives the planner of a new database what it needs to know of the tables; PostgreSQL's is told as they grow.
    pub fn tell_planner(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.tell_planner(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Tells PostgreSQL's planner of tables that have doubled since it last knew; after a transaction, not within one.
    pub async fn recount(&mut self) {
        let Self::Postgres(writer) = self else { return };
        if let Err(error) = writer.recount().await {
            tracing::warn!(%error, "the planner was not told how tables have grown; autovacuum will");
        }
    }

    /// Whether statements prepare: for the test that prepares all of them.
    pub async fn prepares(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.prepares(sql),
            Self::Postgres(writer) => writer.prepares(sql).await,
        }
    }
}

/// The reading side.
#[derive(Clone)]
pub(crate) enum Readers {
    Sqlite(sqlite::SqliteReaders),
    Postgres(postgres::PostgresReaders),
}

impl Readers {
    pub fn open(options: &StoreOptions, key: &NodeKey) -> Result<Self, StoreError> {
        Ok(match options {
            StoreOptions::Sqlite { path } => Self::Sqlite(sqlite::SqliteReaders::new(path, key)),
            StoreOptions::Postgres { url } => Self::Postgres(postgres::PostgresReaders::new(url)?),
        })
    }

    pub async fn rows(&self, sql: &str, values: Vec<Val>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(readers) => readers.rows(sql, values).await,
            Self::Postgres(readers) => readers.rows(sql, &values).await,
        }
    }
}
