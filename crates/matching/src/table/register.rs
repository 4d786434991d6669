//! Pairs among the rows of one or two tables of Chinese persons.

use super::matcher::{Found, Options, Outcome, chance};
use super::persons::{candidates, compared};
use super::read::Table;
use super::report::{Agreement, Decision, FieldReason};
use super::roles::Role;
use crate::engine::assign;
use crate::people::{self, Index, Pair};

/// What was found, and which columns were compared; nothing if a table is none of Chinese persons.
pub(crate) fn pairs(
    left: (&Table, &[Role]),
    right: Option<(&Table, &[Role])>,
    options: &Options,
) -> Option<(Outcome, Vec<(String, Role)>)> {
    let columns = compared(left.0, left.1)?;
    let mut items = candidates(left.0, left.1, "l")?;
    let first = items.len();
    if let Some((table, roles)) = right {
        items.extend(candidates(table, roles, "r")?);
    }
    let mut index = Index::new(items);
    index.learn();
    let blocked: Vec<(usize, usize)> = index
        .blocked()
        .into_iter()
        .filter(|(one, two)| right.is_none() || (*one < first && *two >= first))
        .collect();
    let scored = index.among(&blocked);
    let labels = |field: &str| label(field, &columns);
    let mut pairs: Vec<Found> = match right {
        Some(_) if options.one_to_one => assigned(&scored, first, &labels),
        Some(_) => scored.iter().map(|pair| found(pair, first, pair.probability, &labels)).collect(),
        None => scored.iter().map(|pair| found(pair, 0, pair.probability, &labels)).collect(),
    };
    pairs.retain(|pair| pair.probability >= options.review);
    for pair in &mut pairs {
        if pair.probability < options.auto.min(people::AUTO) {
            pair.decision = Decision::Review;
        }
    }
    Some((Outcome { pairs, compared: blocked.len() }, columns))
}

/// Across two files: the best partner, less sure where another one would do nearly as well.
fn assigned(scored: &[Pair], first: usize, labels: &dyn Fn(&str) -> String) -> Vec<Found> {
    let rows: Vec<(u32, u32, f64)> =
        scored.iter().map(|pair| (pair.a as u32, (pair.b - first) as u32, odds(pair.probability))).collect();
    assign(&rows)
        .into_iter()
        .map(|chosen| {
            let (_, _, own) = rows[chosen.pair];
            let rival = (own - chosen.lead).exp2();
            let sure = own.exp2();
            found(&scored[chosen.pair], first, sure / (1.0 + sure + rival), labels)
        })
        .collect()
}

fn odds(probability: f64) -> f64 {
    (probability / (1.0 - probability).max(1e-15)).max(1e-15).log2()
}

fn found(pair: &Pair, first: usize, probability: f64, labels: &dyn Fn(&str) -> String) -> Found {
    let odds = odds(pair.probability);
    debug_assert!((chance(odds) - pair.probability).abs() < 1e-6);
    let reasons = pair.reasons.iter().map(|reason| FieldReason {
        field: labels(&reason.field),
        agreement: agreement(&reason.level),
        bits: reason.weight,
    });
    let auto = pair.decision == people::Decision::Auto;
    Found {
        one: pair.a,
        two: pair.b - first,
        probability,
        odds,
        decision: if auto { Decision::Auto } else { Decision::Review },
        reasons: reasons.collect(),
    }
}

/// The header of the column that a field was read from.
fn label(field: &str, columns: &[(String, Role)]) -> String {
    let role = match field {
        "name" => Role::FullName,
        "birth" => Role::BirthDate,
        "sex" => Role::Sex,
        "id_number" => Role::PersonNumber,
        "phone" => Role::Phone,
        "home" => Role::Home,
        "address" => Role::Address,
        _ => Role::Household,
    };
    columns.iter().find(|column| column.1 == role).map_or_else(|| field.to_owned(), |column| column.0.clone())
}

/// A level of the register's comparison in the words of tables.
fn agreement(level: &str) -> Agreement {
    match level {
        "same" | "same_folded" | "day" | "county" | "several" => Agreement::Equal,
        "pinyin_of" | "homophone" | "shape_alike" | "one_char_off" | "month" | "slip" => Agreement::Close,
        "nickname" | "fits" | "year_apart" | "weeks_apart" | "city" | "vague" | "one" => Agreement::Alike,
        "part_missing" | "surname_only" | "province" => Agreement::Faint,
        _ => Agreement::Differs,
    }
}
