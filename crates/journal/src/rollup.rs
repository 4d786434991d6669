//! Keeping roll-ups: after the rows of a batch are written, and page by page when they are made anew.

use std::collections::btree_map::{BTreeMap, Entry};

use kernel::rollup::{Answer, Reading, Rows, Unread};
use kernel::{Cells, Changes, Registry, Rollups, SiteId, Sum, TableDef, Val};

use crate::codec::canonical;
use crate::desk::Tables;
use crate::row::placeholders;
use crate::store::{StoreError, Writer};

/// Rows of a page when sums are made anew.
const PAGE: usize = 2_000;

impl Reading for Writer {
    fn rows<'a>(&'a mut self, sql: &'a str, values: Vec<Val>) -> Answer<'a, Rows> {
        Box::pin(async move {
            let rows = Writer::rows(self, sql, &values).await?;
            Ok(rows.into_iter().map(|row| row.0).collect())
        })
    }
}

fn failed(error: Unread) -> StoreError {
    match error.downcast::<StoreError>() {
        Ok(error) => *error,
        Err(error) => StoreError::Failed(error.to_string()),
    }
}

/// Brings every roll-up up to date with what a batch has written.
pub(crate) async fn keep(
    db: &mut Writer,
    registry: &Registry,
    site: SiteId,
    mut changes: Changes,
) -> Result<(), StoreError> {
    for rollups in registry.rollups() {
        for gather in rollups.gathers {
            if changes.touch(gather.watches()) {
                let made = gather.keep(db, site, &changes).await.map_err(failed)?;
                write(db, &made).await?;
                for change in made.tables() {
                    for row in &change.removed {
                        changes.note(change.table, Some(row.clone()), None);
                    }
                    for row in &change.added {
                        changes.note(change.table, None, Some(row.clone()));
                    }
                }
            }
        }
        for sum in rollups.sums {
            if changes.touch(&[sum.of]) {
                let mut sums = Sums::default();
                changes.pairs(sum.of).into_iter().for_each(|(before, after)| sums.add(sum, before, after));
                sums.write(db, sum.table).await?;
            }
        }
    }
    Ok(())
}

/// Makes the roll-ups of a site from the tables they follow from. Theirs must be empty.
pub(crate) async fn make(db: &mut Writer, registry: &Registry, site: SiteId) -> Result<(), StoreError> {
    let tables = registry.tables();
    for rollups in registry.rollups() {
        for gather in rollups.gathers {
            let mut after = Some(String::new());
            while let Some(place) = after.take() {
                let (made, next) = gather.part(db, site, &place).await.map_err(failed)?;
                write(db, &made).await?;
                after = next;
            }
        }
        for sum in rollups.sums {
            if let Some(of) = tables.iter().find(|table| table.name == sum.of) {
                add_up(db, site, sum, of).await?;
            }
        }
    }
    Ok(())
}

async fn add_up(db: &mut Writer, site: SiteId, sum: &Sum, of: &'static TableDef) -> Result<(), StoreError> {
    let names: Vec<&str> = of.columns.iter().map(|(name, _)| *name).collect();
    // Without the site, which is given: only then is the place after which a page begins looked up in the key.
    let key = names[1..of.key].join(", ");
    let (all, marks) = (names.join(", "), placeholders(2, of.key - 1));
    let first = format!("SELECT {all} FROM {} WHERE site = $1 ORDER BY {key} LIMIT {PAGE}", of.name);
    let next = format!(
        "SELECT {all} FROM {} WHERE site = $1 AND ({key}) > ({marks}) ORDER BY {key} LIMIT {PAGE}",
        of.name
    );
    let mut sums = Sums::default();
    let mut rows = db.rows(&first, &[site.into()]).await?;
    loop {
        for row in &rows {
            sums.add(sum, None, Some(Cells::new(of, &row.0)));
        }
        let Some(last) = rows.last().filter(|_| rows.len() == PAGE) else { break };
        let mut values = vec![Val::from(site)];
        values.extend_from_slice(&last.0[1..of.key]);
        rows = db.rows(&next, &values).await?;
    }
    sums.write(db, sum.table).await
}

async fn write(db: &mut Writer, changes: &Changes) -> Result<(), StoreError> {
    let mut tables = Tables::default();
    for change in changes.tables() {
        for row in &change.removed {
            tables.delete(change.table, row[..change.table.key].to_vec());
        }
        for row in &change.added {
            tables.put(change.table, row.clone());
        }
    }
    tables.write(db).await
}

/// What is to be added to a table of sums.
#[derive(Default)]
struct Sums(BTreeMap<Vec<u8>, Vec<Val>>);

impl Sums {
    fn add(&mut self, sum: &Sum, before: Option<Cells<'_>>, after: Option<Cells<'_>>) {
        let key = sum.table.key;
        for part in (sum.fold)(before, after) {
            match self.0.entry(canonical(&part[..key])) {
                Entry::Vacant(slot) => drop(slot.insert(part)),
                Entry::Occupied(mut slot) => {
                    for (old, new) in slot.get_mut()[key..].iter_mut().zip(&part[key..]) {
                        *old = Val::Int(int(old) + int(new));
                    }
                }
            }
        }
    }

    async fn write(self, db: &mut Writer, table: &'static TableDef) -> Result<(), StoreError> {
        let changed = self.0.into_iter().filter(|(_, row)| row[table.key..].iter().any(|n| int(n) != 0));
        let rows: Vec<Vec<Val>> = changed.map(|(_, row)| row).collect();
        if rows.is_empty() { Ok(()) } else { db.add(table, &rows).await }
    }
}

fn int(value: &Val) -> i64 {
    if let Val::Int(number) = value { *number } else { 0 }
}

fn edition(registry: &Registry) -> String {
    let of = |rollups: &Rollups| rollups.edition.to_string();
    registry.rollups().map(of).collect::<Vec<_>>().join(".")
}

/// Makes the roll-ups anew where the database was filled by a program that rolled up otherwise.
pub(crate) async fn renew(db: &mut Writer, registry: &Registry) -> Result<(), StoreError> {
    let rows = db.rows("SELECT value FROM node_fact WHERE name = 'rollups'", &[]).await?;
    let edition = edition(registry);
    if rows.first().is_some_and(|row| row.text(0) == edition) {
        return Ok(());
    }
    for table in registry.rollups().flat_map(Rollups::tables) {
        db.batch(&format!("DELETE FROM {}", table.name)).await?;
    }
    for row in db.rows("SELECT site FROM site_head ORDER BY site", &[]).await? {
        make(db, registry, SiteId(row.id(0))).await?;
    }
    let sql = "INSERT INTO node_fact (name, value) VALUES ('rollups', $1) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING name";
    db.rows(sql, &[Val::from(edition)]).await?;
    Ok(())
}
