//! The tables of a period. Pure.

use std::collections::BTreeMap;

use kernel::units::{Encounters, Households, Participations, People, Requests, Sessions, Unit};

use super::asked::Asked;
use super::figures::Figures;
use crate::block::{Block, Words};
use crate::month::KindName;
use crate::rolled::BANDS;
use crate::words::{self, Coded};

/// Every table, in the order in which it is shown.
pub fn blocks(figures: &Figures, asked: &Asked, kinds: &[KindName]) -> Vec<Block> {
    let mut blocks = months(figures).to_vec();
    blocks.extend(by_kind(figures, kinds));
    blocks.extend(sexes(figures));
    blocks.extend(ages(figures));
    blocks.push(provinces(figures));
    blocks.push(encounters(figures));
    blocks.push(requests(asked));
    blocks
}

/// A code with its words, Chinese and English.
type Named<'a> = (&'a str, &'a str, &'a str);

type Counts<U> = BTreeMap<String, U>;

fn add<U: Unit + Default + std::ops::Add<Output = U>>(counts: &mut Counts<U>, key: &str, count: U) {
    let slot = counts.entry(key.to_owned()).or_default();
    *slot = *slot + count;
}

/// A table of codes in the order of a list, other codes after them; what is counted under '' is not known.
fn listed<U: Unit + Default>(
    title: Words,
    definition: Words,
    all: U,
    codes: &[Named<'_>],
    mut counts: Counts<U>,
    always: bool,
) -> Block {
    let unknown = counts.remove("").unwrap_or_default();
    let mut rows = Vec::new();
    for (code, zh, en) in codes {
        let count = counts.remove(*code);
        if always || count.is_some() {
            rows.push(((*code).to_owned(), ((*zh).to_owned(), (*en).to_owned()), count.unwrap_or_default()));
        }
    }
    rows.extend(counts.into_iter().map(|(code, count)| (code.clone(), (code.clone(), code), count)));
    Block::new(title, definition, all, unknown, rows)
}

fn months(figures: &Figures) -> [Block; 3] {
    let words = |month: &str| {
        let (year, number) = month.split_once('-').unwrap_or((month, ""));
        (format!("{year} 年 {} 月", number.trim_start_matches('0')), month.to_owned())
    };
    let all = figures.participations();
    let rows = figures
        .months
        .iter()
        .map(|(month, it)| (month.clone(), words(month), it.known.participations + it.anonymous));
    let definition = ("按活动所在月份的人次。", "Participations by the month of the session.");
    let participations =
        Block::new(("每月人次", "Participations by month"), definition, all, Participations(0), rows);
    let rows = figures.months.iter().map(|(month, it)| (month.clone(), words(month), it.known.people));
    let definition = (
        "当月来过的有姓名者，每人每月计一次；一人可在几个月都来，各行不能相加。",
        "Known people who came in the month, each once a month; somebody may come in several, so the rows do not add up.",
    );
    let all = figures.known().people;
    let people = Block::new(("每月人数", "People by month"), definition, all, People(0), rows).overlapping();
    let rows = figures.months.iter().map(|(month, it)| (month.clone(), words(month), it.sessions));
    let definition = ("当月点过名的场次。", "Sessions of the month with somebody on the roll.");
    let all: Sessions = figures.sessions.values().copied().sum();
    let sessions =
        Block::new(("每月场次", "Sessions by month"), definition, all, Sessions(0), rows).of_things();
    [participations, people, sessions]
}

fn by_kind(figures: &Figures, named: &[KindName]) -> [Block; 4] {
    let plain = words::ACTIVITY.iter().copied().filter(|row| named.iter().all(|kind| kind.code != row.0));
    let own = named.iter().map(|kind| (kind.code.as_str(), kind.zh.as_str(), kind.en.as_str()));
    let codes: Vec<Named<'_>> = plain.chain(own).collect();
    let mut participations: Counts<Participations> = Counts::new();
    let mut people: Counts<People> = Counts::new();
    for ((kind, _), came) in &figures.kinds {
        add(&mut participations, kind, came.participations);
        add(&mut people, kind, came.people);
    }
    for ((kind, _, _), count) in &figures.anonymous {
        add(&mut participations, kind, *count);
    }
    let definition = (
        "按活动类型的人次，含无名人次。",
        "Participations by kind of activity, the anonymous ones included.",
    );
    let title = ("各类活动人次", "Participations by kind of activity");
    let one = listed(title, definition, figures.participations(), &codes, participations, false);
    let definition = (
        "参加过这类活动的有姓名者，每人每类计一次；一人可参加几类，各行不能相加。",
        "Known people who came to such an activity, each once a kind; somebody may come to several, so the rows do not \
         add up.",
    );
    let title = ("各类活动人数", "People by kind of activity");
    let two = listed(title, definition, figures.known().people, &codes, people, false).overlapping();
    let definition = (
        "在点名单上记为“户”的家庭，每户每类计一次；一户可参加几类，各行不能相加。",
        "Households marked as such on a roll, each once a kind; one may come to several, so the rows do not add up.",
    );
    let title = ("各类活动户数", "Families by kind of activity");
    let families: Counts<Households> = figures.families.clone();
    let three = listed(title, definition, figures.households, &codes, families, false).overlapping();
    let definition = ("点过名的场次。", "Sessions with somebody on the roll.");
    let all: Sessions = figures.sessions.values().copied().sum();
    let title = ("各类活动场次", "Sessions by kind of activity");
    let four = listed(title, definition, all, &codes, figures.sessions.clone(), false).of_things();
    [one, two, three, four]
}

fn sexes(figures: &Figures) -> [Block; 2] {
    let mut people: Counts<People> = Counts::new();
    let mut participations: Counts<Participations> = Counts::new();
    for (sort, came) in &figures.people {
        add(&mut people, &sort.sex, came.people);
        add(&mut participations, &sort.sex, came.participations);
    }
    for ((_, sex, _), count) in &figures.anonymous {
        add(&mut participations, sex, *count);
    }
    let definition = ("按登记的性别。", "By sex as stated.");
    let title = ("人数：性别", "People by sex");
    let one = listed(title, definition, figures.known().people, words::SEX, people, true);
    let definition =
        ("按登记的性别；无名者按点名时所见。", "By sex as stated, or as seen where nobody is known.");
    let title = ("人次：性别", "Participations by sex");
    [one, listed(title, definition, figures.participations(), words::SEX, participations, true)]
}

/// Age bands with their words.
pub(super) fn bands() -> Vec<Coded> {
    let words = |code| match code {
        "0-5" => ("0–5 岁", "0–5"),
        "6-11" => ("6–11 岁", "6–11"),
        "12-17" => ("12–17 岁", "12–17"),
        "18-59" => ("18–59 岁", "18–59"),
        _ => ("60 岁以上", "60 and older"),
    };
    BANDS.iter().map(|band| (band.0, words(band.0).0, words(band.0).1)).collect()
}

fn ages(figures: &Figures) -> [Block; 2] {
    let mut people: Counts<People> = Counts::new();
    let mut participations: Counts<Participations> = Counts::new();
    for (sort, came) in &figures.people {
        add(&mut people, &sort.band, came.people);
        add(&mut participations, &sort.band, came.participations);
    }
    for ((_, _, age), count) in &figures.anonymous {
        add(&mut participations, age, *count);
    }
    let definition = (
        "统计期最后一天的周岁；出生日期只知道大致范围的，按范围的中间一天计算。",
        "Full years on the last day of the period; where only a range of birth dates is known, by the day in its middle.",
    );
    let title = ("人数：年龄", "People by age");
    let one = listed(title, definition, figures.known().people, &bands(), people, true);
    let definition = (
        "统计期最后一天的周岁；无名者按点名时所见的儿童、成人。",
        "Full years on the last day of the period, or child and adult as seen where nobody is known.",
    );
    let seen = [
        ("child", "儿童（年龄不详）", "Children of unknown age"),
        ("adult", "成人（年龄不详）", "Adults of unknown age"),
    ];
    let codes: Vec<Coded> = bands().into_iter().chain(seen).collect();
    let title = ("人次：年龄", "Participations by age");
    [one, listed(title, definition, figures.participations(), &codes, participations, true)]
}

fn provinces(figures: &Figures) -> Block {
    let mut people: Counts<People> = Counts::new();
    for (sort, came) in &figures.people {
        add(&mut people, &sort.province, came.people);
    }
    let mut codes: Vec<Coded> = words::PROVINCE.to_vec();
    codes.sort_by_key(|code| std::cmp::Reverse(people.get(code.0).map_or(0, |count| count.0)));
    let definition = (
        "按最近一次登记的户籍所在省份。",
        "By the province of the registered home, the latest one on record.",
    );
    listed(
        ("人数：户籍省份", "People by home province"),
        definition,
        figures.known().people,
        &codes,
        people,
        false,
    )
}

const ENCOUNTER: &[Coded] =
    &[("visit", "走访", "Visits"), ("call", "来电", "Calls"), ("talk", "谈话", "Talks")];

fn encounters(figures: &Figures) -> Block {
    let all: Encounters = figures.encounters.values().copied().sum();
    let definition = (
        "按日期记录的走访、来电和谈话，每次计一次，不论见到几人。",
        "Visits, calls and talks by their day, each once however many people were met.",
    );
    let title = ("走访与来电", "Visits and calls");
    listed(title, definition, all, ENCOUNTER, figures.encounters.clone(), true).of_things()
}

fn requests(asked: &Asked) -> Block {
    let all: Requests = asked.asked.values().copied().sum();
    let codes: Vec<Coded> = kernel::need::Code::ALL
        .iter()
        .map(|code| {
            let (zh, en) = code.words();
            (code.code(), zh, en)
        })
        .collect();
    let definition = ("统计期内提出的求助，按需要的类型。", "Requests asked in the period, by kind of need.");
    listed(("提出的求助", "Requests asked"), definition, all, &codes, asked.asked.clone(), false)
}
