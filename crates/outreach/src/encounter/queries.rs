//! Finding encounters.

use jiff::civil::Date;
use journal::{Node, Row, StoreError, placeholders};
use kernel::page::{Page, limit};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::views::{EncounterCard, EncounterPage};
use crate::need;

static LIST: Sql = Sql {
    name: "outreach.encounters",
    text: "SELECT e.encounter FROM encounter_row e WHERE e.site = $1 \
           AND (e.day < $2 OR (e.day = $2 AND e.encounter < $3))",
};
static OF_PERSONS: Sql = Sql {
    name: "outreach.encounters_of",
    text: "SELECT e.encounter, e.day FROM encounter_person e WHERE e.site = $1 AND e.person IN ($2)",
};

static AT_PLACE: Sql = Sql {
    name: "outreach.encounters_at",
    text: "SELECT e.encounter FROM encounter_row e WHERE e.site = $1 AND e.place = $2 \
           AND (e.day < $3 OR (e.day = $3 AND e.encounter < $4))",
};
static OF_TEAM: Sql = Sql {
    name: "outreach.encounters_of_team",
    text: "SELECT t.encounter, t.day FROM encounter_team t WHERE t.site = $1 AND t.who IN ($2)",
};
static FOLLOW_UPS: Sql = Sql {
    name: "outreach.follow_ups",
    text: "SELECT e.encounter FROM encounter_row e WHERE e.site = $1 AND e.follow_up <= $2",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &OF_PERSONS, &AT_PLACE, &OF_TEAM, &FOLLOW_UPS];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "e.site",
    id: "e.encounter",
    made_by: "e.made_by",
    within: &["e.encounter", "e.household"],
};

/// Encounters in the actor's scope, the latest first. Those that an assignment reaches only through a person are
/// found at the person.
pub async fn list(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<EncounterCard>, StoreError> {
    let limit = limit(asked);
    let (day, id) = after.and_then(|text| text.split_once('|')).unwrap_or(("~", "~"));
    let mut values = vec![actor.site.into(), day.into(), id.into()];
    let scoped = scope(actor, "encounter", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY e.day DESC, e.encounter DESC LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let cards = of_rows(node, actor, &rows).await?;
    Ok(Page::cut(cards, limit, |card| format!("{}|{}", card.day, card.id)))
}

/// Encounters at a place, the latest first.
pub async fn at_place(
    node: &Node,
    actor: &Actor,
    place: Id,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<EncounterCard>, StoreError> {
    let limit = limit(asked);
    let (day, id) = after.and_then(|text| text.split_once('|')).unwrap_or(("~", "~"));
    let mut values = vec![actor.site.into(), place.into(), day.into(), id.into()];
    let scoped = scope(actor, "encounter", Use::Read).sql(&COLUMNS, &mut values);
    let sql =
        format!("{} AND {scoped} ORDER BY e.day DESC, e.encounter DESC LIMIT {}", AT_PLACE.text, limit + 1);
    let cards = of_rows(node, actor, &node.rows(&sql, values).await?).await?;
    Ok(Page::cut(cards, limit, |card| format!("{}|{}", card.day, card.id)))
}

/// The encounters of a list of people, each once, the latest first; `base` has the people as its second place.
async fn of_people(
    node: &Node,
    actor: &Actor,
    base: &str,
    order: &str,
    (persons, asked): (&[Id], usize),
) -> Result<Vec<EncounterCard>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let base = base.replace("$2", &placeholders(2, persons.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(persons.iter().map(|id| Val::from(*id)));
    let sql = format!("{base} ORDER BY {order} LIMIT {}", limit(asked));
    let mut rows = node.rows(&sql, values).await?;
    rows.dedup_by(|a, b| a.id(0) == b.id(0));
    of_rows(node, actor, &rows).await
}

/// Encounters at which this person, or one merged into it, took part as a volunteer, the latest first.
pub async fn of_volunteers(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    asked: usize,
) -> Result<Vec<EncounterCard>, StoreError> {
    of_people(node, actor, OF_TEAM.text, "t.day DESC, t.encounter DESC", (persons, asked)).await
}

/// Encounters whose follow-up is due by this day, those due first first. For Today.
pub async fn follow_ups(node: &Node, actor: &Actor, day: Date) -> Result<Vec<EncounterCard>, StoreError> {
    let mut values = vec![actor.site.into(), day.to_string().into()];
    let scoped = scope(actor, "encounter", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY e.follow_up, e.encounter LIMIT 100", FOLLOW_UPS.text);
    of_rows(node, actor, &node.rows(&sql, values).await?).await
}

/// Encounters with a person and with those merged into it, the latest first.
pub async fn of_persons(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    asked: usize,
) -> Result<Vec<EncounterCard>, StoreError> {
    of_people(node, actor, OF_PERSONS.text, "e.day DESC, e.encounter DESC", (persons, asked)).await
}

/// One encounter with the needs heard at it, if it is in the actor's scope.
pub async fn page(node: &Node, actor: &Actor, id: Id) -> Result<Option<EncounterPage>, StoreError> {
    let held = node.visible(actor, "encounter", &[id], Use::Read).await?;
    let Some(held) = held.first() else { return Ok(None) };
    let needs = need::queries::of_encounter(node, actor, id).await?;
    Ok(Some(EncounterPage { encounter: EncounterCard::of(held, actor), needs }))
}

async fn of_rows(node: &Node, actor: &Actor, rows: &[Row]) -> Result<Vec<EncounterCard>, StoreError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "encounter", &ids, Use::Read).await?;
    Ok(held.iter().map(|held| EncounterCard::of(held, actor)).collect())
}
