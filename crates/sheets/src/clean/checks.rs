//! Whether a row agrees with itself and with the rows of its household.

use std::collections::HashMap;

use jiff::civil::Date;
use names::idno::IdSex;

use super::Work;
use crate::field::Field;
use crate::mapping::Mapping;
use crate::values::DateValue;

/// Years by which a stated age may differ: birthdays, and ages counted the old way.
const AGE_SLACK: i32 = 1;

/// Years of birth between two people of one number that make them two people, not one registered twice.
const FAR_APART: i16 = 5;

/// Checks of one row. Gives what the identity number adds where nothing contradicts it.
pub fn row(work: &mut Work, mapping: &Mapping, as_of: Date) -> Option<(Date, &'static str)> {
    if mapping.column(Field::Name).is_some() && work.values.name.is_none() && !work.has("name_missing") {
        let named = work.issues.iter().any(|issue| issue.field == "name" && issue.code != "name_spaces");
        if !named && let Some(column) = mapping.column(Field::Name) {
            work.tell(column, "name", "name_missing", None);
        }
    }
    let facts = work.id.clone();
    let mut agrees = true;
    if let Some(facts) = &facts {
        if let Some(column) = mapping.column(Field::Birth).or_else(|| mapping.column(Field::Age)) {
            agrees = birth(work, column, facts.birth, as_of);
        }
        let sex = if facts.sex == IdSex::Female { "F" } else { "M" };
        if let Some(column) = mapping.column(Field::Sex)
            && work.values.sex.as_deref().is_some_and(|stated| stated != sex)
        {
            work.tell(
                column,
                "sex",
                "id_sex_mismatch",
                Some("17th digit of the ID says otherwise".to_owned()),
            );
        }
    }
    let derived = facts.filter(|_| agrees).map(|f| (f.birth, if f.sex == IdSex::Female { "F" } else { "M" }));
    if let Some(column) = mapping.column(Field::Arrival) {
        arrival(work, column, derived.map(|(birth, _)| birth));
    }
    derived
}

/// Compares the stated birth or age with the identity number's.
fn birth(work: &mut Work, column: usize, by_id: Date, as_of: Date) -> bool {
    let day = work.dates.day_told(as_of);
    let (code, note) = match &work.values.birth {
        Some(DateValue::Iso(iso)) => {
            if by_id.to_string().starts_with(iso.as_str()) {
                return true;
            }
            ("id_birth_mismatch", format!("ID says {by_id}"))
        }
        Some(DateValue::Age { age }) => return age_fits(work, column, *age, 0, by_id, day),
        Some(DateValue::AgeNominal { age_nominal }) => {
            return age_fits(work, column, *age_nominal, 1, by_id, day);
        }
        Some(DateValue::AgeMonths { age_months }) => {
            return age_fits(work, column, age_months / 12, 0, by_id, day);
        }
        None => match work.values.age {
            Some(age) => return age_fits(work, column, age, 0, by_id, day),
            None => return true,
        },
    };
    work.tell(column, "birth", code, Some(note));
    false
}

fn age_fits(work: &mut Work, column: usize, age: u32, ahead: i32, by_id: Date, day: Date) -> bool {
    let before_birthday = (day.month(), day.day()) < (by_id.month(), by_id.day());
    let years = i32::from(day.year() - by_id.year()) - i32::from(before_birthday);
    if (age as i32 - ahead - years).abs() <= AGE_SLACK {
        return true;
    }
    let field = if work.values.birth.is_some() { "birth" } else { "age" };
    work.tell(column, field, "age_mismatch", Some(format!("ID gives {years}")));
    false
}

/// An arrival that ends before the birth can have begun.
fn arrival(work: &mut Work, column: usize, by_id: Option<Date>) {
    let Some(DateValue::Iso(arrival)) = &work.values.arrival else { return };
    let birth = match &work.values.birth {
        Some(DateValue::Iso(iso)) => Some(iso.clone()),
        _ => by_id.map(|date| date.to_string()),
    };
    let Some(birth) = birth else { return };
    // ISO texts compare as dates do, cut to the shorter of the two.
    let length = arrival.len().min(birth.len());
    let early = match (arrival.get(..length), birth.get(..length)) {
        (Some(arrival), Some(birth)) => arrival < birth,
        _ => false,
    };
    if early {
        work.tell(column, "arrival", "arrival_before_birth", None);
    }
}

/// Identity numbers seen so far: household, and year of birth as stated.
#[derive(Default)]
pub struct Seen {
    ids: HashMap<String, (Option<usize>, Option<i16>)>,
}

impl Seen {
    /// Flags a number that another person has: one of the same household, or one born years apart.
    pub fn shared(&mut self, work: &mut Work, mapping: &Mapping, block: Option<usize>) {
        let (Some(number), Some(column)) = (&work.values.id_no, mapping.column(Field::IdNo)) else { return };
        let year = match &work.values.birth {
            Some(DateValue::Iso(iso)) => iso.get(..4).and_then(|year| year.parse().ok()),
            _ => None,
        };
        let Some((first_block, first_year)) = self.ids.get(number).copied() else {
            self.ids.insert(number.clone(), (block, year));
            return;
        };
        let apart = matches!((first_year, year), (Some(a), Some(b)) if (a - b).abs() >= FAR_APART);
        if apart || (block.is_some() && block == first_block) {
            let note = "same number as another person".to_owned();
            work.tell(column, "id_no", "id_shared", Some(note));
        }
    }
}
