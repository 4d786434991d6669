//! Tags by which needs are noted in a tap: a list that comes with the program and that a site makes its own.
//!
//! A tag of the program is a code of needs. A site hides it or calls it otherwise by a record that names the code, and
//! adds tags of its own, each counted as one of the codes.

pub mod queries;
mod state;
pub mod views;

pub use state::{NEED_TAG_ROW, NeedTag};
