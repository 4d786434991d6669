//! Number cells and bare runs of digits.

use jiff::{ToSpan, civil::Date};

use super::{Context, Kind, Parsed, told};
use crate::{Issue, Stated};

/// Years that are believed in a date.
pub(super) const FIRST_YEAR: i16 = 1880;
/// Years from here on are slips of the pen.
pub(super) const LAST_YEAR: i16 = 2100;

pub(super) fn is_year(number: u32) -> bool {
    i16::try_from(number).is_ok_and(|year| (FIRST_YEAR..=LAST_YEAR).contains(&year))
}

/// The day of a spreadsheet's day number. Day 60 of the 1900 system is the 29 February 1900 that never was.
pub(super) fn day_of_serial(serial: u32, epoch_1904: bool) -> Option<Date> {
    let (epoch, days) = if epoch_1904 {
        (Date::new(1904, 1, 1).ok()?, serial)
    } else if serial < 60 {
        (Date::new(1899, 12, 31).ok()?, serial)
    } else {
        (Date::new(1899, 12, 30).ok()?, serial)
    };
    epoch.checked_add(i64::from(days).days()).ok()
}

/// The spreadsheet's day number of a day.
pub(super) fn serial_of(date: Date, epoch_1904: bool) -> Option<i32> {
    let epoch = if epoch_1904 { Date::new(1904, 1, 1).ok()? } else { Date::new(1899, 12, 30).ok()? };
    let days = epoch.until(date).ok()?.get_days();
    let early = !epoch_1904 && days <= 60;
    Some(if early { days - 1 } else { days })
}

/// Reads a number cell.
pub(super) fn number(number: f64, context: &Context) -> Parsed {
    if !number.is_finite() || !(0.0..1e9).contains(&number) {
        return Parsed::unreadable();
    }
    let whole = number.trunc();
    let rest = number - whole;
    let int = whole as u32;
    if rest < 1e-9 {
        return whole_number(int, context);
    }
    if is_year(int) && context.kind != Kind::Age {
        return decimal(int, number);
    }
    if (10_000..70_000).contains(&int) {
        return serial(int, context);
    }
    if int <= 120 && matches!(context.kind, Kind::Birth | Kind::Age) {
        return told::age(int, context);
    }
    Parsed::unreadable()
}

/// 2011.3 is March; 2011.1 may have lost the zero of October.
fn decimal(year: u32, number: f64) -> Parsed {
    let year = i16::try_from(year).unwrap_or(FIRST_YEAR);
    let hundredths = ((number - f64::from(year)) * 100.0).round() as u32;
    let off = (number * 100.0 - (number * 100.0).round()).abs();
    if off > 1e-3 {
        return Parsed::unreadable();
    }
    let month = if hundredths.is_multiple_of(10) { hundredths / 10 } else { hundredths };
    if hundredths == 10 {
        return Parsed::of(Stated::Year { year }, &[Issue::DateAmbiguousDecimal, Issue::DatePartial]);
    }
    if (hundredths > 10 && hundredths.is_multiple_of(10) || hundredths < 13) && (1..=12).contains(&month) {
        let month = i8::try_from(month).unwrap_or(1);
        return Parsed::of(Stated::Month { year, month }, &[Issue::DateText, Issue::DatePartial]);
    }
    Parsed::none(&[Issue::DateImpossible])
}

fn whole_number(int: u32, context: &Context) -> Parsed {
    let ages = matches!(context.kind, Kind::Birth | Kind::Age);
    match int {
        0..=120 if ages => told::age(int, context),
        _ if context.kind == Kind::Age => Parsed::unreadable(),
        10_000..=69_999 => serial(int, context),
        _ => digits(&int.to_string(), context, &[Issue::DateText]),
    }
}

fn serial(int: u32, context: &Context) -> Parsed {
    match day_of_serial(int, context.epoch_1904) {
        Some(date) => Parsed::of(Stated::Day { date }, &[Issue::DateSerial]),
        None => Parsed::unreadable(),
    }
}

/// Reads a bare run of digits: 2011, 201103, 110305, 20110305, or a day number. `form` says how it was written.
pub(super) fn digits(run: &str, context: &Context, form: &[Issue]) -> Parsed {
    let Ok(int) = run.parse::<u32>() else { return Parsed::unreadable() };
    match run.len() {
        4 if is_year(int) => year_only(int, form),
        5 if !run.starts_with('0') => serial(int, context),
        6 => six(int, context, form),
        8 => match parts(int / 10_000, int / 100 % 100, int % 100) {
            Some(stated) => with_partial(stated, form),
            None if is_year(int / 10_000) => Parsed::none(&[Issue::DateImpossible]),
            None => Parsed::unreadable(),
        },
        _ => Parsed::unreadable(),
    }
}

/// A year alone: the plain way to write it is no fault, so only other forms than plain digits are named.
pub(super) fn year_only(year: u32, form: &[Issue]) -> Parsed {
    let year = i16::try_from(year).unwrap_or(0);
    let mut issues: Vec<Issue> = form.iter().copied().filter(|issue| *issue != Issue::DateText).collect();
    issues.push(Issue::DatePartial);
    Parsed::of(Stated::Year { year }, &issues)
}

/// 201103 is a month; 110305 and 850612, which are none, are days with a year of two digits.
fn six(int: u32, context: &Context, form: &[Issue]) -> Parsed {
    let (year, month) = (int / 100, int % 100);
    if is_year(year) && (1..=12).contains(&month) {
        return parts(year, month, 0).map_or_else(Parsed::unreadable, |stated| with_partial(stated, form));
    }
    let year = u32::from(context.century(int / 10_000).unsigned_abs());
    match parts(year, int / 100 % 100, int % 100) {
        Some(stated) => with_partial(stated, &two_digit(form)),
        None => Parsed::unreadable(),
    }
}

/// A year of two digits says already that it was typed.
pub(super) fn two_digit(form: &[Issue]) -> Vec<Issue> {
    let mut issues: Vec<Issue> = form.iter().copied().filter(|issue| *issue != Issue::DateText).collect();
    issues.push(Issue::DateTwoDigitYear);
    issues
}

pub(super) fn with_partial(stated: Stated, form: &[Issue]) -> Parsed {
    let mut issues = form.to_vec();
    if !matches!(stated, Stated::Day { .. } | Stated::Lunar { day: Some(_), .. }) {
        issues.push(Issue::DatePartial);
    }
    Parsed::of(stated, &issues)
}

/// A civil statement from its parts; zeros stand for what was not known. `None` when there is no such day.
pub(super) fn parts(year: u32, month: u32, day: u32) -> Option<Stated> {
    if !is_year(year) {
        return None;
    }
    let year = i16::try_from(year).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match (month, day) {
        (0, 0) => Some(Stated::Year { year }),
        (1..=12, 0) => Some(Stated::Month { year, month }),
        _ => Date::new(year, month, day).ok().map(|date| Stated::Day { date }),
    }
}
