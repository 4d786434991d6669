//! From bytes to a [`Workbook`], with limits against hostile and overlong files.

mod excel;
mod guard;
mod text;

use kernel::Refusal;

use crate::book::{Format, Workbook};
use crate::{layout, problems};

/// Why a file could not be read; numbered, in words of both languages.
pub type SheetProblem = Refusal;

/// How much is read before refusing.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes after unpacking, all parts together.
    pub inflated_bytes: u64,
    /// Parts of the package.
    pub parts: usize,
    /// Rows of one sheet.
    pub rows: usize,
    /// Columns of one sheet.
    pub columns: usize,
    /// Cells that are not empty, all sheets together.
    pub cells: usize,
    /// Bytes of text in cells, all sheets together.
    pub text_bytes: usize,
    /// Sheets of one workbook.
    pub sheets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 40 << 20,
            inflated_bytes: 160 << 20,
            parts: 2_000,
            rows: 200_000,
            columns: 1_024,
            cells: 4_000_000,
            text_bytes: 128 << 20,
            sheets: 256,
        }
    }
}

/// The text of a file whose encoding is not known: UTF-8 with or without a mark, UTF-16, GB18030. `file` is only a name for
/// messages.
///
/// # Errors
/// A numbered problem where no encoding fits.
pub fn decoded(bytes: &[u8], file: &str) -> Result<String, SheetProblem> {
    text::decode(bytes, file).map(|(text, _)| text)
}

/// Reads a workbook. `file` is only a name for messages, years and a CSV's sheet; its extension is not believed.
///
/// # Errors
/// A numbered problem: empty, no workbook, damaged, too large in any of the limits, under a password, unknown encoding.
pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Result<Workbook, SheetProblem> {
    let mut book = read_whole_sheets(bytes, file, limits)?;
    layout::split(&mut book);
    Ok(book)
}

/// The same with every sheet as it is, however many tables stand on it.
///
/// # Errors
/// As [`read`].
pub fn read_whole_sheets(bytes: &[u8], file: &str, limits: &Limits) -> Result<Workbook, SheetProblem> {
    if bytes.is_empty() {
        return Err(Refusal::new(&problems::EMPTY_FILE).with("file", file));
    }
    if bytes.len() as u64 > limits.file_bytes {
        let size = (bytes.len() as u64).div_ceil(1 << 20);
        let limit = limits.file_bytes >> 20;
        return Err(Refusal::new(&problems::TOO_LARGE)
            .with("file", file)
            .with("size", size)
            .with("limit", limit));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        guard::package(bytes, file, limits)?;
        return excel::read_guarded(bytes, file, Format::Xlsx, limits);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        guard::compound(bytes, file)?;
        return excel::read_guarded(bytes, file, Format::Xls, limits);
    }
    if let Some(kind) = guard::foreign(bytes) {
        return Err(Refusal::new(&problems::UNSUPPORTED).with("file", file).with("kind", kind));
    }
    text::read(bytes, file, limits)
}
