//! Persons in one line, many at once.

use std::collections::HashMap;

use journal::{Node, Seen, StoreError};
use kernel::{Actor, Id, Label, Record, Scope, Sql, Use, scope};

use crate::person::state::Person;
use crate::sql::rows_in;
use crate::views::{Found, HouseholdRef, PersonCard};

const HOUSEHOLD: &str = "SELECT m.person, h.household, h.number FROM household_member m \
    JOIN household_row h ON h.site = m.site AND h.household = m.household \
    WHERE m.site = $1 AND m.person IN";
const HOUSEHOLD_LATEST_LAST: &str = "ORDER BY CASE WHEN m.until IS NULL THEN 1 ELSE 0 END, h.changed, h.no";
const HOME: &str = "SELECT person, province, city, county FROM stay_row \
    WHERE site = $1 AND kind = 'registered' AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "people.card_household",
        text: "SELECT m.person, h.household, h.number FROM household_member m \
            JOIN household_row h ON h.site = m.site AND h.household = m.household \
            WHERE m.site = $1 AND m.person IN ($2) \
            ORDER BY CASE WHEN m.until IS NULL THEN 1 ELSE 0 END, h.changed, h.no",
    },
    &Sql {
        name: "people.card_home",
        text: "SELECT person, province, city, county FROM stay_row \
            WHERE site = $1 AND kind = 'registered' AND person IN ($2) ORDER BY no",
    },
];

/// Cards of the persons of these ids that the actor may read, in their order.
pub async fn cards(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<PersonCard>, StoreError> {
    if ids.is_empty() || scope(actor, Person::NOUN, Use::Read) == Scope::Nothing {
        return Ok(Vec::new());
    }
    let list = crate::sql::ids(ids);
    let (seen, membership, stays) = tokio::try_join!(
        node.seen::<Person>(actor, ids, Use::Read),
        rows_in(node, actor.site, HOUSEHOLD, &list, HOUSEHOLD_LATEST_LAST),
        rows_in(node, actor.site, HOME, &list, "ORDER BY no"),
    )?;
    let mut households = HashMap::new();
    for row in membership {
        households.insert(row.id(0), HouseholdRef { id: row.id(1), number: row.text(2).to_owned() });
    }
    let mut homes = HashMap::new();
    for row in stays {
        let deepest = [3, 2, 1].into_iter().find_map(|at| row.opt_text(at));
        if let Some(code) = deepest {
            homes.insert(row.id(0), crate::place::words(code));
        }
    }
    let today = node.today();
    let may = |label: Label| label.readable_by(actor.role);
    Ok(seen
        .into_iter()
        .map(|Seen { meta, state: person }| {
            let name = if may(Label::Identity) { person.shown().to_owned() } else { String::new() };
            let birth = person.birth.filter(|_| may(Label::Identity));
            let tails = person.phones.iter().filter_map(|phone| {
                let digits = names::phone::fold(&phone.number);
                names::phone::last4(&digits).map(str::to_owned)
            });
            PersonCard {
                id: meta.id,
                no: meta.no,
                name,
                names: if may(Label::Identity) { person.names } else { Vec::new() },
                sex: person.sex,
                age: birth.as_ref().and_then(|birth| birth.age_on(today)),
                birth,
                phones_tail: if may(Label::Contact) { tails.collect() } else { Vec::new() },
                household: households.remove(&meta.id),
                home_text: homes.remove(&meta.id).unwrap_or_default(),
                merged_into: person.merged_into.map(|into| into.0),
                why: None,
            }
        })
        .collect())
}

/// The same, each with why it was found.
pub(super) async fn found(
    node: &Node,
    actor: &Actor,
    hits: &[(Id, Found)],
) -> Result<Vec<PersonCard>, StoreError> {
    let ids: Vec<Id> = hits.iter().map(|hit| hit.0).collect();
    let mut cards = cards(node, actor, &ids).await?;
    for card in &mut cards {
        card.why = hits.iter().find(|hit| hit.0 == card.id).map(|hit| hit.1);
    }
    Ok(cards)
}
