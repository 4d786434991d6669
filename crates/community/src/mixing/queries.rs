//! Reading who was at the sessions of an activity.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::units::Participations;
use kernel::{Id, SiteId, Sql};

use super::Gathering;

static PEOPLE: Sql = Sql {
    name: "community.mix_people",
    text: "SELECT p.session, p.person FROM session_row s \
           JOIN participation_person p ON p.site = s.site AND p.session = s.session \
           WHERE s.site = $1 AND s.activity = $2 AND s.day >= $3 AND s.day <= $4 ORDER BY p.session, p.person",
};
static ANONYMOUS: Sql = Sql {
    name: "community.mix_anonymous",
    text: "SELECT p.session, p.migrant, CAST(SUM(p.count - p.claimed) AS BIGINT) FROM session_row s \
           JOIN participation_row p ON p.site = s.site AND p.session = s.session \
           WHERE s.site = $1 AND s.activity = $2 AND s.day >= $3 AND s.day <= $4 \
           AND p.kind IN ('nickname', 'tally') GROUP BY p.session, p.migrant ORDER BY p.session, p.migrant",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&PEOPLE, &ANONYMOUS];

/// The sessions of an activity on these days, with who came. Whether the actor may know of the activity is for the caller
/// to ask first; merged people are for the caller to follow.
pub async fn gatherings(
    node: &Node,
    site: SiteId,
    activity: Id,
    (from, to): (Date, Date),
) -> Result<Vec<Gathering>, StoreError> {
    let values = || vec![site.into(), activity.into(), from.to_string().into(), to.to_string().into()];
    let mut all: BTreeMap<Id, Gathering> = BTreeMap::new();
    for row in node.rows(PEOPLE.text, values()).await? {
        all.entry(row.id(0)).or_default().people.push(row.id(1));
    }
    for row in node.rows(ANONYMOUS.text, values()).await? {
        let count = Participations(row.int(2).unsigned_abs());
        let migrant = row.opt_int(1).map(|migrant| migrant == 1);
        all.entry(row.id(0)).or_default().anonymous.push((migrant, count));
    }
    Ok(all.into_values().collect())
}
