//! Activities as pages show them.

use jiff::civil::Date;
use kernel::{Id, Lang};
use schemars::JsonSchema;
use serde::Serialize;

use super::Plan;

/// A rule with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanView {
    /// The rule with its time of day.
    pub plan: Plan,
    /// In Chinese: 每周一至周五 16:30–18:00，到 2027-01-15.
    pub words_zh: String,
    /// In English.
    pub words_en: String,
    /// Until when its sessions are made today: its own end, or a bounded time ahead.
    pub made_until: String,
    /// Whether it goes on after that.
    pub goes_on: bool,
}

impl PlanView {
    /// A plan in words.
    pub fn of(plan: Plan, today: Date) -> Self {
        let horizon = plan.rule.horizon(today);
        let words = |lang: Lang| plan.rule.words(plan.time(), lang);
        let goes_on = match (plan.rule.until, plan.rule.count) {
            (Some(until), _) => until > horizon,
            (None, Some(_)) => plan.rule.all().last().is_some_and(|last| last > horizon),
            (None, None) => true,
        };
        Self {
            words_zh: words(Lang::Zh),
            words_en: words(Lang::En),
            made_until: horizon.to_string(),
            goes_on,
            plan,
        }
    }
}

/// An activity on a list and at the head of its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActivityCard {
    /// The activity.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// The code of its kind.
    pub kind: String,
    /// What it is about.
    pub words: String,
    /// A division's code or the id of a place.
    pub place: Option<String>,
    /// Where it is held.
    pub place_text: String,
    /// How many people fit.
    pub capacity: Option<u32>,
    /// The most children for each adult of a trip or camp.
    pub children_per_adult: Option<u32>,
    /// The accounts in charge.
    pub staff: Vec<Id>,
    /// The volunteers' accounts.
    pub volunteers: Vec<Id>,
    /// Whether it stands on the public page.
    pub public: bool,
    /// By which rules it is held.
    pub plans: Vec<PlanView>,
    /// How many sessions it has.
    pub sessions: u64,
    /// The day of the latest session.
    pub last_day: Option<String>,
    /// For edits.
    pub version: i64,
}
