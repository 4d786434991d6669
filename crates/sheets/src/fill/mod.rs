//! Filling in somebody else's workbook: only the cells that were pointed at change, everything else stays as it is, part
//! by part and byte by byte. Styles, widths, merged cells, formulas, print settings are the office's own.

mod changes;
mod grow;
mod package;
mod scan;
mod styles;

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::Refusal;

use crate::book::cell_name;
use crate::problems;
use crate::read::{Limits, SheetProblem};

pub use changes::{Change, Kind as ChangeKind};
pub use package::Package;
pub use scan::{Place, place_of};

/// What goes into a cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Put {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, in the way of the cell: a real date where the cell's format is one, else words.
    Day(Date),
    /// Nothing; the cell keeps its style.
    Clear,
}

/// Why a cell is marked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Marking {
    /// New since the last time.
    New,
    /// Another value than the last time.
    Changed,
    /// On the sheet and not on the register any more.
    Gone,
}

impl Marking {
    /// The colour of the fill, readable with black text and told apart in grey.
    fn rgb(self) -> &'static str {
        match self {
            Self::New => "FFC6E7CE",
            Self::Changed => "FFFFE699",
            Self::Gone => "FFD9D9D9",
        }
    }
}

/// What is to be done with one sheet.
#[derive(Clone, Default, Debug)]
pub struct Edits {
    /// Name of the sheet.
    pub sheet: String,
    /// Rows to add below a row of the table (zero-based), like that row.
    pub grow: Option<(usize, usize)>,
    /// Cells by zero-based row and column, as they are after growing.
    pub cells: BTreeMap<(usize, usize), Put>,
    /// Cells to mark.
    pub marks: BTreeMap<(usize, usize), Marking>,
}

/// The workbook with the edits made, and a sheet that lists the changes where there are any.
///
/// # Errors
/// Numbered problems: no such sheet, a cell that holds a formula, a locked cell of a protected sheet.
pub fn fill(package: &Package, edits: &Edits, listed: &[Change]) -> Result<Vec<u8>, SheetProblem> {
    let part = package.part_of(&edits.sheet)?;
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let mut xml = package.text(&part)?;
    if let Some((after, count)) = edits.grow.filter(|(_, count)| *count > 0) {
        xml = grow::own(&xml, after + 1, count, &edits.sheet);
        for other in package.others(&part) {
            let text = package.text(&other)?;
            let moved = grow::other(&text, after + 1, count, &edits.sheet);
            if moved != text {
                changed.insert(other, moved);
            }
        }
    }
    let styles_part = package.styles_part();
    let mut styles = styles::Styles::new(match &styles_part {
        Some(part) => package.text(part)?,
        None => String::new(),
    });
    let sheet = scan::Sheet::new(&xml)?;
    check(&sheet, &styles, edits)?;
    let xml = sheet.with(edits, &mut styles);
    changed.insert(part, xml);
    if let (Some(part), Some(text)) = (styles_part, styles.changed()) {
        changed.insert(part, text);
    }
    let mut added = Vec::new();
    if !listed.is_empty() {
        added.extend(changes::sheet(package, listed, &mut changed)?);
    }
    package.recalculated(&mut changed)?;
    package.written(&changed, &added)
}

/// Formulas are the office's, and so is what a protected sheet locks.
fn check(sheet: &scan::Sheet<'_>, styles: &styles::Styles, edits: &Edits) -> Result<(), SheetProblem> {
    let grown = |row: usize| edits.grow.is_some_and(|(after, count)| row > after && row <= after + count);
    for (row, column) in edits.cells.keys() {
        let place = sheet.place(*row, *column);
        let problem = if place.is_some_and(|place| place.formula) {
            &problems::FORMULA_CELL
        } else if sheet.protected && !grown(*row) && styles.locked(place.map_or(0, |place| place.style)) {
            &problems::LOCKED_CELL
        } else {
            continue;
        };
        let refusal = Refusal::new(problem).with("sheet", edits.sheet.clone());
        return Err(refusal.with("cell", cell_name(*row, *column)));
    }
    Ok(())
}

/// Opens a workbook that is to be filled in. `file` is only a name for messages.
///
/// # Errors
/// Numbered problems: no workbook, an old or foreign format with words how to convert it, damaged, too large.
pub fn open(bytes: &[u8], file: &str, limits: &Limits) -> Result<Package, SheetProblem> {
    let book = crate::read::read(bytes, file, limits)?;
    let kind = match book.format {
        crate::Format::Xlsx => return Package::open(bytes, file),
        crate::Format::Xls => "Excel 97–2003 (.xls)",
        crate::Format::Csv => "CSV",
    };
    Err(Refusal::new(&problems::NOT_A_TEMPLATE).with("file", file).with("kind", kind))
}
