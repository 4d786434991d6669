//! The state of a child's time in care.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::{
    AccountId, ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::session::Session;
use crate::{faults, time};

/// A child at a session: when it came, when and with whom it left. Has no `Debug`: it names people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Care {
    /// The session.
    pub session: Id,
    /// The session's activity.
    pub activity: ActivityId,
    /// The child.
    pub child: PersonId,
    /// The session's day, by which permissions are judged.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// When it came, such as `16:32`.
    #[schemars(length(max = 5))]
    pub arrived: String,
    /// When it left.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub left: Option<String>,
    /// By which line of its list it was handed over.
    #[serde(default)]
    pub permission: Option<Id>,
    /// To whom it was handed over who is not on its list.
    #[serde(default)]
    #[schemars(length(max = 120))]
    pub taken_by: String,
    /// Why that was done.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub why: String,
    /// Who saw it besides the manager, where that is somebody with an account.
    #[serde(default)]
    pub second: Option<AccountId>,
    /// Who saw it besides the manager, in words.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub second_name: String,
}

/// What a care's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CareEvent {
    /// The child was handed over, or was not after all.
    Handed {
        /// When.
        left: Option<String>,
        /// By which line of its list.
        permission: Option<Id>,
        /// To whom not on the list.
        #[serde(default)]
        taken_by: String,
        /// Why.
        #[serde(default)]
        why: String,
        /// Who saw it.
        second: Option<AccountId>,
        /// Who saw it, in words.
        #[serde(default)]
        second_name: String,
    },
}

/// Children in care by session.
pub static CARE_ROW: TableDef = TableDef::index(
    "care_row",
    &[
        ("site", Column::Text),
        ("care", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("child", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of a child's time at a session: arriving twice, on two phones, is once.
pub fn care_id(session: Id, child: PersonId) -> Id {
    session.derive(&format!("care:{child}"))
}

/// Refuses a time of day that is none.
pub(super) fn check_time(field: &'static str, value: &str) -> Result<u16, Refusal> {
    let fault = || Refusal::new(&faults::TIME).with("field", field).at(field);
    time::minutes(value).ok_or_else(fault)
}

impl Record for Care {
    const NOUN: &'static str = "care";
    const FIELDS: &'static [Field] = &[
        Field::new("session", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("child", Label::Plain).fixed(),
        Field::new("day", Label::Plain).fixed(),
        Field::new("arrived", Label::Minor),
        Field::new("left", Label::Minor).own(),
        Field::new("permission", Label::Plain).own(),
        Field::new("taken_by", Label::Identity).own(),
        Field::new("why", Label::Identity).own(),
        Field::new("second", Label::Plain).own(),
        Field::new("second_name", Label::Identity).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&CARE_ROW];
    type Event = CareEvent;

    fn apply(&mut self, event: CareEvent) {
        match event {
            CareEvent::Handed { left, permission, taken_by, why, second, second_name } => {
                (self.left, self.permission, self.taken_by) = (left, permission, taken_by);
                (self.why, self.second, self.second_name) = (why, second, second_name);
            }
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("taken_by", &self.taken_by, 120)?;
        text("second_name", &self.second_name, 80)?;
        let arrived = check_time("arrived", &self.arrived)?;
        if let Some(left) = &self.left
            && check_time("left", left)? < arrived
        {
            return Err(Refusal::new(&faults::LEFT_EARLY).with("arrived", &self.arrived).at("left"));
        }
        // Where the session was moved since, what happened on its day stays.
        if situation.verb != "care.arrive" {
            return Ok(());
        }
        let Some(session) = situation.links.get::<Session>(self.session) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("session"));
        };
        if session.activity != self.activity {
            return Err(Refusal::new(&faults::OTHER_ACTIVITY).at("activity"));
        }
        if session.day != self.day {
            let refusal = Refusal::new(&faults::CARE_DAY).with("day", session.day);
            return Err(refusal.at("day"));
        }
        let expected = care_id(self.session, self.child);
        if situation.record != expected {
            return Err(Refusal::new(&faults::CARE_ID).with("expected", expected));
        }
        Ok(())
    }

    fn subject(&self, _: Id) -> Id {
        self.child.0
    }

    fn links(&self) -> Vec<Link> {
        vec![
            Link::to("session", self.session),
            Link::to("activity", self.activity),
            Link::to("person", self.child),
        ]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.session, self.activity.0, self.child.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.session.into(),
            self.activity.0.into(),
            self.child.0.into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &CARE_ROW, values }]
    }
}
