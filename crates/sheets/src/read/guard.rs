//! Looks at a file before any parser does: what it is, and how large it would become.

use std::io::{Cursor, Read};

use kernel::Refusal;

use super::{Limits, SheetProblem};
use crate::problems;

/// The most that deflate can make of one byte; below this no counting is needed.
const DEFLATE_MOST: u64 = 1_032;

/// Checks a ZIP package: number of parts, declared and true sizes, and that it is a workbook at all.
pub fn package(bytes: &[u8], file: &str, limits: &Limits) -> Result<(), SheetProblem> {
    let broken = || Refusal::new(&problems::BROKEN).with("file", file).with("why", "ZIP");
    let too_much =
        || Refusal::new(&problems::INFLATES).with("file", file).with("limit", limits.inflated_bytes >> 20);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > limits.parts {
        let count = archive.len();
        return Err(Refusal::new(&problems::TOO_MANY_PARTS).with("file", file).with("count", count));
    }
    let names: Vec<String> = archive.file_names().map(str::to_ascii_lowercase).collect();
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(not_xlsx(&names, file));
    }
    let mut declared: u64 = 0;
    for index in 0..archive.len() {
        declared = declared.saturating_add(archive.by_index_raw(index).map_err(|_| broken())?.size());
    }
    if declared > limits.inflated_bytes {
        return Err(too_much());
    }
    if (bytes.len() as u64).saturating_mul(DEFLATE_MOST) <= limits.inflated_bytes {
        return Ok(());
    }
    let mut left = limits.inflated_bytes;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| broken())?;
        let counted = count(part, left).map_err(|_| broken())?;
        left = left.checked_sub(counted).ok_or_else(too_much)?;
    }
    Ok(())
}

/// Bytes that come out of a part, counting no further than one past `most`.
fn count(part: impl Read, most: u64) -> std::io::Result<u64> {
    std::io::copy(&mut part.take(most.saturating_add(1)), &mut std::io::sink())
}

fn not_xlsx(names: &[String], file: &str) -> SheetProblem {
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    let kind = if has("workbook.bin") {
        Some("Excel Binary (.xlsb)")
    } else if has("content.xml") {
        Some("OpenDocument (.ods)")
    } else if has("document.xml") {
        Some("Word (.docx)")
    } else {
        None
    };
    match kind {
        Some(kind) => Refusal::new(&problems::UNSUPPORTED).with("file", file).with("kind", kind),
        None => Refusal::new(&problems::NOT_A_WORKBOOK).with("file", file),
    }
}

/// Checks an OLE compound file: a workbook, or an encrypted package, or another program's document.
pub fn compound(bytes: &[u8], file: &str) -> Result<(), SheetProblem> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        return Err(Refusal::new(&problems::ENCRYPTED).with("file", file));
    }
    if holds("WordDocument") {
        return Err(Refusal::new(&problems::UNSUPPORTED).with("file", file).with("kind", "Word (.doc)"));
    }
    if !holds("Workbook") && !holds("Book") {
        return Err(Refusal::new(&problems::NOT_A_WORKBOOK).with("file", file));
    }
    Ok(())
}

/// Recognises files of other kinds that could pass for text.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(1_024)];
    if head.starts_with(b"%PDF") {
        return Some("PDF");
    }
    if head.starts_with(b"\x89PNG") || head.starts_with(b"\xff\xd8\xff") {
        return Some("image");
    }
    let lower = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = lower.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if start.starts_with("<html") || start.starts_with("<!doctype") || start.starts_with("<table") {
        return Some("HTML");
    }
    start.starts_with("<?xml").then_some("XML")
}
