//! A site: the station, centre or co-op whose people and work are kept together.

pub mod queries;
mod state;

pub use state::{SITE_ROW, Site, Watch};
