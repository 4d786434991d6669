//! The codes of periods: `2026`, `2026-H2`, `2026-Q4`, `2026-11`.

use jiff::civil::{Date, date};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A year.
    Year,
    /// Half a year.
    Half,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 4] = [Self::Year, Self::Half, Self::Quarter, Self::Month];

    /// Its months.
    pub fn months(self) -> i8 {
        match self {
            Self::Year => 12,
            Self::Half => 6,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }

    /// The first month of the period that a month (from 1 on) is in.
    pub fn first(self, month: i8) -> i8 {
        (month - 1) / self.months() * self.months() + 1
    }

    /// The period of a month (from 1 on) of a year.
    pub fn code(self, year: i16, month: i8) -> String {
        let number = (month - 1) / self.months() + 1;
        match self {
            Self::Year => format!("{year:04}"),
            Self::Half => format!("{year:04}-H{number}"),
            Self::Quarter => format!("{year:04}-Q{number}"),
            Self::Month => format!("{year:04}-{number:02}"),
        }
    }

    /// The last day of the period that a month of a year is in.
    pub fn last(self, year: i16, month: i8) -> Date {
        let number = (month - 1) / self.months() + 1;
        date(year, number * self.months(), 1).last_of_month()
    }
}

/// The codes of every period that a day is in.
pub fn codes(day: Date) -> impl Iterator<Item = String> {
    Level::ALL.into_iter().map(move |level| level.code(day.year(), day.month()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Level, codes};

    #[test]
    fn a_day_is_in_four_periods() {
        let of = |day| codes(day).collect::<Vec<_>>();
        assert_eq!(of(date(2026, 11, 24)), ["2026", "2026-H2", "2026-Q4", "2026-11"]);
        assert_eq!(of(date(2026, 6, 30)), ["2026", "2026-H1", "2026-Q2", "2026-06"]);
        assert_eq!(Level::Half.last(2026, 2), date(2026, 6, 30));
        assert_eq!(Level::Month.last(2024, 2), date(2024, 2, 29));
        assert_eq!(Level::Year.last(2026, 2), date(2026, 12, 31));
    }
}
