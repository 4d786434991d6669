//! The names by which people call divisions: full, without the suffix, without the ethnic groups in between.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::{Level, Place, divisions};

/// A county under the code and name it had before.
pub(crate) struct Former {
    pub code: &'static str,
    pub name: &'static str,
    pub now: &'static str,
}

/// Counties under their former codes.
pub(crate) fn former() -> &'static [Former] {
    static FORMER: OnceLock<Vec<Former>> = OnceLock::new();
    FORMER.get_or_init(|| {
        let lines = include_str!("../data/former.tsv").lines();
        lines
            .filter_map(|line| {
                let mut parts = line.split('\t');
                Some(Former { code: parts.next()?, name: parts.next()?, now: parts.next()? })
            })
            .collect()
    })
}

/// Ethnic groups as they stand in names of divisions.
const GROUPS: &[&str] = &[
    "各族",
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯",
    "阿昌族",
    "普米族",
    "塔吉克",
    "怒族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春",
    "基诺族",
];

/// A division under one of its names.
#[derive(Clone, Copy)]
pub(crate) struct Called {
    /// The code; of a former county the one it had then.
    pub code: &'static str,
    /// How far down.
    pub level: Level,
    /// Whether this is not its name, but what it is commonly called since a reform: a district still called a county.
    pub loose: bool,
}

/// The code of today for a county's former code; other codes of divisions unchanged. Places are compared and counted by
/// this.
pub fn current(code: &str) -> Option<&'static str> {
    crate::get(code).map(|place| place.code)
}

/// Everyday names that are no part of the full name.
const NICKNAMES: &[(&str, &str)] = &[
    ("内蒙", "15"),
    ("版纳", "5328"),
    ("版纳州", "5328"),
    ("湘西", "4331"),
    ("博州", "6527"),
    ("巴州", "6528"),
    ("克州", "6530"),
];

/// Name without the ethnic groups before a suffix that was taken off.
fn without_groups(name: &str) -> &str {
    let mut left = name;
    loop {
        let shorter = GROUPS
            .iter()
            .filter_map(|group| left.strip_suffix(group))
            .filter(|rest| rest.chars().count() >= 2)
            .min_by_key(|rest| rest.len());
        match shorter {
            Some(rest) => left = rest,
            None => return left,
        }
    }
}

/// Every way of calling a division, without regard to what is above it.
pub(crate) fn ways(name: &str, level: Level) -> Vec<String> {
    let mut ways = vec![name.to_owned()];
    let mut add = |way: &str| {
        if way.chars().count() >= 2 && !ways.iter().any(|known| known == way) {
            ways.push(way.to_owned());
        }
    };
    let suffixes: &[&str] = match level {
        Level::Province => &["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"],
        Level::City => &["自治州", "地区", "盟", "市"],
        _ => &["自治县", "自治旗", "县", "区", "市", "旗"],
    };
    for suffix in suffixes {
        let Some(rest) = name.strip_suffix(suffix) else { continue };
        let core = if suffix.starts_with("自治") { without_groups(rest) } else { rest };
        add(core);
        match *suffix {
            "自治州" => add(&format!("{core}州")),
            "自治县" => add(&format!("{}县", core.trim_end_matches('族'))),
            "地区" => add(&format!("{core}市")),
            // 东乡族自治县 and 鄂伦春自治旗 are named after a people and nothing else.
            _ if core.ends_with('族') => add(core.trim_end_matches('族')),
            _ => {}
        }
        break;
    }
    ways
}

/// Counties become cities and districts faster than people change their words: 沾益县 for 沾益区.
fn loose(name: &str, level: Level) -> Vec<String> {
    const ENDINGS: [char; 3] = ['县', '区', '市'];
    let Some(core) = name.strip_suffix(ENDINGS).filter(|core| core.chars().count() >= 2) else {
        return Vec::new();
    };
    if level != Level::County || core.ends_with("自治") {
        return Vec::new();
    }
    ENDINGS.iter().map(|ending| format!("{core}{ending}")).filter(|way| way != name).collect()
}

/// Every name of provinces, cities and counties.
pub(crate) fn called() -> &'static HashMap<String, Vec<Called>> {
    static CALLED: OnceLock<HashMap<String, Vec<Called>>> = OnceLock::new();
    CALLED.get_or_init(|| {
        let mut all: HashMap<String, Vec<Called>> = HashMap::new();
        let named = divisions().iter().filter(|place| !place.is_filler());
        for place in named {
            let level = Place::level(place);
            for way in ways(place.name, level) {
                all.entry(way).or_default().push(Called { code: place.code, level, loose: false });
            }
            for way in loose(place.name, level) {
                all.entry(way).or_default().push(Called { code: place.code, level, loose: true });
            }
        }
        for county in former() {
            let called = Called { code: county.code, level: Level::County, loose: false };
            all.entry(county.name.to_owned()).or_default().push(called);
        }
        for (name, code) in NICKNAMES {
            let level = if code.len() == 2 { Level::Province } else { Level::City };
            all.entry((*name).to_owned()).or_default().push(Called { code, level, loose: false });
        }
        all
    })
}

/// The longest name, in characters.
pub(crate) const LONGEST: usize = 18;
