//! How people are called: names, readings, phones, ID numbers, search keys. Pure: no input, no output, no clock.

pub mod alike;
pub mod cell;
pub mod compare;
pub mod ethnic;
pub mod fold;
pub mod idno;
pub mod keys;
pub mod nickname;
pub mod phone;
pub mod plan;
pub mod reading;
pub mod romanise;
pub mod surname;
pub mod syllable;
mod typo;

pub use compare::{Comparable, NameAgreement, blocking_keys, compare};
pub use fold::{display, fold};
pub use keys::{Class, Key, NameForm, NameKind, keys};
pub use nickname::nickname_cores;
pub use plan::{Match, Query, Range, Step, Why, plan, rank};
pub use reading::{latin, surname_syllables, syllables};
pub use romanise::romanise;
pub use surname::{Split, split};
