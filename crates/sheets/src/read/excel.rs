//! `.xlsx` and `.xls` through calamine, streamed so that a far-away cell cannot claim memory.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx};
use jiff::civil::Date;
use kernel::Refusal;

use super::text::too_many;
use super::{Limits, SheetProblem};
use crate::book::{Cell, Format, Merge, Sheet, SheetState, Workbook};
use crate::problems;

/// Reads a workbook; a panic of the parser on hostile bytes becomes a problem.
pub fn read_guarded(
    bytes: &[u8],
    file: &str,
    format: Format,
    limits: &Limits,
) -> Result<Workbook, SheetProblem> {
    let reading = || match format {
        Format::Xls => xls(bytes, file, limits),
        _ => xlsx(bytes, file, limits),
    };
    catch_unwind(AssertUnwindSafe(reading)).unwrap_or_else(|_| Err(broken(file, "structure")))
}

fn broken(file: &str, why: impl std::fmt::Display) -> SheetProblem {
    Refusal::new(&problems::BROKEN).with("file", file).with("why", why)
}

/// Cells and text taken so far, over all sheets.
struct Budget<'a> {
    limits: &'a Limits,
    cells: usize,
    text: usize,
}

impl Budget<'_> {
    fn take(&mut self, sheet: &str, row: u32, column: u32, cell: &Cell) -> Result<(), SheetProblem> {
        if row as usize >= self.limits.rows {
            return Err(too_many(sheet, self.limits.rows, "行", "rows"));
        }
        if column as usize >= self.limits.columns {
            return Err(too_many(sheet, self.limits.columns, "列", "columns"));
        }
        self.cells += 1;
        if let Cell::Text(text) = cell {
            self.text += text.len();
        }
        if self.cells > self.limits.cells || self.text > self.limits.text_bytes {
            return Err(too_many(sheet, self.limits.cells, "单元格", "cells"));
        }
        Ok(())
    }
}

fn xlsx(bytes: &[u8], file: &str, limits: &Limits) -> Result<Workbook, SheetProblem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(file, e))?;
    let mut budget = Budget { limits, cells: 0, text: 0 };
    let hidden = hidden_parts(bytes);
    let epoch_1904 = counts_from_1904(bytes);
    let mut sheets = Vec::new();
    for meta in worksheets(book.sheets_metadata(), limits) {
        let mut sheet = Sheet { state: state(meta.visible), epoch_1904, ..Sheet::new(&meta.name) };
        stream(&mut book, &mut sheet, &mut budget, file)?;
        let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        sheet.merges = merges.into_iter().map(merge).take(limits.rows).collect();
        if let Some((rows, columns)) = hidden.iter().find(|(name, _)| *name == meta.name).map(|(_, h)| h) {
            sheet.hidden_rows.clone_from(rows);
            sheet.hidden_columns.clone_from(columns);
        }
        sheets.push(sheet);
    }
    Ok(Workbook { file: file.to_owned(), format: Format::Xlsx, encoding: None, delimiter: None, sheets })
}

fn stream<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &mut Sheet,
    budget: &mut Budget<'_>,
    file: &str,
) -> Result<(), SheetProblem> {
    let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|e| broken(file, e))?;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|e| broken(file, e))? {
        let (row, column) = record.pos;
        if record.formula.is_some() {
            budget.take(&sheet.name, row, column, &Cell::Empty)?;
            sheet.formulas.insert((row, column));
        }
        let value = match record.value {
            DataRef::SharedString(text) => text_cell(text),
            other => cell(&Data::from(other)),
        };
        if value != Cell::Empty {
            budget.take(&sheet.name, row, column, &value)?;
            sheet.put(row as usize, column as usize, value);
        }
    }
    Ok(())
}

fn xls(bytes: &[u8], file: &str, limits: &Limits) -> Result<Workbook, SheetProblem> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| {
        if matches!(e, calamine::XlsError::Password) {
            Refusal::new(&problems::ENCRYPTED).with("file", file)
        } else {
            broken(file, e)
        }
    })?;
    let mut budget = Budget { limits, cells: 0, text: 0 };
    let mut sheets = Vec::new();
    for meta in worksheets(book.sheets_metadata(), limits) {
        let mut sheet = Sheet { state: state(meta.visible), ..Sheet::new(&meta.name) };
        let range = book.worksheet_range(&meta.name).map_err(|e| broken(file, e))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, data) in range.used_cells() {
            let value = cell(data);
            let (row, column) = (row as u32 + top, column as u32 + left);
            if value != Cell::Empty {
                budget.take(&sheet.name, row, column, &value)?;
                sheet.put(row as usize, column as usize, value);
            }
        }
        if let Ok(formulas) = book.worksheet_formula(&meta.name) {
            let (top, left) = formulas.start().unwrap_or((0, 0));
            let used = formulas.used_cells().filter(|(_, _, text)| !text.is_empty());
            sheet.formulas = used.map(|(r, c, _)| (r as u32 + top, c as u32 + left)).collect();
        }
        let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        sheet.merges = merges.into_iter().map(merge).collect();
        sheets.push(sheet);
    }
    Ok(Workbook { file: file.to_owned(), format: Format::Xls, encoding: None, delimiter: None, sheets })
}

fn worksheets(all: &[calamine::Sheet], limits: &Limits) -> Vec<calamine::Sheet> {
    all.iter().filter(|meta| meta.typ == SheetType::WorkSheet).take(limits.sheets).cloned().collect()
}

fn state(visible: SheetVisible) -> SheetState {
    match visible {
        SheetVisible::Visible => SheetState::Visible,
        SheetVisible::Hidden => SheetState::Hidden,
        SheetVisible::VeryHidden => SheetState::VeryHidden,
    }
}

fn merge(area: Dimensions) -> Merge {
    Merge { top: area.start.0, left: area.start.1, bottom: area.end.0, right: area.end.1 }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) | Data::DurationIso(text) => text_cell(text),
        Data::Bool(truth) => Cell::Bool(*truth),
        Data::DateTime(moment) => moment_cell(*moment),
        Data::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| text_cell(text), Cell::Date)
        }
        Data::Error(error) => Cell::Error(error.to_string().into()),
    }
}

/// A date; a time of day when there is no day in it; a plain number when no calendar has it.
fn moment_cell(moment: ExcelDateTime) -> Cell {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        return Cell::Time(days);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = Date::new(year as i16, month as i8, day as i8);
    if (1.0..2_958_466.0).contains(&days) {
        date.map_or(Cell::Number(days), Cell::Date)
    } else {
        Cell::Number(days)
    }
}

type Hidden = (BTreeSet<u32>, BTreeSet<u32>);

/// Rows and columns that are hidden, per sheet name. What cannot be read counts as shown: nothing is lost by it.
fn hidden_parts(bytes: &[u8]) -> Vec<(String, Hidden)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let Some(workbook) = part(&mut archive, "xl/workbook.xml") else { return Vec::new() };
    let relations = part(&mut archive, "xl/_rels/workbook.xml.rels").unwrap_or_default();
    let targets: Vec<(String, String)> = tags(&relations, "Relationship")
        .filter_map(|tag| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
        .collect();
    let mut found = Vec::new();
    for tag in tags(&workbook, "sheet") {
        let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "r:id")) else { continue };
        let Some((_, target)) = targets.iter().find(|(key, _)| *key == id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        if let Some(xml) = part(&mut archive, &path) {
            found.push((name, hidden_in(&xml)));
        }
    }
    found
}

/// Whether the workbook counts its days from 1904, as old ones from a Macintosh do.
fn counts_from_1904(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let workbook = part(&mut archive, "xl/workbook.xml").unwrap_or_default();
    tags(&workbook, "workbookPr")
        .any(|tag| matches!(attribute(tag, "date1904").as_deref(), Some("1" | "true" | "on")))
}

fn hidden_in(xml: &str) -> Hidden {
    let is_hidden = |tag: &str| matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
    let number = |tag: &str, key: &str| attribute(tag, key).and_then(|text| text.parse::<u32>().ok());
    let rows =
        tags(xml, "row").filter(|tag| is_hidden(tag)).filter_map(|tag| number(tag, "r")?.checked_sub(1));
    let columns = tags(xml, "col").filter(|tag| is_hidden(tag)).flat_map(|tag| {
        let first = number(tag, "min").unwrap_or(1).clamp(1, 16_384);
        first - 1..number(tag, "max").unwrap_or(first).clamp(first, 16_384)
    });
    (rows.collect(), columns.collect())
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// The opening tags of one name, without their angle brackets. In XML a `<` cannot stand in text.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').filter_map(move |piece| {
        let rest = piece.strip_prefix(name)?;
        rest.starts_with([' ', '\t', '\n', '\r']).then(|| rest.split('>').next().unwrap_or(rest))
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..start + tag[start..].find('"')?];
    let plain =
        value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(plain.replace("&amp;", "&"))
}
