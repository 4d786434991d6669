//! Delimited text: encoding, delimiter, rows numbered as an editor shows its lines.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use kernel::Refusal;

use super::{Limits, SheetProblem};
use crate::book::{Cell, Format, Sheet, Workbook};
use crate::problems;

/// Reads delimited text.
pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<Workbook, SheetProblem> {
    let (text, encoding) = decode(bytes, file)?;
    if text.trim().is_empty() {
        return Err(Refusal::new(&problems::EMPTY_FILE).with("file", file));
    }
    let delimiter = delimiter(&text);
    let mut sheet = Sheet::new(stem(file));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut place = Place::default();
    let mut cells = 0_usize;
    for record in reader.records() {
        let record =
            record.map_err(|_| Refusal::new(&problems::BROKEN).with("file", file).with("why", "CSV"))?;
        let row = place.row(text.as_bytes(), &record);
        if row >= limits.rows {
            return Err(too_many(&sheet.name, limits.rows, "行", "rows"));
        }
        for (column, field) in record.iter().enumerate().filter(|(_, field)| !field.is_empty()) {
            if column >= limits.columns {
                return Err(too_many(&sheet.name, limits.columns, "列", "columns"));
            }
            cells += 1;
            if cells > limits.cells {
                return Err(too_many(&sheet.name, limits.cells, "单元格", "cells"));
            }
            sheet.put(row, column, Cell::Text(field.into()));
        }
    }
    Ok(Workbook {
        file: file.to_owned(),
        format: Format::Csv,
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        sheets: vec![sheet],
    })
}

/// The refusal for a sheet with too many of something.
pub fn too_many(sheet: &str, limit: usize, what: &str, what_en: &str) -> SheetProblem {
    Refusal::new(&problems::TOO_MANY_CELLS)
        .with("sheet", sheet)
        .with("limit", limit)
        .with("what", what)
        .with("what_en", what_en)
}

/// The row of a record is the line of the file on which it begins, as an editor shows it: the parser skips blank lines and
/// joins quoted line breaks.
#[derive(Default)]
struct Place {
    byte: usize,
    line: usize,
}

impl Place {
    fn row(&mut self, text: &[u8], record: &csv::StringRecord) -> usize {
        let ends = |at: usize| match text.get(at) {
            Some(b'\n') => true,
            Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let begins = record.position().map_or(self.byte, |position| position.byte() as usize).max(self.byte);
        while self.byte < begins || matches!(text.get(self.byte), Some(b'\r' | b'\n')) {
            self.line += usize::from(ends(self.byte));
            self.byte += 1;
        }
        self.line
    }
}

pub fn decode(bytes: &[u8], file: &str) -> Result<(String, &'static str), SheetProblem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let name = match encoding {
            e if e == UTF_16LE => "utf-16le",
            e if e == UTF_16BE => "utf-16be",
            _ => "utf-8",
        };
        if !broken {
            return Ok((text.into_owned(), name));
        }
    }
    if bytes.contains(&0) {
        return Err(Refusal::new(&problems::NOT_A_WORKBOOK).with("file", file));
    }
    for (encoding, name) in [(UTF_8, "utf-8"), (GB18030, "gb18030")] {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Ok((text.into_owned(), name));
        }
    }
    Err(Refusal::new(&problems::ENCODING).with("file", file))
}

/// The delimiter that splits most lines into the same number of fields.
fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(60).collect();
    let score = |candidate: char| {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, candidate)).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let agreeing = counts.iter().filter(|count| **count == middle && middle > 0).count();
        agreeing * 1_000 + middle.min(999)
    };
    [',', '\t', ';', '|'].into_iter().rev().max_by_key(|candidate| score(*candidate)).unwrap_or(',')
}

fn outside_quotes(line: &str, wanted: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == wanted
        })
        .count()
}

fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
