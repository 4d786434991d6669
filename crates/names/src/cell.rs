//! A name as it stands in a cell of a workbook: what is the name, what is beside it, what was mended.

use serde::{Deserialize, Serialize};

use crate::fold::{DOT, display, fold, is_dot, is_han, is_invisible, is_traditional};
use crate::keys::{NameForm, NameKind};
use crate::nickname::nickname_cores;
use crate::reading::latin;
use crate::surname::is_surname;
use crate::syllable::is_pinyin;

/// What is unusual about a written name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameIssue {
    /// Spaces around the name or between its characters.
    Spaces,
    /// Invisible characters.
    ZeroWidth,
    /// Full-width letters.
    FullWidth,
    /// Another dot than · between the parts.
    DotVariant,
    /// Traditional characters (kept).
    Traditional,
    /// Words in brackets.
    Note,
    /// In pinyin instead of characters.
    Pinyin,
    /// One character only.
    OneChar,
    /// A nickname or a form of address, no name.
    OnlyNickname,
    /// A rare character was described instead of written: 王志(文武贝).
    RareCharLost,
    /// A word that holds the place of a name not yet given.
    Placeholder,
    /// Nothing, or a question mark.
    Missing,
}

impl NameIssue {
    /// The stable code, as import reports name it (`name_spaces` …).
    pub fn code(self) -> &'static str {
        match self {
            Self::Spaces => "name_spaces",
            Self::ZeroWidth => "name_zero_width",
            Self::FullWidth => "name_full_width",
            Self::DotVariant => "name_dot_variant",
            Self::Traditional => "name_traditional",
            Self::Note => "name_note",
            Self::Pinyin => "name_pinyin",
            Self::OneChar => "name_one_char",
            Self::OnlyNickname => "name_only_nickname",
            Self::RareCharLost => "name_rare_char_lost",
            Self::Placeholder => "name_placeholder",
            Self::Missing => "name_missing",
        }
    }

    /// Whether a person should look at it; the others are mended without loss.
    pub fn is_flag(self) -> bool {
        matches!(
            self,
            Self::Pinyin
                | Self::OneChar
                | Self::OnlyNickname
                | Self::RareCharLost
                | Self::Placeholder
                | Self::Missing
        )
    }
}

/// A name cell read.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameCell {
    /// The name, cleaned; nothing if the cell holds none that could be stored as one.
    pub name: Option<String>,
    /// Other names in the cell: nicknames, a spelling in pinyin.
    pub also: Vec<NameForm>,
    /// Words beside the name that are no name.
    pub note: Option<String>,
    /// What was mended or is doubtful.
    pub issues: Vec<NameIssue>,
}

impl std::fmt::Debug for NameCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameCell({:?})", self.issues)
    }
}

/// No more of a cell is read.
const CELL: usize = 400;
const NOTHING: &[&str] =
    &["", "无", "不详", "不知道", "不清楚", "未知", "空", "n/a", "null", "none", "unknown", "-", "—", "同上"];
const UNNAMED: &[&str] = &[
    "新生儿",
    "未取名",
    "还没取名",
    "没取名",
    "待取名",
    "未起名",
    "待定",
    "男婴",
    "女婴",
    "婴儿",
    "宝宝",
    "未上户",
    "无名氏",
    "某某",
    "xxx",
    "小孩",
    "孩子",
];
/// Words that describe how a character is built.
const BUILT: &[char] = &['上', '下', '左', '右', '旁', '边', '双', '三', '四', '加', '字', '头', '底'];
/// Components with which clerks spell a character: 文武贝, 土口, 女洁.
const COMPONENTS: &str =
    "土口女王贝火牛金木水日月石羽草竹玉文武方吉士干羊鱼马鸟虫米禾心手车食雨山寸言目耳皿酉龙天夫田力";

/// Reads a name cell.
///
/// ```
/// let cell = names::cell::parse_name(" 田秀红（阿红）");
/// assert_eq!(cell.name.as_deref(), Some("田秀红"));
/// assert_eq!(cell.also[0].text, "阿红");
/// ```
pub fn parse_name(raw: &str) -> NameCell {
    let raw: String = raw.chars().take(CELL).collect();
    let mut cell = NameCell { issues: outward(&raw), ..NameCell::default() };
    let (name, notes) = brackets(&display(&raw));
    let folded = fold(&name);
    let lost = notes.iter().any(|note| describes(note, &name));
    if lost {
        cell.issues.push(NameIssue::RareCharLost);
        cell.note = Some(display(&raw));
        return cell;
    }
    let unnamed = |text: &str| UNNAMED.iter().any(|word| text.contains(word));
    if notes.iter().any(|note| unnamed(&fold(note))) || UNNAMED.contains(&folded.as_str()) {
        cell.issues.push(NameIssue::Placeholder);
        if !name.is_empty() && !UNNAMED.contains(&folded.as_str()) {
            cell.also.push(NameForm::nickname(name));
        }
        cell.note = Some(display(&raw));
        return cell;
    }
    for note in notes {
        cell.beside(&note);
    }
    let chars: Vec<char> = folded.chars().filter(|c| *c != DOT && *c != ' ').collect();
    if NOTHING.contains(&folded.as_str()) || !chars.iter().any(|c| c.is_alphanumeric()) {
        cell.issues.push(NameIssue::Missing);
        return cell;
    }
    if is_only_nickname(&chars, &folded) {
        cell.issues.push(NameIssue::OnlyNickname);
        cell.also.insert(0, NameForm::nickname(name));
        return cell;
    }
    if chars.len() == 1 && is_han(chars[0]) {
        cell.issues.push(NameIssue::OneChar);
    }
    if name.chars().any(is_traditional) {
        cell.issues.push(NameIssue::Traditional);
    }
    if !chars.iter().any(|c| is_han(*c)) && is_pinyin(&latin(&folded).replace(' ', "")) {
        cell.issues.push(NameIssue::Pinyin);
    }
    cell.name = Some(name);
    cell
}

impl NameCell {
    /// Puts the words of a bracket where they belong.
    fn beside(&mut self, note: &str) {
        if note.is_empty() {
            return;
        }
        if !self.issues.contains(&NameIssue::Note) {
            self.issues.push(NameIssue::Note);
        }
        let written = note.strip_prefix("小名").or_else(|| note.strip_prefix("曾用名")).unwrap_or(note);
        let written = written.trim_matches([':', '：', ' ']);
        if written.len() < note.len() || !nickname_cores(written).is_empty() {
            let kind = if note.starts_with("曾用名") { NameKind::Other } else { NameKind::Nickname };
            self.also.push(NameForm::new(written, kind));
        } else if written.is_ascii() && is_pinyin(&latin(written).replace(' ', "")) {
            self.also.push(NameForm::new(written, NameKind::Romanised));
        } else {
            let all = self.note.take().map_or_else(|| note.to_owned(), |had| format!("{had}；{note}"));
            self.note = Some(all);
        }
    }
}

/// What can be seen without understanding the name.
fn outward(raw: &str) -> Vec<NameIssue> {
    let mut issues = Vec::new();
    let visible: Vec<char> = raw.chars().filter(|c| !is_invisible(*c)).collect();
    if visible.len() < raw.chars().count() {
        issues.push(NameIssue::ZeroWidth);
    }
    let edge = visible.first().is_some_and(|c| c.is_whitespace())
        || visible.last().is_some_and(|c| c.is_whitespace());
    let solid: Vec<char> = visible.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let inner = visible.split(|c| c.is_whitespace()).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let filled = inner
        .windows(2)
        .any(|w| w[0].last().is_some_and(|c| is_han(*c)) && w[1].first().is_some_and(|c| is_han(*c)));
    if !solid.is_empty() && (edge || filled) {
        issues.push(NameIssue::Spaces);
    }
    if solid
        .iter()
        .any(|c| matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}'))
    {
        issues.push(NameIssue::FullWidth);
    }
    let other = |w: &[char]| {
        (is_dot(w[1]) && w[1] != DOT) || (matches!(w[1], '.' | '．' | '。') && is_han(w[0]) && is_han(w[2]))
    };
    if solid.windows(3).any(other) && display(raw).contains(DOT) {
        issues.push(NameIssue::DotVariant);
    }
    issues
}

/// The text without brackets, and what stood in them.
fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut name, mut notes, mut open) = (String::new(), Vec::new(), false);
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' if !open => {
                open = true;
                notes.push(String::new());
            }
            ')' | '）' | ']' | '】' | '〕' if open => open = false,
            _ if open => {
                if let Some(note) = notes.last_mut() {
                    note.push(c);
                }
            }
            _ => name.push(c),
        }
    }
    (display(&name), notes.iter().map(|note| display(note)).collect())
}

/// Whether a note after a name says how its last character is built.
fn describes(note: &str, name: &str) -> bool {
    let chars: Vec<char> = note.chars().collect();
    let built = chars.iter().filter(|c| BUILT.contains(c)).count();
    let parts = chars.iter().filter(|c| COMPONENTS.contains(**c)).count();
    let surname = chars.first().is_some_and(|c| is_surname(*c));
    // 陆(上龙下天): a surname alone in front leaves nothing else to be meant; 张伟(马力) may name a friend.
    let only_surname = name.chars().count() == 1 && name.chars().all(is_surname) && chars.len() <= 4;
    let all = parts == chars.len() && !(surname && parts == 2);
    let spelt = only_surname || all || (parts > 0 && chars[0] == '女') || (parts >= 2 && !surname);
    let told = built >= 2 || (built == 1 && (parts > 0 || matches!(chars.first(), Some('双' | '三' | '四'))));
    (2..=6).contains(&chars.len())
        && chars.iter().all(|c| is_han(*c))
        && nickname_cores(note).is_empty()
        && (spelt || told)
}

/// A name without bracketed notes; a described character becomes □.
pub(crate) fn without_notes(text: &str) -> String {
    if !text.contains(['(', '（', '[', '【', '〔']) {
        return text.to_owned();
    }
    let (name, notes) = brackets(&display(text));
    match (name.is_empty(), notes.iter().any(|note| describes(note, &name))) {
        (true, _) => text.to_owned(),
        (false, true) => name + "□",
        (false, false) => name,
    }
}

/// Words that end a form of address and hardly ever a two-character name.
const ADDRESS: &[char] = &['哥', '姐', '婶', '叔', '嫂', '姨', '爷', '伯', '总', '工', '妈', '爸'];
/// The same for longer texts.
const ADDRESSES: &[&str] = &[
    "老师",
    "师傅",
    "师父",
    "老板",
    "老板娘",
    "医生",
    "大夫",
    "主任",
    "书记",
    "经理",
    "阿姨",
    "大姐",
    "大哥",
    "大嫂",
    "大叔",
    "大婶",
    "大爷",
    "大妈",
    "大娘",
    "大伯",
    "婆婆",
    "爷爷",
    "奶奶",
    "叔叔",
    "婶婶",
    "姐姐",
    "哥哥",
    "嫂子",
    "女士",
    "先生",
    "小姐",
    "妈妈",
    "爸爸",
    "外婆",
    "外公",
    "妈",
    "爸",
];

fn is_only_nickname(chars: &[char], folded: &str) -> bool {
    if folded.contains(DOT) || nickname_cores(folded).is_empty() {
        return false;
    }
    match chars {
        [a, b] => matches!(a, '小' | '阿' | '老' | '大') || a == b || ADDRESS.contains(b),
        [first, .., last] => {
            ADDRESSES.iter().any(|title| folded.ends_with(title))
                || (!is_surname(*first) && ADDRESS.contains(last))
                || (chars.len() == 3 && matches!(first, '小' | '阿') && chars[1] == chars[2])
        }
        _ => false,
    }
}
