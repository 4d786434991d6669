//! When PostgreSQL's planner is told anew how its tables have grown.
//!
//! A plan that is kept was made for the table as it then seemed. Autovacuum counts rows once a minute; a register that is
//! filled within that minute is asked by plans for an empty table, which read all of it for each of a list of keys.

use std::collections::HashMap;

/// A smaller table is read whole as fast as by its index.
const LEAST: u64 = 500;

#[derive(Default)]
struct Rows {
    told: u64,
    since: u64,
}

/// How many rows the planner was told of, and how many were written since.
#[derive(Default)]
pub(super) struct Growth(HashMap<String, Rows>);

impl Growth {
    /// Rows were written.
    pub fn wrote(&mut self, table: &str, rows: usize) {
        match self.0.get_mut(table) {
            Some(known) => known.since += rows as u64,
            None => drop(self.0.insert(table.to_owned(), Rows { told: 0, since: rows as u64 })),
        }
    }

    /// Whether a table may have doubled.
    pub fn any(&self) -> bool {
        self.0.values().any(Rows::doubled)
    }

    /// Somebody else told the planner of that many rows.
    pub fn told(&mut self, table: &str, rows: u64) {
        if let Some(known) = self.0.get_mut(table) {
            known.told = known.told.max(rows);
        }
    }

    /// The tables that have doubled. The planner is told of them now.
    pub fn due(&mut self) -> Vec<&str> {
        let mut due = Vec::new();
        for (table, rows) in &mut self.0 {
            if rows.doubled() {
                rows.told += std::mem::take(&mut rows.since);
                due.push(table.as_str());
            }
        }
        due.sort_unstable();
        due
    }
}

impl Rows {
    fn doubled(&self) -> bool {
        self.since >= self.told.max(LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_due_each_time_it_has_doubled() {
        let mut growth = Growth::default();
        let due: Vec<u64> = (1..=20)
            .filter(|_| {
                growth.wrote("record", 400);
                growth.any() && growth.due() == ["record"]
            })
            .map(|round| round * 400)
            .collect();
        assert_eq!(due, [800, 1_600, 3_200, 6_400]);
    }

    #[test]
    fn what_autovacuum_has_told_counts() {
        let mut growth = Growth::default();
        growth.wrote("journal", 600);
        growth.told("journal", 100_000);
        growth.told("person_row", 100_000);
        assert!(growth.due().is_empty());
    }
}
