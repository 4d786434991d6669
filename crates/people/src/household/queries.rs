//! Finding and showing households.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Held, Id, Label, Scope, ScopeColumns, SiteId, Sql, Use, Val};

use super::state::Household;
use super::views::{Guest, Guests, HouseholdCard, HouseholdPage, MemberView};
use crate::person::{self, names_of};
use crate::sql::{ids, rows_in};
use crate::views::{HouseholdView, MetaView, RecordView, readable_asides};

/// Statements here, in the shape of everybody in scope.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "households.recent",
        text: "SELECT h.household, h.changed, h.no FROM household_row h WHERE h.site = $1 \
            AND (h.changed < $2 OR h.changed = $2 AND h.no < $3) AND 1 = 1 ORDER BY h.changed DESC, h.no DESC LIMIT 50",
    },
    &Sql {
        name: "households.by_number",
        text: "SELECT h.household FROM household_row h WHERE h.site = $1 AND h.number_key >= $2 AND h.number_key < $3 \
            ORDER BY h.number_key, h.household LIMIT 50",
    },
    &Sql {
        name: "households.by_address",
        text: "SELECT h.household FROM household_row h WHERE h.site = $1 AND h.address LIKE $2 \
            ORDER BY h.address, h.household LIMIT 50",
    },
    &Sql {
        name: "households.of_persons",
        text: "SELECT DISTINCT household FROM household_member WHERE site = $1 AND person IN ($2) ORDER BY household",
    },
];

const OF_PERSONS: &str = "SELECT DISTINCT household FROM household_member WHERE site = $1 AND person IN";

/// The condition on `household_row h` for the households that an actor may know of. Through a member an assignment reaches a
/// household, too.
pub(super) fn in_reach(actor: &Actor, values: &mut Vec<Val>) -> String {
    let scope = kernel::scope(actor, "household", Use::Read);
    let own = "EXISTS (SELECT 1 FROM household_member m JOIN assigned a ON a.site = m.site AND a.record = m.person \
               WHERE m.site = h.site AND m.household = h.household AND a.account = ";
    let columns =
        ScopeColumns { site: "h.site", id: "h.household", made_by: "h.made_by", within: &["h.household"] };
    let condition = scope.sql(&columns, values);
    if scope == Scope::All || scope == Scope::Nothing {
        return condition;
    }
    values.push(actor.account.into());
    format!("({condition} OR {own}${}))", values.len())
}

/// Households changed last, and where to go on.
async fn recent(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<Id>, Option<String>), StoreError> {
    let (changed, no) = after
        .and_then(|after| after.split_once(':'))
        .and_then(|(changed, no)| Some((changed.parse::<i64>().ok()?, no.parse::<i64>().ok()?)))
        .unwrap_or((i64::MAX, i64::MAX));
    let mut values: Vec<Val> = vec![actor.site.into(), changed.into(), no.into()];
    let condition = in_reach(actor, &mut values);
    let sql = format!(
        "SELECT h.household, h.changed, h.no FROM household_row h WHERE h.site = $1 \
         AND (h.changed < $2 OR h.changed = $2 AND h.no < $3) AND {condition} \
         ORDER BY h.changed DESC, h.no DESC LIMIT {limit}"
    );
    let rows = node.rows(&sql, values).await?;
    let next = (rows.len() == limit)
        .then(|| rows.last().map(|row| format!("{}:{}", row.int(1), row.int(2))))
        .flatten();
    Ok((rows.iter().map(|row| row.id(0)).collect(), next))
}

/// Households by number, by a member, by a part of the address, in this order.
async fn search(node: &Node, actor: &Actor, query: &str, limit: usize) -> Result<Vec<Id>, StoreError> {
    let folded: String = names::fold(query).chars().take(60).collect();
    let sql = format!(
        "SELECT h.household FROM household_row h WHERE h.site = $1 AND h.number_key >= $2 AND h.number_key < $3 \
         ORDER BY h.number_key, h.household LIMIT {limit}"
    );
    let values = vec![actor.site.into(), folded.as_str().into(), format!("{folded}\u{10ffff}").into()];
    let mut found: Vec<Id> = node.rows(&sql, values).await?.iter().map(|row| row.id(0)).collect();
    let people = person::find(node, actor, query, limit).await?;
    for card in people {
        if found.len() >= limit {
            break;
        }
        let all = person::same_person(node, actor.site, card.id).await?;
        for row in rows_in(node, actor.site, OF_PERSONS, &ids(&all), "ORDER BY household").await? {
            if !found.contains(&row.id(0)) {
                found.push(row.id(0));
            }
        }
    }
    let part: String = folded.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    if found.len() < limit && part.chars().count() > 1 && Label::Contact.readable_by(actor.role) {
        let sql = format!(
            "SELECT h.household FROM household_row h WHERE h.site = $1 AND h.address LIKE $2 \
             ORDER BY h.address, h.household LIMIT {limit}"
        );
        for row in node.rows(&sql, vec![actor.site.into(), format!("%{part}%").into()]).await? {
            if !found.contains(&row.id(0)) {
                found.push(row.id(0));
            }
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Households by number, member or address; an empty query gives those changed last.
pub async fn find(
    node: &Node,
    actor: &Actor,
    query: &str,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<HouseholdCard>, Option<String>), StoreError> {
    let limit = limit.clamp(1, person::MOST);
    let query = query.trim();
    let (found, next) = if query.is_empty() {
        recent(node, actor, after, limit).await?
    } else {
        (search(node, actor, query, limit).await?, None)
    };
    let held = node.visible(actor, "household", &found, Use::Read).await?;
    let mut cards = Vec::with_capacity(held.len());
    for (held, members) in held.iter().zip(members_of(node, actor, &held).await?) {
        let state: Household = journal::state(held);
        cards.push(HouseholdCard {
            id: held.meta.id,
            no: held.meta.no,
            number: state.number,
            address: state.address.filter(|_| Label::Contact.readable_by(actor.role)),
            members,
        });
    }
    Ok((cards, next))
}

/// A household's page, if the actor may read it.
pub async fn page(node: &Node, actor: &Actor, household: Id) -> Result<Option<HouseholdPage>, StoreError> {
    let Some(held) = node.visible_one(actor, "household", household, Use::Read).await? else {
        return Ok(None);
    };
    let held = [held];
    let members = members_of(node, actor, &held).await?.pop().unwrap_or_default();
    Ok(Some(HouseholdPage {
        household: RecordView::of(&held[0], actor.role),
        meta: MetaView::of(&held[0]),
        set_aside: readable_asides(&held[0], actor.role),
        members,
    }))
}

/// Households with members, as a person's page shows them; only those the actor may read.
pub async fn views(node: &Node, actor: &Actor, households: &[Id]) -> Result<Vec<HouseholdView>, StoreError> {
    let mut held = node.visible(actor, "household", households, Use::Read).await?;
    held.sort_by_key(|held| std::cmp::Reverse(held.meta.changed));
    let members = members_of(node, actor, &held).await?;
    Ok(held
        .iter()
        .zip(members)
        .map(|(held, members)| {
            let state: Household = journal::state(held);
            HouseholdView {
                id: held.meta.id,
                number: state.number,
                address: state.address.filter(|_| Label::Contact.readable_by(actor.role)),
                members,
            }
        })
        .collect())
}

/// The members of each of these households, with the names that the actor may read.
async fn members_of(node: &Node, actor: &Actor, held: &[Held]) -> Result<Vec<Vec<MemberView>>, StoreError> {
    let states: Vec<Household> = held.iter().map(journal::state).collect();
    let mut persons: Vec<Id> =
        states.iter().flat_map(|state| state.members.iter().map(|member| member.person.0)).collect();
    persons.sort_unstable();
    persons.dedup();
    let names = names_of(node, actor, &persons).await?;
    let view = |member: &super::Member| MemberView {
        person: member.person.0,
        name: names.get(&member.person.0).cloned(),
        role: member.role,
        from: member.from.clone(),
        to: member.to.clone(),
    };
    Ok(states.iter().map(|state| state.members.iter().map(view).collect()).collect())
}

/// Those who belong to these households on a day, with the least age that each can have; only households that the actor
/// may read.
pub async fn guests(
    node: &Node,
    actor: &Actor,
    households: &[Id],
    day: Date,
) -> Result<Vec<Guests>, StoreError> {
    guests_for(node, actor, households, day, Use::Read).await
}

/// The same of the households that the roll of a session offers: their numbers, and the names of those members whom it
/// offers.
pub async fn guests_on_roll(
    node: &Node,
    actor: &Actor,
    session: Id,
    households: &[Id],
    day: Date,
) -> Result<Vec<Guests>, StoreError> {
    guests_for(node, actor, households, day, Use::Roll(session)).await
}

/// The households that any of these persons belongs or belonged to, whoever asks.
pub async fn of_persons(node: &Node, site: SiteId, persons: &[Id]) -> Result<Vec<Id>, StoreError> {
    let rows = rows_in(node, site, OF_PERSONS, &ids(persons), "ORDER BY household").await?;
    let mut found: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

async fn guests_for(
    node: &Node,
    actor: &Actor,
    households: &[Id],
    day: Date,
    why: Use,
) -> Result<Vec<Guests>, StoreError> {
    let held = node.visible(actor, "household", households, why).await?;
    let states: Vec<Household> = held.iter().map(journal::state).collect();
    let here = |member: &&super::Member| {
        let gone = member.to.as_ref().is_some_and(|to| to.latest() < day);
        let later = member.from.as_ref().is_some_and(|from| from.earliest() > day);
        !gone && !later
    };
    let of: Vec<Vec<Id>> = states
        .iter()
        .map(|state| state.members.iter().filter(here).map(|member| member.person.0).collect())
        .collect();
    let mut persons: Vec<Id> = of.iter().flatten().copied().collect();
    persons.sort_unstable();
    persons.dedup();
    let roots = person::roots(node, actor.site, &persons).await?;
    let root = |id: &Id| roots.get(id).copied().unwrap_or(*id);
    let mut counted: Vec<Id> = persons.iter().map(root).collect();
    counted.sort_unstable();
    counted.dedup();
    let names = match why {
        Use::Roll(session) => person::names_on_roll(node, actor, session, &counted).await?.names,
        Use::Read | Use::Count | Use::Write => names_of(node, actor, &counted).await?,
    };
    let people = node.held_many(actor.site, "person", &counted).await?;
    let ages: HashMap<Id, Option<u8>> = people
        .iter()
        .map(|held| {
            let birth = journal::state::<person::Person>(held).birth;
            let age = birth.and_then(|birth| birth.age_on(day)).map(|age| age.least);
            (held.meta.id, age.and_then(|age| u8::try_from(age).ok()))
        })
        .collect();
    let guests = held.iter().zip(states).zip(of).map(|((held, state), members)| {
        let mut members: Vec<Id> = members.iter().map(root).collect();
        let mut seen = HashSet::new();
        members.retain(|id| seen.insert(*id));
        let guest = |person: Id| Guest {
            person,
            name: names.get(&person).cloned(),
            least_age: ages.get(&person).copied().flatten(),
        };
        Guests {
            household: held.meta.id,
            number: state.number,
            members: members.into_iter().map(guest).collect(),
        }
    });
    Ok(guests.collect())
}
