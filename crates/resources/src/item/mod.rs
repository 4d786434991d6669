//! An item: one kind of thing at one place, and how many there are.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Give, Receive, TakeBack, TakeStock};
pub use state::{Gift, ITEM_GIFT, ITEM_ROW, Item, ItemEvent};
