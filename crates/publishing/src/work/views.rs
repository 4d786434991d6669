//! Works as pages show them.

use kernel::page::Named;
use kernel::{Actor, Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Access, Face, FileRef, Kind, Point, Work};

kernel::codes! {
    /// How somebody on a work stands to its being public.
    Standing:
    /// There is a consent to act on.
    Consented "consented" "已同意" "Consented";
    /// There is none.
    Lacking "lacking" "没有同意" "No consent";
    /// The child does not want it.
    Refused "refused" "孩子不愿意" "The child does not want it";
    /// It was taken back.
    Withdrawn "withdrawn" "同意已撤回" "Consent withdrawn";
    /// Its last day has passed.
    Expired "expired" "同意已到期" "Consent expired";
    /// Nobody knows who it is.
    #[default]
    Unknown "unknown" "还不知道是谁" "Not known who";
    /// Nobody could tell who it is.
    Unrecognisable "unrecognisable" "认不出" "Not recognisable";
}

impl Standing {
    /// Whether nothing stands against publishing.
    pub fn holds(self) -> bool {
        matches!(self, Self::Consented | Self::Unrecognisable)
    }
}

/// Somebody on a work.
#[derive(Clone, Serialize, JsonSchema)]
pub struct FaceView {
    /// The mark.
    pub id: Id,
    /// Where on the picture.
    pub at: Option<Point>,
    /// Who it is, as far as the reader may know.
    pub person: Option<Named>,
    /// What is known of somebody who is not on the register.
    pub words: String,
    /// How they stand to its being public.
    pub standing: Standing,
    /// The consent to cite.
    pub consent: Option<Id>,
}

/// A work.
#[derive(Clone, Serialize, JsonSchema)]
pub struct WorkView {
    /// The record.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// The day it was made.
    pub day: String,
    /// The session it shows.
    pub session: Option<Id>,
    /// The activity it shows.
    pub activity: Option<Id>,
    /// The circle it belongs to.
    pub circle: Option<Id>,
    /// Who may open it.
    pub access: Access,
    /// Whether it belongs to members, the reader among them or not.
    pub restricted: bool,
    /// Whether the reader may change it.
    pub own: bool,
    /// Who tells, sings, plays.
    pub teller: String,
    /// In which language or dialect.
    pub language: String,
    /// What it is about.
    pub about: String,
    /// Its file.
    pub file: Option<FileRef>,
    /// Who is on it.
    pub faces: Vec<FaceView>,
    /// Whether nothing stands against its being public.
    pub holds: bool,
    /// Since when it is published.
    pub published_on: Option<String>,
    /// When it was taken back.
    pub withdrawn_on: Option<String>,
    /// Why it was taken back.
    pub withdrawn_why: String,
    /// For edits.
    pub version: i64,
}

impl WorkView {
    /// A work as its reader sees it, with how everybody on it stands.
    pub fn of(held: &Held, actor: &Actor, stands: impl Fn(&Face) -> (Standing, Option<Id>)) -> Self {
        let work: Work = journal::state(held);
        let face = |face: &Face| {
            let (standing, consent) = stands(face);
            FaceView {
                id: face.id,
                at: face.at,
                person: face.person.map(|id| Named::unnamed(id.0)),
                words: face.words.clone(),
                standing,
                consent,
            }
        };
        let faces: Vec<FaceView> = work.faces.iter().map(face).collect();
        Self {
            id: held.meta.id,
            kind: work.kind,
            access: work.access(),
            restricted: !work.readers.is_empty(),
            own: work.guard(actor.account).is_ok(),
            holds: faces.iter().all(|face| face.standing.holds()),
            title: work.title,
            day: work.day.to_string(),
            session: work.session,
            activity: work.activity.map(|id| id.0),
            circle: work.circle,
            teller: work.teller,
            language: work.language,
            about: work.about,
            file: work.file,
            faces,
            published_on: work.published_on.map(|day| day.to_string()),
            withdrawn_on: work.withdrawn_on.map(|day| day.to_string()),
            withdrawn_why: work.withdrawn_why,
            version: held.meta.version,
        }
    }
}
