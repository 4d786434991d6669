//! Logs of visits and calls.

use calendar::{Context, Kind, Raw, Stated, parse};
use jiff::civil::Date;

use super::{Happening, Visit, column, who, year};
use crate::book::{Cell, Sheet, cell_name};
use crate::clean::fields::squeezed;
use crate::clean::{CleanRow, needs, numbers};
use crate::field::Field;
use crate::issue::{Issue, severity};
use crate::layout::{Layout, RowRole};
use crate::mapping::Mapping;
use crate::plain;

/// Days between neighbours of a log that is kept in order.
const FAR: i64 = 200;

/// How they met, by a word of the cell.
pub(super) fn contact(text: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &[&str])] = &[
        ("wechat", &["微信", "视频", "语音", "qq", "短信", "网聊", "线上", "wechat", "message", "video"]),
        ("phone", &["电话", "电访", "电联", "致电", "去电", "打电", "通话", "手机", "phone", "call", "tel"]),
        (
            "street",
            &[
                "路遇", "路上", "偶遇", "街上", "街头", "碰到", "遇到", "巧遇", "市场", "菜场", "校门",
                "street", "met",
            ],
        ),
        (
            "office",
            &[
                "来访",
                "来中心",
                "到站",
                "来站",
                "上门咨询",
                "到中心",
                "面谈",
                "接待",
                "walk-in",
                "walkin",
                "office",
            ],
        ),
        ("home", &["入户", "家访", "上门", "走访", "到家", "探访", "登门", "home", "visit"]),
    ];
    let folded = plain::folded(text);
    if folded.chars().count() > 12 {
        return None;
    }
    WORDS.iter().find(|(_, words)| words.iter().any(|word| folded.contains(word))).map(|(code, _)| *code)
}

/// What came of it, by the result's cell, or else by what was noted of an attempt.
fn result(told: &str, text: &str, minutes: Option<u32>) -> &'static str {
    const WORDS: &[(&str, &[&str])] = &[
        (
            "number_dead",
            &["停机", "空号", "号码不对", "号码错", "错号", "换号", "不存在", "wrong number", "dead"],
        ),
        ("moved", &["搬走", "已搬", "搬离", "搬家", "搬去", "moved"]),
        (
            "refused",
            &["挂断", "改天", "拒绝", "拒访", "不愿", "不方便", "没空", "不想谈", "refused", "declined"],
        ),
        (
            "nobody_home",
            &[
                "无人在家",
                "没人在家",
                "敲门无人",
                "家里没人",
                "家中无人",
                "不在家",
                "未遇",
                "锁门",
                "nobody",
                "not home",
            ],
        ),
        (
            "no_answer",
            &[
                "未接",
                "无人接",
                "没接",
                "没人接",
                "不接",
                "打不通",
                "未通",
                "关机",
                "占线",
                "忙音",
                "无应答",
                "没回",
                "未回",
                "no answer",
            ],
        ),
    ];
    let of = |text: &str| {
        WORDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(code, _)| *code)
    };
    let told = plain::folded(told);
    let text = plain::tidy(text).to_lowercase();
    let short = text.chars().count() <= 15 && minutes.is_none();
    let by_result = match told.as_str() {
        "无人" | "没人" | "无" => Some("nobody_home"),
        "×" | "x" | "✗" | "✘" | "否" | "没有" | "未访" | "未见" | "未见到" | "no" | "n" => {
            Some("no_answer")
        }
        other => of(other),
    };
    // The words of an attempt tell more than the tick that it failed.
    of(&text).filter(|_| short).or(by_result).unwrap_or("reached")
}

/// Minutes: 45, ４５, 二十六分钟, 1小时, 半小时, 一个半小时, 1.5h, 1:30.
fn minutes(cell: &Cell) -> Result<Option<u32>, ()> {
    if let Cell::Time(days) = cell {
        return Ok(Some((days * 1_440.0).round() as u32));
    }
    let text = plain::folded(&cell.shown());
    if text.is_empty() || plain::is_nothing(&text) {
        return Ok(None);
    }
    let text =
        text.trim_start_matches(['约', '大', '概', '近', '共']).trim_end_matches(['左', '右', '多', '钟']);
    if let Some((hours, rest)) = text.split_once("小时").or_else(|| text.split_once(['h', ':'])) {
        let half = hours.contains('半') || rest.starts_with('半');
        let hours = hours.trim_end_matches(['个', '半', '钟']).trim_end_matches('个');
        let whole = if hours.is_empty() { Some(0.0) } else { decimal(hours) };
        let rest = rest.trim_matches(['半', '零', '分', '钟', 'm', 'i', 'n', 'u', 't', 'e', 'o', 'r', 's']);
        let more = if rest.is_empty() { Some(0.0) } else { decimal(rest) };
        let (whole, more) = (whole.ok_or(())?, more.ok_or(())?);
        return Ok(Some((whole * 60.0 + more + if half { 30.0 } else { 0.0 }).round() as u32));
    }
    if text == "半个" || text == "一刻" {
        return Ok(Some(15));
    }
    let plain = text.trim_end_matches(['分', 'm', 'i', 'n', 'u', 't', 'e', 's', '.', '\'', '′']);
    decimal(plain).map(|count| Some(count.round() as u32)).ok_or(()).and_then(|count| match count {
        Some(minutes) if minutes <= 1_440 => Ok(Some(minutes)),
        _ => Err(()),
    })
}

fn decimal(text: &str) -> Option<f64> {
    text.parse().ok().or_else(|| plain::small_number(text).or_else(|| numbers::chinese(text)).map(f64::from))
}

/// One row in the making.
struct Work {
    row: usize,
    visit: Visit,
    issues: Vec<Issue>,
}

impl Work {
    fn tell(&mut self, column: usize, field: Field, code: &'static str, note: Option<&str>) {
        self.issues.push(Issue {
            cell: cell_name(self.row, column),
            field: field.name(),
            code,
            severity: severity(code),
            note: note.map(str::to_owned),
        });
    }
}

/// What the rows above say.
#[derive(Default)]
struct Running {
    month: Option<i8>,
    year: Option<i16>,
    day: Option<Date>,
    /// The last row's day, or none if it could not be used.
    last: Option<Option<Date>>,
}

/// The rows of a log.
pub fn rows(sheet: &Sheet, layout: &Layout, mapping: &Mapping, today: Date) -> Vec<CleanRow> {
    let legend = workers(layout);
    let mut running = Running { year: year(layout), ..Running::default() };
    let sheet_year = running.year;
    let as_of = layout.as_of.unwrap_or(today).max(today);
    let mut found: Vec<Work> = Vec::new();
    for info in &layout.rows {
        if info.role == RowRole::Note && info.why == "divider" {
            divided(sheet, info.row, &mut running);
        }
        if info.role != RowRole::Data {
            continue;
        }
        let mut work = Work { row: info.row, visit: Visit::default(), issues: Vec::new() };
        dated(sheet, mapping, &mut work, &mut running, (sheet_year, as_of));
        told(sheet, mapping, &mut work, &legend);
        found.push(work);
    }
    if sheet_year.is_none() {
        out_of_order(mapping, &mut found);
    }
    found
        .into_iter()
        .map(|work| CleanRow::of_happening(work.row, sheet, Happening::Visit(work.visit), work.issues))
        .collect()
}

/// Initials and names, from a legend that speaks of workers or whose meanings are names.
fn workers(layout: &Layout) -> Vec<(String, String)> {
    let named = |legend: &&crate::layout::Legend| {
        legend.pairs.len() >= 2
            && legend.pairs.iter().all(|(code, _)| code.chars().all(|c| c.is_ascii_alphabetic()))
            && legend.pairs.iter().filter(|(_, name)| (2..=4).contains(&name.chars().count())).count() * 2
                > legend.pairs.len()
    };
    layout.legends.iter().filter(named).flat_map(|legend| legend.pairs.clone()).collect()
}

/// 一月, —— 5月 ——, 2024年5月 on a line of its own.
fn divided(sheet: &Sheet, row: usize, running: &mut Running) {
    let Some(text) = sheet.rows[row].iter().find(|cell| !cell.is_blank()).map(Cell::shown) else { return };
    let text = plain::folded(&text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let (before, rest) = text.split_once('年').map_or((None, text), |(year, rest)| (Some(year), rest));
    if let Some(year) =
        before.and_then(|year| year.parse::<i16>().ok()).filter(|year| (1950..=2100).contains(year))
    {
        running.year = Some(year);
        running.month = None;
    }
    let month = rest.split('月').next().filter(|_| rest.contains('月')).and_then(plain::small_number);
    if let Some(month) =
        month.and_then(|month| i8::try_from(month).ok()).filter(|month| (1..=12).contains(month))
    {
        running.month = Some(month);
        running.last = None;
    }
}

fn dated(
    sheet: &Sheet,
    mapping: &Mapping,
    work: &mut Work,
    running: &mut Running,
    (sheet_year, as_of): (Option<i16>, Date),
) {
    let Some(at) = column(mapping, Field::Day) else { return };
    let cell = sheet.cell(work.row, at);
    work.visit.about = running.day;
    if cell.is_blank() || plain::is_ditto(&cell.shown()) {
        if let Some(last) = running.last {
            work.tell(at, Field::Day, "merged", None);
            work.visit.day = last;
        } else {
            work.tell(at, Field::Day, "date_unreadable", None);
        }
        return;
    }
    let (day, codes) = read_day(cell, running, as_of, sheet.epoch_1904);
    for code in codes {
        work.tell(at, Field::Day, code, None);
    }
    let strange = day
        .is_some_and(|day| sheet_year.is_some_and(|year| day.year() != year) && running.year == sheet_year);
    if strange {
        work.tell(at, Field::Day, "date_order", None);
    }
    work.visit.day = day;
    running.last = Some(day);
    if let Some(day) = day.filter(|_| !strange) {
        running.day = Some(day);
        if running.month.is_some() && running.month != Some(day.month()) {
            running.month = Some(day.month());
        }
        work.visit.about = Some(day);
    }
}

/// A day with what is told of how it was written; `3.1` in a number cell may be the 1st or the 10th: the order decides.
fn read_day(
    cell: &Cell,
    running: &Running,
    as_of: Date,
    epoch_1904: bool,
) -> (Option<Date>, Vec<&'static str>) {
    let context =
        Context { year: running.year, month: running.month, epoch_1904, ..Context::new(Kind::Event, as_of) };
    let read = |raw: Raw<'_>| {
        let parsed = parse(raw, &context);
        let day = match parsed.value {
            Some(Stated::Day { date }) => Some(date),
            Some(Stated::Lunar { .. }) => parsed.value.as_ref().map(Stated::earliest),
            _ => None,
        };
        (day, parsed.issues.iter().map(|issue| issue.code()).collect::<Vec<_>>())
    };
    match cell {
        Cell::Date(date) => (Some(*date), Vec::new()),
        Cell::Number(number) if *number < 32.0 && number.fract() == 0.0 && running.month.is_some() => {
            read(Raw::Text(&format!("{number:.0}日")))
        }
        Cell::Number(number) if *number < 13.0 => {
            let text = format!("{number}");
            let first = read(Raw::Text(&text));
            let tenfold = text
                .split_once('.')
                .filter(|(_, day)| day.len() == 1)
                .map(|_| read(Raw::Text(&format!("{text}0"))));
            match (first.0, tenfold, running.day) {
                (Some(day), Some((Some(later), codes)), Some(last)) if day < last && later >= last => {
                    (Some(later), codes)
                }
                _ => first,
            }
        }
        Cell::Number(number) => read(Raw::Number(*number)),
        _ => read(Raw::Text(&cell.shown())),
    }
}

/// Where no title gives the year: a day far from both its neighbours.
fn out_of_order(mapping: &Mapping, rows: &mut [Work]) {
    let Some(at) = column(mapping, Field::Day) else { return };
    let days: Vec<Option<Date>> = rows.iter().map(|work| work.visit.day).collect();
    for (place, work) in rows.iter_mut().enumerate() {
        let Some(day) = days[place] else { continue };
        let before = days[..place].iter().rev().flatten().find(|other| **other != day);
        let after = days[place + 1..].iter().flatten().find(|other| **other != day);
        let far = |other: &Date| {
            (day - *other).get_days().abs() as i64 > FAR
                || day.duration_since(*other).as_hours().abs() / 24 > FAR
        };
        if let (Some(before), Some(after)) = (before, after)
            && far(before)
            && far(after)
        {
            work.tell(at, Field::Day, "date_order", None);
        }
    }
}

fn told(sheet: &Sheet, mapping: &Mapping, work: &mut Work, legend: &[(String, String)]) {
    let row = work.row;
    let text = |field: Field| {
        let text = column(mapping, field)
            .map(|at| sheet.cell(row, at))
            .filter(|cell| !cell.is_blank())
            .map(Cell::shown);
        text.map(|text| squeezed(&text).chars().take(4_000).collect::<String>())
            .filter(|text| !text.is_empty())
    };
    work.visit.kind = text(Field::Contact).and_then(|text| contact(&text)).map(str::to_owned);
    if let (None, Some(at)) = (&work.visit.kind, column(mapping, Field::Contact)) {
        let blank = sheet.cell(row, at).is_blank();
        work.tell(at, Field::Contact, if blank { "contact_missing" } else { "value_unknown" }, None);
    }
    work.visit.who = text(Field::Who);
    let met = work.visit.who.as_deref().map(who::read).unwrap_or_default();
    (work.visit.people, work.visit.unnamed) = (met.people, met.unnamed);
    if work.visit.people.is_empty()
        && let Some(at) = column(mapping, Field::Who)
    {
        work.tell(at, Field::Who, "who_missing", None);
    }
    work.visit.workers = text(Field::Workers).map(|text| names_of(&text, legend)).unwrap_or_default();
    if let Some(at) = column(mapping, Field::Minutes) {
        match minutes(sheet.cell(row, at)) {
            Ok(found) => work.visit.minutes = found,
            Err(()) => work.tell(at, Field::Minutes, "number_unreadable", None),
        }
    }
    work.visit.text = text(Field::Text);
    let said = work.visit.text.clone().unwrap_or_default();
    work.visit.result =
        result(&text(Field::Result).unwrap_or_default(), &said, work.visit.minutes).to_owned();
    if work.visit.result == "reached" {
        work.visit.needs = needs::stated(&said).into_iter().map(str::to_owned).collect();
    }
    work.visit.address = text(Field::Address);
    work.visit.next = text(Field::Next);
    work.visit.household_no = text(Field::HouseholdNo);
    if let Some(at) = column(mapping, Field::Phones) {
        work.visit.phones = super::phones::read(sheet.cell(row, at)).0;
    }
}

/// The workers of a cell: WHM/CHL, LWM+PZL, 王海梅、陈海丽.
fn names_of(text: &str, legend: &[(String, String)]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(['/', '+', '、', ',', '，', ' ', ';', '；', '&', '\\', '和', '\n']) {
        let folded = plain::folded(part);
        if folded.is_empty() {
            continue;
        }
        let name = legend
            .iter()
            .find(|(code, _)| *code == folded)
            .map_or_else(|| part.trim().to_owned(), |(_, name)| name.clone());
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
