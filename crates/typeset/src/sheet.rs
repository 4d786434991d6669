//! What is printed.

use jiff::ZonedDateTime;
use serde::Serialize;
use serde_json::json;

/// A report: its title, figures that are in no table, tables. Texts come in the reader's language or in both.
#[derive(Debug, Default, Serialize)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// The same in the other language, or nothing.
    pub subtitle: String,
    /// What it is about, such as a period: words and value.
    pub about: (String, String),
    /// Figures by themselves: words and value.
    pub totals: Vec<(String, String)>,
    /// How it is counted, one text a paragraph.
    pub definition: Vec<String>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The words for “page” and “made on” at the foot.
    pub foot: (String, String),
}

/// A table, with its definition under it.
#[derive(Debug, Default, Serialize)]
pub struct Table {
    /// What it shows and what its rows are shares of.
    pub title: String,
    /// The heads of its columns. The first column is words, the others are figures.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Line>,
    /// How it is counted, one text a paragraph.
    pub definition: Vec<String>,
}

/// A row.
#[derive(Debug, Default, Serialize)]
pub struct Line {
    /// One text a column.
    pub cells: Vec<String>,
    /// Whether it is set apart: what is not known, sums.
    pub apart: bool,
}

impl Sheet {
    /// What the template reads.
    pub(crate) fn told(&self, family: &str, made: &ZonedDateTime) -> serde_json::Value {
        json!({ "sheet": self, "family": family, "made": made.strftime("%Y-%m-%d %H:%M").to_string() })
    }
}
