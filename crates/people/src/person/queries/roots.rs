//! Following merges: which record stands for a person, and which stand behind it.

use std::collections::{HashMap, HashSet};

use journal::{Node, StoreError};
use kernel::{Id, SiteId, Sql};

use crate::sql::{ids, rows_in};

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
    &Sql {
        name: "people.with_duplicates",
        text: "SELECT person, into_person FROM person_merged WHERE site = $1 AND into_person IN ($2) ORDER BY person",
    },
];

/// For each of these persons the record that stands for it: itself, unless merged.
pub async fn roots(node: &Node, site: SiteId, persons: &[Id]) -> Result<HashMap<Id, Id>, StoreError> {
    // A withdrawn record has no row and stands for nobody: its duplicates then stand for themselves.
    let head = "SELECT m.person, m.into_person FROM person_merged m JOIN person_row p \
                ON p.site = m.site AND p.person = m.into_person WHERE m.site = $1 AND m.person IN";
    let mut next: HashMap<Id, Id> = HashMap::new();
    let mut asked: HashSet<Id> = HashSet::new();
    let mut ends = persons.to_vec();
    loop {
        ends.sort_unstable();
        ends.dedup();
        ends.retain(|id| asked.insert(*id));
        if ends.is_empty() {
            break;
        }
        let steps = rows_in(node, site, head, &ids(&ends), "").await?;
        next.extend(steps.iter().map(|row| (row.id(0), row.id(1))));
        ends = steps.iter().map(|row| row.id(1)).collect();
    }
    Ok(persons.iter().map(|id| (*id, end(&next, *id))).collect())
}

/// The end of a chain. A record is merged only into an unmerged one, so that there is no circle.
fn end(next: &HashMap<Id, Id>, mut id: Id) -> Id {
    let mut left = next.len();
    while let Some(step) = next.get(&id).filter(|_| left > 0) {
        id = *step;
        left -= 1;
    }
    id
}

/// Every record that stands for itself or was merged into one of `roots`, with the root it is counted as.
pub async fn with_duplicates(
    node: &Node,
    site: SiteId,
    roots: impl Iterator<Item = Id>,
) -> Result<HashMap<Id, Id>, StoreError> {
    let head = "SELECT person, into_person FROM person_merged WHERE site = $1 AND into_person IN";
    let mut all: HashMap<Id, Id> = roots.map(|root| (root, root)).collect();
    let mut last: Vec<Id> = all.keys().copied().collect();
    while !last.is_empty() {
        let mut next = Vec::new();
        for row in rows_in(node, site, head, &ids(&last), "ORDER BY person").await? {
            if let Some(root) = all.get(&row.id(1)).copied()
                && !all.contains_key(&row.id(0))
            {
                all.insert(row.id(0), root);
                next.push(row.id(0));
            }
        }
        last = next;
    }
    Ok(all)
}

/// The record itself and every record merged into it, directly or not; itself first.
pub async fn same_person(node: &Node, site: SiteId, person: Id) -> Result<Vec<Id>, StoreError> {
    let head = "SELECT person FROM person_merged WHERE site = $1 AND into_person IN";
    let mut all = vec![person];
    let mut last = vec![person];
    while !last.is_empty() {
        let rows = rows_in(node, site, head, &ids(&last), "ORDER BY person").await?;
        last = rows.iter().map(|row| row.id(0)).filter(|id| !all.contains(id)).collect();
        all.extend(last.iter().copied());
    }
    Ok(all)
}
