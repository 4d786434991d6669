//! What the crate promises, seen from outside.

mod cells;
mod comparing;
mod hostile;
mod searching;
