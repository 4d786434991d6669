//! A person's page: the record with its households, stays, ties and duplicates.

use std::collections::HashMap;

use journal::{Node, Row, Seen, StoreError};
use kernel::{Actor, Id, Sql, Use};

use super::{cards, roots};
use crate::person::state::{Person, Stage};
use crate::sql::{ids, rows_in};
use crate::tie::Tie;
use crate::views::{
    Direction, MetaView, Other, PersonPage, RecordView, TieView, readable_asides, reads_names,
};
use crate::{consent, household};

const STAYS: &str = "SELECT stay FROM stay_row WHERE site = $1 AND person IN";
const TIES_OUT: &str = "SELECT tie FROM tie_row WHERE site = $1 AND person IN";
const TIES_IN: &str = "SELECT tie FROM tie_row WHERE site = $1 AND other IN";
const HOUSEHOLDS: &str = "SELECT DISTINCT household FROM household_member WHERE site = $1 AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "people.page_stays",
        text: "SELECT stay FROM stay_row WHERE site = $1 AND person IN ($2) ORDER BY no",
    },
    &Sql {
        name: "people.page_ties_out",
        text: "SELECT tie FROM tie_row WHERE site = $1 AND person IN ($2) ORDER BY no",
    },
    &Sql {
        name: "people.page_ties_in",
        text: "SELECT tie FROM tie_row WHERE site = $1 AND other IN ($2) ORDER BY no",
    },
    &Sql {
        name: "people.page_households",
        text: "SELECT DISTINCT household FROM household_member WHERE site = $1 AND person IN ($2) ORDER BY household",
    },
];

/// Whether a person is, or may be, under 18: by the birth date, else by school.
pub fn is_minor(person: &Person, today: jiff::civil::Date) -> bool {
    let by_birth = person.birth.as_ref().and_then(|birth| birth.age_on(today));
    let by_school = person.grade.is_some_and(|grade| {
        matches!(
            grade.stage,
            Stage::None
                | Stage::Kindergarten
                | Stage::Primary
                | Stage::Junior
                | Stage::Senior
                | Stage::Dropout
        )
    });
    by_birth.map_or(by_school, |age| age.least < 18)
}

/// Whether a person is certainly 18 or older: by the birth date alone, so that nobody unclear counts as grown up.
pub fn is_grown(person: &Person, today: jiff::civil::Date) -> bool {
    let by_birth = person.birth.as_ref().and_then(|birth| birth.age_on(today));
    by_birth.is_some_and(|age| age.least >= 18)
}

/// A person's page, if the actor may read it. What belongs to duplicates is shown with the record they were merged into.
pub async fn page(node: &Node, actor: &Actor, person: Id) -> Result<Option<PersonPage>, StoreError> {
    let Some(held) = node.visible_one(actor, "person", person, Use::Read).await? else { return Ok(None) };
    let state: Person = journal::state(&held);
    let all = roots::same_person(node, actor.site, person).await?;
    let list = ids(&all);
    let first = |rows: Vec<Row>| rows.iter().map(|row| row.id(0)).collect::<Vec<Id>>();
    let stay_ids = first(rows_in(node, actor.site, STAYS, &list, "ORDER BY no").await?);
    let stays = node.visible(actor, "stay", &stay_ids, Use::Read).await?;
    let household_ids = first(rows_in(node, actor.site, HOUSEHOLDS, &list, "ORDER BY household").await?);
    Ok(Some(PersonPage {
        person: RecordView::of(&held, actor.role),
        meta: MetaView::of(&held),
        set_aside: readable_asides(&held, actor.role),
        households: household::queries::views(node, actor, &household_ids).await?,
        stays: stays.iter().map(|held| RecordView::of(held, actor.role)).collect(),
        ties: ties(node, actor, &all).await?,
        timeline: Vec::new(),
        merged: cards::cards(node, actor, &all[1..]).await?,
        consents: consent::queries::of_persons(node, actor, &all).await?,
        minor: is_minor(&state, node.today()),
    }))
}

/// Ties of any of these records, from both ends.
async fn ties(node: &Node, actor: &Actor, persons: &[Id]) -> Result<Vec<TieView>, StoreError> {
    let list = ids(persons);
    let mut tie_ids: Vec<Id> = Vec::new();
    for head in [TIES_OUT, TIES_IN] {
        for row in rows_in(node, actor.site, head, &list, "ORDER BY no").await? {
            if !tie_ids.contains(&row.id(0)) {
                tie_ids.push(row.id(0));
            }
        }
    }
    let held = node.visible(actor, "tie", &tie_ids, Use::Read).await?;
    let seen: Vec<(Id, Tie)> = held.iter().map(|held| (held.meta.id, journal::state(held))).collect();
    let out = |tie: &Tie| persons.contains(&tie.person.0);
    let others: Vec<Id> =
        seen.iter().map(|(_, tie)| if out(tie) { tie.other.0 } else { tie.person.0 }).collect();
    let names = names_of(node, actor, &others).await?;
    Ok(seen
        .iter()
        .zip(&others)
        .map(|((id, tie), other)| TieView {
            id: *id,
            kind: tie.kind.code().to_owned(),
            other: Other { id: *other, name: names.get(other).cloned() },
            direction: if out(tie) { Direction::Out } else { Direction::In },
            note: tie.note.clone().filter(|_| reads_names(actor.role)),
        })
        .collect())
}

/// The names of those of these persons that the actor may read; of a duplicate the name of the record that stands for it.
pub async fn names_of(node: &Node, actor: &Actor, persons: &[Id]) -> Result<HashMap<Id, String>, StoreError> {
    if persons.is_empty() || !reads_names(actor.role) {
        return Ok(HashMap::new());
    }
    let roots = roots::roots(node, actor.site, persons).await?;
    let wanted: Vec<Id> = roots.values().copied().collect();
    let seen: Vec<Seen<Person>> = node.seen(actor, &wanted, Use::Read).await?;
    let shown: HashMap<Id, String> =
        seen.iter().map(|seen| (seen.meta.id, seen.state.shown().to_owned())).collect();
    Ok(roots.iter().filter_map(|(id, root)| Some((*id, shown.get(root)?.clone()))).collect())
}
