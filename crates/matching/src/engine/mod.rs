//! The engine that tables and people share: comparison levels, learning their weights, scoring, clusters.

mod assign;
mod clusters;
mod learn;
mod model;
mod pairs;
pub(crate) mod similar;

pub use assign::{Assigned, assign};
pub use clusters::{Edge, clusters, guarded_clusters};
pub use learn::{Field, Levels, Score};
pub use model::{Model, Reason, Sample, Scored};
pub(crate) use pairs::tidy;
pub use pairs::{Blocks, random_pairs};
