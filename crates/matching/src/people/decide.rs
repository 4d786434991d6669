//! From levels to a proposal that a person can follow.

use serde::{Deserialize, Serialize};

use super::card::{
    ADDRESS, BIRTH, BIRTH_AGREES, BIRTH_PART, BIRTH_SAME, BIRTH_SLIP, Card, FIELDS, HOME, ID_NO, LISTING,
    NAME, NAME_NICKNAME, NAME_SAME, NUMBER_SAME, PHONE, SEX,
};
use super::model::name_rarity;
use crate::engine::{Levels, Model, Reason};
use crate::table::Decision;

/// Probability from which a pair is proposed.
pub const PROPOSE: f64 = 0.5;
/// Probability that a pair needs, besides two strong identifiers, to be taken without a look.
pub const SURE: f64 = 0.99;

/// Below this probability nobody asks for reasons.
const EXPLAIN: f64 = 0.01;

/// How common a name is in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameCount {
    /// People of that very name.
    pub same: usize,
    /// People in all.
    pub register: usize,
}

/// What is proposed for two people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Probability that they are one, from 0 to 1.
    pub probability: f64,
    /// What should happen; nothing if they are probably two people.
    pub decision: Option<Decision>,
    /// What it rests on, the strongest first; empty below a probability of 0.01, which most of many pairs have.
    pub reasons: Vec<Reason>,
}

/// Compares two people. `names` says how common the name of the two is, if it is the same and known.
pub fn propose(model: &Model, one: &Card, two: &Card, names: Option<NameCount>) -> Proposal {
    let levels = one.levels(two);
    let rare = names
        .filter(|_| levels[NAME] == Some(NAME_SAME))
        .map(|count| name_rarity(count.same, count.register));
    let packed = Levels::of(&levels);
    let probability = model.quick(packed, &[rare]).probability;
    let reasons = if probability < EXPLAIN { Vec::new() } else { model.reasons(packed, &[rare]) };
    let decision = (probability >= PROPOSE).then(|| decide(&levels, probability));
    Proposal { probability, decision, reasons }
}

/// Nothing is taken without a look unless two strong identifiers agree and nothing speaks against it. Strong are the ID
/// number, the telephone, and the name together with the day of birth; each alone is shared by different people.
fn decide(levels: &[Option<u8>; FIELDS], probability: f64) -> Decision {
    let is = |field: usize, level: u8| levels[field] == Some(level);
    let named = is(NAME, NAME_SAME) && is(BIRTH, BIRTH_SAME);
    let strong =
        [is(ID_NO, NUMBER_SAME), is(PHONE, NUMBER_SAME), named].iter().filter(|agrees| **agrees).count();
    let against = is(SEX, 0)
        || is(ID_NO, 0)
        || is(LISTING, 1)
        || levels[NAME].is_none_or(|level| level < NAME_NICKNAME)
        || levels[BIRTH].is_some_and(|level| level < BIRTH_SLIP)
        || levels[BIRTH_PART].is_some_and(|level| level < BIRTH_AGREES);
    if strong >= 2 && !against && probability >= SURE { Decision::Auto } else { Decision::Review }
}

/// A reason in words, Chinese.
pub fn reason_zh(reason: &Reason) -> &'static str {
    words(reason).0
}

/// A reason in words, English.
pub fn reason_en(reason: &Reason) -> &'static str {
    words(reason).1
}

fn words(reason: &Reason) -> (&'static str, &'static str) {
    let pick = |list: &[(&'static str, &'static str)]| {
        list.get(usize::from(reason.level)).or(list.last()).copied().unwrap_or(("", ""))
    };
    match reason.field {
        NAME => pick(NAME_WORDS),
        SEX => pick(&[("性别不同", "different sex"), ("性别相同", "same sex")]),
        BIRTH => pick(BIRTH_WORDS),
        BIRTH_PART => pick(BIRTH_PART_WORDS),
        PHONE => pick(&[
            ("电话不同", "different telephones"),
            ("电话只差一位", "telephones one digit apart"),
            ("电话相同", "same telephone"),
        ]),
        ID_NO => pick(&[
            ("证件号码不同", "different ID numbers"),
            ("证件号码只差一位", "ID numbers one digit apart"),
            ("证件号码相同", "same ID number"),
        ]),
        HOME => pick(&[
            ("户籍地在不同省份", "homes in different provinces"),
            ("户籍地同省", "homes in the same province"),
            ("户籍地同市", "homes in the same city"),
            ("户籍地同县", "homes in the same county"),
            ("户籍地同村", "homes in the same village"),
        ]),
        ADDRESS => pick(&[
            ("住址不同", "different addresses"),
            ("住址在同一片", "addresses in the same area"),
            ("住址几乎相同", "nearly the same address"),
            ("住址相同", "same address"),
        ]),
        LISTING => pick(&[
            ("登记在不同户", "listed in different households"),
            ("登记在同一户", "listed in one household"),
        ]),
        _ => ("", ""),
    }
}

const NAME_WORDS: &[(&str, &str)] = &[
    ("姓名不同", "names differ"),
    ("只有姓相同", "only the surname is the same"),
    ("姓名缺一部分", "part of the name is missing"),
    ("像是同一人的小名或称呼", "one looks like a nickname of the other"),
    ("姓名差一个字", "names one character apart"),
    ("姓名字形或读音相近", "names look or sound nearly alike"),
    ("姓名同音不同字", "names sound the same"),
    ("一个是另一个的拼音", "one name is the other in pinyin"),
    ("姓名相同", "same name"),
];

const BIRTH_WORDS: &[(&str, &str)] = &[
    ("出生日期不同", "different birth dates"),
    ("出生年份差一年", "births a year apart"),
    ("出生年份相同，月日不同", "same year of birth, another day"),
    ("出生日期几乎相同", "nearly the same birth date"),
    ("出生日期相同", "same birth date"),
];

const BIRTH_PART_WORDS: &[(&str, &str)] = &[
    ("出生年份不同", "different years of birth"),
    ("出生时间略有出入", "births a little apart"),
    ("出生时间不矛盾", "births agree as far as known"),
    ("出生年月相同", "same month of birth"),
];
