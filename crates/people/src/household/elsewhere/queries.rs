//! Households, and people without one, who live here and are from elsewhere.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Id, ScopeColumns, Sql, Use};

use crate::household::queries::in_reach;

/// A current member lives or works here and is registered in another province or prefecture. A place here that has no
/// division is taken for one at the site, so that such a family is asked rather than left out.
static HOUSEHOLDS: Sql = Sql {
    name: "households.from_elsewhere",
    text: "SELECT h.household FROM household_row h WHERE h.site = $1 AND EXISTS (SELECT 1 FROM household_member m \
             JOIN stay_row l ON l.site = m.site AND l.person = m.person AND l.kind IN ('living', 'working') \
               AND (l.since IS NULL OR l.since <= $2) AND (l.until IS NULL OR l.until >= $2) \
             JOIN stay_row r ON r.site = m.site AND r.person = m.person AND r.kind = 'registered' AND r.province IS NOT NULL \
               AND (r.since IS NULL OR r.since <= $2) AND (r.until IS NULL OR r.until >= $2) \
             WHERE m.site = h.site AND m.household = h.household \
               AND (m.since IS NULL OR m.since <= $2) AND (m.until IS NULL OR m.until >= $2) \
               AND (l.province IS NULL OR r.province <> l.province OR r.city <> l.city))",
};
/// The same of people who belong to no household now, neither by themselves nor under a record merged into theirs.
static SINGLE: Sql = Sql {
    name: "people.single_from_elsewhere",
    text: "SELECT p.person FROM person_row p WHERE p.site = $1 AND p.merged = 0 AND p.erased = 0 \
           AND EXISTS (SELECT 1 FROM stay_row l \
             JOIN stay_row r ON r.site = l.site AND r.person = l.person AND r.kind = 'registered' AND r.province IS NOT NULL \
               AND (r.since IS NULL OR r.since <= $2) AND (r.until IS NULL OR r.until >= $2) \
             WHERE l.site = p.site AND l.person = p.person AND l.kind IN ('living', 'working') \
               AND (l.since IS NULL OR l.since <= $2) AND (l.until IS NULL OR l.until >= $2) \
               AND (l.province IS NULL OR r.province <> l.province OR r.city <> l.city)) \
           AND NOT EXISTS (SELECT 1 FROM household_member m JOIN household_row h ON h.site = m.site AND h.household = m.household \
             WHERE m.site = p.site AND m.person = p.person AND (m.until IS NULL OR m.until >= $2)) \
           AND NOT EXISTS (SELECT 1 FROM person_merged d JOIN household_member m ON m.site = d.site AND m.person = d.person \
             WHERE d.site = p.site AND d.into_person = p.person AND (m.until IS NULL OR m.until >= $2))",
};

/// Every statement here.
pub static STATEMENTS: &[&Sql] = &[&HOUSEHOLDS, &SINGLE];

const PERSON: ScopeColumns<'static> =
    ScopeColumns { site: "p.site", id: "p.person", made_by: "p.made_by", within: &["p.person"] };

/// Households of people who live or work here on a day and are from elsewhere, in the order of their numbers.
pub async fn households(node: &Node, actor: &Actor, day: Date) -> Result<Vec<Id>, StoreError> {
    let mut values = vec![actor.site.into(), day.to_string().into()];
    let scoped = in_reach(actor, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY h.number_key, h.household", HOUSEHOLDS.text);
    let rows = node.rows(&sql, values).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// People without a household who live or work here on a day and are from elsewhere, in the order they were registered.
pub async fn single(node: &Node, actor: &Actor, day: Date) -> Result<Vec<Id>, StoreError> {
    let mut values = vec![actor.site.into(), day.to_string().into()];
    let scoped = kernel::scope(actor, "person", Use::Read).sql(&PERSON, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY p.no", SINGLE.text);
    let rows = node.rows(&sql, values).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}
