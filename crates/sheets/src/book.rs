//! A workbook as it was read: sheets, cells, merges, what is hidden. Nothing is interpreted here.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What kind of file it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Office Open XML, `.xlsx` and `.xlsm`.
    Xlsx,
    /// The binary format before 2007.
    Xls,
    /// Delimited text.
    Csv,
}

/// Whether the user sees a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// Shown.
    Visible,
    /// Hidden by the user.
    Hidden,
    /// Hidden by a program; Excel's menu does not list it.
    VeryHidden,
}

/// One cell. Formulas are never evaluated: their cached value stands here.
#[derive(Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text exactly as stored.
    Text(Box<str>),
    /// A number that its format does not show as a date.
    Number(f64),
    /// A number shown as a date.
    Date(Date),
    /// A number shown as a time of day or a duration, in days.
    Time(f64),
    /// A truth value.
    Bool(bool),
    /// A formula's error, such as `#REF!`.
    Error(Box<str>),
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::Date(_) => "Date(…)",
            Self::Time(_) => "Time(…)",
            Self::Bool(_) => "Bool(…)",
            Self::Error(_) => "Error(…)",
        })
    }
}

impl Cell {
    /// Nothing, or white space only.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || is_zero_width(c)),
            _ => false,
        }
    }

    /// What a reader would see, without the number format.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.to_string(),
            Self::Number(number) => number_text(*number),
            Self::Date(date) => date.to_string(),
            Self::Time(days) => {
                let minutes = (days * 1440.0).round() as i64;
                format!("{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// A number as a spreadsheet would show it in a wide column: no exponent below 10^18, no trailing zeros.
pub(crate) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e18 { format!("{number:.0}") } else { format!("{number}") }
}

/// Characters that take no room and come along when text is copied from chats and web pages.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// A merged region, zero-based and inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// A table that shares its sheet with another one; which sheet it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Below the first one, under a header of its own.
    Below(String),
    /// Beside the first one, in the same rows.
    Beside(String),
}

/// One sheet, or one of several tables on it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name; for a CSV file the file's stem. Further tables of a sheet are numbered.
    pub name: String,
    /// Where it is a further table of a sheet.
    pub part: Option<Part>,
    /// Whether the workbook counts days from 1904, so that bare day numbers do.
    pub epoch_1904: bool,
    /// Whether it is shown.
    pub state: SheetState,
    /// Rows from the first of the sheet; each as long as its last cell that is not empty.
    pub rows: Vec<Vec<Cell>>,
    /// Merged regions.
    pub merges: Vec<Merge>,
    /// Hidden rows, zero-based.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns, zero-based.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells that hold a formula (row, column), zero-based.
    pub formulas: BTreeSet<(u32, u32)>,
}

impl Sheet {
    /// An empty visible sheet.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            part: None,
            epoch_1904: false,
            state: SheetState::Visible,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
            formulas: BTreeSet::new(),
        }
    }

    /// The cell at a zero-based place; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&EMPTY)
    }

    /// The name of the sheet in the file.
    pub fn file_name(&self) -> &str {
        match &self.part {
            Some(Part::Below(of) | Part::Beside(of)) => of,
            None => &self.name,
        }
    }

    /// The number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Puts a value, growing the sheet.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: Cell) {
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, Cell::default);
        }
        cells[column] = cell;
    }
}

/// A workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The file's name, for messages and for a year in it.
    pub file: String,
    /// What kind of file it was.
    pub format: Format,
    /// For text: the encoding that was found, such as `gb18030`.
    pub encoding: Option<&'static str>,
    /// For text: the delimiter.
    pub delimiter: Option<char>,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

/// The name of a cell, from zero-based row and column: (11, 7) is `H12`.
pub fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", column_letters(column), row + 1)
}
