//! Counting marks. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Id;
use kernel::units::{Households, Participations, People, Sessions};

use crate::block::{Block, Words};
use crate::words;

/// A known person at a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The session.
    pub session: Id,
    /// The record that stands for the person.
    pub person: Id,
    /// Kind of activity.
    pub kind: String,
    /// `F` or `M`.
    pub sex: Option<char>,
    /// Full years on the day.
    pub age: Option<u8>,
}

/// A mark, as far as nobody is known for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anonymous {
    /// The session.
    pub session: Id,
    /// Kind of activity.
    pub kind: String,
    /// The household, for a household's mark.
    pub household: Option<Id>,
    /// How many people nobody is known for.
    pub count: Participations,
    /// `F` or `M`, as seen.
    pub sex: Option<char>,
    /// Child or adult, as seen.
    pub child: Option<bool>,
}

/// The name of a kind of activity that a site named itself, or named anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindName {
    /// Its code.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What the marks of a month add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Everybody once per session.
    pub participations: Participations,
    /// Distinct people who are known.
    pub people: People,
    /// Distinct households.
    pub households: Households,
    /// Participations nobody is known for.
    pub anonymous: Participations,
    /// Sessions with somebody on the roll.
    pub sessions: Sessions,
}

/// Counts. `known` names nobody twice at one session.
pub fn counted(known: &[Known], anonymous: &[Anonymous]) -> Counted {
    let people: BTreeSet<Id> = known.iter().map(|mark| mark.person).collect();
    let households: BTreeSet<Id> = anonymous.iter().filter_map(|mark| mark.household).collect();
    let sessions = known.iter().map(|mark| mark.session).chain(anonymous.iter().map(|mark| mark.session));
    let nobody: Participations = anonymous.iter().map(|mark| mark.count).sum();
    Counted {
        participations: Participations(known.len() as u64) + nobody,
        people: People(people.len() as u64),
        households: Households(households.len() as u64),
        anonymous: nobody,
        sessions: Sessions(sessions.collect::<BTreeSet<_>>().len() as u64),
    }
}

/// Age bands: code, words, first and last year of age.
const BANDS: [(&str, &str, &str, u8, u8); 6] = [
    ("0-5", "0–5 岁", "0–5", 0, 5),
    ("6-11", "6–11 岁", "6–11", 6, 11),
    ("12-17", "12–17 岁", "12–17", 12, 17),
    ("18-59", "18–59 岁", "18–59", 18, 59),
    ("60+", "60 岁以上", "60 and older", 60, u8::MAX),
    ("child", "儿童（年龄不详）", "Children of unknown age", 1, 0),
];

const ADULT: (&str, &str, &str) = ("adult", "成人（年龄不详）", "Adults of unknown age");

/// The tables of the month: by kind of activity, by sex, by age.
pub fn blocks(known: &[Known], anonymous: &[Anonymous], kinds: &[KindName]) -> [Block; 3] {
    let all = counted(known, anonymous).participations;
    [by_kind(known, anonymous, kinds, all), by_sex(known, anonymous, all), by_age(known, anonymous, all)]
}

type Counts<'a> = BTreeMap<&'a str, Participations>;

fn add<'a>(counts: &mut Counts<'a>, key: &'a str, count: Participations) {
    let slot = counts.entry(key).or_default();
    *slot = *slot + count;
}

/// What is left of all besides these rows.
fn rest(all: Participations, counts: &Counts<'_>) -> Participations {
    Participations(all.0.saturating_sub(counts.values().map(|count| count.0).sum()))
}

fn by_kind(known: &[Known], anonymous: &[Anonymous], kinds: &[KindName], all: Participations) -> Block {
    let mut counts = Counts::new();
    for mark in known {
        add(&mut counts, &mark.kind, Participations(1));
    }
    for mark in anonymous.iter().filter(|mark| mark.count.0 > 0) {
        add(&mut counts, &mark.kind, mark.count);
    }
    let unknown = rest(all, &counts);
    let named = kinds.iter().map(|kind| (kind.code.as_str(), kind.zh.as_str(), kind.en.as_str()));
    let plain = words::ACTIVITY.iter().copied().filter(|row| kinds.iter().all(|kind| kind.code != row.0));
    let rows = plain.chain(named).filter_map(|(code, zh, en)| {
        let count = counts.get(code)?;
        Some((code.to_owned(), (zh.to_owned(), en.to_owned()), *count))
    });
    let definition: Words = ("按活动类型的人次。", "Participations by kind of activity.");
    Block::new(("活动类型", "Kind of activity"), definition, all, unknown, rows)
}

fn by_sex(known: &[Known], anonymous: &[Anonymous], all: Participations) -> Block {
    let name = |sex: Option<char>| match sex {
        Some('F') => Some("F"),
        Some('M') => Some("M"),
        _ => None,
    };
    let mut counts = Counts::from([("F", Participations(0)), ("M", Participations(0))]);
    for sex in known.iter().filter_map(|mark| name(mark.sex)) {
        add(&mut counts, sex, Participations(1));
    }
    for (sex, count) in anonymous.iter().filter_map(|mark| Some((name(mark.sex)?, mark.count))) {
        add(&mut counts, sex, count);
    }
    let unknown = rest(all, &counts);
    let rows = ["F", "M"].map(|sex| (sex.to_owned(), words::of(words::SEX, sex), counts[sex]));
    let definition: Words =
        ("按登记的性别；无名者按签到时所见。", "By sex as stated, or as seen where nobody is known.");
    Block::new(("性别", "Sex"), definition, all, unknown, rows)
}

fn by_age(known: &[Known], anonymous: &[Anonymous], all: Participations) -> Block {
    let band = |age: u8| BANDS.iter().find(|band| (band.3..=band.4).contains(&age)).map(|band| band.0);
    let mut counts = Counts::new();
    for code in known.iter().filter_map(|mark| band(mark.age?)) {
        add(&mut counts, code, Participations(1));
    }
    for mark in anonymous {
        match mark.child {
            Some(true) => add(&mut counts, "child", mark.count),
            Some(false) => add(&mut counts, ADULT.0, mark.count),
            None => {}
        }
    }
    let unknown = rest(all, &counts);
    let codes = BANDS.iter().map(|band| (band.0, band.1, band.2)).chain([ADULT]);
    let rows = codes.map(|(code, zh, en)| {
        let count = counts.get(code).copied().unwrap_or_default();
        (code.to_owned(), (zh.to_owned(), en.to_owned()), count)
    });
    let definition: Words = (
        "参加当天的周岁；无名者按签到时所见。",
        "Full years on the day, or child and adult as seen where nobody is known.",
    );
    Block::new(("年龄", "Age"), definition, all, unknown, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(session: u128, person: u128, age: u8) -> Known {
        Known {
            session: Id(session),
            person: Id(person),
            kind: "dropin".into(),
            sex: Some('F'),
            age: Some(age),
        }
    }

    fn anonymous(session: u128, count: u64) -> Anonymous {
        let count = Participations(count);
        Anonymous {
            session: Id(session),
            kind: "feast".into(),
            household: None,
            count,
            sex: None,
            child: Some(true),
        }
    }

    #[test]
    fn people_and_participations_are_not_the_same() {
        let known = [known(1, 7, 8), known(2, 7, 8), known(2, 8, 40)];
        let mut marks = [anonymous(2, 12), anonymous(3, 0)];
        marks[1].household = Some(Id(9));
        let total = counted(&known, &marks);
        assert_eq!(total.participations, Participations(15));
        assert_eq!(total.people, People(2));
        assert_eq!(total.anonymous, Participations(12));
        assert_eq!((total.households, total.sessions), (Households(1), Sessions(3)));
        for block in blocks(&known, &marks, &[]) {
            let rows: u64 = block.rows.iter().filter_map(|row| row.count.number()).sum();
            assert_eq!(rows + block.unknown.number().unwrap(), 15, "{}", block.title_en);
            assert_eq!(block.unit, "participations");
        }
    }
}
