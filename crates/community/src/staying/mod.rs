//! Who stays here over a festival: per household, or person without one, whether they go home, stay with others or stay by
//! themselves, and whether they come to the shared meal.
//!
//! There is one answer per household, festival and year: its id follows from them, so that two phones that ask the same
//! family write one record, and where they heard different things neither is lost.

mod meal;
pub mod queries;
mod state;
pub mod views;

pub use meal::{FESTIVAL_MEAL_ROW, FestivalMeal, meal_id};
pub use state::{Answer, FESTIVAL_STAY_ROW, FestivalStay, Meal, stay_id};

use calendar::festivals::{self, Kept};
use jiff::civil::Date;
use kernel::Refusal;

use crate::faults;

/// The festival for which families are asked unless another one is named.
pub const SPRING: &str = "spring";
/// From how many days before its eve on the list is offered by itself.
pub const OFFERED: i64 = 42;
/// From which age on elders are marked.
pub const ELDER: u8 = 80;

/// The festival of that code, and its first day in a year; none where it is announced, or not kept in that year.
pub fn festival(code: &str, year: i16) -> Option<(&'static Kept, Date)> {
    let kept = festivals::all().iter().find(|kept| kept.code == code)?;
    Some((kept, *kept.days_in(year).first()?))
}

/// The day before the first day.
pub fn eve(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// Refuses a festival that has no day in that year.
fn check_festival(code: &str, year: i16) -> Result<(), Refusal> {
    match festival(code, year) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(&faults::FESTIVAL).at("festival")),
    }
}
