//! A leaflet run: copies that were handed out somewhere. Copies are copies; nobody knows how many people took one.

pub mod queries;
mod state;
pub mod views;

pub use state::{LEAFLET_ROW, LeafletRun};
