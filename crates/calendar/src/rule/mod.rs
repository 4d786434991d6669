//! Rules by which something is held again and again: the days, in words, with bounds.
//!
//! The shape is a part of RFC 5545's `RRULE` with typed parts, and one more that it lacks: a day of the Chinese year.
//! Three things are decided where the standard leaves a hole or people mean something else:
//!
//! * **A day that a month lacks** is its last day (RFC 7529 calls that `SKIP=BACKWARD`): a feast on 29 February is held
//!   on 28 February in a common year, the 31st of every month on 30 April, 腊月三十 on the 29th of a short month. A
//!   fifth weekday that a month lacks is left out.
//! * **A leap month** of the Chinese year is passed over: 六月廿四 is kept in the sixth month, never again in 闰六月.
//! * **A number of times** counts what is held: ten lessons are ten lessons when a week is left out in between.

mod days;
mod words;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Days of the week by the letters of RFC 5545.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    #[default]
    Mo,
    /// Tuesday.
    Tu,
    /// Wednesday.
    We,
    /// Thursday.
    Th,
    /// Friday.
    Fr,
    /// Saturday.
    Sa,
    /// Sunday.
    Su,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mo, Self::Tu, Self::We, Self::Th, Self::Fr, Self::Sa, Self::Su];

    /// The weekday of a date.
    pub fn of(date: Date) -> Self {
        Self::ALL[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()) % 7]
    }

    fn days_after_monday(self) -> i64 {
        self as i64
    }
}

/// How often, and on which days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Every {
    /// Every so many days.
    #[default]
    Day,
    /// On weekdays.
    Week {
        /// Which ones.
        #[schemars(length(min = 1, max = 7))]
        weekdays: Vec<Weekday>,
    },
    /// On a day of the month.
    MonthDay {
        /// 1 to 31; −1 is the last.
        #[schemars(range(min = -1, max = 31))]
        day: i8,
    },
    /// On a weekday of the month.
    MonthWeekday {
        /// 1 to 5; −1 is the last.
        #[schemars(range(min = -1, max = 5))]
        nth: i8,
        /// Which weekday.
        weekday: Weekday,
    },
    /// On a day of the civil year.
    Year {
        /// 1 to 12.
        #[schemars(range(min = 1, max = 12))]
        month: i8,
        /// 1 to 31.
        #[schemars(range(min = 1, max = 31))]
        day: i8,
    },
    /// On a day of the Chinese year.
    LunarYear {
        /// 1 to 12.
        #[schemars(range(min = 1, max = 12))]
        month: u8,
        /// 1 to 30.
        #[schemars(range(min = 1, max = 30))]
        day: u8,
    },
}

/// Days that are left out, such as school holidays; both ends belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pause {
    /// First day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub to: Date,
    /// Why.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub words: String,
}

fn once() -> u16 {
    1
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// How often, and on which days.
    pub every: Every,
    /// Every, every second, every third … day, week, month or year.
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 99))]
    pub interval: u16,
    /// The first day that can be one.
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: Date,
    /// The last day that can be one.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// How many times at most.
    #[serde(default)]
    #[schemars(range(min = 1, max = 800))]
    pub count: Option<u16>,
    /// Days left out.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub pauses: Vec<Pause>,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            every: Every::default(),
            interval: 1,
            from: Date::default(),
            until: None,
            count: None,
            pauses: Vec::new(),
        }
    }
}

/// Most days that one rule gives.
pub const MOST: usize = 800;

/// How many days ahead the days of a rule without an end are made. More than a Chinese year with a leap month has, so
/// that the next day of a yearly rule is always among them.
pub const AHEAD_DAYS: i64 = 400;

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// A number is out of its range; the field.
    Range(&'static str),
    /// It gives more than [`MOST`] days.
    TooMany,
    /// It ends before it begins.
    EndsEarly,
    /// It gives no day at all.
    NoDay,
    /// A pause ends before it begins.
    Pause,
}

impl Rule {
    /// Refuses a rule that cannot be, that gives no day, or too many.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn check(&self) -> Result<(), RuleFault> {
        let range = |field, good: bool| if good { Ok(()) } else { Err(RuleFault::Range(field)) };
        range("interval", (1..=99).contains(&self.interval))?;
        range("count", self.count.is_none_or(|count| (1..=MOST).contains(&usize::from(count))))?;
        range("from", (1990..=2100).contains(&self.from.year()))?;
        range("until", self.until.is_none_or(|until| (1990..=2100).contains(&until.year())))?;
        range("pauses", self.pauses.len() <= 100)?;
        match &self.every {
            Every::Day => {}
            Every::Week { weekdays } => range("weekdays", !weekdays.is_empty() && weekdays.len() <= 7)?,
            Every::MonthDay { day } => range("day", *day == -1 || (1..=31).contains(day))?,
            Every::MonthWeekday { nth, .. } => range("nth", *nth == -1 || (1..=5).contains(nth))?,
            Every::Year { month, day } => {
                // 29 February is a day; 30 February is none in any year.
                range("month", (1..=12).contains(month))?;
                range("day", Date::new(2024, *month, *day).is_ok())?;
            }
            Every::LunarYear { month, day } => {
                range("month", (1..=12).contains(month))?;
                range("day", (1..=30).contains(day))?;
            }
        }
        if self.pauses.iter().any(|pause| pause.to < pause.from) {
            return Err(RuleFault::Pause);
        }
        if self.until.is_some_and(|until| until < self.from) {
            return Err(RuleFault::EndsEarly);
        }
        match self.all().take(MOST + 1).count() {
            0 => Err(RuleFault::NoDay),
            many if many > MOST && self.until.is_some() => Err(RuleFault::TooMany),
            _ => Ok(()),
        }
    }

    /// The last day that is made when it is made today: its own end, or [`AHEAD_DAYS`] from today or from its first day.
    pub fn horizon(&self, today: Date) -> Date {
        let ahead = self.from.max(today).saturating_add(jiff::Span::new().days(AHEAD_DAYS));
        let full = self.count.and_then(|_| self.all().last());
        self.until.or(full).map_or(ahead, |end| end.min(ahead))
    }

    /// The days to be made when it is made today, in order.
    pub fn due(&self, today: Date) -> Vec<Date> {
        let last = self.horizon(today);
        self.all().take_while(|day| *day <= last).take(MOST).collect()
    }

    /// Every day of it in order; without an end it goes on to the last year that is converted.
    pub fn all(&self) -> impl Iterator<Item = Date> + '_ {
        let held = days::candidates(self)
            .filter(|day| !self.pauses.iter().any(|pause| (pause.from..=pause.to).contains(day)));
        held.take(self.count.map_or(usize::MAX, usize::from))
    }

    /// The rule that is left when it ends the day before.
    #[must_use]
    pub fn ending_before(&self, day: Date) -> Option<Self> {
        let last = day.yesterday().ok()?;
        let until = Some(self.until.map_or(last, |until| until.min(last)));
        let cut = Self { until, ..self.clone() };
        cut.check().is_ok().then_some(cut)
    }
}
