//! A tie between two people: kin, friends, fellow villagers.

pub mod queries;
mod state;

pub use state::{TIE_ROW, Tie, TieKind};
