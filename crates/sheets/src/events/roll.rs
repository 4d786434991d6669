//! Rolls to tick: a row for each person, a column for each session.

use std::collections::BTreeMap;

use calendar::{Context, Kind, Raw, Stated, parse};
use jiff::civil::Date;

use super::{Happening, Mark, Roll, column, kinds::session_day};
use crate::book::{Cell, Sheet, cell_name};
use crate::clean::CleanRow;
use crate::field::Field;
use crate::issue::{Issue, severity};
use crate::layout::{Layout, RowRole};
use crate::mapping::Mapping;
use crate::plain;

/// Signs of having been there.
const PRESENT: &[&str] = &[
    "√", "✓", "✔", "☑", "v", "1", "y", "yes", "是", "到", "来", "在", "●", "■", "出席", "参加", "迟到",
    "早退", "ok", "true", "present", "p", "勾", "对",
];
/// Words of being excused.
const EXCUSED: &[&str] =
    &["请假", "假", "事假", "病假", "公假", "请", "病", "事", "leave", "excused", "sick", "l"];
/// Signs of absence.
const ABSENT: &[&str] = &[
    "0", "×", "✗", "✘", "x", "n", "no", "否", "缺", "缺席", "旷", "未到", "没来", "无", "-", "absent",
    "false", "a", "没到", "不在",
];
/// Words of a row that counts heads.
const HEADS: &[&str] = &[
    "路过",
    "没登记",
    "未登记",
    "散客",
    "匿名",
    "无名",
    "不知名",
    "其他小朋友",
    "其他孩子",
    "临时",
    "新来",
    "陌生",
    "游客",
    "旁听",
    "walk-in",
    "walkin",
    "others",
    "unregistered",
    "anonymous",
    "visitors",
];

/// A day as the title of a session has it; without a year it is the sheet's.
pub(super) fn day(title: &str, year: Option<i16>) -> Option<Date> {
    let folded = plain::folded(title);
    let cut = folded.split(['(', '周', '星']).next().unwrap_or(&folded).to_owned();
    let digits = cut.chars().filter(char::is_ascii_digit).count();
    if !(1..=8).contains(&digits)
        || cut.chars().any(|c| c.is_alphabetic() && !"年月日号".contains(c) && !plain::is_han(c))
    {
        return None;
    }
    let dated = cut.contains(['.', '-', '/', '月', '年']) || digits >= 5;
    if !dated || cut.chars().any(|c| plain::is_han(c) && !"年月日号".contains(c)) {
        return None;
    }
    let context = Context { year, kind: Kind::Due, ..Context::default() };
    match parse(Raw::Text(&cut), &context).value {
        Some(Stated::Day { date }) => Some(date),
        _ => None,
    }
}

/// The sessions of a roll: column and day, in the order of the columns.
pub fn sessions(layout: &Layout, mapping: &Mapping) -> Vec<(usize, Date)> {
    let is = |at: usize| {
        mapping.columns.iter().any(|map| {
            map.column == at && map.target.as_ref().is_some_and(|target| target.field == Field::Session)
        })
    };
    layout
        .columns
        .iter()
        .filter(|column| is(column.index))
        .filter_map(|column| Some((column.index, session_day(column, layout)?)))
        .collect()
}

/// What a sign means: said by the user, by the sheet's legend, or by custom.
pub struct Signs {
    told: BTreeMap<String, Mark>,
    /// A sign that custom does not know and that stands alone on the sheet: it can only mean being there.
    only: Option<String>,
}

/// The sign of a cell: folded, without variation selectors.
fn sign(cell: &Cell) -> String {
    let text: String = cell.shown().chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}')).collect();
    plain::folded(&text)
}

fn by_custom(sign: &str) -> Option<Mark> {
    let fits = |words: &[&str]| words.contains(&sign);
    if fits(PRESENT) {
        Some(Mark::Present)
    } else if fits(EXCUSED) || sign.starts_with("请假") || sign.ends_with('假') {
        Some(Mark::Excused)
    } else if fits(ABSENT) {
        Some(Mark::Absent)
    } else {
        None
    }
}

impl Signs {
    fn new(sheet: &Sheet, layout: &Layout, mapping: &Mapping, cells: &[(usize, Date)]) -> Self {
        let mut told: BTreeMap<String, Mark> = BTreeMap::new();
        for info in layout.rows.iter().filter(|info| matches!(info.role, RowRole::Title | RowRole::Note)) {
            for cell in sheet.rows[info.row].iter().filter(|cell| !cell.is_blank()) {
                told.extend(legend(&cell.shown()));
            }
        }
        told.extend(mapping.marks.iter().map(|(sign, mark)| (sign.clone(), *mark)));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in layout.data_rows().filter(|row| !counts_heads(sheet, mapping, *row)) {
            for (at, _) in cells {
                let cell = sheet.cell(row, *at);
                if !cell.is_blank() {
                    *counts.entry(sign(cell)).or_default() += 1;
                }
            }
        }
        let signs: Vec<&String> = counts.keys().filter(|sign| !told.contains_key(*sign)).collect();
        let ticks = signs.iter().any(|sign| by_custom(sign) == Some(Mark::Present))
            || told.values().any(|mark| *mark == Mark::Present);
        let mut strange = signs.iter().filter(|sign| by_custom(sign).is_none() && sign.chars().count() == 1);
        let only = strange.next().filter(|_| !ticks && strange.next().is_none()).map(|sign| (*sign).clone());
        Self { told, only }
    }

    fn mark(&self, sign: &str) -> Option<Mark> {
        self.told
            .get(sign)
            .copied()
            .or_else(|| self.only.as_deref().filter(|only| *only == sign).map(|_| Mark::Present))
            .or_else(|| by_custom(sign))
    }
}

/// √=到 ○=请假 ×=缺席 beside the table.
fn legend(text: &str) -> Vec<(String, Mark)> {
    let folded: Vec<char> = plain::tidy(text).chars().collect();
    let mut found = Vec::new();
    for (at, c) in folded.iter().enumerate() {
        let sets = *c == '='
            || (*c == ':' && at > 0)
            || folded[at..].starts_with(&['表', '示'])
            || folded[at..].starts_with(&['代', '表'])
            || *c == '为';
        if !sets || at == 0 {
            continue;
        }
        let before = folded[..at].iter().rev().find(|c| **c != ' ' && **c != '"' && **c != '”').copied();
        let after: String = folded[at + 1..]
            .iter()
            .skip_while(|c| matches!(c, ' ' | '示' | '表' | '"'))
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let Some(before) = before.filter(|c| !plain::is_han(*c)) else { continue };
        let mark = by_custom(&plain::folded(&after)).or_else(|| {
            let has = |words: &[&str]| words.iter().any(|word| after.contains(word));
            if has(&["请假"]) {
                Some(Mark::Excused)
            } else if has(&["缺", "未到", "没来", "未参加"]) {
                Some(Mark::Absent)
            } else if has(&["到", "来", "参加", "出席"]) {
                Some(Mark::Present)
            } else {
                None
            }
        });
        found.extend(mark.map(|mark| (plain::folded(&before.to_string()), mark)));
    }
    found
}

fn counts_heads(sheet: &Sheet, mapping: &Mapping, row: usize) -> bool {
    let Some(at) = column(mapping, Field::Name) else { return false };
    let text = plain::folded(&sheet.cell(row, at).shown());
    HEADS.iter().any(|word| text.contains(word))
}

fn issue(row: usize, at: usize, field: &'static str, code: &'static str, note: Option<String>) -> Issue {
    Issue { cell: cell_name(row, at), field, code, severity: severity(code), note }
}

/// The rows of a roll, with those that count heads; sums that were typed are compared with what stands above them.
pub fn rows(sheet: &Sheet, layout: &mut Layout, mapping: &Mapping) -> Vec<CleanRow> {
    let sessions = sessions(layout, mapping);
    let signs = Signs::new(sheet, layout, mapping, &sessions);
    let mut found = Vec::new();
    let mut sums: BTreeMap<Date, u32> = BTreeMap::new();
    for place in 0..layout.rows.len() {
        let info = layout.rows[place];
        let data = info.role == RowRole::Data;
        if data && counts_heads(sheet, mapping, info.row) {
            layout.rows[place].role = RowRole::Total;
            layout.rows[place].why = "heads";
            let roll = heads(sheet, mapping, info.row, &sessions);
            for (day, count) in &roll.heads {
                *sums.entry(*day).or_default() += count;
            }
            found.push(CleanRow::of_happening(info.row, sheet, Happening::Roll(roll), Vec::new()));
        } else if data {
            let (roll, issues) = person(sheet, mapping, info.row, &sessions, &signs);
            for (day, _) in roll.marks.iter().filter(|(_, mark)| *mark == Mark::Present) {
                *sums.entry(*day).or_default() += 1;
            }
            found.push(CleanRow::of_happening(info.row, sheet, Happening::Roll(roll), issues));
        } else if info.role == RowRole::Total {
            let issues = compared(sheet, info.row, &sessions, &sums);
            if !issues.is_empty() {
                found.push(CleanRow::of_happening(info.row, sheet, Happening::Roll(Roll::default()), issues));
            }
        }
    }
    found
}

fn heads(sheet: &Sheet, mapping: &Mapping, row: usize, sessions: &[(usize, Date)]) -> Roll {
    let count = |at: usize| {
        plain::small_number(plain::folded(&sheet.cell(row, at).shown()).trim_end_matches(['人', '个', '名']))
    };
    Roll {
        nickname: column(mapping, Field::Name).map(|at| plain::tidy(&sheet.cell(row, at).shown())),
        heads: sessions
            .iter()
            .filter_map(|(at, day)| Some((*day, count(*at).filter(|count| *count > 0)?)))
            .collect(),
        ..Roll::default()
    }
}

fn compared(sheet: &Sheet, row: usize, sessions: &[(usize, Date)], sums: &BTreeMap<Date, u32>) -> Vec<Issue> {
    let wrong = sessions.iter().filter_map(|(at, day)| {
        let stated = plain::small_number(&plain::folded(&sheet.cell(row, *at).shown()))?;
        let counted = sums.get(day).copied().unwrap_or(0);
        (stated != counted).then(|| issue(row, *at, "total", "total_mismatch", Some(counted.to_string())))
    });
    wrong.collect()
}

fn person(
    sheet: &Sheet,
    mapping: &Mapping,
    row: usize,
    sessions: &[(usize, Date)],
    signs: &Signs,
) -> (Roll, Vec<Issue>) {
    let (mut roll, mut issues) = (Roll::default(), Vec::new());
    if let Some(at) = column(mapping, Field::Name) {
        let text: String = sheet.cell(row, at).shown().chars().take(80).collect();
        let read = names::cell::parse_name(&text);
        let nickname = read.also.first().map(|form| form.text.clone());
        for found in &read.issues {
            let note =
                nickname.clone().or_else(|| read.note.clone()).filter(|_| found.code() != "name_spaces");
            issues.push(issue(row, at, "name", found.code(), note));
        }
        (roll.name, roll.nickname, roll.note) = (read.name, nickname, read.note);
    }
    for (at, day) in sessions {
        let cell = sheet.cell(row, *at);
        if cell.is_blank() {
            continue;
        }
        match signs.mark(&sign(cell)) {
            Some(mark) => roll.marks.push((*day, mark)),
            None => {
                issues.push(issue(row, *at, "mark", "mark_unknown", None));
                roll.strange.push(sign(cell).chars().take(20).collect());
            }
        }
    }
    if let Some(at) = column(mapping, Field::Note) {
        let words = plain::tidy(&sheet.cell(row, at).shown());
        roll.note = [roll.note.take(), Some(words)]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .reduce(|a, b| format!("{a}；{b}"));
    }
    (roll, issues)
}
