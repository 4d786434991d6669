//! Workbooks as people keep them: find the table, map it, read every cell.
//!
//! Pure: bytes in, values out. The steps are [`read`], [`layout::find`], [`mapping::propose`] and [`clean::Cleaner`];
//! [`dry_run::understand`] takes them together and [`dry_run_json`] prints what came out. Nothing is written, no clock is
//! read, no formula is evaluated.

pub mod book;
pub mod clean;
pub mod dry_run;
pub mod events;
pub mod field;
pub mod fill;
pub mod issue;
pub mod layout;
pub mod mapping;
mod plain;
pub mod problems;
mod read;
pub mod values;

pub use book::{Cell, Format, Merge, Part, Sheet, SheetState, Workbook, cell_name, column_letters};
pub use clean::{CleanRow, Cleaner, clean_rows};
pub use dry_run::{Options, ReadSheet, dry_run_json, understand};
pub use events::Happening;
pub use field::Field;
pub use issue::{Issue, Severity};
pub use layout::{Column, Layout, RowInfo, RowRole, SheetRole};
pub use mapping::{ColumnMap, Mapping, TableKind, Target};
pub use read::{Limits, SheetProblem, decoded, read, read_whole_sheets};
pub use values::{DateValue, Disability, Grade, Guardian, HomeValue, RowValues};
