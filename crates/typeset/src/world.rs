//! What the typesetter sees: one template, its data, the fonts. No files, no packages, no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::fonts::FontStore;

const TEMPLATE: &str = include_str!("../templates/report.typ");

pub(crate) struct World {
    library: LazyHash<Library>,
    fonts: &'static FontStore,
    template: Source,
    data: (FileId, Bytes),
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a name of this file is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World {
    /// With `data` as the template's `data.json`.
    pub fn new(fonts: &'static FontStore, data: &serde_json::Value) -> Self {
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            template: Source::new(file("report.typ"), TEMPLATE.to_owned()),
            data: (file("data.json"), Bytes::from_string(data.to_string())),
        }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
