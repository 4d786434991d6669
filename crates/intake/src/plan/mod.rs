//! From decided rows to bundles of commands. Deterministic: the same preview gives the same ids, so that an import that
//! was cut off goes on where it stopped.

mod bodies;
mod gatherings;
mod register;
mod visits;

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{Envelope, Id};
use serde_json::{Value, json};
use sheets::TableKind;

pub use gatherings::Gathering;
pub use register::Register;

use crate::line::{Amended, Line, LineRow, Made};
use crate::preview::{Choice, Preview, RowKept, SheetKept};

/// Commands that belong together, and the rows they come from.
#[derive(Clone)]
pub struct Bundle {
    /// The commands, with the line that notes them last.
    pub commands: Vec<Envelope>,
    /// Name of the sheet.
    pub sheet: String,
    /// First row.
    pub row: u32,
    /// How many rows.
    pub rows: u32,
    /// Persons made, persons that were there, records made.
    pub counts: (u32, u32, u32),
}

/// Turns a preview into bundles.
pub struct Planner<'a> {
    preview: &'a Preview,
    register: &'a Register,
    at: Timestamp,
    /// The person of each row that was planned.
    persons: HashMap<(usize, usize), Id>,
    /// Grown-ups named as guardians, by name and phone.
    guardians: HashMap<String, Id>,
    /// Households made for a person.
    households: HashMap<Id, Id>,
    /// People made out of names that the register does not have.
    strangers: HashMap<String, Id>,
}

/// A bundle being made.
struct Draft {
    key: Id,
    commands: Vec<(String, Id, Value)>,
    line: Line,
    counts: (u32, u32, u32),
}

impl Draft {
    fn make(&mut self, noun: &str, verb: &str, id: Id, body: Value) {
        self.commands.push((verb.to_owned(), id, body));
        self.line.made.push(Made { noun: noun.to_owned(), id });
        self.counts.2 += 1;
    }

    fn amend(&mut self, noun: &str, id: Id, changes: Vec<(String, Value, Value)>) {
        if changes.is_empty() {
            return;
        }
        let body: serde_json::Map<String, Value> =
            changes.iter().map(|(field, _, after)| (field.clone(), after.clone())).collect();
        self.commands.push((format!("{noun}.amend"), id, Value::Object(body)));
        self.line.amended.extend(changes.into_iter().map(|(field, before, after)| Amended {
            noun: noun.to_owned(),
            id,
            field,
            before,
            after,
        }));
    }
}

impl<'a> Planner<'a> {
    /// A planner; `register` holds what is there of the people that rows were matched with.
    pub fn new(preview: &'a Preview, register: &'a Register, at: Timestamp) -> Self {
        Self {
            preview,
            register,
            at,
            persons: HashMap::new(),
            guardians: HashMap::new(),
            households: HashMap::new(),
            strangers: HashMap::new(),
        }
    }

    /// Every bundle, in the order of the file.
    pub fn bundles(mut self) -> Vec<Bundle> {
        let mut bundles = Vec::new();
        let mut order: Vec<usize> =
            (0..self.preview.sheets.len()).filter(|at| self.preview.sheets[*at].chosen).collect();
        order.sort_by_key(|at| self.preview.sheets[*at].old);
        for sheet in order {
            if matches!(self.preview.sheets[sheet].mapping.kind, TableKind::Roll | TableKind::SignUps) {
                bundles.extend(self.gathering(sheet));
                continue;
            }
            if self.preview.sheets[sheet].of_happenings() {
                bundles.extend(
                    (0..self.preview.sheets[sheet].rows.len()).filter_map(|at| self.visit(sheet, at)),
                );
                continue;
            }
            for rows in groups(&self.preview.sheets[sheet]) {
                bundles.extend(self.bundle(sheet, &rows));
            }
        }
        bundles
    }

    fn bundle(&mut self, sheet: usize, rows: &[usize]) -> Option<Bundle> {
        let kept = &self.preview.sheets[sheet];
        let first = rows.first().map(|at| kept.rows[*at].row)?;
        let key = self.preview.id.0.derive(&format!("bundle:{sheet}:{first}"));
        let line = Line { batch: self.preview.id, ..Line::default() };
        let mut draft = Draft { key, commands: Vec::new(), line, counts: (0, 0, 0) };
        let mut members = Vec::new();
        for at in rows {
            if let Some((person, fresh)) = self.person(sheet, *at, &mut draft) {
                members.push((*at, person, fresh));
            }
        }
        self.household(sheet, &members, &mut draft);
        if draft.line.rows.is_empty() || (draft.commands.is_empty() && self.all_known(sheet, rows)) {
            return None;
        }
        Some(self.sealed(draft, kept.name.clone(), first))
    }

    fn all_known(&self, sheet: usize, rows: &[usize]) -> bool {
        rows.iter().all(|at| self.preview.sheets[sheet].rows[*at].known.is_some())
    }

    fn sealed(&self, draft: Draft, sheet: String, row: u32) -> Bundle {
        let rows = draft.line.rows.len() as u32;
        let mut line = draft.line;
        // Rows that were known before stand in an earlier line.
        line.rows.retain(|row| !row.digest.is_empty());
        let mut commands = draft.commands;
        let body = serde_json::to_value(&line).unwrap_or_default();
        commands.push(("import_line.note".to_owned(), draft.key.derive("line"), body));
        let envelopes = commands.into_iter().enumerate().map(|(place, (verb, record, body))| Envelope {
            id: draft.key.derive(&format!("command:{place}")),
            verb,
            record,
            base: None,
            at: self.at,
            device: "import".into(),
            bundle: Some(draft.key),
            reason: None,
            body,
        });
        Bundle { commands: envelopes.collect(), sheet, row, rows, counts: draft.counts }
    }

    /// Plans the person of a row; gives it and whether it is made now.
    fn person(&mut self, sheet: usize, at: usize, draft: &mut Draft) -> Option<(Id, bool)> {
        let kept = &self.preview.sheets[sheet];
        let row = &kept.rows[at];
        let choice = self.preview.choice(row);
        if choice == Choice::Skip {
            return None;
        }
        let same = match choice {
            Choice::Same => row.known.or_else(|| self.proposed(row)),
            _ => None,
        };
        // An earlier state of another table never makes people: what it says of strangers stays out.
        if same.is_none() && kept.old && row.choice.is_none() {
            return None;
        }
        let note = LineRow {
            sheet: sheet as u32,
            row: row.row,
            digest: if row.known.is_some() { String::new() } else { row.digest.clone() },
            person: Id::default(),
        };
        let (person, fresh) = if let Some(person) = same {
            draft.counts.1 += 1;
            if row.known.is_none() {
                let changes = self.register.missing(person, row, &self.source(kept, row), kept.old);
                draft.amend("person", person, changes);
            }
            (person, false)
        } else {
            let person = self.preview.id.0.derive(&format!("person:{sheet}:{}", row.row));
            let body = bodies::person(row, &self.source(kept, row));
            draft.make("person", "person.create", person, body);
            draft.counts.0 += 1;
            (person, true)
        };
        self.persons.insert((sheet, at), person);
        draft.line.rows.push(LineRow { person, ..note });
        if row.known.is_none() && !kept.old {
            self.around(sheet, at, (person, fresh), draft);
        }
        Some((person, fresh))
    }

    fn proposed(&self, row: &RowKept) -> Option<Id> {
        let found = row.duplicate.as_ref()?;
        found.person.or_else(|| found.earlier.and_then(|place| self.persons.get(&place).copied()))
    }

    fn source(&self, sheet: &SheetKept, row: &RowKept) -> Value {
        json!({ "batch": self.preview.id, "sheet": sheet.name, "row": row.row })
    }

    /// Stays, guardians and needs of a row.
    fn around(&mut self, sheet: usize, at: usize, (person, fresh): (Id, bool), draft: &mut Draft) {
        let kept = &self.preview.sheets[sheet];
        let row = &kept.rows[at];
        let source = self.source(kept, row);
        let base = self.preview.id.0.derive(&format!("row:{sheet}:{}", row.row));
        for (kind, body) in bodies::stays(row, person, &source) {
            if fresh || !self.register.has_stay(person, kind) {
                draft.make("stay", "stay.create", base.derive(kind), body);
            }
        }
        let needs = if kept.mapping.kind == sheets::TableKind::Other { &[][..] } else { &row.needs[..] };
        for code in needs {
            if !self.register.has_need(person, code) {
                let words = row.values.remark.clone().unwrap_or_default();
                let body = json!({ "person": person, "code": code, "words": words, "from_remark": true });
                draft.make("need", "need.hear", base.derive(&format!("need:{code}")), body);
            }
        }
        for place in 0..row.values.guardians.len() {
            self.guardian((sheet, at), place, (person, base), draft);
        }
    }

    fn guardian(
        &mut self,
        (sheet, at): (usize, usize),
        place: usize,
        (child, base): (Id, Id),
        draft: &mut Draft,
    ) {
        let kept = &self.preview.sheets[sheet];
        let row = &kept.rows[at];
        let guardian = &row.values.guardians[place];
        let Some(name) = guardian.name.as_deref().filter(|name| !name.is_empty()) else { return };
        let kind = bodies::tie_kind(guardian.relation.as_deref());
        let phone = guardian.phones.first().map(String::as_str).unwrap_or_default();
        let key = format!("{}|{phone}", names::fold(name));
        let known = self.guardians.get(&key).copied().or_else(|| self.register.guardian(child, &key));
        let adult = known.unwrap_or_else(|| {
            let adult = self.preview.id.0.derive(&format!(
                "guardian:{key}:{}",
                if phone.is_empty() { base.to_string() } else { String::new() }
            ));
            let body = bodies::guardian(guardian, kind, &self.source(kept, row));
            draft.make("person", "person.create", adult, body);
            adult
        });
        if !phone.is_empty() {
            self.guardians.insert(key, adult);
        }
        if !self.register.has_tie(child, adult) {
            let body = json!({ "person": child, "other": adult, "kind": kind });
            draft.make("tie", "tie.create", base.derive(&format!("tie:{place}")), body);
        }
    }

    /// The household of a block of rows: a new one, or that of a head who is known already.
    fn household(&mut self, sheet: usize, members: &[(usize, Id, bool)], draft: &mut Draft) {
        let kept = &self.preview.sheets[sheet];
        let Some((first, head, _)) = members.first().copied() else { return };
        let row = &kept.rows[first];
        if row.block.is_none() || kept.old || members.iter().all(|(at, ..)| kept.rows[*at].known.is_some()) {
            return;
        }
        let list: Vec<Value> = members
            .iter()
            .map(|(at, person, _)| bodies::member(&kept.rows[*at], *person, *at == first))
            .collect();
        let there = members.iter().find_map(|(_, person, _)| {
            self.households.get(person).copied().or(self.register.household(*person))
        });
        if let Some(household) = there {
            let changes = self.register.new_members(household, &list);
            draft.amend("household", household, changes);
        } else {
            let household = self.preview.id.0.derive(&format!("household:{sheet}:{}", row.row));
            let body = bodies::household(row, &list, &self.source(kept, row));
            draft.make("household", "household.create", household, body);
            for (_, person, _) in members {
                self.households.insert(*person, household);
            }
            self.households.insert(head, household);
        }
    }
}

/// Rows that make one bundle: a household, or a single row.
fn groups(sheet: &SheetKept) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in 0..sheet.rows.len() {
        let block = sheet.rows[at].block;
        match groups.last_mut() {
            Some(group)
                if block.is_some() && group.last().is_some_and(|last| sheet.rows[*last].block == block) =>
            {
                group.push(at);
            }
            _ => groups.push(vec![at]),
        }
    }
    groups
}
