//! Dates as people tell them: partial, lunar, ages, relative.
//!
//! Pure: no clock, no files. The day against which "8岁" or "去年3月" is read is always given.
//!
//! * [`Stated`] is a date with the precision in which it was told, and what follows from it.
//! * [`parse`](parse::parse) reads a cell or an answer into a [`Stated`] with issues.
//! * [`lunar`] converts between the civil and the Chinese calendar and knows the festivals.
//! * [`festivals`] knows the days that people here keep, [`rule`] the days of what is held again and again.
//! * [`numeral`] reads Chinese numerals.

pub mod festivals;
pub mod issue;
pub mod lunar;
pub mod numeral;
pub mod parse;
pub mod rule;
pub mod stated;
mod sun;

pub use issue::Issue;
pub use jiff::civil::Date;
pub use lunar::{Festival, LunarDate, Zodiac};
pub use parse::{Context, Kind, Parsed, Raw, parse};
pub use rule::{Every, Pause, Rule, RuleFault, Weekday};
pub use stated::{AgeRange, Agreement, Nonsense, Stated};

#[cfg(test)]
mod tests;
