//! Trips and camps: a day is opened when every child has a consent in force and there are adults enough, and closed when
//! the children were counted back.
//!
//! A camp has one such day for each of its sessions. The day's list is who goes: nobody gets onto it without a consent,
//! and the number of children per adult that the centre set for the activity holds for it at any time. On the day itself
//! those who lead it are lent what they need of the children; afterwards they are not ([`TripDay::lends_to`]).

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Close, Join, Leave};
pub use state::{Stage, TRIP_DAY_ROW, TripDay, TripEvent, purpose_of, trip_day_id};
