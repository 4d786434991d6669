//! Finding organisations.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, Row, StoreError};
use kernel::need::Code;
use kernel::{Actor, Id, Scope, SiteId, Sql, Use};
use names::{NameForm, Query};

use super::state::Group;
use super::views::{OrganisationCard, OrganisationPage, ServiceCard, verified};

// A site knows some hundreds of organisations: they are read at once and ranked in memory, as places are.
static ALL: Sql = Sql {
    name: "network.organisations",
    text: "SELECT organisation, names, grouping, places, verified_on FROM organisation_row \
           WHERE site = $1 ORDER BY no DESC LIMIT 5000",
};
static SERVICES: Sql = Sql {
    name: "network.services",
    text: "SELECT organisation, service, code, what FROM service_row WHERE site = $1 ORDER BY no LIMIT 20000",
};
static SERVICES_OF: Sql = Sql {
    name: "network.services_of",
    text: "SELECT service FROM service_row WHERE site = $1 AND organisation = $2 ORDER BY no LIMIT 500",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL, &SERVICES, &SERVICES_OF];

/// Most organisations of a list.
const MOST: usize = 500;

/// Which organisations.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// By any part of a name or of a service, pinyin and initials included.
    pub query: String,
    /// Of this group of actors.
    pub group: Option<Group>,
    /// With a service for this need.
    pub code: Option<Code>,
    /// That serve this place, or everywhere.
    pub place: Option<Id>,
    /// Only those that nobody has made sure of for long.
    pub stale: bool,
}

struct Found {
    id: Id,
    names: Vec<String>,
    group: Group,
    places: Vec<Id>,
    verified_on: Option<Date>,
}

fn found(row: &Row) -> Found {
    Found {
        id: row.id(0),
        names: row.text(1).lines().map(str::to_owned).collect(),
        group: Group::from_code(row.text(2)).unwrap_or_default(),
        places: row.text(3).lines().filter_map(|id| id.parse().ok()).collect(),
        verified_on: row.text(4).parse().ok(),
    }
}

/// Organisations in the actor's scope, the best fitting first; without a query by name.
pub async fn list(node: &Node, actor: &Actor, filter: &Filter) -> Result<Vec<OrganisationCard>, StoreError> {
    if kernel::scope(actor, "organisation", Use::Read) != Scope::All {
        return Ok(Vec::new());
    }
    let rows = node.rows(ALL.text, vec![actor.site.into()]).await?;
    let services = services(node, actor.site).await?;
    let nothing = Vec::new();
    let today = node.today();
    let query = Query::parse(&filter.query);
    let everything = filter.query.trim().is_empty();
    let mut ranked = Vec::new();
    for one in rows.iter().map(found) {
        let offered = services.get(&one.id).unwrap_or(&nothing);
        let serves = |place: Id| one.places.is_empty() || one.places.contains(&place);
        let fits = filter.group.is_none_or(|group| group == one.group)
            && filter.code.is_none_or(|code| offered.iter().any(|(of, _)| *of == code))
            && filter.place.is_none_or(serves)
            && (!filter.stale || verified(one.verified_on, None, today).stale);
        if !fits {
            continue;
        }
        let forms: Vec<NameForm> = one
            .names
            .iter()
            .chain(offered.iter().map(|(_, what)| what))
            .map(|name| NameForm::birth(name.as_str()))
            .collect();
        match query.rank(&forms, &[]) {
            Some(rank) => ranked.push((Some(rank), one)),
            None if everything => ranked.push((None, one)),
            None => {}
        }
    }
    let key = |one: &Found| one.names.first().map(|name| names::latin(name)).unwrap_or_default();
    ranked.sort_by_cached_key(|(rank, one)| (*rank, key(one), one.id));
    ranked.truncate(MOST);
    let ids: Vec<Id> = ranked.iter().map(|(_, one)| one.id).collect();
    let held = node.visible(actor, "organisation", &ids, Use::Read).await?;
    let card = |held: &kernel::Held| {
        let page = OrganisationPage::of(held, actor.role, today);
        let offered = services.get(&page.id).unwrap_or(&nothing);
        OrganisationCard {
            id: page.id,
            name: page.name,
            group: page.group,
            phone: page.phone,
            services: offered.iter().map(|(_, what)| what.clone()).collect(),
            verified: page.verified,
        }
    };
    Ok(held.iter().map(card).collect())
}

/// What every organisation offers: the need it answers and its words.
async fn services(node: &Node, site: SiteId) -> Result<HashMap<Id, Vec<(Code, String)>>, StoreError> {
    let mut all: HashMap<Id, Vec<(Code, String)>> = HashMap::new();
    for row in node.rows(SERVICES.text, vec![site.into()]).await? {
        let code = Code::from_code(row.text(2)).unwrap_or_default();
        all.entry(row.id(0)).or_default().push((code, row.text(3).to_owned()));
    }
    Ok(all)
}

/// An organisation with its services, if it is in the actor's scope.
pub async fn page(node: &Node, actor: &Actor, id: Id) -> Result<Option<OrganisationPage>, StoreError> {
    let Some(held) = node.visible_one(actor, "organisation", id, Use::Read).await? else { return Ok(None) };
    let mut page = OrganisationPage::of(&held, actor.role, node.today());
    let rows = node.rows(SERVICES_OF.text, vec![actor.site.into(), id.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let services = node.visible(actor, "service", &ids, Use::Read).await?;
    page.services = services.iter().map(ServiceCard::of).collect();
    Ok(Some(page))
}

/// The names of organisations and the words of services, for other contexts' lists.
pub async fn words(
    node: &Node,
    site: SiteId,
    organisations: &[Id],
    services: &[Id],
) -> Result<HashMap<Id, String>, StoreError> {
    let mut words = HashMap::new();
    for held in node.held_many(site, "organisation", organisations).await? {
        words.insert(held.meta.id, journal::state::<super::Organisation>(&held).name);
    }
    for held in node.held_many(site, "service", services).await? {
        words.insert(held.meta.id, journal::state::<crate::Service>(&held).what);
    }
    Ok(words)
}
