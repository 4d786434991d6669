//! Duplicates of the register: for a new person, for an import, for all of it.

use std::collections::{HashMap, HashSet, VecDeque};

use journal::{Node, StoreError};
use kernel::{Actor, Held, Id, Role, SiteId, Sql, Use, Val};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use matching::people::{Decision, Index, Known, Reason, Scored, blocks, candidate_of};

use super::known::known_of;
use crate::person::{self, Person};
use crate::sql::rows_in;
use crate::stated;
use crate::views::PersonCard;

const MATES: &str = "SELECT m.person, h.number, h.household, h.address, o.person, p.name FROM household_member m \
    JOIN household_row h ON h.site = m.site AND h.household = m.household \
    JOIN household_member o ON o.site = m.site AND o.household = m.household \
    JOIN person_row p ON p.site = o.site AND p.person = o.person \
    WHERE m.site = $1 AND m.person IN";
const HOMES: &str = "SELECT person, province, city, county FROM stay_row \
    WHERE site = $1 AND kind = 'registered' AND person IN";
const BLOCK: &str = "SELECT DISTINCT no FROM person_block WHERE site = $1 AND text IN";
const BY_NO: &str = "SELECT person FROM person_row WHERE site = $1 AND merged = 0 AND erased = 0 AND no IN";

static LATEST: Sql =
    Sql { name: "duplicates.latest", text: "SELECT MAX(no) FROM person_row WHERE site = $1" };
static SOUND: Sql = Sql {
    name: "duplicates.sound",
    text: "SELECT no FROM person_block WHERE site = $1 AND text >= $2 AND text < $3 ORDER BY text, no LIMIT 200",
};
static ALL: Sql = Sql {
    name: "duplicates.all",
    text: "SELECT no, person FROM person_row WHERE site = $1 AND no > $2 AND merged = 0 AND erased = 0 \
        ORDER BY no LIMIT 400",
};
static DISTINCT: Sql = Sql {
    name: "duplicates.distinct",
    text: "SELECT one, two FROM distinct_row WHERE site = $1 ORDER BY one, two",
};

/// Statements here; those with lists in the shape of one entry.
pub static STATEMENTS: &[&Sql] = &[
    &LATEST,
    &SOUND,
    &ALL,
    &DISTINCT,
    &Sql {
        name: "duplicates.mates",
        text: "SELECT m.person, h.number, h.household, h.address, o.person, p.name FROM household_member m \
            JOIN household_row h ON h.site = m.site AND h.household = m.household \
            JOIN household_member o ON o.site = m.site AND o.household = m.household \
            JOIN person_row p ON p.site = o.site AND p.person = o.person \
            WHERE m.site = $1 AND m.person IN ($2) ORDER BY h.no, o.place",
    },
    &Sql {
        name: "duplicates.block",
        text: "SELECT DISTINCT no FROM person_block WHERE site = $1 AND text IN ($2) ORDER BY no LIMIT 400",
    },
    &Sql {
        name: "duplicates.by_no",
        text: "SELECT person FROM person_row WHERE site = $1 AND merged = 0 AND erased = 0 AND no IN ($2) ORDER BY no",
    },
];

/// Two people of the register who may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proposed {
    /// One of them.
    pub a: Id,
    /// The other, registered later.
    pub b: Id,
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// What to do.
    pub decision: Decision,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}

/// The same with cards, for a reader.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateView {
    /// One of them.
    pub a: PersonCard,
    /// The other, registered later.
    pub b: PersonCard,
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// What to do.
    pub decision: Decision,
    /// Why, strongest first; only of fields that the reader may read.
    pub reasons: Vec<Reason>,
}

/// What the register knows of these persons, home and household included.
pub async fn knowns(node: &Node, site: SiteId, held: &[Held]) -> Result<Vec<Known>, StoreError> {
    let list: Vec<Val> = held.iter().map(|held| held.meta.id.into()).collect();
    let mut homes: HashMap<Id, [Option<String>; 3]> = HashMap::new();
    for row in rows_in(node, site, HOMES, &list, "ORDER BY no").await? {
        homes.insert(row.id(0), [1, 2, 3].map(|at| row.opt_text(at).map(str::to_owned)));
    }
    let mut knowns: Vec<Known> =
        held.iter().map(|held| known_of(held.meta.id, &journal::state::<Person>(held))).collect();
    let places: HashMap<Id, usize> = held.iter().enumerate().map(|(at, held)| (held.meta.id, at)).collect();
    for row in rows_in(node, site, MATES, &list, "ORDER BY h.no, o.place").await? {
        let Some(known) = places.get(&row.id(0)).and_then(|at| knowns.get_mut(*at)) else { continue };
        let number = if row.text(1).is_empty() { row.text(2) } else { row.text(1) };
        if known.household.as_deref().is_none_or(|known| known != number) {
            // The household registered last counts; members of earlier ones stay as evidence.
            known.household = Some(number.to_owned());
            known.address = row.opt_text(3).map(str::to_owned);
        }
        if row.id(4) != row.id(0) {
            known.members.push(row.text(5).to_owned());
        }
    }
    for known in &mut knowns {
        if let Some(home) = known.id.and_then(|id| homes.remove(&id)) {
            known.home = home;
        }
    }
    Ok(knowns)
}

/// Everybody on the register, with weights learned from them. For imports and scans; a hundred thousand people take a
/// few seconds and some 100 MB.
pub async fn load(node: &Node, site: SiteId) -> Result<Index, StoreError> {
    let mut index = Index::new(Vec::new());
    for candidate in each(node, site, |known| candidate_of(&known)).await? {
        index.push(candidate);
    }
    index.learn();
    Ok(index)
}

/// Everybody on the register, as known. For an import that looks people up by name and phone.
pub async fn everybody(node: &Node, site: SiteId) -> Result<Vec<Known>, StoreError> {
    each(node, site, |known| known).await
}

/// Everybody on the register, made into something. Several parts are read side by side: most of the time goes into
/// unsealing.
async fn each<T: Send + 'static>(
    node: &Node,
    site: SiteId,
    make: impl Fn(Known) -> T + Copy + Send + 'static,
) -> Result<Vec<T>, StoreError> {
    let together = std::thread::available_parallelism().map_or(2, std::num::NonZero::get).min(4);
    let (mut all, mut reading) = (Vec::new(), VecDeque::new());
    let mut after = Some(0);
    loop {
        while let (Some(from), true) = (after, reading.len() < together) {
            let rows = node.rows(ALL.text, vec![site.into(), from.into()]).await?;
            after = rows.last().map(|row| row.int(0));
            let persons: Vec<Id> = rows.iter().map(|row| row.id(1)).collect();
            if !persons.is_empty() {
                reading.push_back(tokio::spawn(part(node.clone(), site, persons, make)));
            }
        }
        let Some(part) = reading.pop_front() else { return Ok(all) };
        all.extend(part.await.map_err(|error| StoreError::Failed(error.to_string()))??);
    }
}

/// These persons, made into something.
async fn part<T>(
    node: Node,
    site: SiteId,
    persons: Vec<Id>,
    make: impl Fn(Known) -> T,
) -> Result<Vec<T>, StoreError> {
    let held = node.held_many(site, "person", &persons).await?;
    Ok(knowns(&node, site, &held).await?.into_iter().map(make).collect())
}

/// People of the register who may be this one, most likely first. For a new person; an import loads an [`Index`].
pub async fn similar(
    node: &Node,
    site: SiteId,
    known: &Known,
    limit: usize,
) -> Result<Vec<Scored>, StoreError> {
    let names: Vec<&str> = known.names.iter().map(String::as_str).collect();
    let id = known.id_number.as_deref().and_then(|id| names::idno::check(id).ok());
    let birth =
        known.birth.as_ref().map(stated::range).or_else(|| id.as_ref().map(|id| (id.birth, id.birth)));
    let sought = blocks::sought(&names, birth, &known.phones, id.as_ref().map(|id| id.number.as_str()));
    let keys: Vec<Val> = sought.iter().map(|key| key.as_str().into()).collect();
    let rows = rows_in(node, site, BLOCK, &keys, "ORDER BY no LIMIT 400").await?;
    let mut nos: HashSet<i64> = rows.iter().map(|row| row.int(0)).collect();
    if birth.and_then(blocks::years).is_none() {
        for key in blocks::sought_yearless(&names) {
            let values = vec![site.into(), key.as_str().into(), format!("{key}~").into()];
            nos.extend(node.rows(SOUND.text, values).await?.iter().map(|row| row.int(0)));
        }
    }
    if nos.is_empty() {
        return Ok(Vec::new());
    }
    let mut nos: Vec<i64> = nos.into_iter().collect();
    nos.sort_unstable();
    let list: Vec<Val> = nos.into_iter().map(Val::from).collect();
    let rows = rows_in(node, site, BY_NO, &list, "ORDER BY no").await?;
    let persons: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.held_many(site, "person", &persons).await?;
    let near = knowns(node, site, &held).await?.iter().map(candidate_of).collect();
    let latest = node.rows(LATEST.text, vec![site.into()]).await?;
    // The number is the journal's: a few commands for each person.
    let people = latest.first().map_or(0, |row| row.int(0)).max(0) as usize / 2;
    let index = Index::of_some(near, people);
    let distinct = distinct(node, site).await?;
    let mut found = index.similar(&candidate_of(known), limit + distinct.len().min(50));
    found.retain(|scored| match (known.id, scored.id) {
        (Some(a), Some(b)) => !distinct.contains(&(a.min(b), a.max(b))),
        _ => true,
    });
    found.truncate(limit);
    Ok(found)
}

/// The same for a person on the register.
pub async fn similar_to(
    node: &Node,
    site: SiteId,
    person: Id,
    limit: usize,
) -> Result<Vec<Scored>, StoreError> {
    let Some(held) = node.held(site, "person", person).await? else { return Ok(Vec::new()) };
    match knowns(node, site, &[held]).await?.pop() {
        Some(known) => similar(node, site, &known, limit).await,
        None => Ok(Vec::new()),
    }
}

/// The pairs that were stated to be two people, the smaller id first.
async fn distinct(node: &Node, site: SiteId) -> Result<HashSet<(Id, Id)>, StoreError> {
    let rows = node.rows(DISTINCT.text, vec![site.into()]).await?;
    Ok(rows.iter().map(|row| (row.id(0).min(row.id(1)), row.id(0).max(row.id(1)))).collect())
}

/// Every pair of the register worth showing, most likely first, without those stated to be two people. Loads everybody:
/// keep the answer until the register has changed.
pub async fn scan(node: &Node, site: SiteId) -> Result<Vec<Proposed>, StoreError> {
    let index = load(node, site).await?;
    let distinct = distinct(node, site).await?;
    let id = |at: usize| index.get(at).and_then(|item| item.id);
    let pairs = index.scan().into_iter().filter_map(|pair| {
        let (a, b) = (id(pair.a)?, id(pair.b)?);
        (!distinct.contains(&(a.min(b), a.max(b)))).then_some(Proposed {
            a,
            b,
            probability: pair.probability,
            decision: pair.decision,
            reasons: pair.reasons,
        })
    });
    Ok(pairs.collect())
}

/// Proposed pairs with cards: those of which the actor may read both and none was merged or withdrawn since.
pub async fn views(
    node: &Node,
    actor: &Actor,
    proposed: &[Proposed],
) -> Result<Vec<DuplicateView>, StoreError> {
    let mut wanted: Vec<Id> = proposed.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let distinct = distinct(node, actor.site).await?;
    let held = node.visible(actor, "person", &wanted, Use::Read).await?;
    let readable: Vec<Id> = held.iter().map(|held| held.meta.id).collect();
    let cards: HashMap<Id, PersonCard> =
        person::cards(node, actor, &readable).await?.into_iter().map(|card| (card.id, card)).collect();
    let live = |id: &Id| cards.get(id).filter(|card| card.merged_into.is_none()).cloned();
    Ok(proposed
        .iter()
        .filter(|pair| !distinct.contains(&(pair.a.min(pair.b), pair.a.max(pair.b))))
        .filter_map(|pair| {
            Some(DuplicateView {
                a: live(&pair.a)?,
                b: live(&pair.b)?,
                probability: pair.probability,
                decision: pair.decision,
                reasons: readable_reasons(&pair.reasons, actor.role),
            })
        })
        .collect())
}

/// Reasons about fields that a role may read.
fn readable_reasons(reasons: &[Reason], role: Role) -> Vec<Reason> {
    use kernel::Label::{Contact, Identity, Plain};
    let label = |field: &str| match field {
        "name" | "birth" | "id_number" | "members" => Identity,
        "phone" | "address" => Contact,
        _ => Plain,
    };
    reasons.iter().filter(|reason| label(&reason.field).readable_by(role)).cloned().collect()
}
