//! The roll as pages show it.

use std::collections::{HashMap, HashSet};

use kernel::Id;
use kernel::page::Named;
use kernel::units::{Households, Participations, People};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Age, Group, MarkKind};
use crate::activity::views::ActivityCard;
use crate::session::views::SessionCard;

/// A claim of a nickname or of one of a tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimView {
    /// Who it was.
    pub person: Named,
    /// When that was found out.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: jiff::Timestamp,
}

/// A mark on the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mark {
    /// The participation.
    pub id: Id,
    /// What it stands for.
    pub kind: MarkKind,
    /// The person.
    pub person: Option<Named>,
    /// The household.
    pub household: Option<Id>,
    /// The nickname.
    pub nickname: Option<String>,
    /// What was seen.
    pub group: Option<Group>,
    /// How many people.
    pub count: u32,
    /// Who of them were recognised.
    pub claims: Vec<ClaimView>,
    /// Who made the mark.
    pub made_by: Id,
    /// For edits.
    pub version: i64,
}

impl Mark {
    pub(super) fn of(seen: journal::Seen<super::Participation>) -> Self {
        let journal::Seen { meta, state: mark } = seen;
        let claims =
            mark.claims.iter().map(|claim| ClaimView { person: Named::unnamed(claim.person), at: claim.at });
        Self {
            id: meta.id,
            kind: mark.kind,
            person: mark.person.map(Named::unnamed),
            household: mark.household.map(|id| id.0),
            nickname: mark.nickname,
            group: mark.group,
            count: mark.count,
            claims: claims.collect(),
            made_by: meta.made_by.0,
            version: meta.version,
        }
    }
}

/// What a roll adds up to. Units are never mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// Distinct people who are known.
    pub people: People,
    /// Everybody who took part, known or not.
    pub participations: Participations,
    /// Distinct households that were marked.
    pub households: Households,
    /// Those of the participations that nobody is known for.
    pub anonymous: Participations,
}

/// Those nobody is known for, by what was seen of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupTotal {
    /// Whether they came from elsewhere.
    pub migrant: Option<bool>,
    /// Child or adult.
    pub age: Option<Age>,
    /// `F` or `M`.
    pub sex: Option<String>,
    /// How many took part.
    pub participations: Participations,
}

/// The roll of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Roll {
    /// The session.
    pub session: SessionCard,
    /// Its activity, where it is in the reader's scope.
    pub activity: Option<ActivityCard>,
    /// The marks, in the order they were made.
    pub marks: Vec<Mark>,
    /// What they add up to.
    pub totals: Totals,
    /// Those of them nobody is known for, by what was seen.
    pub groups: Vec<GroupTotal>,
}

/// Nicknames and tallies by what was seen, as far as nobody is known for them.
pub fn groups(marks: &[Mark]) -> Vec<GroupTotal> {
    let mut all: Vec<GroupTotal> = Vec::new();
    for mark in marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Nickname | MarkKind::Tally)) {
        let left = u64::from(mark.count).saturating_sub(mark.claims.len() as u64);
        let Group { migrant, age, sex } = mark.group.clone().unwrap_or_default();
        match all.iter_mut().find(|it| (it.migrant, it.age, &it.sex) == (migrant, age, &sex)) {
            Some(group) => group.participations = group.participations + Participations(left),
            None => all.push(GroupTotal { migrant, age, sex, participations: Participations(left) }),
        }
    }
    all.retain(|group| group.participations.0 > 0);
    let order = |group: &GroupTotal| {
        let migrant = group.migrant.map_or(2, |migrant| u8::from(!migrant));
        let age = group.age.map_or(2, |age| u8::from(age == Age::Adult));
        (migrant, age, group.sex.clone().unwrap_or_else(|| "~".to_owned()))
    };
    all.sort_by_key(order);
    all
}

/// What marks add up to. `root` gives the record that a merged person is counted as.
pub fn totals(marks: &[Mark], root: impl Fn(Id) -> Id) -> Totals {
    let mut people = HashSet::new();
    let mut households = HashSet::new();
    let mut anonymous = 0;
    for mark in marks {
        people.extend(
            mark.person.iter().chain(mark.claims.iter().map(|claim| &claim.person)).map(|who| root(who.id)),
        );
        households.extend(mark.household);
        if matches!(mark.kind, MarkKind::Nickname | MarkKind::Tally) {
            anonymous += u64::from(mark.count).saturating_sub(mark.claims.len() as u64);
        }
    }
    let people = people.len() as u64;
    Totals {
        people: People(people),
        participations: Participations(people + anonymous),
        households: Households(households.len() as u64),
        anonymous: Participations(anonymous),
    }
}

impl Roll {
    /// Everybody it names.
    pub fn people(&self) -> Vec<Id> {
        let of = |mark: &Mark| {
            let claims: Vec<Id> = mark.claims.iter().map(|claim| claim.person.id).collect();
            mark.person.iter().map(|who| who.id).chain(claims).collect::<Vec<_>>()
        };
        self.marks.iter().flat_map(of).collect()
    }

    /// Fills in names, and counts merged people once: `names` by person, `roots` by merged person.
    pub fn complete(&mut self, names: &HashMap<Id, String>, roots: &HashMap<Id, Id>) {
        let name = |who: &mut Named| who.fill(names);
        for mark in &mut self.marks {
            mark.person.iter_mut().for_each(name);
            mark.claims.iter_mut().map(|claim| &mut claim.person).for_each(name);
        }
        self.totals = totals(&self.marks, |id| roots.get(&id).copied().unwrap_or(id));
    }
}

/// A participation on a person's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TookPart {
    /// The participation.
    pub id: Id,
    /// The session.
    pub session: Id,
    /// The day.
    pub day: String,
    /// What the activity is called.
    pub title: String,
    /// Whether it was found out later that the person was there.
    pub claimed: bool,
}
