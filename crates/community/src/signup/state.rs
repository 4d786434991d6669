//! The state of a sign-up.

use kernel::faults::text;
use kernel::{
    ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, PersonId, Record, Refusal, Situation,
    TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::Entry;
use crate::faults;
use crate::session::{Session, Status};

/// Most people of one sign-up.
pub(super) const MOST: u32 = 200;

fn one() -> u32 {
    1
}

/// Somebody who means to come.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools, reason = "each is set and taken back by a command of its own")]
pub struct SignUp {
    /// The session.
    pub session: Id,
    /// The session's activity.
    pub activity: ActivityId,
    /// Who; nobody where only a nickname is known.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The nickname, where the person is not known.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub nickname: Option<String>,
    /// How to reach them.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub phone: Option<String>,
    /// Adults, the person included.
    #[serde(default = "one")]
    #[schemars(range(min = 0, max = 200))]
    pub adults: u32,
    /// Children, the person included where it is one.
    #[serde(default)]
    #[schemars(range(min = 0, max = 200))]
    pub children: u32,
    /// What to think of.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub words: String,
    /// How many changes of the session its maker knew of, or they were told of since.
    #[serde(default)]
    pub told: u32,
    /// They do not come.
    #[serde(default)]
    pub cancelled: bool,
    /// They were let in though it was full.
    #[serde(default)]
    pub admitted: bool,
    /// They are here.
    #[serde(default)]
    pub came: bool,
    /// The place in the journal by which they stand in line, where they came back after cancelling.
    #[serde(default)]
    pub place: Option<i64>,
}

impl Default for SignUp {
    fn default() -> Self {
        Self {
            session: Id::default(),
            activity: ActivityId::default(),
            person: None,
            nickname: None,
            phone: None,
            adults: 1,
            children: 0,
            words: String::new(),
            told: 0,
            cancelled: false,
            admitted: false,
            came: false,
            place: None,
        }
    }
}

/// What a sign-up's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SignUpEvent {
    /// Fewer come.
    Lessened {
        /// Adults now.
        adults: u32,
        /// Children now.
        children: u32,
    },
    /// They do not come.
    Withdrawn {
        /// Always true.
        cancelled: bool,
        /// No longer let in.
        admitted: bool,
        /// Not here.
        came: bool,
    },
    /// They come after all, at the end of the line.
    Renewed {
        /// Always false.
        cancelled: bool,
        /// Their place in line.
        place: Option<i64>,
        /// What they know of.
        told: u32,
    },
    /// They were let in, or not after all.
    Admitted {
        /// Whether.
        admitted: bool,
    },
    /// They came, or did not after all.
    Arrived {
        /// Whether.
        came: bool,
    },
    /// They were told of what changed.
    Told {
        /// Of so many changes.
        told: u32,
    },
}

/// Sign-ups by session.
pub static SIGNUP_ROW: TableDef = TableDef::index(
    "signup_row",
    &[
        ("site", Column::Text),
        ("signup", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("person", Column::Text),
        ("place", Column::Int),
        ("heads", Column::Int),
        ("certain", Column::Int),
        ("cancelled", Column::Int),
        ("told", Column::Int),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of a person's sign-up for a session: signing up twice finds the first.
pub fn signup_id(session: Id, person: PersonId) -> Id {
    session.derive(&format!("signup:{person}"))
}

impl SignUp {
    /// How many people it brings.
    pub fn heads(&self) -> u32 {
        self.adults.saturating_add(self.children)
    }

    /// Its entry in line.
    pub fn entry(&self, meta: &Meta) -> Entry {
        Entry {
            id: meta.id,
            place: self.place.unwrap_or(meta.no),
            heads: self.heads(),
            certain: self.admitted || self.came,
            cancelled: self.cancelled,
        }
    }
}

/// Refuses a number of people outside its bounds.
pub(super) fn check_heads(adults: u32, children: u32) -> Result<(), Refusal> {
    match adults.checked_add(children) {
        Some(heads) if (1..=MOST).contains(&heads) => Ok(()),
        _ => Err(Refusal::new(&faults::HEADS).with("most", MOST).at("adults")),
    }
}

impl Record for SignUp {
    const NOUN: &'static str = "signup";
    const FIELDS: &'static [Field] = &[
        Field::new("session", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("nickname", Label::Identity).fixed(),
        Field::new("phone", Label::Contact),
        Field::new("adults", Label::Plain).fixed(),
        Field::new("children", Label::Plain).fixed(),
        Field::new("words", Label::Identity),
        Field::new("told", Label::Plain).fixed(),
        Field::new("cancelled", Label::Plain).own(),
        Field::new("admitted", Label::Plain).own(),
        Field::new("came", Label::Plain).own(),
        Field::new("place", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SIGNUP_ROW];
    type Event = SignUpEvent;

    fn apply(&mut self, event: SignUpEvent) {
        match event {
            SignUpEvent::Lessened { adults, children } => (self.adults, self.children) = (adults, children),
            SignUpEvent::Withdrawn { cancelled, admitted, came } => {
                (self.cancelled, self.admitted, self.came) = (cancelled, admitted, came);
            }
            SignUpEvent::Renewed { cancelled, place, told } => {
                (self.cancelled, self.place, self.told) = (cancelled, place, told);
            }
            SignUpEvent::Admitted { admitted } => self.admitted = admitted,
            SignUpEvent::Arrived { came } => self.came = came,
            SignUpEvent::Told { told } => self.told = told,
        }
    }

    fn normalise(&mut self) {
        let trimmed = |text: &mut Option<String>| {
            text.take().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
        };
        self.nickname = trimmed(&mut self.nickname);
        self.phone = trimmed(&mut self.phone);
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("nickname", self.nickname.as_deref().unwrap_or_default(), 80)?;
        text("phone", self.phone.as_deref().unwrap_or_default(), 40)?;
        text("words", &self.words, 200)?;
        if self.person.is_some() == self.nickname.is_some() {
            return Err(Refusal::new(&faults::SIGNUP_WHO).at("nickname"));
        }
        check_heads(self.adults, self.children)?;
        let Some(session) = situation.links.get::<Session>(self.session) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("session"));
        };
        if session.activity != self.activity {
            return Err(Refusal::new(&faults::OTHER_ACTIVITY).at("activity"));
        }
        if self.told > session.changes {
            let refusal = Refusal::new(&faults::TOLD_AHEAD).with("changes", session.changes);
            return Err(refusal.at("told"));
        }
        if let Some(person) = self.person {
            let expected = signup_id(self.session, person);
            if situation.record != expected {
                return Err(Refusal::new(&faults::SIGNUP_ID).with("expected", expected));
            }
        }
        Ok(())
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let mut links = vec![Link::to("session", self.session), Link::to("activity", self.activity)];
        links.extend(self.person.map(|id| Link::to("person", id)));
        links
    }

    fn within(&self) -> Vec<Id> {
        let mut ids = vec![self.session, self.activity.0];
        ids.extend(self.person.map(|id| id.0));
        ids
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let entry = self.entry(meta);
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.session.into(),
            self.activity.0.into(),
            self.person.map(|id| id.0).into(),
            entry.place.into(),
            i64::from(entry.heads).into(),
            entry.certain.into(),
            entry.cancelled.into(),
            i64::from(self.told).into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &SIGNUP_ROW, values }]
    }
}

/// Refuses a sign-up for a session that is not held.
pub(super) fn check_held(session: &Session) -> Result<(), Refusal> {
    match session.status {
        Status::Cancelled => Err(Refusal::new(&faults::SESSION_CANCELLED).at("session")),
        Status::Closed | Status::Planned => Ok(()),
    }
}
