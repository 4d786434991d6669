//! The rows by which a person is found, counted and compared.

use kernel::{Column, IndexRow, Meta, TableDef, Val};

use super::state::Person;
use crate::duplicates::blocks;
use crate::stated;

use Column::{Int, Text};

/// One row per person: for lists and counts.
pub static PERSON_ROW: TableDef = TableDef::index(
    "person_row",
    &[
        ("site", Text),
        ("no", Int),
        ("person", Text),
        ("name", Text),
        ("sex", Text),
        ("birth_year", Int),
        ("birth_from", Text),
        ("birth_to", Text),
        ("merged", Int),
        ("erased", Int),
        ("made_by", Text),
        ("changed", Int),
    ],
    2,
);

/// Search keys (see [`names::keys`]).
pub static PERSON_KEY: TableDef =
    TableDef::index("person_key", &[("site", Text), ("class", Int), ("text", Text), ("no", Int)], 4);

/// Keys two of which are equal where two records may be one person.
pub static PERSON_BLOCK: TableDef =
    TableDef::index("person_block", &[("site", Text), ("text", Text), ("no", Int)], 3);

/// Duplicates, each with the record to keep; others have no row.
pub static PERSON_MERGED: TableDef =
    TableDef::index("person_merged", &[("site", Text), ("person", Text), ("into_person", Text)], 2);

/// The rows of one person.
pub(super) fn rows(person: &Person, meta: &Meta) -> Vec<IndexRow> {
    let site = || Val::from(meta.site);
    let range = person.birth.as_ref().map(stated::range);
    let values = vec![
        site(),
        meta.no.into(),
        meta.id.into(),
        person.shown().into(),
        person.sex.code().into(),
        person.birth_year.map(i64::from).into(),
        range.map(|(first, _)| first.to_string()).into(),
        range.map(|(_, last)| last.to_string()).into(),
        person.merged_into.is_some().into(),
        meta.erased.into(),
        meta.made_by.into(),
        meta.changed.as_microsecond().into(),
    ];
    let mut rows = vec![IndexRow { table: &PERSON_ROW, values }];
    if let Some(into) = person.merged_into {
        let values = vec![site(), meta.id.into(), into.0.into()];
        rows.push(IndexRow { table: &PERSON_MERGED, values });
    }
    if meta.erased {
        return rows;
    }
    rows.extend(names::keys(&person.forms(), &person.numbers()).into_iter().map(|key| {
        let values = vec![site(), (key.class as i64).into(), key.text.into(), meta.no.into()];
        IndexRow { table: &PERSON_KEY, values }
    }));
    if person.merged_into.is_none() {
        rows.extend(blocks::of_person(person).into_iter().map(|text| {
            let values = vec![site(), text.into(), meta.no.into()];
            IndexRow { table: &PERSON_BLOCK, values }
        }));
    }
    rows
}
