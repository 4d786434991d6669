//! What has to be done so that the sessions fit the rules. Pure.

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::civil::Date;
use kernel::{ActivityId, Id};

use crate::session::{Session, Status, When};

/// A day of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The day.
    pub slot: Date,
    /// When it is to be held.
    pub when: When,
}

/// A session of the activity, withdrawn ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a reason of its own to let it be")]
pub struct Existing {
    /// The session.
    pub id: Id,
    /// The day of a rule for which it stands.
    pub slot: Option<Date>,
    /// When it is held.
    pub when: When,
    /// It was moved by itself.
    pub apart: bool,
    /// Whether it is held.
    pub status: Status,
    /// Somebody signed up or is marked.
    pub used: bool,
    /// It is withdrawn.
    pub retracted: bool,
    /// It was withdrawn before the rule was last changed: the rule may bring it back.
    pub may_return: bool,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make a session.
    Create {
        /// The session.
        id: Id,
        /// The day of the rule, and when it is held.
        wanted: Wanted,
    },
    /// Bring a withdrawn session back.
    Restore {
        /// The session.
        id: Id,
    },
    /// Hold it at another time.
    Move {
        /// The session.
        id: Id,
        /// The day of the rule, and when it is held now.
        wanted: Wanted,
    },
    /// Cancel it, because somebody signed up.
    Cancel {
        /// The session.
        id: Id,
    },
    /// Withdraw it.
    Retract {
        /// The session.
        id: Id,
    },
}

/// The week that a day is in, by its Monday.
fn week(day: Date) -> Option<Date> {
    day.checked_sub(jiff::Span::new().days(i64::from(day.weekday().to_monday_zero_offset()))).ok()
}

/// The steps, in an order in which they can be done. Nothing before `today` is touched, but days of the past are made:
/// a term that began is entered whole.
pub fn steps(activity: ActivityId, wanted: &[Wanted], existing: &[Existing], today: Date) -> Vec<Step> {
    let live = || existing.iter().filter(|session| !session.retracted);
    let by_slot: HashMap<Date, &Existing> =
        live().filter_map(|session| Some((session.slot?, session))).collect();
    let slots: HashSet<Date> = wanted.iter().map(|wanted| wanted.slot).collect();
    let follows =
        |session: &Existing| !session.apart && session.status == Status::Planned && session.when.day >= today;
    let mut done = Vec::new();
    let mut new: Vec<&Wanted> = Vec::new();
    for wanted in wanted {
        match by_slot.get(&wanted.slot) {
            Some(session) if follows(session) && session.when != wanted.when => {
                done.push(Step::Move { id: session.id, wanted: wanted.clone() });
            }
            Some(_) => {}
            None => new.push(wanted),
        }
    }
    let mut left: Vec<&Existing> = live()
        .filter(|session| session.slot.is_some_and(|slot| slot >= today && !slots.contains(&slot)))
        .filter(|session| follows(session))
        .collect();
    left.sort_by_key(|session| (session.slot, session.id));
    let mut spare: HashMap<Option<Date>, VecDeque<&Existing>> = HashMap::new();
    for session in left {
        spare.entry(session.slot.and_then(week)).or_default().push_back(session);
    }
    let ids: HashMap<Id, &Existing> = existing.iter().map(|session| (session.id, session)).collect();
    for wanted in new {
        // Of the same week: the session moves rather than being cancelled and made anew.
        let same = if wanted.slot < today { None } else { spare.get_mut(&week(wanted.slot)) };
        match same.and_then(VecDeque::pop_front) {
            Some(session) => done.push(Step::Move { id: session.id, wanted: wanted.clone() }),
            None => done.extend(make(activity, wanted, &ids)),
        }
    }
    let mut gone: Vec<&Existing> = spare.into_values().flatten().collect();
    gone.sort_by_key(|session| (session.slot, session.id));
    done.extend(gone.into_iter().map(|session| {
        let id = session.id;
        if session.used { Step::Cancel { id } } else { Step::Retract { id } }
    }));
    done
}

/// A session for a day: under the id that follows from it, or back from where it was withdrawn, or, where another
/// session moved away with that id, under the next one.
fn make(activity: ActivityId, wanted: &Wanted, ids: &HashMap<Id, &Existing>) -> Vec<Step> {
    let first = Session::id_of(activity, wanted.slot);
    match ids.get(&first) {
        None => vec![Step::Create { id: first, wanted: wanted.clone() }],
        Some(session) if session.retracted && session.may_return => {
            let mut steps = vec![Step::Restore { id: first }];
            if session.when != wanted.when || session.slot != Some(wanted.slot) {
                steps.push(Step::Move { id: first, wanted: wanted.clone() });
            }
            steps
        }
        // Withdrawn by somebody's own hand: it stays away.
        Some(session) if session.retracted => Vec::new(),
        Some(_) => {
            let next = first.derive("again");
            if ids.contains_key(&next) {
                Vec::new()
            } else {
                vec![Step::Create { id: next, wanted: wanted.clone() }]
            }
        }
    }
}
