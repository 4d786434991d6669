//! The period of a report: a year, half-year, quarter or month by its code, or from one day to another. Pure.

use jiff::civil::{Date, date};
use kernel::Refusal;

use crate::faults;
use crate::rolled::Level;

/// First and last year that a report is made of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// From a day to a day, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Its code, where it is a whole year, half-year, quarter or month.
    pub code: Option<String>,
}

impl Span {
    /// The period of a code such as `2026`, `2026-H1`, `2026-Q4`, `2026-11`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn of_code(code: &str) -> Result<Self, Refusal> {
        let fault = || Refusal::new(&faults::PERIOD).with("period", shown(code)).at("period");
        let digits =
            |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, rest) = code.split_once('-').map_or((code, None), |(year, rest)| (year, Some(rest)));
        if !digits(year, 4) {
            return Err(fault());
        }
        let year: i16 = year.parse().map_err(|_| fault())?;
        let (level, number) = match rest {
            None => (Level::Year, "1"),
            Some(rest) => match rest.strip_prefix('H') {
                Some(number) => (Level::Half, number),
                None => match rest.strip_prefix('Q') {
                    Some(number) => (Level::Quarter, number),
                    None => (Level::Month, rest),
                },
            },
        };
        let length = if level == Level::Month { 2 } else { 1 };
        let number: i8 = if digits(number, length) { number.parse().map_err(|_| fault())? } else { 0 };
        if !YEARS.contains(&year) || number < 1 || number > 12 / level.months() {
            return Err(fault());
        }
        Ok(Self::whole(level, year, (number - 1) * level.months() + 1))
    }

    /// From a day to a day; whole periods get their code.
    ///
    /// # Errors
    /// Where the last day is before the first, or either far off.
    pub fn of_days(from: Date, to: Date) -> Result<Self, Refusal> {
        if to < from || !YEARS.contains(&from.year()) || !YEARS.contains(&to.year()) {
            return Err(Refusal::new(&faults::DAYS).with("from", from).with("to", to).at("to"));
        }
        let same = |level: &Level| {
            let span = Self::whole(*level, from.year(), from.month());
            (span.from, span.to) == (from, to)
        };
        match Level::ALL.into_iter().find(same) {
            Some(level) => Ok(Self::whole(level, from.year(), from.month())),
            None => Ok(Self { from, to, code: None }),
        }
    }

    fn whole(level: Level, year: i16, month: i8) -> Self {
        let first = (month - 1) / level.months() * level.months() + 1;
        let code = level.code(year, month);
        Self { from: date(year, first, 1), to: level.last(year, month), code: Some(code) }
    }

    /// The period before: of the same kind where this has a code, of as many days where it has none.
    pub fn before(&self) -> Option<Self> {
        let to = self.from.yesterday().ok()?;
        let level = self.level();
        if let Some(level) = level {
            return YEARS.contains(&to.year()).then(|| Self::whole(level, to.year(), to.month()));
        }
        let days = self.from.until(self.to).ok()?.get_days();
        Self::of_days(to.checked_sub(jiff::Span::new().days(days)).ok()?, to).ok()
    }

    fn level(&self) -> Option<Level> {
        let code = self.code.as_deref()?;
        Level::ALL.into_iter().find(|level| level.code(self.from.year(), self.from.month()) == code)
    }

    /// Whether it begins with a month and ends with one.
    pub fn of_whole_months(&self) -> bool {
        self.from.day() == 1 && self.to.last_of_month() == self.to
    }

    /// What it is called: its code, or both days.
    pub fn name(&self) -> String {
        self.code.clone().unwrap_or_else(|| format!("{} – {}", self.from, self.to))
    }

    /// The codes of its first and last month.
    pub fn months(&self) -> (String, String) {
        let of = |day: Date| Level::Month.code(day.year(), day.month());
        (of(self.from), of(self.to))
    }
}

fn shown(text: &str) -> String {
    text.chars().take(20).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Span;

    #[test]
    fn codes_of_periods() {
        let of = |code| Span::of_code(code).map(|span| (span.from, span.to)).unwrap();
        assert_eq!(of("2026"), (date(2026, 1, 1), date(2026, 12, 31)));
        assert_eq!(of("2026-H2"), (date(2026, 7, 1), date(2026, 12, 31)));
        assert_eq!(of("2026-Q1"), (date(2026, 1, 1), date(2026, 3, 31)));
        assert_eq!(of("2024-02"), (date(2024, 2, 1), date(2024, 2, 29)));
        for wrong in [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-H3",
            "2026-H0",
            "2026-Q5",
            "2026-Q01",
            "+026",
            "9999",
            "0000",
            "李娜",
            "2026-02-30",
            "2026-é",
            "2026-H",
        ] {
            assert!(Span::of_code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_and_the_period_before() {
        let whole = Span::of_days(date(2026, 7, 1), date(2026, 12, 31)).unwrap();
        assert_eq!(whole.code.as_deref(), Some("2026-H2"));
        assert_eq!(whole.before().unwrap().name(), "2026-H1");
        assert_eq!(Span::of_code("2026-Q1").unwrap().before().unwrap().name(), "2025-Q4");
        assert_eq!(Span::of_code("2026").unwrap().before().unwrap().name(), "2025");
        let ten = Span::of_days(date(2026, 3, 11), date(2026, 3, 20)).unwrap();
        assert_eq!(ten.before().unwrap().name(), "2026-03-01 – 2026-03-10");
        assert!(Span::of_days(date(2026, 3, 2), date(2026, 3, 1)).is_err());
        assert_eq!(Span::of_code("1900").unwrap().before(), None);
    }
}
