//! What the values of a column look like.

use std::collections::HashSet;

use super::{ColumnMap, Target, Why};
use crate::book::{Cell, Sheet};
use crate::field::Field;
use crate::layout::Layout;
use crate::plain;

/// Values of a column that are looked at.
const SAMPLE: usize = 200;

/// Shares of a column's filled cells that look like something.
struct Profile {
    filled: usize,
    id: f64,
    phone: f64,
    sex: f64,
    /// 0, 1, 2, 9: codes that a legend or the standard explains.
    code: f64,
    nation: f64,
    /// 2011, 2011年, 2023-2024, 2011-09: calendar years, which no grade is.
    year: f64,
    name: f64,
}

/// Gives columns without a known header a field if their values leave no doubt, and takes a field away that they deny.
pub fn guess(sheet: &Sheet, layout: &Layout, columns: &mut [ColumnMap]) {
    let rows: Vec<usize> = layout.data_rows().take(SAMPLE).collect();
    let profiles: Vec<Profile> = columns.iter().map(|map| profile(sheet, &rows, map.column)).collect();
    for (map, profile) in columns.iter_mut().zip(&profiles) {
        let enough =
            if map.target.as_ref().is_some_and(|target| target.field == Field::Grade) { 1 } else { 5 };
        if profile.filled >= enough
            && map.ticks().is_none()
            && map.target.as_ref().is_some_and(|target| denied(target.field, profile))
        {
            map.target = None;
            map.why = Why::Nothing;
        }
    }
    for at in 0..columns.len() {
        if columns[at].target.is_some() || columns[at].confidence > 0.0 || profiles[at].filled < 3 {
            continue;
        }
        let Some((field, share)) = looks_like(&profiles[at]) else { continue };
        let taken = columns.iter().any(|map| map.target.as_ref().is_some_and(|target| target.field == field));
        if !taken && at_home(field, columns) {
            columns[at].target = Some(Target { field, slot: 0, relation: None });
            columns[at].confidence = share * 0.7;
            columns[at].why = Why::Values;
        }
    }
}

/// Names and phones are only guessed in a table that has other signs of people.
fn at_home(field: Field, columns: &[ColumnMap]) -> bool {
    field != Field::Name
        || columns.iter().filter_map(|map| map.target.as_ref()).any(|target| {
            matches!(target.field, Field::Sex | Field::Birth | Field::Age | Field::IdNo | Field::Nation)
        })
}

fn denied(field: Field, profile: &Profile) -> bool {
    match field {
        Field::Sex => profile.sex < 0.2 && profile.code < 0.8,
        Field::Name => profile.id > 0.5 || profile.phone > 0.5 || profile.sex > 0.8,
        Field::Grade => profile.year > 0.5,
        Field::Phones | Field::GuardianPhones => profile.id > 0.5 || profile.sex > 0.8,
        _ => false,
    }
}

fn looks_like(profile: &Profile) -> Option<(Field, f64)> {
    [
        (Field::IdNo, profile.id),
        (Field::Phones, profile.phone),
        (Field::Sex, profile.sex),
        (Field::Nation, profile.nation),
        (Field::Name, profile.name),
    ]
    .into_iter()
    .find(|(_, share)| *share >= 0.7)
}

fn profile(sheet: &Sheet, rows: &[usize], column: usize) -> Profile {
    let texts: Vec<String> = rows
        .iter()
        .map(|row| sheet.cell(*row, column))
        .filter(|cell| !cell.is_blank() && !matches!(cell, Cell::Date(_) | Cell::Error(_)))
        .map(|cell| plain::folded(&cell.shown()))
        .filter(|text| !plain::is_nothing(text) && !plain::is_ditto(text))
        .collect();
    let share = |fits: &dyn Fn(&str) -> bool| {
        texts.iter().filter(|text| fits(text)).count() as f64 / texts.len().max(1) as f64
    };
    let distinct = texts.iter().collect::<HashSet<_>>().len() * 2 >= texts.len();
    Profile {
        filled: texts.len(),
        id: share(&|text| {
            matches!(text.len(), 15 | 18) && text.bytes().take(text.len() - 1).all(|b| b.is_ascii_digit())
        }),
        phone: share(&|text| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (digits.len() == 11 && digits.starts_with('1'))
                || (digits.len() == 13 && digits.starts_with("861"))
        }),
        sex: share(&|text| {
            matches!(text, "男" | "女" | "男性" | "女性" | "m" | "f" | "♀" | "♂" | "male" | "female")
        }),
        code: share(&|text| matches!(text, "0" | "1" | "2" | "9" | "①" | "②")),
        year: share(&|text| {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits == 4
                && matches!(&text[..2], "19" | "20")
                && text[4..].chars().all(|c| c.is_ascii_digit() || "-./~年月学度至".contains(c))
        }),
        nation: share(&|text| {
            text == "汉" || (text.ends_with('族') && (2..=5).contains(&text.chars().count()))
        }),
        // Names seldom repeat; words such as 农民 do, and begin like one.
        name: f64::from(u8::from(distinct))
            * share(&|text| {
                let chars: Vec<char> = text.chars().collect();
                (2..=4).contains(&chars.len())
                    && chars.iter().all(|c| plain::is_han(*c))
                    && names::surname::is_surname(chars[0])
            }),
    }
}
