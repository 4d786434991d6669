//! Organisations as pages show them.

use jiff::civil::Date;
use kernel::need::Code;
use kernel::page::Named;
use kernel::{Held, Id, Label, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::state::{Contact, Group, Organisation};
use crate::service::Service;

/// After so many days what is written about an organisation is no longer taken for granted.
pub const STALE_AFTER: i32 = 180;

/// When somebody last made sure of it.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verified {
    /// The day; none: never.
    pub on: Option<String>,
    /// Who.
    pub by: Option<Named>,
    /// How many days ago.
    pub days: Option<i32>,
    /// It is too long ago to be relied on.
    pub stale: bool,
}

/// A service with its organisation's page or list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ServiceCard {
    /// The service.
    pub id: Id,
    /// What it is.
    pub what: String,
    /// Which need it answers.
    pub code: Code,
    /// For whom.
    pub for_whom: String,
    /// Where, if it is not at the organisation's own address.
    pub location: String,
    /// When.
    pub hours: String,
    /// What it costs those who use it.
    pub cost: String,
    /// How many places there are.
    pub capacity: Option<u32>,
    /// How many of them were free.
    pub free: Option<u32>,
    /// On which day.
    pub free_on: Option<String>,
    /// For edits.
    pub version: i64,
}

impl ServiceCard {
    pub(super) fn of(held: &Held) -> Self {
        let service: Service = journal::state(held);
        Self {
            id: held.meta.id,
            what: service.what,
            code: service.code,
            for_whom: service.for_whom,
            location: service.location,
            hours: service.hours,
            cost: service.cost,
            capacity: service.capacity,
            free: service.free,
            free_on: service.free_on.map(|day| day.to_string()),
            version: held.meta.version,
        }
    }
}

/// An organisation on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrganisationCard {
    /// The organisation.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What kind of actor it is.
    pub group: Group,
    /// The switchboard.
    pub phone: String,
    /// Its services, in a few words each.
    pub services: Vec<String>,
    /// When somebody last made sure of it.
    pub verified: Verified,
}

/// An organisation with everything about it.
#[derive(Clone, Serialize, JsonSchema)]
pub struct OrganisationPage {
    /// The organisation.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Other names and short forms.
    pub also: Vec<String>,
    /// What kind of actor it is.
    pub group: Group,
    /// What it does.
    pub about: String,
    /// Where it is.
    pub address: String,
    /// The switchboard.
    pub phone: String,
    /// When it is open.
    pub hours: String,
    /// Posts and who holds them; none where the reader may not read them.
    pub contacts: Vec<Contact>,
    /// The places it serves.
    pub places: Vec<Named>,
    /// The area it serves, in words.
    pub area: String,
    /// What it offers.
    pub services: Vec<ServiceCard>,
    /// When somebody last made sure of it.
    pub verified: Verified,
    /// For edits.
    pub version: i64,
}

/// How long ago it was verified.
pub(super) fn verified(on: Option<Date>, by: Option<Id>, today: Date) -> Verified {
    let days = on.and_then(|on| today.since(on).ok()).map(|span| span.get_days());
    Verified {
        on: on.map(|day| day.to_string()),
        by: by.map(Named::unnamed),
        days,
        stale: days.is_none_or(|days| days > STALE_AFTER),
    }
}

impl OrganisationPage {
    /// The page as a role may read it; services are filled in.
    pub(super) fn of(held: &Held, role: Role, today: Date) -> Self {
        let state: Organisation = journal::state(held);
        let contacts = if Label::Contact.readable_by(role) { state.contacts } else { Vec::new() };
        Self {
            id: held.meta.id,
            name: state.name,
            also: state.also,
            group: state.group,
            about: state.about,
            address: state.address,
            phone: state.phone,
            hours: state.hours,
            contacts,
            places: state.places.into_iter().map(Named::unnamed).collect(),
            area: state.area,
            services: Vec::new(),
            verified: verified(state.verified_on, state.verified_by.map(|id| id.0), today),
            version: held.meta.version,
        }
    }
}
