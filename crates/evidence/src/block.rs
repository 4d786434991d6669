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
    /// Whether rows and unknown add up to what they are shares of; they do not where one may be in several rows.
    pub adds_up: bool,
    /// Counts of things rather than people: nothing of it is kept back.
    #[serde(skip)]
    things: bool,
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
            adds_up: true,
            things: false,
            definition_zh: definition.0.to_owned(),
            definition_en: definition.1.to_owned(),
        }
    }

    /// The same table, one being in several rows.
    #[must_use]
    pub fn overlapping(self) -> Self {
        Self { adds_up: false, ..self }
    }

    /// The same table, of things rather than people.
    #[must_use]
    pub fn of_things(self) -> Self {
        Self { things: true, ..self }
    }

    /// Whether a cell is kept back.
    pub fn withholds(&self) -> bool {
        self.cells().any(|cell| cell.number().is_none()) || self.denominator.number().is_none()
    }

    fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().map(|row| &row.count).chain([&self.unknown])
    }

    fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.rows.iter_mut().map(|row| &mut row.count).chain([&mut self.unknown])
    }

    /// The table with small cells kept back. Where a small one could be told from the total and what is shown, the
    /// smallest other ones go too; where that does not help, all of them.
    #[must_use]
    pub fn kept_back(mut self) -> Self {
        if self.things {
            return self;
        }
        let whole = self.denominator.number();
        self.denominator = self.denominator.kept_back();
        for cell in self.cells_mut() {
            *cell = cell.clone().kept_back();
        }
        if self.adds_up && self.denominator.number().is_some() {
            while !told_nothing(&self, whole.unwrap_or_default()) {
                let shown = self.cells_mut().filter(|cell| cell.number().is_some_and(|number| number > 0));
                if let Some(cell) = shown.min_by_key(|cell| cell.number()) {
                    *cell = Cell::Hidden(ANOTHER.to_owned());
                } else {
                    self.cells_mut().for_each(|cell| *cell = Cell::Hidden(ANOTHER.to_owned()));
                    break;
                }
            }
        }
        self.shares_kept_back();
        self
    }

    /// Shares go with their counts, and those of the known where how many are unknown is kept back.
    fn shares_kept_back(&mut self) {
        let all_hidden = self.denominator.number().is_none();
        let unknown_hidden = self.unknown.number().is_none();
        for row in &mut self.rows {
            if row.count.number().is_none() || all_hidden {
                row.pct = None;
                row.pct_of_known = None;
            } else if unknown_hidden {
                row.pct_of_known = None;
            }
        }
    }
}

/// A cell that is kept back for the sake of another.
const ANOTHER: &str = "*";

/// Whether no small cell can be told from what is shown: each has more than one value left. Cells marked `<5` are from 1
/// to 4, those marked `*` are 5 or more.
fn told_nothing(block: &Block, whole: u64) -> bool {
    let shown: u64 = block.cells().filter_map(Cell::number).sum();
    let hidden = whole.saturating_sub(shown);
    let others =
        block.cells().filter(|cell| matches!(cell, Cell::Hidden(text) if text == ANOTHER)).count() as u64;
    let small = block.cells().filter(|cell| cell.number().is_none()).count() as u64 - others;
    if small == 0 {
        return true;
    }
    let most = (LEAST - 1).min(hidden.saturating_sub((small - 1) + others * LEAST));
    let least = if others > 0 { 1 } else { hidden.saturating_sub((small - 1) * (LEAST - 1)).max(1) };
    least < most
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

    /// The values that each cell may have by what is printed.
    fn possible(kept: &Block) -> Vec<std::collections::BTreeSet<u64>> {
        let small = |cell: &Cell| matches!(cell, Cell::Hidden(text) if text == "<5");
        // Where none is marked as small, all are kept back alike and may be anything.
        let least = if kept.cells().any(small) { 5 } else { 0 };
        let choices = |cell: &Cell| -> Vec<u64> {
            match cell {
                Cell::Number(number) => vec![*number],
                cell if small(cell) => (1..5).collect(),
                Cell::Hidden(_) => (least..60).collect(),
            }
        };
        let cells: Vec<Vec<u64>> = kept.cells().map(choices).collect();
        let wholes = choices(&kept.denominator);
        let mut sums: Vec<std::collections::BTreeSet<u64>> = vec![[0].into()];
        for cell in &cells {
            let so_far = sums.last().unwrap();
            sums.push(so_far.iter().flat_map(|sum| cell.iter().map(move |value| sum + value)).collect());
        }
        // From the end: which sums of the first cells can still come to the whole.
        let mut fits: std::collections::BTreeSet<u64> =
            sums.last().unwrap().iter().copied().filter(|sum| wholes.contains(sum)).collect();
        let mut all = Vec::new();
        for (at, cell) in cells.iter().enumerate().rev() {
            let before = &sums[at];
            let ways = before.iter().flat_map(|sum| cell.iter().map(move |value| (*sum, *value)));
            let ways: Vec<(u64, u64)> = ways.filter(|(sum, value)| fits.contains(&(sum + value))).collect();
            all.push(ways.iter().map(|way| way.1).collect());
            fits = ways.into_iter().map(|way| way.0).collect();
        }
        all.reverse();
        all
    }

    #[test]
    fn two_small_cells_that_tell_each_other_take_a_third() {
        let shown = |counts: &[u64]| -> Vec<String> {
            block(counts, 0).kept_back().rows.iter().map(|row| row.count.to_string()).collect()
        };
        assert_eq!(shown(&[100, 1, 1]), ["*", "<5", "<5"], "they would be 1 and 1");
        assert_eq!(shown(&[100, 4, 4]), ["*", "<5", "<5"], "they would be 4 and 4");
        assert_eq!(shown(&[100, 2, 3]), ["100", "<5", "<5"]);
        assert_eq!(shown(&[5, 1]), ["*", "*"], "nothing else helps");
        let things = block(&[3, 1], 0).of_things().kept_back();
        assert!(!things.withholds());
        let several = block(&[100, 3], 0).overlapping().kept_back();
        assert_eq!(several.rows[0].count, Cell::Number(100));
    }

    proptest! {
        #[test]
        fn no_small_number_is_shown_or_can_be_told(
            counts in prop::collection::vec(prop_oneof![0_u64..7, 0_u64..40], 1..7), unknown in 0_u64..40,
        ) {
            let kept = block(&counts, unknown).kept_back();
            let left = possible(&kept);
            for (cell, left) in kept.cells().zip(&left) {
                prop_assert!(cell.number().is_none_or(|number| number == 0 || number >= 5));
                let small = cell.number().is_none();
                prop_assert!(!small || left.len() > 1 || left.iter().all(|value| *value >= 5), "{kept:?} {left:?}");
            }
            for (cell, real) in kept.cells().zip(counts.iter().chain([&unknown])) {
                prop_assert!(cell.number().is_none_or(|number| number == *real));
            }
        }
    }
}
