//! The state of a day of a trip or camp.

use jiff::civil::Date;
use kernel::consent::{Given, Purpose};
use kernel::faults::text;
use kernel::problem::FieldFault;
use kernel::{
    AccountId, ActivityId, Actor, Column, ConsentId, Field, Id, IndexRow, Label, Link, Linked, Meta,
    PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::faults;
use crate::kind::Code;
use crate::session::{Session, Status};

/// Most children of one day.
const MOST_CHILDREN: usize = 500;
/// Most adults of one day.
const MOST_ADULTS: usize = 100;

/// Where a day stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Under way.
    #[default]
    Open,
    /// Everybody is back.
    Closed,
}

/// A day of a trip or camp. Has no `Debug`: it names people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct TripDay {
    /// The session.
    pub session: Id,
    /// The session's activity.
    pub activity: ActivityId,
    /// The session's day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// What the consents must be for: a camp, or a trip.
    pub purpose: Purpose,
    /// The most children for each adult, as the centre set it for the activity.
    #[schemars(range(min = 1, max = 50))]
    pub children_per_adult: u32,
    /// The children who go.
    #[schemars(length(max = 500))]
    pub children: Vec<PersonId>,
    /// Their consents.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub consents: Vec<ConsentId>,
    /// The accounts that lead the day; they are lent its list.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub leaders: Vec<AccountId>,
    /// Other adults who look after children, by name.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub adults: Vec<String>,
    /// Where it stands.
    #[serde(default)]
    pub stage: Stage,
    /// Children who left before the end, handed over to their family.
    #[serde(default)]
    pub gone: Vec<PersonId>,
    /// Children who were counted back at the end.
    #[serde(default)]
    pub back: Vec<PersonId>,
    /// What happened: who left early with whom, who was hurt.
    #[serde(default)]
    #[schemars(length(max = 4000))]
    pub log: String,
}

/// What a day's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TripEvent {
    /// Another child comes along.
    Joined {
        /// All children now.
        children: Vec<PersonId>,
        /// All consents now.
        consents: Vec<ConsentId>,
        /// Those who left, without the child.
        gone: Vec<PersonId>,
    },
    /// A child left early.
    Left {
        /// All who left.
        gone: Vec<PersonId>,
        /// What happened.
        #[serde(default)]
        log: String,
    },
    /// Everybody is back.
    Ended {
        /// Always closed.
        stage: Stage,
        /// Who was counted back.
        back: Vec<PersonId>,
        /// What happened.
        #[serde(default)]
        log: String,
    },
}

/// Days of trips and camps.
pub static TRIP_DAY_ROW: TableDef = TableDef::index(
    "trip_day_row",
    &[
        ("site", Column::Text),
        ("trip_day", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("day", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of a session's day: opened twice, it is there once.
pub fn trip_day_id(session: Id) -> Id {
    session.derive("trip_day")
}

/// What the consents of activities of a kind must be for.
pub fn purpose_of(kind: &Code) -> Purpose {
    if kind.0 == "camp" { Purpose::Camp } else { Purpose::Trip }
}

/// How many adults are missing for so many children.
pub(crate) fn adults_missing(children: usize, adults: usize, per_adult: u32) -> usize {
    children.div_ceil(per_adult.max(1) as usize).saturating_sub(adults)
}

impl TripDay {
    /// Children who are along now.
    pub fn along(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.children.iter().copied().filter(|child| !self.gone.contains(child))
    }

    /// Adults who look after them.
    pub fn grown(&self) -> usize {
        self.leaders.len() + self.adults.len()
    }

    /// Whether the list with names, phones and health is lent to somebody on this day: to those who lead it, on the day,
    /// until it is closed. Staff need no loan.
    pub fn lends_to(&self, actor: &Actor, today: Date) -> bool {
        self.stage == Stage::Open && self.day == today && self.leaders.contains(&actor.account)
    }

    /// One fault for each child without a consent that is in force on the day, named by the child's record.
    pub(super) fn without_consent(&self, children: &[PersonId], links: &Linked) -> Vec<FieldFault> {
        let given: Vec<Given> =
            self.consents.iter().filter_map(|id| links.held(*id).and_then(Given::read)).collect();
        let covered = |child: &PersonId| {
            let about = |given: &&Given| links.are_one(given.person, *child);
            given.iter().filter(about).any(|given| given.in_force(self.day, self.purpose))
        };
        let fault = |child: &PersonId| FieldFault {
            field: format!("children.{child}"),
            problem: Refusal::new(&faults::CONSENT_MISSING).with("day", self.day),
        };
        children.iter().filter(|child| !covered(child)).map(fault).collect()
    }

    /// A fault where there are too few adults for so many children.
    pub(super) fn too_few(&self, children: usize) -> Option<FieldFault> {
        let missing = adults_missing(children, self.grown(), self.children_per_adult);
        let problem = || {
            Refusal::new(&faults::RATIO)
                .with("children", children)
                .with("adults", self.grown())
                .with("ratio", self.children_per_adult)
                .with("missing", missing)
        };
        (missing > 0).then(|| FieldFault { field: "leaders".to_owned(), problem: problem() })
    }

    fn check_lists(&self) -> Result<(), Refusal> {
        for name in &self.adults {
            text("adults", name, 80)?;
        }
        text("log", &self.log, 4_000)?;
        let too_many = self.children.len() > MOST_CHILDREN || self.grown() > MOST_ADULTS;
        let twice = |ids: &[PersonId]| ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id));
        if self.children.is_empty() || too_many || twice(&self.children) {
            return Err(Refusal::new(&faults::TRIP_CHILDREN).with("most", MOST_CHILDREN).at("children"));
        }
        if self.leaders.is_empty() {
            return Err(Refusal::new(&faults::TRIP_LEADER).at("leaders"));
        }
        Ok(())
    }

    fn check_place(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        let unknown = |field: &str| Refusal::new(&kernel::faults::UNKNOWN_RECORD).at(field);
        let session: &Session = situation.links.get(self.session).ok_or_else(|| unknown("session"))?;
        let activity: &Activity = situation.links.get(self.activity).ok_or_else(|| unknown("activity"))?;
        if session.activity != self.activity {
            return Err(Refusal::new(&faults::OTHER_ACTIVITY).at("activity"));
        }
        if session.status == Status::Cancelled {
            return Err(Refusal::new(&faults::SESSION_CANCELLED).at("session"));
        }
        let expected = trip_day_id(self.session);
        if situation.record != expected {
            return Err(Refusal::new(&faults::CARE_ID).with("expected", expected));
        }
        if self.day != session.day || self.day != situation.today {
            return Err(Refusal::new(&faults::TRIP_TODAY).with("day", session.day).at("day"));
        }
        if self.purpose != purpose_of(&activity.kind) {
            return Err(Refusal::new(&faults::TRIP_PURPOSE).at("purpose"));
        }
        match activity.children_per_adult {
            None => Err(Refusal::new(&faults::RATIO_UNSET).at("children_per_adult")),
            Some(ratio) if ratio != self.children_per_adult => {
                Err(Refusal::new(&faults::RATIO_OTHER).with("ratio", ratio).at("children_per_adult"))
            }
            Some(_) => Ok(()),
        }
    }
}

impl Record for TripDay {
    const NOUN: &'static str = "trip_day";
    const FIELDS: &'static [Field] = &[
        Field::new("session", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("day", Label::Plain).fixed(),
        Field::new("purpose", Label::Plain).fixed(),
        Field::new("children_per_adult", Label::Plain).fixed(),
        Field::new("children", Label::Plain).fixed(),
        Field::new("consents", Label::Plain).fixed(),
        Field::new("leaders", Label::Plain).fixed(),
        Field::new("adults", Label::Identity).fixed(),
        Field::new("stage", Label::Plain).own(),
        Field::new("gone", Label::Plain).own(),
        Field::new("back", Label::Plain).own(),
        Field::new("log", Label::Health).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&TRIP_DAY_ROW];
    type Event = TripEvent;

    fn apply(&mut self, event: TripEvent) {
        match event {
            TripEvent::Joined { children, consents, gone } => {
                (self.children, self.consents, self.gone) = (children, consents, gone);
            }
            TripEvent::Left { gone, log } => (self.gone, self.log) = (gone, log),
            TripEvent::Ended { stage, back, log } => (self.stage, self.back, self.log) = (stage, back, log),
        }
    }

    fn normalise(&mut self) {
        for name in &mut self.adults {
            *name = name.trim().to_owned();
        }
        self.adults.retain(|name| !name.is_empty());
        self.leaders.sort_unstable();
        self.leaders.dedup();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        self.check_lists()?;
        if situation.verb != "trip_day.open" {
            return Ok(());
        }
        self.check_place(situation)?;
        let mut lacking = self.without_consent(&self.children, situation.links);
        let without = lacking.len();
        lacking.extend(self.too_few(self.children.len()));
        if lacking.is_empty() {
            return Ok(());
        }
        let refusal = Refusal::new(&faults::NOT_READY).with("without", without);
        let adults = adults_missing(self.children.len(), self.grown(), self.children_per_adult);
        Err(Refusal { fields: lacking, ..refusal.with("adults", adults) })
    }

    fn links(&self) -> Vec<Link> {
        let fixed = [Link::to("session", self.session), Link::to("activity", self.activity)];
        let children = self.children.iter().map(|id| Link::to("person", *id));
        let consents = self.consents.iter().map(|id| Link::to("consent", *id).with_persons());
        let leaders = self.leaders.iter().map(|id| Link::to("account", *id));
        fixed.into_iter().chain(children).chain(consents).chain(leaders).collect()
    }

    fn within(&self) -> Vec<Id> {
        let people = self.children.iter().map(|id| id.0);
        let leaders = self.leaders.iter().map(|id| id.0);
        [self.session, self.activity.0].into_iter().chain(people).chain(leaders).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.session.into(),
            self.activity.0.into(),
            self.day.to_string().into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &TRIP_DAY_ROW, values }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adults_that_are_missing() {
        assert_eq!(adults_missing(16, 2, 8), 0);
        assert_eq!(adults_missing(17, 2, 8), 1);
        assert_eq!(adults_missing(0, 0, 8), 0);
        assert_eq!(adults_missing(3, 0, 0), 3, "no number is one each");
    }
}
