//! Rows of who took part: what is known of people, and what becomes of their rows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use journal::Row;
use kernel::rollup::{Reading, Unread};
use kernel::{Changes, Id, SiteId, Val};

use super::Parts;
use super::merges::members;
use super::queries::{ATTENDED, HOMES, KNOWN, TAKEN, among, of_site};
use super::tables::{PERSON, TAKEN_PART};
use crate::tables::{Known, known_of};

/// What a row of a person is counted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    known: Known,
    province: String,
}

impl Facts {
    fn cells(&self) -> [Val; 4] {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        [
            self.known.sex.map(String::from).unwrap_or_default().into(),
            day(self.known.born.map(|born| born.0)).into(),
            day(self.known.born.map(|born| born.1)).into(),
            self.province.as_str().into(),
        ]
    }
}

/// What is known of these people now: of the record that stands for the others, and where that says nothing, of those.
pub(super) async fn facts(
    db: &mut dyn Reading,
    site: SiteId,
    people: &BTreeMap<Id, Vec<Id>>,
) -> Result<BTreeMap<Id, Facts>, Unread> {
    let all = || people.values().flatten().copied();
    let rows = of_site(db, &KNOWN, site, all()).await?;
    let known: HashMap<Id, Known> =
        rows.into_iter().map(Row).map(|row| (row.id(0), known_of(&row, 1))).collect();
    let mut homes: HashMap<Id, (String, i64, String)> = HashMap::new();
    for row in of_site(db, &HOMES, site, all()).await?.into_iter().map(Row) {
        let home = (row.text(2).to_owned(), row.int(3), row.text(1).to_owned());
        let slot = homes.entry(row.id(0)).or_default();
        if (&slot.0, slot.1) < (&home.0, home.1) {
            *slot = home;
        }
    }
    let of = |(root, members): (&Id, &Vec<Id>)| {
        let mut facts = Facts::default();
        for id in members {
            facts.known = facts.known.or(known.get(id).copied().unwrap_or_default());
            if facts.province.is_empty() {
                facts.province = homes.get(id).map(|home| home.2.clone()).unwrap_or_default();
            }
        }
        (*root, facts)
    };
    Ok(people.iter().map(of).collect())
}

/// The same of people by the record that stands for them: sex and birth, and home province.
pub(crate) async fn facts_of(
    db: &mut dyn Reading,
    site: SiteId,
    roots: &BTreeSet<Id>,
) -> Result<BTreeMap<Id, (Known, String)>, Unread> {
    let people = members(db, site, roots).await?;
    let facts = facts(db, site, &people).await?;
    Ok(facts.into_iter().map(|(id, facts)| (id, (facts.known, facts.province))).collect())
}

/// Class, unit, year.
pub(super) type Key = (&'static str, Id, i16);

/// What is added to the parts of rows.
#[derive(Default)]
pub(super) struct Deltas(pub BTreeMap<Key, Vec<(i8, String, i64)>>);

impl Deltas {
    pub fn add(&mut self, class: &'static str, unit: Id, (year, month): (i16, i8), kind: &str, by: i64) {
        self.0.entry((class, unit, year)).or_default().push((month, kind.to_owned(), by));
    }
}

/// The rows of some units as they stand.
struct Stored(BTreeMap<(Id, i16), Vec<Val>>);

async fn stored(
    db: &mut dyn Reading,
    site: SiteId,
    class: &'static str,
    units: &BTreeSet<Id>,
) -> Result<Stored, Unread> {
    let rows = among(db, &TAKEN, vec![site.into(), class.into()], units.iter().copied()).await?;
    // Numbers of a lookup may repeat to fill it up; a row is there once.
    let keyed = rows.into_iter().map(|row| {
        let row = Row(row);
        ((row.id(2), i16::try_from(row.int(3)).unwrap_or_default()), row.0)
    });
    Ok(Stored(keyed.collect()))
}

const PARTS: usize = 8;

fn row(site: SiteId, class: &str, (unit, year): (Id, i16), facts: &Facts, parts: &Parts) -> Option<Vec<Val>> {
    if parts.is_empty() {
        return None;
    }
    let mut values = vec![site.into(), class.into(), unit.into(), i64::from(year).into()];
    values.extend(facts.cells());
    values.push(parts.to_string().into());
    Some(values)
}

/// Changes rows by what is added to them; `learnt` are those of whom something else is known than before.
pub(super) async fn change(
    db: &mut dyn Reading,
    site: SiteId,
    class: &'static str,
    deltas: &Deltas,
    learnt: &BTreeSet<Id>,
    made: &mut Changes,
) -> Result<(), Unread> {
    let of_class = || deltas.0.iter().filter(|(key, _)| key.0 == class);
    let units: BTreeSet<Id> = of_class().map(|(key, _)| key.1).chain(learnt.iter().copied()).collect();
    if units.is_empty() {
        return Ok(());
    }
    let before = stored(db, site, class, &units).await?;
    let rowless = of_class().filter(|(key, _)| !before.0.contains_key(&(key.1, key.2))).map(|(key, _)| key.1);
    let known: HashSet<Id> = before.0.keys().map(|key| key.0).collect();
    let asked: BTreeSet<Id> = rowless.chain(learnt.iter().copied().filter(|id| known.contains(id))).collect();
    let facts = match class {
        PERSON if !asked.is_empty() => {
            let people = members(db, site, &asked).await?;
            facts(db, site, &people).await?
        }
        _ => BTreeMap::new(),
    };
    let keys: BTreeSet<(Id, i16)> =
        before.0.keys().copied().chain(of_class().map(|(key, _)| (key.1, key.2))).collect();
    for key in keys {
        let old = before.0.get(&key);
        let mut parts = match old.map(|row| &row[PARTS]) {
            Some(Val::Text(text)) => Parts::read(text),
            _ => Parts::default(),
        };
        for (month, kind, by) in deltas.0.get(&(class, key.0, key.1)).into_iter().flatten() {
            parts.add(*month, kind, *by);
        }
        let new = match (facts.get(&key.0), old) {
            (None, Some(old)) if !parts.is_empty() => {
                let mut values = old.clone();
                values[PARTS] = parts.to_string().into();
                Some(values)
            }
            (known, _) => row(site, class, key, &known.cloned().unwrap_or_default(), &parts),
        };
        made.note(&TAKEN_PART, old.cloned(), new);
    }
    Ok(())
}

/// Makes the rows of these people anew from their marks. Who stands for nobody any more has no marks and loses theirs.
pub(super) async fn remake(
    db: &mut dyn Reading,
    site: SiteId,
    people: &BTreeMap<Id, Vec<Id>>,
    gone: &BTreeSet<Id>,
    made: &mut Changes,
) -> Result<(), Unread> {
    let units: BTreeSet<Id> = people.keys().chain(gone).copied().collect();
    if units.is_empty() {
        return Ok(());
    }
    let before = stored(db, site, PERSON, &units).await?;
    let root: HashMap<Id, Id> =
        people.iter().flat_map(|(root, members)| members.iter().map(|id| (*id, *root))).collect();
    let mut seen = HashSet::new();
    let mut all: BTreeMap<(Id, i16), Parts> = BTreeMap::new();
    for attended in of_site(db, &ATTENDED, site, root.keys().copied()).await?.into_iter().map(Row) {
        let Some(unit) = root.get(&attended.id(0)).copied() else { continue };
        let Ok(day) = attended.text(2).parse::<jiff::civil::Date>() else { continue };
        if seen.insert((attended.id(1), unit)) {
            all.entry((unit, day.year())).or_default().add(day.month(), attended.text(3), 1);
        }
    }
    let facts = facts(db, site, people).await?;
    let keys: BTreeSet<(Id, i16)> = before.0.keys().chain(all.keys()).copied().collect();
    for key in keys {
        let parts = all.remove(&key).unwrap_or_default();
        let known = facts.get(&key.0).cloned().unwrap_or_default();
        made.note(&TAKEN_PART, before.0.get(&key).cloned(), row(site, PERSON, key, &known, &parts));
    }
    Ok(())
}
