//! The state of an assignment.

use kernel::{
    AccountId, Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// Kinds of record that can be assigned, as links name them.
const ASSIGNABLE: &[&str] =
    &["person", "household", "activity", "session", "encounter", "need", "request", "place"];

/// A record, and all that belongs to it, is in the reach of an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// Who gets it.
    pub account: AccountId,
    /// The kind of record: person, household, activity, session, encounter, need, request, place.
    #[schemars(length(max = 20))]
    pub noun: String,
    /// The record.
    pub record: Id,
}

/// What is assigned to whom; the scope function asks here.
pub static ASSIGNED: TableDef = TableDef::index(
    "assigned",
    &[
        ("site", Column::Text),
        ("account", Column::Text),
        ("record", Column::Text),
        ("assignment", Column::Text),
        ("noun", Column::Text),
    ],
    4,
);

impl Record for Assignment {
    const NOUN: &'static str = "assignment";
    const FIELDS: &'static [Field] = &[
        Field::new("account", Label::Plain).fixed(),
        Field::new("noun", Label::Plain).fixed(),
        Field::new("record", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ASSIGNED];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if ASSIGNABLE.contains(&self.noun.as_str()) {
            return Ok(());
        }
        let shown: String = self.noun.chars().take(20).collect();
        Err(Refusal::new(&faults::NOT_ASSIGNABLE).with("noun", shown).at("noun"))
    }

    fn links(&self) -> Vec<Link> {
        let noun = ASSIGNABLE.iter().find(|noun| **noun == self.noun);
        let record = noun.map(|noun| Link::to(noun, self.record));
        std::iter::once(Link::to("account", self.account)).chain(record).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            self.account.into(),
            self.record.into(),
            meta.id.into(),
            self.noun.as_str().into(),
        ];
        vec![IndexRow { table: &ASSIGNED, values }]
    }
}
