//! The dry run with its proposed duplicates, for `skein import --dry-run --json`.

use jiff::civil::Date;
use kernel::Refusal;
use serde_json::{Value, json};
use sheets::{Limits, Options, Part};

use crate::compare::{RowPair, propose};
use crate::preview::{Preview, keep};

/// Reads a file and tells, for every sheet and row, its role, clean values and issues, and which rows may be one person.
/// Needs no node.
pub fn run(bytes: &[u8], file: &str, today: Date, include: &[String]) -> Result<Value, Refusal> {
    let book = sheets::read(bytes, file, &Limits::default())?;
    let options = Options { include: include.to_vec(), ..Options::new(today) };
    let mut document = sheets::dry_run_json(&book, &options);
    let sheets = sheets::understand(&book, &options);
    let sheets = sheets.into_iter().map(|sheet| keep(&book, sheet, |_| String::new())).collect();
    let mut preview = Preview { file: file.to_owned(), sheets, ..Preview::default() };
    let pairs = propose(&mut preview, None, |_| {});
    let place = |(sheet, row): (usize, usize)| {
        let kept = &preview.sheets[sheet];
        // A table below another one is told with its sheet.
        let name =
            book.sheets.iter().find(|one| one.name == kept.name).map_or(kept.name.as_str(), |one| match &one
                .part
            {
                Some(Part::Below(of)) => of.as_str(),
                _ => one.name.as_str(),
            });
        json!({ "sheet": name, "row": kept.rows[row].row })
    };
    let told = |pair: &RowPair| {
        json!({
            "a": place(pair.a),
            "b": place(pair.b),
            "probability": (pair.probability * 1e6).round() / 1e6,
            "decision": if pair.auto { "auto" } else { "review" },
        })
    };
    document["duplicates"] = pairs.iter().map(told).collect();
    Ok(document)
}
