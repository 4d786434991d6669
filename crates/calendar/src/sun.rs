//! Where the sun stands: for the festivals of the solar terms.
//!
//! Apparent longitude after Meeus, *Astronomical Algorithms* (1998), chapter 25, the low-accuracy series: good to about
//! 0.01°, a quarter of an hour. A term so near to midnight could fall on the wrong day; a test compares every year from
//! 1990 to 2050 with a high-precision ephemeris.

use jiff::civil::{Date, date};

/// Days from J2000.0 (noon, Terrestrial Time) to the beginning of a day in China.
fn start_of(day: Date) -> f64 {
    let span = day.since((jiff::Unit::Day, date(2000, 1, 1))).map_or(0, |span| span.get_days());
    // Midnight in China is 16:00 UTC of the day before; Terrestrial Time runs some 70 s ahead of it.
    f64::from(span) - 0.5 - 8.0 / 24.0 + 70.0 / 86_400.0
}

/// The sun's apparent longitude in degrees, so many days after J2000.0.
fn longitude(days: f64) -> f64 {
    let t = days / 36_525.0;
    let mean = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
    let anomaly = (357.529_11 + t * (35_999.050_29 - t * 0.000_153_7)).to_radians();
    let centre = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * anomaly.sin()
        + (0.019_993 - t * 0.000_101) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1_934.136 * t).to_radians();
    (mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// How far the sun is past `degrees`, from −180 to 180.
fn past(days: f64, degrees: f64) -> f64 {
    (longitude(days) - degrees + 180.0).rem_euclid(360.0) - 180.0
}

/// The day in China, within a civil year, on which the sun reaches this longitude.
pub fn day_of_longitude(year: i16, degrees: u16) -> Option<Date> {
    let degrees = f64::from(degrees % 360);
    // The sun stands at 280° on the first of January and moves by less than a degree and a bit a day.
    let first = Date::new(year, 1, 1).ok()?;
    let guess = ((degrees - 280.0).rem_euclid(360.0) / 360.0 * 365.25) as i64;
    let mut day = first.checked_add(jiff::Span::new().days(guess - 5)).ok()?;
    for _ in 0..12 {
        let next = day.tomorrow().ok()?;
        if past(start_of(day), degrees) < 0.0 && past(start_of(next), degrees) >= 0.0 {
            return Some(day);
        }
        day = next;
    }
    None
}
