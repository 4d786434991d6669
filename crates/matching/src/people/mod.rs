//! People of a register: what is compared, what is assumed, what is proposed and why.
//!
//! [`Card`] holds a person made ready, [`Index`] finds candidates among many, [`propose`] compares two, and
//! [`find_duplicates`] goes through a list. [`crate::Model::default_people`] holds the assumptions, [`learn`] adapts
//! them to the people who are there.

mod card;
mod decide;
mod find;
mod model;

pub use card::{Birth, Card, FIELDS, Sex, Sketch};
pub use decide::{NameCount, PROPOSE, Proposal, SURE, propose, reason_en, reason_zh};
pub use find::{Duplicate, Index, find_duplicates, learn};
pub use model::name_rarity;
