//! PostgreSQL through `tokio-postgres`: one writing connection with `unnest` batches, and a pool of readers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;

use deadpool::managed::QueueMode;
use deadpool_postgres::{Manager, Pool};
use futures_util::future::try_join_all;
use kernel::{Column, TableDef, Val};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Statement};

use super::growth::Growth;
use super::{StoreError, TableWrites, adding};
use crate::row::{Row, placeholders};

#[derive(Debug)]
struct Bound<'a>(&'a Val);

impl ToSql for Bound<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Val::Int(number) => number.to_sql(kind, out),
            Val::Text(text) => text.as_str().to_sql(kind, out),
            Val::Blob(bytes) => bytes.as_slice().to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value, or the values of a list.
#[derive(Debug)]
enum Given<'a> {
    One(Bound<'a>),
    Many(Vec<Bound<'a>>),
}

impl ToSql for Given<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::One(value) => value.to_sql(kind, out),
            Self::Many(values) => values.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A statement as PostgreSQL is asked it. A list at its end, `IN ($2, $3, …)`, becomes one array, `= ANY($2)`: its general
/// plan looks each value up by the index also before the table has figures, where that of a list of parameters compares
/// every row with each of them.
fn asked<'a>(sql: &'a str, values: &'a [Val]) -> (Cow<'a, str>, Vec<Given<'a>>) {
    if let Some((first, text)) = with_array(sql, values.len()) {
        let (before, list) = values.split_at(first - 1);
        let mut given: Vec<Given<'_>> = before.iter().map(|value| Given::One(Bound(value))).collect();
        given.push(Given::Many(list.iter().map(Bound).collect()));
        return (text.into(), given);
    }
    (sql.into(), values.iter().map(|value| Given::One(Bound(value))).collect())
}

/// The number of the first parameter of the list that ends the parameters, and the statement with an array in its place.
fn with_array(sql: &str, count: usize) -> Option<(usize, String)> {
    let (_, list) = sql.split_once(" IN ($").filter(|_| !sql.contains(" NOT IN ("))?;
    let first: usize = list.split([',', ')']).next()?.parse().ok().filter(|first| *first < count)?;
    let all = format!(" IN ({})", placeholders(first, count + 1 - first));
    let text = sql.replace(&all, &format!(" = ANY(${first})"));
    let later = |mark: &str| {
        let digits: String = mark.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().is_ok_and(|number| number > first)
    };
    // Replaced, and no later parameter is named anywhere else.
    let alone = !text.split('$').skip(1).any(later) && text.len() < sql.len();
    alone.then_some((first, text))
}

fn references<'a>(values: &'a [Given<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn read(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let mut values = Vec::with_capacity(row.len());
    for (at, column) in row.columns().iter().enumerate() {
        values.push(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map(i64::from).into(),
            Type::INT2 => row.try_get::<_, Option<i16>>(at)?.map(i64::from).into(),
            Type::BOOL => row.try_get::<_, Option<bool>>(at)?.into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.into(),
            Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(at)?.into(),
            ref other => {
                return Err(StoreError::Failed(format!("column {} has type {other}", column.name())));
            }
        });
    }
    Ok(Row(values))
}

/// The rows of each table as the planner knows them.
const COUNTED: &str = "SELECT relname, reltuples::bigint FROM pg_class \
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND reltuples > 0";

/// The one connection that writes.
pub(crate) struct PostgresWriter {
    url: String,
    client: Client,
    statements: HashMap<String, Statement>,
    growth: Growth,
}

impl PostgresWriter {
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let client = connect(url).await?;
        Ok(Self { url: url.to_owned(), client, statements: HashMap::new(), growth: Growth::default() })
    }

    pub async fn begin(&mut self) -> Result<(), StoreError> {
        if self.client.is_closed() {
            self.client = connect(&self.url).await?;
            self.statements.clear();
        }
        self.batch("BEGIN").await
    }

    pub async fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(sql).await?)
    }

    pub async fn prepares(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.prepare(sql).await?;
        Ok(())
    }

    pub async fn rows(&mut self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        let (sql, values) = asked(sql, values);
        let statement = self.prepared(&sql).await?;
        let rows = self.client.query(&statement, &references(&values)).await?;
        rows.iter().map(read).collect()
    }

    /// Asks all of them at once: the server works on one while the others are on their way.
    pub async fn rows_of_each(&mut self, all: &[(String, Vec<Val>)]) -> Result<Vec<Vec<Row>>, StoreError> {
        let mut ready = Vec::with_capacity(all.len());
        for (sql, values) in all {
            let (sql, values) = asked(sql, values);
            ready.push((self.prepared(&sql).await?, values));
        }
        let client = &self.client;
        let answers = ready.iter().map(|(statement, values)| async move {
            let rows = client.query(statement, &references(values)).await?;
            rows.iter().map(read).collect()
        });
        try_join_all(answers).await
    }

    /// Sends the statements of all tables at once; the server works them off in this order.
    pub async fn write(&mut self, all: &[(&'static TableDef, TableWrites)]) -> Result<(), StoreError> {
        let mut ready = Vec::new();
        for (table, writes) in all {
            if !writes.deletes.is_empty() {
                let key = &table.columns[..table.key];
                ready.push((self.prepared(&delete_sql(table)).await?, packed(key, &writes.deletes)));
            }
            if !writes.puts.is_empty() {
                ready.push((self.prepared(&upsert_sql(table)).await?, packed(table.columns, &writes.puts)));
                self.growth.wrote(table.name, writes.puts.len());
            }
        }
        let client = &self.client;
        try_join_all(ready.iter().map(|(statement, arrays)| client.execute_raw(statement, arrays))).await?;
        Ok(())
    }

    /// Adds numbers to rows, and deletes those of `lowered` that have come to nothing.
    pub async fn add(
        &mut self,
        table: &TableDef,
        rows: &[Vec<Val>],
        lowered: &[Vec<Val>],
    ) -> Result<(), StoreError> {
        let (sets, none) = adding(table);
        self.columns(&insert_sql(table, &sets), table.columns, rows).await?;
        self.growth.wrote(table.name, rows.len());
        if lowered.is_empty() {
            return Ok(());
        }
        let sql = format!("{} AND {none}", delete_sql(table));
        self.columns(&sql, &table.columns[..table.key], lowered).await
    }

    /// Has PostgreSQL count the tables that have doubled, where nobody has done so meanwhile.
    pub async fn recount(&mut self) -> Result<(), StoreError> {
        if !self.growth.any() {
            return Ok(());
        }
        for row in self.rows(COUNTED, &[]).await? {
            self.growth.told(row.text(0), row.int(1).unsigned_abs());
        }
        let due = self.growth.due().join(", ");
        if due.is_empty() {
            return Ok(());
        }
        self.client.batch_execute(&format!("ANALYZE (SKIP_LOCKED) {due}")).await?;
        Ok(())
    }

    async fn columns(
        &mut self,
        sql: &str,
        columns: &[(&str, Column)],
        rows: &[Vec<Val>],
    ) -> Result<(), StoreError> {
        let statement = self.prepared(sql).await?;
        self.client.execute_raw(&statement, packed(columns, rows)).await?;
        Ok(())
    }

    async fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).await?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// The values of some columns, one array for each.
fn packed<'a>(columns: &[(&str, Column)], rows: &'a [Vec<Val>]) -> Vec<Vec<Bound<'a>>> {
    (0..columns.len()).map(|at| rows.iter().map(|row| Bound(&row[at])).collect()).collect()
}

/// Every statement is asked by keys and ranges of an index: to plan it anew for each list takes as long as answering it.
const GENERAL: &str = "-c plan_cache_mode=force_generic_plan";

fn config(url: &str) -> Result<Config, StoreError> {
    let mut config: Config = url.parse()?;
    let options = config.get_options().map(|given| format!("{given} {GENERAL}"));
    config.options(options.as_deref().unwrap_or(GENERAL));
    Ok(config)
}

async fn connect(url: &str) -> Result<Client, StoreError> {
    let (client, connection) = config(url)?.connect(NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(error = %StoreError::from(error), "the writing connection ended");
        }
    });
    Ok(client)
}

fn arrays(columns: &[(&str, Column)]) -> String {
    let parts: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(at, (_, kind))| {
            let kind = match kind {
                Column::Int => "bigint",
                Column::Text => "text",
                Column::Blob => "bytea",
            };
            format!("${}::{kind}[]", at + 1)
        })
        .collect();
    parts.join(", ")
}

fn delete_sql(table: &TableDef) -> String {
    let key = &table.columns[..table.key];
    let names: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
    let same: Vec<String> = names.iter().map(|name| format!("t.{name} = gone.{name}")).collect();
    format!(
        "DELETE FROM {} t USING unnest({}) AS gone ({}) WHERE {}",
        table.name,
        arrays(key),
        names.join(", "),
        same.join(" AND "),
    )
}

pub(crate) fn upsert_sql(table: &TableDef) -> String {
    let names = table.columns[table.key..].iter().map(|(name, _)| *name);
    let sets: Vec<String> = names.map(|name| format!("{name} = excluded.{name}")).collect();
    insert_sql(table, &sets.join(", "))
}

fn insert_sql(table: &TableDef, sets: &str) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let clash = if sets.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {sets}") };
    format!(
        "INSERT INTO {} ({}) SELECT * FROM unnest({}) ON CONFLICT ({}) DO {clash}",
        table.name,
        names.join(", "),
        arrays(table.columns),
        names[..table.key].join(", "),
    )
}

/// The pool that reads.
#[derive(Clone)]
pub(crate) struct PostgresReaders {
    pool: Pool,
}

impl PostgresReaders {
    pub fn new(url: &str) -> Result<Self, StoreError> {
        let pool = Pool::builder(Manager::new(config(url)?, NoTls))
            .max_size(8)
            // The connection that answered last has most statements planned and most of the catalogue at hand.
            .queue_mode(QueueMode::Lifo)
            .build()
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Self { pool })
    }

    pub async fn rows(&self, sql: &str, values: &[Val]) -> Result<Vec<Row>, StoreError> {
        let client = self.pool.get().await.map_err(|error| StoreError::Failed(error.to_string()))?;
        let (sql, values) = asked(sql, values);
        let statement = client.prepare_cached(&sql).await?;
        let rows = client.query(&statement, &references(&values)).await?;
        rows.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::with_array;

    #[test]
    fn a_list_at_the_end_is_one_array_and_nothing_else_is() {
        let list = "SELECT a FROM t WHERE site = $1 AND id IN ($2, $3, $4) ORDER BY a";
        let array = "SELECT a FROM t WHERE site = $1 AND id = ANY($2) ORDER BY a";
        assert_eq!(with_array(list, 4), Some((2, array.to_owned())));
        let twice = "SELECT a FROM t WHERE a IN ($1, $2) OR b IN ($1, $2)";
        assert_eq!(
            with_array(twice, 2),
            Some((1, "SELECT a FROM t WHERE a = ANY($1) OR b = ANY($1)".to_owned()))
        );
        for (count, other) in [
            (1, "SELECT a FROM t WHERE id = $1"),
            (1, "SELECT a FROM t WHERE id IN ($1)"),
            (3, "SELECT a FROM t WHERE id IN ($1, $2) AND b = $3"),
            (2, "SELECT a FROM t WHERE id IN ($1, $2) AND b = $2"),
            (2, "SELECT a FROM t WHERE id NOT IN ($1, $2)"),
            (2, "SELECT a FROM t WHERE a IN ($1, $2) AND b NOT IN ($1, $2)"),
        ] {
            assert_eq!(with_array(other, count), None, "{other}");
        }
    }
}
