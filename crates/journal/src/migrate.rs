//! Bringing a database to the program's shape, and making sure that the master key fits it.

use kernel::{Migration, Registry, Val};

use crate::keys::NodeKey;
use crate::rollup;
use crate::store::{StoreError, Writer};
use crate::tables;

const APPLIED: &str = "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY)";

/// Every migration of the node, in order of name.
pub(crate) fn all(registry: &Registry) -> Vec<&'static Migration> {
    let own = tables::MIGRATIONS.iter();
    let theirs = registry.manifests().iter().flat_map(|manifest| manifest.migrations.iter());
    let mut all: Vec<&'static Migration> = own.chain(theirs).collect();
    all.sort_by_key(|migration| migration.name);
    all
}

/// Runs what is missing in one transaction, and checks the key's fingerprint.
pub(crate) async fn run(db: &mut Writer, registry: &Registry, key: &NodeKey) -> Result<(), StoreError> {
    db.begin().await?;
    let done = match within(db, registry, key).await {
        Ok(()) => db.commit().await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => db.recount().await,
        Err(_) => db.rollback().await,
    }
    done
}

async fn within(db: &mut Writer, registry: &Registry, key: &NodeKey) -> Result<(), StoreError> {
    if matches!(db, Writer::Postgres(_)) {
        // Two programs that start at once take turns.
        db.batch("SELECT pg_advisory_xact_lock(5317)").await?;
    }
    db.batch(APPLIED).await?;
    let rows = db.rows("SELECT name FROM migration", &[]).await?;
    let known: Vec<&str> = rows.iter().map(|row| row.text(0)).collect();
    let missing: Vec<_> =
        all(registry).into_iter().filter(|migration| !known.contains(&migration.name)).collect();
    for migration in &missing {
        db.batch(db.text_of(migration)).await?;
        db.rows("INSERT INTO migration (name) VALUES ($1) RETURNING name", &[migration.name.into()]).await?;
    }
    if !missing.is_empty() {
        db.tell_planner()?;
    }
    fingerprint(db, key).await?;
    rollup::renew(db, registry).await
}

async fn fingerprint(db: &mut Writer, key: &NodeKey) -> Result<(), StoreError> {
    let rows = db.rows("SELECT value FROM node_fact WHERE name = 'key'", &[]).await?;
    match rows.first() {
        Some(row) if row.text(0) == key.fingerprint() => Ok(()),
        Some(_) => Err(StoreError::WrongKey),
        None => {
            let sql = "INSERT INTO node_fact (name, value) VALUES ('key', $1) RETURNING name";
            db.rows(sql, &[Val::from(key.fingerprint())]).await?;
            Ok(())
        }
    }
}

impl crate::Node {
    /// Statements and tables that do not fit the database, each with its reason; empty when all is well.
    pub async fn misfits(&self) -> Result<Vec<String>, StoreError> {
        let mut db = Writer::open(&self.inner.store, self.key()).await?;
        let mut misfits = Vec::new();
        let manifests = self.registry().manifests();
        for statement in manifests.iter().flat_map(|manifest| &manifest.statements) {
            if let Err(error) = db.prepares(statement.text).await {
                misfits.push(format!("{}: {error}", statement.name));
            }
        }
        let own = tables::OWN.iter().copied();
        for table in own.chain(self.registry().tables()) {
            let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            let read = format!("SELECT {} FROM {}", names.join(", "), table.name);
            let put = match &db {
                Writer::Sqlite(_) => crate::store::sqlite::upsert_sql(table),
                Writer::Postgres(_) => crate::store::postgres::upsert_sql(table),
            };
            for sql in [read, put] {
                if let Err(error) = db.prepares(&sql).await {
                    misfits.push(format!("table {}: {error}", table.name));
                }
            }
        }
        Ok(misfits)
    }

    /// The reading statements that walk through all rows of a site or table on SQLite; on PostgreSQL none is named.
    pub async fn walks(&self) -> Result<Vec<&'static str>, StoreError> {
        let Writer::Sqlite(mut db) = Writer::open(&self.inner.store, self.key()).await? else {
            return Ok(Vec::new());
        };
        let mut walks = Vec::new();
        for statement in self.registry().manifests().iter().flat_map(|manifest| &manifest.statements) {
            let steps = db.plan(statement.text)?;
            // What the statement itself gathers first is none of the tables.
            let gathered = |name: &str| {
                steps.iter().any(|step| {
                    ["CO-ROUTINE ", "MATERIALIZE "].iter().any(|word| step == &[word, name].concat())
                })
            };
            let whole = |step: &String| {
                let scanned = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
                step.ends_with("(site=?)") || scanned.is_some_and(|name| !gathered(name))
            };
            if steps.iter().any(whole) {
                walks.push(statement.name);
            }
        }
        Ok(walks)
    }
}
