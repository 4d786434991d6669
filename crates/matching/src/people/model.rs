//! Probabilities: how often each level occurs within one person, within a household, among strangers.

use names::NameAgreement;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::levels::{Address, Birth, Home, IdNumber, Levels, Members};

/// What to do with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// One person; may be joined without asking.
    Auto,
    /// Somebody should look.
    Review,
    /// Not worth asking.
    New,
}

/// Why a pair is likely or not: one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The field compared.
    pub field: String,
    /// How it agrees.
    pub level: String,
    /// Bits for one person, against two strangers; negative: against.
    pub weight: f64,
    /// In words.
    pub words_zh: String,
    /// In words.
    pub words_en: String,
}

/// Number of fields compared.
pub(super) const FIELDS: usize = 9;

/// A field: its name, and its levels with words.
pub(super) struct FieldWords {
    pub name: &'static str,
    pub levels: &'static [(&'static str, &'static str, &'static str)],
}

/// The fields in the order of the shares below. Names take their words from `names`.
pub(super) static WORDS: [FieldWords; FIELDS] = [
    FieldWords { name: "name", levels: &[] },
    FieldWords {
        name: "birth",
        levels: &[
            ("day", "出生日期相同", "same birth date"),
            ("month", "出生年月相同", "same month of birth"),
            ("fits", "年龄相符", "ages fit"),
            ("year_apart", "年龄相差一岁左右", "ages about a year apart"),
            ("slip", "出生日期只差一处，可能是笔误", "birth dates differ in one place, perhaps a slip"),
            ("weeks_apart", "出生日期相差几周，可能是农历", "birth dates some weeks apart, perhaps lunar"),
            ("different", "出生日期不同", "birth dates differ"),
        ],
    },
    FieldWords {
        name: "sex",
        levels: &[("same", "性别相同", "same sex"), ("different", "性别不同", "sex differs")],
    },
    FieldWords {
        name: "id_number",
        levels: &[
            ("same", "身份证号相同", "same identity number"),
            ("slip", "身份证号只差一位", "identity numbers differ in one digit"),
            ("different", "身份证号不同", "identity numbers differ"),
        ],
    },
    FieldWords {
        name: "phone",
        levels: &[
            ("same", "有相同的电话", "a telephone number in common"),
            ("different", "电话不同", "telephone numbers differ"),
        ],
    },
    FieldWords {
        name: "home",
        levels: &[
            ("county", "老家同县", "home in the same county"),
            ("city", "老家同市", "home in the same prefecture"),
            ("province", "老家同省", "home in the same province"),
            ("different", "老家不同", "home elsewhere"),
        ],
    },
    FieldWords {
        name: "address",
        levels: &[
            ("same", "住址相同", "same address"),
            ("vague", "住址写法相同但不具体", "same address, not a precise one"),
            ("different", "住址不同", "address differs"),
        ],
    },
    FieldWords {
        name: "household",
        levels: &[
            ("same", "登记在同一家庭", "in the same household"),
            ("different", "登记在不同家庭", "in different households"),
        ],
    },
    FieldWords {
        name: "members",
        levels: &[
            ("each_other", "一人出现在另一人的家人中", "one is listed among the other's family"),
            ("several", "多位家人同名", "several family members of the same names"),
            ("one", "一位家人同名", "a family member of the same name"),
            ("none", "家人姓名不同", "family members' names differ"),
        ],
    },
];

impl Levels {
    /// Each field's level as a number, in the order of [`WORDS`].
    pub(super) fn numbers(&self) -> [Option<u8>; FIELDS] {
        let flag = |same: bool| u8::from(!same);
        [
            self.name.map(|level| level as u8),
            self.birth.map(|level| level as u8),
            self.sex.map(flag),
            self.id_number.map(|level| level as u8),
            self.phone.map(flag),
            self.home.map(|level| level as u8),
            self.address.map(|level| level as u8),
            self.household.map(flag),
            self.members.map(|level| level as u8),
        ]
    }
}

/// Weights of all fields. Their engine is [`crate::engine`].
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    engine: crate::engine::Model,
}

/// How many pairs the assumed shares of one person weigh as, when shares are learned.
const TRUST: f64 = 200.0;

/// A field from its rows: each level's share within one person, within a household, among strangers.
fn field(at: usize, rows: &[[f64; 3]]) -> crate::engine::Field {
    let column = |at: usize| {
        let total: f64 = rows.iter().map(|row| row[at]).sum();
        rows.iter().map(|row| row[at] / total).collect::<Vec<f64>>()
    };
    crate::engine::Field {
        name: WORDS[at].name.to_owned(),
        same: column(0),
        home: Some(column(1)),
        strangers: column(2),
        at_home: 0.0,
        most_differ: 1.0,
        trust: TRUST,
    }
}

/// What is assumed before anything is learned. The figures are rough shares of what registers of migrant families look
/// like: one household in ten registered again, often by nickname, in pinyin or with a homophone, with new telephones and
/// ages instead of dates.
fn assumed_fields() -> Vec<crate::engine::Field> {
    let tables: [&[[f64; 3]]; FIELDS] = [
        // Same, SameFolded, PinyinOf, Homophone, ShapeAlike, OneCharOff, Nickname, PartMissing, SurnameOnly, Different.
        &[
            [0.66, 0.003, 0.0012],
            [0.04, 0.001, 0.0002],
            [0.06, 0.001, 0.0003],
            [0.09, 0.005, 0.0012],
            [0.03, 0.01, 0.0008],
            [0.02, 0.12, 0.012],
            [0.05, 0.03, 0.01],
            [0.03, 0.02, 0.005],
            [0.006, 0.38, 0.06],
            [0.009, 0.43, 0.913],
        ],
        &[
            [0.50, 0.006, 0.0001],
            [0.12, 0.006, 0.0015],
            [0.30, 0.03, 0.03],
            [0.03, 0.03, 0.03],
            [0.015, 0.004, 0.002],
            [0.015, 0.012, 0.006],
            [0.02, 0.912, 0.93],
        ],
        &[[0.985, 0.45, 0.5], [0.015, 0.55, 0.5]],
        &[[0.90, 0.006, 1e-7], [0.095, 0.004, 1e-6], [0.005, 0.99, 0.999_999]],
        &[[0.72, 0.35, 0.0003], [0.28, 0.65, 0.9997]],
        &[[0.88, 0.6, 0.02], [0.07, 0.1, 0.05], [0.02, 0.1, 0.4], [0.03, 0.2, 0.53]],
        &[[0.42, 0.8, 0.0008], [0.06, 0.08, 0.012], [0.52, 0.12, 0.987]],
        &[[0.05, 0.7, 0.002], [0.95, 0.3, 0.998]],
        &[[0.01, 0.6, 0.004], [0.3, 0.2, 0.0002], [0.2, 0.12, 0.01], [0.49, 0.08, 0.985]],
    ];
    tables.iter().enumerate().map(|(at, rows)| field(at, rows)).collect()
}

/// Shares of the classes among all pairs of so many records: about one record in five has a second one, and everybody
/// has three housemates.
fn classes(records: f64) -> (f64, f64) {
    (0.4 / records, 3.0 / records)
}

/// Fewer records than this say nothing about how rare duplicates are.
const LEAST: f64 = 200.0;

impl Model {
    /// What is assumed of a register of `records` people before anything is learned from it.
    pub fn assumed(records: usize) -> Self {
        let records = (records as f64).max(LEAST);
        let (same, home) = classes(records);
        Self { engine: crate::engine::Model::assumed(assumed_fields(), same, home) }
    }

    /// The probability that two records are one person. `name_share` is how common the name is among all records,
    /// where that is known.
    pub fn probability(&self, levels: &Levels, name_share: Option<f64>) -> f64 {
        let packed = crate::engine::Levels::of(&levels.numbers());
        self.engine.quick(packed, &[self.rarity(levels, name_share)]).probability
    }

    /// How often strangers share this very name: a common name says little, a rare one much; neither more than a tenfold
    /// of the average.
    fn rarity(&self, levels: &Levels, name_share: Option<f64>) -> Option<f64> {
        let name = levels.name.filter(|level| *level <= NameAgreement::SameFolded)?;
        let strangers = &self.engine.fields()[0].strangers;
        let average = strangers[name as usize];
        name_share.map(|share| (average * share / strangers[0]).clamp(average / 10.0, average * 10.0))
    }

    /// The reasons, strongest first.
    pub fn reasons(&self, levels: &Levels, name_share: Option<f64>) -> Vec<Reason> {
        let packed = crate::engine::Levels::of(&levels.numbers());
        let found = self.engine.reasons(packed, &[self.rarity(levels, name_share)]);
        found.into_iter().map(|reason| worded(&reason, levels.name)).collect()
    }

    /// The decision. Joined without asking are only records with two strong identifiers in common: the identity number
    /// and the name, or the name, the whole birth date and a telephone or the names of two of the family; and only if nothing
    /// speaks against it. Namesakes of the same age never are.
    pub fn decide(&self, levels: &Levels, probability: f64) -> Decision {
        if probability < REVIEW {
            return Decision::New;
        }
        let name = levels.name.unwrap_or(NameAgreement::Unknown);
        let against = levels.sex == Some(false)
            || matches!(levels.birth, Some(Birth::Different | Birth::WeeksApart | Birth::Slip))
            || matches!(levels.id_number, Some(IdNumber::Different))
            || matches!(levels.members, Some(Members::EachOther));
        let by_number = levels.id_number == Some(IdNumber::Same) && name <= NameAgreement::ShapeAlike;
        let by_phone = levels.phone == Some(true)
            && levels.birth == Some(Birth::Day)
            && name <= NameAgreement::Homophone;
        let by_family = levels.members == Some(Members::Several)
            && levels.birth == Some(Birth::Day)
            && name <= NameAgreement::SameFolded;
        if probability >= AUTO && !against && (by_number || by_phone || by_family) {
            Decision::Auto
        } else {
            Decision::Review
        }
    }
}

/// From this probability on a pair is shown.
pub const REVIEW: f64 = 0.5;
/// From this probability on a pair may be joined without asking.
pub const AUTO: f64 = 0.99;

/// How many pairs the assumed shares among strangers weigh as, when shares are learned.
const TRUST_STRANGERS: f64 = 500.0;

/// Learns shares from candidate pairs and from pairs drawn evenly from all, by expectation maximisation around the assumed
/// shares. The same pairs give the same shares.
pub(super) fn learn(records: usize, candidates: &[Levels], even: &[Levels]) -> Model {
    let mut fields = assumed_fields();
    for (at, field) in fields.iter_mut().enumerate() {
        // Blended here and not by the engine, which would take a level never drawn for all but impossible.
        let mut counts = vec![0.0; field.strangers.len()];
        for level in even.iter().filter_map(|levels| levels.numbers()[at]) {
            let last = counts.len() - 1;
            counts[usize::from(level).min(last)] += 1.0;
        }
        let total: f64 = counts.iter().sum::<f64>() + TRUST_STRANGERS;
        for (share, count) in field.strangers.iter_mut().zip(counts) {
            *share = (count + TRUST_STRANGERS * *share) / total;
        }
    }
    let packed: Vec<_> =
        candidates.iter().map(|levels| crate::engine::Levels::of(&levels.numbers())).collect();
    let count = (records as f64).max(LEAST);
    let all_pairs = count * (count - 1.0) / 2.0;
    let (same, home) = classes(count);
    let sample =
        crate::engine::Sample { candidates: &packed, random: &[], all_pairs, expected: same * all_pairs };
    let engine = crate::engine::Model::learned(fields, &sample).with_shares(same, home);
    Model { engine }
}

/// A reason in words.
fn worded(reason: &crate::engine::Reason, name: Option<NameAgreement>) -> Reason {
    let words = &WORDS[reason.field];
    let (level, zh, en) = match name {
        Some(name) if reason.field == 0 => {
            let code = serde_json::to_value(name).ok();
            (code.and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default(), name.zh(), name.en())
        }
        _ => {
            let (code, zh, en) = words.levels.get(usize::from(reason.level)).copied().unwrap_or_default();
            (code.to_owned(), zh, en)
        }
    };
    Reason {
        field: words.name.to_owned(),
        level,
        weight: (reason.bits * 100.0).round() / 100.0,
        words_zh: zh.to_owned(),
        words_en: en.to_owned(),
    }
}

// The numbers of the levels index the shares.
const _: () = {
    assert!(NameAgreement::Different as usize == 9);
    assert!(Birth::Different as usize == 6 && IdNumber::Different as usize == 2);
    assert!(Home::Different as usize == 3 && Address::Different as usize == 2 && Members::None as usize == 3);
};
