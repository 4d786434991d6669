//! Who may take a child home: one line of the child's list.

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
}
