//! The state of hours.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    AccountId, ActivityId, Column, EncounterId, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId,
    Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);

/// Time that somebody gave. Has no `Debug`: it holds words about people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Hours {
    /// Somebody with an account.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Somebody of the register.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// How long, in minutes.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1440))]
    pub minutes: u32,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// For what, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub purpose: String,
    /// At which encounter.
    #[serde(default)]
    pub encounter: Option<EncounterId>,
    /// For which activity.
    #[serde(default)]
    pub activity: Option<ActivityId>,
}

/// Hours by day and by whose they are. `who` is an account or a person, as `kind` says.
pub static HOURS_ROW: TableDef = TableDef::index(
    "hours_row",
    &[
        ("site", Column::Text),
        ("hours", Column::Text),
        ("no", Column::Int),
        ("day", Column::Text),
        ("who", Column::Text),
        ("kind", Column::Text),
        ("minutes", Column::Int),
        ("encounter", Column::Text),
        ("activity", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Hours {
    fn who(&self) -> (Id, &'static str) {
        match (self.person, self.account) {
            (Some(person), _) => (person.0, "person"),
            (None, account) => (account.unwrap_or_default().0, "account"),
        }
    }
}

impl Record for Hours {
    const NOUN: &'static str = "hours";
    const FIELDS: &'static [Field] = &[
        Field::new("account", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("minutes", Label::Plain),
        Field::new("day", Label::Plain),
        Field::new("purpose", Label::Identity),
        Field::new("encounter", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&HOURS_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.purpose = self.purpose.trim().to_owned();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("purpose", &self.purpose, 200)?;
        if self.account.is_some() == self.person.is_some() {
            return Err(Refusal::new(&faults::WHO).at("person"));
        }
        if self.minutes == 0 || self.minutes > 1440 {
            return Err(Refusal::new(&faults::MINUTES).at("minutes"));
        }
        // A device east of the server may be a day ahead.
        let last = situation.today.tomorrow().unwrap_or(situation.today);
        if self.day < FIRST || self.day > last {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", situation.today);
            return Err(refusal.at("day"));
        }
        Ok(())
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let account = self.account.map(|id| Link::to("account", id));
        let person = self.person.map(|id| Link::to("person", id));
        let encounter = self.encounter.map(|id| Link::to("encounter", id));
        let activity = self.activity.map(|id| Link::to("activity", id));
        account.into_iter().chain(person).chain(encounter).chain(activity).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.person.map(|id| id.0).into_iter().chain(self.encounter.map(|id| id.0)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let (who, kind) = self.who();
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.day.to_string().into(),
            who.into(),
            kind.into(),
            i64::from(self.minutes).into(),
            self.encounter.map(|id| id.0).into(),
            self.activity.map(|id| id.0).into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &HOURS_ROW, values }]
    }
}
