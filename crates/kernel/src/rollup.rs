//! Roll-ups: tables that follow from index rows, kept up to date by the pipeline in the transaction that changes those.
//!
//! There are two kinds. A [`Sum`] adds up what each row of another table contributes: a pure function of what the row
//! was and what it is, which says what it contributes more than before. A [`Gather`] makes rows that follow from several
//! records at once (a mark, its session's day, the person the mark's person was merged into): it is told what changed,
//! reads what it needs, and says which of its rows change. Sums may add up what a gathering made. Both are rebuilt from
//! the tables they follow from, and must come out byte-equal.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use crate::ids::{Id, SiteId};
use crate::record::{IndexRow, TableDef, Val};

/// A row seen by the names of its columns.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    table: &'static TableDef,
    values: &'a [Val],
}

impl<'a> Cells<'a> {
    /// A row of a table.
    pub fn new(table: &'static TableDef, values: &'a [Val]) -> Self {
        Self { table, values }
    }

    /// The value of a column; NULL where the table has none of that name.
    pub fn get(&self, name: &str) -> &'a Val {
        let at = self.table.columns.iter().position(|(column, _)| *column == name);
        at.and_then(|at| self.values.get(at)).unwrap_or(&Val::Null)
    }

    /// A text, if it is one.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name) {
            Val::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number; 0 where it is none.
    pub fn int(&self, name: &str) -> i64 {
        if let Val::Int(number) = self.get(name) { *number } else { 0 }
    }

    /// An id, if it is one.
    pub fn id(&self, name: &str) -> Option<Id> {
        self.text(name)?.parse().ok()
    }
}

/// What happened to the rows of one table.
#[derive(Clone, Debug)]
pub struct Change {
    /// The table.
    pub table: &'static TableDef,
    /// Rows that are no longer there as they were.
    pub removed: Vec<Vec<Val>>,
    /// Rows that are there now and were not, or were otherwise.
    pub added: Vec<Vec<Val>>,
}

/// What happened to the rows of several tables, one entry each.
#[derive(Clone, Debug, Default)]
pub struct Changes(BTreeMap<&'static str, Change>);

impl Changes {
    /// Notes a row that was, and the one that took its place.
    pub fn note(&mut self, table: &'static TableDef, removed: Option<Vec<Val>>, added: Option<Vec<Val>>) {
        if removed == added {
            return;
        }
        let empty = || Change { table, removed: Vec::new(), added: Vec::new() };
        let change = self.0.entry(table.name).or_insert_with(empty);
        change.removed.extend(removed);
        change.added.extend(added);
    }

    /// Notes what became of a record's index rows.
    pub fn note_rows(&mut self, before: &[IndexRow], after: &[IndexRow], watched: impl Fn(&str) -> bool) {
        for row in before.iter().filter(|row| watched(row.table.name) && !after.contains(row)) {
            self.note(row.table, Some(row.values.clone()), None);
        }
        for row in after.iter().filter(|row| watched(row.table.name) && !before.contains(row)) {
            self.note(row.table, None, Some(row.values.clone()));
        }
    }

    /// What happened to each table.
    pub fn tables(&self) -> impl Iterator<Item = &Change> {
        self.0.values()
    }

    /// What became of each row of a table: as it was, and as it is, under one key.
    pub fn pairs(&self, table: &str) -> Vec<(Option<Cells<'_>>, Option<Cells<'_>>)> {
        let Some(Change { table, removed, added }) = self.0.get(table) else { return Vec::new() };
        let order = |a: &Vec<Val>, b: &Vec<Val>| {
            a[..table.key].partial_cmp(&b[..table.key]).unwrap_or(Ordering::Equal)
        };
        let [mut before, mut after] = [removed, added].map(|rows| rows.iter().collect::<Vec<_>>());
        before.sort_by(|a, b| order(a, b));
        after.sort_by(|a, b| order(a, b));
        let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
        std::iter::from_fn(|| {
            let which = match (before.peek(), after.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(was), Some(is)) => order(was, is),
            };
            let was = before.next_if(|_| which.is_le());
            let is = after.next_if(|_| which.is_ge());
            Some((was.map(|row| Cells::new(table, row)), is.map(|row| Cells::new(table, row))))
        })
        .collect()
    }

    /// Whether anything happened to one of these tables.
    pub fn touch(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(name))
    }

    /// Rows of a table that are no longer there as they were.
    pub fn removed(&self, table: &str) -> impl Iterator<Item = Cells<'_>> {
        self.0
            .get(table)
            .into_iter()
            .flat_map(|change| change.removed.iter().map(|row| Cells::new(change.table, row)))
    }

    /// Rows of a table that are there now and were not, or were otherwise.
    pub fn added(&self, table: &str) -> impl Iterator<Item = Cells<'_>> {
        self.0
            .get(table)
            .into_iter()
            .flat_map(|change| change.added.iter().map(|row| Cells::new(change.table, row)))
    }
}

/// The database did not answer. Holds no values of rows.
pub type Unread = Box<dyn Error + Send + Sync>;

/// What comes of reading.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Unread>> + Send + 'a>>;

/// Rows as a statement gives them.
pub type Rows = Vec<Vec<Val>>;

/// Reads within the transaction, the rows of this batch included.
pub trait Reading: Send {
    /// Rows of a statement.
    fn rows<'a>(&'a mut self, sql: &'a str, values: Vec<Val>) -> Answer<'a, Rows>;
}

/// Rows that follow from the index rows of several records.
pub trait Gather: Sync {
    /// The tables whose changes it must be told.
    fn watches(&self) -> &'static [&'static str];

    /// The tables it makes.
    fn tables(&self) -> &'static [&'static TableDef];

    /// How its rows change by what has just been written.
    fn keep<'a>(&'a self, db: &'a mut dyn Reading, site: SiteId, changes: &'a Changes)
    -> Answer<'a, Changes>;

    /// The next part of all its rows, made from nothing but the tables it follows from, and where to go on; `after` is
    /// empty at first. What the parts before it gave has been written.
    fn part<'a>(
        &'a self,
        db: &'a mut dyn Reading,
        site: SiteId,
        after: &'a str,
    ) -> Answer<'a, (Changes, Option<String>)>;
}

/// Sums of what the rows of another table contribute.
pub struct Sum {
    /// Where the sums stand: its key, then whole numbers. A row whose numbers are all 0 is not there.
    pub table: &'static TableDef,
    /// The table whose rows are added up, by name: it may be another context's.
    pub of: &'static str,
    /// What a row contributes more than it did: rows of `table`, keys may repeat. Pure.
    pub fold: Fold,
}

/// What a row contributes now more than before, given what it was, if it was there, and what it is, if it is there.
pub type Fold = fn(Option<Cells<'_>>, Option<Cells<'_>>) -> Vec<Vec<Val>>;

/// The difference of what two rows contribute, each for itself: numbers stand behind the first `key` values.
pub fn difference(
    key: usize,
    before: Option<Cells<'_>>,
    after: Option<Cells<'_>>,
    contributed: impl Fn(Cells<'_>) -> Vec<Vec<Val>>,
) -> Vec<Vec<Val>> {
    let mut rows = before.map(&contributed).unwrap_or_default();
    for number in rows.iter_mut().flat_map(|row| &mut row[key..]) {
        if let Val::Int(number) = number {
            *number = -*number;
        }
    }
    rows.extend(after.into_iter().flat_map(contributed));
    rows
}

/// What a context lets the pipeline roll up.
pub struct Rollups {
    /// Goes up when anything here means something else than before: a database filled by an older one is rolled up anew
    /// when it is opened.
    pub edition: u32,
    /// Rows that follow from several records.
    pub gathers: &'static [&'static dyn Gather],
    /// Sums, also of what was gathered.
    pub sums: &'static [Sum],
}

impl Rollups {
    /// None.
    pub const NONE: Self = Self { edition: 0, gathers: &[], sums: &[] };

    /// Every table that is kept.
    pub fn tables(&self) -> impl Iterator<Item = &'static TableDef> {
        let gathered = self.gathers.iter().flat_map(|gather| gather.tables().iter().copied());
        gathered.chain(self.sums.iter().map(|sum| sum.table))
    }

    /// Whether anything follows from this table.
    pub fn watch(&self, table: &str) -> bool {
        self.gathers.iter().any(|gather| gather.watches().contains(&table))
            || self.sums.iter().any(|sum| sum.of == table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Column::{Int, Text};

    static TABLE: TableDef = TableDef::index("t", &[("site", Text), ("id", Text), ("n", Int)], 2);

    fn row(id: &str, n: i64) -> Vec<Val> {
        vec!["s".into(), id.into(), n.into()]
    }

    #[test]
    fn what_a_row_was_and_what_it_is_are_one_pair() {
        let mut changes = Changes::default();
        changes.note(&TABLE, Some(row("c", 1)), None);
        changes.note(&TABLE, Some(row("a", 1)), None);
        changes.note(&TABLE, None, Some(row("b", 2)));
        changes.note(&TABLE, None, Some(row("a", 3)));
        let pairs: Vec<_> = changes
            .pairs("t")
            .into_iter()
            .map(|pair| [pair.0, pair.1].map(|row| row.map(|row| row.int("n"))))
            .collect();
        assert_eq!(pairs, [[Some(1), Some(3)], [None, Some(2)], [Some(1), None]]);
        assert!(changes.pairs("u").is_empty());
    }

    #[test]
    fn a_difference_takes_away_what_was() {
        let (was, is) = (row("a", 4), row("b", 1));
        let [was, is] = [&was, &is].map(|row| Some(Cells::new(&TABLE, row)));
        let rows = difference(1, was, is, |row| vec![vec![row.get("id").clone(), row.get("n").clone()]]);
        assert_eq!(rows, [["a".into(), Val::Int(-4)], ["b".into(), Val::Int(1)]]);
        assert!(difference(1, None, None, |_| vec![Vec::new()]).is_empty());
    }
}
