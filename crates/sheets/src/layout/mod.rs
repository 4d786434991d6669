//! Finds the table on a sheet: title rows, a header of one or more levels, data, totals, notes, legends of codes.

mod dates;
mod header;
mod legend;
mod rows;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::book::{Cell, Part, Sheet, SheetState, Workbook};
use crate::plain;

pub use legend::Legend;
pub(crate) use tables::split;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowRole {
    /// Above the header: heading, unit, date, legend.
    Title,
    /// Names the columns, also when repeated further down.
    Header,
    /// One record.
    Data,
    /// Sums, subtotals, counts.
    Total,
    /// Signatures, remarks below the table, dividers, lines that are numbered but empty.
    Note,
}

/// What a sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetRole {
    /// A table to import.
    Data,
    /// An earlier state of another table: offered, never merged unasked.
    OldVersion,
    /// Hidden or named confidential: reported, never read in unasked.
    Confidential,
    /// Text without a table.
    NoTable,
    /// Nothing on it.
    Empty,
}

/// One row that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowInfo {
    /// Zero-based row.
    pub row: usize,
    /// What it is.
    pub role: RowRole,
    /// Why, as a short code such as `signatures`.
    pub why: &'static str,
}

/// One column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Zero-based column.
    pub index: usize,
    /// Titles of the levels above, outermost first; empty for a header of one level.
    pub groups: Vec<String>,
    /// The column's own title as written.
    pub title: String,
    /// Hidden by the user.
    pub hidden: bool,
}

impl Column {
    /// Title with the groups above it, for people: `监护人情况 / 姓名`.
    pub fn path(&self) -> String {
        let mut parts: Vec<&str> = self.groups.iter().map(String::as_str).collect();
        parts.push(&self.title);
        parts.iter().map(|part| plain::tidy(part)).collect::<Vec<_>>().join(" / ")
    }
}

/// What was found on a sheet.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What the sheet is for.
    pub role: SheetRole,
    /// Zero-based header rows, topmost first; empty if there is no table.
    pub header_rows: Vec<usize>,
    /// Columns that have a title or hold data.
    pub columns: Vec<Column>,
    /// Every row that is not blank, in order.
    pub rows: Vec<RowInfo>,
    /// Legends of codes in title rows, notes and headers.
    pub legends: Vec<Legend>,
    /// The day the sheet speaks of, from its title rows.
    pub as_of: Option<Date>,
}

impl Layout {
    /// Zero-based rows that hold records.
    pub fn data_rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().filter(|info| info.role == RowRole::Data).map(|info| info.row)
    }

    /// A key of the header words in their order, the same for the next file of the same form: 32 hexadecimal digits.
    pub fn layout_key(&self) -> String {
        let mut words = String::new();
        for column in &self.columns {
            for part in column.groups.iter().chain([&column.title]) {
                words.push_str(&plain::header(part));
                words.push('\u{1f}');
            }
            words.push('\u{1e}');
        }
        format!("{:016x}{:016x}", fnv(0xcbf2_9ce4_8422_2325, &words), fnv(0x9ae1_6a3b_2f90_404f, &words))
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo); the start value makes two independent halves.
fn fnv(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Finds the table of one sheet.
pub fn find(sheet: &Sheet) -> Layout {
    let mut layout = Layout {
        role: SheetRole::Empty,
        header_rows: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        legends: Vec::new(),
        as_of: None,
    };
    layout.header_rows = header::rows(sheet);
    layout.columns = header::columns(sheet, &layout.header_rows);
    layout.rows = rows::roles(sheet, &layout.header_rows, &layout.columns);
    let aside: Vec<String> = layout
        .rows
        .iter()
        .filter(|info| matches!(info.role, RowRole::Title | RowRole::Note))
        .flat_map(|info| sheet.rows[info.row].iter().filter_map(text_of))
        .collect();
    layout.legends = legend::find(&aside, &layout.columns);
    layout.as_of = layout
        .rows
        .iter()
        .filter(|info| info.role == RowRole::Title)
        .find_map(|info| dates::in_row(&sheet.rows[info.row]))
        .or_else(|| {
            let notes = layout.rows.iter().filter(|info| info.role == RowRole::Note && info.why != "divider");
            notes.map(|info| &sheet.rows[info.row]).find_map(|row| dates::stated(row))
        });
    layout.role = role(sheet, &layout);
    layout
}

/// Finds the tables of all sheets, and which sheets are earlier versions of others.
pub fn find_all(book: &Workbook) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = book.sheets.iter().map(find).collect();
    for (sheet, layout) in book.sheets.iter().zip(&mut layouts) {
        let titles =
            layout.rows.iter().filter(|info| info.role == RowRole::Title).map(|info| &sheet.rows[info.row]);
        let stated = titles.flatten().filter_map(text_of).find_map(|text| dates::year_end(&text));
        let named = || dates::year_end(&sheet.name).or_else(|| dates::year_end(&book.file));
        layout.as_of = layout.as_of.or(stated).or_else(named);
    }
    share_days(book, &mut layouts);
    rows::mark_old_versions(book, &mut layouts);
    layouts
}

/// The day above the first table of a sheet is the day of its other tables too.
fn share_days(book: &Workbook, layouts: &mut [Layout]) {
    for at in 0..layouts.len() {
        let Some(Part::Below(of) | Part::Beside(of)) = &book.sheets[at].part else { continue };
        let titled = layouts[at].rows.iter().any(|info| {
            info.role == RowRole::Title && dates::in_row(&book.sheets[at].rows[info.row]).is_some()
        });
        let first = book.sheets.iter().position(|sheet| sheet.name == *of);
        if let Some(first) = first.filter(|_| !titled) {
            layouts[at].as_of = layouts[first].as_of;
            let legends = layouts[first].legends.clone();
            layouts[at].legends.extend(legends);
        }
    }
}

fn text_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(plain::tidy(text)),
        _ => None,
    }
}

fn role(sheet: &Sheet, layout: &Layout) -> SheetRole {
    let name = plain::folded(&sheet.name);
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if layout.rows.is_empty() {
        SheetRole::Empty
    } else if sheet.state != SheetState::Visible
        || says(&["保密", "机密", "涉密", "内部勿传", "confidential", "private"])
    {
        SheetRole::Confidential
    } else if layout.header_rows.is_empty() {
        SheetRole::NoTable
    } else if says(&[
        "旧表",
        "旧版",
        "老版",
        "老表",
        "旧数据",
        "作废",
        "备份",
        "勿动",
        "历史",
        "停用",
        "原表",
        "留底",
        "勿改",
        "勿删",
        "早期",
        "以前",
        "不用",
        "存档",
        "old",
        "backup",
        "archive",
        "obsolete",
        "deprecated",
        "donotuse",
    ]) || name.starts_with('旧')
        || name.ends_with("(旧)")
        || name.ends_with('旧')
    {
        SheetRole::OldVersion
    } else {
        SheetRole::Data
    }
}
