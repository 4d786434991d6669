//! Tags as pages show them.

use kernel::need::Code;
use kernel::{Id, Lang};
use schemars::JsonSchema;
use serde::Serialize;

/// A tag by which a need is noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TagView {
    /// Its record; for one that comes with the program, the record by which it would be changed.
    pub id: Id,
    /// As what needs under it are counted.
    pub code: Code,
    /// Whether it is the site's own.
    pub own: bool,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// No longer offered.
    pub retired: bool,
    /// For edits; 0 while there is no record.
    pub version: i64,
}

impl TagView {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> String {
        let en = if self.en.is_empty() { &self.zh } else { &self.en };
        lang.pick(&self.zh, en).into_owned()
    }
}
