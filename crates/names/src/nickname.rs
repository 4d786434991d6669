//! What people call each other: 小娜, 阿娜, 娜娜, 李姐, 王婶, 老张, 张大爷, 娜娜妈. Which part of a name is inside.

use serde::{Deserialize, Serialize};

use crate::fold::{DOT, fold_short, is_han};
use crate::surname::{compound, is_surname};

/// How a nickname is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// 小娜, 阿强, 老张, 大刘.
    Prefix,
    /// 李姐, 娜姐, 王师傅, 晓娜老师.
    Title,
    /// 娜娜.
    Doubled,
    /// 娜娜妈: the mother (father, grandmother …) of a child called so.
    ParentOf,
}

/// Which part of the name the core is likely to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The surname: 李 in 李姐.
    Surname,
    /// The given name or its last character: 娜 in 小娜.
    Given,
    /// The whole name: 李晓娜 in 李晓娜老师.
    Whole,
}

/// The part of a name that a nickname keeps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Core {
    /// The characters, folded.
    pub text: String,
    /// Where they stand in the name.
    pub part: Part,
    /// How the nickname is made.
    pub pattern: Pattern,
}

const PREFIXES: &[char] = &['小', '阿', '老', '大'];

/// Words after a name, longest first within what they end with.
const TITLES: &[&str] = &[
    "老师",
    "师傅",
    "师父",
    "老板",
    "老板娘",
    "医生",
    "大夫",
    "护士",
    "主任",
    "书记",
    "经理",
    "村长",
    "队长",
    "组长",
    "站长",
    "社工",
    "同学",
    "女士",
    "先生",
    "小姐",
    "阿姨",
    "阿伯",
    "阿婆",
    "阿公",
    "大姐",
    "大哥",
    "大嫂",
    "大叔",
    "大婶",
    "大爷",
    "大妈",
    "大娘",
    "大伯",
    "二姐",
    "二哥",
    "三姐",
    "三哥",
    "小妹",
    "小弟",
    "婆婆",
    "爷爷",
    "奶奶",
    "叔叔",
    "婶婶",
    "姐姐",
    "哥哥",
    "嫂子",
    "姑娘",
    "妹子",
    "老弟",
    "老哥",
    "姐",
    "哥",
    "弟",
    "妹",
    "婶",
    "叔",
    "嫂",
    "姨",
    "姑",
    "伯",
    "爷",
    "奶",
    "婆",
    "舅",
    "总",
    "工",
    "导",
    "老",
];

const PARENTS: &[&str] =
    &["妈妈", "爸爸", "妈咪", "奶奶", "爷爷", "外婆", "外公", "姥姥", "姥爷", "家长", "妈", "爸", "娘", "爹"];

/// Pet names that say nothing about the name.
const PLAIN: &[char] = &[
    '宝', '妞', '妹', '弟', '毛', '丫', '囡', '崽', '仔', '蛋', '狗', '大', '小', '老', '二', '三', '爷',
    '奶', '爸', '妈', '哥', '姐', '叔', '姑', '姨', '舅', '婆', '公', '伯',
];

/// The cores of a nickname, the likeliest first; empty if the text is not made like one.
///
/// A single character that is also a surname gives both readings: 小李 is a Li or somebody whose name ends in 李.
pub fn nickname_cores(text: &str) -> Vec<Core> {
    let chars: Vec<char> = fold_short(text, 16).chars().filter(|c| *c != DOT).collect();
    if chars.len() < 2 || chars.len() > 6 || !chars.iter().all(|c| is_han(*c)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    parents(&chars, &mut found);
    titles(&chars, &mut found);
    if let [prefix, rest @ ..] = chars.as_slice()
        && PREFIXES.contains(prefix)
        && rest.len() <= 2
    {
        if let [a, b] = rest
            && a == b
        {
            push(&mut found, &[*a], Part::Given, Pattern::Doubled);
        }
        let surname_first = matches!(prefix, '老' | '大');
        either(rest, surname_first, Pattern::Prefix, &mut found);
    }
    if let [a, b] = chars.as_slice()
        && a == b
    {
        push(&mut found, &[*a], Part::Given, Pattern::Doubled);
    }
    found.retain(|core| !(core.text.chars().count() == 1 && core.text.chars().all(|c| PLAIN.contains(&c))));
    found
}

fn push(found: &mut Vec<Core>, chars: &[char], part: Part, pattern: Pattern) {
    let core = Core { text: chars.iter().collect(), part, pattern };
    if !found.contains(&core) {
        found.push(core);
    }
}

/// One or two characters that may be a surname or a given name.
fn either(chars: &[char], surname_first: bool, pattern: Pattern, found: &mut Vec<Core>) {
    let surname = match chars {
        [c] => is_surname(*c),
        [_, _] => compound(chars).is_some(),
        _ => false,
    };
    if surname && surname_first {
        push(found, chars, Part::Surname, pattern);
    }
    push(found, chars, Part::Given, pattern);
    if surname && !surname_first {
        push(found, chars, Part::Surname, pattern);
    }
}

fn without<'a>(chars: &'a [char], suffix: &str) -> Option<&'a [char]> {
    let n = suffix.chars().count();
    let at = chars.len().checked_sub(n).filter(|at| *at > 0)?;
    chars[at..].iter().copied().eq(suffix.chars()).then_some(&chars[..at])
}

fn parents(chars: &[char], found: &mut Vec<Core>) {
    for word in PARENTS {
        let Some(child) = without(chars, word) else { continue };
        let child = match child {
            [rest @ .., '他' | '她' | '的'] if !rest.is_empty() => rest,
            _ => child,
        };
        match child {
            // 王妈, 李爸: people of that surname, if at all.
            [c] if is_surname(*c) => push(found, child, Part::Surname, Pattern::Title),
            [a, b] if a == b => push(found, &[*a], Part::Given, Pattern::ParentOf),
            [prefix, rest @ ..] if PREFIXES.contains(prefix) && !rest.is_empty() => {
                push(found, rest, Part::Given, Pattern::ParentOf);
            }
            _ if child.len() >= 3 => push(found, child, Part::Whole, Pattern::ParentOf),
            _ => push(found, child, Part::Given, Pattern::ParentOf),
        }
        return;
    }
}

fn titles(chars: &[char], found: &mut Vec<Core>) {
    let Some((name, _)) = TITLES
        .iter()
        .filter_map(|title| without(chars, title).map(|name| (name, title)))
        .min_by_key(|(name, _)| name.len())
    else {
        return;
    };
    match name {
        [] => {}
        [prefix, rest @ ..] if rest.len() == 1 && PREFIXES.contains(prefix) => {
            either(rest, *prefix == '老', Pattern::Title, found);
        }
        [_] => either(name, true, Pattern::Title, found),
        [a, b] if a == b => push(found, &[*a], Part::Given, Pattern::Doubled),
        [_, _] => {
            either(name, true, Pattern::Title, found);
            push(found, name, Part::Whole, Pattern::Title);
        }
        _ => push(found, name, Part::Whole, Pattern::Title),
    }
}

/// Whether a nickname can belong to a name: its core stands where the pattern puts it.
///
/// The child's name in 娜娜妈 says nothing about the mother's, so [`Pattern::ParentOf`] never fits.
pub fn fits(nickname: &str, name: &str) -> Option<Core> {
    let chars: Vec<char> = fold_short(name, 32).chars().filter(|c| *c != DOT).collect();
    let cores = nickname_cores(nickname);
    cores.iter().find(|core| core_fits(core, &chars)).cloned()
}

/// Whether a core stands in the (folded) name where its pattern puts it.
pub(crate) fn core_fits(core: &Core, name: &[char]) -> bool {
    let text: Vec<char> = core.text.chars().collect();
    match (core.pattern, core.part) {
        (Pattern::ParentOf, _) => false,
        (_, Part::Surname) => name.len() > text.len() && name.starts_with(&text),
        (_, Part::Whole) => name == text,
        (_, Part::Given) => name[crate::surname::surname_len(name)..].windows(text.len()).any(|w| w == text),
    }
}
