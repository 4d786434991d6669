//! A tie between two people: kin, friends, fellow villagers.

mod state;

pub use state::{TIE_ROW, Tie, TieKind};
