//! Keeping, reading, sweeping and verifying the bytes of works.

use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use journal::{DataKey, Node, StoreError, Write};
use kernel::{Held, Id, SiteId, Sql, Val};

use super::{Checked, Fault, PART, WORK_PART, purpose};
use crate::file::digest_of;
use crate::work::{FileRef, Work};

static PARTS: Sql = Sql {
    name: "publishing.parts",
    text: "SELECT part, sealed FROM work_part WHERE site = $1 AND work = $2 AND digest = $3 \
           AND part >= $4 AND part <= $5 ORDER BY part",
};
static KEPT: Sql = Sql {
    name: "publishing.parts_kept",
    text: "SELECT part FROM work_part WHERE site = $1 AND work = $2 AND digest = $3 ORDER BY part",
};
/// A file begins with its part 0, but one that was cut off may lack any.
static UNNAMED: Sql = Sql {
    name: "publishing.parts_unnamed",
    text: "SELECT p.site, p.work, p.digest, p.part FROM work_part p LEFT JOIN work_row w \
           ON w.site = p.site AND w.work = p.work AND w.digest = p.digest \
           WHERE w.work IS NULL AND p.stored < $1 ORDER BY p.site, p.work, p.digest, p.part LIMIT 2000",
};
static WORKS: Sql = Sql {
    name: "publishing.works_all",
    text: "SELECT site, id FROM record WHERE noun = 'work' ORDER BY site, id",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&PARTS, &KEPT, &UNNAMED, &WORKS];

/// How many parts are written at once.
const TOGETHER: usize = 8;

/// Keeps the bytes of a file under a work's key. What is there already is not written again.
pub async fn keep(
    node: &Node,
    (site, work): (SiteId, Id),
    key: &DataKey,
    digest: &str,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let values = vec![site.into(), work.into(), digest.into()];
    let kept = node.rows(KEPT.text, values).await?;
    if kept.len() == bytes.chunks(PART).count() {
        return Ok(());
    }
    let stored = node.now().as_microsecond();
    let mut writes = Vec::with_capacity(TOGETHER);
    for (part, chunk) in bytes.chunks(PART).enumerate() {
        let part = part as i64;
        let sealed = key.seal(&purpose(work, digest, part), chunk);
        let values: Vec<Val> =
            vec![site.into(), work.into(), digest.into(), part.into(), stored.into(), sealed.into()];
        writes.push(Write::Put { table: &WORK_PART, values });
        if writes.len() == TOGETHER {
            node.direct(std::mem::take(&mut writes)).await?;
        }
    }
    node.direct(writes).await
}

/// Lets the bytes of a file go.
pub async fn drop(node: &Node, site: SiteId, work: Id, digest: &str) -> Result<(), StoreError> {
    let rows = node.rows(KEPT.text, vec![site.into(), work.into(), digest.into()]).await?;
    let gone = |part: i64| Write::Delete {
        table: &WORK_PART,
        key: vec![site.into(), work.into(), digest.into(), part.into()],
    };
    node.direct(rows.iter().map(|row| gone(row.int(0))).collect()).await
}

/// Some bytes of a file, of the parts they lie in alone; `None` where parts are missing or do not open.
pub async fn read(
    node: &Node,
    (site, work): (SiteId, Id),
    file: &FileRef,
    wanted: Range<u64>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(key) = node.data_key(site, work).await? else { return Ok(None) };
    let first = wanted.start / PART as u64;
    let last = wanted.end.saturating_sub(1).max(wanted.start) / PART as u64;
    let mut bytes = Vec::with_capacity((wanted.end - wanted.start) as usize);
    for part in first..=last {
        let part = part as i64;
        let values = vec![site.into(), work.into(), file.digest.as_str().into(), part.into(), part.into()];
        let rows = node.rows(PARTS.text, values).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let Ok(chunk) = key.open(&purpose(work, &file.digest, part), row.blob(1)) else { return Ok(None) };
        bytes.extend(chunk);
    }
    let skip = (wanted.start - first * PART as u64) as usize;
    let length = (wanted.end - wanted.start) as usize;
    Ok(bytes.get(skip..skip + length).map(<[u8]>::to_vec))
}

/// Lets go what no record names any more, an hour after it came: before that its record may be on the way. Withdrawn works
/// can be restored and keep theirs.
pub async fn sweep(node: &Node) -> Result<u64, StoreError> {
    let before = node.now() - SignedDuration::from_hours(1);
    sweep_before(node, before).await
}

async fn sweep_before(node: &Node, before: Timestamp) -> Result<u64, StoreError> {
    let mut gone = Vec::new();
    let mut known: Option<(SiteId, Id, Option<String>)> = None;
    for row in node.rows(UNNAMED.text, vec![before.as_microsecond().into()]).await? {
        let (site, work, digest) = (SiteId(row.id(0)), row.id(1), row.text(2));
        let named = match &known {
            Some((at, id, named)) if *at == site && *id == work => named.clone(),
            _ => {
                let held = node.held(site, "work", work).await?;
                let named = held.as_ref().and_then(named).map(|file| file.digest);
                known = Some((site, work, named.clone()));
                named
            }
        };
        if named.as_deref() != Some(digest) {
            let key = vec![site.into(), work.into(), digest.into(), row.int(3).into()];
            gone.push(Write::Delete { table: &WORK_PART, key });
        }
    }
    let count = gone.len() as u64;
    if count > 0 {
        node.direct(gone).await?;
    }
    Ok(count)
}

/// The file that a record names, withdrawn or not.
fn named(held: &Held) -> Option<FileRef> {
    journal::state::<Work>(held).file.filter(|_| !held.meta.erased)
}

/// Compares every file that a record names with what the store holds.
pub async fn verify(node: &Node) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    for row in node.rows(WORKS.text, Vec::new()).await? {
        let (site, work) = (SiteId(row.id(0)), row.id(1));
        let held = node.held(site, "work", work).await?;
        let Some(file) = held.as_ref().and_then(named) else { continue };
        let values = vec![site.into(), work.into(), file.digest.as_str().into()];
        let there = node.rows(KEPT.text, values).await?.len() as u64;
        if there < file.size.div_ceil(PART as u64) {
            checked.faults.push(Fault { site, work, wrong: false });
            continue;
        }
        let bytes = read(node, (site, work), &file, 0..file.size).await?;
        if bytes.is_some_and(|bytes| digest_of(&bytes) == file.digest) {
            checked.whole += 1;
        } else {
            checked.faults.push(Fault { site, work, wrong: true });
        }
    }
    Ok(checked)
}
