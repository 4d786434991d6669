//! Cells with a closed set of answers, by `data/answers.txt`: sex, housing, permit, insurance, disability, grade, relations.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::plain::{folded, is_nothing, small_number};
use crate::values::{Disability, Grade};

static TEXT: &str = include_str!("../../data/answers.txt");

/// The answers of a question in their order, each with its words.
type Answers = Vec<(&'static str, Vec<&'static str>)>;

static QUESTIONS: LazyLock<HashMap<&'static str, Answers>> = LazyLock::new(|| {
    let mut questions: HashMap<&str, Answers> = HashMap::new();
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    for (key, words) in lines.filter_map(|line| line.split_once('\t')) {
        if let Some((question, answer)) = key.split_once('.') {
            questions.entry(question).or_default().push((answer, words.split('|').collect()));
        }
    }
    questions
});

/// The first answer whose words fit a folded text.
fn said(question: &str, text: &str) -> Option<&'static str> {
    let fits = |word: &&&str| match word.split_at_checked(1) {
        Some(("=", whole)) => text == whole,
        Some(("^", start)) => text.starts_with(start),
        _ => text.contains(**word),
    };
    let answers = QUESTIONS.get(question)?;
    answers.iter().find(|(_, words)| words.iter().any(|word| fits(&word))).map(|(answer, _)| *answer)
}

fn is(question: &str, text: &str) -> bool {
    said(question, text).is_some()
}

/// An answer, nothing told, or words that are not understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// Understood.
    Known(T),
    /// Nothing told, or "don't know".
    Untold,
    /// Not understood.
    Strange,
}

impl<T> Answer<T> {
    /// The answer if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }
}

use Answer::{Known, Strange, Untold};

/// `F` or `M`.
pub fn sex(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    match said("sex", &text) {
        Some(sex) => Known(sex),
        None if is("unknown", &text) || is_nothing(&text) => Untold,
        None => Strange,
    }
}

/// `rent`, `public_rent`, `own`, `kin`, `dorm`.
pub fn tenure(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is("unknown", &text) || is_nothing(&text) {
        return Untold;
    }
    said("tenure", &text).map_or(Strange, Known)
}

/// `yes`, `no`, `pending`.
pub fn permit(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    match said("permit", &text) {
        _ if is("unknown", &text) => Untold,
        Some("pending") => Known("pending"),
        _ if is("no", &text) => Known("no"),
        Some(answer) => Known(answer),
        None if is("yes", &text) => Known("yes"),
        None => Strange,
    }
}

/// `none`, `home`, `local`, `yes` (insured, not said where).
pub fn insurance(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    match said("insurance", &text) {
        _ if is("unknown", &text) => Untold,
        _ if is("no", &text) => Known("none"),
        Some("yes") | None if names_a_city(&text) => Known("local"),
        Some(answer) => Known(answer),
        None if is("yes", &text) => Known("yes"),
        None => Strange,
    }
}

/// A place before the insurance, as in 深圳居民医保.
fn names_a_city(text: &str) -> bool {
    let at = ["城乡居民", "居民医", "医保", "医疗保险"].iter().find_map(|word| text.find(word));
    at.map(|start| &text[..start]).is_some_and(|before| before.chars().count() >= 2 && !is("yes", before))
}

/// Type and level of a disability.
pub fn disability(text: &str) -> Answer<Disability> {
    let text = folded(text);
    let kind = said("disability", &text).map(str::to_owned);
    if kind.is_none() {
        if is("unknown", &text) {
            return Untold;
        }
        if is("no", &text) || is("well", &text) {
            return Known(Disability::default());
        }
        if !is("yes", &text) && !text.contains('残') && !text.contains("disab") {
            return Strange;
        }
    }
    Known(Disability { has: true, kind, level: level(&text) })
}

fn level(text: &str) -> Option<u32> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |c: char| small_number(&c.to_string()).filter(|level| (1..=4).contains(level));
    let before = chars.iter().position(|c| *c == '级').and_then(|at| at.checked_sub(1));
    before.and_then(|at| digit(chars[at])).or_else(|| {
        let at = text.find("level").or_else(|| text.find("grade"))?;
        text[at..].chars().find(char::is_ascii_digit).and_then(digit)
    })
}

/// Stage and grade, from the grade and the school together.
pub fn grade(text: &str, school: &str) -> Answer<Grade> {
    let (text, school) = (folded(text), folded(school));
    let of = |stage: &str, grade: Option<u32>| Known(Grade { stage: stage.to_owned(), grade });
    let (by_text, by_school) = (said("grade", &text), said("grade", &school));
    if by_text == Some("dropout") || by_school == Some("dropout") {
        return of("dropout", None);
    }
    if by_text.is_none() && (is("unknown", &text) || is_nothing(&text)) {
        let stage = by_school.or_else(|| said("stage", &school)).unwrap_or("none");
        return of(stage, None);
    }
    if let Some(stage) = by_text {
        return of(stage, None);
    }
    if let Some(class) = said("class", &text) {
        return of("kindergarten", class.parse().ok().filter(|year| *year > 0));
    }
    match year_of(&text, &school) {
        Some((stage, grade)) => of(stage, Some(grade)),
        None => said("stage", &text).map_or(Strange, |stage| of(stage, None)),
    }
}

/// Words in the school column that say there is none.
pub fn is_out_of_school(text: &str) -> bool {
    let text = folded(text);
    is("grade", &text) || is_nothing(&text)
}

/// What stands before the year, and how many years of schooling went before.
const STAGES: &[(&str, u32)] = &[
    ("小学", 0),
    ("初中", 6),
    ("高中", 9),
    ("职高", 9),
    ("中专", 9),
    ("技校", 9),
    ("小", 0),
    ("初", 6),
    ("高", 9),
    ("seniorhigh", 9),
    ("senior", 9),
    ("junior", 6),
    ("primary", 0),
];

/// The year of schooling, 1 to 12, with its stage.
fn year_of(text: &str, school: &str) -> Option<(&'static str, u32)> {
    let staged =
        STAGES.iter().find_map(|(word, offset)| text.strip_prefix(word).map(|rest| (Some(*offset), rest)));
    let (prefix, rest) = staged.unwrap_or((None, text));
    let rest = rest.trim_start_matches(['(', '第', ':', '-']);
    let rest =
        ["grade", "year", "class", "gr", "g"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches(['.', '-']);
    let digits: String =
        rest.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect();
    let mut year = small_number(&digits)?;
    // 302班: grade 3, class 2.
    if digits.len() == 3 && digits.is_ascii() {
        year /= 100;
    }
    let junior = said("stage", school) == Some("junior");
    let offset = prefix.unwrap_or(if year <= 3 && junior { 6 } else { 0 });
    // 初中七年级 is year 7, 初中一年级 too.
    let year = if year > offset { year } else { year + offset };
    match year {
        1..=6 => Some(("primary", year)),
        7..=9 => Some(("junior", year)),
        10..=12 => Some(("senior", year)),
        _ => None,
    }
}

/// A guardian's relation to the child.
pub fn guardian(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is("unknown", &text) || is_nothing(&text) {
        return Untold;
    }
    Known(said("guardian", &text).unwrap_or("other"))
}
