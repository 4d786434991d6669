//! Where the bytes of works lie: in parts, each sealed under the work's own data key, in a table of the node.
//!
//! A part is found by the work and by the SHA-256 of the whole, which the record holds. Erasing the work destroys its key, so
//! that its bytes cannot be read, in older backups neither. Parts that no record names are swept out.

pub mod queries;

use kernel::{Column, Id, SiteId, TableDef};

/// Sealed parts of files.
pub static WORK_PART: TableDef = TableDef::operational(
    "work_part",
    &[
        ("site", Column::Text),
        ("work", Column::Text),
        ("digest", Column::Text),
        ("part", Column::Int),
        ("stored", Column::Int),
        ("sealed", Column::Blob),
    ],
    4,
);

/// How many bytes of a file one part holds.
pub const PART: usize = 1 << 20;

/// What a record names and the store does not hold as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The site.
    pub site: SiteId,
    /// The work.
    pub work: Id,
    /// Whether there is something, but not what the record says; otherwise parts are missing.
    pub wrong: bool,
}

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files that are as their records say.
    pub whole: u64,
    /// Those that are not.
    pub faults: Vec<Fault>,
}

fn purpose(work: Id, digest: &str, part: i64) -> String {
    format!("work {work} {digest} {part}")
}
