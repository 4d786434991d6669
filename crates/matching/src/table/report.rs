//! What comes out of matching tables.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::roles::Role;
use super::value::{ALIKE, CLOSE, CROSSED, EQUAL, FAINT};

/// What should happen with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// So sure that it may be taken without looking.
    Auto,
    /// Probably one person; somebody should look.
    Review,
}

/// How far a field agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same.
    Equal,
    /// It stands in a neighbouring column.
    Crossed,
    /// A slip of the pen apart.
    Close,
    /// Much is alike.
    Alike,
    /// A little is alike.
    Faint,
    /// Nothing is alike.
    Differs,
}

impl Agreement {
    pub(crate) fn of(level: u8) -> Self {
        match level {
            EQUAL => Self::Equal,
            CROSSED => Self::Crossed,
            CLOSE => Self::Close,
            ALIKE => Self::Alike,
            FAINT => Self::Faint,
            _ => Self::Differs,
        }
    }

    /// In words, Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Equal => "相同",
            Self::Crossed => "填在相邻的列",
            Self::Close => "只差一点",
            Self::Alike => "相近",
            Self::Faint => "略有相似",
            Self::Differs => "不同",
        }
    }

    /// In words, English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Equal => "the same",
            Self::Crossed => "in the neighbouring column",
            Self::Close => "a slip apart",
            Self::Alike => "alike",
            Self::Faint => "a little alike",
            Self::Differs => "different",
        }
    }
}

/// What one column says about a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldReason {
    /// Header of the column in the left table.
    pub field: String,
    /// How far it agrees.
    pub agreement: Agreement,
    /// Evidence in bits: positive for one person, negative against.
    pub bits: f64,
}

/// Two rows that are probably one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchPair {
    /// Id of the row in the left table.
    pub left_id: String,
    /// Id of the row in the right table, or of another row of the left table if there is no right one.
    pub right_id: String,
    /// Number of the left row, from 0.
    pub left_row: usize,
    /// Number of the right row, from 0.
    pub right_row: usize,
    /// Probability that they are one person, from 0 to 1.
    pub probability: f64,
    /// What should happen.
    pub decision: Decision,
    /// What it rests on, the strongest first. Empty for a pair that only follows from others.
    pub reasons: Vec<FieldReason>,
}

/// Pairs, the surest first, and how the columns were understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchReport {
    /// The pairs.
    pub pairs: Vec<MatchPair>,
    /// Header and meaning of the columns that were compared.
    pub columns: Vec<(String, Role)>,
    /// Rows of the left table.
    pub left_rows: usize,
    /// Rows of the right table, nothing if one table was searched for duplicates.
    pub right_rows: Option<usize>,
    /// Pairs that were looked at.
    pub compared: usize,
}

impl MatchReport {
    /// How many pairs have a decision.
    pub fn count(&self, decision: Decision) -> usize {
        self.pairs.iter().filter(|pair| pair.decision == decision).count()
    }
}

/// The report in the form that `skein match --json` prints; its names are a contract with scripts.
pub fn cli_json(report: &MatchReport) -> Json {
    let pairs: Vec<Json> = report
        .pairs
        .iter()
        .map(|pair| {
            let reasons: Vec<Json> = pair
                .reasons
                .iter()
                .map(|reason| {
                    json!({ "field": reason.field, "agreement": reason.agreement, "bits": round(reason.bits, 100.0) })
                })
                .collect();
            json!({
                "left_id": pair.left_id,
                "right_id": pair.right_id,
                "probability": round(pair.probability, 1e6),
                "decision": pair.decision,
                "reasons": reasons,
            })
        })
        .collect();
    let columns: Vec<Json> =
        report.columns.iter().map(|(header, role)| json!({ "column": header, "role": role })).collect();
    json!({
        "schema": "skein-match/1",
        "rows": { "left": report.left_rows, "right": report.right_rows },
        "columns": columns,
        "compared": report.compared,
        "auto": report.count(Decision::Auto),
        "review": report.count(Decision::Review),
        "pairs": pairs,
    })
}

fn round(number: f64, scale: f64) -> f64 {
    (number * scale).round() / scale
}
