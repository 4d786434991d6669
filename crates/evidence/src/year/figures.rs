//! What a period comes to, in units that are never added up. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::Id;
use kernel::units::{Encounters, Households, Participations, People, Sessions};

use crate::rolled::{Level, band};
use crate::tables::Known;

/// What is counted of known people: sex, age band, home province; '' where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sort {
    /// `F` or `M`.
    pub sex: String,
    /// The age band on the last day.
    pub band: String,
    /// Two digits.
    pub province: String,
}

/// Distinct people, and how often they took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// Distinct people.
    pub people: People,
    /// How often they took part.
    pub participations: Participations,
}

impl Came {
    /// Adds others, who must be other people.
    pub fn add(&mut self, other: Self) {
        self.people = self.people + other.people;
        self.participations = self.participations + other.participations;
    }
}

/// A month of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Known people.
    pub known: Came,
    /// Participations nobody is known for.
    pub anonymous: Participations,
    /// Sessions with somebody on the roll.
    pub sessions: Sessions,
}

/// Everything that is counted of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Known people.
    pub people: BTreeMap<Sort, Came>,
    /// Known people by kind of activity and sex; one person may come to several kinds.
    pub kinds: BTreeMap<(String, String), Came>,
    /// Participations nobody is known for, by kind of activity, sex and age as seen.
    pub anonymous: BTreeMap<(String, String, String), Participations>,
    /// Sessions with somebody on the roll, by kind of activity.
    pub sessions: BTreeMap<String, Sessions>,
    /// Distinct households on rolls.
    pub households: Households,
    /// The same by kind of activity; one household may come to several kinds.
    pub families: BTreeMap<String, Households>,
    /// Visits, calls and talks.
    pub encounters: BTreeMap<String, Encounters>,
    /// By month; one person may come in several.
    pub months: BTreeMap<String, Month>,
}

impl Figures {
    /// All known people.
    pub fn known(&self) -> Came {
        let mut all = Came::default();
        self.people.values().for_each(|came| all.add(*came));
        all
    }

    /// All participations nobody is known for.
    pub fn nameless(&self) -> Participations {
        self.anonymous.values().copied().sum()
    }

    /// Everybody once per session.
    pub fn participations(&self) -> Participations {
        self.known().participations + self.nameless()
    }
}

/// A known person at a session.
pub struct Present {
    /// The session.
    pub session: Id,
    /// The day.
    pub day: Date,
    /// Kind of activity.
    pub kind: String,
    /// The record that stands for the person.
    pub person: Id,
}

/// A mark that names no person.
pub struct Unnamed {
    /// The session.
    pub session: Id,
    /// The day.
    pub day: Date,
    /// Kind of activity.
    pub kind: String,
    /// The household of a household's mark.
    pub household: Option<Id>,
    /// How many nobody is known for.
    pub count: Participations,
    /// As seen; '' where it was not.
    pub sex: String,
    /// `child`, `adult` or ''.
    pub age: String,
}

/// The figures of marks, counted one by one. `present` names nobody twice at one session; `last` is the day that ages are
/// counted on.
pub fn count(
    present: &[Present],
    unnamed: &[Unnamed],
    facts: &BTreeMap<Id, (Known, String)>,
    last: Date,
) -> Figures {
    let mut figures = Figures::default();
    let month_of = |day: Date| Level::Month.code(day.year(), day.month());
    let mut often: BTreeMap<Id, u64> = BTreeMap::new();
    let mut by_kind: BTreeMap<(&str, Id), u64> = BTreeMap::new();
    let mut by_month: BTreeMap<(String, Id), u64> = BTreeMap::new();
    let mut sessions: BTreeMap<Id, (&str, Date)> = BTreeMap::new();
    for mark in present {
        *often.entry(mark.person).or_default() += 1;
        *by_kind.entry((&mark.kind, mark.person)).or_default() += 1;
        *by_month.entry((month_of(mark.day), mark.person)).or_default() += 1;
        sessions.insert(mark.session, (&mark.kind, mark.day));
    }
    let came = |count: u64| Came { people: People(1), participations: Participations(count) };
    let nobody = (Known::default(), String::new());
    let sex =
        |person: &Id| facts.get(person).and_then(|facts| facts.0.sex).map(String::from).unwrap_or_default();
    for (person, count) in &often {
        let (known, province) = facts.get(person).unwrap_or(&nobody);
        let band = band(known.age(last)).to_owned();
        let sort = Sort { sex: sex(person), band, province: province.clone() };
        figures.people.entry(sort).or_default().add(came(*count));
    }
    for ((kind, person), count) in &by_kind {
        figures.kinds.entry(((*kind).to_owned(), sex(person))).or_default().add(came(*count));
    }
    for ((month, _), count) in &by_month {
        figures.months.entry(month.clone()).or_default().known.add(came(*count));
    }
    let mut households: BTreeSet<Id> = BTreeSet::new();
    let mut families: BTreeSet<(&str, Id)> = BTreeSet::new();
    for mark in unnamed {
        sessions.insert(mark.session, (&mark.kind, mark.day));
        households.extend(mark.household);
        families.extend(mark.household.map(|id| (mark.kind.as_str(), id)));
        if mark.count.0 > 0 {
            let key = (mark.kind.clone(), mark.sex.clone(), mark.age.clone());
            let slot = figures.anonymous.entry(key).or_default();
            *slot = *slot + mark.count;
            let month = figures.months.entry(month_of(mark.day)).or_default();
            month.anonymous = month.anonymous + mark.count;
        }
    }
    figures.households = Households(households.len() as u64);
    for (kind, _) in families {
        let slot = figures.families.entry(kind.to_owned()).or_default();
        *slot = *slot + Households(1);
    }
    for (kind, day) in sessions.values() {
        let slot = figures.sessions.entry((*kind).to_owned()).or_default();
        *slot = *slot + Sessions(1);
        let month = figures.months.entry(month_of(*day)).or_default();
        month.sessions = month.sessions + Sessions(1);
    }
    figures
}
