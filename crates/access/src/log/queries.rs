//! Keeping and listing the access log.

use jiff::Timestamp;
use journal::{Node, StoreError, Write};
use kernel::{AccountId, Actor, Id, SiteId, Sql};

use super::{ACCESS_LOG, Access};

static ALL: Sql = Sql {
    name: "access.log",
    text: "SELECT id, at, account, noun, record, purpose FROM access_log \
           WHERE site = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
};
static OF_RECORD: Sql = Sql {
    name: "access.log_of_record",
    text: "SELECT id, at, account, noun, record, purpose FROM access_log \
           WHERE site = $1 AND record = $4 AND id < $2 ORDER BY id DESC LIMIT $3",
};
static OF_ACCOUNT: Sql = Sql {
    name: "access.log_of_account",
    text: "SELECT id, at, account, noun, record, purpose FROM access_log \
           WHERE site = $1 AND account = $4 AND id < $2 ORDER BY id DESC LIMIT $3",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL, &OF_RECORD, &OF_ACCOUNT];

/// Which entries are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Reads of one record.
    Record(Id),
    /// Reads by one account.
    Account(AccountId),
}

pub(super) async fn put(
    node: &Node,
    actor: &Actor,
    noun: &str,
    records: &[Id],
    purpose: &str,
) -> Result<(), StoreError> {
    let now = node.now();
    let purpose: String = purpose.chars().filter(|c| !c.is_control()).take(200).collect();
    let writes = records.iter().map(|record| {
        let values = vec![
            actor.site.into(),
            node.new_id().into(),
            now.as_microsecond().into(),
            actor.account.into(),
            noun.into(),
            (*record).into(),
            purpose.as_str().into(),
        ];
        Write::Put { table: &ACCESS_LOG, values }
    });
    node.direct(writes.collect()).await
}

/// Entries before `before` (from the newest where none is given), newest first.
pub async fn list(
    node: &Node,
    site: SiteId,
    filter: Filter,
    before: Option<Id>,
    limit: usize,
) -> Result<Vec<Access>, StoreError> {
    let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let limit = i64::try_from(limit.min(200)).unwrap_or(200);
    let mut values = vec![site.into(), before.into(), limit.into()];
    let sql = match filter {
        Filter::All => &ALL,
        Filter::Record(id) => {
            values.push(id.into());
            &OF_RECORD
        }
        Filter::Account(id) => {
            values.push(id.into());
            &OF_ACCOUNT
        }
    };
    let rows = node.rows(sql.text, values).await?;
    let access = |row: &journal::Row| Access {
        id: row.id(0),
        at: Timestamp::from_microsecond(row.int(1)).unwrap_or_default(),
        account: row.id(2),
        noun: row.text(3).to_owned(),
        record: row.id(4),
        purpose: row.text(5).to_owned(),
    };
    Ok(rows.iter().map(access).collect())
}
