//! Who stays, as the list shows it.

use jiff::civil::Date;
use kernel::page::Named;
use kernel::units::{Households, People};
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, FestivalStay, Meal};
use crate::session::views::SessionCard;
use crate::signup::views::Standing;

/// Somebody's stay here, with the day on which they mean to be back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BackView {
    /// The stay.
    pub id: Id,
    /// The day; null where none is noted, or no exact one.
    pub expected_back: Option<String>,
    /// For edits.
    pub version: i64,
}

/// A member of a household on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Relative {
    /// Who.
    pub who: Named,
    /// Under 18, or maybe so.
    pub child: bool,
    /// Certainly 80 or older at the festival.
    pub elder: bool,
    /// How to reach them; none where the reader may not read it.
    pub phones: Vec<String>,
    /// Their stay here, where there is one in the reader's scope.
    pub stay: Option<BackView>,
}

/// The sign-up by which a household comes to the shared meal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MealSignUp {
    /// The sign-up.
    pub id: Id,
    /// Where it stands.
    pub standing: Standing,
    /// For edits.
    pub version: i64,
}

/// A household, or a person without one, on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StayItem {
    /// The answer's record, whether it was made yet or not.
    pub id: Id,
    /// The household.
    pub household: Option<Id>,
    /// Its number.
    pub number: String,
    /// The person, where there is no household.
    pub person: Option<Id>,
    /// Its members; the person alone, where there is no household.
    pub members: Vec<Relative>,
    /// Where they are.
    pub answer: Answer,
    /// When they leave.
    pub from: Option<String>,
    /// When they are back.
    pub back: Option<String>,
    /// The household they celebrate with.
    pub with_household: Option<Named>,
    /// The person they celebrate with.
    pub with_person: Option<Named>,
    /// With whom, in words.
    pub with_words: String,
    /// How many stay; null where it was not said.
    pub people: Option<u32>,
    /// How many of them are children.
    pub children: Option<u32>,
    /// Whether they come to the shared meal.
    pub meal: Meal,
    /// What else they said.
    pub words: String,
    /// Their sign-up for the shared meal, where a session is linked.
    pub signup: Option<MealSignUp>,
    /// For edits; 0 where no record was made yet.
    pub version: i64,
}

impl StayItem {
    /// Somebody who was not asked yet, before names are looked up.
    pub fn unasked(id: Id, (household, person): (Option<Id>, Option<Id>)) -> Self {
        Self {
            id,
            household,
            number: String::new(),
            person,
            members: Vec::new(),
            answer: Answer::NotAsked,
            from: None,
            back: None,
            with_household: None,
            with_person: None,
            with_words: String::new(),
            people: None,
            children: None,
            meal: Meal::NotAsked,
            words: String::new(),
            signup: None,
            version: 0,
        }
    }

    /// An answer, before names are looked up.
    pub fn of(held: &Held) -> Self {
        let stay: FestivalStay = journal::state(held);
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            answer: stay.answer,
            from: day(stay.from),
            back: day(stay.back),
            with_household: stay.with_household.map(|id| Named::unnamed(id.0)),
            with_person: stay.with_person.map(|id| Named::unnamed(id.0)),
            with_words: stay.with_words,
            people: stay.people,
            children: stay.children,
            meal: stay.meal,
            words: stay.words,
            version: held.meta.version,
            ..Self::unasked(held.meta.id, (stay.household.map(|id| id.0), stay.person.map(|id| id.0)))
        }
    }
}

/// How many, in units that are not added to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counted {
    /// Households.
    pub households: Households,
    /// People without a household.
    pub single: People,
    /// The people of both: as many as they said, or as the register knows of those who go home.
    pub people: People,
    /// The children among these people.
    pub children: People,
    /// Households of which it was not said how many stay: none of theirs is among the people.
    pub untold: Households,
}

impl Counted {
    fn add(&mut self, item: &StayItem) {
        match item.household {
            Some(_) => self.households.0 += 1,
            None => self.single.0 += 1,
        }
        let known = item.members.len() as u64;
        let young = item.members.iter().filter(|member| member.child).count() as u64;
        match (item.people, item.answer.stays(), item.household) {
            (Some(people), ..) => {
                self.people.0 += u64::from(people);
                self.children.0 += u64::from(item.children.unwrap_or(0));
            }
            (None, true, Some(_)) => self.untold.0 += 1,
            (None, false, Some(_)) | (None, _, None) => {
                self.people.0 += known.max(u64::from(item.household.is_none()));
                self.children.0 += young;
            }
        }
    }
}

/// What the list adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StayTotals {
    /// Those who stay by themselves.
    pub stays_alone: Counted,
    /// Those who stay with others.
    pub stays_with: Counted,
    /// Those who go home.
    pub goes_home: Counted,
    /// Those who were invited to the shared meal.
    pub invited: Counted,
    /// Those of them who come.
    pub comes: Counted,
    /// Households that nobody has asked yet.
    pub not_asked: Households,
    /// People without a household whom nobody has asked yet.
    pub not_asked_single: People,
}

impl StayTotals {
    /// The sums of a list; those not asked yet are counted by the caller, for the list need not hold all of them.
    pub fn of(items: &[StayItem]) -> Self {
        let mut totals = Self::default();
        for item in items {
            match item.answer {
                Answer::StaysAlone => totals.stays_alone.add(item),
                Answer::StaysWith => totals.stays_with.add(item),
                Answer::GoesHome => totals.goes_home.add(item),
                Answer::NotAsked => {}
            }
            if item.meal != Meal::NotAsked {
                totals.invited.add(item);
            }
            if item.meal == Meal::Yes {
                totals.comes.add(item);
            }
        }
        totals
    }
}

/// A festival that can be asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FestivalOption {
    /// Its code.
    pub code: String,
    /// The year in which it begins.
    pub year: i16,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// Its first day.
    pub day: String,
    /// The day before.
    pub eve: String,
    /// Days until its eve; less than 0 where that is past.
    pub days: i32,
    /// Whether it is the Spring Festival and its eve is at most six weeks ahead.
    pub offered: bool,
}

/// The list of a festival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StayList {
    /// Which.
    pub festival: FestivalOption,
    /// The session of the shared meal, where one is linked and in the reader's scope.
    pub meal: Option<SessionCard>,
    /// The version of the record that links it; 0 where there is none.
    pub meal_version: i64,
    /// Those who stay by themselves first, then those not asked yet, those who stay with others, those who go home.
    pub items: Vec<StayItem>,
    /// Whether more were not asked than are shown.
    pub more: bool,
    /// Sums.
    pub totals: StayTotals,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(household: bool, answer: Answer, people: Option<u32>, known: usize) -> StayItem {
        let who = Some(Id(7));
        let which = if household { (who, None) } else { (None, who) };
        let member = |at: usize| Relative {
            who: Named::unnamed(Id(at as u128)),
            child: at > 1,
            elder: false,
            phones: Vec::new(),
            stay: None,
        };
        let members = (0..known).map(member).collect();
        StayItem { members, answer, people, ..StayItem::unasked(Id(1), which) }
    }

    #[test]
    fn what_was_not_said_is_not_counted_as_nobody() {
        let items = [
            item(true, Answer::StaysAlone, Some(4), 5),
            item(true, Answer::StaysAlone, None, 5),
            item(false, Answer::StaysAlone, None, 1),
            item(true, Answer::GoesHome, None, 3),
            item(true, Answer::NotAsked, None, 9),
        ];
        let totals = StayTotals::of(&items);
        let alone = totals.stays_alone;
        assert_eq!((alone.households.0, alone.single.0, alone.people.0, alone.untold.0), (2, 1, 5, 1));
        let home = totals.goes_home;
        assert_eq!((home.households.0, home.people.0, home.children.0), (1, 3, 1));
        assert_eq!(totals.invited, Counted::default());
    }

    #[test]
    fn whoever_declines_is_invited_and_does_not_come() {
        let with = |meal: Meal| StayItem { meal, ..item(true, Answer::StaysAlone, Some(2), 2) };
        let totals = StayTotals::of(&[with(Meal::Yes), with(Meal::No), with(Meal::NotAsked)]);
        assert_eq!((totals.invited.households.0, totals.comes.households.0), (2, 1));
        assert_eq!(totals.comes.people.0, 2);
    }
}
