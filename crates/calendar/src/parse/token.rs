//! Tokens of a date: numbers, units, separators.

use crate::numeral;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Num {
    /// Its value.
    pub value: u32,
    /// Digits written; for Chinese numerals by place the characters, otherwise 0.
    pub width: u8,
    /// Written in Chinese numerals.
    pub chinese: bool,
    /// Written in a way that only lunar days and months have (初八, 廿三, 腊).
    pub lunar: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tok {
    /// A number.
    N(Num),
    /// 年.
    Year,
    /// 月, 月份.
    Month,
    /// 日, 号.
    Day,
    /// 闰.
    Leap,
    /// Any separator, or several.
    Sep,
}

/// Splits a prepared text; `None` when it holds anything else than a date's parts.
pub(super) fn split(text: &str) -> Option<Vec<Tok>> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Tok> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let ch = chars[at];
        let next = chars.get(at + 1).copied();
        let tok = match ch {
            '年' => Tok::Year,
            '月' => {
                if next == Some('份') {
                    at += 1;
                }
                Tok::Month
            }
            '日' | '号' => Tok::Day,
            '闰' => Tok::Leap,
            '.' | '-' | '/' | ',' | ' ' | '\\' | '\'' | '’' => Tok::Sep,
            '正' if next == Some('月') => lunar(1),
            '冬' if next == Some('月') => lunar(11),
            '腊' if next == Some('月') => lunar(12),
            '元' if next == Some('月') => Tok::N(Num { value: 1, width: 0, chinese: true, lunar: false }),
            _ => {
                let (tok, used) = number(&chars[at..])?;
                at += used - 1;
                tok
            }
        };
        at += 1;
        push(&mut out, tok);
    }
    while out.last() == Some(&Tok::Sep) {
        out.pop();
    }
    Some(out)
}

fn lunar(value: u32) -> Tok {
    Tok::N(Num { value, width: 0, chinese: true, lunar: true })
}

/// Separators beside a unit say nothing more.
fn push(out: &mut Vec<Tok>, tok: Tok) {
    let after_unit =
        matches!(out.last(), None | Some(Tok::Year | Tok::Month | Tok::Day | Tok::Sep | Tok::Leap));
    if tok == Tok::Sep && after_unit {
        return;
    }
    if matches!(tok, Tok::Year | Tok::Month | Tok::Day) && out.last() == Some(&Tok::Sep) {
        out.pop();
    }
    out.push(tok);
}

fn number(chars: &[char]) -> Option<(Tok, usize)> {
    let first = *chars.first()?;
    if first.is_ascii_digit() {
        let run: Vec<char> = chars.iter().copied().take_while(|c| is_digit_like(*c)).collect();
        let digits: String = run.iter().map(|c| if c.is_ascii_digit() { *c } else { '0' }).collect();
        let num = Num {
            value: digits.parse().ok()?,
            width: u8::try_from(run.len()).ok()?,
            chinese: false,
            lunar: false,
        };
        return Some((Tok::N(num), run.len()));
    }
    let early = first == '初';
    let skip = usize::from(early);
    let run: String = chars[skip..].iter().copied().take_while(|c| numeral::is_part(*c)).collect();
    let length = run.chars().count();
    if length == 0 {
        return None;
    }
    let value = u32::try_from(numeral::read(&run)?).ok()?;
    let by_place = run.chars().all(|c| numeral::digit(c).is_some());
    let lunar = early || run.contains(['廿', '卅']);
    let width = if by_place { u8::try_from(length).ok()? } else { 0 };
    Some((Tok::N(Num { value, width, chinese: true, lunar }), length + skip))
}

/// The letter O typed for a zero inside a number.
fn is_digit_like(ch: char) -> bool {
    ch.is_ascii_digit() || matches!(ch, 'O' | 'o' | '〇' | '○')
}
