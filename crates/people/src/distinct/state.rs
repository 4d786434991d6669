//! The state of such a statement.

use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// Two records that are two people.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Distinct {
    /// One of them.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
}

/// Statements by pair, the smaller id first.
pub static DISTINCT_ROW: TableDef = TableDef::index(
    "distinct_row",
    &[("site", Column::Text), ("one", Column::Text), ("two", Column::Text), ("record", Column::Text)],
    4,
);

impl Record for Distinct {
    const NOUN: &'static str = "distinct";
    const FIELDS: &'static [Field] =
        &[Field::new("a", Label::Plain).fixed(), Field::new("b", Label::Plain).fixed()];
    const TABLES: &'static [&'static TableDef] = &[&DISTINCT_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        if self.b < self.a {
            std::mem::swap(&mut self.a, &mut self.b);
        }
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if self.a == self.b {
            return Err(Refusal::new(&faults::SAME_PERSON).at("b"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.a), Link::to("person", self.b)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.a.0, self.b.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![meta.site.into(), self.a.0.into(), self.b.0.into(), meta.id.into()];
        vec![IndexRow { table: &DISTINCT_ROW, values }]
    }
}
