//! Names in Latin letters, to show to people who do not read characters.

use crate::fold::{DOT, display, is_han};
use crate::reading::{of_name, syllables};
use crate::surname::{split, surname_len};

/// A Chinese name in Latin letters, surname first, syllables of the given name joined with an apostrophe where they
/// would run together: 李娜 Li Na, 单晓安 Shan Xiao'an, 吕绿 Lü Lü, 沙马·阿依 Shama Ayi. What is not Chinese stays.
///
/// The readings are the likeliest ones, not certain: ask the person where it matters.
pub fn romanise(name: &str) -> String {
    let shown = display(name);
    if !shown.chars().any(is_han) {
        return shown;
    }
    if shown.contains(DOT) {
        let parts: Vec<String> =
            split(&shown).parts.iter().map(|part| word(&readings(part, false))).collect();
        return parts.join(" ");
    }
    let chars: Vec<char> = shown.chars().filter(|c| !c.is_whitespace()).collect();
    let at = surname_len(&chars);
    let read = readings(&shown, at > 0);
    let (surname, given) = read.split_at(at.min(read.len()));
    let words = [word(surname), word(given)];
    words.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// As passports print it: upper case, LYU and NYU for lü and nü, surname and given name.
pub fn passport(name: &str) -> String {
    romanise(name).replace('\'', "").replace('ü', "yu").replace('Ü', "YU").to_uppercase()
}

fn readings(text: &str, surname_first: bool) -> Vec<String> {
    let chars: Vec<char> =
        crate::fold::fold(text).chars().filter(|c| !c.is_whitespace() && *c != DOT).collect();
    if surname_first {
        let all = of_name(&chars);
        return chars.iter().zip(all).map(|(c, r)| first(*c, r.first().copied())).collect();
    }
    chars.iter().map(|c| first(*c, syllables(*c).first().copied())).collect()
}

fn first(c: char, reading: Option<&'static str>) -> String {
    reading.map_or_else(|| c.to_string(), |r| r.replace("lv", "lü").replace("nv", "nü"))
}

fn word(syllables: &[String]) -> String {
    let mut out = String::new();
    for syllable in syllables {
        if !out.is_empty() && syllable.starts_with(['a', 'e', 'o']) {
            out.push('\'');
        }
        out.push_str(syllable);
    }
    let mut chars = out.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
