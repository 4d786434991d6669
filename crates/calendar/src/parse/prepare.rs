//! Bringing a text into one shape before it is read.

/// A text with what was said around the date taken out and noted.
#[derive(Default)]
pub(super) struct Prepared {
    /// Half-width, without brackets and filler words.
    pub text: String,
    /// Whether digits were full-width.
    pub full_width: bool,
    /// `Some(true)` for the lunar calendar, `Some(false)` for the civil one, when said.
    pub lunar: Option<bool>,
    /// Whether it was told as about so.
    pub about: bool,
    /// Whether an animal of the year was named.
    pub zodiac: bool,
}

const LUNAR: &[&str] =
    &["农历", "農曆", "农歷", "阴历", "陰曆", "阴歷", "旧历", "舊曆", "老历", "古历", "夏历"];
const CIVIL: &[&str] = &["公历", "公曆", "阳历", "陽曆", "新历", "新曆", "国历", "西历", "公元", "西元"];
const ABOUT: &[&str] = &[
    "大概是",
    "大概",
    "大约",
    "大約",
    "约",
    "左右",
    "前后",
    "可能是",
    "可能",
    "估计",
    "好像是",
    "好像",
    "应该是",
    "应该",
];
const FILLER: &[&str] = &[
    "出生日期",
    "出生年月",
    "出生于",
    "出生",
    "生日是",
    "生日",
    "生于",
    "生人",
    "日期",
    "登记",
    "身份证上",
    "身份证",
    "户口本上",
    "户口本",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
];
const ANIMALS: &str = "鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗犬猪豬";

/// Folds widths, notes and removes words about the calendar, and separators of all sorts become one.
pub(super) fn prepare(text: &str) -> Prepared {
    let mut out = Prepared::default();
    let mut folded = String::with_capacity(text.len());
    for ch in text.trim().chars() {
        folded.push(fold(ch, &mut out.full_width));
    }
    let folded = cut_time(&folded);
    let mut text: String =
        folded.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '"')).collect();
    if take(&mut text, LUNAR) {
        out.lunar = Some(true);
    }
    if take(&mut text, CIVIL) && out.lunar.is_none() {
        out.lunar = Some(false);
    }
    out.about = take(&mut text, ABOUT);
    take(&mut text, FILLER);
    out.zodiac = take_zodiac(&mut text);
    let trimmed = text.trim().trim_end_matches('生').trim_end_matches(['.', ',', ';', ':']).trim();
    let text = trimmed.trim_start_matches([':', ',', '.']).trim().to_owned();
    Prepared { text, ..out }
}

fn fold(ch: char, full_width: &mut bool) -> char {
    match ch {
        '０'..='９' => {
            *full_width = true;
            char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch)
        }
        '！'..='｝' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        '【' | '〔' | '《' | '「' => '(',
        '】' | '〕' | '》' | '」' => ')',
        '。' | '·' | '•' | '｡' => '.',
        '、' => ',',
        '—' | '–' | '‐' | '‑' | '‒' | '−' | '―' | '~' | '～' | '_' => '-',
        '\u{3000}' | '\u{a0}' | '\t' | '\n' | '\r' | '\u{200b}' | '\u{feff}' => ' ',
        '閏' => '闰',
        '臘' => '腊',
        '歲' => '岁',
        '虛' => '虚',
        '號' => '号',
        '個' => '个',
        '爲' | '為' => '为',
        other => other,
    }
}

/// Drops a time of day after the date: `2011-03-05 00:00:00`, `2011-03-05T08:00`.
fn cut_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let head = &text[..colon];
    let start = head.trim_end_matches(|c: char| c.is_ascii_digit());
    if start.len() == head.len() {
        return text;
    }
    match start.strip_suffix('T').or_else(|| start.strip_suffix(' ')) {
        Some(date) => date.trim_end(),
        None => text,
    }
}

fn take(text: &mut String, words: &[&str]) -> bool {
    let mut found = false;
    for word in words {
        if text.contains(word) {
            *text = text.replace(word, "");
            found = true;
        }
    }
    found
}

/// Takes out 属马 and 马年: it narrows a year but does not name one.
fn take_zodiac(text: &mut String) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.windows(2).position(|w| {
        (matches!(w[0], '属' | '屬' | '肖') && ANIMALS.contains(w[1]))
            || (ANIMALS.contains(w[0]) && w[1] == '年')
    });
    if let [one] = chars.as_slice()
        && ANIMALS.contains(*one)
    {
        text.clear();
        return true;
    }
    let Some(at) = at else { return false };
    *text = chars[..at].iter().chain(&chars[at + 2..]).collect();
    for word in ["的", "生肖"] {
        *text = text.replace(word, "");
    }
    true
}
