//! How names are read: every pinyin reading of a character, surname readings first, within bounds.

use std::ops::Deref;

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use crate::fold::{is_han, simpler};
use crate::surname;

/// At most so many readings of one character are used.
pub const PER_CHARACTER: usize = 6;

/// The toneless readings of one character, the commonest first, `ü` written `v`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readings {
    list: [&'static str; PER_CHARACTER],
    len: usize,
}

impl Readings {
    const NONE: Self = Self { list: [""; PER_CHARACTER], len: 0 };

    fn add(&mut self, reading: &'static str) {
        if self.len < PER_CHARACTER && !self.contains(&reading) {
            self.list[self.len] = reading;
            self.len += 1;
        }
    }
}

impl Deref for Readings {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        &self.list[..self.len]
    }
}

/// Characters of names that the table of readings lacks or lists with another reading than people use.
const OWN: &[(char, &[&str])] = &[
    ('𠮷', &["ji"]),
    ('㼆', &["ping", "ying"]),
    ('𬱖', &["wei", "di"]),
    ('㛃', &["jie"]),
    ('茜', &["qian", "xi"]),
    ('乐', &["le", "yue"]),
    ('婧', &["jing"]),
    ('莎', &["sha"]),
    ('娜', &["na"]),
    ('晟', &["sheng", "cheng"]),
    ('曦', &["xi"]),
    ('伽', &["jia", "qie", "ga"]),
    ('阿', &["a"]),
    ('儿', &["er"]),
    ('呷', &["ga", "xia"]),
    ('行', &["xing", "hang"]),
    ('长', &["chang", "zhang"]),
];

/// All toneless readings of a character; empty for one that has none. A letter reads as nothing here.
///
/// ```
/// assert_eq!(&*names::syllables('单'), ["dan", "chan", "shan"]);
/// assert_eq!(&*names::syllables('女'), ["nv", "ru"]);
/// ```
pub fn syllables(c: char) -> Readings {
    let mut found = Readings::NONE;
    if !is_han(c) {
        return found;
    }
    if let Some((_, own)) = OWN.iter().find(|(o, _)| *o == c) {
        own.iter().for_each(|r| found.add(r));
        return found;
    }
    let multi = c.to_pinyin_multi().or_else(|| simpler(c).to_pinyin_multi());
    for reading in multi.into_iter().flatten() {
        if let Some(plain) = written(reading.plain()) {
            found.add(plain);
        }
    }
    found
}

/// `ü` as `v`; interjections without a vowel are no readings of names.
fn written(plain: &'static str) -> Option<&'static str> {
    match plain {
        "lü" => Some("lv"),
        "lüe" => Some("lve"),
        "nü" => Some("nv"),
        "nüe" => Some("nve"),
        "ê" | "m" | "n" | "ng" | "hm" | "hng" | "fiao" => None,
        other => Some(other),
    }
}

/// Readings of a surname character: as a surname first, then the others.
///
/// ```
/// assert_eq!(&*names::surname_syllables('单'), ["shan", "dan", "chan"]);
/// ```
pub fn surname_syllables(c: char) -> Readings {
    let mut found = Readings::NONE;
    for reading in surname::special(c).iter().chain(syllables(c).iter()) {
        found.add(reading);
    }
    found
}

/// The readings of each character of a name (characters only, without dots and spaces), position by position.
/// The surname, compound or not, has its own readings first; a letter or digit reads as itself.
pub fn of_name(chars: &[char]) -> Vec<Readings> {
    let special =
        surname::compound(chars).filter(|_| chars.len() != 2 || surname::special(chars[0]).is_empty());
    chars
        .iter()
        .enumerate()
        .map(|(i, c)| match special {
            Some(pair) if i < 2 => {
                let mut found = Readings::NONE;
                found.add(pair[i]);
                syllables(*c).iter().for_each(|r| found.add(r));
                found
            }
            _ if i == 0 => surname_syllables(*c),
            _ => syllables(*c),
        })
        .collect()
}

/// Up to `most` ways to read a row of characters, each a list of syllables: all first readings, then those with one
/// other reading (front characters first), then two and so on. Characters without a reading are left out.
pub fn ways(readings: &[Readings], most: usize) -> Vec<Vec<&'static str>> {
    let slots: Vec<&Readings> = readings.iter().filter(|r| !r.is_empty()).collect();
    if slots.is_empty() || most == 0 {
        return Vec::new();
    }
    let mut found: Vec<Vec<usize>> = vec![vec![0; slots.len()]];
    let mut next = 0;
    while next < found.len() && found.len() < most {
        let base = found[next].clone();
        let from = base.iter().rposition(|i| *i > 0).map_or(0, |last| last + 1);
        for slot in from..slots.len() {
            for other in 1..slots[slot].len() {
                let mut way = base.clone();
                way[slot] = other;
                if found.len() < most {
                    found.push(way);
                }
            }
        }
        next += 1;
    }
    found.iter().map(|way| way.iter().zip(&slots).map(|(i, r)| r[*i]).collect()).collect()
}

/// Latin letters of a romanised name or a typed query: lower case, without tone marks and digits, `ü` as `v`,
/// everything else dropped except single spaces between words.
///
/// ```
/// assert_eq!(names::latin("Lǐ Nà"), "li na");
/// assert_eq!(names::latin("Lü3 Xi'an"), "lv xian");
/// ```
pub fn latin(text: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' => {
                if space && !out.is_empty() {
                    out.push(' ');
                }
                space = false;
                out.push(c);
            }
            '\u{308}' if out.ends_with('u') => {
                out.pop();
                out.push('v');
            }
            '\u{b7}' | '-' | ',' | '.' => space = true,
            _ if c.is_whitespace() => space = true,
            _ => {}
        }
    }
    out
}
