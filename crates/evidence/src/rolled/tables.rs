//! The tables of figures.

use kernel::Column::{Int, Text};
use kernel::TableDef;

/// The class of people in [`TAKEN_PART`] and [`COUNT_KIND`].
pub const PERSON: &str = "person";
/// The class of households there.
pub const HOUSEHOLD: &str = "household";

/// How often somebody took part in a year: a person (the record that stands for their duplicates), or a household that
/// was marked as one. `parts` are their [`super::Parts`]; sex, birth and province are what is known of them now.
pub static TAKEN_PART: TableDef = TableDef::index(
    "taken_part",
    &[
        ("site", Text),
        ("class", Text),
        ("unit", Text),
        ("year", Int),
        ("sex", Text),
        ("born_from", Text),
        ("born_to", Text),
        ("province", Text),
        ("parts", Text),
    ],
    4,
);

/// The marks of a session, and those of them nobody is known for, by what was seen.
pub static SESSION_PART: TableDef = TableDef::index(
    "session_part",
    &[("site", Text), ("session", Text), ("day", Text), ("kind", Text), ("marks", Int), ("nameless", Text)],
    2,
);

/// A mark as [`super::queries::MARKS`] gives it.
pub(super) static MARK: TableDef = TableDef::index(
    "participation_row",
    &[
        ("session", Text),
        ("kind", Text),
        ("household", Text),
        ("count", Int),
        ("claimed", Int),
        ("sex", Text),
        ("age", Text),
    ],
    1,
);

/// Distinct known people of a period, and how often they took part.
pub static COUNT_PEOPLE: TableDef = TableDef::index(
    "count_people",
    &[
        ("site", Text),
        ("period", Text),
        ("sex", Text),
        ("band", Text),
        ("province", Text),
        ("people", Int),
        ("participations", Int),
    ],
    5,
);

/// Distinct people and households of a period by kind of activity; households also of all kinds, under the kind ''.
pub static COUNT_KIND: TableDef = TableDef::index(
    "count_kind",
    &[
        ("site", Text),
        ("period", Text),
        ("class", Text),
        ("kind", Text),
        ("sex", Text),
        ("units", Int),
        ("participations", Int),
    ],
    5,
);

/// Sessions of a period with somebody on the roll, and participations nobody is known for.
pub static COUNT_SESSION: TableDef = TableDef::index(
    "count_session",
    &[
        ("site", Text),
        ("period", Text),
        ("kind", Text),
        ("sex", Text),
        ("age", Text),
        ("sessions", Int),
        ("participations", Int),
    ],
    5,
);

/// Encounters of a period.
pub static COUNT_ENCOUNTER: TableDef = TableDef::index(
    "count_encounter",
    &[("site", Text), ("period", Text), ("kind", Text), ("encounters", Int)],
    3,
);
