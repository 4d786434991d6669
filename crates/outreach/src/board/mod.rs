//! An entry of the needs board: what people said, and what was done about it. It names nobody; what is marked public is read by
//! anybody.

pub mod queries;
mod state;
pub mod views;

pub use state::{BOARD_ROW, BoardEntry, Status};
