//! Behaviour of the crate as its users see it.

mod made_up;
mod persons;
mod tables;
