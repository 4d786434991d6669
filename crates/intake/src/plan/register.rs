//! What is on the register of the people whom rows were matched with: loaded before planning, so that planning is pure.

use std::collections::{HashMap, HashSet};

use journal::{Node, StoreError};
use kernel::{Actor, Id, Object, Use};
use serde_json::Value;

use super::{Gathering, bodies};
use crate::preview::{Preview, RowKept};
use crate::queries;

/// The register's records of the people matched, and what hangs on them.
#[derive(Default)]
pub struct Register {
    persons: HashMap<Id, Object>,
    stays: HashSet<(Id, String)>,
    needs: HashSet<(Id, String)>,
    ties: HashSet<(Id, Id)>,
    guardians: HashMap<(Id, String), Id>,
    households: HashMap<Id, Id>,
    members: HashMap<Id, Vec<Value>>,
    workers: Vec<(String, Id)>,
    gatherings: HashMap<usize, Gathering>,
}

impl Register {
    /// Loads what a preview's rows were matched with.
    pub async fn load(node: &Node, actor: &Actor, preview: &Preview) -> Result<Self, StoreError> {
        let rows = preview.sheets.iter().filter(|sheet| !sheet.of_happenings()).flat_map(|sheet| &sheet.rows);
        let mut ids: Vec<Id> = rows
            .flat_map(|row| [row.known, row.duplicate.as_ref().and_then(|found| found.person)])
            .flatten()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut register = Self::default();
        for row in node.rows(queries::WORKERS.text, vec![actor.site.into()]).await? {
            register.workers.push((names::fold(row.text(1)), row.id(0)));
        }
        for chunk in ids.chunks(2_000) {
            for held in node.visible(actor, "person", chunk, Use::Read).await? {
                register.persons.insert(held.meta.id, held.object().clone());
            }
        }
        register.gather(node, actor, preview).await?;
        for id in ids {
            register.around(node, actor, id).await?;
        }
        Ok(register)
    }

    /// Loads the activity that each roll or list of sign-ups is about, where there is one of its title.
    async fn gather(&mut self, node: &Node, actor: &Actor, preview: &Preview) -> Result<(), StoreError> {
        let sheets = preview.sheets.iter().enumerate();
        let wanted: Vec<(usize, String)> = sheets
            .filter(|(_, sheet)| sheet.chosen && sheet.of_happenings())
            .map(|(at, sheet)| (at, names::fold(&sheet.event.title)))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let rows = node.rows(queries::ACTIVITIES.text, vec![actor.site.into()]).await?;
        let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
        for held in node.visible(actor, "activity", &ids, Use::Read).await? {
            let title =
                held.object().get("title").and_then(Value::as_str).map(names::fold).unwrap_or_default();
            for (at, _) in wanted.iter().filter(|(_, wanted)| *wanted == title) {
                let gathering = self.gatherings.entry(*at).or_default();
                if gathering.activity.is_some() {
                    continue;
                }
                gathering.activity = Some(held.meta.id);
                let key = vec![actor.site.into(), held.meta.id.into()];
                for row in node.rows(queries::SESSIONS.text, key).await? {
                    if let Ok(day) = row.text(1).parse() {
                        gathering.sessions.entry(day).or_insert(row.id(0));
                    }
                }
            }
        }
        Ok(())
    }

    /// The activity that a sheet is about.
    pub fn gathering(&self, sheet: usize) -> Gathering {
        self.gatherings.get(&sheet).cloned().unwrap_or_default()
    }

    async fn around(&mut self, node: &Node, actor: &Actor, person: Id) -> Result<(), StoreError> {
        let key = vec![actor.site.into(), person.into()];
        for row in node.rows(queries::STAYS.text, key.clone()).await? {
            self.stays.insert((person, row.text(0).to_owned()));
        }
        for row in node.rows(queries::NEEDS.text, key.clone()).await? {
            self.needs.insert((person, row.text(0).to_owned()));
        }
        let others: Vec<Id> =
            node.rows(queries::TIES.text, key.clone()).await?.iter().map(|row| row.id(0)).collect();
        for held in node.visible(actor, "person", &others, Use::Read).await? {
            self.ties.insert((person, held.meta.id));
            let other: people::Person = journal::state(&held);
            for name in &other.names {
                for phone in
                    other.numbers().iter().map(|phone| names::phone::fold(phone)).chain([String::new()])
                {
                    let key = format!("{}|{phone}", names::fold(&name.text));
                    self.guardians.insert((person, key), held.meta.id);
                }
            }
        }
        if let Some(row) = node.rows(queries::HOUSEHOLDS.text, key).await?.first() {
            let household = row.id(0);
            self.households.insert(person, household);
            if let Some(held) = node.visible_one(actor, "household", household, Use::Read).await? {
                let members = held.object().get("members").and_then(Value::as_array).cloned();
                self.members.insert(household, members.unwrap_or_default());
            }
        }
        Ok(())
    }

    /// What a row adds to a person: fields that were empty, names and phones that were missing. Nothing that is there is
    /// overwritten; an earlier state of a table adds names only.
    pub fn missing(
        &self,
        person: Id,
        row: &RowKept,
        _source: &Value,
        old: bool,
    ) -> Vec<(String, Value, Value)> {
        let Some(object) = self.persons.get(&person) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for (field, value) in bodies::person_fields(row) {
            if old && field != "names" {
                continue;
            }
            let before = object.get(field).cloned().unwrap_or_default();
            let after = match field {
                "names" => united(&before, &value, "text"),
                "phones" => united(&before, &value, "number"),
                "sex" if before == "U" => value,
                "sex" => continue,
                _ if before.is_null() => value,
                _ => continue,
            };
            if after != before {
                changes.push((field.to_owned(), before, after));
            }
        }
        changes
    }

    /// The account of a worker by the name that colleagues see.
    pub fn worker(&self, name: &str) -> Option<Id> {
        let folded = names::fold(name);
        let mut found = self.workers.iter().filter(|(known, _)| *known == folded);
        found.next().filter(|_| found.next().is_none()).map(|(_, account)| *account)
    }

    /// Whether the person has a stay of this kind.
    pub fn has_stay(&self, person: Id, kind: &str) -> bool {
        self.stays.contains(&(person, kind.to_owned()))
    }

    /// Whether the need was heard of the person before.
    pub fn has_need(&self, person: Id, code: &str) -> bool {
        self.needs.contains(&(person, code.to_owned()))
    }

    /// Whether the two are tied.
    pub fn has_tie(&self, person: Id, other: Id) -> bool {
        self.ties.contains(&(person, other))
    }

    /// A guardian of the child by name and phone.
    pub fn guardian(&self, child: Id, key: &str) -> Option<Id> {
        self.guardians.get(&(child, key.to_owned())).copied()
    }

    /// The household of a person.
    pub fn household(&self, person: Id) -> Option<Id> {
        self.households.get(&person).copied()
    }

    /// The members of a household with those who are not in it yet.
    pub fn new_members(&self, household: Id, list: &[Value]) -> Vec<(String, Value, Value)> {
        let Some(there) = self.members.get(&household) else { return Vec::new() };
        let before = Value::Array(there.clone());
        let after = united(&before, &Value::Array(list.to_vec()), "person");
        if after == before { Vec::new() } else { vec![("members".to_owned(), before, after)] }
    }
}

/// What is there, and of the other what has another `key`.
fn united(there: &Value, other: &Value, key: &str) -> Value {
    let mut all = there.as_array().cloned().unwrap_or_default();
    let folded = |value: &Value| {
        let text = value.get(key).and_then(Value::as_str).unwrap_or_default();
        if key == "number" { names::phone::fold(text) } else { names::fold(text) }
    };
    for value in other.as_array().into_iter().flatten() {
        if all.iter().all(|known| folded(known) != folded(value)) {
            all.push(value.clone());
        }
    }
    Value::Array(all)
}
