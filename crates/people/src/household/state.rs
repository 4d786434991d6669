//! The state of a household.

use std::collections::HashSet;

use kernel::faults::text;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::person::Source;
use crate::stated::{self, Stated};

/// What somebody is in a household, seen from its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The head, or the person who registered.
    Head,
    /// Husband or wife.
    Spouse,
    /// Son or daughter.
    Child,
    /// Father, mother, parent-in-law.
    Parent,
    /// Grandfather or grandmother.
    Grandparent,
    /// Grandson or granddaughter.
    Grandchild,
    /// Brother or sister.
    Sibling,
    /// Son-in-law or daughter-in-law.
    ChildInLaw,
    /// Other kin.
    Kin,
    /// Anybody else.
    #[default]
    Other,
}

impl Role {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Grandparent => "grandparent",
            Self::Grandchild => "grandchild",
            Self::Sibling => "sibling",
            Self::ChildInLaw => "child_in_law",
            Self::Kin => "kin",
            Self::Other => "other",
        }
    }
}

/// How a home is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// Rented.
    Rent,
    /// Rented from the state.
    PublicRent,
    /// Owned.
    Own,
    /// With kin.
    Kin,
    /// Employer's dormitory.
    Dorm,
}

/// Somebody in a household for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// As what.
    #[serde(default)]
    pub role: Role,
    /// Since when.
    #[serde(default)]
    pub from: Option<Stated>,
    /// Until when.
    #[serde(default)]
    pub to: Option<Stated>,
}

/// A household. Has no `Debug`: it holds an address.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Household {
    /// Its number in the organisation's own register.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub number: String,
    /// Where it lives.
    #[serde(default)]
    #[schemars(length(max = 400))]
    pub address: Option<String>,
    /// A division code or the id of a place.
    #[serde(default)]
    #[schemars(length(max = 26))]
    pub place: Option<String>,
    /// How the home is held.
    #[serde(default)]
    pub tenure: Option<Tenure>,
    /// Rent in yuan per month.
    #[serde(default)]
    #[schemars(range(min = 0, max = 100_000))]
    pub rent: Option<u32>,
    /// Who belongs to it, and when.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub members: Vec<Member>,
    /// When it was registered: a year, a month or a day.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub registered: Option<String>,
    /// Where it was imported from.
    #[serde(default)]
    pub source: Option<Source>,
}

/// Households by id and number.
pub static HOUSEHOLD_ROW: TableDef = TableDef::index(
    "household_row",
    &[
        ("site", Column::Text),
        ("household", Column::Text),
        ("no", Column::Int),
        ("number", Column::Text),
        ("number_key", Column::Text),
        ("address", Column::Text),
        ("place", Column::Text),
        ("tenure", Column::Text),
        ("registered", Column::Text),
        ("made_by", Column::Text),
        ("changed", Column::Int),
    ],
    2,
);

/// Members of households.
pub static HOUSEHOLD_MEMBER: TableDef = TableDef::index(
    "household_member",
    &[
        ("site", Column::Text),
        ("household", Column::Text),
        ("person", Column::Text),
        ("place", Column::Int),
        ("role", Column::Text),
        ("since", Column::Text),
        ("until", Column::Text),
    ],
    4,
);

/// Highest rent taken for one, in yuan per month.
const MOST_RENT: u32 = 100_000;

fn overlap(a: &Member, b: &Member) -> bool {
    let before = |a: &Member, b: &Member| match (&a.to, &b.from) {
        (Some(to), Some(from)) => stated::range(to).1 <= stated::range(from).0,
        _ => false,
    };
    !before(a, b) && !before(b, a)
}

impl Record for Household {
    const NOUN: &'static str = "household";
    const FIELDS: &'static [Field] = &[
        Field::new("number", Label::Plain),
        Field::new("address", Label::Contact),
        Field::new("place", Label::Plain),
        Field::new("tenure", Label::Plain),
        Field::new("rent", Label::Plain),
        Field::new("members", Label::Plain).union(),
        Field::new("registered", Label::Plain),
        Field::new("source", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&HOUSEHOLD_ROW, &HOUSEHOLD_MEMBER];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.number = self.number.trim().to_owned();
        for text in [&mut self.address, &mut self.place, &mut self.registered] {
            *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        let mut seen: Vec<Member> = Vec::new();
        self.members.retain(|member| {
            let new = !seen.contains(member);
            seen.push(member.clone());
            new
        });
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("number", &self.number, 60)?;
        text("address", self.address.as_deref().unwrap_or_default(), 400)?;
        crate::person::at_most("members", self.members.len(), 60)?;
        crate::place::code_or_id("place", self.place.as_deref())?;
        if let Some(day) = &self.registered {
            stated::partial_date("registered", day)?;
        }
        if self.rent.is_some_and(|rent| rent > MOST_RENT) {
            return Err(Refusal::new(&faults::RENT).with("limit", MOST_RENT).at("rent"));
        }
        for (at, member) in self.members.iter().enumerate() {
            stated::ordered("members", member.from.as_ref(), member.to.as_ref())?;
            if self.members[..at].iter().any(|m| m.person == member.person && overlap(m, member)) {
                return Err(Refusal::new(&faults::MEMBER_TWICE).at("members"));
            }
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.members.iter().map(|member| Link::to("person", member.person)).collect()
    }

    fn within(&self) -> Vec<Id> {
        let mut seen = HashSet::new();
        self.members.iter().map(|member| member.person.0).filter(|id| seen.insert(*id)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let tenure = self.tenure.and_then(|tenure| serde_json::to_value(tenure).ok());
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.number.as_str().into(),
            names::fold(&self.number).into(),
            self.address.as_deref().map(names::fold).into(),
            self.place.as_deref().into(),
            tenure.as_ref().and_then(|tenure| tenure.as_str()).into(),
            self.registered.as_deref().into(),
            meta.made_by.into(),
            meta.changed.as_microsecond().into(),
        ];
        let mut rows = vec![IndexRow { table: &HOUSEHOLD_ROW, values }];
        rows.extend(self.members.iter().enumerate().map(|(at, member)| {
            let values = vec![
                meta.site.into(),
                meta.id.into(),
                member.person.0.into(),
                (at as i64).into(),
                member.role.code().into(),
                member.from.as_ref().map(|from| stated::range(from).0.to_string()).into(),
                member.to.as_ref().map(|to| stated::range(to).1.to_string()).into(),
            ];
            IndexRow { table: &HOUSEHOLD_MEMBER, values }
        }));
        rows
    }
}
