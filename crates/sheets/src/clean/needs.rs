//! Needs that a free remark states, from `data/needs.txt`; what is denied or settled is none.

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

struct Rule {
    code: &'static str,
    alternatives: Vec<Alternative>,
}

struct Alternative {
    parts: Vec<&'static str>,
    without: Vec<&'static str>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    TEXT.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(code, words)| Rule { code, alternatives: words.split('|').map(alternative).collect() })
        .collect()
});

fn alternative(words: &'static str) -> Alternative {
    let mut pieces = words.split('!');
    let parts = pieces.next().unwrap_or_default().split('+').collect();
    Alternative { parts, without: pieces.collect() }
}

/// Every code that a rule can give.
pub fn codes() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code)
}

/// The codes of the needs that a remark states, in the order of the text, each once.
pub fn stated(remark: &str) -> Vec<&'static str> {
    let text = tidy(remark).to_lowercase();
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['。', ';', '!', '\n']) {
        for rule in RULES.iter() {
            let at = rule.alternatives.iter().filter_map(|alt| matched(sentence, rule.code, alt)).min();
            if let Some(at) = at
                && !found.iter().any(|(_, code)| *code == rule.code)
            {
                found.push((start + at, rule.code));
            }
        }
        start += sentence.len();
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, code)| code).collect()
}

/// Where an alternative starts in the sentence, if it is stated and not denied.
fn matched(sentence: &str, code: &str, alternative: &Alternative) -> Option<usize> {
    if alternative.without.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let first = alternative.parts.first()?;
    let mut at = 0;
    while let Some(offset) = sentence[at..].find(first) {
        let start = at + offset;
        let mut end = start + first.len();
        let rest_found = alternative.parts[1..].iter().all(|part| match sentence[end..].find(part) {
            Some(next) => {
                end += next + part.len();
                true
            }
            None => false,
        });
        if rest_found && !denied(sentence, start, end, code) {
            return Some(start);
        }
        at = start + first.len();
    }
    None
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
