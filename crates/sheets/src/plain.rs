//! Text made comparable: width, spaces, brackets. Used for headers and for cells with a closed set of answers.

use unicode_normalization::UnicodeNormalization;

use crate::book::is_zero_width;

/// The most characters of a header or of a closed answer that are looked at; longer text cannot be either.
const MOST: usize = 400;

/// Half width, lower case, no spaces, no invisible characters.
pub fn folded(text: &str) -> String {
    if text.len() <= MOST && text.chars().all(is_plain) {
        return text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_lowercase()).collect();
    }
    text.chars()
        .take(MOST)
        .nfkc()
        .filter(|c| !c.is_whitespace() && !is_zero_width(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Characters that no normal form changes and that are seen: visible ASCII, the space, common Han. Most cells have no others.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}')
}

/// Half width, without invisible characters, spaces kept single and trimmed, case kept.
pub fn tidy(text: &str) -> String {
    if text.chars().all(|c| is_plain(c) && c != ' ') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().filter(|c| !is_zero_width(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A header as the dictionary has it: folded, without brackets and their content, without marks.
pub fn header(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in folded(text).chars() {
        match c {
            '(' | '[' | '【' | '<' | '〔' => depth += 1,
            ')' | ']' | '】' | '>' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '*' | ':' | '-' | '_' | '.' | '、' | '/' | '\\' | '·' | '?' | '#' | '"' | '\'' | '。' | ','
            | ';' | '&' => {}
            _ => out.push(c),
        }
    }
    if out.is_empty() { folded(text).chars().filter(|c| c.is_alphanumeric()).collect() } else { out }
}

/// Han characters, the common and the rare.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Words that people write where there is nothing to write.
pub fn is_nothing(text: &str) -> bool {
    const NOTHING: &[&str] = &[
        "",
        "无",
        "没有",
        "暂无",
        "未知",
        "不详",
        "不清楚",
        "不知道",
        "未填",
        "空",
        "同前",
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "n.a.",
        "unknown",
        "no",
        "未登记",
        "没填",
        "待补",
        "待查",
        "未提供",
        "不便透露",
        "没",
        "不明",
    ];
    let folded = folded(text);
    NOTHING.contains(&folded.as_str()) || folded.chars().all(|c| !c.is_alphanumeric() && !is_mark(c))
}

/// Marks that do mean something where a tick is expected.
fn is_mark(c: char) -> bool {
    matches!(c, '√' | '✓' | '✔' | '×' | '✗' | '✘' | '♀' | '♂' | '○' | '●' | '☑' | '□' | '〃')
}

/// "Same as above" in its many forms.
pub fn is_ditto(text: &str) -> bool {
    matches!(
        folded(text).as_str(),
        "〃" | "同上"
            | "\""
            | "''"
            | "″"
            | "々"
            | "同"
            | "同上行"
            | "ditto"
            | "do."
            | "sameasabove"
            | "”"
            | "“"
            | "`"
            | "ⅱ"
            | "''''"
            | "′′"
    )
}

/// A whole number written with digits or with Chinese numerals up to 99; `None` otherwise.
pub fn small_number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| {
        "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32).or((c == '两').then_some(2))
    };
    let (tens, ones) = match text.split_once('十') {
        None => (0, text),
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (digit(single(tens)?)?, ones),
    };
    let ones = if ones.is_empty() { 0 } else { digit(single(ones)?)? };
    Some(tens * 10 + ones)
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
