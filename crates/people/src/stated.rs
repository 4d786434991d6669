//! Birth dates and other dates as people tell them, as the records of this crate see them.

use jiff::civil::Date;

pub use calendar::Stated;

use crate::faults;

/// First and last possible day.
pub fn range(stated: &Stated) -> (Date, Date) {
    (stated.earliest(), stated.latest())
}

/// The year that totals count by: that of the day in the middle of the possible ones.
pub fn middle_year(stated: &Stated) -> i16 {
    let (first, last) = range(stated);
    let days = first.until(last).map_or(0, |span| span.get_days());
    first.checked_add(jiff::Span::new().days(days / 2)).map_or(first.year(), Date::year)
}

/// Refuses an interval that cannot be.
pub fn ordered(field: &str, from: Option<&Stated>, to: Option<&Stated>) -> Result<(), kernel::Refusal> {
    match (from, to) {
        (Some(from), Some(to)) if range(to).1 < range(from).0 => {
            Err(kernel::Refusal::new(&faults::ENDS_EARLY).with("field", field).at(field))
        }
        _ => Ok(()),
    }
}

/// Refuses a text that is neither a year, a month nor a day.
pub fn partial_date(field: &str, text: &str) -> Result<(), kernel::Refusal> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    if whole.len() == 10 && text.is_ascii() && whole.parse::<Date>().is_ok() {
        return Ok(());
    }
    Err(kernel::Refusal::new(&faults::DATE).with("field", field).at(field))
}
