//! A dish: a household is invited to a feast and brings one.
//!
//! The rule is one dish per household. A household whose members are all 80 or older is invited and never asked for one;
//! an age that is not known is not taken for one of 80.

pub mod queries;
mod state;
pub mod views;

pub use state::{DISH_ROW, Dish, dish_id};

/// From this age on nobody is asked for a dish.
pub const EXEMPT_FROM: u8 = 80;
