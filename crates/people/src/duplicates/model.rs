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

/// Shares of the levels of one field in the three classes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shares {
    pub same: Vec<f64>,
    pub home: Vec<f64>,
    pub strangers: Vec<f64>,
}

/// Shares of all fields, and how frequent the classes are.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(super) fields: Vec<Shares>,
    /// Records that the pair's classes are a share of.
    pub(super) records: f64,
}

fn shares(rows: &[[f64; 3]]) -> Shares {
    let column = |at: usize| {
        let total: f64 = rows.iter().map(|row| row[at]).sum();
        rows.iter().map(|row| row[at] / total).collect()
    };
    Shares { same: column(0), home: column(1), strangers: column(2) }
}

impl Model {
    /// What is assumed of a register of `records` people before anything is learned from it. The figures are rough
    /// shares of what registers of migrant families look like: one household in ten registered again, often by
    /// nickname, in pinyin or with a homophone, with new telephones and ages instead of dates.
    pub fn assumed(records: usize) -> Self {
        let fields = vec![
            // Same, SameFolded, PinyinOf, Homophone, ShapeAlike, OneCharOff, Nickname, PartMissing, SurnameOnly, Different.
            shares(&[
                [0.66, 0.003, 0.0012],
                [0.04, 0.001, 0.0002],
                [0.06, 0.001, 0.0003],
                [0.09, 0.005, 0.0012],
                [0.03, 0.01, 0.0008],
                [0.025, 0.12, 0.008],
                [0.05, 0.03, 0.01],
                [0.03, 0.02, 0.005],
                [0.006, 0.38, 0.06],
                [0.009, 0.43, 0.913],
            ]),
            shares(&[
                [0.50, 0.006, 0.0001],
                [0.12, 0.006, 0.0015],
                [0.30, 0.03, 0.03],
                [0.03, 0.03, 0.03],
                [0.015, 0.004, 0.002],
                [0.015, 0.012, 0.006],
                [0.02, 0.912, 0.93],
            ]),
            shares(&[[0.985, 0.45, 0.5], [0.015, 0.55, 0.5]]),
            shares(&[[0.88, 0.006, 1e-7], [0.10, 0.004, 1e-6], [0.02, 0.99, 0.999_999]]),
            shares(&[[0.72, 0.35, 0.0003], [0.28, 0.65, 0.9997]]),
            shares(&[[0.88, 0.6, 0.02], [0.07, 0.1, 0.05], [0.02, 0.1, 0.4], [0.03, 0.2, 0.53]]),
            shares(&[[0.42, 0.8, 0.0008], [0.06, 0.08, 0.012], [0.52, 0.12, 0.987]]),
            shares(&[[0.05, 0.7, 0.002], [0.95, 0.3, 0.998]]),
            shares(&[[0.01, 0.6, 0.004], [0.3, 0.2, 0.0002], [0.2, 0.12, 0.01], [0.49, 0.08, 0.985]]),
        ];
        Self { fields, records: (records as f64).max(200.0) }
    }

    /// The same shares for a register of another size.
    #[must_use]
    pub fn for_records(mut self, records: usize) -> Self {
        self.records = (records as f64).max(200.0);
        self
    }

    /// Shares of the classes among all pairs: about one record in five has a second one, and everybody has three
    /// housemates.
    fn classes(&self) -> (f64, f64) {
        (0.4 / self.records, 3.0 / self.records)
    }

    /// The probability that two records are one person. `name_share` is how common the name is among all records,
    /// where that is known and the names are the same.
    pub fn probability(&self, levels: &Levels, name_share: Option<f64>) -> f64 {
        let (share_same, share_home) = self.classes();
        let (mut same, mut home) = (share_same.ln(), share_home.ln());
        let mut strangers = (1.0 - share_same - share_home).ln();
        for (field, level) in levels.numbers().into_iter().enumerate() {
            let Some(level) = level else { continue };
            let shares = &self.fields[field];
            let at = usize::from(level).min(shares.same.len() - 1);
            same += shares.same[at].ln();
            home += shares.home[at].ln();
            strangers += self.stranger(field, at, name_share).ln();
        }
        1.0 / (1.0 + (home - same).exp() + (strangers - same).exp())
    }

    /// A common name says little, a rare one much; neither more than a tenfold of the average.
    fn stranger(&self, field: usize, level: usize, name_share: Option<f64>) -> f64 {
        let average = self.fields[field].strangers[level];
        match name_share {
            Some(share) if field == 0 && level <= NameAgreement::SameFolded as usize => {
                let all = self.fields[0].strangers[0];
                (average * share / all).clamp(average / 10.0, average * 10.0)
            }
            _ => average,
        }
    }

    /// The reasons, strongest first.
    pub fn reasons(&self, levels: &Levels, name_share: Option<f64>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for (field, level) in levels.numbers().into_iter().enumerate() {
            let Some(level) = level else { continue };
            let shares = &self.fields[field];
            let at = usize::from(level).min(shares.same.len() - 1);
            let weight = (shares.same[at] / self.stranger(field, at, name_share)).log2();
            let (level, words_zh, words_en) = match levels.name {
                Some(name) if field == 0 => {
                    let code = serde_json::to_value(name).ok();
                    let code = code.as_ref().and_then(|code| code.as_str()).unwrap_or_default();
                    (code.to_owned(), name.zh(), name.en())
                }
                _ => WORDS[field]
                    .levels
                    .get(at)
                    .map_or_else(|| (String::new(), "", ""), |(code, zh, en)| ((*code).to_owned(), *zh, *en)),
            };
            reasons.push(Reason {
                field: WORDS[field].name.to_owned(),
                level,
                weight: (weight * 100.0).round() / 100.0,
                words_zh: words_zh.to_owned(),
                words_en: words_en.to_owned(),
            });
        }
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        reasons
    }

    /// The decision. Joined without asking are only records with two strong identifiers in common: the identity number
    /// and the name, or the name, the whole birth date and a telephone; and only if nothing speaks against it. Namesakes of
    /// the same age never are.
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
        if probability >= AUTO && !against && (by_number || by_phone) {
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

/// How many pairs the assumed shares of one person weigh as, when shares are learned.
const TRUST: f64 = 200.0;
/// The same for strangers.
const TRUST_STRANGERS: f64 = 500.0;
/// Rounds of expectation maximisation.
const ROUNDS: usize = 12;

/// Learns shares from candidate pairs and from pairs drawn evenly from all, by expectation maximisation around the assumed
/// shares. The same pairs give the same shares.
pub fn learn(records: usize, candidates: &[Levels], even: &[Levels]) -> Model {
    let assumed = Model::assumed(records);
    let mut model = assumed.clone();
    for (field, shares) in model.fields.iter_mut().enumerate() {
        let mut counts = vec![0.0; shares.strangers.len()];
        for level in even.iter().filter_map(|levels| levels.numbers()[field]) {
            let at = usize::from(level).min(counts.len() - 1);
            counts[at] += 1.0;
        }
        shares.strangers = blend(&counts, &assumed.fields[field].strangers, TRUST_STRANGERS);
    }
    for _ in 0..ROUNDS {
        let mut counts: Vec<Vec<f64>> =
            model.fields.iter().map(|shares| vec![0.0; shares.same.len()]).collect();
        for levels in candidates {
            let probability = model.probability(levels, None);
            for (field, level) in levels.numbers().into_iter().enumerate() {
                if let Some(level) = level {
                    let at = usize::from(level).min(counts[field].len() - 1);
                    counts[field][at] += probability;
                }
            }
        }
        for (field, shares) in model.fields.iter_mut().enumerate() {
            shares.same = blend(&counts[field], &assumed.fields[field].same, TRUST);
        }
    }
    model
}

fn blend(counts: &[f64], assumed: &[f64], trust: f64) -> Vec<f64> {
    let total: f64 = counts.iter().sum::<f64>() + trust;
    counts.iter().zip(assumed).map(|(count, share)| (count + trust * share) / total).collect()
}

// The numbers of the levels index the shares.
const _: () = {
    assert!(NameAgreement::Different as usize == 9);
    assert!(Birth::Different as usize == 6 && IdNumber::Different as usize == 2);
    assert!(Home::Different as usize == 3 && Address::Different as usize == 2 && Members::None as usize == 3);
};
