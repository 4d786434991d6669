//! Finding consents.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::consent::Purpose;
use kernel::{Actor, ConsentId, Id, PersonId, SiteId, Sql, Use};

use super::views::ConsentCard;
use crate::person;
use crate::sql::{ids, rows_in};

const OF_PERSONS: &str = "SELECT consent FROM consent_row WHERE site = $1 AND person IN";
const IN_FORCE: &str =
    "SELECT person, consent, purpose, given_on, until FROM consent_row WHERE site = $1 AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "people.consents_of",
        text: "SELECT consent FROM consent_row WHERE site = $1 AND person IN ($2) ORDER BY no DESC",
    },
    &Sql {
        name: "people.consents_in_force",
        text: "SELECT person, consent, purpose, given_on, until FROM consent_row \
               WHERE site = $1 AND person IN ($2) ORDER BY no DESC",
    },
];

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

/// A consent that was asked for together with many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// About whom, as the ledger has it.
    pub person: PersonId,
    /// The consent.
    pub consent: ConsentId,
}

/// The consents of these people that are in force on a day for a purpose, whoever asks: from the index alone, so that
/// it can be asked for a whole camp. Duplicates that were merged have consents of their own: ask for them, too
/// ([`person::same_person`]).
pub async fn in_force(
    node: &Node,
    site: SiteId,
    purpose: Purpose,
    persons: &[Id],
    day: Date,
) -> Result<Vec<InForce>, StoreError> {
    let day = day.to_string();
    let rows = rows_in(node, site, IN_FORCE, &ids(persons), "ORDER BY no DESC").await?;
    let holds = |row: &&journal::Row| {
        row.text(2) == purpose.code() && row.text(3) <= day.as_str() && day.as_str() < row.text(4)
    };
    let one = |row: &journal::Row| InForce { person: PersonId(row.id(0)), consent: ConsentId(row.id(1)) };
    Ok(rows.iter().filter(holds).map(one).collect())
}
