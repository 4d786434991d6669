//! Legends such as "居住情况：1=租 2=自有 3=借住": what a bare code in a column stands for.

use super::Column;
use crate::plain;

/// One legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    /// What it is about, as far as the text before the first code says; folded, may be empty.
    pub about: String,
    /// Codes (folded: ① is `1`) and their meanings.
    pub pairs: Vec<(String, String)>,
}

impl Legend {
    /// The meaning of a code.
    pub fn meaning(&self, code: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == code).map(|(_, meaning)| meaning.as_str())
    }
}

/// Legends in texts beside the table, and in the titles of columns themselves.
pub fn find(texts: &[String], columns: &[Column]) -> Vec<Legend> {
    let mut found: Vec<Legend> = texts.iter().flat_map(|text| in_text(text)).collect();
    for column in columns {
        let about = plain::header(&column.title);
        for mut legend in in_text(&plain::tidy(&column.title)) {
            legend.about.clone_from(&about);
            found.push(legend);
        }
    }
    found
}

fn in_text(text: &str) -> Vec<Legend> {
    let mut found: Vec<Legend> = Vec::new();
    for segment in text.split([';', '。', '\n', '(', ')', '[', ']', '“', '”', '"']) {
        let (about, pairs) = pairs(segment);
        if pairs.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(last) if about.is_empty() => last.pairs.extend(pairs),
            _ => found.push(Legend { about, pairs }),
        }
    }
    found.retain(|legend| legend.pairs.len() >= 2);
    found
}

/// The text before the first code, and the pairs of one segment.
fn pairs(segment: &str) -> (String, Vec<(String, String)>) {
    let chars: Vec<char> = segment.chars().collect();
    let mut about = String::new();
    let mut pairs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some((code, start)) = code_at(&chars, at) {
            let end = meaning_end(&chars, start);
            let meaning: String = chars[start..end].iter().collect();
            let meaning = meaning.trim_matches([' ', ',', '、', '/', '，', '.']).to_owned();
            if !meaning.is_empty() {
                pairs.push((code.to_lowercase(), meaning));
            }
            at = end.max(at + 1);
        } else {
            if pairs.is_empty() {
                about.push(chars[at]);
            }
            at += 1;
        }
    }
    (plain::header(&about), pairs)
}

/// A code that starts here, and where its meaning starts.
fn code_at(chars: &[char], at: usize) -> Option<(String, usize)> {
    if at > 0 && chars[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let length = chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    let code: String = chars[at..at + length].iter().collect();
    let digits = code.chars().all(|c| c.is_ascii_digit());
    if length == 0 || (digits && length > 2) || length > 5 {
        return None;
    }
    let mut next = at + length;
    while chars.get(next) == Some(&' ') {
        next += 1;
    }
    let sign = *chars.get(next)?;
    if matches!(sign, '=' | ':' | '→') || (digits && matches!(sign, '、' | '.' | '-' | '—' | '–' | ')'))
    {
        let after = chars.get(next + 1..)?;
        let gap = after.iter().take_while(|c| **c == ' ').count();
        return after.get(gap).filter(|c| !c.is_ascii_digit()).map(|_| (code, next + 1 + gap));
    }
    let counted = matches!(
        sign,
        '年' | '月' | '日' | '人' | '户' | '岁' | '个' | '号' | '楼' | '栋' | '期' | '%' | '元'
    );
    (digits && length == 1 && plain::is_han(sign) && !counted).then_some((code, next))
}

/// A space within words that need it: "3 = with relatives".
fn between_words(chars: &[char], at: usize) -> bool {
    let latin = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
    at > 0 && latin(at - 1) && latin(at + 1) && code_at(chars, at + 1).is_none()
}

fn meaning_end(chars: &[char], start: usize) -> usize {
    (start..chars.len())
        .find(|at| {
            *at > start
                && (matches!(chars[*at], ',' | '，' | '、' | '/')
                    || (chars[*at] == ' ' && !between_words(chars, *at))
                    || code_at(chars, *at).is_some())
        })
        .unwrap_or(chars.len())
}
