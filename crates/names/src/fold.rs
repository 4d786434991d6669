//! Cleaning a name: gently, to show it, and thoroughly, to compare and search it.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The one middle dot that names are stored with (U+00B7).
pub const DOT: char = '\u{b7}';

/// Traditional and variant characters with their everyday form, two by two. Source: see `data/README.md`.
static SIMPLER: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| pairs(concat!(include_str!("../data/t2s.txt"), include_str!("../data/variants.txt"))));

/// Characters that are not in use in simplified writing; without those that came back for names in 2013.
static TRADITIONAL: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut table = pairs(include_str!("../data/t2s.txt"));
    table.retain(|from, _| !"昇甯於甦邨氾龢迺鉅陞釐剋併".contains(*from));
    table
});

/// Whether a mainland register would write this character in another, simplified form.
pub fn is_traditional(c: char) -> bool {
    TRADITIONAL.contains_key(&c)
}

fn pairs(data: &str) -> HashMap<char, char> {
    let mut table = HashMap::with_capacity(4200);
    for line in data.lines() {
        let mut chars = line.chars();
        while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            table.insert(from, to);
        }
    }
    table
}

/// Whether this is a Chinese character, the supplementary planes included.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether this character shows nothing: zero-width, direction marks, soft hyphens, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}')
        || (c.is_control() && !c.is_whitespace())
}

/// Whether this is one of the many dots that are written inside a name.
pub fn is_dot(c: char) -> bool {
    matches!(
        c,
        DOT | '\u{2022}'
            | '\u{30fb}'
            | '\u{ff65}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22c5}'
            | '\u{25cf}'
            | '\u{25aa}'
            | '\u{25e6}'
            | '\u{26ab}'
            | '\u{2e33}'
            | '\u{387}'
            | '\u{16eb}'
            | '\u{2981}'
            | '\u{10101}'
    )
}

/// The everyday form of one character: traditional to simplified and a few variants (𠮷 to 吉).
///
/// Works character by character, so that the fold of a part of a name is a part of the fold.
pub fn simpler(c: char) -> char {
    if c.is_ascii() { c } else { SIMPLER.get(&c).copied().unwrap_or(c) }
}

/// A name as it should be stored and shown: trimmed, without invisible characters, with one kind of dot, without the
/// spaces that fill up two-character names (李 娜), full-width letters made narrow. Traditional and rare characters stay.
///
/// ```
/// assert_eq!(names::display(" 李\u{3000}娜\u{200b}"), "李娜");
/// assert_eq!(names::display("沙马•阿依"), "沙马·阿依");
/// assert_eq!(names::display("Ｌｉ　Ｎａ"), "Li Na");
/// ```
pub fn display(name: &str) -> String {
    let narrow = name.nfc().filter(|c| !is_invisible(*c)).map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    });
    tidy(narrow)
}

/// A name as it is compared and searched: [`display`], compatibility forms resolved (NFKC), simplified, lower case.
///
/// ```
/// assert_eq!(names::fold("歐陽　娜"), names::fold("欧阳娜"));
/// assert_eq!(names::fold("ＬＩ Na"), "li na");
/// ```
pub fn fold(name: &str) -> String {
    let plain = name.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).map(simpler);
    tidy(plain)
}

/// The first `most` characters of the fold; keys, plans and comparisons never look further.
pub(crate) fn fold_short(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        Some((end, _)) => fold(&name[..end]),
        None => fold(name),
    }
}

/// Unifies dots and squeezes spaces.
fn tidy(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut last = None;
    let mut space = false;
    let mut chars = chars.peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let mut after = false;
        let dot = is_dot(c)
            || (c == '.' && last.is_some_and(is_han) && {
                let mut gap = false;
                while chars.peek().is_some_and(|c| c.is_whitespace()) {
                    chars.next();
                    gap = true;
                }
                after = gap;
                chars.peek().copied().is_some_and(is_han)
            });
        let c = if dot { DOT } else { c };
        if let Some(last) = last {
            let tight = dot || last == DOT || (is_han(last) && is_han(c));
            if space && !tight {
                out.push(' ');
            }
        }
        space = after;
        out.push(c);
        last = Some(c);
    }
    out
}
