//! The state of a participation.

use jiff::Timestamp;
use kernel::faults::text;
use kernel::{
    ActivityId, Column, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::session::Session;

/// What a mark stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// One known person.
    #[default]
    Person,
    /// One household; its members are marked besides, if they are counted.
    Household,
    /// One person of whom only a nickname is known.
    Nickname,
    /// A number of people nobody named.
    Tally,
}

impl MarkKind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Household => "household",
            Self::Nickname => "nickname",
            Self::Tally => "tally",
        }
    }
}

/// Child or adult, as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// Under 18.
    Child,
    /// 18 or more.
    Adult,
}

impl Age {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
        }
    }
}

/// What was seen of people who are not on the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Whether they came from elsewhere.
    #[serde(default)]
    pub migrant: Option<bool>,
    /// Child or adult.
    #[serde(default)]
    pub age: Option<Age>,
    /// `F` or `M`.
    #[serde(default)]
    #[schemars(length(max = 1))]
    pub sex: Option<String>,
}

/// Somebody who turned out to be meant by a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claimed {
    /// The person.
    pub person: PersonId,
    /// When that was found out.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
}

/// Most people of one tally.
pub const MOST: u32 = 5000;

/// A mark on a roll.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Participation {
    /// The session.
    pub session: Id,
    /// The session's activity.
    pub activity: ActivityId,
    /// What it stands for.
    pub kind: MarkKind,
    /// The person, for the kind `person`.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The household, for the kind `household`.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// The nickname, for the kind `nickname`.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub nickname: Option<String>,
    /// What was seen, for nicknames and tallies.
    #[serde(default)]
    pub group: Option<Group>,
    /// How many people: 1 for a person or nickname, 0 for a household.
    #[serde(default)]
    pub count: u32,
    /// Those of the nickname or tally who were recognised since.
    #[serde(default)]
    pub claims: Vec<Claimed>,
}

/// What a mark's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ParticipationEvent {
    /// A tally has another number.
    Adjusted {
        /// The number now.
        count: u32,
    },
    /// Somebody was recognised, or was not after all.
    Recognised {
        /// All claims now.
        claims: Vec<Claimed>,
    },
}

/// Marks by session.
pub static PARTICIPATION_ROW: TableDef = TableDef::index(
    "participation_row",
    &[
        ("site", Column::Text),
        ("participation", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("kind", Column::Text),
        ("household", Column::Text),
        ("count", Column::Int),
        ("claimed", Column::Int),
        ("sex", Column::Text),
        ("age", Column::Text),
        ("migrant", Column::Int),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// Who took part by which mark: a person's own mark, and claims of nicknames and tallies.
pub static PARTICIPATION_PERSON: TableDef = TableDef::index(
    "participation_person",
    &[
        ("site", Column::Text),
        ("person", Column::Text),
        ("participation", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("claimed", Column::Int),
    ],
    3,
);

/// The id that the mark of a person or household has at a session: marking twice finds the first mark.
pub fn mark_id(session: Id, kind: MarkKind, who: Id) -> Id {
    session.derive(&format!("{}:{who}", kind.code()))
}

impl Participation {
    /// Everybody known to be meant by it.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.person.into_iter().chain(self.claims.iter().map(|claim| claim.person))
    }

    fn shape(&self) -> Result<(), Refusal> {
        let field = self.kind_field();
        let seen = [
            ("person", self.person.is_some()),
            ("household", self.household.is_some()),
            ("nickname", self.nickname.is_some()),
        ];
        if seen.iter().any(|(name, there)| *there != (*name == field)) {
            let refusal = Refusal::new(&faults::MARK_SHAPE).with("kind", self.kind.code());
            return Err(refusal.with("field", field).at(field));
        }
        let claimed = u32::try_from(self.claims.len()).unwrap_or(u32::MAX);
        if self.kind == MarkKind::Tally && !(claimed..=MOST).contains(&self.count) {
            return Err(count_refused(claimed));
        }
        Ok(())
    }

    fn kind_field(&self) -> &'static str {
        match self.kind {
            MarkKind::Tally => "count",
            other => other.code(),
        }
    }
}

/// Refuses a number of people outside its bounds.
pub(super) fn count_refused(claimed: u32) -> Refusal {
    let refusal = Refusal::new(&faults::COUNT).with("least", claimed).with("most", MOST);
    refusal.with("claimed", claimed).at("count")
}

impl Record for Participation {
    const NOUN: &'static str = "participation";
    const FIELDS: &'static [Field] = &[
        Field::new("session", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("kind", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("household", Label::Plain).fixed(),
        Field::new("nickname", Label::Identity).fixed(),
        Field::new("group", Label::Plain).fixed(),
        Field::new("count", Label::Plain).fixed(),
        Field::new("claims", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&PARTICIPATION_ROW, &PARTICIPATION_PERSON];
    /// A mark without words says only that somebody came, who is counted also when their data was erased.
    const FOLLOWS_SUBJECT: bool = false;
    type Event = ParticipationEvent;

    fn apply(&mut self, event: ParticipationEvent) {
        match event {
            ParticipationEvent::Adjusted { count } => self.count = count,
            ParticipationEvent::Recognised { claims } => self.claims = claims,
        }
    }

    fn normalise(&mut self) {
        self.nickname = self.nickname.take().map(|name| name.trim().to_owned()).filter(|n| !n.is_empty());
        match self.kind {
            MarkKind::Person | MarkKind::Nickname => self.count = 1,
            MarkKind::Household => self.count = 0,
            MarkKind::Tally => {}
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        self.shape()?;
        if let Some(nickname) = &self.nickname {
            text("nickname", nickname, 80)?;
        }
        let sex = self.group.as_ref().and_then(|group| group.sex.as_deref());
        if sex.is_some_and(|sex| sex != "F" && sex != "M") {
            let refusal = Refusal::new(&kernel::faults::BAD_BODY).with("field", "group");
            return Err(refusal.with("why", "sex: F | M").at("group"));
        }
        let Some(session) = situation.links.get::<Session>(self.session) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("session"));
        };
        if session.activity != self.activity {
            return Err(Refusal::new(&faults::OTHER_ACTIVITY).at("activity"));
        }
        let who = self.person.map(|id| id.0).or(self.household.map(|id| id.0));
        if let Some(who) = who {
            let expected = mark_id(self.session, self.kind, who);
            if situation.record != expected {
                return Err(Refusal::new(&faults::MARK_ID).with("expected", expected));
            }
        }
        Ok(())
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let activity = Link::to("activity", self.activity).on_roll(self.session);
        let mut links = vec![Link::to("session", self.session), activity];
        links.extend(self.person.map(|id| Link::to("person", id).on_roll(self.session)));
        links.extend(self.household.map(|id| Link::to("household", id).on_roll(self.session)));
        links
    }

    fn within(&self) -> Vec<Id> {
        let mut ids = vec![self.session, self.activity.0];
        ids.extend(self.household.map(|id| id.0));
        ids.extend(self.people().map(|id| id.0));
        ids
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let claimed = i64::try_from(self.claims.len()).unwrap_or(i64::MAX);
        let group = self.group.clone().unwrap_or_default();
        let row = vec![
            meta.site.into(),
            meta.id.into(),
            self.session.into(),
            self.activity.0.into(),
            self.kind.code().into(),
            self.household.map(|id| id.0).into(),
            i64::from(self.count).into(),
            claimed.into(),
            group.sex.into(),
            group.age.map(Age::code).into(),
            group.migrant.into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        let mut rows = vec![IndexRow { table: &PARTICIPATION_ROW, values: row }];
        for person in self.people() {
            let values = vec![
                meta.site.into(),
                person.0.into(),
                meta.id.into(),
                self.session.into(),
                self.activity.0.into(),
                (self.person != Some(person)).into(),
            ];
            rows.push(IndexRow { table: &PARTICIPATION_PERSON, values });
        }
        rows
    }
}
