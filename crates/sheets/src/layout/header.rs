//! Which rows name the columns.

use super::Column;
use crate::book::{Cell, Sheet};
use crate::mapping::dictionary;
use crate::plain;

/// Rows from the top in which a header is looked for.
const DEEPEST: usize = 80;

/// Levels of a header at most.
const LEVELS: usize = 4;

/// What one row looks like as a header.
struct Look {
    row: usize,
    filled: usize,
    /// Words of the dictionary.
    hits: usize,
    /// Texts that contain one.
    near: usize,
    values: usize,
    long: usize,
}

impl Look {
    fn score(&self) -> i64 {
        let plain = self.filled - self.hits - self.near - self.values - self.long;
        self.hits as i64 * 6 + self.near as i64 * 5 + plain.min(6) as i64
            - self.values as i64 * 4
            - self.long as i64 * 4
    }

    /// Could be a level of a header: names, and nothing that is a value.
    fn names_only(&self) -> bool {
        self.values == 0 && self.long == 0 && self.filled > 0
    }
}

fn look(sheet: &Sheet, row: usize) -> Look {
    let mut look = Look { row, filled: 0, hits: 0, near: 0, values: 0, long: 0 };
    let mut seen: Vec<String> = Vec::new();
    for cell in sheet.rows.get(row).map_or(&[][..], Vec::as_slice).iter().filter(|cell| !cell.is_blank()) {
        look.filled += 1;
        match cell {
            Cell::Text(text) => {
                let header = plain::header(text);
                let folded = plain::folded(text);
                let exact = !dictionary::exact(&header).is_empty();
                if !seen.contains(&header) && (exact || names_field(&header)) {
                    look.hits += usize::from(exact);
                    look.near += usize::from(!exact);
                    seen.push(header);
                } else if folded.chars().count() > 24 || folded.contains(':') && !folded.ends_with(':') {
                    look.long += 1;
                } else if is_value(&folded) {
                    look.values += 1;
                }
            }
            _ => look.values += 1,
        }
    }
    look
}

/// Whether a word of the dictionary is the better part of a short text.
fn names_field(header: &str) -> bool {
    header.chars().count() <= 12 && dictionary::inside(header).is_some_and(|(_, share)| share >= 0.5)
}

/// A number, a date, a phone, an identity number: something that a header is not.
fn is_value(folded: &str) -> bool {
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    digits >= 5 || (digits > 0 && folded.chars().all(|c| c.is_ascii_digit() || ".,-/+%".contains(c)))
}

/// The header rows, topmost first; empty when the sheet has no table.
pub fn rows(sheet: &Sheet) -> Vec<usize> {
    let first = sheet.rows.iter().position(|cells| cells.iter().any(|cell| !cell.is_blank())).unwrap_or(0);
    // Blank rows above are looked at too, so that the number of a look is that of its row.
    let looks: Vec<Look> = (0..sheet.rows.len().min(first + DEEPEST)).map(|row| look(sheet, row)).collect();
    let known = looks
        .iter()
        .filter(|look| {
            look.hits + look.near.min(look.hits.max(1)) >= 2
                || (look.hits == 1 && look.filled <= 3 && look.names_only())
        })
        .max_by_key(|look| (look.score(), std::cmp::Reverse(look.row)));
    let Some(best) = known
        .filter(|look| look.score() > 0)
        .or_else(|| tick_matrix(sheet, &looks))
        .or_else(|| unknown_words(&looks))
    else {
        return Vec::new();
    };
    let (mut top, mut bottom) = (best.row, best.row);
    while top > 0 && bottom - top + 1 < LEVELS && is_level(sheet, &looks, top - 1, top) {
        top -= 1;
    }
    while bottom + 1 < looks.len() && bottom - top + 1 < LEVELS && is_level(sheet, &looks, bottom, bottom + 1)
    {
        bottom += 1;
    }
    (top..=bottom).collect()
}

/// Whether a row names columns, wherever it stands: at least three known ones, no value, few unknown words.
pub fn is_header(sheet: &Sheet, row: usize) -> bool {
    // Every row of a sheet is asked: most have no word of the dictionary and need no closer look.
    let exact = |cell: &&Cell| match cell {
        Cell::Text(text) => !dictionary::exact(&plain::header(text)).is_empty(),
        _ => false,
    };
    if sheet.rows.get(row).is_none_or(|cells| cells.iter().filter(exact).count() < 2) {
        return false;
    }
    let look = look(sheet, row);
    look.hits >= 2
        && look.hits + look.near >= 3
        && look.names_only()
        && (look.hits + look.near) * 5 >= look.filled * 3
}

/// A roll: the column of names is titled, the others are dates.
fn tick_matrix<'a>(sheet: &Sheet, looks: &'a [Look]) -> Option<&'a Look> {
    looks.iter().filter(|look| look.hits >= 1 && look.filled >= 3 && look.long == 0).find(|look| {
        sheet.rows[look.row].iter().any(|cell| match cell {
            Cell::Text(text) => dictionary::exact(&plain::header(text)).first() == Some(&"name"),
            _ => false,
        })
    })
}

/// A header in words that the dictionary does not have: three or more short different texts over rows that hold values.
fn unknown_words(looks: &[Look]) -> Option<&Look> {
    let wide = looks.iter().map(|look| look.filled).max().unwrap_or(0);
    looks.iter().enumerate().find_map(|(at, look)| {
        let below = looks[at + 1..].iter().take(5).filter(|next| next.filled > 0).collect::<Vec<_>>();
        let values = below.iter().any(|next| next.values > 0);
        (look.names_only() && look.filled >= 3 && look.filled * 2 > wide && values).then_some(look)
    })
}

/// Whether `lower` is the level below `upper`: it has names where the upper row is blank or heads a group.
fn is_level(sheet: &Sheet, looks: &[Look], upper: usize, lower: usize) -> bool {
    let (above, below) = (&looks[upper], &looks[lower]);
    if !above.names_only() || !below.names_only() || above.filled < 2 || below.filled < 2 {
        return false;
    }
    let cells = &sheet.rows[lower];
    let filled = (0..cells.len()).filter(|column| !cells[*column].is_blank());
    let fits = |column: usize| {
        let own = sheet.cell(upper, column);
        if own.is_blank() {
            above_is_open(sheet, upper, column)
        } else {
            heads_group(sheet, upper, lower, column)
        }
    };
    filled.clone().all(fits) && (below.hits + below.near > 0 || filled.count() < above.filled)
}

/// A blank cell of the upper row that a group to its left can reach.
fn above_is_open(sheet: &Sheet, upper: usize, column: usize) -> bool {
    (0..column).rev().any(|left| !sheet.cell(upper, left).is_blank())
}

/// A cell of the upper row with something below it and a blank or merged neighbour: the head of a group.
fn heads_group(sheet: &Sheet, upper: usize, lower: usize, column: usize) -> bool {
    let (row, at) = (upper as u32, column as u32);
    let merged = sheet.merges.iter().find(|m| m.top == row && m.left == at);
    if let Some(merge) = merged {
        return merge.bottom == row && merge.right > at;
    }
    let neighbour = sheet.cell(upper, column + 1);
    neighbour.is_blank() && !sheet.cell(lower, column + 1).is_blank()
}

/// The columns under the header rows.
pub fn columns(sheet: &Sheet, header_rows: &[usize]) -> Vec<Column> {
    let Some(last) = header_rows.last() else { return Vec::new() };
    let holds_data =
        |column: usize| (last + 1..sheet.rows.len()).any(|row| !sheet.cell(row, column).is_blank());
    (0..sheet.width())
        .filter_map(|index| {
            let mut path = path(sheet, header_rows, index);
            let title = path.pop().unwrap_or_default();
            (!title.is_empty() || holds_data(index)).then(|| Column {
                index,
                groups: path,
                title,
                hidden: sheet.hidden_columns.contains(&(index as u32)),
            })
        })
        .collect()
}

/// The titles over a column, outermost first, each once.
fn path(sheet: &Sheet, header_rows: &[usize], column: usize) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for (level, row) in header_rows.iter().enumerate() {
        let below = &header_rows[level + 1..];
        let has_below = below.iter().any(|lower| !sheet.cell(*lower, column).is_blank());
        let text = match sheet.cell(*row, column) {
            cell if !cell.is_blank() => cell.shown(),
            _ if has_below => group_from_left(sheet, *row, column).unwrap_or_default(),
            _ => continue,
        };
        let text = text.trim().to_owned();
        if !text.is_empty() && path.last() != Some(&text) {
            path.push(text);
        }
    }
    path
}

/// The group that covers a blank cell: by its merged region, or, where merges were lost, the nearest title on its left.
fn group_from_left(sheet: &Sheet, row: usize, column: usize) -> Option<String> {
    let (r, c) = (row as u32, column as u32);
    let covers = |m: &&crate::book::Merge| m.top <= r && r <= m.bottom && m.left <= c && c <= m.right;
    if let Some(merge) = sheet.merges.iter().find(covers) {
        return Some(sheet.cell(merge.top as usize, merge.left as usize).shown());
    }
    let left = (0..column).rev().find(|left| !sheet.cell(row, *left).is_blank())?;
    let ended =
        sheet.merges.iter().any(|m| m.top == r && m.left as usize == left && (m.right as usize) < column);
    (!ended).then(|| sheet.cell(row, left).shown())
}
