//! Workbooks of other offices that are filled in, with what goes where; and each filling that was made.

use journal::{Node, StoreError};
use kernel::faults::text;
use kernel::{
    Actor, Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal, Situation, TableDef, Use,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::{faults, queries};

/// What goes where on one sheet: pointed at by somebody, kept with the workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pointing {
    /// Name of the sheet.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub sheet: String,
    /// First row of the table of people, from 1; 0 where there is none.
    #[serde(default)]
    #[schemars(range(max = 1_048_576))]
    pub first_row: u32,
    /// Its last row.
    #[serde(default)]
    #[schemars(range(max = 1_048_576))]
    pub last_row: u32,
    /// Field of the register by letters of the column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Figure by name of the cell.
    #[serde(default)]
    pub cells: BTreeMap<String, String>,
}

/// A workbook to be filled in again and again.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Template {
    /// Name of the file.
    #[serde(default)]
    #[schemars(length(max = 300))]
    pub file: String,
    /// Keyed digest of its content.
    #[serde(default)]
    #[schemars(length(max = 64))]
    pub digest: String,
    /// What goes where, sheet by sheet.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub pointings: Vec<Pointing>,
}

/// Templates of a site.
pub static TEMPLATE_ROW: TableDef = TableDef::index(
    "template_row",
    &[("site", Column::Text), ("template", Column::Text), ("no", Column::Int), ("digest", Column::Text)],
    2,
);

impl Record for Template {
    const NOUN: &'static str = "template";
    const FIELDS: &'static [Field] = &[
        Field::new("file", Label::Plain),
        Field::new("digest", Label::Plain).fixed(),
        Field::new("pointings", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&TEMPLATE_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("file", &self.file, 300)?;
        for pointing in &self.pointings {
            pointing.check()?;
        }
        Ok(())
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![meta.site.into(), meta.id.into(), meta.no.into(), self.digest.as_str().into()];
        vec![IndexRow { table: &TEMPLATE_ROW, values }]
    }
}

impl Pointing {
    /// Refuses rows in the wrong order, unknown fields and figures, names that are no cells.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.first_row > self.last_row || (!self.columns.is_empty() && self.first_row == 0) {
            return Err(Refusal::new(&faults::POINTED_ROWS)
                .with("first", self.first_row)
                .with("last", self.last_row)
                .at("pointings"));
        }
        let unknown = |name: &str| Refusal::new(&faults::UNKNOWN_FIELD).with("field", name).at("pointings");
        for (letters, field) in &self.columns {
            let column = sheets::fill::place_of(&format!("{letters}1")).is_some();
            if !column || sheets::Field::of(field).is_none_or(|field| !crate::fillings::offered(field)) {
                return Err(unknown(field));
            }
        }
        for (cell, figure) in &self.cells {
            if sheets::fill::place_of(cell).is_none() || !crate::fillings::figures::known(figure) {
                return Err(unknown(figure));
            }
        }
        Ok(())
    }
}

/// That a template was filled in: by whom and when stands in the journal. What stood in the cells is kept aside, sealed,
/// and replaced by the next filling.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Filling {
    /// The template.
    pub template: kernel::Id,
    /// First day of what was counted.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub from: String,
    /// Last day.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub to: String,
    /// How many people stand on it.
    #[serde(default)]
    pub people: u32,
    /// Rows that are new, cells that changed, rows whose people are gone.
    #[serde(default)]
    pub new: u32,
    /// Cells with another value than before.
    #[serde(default)]
    pub changed: u32,
    /// Rows whose people are on the register no more.
    #[serde(default)]
    pub gone: u32,
}

/// Fillings by template.
pub static FILLING_ROW: TableDef = TableDef::index(
    "filling_row",
    &[("site", Column::Text), ("template", Column::Text), ("filling", Column::Text), ("no", Column::Int)],
    3,
);

impl Record for Filling {
    const NOUN: &'static str = "filling";
    const FIELDS: &'static [Field] = &[
        Field::new("template", Label::Plain).fixed(),
        Field::new("from", Label::Plain).fixed(),
        Field::new("to", Label::Plain).fixed(),
        Field::new("people", Label::Plain).fixed(),
        Field::new("new", Label::Plain).fixed(),
        Field::new("changed", Label::Plain).fixed(),
        Field::new("gone", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&FILLING_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("template", self.template)]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![meta.site.into(), self.template.into(), meta.id.into(), meta.no.into()];
        vec![IndexRow { table: &FILLING_ROW, values }]
    }
}

/// The templates of the actor's site, the latest first.
pub async fn all(node: &Node, actor: &Actor) -> Result<Vec<(Id, Template)>, StoreError> {
    let rows = node.rows(queries::TEMPLATES.text, vec![actor.site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "template", &ids, Use::Read).await?;
    Ok(held.iter().map(|held| (held.meta.id, journal::state(held))).collect())
}

/// The fillings of a template, the latest first.
pub async fn fillings(
    node: &Node,
    actor: &Actor,
    template: Id,
) -> Result<Vec<(Id, i64, Filling)>, StoreError> {
    let rows = node.rows(queries::FILLINGS.text, vec![actor.site.into(), template.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "filling", &ids, Use::Read).await?;
    Ok(held
        .iter()
        .map(|held| (held.meta.id, held.meta.created.as_millisecond(), journal::state(held)))
        .collect())
}
