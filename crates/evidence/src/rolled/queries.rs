//! Reading what roll-ups follow from, within the pipeline's transaction: tables of people and community.

use journal::{lookups, placeholders};
use kernel::rollup::{Answer, Reading, Rows};
use kernel::{Id, SiteId, Sql, Val};

pub(super) static SESSIONS: Sql = Sql {
    name: "evidence.rolled_sessions",
    text: "SELECT session, activity, day FROM session_row WHERE site = $1 AND session IN ($2)",
};
pub(super) static ACTIVITIES: Sql = Sql {
    name: "evidence.rolled_activities",
    text: "SELECT activity, kind FROM activity_row WHERE site = $1 AND activity IN ($2)",
};
pub(super) static SESSIONS_OF: Sql = Sql {
    name: "evidence.rolled_sessions_of",
    text: "SELECT session FROM session_row WHERE site = $1 AND activity IN ($2)",
};
pub(super) static NEXT_SESSIONS: Sql = Sql {
    name: "evidence.rolled_next_sessions",
    text: "SELECT session FROM session_row WHERE site = $1 AND session > $2 ORDER BY session LIMIT 200",
};
pub(super) static PRESENT: Sql = Sql {
    name: "evidence.rolled_present",
    text: "SELECT session, person, COUNT(*) FROM participation_person WHERE site = $1 AND session IN ($2) \
           GROUP BY session, person",
};
pub(super) static PRESENT_OF: Sql = Sql {
    name: "evidence.rolled_present_of",
    text: "SELECT session, person, 1 FROM participation_person WHERE site = $1 AND session = $2 AND person IN ($3)",
};
pub(super) static MARKS: Sql = Sql {
    name: "evidence.rolled_marks",
    text: "SELECT session, kind, household, count, claimed, sex, age FROM participation_row \
           WHERE site = $1 AND session IN ($2)",
};
pub(super) static ATTENDED: Sql = Sql {
    name: "evidence.rolled_attended",
    text: "SELECT p.person, p.session, s.day, a.kind FROM participation_person p \
           JOIN session_row s ON s.site = p.site AND s.session = p.session \
           JOIN activity_row a ON a.site = s.site AND a.activity = s.activity \
           WHERE p.site = $1 AND p.person IN ($2)",
};
pub(super) static INTO: Sql = Sql {
    name: "evidence.rolled_into",
    text: "SELECT person, into_person FROM person_merged WHERE site = $1 AND person IN ($2)",
};
pub(super) static MERGED: Sql = Sql {
    name: "evidence.rolled_merged",
    text: "SELECT person, into_person FROM person_merged WHERE site = $1 AND into_person IN ($2)",
};
pub(super) static KNOWN: Sql = Sql {
    name: "evidence.rolled_known",
    text: "SELECT person, sex, birth_from, birth_to, birth_year FROM person_row WHERE site = $1 AND person IN ($2)",
};
pub(super) static HOMES: Sql = Sql {
    name: "evidence.rolled_homes",
    text: "SELECT person, province, since, no FROM stay_row WHERE site = $1 AND kind = 'registered' \
           AND province IS NOT NULL AND person IN ($2)",
};
pub(super) static TAKEN: Sql = Sql {
    name: "evidence.rolled_taken",
    text: "SELECT site, class, unit, year, sex, born_from, born_to, province, parts FROM taken_part \
           WHERE site = $1 AND class = $2 AND unit IN ($3)",
};
pub(super) static SESSION_PARTS: Sql = Sql {
    name: "evidence.rolled_session_parts",
    text: "SELECT site, session, day, kind, marks, nameless FROM session_part WHERE site = $1 AND session IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[
    &SESSIONS,
    &ACTIVITIES,
    &SESSIONS_OF,
    &NEXT_SESSIONS,
    &PRESENT,
    &PRESENT_OF,
    &MARKS,
    &ATTENDED,
    &INTO,
    &MERGED,
    &KNOWN,
    &HOMES,
    &TAKEN,
    &SESSION_PARTS,
];

/// The rows of a statement whose last value stands for a list of ids, asked for some hundreds at a time.
pub(super) fn among<'a>(
    db: &'a mut dyn Reading,
    sql: &'static Sql,
    fixed: Vec<Val>,
    ids: impl IntoIterator<Item = Id>,
) -> Answer<'a, Rows> {
    let ids: Vec<Id> = ids.into_iter().collect();
    Box::pin(async move {
        let at = fixed.len() + 1;
        let mut all = Rows::new();
        for ids in lookups(&ids) {
            let text = sql.text.replace(&format!("(${at})"), &format!("({})", placeholders(at, ids.len())));
            let values = fixed.iter().cloned().chain(ids.into_iter().map(Val::from)).collect();
            all.extend(db.rows(&text, values).await?);
        }
        Ok(all)
    })
}

/// The same with nothing but the site before the list.
pub(super) fn of_site<'a>(
    db: &'a mut dyn Reading,
    sql: &'static Sql,
    site: SiteId,
    ids: impl IntoIterator<Item = Id>,
) -> Answer<'a, Rows> {
    among(db, sql, vec![site.into()], ids)
}
