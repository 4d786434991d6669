//! The state of a service.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::need::Code;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, OrganisationId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// Something that an organisation does for people.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Service {
    /// Whose service.
    pub organisation: OrganisationId,
    /// What it is.
    #[schemars(length(min = 1, max = 200))]
    pub what: String,
    /// Which need it answers, coded as needs and requests are.
    #[serde(default)]
    pub code: Code,
    /// For whom.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub for_whom: String,
    /// Where, if it is not at the organisation's own address.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub location: String,
    /// When.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub hours: String,
    /// What it costs those who use it.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub cost: String,
    /// How many places there are.
    #[serde(default)]
    #[schemars(range(max = 100_000))]
    pub capacity: Option<u32>,
    /// How many of them were free.
    #[serde(default)]
    pub free: Option<u32>,
    /// On which day.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub free_on: Option<Date>,
}

/// What a service's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServiceEvent {
    /// Free places were asked for.
    Counted {
        /// How many.
        free: Option<u32>,
        /// On which day.
        free_on: Option<Date>,
    },
}

/// Services by organisation.
pub static SERVICE_ROW: TableDef = TableDef::index(
    "service_row",
    &[
        ("site", Column::Text),
        ("service", Column::Text),
        ("no", Column::Int),
        ("organisation", Column::Text),
        ("code", Column::Text),
        ("what", Column::Text),
    ],
    2,
);

impl Record for Service {
    const NOUN: &'static str = "service";
    const FIELDS: &'static [Field] = &[
        Field::new("organisation", Label::Plain).fixed(),
        Field::new("what", Label::Plain),
        Field::new("code", Label::Plain),
        Field::new("for_whom", Label::Plain),
        Field::new("location", Label::Plain),
        Field::new("hours", Label::Plain),
        Field::new("cost", Label::Plain),
        Field::new("capacity", Label::Plain),
        Field::new("free", Label::Plain).own(),
        Field::new("free_on", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SERVICE_ROW];
    type Event = ServiceEvent;

    fn apply(&mut self, event: ServiceEvent) {
        match event {
            ServiceEvent::Counted { free, free_on } => {
                self.free = free;
                self.free_on = free_on;
            }
        }
    }

    fn normalise(&mut self) {
        self.what = self.what.trim().to_owned();
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if self.what.is_empty() {
            return Err(Refusal::new(&faults::WHAT).at("what"));
        }
        text("what", &self.what, 200)?;
        text("for_whom", &self.for_whom, 500)?;
        text("location", &self.location, 500)?;
        text("hours", &self.hours, 200)?;
        text("cost", &self.cost, 200)?;
        match (self.capacity, self.free) {
            (Some(capacity), Some(free)) if free > capacity => {
                Err(Refusal::new(&faults::PLACES).with("capacity", capacity).at("free"))
            }
            _ => Ok(()),
        }
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("organisation", self.organisation)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.organisation.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.organisation.0.into(),
            self.code.code().into(),
            self.what.as_str().into(),
        ];
        vec![IndexRow { table: &SERVICE_ROW, values }]
    }
}
