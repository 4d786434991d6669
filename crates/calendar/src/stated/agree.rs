//! Comparing two statements about the same birth or event.

use jiff::civil::Date;

use super::Stated;
use crate::lunar::LunarDate;

/// How two statements agree. The order runs from agreement to contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The same day, month or year, told with the same precision.
    Same,
    /// Both can be true: their days overlap.
    Compatible,
    /// The same digits, one meant in the lunar and one in the civil calendar.
    LunarAsCivil,
    /// Day and month changed places.
    Swap,
    /// They contradict each other; the least number of days between them.
    Off(u32),
}

impl Agreement {
    /// Whether both statements can be true as told.
    pub fn holds(self) -> bool {
        matches!(self, Self::Same | Self::Compatible)
    }
}

pub(super) fn compare(one: &Stated, other: &Stated) -> Agreement {
    let (a, b) = (one.bounds(), other.bounds());
    if a == b {
        return Agreement::Same;
    }
    if a.0 <= b.1 && b.0 <= a.1 {
        return Agreement::Compatible;
    }
    if lunar_as_civil(one, other) || lunar_as_civil(other, one) {
        return Agreement::LunarAsCivil;
    }
    if let (Stated::Day { date: x }, Stated::Day { date: y }) = (one, other)
        && x.year() == y.year()
        && x.month() == y.day()
        && x.day() == y.month()
    {
        return Agreement::Swap;
    }
    Agreement::Off(if a.1 < b.0 { days(a.1, b.0) } else { days(b.1, a.0) })
}

/// Whether `told` has the digits of the lunar day that `meant` is: someone's lunar birthday written down without
/// the word for it.
fn lunar_as_civil(told: &Stated, meant: &Stated) -> bool {
    let Stated::Day { date } = told else { return false };
    let Some(lunar) = meant.day_if_exact().and_then(LunarDate::from_civil) else { return false };
    date.year() == lunar.year
        && date.month().unsigned_abs() == lunar.month
        && date.day().unsigned_abs() == lunar.day
}

fn days(from: Date, to: Date) -> u32 {
    from.until(to).map_or(u32::MAX, |span| span.get_days().unsigned_abs())
}
