//! Rows about happenings: whom of the register they speak of.

mod directory;

use std::collections::BTreeMap;

use kernel::Id;
use people::duplicates::Reason;
use serde::{Deserialize, Serialize};
use sheets::events::{Happening, SignUp};

pub use directory::{Directory, Found};

use crate::preview::{Duplicate, Preview, RowKept, SheetKept};

/// Somebody whom a row names, and who of the register that may be.
#[derive(Clone, Serialize, Deserialize)]
pub struct PersonKept {
    /// As the row has it.
    pub label: String,
    /// The likeliest person of the register.
    pub person: Option<Id>,
    /// Whether that is certain enough not to ask.
    pub certain: bool,
    /// Why: `phone`, `name`, `household`, `address`, `nickname`.
    pub why: Vec<String>,
    /// Everybody it may be.
    pub candidates: Vec<Id>,
}

impl PersonKept {
    fn of(label: &str, found: Found) -> Self {
        Self {
            label: label.to_owned(),
            person: found.candidates.first().copied(),
            certain: found.certain,
            why: found.why.iter().map(|why| (*why).to_owned()).collect(),
            candidates: found.candidates,
        }
    }
}

/// Says, for every row about a happening, who of the register it speaks of.
pub fn propose(preview: &mut Preview, directory: &Directory) {
    for sheet in &mut preview.sheets {
        for row in &mut sheet.rows {
            let Some(happening) = &row.happening else { continue };
            row.people = people(happening, directory);
            row.duplicate = duplicate(&row.people);
            let doubtful = row.people.iter().any(|one| !one.candidates.is_empty() && !one.certain);
            row.issues.retain(|issue| issue.code != "person_ambiguous");
            if doubtful && row.known.is_none() {
                row.issues.push(ambiguous(&sheet.mapping, row.row));
            }
        }
    }
}

fn ambiguous(mapping: &sheets::Mapping, row: u32) -> crate::preview::IssueKept {
    use sheets::Field;
    let fields = [Field::Who, Field::Label, Field::Name, Field::FreeText, Field::Wechat];
    let is = |field: &Field| {
        mapping.columns.iter().find(|map| map.target.as_ref().is_some_and(|target| target.field == *field))
    };
    let column = fields.iter().find_map(is).map_or(0, |map| map.column);
    crate::preview::IssueKept {
        cell: sheets::cell_name(row.saturating_sub(1) as usize, column),
        field: "name".to_owned(),
        code: "person_ambiguous".to_owned(),
        severity: sheets::Severity::Flag,
    }
}

fn people(happening: &Happening, directory: &Directory) -> Vec<PersonKept> {
    match happening {
        Happening::Visit(visit) => {
            let found = directory.visited(visit);
            visit.people.iter().zip(found).map(|(named, found)| PersonKept::of(&named.label, found)).collect()
        }
        Happening::SignUp(row) => {
            vec![PersonKept::of(&label_of(row), directory.signed_up(row))]
        }
        Happening::Roll(row) if row.heads.is_empty() => {
            let label = row.name.as_deref().or(row.nickname.as_deref()).unwrap_or_default();
            if label.is_empty() {
                return Vec::new();
            }
            vec![PersonKept::of(label, directory.on_roll(row))]
        }
        Happening::Roll(_) => Vec::new(),
    }
}

/// What somebody who signed up is called.
pub fn label_of(row: &SignUp) -> String {
    row.name.clone().or_else(|| row.label.clone()).unwrap_or_default()
}

/// The proposal of a row: the least certain of its people stands for them all.
fn duplicate(people: &[PersonKept]) -> Option<Duplicate> {
    let found: Vec<&PersonKept> = people.iter().filter(|one| one.person.is_some()).collect();
    let auto = !found.is_empty() && found.iter().all(|one| one.certain);
    let first = found.iter().find(|one| !one.certain).or(found.first())?;
    let reasons = first.why.iter().map(|why| reason(why)).chain(several(first));
    Some(Duplicate {
        person: first.person,
        earlier: None,
        probability: if auto { 0.99 } else { 0.5 },
        auto,
        reasons: reasons.collect(),
    })
}

fn several(one: &PersonKept) -> Option<Reason> {
    let count = one.candidates.len();
    (count > 1).then(|| Reason {
        field: "candidates".to_owned(),
        level: "several".to_owned(),
        weight: -1.0,
        words_zh: format!("登记册上有 {count} 个人都可能是"),
        words_en: format!("{count} people of the register may be meant"),
    })
}

fn reason(why: &str) -> Reason {
    let (zh, en) = match why {
        "phone" => ("电话一样", "the same phone"),
        "name" => ("姓名一样", "the same name"),
        "number" => ("户号一样", "the same household number"),
        "household" => ("和同一格里的家人是一户", "of one household with the others of the cell"),
        "address" => ("住址一样", "the same address"),
        "only" => ("登记册上只有一个人叫这个名字", "the only one of that name on the register"),
        _ => ("称呼合得上", "the nickname fits"),
    };
    Reason {
        field: why.to_owned(),
        level: "same".to_owned(),
        weight: 1.0,
        words_zh: zh.to_owned(),
        words_en: en.to_owned(),
    }
}

impl SheetKept {
    /// Whether the sheet is about happenings.
    pub fn of_happenings(&self) -> bool {
        self.mapping.kind.of_happenings()
    }

    /// Signs of a roll that nobody explained, with how many cells have them.
    pub fn signs(&self) -> BTreeMap<String, usize> {
        let mut signs = BTreeMap::new();
        for row in &self.rows {
            if let Some(Happening::Roll(roll)) = &row.happening {
                for sign in &roll.strange {
                    *signs.entry(sign.clone()).or_default() += 1;
                }
            }
        }
        signs
    }
}

impl RowKept {
    /// The persons of the register that the row is taken to speak of, in the order of its names; `same` says whether
    /// doubtful ones are taken too.
    pub fn taken(&self, same: bool) -> Vec<Option<Id>> {
        self.people.iter().map(|one| one.person.filter(|_| one.certain || same)).collect()
    }
}
