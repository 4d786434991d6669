//! Tables of counts: rows with their share of all and of those known, and small cells kept back.

use kernel::units::Unit;
use schemars::JsonSchema;
use serde::Serialize;

/// Counts from 1 to just under this are kept from those who see totals only.
pub const LEAST: u64 = 5;

/// A count, or that it is kept back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell {
    /// The number.
    Number(u64),
    /// `<5`: too small to be shown. `*`: kept back because another one could be told from it.
    Hidden(String),
}

impl Cell {
    /// The cell of a count.
    pub fn of(count: impl Unit) -> Self {
        Self::Number(count.number())
    }

    /// The number, if it is shown.
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Hidden(_) => None,
        }
    }

    fn small(&self) -> bool {
        self.number().is_some_and(|number| number > 0 && number < LEAST)
    }

    /// The cell as somebody may see it who sees totals only.
    #[must_use]
    pub fn kept_back(self) -> Self {
        if self.small() { Self::Hidden(format!("<{LEAST}")) } else { self }
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Hidden(text) => f.write_str(text),
        }
    }
}

/// A share in percent with two decimals, rounded half up, such as `87.06`; none of nothing.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let hundredths = (u128::from(part) * 20_000 + u128::from(whole)) / (2 * u128::from(whole));
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The code of what is counted.
    pub key: String,
    /// Its words in Chinese.
    pub label_zh: String,
    /// Its words in English.
    pub label_en: String,
    /// How many.
    pub count: Cell,
    /// Share of the denominator in percent.
    pub pct: Option<String>,
    /// Share of those of whom it is known, in percent.
    pub pct_of_known: Option<String>,
}

/// A table of counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Block {
    /// Title in Chinese.
    pub title_zh: String,
    /// Title in English.
    pub title_en: String,
    /// What is counted: people, participations, …
    pub unit: String,
    /// What the rows are shares of.
    pub denominator: Cell,
    /// The rows.
    pub rows: Vec<Row>,
    /// Of how many it is not known.
    pub unknown: Cell,
    /// How it is counted, in Chinese.
    pub definition_zh: String,
    /// How it is counted, in English.
    pub definition_en: String,
}

/// The words of a title, a label or a definition: Chinese and English.
pub type Words = (&'static str, &'static str);

impl Block {
    /// A table of `all` things of one unit. `rows` are code, words and count; who is in no row is unknown.
    pub fn new<U: Unit>(
        title: Words,
        definition: Words,
        all: U,
        unknown: U,
        rows: impl IntoIterator<Item = (String, (String, String), U)>,
    ) -> Self {
        let whole = all.number();
        let known = whole.saturating_sub(unknown.number());
        let row = |(key, words, count): (String, (String, String), U)| Row {
            key,
            label_zh: words.0,
            label_en: words.1,
            count: Cell::of(count),
            pct: percent(count.number(), whole),
            pct_of_known: percent(count.number(), known),
        };
        Self {
            title_zh: title.0.to_owned(),
            title_en: title.1.to_owned(),
            unit: U::NAME.to_owned(),
            denominator: Cell::of(all),
            rows: rows.into_iter().map(row).collect(),
            unknown: Cell::of(unknown),
            definition_zh: definition.0.to_owned(),
            definition_en: definition.1.to_owned(),
        }
    }

    /// Whether a cell is kept back.
    pub fn withholds(&self) -> bool {
        self.cells().iter().any(|cell| cell.number().is_none())
    }

    fn cells(&self) -> Vec<&Cell> {
        self.rows.iter().map(|row| &row.count).chain([&self.unknown, &self.denominator]).collect()
    }

    /// The table with small cells kept back. Where only one is small, the smallest other one goes too: else the
    /// first could be told from the rest.
    #[must_use]
    pub fn kept_back(mut self) -> Self {
        self.denominator = self.denominator.kept_back();
        let all_small = self.denominator.number().is_none();
        let mut hidden = 0;
        for cell in self.rows.iter_mut().map(|row| &mut row.count).chain([&mut self.unknown]) {
            if cell.small() {
                *cell = cell.clone().kept_back();
                hidden += 1;
            }
        }
        if hidden == 1 && !all_small {
            let others = self.rows.iter_mut().map(|row| &mut row.count).chain([&mut self.unknown]);
            let next = others
                .filter(|cell| cell.number().is_some_and(|number| number > 0))
                .min_by_key(|cell| cell.number());
            if let Some(cell) = next {
                *cell = Cell::Hidden("*".to_owned());
            }
        }
        // Shares of those known would tell how many are not.
        let unknown_hidden = self.unknown.number().is_none();
        for row in &mut self.rows {
            if row.count.number().is_none() || all_small {
                row.pct = None;
                row.pct_of_known = None;
            } else if unknown_hidden {
                row.pct_of_known = None;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use kernel::units::People;
    use proptest::prelude::*;

    use super::{Block, Cell, percent};

    fn block(counts: &[u64], unknown: u64) -> Block {
        let all = People(counts.iter().sum::<u64>() + unknown);
        let rows = counts
            .iter()
            .enumerate()
            .map(|(at, count)| (at.to_string(), (String::new(), String::new()), People(*count)));
        Block::new(("", ""), ("", ""), all, People(unknown), rows)
    }

    #[test]
    fn percentages_round_half_up() {
        assert_eq!(percent(222, 255).as_deref(), Some("87.06"));
        assert_eq!(percent(222, 253).as_deref(), Some("87.75"));
        assert_eq!(percent(1, 800).as_deref(), Some("0.13"));
        assert_eq!(percent(3, 3).as_deref(), Some("100.00"));
        assert_eq!(percent(u64::MAX, u64::MAX).as_deref(), Some("100.00"));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn a_single_small_cell_takes_another_with_it() {
        let kept = block(&[100, 3, 20], 0).kept_back();
        let shown: Vec<String> = kept.rows.iter().map(|row| row.count.to_string()).collect();
        assert_eq!(shown, ["100", "<5", "*"]);
        assert_eq!(kept.unknown, Cell::Number(0));
        assert_eq!(block(&[3], 0).kept_back().denominator.to_string(), "<5");
    }

    proptest! {
        #[test]
        fn no_small_number_is_shown_or_can_be_told(
            counts in prop::collection::vec(0_u64..40, 1..8), unknown in 0_u64..40,
        ) {
            let kept = block(&counts, unknown).kept_back();
            for cell in kept.cells() {
                prop_assert!(cell.number().is_none_or(|number| number == 0 || number >= 5));
            }
            let parts: Vec<&Cell> = kept.rows.iter().map(|row| &row.count).chain([&kept.unknown]).collect();
            let hidden = parts.iter().filter(|cell| cell.number().is_none()).count();
            let filled = counts.iter().chain([&unknown]).filter(|count| **count > 0).count();
            prop_assert!(hidden != 1 || filled == 1 || kept.denominator.number().is_none());
        }
    }
}
