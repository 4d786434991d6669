//! Reading what the roster counts: `person_row`, `person_merged`, `stay_row`, `household_row`, `household_member` and
//! `need_row`, and of the persons' records school stage, permit and insurance.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::need::Code;
use kernel::units::People;
use kernel::{Id, SiteId, Sql};
use serde_json::Value;

use super::Counted;
use super::count::Child;

use crate::tables::{Known, Roots, in_chunks, known_of, merges};

static TOTAL: Sql = Sql {
    name: "evidence.people_total",
    text: "SELECT COUNT(*) FROM person_row WHERE site = $1 AND merged = 0",
};
static CANDIDATES: Sql = Sql {
    name: "evidence.children",
    text: "SELECT no, person, sex, birth_from, birth_to, birth_year FROM person_row \
           WHERE site = $1 AND no > $2 AND (merged = 1 OR birth_to IS NULL OR birth_to > $3) \
           ORDER BY no LIMIT 20000",
};
static STAYS: Sql = Sql {
    name: "evidence.stays",
    text: "SELECT person, kind, province, tenure, since, until, no FROM stay_row \
           WHERE site = $1 AND person IN ($2)",
};
static HOMES: Sql = Sql {
    name: "evidence.homes",
    text: "SELECT m.person, h.tenure, m.since, m.until, h.no FROM household_member m \
           JOIN household_row h ON h.site = m.site AND h.household = m.household \
           WHERE m.site = $1 AND m.person IN ($2)",
};
static NEEDS: Sql = Sql {
    name: "evidence.needs",
    text: "SELECT person, code FROM need_row WHERE site = $1 AND status <> 'dismissed' AND person IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&TOTAL, &CANDIDATES, &STAYS, &HOMES, &NEEDS];

/// School stages of children.
const CHILD_STAGES: [&str; 6] = ["none", "kindergarten", "primary", "junior", "senior", "vocational"];

/// Somebody who may be a child, with all the records that stand for them.
#[derive(Default)]
struct Candidate {
    known: Known,
    /// Whether the record that stands for the others was read.
    rooted: bool,
    records: Vec<Id>,
}

/// Counts the people of a site, and gathers what is known of its children on a day.
pub async fn counted(node: &Node, site: SiteId, as_of: Date) -> Result<Counted, StoreError> {
    let rows = node.rows(TOTAL.text, vec![site.into()]).await?;
    let people = People(rows.first().map_or(0, |row| row.int(0).unsigned_abs()));
    let mut candidates = candidates(node, site, as_of).await?;
    let ids: Vec<Id> = candidates.values().flat_map(|candidate| candidate.records.iter().copied()).collect();
    let papers = papers(node, site, &ids).await?;
    let mut unknown_age = 0;
    candidates.retain(|_, candidate| {
        let age = candidate.known.age(as_of);
        let stage = paper(&papers, candidate, |paper| paper.stage.as_deref());
        let schooled = stage.is_some_and(|stage| CHILD_STAGES.contains(&stage));
        let uncertain = candidate.known.born.is_none();
        unknown_age += u64::from(uncertain && !schooled);
        age.is_some_and(|age| age < 18) || (uncertain && schooled)
    });
    let lives = lives(node, site, &candidates, as_of).await?;
    let child = |candidate: &Candidate| {
        let life = |of: fn(&Life) -> Option<&str>| {
            candidate.records.iter().find_map(|id| of(lives.get(id)?)).map(str::to_owned)
        };
        let needs = candidate.records.iter().filter_map(|id| lives.get(id)).flat_map(|life| &life.needs);
        let said = |of: fn(&Paper) -> Option<&str>| paper(&papers, candidate, of).map(str::to_owned);
        Child {
            sex: candidate.known.sex,
            age: candidate.known.age(as_of),
            province: life(|life| life.province.as_deref()),
            tenure: life(|life| life.stay_tenure.as_ref().map(|dated| dated.value.as_str()))
                .or_else(|| life(|life| life.home_tenure.as_ref().map(|dated| dated.value.as_str()))),
            stage: said(|paper| paper.stage.as_deref()),
            permit: said(|paper| paper.permit.as_deref()),
            insurance: said(|paper| paper.insurance.as_deref()),
            needs: needs.copied().collect(),
        }
    };
    Ok(Counted {
        people,
        unknown_age: People(unknown_age),
        children: candidates.values().map(child).collect(),
    })
}

/// Everybody who is not surely an adult, by the record that stands for them.
async fn candidates(node: &Node, site: SiteId, as_of: Date) -> Result<BTreeMap<Id, Candidate>, StoreError> {
    let roots = Roots::new(merges(node, site).await?);
    let adult = as_of.checked_sub(jiff::Span::new().years(18)).unwrap_or(as_of).to_string();
    let mut all: BTreeMap<Id, Candidate> = BTreeMap::new();
    let mut after = 0;
    loop {
        let rows = node.rows(CANDIDATES.text, vec![site.into(), after.into(), adult.as_str().into()]).await?;
        let Some(last) = rows.last() else { break };
        after = last.int(0);
        for row in &rows {
            let id = row.id(1);
            let root = roots.of(id);
            let candidate = all.entry(root).or_default();
            let known = known_of(row, 2);
            if id == root {
                candidate.known = known.or(candidate.known);
                candidate.records.insert(0, id);
                candidate.rooted = true;
            } else {
                candidate.known = candidate.known.or(known);
                candidate.records.push(id);
            }
        }
    }
    // Where the record that stands for the others was not read, it is an adult's.
    all.retain(|_, candidate| candidate.rooted);
    Ok(all)
}

/// What is on a person's record besides index tables.
struct Paper {
    stage: Option<String>,
    permit: Option<String>,
    insurance: Option<String>,
}

fn paper<'a>(
    papers: &'a HashMap<Id, Paper>,
    candidate: &Candidate,
    of: fn(&Paper) -> Option<&str>,
) -> Option<&'a str> {
    candidate.records.iter().find_map(|id| of(papers.get(id)?))
}

async fn papers(node: &Node, site: SiteId, ids: &[Id]) -> Result<HashMap<Id, Paper>, StoreError> {
    let mut papers = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(1000) {
        for held in node.held_many(site, "person", chunk).await? {
            let text = |value: Option<&Value>| {
                value.and_then(Value::as_str).map(str::to_owned).filter(|text| !text.is_empty())
            };
            let paper = Paper {
                stage: text(held.object().get("grade").and_then(|grade| grade.get("stage"))),
                permit: text(held.object().get("permit")),
                insurance: text(held.object().get("insurance")),
            };
            papers.insert(held.meta.id, paper);
        }
    }
    Ok(papers)
}

/// A value with since when it holds; of several the latest counts.
struct Dated {
    since: String,
    no: i64,
    value: String,
}

impl Dated {
    fn latest(slot: &mut Option<Self>, new: Self) {
        if slot.as_ref().is_none_or(|old| (&old.since, old.no) < (&new.since, new.no)) {
            *slot = Some(new);
        }
    }
}

/// How one record's person lives on the day.
#[derive(Default)]
struct Life {
    province: Option<String>,
    stay_tenure: Option<Dated>,
    home_tenure: Option<Dated>,
    needs: BTreeSet<Code>,
}

async fn lives(
    node: &Node,
    site: SiteId,
    candidates: &BTreeMap<Id, Candidate>,
    as_of: Date,
) -> Result<HashMap<Id, Life>, StoreError> {
    let ids: Vec<Id> = candidates.values().flat_map(|candidate| candidate.records.iter().copied()).collect();
    let day = as_of.to_string();
    let holds = |since: Option<&str>, until: Option<&str>| {
        since.is_none_or(|since| since <= day.as_str()) && until.is_none_or(|until| until >= day.as_str())
    };
    let mut lives: HashMap<Id, Life> = HashMap::with_capacity(ids.len());
    for row in in_chunks(node, site, STAYS.text, &ids).await? {
        let life = lives.entry(row.id(0)).or_default();
        if row.text(1) == "registered" && life.province.is_none() {
            life.province = row.opt_text(2).map(str::to_owned);
        }
        if let Some(value) = row.opt_text(3)
            && row.text(1) == "living"
            && holds(row.opt_text(4), row.opt_text(5))
        {
            let since = row.text(4).to_owned();
            Dated::latest(&mut life.stay_tenure, Dated { since, no: row.int(6), value: value.to_owned() });
        }
    }
    for row in in_chunks(node, site, HOMES.text, &ids).await? {
        let life = lives.entry(row.id(0)).or_default();
        if let Some(value) = row.opt_text(1)
            && holds(row.opt_text(2), row.opt_text(3))
        {
            let since = row.text(2).to_owned();
            Dated::latest(&mut life.home_tenure, Dated { since, no: row.int(4), value: value.to_owned() });
        }
    }
    for row in in_chunks(node, site, NEEDS.text, &ids).await? {
        let life = lives.entry(row.id(0)).or_default();
        life.needs.extend(Code::from_code(row.text(1)));
    }
    Ok(lives)
}
