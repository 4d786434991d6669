//! The state of a session.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::{Activity, check_capacity};
use crate::{faults, time};

/// The first day a session can have been held: older papers are told in words.
const FIRST: Date = date(1990, 1, 1);
/// The last day a session can be planned for.
const LAST: Date = date(2100, 12, 31);

/// Whether it is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To come, or being held.
    #[default]
    Planned,
    /// It was held, and everybody who came is counted.
    Closed,
    /// It is not held.
    Cancelled,
}

impl Status {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A day and time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// When it starts.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub start: Option<String>,
    /// When it ends.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub end: Option<String>,
}

impl When {
    /// Refuses a day too far off, and times that are none.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.day < FIRST || self.day > LAST {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", LAST);
            return Err(refusal.at("day"));
        }
        time::check(self.start.as_deref(), self.end.as_deref())
    }
}

/// One time that an activity is held.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Session {
    /// The activity.
    pub activity: ActivityId,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// When it starts, such as `16:30`.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub start: Option<String>,
    /// When it ends.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub end: Option<String>,
    /// A title of its own, where the activity's does not say enough.
    #[serde(default)]
    #[schemars(length(max = 120))]
    pub title: String,
    /// Where it is held, where it is not the activity's place.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub place_text: String,
    /// How many people fit, where it is not the activity's number.
    #[serde(default)]
    #[schemars(range(min = 1, max = 5000))]
    pub capacity: Option<u32>,
    /// The day of the activity's rule for which it was made.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub slot: Option<Date>,
    /// Whether it is held.
    #[serde(default)]
    pub status: Status,
    /// Why it is not held, in words for those who would have come.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub why: String,
    /// When it was to be held before it was moved.
    #[serde(default)]
    pub moved_from: Option<When>,
    /// It was moved by itself: changes of the rule leave it alone.
    #[serde(default)]
    pub apart: bool,
    /// How often it was moved, cancelled or taken up again: what those who signed up must be told.
    #[serde(default)]
    pub changes: u32,
}

/// What a session's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SessionEvent {
    /// It is held at another time.
    Moved {
        /// The day.
        day: Date,
        /// When it starts.
        start: Option<String>,
        /// When it ends.
        end: Option<String>,
        /// The day of the rule for which it stands.
        slot: Option<Date>,
        /// When it was to be.
        moved_from: Option<When>,
        /// Whether it was moved by itself.
        apart: bool,
        /// How often it changed.
        changes: u32,
    },
    /// It is held, is not, or was.
    Turned {
        /// Which.
        status: Status,
        /// Why it is not.
        why: String,
        /// How often it changed.
        changes: u32,
    },
}

/// Sessions by day.
pub static SESSION_ROW: TableDef = TableDef::index(
    "session_row",
    &[
        ("site", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("day", Column::Text),
        ("start", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
        ("status", Column::Text),
        ("slot", Column::Text),
    ],
    2,
);

impl Session {
    /// When it is held.
    pub fn when(&self) -> When {
        When { day: self.day, start: self.start.clone(), end: self.end.clone() }
    }

    /// The id of the session that a rule makes for a day: made twice, it is there once.
    pub fn id_of(activity: ActivityId, slot: Date) -> Id {
        activity.0.derive(&format!("session:{slot}"))
    }
}

impl Record for Session {
    const NOUN: &'static str = "session";
    const FIELDS: &'static [Field] = &[
        Field::new("activity", Label::Plain).fixed(),
        Field::new("day", Label::Plain).fixed(),
        Field::new("start", Label::Plain).fixed(),
        Field::new("end", Label::Plain).fixed(),
        Field::new("title", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("capacity", Label::Plain),
        Field::new("slot", Label::Plain).fixed(),
        Field::new("status", Label::Plain).own(),
        Field::new("why", Label::Plain).own(),
        Field::new("moved_from", Label::Plain).own(),
        Field::new("apart", Label::Plain).own(),
        Field::new("changes", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SESSION_ROW];
    type Event = SessionEvent;

    fn apply(&mut self, event: SessionEvent) {
        match event {
            SessionEvent::Moved { day, start, end, slot, moved_from, apart, changes } => {
                (self.day, self.start, self.end) = (day, start, end);
                (self.slot, self.moved_from, self.apart) = (slot, moved_from, apart);
                self.changes = changes;
            }
            SessionEvent::Turned { status, why, changes } => {
                (self.status, self.why, self.changes) = (status, why, changes);
            }
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("title", &self.title, 120)?;
        text("place_text", &self.place_text, 200)?;
        if situation.links.get::<Activity>(self.activity).is_none() {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("activity"));
        }
        check_capacity(self.capacity)?;
        self.when().check()
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("activity", self.activity)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.activity.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.activity.0.into(),
            self.day.to_string().into(),
            self.start.clone().unwrap_or_default().into(),
            meta.made_by.into(),
            meta.no.into(),
            self.status.code().into(),
            self.slot.map(|slot| slot.to_string()).unwrap_or_default().into(),
        ];
        vec![IndexRow { table: &SESSION_ROW, values }]
    }
}
