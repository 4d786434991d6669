//! The rows by which encounters are found and counted.

use kernel::{Column, TableDef};

use Column::{Int, Text};

/// Encounters by day, by household, by place, and by when somebody should look in again.
pub static ENCOUNTER_ROW: TableDef = TableDef::index(
    "encounter_row",
    &[
        ("site", Text),
        ("encounter", Text),
        ("day", Text),
        ("kind", Text),
        ("minutes", Int),
        ("household", Text),
        ("worker", Text),
        ("made_by", Text),
        ("no", Int),
        ("place", Text),
        ("follow_up", Text),
        ("outcome", Text),
    ],
    2,
);

/// Who was met, and how: the kind of the encounter, or `tried` where they were not met.
pub static ENCOUNTER_PERSON: TableDef = TableDef::index(
    "encounter_person",
    &[("site", Text), ("person", Text), ("encounter", Text), ("day", Text), ("kind", Text)],
    3,
);

/// Who took part for the centre: accounts, and people of the register as volunteers.
pub static ENCOUNTER_TEAM: TableDef = TableDef::index(
    "encounter_team",
    &[("site", Text), ("who", Text), ("encounter", Text), ("kind", Text), ("day", Text)],
    3,
);
