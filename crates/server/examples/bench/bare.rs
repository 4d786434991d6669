//! The baseline: the same rows by bare statements, on a copy of the same database with the same settings.

use std::collections::HashMap;

use journal::StoreOptions;
use kernel::{Column, TableDef, Val};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use tokio_postgres::{Client, NoTls, Statement};

use crate::fill::Site;
use crate::{Outcome, Stores};

/// The rows of one command.
pub struct Command {
    /// Its place in the journal.
    pub position: i64,
    /// Table and values.
    pub rows: Vec<(&'static TableDef, Vec<Val>)>,
}

/// A copy of the program's database.
pub struct Bare {
    site: String,
    db: Db,
}

enum Db {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Client>, HashMap<&'static str, Statement>),
}

struct Bound<'a>(&'a Val);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Val::Null => ToSqlOutput::Owned(Value::Null),
            Val::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Val::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Val::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

impl Bare {
    /// Copies the program's database as it stands, nobody writing to it, and opens the copy without the program.
    pub async fn copy(site: &Site, stores: &Stores) -> Outcome<Self> {
        let name = site.actor.site.0.to_string();
        match (&stores.main, &stores.bare) {
            (StoreOptions::Sqlite { path: from }, StoreOptions::Sqlite { path: to }) => {
                std::fs::create_dir_all(to.parent().ok_or("no folder for the copy")?)?;
                std::fs::copy(from, to)?;
                // What was committed and not yet checkpointed lies in the write-ahead log.
                std::fs::copy(from.with_extension("db-wal"), to.with_extension("db-wal"))?;
                let db = rusqlite::Connection::open(to)?;
                let key = site.node.key().file_key();
                db.execute_batch(&format!(
                    "PRAGMA key = \"x'{key}'\"; PRAGMA cipher_memory_security = OFF;"
                ))?;
                db.execute_batch(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -24000; \
                     PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;",
                )?;
                db.set_prepared_statement_cache_capacity(64);
                Ok(Self { site: name, db: Db::Sqlite(db) })
            }
            (StoreOptions::Postgres { .. }, StoreOptions::Postgres { url }) => {
                Ok(Self { site: name, db: Db::Postgres(Box::new(connect(url).await?), HashMap::new()) })
            }
            _ => Err("two kinds of database".into()),
        }
    }

    /// Appends, upserts and indexes the rows of these commands in one transaction.
    pub async fn transaction(&mut self, commands: &[Command]) -> Outcome {
        let mut tables: Vec<(&'static TableDef, Vec<&[Val]>)> = Vec::new();
        for (table, values) in commands.iter().flat_map(|command| &command.rows) {
            match tables.iter_mut().find(|(known, _)| known.name == table.name) {
                Some((_, rows)) => rows.push(values),
                None => tables.push((table, vec![values])),
            }
        }
        let head = commands.last().map_or(0, |command| command.position);
        let head = format!(
            "INSERT INTO site_head VALUES ('{}', {head}, '') ON CONFLICT (site) DO UPDATE SET pos = excluded.pos",
            self.site
        );
        match &mut self.db {
            Db::Sqlite(db) => {
                db.execute_batch("BEGIN IMMEDIATE")?;
                for (table, rows) in tables {
                    let mut statement = db.prepare_cached(&upsert(table, &marks(table)))?;
                    for row in rows {
                        statement.execute(rusqlite::params_from_iter(row.iter().map(Bound)))?;
                    }
                }
                db.execute_batch(&head.replace("'')", "x'')"))?;
                db.execute_batch("COMMIT")?;
            }
            Db::Postgres(client, statements) => {
                client.batch_execute("BEGIN").await?;
                for (table, rows) in tables {
                    if !statements.contains_key(table.name) {
                        let statement = client.prepare(&upsert(table, &unnest(table))).await?;
                        statements.insert(table.name, statement);
                    }
                    columns(client, &statements[table.name], table, &rows).await?;
                }
                client.batch_execute(&head).await?;
                client.batch_execute("COMMIT").await?;
            }
        }
        Ok(())
    }
}

/// Filling a database in SQLite with more rows than the program could enter in a run.
impl Bare {
    fn sqlite(&self) -> Outcome<&rusqlite::Connection> {
        match &self.db {
            Db::Sqlite(db) => Ok(db),
            Db::Postgres(..) => Err("only SQLite is filled by bare statements".into()),
        }
    }

    /// Writes these rows in one transaction, and leaves the journal's head alone.
    pub fn fill(&self, rows: &[(&'static TableDef, Vec<Val>)]) -> Outcome {
        let db = self.sqlite()?;
        db.execute_batch("BEGIN IMMEDIATE")?;
        for (table, values) in rows {
            let mut statement = db.prepare_cached(&upsert(table, &marks(table)))?;
            statement.execute(rusqlite::params_from_iter(values.iter().map(Bound)))?;
        }
        Ok(db.execute_batch("COMMIT")?)
    }

    /// Drops the indexes of these tables, which are made more quickly once their tables are full; gives what makes them.
    pub fn without_indexes(&self, tables: &[&str]) -> Outcome<Vec<String>> {
        let db = self.sqlite()?;
        let mut all = Vec::new();
        for table in tables {
            let mut statement = db.prepare(
                "SELECT name, sql FROM sqlite_master WHERE tbl_name = ?1 AND type = 'index' AND sql <> ''",
            )?;
            let found = statement
                .query_map([table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            for index in found.collect::<Result<Vec<_>, _>>()? {
                db.execute_batch(&format!("DROP INDEX {}", index.0))?;
                all.push(index.1);
            }
        }
        Ok(all)
    }

    /// Makes indexes.
    pub fn with_indexes(&self, indexes: &[String]) -> Outcome {
        let db = self.sqlite()?;
        indexes.iter().try_for_each(|sql| Ok(db.execute_batch(sql)?))
    }

    /// Has the program make its roll-ups anew when it opens the database.
    pub fn forget_rollups(&self) -> Outcome {
        Ok(self
            .sqlite()?
            .execute_batch("DELETE FROM node_fact WHERE name = 'rollups'; PRAGMA wal_checkpoint(TRUNCATE)")?)
    }
}

fn upsert(table: &TableDef, source: &str) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let sets: Vec<String> =
        names[table.key..].iter().map(|name| format!("{name} = excluded.{name}")).collect();
    let clash =
        if sets.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", sets.join(", ")) };
    let key = names[..table.key].join(", ");
    format!("INSERT INTO {} ({}) {source} ON CONFLICT ({key}) DO {clash}", table.name, names.join(", "))
}

fn marks(table: &TableDef) -> String {
    let marks: Vec<String> = (1..=table.columns.len()).map(|at| format!("?{at}")).collect();
    format!("VALUES ({})", marks.join(", "))
}

fn unnest(table: &TableDef) -> String {
    let kind = |column: Column| match column {
        Column::Int => "bigint",
        Column::Text => "text",
        Column::Blob => "bytea",
    };
    let arrays: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, (_, column))| format!("${}::{}[]", at + 1, kind(*column)))
        .collect();
    format!("SELECT * FROM unnest({})", arrays.join(", "))
}

async fn columns(client: &Client, statement: &Statement, table: &TableDef, rows: &[&[Val]]) -> Outcome {
    type Array = Box<dyn tokio_postgres::types::ToSql + Sync + Send>;
    let mut arrays: Vec<Array> = Vec::new();
    for (at, (_, column)) in table.columns.iter().enumerate() {
        let values = rows.iter().map(|row| &row[at]);
        arrays.push(match column {
            Column::Int => Box::new(
                values
                    .map(|v| if let Val::Int(number) = v { Some(*number) } else { None })
                    .collect::<Vec<_>>(),
            ),
            Column::Text => Box::new(
                values
                    .map(|v| if let Val::Text(text) = v { Some(text.clone()) } else { None })
                    .collect::<Vec<_>>(),
            ),
            Column::Blob => Box::new(
                values
                    .map(|v| if let Val::Blob(bytes) = v { Some(bytes.clone()) } else { None })
                    .collect::<Vec<_>>(),
            ),
        });
    }
    let arrays: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> =
        arrays.iter().map(|array| array.as_ref() as &(dyn tokio_postgres::types::ToSql + Sync)).collect();
    client.execute(statement, &arrays).await?;
    Ok(())
}

async fn connect(url: &str) -> Outcome<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// Two databases of this run's own: the program's, and its copy for the bare statements.
pub struct Databases {
    server: String,
    names: [String; 2],
    /// For the program.
    pub main: String,
    /// For the bare statements.
    pub bare: String,
}

impl Databases {
    /// Makes them.
    pub async fn create(server: &str) -> Outcome<Self> {
        let process = std::process::id();
        let names = [format!("skein_bench_{process}"), format!("skein_bare_{process}")];
        let client = connect(&within(server, "postgres")).await?;
        client.batch_execute(&format!("CREATE DATABASE {}", names[0])).await?;
        let (main, bare) = (within(server, &names[0]), within(server, &names[1]));
        Ok(Self { server: server.to_owned(), names, main, bare })
    }

    /// Makes the second a copy of the first as it stands. The program's connections are cut for that, and made anew.
    pub async fn copy(&self) -> Outcome {
        let client = connect(&within(&self.server, "postgres")).await?;
        let [main, bare] = &self.names;
        let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{main}'");
        client.batch_execute(&cut).await?;
        Ok(client.batch_execute(&format!("CREATE DATABASE {bare} TEMPLATE {main}")).await?)
    }

    /// Drops them.
    pub async fn drop_all(&self) -> Outcome {
        let client = connect(&within(&self.server, "postgres")).await?;
        for name in &self.names {
            client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

fn within(server: &str, database: &str) -> String {
    if server.contains("://") {
        format!("{}/{database}", server.trim_end_matches('/'))
    } else {
        format!("{server} dbname={database}")
    }
}
