//! The one door: pipeline, journal, both databases, keys, rebuild and verify.
//!
//! [`Node::submit`] takes command envelopes and gives receipts. One writer thread gathers what has arrived, runs the
//! pipeline on records in hand ([`kernel::Held`]), and stores journal rows, state and index rows in one transaction;
//! only then are receipts given out. Reading goes past the writer, by plain statements ([`Node::rows`]).

mod backup;
mod codec;
mod crossing;
mod decide;
mod desk;
mod history;
mod keys;
mod merge;
mod migrate;
mod node;
mod pipeline;
mod rebuild;
mod row;
mod seen;
mod store;
mod tables;
mod writer;

pub use backup::{BackupError, Contents, Keyring, restore};
pub use history::Past;
pub use keys::{DataKey, DoesNotOpen, KeyError, KeySource, NodeKey};
pub use node::{Clock, Entropy, Node, OpenError, Options, Write, state};
pub use rebuild::{Broken, Rebuilt, Verified};
pub use row::{Row, placeholders};
pub use seen::Seen;
pub use store::{StoreError, StoreOptions};
