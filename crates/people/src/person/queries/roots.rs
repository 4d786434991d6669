//! Following merges: which record stands for a person, and which stand behind it.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::{Id, SiteId, Sql};

use crate::sql::{ids, rows_in};

/// A chain of merges is followed so far. Longer ones cannot arise: a record is merged only into an unmerged one, and
/// chains grow by one with every later merge of that one.
const DEPTH: usize = 64;

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "people.merged_up",
        text: "SELECT m.person, m.into_person FROM person_merged m JOIN person_row p \
            ON p.site = m.site AND p.person = m.into_person WHERE m.site = $1 AND m.person IN ($2)",
    },
    &Sql {
        name: "people.merged_down",
        text: "SELECT person FROM person_merged WHERE site = $1 AND into_person IN ($2) ORDER BY person",
    },
];

/// For each of these persons the record that stands for it: itself, unless merged.
pub async fn roots(node: &Node, site: SiteId, persons: &[Id]) -> Result<HashMap<Id, Id>, StoreError> {
    let mut root: HashMap<Id, Id> = persons.iter().map(|id| (*id, *id)).collect();
    // A withdrawn record has no row and stands for nobody: its duplicates then stand for themselves.
    let head = "SELECT m.person, m.into_person FROM person_merged m JOIN person_row p \
                ON p.site = m.site AND p.person = m.into_person WHERE m.site = $1 AND m.person IN";
    for _ in 0..DEPTH {
        let mut ends: Vec<Id> = root.values().copied().collect();
        ends.sort_unstable();
        ends.dedup();
        let steps: HashMap<Id, Id> = rows_in(node, site, head, &ids(&ends), "")
            .await?
            .iter()
            .map(|row| (row.id(0), row.id(1)))
            .collect();
        if steps.is_empty() {
            break;
        }
        for end in root.values_mut() {
            if let Some(next) = steps.get(end) {
                *end = *next;
            }
        }
    }
    Ok(root)
}

/// The record itself and every record merged into it, directly or not; itself first.
pub async fn same_person(node: &Node, site: SiteId, person: Id) -> Result<Vec<Id>, StoreError> {
    let head = "SELECT person FROM person_merged WHERE site = $1 AND into_person IN";
    let mut all = vec![person];
    let mut last = vec![person];
    for _ in 0..DEPTH {
        let rows = rows_in(node, site, head, &ids(&last), "ORDER BY person").await?;
        last = rows.iter().map(|row| row.id(0)).filter(|id| !all.contains(id)).collect();
        if last.is_empty() {
            break;
        }
        all.extend(last.iter().copied());
    }
    Ok(all)
}
