//! Child care: who came when, and to whom each child was handed over.
//!
//! A child is handed over to somebody on its own list only; anybody else is the manager's decision, with a reason and a
//! second person who saw it. Arriving is one tap and is counted by the mark on the roll that is made beside it. What a
//! carer must know of a child (allergies, whom to call) is written down once and read by care and trips alike.

mod commands;
pub mod note;
pub mod permission;
pub mod queries;
mod state;
pub mod views;

pub use commands::{HandOver, Recall, Release};
pub use note::{CareNote, note_id};
pub use permission::{Line, PICKUP_PERMISSION_ROW, PickupPermission, Revoke, taken_back};
pub use state::{CARE_ROW, Care, CareEvent, care_id};
