//! Several tables on one sheet: below each other under headers of their own, or beside each other under one header.
//!
//! Each becomes a sheet of its own that keeps the cells in their places, so that whatever is said of a cell names it rightly.

use super::header;
use crate::book::{Cell, Part, Sheet, Workbook};
use crate::mapping::dictionary;
use crate::plain;

/// Tables of one sheet at most.
const MOST: usize = 20;

/// Splits every sheet that holds more than one table.
pub fn split(book: &mut Workbook) {
    let sheets = std::mem::take(&mut book.sheets);
    for sheet in sheets {
        for below in stacked(sheet) {
            book.sheets.extend(side_by_side(below));
        }
    }
    let taken: Vec<String> =
        book.sheets.iter().filter(|sheet| sheet.part.is_none()).map(|s| s.name.clone()).collect();
    let mut counts = std::collections::HashMap::new();
    for sheet in book.sheets.iter_mut().filter(|sheet| sheet.part.is_some()) {
        let number = counts.entry(sheet.name.clone()).or_insert(1_usize);
        loop {
            *number += 1;
            let name = format!("{} ({number})", sheet.name);
            if !taken.contains(&name) {
                sheet.name = name;
                break;
            }
        }
    }
}

fn part(sheet: &Sheet, how: fn(String) -> Part) -> Sheet {
    let of = match &sheet.part {
        Some(Part::Below(of) | Part::Beside(of)) => of.clone(),
        None => sheet.name.clone(),
    };
    Sheet { part: Some(how(of)), ..sheet.clone() }
}

/// Cuts a sheet above every header that is another than the first.
fn stacked(sheet: Sheet) -> Vec<Sheet> {
    let Some((first, own)) = first_header(&sheet) else { return vec![sheet] };
    let mut cuts: Vec<usize> = Vec::new();
    let mut row = first + 1;
    while row < sheet.rows.len() && cuts.len() + 1 < MOST {
        let words = texts(&sheet, &[row]);
        if header::is_header(&sheet, row) && !words.iter().all(|word| own.contains(word)) {
            cuts.push(start_of(&sheet, row, cuts.last().copied().unwrap_or(first) + 1));
            // The levels below the first one of this header are no headers of their own.
            while row + 1 < sheet.rows.len() && header::is_header(&sheet, row + 1) {
                row += 1;
            }
        }
        row += 1;
    }
    if cuts.is_empty() {
        return vec![sheet];
    }
    let ends = cuts.iter().copied().chain([sheet.rows.len()]);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    starts
        .zip(ends)
        .map(|(start, end)| {
            let mut one = if start == 0 { sheet.clone() } else { part(&sheet, Part::Below) };
            one.rows.truncate(end);
            one.rows[..start].iter_mut().for_each(Vec::clear);
            one.merges.retain(|merge| (start..end).contains(&(merge.top as usize)));
            one
        })
        .collect()
}

/// The last row and the words of the first header. It may be a poorer one than that of a later table.
fn first_header(sheet: &Sheet) -> Option<(usize, Vec<String>)> {
    let best = header::rows(sheet);
    let mut first =
        (0..*best.first()?).find(|row| header::is_header(sheet, *row)).map_or(best.clone(), |row| vec![row]);
    while let Some(next) = first.last().map(|last| last + 1).filter(|next| header::is_header(sheet, *next)) {
        first.push(next);
    }
    Some((*first.last()?, texts(sheet, &first)))
}

fn texts(sheet: &Sheet, rows: &[usize]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| sheet.rows[*row].iter()).filter(|cell| !cell.is_blank());
    cells.map(|cell| plain::header(&cell.shown())).collect()
}

/// The lines directly above a header that head it: few cells, no gap.
fn start_of(sheet: &Sheet, header: usize, least: usize) -> usize {
    let mut start = header;
    while start > least && start + 4 > header {
        let above = &sheet.rows[start - 1];
        let filled: Vec<&Cell> = above.iter().filter(|cell| !cell.is_blank()).collect();
        let heads = matches!(filled.as_slice(), [Cell::Text(_)])
            && super::rows::heads_a_table(&plain::folded(&filled[0].shown()));
        if !heads {
            break;
        }
        start -= 1;
    }
    start
}

/// Cuts a sheet between two tables of the same columns that stand beside each other.
fn side_by_side(sheet: Sheet) -> Vec<Sheet> {
    let header_rows = header::rows(&sheet);
    let Some(last) = header_rows.last().copied() else { return vec![sheet] };
    let width = sheet.width();
    let title = |column: usize| {
        let cells = header_rows.iter().rev().map(|row| sheet.cell(*row, column));
        cells
            .filter(|cell| !cell.is_blank())
            .map(|cell| plain::header(&cell.shown()))
            .next()
            .unwrap_or_default()
    };
    let titles: Vec<String> = (0..width).map(title).collect();
    let is_name = |column: &usize| dictionary::exact(&titles[*column]).first() == Some(&"name");
    let names: Vec<usize> = (0..width).filter(is_name).collect();
    let [one, two, ..] = names[..] else { return vec![sheet] };
    let period = two - one;
    let Some(start) = titles.iter().position(|title| !title.is_empty()) else { return vec![sheet] };
    let block: Vec<usize> =
        (start..(start + period).min(width)).filter(|at| !titles[*at].is_empty()).collect();
    let same = |shift: usize| {
        block.iter().filter(|at| titles.get(**at + shift) == Some(&titles[**at])).count() * 5
            >= block.len() * 4
    };
    if block.len() < 3 || !same(period) {
        return vec![sheet];
    }
    let blocks = (1..MOST).take_while(|number| same(period * number)).count() + 1;
    (0..blocks)
        .map(|number| {
            let (from, to) = (start + period * number, start + period * (number + 1));
            let mut one = if number == 0 { sheet.clone() } else { part(&sheet, Part::Beside) };
            for (row, cells) in one.rows.iter_mut().enumerate() {
                let table = row >= header_rows[0];
                for (column, cell) in cells.iter_mut().enumerate() {
                    let outside = if number == 0 {
                        column >= to
                    } else {
                        column < from || column >= to && number + 1 < blocks
                    };
                    // Titles above stand for all; what is below belongs to the first unless it stands under another.
                    if outside && (table || number > 0) {
                        *cell = Cell::Empty;
                    }
                }
            }
            one.merges.retain(|merge| {
                number == 0 || merge.top as usize > last || (from..to).contains(&(merge.left as usize))
            });
            one
        })
        .collect()
}
