//! Whether people from here and from elsewhere meet: who took part in an activity, and which children met again.

mod count;
pub mod queries;
pub mod views;

pub use count::{Gathering, Known, mix};
