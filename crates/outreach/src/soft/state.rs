//! The state of a soft change.

use jiff::civil::{Date, date};
use kernel::{
    ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

kernel::codes! {
    /// What changes.
    Dimension:
    /// From saying nothing to speaking for others.
    #[default]
    Openness "openness" "愿意表达" "Openness";
    /// From a stranger here to one of us.
    Belonging "belonging" "归属感" "Belonging";
}

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);
/// How many steps a ladder has.
pub const STEPS: u8 = 5;

impl Dimension {
    /// What each step looks like, from the lowest, in both languages.
    pub fn ladder(self) -> [(&'static str, &'static str); STEPS as usize] {
        match self {
            Self::Openness => [
                ("不说话，躲着人", "Says nothing, keeps away"),
                ("问了才答", "Answers when asked"),
                ("会主动说自己的事", "Speaks of their own accord"),
                ("愿意当着大家说", "Speaks before a group"),
                ("替别人说话，带着别人说", "Speaks up for others"),
            ],
            Self::Belonging => [
                ("觉得自己是外人", "Feels a stranger here"),
                ("认得几个人", "Knows a few people"),
                ("常来，有事会来找", "Comes often, and when in need"),
                ("把这里当自己的地方", "Calls this place their own"),
                ("带新人来，出力张罗", "Brings others and lends a hand"),
            ],
        }
    }
}

/// On which step somebody, or a group, stands on a day. Has no `Debug`: it judges people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct SoftChange {
    /// Who; none for a group as a whole.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// In which group: the activity where they were seen.
    #[serde(default)]
    pub activity: Option<ActivityId>,
    /// What changes.
    #[serde(default)]
    pub dimension: Dimension,
    /// The step, from 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 5))]
    pub step: u8,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
}

/// Steps by group.
pub static SOFT_ROW: TableDef = TableDef::index(
    "soft_row",
    &[
        ("site", Column::Text),
        ("change", Column::Text),
        ("no", Column::Int),
        ("day", Column::Text),
        ("person", Column::Text),
        ("activity", Column::Text),
        ("dimension", Column::Text),
        ("step", Column::Int),
    ],
    2,
);

impl Record for SoftChange {
    const NOUN: &'static str = "soft_change";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("dimension", Label::Plain).fixed(),
        Field::new("step", Label::Sealed),
        Field::new("day", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SOFT_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.person.is_none() && self.activity.is_none() {
            return Err(Refusal::new(&faults::WHO_CHANGED).at("person"));
        }
        if self.step == 0 || self.step > STEPS {
            return Err(Refusal::new(&faults::STEP).with("last", STEPS).at("step"));
        }
        crate::faults::past(FIRST, self.day, situation)
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let person = self.person.map(|id| Link::to("person", id));
        let activity = self.activity.map(|id| Link::to("activity", id));
        person.into_iter().chain(activity).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.person.map(|id| id.0).into_iter().chain(self.activity.map(|id| id.0)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        if meta.erased {
            return Vec::new();
        }
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.day.to_string().into(),
            self.person.map(|id| id.0).into(),
            self.activity.map(|id| id.0).into(),
            self.dimension.code().into(),
            i64::from(self.step).into(),
        ];
        vec![IndexRow { table: &SOFT_ROW, values }]
    }
}
