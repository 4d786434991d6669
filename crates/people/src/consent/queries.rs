//! Finding consents.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, ConsentId, Id, Meta, SiteId, Sql, Use};

use super::Consent;
use super::shown::{Asked, Line, Shown, stands};
use super::views::ConsentCard;
use crate::person;
use crate::sql::{ids, rows_in};

const OF_PERSONS: &str = "SELECT consent FROM consent_row WHERE site = $1 AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[&Sql {
    name: "people.consents_of",
    text: "SELECT consent FROM consent_row WHERE site = $1 AND person IN ($2) ORDER BY no DESC",
}];

/// The ledger of a person and of those merged into it, newest first.
pub async fn of_persons(node: &Node, actor: &Actor, persons: &[Id]) -> Result<Vec<ConsentCard>, StoreError> {
    let rows = rows_in(node, actor.site, OF_PERSONS, &ids(persons), "ORDER BY no DESC").await?;
    let found: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "consent", &found, Use::Read).await?;
    let today = node.today();
    let mut cards: Vec<_> = held.iter().map(|held| ConsentCard::of(held, actor.role, today)).collect();
    let givers: Vec<Id> = cards.iter().filter_map(|card| card.by.as_ref()).map(|by| by.id).collect();
    let names = person::names_of(node, actor, &givers).await?;
    cards.iter_mut().filter_map(|card| card.by.as_mut()).for_each(|by| by.fill(&names));
    Ok(cards)
}

/// How each of these people stands on a day to what is asked, whoever asks: for showing them, for taking them along. What
/// was recorded of duplicates counts for the person they are; somebody without any line is lacking.
pub async fn shown(
    node: &Node,
    site: SiteId,
    persons: &[Id],
    asked: Asked,
    day: Date,
) -> Result<HashMap<Id, Shown>, StoreError> {
    let roots = person::roots(node, site, persons).await?;
    let all = person::with_duplicates(node, site, roots.values().copied()).await?;
    let everyone: Vec<Id> = all.keys().copied().collect();
    let rows = rows_in(node, site, OF_PERSONS, &ids(&everyone), "ORDER BY no").await?;
    let mut found: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    found.dedup();
    let mut lines: HashMap<Id, Vec<Line>> = HashMap::new();
    for held in node.held_many(site, "consent", &found).await? {
        if !held.is_live() || held.meta.erased {
            continue;
        }
        let given = journal::state::<Consent>(&held).given();
        if given.purpose == asked.purpose
            && let Some(root) = all.get(&given.person.0)
        {
            let Meta { id, no, created, changed, .. } = held.meta;
            let line = Line { consent: ConsentId(id), no, made: created, changed, given };
            lines.entry(*root).or_default().push(line);
        }
    }
    for lines in lines.values_mut() {
        lines.sort_by_key(|line| (line.given.given_on, line.no));
    }
    let stand = |root: &Id| lines.get(root).map_or(Shown::Lacking, |lines| stands(lines, asked, day));
    Ok(roots.iter().map(|(person, root)| (*person, stand(root))).collect())
}
