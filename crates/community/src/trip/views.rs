//! A day of a trip or camp as pages show it.

use kernel::consent::Purpose;
use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::state::{Stage, TripDay};
use crate::session::views::SessionCard;

/// A day that was opened.
#[derive(Clone, Serialize, JsonSchema)]
pub struct TripDayView {
    /// The record.
    pub id: Id,
    /// Where it stands.
    pub stage: Stage,
    /// The most children for each adult.
    pub children_per_adult: u32,
    /// The accounts that lead it.
    pub leaders: Vec<Id>,
    /// Other adults.
    pub adults: Vec<String>,
    /// What happened.
    pub log: String,
    /// For edits.
    pub version: i64,
}

impl TripDayView {
    /// As whoever may read the list reads it.
    pub fn of(held: &Held) -> Self {
        let day: TripDay = journal::state(held);
        Self {
            id: held.meta.id,
            stage: day.stage,
            children_per_adult: day.children_per_adult,
            leaders: day.leaders.iter().map(|id| id.0).collect(),
            adults: day.adults,
            log: day.log,
            version: held.meta.version,
        }
    }
}

/// Whom to call about a child.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Guardian {
    /// Who, in words.
    pub name: String,
    /// What they are to the child: a code of a tie; nothing where it was said in words.
    pub kind: String,
    /// The phone.
    pub phone: String,
}

/// A child on the list of a day.
#[derive(Clone, Serialize, JsonSchema)]
pub struct TripChild {
    /// The child.
    pub child: Named,
    /// Whom to call, the first first.
    pub guardians: Vec<Guardian>,
    /// Allergies, medicine.
    pub health: String,
    /// The consent that is in force on the day.
    pub consent: Option<Id>,
    /// It signed up for the day, or was along the day before.
    pub expected: bool,
    /// It left before the end.
    pub gone: bool,
    /// It was counted back.
    pub back: bool,
}

/// A day of a trip or camp: what it needs before it is opened, and its list.
#[derive(Clone, Serialize, JsonSchema)]
pub struct TripPage {
    /// The session.
    pub session: SessionCard,
    /// What the consents must be for.
    pub purpose: Purpose,
    /// The most children for each adult, where the centre has set it for the activity.
    pub children_per_adult: Option<u32>,
    /// The day, where it was opened.
    pub day: Option<TripDayView>,
    /// The children, by name.
    pub children: Vec<TripChild>,
    /// How many children signed up without a name.
    pub unnamed: u32,
    /// The reader's device lets go of this after that day.
    pub keep_until: String,
}

/// A day that somebody leads.
#[derive(Clone, Serialize, JsonSchema)]
pub struct LedDay {
    /// The session.
    pub session: Id,
    /// What the activity is called.
    pub title: String,
    /// The day.
    pub day: String,
    /// How many children are along.
    pub children: usize,
}
