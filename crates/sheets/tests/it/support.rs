//! What the tests share: the sample files, small workbooks, comparison with a truth file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, Workbook as Writer, Worksheet};
use serde_json::Value;
use sheets::{Cell, Limits, Options, Workbook};

/// The day of the tests.
pub const TODAY: Date = date(2026, 3, 1);

/// A sample workbook and its truth; nothing, loudly, where the samples are not beside the checkout.
pub fn sample(name: &str) -> Option<(Workbook, Value)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible"));
    let file = folder.join(name);
    let (Ok(bytes), Ok(truth)) =
        (std::fs::read(&file), std::fs::read_to_string(folder.join(format!("{name}.truth.json"))))
    else {
        eprintln!("SKIPPED: the sample {} is not there", file.display());
        return None;
    };
    Some((open(&bytes, name), serde_json::from_str(&truth).expect("truth is JSON")))
}

/// Reads a workbook that must be readable.
pub fn open(bytes: &[u8], name: &str) -> Workbook {
    sheets::read(bytes, name, &Limits::default()).unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

/// The dry run on the tests' day.
pub fn dry_run(book: &Workbook) -> Value {
    sheets::dry_run_json(book, &Options::new(TODAY))
}

/// A workbook of one sheet from rows of text.
pub fn small(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row as u32, column as u16, *text).expect("text fits");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// Writes a cell as it was.
pub fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) {
    match cell {
        Cell::Text(text) => drop(sheet.write_string(row, column, &**text).expect("text fits")),
        Cell::Number(number) => drop(sheet.write_number(row, column, *number).expect("number fits")),
        Cell::Date(day) => {
            let serial = day.duration_since(date(1899, 12, 30)).as_hours() as f64 / 24.0;
            let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
            sheet.write_number_with_format(row, column, serial, &format).expect("date fits");
        }
        _ => {}
    }
}

/// How a dry run compares with a truth.
#[derive(Debug, Default)]
pub struct Score {
    pub cells: usize,
    pub wrong: Vec<String>,
    pub issues: usize,
    pub missing: Vec<String>,
    pub extra: Vec<String>,
}

impl Score {
    pub fn share_right(&self) -> f64 {
        1.0 - self.wrong.len() as f64 / self.cells.max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        1.0 - self.missing.len() as f64 / self.issues.max(1) as f64
    }

    pub fn precision(&self) -> f64 {
        let found = self.issues - self.missing.len() + self.extra.len();
        1.0 - self.extra.len() as f64 / found.max(1) as f64
    }
}

/// Compares the rows of one sheet; `place` says on which row a truth row stands in the dry run.
pub fn compare(truth: &Value, run: &Value, from: &str, to: &str, place: impl Fn(u64) -> u64) -> Score {
    let rows = rows_of(run, to);
    let mut score = Score::default();
    let records = truth["records"].as_array().expect("records");
    for record in records.iter().filter(|record| record["sheet"] == from) {
        let key = record["key"].as_str().expect("key");
        let Some(row) = rows.get(&place(record["row"].as_u64().expect("row"))) else {
            score.wrong.push(format!("{key} has no row"));
            continue;
        };
        for (field, value) in record["clean"].as_object().expect("clean") {
            score.cells += 1;
            if row["clean"][field] != *value {
                score.wrong.push(format!("{key} {field}"));
            }
        }
        let mut found = codes(row);
        for issue in codes(record) {
            score.issues += 1;
            match found.iter().position(|other| *other == issue) {
                Some(at) => drop(found.swap_remove(at)),
                None => score.missing.push(format!("{key} {issue}")),
            }
        }
        score.extra.extend(found.into_iter().map(|issue| format!("{key} {issue}")));
    }
    score
}

/// The rows of a sheet of a dry run, by their number.
pub fn rows_of<'a>(run: &'a Value, sheet: &str) -> BTreeMap<u64, &'a Value> {
    let sheets = run["sheets"].as_array().expect("sheets");
    let sheet = sheets.iter().find(|one| one["name"] == sheet).expect("the sheet");
    let rows = sheet["rows"].as_array().expect("rows");
    rows.iter().map(|row| (row["row"].as_u64().expect("number"), row)).collect()
}

/// Issues of a row as field and code.
pub fn codes(row: &Value) -> Vec<String> {
    let issues = row["issues"].as_array().map_or(&[][..], Vec::as_slice);
    let text = |issue: &Value, key: &str| issue[key].as_str().unwrap_or_default().to_owned();
    issues.iter().map(|issue| format!("{}:{}", text(issue, "field"), text(issue, "code"))).collect()
}
