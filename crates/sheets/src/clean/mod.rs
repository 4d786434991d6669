//! Cleans rows: which cell counts, what it says, what is wrong with it, and whether the row agrees with itself.

pub mod answers;
mod checks;
mod dates;
pub(crate) mod fields;
mod fill;
mod guardians;
pub mod needs;
pub(crate) mod numbers;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::book::{Cell, Sheet, cell_name};
use crate::field::Field;
use crate::issue::{Issue, Severity, severity};
use crate::layout::Layout;
use crate::mapping::{ColumnMap, Mapping};
use crate::values::RowValues;

pub use dates::Dates;
pub use fill::Filled;

/// What the cleaning must be told.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day of the import; stands in where the sheet and the row name no day.
    pub today: Date,
}

/// One row cleaned.
#[derive(Clone, Debug)]
pub struct CleanRow {
    /// Zero-based row.
    pub row: usize,
    /// Hidden by the user.
    pub hidden: bool,
    /// Which household of the sheet, counted from 0, where the sheet has households.
    pub block: Option<usize>,
    /// The values.
    pub values: RowValues,
    /// Birth, arrival and registration with all that was told.
    pub dates: Dates,
    /// What the identity number says and no cell contradicts: birth and sex.
    pub derived: Option<(Date, &'static str)>,
    /// Needs that a remark states where the sheet has no column of needs.
    pub needs_offered: Vec<String>,
    /// Words set apart from names and phones.
    pub notes: Vec<String>,
    /// What it tells of a happening, where the sheet is about such.
    pub happening: Option<crate::events::Happening>,
    /// Issues in the order of the columns, checks last.
    pub issues: Vec<Issue>,
}

impl CleanRow {
    /// A row of a sheet about happenings.
    pub(crate) fn of_happening(
        row: usize,
        sheet: &Sheet,
        happening: crate::events::Happening,
        issues: Vec<Issue>,
    ) -> Self {
        Self {
            row,
            hidden: sheet.hidden_rows.contains(&(row as u32)),
            block: None,
            values: RowValues::default(),
            dates: Dates::default(),
            derived: None,
            needs_offered: Vec::new(),
            notes: Vec::new(),
            happening: Some(happening),
            issues,
        }
    }

    /// The gravest issue.
    pub fn worst(&self) -> Option<Severity> {
        self.issues.iter().map(|issue| issue.severity).max()
    }

    /// What the identity number adds, as JSON.
    pub fn derived_json(&self) -> Value {
        self.derived.map_or_else(
            || json!({}),
            |(birth, sex)| json!({ "birth": birth.to_string(), "sex_from_id": sex, "source": "id_no" }),
        )
    }
}

/// Cleans the rows of one sheet, in their order: a household's later rows take what its first one says.
pub struct Cleaner<'a> {
    sheet: &'a Sheet,
    layout: &'a Layout,
    mapping: &'a Mapping,
    as_of: Date,
    fill: fill::Fill,
    seen: checks::Seen,
    legend_about: Vec<(Field, String)>,
}

/// The values of some rows of a sheet by a mapping that was told.
pub fn clean_rows(
    sheet: &Sheet,
    mapping: &Mapping,
    rows: std::ops::RangeInclusive<usize>,
    today: Date,
) -> Vec<(usize, RowValues)> {
    let layout = crate::layout::find(sheet);
    let mut cleaner = Cleaner::new(sheet, &layout, mapping, &Options { today });
    rows.filter(|row| *row < sheet.rows.len()).map(|row| (row, cleaner.row(row).values)).collect()
}

/// One row being cleaned.
struct Work {
    row: usize,
    values: RowValues,
    dates: Dates,
    id: Option<names::idno::IdFacts>,
    issues: Vec<Issue>,
    notes: Vec<String>,
}

impl Work {
    fn tell(&mut self, column: usize, field: &'static str, code: &'static str, note: Option<String>) {
        let cell = cell_name(self.row, column);
        if !self.issues.iter().any(|issue| issue.code == code && issue.field == field) {
            self.issues.push(Issue { cell, field, code, severity: severity(code), note });
        }
    }

    fn has(&self, code: &str) -> bool {
        self.issues.iter().any(|issue| issue.code == code)
    }
}

impl<'a> Cleaner<'a> {
    /// A cleaner for one sheet.
    pub fn new(sheet: &'a Sheet, layout: &'a Layout, mapping: &'a Mapping, options: &Options) -> Self {
        let legend_about = layout
            .columns
            .iter()
            .filter_map(|column| {
                let map = mapping.columns.iter().find(|map| map.column == column.index)?;
                Some((map.target.as_ref()?.field, crate::plain::header(&column.title)))
            })
            .collect();
        Self {
            sheet,
            layout,
            mapping,
            as_of: layout.as_of.map_or(options.today, |day| day.min(options.today)),
            fill: fill::Fill::new(sheet, mapping),
            seen: checks::Seen::default(),
            legend_about,
        }
    }

    /// Cleans all data rows.
    pub fn all(mut self) -> Vec<CleanRow> {
        let layout = self.layout;
        layout.data_rows().map(|row| self.row(row)).collect()
    }

    /// Cleans one data row; rows must come in their order.
    pub fn row(&mut self, row: usize) -> CleanRow {
        let mut work = Work {
            row,
            values: RowValues::default(),
            dates: Dates::default(),
            id: None,
            issues: Vec::new(),
            notes: Vec::new(),
        };
        let filled = self.fill.row(self.sheet, self.mapping, row);
        let mapping = self.mapping;
        // The day of registration comes first: ages are told on it.
        let order =
            |map: &&ColumnMap| map.target.as_ref().map_or(1, |t| u8::from(t.field != Field::Registered));
        let mut columns: Vec<&ColumnMap> =
            mapping.columns.iter().filter(|map| map.target.is_some()).collect();
        columns.sort_by_key(order);
        for map in columns {
            let (source, how) = filled.source(map.column);
            self.cell(&mut work, map, source, how);
        }
        self.guardians(&mut work, &filled);
        self.grade(&mut work, &filled);
        if self.mapping.column(Field::Tenure).is_some() && work.values.tenure.is_none() {
            work.values.tenure = Some("unknown".to_owned());
        }
        let derived = checks::row(&mut work, self.mapping, self.as_of);
        self.seen.shared(&mut work, self.mapping, filled.block);
        let remark = work.values.remark.as_deref().filter(|_| self.mapping.column(Field::Needs).is_none());
        let needs_offered =
            remark.map(needs::stated).unwrap_or_default().into_iter().map(str::to_owned).collect();
        CleanRow {
            row,
            hidden: self.sheet.hidden_rows.contains(&(row as u32)),
            block: filled.block,
            values: work.values,
            dates: work.dates,
            derived,
            needs_offered,
            notes: work.notes,
            happening: None,
            issues: work.issues,
        }
    }

    /// The cell that counts for a column, and whether a formula has no usable value there.
    fn value(&self, work: &mut Work, map: &ColumnMap, field: &'static str, source: usize) -> &'a Cell {
        static EMPTY: Cell = Cell::Empty;
        let sheet: &'a Sheet = self.sheet;
        let cell = sheet.cell(source, map.column);
        match cell {
            Cell::Error(_) => {
                work.tell(map.column, field, "formula_error", None);
                &EMPTY
            }
            Cell::Empty if sheet.formulas.contains(&(source as u32, map.column as u32)) => {
                work.tell(map.column, field, "formula_no_value", None);
                cell
            }
            _ => cell,
        }
    }

    /// What a bare code stands for: by a legend about this column, else by any legend whose meaning fits.
    fn decoded(&self, field: Field, text: &str, fits: impl Fn(&str) -> bool) -> String {
        let code = crate::plain::folded(text);
        let code = code.trim_matches(['(', ')', '.', '、']);
        if code.is_empty() || code.chars().count() > 5 {
            return text.to_owned();
        }
        let about =
            self.legend_about.iter().find(|(of, _)| *of == field).map_or("", |(_, title)| title.as_str());
        let near = |legend: &&crate::layout::Legend| {
            !legend.about.is_empty()
                && !about.is_empty()
                && (legend.about.contains(about) || about.contains(&legend.about))
        };
        let legends = || self.layout.legends.iter();
        let meaning = legends().filter(near).find_map(|legend| legend.meaning(code)).or_else(|| {
            let mut others =
                legends().filter_map(|legend| legend.meaning(code)).filter(|meaning| fits(meaning));
            others.next().filter(|_| !fits(text))
        });
        meaning.unwrap_or(text).to_owned()
    }
}
