//! Pinyin one slip of a finger away: a letter missing, too many, swapped or wrong.

use crate::syllable::is_pinyin;

/// Longer words are not corrected.
const LONGEST: usize = 18;

/// Letters that are mistaken for one another in speech or lie beside one another; tried first.
const CONFUSED: &[(char, &str)] = &[
    ('a', "seoq"),
    ('b', "pvn"),
    ('c', "zsxv"),
    ('d', "tsf"),
    ('e', "aiwr"),
    ('f', "hdg"),
    ('g', "knh"),
    ('h', "fgj"),
    ('i', "yuoe"),
    ('j', "qzhk"),
    ('k', "gjl"),
    ('l', "nrk"),
    ('m', "nbj"),
    ('n', "lgmb"),
    ('o', "uaip"),
    ('p', "bo"),
    ('q', "jxwa"),
    ('r', "let"),
    ('s', "czxad"),
    ('t', "dry"),
    ('u', "voiy"),
    ('v', "ubw"),
    ('w', "hvye"),
    ('x', "sqzc"),
    ('y', "iu"),
    ('z', "cjsx"),
];

/// Spellings that are pinyin and differ from one of these by one letter (two neighbours swapped count as one), the
/// likeliest first, at most `most`.
pub(crate) fn near(spelt: &[String], most: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rare: Vec<String> = Vec::new();
    for word in spelt.iter().take(2).filter(|w| w.is_ascii() && w.len() <= LONGEST) {
        let mut consider = |candidate: String, likely: bool| {
            if is_pinyin(&candidate) && !spelt.contains(&candidate) {
                let list = if likely { &mut found } else { &mut rare };
                if !list.contains(&candidate) {
                    list.push(candidate);
                }
            }
        };
        for at in 0..word.len() {
            let (head, tail) = word.split_at(at);
            let letter = tail.chars().next().unwrap_or('a');
            consider(format!("{head}{}", &tail[1..]), true);
            if let Some(next) = tail[1..].chars().next() {
                consider(format!("{head}{next}{letter}{}", &tail[2..]), true);
            }
            let alike = CONFUSED.iter().find(|(c, _)| *c == letter).map_or("", |(_, alike)| *alike);
            for other in 'a'..='z' {
                consider(format!("{head}{other}{}", &tail[1..]), alike.contains(other));
                consider(format!("{head}{other}{tail}"), matches!(other, 'h' | 'g' | 'n' | 'i'));
            }
        }
        for other in 'a'..='z' {
            consider(format!("{word}{other}"), matches!(other, 'g' | 'n'));
        }
    }
    rare.retain(|word| !found.contains(word));
    found.append(&mut rare);
    found.truncate(most);
    found
}
