//! What both reports read of people: who stands for whom, sex and age.

mod queries;

use std::collections::HashMap;

use jiff::civil::{Date, date};
use kernel::Id;

pub(crate) use queries::known_of;
pub use queries::{STATEMENTS, in_chunks, known, merges};

/// What is known of a person's sex and birth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// `F` or `M`.
    pub sex: Option<char>,
    /// First and last possible day of birth.
    pub born: Option<(Date, Date)>,
}

impl Known {
    /// This, and what is missing from another record of the same person.
    pub fn or(self, other: Self) -> Self {
        Self { sex: self.sex.or(other.sex), born: self.born.or(other.born) }
    }

    /// Full years on a day, by the day in the middle of the possible ones; none if unknown or not born yet.
    pub fn age(&self, on: Date) -> Option<u8> {
        let (first, last) = self.born?;
        if first > on {
            return None;
        }
        let half = first.until(last.max(first)).map_or(0, |span| span.get_days() / 2);
        let middle = first.checked_add(jiff::Span::new().days(half)).unwrap_or(first).min(on);
        let had_birthday = (on.month(), on.day()) >= (middle.month(), middle.day());
        let years = on.year() - middle.year() - i16::from(!had_birthday);
        u8::try_from(years.max(0)).ok()
    }
}

/// The possible days of birth as tables keep them: two days, or only the year.
pub fn born(from: Option<&str>, to: Option<&str>, year: Option<i64>) -> Option<(Date, Date)> {
    let days = from.and_then(|text| text.parse().ok()).zip(to.and_then(|text| text.parse().ok()));
    days.or_else(|| {
        let year = i16::try_from(year?).ok().filter(|year| (1800..=2200).contains(year))?;
        Some((date(year, 1, 1), date(year, 12, 31)))
    })
}

/// Which record stands for which, merges followed to their end.
#[derive(Clone, Debug, Default)]
pub struct Roots(HashMap<Id, Id>);

impl Roots {
    /// From the merges as they were made.
    pub fn new(merges: HashMap<Id, Id>) -> Self {
        Self(merges)
    }

    /// The record that stands for this one. A circle, which only damage brings about, is left where it closes.
    pub fn of(&self, person: Id) -> Id {
        let mut at = person;
        for _ in 0..64 {
            match self.0.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Id;

    use super::{Known, Roots, born};

    #[test]
    fn ages_of_what_is_known() {
        let day = |text: &str| Known { sex: None, born: born(Some(text), Some(text), None) };
        let on = date(2024, 3, 15);
        assert_eq!(day("2006-03-15").age(on), Some(18));
        assert_eq!(day("2006-03-16").age(on), Some(17));
        assert_eq!(day("2024-03-16").age(on), None);
        assert_eq!(day("2020-02-29").age(date(2021, 2, 28)), Some(0));
        let year = Known { sex: None, born: born(None, None, Some(2024)) };
        assert_eq!(year.age(on), Some(0), "born this year, early enough");
        assert_eq!(Known { sex: None, born: born(None, None, Some(2006)) }.age(on), Some(17));
        assert_eq!(Known::default().age(on), None);
        assert_eq!(born(Some("李娜"), Some("2020-01-01"), Some(30_000)), None);
    }

    #[test]
    fn merges_are_followed_and_circles_end() {
        let roots = Roots::new([(Id(1), Id(2)), (Id(2), Id(3)), (Id(8), Id(9)), (Id(9), Id(8))].into());
        assert_eq!((roots.of(Id(1)), roots.of(Id(3)), roots.of(Id(7))), (Id(3), Id(3), Id(7)));
        assert!([Id(8), Id(9)].contains(&roots.of(Id(8))));
    }
}
