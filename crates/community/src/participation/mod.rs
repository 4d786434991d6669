//! A participation: a mark on the roll of a session.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Adjust, Claim, Unclaim};
pub use state::{
    Age, Claimed, Group, MarkKind, PARTICIPATION_PERSON, PARTICIPATION_ROW, Participation,
    ParticipationEvent, mark_id,
};
