//! Who was registered twice. How two people are compared and decided is in [`matching::people`]; here are the register's
//! people made ready for it, and the register's questions.

pub mod blocks;
mod known;
pub mod queries;

pub use matching::engine::clusters;
pub use matching::people::{
    AUTO, Birth, Candidate, Decision, Index, Known, Levels, Model, Pair, REVIEW, Reason, Scored, Sex,
    candidate_of, dedup,
};

pub use known::known_of;
pub use queries::{DuplicateView, Proposed, everybody, knowns, load, scan, similar, similar_to, views};
