//! Who signed up.

use std::collections::HashMap;

use journal::{Node, Seen, StoreError, placeholders};
use kernel::{Actor, Id, Label, SiteId, Sql, Use, Val};

use super::SignUp;
use super::line::{Entry, order, seats};
use super::views::{Expected, SignUpView};
use crate::session::views::SessionCard;

static OF_SESSIONS: Sql = Sql {
    name: "community.signups",
    text: "SELECT session, signup, place, heads, certain, cancelled, told FROM signup_row \
           WHERE site = $1 AND session IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&OF_SESSIONS];

/// A session as far as its sign-ups need it.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The session.
    pub session: Id,
    /// How many people fit.
    pub capacity: Option<u32>,
    /// How often it changed.
    pub changes: u32,
}

/// What the sign-ups of sessions add up to; the sessions are in the caller's scope.
pub(crate) async fn expected(
    node: &Node,
    site: SiteId,
    asked: &[Asked],
) -> Result<HashMap<Id, Expected>, StoreError> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = OF_SESSIONS.text.replace("$2", &placeholders(2, asked.len()));
    let mut values: Vec<Val> = vec![site.into()];
    values.extend(asked.iter().map(|asked| Val::from(asked.session)));
    let mut of: HashMap<Id, Vec<(Entry, u32)>> = HashMap::new();
    for row in node.rows(&sql, values).await? {
        let small = |at: usize| u32::try_from(row.int(at)).unwrap_or_default();
        let entry = Entry {
            id: row.id(1),
            place: row.int(2),
            heads: small(3),
            certain: row.int(4) == 1,
            cancelled: row.int(5) == 1,
        };
        of.entry(row.id(0)).or_default().push((entry, small(6)));
    }
    let sums = asked.iter().filter_map(|asked| {
        let rows = of.remove(&asked.session)?;
        let untold = rows.iter().filter(|(entry, told)| !entry.cancelled && *told < asked.changes);
        let to_tell = u32::try_from(untold.count()).unwrap_or(u32::MAX);
        let mut entries: Vec<Entry> = rows.into_iter().map(|row| row.0).collect();
        let (_, heads) = seats(&mut entries, asked.capacity);
        Some((asked.session, Expected { to_tell, ..heads.into() }))
    });
    Ok(sums.collect())
}

/// The sign-ups of a session that is in the actor's scope, in the order of arrival. Names are for the caller to fill in.
pub async fn of_session(
    node: &Node,
    actor: &Actor,
    session: &SessionCard,
) -> Result<Vec<SignUpView>, StoreError> {
    let rows = node.rows(OF_SESSIONS.text, vec![actor.site.into(), session.id.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(1)).collect();
    let mut all: Vec<Seen<SignUp>> = node.seen(actor, &ids, Use::Read).await?;
    let entry = |seen: &Seen<SignUp>| seen.state.entry(&seen.meta);
    all.sort_by(|a, b| order(&entry(a), &entry(b)));
    let mut entries: Vec<Entry> = all.iter().map(entry).collect();
    let (seats, _) = seats(&mut entries, session.capacity);
    let seats: HashMap<Id, _> = seats.into_iter().collect();
    let contact = Label::Contact.readable_by(actor.role);
    let views = all.into_iter().filter_map(|seen| {
        let seat = seats.get(&seen.meta.id)?;
        Some(SignUpView::of(seen, *seat, session.changes, contact))
    });
    Ok(views.collect())
}
