//! The state of a need.

use kernel::faults::text;
use kernel::{
    Column, EncounterId, Field, Id, IndexRow, Label, Link, Meta, NeedTagId, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// What becomes of a need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It was heard and waits.
    #[default]
    Heard,
    /// Somebody was asked to see to it.
    Asked,
    /// It was put aside.
    Dismissed,
}

impl Status {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Asked => "asked",
            Self::Dismissed => "dismissed",
        }
    }
}

/// One thing that somebody lacks. Has no `Debug`: it holds their words.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Need {
    /// Whose.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Where it was heard.
    #[serde(default)]
    pub encounter: Option<EncounterId>,
    /// What kind of need, as the needs of requests are coded.
    pub code: kernel::need::Code,
    /// The site's own tag by which it was noted.
    #[serde(default)]
    pub tag: Option<NeedTagId>,
    /// In their own words.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub words: String,
    /// What became of it.
    #[serde(default)]
    pub status: Status,
    /// Whether it was read out of a remark of an imported table.
    #[serde(default)]
    pub from_remark: bool,
}

/// What a need's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum NeedEvent {
    /// It is seen to, put aside or open again.
    Moved {
        /// What became of it.
        status: Status,
    },
}

/// Needs by what became of them.
pub static NEED_ROW: TableDef = TableDef::index(
    "need_row",
    &[
        ("site", Column::Text),
        ("need", Column::Text),
        ("no", Column::Int),
        ("status", Column::Text),
        ("code", Column::Text),
        ("person", Column::Text),
        ("encounter", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for Need {
    const NOUN: &'static str = "need";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("encounter", Label::Plain).fixed(),
        Field::new("code", Label::Plain),
        Field::new("tag", Label::Plain),
        Field::new("words", Label::Identity),
        Field::new("status", Label::Plain).own(),
        Field::new("from_remark", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&NEED_ROW];
    type Event = NeedEvent;

    fn apply(&mut self, event: NeedEvent) {
        match event {
            NeedEvent::Moved { status } => self.status = status,
        }
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 2000)?;
        if self.person.is_none() && self.encounter.is_none() {
            return Err(Refusal::new(&faults::WHOSE).at("person"));
        }
        let other = self.code == kernel::need::Code::Other && self.tag.is_none();
        if other && self.words.trim().is_empty() {
            return Err(Refusal::new(&faults::WORDS).at("words"));
        }
        Ok(())
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let person = self.person.map(|id| Link::to("person", id));
        let encounter = self.encounter.map(|id| Link::to("encounter", id));
        let tag = self.tag.map(|id| Link::to("need_tag", id));
        person.into_iter().chain(encounter).chain(tag).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.person.map(|id| id.0).into_iter().chain(self.encounter.map(|id| id.0)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.status.code().into(),
            self.code.code().into(),
            self.person.map(|id| id.0).into(),
            self.encounter.map(|id| id.0).into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &NEED_ROW, values }]
    }
}
