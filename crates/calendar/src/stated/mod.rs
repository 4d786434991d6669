//! A date with the precision in which it was told.

mod agree;
mod words;

use std::fmt;

use jiff::{Span, ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use agree::Agreement;
pub(crate) use words::{MONTHS, english_month};

use crate::lunar::{self, LunarDate};

/// A date as told. Nothing more exact than what was said is ever stored; bounds are computed when asked for.
///
/// Reading from JSON refuses what cannot be (month 13, 30 February, a lunar month that the year does not have).
/// `Debug` shows the precision only, because birth dates are personal.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "precision", rename_all = "snake_case", try_from = "Wire")]
pub enum Stated {
    /// An exact civil day.
    Day {
        /// The day.
        #[schemars(with = "String")]
        date: Date,
    },
    /// A civil month.
    Month {
        /// Civil year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A civil year.
    Year {
        /// Civil year.
        year: i16,
    },
    /// Full years of age (周岁) on a day.
    Age {
        /// Completed years.
        years: u16,
        /// The day on which this was told.
        #[schemars(with = "String")]
        on: Date,
    },
    /// Full months of age on a day, for the very young.
    AgeMonths {
        /// Completed months.
        months: u16,
        /// The day on which this was told.
        #[schemars(with = "String")]
        on: Date,
    },
    /// Nominal age (虚岁): 1 at birth, one more at every Spring Festival.
    NominalAge {
        /// The count as told.
        years: u16,
        /// The day on which this was told.
        #[schemars(with = "String")]
        on: Date,
    },
    /// A day or month of the lunar year, kept as told.
    Lunar {
        /// Civil year in which the lunar year begins.
        year: i16,
        /// 1 to 12.
        month: u8,
        /// Whether it is the leap month.
        #[serde(default)]
        leap: bool,
        /// 1 to 30; absent when only the month is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<u8>,
    },
}

/// The shape of [`Stated`] before it is checked.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "precision", rename_all = "snake_case")]
#[schemars(rename = "StatedAsSent")]
enum Wire {
    Day {
        #[schemars(with = "String")]
        date: Date,
    },
    Month {
        year: i16,
        month: i8,
    },
    Year {
        year: i16,
    },
    Age {
        years: u16,
        #[schemars(with = "String")]
        on: Date,
    },
    AgeMonths {
        months: u16,
        #[schemars(with = "String")]
        on: Date,
    },
    NominalAge {
        years: u16,
        #[schemars(with = "String")]
        on: Date,
    },
    Lunar {
        year: i16,
        month: u8,
        #[serde(default)]
        leap: bool,
        #[serde(default)]
        day: Option<u8>,
    },
}

/// A stated date that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonsense;

impl fmt::Display for Nonsense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such date or age")
    }
}

impl std::error::Error for Nonsense {}

impl TryFrom<Wire> for Stated {
    type Error = Nonsense;

    fn try_from(wire: Wire) -> Result<Self, Nonsense> {
        let stated = match wire {
            Wire::Day { date } => Self::Day { date },
            Wire::Month { year, month } => Self::Month { year, month },
            Wire::Year { year } => Self::Year { year },
            Wire::Age { years, on } => Self::Age { years, on },
            Wire::AgeMonths { months, on } => Self::AgeMonths { months, on },
            Wire::NominalAge { years, on } => Self::NominalAge { years, on },
            Wire::Lunar { year, month, leap, day } => Self::Lunar { year, month, leap, day },
        };
        stated.checked()
    }
}

/// The least and the greatest age that a stated birth allows on a day, in full years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct AgeRange {
    /// Least full years.
    pub least: u16,
    /// Greatest full years.
    pub most: u16,
}

impl AgeRange {
    /// The age, when only one is possible.
    pub fn exact(self) -> Option<u16> {
        (self.least == self.most).then_some(self.least)
    }

    /// Whether certainly younger than `years` (`Some(true)`), certainly not (`Some(false)`), or not known.
    pub fn under(self, years: u16) -> Option<bool> {
        if self.most < years {
            Some(true)
        } else if self.least >= years {
            Some(false)
        } else {
            None
        }
    }
}

/// The oldest age that is believed, in years.
pub const OLDEST: u16 = 130;

impl Stated {
    /// Refuses what cannot be. Values built in code from parts that people typed should pass through here.
    ///
    /// # Errors
    /// [`Nonsense`] for a month 13, a lunar day the year does not have, an age above [`OLDEST`], a nominal age 0.
    pub fn checked(self) -> Result<Self, Nonsense> {
        let fine = match &self {
            Self::Day { date } => (1..=9998).contains(&date.year()),
            Self::Month { year, month } => (1..=9998).contains(year) && (1..=12).contains(month),
            Self::Year { year } => (1..=9998).contains(year),
            Self::Age { years, on } => *years <= OLDEST && on.year() > 200,
            Self::AgeMonths { months, on } => *months <= OLDEST * 12 && on.year() > 200,
            Self::NominalAge { years, on } => (1..=OLDEST).contains(years) && nominal(*years, *on).is_some(),
            Self::Lunar { year, month, leap, day } => match day {
                Some(day) => {
                    LunarDate { year: *year, month: *month, leap: *leap, day: *day }.to_civil().is_some()
                }
                None => lunar::month_days(*year, *month, *leap).is_some(),
            },
        };
        if fine { Ok(self) } else { Err(Nonsense) }
    }

    /// First and last day that the statement allows. For births of which an age was told, the days of birth.
    pub fn bounds(&self) -> (Date, Date) {
        match *self {
            Self::Day { date } => (date, date),
            Self::Month { year, month } => {
                let first = civil(year, month, 1);
                (first, first.last_of_month())
            }
            Self::Year { year } => (civil(year, 1, 1), civil(year, 12, 31)),
            Self::Age { years, on } => {
                let years = i32::from(years);
                (back(on, (years + 1).years()).tomorrow().unwrap_or(on), back(on, years.years()))
            }
            Self::AgeMonths { months, on } => {
                let months = i32::from(months);
                (back(on, (months + 1).months()).tomorrow().unwrap_or(on), back(on, months.months()))
            }
            Self::NominalAge { years, on } => nominal(years, on).unwrap_or((on, on)),
            Self::Lunar { year, month, leap, day } => {
                let at = |day| LunarDate { year, month, leap, day }.to_civil();
                let last = day.or_else(|| lunar::month_days(year, month, leap)).unwrap_or(1);
                match (at(day.unwrap_or(1)), at(last)) {
                    (Some(first), Some(last)) => (first, last),
                    _ => (civil(year, 1, 1), civil(year, 12, 31)),
                }
            }
        }
    }

    /// First day that the statement allows.
    pub fn earliest(&self) -> Date {
        self.bounds().0
    }

    /// Last day that the statement allows.
    pub fn latest(&self) -> Date {
        self.bounds().1
    }

    /// Orders statements by their first day, then the more exact one first.
    pub fn sort_key(&self) -> (Date, Date) {
        self.bounds()
    }

    /// The civil day, when the statement allows only one (a lunar day is converted).
    pub fn day_if_exact(&self) -> Option<Date> {
        let (first, last) = self.bounds();
        (first == last).then_some(first)
    }

    /// The statement as an ISO 8601 date of its precision: `2011`, `2011-03`, `2011-03-05`. A lunar month gives
    /// the civil month or year that it wholly lies in. `None` for ages.
    pub fn iso(&self) -> Option<String> {
        if matches!(self, Self::Age { .. } | Self::AgeMonths { .. } | Self::NominalAge { .. }) {
            return None;
        }
        let (first, last) = self.bounds();
        if first == last {
            Some(first.to_string())
        } else if first.year() != last.year() {
            None
        } else if first.month() == last.month() {
            Some(format!("{:04}-{:02}", first.year(), first.month()))
        } else {
            Some(format!("{:04}", first.year()))
        }
    }

    /// Whether an age was told, and not a date.
    pub fn is_age(&self) -> bool {
        matches!(self, Self::Age { .. } | Self::AgeMonths { .. } | Self::NominalAge { .. })
    }

    /// Full years (周岁) on a day of someone born as stated. Someone born on 29 February
    /// turns a year older on 1 March of common years. `None` when the birth is certainly after that day.
    pub fn age_on(&self, day: Date) -> Option<AgeRange> {
        let (first, last) = self.bounds();
        let most = full_years(first, day)?;
        Some(AgeRange { least: full_years(last, day).unwrap_or(0), most })
    }

    /// How this statement agrees with another about the same thing. See [`Agreement`].
    pub fn compatible(&self, other: &Self) -> Agreement {
        agree::compare(self, other)
    }
}

impl fmt::Debug for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day { .. } => "Stated(day)",
            Self::Month { .. } => "Stated(month)",
            Self::Year { .. } => "Stated(year)",
            Self::Age { .. } => "Stated(age)",
            Self::AgeMonths { .. } => "Stated(age_months)",
            Self::NominalAge { .. } => "Stated(nominal_age)",
            Self::Lunar { .. } => "Stated(lunar)",
        })
    }
}

/// Full years from birth to a day; `None` when not yet born. Counts backwards from the day, as the bounds do, so
/// that an age and its bounds always agree.
fn full_years(birth: Date, day: Date) -> Option<u16> {
    if birth > day {
        return None;
    }
    let gap = i32::from(day.year()) - i32::from(birth.year());
    let reached = back(day, gap.years()) >= birth;
    let gap = if reached { gap } else { gap - 1 };
    u16::try_from(gap.max(0)).ok()
}

/// Days of birth for a nominal age: the lunar year that lies `years - 1` before that of `on`.
fn nominal(years: u16, on: Date) -> Option<(Date, Date)> {
    let year = LunarDate::from_civil(on)?.year.checked_sub(i16::try_from(years).ok()?)?.checked_add(1)?;
    let next = lunar::new_year(year.checked_add(1)?)?;
    Some((lunar::new_year(year)?, next.yesterday().ok()?.min(on)))
}

fn civil(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

fn back(from: Date, by: Span) -> Date {
    from.checked_sub(by).unwrap_or(Date::MIN)
}
