//! The state of an activity.

use kernel::faults::text;
use kernel::{
    AccountId, Column, Field, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// What sort of activity it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Open doors: come and go.
    Dropin,
    /// A lesson.
    Class,
    /// A day for families.
    FamilyDay,
    /// A feast.
    Feast,
    /// An outing.
    Trip,
    /// A camp of several days.
    Camp,
    /// A circle that runs itself.
    Circle,
    /// A course with an end.
    Course,
    /// A meeting.
    Meeting,
    /// A film.
    Screening,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dropin => "dropin",
            Self::Class => "class",
            Self::FamilyDay => "family_day",
            Self::Feast => "feast",
            Self::Trip => "trip",
            Self::Camp => "camp",
            Self::Circle => "circle",
            Self::Course => "course",
            Self::Meeting => "meeting",
            Self::Screening => "screening",
            Self::Other => "other",
        }
    }
}

/// Most accounts in charge of one activity.
const MOST_STAFF: usize = 50;

/// Something that people come to.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Activity {
    /// What it is called.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// What sort it is.
    #[serde(default)]
    pub kind: Kind,
    /// Where it is held, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub place_text: String,
    /// The accounts in charge.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub staff: Vec<AccountId>,
}

/// Activities, newest by `no`.
pub static ACTIVITY_ROW: TableDef = TableDef::index(
    "activity_row",
    &[
        ("site", Column::Text),
        ("activity", Column::Text),
        ("no", Column::Int),
        ("made_by", Column::Text),
        ("kind", Column::Text),
        ("title", Column::Text),
    ],
    2,
);

impl Record for Activity {
    const NOUN: &'static str = "activity";
    const FIELDS: &'static [Field] = &[
        Field::new("title", Label::Plain),
        Field::new("kind", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("staff", Label::Plain).union(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ACTIVITY_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.title = self.title.trim().to_owned();
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("title", &self.title, 120)?;
        text("place_text", &self.place_text, 200)?;
        if self.title.is_empty() {
            return Err(Refusal::new(&faults::TITLE_MISSING).at("title"));
        }
        if self.staff.len() > MOST_STAFF {
            return Err(Refusal::new(&faults::TOO_MANY_STAFF).with("limit", MOST_STAFF).at("staff"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.staff.iter().map(|account| Link::to("account", *account)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            meta.made_by.into(),
            self.kind.code().into(),
            self.title.as_str().into(),
        ];
        vec![IndexRow { table: &ACTIVITY_ROW, values }]
    }
}
