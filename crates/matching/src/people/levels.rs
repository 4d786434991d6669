//! How two records agree, field by field.

use jiff::civil::Date;
use names::NameAgreement;

use super::candidate::{Candidate, Sex};

/// How two birth dates agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Birth {
    /// The same day.
    Day,
    /// The same month, the day unknown on one side.
    Month,
    /// Possible: years or ages that fit.
    Fits,
    /// Ages a year apart, as they are told.
    YearApart,
    /// Days that are one slip apart: day and month swapped, one digit wrong.
    Slip,
    /// A few weeks apart, as a lunar date written as a civil one.
    WeeksApart,
    /// Not the same.
    Different,
}

/// How two identity numbers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IdNumber {
    Same,
    Slip,
    Different,
}

/// How two home places agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    County,
    City,
    Province,
    Different,
}

/// How two addresses agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Address {
    Same,
    SameVague,
    Different,
}

/// How the others of two households agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Members {
    /// One of the two is named among the other's housemates: they are two people.
    EachOther,
    /// At least two names in common.
    Several,
    One,
    None,
}

/// How two records agree; nothing where a side is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    pub(super) name: Option<NameAgreement>,
    pub(super) birth: Option<Birth>,
    pub(super) sex: Option<bool>,
    pub(super) id_number: Option<IdNumber>,
    pub(super) phone: Option<bool>,
    pub(super) home: Option<Home>,
    pub(super) address: Option<Address>,
    pub(super) household: Option<bool>,
    pub(super) members: Option<Members>,
}

impl Levels {
    /// Compares two records; their order makes no difference.
    pub fn of(a: &Candidate, b: &Candidate) -> Self {
        Self {
            name: name(a, b),
            birth: a.birth.zip(b.birth).map(|(a, b)| birth(a, b)),
            sex: (a.sex != Sex::U && b.sex != Sex::U).then_some(a.sex == b.sex),
            id_number: id_number(a, b),
            phone: (!a.phones.is_empty() && !b.phones.is_empty()).then(|| common(&a.phones, &b.phones) > 0),
            home: home(a.home, b.home),
            address: a.address.zip(b.address).map(|(a, b)| match a.0 == b.0 {
                true if a.1 => Address::Same,
                true => Address::SameVague,
                false => Address::Different,
            }),
            // Numbers of a register and of a sheet to be imported are the same where it is the same list: that says
            // nothing about who is who. Within one list a second entry for a person is seldom in the same household.
            household: a
                .household
                .zip(b.household)
                .filter(|_| a.id.is_some() == b.id.is_some())
                .map(|(a, b)| a == b),
            members: members(a, b),
        }
    }
}

fn name(a: &Candidate, b: &Candidate) -> Option<NameAgreement> {
    let all = a.names.iter().flat_map(|x| b.names.iter().map(move |y| x.compare(y)));
    all.filter(|level| *level != NameAgreement::Unknown).min()
}

/// Days that a date told as a lunar one can lie before the civil one of the same numbers.
const LUNAR: std::ops::RangeInclusive<i32> = 17..=52;

/// Compares two ranges of possible birth days.
pub(super) fn birth(a: (Date, Date), b: (Date, Date)) -> Birth {
    let exact = |range: (Date, Date)| range.0 == range.1;
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    if a.0 <= b.1 && b.0 <= a.1 {
        let widest = days(a.0, a.1).max(days(b.0, b.1));
        return match widest {
            0 => Birth::Day,
            1..=31 => Birth::Month,
            _ => Birth::Fits,
        };
    }
    if exact(a) && exact(b) {
        let gap = days(a.0, b.0).abs();
        return if slip(a.0, b.0) {
            Birth::Slip
        } else if LUNAR.contains(&gap) {
            Birth::WeeksApart
        } else {
            Birth::Different
        };
    }
    let gap = if a.1 < b.0 { days(a.1, b.0) } else { days(b.1, a.0) };
    let vague = days(a.0, a.1).max(days(b.0, b.1)) > 31;
    match gap {
        ..=366 if vague => Birth::YearApart,
        ..=52 => Birth::WeeksApart,
        _ => Birth::Different,
    }
}

fn slip(a: Date, b: Date) -> bool {
    if a.year() == b.year() && i16::from(a.month()) == i16::from(b.day()) && a.day() == b.month() {
        return true;
    }
    let digits = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    digits(a).bytes().zip(digits(b).bytes()).filter(|(x, y)| x != y).count() == 1
}

fn id_number(a: &Candidate, b: &Candidate) -> Option<IdNumber> {
    let (one, two) = (a.id_number.as_ref()?, b.id_number.as_ref()?);
    let apart: Vec<usize> =
        (0..one.len()).filter(|at| one.as_bytes().get(*at) != two.as_bytes().get(*at)).collect();
    let at = |text: &str, place: usize| text.as_bytes().get(place).copied();
    let swapped = matches!(apart[..], [first, next] if next == first + 1
        && at(one, first) == at(two, next) && at(one, next) == at(two, first));
    match apart.len() {
        0 if a.id_sound => Some(IdNumber::Same),
        0 | 1 => Some(IdNumber::Slip),
        _ if swapped => Some(IdNumber::Slip),
        _ => (a.id_sound && b.id_sound).then_some(IdNumber::Different),
    }
}

fn home(a: [u32; 3], b: [u32; 3]) -> Option<Home> {
    if a[0] == 0 || b[0] == 0 {
        return None;
    }
    let known = |at: usize| a[at] != 0 && b[at] != 0;
    if a[0] != b[0] || known(1) && a[1] != b[1] {
        let level = if a[0] == b[0] { Home::Province } else { Home::Different };
        return Some(level);
    }
    if known(2) {
        return Some(if a[2] == b[2] { Home::County } else { Home::Province });
    }
    // Nothing deeper is known on one side: a city in common says something, a province does not.
    known(1).then_some(Home::City)
}

fn members(a: &Candidate, b: &Candidate) -> Option<Members> {
    if a.members.is_empty() || b.members.is_empty() {
        return None;
    }
    let own = |names: &[u64], others: &[u64], own: &[u64]| {
        names.iter().any(|name| others.binary_search(name).is_ok() && own.binary_search(name).is_err())
    };
    if own(&a.name_hashes, &b.members, &b.name_hashes) || own(&b.name_hashes, &a.members, &a.name_hashes) {
        return Some(Members::EachOther);
    }
    Some(match common(&a.members, &b.members) {
        0 => Members::None,
        1 => Members::One,
        _ => Members::Several,
    })
}

/// How many numbers two sorted lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}
