//! How groups change: a group of fewer than five tells nothing, nor does a step with one to four people.

use std::collections::BTreeMap;

use jiff::civil::Date;
use journal::{Node, Row, StoreError};
use kernel::page::Named;
use kernel::units::People;
use kernel::{Actor, Id, Sql, Use, scope};

use super::views::{GroupChange, Ladder, StepView};
use super::{Dimension, STEPS};

static OF_SPAN: Sql = Sql {
    name: "outreach.soft_changes",
    text: "SELECT coalesce(s.activity, ''), s.dimension, s.person, s.step FROM soft_row s \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 AND s.person IS NOT NULL \
           ORDER BY s.day, s.no LIMIT 50000",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&OF_SPAN];

/// The smallest group, and the smallest number on a step, that is told.
const LEAST: u64 = 5;

/// The ladders with their words.
pub fn ladders() -> Vec<Ladder> {
    let ladder = |dimension: &Dimension| {
        let (name_zh, name_en) = dimension.words();
        let step = |(step, (words_zh, words_en)): (u8, (&'static str, &'static str))| StepView {
            step,
            words_zh,
            words_en,
        };
        let steps = (1..=STEPS).zip(dimension.ladder()).map(step).collect();
        Ladder { dimension: *dimension, name_zh, name_en, steps }
    };
    Dimension::ALL.iter().map(ladder).collect()
}

/// The first and the last step of each person of a group.
type Steps = BTreeMap<Id, (i64, i64)>;

/// How each group changed in a span of days, for those who may count.
pub async fn groups(node: &Node, actor: &Actor, span: (Date, Date)) -> Result<Vec<GroupChange>, StoreError> {
    if scope(actor, "soft_change", Use::Count) != kernel::Scope::All {
        return Ok(Vec::new());
    }
    let values = vec![actor.site.into(), span.0.to_string().into(), span.1.to_string().into()];
    let mut groups: BTreeMap<(String, String), Steps> = BTreeMap::new();
    for row in node.rows(OF_SPAN.text, values).await? {
        let key = (row.text(0).to_owned(), row.text(1).to_owned());
        note(groups.entry(key).or_default(), &row);
    }
    Ok(groups
        .into_iter()
        .filter_map(|((activity, dimension), steps)| told(&activity, &dimension, &steps))
        .collect())
}

fn note(steps: &mut Steps, row: &Row) {
    let step = row.int(3);
    steps.entry(row.id(2)).and_modify(|(_, last)| *last = step).or_insert((step, step));
}

fn told(activity: &str, dimension: &str, steps: &Steps) -> Option<GroupChange> {
    let many = steps.len() as u64;
    let small = many < LEAST;
    let mean = |of: fn(&(i64, i64)) -> i64| {
        let sum: i64 = steps.values().map(of).sum();
        u32::try_from((sum * 10).unsigned_abs() / many.max(1)).unwrap_or_default()
    };
    let on = |step: i64| steps.values().filter(|(_, last)| *last == step).count() as u64;
    let shown = |step: u8| Some(on(i64::from(step))).filter(|many| *many == 0 || *many >= LEAST);
    Some(GroupChange {
        activity: activity.parse::<Id>().ok().map(Named::unnamed),
        dimension: Dimension::from_code(dimension)?,
        people: (!small).then_some(People(many)),
        last: (!small).then(|| (1..=STEPS).map(shown).collect()),
        first_mean: (!small).then(|| mean(|(first, _)| *first)),
        last_mean: (!small).then(|| mean(|(_, last)| *last)),
    })
}
