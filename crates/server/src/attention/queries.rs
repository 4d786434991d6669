//! The statements of [`super`]: over the rows of several contexts, read only.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, scope};

/// Who was met in a span of days and not since, neither by themselves nor under a record that was merged into theirs.
static LAST_MET: Sql = Sql {
    name: "server.last_met",
    text: "SELECT e.day, e.person FROM encounter_person e \
           JOIN person_row p ON p.site = e.site AND p.person = e.person \
           WHERE e.site = $1 AND e.day >= $2 AND e.day <= $3 AND e.kind <> 'tried' AND p.merged = 0 AND p.erased = 0 \
           AND NOT EXISTS (SELECT 1 FROM encounter_person l WHERE l.site = e.site AND l.person = e.person AND l.kind <> 'tried' \
             AND (l.day > e.day OR (l.day = e.day AND l.encounter > e.encounter))) \
           AND NOT EXISTS (SELECT 1 FROM participation_person a JOIN session_row s ON s.site = a.site AND s.session = a.session \
             WHERE a.site = e.site AND a.person = e.person AND s.day > e.day) \
           AND NOT EXISTS (SELECT 1 FROM person_merged m JOIN encounter_person l ON l.site = m.site AND l.person = m.person \
             WHERE m.site = e.site AND m.into_person = e.person AND l.kind <> 'tried' AND l.day > e.day)",
};
/// Who came to a session in a span of days and was neither there nor met since.
static LAST_CAME: Sql = Sql {
    name: "server.last_came",
    text: "SELECT s.day, a.person FROM session_row s \
           JOIN participation_person a ON a.site = s.site AND a.session = s.session \
           JOIN person_row p ON p.site = a.site AND p.person = a.person \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 AND p.merged = 0 AND p.erased = 0 \
           AND NOT EXISTS (SELECT 1 FROM encounter_person l WHERE l.site = a.site AND l.person = a.person \
             AND l.kind <> 'tried' AND l.day >= s.day) \
           AND NOT EXISTS (SELECT 1 FROM participation_person o JOIN session_row t ON t.site = o.site AND t.session = o.session \
             WHERE o.site = a.site AND o.person = a.person AND (t.day > s.day OR (t.day = s.day AND o.participation > a.participation))) \
           AND NOT EXISTS (SELECT 1 FROM person_merged m JOIN encounter_person l ON l.site = m.site AND l.person = m.person \
             WHERE m.site = a.site AND m.into_person = a.person AND l.kind <> 'tried' AND l.day > s.day)",
};
/// People born by a day whom nobody has visited since another, with the last visit of each. A range with a beginning is
/// one that PostgreSQL takes to be narrow without knowing the day.
static ELDERS: Sql = Sql {
    name: "server.elders",
    text: "SELECT p.person, p.birth_from, \
             coalesce((SELECT max(v.day) FROM encounter_person v WHERE v.site = p.site AND v.person = p.person \
               AND v.kind = 'visit'), '') AS visited \
           FROM person_row p \
           WHERE p.site = $1 AND p.birth_from > '' AND p.birth_from <= $2 AND p.merged = 0 AND p.erased = 0 \
           AND NOT EXISTS (SELECT 1 FROM encounter_person e WHERE e.site = p.site AND e.person = p.person \
             AND e.kind = 'visit' AND e.day > $3) \
           AND NOT EXISTS (SELECT 1 FROM person_merged m JOIN encounter_person e ON e.site = m.site AND e.person = m.person \
             WHERE m.site = p.site AND m.into_person = p.person AND e.kind = 'visit' AND e.day > $3)",
};
/// The communities of the team's rounds, each with the last day on which anybody was there.
static ROUNDS: Sql = Sql {
    name: "server.rounds",
    text: "SELECT p.place, p.name, \
             (SELECT max(e.day) FROM encounter_row e WHERE e.site = p.site AND e.place = p.place AND e.kind <> 'call') AS visited \
           FROM place_row p WHERE p.site = $1 AND p.rounds = 1 ORDER BY p.no LIMIT 500",
};

/// Who stays here by themselves over a festival, was not invited to the shared meal, and was visited by nobody since a day.
static ALONE: Sql = Sql {
    name: "server.stays_alone",
    text: "SELECT f.household, f.person FROM festival_stay_row f \
           WHERE f.site = $1 AND f.festival = $2 AND f.year = $3 AND f.answer = 'stays_alone' AND f.meal = 'not_asked' \
           AND NOT EXISTS (SELECT 1 FROM household_member m JOIN encounter_person e ON e.site = m.site AND e.person = m.person \
             WHERE m.site = f.site AND m.household = f.household AND e.kind = 'visit' AND e.day >= $4) \
           AND NOT EXISTS (SELECT 1 FROM encounter_person e WHERE e.site = f.site AND e.person = f.person \
             AND e.kind = 'visit' AND e.day >= $4)",
};

/// Every statement here.
pub static STATEMENTS: &[&Sql] = &[&LAST_MET, &LAST_CAME, &ELDERS, &ROUNDS, &ALONE];

const PERSON: ScopeColumns<'static> =
    ScopeColumns { site: "p.site", id: "p.person", made_by: "p.made_by", within: &["p.person"] };

async fn last(
    node: &Node,
    actor: &Actor,
    statement: &Sql,
    (from, to): (Date, Date),
    (order, most): (&str, usize),
) -> Result<Vec<(String, Id)>, StoreError> {
    let mut values = vec![actor.site.into(), from.to_string().into(), to.to_string().into()];
    let scoped = scope(actor, "person", Use::Read).sql(&PERSON, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY {order} LIMIT {most}", statement.text);
    let rows = node.rows(&sql, values).await?;
    Ok(rows.iter().map(|row| (row.text(0).to_owned(), row.id(1))).collect())
}

/// Who was met in a span of days and not seen since, those met last first.
pub async fn last_met(
    node: &Node,
    actor: &Actor,
    span: (Date, Date),
    most: usize,
) -> Result<Vec<(String, Id)>, StoreError> {
    last(node, actor, &LAST_MET, span, ("e.day DESC, e.person DESC", most)).await
}

/// Who came to a session in a span of days and was not seen since, those who came last first.
pub async fn last_came(
    node: &Node,
    actor: &Actor,
    span: (Date, Date),
    most: usize,
) -> Result<Vec<(String, Id)>, StoreError> {
    last(node, actor, &LAST_CAME, span, ("s.day DESC, a.person DESC", most)).await
}

/// Somebody old, with the day of the last visit at home.
pub struct Elder {
    /// Who.
    pub person: Id,
    /// The first day on which they may have been born.
    pub born: String,
    /// The day of the last visit.
    pub visited: Option<String>,
}

/// People born by `born` whom nobody has visited after `since`: those never visited first, then the longest ago.
pub async fn elders(
    node: &Node,
    actor: &Actor,
    born: Date,
    since: Date,
    most: usize,
) -> Result<Vec<Elder>, StoreError> {
    let mut values = vec![actor.site.into(), born.to_string().into(), since.to_string().into()];
    let scoped = scope(actor, "person", Use::Read).sql(&PERSON, &mut values);
    // Never visited is the empty text, which comes first on both databases.
    let sql = format!("{} AND {scoped} ORDER BY visited, p.no LIMIT {most}", ELDERS.text);
    let rows = node.rows(&sql, values).await?;
    let elder = |row: &journal::Row| Elder {
        person: row.id(0),
        born: row.text(1).to_owned(),
        visited: row.opt_text(2).filter(|day| !day.is_empty()).map(str::to_owned),
    };
    Ok(rows.iter().map(elder).collect())
}

/// The communities of the team's rounds, each with the last day on which anybody was there.
pub async fn rounds(node: &Node, actor: &Actor) -> Result<Vec<(Id, String, Option<String>)>, StoreError> {
    if scope(actor, "encounter", Use::Read) != kernel::Scope::All {
        return Ok(Vec::new());
    }
    let rows = node.rows(ROUNDS.text, vec![actor.site.into()]).await?;
    let place = |row: &journal::Row| (row.id(0), row.text(1).to_owned(), row.opt_text(2).map(str::to_owned));
    Ok(rows.iter().map(place).collect())
}

/// Who stays here by themselves over a festival and was neither invited nor visited since a day: the household, or the
/// person without one, in the order they said so.
pub async fn alone(
    node: &Node,
    actor: &Actor,
    (festival, year): (&str, i16),
    since: Date,
    most: usize,
) -> Result<Vec<(Option<Id>, Option<Id>)>, StoreError> {
    let mut values =
        vec![actor.site.into(), festival.into(), i64::from(year).into(), since.to_string().into()];
    let columns = community::staying::queries::COLUMNS;
    let scoped = scope(actor, "festival_stay", Use::Read).sql(&columns, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY f.no, f.festival_stay LIMIT {most}", ALONE.text);
    let rows = node.rows(&sql, values).await?;
    let id = |text: Option<&str>| text.and_then(|text| text.parse().ok());
    Ok(rows.iter().map(|row| (id(row.opt_text(0)), id(row.opt_text(1)))).collect())
}
