//! A household: who lives and eats together, since when, where.

pub mod elsewhere;
pub mod queries;
mod state;
pub mod views;

pub use state::{HOUSEHOLD_MEMBER, HOUSEHOLD_ROW, Household, Member, Role, Tenure};
