//! Rows as statements give them, and the small helpers for writing portable statements.

use kernel::{Id, Val};

/// One row of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Val>);

impl Row {
    /// Column `at` as a whole number; 0 where it is none.
    pub fn int(&self, at: usize) -> i64 {
        self.opt_int(at).unwrap_or_default()
    }

    /// Column `at` as a whole number, if it is one.
    pub fn opt_int(&self, at: usize) -> Option<i64> {
        match self.0.get(at) {
            Some(Val::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// Column `at` as text; empty where it is none.
    pub fn text(&self, at: usize) -> &str {
        self.opt_text(at).unwrap_or_default()
    }

    /// Column `at` as text, if it is one.
    pub fn opt_text(&self, at: usize) -> Option<&str> {
        match self.0.get(at) {
            Some(Val::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Column `at` as bytes; empty where it is none.
    pub fn blob(&self, at: usize) -> &[u8] {
        match self.0.get(at) {
            Some(Val::Blob(bytes)) => bytes,
            _ => &[],
        }
    }

    /// Column `at` as an id; the zero id where it is none.
    pub fn id(&self, at: usize) -> Id {
        self.opt_id(at).unwrap_or_default()
    }

    /// Column `at` as an id, if it is one.
    pub fn opt_id(&self, at: usize) -> Option<Id> {
        self.opt_text(at).and_then(|text| text.parse().ok())
    }
}

/// `$first, $first+1, …`, `count` of them: for `IN (…)`.
pub fn placeholders(first: usize, count: usize) -> String {
    let all: Vec<String> = (first..first + count).map(|at| format!("${at}")).collect();
    all.join(", ")
}

/// How many values a bulk lookup sends at once: few sizes, so that few statements are prepared.
pub(crate) fn padded(count: usize) -> usize {
    [1, 8, 64, 400].into_iter().find(|size| count <= *size).unwrap_or(400)
}

/// Splits keys into lookups of one of a few sizes, so that few statements are prepared; the last key repeats to fill one up.
pub fn lookups<T: Clone>(keys: &[T]) -> Vec<Vec<T>> {
    keys.chunks(400)
        .map(|chunk| {
            let mut lookup = chunk.to_vec();
            if let Some(last) = chunk.last() {
                lookup.resize(padded(chunk.len()), last.clone());
            }
            lookup
        })
        .collect()
}

/// `$n` for PostgreSQL is `?n` for SQLite. Statements hold no `$` inside text constants.
pub(crate) fn for_sqlite(sql: &str) -> String {
    sql.replace('$', "?")
}
