//! Search: a typed query as few bounded look-ups, the best first.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use journal::{Node, StoreError};
use kernel::{Actor, Id, Scope, ScopeColumns, Sql, Use, Val};
use names::{Query, Step, Why};

use super::{cards, roots};
use crate::person::state::Person;
use crate::sql::{padded, rows_in};
use crate::views::{Found, PersonCard};

/// Statements here; the look-up in the shape of one range and everybody in scope.
pub static STATEMENTS: &[&Sql] = &[
    &Sql {
        name: "people.find",
        text: "SELECT q.no, q.text FROM (SELECT k.no, k.text FROM person_key k WHERE k.site = $1 AND k.class = $2 \
            AND k.text >= $3 AND k.text < $4 ORDER BY k.text, k.no LIMIT 60) q",
    },
    &Sql { name: "people.by_no", text: "SELECT no, person FROM person_row WHERE site = $1 AND no IN ($2)" },
    &Sql {
        name: "people.recent",
        text: "SELECT p.person, p.changed, p.no FROM person_row p WHERE p.site = $1 AND p.merged = 0 \
            AND (p.changed < $2 OR p.changed = $2 AND p.no < $3) AND 1 = 1 \
            ORDER BY p.changed DESC, p.no DESC LIMIT 50",
    },
];

/// No more people are given at once.
pub const MOST: usize = 200;
/// Rows read for a look-up whose hits must be verified.
const VERIFIED: usize = 400;

const SCOPE: ScopeColumns<'static> =
    ScopeColumns { site: "p.site", id: "p.person", made_by: "p.made_by", within: &["p.person"] };

/// A row of the index that a step found.
struct Hit {
    no: i64,
    why: Why,
    text: String,
    verify: bool,
}

/// People by any part of a name, pinyin, initials, nickname or telephone, best first; duplicates are shown as the
/// record they were merged into. An empty query gives those changed last.
pub async fn find(
    node: &Node,
    actor: &Actor,
    query: &str,
    limit: usize,
) -> Result<Vec<PersonCard>, StoreError> {
    let limit = limit.clamp(1, MOST);
    if query.trim().is_empty() {
        return Ok(recent(node, actor, None, limit).await?.0);
    }
    let query = Query::parse(query);
    let scope = kernel::scope(actor, "person", Use::Read);
    if query.is_empty() || scope == Scope::Nothing {
        return Ok(Vec::new());
    }
    let mut found: Vec<(Id, Found)> = Vec::new();
    let mut seen: HashSet<i64> = HashSet::new();
    for step in query.steps() {
        let verify = step.verify() || query.verify();
        let mut hits =
            look_up(node, actor, &scope, step, if verify { VERIFIED } else { limit + 20 }, verify).await?;
        // A phone index answers whole numbers and endings alike; each person counts once, at its best step.
        hits.retain(|hit| !seen.contains(&hit.no));
        hits.sort_by(|a, b| (a.text.len(), &a.text, a.no).cmp(&(b.text.len(), &b.text, b.no)));
        hits.dedup_by_key(|hit| hit.no);
        let kept = settle(node, actor, &query, hits).await?;
        for (no, id, why) in kept {
            if seen.insert(no) && !found.iter().any(|(known, _)| *known == id) {
                found.push((id, why.into()));
            }
        }
        if found.len() >= limit {
            break;
        }
    }
    found.truncate(limit);
    cards::found(node, actor, &found).await
}

/// Hits as persons: verified where the index alone is not enough, and each as the record that stands for it.
async fn settle(
    node: &Node,
    actor: &Actor,
    query: &Query,
    hits: Vec<Hit>,
) -> Result<Vec<(i64, Id, Why)>, StoreError> {
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<Val> = hits.iter().map(|hit| hit.no.into()).collect();
    let head = "SELECT no, person FROM person_row WHERE site = $1 AND no IN";
    let persons: HashMap<i64, Id> =
        rows_in(node, actor.site, head, &list, "").await?.iter().map(|row| (row.int(0), row.id(1))).collect();
    let mut kept: Vec<(i64, Id, Why)> = Vec::with_capacity(hits.len());
    let unsure: Vec<Id> =
        hits.iter().filter(|hit| hit.verify).filter_map(|hit| persons.get(&hit.no).copied()).collect();
    let mut fits: HashMap<Id, Why> = HashMap::new();
    for held in node.held_many(actor.site, "person", &unsure).await? {
        let person: Person = journal::state(&held);
        if let Some(found) = query.rank(&person.forms(), &person.numbers()) {
            fits.insert(held.meta.id, found.why);
        }
    }
    for hit in hits {
        let Some(id) = persons.get(&hit.no).copied() else { continue };
        match (hit.verify, fits.get(&id)) {
            (false, _) => kept.push((hit.no, id, hit.why)),
            (true, Some(why)) => kept.push((hit.no, id, (*why).max(hit.why))),
            (true, None) => {}
        }
    }
    kept.sort_by_key(|(_, _, why)| *why);
    let ids: Vec<Id> = kept.iter().map(|(_, id, _)| *id).collect();
    let roots = roots::roots(node, actor.site, &ids).await?;
    for (_, id, _) in &mut kept {
        *id = roots.get(id).copied().unwrap_or(*id);
    }
    Ok(kept)
}

/// One step: its ranges in few statements, each range bounded.
async fn look_up(
    node: &Node,
    actor: &Actor,
    scope: &Scope,
    step: &Step,
    rows: usize,
    verify: bool,
) -> Result<Vec<Hit>, StoreError> {
    let mut hits = Vec::new();
    for ranges in step.ranges.chunks(64) {
        let size = padded(ranges.len());
        let mut values: Vec<Val> = vec![actor.site.into(), (step.class as i64).into()];
        for at in 0..size {
            let range = &ranges[at.min(ranges.len() - 1)];
            values.push(range.low.as_str().into());
            values.push(range.high.as_str().into());
        }
        let condition = match scope {
            Scope::All => String::new(),
            scope => {
                let inside = scope.sql(&SCOPE, &mut values);
                format!(
                    " AND EXISTS (SELECT 1 FROM person_row p WHERE p.site = k.site AND p.no = k.no AND {inside})"
                )
            }
        };
        let mut sql = String::new();
        for at in 0..size {
            let join = if at == 0 { "" } else { " UNION ALL " };
            let (low, high) = (3 + 2 * at, 4 + 2 * at);
            let _ = write!(
                sql,
                "{join}SELECT q.no, q.text FROM (SELECT k.no, k.text FROM person_key k WHERE k.site = $1 \
                 AND k.class = $2 AND k.text >= ${low} AND k.text < ${high}{condition} \
                 ORDER BY k.text, k.no LIMIT {rows}) q"
            );
        }
        for row in node.rows(&sql, values).await? {
            if pieces_fit(step, row.text(1)) {
                hits.push(Hit { no: row.int(0), why: step.why, text: row.text(1).to_owned(), verify });
            }
        }
    }
    Ok(hits)
}

/// What the key alone can tell of a step's pieces; the rest is verified on the person.
fn pieces_fit(step: &Step, key: &str) -> bool {
    let Some((_, syllables)) = key.split_once(' ') else { return step.pieces.is_empty() };
    step.pieces.is_empty()
        || step.pieces.iter().any(|row| {
            syllables.split('\'').count() == row.len()
                && syllables
                    .split('\'')
                    .zip(row)
                    .all(|(syllable, piece)| syllable.starts_with(piece.as_str()))
        })
}

/// People changed last, and where to go on (`after` of the next call).
pub async fn recent(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<PersonCard>, Option<String>), StoreError> {
    let limit = limit.clamp(1, MOST);
    let (changed, no) = after
        .and_then(|after| after.split_once(':'))
        .and_then(|(changed, no)| Some((changed.parse::<i64>().ok()?, no.parse::<i64>().ok()?)))
        .unwrap_or((i64::MAX, i64::MAX));
    let mut values: Vec<Val> = vec![actor.site.into(), changed.into(), no.into()];
    let condition = kernel::scope(actor, "person", Use::Read).sql(&SCOPE, &mut values);
    let sql = format!(
        "SELECT p.person, p.changed, p.no FROM person_row p WHERE p.site = $1 AND p.merged = 0 \
         AND (p.changed < $2 OR p.changed = $2 AND p.no < $3) AND {condition} \
         ORDER BY p.changed DESC, p.no DESC LIMIT {limit}"
    );
    let rows = node.rows(&sql, values).await?;
    let next = (rows.len() == limit)
        .then(|| rows.last().map(|row| format!("{}:{}", row.int(1), row.int(2))))
        .flatten();
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    Ok((cards::cards(node, actor, &ids).await?, next))
}
