//! The statements of the program itself: over the journal and over records of any kind.

use kernel::Sql;

/// Records with values that wait to be settled.
pub static CONFLICTS: Sql = Sql {
    name: "server.conflicts",
    text: "SELECT noun, id FROM record WHERE site = $1 AND asides > 0 ORDER BY noun, id LIMIT 500",
};
/// How many of them.
pub static CONFLICT_COUNT: Sql =
    Sql { name: "server.conflict_count", text: "SELECT count(*) FROM record WHERE site = $1 AND asides > 0" };
/// What changed since a position.
pub static CHANGES: Sql = Sql {
    name: "server.changes",
    text: "SELECT pos, noun, record, version FROM journal WHERE site = $1 AND pos > $2 ORDER BY pos LIMIT $3",
};
/// The journal, newest first.
pub static JOURNAL: Sql = Sql {
    name: "server.journal",
    text: "SELECT pos, at, stored, actor, device, verb, noun, record, version FROM journal \
           WHERE site = $1 AND pos < $2 ORDER BY pos DESC LIMIT $3",
};
/// How far the journal of a site goes.
pub static HEAD: Sql = Sql { name: "server.head", text: "SELECT pos FROM site_head WHERE site = $1" };
/// Records of a kind, by id.
pub static OF_NOUN: Sql = Sql {
    name: "server.of_noun",
    text: "SELECT id FROM record WHERE site = $1 AND noun = $2 AND id > $3 ORDER BY id LIMIT 500",
};
/// How many records there are of each kind.
pub static COUNTS: Sql = Sql {
    name: "server.counts",
    text: "SELECT noun, count(*) FROM record WHERE retracted = 0 GROUP BY noun ORDER BY noun",
};

/// Whether a command was stored before.
pub static KNOWN: Sql =
    Sql { name: "server.known", text: "SELECT pos FROM journal WHERE site = $1 AND command = $2" };

/// The sites of the node, oldest first.
pub static SITES: Sql =
    Sql { name: "server.sites", text: "SELECT site, name FROM site_row ORDER BY created, site" };

/// Where in the journal a record was made, and in which bundle.
pub static MADE_AT: Sql = Sql {
    name: "server.made_at",
    text: "SELECT pos, bundle FROM journal WHERE site = $1 AND noun = $2 AND record = $3 ORDER BY pos LIMIT 1",
};
/// The people who were registered by the same bundle, which stands together in the journal.
pub static MADE_WITH: Sql = Sql {
    name: "server.made_with",
    text: "SELECT record FROM journal WHERE site = $1 AND pos >= $2 AND pos <= $3 AND bundle = $4 \
           AND verb = 'person.create' ORDER BY pos",
};

/// Every statement here.
pub static STATEMENTS: &[&Sql] = &[
    &CONFLICTS,
    &CONFLICT_COUNT,
    &CHANGES,
    &JOURNAL,
    &HEAD,
    &OF_NOUN,
    &COUNTS,
    &MADE_AT,
    &MADE_WITH,
    &SITES,
    &KNOWN,
];

/// The program's own manifest: statements only.
pub fn manifest() -> kernel::Manifest {
    kernel::Manifest {
        context: "server",
        records: Vec::new(),
        commands: Vec::new(),
        statements: [STATEMENTS, crate::attention::queries::STATEMENTS].concat(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: &[],
        problems: crate::faults::PROBLEMS,
    }
}
