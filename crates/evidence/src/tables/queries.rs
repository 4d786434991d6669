//! Reading people's index tables: `person_row` and `person_merged`.

use std::collections::HashMap;

use journal::{Node, Row, StoreError, placeholders};
use kernel::{Id, SiteId, Sql, Val};

use super::{Known, born};

static MERGED: Sql =
    Sql { name: "evidence.merged", text: "SELECT person, into_person FROM person_merged WHERE site = $1" };
static KNOWN: Sql = Sql {
    name: "evidence.known",
    text: "SELECT person, sex, birth_from, birth_to, birth_year FROM person_row WHERE site = $1 AND person IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&MERGED, &KNOWN];

/// Every merge of the site.
pub async fn merges(node: &Node, site: SiteId) -> Result<HashMap<Id, Id>, StoreError> {
    let rows = node.rows(MERGED.text, vec![site.into()]).await?;
    Ok(rows.iter().map(|row| (row.id(0), row.id(1))).collect())
}

/// Sex and birth of these persons.
pub async fn known(node: &Node, site: SiteId, persons: &[Id]) -> Result<HashMap<Id, Known>, StoreError> {
    let rows = in_chunks(node, site, KNOWN.text, persons).await?;
    Ok(rows.iter().map(|row| (row.id(0), known_of(row, 1))).collect())
}

/// Sex, first and last day and year of birth, from column `at` on.
pub(crate) fn known_of(row: &Row, at: usize) -> Known {
    let year = row.opt_int(at + 3);
    Known {
        sex: row.text(at).chars().next().filter(|sex| matches!(sex, 'F' | 'M')),
        born: born(row.opt_text(at + 1), row.opt_text(at + 2), year),
    }
}

/// The rows of a statement whose `$2` stands for a list of ids, asked for some hundreds at a time.
pub async fn in_chunks(node: &Node, site: SiteId, sql: &str, ids: &[Id]) -> Result<Vec<Row>, StoreError> {
    let mut all = Vec::new();
    for chunk in ids.chunks(400) {
        let mut values: Vec<Val> = vec![site.into()];
        values.extend(chunk.iter().map(|id| Val::from(*id)));
        all.extend(node.rows(&sql.replace("$2", &placeholders(2, chunk.len())), values).await?);
    }
    Ok(all)
}
