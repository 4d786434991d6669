//! Numbered problems (RFC 9457): the code is the contract, the words are a template per language.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The languages that people read. Templates exist in `Zh` and `En`; traditional Chinese is converted from `Zh`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Lang {
    /// Simplified Chinese, the source language.
    #[default]
    #[serde(rename = "zh-Hans")]
    Zh,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    Hant,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// One problem of the catalogue. Templates name parameters in braces: `{field}`.
#[derive(Debug)]
pub struct ProblemDef {
    /// The number that clients rely on, such as `SK-1203`.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Title and what to do, in Chinese.
    pub zh: (&'static str, &'static str),
    /// Title and what to do, in English.
    pub en: (&'static str, &'static str),
}

/// A field that is at fault, with the reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// JSON name of the field.
    pub field: String,
    /// Which problem it has.
    pub problem: Refusal,
}

/// A problem that happened: its definition and what fills the template. Never holds personal data.
#[derive(Clone)]
pub struct Refusal {
    /// The catalogue's entry.
    pub def: &'static ProblemDef,
    /// Values for the template.
    pub params: Vec<(&'static str, String)>,
    /// Fields at fault.
    pub fields: Vec<FieldFault>,
}

impl PartialEq for Refusal {
    fn eq(&self, other: &Self) -> bool {
        self.def.code == other.def.code && self.params == other.params && self.fields == other.fields
    }
}

impl Eq for Refusal {}

impl Refusal {
    /// The problem without parameters.
    pub fn new(def: &'static ProblemDef) -> Self {
        Self { def, params: Vec::new(), fields: Vec::new() }
    }

    /// Fills `{name}` of the template.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// Names a field at fault by the same problem.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        let problem = Self { fields: Vec::new(), ..self.clone() };
        self.fields.push(FieldFault { field: field.to_owned(), problem });
        self
    }

    /// The title in a language.
    pub fn title(&self, lang: Lang) -> String {
        self.fill(&lang.pick(self.def.zh.0, self.def.en.0))
    }

    /// What happened and what to do, in a language.
    pub fn detail(&self, lang: Lang) -> String {
        self.fill(&lang.pick(self.def.zh.1, self.def.en.1))
    }

    /// The RFC 9457 document.
    pub fn document(&self, lang: Lang) -> Problem {
        Problem {
            kind: format!("urn:skein:problem:{}", self.def.code),
            title: self.title(lang),
            status: self.def.status,
            detail: self.detail(lang),
            code: self.def.code.to_owned(),
            fields: self
                .fields
                .iter()
                .map(|fault| ProblemField {
                    field: fault.field.clone(),
                    code: fault.problem.def.code.to_owned(),
                    detail: fault.problem.detail(lang),
                })
                .collect(),
        }
    }

    fn fill(&self, template: &str) -> String {
        self.params
            .iter()
            .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.def.code, self.detail(Lang::En))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.def.code, self.title(Lang::En), self.detail(Lang::En))
    }
}

impl std::error::Error for Refusal {}

/// An RFC 9457 problem document, with the catalogue's code and the fields at fault.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A URN made of the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short title in the reader's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do next, in the reader's language.
    pub detail: String,
    /// The catalogue's number.
    pub code: String,
    /// Fields at fault.
    pub fields: Vec<ProblemField>,
}

/// One field at fault in a problem document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProblemField {
    /// JSON name of the field.
    pub field: String,
    /// The catalogue's number.
    pub code: String,
    /// Words in the reader's language.
    pub detail: String,
}

/// Declares problems: `pub static NAME: ProblemDef` and a slice `PROBLEMS` of all of them.
#[macro_export]
macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal
        zh $zh_title:literal $zh:literal en $en_title:literal $en:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $name: $crate::ProblemDef = $crate::ProblemDef {
                code: $code,
                status: $status,
                zh: ($zh_title, $zh),
                en: ($en_title, $en),
            };
        )*
        /// Every problem declared here, for the catalogue.
        pub static PROBLEMS: &[&$crate::ProblemDef] = &[$(&$name),*];
    };
}
