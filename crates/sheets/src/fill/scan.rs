//! Where the rows and cells of a sheet stand in its text, and the text with some of them replaced.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use kernel::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::styles::Styles;
use super::{Edits, Put};
use crate::book::cell_name;
use crate::problems;
use crate::read::SheetProblem;

/// The value of an attribute, entities resolved.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// Text as XML has it; characters that XML does not know are left out.
pub(super) fn escaped(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect();
    kept.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Zero-based row and column of a name such as `H12`.
pub fn place_of(name: &str) -> Option<(usize, usize)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = name[..letters].bytes().fold(0, |sum, byte| sum * 26 + usize::from(byte - b'A') + 1);
    let row: usize = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// A cell of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Place {
    span: Range<usize>,
    /// Number of its style.
    pub style: usize,
    /// Whether it holds a formula.
    pub formula: bool,
}

struct Row {
    span: Range<usize>,
    /// The start tag without its closing mark.
    head: String,
    cells: BTreeMap<usize, Place>,
}

/// A sheet's text with its rows and cells.
pub struct Sheet<'a> {
    xml: &'a str,
    prefix: String,
    rows: BTreeMap<usize, Row>,
    /// What stands between the tags of the data.
    data: Range<usize>,
    /// The data is one empty tag.
    closed: bool,
    /// Whether the sheet is protected.
    pub protected: bool,
}

/// What is in hand while the text is walked.
#[derive(Default)]
struct Walk {
    row: usize,
    column: usize,
    next_row: usize,
    next_column: usize,
    cell: Option<(usize, Place)>,
}

impl<'a> Sheet<'a> {
    /// Walks the text.
    pub fn new(xml: &'a str) -> Result<Self, SheetProblem> {
        let mut sheet = Self {
            xml,
            prefix: String::new(),
            rows: BTreeMap::new(),
            data: 0..0,
            closed: false,
            protected: false,
        };
        let mut reader = Reader::from_str(xml);
        let mut walk = Walk::default();
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|error| {
                Refusal::new(&problems::BROKEN).with("file", "sheet.xml").with("why", error.to_string())
            })?;
            let end = reader.buffer_position() as usize;
            match event {
                Event::Start(tag) => sheet.opened(&tag, start..end, false, &mut walk),
                Event::Empty(tag) => sheet.opened(&tag, start..end, true, &mut walk),
                Event::End(tag) => sheet.ended(tag.local_name().as_ref(), start..end, &mut walk),
                Event::Eof => return Ok(sheet),
                _ => {}
            }
        }
    }

    fn opened(&mut self, tag: &BytesStart<'_>, span: Range<usize>, empty: bool, walk: &mut Walk) {
        match tag.local_name().as_ref() {
            "worksheet" => {
                let name = tag.name().as_ref().to_owned();
                self.prefix = name.strip_suffix("worksheet").unwrap_or_default().to_owned();
            }
            "sheetData" => {
                self.closed = empty;
                self.data = if empty { span } else { span.end..span.end };
            }
            "sheetProtection" => {
                self.protected = attribute(tag, "sheet").is_some_and(|value| value == "1" || value == "true");
            }
            "row" => {
                let number =
                    attribute(tag, "r").and_then(|r| r.parse::<usize>().ok()).and_then(|r| r.checked_sub(1));
                walk.row = number.unwrap_or(walk.next_row);
                (walk.next_row, walk.next_column) = (walk.row + 1, 0);
                let head = self.xml[span.clone()].trim_end_matches(['>', '/', ' ']).to_owned();
                self.rows.insert(walk.row, Row { span, head, cells: BTreeMap::new() });
            }
            "c" => {
                let place = attribute(tag, "r").as_deref().and_then(place_of);
                walk.column = place.map_or(walk.next_column, |(_, column)| column);
                walk.next_column = walk.column + 1;
                let style = attribute(tag, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
                let cell = Place { span, style, formula: false };
                if empty {
                    self.keep(walk.row, walk.column, cell);
                } else {
                    walk.cell = Some((walk.column, cell));
                }
            }
            "f" => {
                if let Some((_, cell)) = &mut walk.cell {
                    cell.formula = true;
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, row: usize, column: usize, cell: Place) {
        if let Some(row) = self.rows.get_mut(&row) {
            row.cells.insert(column, cell);
        }
    }

    fn ended(&mut self, name: &str, span: Range<usize>, walk: &mut Walk) {
        match name {
            "sheetData" => self.data.end = span.start,
            "row" => {
                if let Some(row) = self.rows.get_mut(&walk.row) {
                    row.span.end = span.end;
                }
            }
            "c" => {
                if let Some((column, mut cell)) = walk.cell.take() {
                    cell.span.end = span.end;
                    self.keep(walk.row, column, cell);
                }
            }
            _ => {}
        }
    }

    /// The cell at a zero-based place.
    pub fn place(&self, row: usize, column: usize) -> Option<&Place> {
        self.rows.get(&row)?.cells.get(&column)
    }

    /// The style for a cell that is not there: that of the nearest row above which has the column.
    fn style_above(&self, row: usize, column: usize) -> usize {
        let above = self.rows.range(..row).rev().take(3).find_map(|(_, row)| row.cells.get(&column));
        above.map_or(0, |cell| cell.style)
    }

    /// The text with the edits made.
    pub fn with(&self, edits: &Edits, styles: &mut Styles) -> String {
        let mut cells: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        let touched = edits.cells.keys().chain(edits.marks.keys());
        let mut places: Vec<(usize, usize)> = touched.copied().collect();
        places.extend(self.like(edits));
        places.sort_unstable();
        places.dedup();
        for (row, column) in places {
            let there = self.place(row, column);
            let base = there.map_or_else(|| self.style_above(row, column), |place| place.style);
            let style = match edits.marks.get(&(row, column)) {
                Some(marking) => styles.marked(base, *marking),
                None => base,
            };
            let text = match edits.cells.get(&(row, column)) {
                Some(put) => self.cell(row, column, style, put, styles.is_date(base)),
                None => self.restyled(there, (row, column), style),
            };
            cells.entry(row).or_default().insert(column, text);
        }
        self.spliced(&cells, edits.grow)
    }

    /// The cells of rows that were added, so that lines and borders go on.
    fn like(&self, edits: &Edits) -> Vec<(usize, usize)> {
        let Some((after, count)) = edits.grow else { return Vec::new() };
        let Some(row) = self.rows.get(&after) else { return Vec::new() };
        (1..=count).flat_map(|more| row.cells.keys().map(move |column| (after + more, *column))).collect()
    }

    fn restyled(&self, there: Option<&Place>, (row, column): (usize, usize), style: usize) -> String {
        let Some(place) = there else { return self.cell(row, column, style, &Put::Clear, false) };
        let text = &self.xml[place.span.clone()];
        let end = text.find('>').unwrap_or(text.len());
        let (head, rest) = text.split_at(end);
        let old = format!(" s=\"{}\"", place.style);
        if head.contains(&old) {
            return format!("{}{rest}", head.replacen(&old, &format!(" s=\"{style}\""), 1));
        }
        let (head, slash) = head.strip_suffix('/').map_or((head, ""), |head| (head.trim_end(), "/"));
        format!("{head} s=\"{style}\"{slash}{rest}")
    }

    fn cell(&self, row: usize, column: usize, style: usize, put: &Put, date: bool) -> String {
        let (p, name) = (&self.prefix, cell_name(row, column));
        let head = if style == 0 {
            format!("<{p}c r=\"{name}\"")
        } else {
            format!("<{p}c r=\"{name}\" s=\"{style}\"")
        };
        let words = |text: &str| {
            format!(
                "{head} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>",
                escaped(text)
            )
        };
        match put {
            Put::Clear => format!("{head}/>"),
            Put::Number(number) => format!("{head}><{p}v>{number}</{p}v></{p}c>"),
            Put::Day(day) if date => format!("{head}><{p}v>{}</{p}v></{p}c>", serial(*day)),
            Put::Day(day) => words(&day.to_string()),
            Put::Text(text) if text.is_empty() => format!("{head}/>"),
            Put::Text(text) => words(text),
        }
    }

    fn spliced(
        &self,
        cells: &BTreeMap<usize, BTreeMap<usize, String>>,
        grow: Option<(usize, usize)>,
    ) -> String {
        let p = &self.prefix;
        let mut out = String::with_capacity(self.xml.len() + cells.len() * 200);
        out.push_str(&self.xml[..self.data.start]);
        if self.closed {
            let _ = write!(out, "<{p}sheetData>");
        }
        let mut at = if self.closed { self.data.end } else { self.data.start };
        let mut new = cells.iter().filter(|(row, _)| !self.rows.contains_key(row)).peekable();
        for (number, row) in &self.rows {
            while let Some((fresh, texts)) = new.next_if(|(fresh, _)| *fresh < number) {
                out.push_str(&self.xml[at..row.span.start]);
                at = row.span.start;
                self.fresh(*fresh, texts, grow, &mut out);
            }
            let Some(texts) = cells.get(number) else { continue };
            out.push_str(&self.xml[at..row.span.start]);
            self.replaced(row, texts, &mut out);
            at = row.span.end;
        }
        out.push_str(&self.xml[at..self.data.end]);
        for (fresh, texts) in new {
            self.fresh(*fresh, texts, grow, &mut out);
        }
        if self.closed {
            let _ = write!(out, "</{p}sheetData>");
        }
        out.push_str(&self.xml[self.data.end..]);
        out
    }

    /// A row that was not there; one that was added to a table is as high as the row above it.
    fn fresh(
        &self,
        row: usize,
        texts: &BTreeMap<usize, String>,
        grow: Option<(usize, usize)>,
        out: &mut String,
    ) {
        let p = &self.prefix;
        let like = grow.filter(|(after, count)| row > *after && row <= after + count);
        let like = like.and_then(|(after, _)| Some((after, self.rows.get(&after)?)));
        let head = like.map_or_else(
            || format!("<{p}row r=\"{}\"", row + 1),
            |(after, like)| {
                like.head.replacen(&format!(" r=\"{}\"", after + 1), &format!(" r=\"{}\"", row + 1), 1)
            },
        );
        let _ = write!(out, "{head}>{}</{p}row>", texts.values().cloned().collect::<String>());
    }

    fn replaced(&self, row: &Row, texts: &BTreeMap<usize, String>, out: &mut String) {
        let p = &self.prefix;
        let _ = write!(out, "{}>", row.head);
        let mut columns: Vec<usize> = row.cells.keys().chain(texts.keys()).copied().collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            match (texts.get(&column), row.cells.get(&column)) {
                (Some(text), _) => out.push_str(text),
                (None, Some(cell)) => out.push_str(&self.xml[cell.span.clone()]),
                (None, None) => {}
            }
        }
        let _ = write!(out, "</{p}row>");
    }
}

/// A day as spreadsheets count it, from 30 December 1899.
fn serial(day: jiff::civil::Date) -> i64 {
    day.duration_since(jiff::civil::date(1899, 12, 30)).as_hours() / 24
}
