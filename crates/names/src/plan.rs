//! A typed query as a list of bounded look-ups, the best first, and the same judgement in memory.
//!
//! To answer from a database, take the steps in order; for each range ask for the rows between its bounds in the
//! order of their text, at most as many as the list shows, keep those that the reader may see, and stop when the list
//! is full. For a step that must be verified read up to some thousand rows, drop those that [`Step::accepts`] refuses
//! (it looks at the text of the row alone), and verify the rest. Then load the candidates and order them by
//! [`Query::rank`]. Where people are in memory, `rank` alone is the search. A device that holds the [`keys`] of its
//! people needs no table of readings to search them.

use serde::{Deserialize, Serialize};

use crate::fold::{fold_short, is_han};
use crate::keys::{CHARS, Class, Key, NameForm, bare, keys};
use crate::nickname::{Part, Pattern, nickname_cores};
use crate::phone;
use crate::reading::{latin, of_name, ways};
use crate::syllable::{cuts, initial, is_pinyin, is_syllable, starting_with};
use crate::typo;

/// Why somebody was found, in the order in which results are shown: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Why {
    /// The whole name (any of the person's names).
    WholeName = 0,
    /// The whole telephone number.
    WholePhone = 1,
    /// The name starts so.
    NameStart = 2,
    /// The name ends so.
    NameEnd = 3,
    /// The name contains it.
    NamePart = 4,
    /// Full pinyin of the whole name.
    Pinyin = 5,
    /// The pinyin of the name starts so.
    PinyinStart = 6,
    /// The pinyin from a later syllable.
    PinyinPart = 7,
    /// Initials of the whole name.
    Initials = 8,
    /// The initials start so.
    InitialsStart = 9,
    /// Initials from a later syllable.
    InitialsPart = 10,
    /// Characters and letters mixed, or syllables and initials.
    Mixed = 11,
    /// The first digits of a telephone number.
    PhoneStart = 12,
    /// The last digits of a telephone number.
    PhoneTail = 13,
    /// A nickname that is made of this name.
    Nickname = 14,
    /// A parent's nickname made of this child's name.
    ChildOf = 15,
    /// Another writing with the same sound.
    Homophone = 16,
    /// One letter differs.
    Typo = 17,
}

impl Why {
    /// The rank: smaller is better.
    pub fn tier(self) -> u8 {
        self as u8
    }
}

/// A range of texts: from `low`, included, up to `high`, excluded, by bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    /// First text inside.
    pub low: String,
    /// First text after it.
    pub high: String,
}

impl Range {
    /// This text alone.
    pub fn exact(text: &str) -> Self {
        Self { low: text.to_owned(), high: format!("{text}\u{1}") }
    }

    /// All texts that start so.
    pub fn prefix(text: &str) -> Self {
        Self { low: text.to_owned(), high: format!("{text}\u{10ffff}") }
    }

    /// Whether the text is inside.
    pub fn contains(&self, text: &str) -> bool {
        self.low.as_str() <= text && text < self.high.as_str()
    }
}

/// One look-up: some ranges of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What a hit means.
    pub why: Why,
    /// The class of keys to look in.
    pub class: Class,
    /// Where; any of them counts.
    pub ranges: Vec<Range>,
    /// If not empty, a key counts only if its syllables (after the space) start with one of these rows of pieces.
    pub pieces: Vec<Vec<String>>,
    /// Characters that one of the person's names must contain in this order.
    pub must: Vec<char>,
}

impl Step {
    fn new(why: Why, class: Class, ranges: Vec<Range>) -> Self {
        Self { why, class, ranges, pieces: Vec::new(), must: Vec::new() }
    }

    /// Whether each hit must be verified with [`Query::rank`]; other steps are right as the index answers.
    pub fn verify(&self) -> bool {
        !self.pieces.is_empty() || !self.must.is_empty()
    }

    /// Whether a row between the bounds counts, as far as its text tells. Cheap: it needs nothing of the person.
    pub fn accepts(&self, text: &str) -> bool {
        self.pieces.is_empty() || self.pieces.iter().any(|row| fits_pieces(row, text))
    }

    fn hits(&self, key: &Key, forms: &[NameForm]) -> bool {
        key.class == self.class
            && self.ranges.iter().any(|r| r.contains(&key.text))
            && self.accepts(&key.text)
            && (self.must.is_empty() || forms.iter().any(|form| contains_in_order(&self.must, &form.text)))
    }
}

/// Whether each piece is or starts the syllable in its place, and there are no more syllables than pieces. A whole
/// syllable is meant as such, but for the last one, which may still be being typed.
fn fits_pieces(pieces: &[String], key: &str) -> bool {
    let Some((_, syllables)) = key.split_once(' ') else { return false };
    let last = pieces.len().saturating_sub(1);
    syllables.split('\'').count() == pieces.len()
        && syllables.split('\'').zip(pieces).enumerate().all(|(i, (syllable, piece))| {
            syllable == piece || (syllable.starts_with(piece.as_str()) && (i == last || !is_syllable(piece)))
        })
}

fn contains_in_order(wanted: &[char], name: &str) -> bool {
    let folded = fold_short(name, CHARS * 2);
    let mut chars = folded.chars();
    wanted.iter().all(|w| chars.any(|c| c == *w))
}

/// A hit: how good, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Match {
    /// Rank; smaller is better.
    pub tier: u8,
    /// The reason.
    pub why: Why,
}

/// A query taken apart once, to be planned and to rank candidates.
#[derive(Clone, Debug, Default)]
pub struct Query {
    name: Vec<Step>,
    phone: Vec<Step>,
}

/// No more characters of a query are read.
const QUERY: usize = 48;
/// No step has more ranges than this.
pub const MOST_RANGES: usize = 160;

impl Query {
    /// Reads what somebody typed. Words and digits may stand together (`李娜 8000`): both must match then.
    pub fn parse(text: &str) -> Self {
        let folded = fold_short(text, QUERY);
        let (mut words, mut digits) = (String::new(), String::new());
        let numeric = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '.');
        if folded.chars().all(numeric) {
            digits.clone_from(&folded);
        } else {
            for token in folded.split(' ') {
                if token.chars().all(numeric) {
                    digits.push_str(token);
                } else {
                    words = format!("{words} {token}");
                }
            }
        }
        Self { name: name_steps(words.trim()), phone: phone_steps(&phone::fold(&digits)) }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_empty()
    }

    /// The look-ups, the best first. Where the query has digits beside a name these are the digits' look-ups, and
    /// each candidate must be verified with [`Query::rank`] ([`Query::verify`] tells).
    pub fn steps(&self) -> &[Step] {
        if self.phone.is_empty() { &self.name } else { &self.phone }
    }

    /// Whether every candidate must be verified with [`Query::rank`], whatever step found it.
    pub fn verify(&self) -> bool {
        !self.phone.is_empty() && !self.name.is_empty()
    }

    /// How well a person fits: verification of candidates, and search where there is no index.
    pub fn rank(&self, forms: &[NameForm], phones: &[String]) -> Option<Match> {
        self.rank_keys(&keys(forms, phones), forms)
    }

    /// Like [`Query::rank`] with the person's [`keys`] at hand.
    pub fn rank_keys(&self, keys: &[Key], forms: &[NameForm]) -> Option<Match> {
        let best = |steps: &[Step]| {
            steps.iter().filter(|s| keys.iter().any(|k| s.hits(k, forms))).map(|s| s.why).min()
        };
        let why = match (self.name.is_empty(), self.phone.is_empty()) {
            (true, true) => return None,
            (false, true) => best(&self.name)?,
            (true, false) => best(&self.phone)?,
            (false, false) => best(&self.name)?.max(best(&self.phone)?),
        };
        Some(Match { tier: why.tier(), why })
    }
}

/// The look-ups of a query, the best first; see [`Query::steps`].
pub fn plan(query: &str) -> Vec<Step> {
    Query::parse(query).steps().to_vec()
}

/// How well a person fits a query; see [`Query::rank`].
pub fn rank(query: &str, forms: &[NameForm], phones: &[String]) -> Option<Match> {
    Query::parse(query).rank(forms, phones)
}

fn phone_steps(digits: &str) -> Vec<Step> {
    let digits = digits.trim_start_matches('+');
    if digits.len() < 4 {
        return Vec::new();
    }
    let tail: String = digits.chars().rev().collect();
    let mut steps = Vec::new();
    if digits.len() >= 5 {
        steps.push(Step::new(Why::WholePhone, Class::Phone, vec![Range::exact(digits)]));
        steps.push(Step::new(Why::PhoneStart, Class::Phone, vec![Range::prefix(digits)]));
    }
    steps.push(Step::new(Why::PhoneTail, Class::PhoneTail, vec![Range::prefix(&tail)]));
    steps
}

fn name_steps(words: &str) -> Vec<Step> {
    let whole = bare(words);
    let chars: Vec<char> = whole.chars().take(CHARS).collect();
    if chars.is_empty() {
        return Vec::new();
    }
    let letters = latin(words);
    let mut steps = if chars.iter().any(|c| is_han(*c)) {
        let typed: Vec<char> =
            whole.chars().filter(|c| is_han(*c) || c.is_ascii_lowercase() || *c == 'ü').collect();
        if typed.iter().all(|c| is_han(*c)) { han_steps(&chars) } else { mixed_steps(&typed, &chars) }
    } else if letters.is_empty() {
        whole_steps(&chars.iter().collect::<String>())
    } else {
        letter_steps(&letters)
    };
    steps.retain(|step| !step.ranges.is_empty());
    steps.sort_by_key(|step| step.why);
    for step in &mut steps {
        step.ranges.truncate(MOST_RANGES);
    }
    steps
}

fn whole_steps(text: &str) -> Vec<Step> {
    vec![
        Step::new(Why::WholeName, Class::Whole, vec![Range::exact(text)]),
        Step::new(Why::NameStart, Class::Whole, vec![Range::prefix(text)]),
        Step::new(Why::NameEnd, Class::Part, vec![Range::prefix(&format!("{text} "))]),
        Step::new(Why::NamePart, Class::Part, vec![Range::prefix(text)]),
    ]
}

fn han_steps(chars: &[char]) -> Vec<Step> {
    let text: String = chars.iter().collect();
    let mut steps = whole_steps(&text);
    for core in nickname_cores(&text) {
        let why = if core.pattern == Pattern::ParentOf { Why::ChildOf } else { Why::Nickname };
        match core.part {
            Part::Whole => steps.push(Step::new(why, Class::Whole, vec![Range::exact(&core.text)])),
            Part::Surname => steps.push(Step::new(why, Class::Whole, vec![Range::prefix(&core.text)])),
            Part::Given => {
                steps.push(Step::new(why, Class::Part, vec![Range::prefix(&format!("{} ", core.text))]));
                steps.push(Step::new(why, Class::Part, vec![Range::prefix(&core.text)]));
            }
        }
    }
    let sounds: Vec<String> = ways(&of_name(chars), 6).iter().map(|way| way.concat()).collect();
    if chars.iter().any(|c| is_han(*c)) && !sounds.is_empty() {
        let exact: Vec<Range> = sounds.iter().map(|s| Range::exact(s)).collect();
        steps.push(Step::new(Why::Homophone, Class::Pinyin, exact.clone()));
        steps.push(Step::new(Why::Homophone, Class::PinyinPart, exact));
        let longer = sounds.iter().map(|s| Range::prefix(s)).collect();
        steps.push(Step::new(Why::Homophone, Class::Pinyin, longer));
    }
    steps
}

/// Ways to type the letters: as one word, the last word first, `lyu`, `lue` and `nue` with ü.
fn spellings(letters: &str) -> Vec<String> {
    let words: Vec<&str> = letters.split(' ').take(6).collect();
    let mut found = vec![words.concat()];
    if words.len() > 1 {
        let mut turned = words.clone();
        turned.rotate_right(1);
        found.push(turned.concat());
        turned = words;
        turned.rotate_left(1);
        found.push(turned.concat());
    }
    for (typed, meant) in [("lyu", "lv"), ("nyu", "nv"), ("lue", "lve"), ("nue", "nve")] {
        for i in 0..found.len() {
            let other = found[i].replace(typed, meant);
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found.truncate(8);
    found
}

fn letter_steps(letters: &str) -> Vec<Step> {
    let spelt = spellings(letters);
    let typed = spelt[0].as_str();
    let exact: Vec<Range> = spelt.iter().map(|s| Range::exact(s)).collect();
    let longer: Vec<Range> = spelt.iter().map(|s| Range::prefix(s)).collect();
    let whole: Vec<Range> = spelt.iter().map(|s| Range::prefix(&format!("{s} "))).collect();
    let mut steps = vec![
        Step::new(Why::Pinyin, Class::Pinyin, exact.clone()),
        Step::new(Why::PinyinStart, Class::Pinyin, longer.clone()),
        Step::new(Why::PinyinPart, Class::PinyinPart, exact),
        Step::new(Why::PinyinPart, Class::PinyinPart, longer),
        Step::new(Why::NameStart, Class::Whole, vec![Range::prefix(typed)]),
        Step::new(Why::Initials, Class::Initials, whole.clone()),
        Step::new(Why::InitialsStart, Class::Initials, vec![Range::prefix(typed)]),
    ];
    if typed.len() > 1 {
        steps.push(Step::new(Why::InitialsPart, Class::InitialsPart, whole));
        steps.push(Step::new(Why::InitialsPart, Class::InitialsPart, vec![Range::prefix(typed)]));
    }
    let rows: Vec<Vec<String>> = spelt.iter().flat_map(|s| cuts(s, 24)).map(owned).collect();
    // Letters that are syllables from end to end are hardly meant as syllables and initials.
    if !is_pinyin(typed) {
        steps.extend(piece_steps(&rows[..rows.len().min(8)], &[]));
    }
    let openings: Vec<Range> =
        rows.iter().filter(|row| row.len() == 2).flat_map(|row| opened(&row[0], &row[1], "")).collect();
    steps.push(Step::new(Why::Mixed, Class::Pinyin, openings.clone()));
    steps.push(Step::new(Why::Mixed, Class::PinyinPart, openings));
    if typed.len() >= 3 {
        let near: Vec<String> = typo::near(&spelt, 100);
        let at = near.iter().map(|s| Range::exact(s)).collect::<Vec<_>>();
        steps.push(Step::new(Why::Typo, Class::Pinyin, at.clone()));
        steps.push(Step::new(Why::Typo, Class::PinyinPart, at));
        if typed.len() >= 4 {
            steps.push(Step::new(
                Why::Typo,
                Class::Pinyin,
                near.iter().take(40).map(|s| Range::prefix(s)).collect(),
            ));
        }
    }
    steps
}

fn owned(row: Vec<&str>) -> Vec<String> {
    row.into_iter().map(str::to_owned).collect()
}

/// Syllables and initials in a row (`lixn`), found by the initials, narrowed by the first pieces.
fn piece_steps(rows: &[Vec<String>], must: &[char]) -> Vec<Step> {
    // Two pieces of letters alone are looked up by their pinyin, which is narrower.
    let least = if must.is_empty() { 3 } else { 2 };
    let pieces: Vec<Vec<String>> = rows.iter().filter(|row| row.len() >= least).cloned().collect();
    let mut ranges: Vec<Range> = Vec::new();
    for range in pieces.iter().flat_map(|row| piece_ranges(row)) {
        if !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    ranges.truncate(60);
    if ranges.is_empty() {
        return Vec::new();
    }
    let step = |class| Step {
        why: Why::Mixed,
        class,
        ranges: ranges.clone(),
        pieces: pieces.clone(),
        must: must.to_vec(),
    };
    vec![step(Class::Initials), step(Class::InitialsPart)]
}

fn piece_ranges(row: &[String]) -> Vec<Range> {
    let letters: String = row.iter().map(|piece| initial(piece)).collect();
    let (first, second) = (row[0].as_str(), row[1].as_str());
    if is_syllable(first) {
        return vec![Range::prefix(&format!("{letters} {first}'{second}"))];
    }
    if second.len() == 1 {
        return vec![Range::prefix(&format!("{letters} {first}"))];
    }
    starting_with(first).iter().map(|s| Range::prefix(&format!("{letters} {s}'{second}"))).collect()
}

/// `first` is short for any syllable: all of them, followed by `second` and `end`. A whole syllable is meant as such.
fn opened(first: &str, second: &str, end: &str) -> Vec<Range> {
    let syllables = if is_syllable(first) { &[] } else { starting_with(first) };
    syllables.iter().map(|syllable| Range::prefix(&format!("{syllable}{second}{end}"))).collect()
}

/// A row of characters and letters: `li娜`, `l娜`, `lx娜`, `李n`, `李xn`, `李晓n`, `李x娜`.
fn mixed_steps(typed: &[char], all: &[char]) -> Vec<Step> {
    let mut steps = whole_steps(&all.iter().collect::<String>());
    let runs = runs(typed);
    if let [Run::Letters(letters), Run::Han(han)] = runs.as_slice() {
        let mut ends = Vec::new();
        let mut starts = Vec::new();
        for spelt in spellings(letters) {
            ends.push(Range::prefix(&format!("{han} {spelt}")));
            if is_pinyin(&spelt) {
                starts.push(Range::prefix(&format!("{spelt}{han}")));
            }
            for row in cuts(&spelt, 8) {
                match row.as_slice() {
                    [one] => starts.extend(opened(one, "", han)),
                    [one, two] => ends
                        .extend(starting_with(one).iter().map(|s| Range::prefix(&format!("{han} {s}{two}")))),
                    _ => {}
                }
            }
        }
        steps.push(Step::new(Why::Mixed, Class::Part, ends));
        steps.push(Step::new(Why::Mixed, Class::Mixed, starts));
    }
    if let [Run::Han(han), Run::Letters(letters)] = runs.as_slice() {
        let mut ranges = Vec::new();
        for spelt in spellings(letters) {
            ranges.push(Range::prefix(&format!("{han}{spelt}")));
            for row in cuts(&spelt, 8) {
                if let [one, two] = row.as_slice() {
                    ranges.extend(
                        opened(one, two, "").iter().map(|r| Range::prefix(&format!("{han}{}", r.low))),
                    );
                }
            }
        }
        steps.push(Step::new(Why::Mixed, Class::Mixed, ranges));
    }
    let must: Vec<char> = typed.iter().copied().filter(|c| is_han(*c)).collect();
    steps.extend(piece_steps(&rows_of(&runs), &must));
    steps
}

enum Run {
    Han(String),
    Letters(String),
}

fn runs(typed: &[char]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for c in typed {
        match (out.last_mut(), is_han(*c)) {
            (Some(Run::Han(text)), true) | (Some(Run::Letters(text)), false) => {
                text.push(if *c == 'ü' { 'v' } else { *c });
            }
            (_, true) => out.push(Run::Han(c.to_string())),
            (_, false) => out.push(Run::Letters(c.to_string())),
        }
    }
    out
}

/// The runs as rows of pieces: a character gives its readings, letters their cuts.
fn rows_of(runs: &[Run]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    for (i, run) in runs.iter().enumerate() {
        let options: Vec<Vec<String>> = match run {
            Run::Letters(letters) => cuts(letters, 6).into_iter().map(owned).collect(),
            Run::Han(text) => {
                let chars: Vec<char> = text.chars().collect();
                let readings = if i == 0 {
                    of_name(&chars)
                } else {
                    chars.iter().map(|c| crate::reading::syllables(*c)).collect()
                };
                ways(&readings, 4).into_iter().map(owned).collect()
            }
        };
        rows = rows
            .iter()
            .flat_map(|row| options.iter().map(move |o| [row.as_slice(), o].concat()))
            .take(32)
            .collect();
    }
    rows.retain(|row| (2..=6).contains(&row.len()));
    rows
}
