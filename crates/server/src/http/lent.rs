//! What a roll lends to somebody who was entrusted with it and not with the people on it: their names, the numbers of their
//! households, and nothing else. Who that is decides the scope function, by [`Use::Roll`].

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Id, Use, scope};
use people::household::queries as households;
use people::household::views::Guests;
use people::person::{self, OnRoll};
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::Fail;
use crate::app::App;

/// A household that a roll offers.
#[derive(Serialize, JsonSchema)]
pub struct LentHousehold {
    id: Id,
    /// Its number.
    number: String,
    /// Those of its members whom the roll offers.
    members: Vec<Named>,
}

/// What the reader knows by a roll alone: to be marked, not to be opened.
#[derive(Default, Serialize, JsonSchema)]
pub struct Lent {
    /// Persons of whom the reader is told the name.
    people: Vec<Id>,
    /// Households of which the reader is told the number.
    households: Vec<LentHousehold>,
}

impl Lent {
    /// Whether a person's name is all that the reader is told.
    pub fn holds(&self, person: Id) -> bool {
        self.people.contains(&person)
    }

    /// The last day on which a device keeps it: what is lent for a session goes after its day.
    pub fn until(&self, day: &str) -> Option<String> {
        let nothing = self.people.is_empty() && self.households.is_empty();
        (!nothing).then(|| day.to_owned())
    }
}

/// Names that the reader may know on the roll of a session, and what of them is lent.
pub async fn names(
    app: &App,
    actor: &Actor,
    session: Id,
    persons: &[Id],
) -> Result<(HashMap<Id, String>, Lent), Fail> {
    let OnRoll { names, lent } = person::names_on_roll(&app.node, actor, session, persons).await?;
    Ok((names, Lent { people: lent, households: Vec::new() }))
}

/// Whether a roll shows the actor nobody whom the actor does not reach anyway.
pub fn needs_none(actor: &Actor, session: Id) -> bool {
    ["person", "household"]
        .iter()
        .all(|noun| scope(actor, noun, Use::Roll(session)) == scope(actor, noun, Use::Read))
}

/// Adds the households that a roll offers: those that are on it or invited, and those of people whom it names.
pub async fn add_households(
    app: &App,
    actor: &Actor,
    (session, day): (Id, Date),
    (homes, named): (&[Id], &HashMap<Id, String>),
    lent: &mut Lent,
) -> Result<(), Fail> {
    let (node, site) = (&app.node, actor.site);
    let persons: Vec<Id> = named.keys().copied().collect();
    let mut all = households::of_persons(node, site, &persons).await?;
    all.extend(homes.iter().filter(|id| !all.contains(id)).copied().collect::<Vec<_>>());
    let readable = node.visible(actor, "household", &all, Use::Read).await?;
    all.retain(|id| !readable.iter().any(|held| held.meta.id == *id));
    let member = |guest: people::household::views::Guest| {
        Some(Named { id: guest.person, name: guest.name.filter(|name| !name.is_empty())? })
    };
    let view = |guests: Guests| LentHousehold {
        id: guests.household,
        number: guests.number,
        members: guests.members.into_iter().filter_map(member).collect(),
    };
    let offered = households::guests_on_roll(node, actor, session, &all, day).await?;
    lent.households = offered.into_iter().map(view).collect();
    lent.households.retain(|each| !each.members.is_empty() || homes.contains(&each.id));
    Ok(())
}
