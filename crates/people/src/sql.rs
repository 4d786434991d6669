//! Small helpers for statements with lists.

use journal::{Node, Row, StoreError, placeholders};
use kernel::{Id, SiteId, Val};

/// Sizes of lists in statements: few of them, so that few statements are prepared.
const SIZES: [usize; 5] = [1, 4, 16, 64, 256];

/// The smallest of the sizes that `count` fits into.
pub(crate) fn padded(count: usize) -> usize {
    SIZES.into_iter().find(|size| count <= *size).unwrap_or(SIZES[SIZES.len() - 1])
}

/// Rows of `select (list) tail` with the site as `$1` and the list from `$2` on, in portions.
pub(crate) async fn rows_in(
    node: &Node,
    site: SiteId,
    select: &str,
    entries: &[Val],
    order: &str,
) -> Result<Vec<Row>, StoreError> {
    let mut out = Vec::new();
    for part in entries.chunks(SIZES[SIZES.len() - 1]) {
        let count = padded(part.len());
        let mut values: Vec<Val> = vec![site.into()];
        values.extend(part.iter().cloned());
        if let Some(last) = part.last() {
            values.resize(count + 1, last.clone());
        }
        let sql = format!("{select} ({}) {order}", placeholders(2, count));
        out.extend(node.rows(&sql, values).await?);
    }
    Ok(out)
}

/// Ids as values.
pub(crate) fn ids(ids: &[Id]) -> Vec<Val> {
    ids.iter().map(|id| Val::from(*id)).collect()
}
