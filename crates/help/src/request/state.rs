//! The state of a request.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    AccountId, Column, Field, Id, IndexRow, Label, Link, Meta, NeedId, PersonId, Record, Refusal, Situation,
    TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// The earliest due date: older papers are told in words.
const FIRST: Date = date(1990, 1, 1);
/// The latest due date.
const LAST: Date = date(2100, 12, 31);

/// Where a request stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is being seen to.
    #[default]
    Open,
    /// It was done.
    Done,
    /// It was given up.
    Dropped,
}

impl Status {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// Something to be seen to. Has no `Debug`: it holds people's words.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// The need it comes from.
    #[serde(default)]
    pub need: Option<NeedId>,
    /// For whom.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// What kind of need.
    pub code: kernel::need::Code,
    /// What is asked, in words.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub words: String,
    /// Who sees to it; whoever asked where none is given.
    #[serde(default)]
    pub owner: Option<AccountId>,
    /// By when.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub due: Option<Date>,
    /// Where it stands.
    #[serde(default)]
    pub status: Status,
    /// What came of it.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub outcome: String,
    /// When somebody should ask how it went on.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub follow_up: Option<Date>,
    /// Whether that was done.
    #[serde(default)]
    pub followed: bool,
    /// What was heard then.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub follow_words: String,
}

/// What a request's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RequestEvent {
    /// It was closed.
    Closed {
        /// Done or dropped.
        status: Status,
        /// What came of it.
        #[serde(default)]
        outcome: String,
        /// When somebody should ask how it went on.
        #[serde(default)]
        follow_up: Option<Date>,
    },
    /// Somebody asked how it went on.
    Followed {
        /// Yes.
        followed: bool,
        /// What was heard.
        #[serde(default)]
        follow_words: String,
    },
    /// It goes on.
    Reopened {
        /// Open.
        status: Status,
    },
}

/// Requests by where they stand and when they are due. No due date is kept as `9999`, so that it comes last.
pub static REQUEST_ROW: TableDef = TableDef::index(
    "request_row",
    &[
        ("site", Column::Text),
        ("request", Column::Text),
        ("no", Column::Int),
        ("status", Column::Text),
        ("due", Column::Text),
        ("owner", Column::Text),
        ("code", Column::Text),
        ("person", Column::Text),
        ("need", Column::Text),
        ("made_by", Column::Text),
        ("follow_up", Column::Text),
    ],
    2,
);

/// What a request without a due date is sorted by.
pub(super) const NO_DUE: &str = "9999";

impl Record for Request {
    const NOUN: &'static str = "request";
    const FIELDS: &'static [Field] = &[
        Field::new("need", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("code", Label::Plain),
        Field::new("words", Label::Identity),
        Field::new("owner", Label::Plain),
        Field::new("due", Label::Plain),
        Field::new("status", Label::Plain).own(),
        Field::new("outcome", Label::Identity).own(),
        Field::new("follow_up", Label::Plain).own(),
        Field::new("followed", Label::Plain).own(),
        Field::new("follow_words", Label::Identity).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&REQUEST_ROW];
    type Event = RequestEvent;

    fn apply(&mut self, event: RequestEvent) {
        match event {
            RequestEvent::Closed { status, outcome, follow_up } => {
                self.status = status;
                self.outcome = outcome;
                self.follow_up = follow_up;
                self.followed = false;
            }
            RequestEvent::Followed { followed, follow_words } => {
                self.followed = followed;
                self.follow_words = follow_words;
            }
            RequestEvent::Reopened { status } => {
                self.status = status;
                self.follow_up = None;
            }
        }
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 2000)?;
        text("outcome", &self.outcome, 2000)?;
        text("follow_words", &self.follow_words, 2000)?;
        if self.person.is_none() && self.need.is_none() {
            return Err(Refusal::new(&faults::WHOSE).at("person"));
        }
        for (field, day) in [("due", self.due), ("follow_up", self.follow_up)] {
            if day.is_some_and(|day| day < FIRST || day > LAST) {
                let refusal = Refusal::new(&faults::DUE).with("first", FIRST).with("last", LAST);
                return Err(refusal.at(field));
            }
        }
        if self.code == kernel::need::Code::Other && self.words.trim().is_empty() {
            return Err(Refusal::new(&faults::WORDS).at("words"));
        }
        Ok(())
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let person = self.person.map(|id| Link::to("person", id));
        let need = self.need.map(|id| Link::to("need", id));
        let owner = self.owner.map(|id| Link::to("account", id));
        person.into_iter().chain(need).chain(owner).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.person.map(|id| id.0).into_iter().chain(self.need.map(|id| id.0)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let follow_up = self.follow_up.filter(|_| !self.followed);
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.status.code().into(),
            self.due.map_or_else(|| NO_DUE.to_owned(), |due| due.to_string()).into(),
            self.owner.unwrap_or(meta.made_by).into(),
            self.code.code().into(),
            self.person.map(|id| id.0).into(),
            self.need.map(|id| id.0).into(),
            meta.made_by.into(),
            follow_up.map(|day| day.to_string()).into(),
        ];
        vec![IndexRow { table: &REQUEST_ROW, values }]
    }
}
