//! Who may take a child home: one line of the child's list.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    Column, Command, Field, Id, IndexRow, Label, Link, Meta, PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// Earlier permissions are none.
const FIRST: Date = date(2000, 1, 1);

/// Somebody who may take a child home. Has no `Debug`: it names people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct PickupPermission {
    /// The child.
    pub child: PersonId,
    /// Who may, where that is somebody on the register.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Who may, in words, where it is nobody on the register.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub name: String,
    /// What they are to the child: grandmother, neighbour.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub relation: String,
    /// How to reach them.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub phone: String,
    /// First day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: Date,
    /// Last day, if there is one.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// Who allowed it: the parent or guardian, in words.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub given_by: String,
    /// From this day on it is taken back.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub revoked_on: Option<Date>,
    /// Why it was taken back.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub revoked_why: String,
}

/// What a permission's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PermissionEvent {
    /// It was taken back.
    Revoked {
        /// From which day.
        revoked_on: Option<Date>,
        /// Why.
        #[serde(default)]
        revoked_why: String,
    },
}

/// Permissions by child.
pub static PICKUP_PERMISSION_ROW: TableDef = TableDef::index(
    "pickup_permission_row",
    &[
        ("site", Column::Text),
        ("permission", Column::Text),
        ("child", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

impl PickupPermission {
    /// Whether one may act on it on that day.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day
            && self.until.is_none_or(|last| day <= last)
            && self.revoked_on.is_none_or(|from| day < from)
    }
}

/// A line of a child's list among all lines about that child, whichever of its records they were written for.
pub struct Line {
    /// The permission.
    pub id: Id,
    /// The record that stands for the child.
    pub child: Id,
    /// Whom it names: their record's id, their name.
    pub who: Vec<String>,
    /// The day and the moment it was written.
    pub made: (Date, Timestamp),
    /// When it last changed.
    pub changed: Timestamp,
    /// What it says.
    pub state: PickupPermission,
}

impl Line {
    /// Whether the other one, taken back, was the later word about the same person.
    fn outweighed_by(&self, other: &Self, day: Date) -> bool {
        let same = self.id != other.id
            && self.child == other.child
            && self.who.iter().any(|who| other.who.contains(who));
        same && other.state.revoked_on.is_some_and(|from| {
            from <= day && (self.made.0 < from || (self.made.0 == from && self.made.1 <= other.changed))
        })
    }
}

/// Those of these lines that are not to be acted on on a day, because another one about the same child and the same person
/// was taken back since they were written.
pub fn taken_back(lines: &[Line], day: Date) -> HashSet<Id> {
    let outweighed = |line: &&Line| lines.iter().any(|other| line.outweighed_by(other, day));
    lines.iter().filter(outweighed).map(|line| line.id).collect()
}

impl Record for PickupPermission {
    const NOUN: &'static str = "pickup_permission";
    const FIELDS: &'static [Field] = &[
        Field::new("child", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("name", Label::Identity).fixed(),
        Field::new("relation", Label::Identity),
        Field::new("phone", Label::Contact),
        Field::new("from", Label::Plain),
        Field::new("until", Label::Plain),
        Field::new("given_by", Label::Identity).fixed(),
        Field::new("revoked_on", Label::Plain).own(),
        Field::new("revoked_why", Label::Identity).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&PICKUP_PERMISSION_ROW];
    type Event = PermissionEvent;

    fn apply(&mut self, event: PermissionEvent) {
        match event {
            PermissionEvent::Revoked { revoked_on, revoked_why } => {
                (self.revoked_on, self.revoked_why) = (revoked_on, revoked_why);
            }
        }
    }

    fn normalise(&mut self) {
        for words in [&mut self.name, &mut self.relation, &mut self.phone, &mut self.given_by] {
            *words = words.trim().to_owned();
        }
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("name", &self.name, 80)?;
        text("relation", &self.relation, 40)?;
        text("phone", &self.phone, 40)?;
        text("given_by", &self.given_by, 80)?;
        if self.person.is_some() != self.name.is_empty() || self.person == Some(self.child) {
            return Err(Refusal::new(&faults::PICKUP_WHO).at("name"));
        }
        if self.given_by.is_empty() {
            return Err(Refusal::new(&faults::PICKUP_GIVEN_BY).at("given_by"));
        }
        if self.from < FIRST || self.until.is_some_and(|last| last < self.from) {
            return Err(Refusal::new(&faults::PICKUP_DAYS).at("until"));
        }
        Ok(())
    }

    fn subject(&self, _: Id) -> Id {
        self.child.0
    }

    fn links(&self) -> Vec<Link> {
        let person = self.person.map(|id| Link::to("person", id));
        [Link::to("person", self.child)].into_iter().chain(person).collect()
    }

    fn within(&self) -> Vec<Id> {
        vec![self.child.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values =
            vec![meta.site.into(), meta.id.into(), self.child.0.into(), meta.made_by.into(), meta.no.into()];
        vec![IndexRow { table: &PICKUP_PERMISSION_ROW, values }]
    }
}

/// Somebody may no longer take the child home, from today on. Why is said as the command's reason.
#[derive(Deserialize, JsonSchema)]
pub struct Revoke {}

impl Command for Revoke {
    type Record = PickupPermission;
    const VERB: &'static str = "pickup_permission.revoke";

    fn decide(
        self,
        state: &PickupPermission,
        situation: &Situation<'_>,
    ) -> Result<Vec<PermissionEvent>, Refusal> {
        if state.revoked_on.is_some() {
            return Err(Refusal::new(&faults::PICKUP_REVOKED));
        }
        let revoked_why = situation.reason.unwrap_or_default().trim().to_owned();
        Ok(vec![PermissionEvent::Revoked { revoked_on: Some(situation.today), revoked_why }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_from_its_first_day_until_it_ends_or_is_taken_back() {
        let day = |of| date(2026, 11, of);
        let mut one = PickupPermission { from: day(2), until: Some(day(20)), ..PickupPermission::default() };
        let on = |one: &PickupPermission| [1, 2, 20, 21].map(|of| one.holds(day(of)));
        assert_eq!(on(&one), [false, true, true, false]);
        one.revoked_on = Some(day(20));
        assert_eq!(on(&one), [false, true, false, false]);
    }

    #[test]
    fn what_was_taken_back_outweighs_what_was_written_before() {
        let day = |of| date(2026, 11, of);
        let at = |second| Timestamp::from_second(second).unwrap();
        let line = |number: u128, who: &str, made: (i8, i64)| Line {
            id: Id(number),
            child: Id(9),
            who: vec![who.to_owned()],
            made: (day(made.0), at(made.1)),
            changed: at(50),
            state: PickupPermission::default(),
        };
        let mut revoked = line(1, "王奶奶", (1, 1));
        revoked.state.revoked_on = Some(day(10));
        let mut lines =
            vec![revoked, line(2, "王奶奶", (9, 90)), line(3, "赵婶", (1, 1)), line(4, "王奶奶", (11, 1))];
        lines.extend([line(5, "王奶奶", (10, 49)), line(6, "王奶奶", (10, 51))]);
        let back = |lines: &[Line], on| {
            let mut ids: Vec<u128> = taken_back(lines, day(on)).iter().map(|id| id.0).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(back(&lines, 20), [2, 5], "written before, or earlier on the day");
        assert!(back(&lines, 9).is_empty(), "not taken back yet");
        lines[0].child = Id(8);
        assert!(back(&lines, 20).is_empty(), "another child");
    }
}
