//! Who brings what, as pages show it.

use jiff::civil::Date;
use kernel::Id;
use kernel::page::Named;
use schemars::JsonSchema;
use serde::Serialize;

use super::EXEMPT_FROM;

/// What is asked of an invited household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// It has not said what it brings.
    Ask,
    /// It brings something.
    Brings,
    /// Invited, no dish: all its members are 80 or older.
    Exempt,
}

/// A household of a feast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DishView {
    /// The invitation.
    pub id: Id,
    /// The household.
    pub household: Id,
    /// Its number.
    pub number: String,
    /// Its members on the day.
    pub members: Vec<Named>,
    /// What it brings.
    pub words: String,
    /// It is here.
    pub brought: bool,
    /// What is asked of it.
    pub asked: Asked,
    /// For edits.
    pub version: i64,
}

/// The dishes of a feast.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dishes {
    /// Those that have not said yet first, then those that bring something, then those who are only invited.
    pub items: Vec<DishView>,
    /// Households invited.
    pub invited: u64,
    /// Households that bring something.
    pub brings: u64,
    /// Households still to be asked.
    pub ask: u64,
    /// Households invited without a dish.
    pub exempt: u64,
    /// The reader's device lets go of this after that day, where some of it is lent by the roll.
    pub keep_until: Option<String>,
}

/// Whether nobody of a household is asked for a dish: it has members, and each is certainly 80 or older. `ages` are the
/// least ages that are possible on the day; none where an age is not known.
pub fn exempt(ages: &[Option<u8>]) -> bool {
    !ages.is_empty() && ages.iter().all(|age| age.is_some_and(|age| age >= EXEMPT_FROM))
}

/// What is asked of a household.
pub fn asked(words: &str, ages: &[Option<u8>]) -> Asked {
    match (words.is_empty(), exempt(ages)) {
        (false, _) => Asked::Brings,
        (true, true) => Asked::Exempt,
        (true, false) => Asked::Ask,
    }
}

impl Dishes {
    /// The dishes with their sums.
    pub fn of(mut items: Vec<DishView>) -> Self {
        let count = |asked: Asked| items.iter().filter(|item| item.asked == asked).count() as u64;
        let (brings, ask, exempt) = (count(Asked::Brings), count(Asked::Ask), count(Asked::Exempt));
        let invited = items.len() as u64;
        items.sort_by(|a, b| a.asked.cmp(&b.asked).then_with(|| a.number.cmp(&b.number)));
        Self { items, invited, brings, ask, exempt, keep_until: None }
    }
}

/// A dish before the household is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DishRow {
    /// The invitation.
    pub id: Id,
    /// The household.
    pub household: Id,
    /// What it brings.
    pub words: String,
    /// It is here.
    pub brought: bool,
    /// For edits.
    pub version: i64,
}

/// A feast with its day, for the ages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feast {
    /// The day.
    pub day: Date,
    /// The invitations in the order they were made.
    pub rows: Vec<DishRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_certainly_eighty_are_exempt() {
        assert!(exempt(&[Some(80), Some(91)]));
        for ages in [&[][..], &[Some(79)], &[Some(85), None], &[None], &[Some(85), Some(12)]] {
            assert!(!exempt(ages), "{ages:?}");
        }
        assert_eq!(asked("", &[Some(85)]), Asked::Exempt);
        assert_eq!(asked("凉拌黄瓜", &[Some(85)]), Asked::Brings, "she may bring one if she likes");
        assert_eq!(asked("", &[Some(85), None]), Asked::Ask);
    }
}
