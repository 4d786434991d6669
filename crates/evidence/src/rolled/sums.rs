//! What a row of who took part, of a session or of an encounter adds to the figures of its periods. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Cells, Sum, Val};

use super::period::{Level, codes};
use super::tables::{COUNT_ENCOUNTER, COUNT_KIND, COUNT_PEOPLE, COUNT_SESSION, HOUSEHOLD, PERSON};
use super::{Parts, session};
use crate::tables::{Known, born};

/// All sums.
pub(super) static SUMS: [Sum; 4] = [
    Sum { table: &COUNT_PEOPLE, of: "taken_part", fold: people },
    Sum { table: &COUNT_KIND, of: "taken_part", fold: kinds },
    Sum { table: &COUNT_SESSION, of: "session_part", fold: sessions },
    Sum { table: &COUNT_ENCOUNTER, of: "encounter_row", fold: encounters },
];

/// Age bands: code, first and last year of age. Who has no age is in the band ''.
pub const BANDS: [(&str, u8, u8); 5] =
    [("0-5", 0, 5), ("6-11", 6, 11), ("12-17", 12, 17), ("18-59", 18, 59), ("60+", 60, u8::MAX)];

/// The code of the band of an age; '' where it is not known.
pub fn band(age: Option<u8>) -> &'static str {
    let of = |age| BANDS.iter().find(|band| (band.1..=band.2).contains(&age)).map(|band| band.0);
    age.and_then(of).unwrap_or_default()
}

/// What is known of the person of a row.
fn known(row: Cells<'_>) -> Known {
    let text = |name| row.text(name).filter(|text| !text.is_empty());
    Known {
        sex: text("sex").and_then(|sex| sex.chars().next()),
        born: born(text("born_from"), text("born_to"), None),
    }
}

/// The periods of a row in which they took part: level, code, last day.
fn periods(row: Cells<'_>) -> (i16, Parts) {
    (i16::try_from(row.int("year")).unwrap_or_default(), Parts::read(row.text("parts").unwrap_or_default()))
}

fn people(row: Cells<'_>) -> Vec<Vec<Val>> {
    if row.text("class") != Some(PERSON) {
        return Vec::new();
    }
    let (year, parts) = periods(row);
    let known = known(row);
    let mut rows = Vec::new();
    for level in Level::ALL {
        let mut numbers: BTreeMap<i8, i64> = BTreeMap::new();
        for (month, _, number) in parts.each() {
            *numbers.entry((month - 1) / level.months() * level.months() + 1).or_default() += number;
        }
        for (month, number) in numbers {
            rows.push(vec![
                row.get("site").clone(),
                level.code(year, month).into(),
                row.get("sex").clone(),
                band(known.age(level.last(year, month))).into(),
                row.get("province").clone(),
                Val::Int(1),
                number.into(),
            ]);
        }
    }
    rows
}

fn kinds(row: Cells<'_>) -> Vec<Vec<Val>> {
    let (year, parts) = periods(row);
    let class = row.text("class").unwrap_or_default();
    let mut rows = Vec::new();
    for level in Level::ALL {
        let mut numbers: BTreeMap<(i8, &str), i64> = BTreeMap::new();
        for (month, kind, number) in parts.each() {
            let first = (month - 1) / level.months() * level.months() + 1;
            *numbers.entry((first, kind)).or_default() += number;
            if class == HOUSEHOLD {
                *numbers.entry((first, "")).or_default() += number;
            }
        }
        for ((month, kind), number) in numbers {
            rows.push(vec![
                row.get("site").clone(),
                level.code(year, month).into(),
                class.into(),
                kind.into(),
                row.get("sex").clone(),
                Val::Int(1),
                number.into(),
            ]);
        }
    }
    rows
}

fn sessions(row: Cells<'_>) -> Vec<Vec<Val>> {
    let Some(day) = row.text("day").and_then(|day| day.parse::<Date>().ok()) else { return Vec::new() };
    let nameless = session::Nameless::read(row.text("nameless").unwrap_or_default());
    let of = |period: &str, sex: &str, age: &str, sessions: i64, number: i64| {
        vec![
            row.get("site").clone(),
            period.into(),
            row.get("kind").clone(),
            sex.into(),
            age.into(),
            sessions.into(),
            number.into(),
        ]
    };
    let mut rows = Vec::new();
    for period in codes(day) {
        rows.push(of(&period, "", "", 1, 0));
        rows.extend(nameless.each().map(|(sex, age, number)| of(&period, sex, age, 0, number)));
    }
    rows
}

fn encounters(row: Cells<'_>) -> Vec<Vec<Val>> {
    let Some(day) = row.text("day").and_then(|day| day.parse::<Date>().ok()) else { return Vec::new() };
    let of =
        |period: String| vec![row.get("site").clone(), period.into(), row.get("kind").clone(), Val::Int(1)];
    codes(day).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::band;

    #[test]
    fn bands_of_age() {
        let bands: Vec<&str> =
            [None, Some(0), Some(5), Some(6), Some(17), Some(18), Some(60), Some(120)].map(band).to_vec();
        assert_eq!(bands, ["", "0-5", "0-5", "6-11", "12-17", "18-59", "60+", "60+"]);
    }
}
