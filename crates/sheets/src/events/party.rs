//! How many come, as people write it: 2大1小, 一家三口, 带2个孩子, +1, 就我一个.

use serde::{Deserialize, Serialize};

use crate::plain;

/// How many come. What the words leave open is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// All, the writer included.
    pub total: Option<u32>,
    /// Grown-ups.
    pub adults: Option<u32>,
    /// Children.
    pub children: Option<u32>,
}

impl Party {
    /// The writer alone.
    pub const ALONE: Self = Self { total: Some(1), adults: Some(1), children: Some(0) };

    /// Grown-ups and children, both told.
    pub fn of(adults: u32, children: u32) -> Self {
        Self { total: Some(adults + children), adults: Some(adults), children: Some(children) }
    }

    fn all(total: u32) -> Self {
        if total == 1 { Self::ALONE } else { Self { total: Some(total), ..Self::default() } }
    }
}

/// Most people of one party that are believed.
const MOST: u32 = 60;

/// Words for children after a count.
const CHILDREN: &[&str] = &[
    "个小朋友",
    "个小孩子",
    "个小孩",
    "个孩子",
    "个娃娃",
    "个娃",
    "个宝宝",
    "个儿童",
    "名儿童",
    "名小孩",
    "名孩子",
    "孩子",
    "小孩",
    "小朋友",
    "娃",
    "宝",
    "小",
    "children",
    "child",
    "kids",
    "kid",
];

/// Words for grown-ups after a count.
const ADULTS: &[&str] = &[
    "个大人",
    "位大人",
    "个成人",
    "个家长",
    "位家长",
    "名家长",
    "大人",
    "成人",
    "家长",
    "大",
    "adults",
    "adult",
];

/// Reads a cell that says how many come and nothing else.
pub fn read(text: &str) -> Option<Party> {
    let (party, rest) = within(text)?;
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    (rest.chars().count() <= 2).then_some(party)
}

/// Reads how many come out of a longer text; gives the text without these words.
pub fn within(text: &str) -> Option<(Party, String)> {
    let chars: Vec<char> = plain::tidy(text).to_lowercase().chars().collect();
    let words: String = chars.iter().collect();
    phrases(&words).or_else(|| counted(&chars)).or_else(|| alone_number(&words))
}

fn cut(text: &str, from: usize, to: usize) -> String {
    format!("{} {}", &text[..from], &text[to..])
}

/// Fixed ways of saying it.
fn phrases(text: &str) -> Option<(Party, String)> {
    const ALONE: &[&str] = &[
        "就我一个人",
        "就我一个",
        "只有我一个",
        "只有我",
        "我一个人",
        "就我自己",
        "我自己",
        "一个人来",
        "本人",
        "just me",
        "only me",
        "myself",
    ];
    const SOME: &[&str] = &["带着孩子", "带孩子", "带上娃", "带着娃", "带娃", "带小孩", "带上孩子", "带宝宝"];
    for word in ALONE {
        if let Some(at) = text.find(word) {
            return Some((Party::ALONE, cut(text, at, at + word.len())));
        }
    }
    for start in ["一家", "全家", "我们一家", "family of"] {
        let Some(at) = text.find(start) else { continue };
        let rest = &text[at + start.len()..];
        let (count, length) = number(rest.trim_start()).unwrap_or((0, 0));
        let skipped = rest.len() - rest.trim_start().len();
        let after = &rest[skipped + length..];
        let unit = ["口人", "口", "个人", "个", "人", ""].iter().find(|unit| after.starts_with(**unit))?;
        if count > 0 && count <= MOST {
            let end = at + start.len() + skipped + length + unit.len();
            return Some((Party::all(count), cut(text, at, end)));
        }
    }
    if let Some(party) = spouse(text) {
        return Some(party);
    }
    for word in SOME {
        if let Some(at) = text.find(word) {
            let party = Party { total: None, adults: Some(1), children: None };
            return Some((party, cut(text, at, at + word.len())));
        }
    }
    None
}

/// 我和老公带老大老二, 我和孩子爸爸带两个孩子.
fn spouse(text: &str) -> Option<(Party, String)> {
    let start = [
        "我和老公",
        "我和老婆",
        "我和爱人",
        "我和孩子爸",
        "我和孩子妈",
        "我跟老公",
        "我跟老婆",
        "夫妻俩",
        "夫妻两",
        "两口子",
        "我俩",
    ]
    .iter()
    .find_map(|word| text.find(word).map(|at| (at, at + word.len())))?;
    let rest = &text[start.1..];
    let named = ["老大", "老二", "老三", "老四", "老幺", "大宝", "二宝", "三宝", "小宝", "儿子", "女儿"];
    let found: Vec<(usize, usize)> =
        named.iter().filter_map(|word| rest.find(word).map(|at| (at, at + word.len()))).collect();
    let end = found.iter().map(|(_, end)| *end).max().unwrap_or(0);
    if !found.is_empty() {
        return Some((Party::of(2, found.len() as u32), cut(text, start.0, start.1 + end)));
    }
    let chars: Vec<char> = rest.chars().collect();
    let (children, left) = pieces(&chars);
    let count = children.iter().filter(|(kind, _)| *kind == Piece::Children).map(|(_, count)| *count).sum();
    Some((Party::of(2, count), format!("{}{left}", &text[..start.0])))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Adults,
    Children,
    All,
    More,
}

/// A number at the beginning: digits, or Chinese numerals up to 99; with its length in bytes.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 2).then(|| text[..digits].parse().ok().map(|count| (count, digits)))?;
    }
    if let Some(rest) = text.strip_prefix(['俩', '仨']) {
        return Some((if text.starts_with('俩') { 2 } else { 3 }, text.len() - rest.len()));
    }
    let end: usize =
        text.chars().take_while(|c| "一二两三四五六七八九十".contains(*c)).take(3).map(char::len_utf8).sum();
    plain::small_number(&text[..end]).map(|count| (count, end))
}

/// Counts with what they count, and what is left of the text.
fn pieces(chars: &[char]) -> (Vec<(Piece, u32)>, String) {
    let (mut found, mut left) = (Vec::new(), String::new());
    let mut at = 0;
    while at < chars.len() {
        let rest: String = chars[at..].iter().collect();
        let digit_before = at > 0 && chars[at - 1].is_ascii_digit();
        if let Some((piece, count, length)) = piece_at(&rest).filter(|_| !digit_before) {
            found.push((piece, count));
            at += length;
        } else {
            left.push(chars[at]);
            at += 1;
        }
    }
    (found, left)
}

/// A count that starts here; its length in characters.
fn piece_at(rest: &str) -> Option<(Piece, u32, usize)> {
    if let Some(after) = rest.strip_prefix('+') {
        let (count, length) = number(after.trim_start())?;
        let skipped = after.len() - after.trim_start().len();
        let tail = &after[skipped + length..];
        let fits = !tail.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let more = tail.strip_prefix(['个', '人']).map_or(0, |_| 1);
        let counted = after[..skipped + length].chars().count();
        return (fits && count > 0 && count <= MOST).then_some((Piece::More, count, 1 + counted + more));
    }
    let (count, length) = number(rest)?;
    let counted = rest[..length].chars().count();
    let spaced = rest[length..].len() - rest[length..].trim_start().len();
    let after = &rest[length + spaced..];
    if count > MOST {
        return None;
    }
    let unit =
        |words: &[&str]| words.iter().find(|word| after.starts_with(**word)).map(|word| word.chars().count());
    let of = |piece, unit: usize| Some((piece, count, counted + spaced + unit));
    if let Some(found) = unit(CHILDREN) {
        return of(Piece::Children, found);
    }
    if let Some(found) = unit(ADULTS) {
        return of(Piece::Adults, found);
    }
    unit(&["个人", "口人", "位", "人", "名", "people", "persons"]).and_then(|found| of(Piece::All, found))
}

fn counted(chars: &[char]) -> Option<(Party, String)> {
    let (found, left) = pieces(chars);
    let sum = |kind: Piece| {
        let mut counts = found.iter().filter(|(piece, _)| *piece == kind).map(|(_, count)| *count).peekable();
        counts.peek().is_some().then(|| counts.sum::<u32>())
    };
    let party = match (sum(Piece::Adults), sum(Piece::Children), sum(Piece::All), sum(Piece::More)) {
        (Some(adults), children, ..) => Party::of(adults, children.unwrap_or(0)),
        (None, Some(children), Some(all), _) if all >= children => Party::of(all - children, children),
        (None, Some(children), ..) => Party::of(1, children),
        (None, None, Some(all), more) => Party::all(all + more.unwrap_or(0)),
        (None, None, None, Some(more)) => Party { total: Some(1 + more), ..Party::default() },
        _ => return None,
    };
    let left = left.replace(['带', '和', '共'], " ").replace("都来", " ").replace("都去", " ");
    Some((party, left))
}

/// A bare number in a cell of its own.
fn alone_number(text: &str) -> Option<(Party, String)> {
    let plain = text.trim().trim_end_matches(".0");
    let (count, length) = number(plain)?;
    (length == plain.len() && count > 0 && count <= MOST).then(|| (Party::all(count), String::new()))
}
