//! What a row of who took part, of a session or of an encounter adds to the figures of its periods. Pure.

use jiff::civil::Date;
use kernel::rollup::difference;
use kernel::{Cells, Sum, Val};

use super::parts::packed;
use super::period::{Level, codes};
use super::session::Nameless;
use super::tables::{COUNT_ENCOUNTER, COUNT_KIND, COUNT_PEOPLE, COUNT_SESSION, HOUSEHOLD, PERSON};
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

/// How often somebody took part, before and now.
type Often = (i64, i64);

/// How often, by month and kind; one entry for each.
type ByKind<'a> = Vec<(i8, &'a str, Often)>;

/// A row of who took part, and how often by month and kind before and now.
struct Taken<'a> {
    row: Cells<'a>,
    year: i16,
    often: ByKind<'a>,
}

/// Adds to an entry, or makes it. There are few, and most are looked for where the last was.
fn count<'a>(all: &mut ByKind<'a>, (month, kind): (i8, &'a str), (was, is): Often) {
    match all.iter_mut().rev().find(|entry| (entry.0, entry.1) == (month, kind)) {
        Some((.., often)) => *often = (often.0 + was, often.1 + is),
        None => all.push((month, kind, (was, is))),
    }
}

impl<'a> Taken<'a> {
    /// What is to be counted: one row where a person is counted by what they were counted by before, else two.
    fn of(before: Option<Cells<'a>>, after: Option<Cells<'a>>) -> Vec<Self> {
        let by = ["sex", "born_from", "born_to", "province"];
        match (before, after) {
            (Some(was), Some(is)) if by.iter().any(|name| was.get(name) != is.get(name)) => {
                vec![Self::new(was, Some(was), None), Self::new(is, None, Some(is))]
            }
            (_, Some(row)) | (Some(row), None) => vec![Self::new(row, before, after)],
            (None, None) => Vec::new(),
        }
    }

    fn new(row: Cells<'a>, before: Option<Cells<'a>>, after: Option<Cells<'a>>) -> Self {
        let mut often = ByKind::new();
        let parts =
            |row: Option<Cells<'a>>| packed(row.and_then(|row| row.text("parts")).unwrap_or_default());
        for (month, kind, number) in parts(before) {
            often.push((month, kind, (number, 0)));
        }
        for (month, kind, number) in parts(after) {
            count(&mut often, (month, kind), (0, number));
        }
        Self { row, year: i16::try_from(row.int("year")).unwrap_or_default(), often }
    }

    /// Adds up the months of each period, by what `by` makes of a kind, and tells the periods that have changed: whether
    /// somebody is one more or one less there, and how often more.
    fn changed(&self, by: impl Fn(&'a str) -> &'a str, mut tell: impl FnMut(Level, i8, &'a str, Often)) {
        let mut sums = ByKind::new();
        for level in Level::ALL {
            sums.clear();
            for (month, kind, often) in &self.often {
                count(&mut sums, (level.first(*month), by(kind)), *often);
            }
            for (month, kind, (was, is)) in sums.iter().filter(|(.., (was, is))| was != is) {
                tell(level, *month, kind, (i64::from(*is > 0) - i64::from(*was > 0), is - was));
            }
        }
    }
}

fn people(before: Option<Cells<'_>>, after: Option<Cells<'_>>) -> Vec<Vec<Val>> {
    let mut rows = Vec::new();
    for taken in Taken::of(before, after) {
        let Taken { row, year, .. } = taken;
        if row.text("class") != Some(PERSON) {
            continue;
        }
        let known = known(row);
        taken.changed(
            |_| "",
            |level, month, _, (more, often)| {
                rows.push(vec![
                    row.get("site").clone(),
                    level.code(year, month).into(),
                    row.get("sex").clone(),
                    band(known.age(level.last(year, month))).into(),
                    row.get("province").clone(),
                    more.into(),
                    often.into(),
                ]);
            },
        );
    }
    rows
}

fn kinds(before: Option<Cells<'_>>, after: Option<Cells<'_>>) -> Vec<Vec<Val>> {
    let mut rows = Vec::new();
    for taken in Taken::of(before, after) {
        let Taken { row, year, .. } = taken;
        let class = row.text("class").unwrap_or_default();
        let mut count = |level: Level, month, kind: &str, (more, often): Often| {
            rows.push(vec![
                row.get("site").clone(),
                level.code(year, month).into(),
                class.into(),
                kind.into(),
                row.get("sex").clone(),
                more.into(),
                often.into(),
            ]);
        };
        taken.changed(|kind| kind, &mut count);
        if class == HOUSEHOLD {
            taken.changed(|_| "", &mut count);
        }
    }
    rows
}

fn sessions(before: Option<Cells<'_>>, after: Option<Cells<'_>>) -> Vec<Vec<Val>> {
    difference(COUNT_SESSION.key, before, after, session)
}

fn session(row: Cells<'_>) -> Vec<Vec<Val>> {
    let Some(day) = row.text("day").and_then(|day| day.parse::<Date>().ok()) else { return Vec::new() };
    let nameless = Nameless::read(row.text("nameless").unwrap_or_default());
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

fn encounters(before: Option<Cells<'_>>, after: Option<Cells<'_>>) -> Vec<Vec<Val>> {
    difference(COUNT_ENCOUNTER.key, before, after, encounter)
}

fn encounter(row: Cells<'_>) -> Vec<Vec<Val>> {
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
