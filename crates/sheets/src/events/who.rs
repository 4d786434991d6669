//! Whom a cell names: 陶凯/陶奕宸, 蒋轩爸爸, 宋燕玲和一个孩子, 玉儿甩一家, 徐思婷(妻子); and what of a chat label is a name.

use serde::{Deserialize, Serialize};

use crate::plain;

/// Somebody whom a cell names.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name as written, without what stands around it.
    pub label: String,
    /// Who was met in their place: 爸爸, 妈妈, 家长.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// What the bracket says: 妻子, 丈夫.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Named(…)")
    }
}

/// Relatives who stand for somebody in a label.
const THROUGH: &[&str] = &[
    "爸爸",
    "妈妈",
    "家长",
    "父亲",
    "母亲",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "姥姥",
    "姥爷",
    "爸",
    "妈",
    "他爸",
    "他妈",
    "她爸",
    "她妈",
    "的爸爸",
    "的妈妈",
    "的家长",
    "的爷爷",
    "的奶奶",
    "姐姐",
    "哥哥",
    "舅舅",
    "姑姑",
    "阿姨",
    "叔叔",
    "监护人",
];

/// A whole family.
const FAMILY: &[&str] = &["一家人", "一家", "全家", "家里", "家", "夫妇", "夫妻", "两口子", "family"];

/// People without a name.
const UNNAMED: &[&str] = &[
    "孩子",
    "小孩",
    "娃娃",
    "娃",
    "小朋友",
    "子女",
    "儿女",
    "老人",
    "宝宝",
    "儿子",
    "女儿",
    "妻子",
    "丈夫",
    "老公",
    "老婆",
    "爱人",
    "亲戚",
    "邻居",
    "人",
    "child",
    "children",
    "kids",
];

/// What a cell says of whom they met.
#[derive(Clone, Default, Debug)]
pub struct Met {
    /// Those it names.
    pub people: Vec<Named>,
    /// Those it mentions.
    pub unnamed: u32,
}

/// Reads whom they met.
pub fn read(text: &str) -> Met {
    let mut met = Met::default();
    let text = plain::tidy(text);
    for part in parts(&text) {
        one(part.trim(), &mut met);
    }
    met
}

/// The parts between the marks that people use between names; a space between single characters is none.
fn parts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in split_outside(text, &['、', ',', '，', ';', '；', '/', '\\', '|', '+', '&', '\n']) {
        let words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).collect();
        let single = words.len() > 1 && words.iter().all(|word| word.chars().count() == 1);
        let latin = words.iter().all(|word| word.is_ascii());
        if single {
            found.push(words.concat());
        } else if latin || words.iter().any(|word| word.starts_with('(')) {
            found.push(part.trim().to_owned());
        } else {
            found.extend(words.into_iter().map(str::to_owned));
        }
    }
    found.iter().flat_map(|part| joined(part)).collect()
}

/// Splits at marks that stand outside brackets.
fn split_outside(text: &str, marks: &[char]) -> Vec<String> {
    let (mut found, mut depth) = (vec![String::new()], 0_u32);
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && marks.contains(&c) {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found.retain(|part| !part.trim().is_empty());
    found
}

/// 宋燕玲和一个孩子, 李明与王芳: 和 is also a surname and stands in names, so it splits only between whole names.
fn joined(part: &str) -> Vec<String> {
    for mark in ["以及", "和", "与", "及", "跟", "带着", "带", " and "] {
        // A whole name has two characters at least.
        let Some(at) = part.char_indices().skip(2).map(|(at, _)| at).find(|at| part[*at..].starts_with(mark))
        else {
            continue;
        };
        let (left, right) = (part[..at].trim(), part[at + mark.len()..].trim());
        let whole = right.chars().count() >= 2 && left.chars().count() >= 2;
        if whole
            && (counted(right).is_some()
                || full(right)
                || UNNAMED.contains(&right)
                || right.starts_with('她')
                || right.starts_with('他'))
        {
            return vec![left.to_owned(), right.to_owned()];
        }
    }
    vec![part.to_owned()]
}

fn full(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().next().is_some_and(names::surname::is_surname)
}

/// 两个孩子, 一个娃, 2名儿童: how many without a name.
fn counted(text: &str) -> Option<u32> {
    let word = UNNAMED.iter().filter(|word| text.ends_with(**word)).max_by_key(|word| word.len())?;
    let before = text[..text.len() - word.len()]
        .trim_start_matches(['她', '他', '的', '其', '带', '另', '外', '还', '有']);
    let number = before.trim_end_matches(['个', '名', '位', '口', ' ']);
    if number.is_empty() {
        return (before.is_empty() && text.len() > word.len() || text == *word).then_some(1);
    }
    match number {
        "几" | "一些" | "多" | "俩" => Some(2),
        _ => plain::small_number(number),
    }
}

fn one(part: &str, met: &mut Met) {
    if part.is_empty() || plain::is_nothing(part) {
        return;
    }
    if let Some(count) = counted(part) {
        met.unnamed += count;
        return;
    }
    let (mut label, mut note) = (part.to_owned(), None);
    if let Some(open) = label.find(['(', '（']) {
        let inner = label[open..].trim_matches(['(', ')', '（', '）', ' ']).to_owned();
        label.truncate(open);
        note = Some(inner).filter(|inner| !inner.is_empty());
    }
    let mut label = label.trim().to_owned();
    if let Some(end) = FAMILY.iter().find(|end| label.ends_with(**end)) {
        let rest = label[..label.len() - end.len()].trim_end_matches('的').len();
        if label[..rest].chars().count() >= 2 {
            label.truncate(rest);
            met.unnamed += 1;
        }
    }
    let mut through = None;
    if let Some(end) = THROUGH.iter().filter(|end| label.ends_with(**end)).max_by_key(|end| end.len()) {
        let rest = label.len() - end.len();
        if label[..rest].chars().count() >= 2 {
            through = Some(end.trim_start_matches('的').to_owned());
            label.truncate(rest);
            met.unnamed += 1;
        }
    }
    met.people.push(Named { label, through, note });
}

/// What of a chat label is a name: 张艳梅-大理 is 张艳梅, A徐老板 and 岁月静好 are none.
pub fn label_name(label: &str) -> Option<String> {
    let plain: String = plain::tidy(label).chars().filter(|c| plain::is_han(*c) || is_mark(*c)).collect();
    let latin = label.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric());
    let mut parts =
        plain.split(['-', '_', '—', '–', '~', '|', '/', '(', ' ']).filter(|part| !part.is_empty());
    let first = parts.next()?.to_owned();
    let home = parts.next();
    let ends = THROUGH.iter().chain(&["一家", "全家"]).any(|end| first.ends_with(end));
    if latin || ends || emoji(label) {
        return None;
    }
    let read = names::cell::parse_name(&first);
    let name = read.name?;
    let place = home.is_some_and(is_place);
    let dotted = name.contains('·');
    let chars = name.chars().count();
    let known = name.chars().next().is_some_and(names::surname::is_surname) || is_double(&name);
    let sound = dotted || place || (known && (2..=4).contains(&chars) && (chars < 4 || is_double(&name)));
    (sound && (place || !is_phrase(&name))).then_some(name)
}

fn is_mark(c: char) -> bool {
    matches!(c, '·' | '-' | '_' | '—' | '–' | '~' | '|' | '/' | '(' | ' ')
}

/// Pictures in a label: what is decorated is a nickname.
fn emoji(label: &str) -> bool {
    label.chars().any(|c| matches!(u32::from(c), 0x2600..=0x27bf | 0x1f000..=0x1faff | 0xfe0f))
}

fn is_double(name: &str) -> bool {
    const DOUBLE: &[&str] = &[
        "欧阳", "司马", "上官", "尉迟", "诸葛", "东方", "皇甫", "公孙", "令狐", "慕容", "司徒", "夏侯",
        "南宫", "宇文", "长孙",
    ];
    DOUBLE.iter().any(|surname| name.starts_with(surname))
}

/// Words that begin like a surname and are a motto: 平安是福, 花开富贵, 雨后彩虹 …
fn is_phrase(name: &str) -> bool {
    name.chars().count() >= 4 && !name.contains('·') && !is_double(name)
        || ["水煮鱼", "云淡风轻", "安好", "向日葵", "满天星", "康乃馨"].contains(&name)
}

fn is_place(text: &str) -> bool {
    places::parse_home(text).province.is_some() || !places::find(text).is_empty()
}
