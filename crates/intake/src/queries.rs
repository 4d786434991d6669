//! The statements of imports.

use kernel::Sql;

/// Imports of a file that stand.
pub static OF_DIGEST: Sql = Sql {
    name: "intake.batch_of_digest",
    text: "SELECT batch FROM batch_row WHERE site = $1 AND digest = $2 AND undone = 0 ORDER BY no DESC",
};
/// The bundles of an import.
pub static OF_BATCH: Sql = Sql {
    name: "intake.lines",
    text: "SELECT line FROM import_line WHERE site = $1 AND batch = $2 ORDER BY line",
};
/// All rows that were imported and stand.
pub static DIGESTS: Sql = Sql {
    name: "intake.digests",
    text: "SELECT digest, person FROM import_digest WHERE site = $1 AND digest > $2 ORDER BY digest LIMIT 20000",
};
/// Every remembered mapping.
pub static MAPPINGS: Sql = Sql {
    name: "intake.mappings",
    text: "SELECT record FROM remembered_layout WHERE site = $1 ORDER BY record",
};
/// An import in hand, or its file.
pub static PREVIEW: Sql =
    Sql { name: "intake.preview", text: "SELECT sealed FROM import_preview WHERE site = $1 AND id = $2" };
/// The latest imports.
pub static PREVIEWS: Sql = Sql {
    name: "intake.previews",
    text: "SELECT id FROM import_preview WHERE site = $1 AND state <> 'file' ORDER BY at DESC LIMIT 50",
};
/// Kinds of stay that a person has.
pub static STAYS: Sql =
    Sql { name: "intake.stays", text: "SELECT kind FROM stay_row WHERE site = $1 AND person = $2" };
/// Needs heard of a person.
pub static NEEDS: Sql =
    Sql { name: "intake.needs", text: "SELECT code FROM need_row WHERE site = $1 AND person = $2" };
/// To whom a person is tied.
pub static TIES: Sql =
    Sql { name: "intake.ties", text: "SELECT other FROM tie_row WHERE site = $1 AND person = $2" };
/// Households of a person.
pub static HOUSEHOLDS: Sql = Sql {
    name: "intake.households",
    text: "SELECT household FROM household_member WHERE site = $1 AND person = $2 ORDER BY household",
};
/// Accounts by the names that colleagues see.
pub static WORKERS: Sql = Sql {
    name: "intake.workers",
    text: "SELECT account, display FROM account_row WHERE site = $1 AND active = 1 ORDER BY account",
};
/// Templates, the latest first.
pub static TEMPLATES: Sql = Sql {
    name: "intake.templates",
    text: "SELECT template FROM template_row WHERE site = $1 ORDER BY no DESC LIMIT 200",
};
/// Fillings of a template, the latest first.
pub static FILLINGS: Sql = Sql {
    name: "intake.fillings",
    text: "SELECT filling FROM filling_row WHERE site = $1 AND template = $2 ORDER BY no DESC LIMIT 50",
};
/// Everybody on the register, in the order of registration.
pub static EVERYBODY: Sql = Sql {
    name: "intake.everybody",
    text: "SELECT person FROM person_row WHERE site = $1 AND merged = 0 AND erased = 0 ORDER BY no",
};
/// Visits and calls of some days, by kind and by what came of them.
pub static VISITS: Sql = Sql {
    name: "intake.visits",
    text: "SELECT kind, outcome, COUNT(*), CAST(COALESCE(SUM(minutes), 0) AS BIGINT) FROM encounter_row \
           WHERE site = $1 AND day >= $2 AND day <= $3 GROUP BY kind, outcome ORDER BY kind, outcome",
};
/// Whom they met.
pub static VISITED: Sql = Sql {
    name: "intake.visited",
    text: "SELECT DISTINCT p.person FROM encounter_person p JOIN encounter_row e ON e.site = p.site AND e.encounter = p.encounter \
           WHERE p.site = $1 AND e.day >= $2 AND e.day <= $3 AND e.outcome = 'met' ORDER BY p.person",
};
/// The needs that they heard.
pub static HEARD: Sql = Sql {
    name: "intake.heard",
    text: "SELECT n.code, COUNT(*) FROM need_row n JOIN encounter_row e ON e.site = n.site AND e.encounter = n.encounter \
           WHERE n.site = $1 AND e.day >= $2 AND e.day <= $3 GROUP BY n.code ORDER BY n.code",
};
/// Activities, the latest first.
pub static ACTIVITIES: Sql = Sql {
    name: "intake.activities",
    text: "SELECT activity FROM activity_row WHERE site = $1 ORDER BY no DESC",
};
/// Sessions of an activity with their days.
pub static SESSIONS: Sql = Sql {
    name: "intake.sessions",
    text: "SELECT session, day FROM session_row WHERE site = $1 AND activity = $2 ORDER BY day, no",
};

/// Every statement here.
pub static STATEMENTS: &[&Sql] = &[
    &OF_DIGEST,
    &OF_BATCH,
    &DIGESTS,
    &MAPPINGS,
    &PREVIEW,
    &PREVIEWS,
    &STAYS,
    &NEEDS,
    &TIES,
    &HOUSEHOLDS,
    &WORKERS,
];
