//! The days of a rule, before any is left out.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::{Every, Rule, Weekday};
use crate::lunar::{LunarDate, YEARS, month_days};

/// Periods looked through without finding a day before giving up: 31 × 99 months and more.
const BARREN: usize = 2_000;

/// Days of the rule from its first to its last, pauses and number of times not regarded.
pub(super) fn candidates(rule: &Rule) -> Box<dyn Iterator<Item = Date> + '_> {
    let interval = i64::from(rule.interval.max(1));
    let (from, until) = (rule.from, rule.until.unwrap_or(Date::MAX));
    let days = (0_i64..).map(move |turn| period(rule, turn.saturating_mul(interval)));
    let mut barren = 0;
    let periods = days.take_while(move |found| {
        // A period after the end, or too many without a day: there is nothing more to come.
        match found {
            None => false,
            Some(days) if days.is_empty() => {
                barren += 1;
                barren < BARREN
            }
            Some(_) => {
                barren = 0;
                true
            }
        }
    });
    let days = periods.flatten().flatten();
    Box::new(days.skip_while(move |day| *day < from).take_while(move |day| *day <= until))
}

/// The days of the period so many days, weeks, months or years after the first; `None` past the last year.
fn period(rule: &Rule, after: i64) -> Option<Vec<Date>> {
    let first = rule.from;
    match &rule.every {
        Every::Day => within(plus(first, after, 0)?),
        Every::Week { weekdays } => {
            let monday = first.checked_sub(Weekday::of(first).days_after_monday().days()).ok()?;
            let monday = within(plus(monday, after.checked_mul(7)?, 0)?)?[0];
            let mut wanted = weekdays.clone();
            wanted.sort_unstable();
            wanted.dedup();
            let day = |weekday: Weekday| monday.checked_add(weekday.days_after_monday().days()).ok();
            Some(wanted.into_iter().filter_map(day).collect())
        }
        Every::MonthDay { day } => {
            let month = within(plus(first.first_of_month(), 0, after)?)?[0];
            Some(vec![day_of_month(month, *day)])
        }
        Every::MonthWeekday { nth, weekday } => {
            let month = within(plus(first.first_of_month(), 0, after)?)?[0];
            Some(nth_weekday(month, *nth, *weekday).into_iter().collect())
        }
        Every::Year { month, day } => {
            let year = year_after(first.year(), after)?;
            Some(Date::new(year, *month, 1).ok().map(|first| day_of_month(first, *day)).into_iter().collect())
        }
        Every::LunarYear { month, day } => {
            // The day of a Chinese year's last month falls into the next civil year.
            let year = LunarDate::from_civil(first).map_or(first.year(), |lunar| lunar.year);
            let year = year_after(year, after)?;
            Some(lunar_day(year, *month, *day).into_iter().collect())
        }
    }
}

fn plus(from: Date, days: i64, months: i64) -> Option<Date> {
    // More than the calendar has is nothing.
    if days > 4_000_000 || months > 120_000 {
        return None;
    }
    from.checked_add(Span::new().try_days(days).ok()?.try_months(months).ok()?).ok()
}

fn year_after(year: i16, after: i64) -> Option<i16> {
    let year = year.checked_add(i16::try_from(after).ok()?)?;
    YEARS.contains(&year).then_some(year)
}

fn within(date: Date) -> Option<Vec<Date>> {
    (date.year() <= *YEARS.end()).then(|| vec![date])
}

/// A day of the month that begins with `first`; the last one where it has no such day.
fn day_of_month(first: Date, day: i8) -> Date {
    let days = first.days_in_month();
    let day = if day < 1 { days } else { day.min(days) };
    Date::new(first.year(), first.month(), day).unwrap_or(first)
}

fn nth_weekday(first: Date, nth: i8, weekday: Weekday) -> Option<Date> {
    let days = first.days_in_month();
    let offset = (weekday.days_after_monday() - Weekday::of(first).days_after_monday()).rem_euclid(7);
    let offset = i8::try_from(offset).ok()?;
    let day = if nth < 0 {
        let fifth = 1 + offset + 28;
        if fifth <= days { fifth } else { fifth - 7 }
    } else {
        1 + offset + (nth - 1) * 7
    };
    (day <= days).then(|| Date::new(first.year(), first.month(), day).ok()).flatten()
}

/// A day of a Chinese year in its plain month; the last one where the month has no such day.
fn lunar_day(year: i16, month: u8, day: u8) -> Option<Date> {
    let day = day.min(month_days(year, month, false)?);
    LunarDate { year, month, leap: false, day }.to_civil()
}
