//! Date cells, through the `calendar` crate: birth, arrival, registration.

use calendar::{Context, Kind, Raw, Stated, parse};
use jiff::civil::Date;

use super::Work;
use super::numbers::Told;
use crate::book::Cell;
use crate::field::Field;
use crate::plain;
use crate::values::DateValue;

/// What was told of a row's dates, in full: lunar dates keep their wording, ages their day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Birth.
    pub birth: Option<Stated>,
    /// Arrival.
    pub arrival: Option<Stated>,
    /// Registration.
    pub registered: Option<Stated>,
}

impl Dates {
    /// The day on which the row was told: its registration if that is a day, else the sheet's.
    pub fn day_told(&self, as_of: Date) -> Date {
        match &self.registered {
            Some(Stated::Day { date }) => *date,
            Some(other) => other.latest().min(as_of),
            None => as_of,
        }
    }
}

/// Reads a date cell into the row.
pub fn cell(work: &mut Work, field: Field, cell: &Cell, as_of: Date, epoch_1904: bool) -> Told {
    let text = cell.shown();
    let raw = match cell {
        Cell::Number(number) => Raw::Number(*number),
        Cell::Date(date) => Raw::Date(*date),
        Cell::Text(text) => Raw::Text(text),
        _ => return Told::new(),
    };
    if field == Field::Arrival && says_born_here(&text) {
        work.values.born_here = true;
        return vec![("date_relative", Some("born here: arrival is the birth date".to_owned()))];
    }
    let kind = if field == Field::Birth { Kind::Birth } else { Kind::Event };
    let day = if field == Field::Registered { as_of } else { work.dates.day_told(as_of) };
    let parsed = parse(raw, &Context { epoch_1904, ..Context::new(kind, day) });
    let value = match &parsed.value {
        Some(Stated::Age { years, .. }) => Some(DateValue::Age { age: u32::from(*years) }),
        Some(Stated::NominalAge { years, .. }) => {
            Some(DateValue::AgeNominal { age_nominal: u32::from(*years) })
        }
        Some(Stated::AgeMonths { months, .. }) => {
            Some(DateValue::AgeMonths { age_months: u32::from(*months) })
        }
        _ => parsed.iso.map(DateValue::Iso),
    };
    match field {
        Field::Birth => (work.values.birth, work.dates.birth) = (value, parsed.value),
        Field::Arrival => (work.values.arrival, work.dates.arrival) = (value, parsed.value),
        _ => (work.values.registered, work.dates.registered) = (value, parsed.value),
    }
    parsed.issues.iter().map(|issue| (issue.code(), None)).collect()
}

/// 在本地出生, 本地生, born here.
fn says_born_here(text: &str) -> bool {
    let text = plain::folded(text);
    [
        "本地出生",
        "这里出生",
        "当地出生",
        "本地生",
        "在此出生",
        "在昆出生",
        "生在本地",
        "出生在本地",
        "bornhere",
        "bornlocally",
    ]
    .iter()
    .any(|word| text.contains(word))
        || text == "出生"
        || text == "出生就在"
}
