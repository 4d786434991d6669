//! Which record stands for which, now and before this batch.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::rollup::{Reading, Unread};
use kernel::{Changes, Id, SiteId};

use super::queries::{INTO, MERGED, of_site};
use journal::Row;

/// A chain of merges longer than this is damage.
const LONGEST: usize = 64;

/// The merges that matter to a batch.
#[derive(Default)]
pub(super) struct Merges {
    now: HashMap<Id, Option<Id>>,
    before: HashMap<Id, Option<Id>>,
}

impl Merges {
    /// What changed of merges in this batch.
    pub fn changed(changes: &Changes) -> Self {
        let mut merges = Self::default();
        for row in changes.added("person_merged") {
            if let Some(person) = row.id("person") {
                merges.before.insert(person, None);
            }
        }
        for row in changes.removed("person_merged") {
            if let Some(person) = row.id("person") {
                merges.before.insert(person, row.id("into_person"));
            }
        }
        merges
    }

    /// Reads the chains from these persons on.
    pub async fn load(
        &mut self,
        db: &mut dyn Reading,
        site: SiteId,
        persons: BTreeSet<Id>,
    ) -> Result<(), Unread> {
        let mut ask = persons;
        ask.retain(|id| !self.now.contains_key(id));
        while !ask.is_empty() {
            let rows = of_site(db, &INTO, site, ask.iter().copied()).await?;
            let found: HashMap<Id, Id> =
                rows.into_iter().map(Row).map(|row| (row.id(0), row.id(1))).collect();
            let mut next = BTreeSet::new();
            for id in ask {
                let into = found.get(&id).copied();
                self.now.insert(id, into);
                next.extend(into);
                next.extend(self.before.get(&id).copied().flatten());
            }
            ask = next.into_iter().filter(|id| !self.now.contains_key(id)).collect();
        }
        Ok(())
    }

    /// The record that stands for this one. What was not loaded stands for itself.
    pub fn root(&self, person: Id) -> Id {
        follow(person, |id| self.now.get(&id).copied().flatten())
    }

    fn root_before(&self, person: Id) -> Id {
        let now = |id| self.now.get(&id).copied().flatten();
        follow(person, |id| self.before.get(&id).copied().unwrap_or_else(|| now(id)))
    }

    /// Those whose row must be made anew: whoever stands for somebody else than before, or did.
    pub async fn remade(&mut self, db: &mut dyn Reading, site: SiteId) -> Result<BTreeSet<Id>, Unread> {
        let changed: BTreeSet<Id> = self.before.keys().copied().collect();
        self.load(db, site, changed.clone()).await?;
        Ok(changed.into_iter().flat_map(|id| [id, self.root(id), self.root_before(id)]).collect())
    }
}

/// The end of a chain of merges.
fn follow(person: Id, into: impl Fn(Id) -> Option<Id>) -> Id {
    let mut at = person;
    for _ in 0..LONGEST {
        match into(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// Everybody for whom each of these stands, themselves first.
pub(super) async fn members(
    db: &mut dyn Reading,
    site: SiteId,
    roots: &BTreeSet<Id>,
) -> Result<BTreeMap<Id, Vec<Id>>, Unread> {
    let mut members: BTreeMap<Id, Vec<Id>> = roots.iter().map(|root| (*root, vec![*root])).collect();
    let mut of: HashMap<Id, Id> = roots.iter().map(|root| (*root, *root)).collect();
    let mut ask = roots.clone();
    while !ask.is_empty() {
        let rows = of_site(db, &MERGED, site, ask).await?;
        let mut next = BTreeMap::new();
        for row in rows.into_iter().map(Row) {
            if let Some(root) = of.get(&row.id(1))
                && !of.contains_key(&row.id(0))
            {
                next.insert(row.id(0), *root);
            }
        }
        for (person, root) in &next {
            of.insert(*person, *root);
            members.entry(*root).or_default().push(*person);
        }
        ask = next.into_keys().collect();
    }
    Ok(members)
}
