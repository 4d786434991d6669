//! Which rows may be one person: with one another, and with the register.

use std::collections::HashMap;

use kernel::Id;
use people::duplicates::{Candidate, Decision, Index, Known, Sex, candidate_of, dedup};
use sheets::TableKind;

use crate::preview::{Duplicate, Preview, RowKept, SheetKept};

/// Two rows of a file that may be one person.
#[derive(Clone, Debug)]
pub struct RowPair {
    /// Sheet and place in its rows.
    pub a: (usize, usize),
    /// The later one.
    pub b: (usize, usize),
    /// From 0 to 1.
    pub probability: f64,
    /// Whether they may be joined without asking.
    pub auto: bool,
}

fn sex(row: &RowKept) -> Sex {
    match row.values.sex.as_deref() {
        Some("F") => Sex::F,
        Some("M") => Sex::M,
        _ => Sex::U,
    }
}

/// What a row tells about its person.
fn known(sheet: &SheetKept, at: usize, housemates: &HashMap<usize, Vec<String>>) -> Known {
    let row = &sheet.rows[at];
    let values = &row.values;
    let mut members: Vec<String> = values.guardians.iter().filter_map(|one| one.name.clone()).collect();
    if let Some(block) = row.block {
        members.extend(housemates.get(&block).into_iter().flatten().cloned());
    }
    members.retain(|name| Some(name) != values.name.as_ref());
    let mut phones = values.phones.clone();
    phones.extend(values.guardians.iter().flat_map(|one| one.phones.clone()));
    let home = values.home.clone().unwrap_or_default();
    Known {
        id: None,
        names: values.name.iter().cloned().chain(values.nicknames.iter().cloned()).collect(),
        sex: sex(row),
        birth: row.dates.birth.clone(),
        phones,
        id_number: values.id_no.clone(),
        home: [home.province, home.city, home.county],
        address: values.address.clone(),
        household: row.block.map(|block| format!("{}#{block}", sheet.name)),
        members,
    }
}

/// The rows of a sheet, ready for comparison.
fn candidates(sheet: &SheetKept) -> Vec<Candidate> {
    let mut housemates: HashMap<usize, Vec<String>> = HashMap::new();
    for row in &sheet.rows {
        if let (Some(block), Some(name)) = (row.block, &row.values.name) {
            housemates.entry(block).or_default().push(name.clone());
        }
    }
    (0..sheet.rows.len()).map(|at| candidate_of(&known(sheet, at, &housemates))).collect()
}

fn comparable(sheet: &SheetKept) -> bool {
    sheet.mapping.kind != TableKind::Other && !sheet.of_happenings() && !sheet.rows.is_empty()
}

/// Proposes, for every row, with which earlier row or which person of the register it may be one; gives the pairs of
/// rows. Rows known from an earlier import are not asked about again.
pub fn propose(preview: &mut Preview, register: Option<&Index>, mut tick: impl FnMut(usize)) -> Vec<RowPair> {
    let mut places = Vec::new();
    let mut all = Vec::new();
    let mut order: Vec<usize> = (0..preview.sheets.len()).collect();
    order.sort_by_key(|at| preview.sheets[*at].old);
    for sheet in order {
        if comparable(&preview.sheets[sheet]) {
            let found = candidates(&preview.sheets[sheet]);
            places.extend((0..found.len()).map(|row| (sheet, row)));
            all.extend(found);
        }
    }
    let mut best: HashMap<usize, Duplicate> = HashMap::new();
    let mut pairs = Vec::new();
    for pair in dedup(&all) {
        if pair.decision == Decision::New {
            continue;
        }
        let auto = pair.decision == Decision::Auto;
        pairs.push(RowPair { a: places[pair.a], b: places[pair.b], probability: pair.probability, auto });
        let found = Duplicate {
            person: None,
            earlier: Some(places[pair.a]),
            probability: pair.probability,
            auto,
            reasons: pair.reasons,
        };
        better(&mut best, pair.b, found);
    }
    for (at, candidate) in all.iter().enumerate() {
        tick(at);
        let Some(register) = register else { continue };
        for scored in register.similar(candidate, 1) {
            if let (Some(person), true) = (scored.id, scored.decision != Decision::New) {
                let auto = scored.decision == Decision::Auto;
                let found = Duplicate {
                    person: Some(person),
                    earlier: None,
                    probability: scored.probability,
                    auto,
                    reasons: scored.reasons,
                };
                better(&mut best, at, found);
            }
        }
    }
    for (at, found) in best {
        let (sheet, row) = places[at];
        preview.sheets[sheet].rows[row].duplicate = Some(found);
    }
    pairs
}

/// Keeps the likelier one; a person of the register before a row, because a row may itself be that person.
fn better(best: &mut HashMap<usize, Duplicate>, at: usize, found: Duplicate) {
    let rank = |one: &Duplicate| (one.auto, one.person.is_some(), (one.probability * 1e6) as i64);
    let keep = best.get(&at).is_some_and(|kept| rank(kept) >= rank(&found));
    if !keep {
        best.insert(at, found);
    }
}

/// Marks rows that were imported before, by digest.
pub fn recognise(preview: &mut Preview, known: &HashMap<String, Id, impl std::hash::BuildHasher>) {
    for row in preview.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows) {
        row.known = known.get(&row.digest).copied();
    }
}
