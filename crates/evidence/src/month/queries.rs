//! Reading the marks of a month: `participation_row`, `participation_person`, `session_row`, `activity_row`.

use std::collections::HashSet;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::units::Participations;
use kernel::{Id, SiteId, Sql};

use super::count::{Anonymous, KindName, Known};
use crate::tables::{self, Roots, merges};

static MARKS: Sql = Sql {
    name: "evidence.marks",
    text: "SELECT p.session, a.kind, p.kind, p.household, p.count, p.claimed, p.sex, p.age FROM session_row s \
           JOIN participation_row p ON p.site = s.site AND p.session = s.session \
           JOIN activity_row a ON a.site = p.site AND a.activity = p.activity \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 AND p.kind <> 'person'",
};
static PEOPLE: Sql = Sql {
    name: "evidence.participants",
    text: "SELECT p.session, p.person, s.day, a.kind FROM session_row s \
           JOIN participation_person p ON p.site = s.site AND p.session = s.session \
           JOIN activity_row a ON a.site = p.site AND a.activity = p.activity \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 ORDER BY s.day, p.session, p.person",
};

static KINDS: Sql = Sql {
    name: "evidence.kinds",
    text: "SELECT code, zh, en FROM activity_kind_row WHERE site = $1 ORDER BY no, kind",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&MARKS, &PEOPLE, &KINDS];

/// The kinds of activity that a site named itself, or named anew.
pub async fn kinds(node: &Node, site: SiteId) -> Result<Vec<KindName>, StoreError> {
    let rows = node.rows(KINDS.text, vec![site.into()]).await?;
    let name = |row: &journal::Row| KindName {
        code: row.text(0).to_owned(),
        zh: row.text(1).to_owned(),
        en: row.text(2).to_owned(),
    };
    Ok(rows.iter().map(name).collect())
}

/// The marks of sessions between two days: known people, each once per session, and what nobody is known for.
pub async fn marks(
    node: &Node,
    site: SiteId,
    (from, to): (Date, Date),
) -> Result<(Vec<Known>, Vec<Anonymous>), StoreError> {
    let values = vec![site.into(), from.to_string().into(), to.to_string().into()];
    let rows = node.rows(PEOPLE.text, values.clone()).await?;
    let roots = Roots::new(merges(node, site).await?);
    let mut persons: Vec<Id> = rows.iter().flat_map(|row| [row.id(1), roots.of(row.id(1))]).collect();
    persons.sort_unstable();
    persons.dedup();
    let facts = tables::known(node, site, &persons).await?;
    let mut seen = HashSet::new();
    let mut known = Vec::with_capacity(rows.len());
    for row in &rows {
        let (session, record) = (row.id(0), row.id(1));
        let person = roots.of(record);
        if !seen.insert((session, person)) {
            continue;
        }
        let fact = |id: &Id| facts.get(id).copied().unwrap_or_default();
        let fact = fact(&person).or(fact(&record));
        let age = row.text(2).parse::<Date>().ok().and_then(|day| fact.age(day));
        known.push(Known { session, person, kind: row.text(3).to_owned(), sex: fact.sex, age });
    }
    let marks = node.rows(MARKS.text, values).await?;
    let anonymous = marks.iter().map(|row| {
        let left = u64::try_from(row.int(4) - row.int(5)).unwrap_or_default();
        let household = row.text(2) == "household";
        Anonymous {
            session: row.id(0),
            kind: row.text(1).to_owned(),
            household: if household { row.opt_id(3) } else { None },
            count: Participations(if household { 0 } else { left }),
            sex: row.text(6).chars().next(),
            child: row.opt_text(7).map(|age| age == "child"),
        }
    });
    Ok((known, anonymous.collect()))
}
