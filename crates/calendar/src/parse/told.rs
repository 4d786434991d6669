//! Ages, festivals, and what is told from another day.

use jiff::{ToSpan, civil::Date};

use super::{
    Context, Kind, Parsed, before,
    prepare::Prepared,
    read::{absolute, soften},
    years_before,
};
use crate::{
    Issue, Stated,
    lunar::{FESTIVALS, Standing, lunar_day_of},
    numeral,
};

/// A bare number of years.
pub(super) fn age(years: u32, context: &Context) -> Parsed {
    let years = u16::try_from(years).unwrap_or(u16::MAX);
    of_age(context, &[], |on| Stated::Age { years, on })
}

fn of_age(context: &Context, more: &[Issue], stated: impl Fn(Date) -> Stated) -> Parsed {
    let mut issues = more.to_vec();
    if context.kind != Kind::Age {
        issues.push(Issue::AgeNotDate);
    }
    match context.as_of {
        Some(on) if matches!(context.kind, Kind::Birth | Kind::Age) => match stated(on).checked() {
            Ok(value) => Parsed::of(value, &issues),
            Err(_) => Parsed::unreadable(),
        },
        Some(_) => Parsed::none(&issues),
        None => {
            issues.push(Issue::AgeUndated);
            Parsed::none(&issues)
        }
    }
}

fn count(text: &str) -> Option<u16> {
    if text.chars().count() > 6 {
        return None;
    }
    u16::try_from(numeral::read(text)?).ok()
}

/// Reads ages: 8岁, 虚岁9, 周岁8, 8岁半, 6个月, 1岁3个月, 快8岁了. `None` when the text is none.
pub(super) fn ages(text: &str, context: &Context) -> Option<Parsed> {
    let births = matches!(context.kind, Kind::Birth | Kind::Age);
    let years_named = text.contains('岁');
    let months_named = births
        && (text.contains("个月")
            || text.contains("个半月")
            || text.ends_with("满月")
            || text.contains("月龄")
            || text.contains("月大"));
    let days_named = births && text.ends_with(['天', '周', '大']);
    if !(years_named || months_named || days_named || text.starts_with('虚')) {
        return None;
    }
    let nominal = text.contains('虚');
    let nearly = text.contains('快');
    let mut plain = text.replace("周岁", "岁").replace("岁零", "岁");
    for word in [
        "今年", "现年", "年龄", "刚满", "已经", "左右", "足", "实", "虚", "满", "刚", "快", "才", "大", "了",
        "多", " ", ".", ",",
    ] {
        plain = plain.replace(word, "");
    }
    let (years, months) = months_of(plain.trim_start_matches('岁'))?;
    if nominal {
        let years = years?;
        return Some(of_age(context, &[Issue::AgeNominal], |on| Stated::NominalAge { years, on }));
    }
    Some(match (years, months) {
        (Some(years), None) => {
            let years = if nearly { years.saturating_sub(1) } else { years };
            of_age(context, &[], |on| Stated::Age { years, on })
        }
        (years, Some(months)) => {
            let months = years.unwrap_or(0).saturating_mul(12).saturating_add(months);
            of_age(context, &[], |on| Stated::AgeMonths { months, on })
        }
        (None, None) => return None,
    })
}

/// Years and months of an age without its filler words. A half year is no claim to the month: 8岁半 is 8.
fn months_of(plain: &str) -> Option<(Option<u16>, Option<u16>)> {
    match plain {
        "半岁" => return Some((None, Some(6))),
        "月" | "半个月" => return Some((None, Some(u16::from(plain == "月")))),
        _ => {}
    }
    if let Some((left, right)) = plain.split_once('岁') {
        let years = count(left)?;
        return match right.trim_end_matches('岁') {
            "" | "半" => Some((Some(years), None)),
            rest => Some((Some(years), Some(month_count(rest)?))),
        };
    }
    if let Some(days) = plain.strip_suffix('天').and_then(count) {
        return Some((None, Some(days / 30)));
    }
    if let Some(weeks) = plain.strip_suffix('周').and_then(count) {
        return Some((None, Some(weeks * 7 / 30)));
    }
    month_count(plain).map(|months| (None, Some(months))).or_else(|| Some((Some(count(plain)?), None)))
}

fn month_count(text: &str) -> Option<u16> {
    let text = text.trim_end_matches('龄');
    let left = text
        .strip_suffix("个半月")
        .or_else(|| text.strip_suffix("个月"))
        .or_else(|| text.strip_suffix('月'))?;
    count(left)
}

const YEARS: &[(&str, i16)] = &[
    ("大前年", 3),
    ("前年", 2),
    ("去年", 1),
    ("上一年", 1),
    ("头年", 1),
    ("今年", 0),
    ("本年", 0),
    ("明年", -1),
];
const MONTHS: &[(&str, i32)] = &[
    ("上上个月", 2),
    ("上个月", 1),
    ("上月", 1),
    ("这个月", 0),
    ("本月", 0),
    ("当月", 0),
    ("下个月", -1),
    ("下月", -1),
];
const DAYS: &[(&str, i32)] = &[
    ("大前天", 3),
    ("前天", 2),
    ("昨天", 1),
    ("昨日", 1),
    ("今天", 0),
    ("今日", 0),
    ("明天", -1),
    ("后天", -2),
];
const WEEKS: &[&str] = &["上周", "上个星期", "上星期", "上礼拜", "上个礼拜", "这周", "本周", "这个星期"];
const TAILS: &[&str] = &[
    "搬来的",
    "回来的",
    "过来的",
    "来到的",
    "来的",
    "到的",
    "搬来",
    "过来",
    "回来",
    "来了",
    "开始",
    "的时候",
    "的",
    "来",
    "到",
    "起",
];

fn without_tail(text: &str) -> &str {
    TAILS.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text).trim()
}

/// Reads what is told from another day: 去年3月, 上个月, 三年前, 来了五年. `None` when the text is none.
pub(super) fn relative(ready: &Prepared, context: &Context) -> Option<Parsed> {
    let text = without_tail(&ready.text);
    let started = |table: &'static [(&str, i32)]| {
        table.iter().find_map(|(word, back)| Some((*back, text.strip_prefix(word)?)))
    };
    let year = YEARS.iter().find_map(|(word, back)| Some((*back, text.strip_prefix(word)?)));
    let known = year.is_some() || started(MONTHS).is_some() || started(DAYS).is_some();
    let week = WEEKS.iter().any(|word| text.starts_with(word));
    let ago = duration(text);
    if !known && !week && ago.is_none() {
        return None;
    }
    let Some(as_of) = context.as_of else { return Some(Parsed::none(&[Issue::DateRelative])) };
    let partial = |stated| Parsed::of(stated, &[Issue::DateRelative, Issue::DatePartial]);
    let month_of = |day: Date| Stated::Month { year: day.year(), month: day.month() };
    if let Some((back, rest)) = year {
        return Some(again(&format!("{}年{rest}", as_of.year() - back), ready, context));
    }
    if let Some((back, rest)) = started(MONTHS) {
        let day = before(as_of.first_of_month(), back.months());
        return Some(again(&format!("{}年{}月{rest}", day.year(), day.month()), ready, context));
    }
    if let Some((back, _)) = started(DAYS) {
        return Some(Parsed::of(Stated::Day { date: before(as_of, back.days()) }, &[Issue::DateRelative]));
    }
    if week {
        let back = if text.starts_with('上') { 7 } else { 0 };
        return Some(partial(month_of(before(as_of, back.days()))));
    }
    ago.map(|ago| match ago {
        Ago::Years(years) => partial(Stated::Year { year: years_before(as_of, years).year() }),
        Ago::Months(months) => partial(month_of(before(as_of, months.months()))),
        Ago::Days(days) => {
            Parsed::of(Stated::Day { date: before(as_of, days.days()) }, &[Issue::DateRelative])
        }
    })
}

/// Reads the text with the year or month filled in.
fn again(text: &str, ready: &Prepared, context: &Context) -> Parsed {
    let filled = Prepared { text: text.to_owned(), lunar: ready.lunar, ..Prepared::default() };
    let parsed = absolute(&filled, context);
    let mut issues: Vec<Issue> =
        parsed.issues.into_iter().filter(|i| !matches!(i, Issue::DateText | Issue::DateChinese)).collect();
    issues.push(Issue::DateRelative);
    match parsed.value {
        Some(value) => Parsed::of(value, &issues),
        None => Parsed::none(&issues),
    }
}

enum Ago {
    Years(i32),
    Months(i32),
    Days(i32),
}

/// 三年前, 半年前, 来了五年, 住了3年多, 2年了. Without such words "11年" is a year and no duration.
fn duration(text: &str) -> Option<Ago> {
    let mut rest = text;
    let mut said = false;
    for word in ["已经来了", "来了", "住了", "来这里", "来这", "在这里", "在这", "来", "有"]
    {
        if let Some(after) = rest.strip_prefix(word) {
            (rest, said) = (after, true);
            break;
        }
    }
    for word in ["多前", "以前", "之前", "前", "多了", "了", "多"] {
        if let Some(left) = rest.strip_suffix(word) {
            (rest, said) = (left, true);
            break;
        }
    }
    if !said {
        return None;
    }
    let number = |text: &str| count(text).filter(|n| *n < 100).map(i32::from);
    if rest == "半年" || rest == "半年多" {
        return Some(Ago::Months(6));
    }
    if let Some(left) = rest.strip_suffix("个多月").or_else(|| rest.strip_suffix("个月")) {
        return number(left).map(Ago::Months);
    }
    let years =
        rest.strip_suffix("多年").or_else(|| rest.strip_suffix("年半")).or_else(|| rest.strip_suffix('年'));
    if let Some(left) = years {
        return number(left).map(Ago::Years);
    }
    rest.strip_suffix('天').and_then(number).map(Ago::Days)
}

/// Reads a festival with or without a year before it: 2011年中秋节, 春节. `None` when none is named.
pub(super) fn feast(ready: &Prepared, context: &Context) -> Option<Parsed> {
    let (left, right, standing) = FESTIVALS.iter().find_map(|(name, _, standing)| {
        let (left, right) = ready.text.split_once(name)?;
        Some((left, right, *standing))
    })?;
    let right = right.trim_start_matches('节');
    let left = left.trim();
    let plain = left.is_empty() || left.ends_with('年') || left.chars().all(|c| c.is_ascii_digit());
    if !plain || !matches!(right, "" | "那天" | "当天") {
        return None;
    }
    let lunar = !matches!(standing, Standing::Civil(..));
    let mut issues = vec![if lunar { Issue::DateLunar } else { Issue::DateText }];
    let year = if left.is_empty() {
        issues.push(Issue::DateNoYear);
        match context.year {
            Some(year) => year,
            None => return Some(Parsed::none(&issues)),
        }
    } else {
        let before = Prepared { text: left.to_owned(), ..Prepared::default() };
        let year = absolute(&before, &Context { kind: Kind::Due, ..*context });
        let Some(Stated::Year { year: number }) = year.value else { return Some(Parsed::unreadable()) };
        issues.extend(year.issues.into_iter().filter(|issue| *issue == Issue::DateTwoDigitYear));
        number
    };
    let stated = match standing {
        Standing::Civil(month, day) => Stated::Day { date: Date::new(year, month, day).ok()? },
        other => {
            let day = lunar_day_of(other, year)?;
            Stated::Lunar { year: day.year, month: day.month, leap: day.leap, day: Some(day.day) }
        }
    };
    Some(Parsed::of(stated, &issues))
}

const AROUND: &[&str] = &["以前", "之前", "以后", "之后", "过后", "前", "后"];
const WITHIN: &[&str] = &[
    "上半年",
    "下半年",
    "年初",
    "年底",
    "年末",
    "年尾",
    "年中",
    "上旬",
    "中旬",
    "下旬",
    "春天",
    "夏天",
    "秋天",
    "冬天",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "暑假",
    "寒假",
    "开学",
    "初",
    "底",
    "末",
    "中",
    "春",
    "夏",
    "秋",
    "冬",
    "间",
];

/// Reads a date with a vague ending: 2011年底, 2011年3月初, 2011年春节后. The ending narrows a year or month, which
/// stays; an ending that leaves a year open (2011年以前) says nothing certain.
pub(super) fn vague(ready: &Prepared, context: &Context) -> Option<Parsed> {
    let text = without_tail(&ready.text);
    let inside = WITHIN.iter().find_map(|end| text.strip_suffix(end));
    let around = AROUND.iter().find_map(|end| text.strip_suffix(end));
    let rest = inside.or(around).or_else(|| (text.len() < ready.text.len()).then_some(text))?;
    if rest.is_empty() {
        return None;
    }
    let trimmed = Prepared {
        text: rest.to_owned(),
        full_width: ready.full_width,
        lunar: ready.lunar,
        ..Prepared::default()
    };
    let parsed = absolute(&trimmed, context);
    if inside.is_none() && around.is_none() {
        return Some(parsed);
    }
    if parsed.value.is_none() && !parsed.issues.contains(&Issue::DateImpossible) {
        return Some(Parsed::unreadable());
    }
    match parsed.value {
        Some(ref value) if value.is_age() => Some(Parsed::unreadable()),
        Some(Stated::Year { .. }) if inside.is_none() => Some(Parsed::unreadable()),
        Some(Stated::Lunar { day: Some(_), .. }) => {
            let year = parsed.value.as_ref()?.earliest().year();
            let mut issues = parsed.issues;
            issues.push(Issue::DatePartial);
            Some(Parsed::of(Stated::Year { year }, &issues))
        }
        Some(Stated::Day { .. }) => Some(soften(parsed)),
        _ => Some(parsed),
    }
}
