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

/// Every statement here.
pub static STATEMENTS: &[&Sql] =
    &[&OF_DIGEST, &OF_BATCH, &DIGESTS, &MAPPINGS, &PREVIEW, &PREVIEWS, &STAYS, &NEEDS, &TIES, &HOUSEHOLDS];
