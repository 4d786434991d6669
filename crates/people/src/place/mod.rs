//! A place that the divisions do not know: an urban village, an estate, a school, a worksite.

pub mod queries;
mod state;

pub use state::{PLACE_ROW, Place, PlaceKind};
pub(crate) use state::{code_or_id, division_code, words};
