//! The state of a circle.

use kernel::{
    AccountId, ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, Record, Refusal, Situation,
    TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::faults;

/// Most members of a circle.
pub(super) const MOST: usize = 100;

/// A group that runs itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Circle {
    /// The activity whose sessions are its meetings.
    pub activity: ActivityId,
    /// Its members.
    #[schemars(length(max = 100))]
    pub members: Vec<AccountId>,
}

/// What a circle's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CircleEvent {
    /// Somebody came or went.
    Changed {
        /// All members now.
        members: Vec<AccountId>,
    },
}

/// Circles.
pub static CIRCLE_ROW: TableDef = TableDef::index(
    "circle_row",
    &[
        ("site", Column::Text),
        ("circle", Column::Text),
        ("activity", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The circle of an activity: founded twice, it is there once.
pub fn circle_id(activity: ActivityId) -> Id {
    activity.0.derive("circle")
}

impl Record for Circle {
    const NOUN: &'static str = "circle";
    const FIELDS: &'static [Field] =
        &[Field::new("activity", Label::Plain).fixed(), Field::new("members", Label::Plain).fixed()];
    const TABLES: &'static [&'static TableDef] = &[&CIRCLE_ROW];
    type Event = CircleEvent;

    fn apply(&mut self, event: CircleEvent) {
        match event {
            CircleEvent::Changed { members } => self.members = members,
        }
    }

    fn normalise(&mut self) {
        self.members.sort_unstable();
        self.members.dedup();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.members.is_empty() || self.members.len() > MOST {
            return Err(Refusal::new(&faults::CIRCLE_MEMBERS).with("most", MOST).at("members"));
        }
        if situation.verb != "circle.found" {
            return Ok(());
        }
        if !self.members.contains(&situation.actor.account) {
            return Err(Refusal::new(&faults::CIRCLE_OWN).at("members"));
        }
        let Some(activity) = situation.links.get::<Activity>(self.activity) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("activity"));
        };
        if activity.kind.is_default() && activity.kind.0 != "circle" {
            return Err(Refusal::new(&faults::CIRCLE_KIND).at("activity"));
        }
        let expected = circle_id(self.activity);
        if situation.record != expected {
            return Err(Refusal::new(&faults::CARE_ID).with("expected", expected));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        let members = self.members.iter().map(|id| Link::to("account", *id));
        [Link::to("activity", self.activity)].into_iter().chain(members).collect()
    }

    fn within(&self) -> Vec<Id> {
        let members = self.members.iter().map(|id| id.0);
        [self.activity.0].into_iter().chain(members).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.activity.0.into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &CIRCLE_ROW, values }]
    }
}
