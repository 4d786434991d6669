//! Which cell counts where a household's columns are merged, left blank, or say "same as above".

use std::collections::HashMap;

use crate::book::{Cell, Sheet};
use crate::field::Field;
use crate::mapping::Mapping;
use crate::plain;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The row's own cell.
    Own,
    /// A merged region that starts above.
    Merge,
    /// Blank below the household's first row.
    Blank,
    /// 〃, 同上.
    Ditto,
}

/// The sources of one row's cells.
pub struct Sources {
    /// Which household of the sheet, from 0.
    pub block: Option<usize>,
    row: usize,
    from: HashMap<usize, (usize, Filled)>,
}

impl Sources {
    /// The row that a column's value comes from, and how.
    pub fn source(&self, column: usize) -> (usize, Filled) {
        self.from.get(&column).copied().unwrap_or((self.row, Filled::Own))
    }
}

/// What is carried from row to row.
pub struct Fill {
    /// Merged regions over more than one row, by column: first and last row, sorted.
    merges: HashMap<usize, Vec<(usize, usize)>>,
    /// Columns of the household.
    household: Vec<usize>,
    number: Option<usize>,
    relation: Option<usize>,
    block: Option<usize>,
    /// The source of each column in the row before.
    last: HashMap<usize, usize>,
}

impl Fill {
    /// Looks at the merges and the mapping once.
    pub fn new(sheet: &Sheet, mapping: &Mapping) -> Self {
        let mut merges: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for map in mapping.columns.iter().filter(|map| map.target.is_some()) {
            let column = map.column as u32;
            let mut spans: Vec<(usize, usize)> = sheet
                .merges
                .iter()
                .filter(|m| m.left <= column && column <= m.right && m.bottom > m.top && m.right - m.left < 3)
                .map(|m| (m.top as usize, m.bottom as usize))
                .collect();
            spans.sort_unstable();
            if !spans.is_empty() {
                merges.insert(map.column, spans);
            }
        }
        let household = mapping
            .columns
            .iter()
            .filter(|map| map.target.as_ref().is_some_and(|target| target.field.of_household()))
            .map(|map| map.column)
            .collect();
        let number = mapping.column(Field::HouseholdNo).or_else(|| mapping.column(Field::Head));
        let relation = mapping.column(Field::Relation);
        Self { merges, household, number, relation, block: None, last: HashMap::new() }
    }

    /// The sources of a row's cells. Rows must come in their order.
    pub fn row(&mut self, sheet: &Sheet, mapping: &Mapping, row: usize) -> Sources {
        let first = self.starts_household(sheet, row);
        if first {
            self.block = Some(self.block.map_or(0, |block| block + 1));
        }
        let mut from = HashMap::new();
        for map in mapping.columns.iter().filter(|map| map.target.is_some()) {
            let column = map.column;
            let cell = sheet.cell(row, column);
            let above = self.last.get(&column).copied();
            let shared = self.number.is_some() && self.household.contains(&column) && !first;
            let source = if !cell.is_blank() {
                let ditto = matches!(cell, Cell::Text(text) if plain::is_ditto(text));
                above.filter(|_| ditto).map(|above| (above, Filled::Ditto))
            } else if let Some(top) = self.merged_from(column, row) {
                Some((top, Filled::Merge))
            } else {
                above.filter(|_| shared).map(|above| (above, Filled::Blank))
            };
            let (source, how) = source.unwrap_or((row, Filled::Own));
            self.last.insert(column, source);
            if how != Filled::Own {
                from.insert(column, (source, how));
            }
        }
        Sources { block: self.number.and(self.block), row, from }
    }

    fn starts_household(&self, sheet: &Sheet, row: usize) -> bool {
        let Some(number) = self.number else { return false };
        let cell = sheet.cell(row, number);
        if !cell.is_blank() {
            let ditto = matches!(cell, Cell::Text(text) if plain::is_ditto(text));
            let same = self.last.get(&number).is_some_and(|last| sheet.cell(*last, number) == cell);
            return !ditto && !same;
        }
        let head =
            self.relation.is_some_and(|column| plain::folded(&sheet.cell(row, column).shown()) == "户主");
        self.block.is_none() || (head && self.merged_from(number, row).is_none())
    }

    /// The first row of a merged region that starts above this row.
    fn merged_from(&self, column: usize, row: usize) -> Option<usize> {
        let spans = self.merges.get(&column)?;
        let at = spans.partition_point(|(top, _)| *top < row).checked_sub(1)?;
        let (top, bottom) = spans[at];
        (row <= bottom).then_some(top)
    }
}
