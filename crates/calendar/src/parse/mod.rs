//! Reading dates as people write them.

mod figures;
mod prepare;
mod read;
mod token;
mod told;

use std::fmt;

use jiff::{ToSpan, civil::Date};

use crate::{Issue, Stated};

/// A cell as it came.
#[derive(Clone, Copy)]
pub enum Raw<'a> {
    /// Text, typed or spoken.
    Text(&'a str),
    /// A number cell.
    Number(f64),
    /// A cell that the spreadsheet holds as a date.
    Date(Date),
}

impl<'a> From<&'a str> for Raw<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// What the date is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A birth: bare small numbers are ages; nothing lies in the future.
    Birth,
    /// Something that happened: an arrival, a visit. Nothing lies in the future.
    #[default]
    Event,
    /// Something due or promised: may lie in the future.
    Due,
    /// A column of ages: an age is what was asked for.
    Age,
}

/// What must be known besides the cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The day of the table or of the row, against which ages and relative words are read.
    pub as_of: Option<Date>,
    /// The last two-digit year of the 2000s ("24": 24 is 2024 and 25 is 1925). By default the year of `as_of`
    /// (twenty more for [`Kind::Due`]), and 49 without it.
    pub two_digit_pivot: Option<u8>,
    /// What the date is of.
    pub kind: Kind,
    /// The year that a sheet or a heading gives for days without one.
    pub year: Option<i16>,
    /// The month that rows above give for days without one ("19日").
    pub month: Option<i8>,
    /// Whether the workbook counts days from 1904.
    pub epoch_1904: bool,
}

impl Context {
    /// A context for one kind of date in a table of a known day.
    pub fn new(kind: Kind, as_of: Date) -> Self {
        Self { as_of: Some(as_of), kind, ..Self::default() }
    }

    fn century(&self, two_digits: u32) -> i16 {
        let pivot = self.two_digit_pivot.map_or_else(
            || match (self.as_of, self.kind) {
                (Some(day), Kind::Due) => u32::from(day.year().rem_euclid(100).unsigned_abs()) + 20,
                (Some(day), _) => u32::from(day.year().rem_euclid(100).unsigned_abs()),
                (None, _) => 49,
            },
            u32::from,
        );
        let base = if two_digits <= pivot { 2000 } else { 1900 };
        i16::try_from(base + two_digits).unwrap_or(1900)
    }
}

/// What a cell says. `Debug` shows the issues and not the date.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The date in the precision told; `None` when nothing certain was said.
    pub value: Option<Stated>,
    /// The same as ISO 8601 of its precision ("2011", "2011-03", "2011-03-05"); `None` for ages.
    pub iso: Option<String>,
    /// What there is to say about how it was written, each once, in a fixed order.
    pub issues: Vec<Issue>,
    /// Whether the cell says that the date is not known, or says nothing.
    pub unknown: bool,
}

impl fmt::Debug for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parsed")
            .field("value", &self.value)
            .field("issues", &self.issues)
            .field("unknown", &self.unknown)
            .finish_non_exhaustive()
    }
}

impl Parsed {
    fn of(value: Stated, issues: &[Issue]) -> Self {
        match value.checked() {
            Ok(value) => Self { iso: value.iso(), value: Some(value), ..Self::none(issues) },
            Err(_) => Self::none(&[Issue::DateImpossible]),
        }
    }

    fn none(issues: &[Issue]) -> Self {
        let mut issues = issues.to_vec();
        issues.sort_unstable_by_key(|issue| rank(*issue));
        issues.dedup();
        Self { issues, ..Self::default() }
    }

    fn unreadable() -> Self {
        Self::none(&[Issue::DateUnreadable])
    }

    fn nothing() -> Self {
        Self { unknown: true, ..Self::default() }
    }
}

/// How it was written before how much of it there is.
fn rank(issue: Issue) -> (bool, Issue) {
    (matches!(issue, Issue::DatePartial), issue)
}

/// Texts longer than this are no dates.
const LONGEST: usize = 60;

/// Reads one cell. Never fails: what cannot be read has no value and says why.
///
/// ```
/// use calendar::{Context, Kind, Raw, parse};
/// let context = Context::new(Kind::Birth, jiff::civil::date(2024, 3, 15));
/// let read = parse(Raw::Text("11年3月"), &context);
/// assert_eq!(read.iso.as_deref(), Some("2011-03"));
/// ```
pub fn parse(raw: Raw<'_>, context: &Context) -> Parsed {
    let parsed = match raw {
        Raw::Text(text) if text.chars().nth(LONGEST).is_some() => Parsed::unreadable(),
        Raw::Text(text) => read::text(text, context),
        Raw::Number(number) => figures::number(number, context),
        Raw::Date(date) => date_cell(date, context),
    };
    no_future(parsed, context)
}

/// Spreadsheets show a bare 2011 or 8 that was formatted as a date as a day of 1905 or of January 1900.
fn date_cell(date: Date, context: &Context) -> Parsed {
    let serial = figures::serial_of(date, context.epoch_1904);
    match serial {
        Some(days @ 1..=120) if context.kind == Kind::Birth && !context.epoch_1904 => {
            told::age(u32::try_from(days).unwrap_or(0), context)
        }
        Some(days @ 1920..=2100) if !context.epoch_1904 => {
            let year = i16::try_from(days).unwrap_or(1900);
            Parsed::of(Stated::Year { year }, &[Issue::DateSerial, Issue::DatePartial])
        }
        _ => Parsed::of(Stated::Day { date }, &[]),
    }
}

fn no_future(parsed: Parsed, context: &Context) -> Parsed {
    let (Some(value), Some(as_of)) = (&parsed.value, context.as_of) else { return parsed };
    if context.kind == Kind::Due || value.is_age() || value.earliest() <= as_of {
        return parsed;
    }
    Parsed::none(&[Issue::DateFuture])
}

fn before(day: Date, span: jiff::Span) -> Date {
    day.checked_sub(span).unwrap_or(day)
}

fn years_before(day: Date, years: i32) -> Date {
    before(day, years.years())
}
