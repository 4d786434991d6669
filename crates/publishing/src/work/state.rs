//! The state of a work.

use jiff::civil::{Date, date};
use kernel::access::TO_STAFF;
use kernel::faults::text;
use kernel::{
    AccountId, ActivityId, Column, ConsentId, Field, Id, IndexRow, Label, Link, Linked, Meta, PersonId,
    Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::file::Media;

/// Most people on one work.
pub(super) const MOST: usize = 200;
/// Nobody photographed or recorded anything before.
const FIRST: Date = date(1850, 1, 1);

kernel::codes! {
    /// What a work is.
    Kind:
    /// A picture.
    #[default]
    Photo "photo" "照片" "Photo";
    /// Speech, song, sound.
    Recording "recording" "录音" "Recording";
}

kernel::codes! {
    /// Who may open a work.
    Access:
    /// Who works here.
    #[default]
    Staff "staff" "工作人员" "Staff";
    /// The members of a circle, and nobody else.
    Members "members" "小组成员" "Members";
    /// Anybody.
    Public "public" "公开" "Public";
}

/// A place on a picture, in ten-thousandths of its width and height from the upper left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// From the left.
    #[schemars(range(max = 10_000))]
    pub x: u16,
    /// From the top.
    #[schemars(range(max = 10_000))]
    pub y: u16,
}

/// The whole width or height in the unit of a [`Point`].
pub type Whole = u16;
pub(super) const WHOLE: Whole = 10_000;

/// Somebody on a work: of the register, not recognisable, or not known yet. Has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Face {
    /// The mark.
    pub id: Id,
    /// Where on the picture; nowhere on a recording.
    #[serde(default)]
    pub at: Option<Point>,
    /// Who it is.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Seen from behind, blurred, far off: nobody could tell who it is.
    #[serde(default)]
    pub unrecognisable: bool,
    /// What is known of somebody who is not on the register.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub words: String,
}

/// A file, by its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileRef {
    /// SHA-256 of the bytes as they are kept, in hexadecimal.
    #[schemars(length(max = 64))]
    pub digest: String,
    /// What it is.
    pub media: Media,
    /// How many bytes.
    pub size: u64,
    /// Width of a picture in pixels, as it is shown.
    #[serde(default)]
    pub width: u32,
    /// Height of a picture in pixels, as it is shown.
    #[serde(default)]
    pub height: u32,
}

/// A photo or a recording. Has no `Debug`: it names people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    #[serde(default)]
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    /// The day it was made.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// The session it shows.
    #[serde(default)]
    pub session: Option<Id>,
    /// The activity it shows.
    #[serde(default)]
    pub activity: Option<ActivityId>,
    /// The circle it belongs to.
    #[serde(default)]
    pub circle: Option<Id>,
    /// The only accounts that open it: the circle's members when it was restricted. Nobody: it is the staff's.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub readers: Vec<AccountId>,
    /// Who tells, sings, plays.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub teller: String,
    /// In which language or dialect.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub language: String,
    /// What it is about.
    #[serde(default)]
    #[schemars(length(max = 4000))]
    pub about: String,
    /// Its file.
    #[serde(default)]
    pub file: Option<FileRef>,
    /// Who is on it.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub faces: Vec<Face>,
    /// Since when it is published.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub published_on: Option<Date>,
    /// By whom.
    #[serde(default)]
    pub published_by: Option<AccountId>,
    /// The consents it was published under.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub cited: Vec<ConsentId>,
    /// When it was taken back.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub withdrawn_on: Option<Date>,
    /// Why it was taken back.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub withdrawn_why: String,
}

/// What a work's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WorkEvent {
    /// It got its file.
    Filed {
        /// The file.
        #[serde(default)]
        file: Option<FileRef>,
        /// Who is on it: nobody yet, where it is another picture.
        #[serde(default)]
        faces: Vec<Face>,
    },
    /// Somebody was marked, or a mark was taken away.
    Marked {
        /// All marks now.
        #[serde(default)]
        faces: Vec<Face>,
    },
    /// Who may open it changed.
    Restricted {
        /// The circle.
        circle: Option<Id>,
        /// Its members, where it is theirs alone.
        readers: Vec<AccountId>,
    },
    /// It was published.
    Published {
        /// When.
        published_on: Option<Date>,
        /// By whom.
        published_by: Option<AccountId>,
        /// Under which consents.
        cited: Vec<ConsentId>,
    },
    /// It was taken back.
    Withdrawn {
        /// No longer.
        published_on: Option<Date>,
        /// When.
        withdrawn_on: Option<Date>,
        /// Why.
        #[serde(default)]
        withdrawn_why: String,
    },
}

/// Works by day, session and what is published.
pub static WORK_ROW: TableDef = TableDef::index(
    "work_row",
    &[
        ("site", Column::Text),
        ("work", Column::Text),
        ("no", Column::Int),
        ("kind", Column::Text),
        ("day", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("circle", Column::Text),
        ("published", Column::Int),
        ("digest", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

/// Works by who is on them.
pub static WORK_FACE: TableDef = TableDef::index(
    "work_face",
    &[("site", Column::Text), ("person", Column::Text), ("work", Column::Text)],
    3,
);

impl Work {
    /// Who may open it.
    pub fn access(&self) -> Access {
        match (self.published_on, self.readers.is_empty()) {
            (Some(_), _) => Access::Public,
            (None, false) => Access::Members,
            (None, true) => Access::Staff,
        }
    }

    /// The people of the register who are on it, each once.
    pub fn persons(&self) -> Vec<Id> {
        let mut persons: Vec<Id> = self.faces.iter().filter_map(|face| face.person).map(|id| id.0).collect();
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    /// What belongs to members is changed by members.
    pub(super) fn guard(&self, actor: AccountId) -> Result<(), Refusal> {
        if self.readers.is_empty() || self.readers.contains(&actor) {
            return Ok(());
        }
        Err(Refusal::new(&faults::NOT_A_MEMBER))
    }

    /// The readers are the members of the circle, all of them.
    pub(super) fn check_readers(&self, links: &Linked) -> Result<(), Refusal> {
        if self.readers.is_empty() {
            return Ok(());
        }
        let circle = self.circle.and_then(|id| links.held(id)).and_then(kernel::circle::members);
        let Some(mut members) = circle else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("circle"));
        };
        members.sort_unstable();
        if members == self.readers {
            return Ok(());
        }
        Err(Refusal::new(&faults::READERS).at("readers"))
    }

    fn check_words(&self) -> Result<(), Refusal> {
        text("title", &self.title, 200)?;
        text("teller", &self.teller, 200)?;
        text("language", &self.language, 100)?;
        text("about", &self.about, 4_000)?;
        text("withdrawn_why", &self.withdrawn_why, 2_000)?;
        self.faces.iter().try_for_each(|face| text("words", &face.words, 200))?;
        if self.title.is_empty() {
            return Err(Refusal::new(&faults::TITLE).at("title"));
        }
        Ok(())
    }
}

impl Record for Work {
    const NOUN: &'static str = "work";
    const FIELDS: &'static [Field] = &[
        Field::new("kind", Label::Plain).fixed(),
        Field::new("title", Label::Identity),
        Field::new("day", Label::Plain),
        Field::new("session", Label::Plain),
        Field::new("activity", Label::Plain),
        Field::new("circle", Label::Plain).fixed(),
        Field::new("readers", Label::Plain).fixed(),
        Field::new("teller", Label::Identity),
        Field::new("language", Label::Plain),
        Field::new("about", Label::Identity),
        Field::new("file", Label::Identity).own(),
        Field::new("faces", Label::Identity).own(),
        Field::new("published_on", Label::Plain).own(),
        Field::new("published_by", Label::Plain).own(),
        Field::new("cited", Label::Plain).own(),
        Field::new("withdrawn_on", Label::Plain).own(),
        Field::new("withdrawn_why", Label::Identity).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&WORK_ROW, &WORK_FACE];
    type Event = WorkEvent;

    fn apply(&mut self, event: WorkEvent) {
        match event {
            WorkEvent::Filed { file, faces } => (self.file, self.faces) = (file, faces),
            WorkEvent::Marked { faces } => self.faces = faces,
            WorkEvent::Restricted { circle, readers } => (self.circle, self.readers) = (circle, readers),
            WorkEvent::Published { published_on, published_by, cited } => {
                (self.published_on, self.published_by, self.cited) = (published_on, published_by, cited);
                (self.withdrawn_on, self.withdrawn_why) = (None, String::new());
            }
            WorkEvent::Withdrawn { published_on, withdrawn_on, withdrawn_why } => {
                self.published_on = published_on;
                (self.withdrawn_on, self.withdrawn_why) = (withdrawn_on, withdrawn_why);
            }
        }
    }

    fn normalise(&mut self) {
        for words in [&mut self.title, &mut self.teller, &mut self.language, &mut self.about] {
            *words = words.trim().to_owned();
        }
        self.readers.sort_unstable();
        self.readers.dedup();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        self.check_words()?;
        if self.day < FIRST || self.day > situation.today {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", situation.today);
            return Err(refusal.at("day"));
        }
        match situation.verb {
            "work.register" => self.check_readers(situation.links),
            "work.amend" | "work.settle" => self.guard(situation.actor.account),
            _ => Ok(()),
        }
    }

    fn links(&self) -> Vec<Link> {
        let session = self.session.map(|id| Link::to("session", id));
        let activity = self.activity.map(|id| Link::to("activity", id));
        let circle = self.circle.map(|id| Link::to("circle", id));
        let faces = self.faces.iter().filter_map(|face| face.person).map(|id| Link::to("person", id));
        let readers = self.readers.iter().map(|id| Link::to("account", *id));
        session.into_iter().chain(activity).chain(circle).chain(faces).chain(readers).collect()
    }

    fn within(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = self.readers.iter().map(|id| id.0).collect();
        if self.access() != Access::Members {
            ids.push(TO_STAFF);
            ids.extend(self.session);
            ids.extend(self.activity.map(|id| id.0));
        }
        ids
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.kind.code().into(),
            self.day.to_string().into(),
            self.session.into(),
            self.activity.map(|id| id.0).into(),
            self.circle.into(),
            (self.published_on.is_some() && !meta.erased).into(),
            self.file.as_ref().map(|file| file.digest.clone()).into(),
            meta.made_by.into(),
        ];
        let face = |person: Id| IndexRow {
            table: &WORK_FACE,
            values: vec![meta.site.into(), person.into(), meta.id.into()],
        };
        let row = IndexRow { table: &WORK_ROW, values };
        std::iter::once(row).chain(self.persons().into_iter().map(face)).collect()
    }
}
