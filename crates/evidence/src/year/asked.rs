//! Requests of a period: how many were asked, answered, given up, and how long that took. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::units::Requests;

/// Something that happened to a request, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was asked.
    Asked(Date),
    /// It was answered.
    Answered(Date),
    /// It was given up.
    Dropped(Date),
    /// It goes on.
    Reopened(Date),
}

impl Step {
    /// The step that a verb is, if it is one.
    pub fn of(verb: &str, day: Date) -> Option<Self> {
        match verb {
            "request.ask" => Some(Self::Asked(day)),
            "request.finish" => Some(Self::Answered(day)),
            "request.drop" => Some(Self::Dropped(day)),
            "request.reopen" => Some(Self::Reopened(day)),
            _ => None,
        }
    }

    fn day(self) -> Date {
        match self {
            Self::Asked(day) | Self::Answered(day) | Self::Dropped(day) | Self::Reopened(day) => day,
        }
    }
}

/// What the requests of a period come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Asked in the period, by kind of need.
    pub asked: BTreeMap<String, Requests>,
    /// Answered in the period, whenever they were asked, and not open again at its end.
    pub answered: Requests,
    /// Given up in the period, and not open again at its end.
    pub dropped: Requests,
    /// Open at its end.
    pub open: Requests,
    /// Days from asking to answering, of those answered; the one in the middle.
    pub median_days: Option<u64>,
    /// Days that those still open had waited at its end; the one in the middle.
    pub median_waiting: Option<u64>,
}

/// Counts. `end` is the last day of the period, or today where that is still to come.
pub fn count<'a>(requests: impl Iterator<Item = &'a (String, Vec<Step>)>, from: Date, end: Date) -> Asked {
    let mut all = Asked::default();
    let (mut took, mut waiting) = (Vec::new(), Vec::new());
    for (code, steps) in requests {
        let Some(Step::Asked(asked)) = steps.first().copied() else { continue };
        if asked > end {
            continue;
        }
        if asked >= from {
            let slot = all.asked.entry(code.clone()).or_default();
            *slot = *slot + Requests(1);
        }
        let days = |day: Date| asked.until(day).map_or(0, |span| span.get_days().max(0)).unsigned_abs();
        match steps.iter().copied().rfind(|step| step.day() <= end) {
            Some(Step::Answered(day)) if day >= from => took.push(u64::from(days(day))),
            Some(Step::Dropped(day)) if day >= from => all.dropped = all.dropped + Requests(1),
            Some(Step::Asked(_) | Step::Reopened(_)) => waiting.push(u64::from(days(end))),
            _ => {}
        }
    }
    all.answered = Requests(took.len() as u64);
    all.open = Requests(waiting.len() as u64);
    all.median_days = middle(took);
    all.median_waiting = middle(waiting);
    all
}

/// The one in the middle; of two, the lower.
fn middle(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn requests_by_what_became_of_them() {
        let day = |day| date(2026, 3, day);
        let of = |steps: &[Step]| ("after_school".to_owned(), steps.to_vec());
        let requests = [
            of(&[Step::Asked(date(2026, 2, 20)), Step::Answered(day(2))]),
            of(&[Step::Asked(day(1)), Step::Answered(day(3)), Step::Reopened(day(4))]),
            of(&[Step::Asked(day(5)), Step::Dropped(day(6))]),
            of(&[Step::Asked(day(5)), Step::Answered(day(8))]),
            of(&[Step::Asked(day(7)), Step::Answered(date(2026, 4, 1))]),
            of(&[Step::Asked(date(2026, 4, 2))]),
        ];
        let march = count(requests.iter(), day(1), day(31));
        assert_eq!(march.asked["after_school"], Requests(4));
        assert_eq!((march.answered, march.dropped, march.open), (Requests(2), Requests(1), Requests(2)));
        assert_eq!((march.median_days, march.median_waiting), (Some(3), Some(24)));
        assert_eq!(count([].iter(), day(1), day(31)), Asked::default());
    }
}
