//! The journal's own tables and their migrations.

use kernel::{Column, Migration, TableClass, TableDef};

use Column::{Blob, Int, Text};

/// Every command that was stored, hash-chained per site.
pub static JOURNAL: TableDef = TableDef {
    name: "journal",
    columns: &[
        ("site", Text),
        ("pos", Int),
        ("command", Text),
        ("at", Int),
        ("stored", Int),
        ("actor", Text),
        ("device", Text),
        ("verb", Text),
        ("noun", Text),
        ("record", Text),
        ("subject", Text),
        ("version", Int),
        ("bundle", Text),
        ("outcome", Int),
        ("events", Text),
        ("sealed", Blob),
        ("digest", Blob),
        ("hash", Blob),
    ],
    key: 2,
    class: TableClass::Source,
};

/// Subjects' data keys, wrapped by the node key; no key is left once the subject was erased.
pub static SUBJECT_KEY: TableDef = TableDef {
    name: "subject_key",
    columns: &[("site", Text), ("subject", Text), ("wrapped", Blob)],
    key: 2,
    class: TableClass::Source,
};

/// How far a site's journal goes.
pub static SITE_HEAD: TableDef = TableDef {
    name: "site_head",
    columns: &[("site", Text), ("pos", Int), ("hash", Blob)],
    key: 1,
    class: TableClass::Source,
};

/// Facts about the node: its key's fingerprint.
pub static NODE_FACT: TableDef = TableDef {
    name: "node_fact",
    columns: &[("name", Text), ("value", Text)],
    key: 1,
    class: TableClass::Operational,
};

/// Current state of every record: plain fields readable, private ones sealed in one piece. `follows` says whether the erasure
/// of its subject must take it in hand; only those are found by their subject.
pub static RECORD: TableDef = TableDef {
    name: "record",
    columns: &[
        ("site", Text),
        ("noun", Text),
        ("id", Text),
        ("no", Int),
        ("version", Int),
        ("subject", Text),
        ("made_by", Text),
        ("created", Int),
        ("changed", Int),
        ("retracted", Int),
        ("erased", Int),
        ("asides", Int),
        ("within", Text),
        ("doc", Text),
        ("sealed", Blob),
        ("stamps", Text),
        ("follows", Int),
    ],
    key: 3,
    class: TableClass::Derived,
};

/// The journal's own tables.
pub static OWN: &[&TableDef] = &[&JOURNAL, &SUBJECT_KEY, &SITE_HEAD, &NODE_FACT, &RECORD];

/// The journal's own migrations.
pub static MIGRATIONS: &[Migration] = &[
    Migration {
        name: "001_journal",
        sqlite: include_str!("../migrations/sqlite/001_journal.sql"),
        postgres: include_str!("../migrations/postgres/001_journal.sql"),
    },
    Migration {
        name: "002_rowid",
        sqlite: include_str!("../migrations/sqlite/002_rowid.sql"),
        postgres: include_str!("../migrations/postgres/002_rowid.sql"),
    },
    Migration {
        name: "003_follows",
        sqlite: include_str!("../migrations/sqlite/003_follows.sql"),
        postgres: include_str!("../migrations/postgres/003_follows.sql"),
    },
];
