//! What stands against taking a child along, or handing it over, as only the server can tell: what was taken back on another
//! of the child's records. That something was allowed on another one the pipeline sees by itself ([`kernel::Link::with_persons`]).

use std::collections::{HashMap, HashSet};

use community::care::{self, Care, Release};
use community::trip::{Join, TripDay};
use jiff::civil::Date;
use kernel::consent::Purpose;
use kernel::{Actor, Command, Envelope, FieldFault, Id, Refusal, SiteId, Use};
use people::consent::shown::{Asked, Shown};
use people::person::Person;
use serde_json::Value;

use super::people::{records, roots};
use super::problem::Fail;
use crate::app::App;

/// The verbs that are looked at.
pub const LOOKED_AT: [&str; 3] = ["trip_day.open", Join::VERB, Release::VERB];

/// What stands against a command about a child, besides what the pipeline sees.
pub async fn objection(app: &App, actor: &Actor, command: &Envelope) -> Result<Option<Refusal>, Fail> {
    let verb = command.verb.as_str();
    let may = app.node.registry().command(verb).is_some_and(|def| def.roles.has(actor.role));
    if !LOOKED_AT.contains(&verb) || !may {
        return Ok(None);
    }
    let known = vec![actor.site.into(), command.id.into()];
    if !app.node.rows(crate::queries::KNOWN.text, known).await?.is_empty() {
        return Ok(None);
    }
    match verb {
        Release::VERB => of_release(app, actor, command).await,
        _ => of_trip(app, actor, command).await,
    }
}

fn id(value: &Value) -> Option<Id> {
    value.as_str()?.parse().ok()
}

async fn of_release(app: &App, actor: &Actor, command: &Envelope) -> Result<Option<Refusal>, Fail> {
    let held = app.node.visible_one(actor, "care", command.record, Use::Write).await?;
    let (Some(held), Some(permission)) = (held, id(&command.body["permission"])) else { return Ok(None) };
    let care: Care = journal::state(&held);
    let back = taken_back(app, actor, &[care.child.0], care.day).await?;
    let refusal = || Refusal::new(&community::faults::PICKUP_ENDED).with("day", care.day).at("permission");
    Ok(back.contains(&permission).then(refusal))
}

/// Of everything that allows somebody to take one of these children home, on whichever of its records, what was taken back
/// since by another line.
pub async fn taken_back(app: &App, actor: &Actor, children: &[Id], day: Date) -> Result<HashSet<Id>, Fail> {
    let children = records(app, actor, children).await?;
    let all: Vec<Id> = children.keys().copied().collect();
    let root = |id: Id| children.get(&id).copied().unwrap_or(id);
    let mut lines = care::queries::lines(&app.node, actor.site, &all, root).await?;
    let persons: Vec<Id> = lines.iter().filter_map(|line| line.state.person).map(|id| id.0).collect();
    let standing = roots(app, actor, &persons).await?;
    let names = shown_names(app, actor.site, &standing).await?;
    for line in &mut lines {
        let Some(person) = line.state.person else { continue };
        let root = standing.get(&person.0).copied().unwrap_or(person.0);
        line.who.push(root.to_string());
        line.who.extend(names.get(&root).cloned());
    }
    Ok(care::taken_back(&lines, day))
}

/// The names of the records that stand for people, to compare them with names in words.
async fn shown_names(
    app: &App,
    site: SiteId,
    standing: &HashMap<Id, Id>,
) -> Result<HashMap<Id, String>, Fail> {
    let ids: Vec<Id> = standing.values().copied().collect();
    let held = app.node.held_many(site, "person", &ids).await?;
    let name = |held: &kernel::Held| (held.meta.id, journal::state::<Person>(held).shown().to_owned());
    Ok(held.iter().map(name).filter(|(_, name)| !name.is_empty()).collect())
}

async fn of_trip(app: &App, actor: &Actor, command: &Envelope) -> Result<Option<Refusal>, Fail> {
    let body = &command.body;
    let (children, purpose, day) = if command.verb == Join::VERB {
        let held = app.node.visible_one(actor, "trip_day", command.record, Use::Write).await?;
        let Some(day) = held.as_ref().map(journal::state::<TripDay>) else { return Ok(None) };
        (id(&body["person"]).into_iter().collect(), day.purpose, day.day)
    } else {
        let children: Vec<Id> = body["children"].as_array().into_iter().flatten().filter_map(id).collect();
        let purpose: Option<Purpose> = serde_json::from_value(body["purpose"].clone()).ok();
        let day: Option<Date> = body["day"].as_str().and_then(|day| day.parse().ok());
        let (Some(purpose), Some(day)) = (purpose, day) else { return Ok(None) };
        (children, purpose, day)
    };
    let seen = app.node.visible(actor, "person", &children, Use::Read).await?;
    let children: Vec<Id> = seen.iter().map(|held| held.meta.id).collect();
    let asked = Asked { purpose, group: None };
    let stand = people::consent::queries::shown(&app.node, actor.site, &children, asked, day).await?;
    let against = |child: &&Id| matches!(stand.get(child), Some(Shown::Refused | Shown::Withdrawn));
    let fault = |child: &Id| FieldFault {
        field: format!("children.{child}"),
        problem: Refusal::new(&community::faults::CONSENT_MISSING).with("day", day),
    };
    let fields: Vec<FieldFault> = children.iter().filter(against).map(fault).collect();
    if fields.is_empty() {
        return Ok(None);
    }
    let refusal = Refusal::new(&community::faults::NOT_READY).with("without", fields.len()).with("adults", 0);
    Ok(Some(Refusal { fields, ..refusal }))
}
