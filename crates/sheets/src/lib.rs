//! Workbooks as people keep them: find the table, map it, read every cell.
//!
//! Pure: bytes in, values out. The steps are [`read`], [`layout::find`], [`mapping::propose`] and cleaning each row;
//! nothing is written, no clock is read, no formula is evaluated.

pub mod book;
pub mod layout;
pub mod mapping;
mod plain;
pub mod problems;
mod read;

pub use book::{Cell, Format, Merge, Sheet, SheetState, Workbook, cell_name, column_letters};
pub use layout::{Column, Layout, RowInfo, RowRole, SheetRole};
pub use read::{Limits, SheetProblem, read};
