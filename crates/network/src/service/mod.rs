//! A service that an organisation offers.

mod commands;
mod state;

pub use commands::CountPlaces;
pub use state::{SERVICE_ROW, Service, ServiceEvent};
