//! Counting children. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Label;
use kernel::need::Code;
use kernel::units::People;

use crate::block::{Block, Words};
use crate::words::{self, Coded};

/// What is known of one child.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Child {
    /// `F` or `M`.
    pub sex: Option<char>,
    /// Full years.
    pub age: Option<u8>,
    /// Home province, two digits.
    pub province: Option<String>,
    /// Tenure of the home.
    pub tenure: Option<String>,
    /// School stage.
    pub stage: Option<String>,
    /// Residence permit.
    pub permit: Option<String>,
    /// Health insurance, in words.
    pub insurance: Option<String>,
    /// Needs that were heard.
    pub needs: BTreeSet<Code>,
}

/// The codes of tenure that are renting.
const RENTING: [&str; 2] = ["rent", "public_rent"];

/// Age bands: code, words, first and last year of age.
const BANDS: [(&str, &str, &str, u8, u8); 5] = [
    ("0-2", "0–2 岁", "0–2", 0, 2),
    ("3-5", "3–5 岁", "3–5", 3, 5),
    ("6-11", "6–11 岁", "6–11", 6, 11),
    ("12-14", "12–14 岁", "12–14", 12, 14),
    ("15-17", "15–17 岁", "15–17", 15, 17),
];

const TENURE: Words = ("住房", "Home");

/// The tables of the roster, those that a reader may see by the labels of what they count.
pub fn blocks(children: &[Child], may: impl Fn(Label) -> bool) -> Vec<Block> {
    let mut blocks =
        vec![renting(children), sex(children), age(children), province(children), tenure(children)];
    if may(Label::Minor) {
        let stage = ("学段", "School stage");
        let definition = ("按登记的学段。", "By the school stage on record.");
        blocks.push(listed(children, stage, definition, words::STAGE, |child| child.stage.as_deref()));
    }
    if may(Label::Legal) {
        let title = ("居住证", "Residence permit");
        let definition = ("按登记的居住证情况。", "By the residence permit on record.");
        blocks.push(listed(children, title, definition, words::PERMIT, |child| child.permit.as_deref()));
    }
    if may(Label::Health) {
        blocks.push(insurance(children));
    }
    blocks.push(needs(children));
    blocks
}

/// The tables for those who see totals only. Renting is the sum of two of the rows on homes: where one of those is
/// kept back, that table goes, and the sum stays.
pub fn kept_back(blocks: Vec<Block>) -> Vec<Block> {
    let kept: Vec<Block> = blocks.into_iter().map(Block::kept_back).collect();
    kept.into_iter().filter(|block| block.title_zh != TENURE.0 || !block.withholds()).collect()
}

fn number(count: usize) -> People {
    People(count as u64)
}

fn all(children: &[Child]) -> People {
    number(children.len())
}

fn unknown<'a, T>(children: &'a [Child], of: impl Fn(&'a Child) -> Option<T>) -> People {
    number(children.iter().filter(|child| of(child).is_none()).count())
}

/// A table with the rows of a list of codes in its order, and other values after them.
fn listed<'a>(
    children: &'a [Child],
    title: Words,
    definition: Words,
    codes: &[Coded],
    of: impl Fn(&'a Child) -> Option<&'a str>,
) -> Block {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in children.iter().filter_map(&of) {
        *counts.entry(value).or_default() += 1;
    }
    let known: usize = counts.values().sum();
    let mut rows = Vec::new();
    for (code, zh, en) in codes {
        let count = counts.remove(code).unwrap_or_default();
        rows.push(((*code).to_owned(), ((*zh).to_owned(), (*en).to_owned()), number(count)));
    }
    rows.extend(
        counts
            .into_iter()
            .map(|(value, count)| (value.to_owned(), (value.to_owned(), value.to_owned()), number(count))),
    );
    Block::new(title, definition, all(children), number(children.len() - known), rows)
}

fn renting(children: &[Child]) -> Block {
    let of = |child: &Child| child.tenure.as_deref().map(|tenure| RENTING.contains(&tenure));
    let count = |rents: bool| number(children.iter().filter(|child| of(child) == Some(rents)).count());
    let words = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    let rows = [
        ("renting".to_owned(), words("租住", "Renting"), count(true)),
        ("not_renting".to_owned(), words("非租住", "Not renting"), count(false)),
    ];
    let definition = (
        "租住 = 租房 + 公租房、廉租房，占全部儿童的百分比；住房不详的计入分母。",
        "Renting is rented and public rental homes together, as a share of all children; those whose home is not \
         known are part of the denominator.",
    );
    Block::new(("租住比例", "Renting"), definition, all(children), unknown(children, of), rows)
}

fn tenure(children: &[Child]) -> Block {
    let definition = (
        "按统计日的居住情况；没有个人居住记录的，按所在家庭的住房。",
        "By the child's own stay on the day, or by the household's home where there is none.",
    );
    listed(children, TENURE, definition, words::TENURE, |child| child.tenure.as_deref())
}

fn sex(children: &[Child]) -> Block {
    let count = |sex: char| number(children.iter().filter(|child| child.sex == Some(sex)).count());
    let rows = [('F', "F"), ('M', "M")]
        .map(|(sex, code)| (code.to_owned(), words::of(words::SEX, code), count(sex)));
    let definition = ("按登记的性别。", "By sex as stated.");
    let unknown = unknown(children, |child| child.sex);
    Block::new(("性别", "Sex"), definition, all(children), unknown, rows)
}

fn age(children: &[Child]) -> Block {
    let rows = BANDS.map(|(code, zh, en, first, last)| {
        let inside = |child: &&Child| child.age.is_some_and(|age| (first..=last).contains(&age));
        let count = number(children.iter().filter(inside).count());
        (code.to_owned(), (zh.to_owned(), en.to_owned()), count)
    });
    let definition = ("统计日的周岁。", "Full years on the day.");
    let unknown = unknown(children, |child| child.age);
    Block::new(("年龄", "Age"), definition, all(children), unknown, rows)
}

fn province(children: &[Child]) -> Block {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for child in children {
        if let Some(province) = &child.province {
            *counts.entry(province).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let rows = counts
        .into_iter()
        .map(|(code, count)| (code.to_owned(), words::of(words::PROVINCE, code), number(count)));
    let definition = ("按户籍所在省份。", "By the province of registered home.");
    let unknown = unknown(children, |child| child.province.as_ref());
    Block::new(("户籍省份", "Home province"), definition, all(children), unknown, rows)
}

/// Most rows of free words; the rest is counted together.
const MOST_WORDS: usize = 12;

fn insurance(children: &[Child]) -> Block {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for child in children {
        if let Some(words) = &child.insurance {
            *counts.entry(words).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let rest: usize = counts.iter().skip(MOST_WORDS).map(|(_, count)| count).sum();
    let mut rows: Vec<_> = counts
        .into_iter()
        .take(MOST_WORDS)
        .map(|(code, count)| (code.to_owned(), words::of(words::INSURANCE, code), number(count)))
        .collect();
    if rest > 0 {
        rows.push(("other".to_owned(), ("其他".to_owned(), "Other".to_owned()), number(rest)));
    }
    let definition = ("按登记的医保情况。", "By the health insurance on record.");
    let unknown = unknown(children, |child| child.insurance.as_ref());
    Block::new(("医保", "Health insurance"), definition, all(children), unknown, rows)
}

fn needs(children: &[Child]) -> Block {
    let some = children.iter().filter(|child| !child.needs.is_empty()).count();
    let any =
        ("any".to_owned(), ("有需要的儿童".to_owned(), "Children with a need".to_owned()), number(some));
    let each = Code::ALL.iter().filter_map(|code| {
        let count = children.iter().filter(|child| child.needs.contains(code)).count();
        let (zh, en) = code.words();
        (count > 0).then(|| (code.code().to_owned(), (zh.to_owned(), en.to_owned()), number(count)))
    });
    let definition = (
        "听到过这种需要的儿童人数（已搁置的需要不计）；一名儿童可有几种需要，各行不能相加。",
        "Children of whom such a need was heard, dismissed ones left out; a child may have several, so the rows do \
         not add up.",
    );
    let rows = std::iter::once(any).chain(each);
    Block::new(("需要", "Needs"), definition, all(children), People(0), rows).overlapping()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn children(tenures: &[(Option<&str>, usize)]) -> Vec<Child> {
        let of = |(tenure, count): &(Option<&str>, usize)| {
            let child = Child { tenure: tenure.map(str::to_owned), ..Child::default() };
            vec![child; *count]
        };
        tenures.iter().flat_map(of).collect()
    }

    #[test]
    fn renting_is_a_share_of_all_with_the_unknown_shown() {
        let children = children(&[
            (Some("rent"), 214),
            (Some("public_rent"), 8),
            (Some("own"), 17),
            (Some("kin"), 8),
            (Some("dorm"), 6),
            (None, 2),
        ]);
        let blocks = blocks(&children, |_| true);
        let renting = &blocks[0];
        assert_eq!(renting.denominator.to_string(), "255");
        assert_eq!(renting.unknown.to_string(), "2");
        assert_eq!(renting.rows[0].count.to_string(), "222");
        assert_eq!(renting.rows[0].pct.as_deref(), Some("87.06"));
        assert_eq!(renting.rows[0].pct_of_known.as_deref(), Some("87.75"));
        let kept = kept_back(blocks);
        assert_eq!(kept[0].unknown.to_string(), "<5");
        assert_eq!(kept[0].rows[1].count.to_string(), "*");
        assert!(kept.iter().all(|block| block.title_zh != TENURE.0), "one row of it is too small");
    }

    #[test]
    fn tables_follow_the_readers_labels() {
        let seen = |may: fn(Label) -> bool| -> Vec<String> {
            blocks(&children(&[(None, 1)]), may).into_iter().map(|block| block.title_en).collect()
        };
        assert_eq!(seen(|_| true).len(), 9);
        let plain = seen(|label| label == Label::Plain);
        assert_eq!(plain, ["Renting", "Sex", "Age", "Home province", "Home", "Needs"]);
    }

    #[test]
    fn nobody_is_lost() {
        let mut children = children(&[(Some("cave"), 3), (None, 1)]);
        children[0].age = Some(17);
        children[1].sex = Some('F');
        children[2].province = Some("99".into());
        for block in blocks(&children, |_| true).iter().filter(|block| block.title_en != "Needs") {
            let rows: u64 = block.rows.iter().filter_map(|row| row.count.number()).sum();
            assert_eq!(rows + block.unknown.number().unwrap(), 4, "{}", block.title_en);
        }
    }
}
