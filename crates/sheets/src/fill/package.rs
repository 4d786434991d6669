//! The parts of a workbook: what is not changed is copied as it is packed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use kernel::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;

use super::scan::attribute;
use crate::problems;
use crate::read::SheetProblem;

/// A workbook to be filled in.
#[derive(Clone)]
pub struct Package {
    bytes: Vec<u8>,
    file: String,
    /// Sheets with their parts, in order.
    sheets: Vec<(String, String)>,
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Package(…)")
    }
}

pub(super) const WORKBOOK: &str = "xl/workbook.xml";
pub(super) const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
pub(super) const TYPES: &str = "[Content_Types].xml";

/// Every start tag of a text with its name without prefix.
pub(super) fn tags(xml: &str, mut each: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name();
                each(name.as_ref(), &tag);
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

impl Package {
    /// Opens a checked package.
    pub(super) fn open(bytes: &[u8], file: &str) -> Result<Self, SheetProblem> {
        let mut package = Self { bytes: bytes.to_vec(), file: file.to_owned(), sheets: Vec::new() };
        let mut targets: BTreeMap<String, String> = BTreeMap::new();
        tags(&package.text(RELATIONS)?, |name, tag| {
            if name == "Relationship"
                && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
            {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, path);
            }
        });
        let mut sheets = Vec::new();
        tags(&package.text(WORKBOOK)?, |name, tag| {
            if name == "sheet"
                && let (Some(title), Some(id)) =
                    (attribute(tag, "name"), attribute(tag, "r:id").or_else(|| attribute(tag, "id")))
                && let Some(part) = targets.get(&id)
            {
                sheets.push((title, part.clone()));
            }
        });
        package.sheets = sheets;
        Ok(package)
    }

    fn broken(&self) -> SheetProblem {
        Refusal::new(&problems::BROKEN).with("file", self.file.clone()).with("why", "ZIP")
    }

    /// Names of the sheets.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn part_of(&self, sheet: &str) -> Result<String, SheetProblem> {
        let found = self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| part.clone());
        found.ok_or_else(|| {
            Refusal::new(&problems::NO_SUCH_SHEET).with("sheet", sheet).with("file", self.file.clone())
        })
    }

    /// The other parts that may refer to cells of a sheet: the other sheets and the workbook's names.
    pub(super) fn others(&self, part: &str) -> Vec<String> {
        let sheets = self.sheets.iter().map(|(_, other)| other.clone()).filter(|other| other != part);
        sheets.chain([WORKBOOK.to_owned()]).collect()
    }

    pub(super) fn styles_part(&self) -> Option<String> {
        self.names().ok()?.into_iter().find(|name| name == "xl/styles.xml")
    }

    fn archive(&self) -> Result<zip::ZipArchive<Cursor<&[u8]>>, SheetProblem> {
        zip::ZipArchive::new(Cursor::new(self.bytes.as_slice())).map_err(|_| self.broken())
    }

    pub(super) fn names(&self) -> Result<Vec<String>, SheetProblem> {
        Ok(self.archive()?.file_names().map(str::to_owned).collect())
    }

    /// The text of a part.
    pub(super) fn text(&self, part: &str) -> Result<String, SheetProblem> {
        let mut archive = self.archive()?;
        let mut found = archive.by_name(part).map_err(|_| self.broken())?;
        let mut bytes = Vec::new();
        found.read_to_end(&mut bytes).map_err(|_| self.broken())?;
        String::from_utf8(bytes).map_err(|_| self.broken())
    }

    /// Says that the workbook's formulas are to be worked out when it is opened: their results here are old.
    pub(super) fn recalculated(&self, changed: &mut BTreeMap<String, String>) -> Result<(), SheetProblem> {
        let text = match changed.get(WORKBOOK) {
            Some(text) => text.clone(),
            None => self.text(WORKBOOK)?,
        };
        if text.contains("fullCalcOnLoad=\"1\"") {
            return Ok(());
        }
        let text = text.replace(" fullCalcOnLoad=\"0\"", "");
        let with = |at: usize| {
            let (before, after) = text.split_at(at);
            format!("{before} fullCalcOnLoad=\"1\"{after}")
        };
        if let Some(at) = text.find("calcPr") {
            changed.insert(WORKBOOK.to_owned(), with(at + "calcPr".len()));
        }
        Ok(())
    }

    /// The package with some parts changed and some added; the others are copied as they are packed.
    pub(super) fn written(
        &self,
        changed: &BTreeMap<String, String>,
        added: &[(String, String)],
    ) -> Result<Vec<u8>, SheetProblem> {
        let mut archive = self.archive()?;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(|_| self.broken())?;
            match changed.get(part.name()) {
                Some(text) => {
                    let name = part.name().to_owned();
                    drop(part);
                    writer.start_file(name, options).map_err(|_| self.broken())?;
                    writer.write_all(text.as_bytes()).map_err(|_| self.broken())?;
                }
                None => writer.raw_copy_file(part).map_err(|_| self.broken())?,
            }
        }
        for (name, text) in added {
            writer.start_file(name.as_str(), options).map_err(|_| self.broken())?;
            writer.write_all(text.as_bytes()).map_err(|_| self.broken())?;
        }
        Ok(writer.finish().map_err(|_| self.broken())?.into_inner())
    }
}
