//! Reading the figures of a period: those that are kept, or for any two days, counted from the marks.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use journal::{Node, Row, StoreError};
use kernel::rollup::{Answer, Reading, Rows};
use kernel::units::{Encounters, Households, Participations, People, Sessions};
use kernel::{Id, SiteId, Sql, Val};

use super::asked::Step;
use super::figures::{Came, Figures, Present, Sort, Unnamed, count};
use super::span::Span;
use crate::rolled::{self, HOUSEHOLD, PERSON};
use crate::tables::{Known, Roots, merges};

static PEOPLE: Sql = Sql {
    name: "evidence.year_people",
    text: "SELECT sex, band, province, people, participations FROM count_people WHERE site = $1 AND period = $2",
};
static KINDS: Sql = Sql {
    name: "evidence.year_kinds",
    text: "SELECT class, kind, sex, units, participations FROM count_kind WHERE site = $1 AND period = $2",
};
static SESSIONS: Sql = Sql {
    name: "evidence.year_sessions",
    text: "SELECT kind, sex, age, sessions, participations FROM count_session WHERE site = $1 AND period = $2",
};
static ENCOUNTERS: Sql = Sql {
    name: "evidence.year_encounters",
    text: "SELECT kind, encounters FROM count_encounter WHERE site = $1 AND period = $2",
};
static MONTHS: Sql = Sql {
    name: "evidence.year_months",
    text: "SELECT period, CAST(SUM(people) AS BIGINT), CAST(SUM(participations) AS BIGINT) FROM count_people \
           WHERE site = $1 AND period >= $2 AND period <= $3 GROUP BY period",
};
static MONTH_SESSIONS: Sql = Sql {
    name: "evidence.year_month_sessions",
    text: "SELECT period, CAST(SUM(sessions) AS BIGINT), CAST(SUM(participations) AS BIGINT) FROM count_session \
           WHERE site = $1 AND period >= $2 AND period <= $3 GROUP BY period",
};
static PRESENT: Sql = Sql {
    name: "evidence.year_present",
    text: "SELECT p.session, s.day, a.kind, p.person FROM session_row s \
           JOIN participation_person p ON p.site = s.site AND p.session = s.session \
           JOIN activity_row a ON a.site = s.site AND a.activity = s.activity \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3",
};
static UNNAMED: Sql = Sql {
    name: "evidence.year_unnamed",
    text: "SELECT p.session, s.day, a.kind, p.kind, p.household, p.count, p.claimed, p.sex, p.age FROM session_row s \
           JOIN participation_row p ON p.site = s.site AND p.session = s.session \
           JOIN activity_row a ON a.site = s.site AND a.activity = s.activity \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 AND p.kind <> 'person'",
};
static MET: Sql = Sql {
    name: "evidence.year_met",
    text: "SELECT kind, COUNT(*) FROM encounter_row WHERE site = $1 AND day >= $2 AND day <= $3 GROUP BY kind",
};
static ENCOUNTERS_OF: Sql = Sql {
    name: "evidence.year_encounters_of",
    text: "SELECT encounter, kind FROM encounter_row WHERE site = $1 AND day >= $2 AND day <= $3 ORDER BY day, encounter",
};
static ASKED: Sql = Sql {
    name: "evidence.year_asked",
    text: "SELECT r.request, r.code, j.verb, j.at FROM request_row r \
           JOIN journal j ON j.site = r.site AND j.noun = 'request' AND j.record = r.request \
           WHERE r.site = $1 ORDER BY r.request, j.pos",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[
    &PEOPLE,
    &KINDS,
    &SESSIONS,
    &ENCOUNTERS,
    &MONTHS,
    &MONTH_SESSIONS,
    &PRESENT,
    &UNNAMED,
    &MET,
    &ENCOUNTERS_OF,
    &ASKED,
];

fn number(row: &Row, at: usize) -> u64 {
    row.int(at).unsigned_abs()
}

fn came(row: &Row, at: usize) -> Came {
    Came { people: People(number(row, at)), participations: Participations(number(row, at + 1)) }
}

/// The figures that are kept of a period.
pub async fn kept(node: &Node, site: SiteId, code: &str, span: &Span) -> Result<Figures, StoreError> {
    let of = || vec![Val::from(site), Val::from(code)];
    let text = |row: &Row, at| row.text(at).to_owned();
    let mut figures = Figures::default();
    for row in node.rows(PEOPLE.text, of()).await? {
        let sort = Sort { sex: text(&row, 0), band: text(&row, 1), province: text(&row, 2) };
        figures.people.insert(sort, came(&row, 3));
    }
    for row in node.rows(KINDS.text, of()).await? {
        match (row.text(0), row.text(1)) {
            (PERSON, _) => {
                figures.kinds.insert((text(&row, 1), text(&row, 2)), came(&row, 3));
            }
            (_, "") => figures.households = Households(number(&row, 3)),
            (_, kind) => {
                figures.families.insert(kind.to_owned(), Households(number(&row, 3)));
            }
        }
    }
    for row in node.rows(SESSIONS.text, of()).await? {
        if row.int(3) > 0 {
            figures.sessions.insert(text(&row, 0), Sessions(number(&row, 3)));
        }
        if row.int(4) > 0 {
            let key = (text(&row, 0), text(&row, 1), text(&row, 2));
            figures.anonymous.insert(key, Participations(number(&row, 4)));
        }
    }
    for row in node.rows(ENCOUNTERS.text, of()).await? {
        figures.encounters.insert(text(&row, 0), Encounters(number(&row, 1)));
    }
    let (first, last) = span.months();
    let months = || vec![Val::from(site), first.as_str().into(), last.as_str().into()];
    for row in node.rows(MONTHS.text, months()).await? {
        figures.months.entry(text(&row, 0)).or_default().known = came(&row, 1);
    }
    for row in node.rows(MONTH_SESSIONS.text, months()).await? {
        let month = figures.months.entry(text(&row, 0)).or_default();
        (month.sessions, month.anonymous) = (Sessions(number(&row, 1)), Participations(number(&row, 2)));
    }
    Ok(figures)
}

/// Reads outside the pipeline's transaction.
struct Reader<'a>(&'a Node);

impl Reading for Reader<'_> {
    fn rows<'a>(&'a mut self, sql: &'a str, values: Vec<Val>) -> Answer<'a, Rows> {
        Box::pin(async move {
            let rows = self.0.rows(sql, values).await?;
            Ok(rows.into_iter().map(|row| row.0).collect())
        })
    }
}

/// The marks of a period, and what is known of those who made them.
pub struct Marks {
    /// Known people, nobody twice at one session.
    pub present: Vec<Present>,
    /// Marks that name no person.
    pub unnamed: Vec<Unnamed>,
    /// Sex, birth and home province of the people.
    pub facts: BTreeMap<Id, (Known, String)>,
}

/// The figures of any two days, counted from the marks.
pub async fn counted(node: &Node, site: SiteId, span: &Span) -> Result<Figures, StoreError> {
    let Marks { present, unnamed, facts } = marks(node, site, span).await?;
    let mut figures = count(&present, &unnamed, &facts, span.to);
    let days = vec![Val::from(site), span.from.to_string().into(), span.to.to_string().into()];
    for row in node.rows(MET.text, days).await? {
        figures.encounters.insert(row.text(0).to_owned(), Encounters(number(&row, 1)));
    }
    Ok(figures)
}

/// Reads the marks of a period.
pub async fn marks(node: &Node, site: SiteId, span: &Span) -> Result<Marks, StoreError> {
    let days = || vec![Val::from(site), span.from.to_string().into(), span.to.to_string().into()];
    let roots = Roots::new(merges(node, site).await?);
    let mut seen = HashSet::new();
    let mut present = Vec::new();
    for row in node.rows(PRESENT.text, days()).await? {
        let (session, person) = (row.id(0), roots.of(row.id(3)));
        if let Ok(day) = row.text(1).parse()
            && seen.insert((session, person))
        {
            present.push(Present { session, day, kind: row.text(2).to_owned(), person });
        }
    }
    let mut unnamed = Vec::new();
    for row in node.rows(UNNAMED.text, days()).await? {
        let Ok(day) = row.text(1).parse::<Date>() else { continue };
        let household = if row.text(3) == HOUSEHOLD { row.opt_id(4) } else { None };
        let left = u64::try_from(row.int(5) - row.int(6)).unwrap_or_default();
        unnamed.push(Unnamed {
            session: row.id(0),
            day,
            kind: row.text(2).to_owned(),
            household,
            count: Participations(if row.text(3) == HOUSEHOLD { 0 } else { left }),
            sex: row.text(7).to_owned(),
            age: row.text(8).to_owned(),
        });
    }
    let people: std::collections::BTreeSet<Id> = present.iter().map(|mark| mark.person).collect();
    let facts = rolled::facts_of(&mut Reader(node), site, &people).await.map_err(|error| match error
        .downcast::<StoreError>(
    ) {
        Ok(error) => *error,
        Err(error) => StoreError::Failed(error.to_string()),
    })?;
    Ok(Marks { present, unnamed, facts })
}

/// Encounters of a period, of one kind or of all.
pub async fn met(node: &Node, site: SiteId, span: &Span, kind: Option<&str>) -> Result<Vec<Id>, StoreError> {
    let values = vec![site.into(), span.from.to_string().into(), span.to.to_string().into()];
    let rows = node.rows(ENCOUNTERS_OF.text, values).await?;
    let fits = |row: &&Row| kind.is_none_or(|kind| row.text(1) == kind);
    Ok(rows.iter().filter(fits).map(|row| row.id(0)).collect())
}

/// What happened to every request, each in order: its kind of need, and the steps with their days.
pub async fn asked(node: &Node, site: SiteId) -> Result<BTreeMap<Id, (String, Vec<Step>)>, StoreError> {
    let mut all: BTreeMap<Id, (String, Vec<Step>)> = BTreeMap::new();
    for row in node.rows(ASKED.text, vec![site.into()]).await? {
        let at = jiff::Timestamp::from_microsecond(row.int(3)).unwrap_or_default();
        let steps = all.entry(row.id(0)).or_insert_with(|| (row.text(1).to_owned(), Vec::new()));
        steps.1.extend(Step::of(row.text(2), node.day_of(at)));
    }
    Ok(all)
}
