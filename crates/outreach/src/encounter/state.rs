//! The state of an encounter.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    AccountId, EncounterId, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, Opened, PersonId, PlaceId,
    Record, Refusal, Situation, TableDef, Val,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tables::{ENCOUNTER_PERSON, ENCOUNTER_ROW, ENCOUNTER_TEAM};
use crate::faults;

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);
/// Most people of one encounter, and most of those who took part for the centre.
const MOST: usize = 60;
/// The last day on which somebody may look in again.
const FOLLOWED_UP_LATEST: Date = date(2100, 12, 31);

/// How people met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At their home or work.
    #[default]
    Visit,
    /// By phone.
    Call,
    /// At the centre or on the way.
    Talk,
}

impl Kind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Call => "call",
            Self::Talk => "talk",
        }
    }
}

/// How somebody was met who was not: the word of [`super::ENCOUNTER_PERSON`] for what was tried in vain.
const TRIED: &str = "tried";

/// What came of it. Only what was held is a meeting; the others were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They met or talked.
    #[default]
    Met,
    /// Nobody answered the phone.
    NoAnswer,
    /// Nobody was at home.
    NobodyHome,
    /// The people have moved away.
    Moved,
    /// The number is none any more.
    NumberDead,
    /// They did not want to, or not then.
    Refused,
}

impl Outcome {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NoAnswer => "no_answer",
            Self::NobodyHome => "nobody_home",
            Self::Moved => "moved",
            Self::NumberDead => "number_dead",
            Self::Refused => "refused",
        }
    }
}

/// Who reads the note of an encounter besides its author and the manager.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Nobody.
    #[default]
    Sealed,
    /// The colleagues that are named.
    Shared,
    /// The team: every social worker of the site.
    Team,
}

/// A meeting with people. Has no `Debug`: its note is sealed.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Encounter {
    /// How people met.
    pub kind: Kind,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// What came of it.
    #[serde(default)]
    pub outcome: Outcome,
    /// How long, in minutes.
    #[serde(default)]
    #[schemars(range(max = 1440))]
    pub minutes: Option<u32>,
    /// With whom.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub persons: Vec<PersonId>,
    /// With which household.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// Who of the centre met them; whoever records it where none is given.
    #[serde(default)]
    pub worker: Option<AccountId>,
    /// Colleagues with an account who took part besides.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub workers: Vec<AccountId>,
    /// People of the register who took part as volunteers.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub volunteers: Vec<PersonId>,
    /// In which place: an urban village, an estate.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Where, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub place_text: String,
    /// What was said and seen.
    #[serde(default)]
    #[schemars(length(max = 8000))]
    pub note: String,
    /// Who reads the note.
    #[serde(default)]
    pub lock: Lock,
    /// The colleagues with whom the note is shared.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub shared_with: Vec<AccountId>,
    /// When somebody should look in again.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub follow_up: Option<Date>,
    /// Whether that was done, or is not needed any more.
    #[serde(default)]
    pub followed: bool,
    /// The encounter that this one follows up.
    #[serde(default)]
    pub follows: Option<EncounterId>,
}

/// What an encounter's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EncounterEvent {
    /// The note was opened or closed.
    Locked {
        /// Who reads it.
        lock: Lock,
        /// The colleagues with whom it is shared.
        shared_with: Vec<AccountId>,
    },
    /// The follow-up was done.
    Followed {
        /// Whether it was.
        followed: bool,
    },
}

impl Record for Encounter {
    const NOUN: &'static str = "encounter";
    const FIELDS: &'static [Field] = &[
        Field::new("kind", Label::Plain),
        Field::new("day", Label::Plain),
        Field::new("outcome", Label::Plain),
        Field::new("minutes", Label::Plain),
        Field::new("persons", Label::Plain).union(),
        Field::new("household", Label::Plain),
        Field::new("worker", Label::Plain),
        Field::new("workers", Label::Plain).union(),
        Field::new("volunteers", Label::Plain).union(),
        Field::new("place", Label::Plain),
        Field::new("place_text", Label::Contact),
        Field::new("note", Label::Sealed),
        Field::new("lock", Label::Plain).fixed(),
        Field::new("shared_with", Label::Plain).fixed(),
        Field::new("follow_up", Label::Plain),
        Field::new("followed", Label::Plain).own(),
        Field::new("follows", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ENCOUNTER_ROW, &ENCOUNTER_PERSON, &ENCOUNTER_TEAM];
    type Event = EncounterEvent;

    fn apply(&mut self, event: EncounterEvent) {
        match event {
            EncounterEvent::Locked { lock, shared_with } => {
                self.lock = lock;
                self.shared_with = shared_with;
            }
            EncounterEvent::Followed { followed } => self.followed = followed,
        }
    }

    fn normalise(&mut self) {
        once(&mut self.persons);
        once(&mut self.workers);
        once(&mut self.volunteers);
        once(&mut self.shared_with);
        if let Some(worker) = self.worker {
            self.workers.retain(|one| *one != worker);
        }
        if self.lock != Lock::Shared {
            self.shared_with.clear();
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("place_text", &self.place_text, 200)?;
        text("note", &self.note, 8000)?;
        // A device east of the server may be a day ahead.
        let last = situation.today.tomorrow().unwrap_or(situation.today);
        if self.day < FIRST || self.day > last {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", situation.today);
            return Err(refusal.at("day"));
        }
        if self.minutes.is_some_and(|minutes| minutes > 1440) {
            return Err(Refusal::new(&faults::MINUTES).at("minutes"));
        }
        let nowhere = self.place.is_none() && self.place_text.trim().is_empty();
        if self.persons.is_empty() && self.household.is_none() && nowhere {
            return Err(Refusal::new(&faults::NOBODY).at("persons"));
        }
        let lists = [
            ("persons", self.persons.len()),
            ("workers", self.workers.len()),
            ("volunteers", self.volunteers.len()),
            ("shared_with", self.shared_with.len()),
        ];
        if let Some((name, _)) = lists.into_iter().find(|(_, many)| *many > MOST) {
            return Err(Refusal::new(&faults::TOO_MANY).with("limit", MOST).at(name));
        }
        if self.lock == Lock::Shared && self.shared_with.is_empty() {
            return Err(Refusal::new(&faults::SHARED_WITH).at("shared_with"));
        }
        if self.follow_up.is_some_and(|day| day < self.day || day > FOLLOWED_UP_LATEST) {
            let refusal = Refusal::new(&faults::FOLLOW_UP).with("first", self.day);
            return Err(refusal.with("last", FOLLOWED_UP_LATEST).at("follow_up"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.persons.iter().map(|id| Link::to("person", *id)).collect();
        links.extend(self.household.map(|id| Link::to("household", id)));
        links.extend(self.worker.map(|id| Link::to("account", id)));
        links.extend(self.workers.iter().map(|id| Link::to("account", *id)));
        links.extend(self.shared_with.iter().map(|id| Link::to("account", *id)));
        links.extend(self.volunteers.iter().map(|id| Link::to("person", *id)));
        links.extend(self.place.map(|id| Link::to("place", id)));
        links.extend(self.follows.map(|id| Link::to("encounter", id)));
        links
    }

    fn within(&self) -> Vec<Id> {
        let household = self.household.map(|id| id.0);
        self.persons.iter().map(|id| id.0).chain(household).collect()
    }

    fn opened(&self) -> Opened {
        match self.lock {
            Lock::Sealed => Opened::Nobody,
            Lock::Shared => Opened::Named(self.shared_with.clone()),
            Lock::Team => Opened::Team,
        }
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let day = || Val::from(self.day.to_string());
        let site = || Val::from(meta.site);
        let worker = self.worker.unwrap_or(meta.made_by);
        let due = self.follow_up.filter(|_| !self.followed);
        let row = vec![
            site(),
            meta.id.into(),
            day(),
            self.kind.code().into(),
            self.minutes.map(i64::from).into(),
            self.household.map(|id| id.0).into(),
            worker.into(),
            meta.made_by.into(),
            meta.no.into(),
            self.place.map(|id| id.0).into(),
            due.map(|day| day.to_string()).into(),
            self.outcome.code().into(),
        ];
        let mut rows = vec![IndexRow { table: &ENCOUNTER_ROW, values: row }];
        let how = if self.outcome == Outcome::Met { self.kind.code() } else { TRIED };
        for person in &self.persons {
            let values = vec![site(), person.0.into(), meta.id.into(), day(), how.into()];
            rows.push(IndexRow { table: &ENCOUNTER_PERSON, values });
        }
        let accounts = std::iter::once(worker).chain(self.workers.iter().copied()).map(|one| one.0);
        let accounts = accounts.map(|id| (id, "account"));
        let volunteers = self.volunteers.iter().map(|person| (person.0, "person"));
        for (who, kind) in accounts.chain(volunteers) {
            let values = vec![site(), who.into(), meta.id.into(), kind.into(), day()];
            rows.push(IndexRow { table: &ENCOUNTER_TEAM, values });
        }
        rows
    }
}

/// Leaves each one once.
fn once<T: Copy + Eq + std::hash::Hash>(list: &mut Vec<T>) {
    let mut seen = std::collections::HashSet::new();
    list.retain(|one| seen.insert(*one));
}
