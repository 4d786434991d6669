//! Reading rolls, and who was where.

use journal::{Node, StoreError, placeholders};
use kernel::{Actor, Id, Sql, Use, Val};

use super::views::{Mark, Roll, TookPart, groups, totals};
use crate::{activity, session};

pub(crate) static OF_SESSION: Sql = Sql {
    name: "community.roll",
    text: "SELECT participation FROM participation_row WHERE site = $1 AND session = $2 ORDER BY no, participation",
};
pub(crate) static REGULARS: Sql = Sql {
    name: "community.regulars",
    text: "SELECT r.person FROM (SELECT p.person AS person, COUNT(*) AS times, MAX(s.day) AS latest \
             FROM (SELECT h.session, h.day FROM session_row h \
               WHERE h.site = $1 AND h.activity = $2 AND h.session <> $3 AND h.day >= $4 AND h.day <= $5 \
               ORDER BY h.day DESC, h.session DESC LIMIT 12) s \
             JOIN participation_person p ON p.site = $1 AND p.session = s.session GROUP BY p.person) r \
           WHERE NOT EXISTS (SELECT 1 FROM participation_person here \
             WHERE here.site = $1 AND here.session = $3 AND here.person = r.person) \
           ORDER BY r.times DESC, r.latest DESC, r.person LIMIT 60",
};
pub(crate) static OF_PERSON: Sql = Sql {
    name: "community.of_person",
    text: "SELECT p.participation, p.session, s.day, a.title, p.claimed FROM participation_person p \
           JOIN session_row s ON s.site = p.site AND s.session = p.session \
           JOIN activity_row a ON a.site = p.site AND a.activity = p.activity \
           WHERE p.site = $1 AND p.person IN ($2)",
};

/// What a roll offers, as the scope function asks for it: the view stands in the migrations.
pub(crate) static ON_ROLL: Sql = Sql {
    name: "community.on_roll",
    text: "SELECT activity, record FROM on_roll WHERE site = $1 AND session = $2",
};

/// In days; the view `on_roll` goes back as far.
const HALF_YEAR: i32 = 183;

/// The roll of a session, if the session is in the actor's scope. Names of people are for the caller to fill in
/// ([`Roll::complete`]).
pub async fn roll(node: &Node, actor: &Actor, id: Id) -> Result<Option<Roll>, StoreError> {
    let Some(session) = session::queries::one(node, actor, id).await? else { return Ok(None) };
    let marks = async {
        let rows = node.rows(OF_SESSION.text, vec![actor.site.into(), id.into()]).await?;
        let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
        let seen = node.seen(actor, &ids, Use::Read).await?;
        Ok(seen.into_iter().map(Mark::of).collect::<Vec<_>>())
    };
    let (marks, activity) = tokio::try_join!(marks, activity::queries::one(node, actor, session.activity))?;
    let totals = totals(&marks, |id| id);
    let groups = groups(&marks);
    Ok(Some(Roll { session, activity, marks, totals, groups }))
}

/// Who came to the last twelve sessions of the activity, in the half year before this session, and is not marked yet,
/// the most faithful first. The caller shows those whom the actor may know of.
pub async fn regulars(
    node: &Node,
    actor: &Actor,
    session: &session::views::SessionCard,
) -> Result<Vec<Id>, StoreError> {
    let since = session
        .day
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|day| day.checked_sub(jiff::Span::new().days(HALF_YEAR)).ok())
        .map_or_else(|| session.day.clone(), |day| day.to_string());
    let day = session.day.as_str();
    let values =
        vec![actor.site.into(), session.activity.into(), session.id.into(), since.into(), day.into()];
    let rows = node.rows(REGULARS.text, values).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Where a person took part, the latest first. `persons` are the person and all that were merged into it; whether the
/// actor may know of the person is for the caller to ask first.
pub async fn of_person(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    limit: usize,
) -> Result<Vec<TookPart>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_PERSON.text.replace("$2", &placeholders(2, persons.len()));
    let sql =
        format!("{base} ORDER BY s.day DESC, p.participation DESC LIMIT {}", kernel::page::limit(limit));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(persons.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&sql, values).await?;
    let entry = |row: &journal::Row| TookPart {
        id: row.id(0),
        session: row.id(1),
        day: row.text(2).to_owned(),
        title: row.text(3).to_owned(),
        claimed: row.int(4) == 1,
    };
    Ok(rows.iter().map(entry).collect())
}
