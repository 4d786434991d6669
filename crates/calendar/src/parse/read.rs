//! Texts: what they are, and the civil or lunar date that their parts make.

use jiff::civil::Date;

use super::{
    Context, Kind, Parsed,
    figures::{self, is_year, parts, two_digit, with_partial, year_only},
    prepare::{Prepared, prepare},
    token::{Num, Tok, split},
    told,
};
use crate::{Issue, Stated, stated::english_month};

const NOTHING: &[&str] = &[
    "不详",
    "未知",
    "不明",
    "无",
    "没有",
    "空",
    "暂无",
    "待查",
    "待补",
    "未填",
    "不知道",
    "不清楚",
    "不知",
    "至今",
    "现在",
    "目前",
    "在岗",
    "在职",
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\",
    "?",
    "？",
    "??",
    "？？",
    "0",
    "N/A",
    "n/a",
    "NA",
    "null",
    "NULL",
    "None",
    "unknown",
    "无记录",
];
const FORGOTTEN: &[&str] = &["记不清", "记不得", "不记得", "忘了", "忘记", "想不起", "说不清"];
const BORN_HERE: &[&str] = &[
    "本地出生",
    "这里出生",
    "这儿出生",
    "在这出生",
    "当地出生",
    "出生就在",
    "生在这",
    "土生土长",
    "本地人",
    "一直在本地",
];

pub(super) fn text(text: &str, context: &Context) -> Parsed {
    let text = text.trim();
    if text.is_empty() || NOTHING.contains(&text) {
        return Parsed::nothing();
    }
    if FORGOTTEN.iter().any(|words| text.contains(words)) {
        return Parsed { unknown: true, ..Parsed::unreadable() };
    }
    if context.kind != Kind::Birth && BORN_HERE.iter().any(|words| text.contains(words)) {
        return Parsed::none(&[Issue::DateRelative]);
    }
    let ready = prepare(text);
    if ready.zodiac && ready.text.is_empty() {
        return Parsed::none(&[Issue::DateNoYear]);
    }
    let parsed = any(&ready, context);
    if ready.about { soften(parsed) } else { parsed }
}

fn any(ready: &Prepared, context: &Context) -> Parsed {
    told::ages(&ready.text, context)
        .or_else(|| told::relative(ready, context))
        .unwrap_or_else(|| absolute(ready, context))
}

/// Reads a date that stands by itself.
pub(super) fn absolute(ready: &Prepared, context: &Context) -> Parsed {
    if context.kind == Kind::Age && !ready.text.chars().all(|c| c.is_ascii_digit()) {
        return Parsed::unreadable();
    }
    if let Some(parsed) = told::feast(ready, context) {
        return parsed;
    }
    if let Some(parsed) = split(&ready.text).and_then(|tokens| by_tokens(&tokens, ready, context)) {
        return parsed;
    }
    if let Some(parsed) = told::vague(ready, context) {
        return parsed;
    }
    english(&ready.text, context).unwrap_or_else(Parsed::unreadable)
}

/// One step less exact, for dates told as about so.
pub(super) fn soften(parsed: Parsed) -> Parsed {
    let softer = match parsed.value {
        Some(Stated::Day { date }) => Stated::Month { year: date.year(), month: date.month() },
        Some(Stated::Month { year, .. }) => Stated::Year { year },
        Some(Stated::Lunar { year, month, leap, day: Some(_) }) => {
            Stated::Lunar { year, month, leap, day: None }
        }
        _ => return parsed,
    };
    let mut issues = parsed.issues;
    issues.push(Issue::DatePartial);
    Parsed::of(softer, &issues)
}

/// The parts of a date as its tokens give them.
#[derive(Clone, Copy, Default)]
struct Parts {
    year: Option<Num>,
    month: Option<Num>,
    day: Option<Num>,
    /// Whether the day was marked with 日 or 号.
    marked: bool,
    leap: bool,
}

/// Puts numbers into their places; `None` when the tokens are no date.
fn by_tokens(tokens: &[Tok], ready: &Prepared, context: &Context) -> Option<Parsed> {
    use Tok::{Day, Month, N, Sep, Year};
    let leap = tokens.contains(&Tok::Leap);
    let tokens: Vec<Tok> = tokens.iter().copied().filter(|tok| *tok != Tok::Leap).collect();
    let whole = |year, month, day, marked| Parts { year: Some(year), month: Some(month), day, marked, leap };
    let some = match tokens.as_slice() {
        [N(one)] => return Some(bare(*one, ready, context)),
        [N(y), Year] => Parts { year: Some(*y), leap, ..Parts::default() },
        [N(y), Year, N(m)] | [N(y), Year | Sep, N(m), Month] => whole(*y, *m, None, false),
        [N(y), N(m), Month] if y.width == 4 => whole(*y, *m, None, false),
        [N(y), N(m), Month, N(d), Day] if y.width == 4 => whole(*y, *m, Some(*d), true),
        [N(y), N(m), Month, N(d)] if y.width == 4 => whole(*y, *m, Some(*d), false),
        [N(y), Year | Sep, N(m), Sep | Month, N(d), Day] => whole(*y, *m, Some(*d), true),
        [N(y), Year, N(m), Sep | Month, N(d)] | [N(y), Sep, N(m), Month, N(d)] => {
            whole(*y, *m, Some(*d), false)
        }
        [N(a), Sep, N(b), Sep, N(c)] => return Some(three(*a, *b, *c, ready, context, leap)),
        [N(a), Sep, N(b)] => return Some(two(*a, *b, ready, context, leap)),
        [N(m), Month] => Parts { month: Some(*m), leap, ..Parts::default() },
        [N(m), Month, N(d)] => Parts { month: Some(*m), day: Some(*d), leap, ..Parts::default() },
        [N(m), Month, N(d), Day] => Parts { month: Some(*m), day: Some(*d), marked: true, leap, year: None },
        [N(d), Day] => Parts { day: Some(*d), marked: true, ..Parts::default() },
        _ => return None,
    };
    Some(assemble(some, ready, context))
}

/// How a civil date was written.
fn form(ready: &Prepared, numbers: &[Option<Num>]) -> Vec<Issue> {
    if ready.full_width {
        vec![Issue::DateFullWidth]
    } else if numbers.iter().flatten().any(|n| n.chinese) {
        vec![Issue::DateChinese]
    } else {
        vec![Issue::DateText]
    }
}

fn bare(one: Num, ready: &Prepared, context: &Context) -> Parsed {
    let form = form(ready, &[Some(one)]);
    if matches!(context.kind, Kind::Birth | Kind::Age) && one.value <= 120 && one.width <= 3 {
        return told::age(one.value, context);
    }
    if context.kind == Kind::Age || one.width == 0 {
        return Parsed::unreadable();
    }
    let run = format!("{:0width$}", one.value, width = usize::from(one.width));
    if ready.lunar == Some(true) {
        lunar_digits(&run, context)
    } else {
        figures::digits(&run, context, &form)
    }
}

/// A run of digits that was told to be lunar: 农历20110305.
fn lunar_digits(run: &str, context: &Context) -> Parsed {
    let Ok(int) = run.parse::<u32>() else { return Parsed::unreadable() };
    let num = |value, width| Some(Num { value, width, chinese: false, lunar: true });
    let parts = match run.len() {
        4 => Parts { year: num(int, 4), ..Parts::default() },
        6 => Parts { year: num(int / 100, 4), month: num(int % 100, 2), ..Parts::default() },
        8 => {
            let (month, day) = (num(int / 100 % 100, 2), num(int % 100, 2));
            Parts { year: num(int / 10_000, 4), month, day, ..Parts::default() }
        }
        _ => return Parsed::unreadable(),
    };
    lunar(parts, context)
}

enum YearRead {
    Full(i16),
    TwoDigit(i16),
    Wrong,
    Unreadable,
}

fn read_year(num: Num, context: &Context) -> YearRead {
    match (num.width, num.value) {
        (2, 0..=99) | (0, 10..=99) => YearRead::TwoDigit(context.century(num.value)),
        (4, value) if is_year(value) => i16::try_from(value).map_or(YearRead::Wrong, YearRead::Full),
        (4 | 0, 1000..) => YearRead::Wrong,
        _ => YearRead::Unreadable,
    }
}

fn assemble(parts: Parts, ready: &Prepared, context: &Context) -> Parsed {
    if is_lunar(&parts, ready) { lunar(parts, context) } else { civil(parts, ready, context) }
}

/// Lunar when said so, when written as only lunar days are, and when month and day stand in Chinese numerals
/// without 日 behind a year in digits (2019年二月十九). With the year in Chinese numerals too it is the formal way
/// to write a civil date.
fn is_lunar(parts: &Parts, ready: &Prepared) -> bool {
    let numbers = [parts.month, parts.day];
    if ready.lunar == Some(true) || parts.leap || numbers.iter().flatten().any(|n| n.lunar) {
        return true;
    }
    let chinese = parts.month.is_some_and(|n| n.chinese) && parts.day.is_some_and(|n| n.chinese);
    let formal = parts.year.is_some_and(|n| n.chinese);
    chinese && !parts.marked && !formal && ready.lunar != Some(false)
}

fn lunar(parts: Parts, context: &Context) -> Parsed {
    let mut issues = vec![Issue::DateLunar];
    let year = match parts.year.map(|num| read_year(num, context)) {
        Some(YearRead::Full(year)) => Some(year),
        Some(YearRead::TwoDigit(year)) => {
            issues.push(Issue::DateTwoDigitYear);
            Some(year)
        }
        Some(YearRead::Wrong) => return Parsed::none(&[Issue::DateImpossible]),
        Some(YearRead::Unreadable) => return Parsed::unreadable(),
        None => {
            issues.push(Issue::DateNoYear);
            context.year
        }
    };
    let small = |num: Option<Num>| num.map(|n| u8::try_from(n.value).unwrap_or(u8::MAX));
    let (month, day) = (small(parts.month), small(parts.day));
    if month.is_some_and(|m| !(1..=12).contains(&m)) || day.is_some_and(|d| !(1..=30).contains(&d)) {
        return Parsed::none(&[Issue::DateImpossible]);
    }
    match (year, month) {
        (Some(year), Some(month)) => {
            with_partial(Stated::Lunar { year, month, leap: parts.leap, day }, &issues)
        }
        (Some(year), None) if day.is_none() => with_partial(Stated::Year { year }, &issues),
        _ => Parsed::none(&issues),
    }
}

fn civil(parts: Parts, ready: &Prepared, context: &Context) -> Parsed {
    let form = form(ready, &[parts.year, parts.month, parts.day]);
    let value = |num: Option<Num>| num.map_or(0, |n| n.value);
    let (month, day) = (value(parts.month), value(parts.day));
    let Some(year) = parts.year else { return no_year(parts, context) };
    let (year, form) = match read_year(year, context) {
        YearRead::Full(year) => (year, form),
        YearRead::TwoDigit(year) => (year, two_digit(&form)),
        YearRead::Wrong => return Parsed::none(&[Issue::DateImpossible]),
        YearRead::Unreadable => return Parsed::unreadable(),
    };
    let year = u32::from(year.unsigned_abs());
    if parts.month.is_none() {
        return year_only(year, &form);
    }
    match figures::parts(year, month, day) {
        Some(stated) => with_partial(stated, &form),
        None => Parsed::none(&[Issue::DateImpossible]),
    }
}

/// A day or month without its year: the sheet may give it, else only that there is none can be said.
fn no_year(given: Parts, context: &Context) -> Parsed {
    let month = given.month.map(|n| n.value);
    let day = given.day.map_or(0, |n| n.value);
    let month = month.or_else(|| context.month.and_then(|m| u32::try_from(m).ok()));
    let Some(month) = month else {
        let possible = (1..=31).contains(&day);
        return Parsed::none(&[if possible { Issue::DateNoYear } else { Issue::DateImpossible }]);
    };
    // 2000 was a leap year: what it does not have, no year has.
    let year = context.year.and_then(|y| u32::try_from(y).ok());
    if month == 0 {
        return Parsed::none(&[Issue::DateImpossible]);
    }
    match (parts(year.unwrap_or(2000), month, day), year) {
        (None, _) => Parsed::none(&[Issue::DateImpossible]),
        (Some(stated), Some(_)) => with_partial(stated, &[Issue::DateNoYear]),
        (Some(_), None) => Parsed::none(&[Issue::DateNoYear]),
    }
}

/// Two numbers: a year and a month either way round, or a month and a day.
fn two(a: Num, b: Num, ready: &Prepared, context: &Context, leap: bool) -> Parsed {
    let year_month = |y, m| {
        let parts = Parts { year: Some(y), month: Some(m), leap, ..Parts::default() };
        assemble(parts, ready, context)
    };
    match (a.width, b.width) {
        (4, 4) => Parsed::unreadable(),
        (4, _) => year_month(a, b),
        (_, 4) => year_month(b, a),
        (2, _) if a.value > 12 => year_month(a, b),
        _ => assemble(Parts { month: Some(a), day: Some(b), leap, ..Parts::default() }, ready, context),
    }
}

/// Three numbers: year, month, day; or the orders of other countries when the year stands last.
fn three(a: Num, b: Num, c: Num, ready: &Prepared, context: &Context, leap: bool) -> Parsed {
    let ymd = |y, m, d| {
        assemble(Parts { year: Some(y), month: Some(m), day: Some(d), marked: true, leap }, ready, context)
    };
    if a.width == 4 {
        return ymd(a, b, c);
    }
    if c.width == 4 {
        return match (a.value > 12, b.value > 12) {
            (true, _) => ymd(c, b, a),
            (false, true) => ymd(c, a, b),
            _ if a.value == b.value => ymd(c, a, b),
            _ => {
                let parsed = year_only(c.value, &[]);
                let mut issues = parsed.issues.clone();
                issues.push(Issue::DateAmbiguousOrder);
                parsed.value.map_or_else(Parsed::unreadable, |value| Parsed::of(value, &issues))
            }
        };
    }
    // Spreadsheets in English show 3/5/11 for 5 March 2011; a Chinese hand never writes a one-digit year.
    if a.width == 1 && c.width == 2 {
        return ymd(c, a, b);
    }
    let plain = ymd(a, b, c);
    if plain.value.is_none() && c.width == 2 {
        let other = ymd(c, a, b);
        if other.value.is_some() {
            return other;
        }
    }
    plain
}

/// 5-Mar-11, March 2011, Mar 5, 2011.
fn english(text: &str, context: &Context) -> Option<Parsed> {
    if !text.is_ascii() {
        return None;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = words.iter().find_map(|word| english_month(word))?;
    let rest: Vec<&str> = words.into_iter().filter(|word| english_month(word).is_none()).collect();
    let numbers: Vec<(u32, usize)> = rest.iter().filter_map(|w| Some((w.parse().ok()?, w.len()))).collect();
    if numbers.len() != rest.len() {
        return None;
    }
    let (year, day) = match numbers.as_slice() {
        [(y, 2 | 4)] => (*y, 0),
        [(y, 4), (d, 1..=2)] | [(d, 1..=2), (y, 4 | 2)] => (*y, *d),
        _ => return None,
    };
    let (year, form) = if year < 100 {
        (u32::from(context.century(year).unsigned_abs()), two_digit(&[]))
    } else {
        (year, vec![Issue::DateText])
    };
    if day > 0 && Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).is_err() {
        return Some(Parsed::none(&[Issue::DateImpossible]));
    }
    parts(year, u32::from(month.unsigned_abs()), day).map(|stated| with_partial(stated, &form))
}
