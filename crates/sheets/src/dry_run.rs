//! The dry run in its fixed form: for every sheet and row its role, clean values, issues.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::book::{Part, Sheet, Workbook, column_letters};
use crate::clean::{self, CleanRow, Cleaner};
use crate::events;
use crate::issue::Severity;
use crate::layout::{self, Layout, RowInfo, SheetRole};
use crate::mapping::{self, Mapping, TableKind};

/// What the dry run must be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the import.
    pub today: Date,
    /// Sheets that are read although they are hidden or confidential; by name.
    pub include: Vec<String>,
    /// Mappings that the user has settled, by layout key; they replace the proposals.
    pub remembered: Vec<Mapping>,
    /// Kinds that the user gives to sheets, by layout key; columns are proposed anew for them.
    pub kinds: Vec<(String, TableKind)>,
    /// The day that the file speaks of, where no title of a sheet says one: whoever imports it may know.
    pub as_of: Option<Date>,
}

impl Options {
    /// Nothing included, nothing remembered.
    pub fn new(today: Date) -> Self {
        Self { today, include: Vec::new(), remembered: Vec::new(), kinds: Vec::new(), as_of: None }
    }
}

/// One sheet, understood and cleaned.
#[derive(Clone, Debug)]
pub struct ReadSheet {
    /// Index in the workbook.
    pub index: usize,
    /// What was found on it.
    pub layout: Layout,
    /// Which column is which field.
    pub mapping: Mapping,
    /// Cleaned rows; none for sheets that are not read unasked.
    pub rows: Vec<CleanRow>,
    /// Whether the rows would be imported without further questions.
    pub import: bool,
}

/// Understands and cleans every sheet of a workbook.
pub fn understand(book: &Workbook, options: &Options) -> Vec<ReadSheet> {
    layout::find_all(book)
        .into_iter()
        .enumerate()
        .map(|(index, layout)| one(&book.sheets[index], (index, layout), options))
        .collect()
}

fn one(sheet: &Sheet, (index, mut layout): (usize, Layout), options: &Options) -> ReadSheet {
    layout.as_of = layout.as_of.or(options.as_of);
    let key = layout.layout_key();
    let kind = options.kinds.iter().rev().find(|(of, _)| *of == key).map(|(_, kind)| *kind);
    let mapping = match kind {
        Some(kind) => mapping::propose_as(sheet, &layout, kind),
        None => options
            .remembered
            .iter()
            .find(|mapping| mapping.layout_key == key)
            .cloned()
            .unwrap_or_else(|| mapping::propose(sheet, &layout)),
    };
    let asked = options.include.contains(&sheet.name);
    let readable = matches!(layout.role, SheetRole::Data | SheetRole::OldVersion) || asked;
    let rows = if !readable || layout.header_rows.is_empty() {
        Vec::new()
    } else if mapping.kind.of_happenings() {
        events::clean(sheet, &mut layout, &mapping, options.today)
    } else {
        Cleaner::new(sheet, &layout, &mapping, &clean::Options { today: options.today }).all()
    };
    let useful = mapping.tells_people() || mapping.kind.of_happenings();
    let import = useful && (asked || layout.role == SheetRole::Data);
    ReadSheet { index, layout, mapping, rows, import }
}

/// The dry run as JSON. `duplicates` is empty: whoever compares people adds them.
pub fn dry_run_json(book: &Workbook, options: &Options) -> Value {
    let read = understand(book, options);
    let mut sheets: Vec<Value> = Vec::new();
    for one in &read {
        let sheet = &book.sheets[one.index];
        let json = sheet_json(sheet, one);
        match sheets
            .iter_mut()
            .find(|first| matches!(&sheet.part, Some(Part::Below(of)) if first["name"] == **of))
        {
            Some(first) => below(first, json),
            None => sheets.push(json),
        }
    }
    json!({
        "schema": "skein-import/1",
        "file": book.file,
        "format": book.format,
        "encoding": book.encoding,
        "as_of": read.iter().find_map(|sheet| sheet.layout.as_of).map(|day| day.to_string()),
        "summary": summary(&read),
        "sheets": sheets,
        "duplicates": [],
    })
}

/// A table below another one of its sheet: its rows stand with the first one's, what else is known of it under `tables`.
fn below(first: &mut Value, mut table: Value) {
    let rows = table["rows"].take();
    if let (Some(all), Value::Array(rows)) = (first["rows"].as_array_mut(), rows) {
        all.extend(rows);
    }
    first["last_row"] = table["last_row"].clone();
    first["data_rows"] =
        json!(first["data_rows"].as_u64().unwrap_or(0) + table["data_rows"].as_u64().unwrap_or(0));
    if let Value::Object(table) = &mut table {
        table.remove("rows");
    }
    match first["tables"].as_array_mut() {
        Some(tables) => tables.push(table),
        None => first["tables"] = json!([table]),
    }
}

fn summary(read: &[ReadSheet]) -> Value {
    let rows = || read.iter().filter(|sheet| sheet.import).flat_map(|sheet| &sheet.rows);
    let worst = |severity: Severity| rows().filter(|row| row.worst() == Some(severity)).count();
    json!({
        "rows": rows().count(),
        "rows_flagged": worst(Severity::Flag),
        "rows_refused": worst(Severity::Refuse),
        "sheets_not_imported": read.iter().filter(|sheet| !sheet.import).count(),
    })
}

fn sheet_json(sheet: &Sheet, read: &ReadSheet) -> Value {
    let columns: serde_json::Map<String, Value> = read
        .mapping
        .columns
        .iter()
        .filter_map(|map| {
            Some((map.target.as_ref()?.field.name().to_owned(), json!(column_letters(map.column))))
        })
        .collect();
    let data: Vec<usize> = read.layout.data_rows().collect();
    json!({
        "name": sheet.name,
        "state": sheet.state,
        "role": read.layout.role,
        "import": read.import,
        "kind": read.mapping.kind,
        "as_of": read.layout.as_of.map(|day| day.to_string()),
        "layout_key": read.mapping.layout_key,
        "header_rows": read.layout.header_rows.iter().map(|row| row + 1).collect::<Vec<_>>(),
        "first_row": data.first().map(|row| row + 1),
        "last_row": data.last().map(|row| row + 1),
        "data_rows": data.len(),
        "columns": columns,
        "mapping": read.mapping.columns,
        "rows": rows_json(read),
    })
}

fn rows_json(read: &ReadSheet) -> Vec<Value> {
    let fields = read.mapping.fields();
    let mut cleaned = read.rows.iter().peekable();
    let told = |info: &RowInfo| {
        let Some(row) = cleaned.next_if(|row| row.row == info.row) else {
            return json!({ "row": info.row + 1, "role": info.role, "why": info.why });
        };
        let mut told = json!({
            "row": info.row + 1,
            "role": info.role,
            "hidden": row.hidden,
            "clean": row.happening.as_ref().map_or_else(
                || row.values.json(&fields, read.mapping.kind),
                events::Happening::json,
            ),
            "derived": row.derived_json(),
            "needs_offered": row.needs_offered,
            "nicknames": row.values.nicknames,
            "issues": row.issues,
            "decision": match row.worst() {
                Some(Severity::Refuse) => "refuse",
                Some(Severity::Flag) => "flag",
                _ => "import",
            },
        });
        for (name, value) in row.happening.iter().flat_map(events::Happening::more) {
            told[name] = value;
        }
        told
    };
    read.layout.rows.iter().map(told).collect()
}
