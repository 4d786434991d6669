//! Kinds as pages show them.

use std::collections::HashMap;

use kernel::{Id, Lang};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Code, Traits};

/// A kind on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindView {
    /// Its code, as activities hold it.
    pub code: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// What goes with it.
    pub traits: Traits,
    /// The most children for each adult that its new activities begin with.
    pub children_per_adult: Option<u32>,
    /// No longer offered.
    pub retired: bool,
    /// Whether it is the site's own.
    pub own: bool,
    /// The record by which the site changes it.
    pub record: Id,
    /// For edits; 0 where the site has not changed it.
    pub version: i64,
}

impl KindView {
    /// As a reader of this language sees it: names that come with the program in their characters, others as typed.
    #[must_use]
    pub fn read_in(&self, lang: Lang) -> Self {
        let typed = self.own || self.version > 0;
        let zh = if typed { self.zh.clone() } else { lang.chinese(&self.zh).into_owned() };
        Self { zh, ..self.clone() }
    }
}

/// A site's kinds, by code.
#[derive(Clone, Debug, Default)]
pub struct Kinds(pub(super) Vec<KindView>);

impl Kinds {
    /// In the order in which lists show them.
    pub fn all(&self) -> &[KindView] {
        &self.0
    }

    /// What goes with a kind.
    pub fn traits(&self, code: &Code) -> Traits {
        self.0.iter().find(|kind| kind.code == code.0).map(|kind| kind.traits).unwrap_or_default()
    }

    /// The names of all kinds for a reader of this language.
    pub fn names(&self, lang: Lang) -> HashMap<&str, String> {
        let name = |kind: &KindView| {
            let read = kind.read_in(lang);
            if lang == Lang::En { read.en } else { read.zh }
        };
        self.0.iter().map(|kind| (kind.code.as_str(), name(kind))).collect()
    }
}
