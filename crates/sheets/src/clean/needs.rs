//! Needs that a free remark states, from `data/needs.txt`; what is denied or settled is none.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::plain::tidy;

static TEXT: &str = include_str!("../../data/needs.txt");

/// Words that deny a need or say that it is settled, within the same clause.
const SETTLED: &[&str] = &[
    "不需要",
    "无需",
    "不用",
    "暂不",
    "已解决",
    "解决了",
    "已办好",
    "办好了",
    "已办理",
    "已办",
    "已结清",
    "结清",
    "已要回",
    "要回来",
    "已还",
    "已痊愈",
    "已康复",
    "已落实",
    "已安置",
    "没问题",
    "没有问题",
    "已处理",
    "已安排",
    "已上",
    "已打",
    "打全了",
    "已接种",
    "接种完",
    "齐全",
    "已转",
    "转入",
    "已找到",
    "找到了",
    "已入学",
    "已报名",
    "已领",
    "已补",
    "已发",
    "补发",
    "not needed",
    "resolved",
    "no need",
    "done",
    "solved",
];

/// Denials that only deny wishes.
const UNWANTED: &[&str] = &["不想", "不愿", "不打算", "没打算", "does not want", "doesn't want"];

/// Needs that are wishes.
const WISHES: &[&str] = &["job", "school_transfer", "tutoring", "permit_help"];

/// One way of saying a need: parts in this order within a sentence that has none of `without`.
struct Way {
    code: &'static str,
    parts: Vec<&'static str>,
    without: Vec<&'static str>,
}

/// The ways of saying, by the character that they begin with: a text is walked once.
static WAYS: LazyLock<HashMap<char, Vec<Way>>> = LazyLock::new(|| {
    let mut ways: HashMap<char, Vec<Way>> = HashMap::new();
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    for (code, words) in lines.filter_map(|line| line.split_once('\t')) {
        for words in words.split('|') {
            let mut pieces = words.split('!');
            let parts: Vec<&str> = pieces.next().unwrap_or_default().split('+').collect();
            if let Some(start) = parts.first().and_then(|part| part.chars().next()) {
                ways.entry(start).or_default().push(Way { code, parts, without: pieces.collect() });
            }
        }
    }
    ways
});

/// The codes of the needs that a remark states, in the order of the text, each once.
pub fn stated(remark: &str) -> Vec<&'static str> {
    let text = tidy(remark).to_lowercase();
    let mut found: Vec<&'static str> = Vec::new();
    for sentence in text.split_inclusive(['。', ';', '!', '\n']) {
        for (start, first) in sentence.char_indices() {
            for way in WAYS.get(&first).map_or(&[][..], Vec::as_slice) {
                if !found.contains(&way.code) && way.stated_at(sentence, start) {
                    found.push(way.code);
                }
            }
        }
    }
    found
}

impl Way {
    /// Whether the sentence says it from here on, and does not deny it.
    fn stated_at(&self, sentence: &str, start: usize) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return false };
        if !sentence[start..].starts_with(first) || self.without.iter().any(|word| sentence.contains(word)) {
            return false;
        }
        let mut end = start + first.len();
        for part in rest {
            let Some(next) = sentence[end..].find(part) else { return false };
            end += next + part.len();
        }
        !denied(sentence, start, end, self.code)
    }
}

/// Whether the clause around a match denies it.
fn denied(sentence: &str, start: usize, end: usize, code: &str) -> bool {
    let comma = [',', '，', '、', ' '];
    let from = sentence[..start].rfind(comma).map_or(0, |at| at + 1);
    let to = sentence[end..].find([',', '，']).map_or(sentence.len(), |at| end + at);
    let clause = sentence.get(from..to).unwrap_or(sentence);
    SETTLED.iter().any(|word| clause.contains(word))
        || (WISHES.contains(&code) && UNWANTED.iter().any(|word| clause.contains(word)))
}
