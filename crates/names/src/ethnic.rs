//! The ethnic groups of GB/T 3304, people of unrecognised groups, and own words.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use crate::fold::fold;

/// One of the 56 recognised groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Number in GB/T 3304 (1 to 56).
    pub number: u8,
    /// Letter code (HA, MG … Tibetan is ZA).
    pub letters: &'static str,
    /// Chinese name (汉族).
    pub zh: &'static str,
    /// Romanised name (Han).
    pub en: &'static str,
}

/// What somebody says of their ethnic group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Ethnic {
    /// A recognised group by its number.
    Code(u8),
    /// "Unrecognised", as registers put it.
    Unrecognised,
    /// Their own words, among them peoples without recognition as a group (穿青人, 摩梭人 …).
    Own(String),
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    include_str!("../data/gb3304.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let number = cells.next()?.parse().ok()?;
            Some(Group { number, letters: cells.next()?, zh: cells.next()?, en: cells.next()?.trim() })
        })
        .collect()
});

/// All groups in the order of the standard.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

/// The group of a number.
pub fn group(number: u8) -> Option<&'static Group> {
    GROUPS.iter().find(|g| g.number == number)
}

/// Other names that people and registers use.
const ALSO: &[(&str, u8)] = &[
    ("维", 5),
    ("维族", 5),
    ("uyghur", 5),
    ("哈萨克", 17),
    ("kazakh", 17),
    ("鲜族", 10),
    ("korean", 10),
    ("tibetan", 4),
    ("蒙", 2),
    ("蒙族", 2),
    ("mongolian", 2),
    ("manchu", 11),
    ("hmong", 6),
    ("夷族", 7),
    ("倮倮", 7),
    ("nosu", 7),
    ("nuosu", 7),
    ("dong people", 12),
    ("仲家", 9),
    ("bouyei", 9),
    ("摆夷", 18),
    ("卡佤", 21),
    ("wa", 21),
    ("崩龙", 46),
    ("崩龙族", 46),
    ("tatar", 50),
    ("russian", 44),
    ("tajik", 41),
    ("uzbek", 43),
    ("kyrgyz", 29),
    ("evenki", 45),
    ("naxi", 27),
    ("nakhi", 27),
    ("yugu", 48),
    ("jing", 49),
    ("zang", 4),
    ("weiwuer", 5),
    ("chaoxian", 10),
    ("menggu", 2),
    ("hui people", 3),
    ("畲", 22),
    ("佘族", 22),
    ("高山", 23),
    ("taiwanese aboriginal", 23),
    ("kinh", 49),
    ("lhoba", 55),
];

/// Words with which registers say that a people is not recognised as a group of its own.
const UNRECOGNISED: &[&str] =
    &["未识别", "未识别民族", "未识别族", "未定族称", "未定", "unrecognised", "unrecognized"];
/// Peoples without recognition as a group; their own name is kept.
const PEOPLES: &[&str] = &[
    "穿青人",
    "穿青",
    "革家人",
    "𠊎家",
    "革家",
    "僜人",
    "夏尔巴人",
    "摩梭人",
    "克木人",
    "芒人",
    "老品人",
    "八甲人",
    "gejia",
];

/// Reads what stands in a cell: 彝, 彝族, yi, Yi, 07, 7, 彝族(白彝), 少数民族:彝. Nothing for an empty cell; unknown
/// words are kept as their own words.
pub fn parse(text: &str) -> Option<Ethnic> {
    let folded = fold(&text.chars().take(64).collect::<String>());
    let words = folded.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c == '、');
    if words.is_empty() {
        return None;
    }
    let core = words.split(['(', '[', '/', '、', ',']).next().unwrap_or(words).trim();
    let core = core.rsplit([':', '：']).next().unwrap_or(core).trim();
    let bare = core.strip_suffix('族').filter(|b| !b.is_empty()).unwrap_or(core);
    if UNRECOGNISED.contains(&core) {
        return Some(Ethnic::Unrecognised);
    }
    let found = GROUPS.iter().find(|g| {
        g.zh == core
            || g.zh.strip_suffix('族') == Some(bare)
            || g.en.eq_ignore_ascii_case(core)
            || g.letters.eq_ignore_ascii_case(core)
                && core.len() == 2
                && text.trim().chars().all(|c| c.is_ascii_uppercase())
            || core.parse() == Ok(g.number)
            || core
                .strip_suffix(" people")
                .or_else(|| core.strip_suffix("zu"))
                .is_some_and(|c| g.en.eq_ignore_ascii_case(c.trim()))
    });
    let number = found.map(|g| g.number).or_else(|| {
        ALSO.iter()
            .find(|(name, _)| *name == core || name.strip_suffix('族') == Some(bare))
            .map(|(_, number)| *number)
    });
    Some(number.map_or_else(|| Ethnic::Own(crate::fold::display(text.trim())), Ethnic::Code))
}

impl Ethnic {
    /// Whether this is a people that is not recognised as a group of its own, by the register's word or by name.
    pub fn is_unrecognised(&self) -> bool {
        match self {
            Self::Code(_) => false,
            Self::Unrecognised => true,
            Self::Own(words) => PEOPLES.contains(&fold(words).as_str()),
        }
    }

    /// The name in Chinese.
    pub fn zh(&self) -> &str {
        match self {
            Self::Code(number) => group(*number).map_or("", |g| g.zh),
            Self::Unrecognised => "未识别民族",
            Self::Own(words) => words,
        }
    }

    /// The name in English.
    pub fn en(&self) -> &str {
        match self {
            Self::Code(number) => group(*number).map_or("", |g| g.en),
            Self::Unrecognised => "unrecognised",
            Self::Own(words) => words,
        }
    }
}
