//! Finding works.

use journal::{Node, Row, StoreError};
use kernel::{Actor, Held, Id, SiteId, Sql, Use, Val};

use super::Kind;

static LATEST: Sql = Sql {
    name: "publishing.works",
    text: "SELECT work, no, kind FROM work_row WHERE site = $1 AND no < $2 ORDER BY no DESC LIMIT 100",
};
static OF_SESSION: Sql = Sql {
    name: "publishing.works_of_session",
    text: "SELECT work, no, kind FROM work_row WHERE site = $1 AND session = $3 AND no < $2 \
           ORDER BY no DESC LIMIT 100",
};
static PUBLISHED: Sql = Sql {
    name: "publishing.works_published",
    text: "SELECT work, no, kind FROM work_row WHERE site = $1 AND published = 1 AND no < $2 \
           ORDER BY no DESC LIMIT 100",
};
static OF_PERSON: Sql = Sql {
    name: "publishing.works_of_person",
    text: "SELECT work FROM work_face WHERE site = $1 AND person = $2 ORDER BY work DESC LIMIT 200",
};
static SAME_FILE: Sql = Sql {
    name: "publishing.works_with_file",
    text: "SELECT work FROM work_row WHERE site = $1 AND digest = $2 ORDER BY work LIMIT 20",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LATEST, &OF_SESSION, &PUBLISHED, &OF_PERSON, &SAME_FILE];

/// Which works.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of this session.
    pub session: Option<Id>,
    /// Published ones.
    pub published: bool,
}

/// Some works before a place in the journal that the actor may open, the latest first, and where the next ones start:
/// nowhere once all were looked at.
pub async fn before(
    node: &Node,
    actor: &Actor,
    asked: Asked,
    place: i64,
) -> Result<(Vec<Held>, Option<i64>), StoreError> {
    let mut values = vec![actor.site.into(), place.into()];
    let sql = match asked {
        Asked { session: Some(session), .. } => {
            values.push(session.into());
            &OF_SESSION
        }
        Asked { published: true, .. } => &PUBLISHED,
        Asked { .. } => &LATEST,
    };
    let rows = node.rows(sql.text, values).await?;
    let next = rows.last().filter(|_| rows.len() == 100).map(|row| row.int(1));
    let fits = |row: &&Row| asked.kind.is_none_or(|kind| kind.code() == row.text(2));
    let ids: Vec<Id> = rows.iter().filter(fits).map(|row| row.id(0)).collect();
    Ok((node.visible(actor, "work", &ids, Use::Read).await?, next))
}

/// The works with any of these people on them that the actor may open, the latest first.
pub async fn of_persons(node: &Node, actor: &Actor, persons: &[Id]) -> Result<Vec<Held>, StoreError> {
    let mut ids = Vec::new();
    for person in persons {
        let rows = node.rows(OF_PERSON.text, vec![actor.site.into(), (*person).into()]).await?;
        ids.extend(rows.iter().map(|row| row.id(0)));
    }
    ids.sort_unstable();
    ids.dedup();
    let mut held = node.visible(actor, "work", &ids, Use::Read).await?;
    held.sort_by_key(|held| std::cmp::Reverse(held.meta.no));
    Ok(held)
}

/// Another work with the same file, if the actor may open it.
pub async fn same_file(node: &Node, actor: &Actor, digest: &str, but: Id) -> Result<Option<Id>, StoreError> {
    let rows = node.rows(SAME_FILE.text, vec![actor.site.into(), digest.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).filter(|id| *id != but).collect();
    Ok(node.visible(actor, "work", &ids, Use::Read).await?.first().map(|held| held.meta.id))
}

/// The published works of a site, whoever asks, the latest first; at most 100.
pub async fn published(node: &Node, site: SiteId) -> Result<Vec<Held>, StoreError> {
    let rows = node.rows(PUBLISHED.text, vec![site.into(), Val::Int(i64::MAX)]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let mut held = node.held_many(site, "work", &ids).await?;
    held.retain(|held| held.is_live() && !held.meta.erased);
    Ok(held)
}
