//! Kinds of activity: a list that comes with the program and that a site makes its own.
//!
//! A kind is known by a code: a short word for those that come with the program, the record's id for a site's own. A
//! record whose code is one of the former renames or retires it at this site.

mod defaults;
pub mod queries;
mod state;
pub mod views;

pub use defaults::{DEFAULTS, Default as DefaultKind};
pub use state::{ACTIVITY_KIND_ROW, ActivityKind, Code, Traits};
