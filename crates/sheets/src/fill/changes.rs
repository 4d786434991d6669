//! The sheet that lists what changed since the last time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::package::{Package, RELATIONS, TYPES, WORKBOOK, tags};
use super::scan::{attribute, escaped};
use crate::book::cell_name;
use crate::read::SheetProblem;

/// What became of a cell or a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A row that was not there.
    New,
    /// Another value.
    Changed,
    /// A row whose person is not on the register any more.
    Gone,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// The cell, or the first cell of the row.
    pub cell: (usize, usize),
    /// Whose row it is, or what is counted.
    pub of: String,
    /// Title of the column; empty for whole rows.
    pub field: String,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

const TITLES: [&str; 6] = ["位置", "姓名/指标", "变动", "栏目", "上次", "这次"];
const NAME: &str = "变动";

/// The sheet's part, and the parts that name it changed.
pub(super) fn sheet(
    package: &Package,
    listed: &[Change],
    changed: &mut BTreeMap<String, String>,
) -> Result<Vec<(String, String)>, SheetProblem> {
    let names = package.names()?;
    let number =
        (1..).find(|number| !names.contains(&format!("xl/worksheets/sheet{number}.xml"))).unwrap_or(1);
    let part = format!("xl/worksheets/sheet{number}.xml");
    let take = |changed: &BTreeMap<String, String>, part: &str| match changed.get(part) {
        Some(text) => Ok(text.clone()),
        None => package.text(part),
    };
    let types = take(changed, TYPES)?;
    let entry = format!(
        "<Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    );
    changed.insert(TYPES.to_owned(), before_last(&types, "Types>", &entry));
    let relations = take(changed, RELATIONS)?;
    let mut ids = Vec::new();
    tags(&relations, |_, tag| ids.extend(attribute(tag, "Id")));
    let id = (1..).map(|number| format!("rIdSkein{number}")).find(|id| !ids.contains(id)).unwrap_or_default();
    let entry = format!(
        "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet{number}.xml\"/>"
    );
    changed.insert(RELATIONS.to_owned(), before_last(&relations, "Relationships>", &entry));
    let workbook = take(changed, WORKBOOK)?;
    let mut most = 0;
    tags(&workbook, |name, tag| {
        if name == "sheet" {
            most = most.max(attribute(tag, "sheetId").and_then(|id| id.parse::<u32>().ok()).unwrap_or(0));
        }
    });
    let title = title(package);
    let close = workbook
        .find("sheets>")
        .and_then(|open| workbook[open + 7..].find("sheets>").map(|at| open + 7 + at));
    let prefix = close
        .and_then(|at| workbook[..at].rfind("</").map(|start| workbook[start + 2..at].to_owned()))
        .unwrap_or_default();
    let entry = format!(
        "<{prefix}sheet xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" name=\"{}\" \
         sheetId=\"{}\" r:id=\"{id}\"/>",
        escaped(&title),
        most + 1
    );
    changed.insert(WORKBOOK.to_owned(), before_last(&workbook, "sheets>", &entry));
    Ok(vec![(part, body(listed))])
}

fn title(package: &Package) -> String {
    let taken = |name: &str| package.sheets().any(|sheet| sheet == name);
    let numbered = (2..).map(|number| format!("{NAME}{number}"));
    std::iter::once(NAME.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// The text with an entry before the last tag that closes with these characters.
fn before_last(xml: &str, close: &str, entry: &str) -> String {
    let at = xml.rfind(close).and_then(|end| xml[..end].rfind("</"));
    at.map_or_else(|| xml.to_owned(), |at| format!("{}{entry}{}", &xml[..at], &xml[at..]))
}

fn body(listed: &[Change]) -> String {
    let mut rows = String::new();
    row(&mut rows, 0, &TITLES.map(str::to_owned));
    for (at, change) in listed.iter().enumerate() {
        let kind = match change.kind {
            Kind::New => "新增",
            Kind::Changed => "改了",
            Kind::Gone => "不在册了",
        };
        let (line, column) = change.cell;
        let cells = [
            cell_name(line, column),
            change.of.clone(),
            kind.to_owned(),
            change.field.clone(),
            change.before.clone(),
            change.after.clone(),
        ];
        row(&mut rows, at + 1, &cells);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><cols><col min=\"1\" max=\"1\" width=\"8\" customWidth=\"1\"/>\
         <col min=\"2\" max=\"6\" width=\"20\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn row(out: &mut String, number: usize, cells: &[String]) {
    let _ = write!(out, "<row r=\"{}\">", number + 1);
    for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let name = cell_name(number, column);
        let _ = write!(
            out,
            "<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        );
    }
    out.push_str("</row>");
}
