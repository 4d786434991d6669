//! Names of divisions in letters.

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::{Place, names::ways};

/// Divisions whose usual name in letters is not the pinyin of their characters.
const USUAL: &[(&str, &str)] = &[
    ("15", "Inner Mongolia"),
    ("54", "Tibet"),
    ("61", "Shaanxi"),
    ("81", "Hong Kong"),
    ("82", "Macao"),
    ("1501", "Hohhot"),
    ("2301", "Harbin"),
    ("5401", "Lhasa"),
    ("6501", "Ürümqi"),
    ("6531", "Kashgar"),
];

/// First characters that names of places read otherwise than the dictionary's first reading.
const FIRST: &[(char, &str)] = &[
    ('长', "chang"),
    ('重', "chong"),
    ('厦', "xia"),
    ('蚌', "beng"),
    ('乐', "le"),
    ('丽', "li"),
    ('台', "tai"),
    ('单', "shan"),
    ('会', "hui"),
    ('朝', "chao"),
];

/// Whole names that go against these rules.
const WHOLE: &[(&str, &[&str])] = &[
    ("六安", &["lu", "an"]),
    ("乐清", &["yue", "qing"]),
    ("会稽", &["kuai", "ji"]),
    ("番禺", &["pan", "yu"]),
    ("大埔", &["da", "bu"]),
    ("洪洞", &["hong", "tong"]),
    ("荥阳", &["xing", "yang"]),
    ("荥经", &["ying", "jing"]),
    ("尉犁", &["yu", "li"]),
    ("莘县", &["shen", "xian"]),
    ("闽侯", &["min", "hou"]),
    ("阿坝", &["a", "ba"]),
    ("阜阳", &["fu", "yang"]),
    ("中牟", &["zhong", "mu"]),
    ("牟定", &["mou", "ding"]),
    ("都江堰", &["du", "jiang", "yan"]),
    ("成都", &["cheng", "du"]),
    ("大理", &["da", "li"]),
    ("西藏", &["xi", "zang"]),
];

/// A division's everyday name in letters, without what it is: Zhenxiong, Xi'an, Inner Mongolia.
pub(crate) fn latin(place: &Place) -> String {
    if let Some((_, usual)) = USUAL.iter().find(|(code, _)| *code == place.code) {
        return (*usual).to_owned();
    }
    let all = ways(place.name, place.level());
    let name = all.get(1).unwrap_or(&all[0]);
    let mut out = String::new();
    for syllable in syllables(name) {
        if !out.is_empty() && syllable.starts_with(['a', 'e', 'o']) {
            out.push('\'');
        }
        out.push_str(&syllable);
    }
    let mut chars = out.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The usual reading of every character, as names of places read them.
pub(crate) fn syllables(name: &str) -> Vec<String> {
    let first = name.chars().next().and_then(|c| FIRST.iter().find(|(known, _)| *known == c));
    let mut out: Vec<String> = name
        .chars()
        .map(|c| c.to_pinyin().map_or_else(|| c.to_string(), |p| p.plain().replace('ü', "v")))
        .collect();
    if let (Some((_, reading)), Some(syllable)) = (first, out.first_mut()) {
        (*reading).clone_into(syllable);
    }
    if let Some((_, read)) = WHOLE.iter().find(|(whole, _)| name.starts_with(whole)) {
        for (syllable, known) in out.iter_mut().zip(*read) {
            (*known).clone_into(syllable);
        }
    }
    out
}

/// Every reading of every character, without tones. Characters without any read as themselves.
pub(crate) fn readings(name: &str) -> Vec<Vec<String>> {
    name.chars()
        .map(|c| {
            let mut all: Vec<String> = Vec::new();
            for reading in c.to_pinyin_multi().into_iter().flatten() {
                let plain = reading.plain().replace('ü', "v");
                if !all.contains(&plain) {
                    all.push(plain);
                }
            }
            if all.is_empty() {
                all.push(c.to_string());
            }
            all
        })
        .collect()
}

/// How many characters a query in letters spells: by syllables, by initials, or both mixed ("zhenx", "zxiong").
/// `None` when it does not spell the beginning. The second value says whether the last syllable was complete or
/// an initial.
pub(crate) fn spells(query: &str, name: &[Vec<String>]) -> Option<(usize, bool)> {
    if query.is_empty() {
        return Some((0, true));
    }
    let (first, rest) = name.split_first()?;
    let mut best: Option<(usize, bool)> = None;
    let mut take = |found: Option<(usize, bool)>| {
        let found = found.map(|(used, whole)| (used + 1, whole));
        best = match (best, found) {
            (Some(old), Some(new)) if (new.1 && !old.1) || (new.1 == old.1 && new.0 < old.0) => Some(new),
            (None, new) => new,
            (old, _) => old,
        };
    };
    for reading in first {
        if let Some(left) = query.strip_prefix(reading.as_str()) {
            take(spells(left, rest));
        } else if query.len() > 1 && reading.starts_with(query) {
            take(Some((0, false)));
        }
        if let Some(left) = reading.get(..1).and_then(|initial| query.strip_prefix(initial)) {
            take(spells(left, rest));
        }
    }
    best
}
