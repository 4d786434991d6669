//! The state of an activity.

use calendar::Rule;
use jiff::Timestamp;
use kernel::faults::text;
use kernel::{AccountId, Column, Field, IndexRow, Label, Link, Meta, Record, Refusal, Situation, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::kind::Code;
use crate::time;

/// Most accounts in charge of one activity.
const MOST_STAFF: usize = 50;

/// Most rules that follow each other.
pub(super) const MOST_PLANS: usize = 20;

/// Most people that fit anywhere.
pub const MOST_HEADS: u32 = 5_000;

/// Most children that anybody lets one adult look after.
const MOST_PER_ADULT: u32 = 50;

/// A rule with its time of day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// On which days.
    pub rule: Rule,
    /// When it starts, such as `16:30`.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub start: Option<String>,
    /// When it ends.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub end: Option<String>,
}

impl Plan {
    /// Refuses a plan that cannot be.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        self.rule.check().map_err(|fault| faults::of_rule(&fault).at("plans"))?;
        for pause in &self.rule.pauses {
            text("plans", &pause.words, 60)?;
        }
        time::check(self.start.as_deref(), self.end.as_deref())
    }

    /// Its time of day, for words.
    pub fn time(&self) -> Option<(&str, Option<&str>)> {
        self.start.as_deref().map(|start| (start, self.end.as_deref()))
    }
}

/// Something that people come to.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Activity {
    /// What it is called.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// What sort it is.
    #[serde(default)]
    pub kind: Code,
    /// What it is about, for whom; shown to the public where the activity is.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub words: String,
    /// Where it is held: a division's code or the id of a place.
    #[serde(default)]
    #[schemars(length(max = 26))]
    pub place: Option<String>,
    /// Where it is held, in words: what people are told.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub place_text: String,
    /// How many people fit, where a session does not say otherwise.
    #[serde(default)]
    #[schemars(range(min = 1, max = 5000))]
    pub capacity: Option<u32>,
    /// The most children for each adult of a trip or camp, as the centre sets it.
    #[serde(default)]
    #[schemars(range(min = 1, max = 50))]
    pub children_per_adult: Option<u32>,
    /// The accounts in charge.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub staff: Vec<AccountId>,
    /// The volunteers' accounts.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub volunteers: Vec<AccountId>,
    /// Whether its sessions stand on the public page.
    #[serde(default)]
    pub public: bool,
    /// By which rules it is held, one after the other.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub plans: Vec<Plan>,
    /// When the rules were last changed.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub arranged: Option<Timestamp>,
}

/// What an activity's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ActivityEvent {
    /// It is held by other rules.
    Arranged {
        /// The rules now.
        plans: Vec<Plan>,
        /// When they were changed.
        arranged: Option<Timestamp>,
    },
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
        ("public", Column::Int),
    ],
    2,
);

impl Record for Activity {
    const NOUN: &'static str = "activity";
    const FIELDS: &'static [Field] = &[
        Field::new("title", Label::Plain),
        Field::new("kind", Label::Plain),
        Field::new("words", Label::Plain),
        Field::new("place", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("capacity", Label::Plain),
        Field::new("children_per_adult", Label::Plain),
        Field::new("staff", Label::Plain).union(),
        Field::new("volunteers", Label::Plain).union(),
        Field::new("public", Label::Plain),
        Field::new("plans", Label::Plain).fixed(),
        Field::new("arranged", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ACTIVITY_ROW];
    type Event = ActivityEvent;

    fn apply(&mut self, event: ActivityEvent) {
        match event {
            ActivityEvent::Arranged { plans, arranged } => (self.plans, self.arranged) = (plans, arranged),
        }
    }

    fn normalise(&mut self) {
        self.title = self.title.trim().to_owned();
        self.place_text = self.place_text.trim().to_owned();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("title", &self.title, 120)?;
        text("words", &self.words, 2_000)?;
        text("place", self.place.as_deref().unwrap_or_default(), 26)?;
        text("place_text", &self.place_text, 200)?;
        if self.title.is_empty() {
            return Err(Refusal::new(&faults::TITLE_MISSING).at("title"));
        }
        if self.staff.len() > MOST_STAFF || self.volunteers.len() > MOST_STAFF {
            return Err(Refusal::new(&faults::TOO_MANY_STAFF).with("limit", MOST_STAFF).at("staff"));
        }
        check_capacity(self.capacity)?;
        check_ratio(self.children_per_adult)?;
        self.kind.check(situation)?;
        if self.plans.len() > MOST_PLANS {
            return Err(Refusal::new(&faults::TOO_MANY_PLANS).with("limit", MOST_PLANS).at("plans"));
        }
        self.plans.iter().try_for_each(Plan::check)
    }

    fn links(&self) -> Vec<Link> {
        let accounts = self.staff.iter().chain(&self.volunteers);
        let kind = self.kind.own().map(|id| Link::to("activity_kind", id));
        kind.into_iter().chain(accounts.map(|account| Link::to("account", *account))).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            meta.made_by.into(),
            self.kind.0.as_str().into(),
            self.title.as_str().into(),
            self.public.into(),
        ];
        vec![IndexRow { table: &ACTIVITY_ROW, values }]
    }
}

/// Refuses a number of places outside its bounds.
pub(crate) fn check_capacity(capacity: Option<u32>) -> Result<(), Refusal> {
    match capacity {
        Some(heads) if !(1..=MOST_HEADS).contains(&heads) => {
            Err(Refusal::new(&faults::CAPACITY).with("most", MOST_HEADS).at("capacity"))
        }
        _ => Ok(()),
    }
}

/// Refuses a number of children per adult outside its bounds.
pub(crate) fn check_ratio(children: Option<u32>) -> Result<(), Refusal> {
    match children {
        Some(children) if !(1..=MOST_PER_ADULT).contains(&children) => {
            let refusal = Refusal::new(&faults::RATIO_RANGE).with("most", MOST_PER_ADULT);
            Err(refusal.at("children_per_adult"))
        }
        _ => Ok(()),
    }
}
