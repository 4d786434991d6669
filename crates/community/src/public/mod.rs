//! What anybody may know: the coming sessions of the activities that staff made public. No person, no number of people.

pub mod queries;
pub mod views;
