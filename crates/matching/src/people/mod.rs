//! Who of a register, a sheet or a table was written down twice: candidates, their comparison, the decision with its reasons.
//!
//! A pair belongs to one of three classes: one person, two people of one household, two strangers (after I. Fellegi and
//! A. Sunter, *A theory for record linkage*, 1969, who know the first and the last). The second class keeps a shared
//! telephone, address, home and surname from being mistaken for identity. Two records are joined without asking only
//! where two strong identifiers agree and nothing speaks against it; everything else that is likely is proposed.

pub mod blocks;
mod candidate;
mod index;
mod levels;
mod model;

pub use candidate::{Candidate, Known, Sex, candidate_of};
pub use index::{Index, Pair, Scored, dedup};
pub use levels::{Birth, Levels};
pub use model::{AUTO, Decision, Model, REVIEW, Reason};
