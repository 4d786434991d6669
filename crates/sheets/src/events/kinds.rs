//! Whether a sheet is about happenings, and which of its columns is what.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{roll, visit};
use crate::book::{Cell, Sheet};
use crate::field::Field;
use crate::layout::{Column, Layout};
use crate::mapping::{ColumnMap, TableKind, Target, Why};
use crate::plain;

static TEXT: &str = include_str!("../../data/events.txt");

/// Rows that are looked at.
const SAMPLE: usize = 200;

struct Word {
    kind: TableKind,
    field: Field,
    text: &'static str,
    whole: bool,
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut words = Vec::new();
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('\t');
        let (Some(kind), Some(field), Some(list)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let (Some(kind), Some(field)) = (TableKind::of(kind), Field::of(field)) else { continue };
        words.extend(list.split('|').map(|word| Word {
            kind,
            field,
            text: word.trim_start_matches('='),
            whole: word.starts_with('='),
        }));
    }
    words
});

/// The field that a title names in a sheet of a kind, and the share of the title that says so.
fn by_title(kind: TableKind, title: &str) -> Option<(Field, f64)> {
    let length = title.chars().count().max(1) as f64;
    let fits = |word: &&Word| {
        word.kind == kind
            && if word.whole || word.text.len() < 4 { title == word.text } else { title.contains(word.text) }
    };
    let best = WORDS.iter().filter(fits).max_by_key(|word| word.text.chars().count())?;
    Some((best.field, best.text.chars().count() as f64 / length))
}

/// The columns of a sheet read as one of these kinds.
pub fn propose(kind: TableKind, sheet: &Sheet, layout: &Layout) -> Vec<ColumnMap> {
    let mut columns: Vec<ColumnMap> =
        layout.columns.iter().map(|column| titled(kind, column, layout)).collect();
    for at in 0..columns.len() {
        let Some(field) = columns[at].target.as_ref().map(|target| target.field) else { continue };
        let rival = (0..at).find(|other| {
            field != Field::Session
                && columns[*other].target.as_ref().is_some_and(|target| target.field == field)
        });
        if let Some(rival) = rival {
            let loser = if columns[at].confidence > columns[rival].confidence { rival } else { at };
            columns[loser].target = None;
            columns[loser].why = Why::Nothing;
        }
    }
    if kind == TableKind::Visits {
        by_values(sheet, layout, &mut columns, Field::Contact, &|text| visit::contact(text).is_some());
    }
    if kind == TableKind::SignUps {
        by_values(sheet, layout, &mut columns, Field::FreeText, &is_chained);
        by_values(sheet, layout, &mut columns, Field::Party, &is_party);
        by_values(sheet, layout, &mut columns, Field::Phones, &is_phone);
        if !has(&columns, Field::Label) {
            rename(&mut columns, Field::Wechat, Field::Label);
        }
    }
    columns
}

fn titled(kind: TableKind, column: &Column, layout: &Layout) -> ColumnMap {
    let title = plain::header(&column.title);
    let nothing = ColumnMap {
        column: column.index,
        title: column.path(),
        target: None,
        confidence: 0.0,
        why: Why::Nothing,
    };
    let of = |field: Field, confidence: f64| ColumnMap {
        target: Some(Target { field, slot: 0, relation: None }),
        confidence,
        why: Why::Header,
        ..nothing.clone()
    };
    if kind == TableKind::Roll && session_day(column, layout).is_some() {
        return of(Field::Session, 0.95);
    }
    match by_title(kind, &title) {
        Some((field, share)) => of(field, 0.5 + share * 0.5),
        None => nothing,
    }
}

fn has(columns: &[ColumnMap], field: Field) -> bool {
    columns.iter().any(|map| map.target.as_ref().is_some_and(|target| target.field == field))
}

fn rename(columns: &mut [ColumnMap], from: Field, to: Field) {
    let found = columns.iter_mut().filter_map(|map| map.target.as_mut()).find(|target| target.field == from);
    if let Some(target) = found {
        target.field = to;
    }
}

fn texts(sheet: &Sheet, layout: &Layout, column: usize) -> Vec<String> {
    let cells = layout.data_rows().take(SAMPLE).map(|row| sheet.cell(row, column));
    cells.filter(|cell| !cell.is_blank()).map(Cell::shown).collect()
}

fn share(sheet: &Sheet, layout: &Layout, column: usize, fits: &dyn Fn(&str) -> bool) -> f64 {
    let texts = texts(sheet, layout, column);
    if texts.len() < 2 {
        return 0.0;
    }
    texts.iter().filter(|text| fits(text)).count() as f64 / texts.len() as f64
}

/// Gives a field to the column whose values are of it; takes it from a title whose values are not.
fn by_values(
    sheet: &Sheet,
    layout: &Layout,
    columns: &mut [ColumnMap],
    field: Field,
    fits: &dyn Fn(&str) -> bool,
) {
    let shares: Vec<f64> = columns.iter().map(|map| share(sheet, layout, map.column, fits)).collect();
    let titled =
        columns.iter().position(|map| map.target.as_ref().is_some_and(|target| target.field == field));
    if let Some(at) = titled {
        if field == Field::Party || shares[at] >= 0.3 || texts(sheet, layout, columns[at].column).len() < 3 {
            return;
        }
        columns[at].target = None;
    }
    let best = (0..columns.len()).filter(|at| columns[*at].target.is_none() && shares[*at] >= 0.6);
    if let Some(at) = best.max_by(|a, b| shares[*a].total_cmp(&shares[*b])) {
        columns[at].target = Some(Target { field, slot: 0, relation: None });
        (columns[at].confidence, columns[at].why) = (shares[at] * 0.7, Why::Values);
    }
}

/// Says how many come in words; a bare number may be anything.
fn is_party(text: &str) -> bool {
    !text.trim().chars().all(|c| c.is_ascii_digit() || c == '.') && super::party::read(text).is_some()
}

fn is_phone(text: &str) -> bool {
    let digits = plain::folded(text).chars().filter(char::is_ascii_digit).count();
    (11..=14).contains(&digits)
}

/// A message of a chat that holds a name with a phone or with how many come.
fn is_chained(text: &str) -> bool {
    let folded = plain::folded(text);
    let han = folded.chars().any(plain::is_han);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    han && (digits >= 11 || super::party::within(text).is_some()) && folded.chars().count() > 4
}

/// The day that a column of a roll stands for; its groups may give the month.
pub fn session_day(column: &Column, layout: &Layout) -> Option<Date> {
    let title = plain::tidy(&column.title);
    let year = super::year(layout);
    roll::day(&title, year).or_else(|| {
        let group = column.groups.last()?;
        let number: String = title.chars().filter(char::is_ascii_digit).collect();
        let group = plain::tidy(group);
        (!number.is_empty() && group.contains('月'))
            .then(|| roll::day(&format!("{group}{number}日"), year))?
    })
}

/// What kind of happening a sheet is about; nothing where it is a register of people or something else.
pub fn detect(sheet: &Sheet, layout: &Layout) -> Option<TableKind> {
    let titles: Vec<String> = layout.columns.iter().map(|column| plain::header(&column.title)).collect();
    let about = |words: &[&str]| titles.iter().any(|title| words.iter().any(|word| title.contains(word)));
    let other = about(&[
        "身份证",
        "出生",
        "民族",
        "来电",
        "接线",
        "idno",
        "birth",
        "金额",
        "单价",
        "欠薪",
        "归还",
        "领取",
    ]);
    if other {
        return None;
    }
    [TableKind::Roll, TableKind::Visits, TableKind::SignUps].into_iter().find(|kind| {
        let columns = propose(*kind, sheet, layout);
        match kind {
            TableKind::Roll => is_roll(sheet, layout, &columns),
            TableKind::Visits => is_visits(sheet, layout, &columns),
            _ => is_signups(sheet, layout, &columns),
        }
    })
}

fn is_roll(sheet: &Sheet, layout: &Layout, columns: &[ColumnMap]) -> bool {
    let sessions: Vec<usize> = columns
        .iter()
        .filter(|map| map.target.as_ref().is_some_and(|target| target.field == Field::Session))
        .map(|map| map.column)
        .collect();
    if !has(columns, Field::Name) || sessions.len() < 2 {
        return false;
    }
    let cells: Vec<String> = sessions.iter().flat_map(|column| texts(sheet, layout, *column)).collect();
    let short = cells.iter().filter(|text| text.trim().chars().count() <= 3).count();
    !cells.is_empty() && short * 10 >= cells.len() * 8
}

fn is_visits(sheet: &Sheet, layout: &Layout, columns: &[ColumnMap]) -> bool {
    let contact = columns
        .iter()
        .find(|map| map.target.as_ref().is_some_and(|target| target.field == Field::Contact))
        .map_or(0.0, |map| share(sheet, layout, map.column, &|text| visit::contact(text).is_some()));
    let told = [Field::Text, Field::Workers, Field::Result, Field::Minutes, Field::Next];
    let count = told.iter().filter(|field| has(columns, **field)).count();
    let titled = layout
        .rows
        .iter()
        .filter(|info| info.role == crate::layout::RowRole::Title)
        .flat_map(|info| &sheet.rows[info.row])
        .map(Cell::shown)
        .chain([sheet.name.clone()])
        .any(|text| {
            ["走访", "家访", "探访", "入户", "visit"].iter().any(|word| text.to_lowercase().contains(word))
        });
    has(columns, Field::Day)
        && has(columns, Field::Who)
        && count >= 1
        && (contact >= 0.6 || (titled && count >= 2))
}

fn is_signups(sheet: &Sheet, layout: &Layout, columns: &[ColumnMap]) -> bool {
    let of = |field: Field, fits: &dyn Fn(&str) -> bool| {
        let map = columns.iter().find(|map| map.target.as_ref().is_some_and(|target| target.field == field));
        map.map_or(0.0, |map| share(sheet, layout, map.column, fits))
    };
    let party = of(Field::Party, &|text| super::party::read(text).is_some());
    let chained = of(Field::FreeText, &is_chained);
    let named = has(columns, Field::Label) || chained >= 0.5;
    let parts = has(columns, Field::Adults) && has(columns, Field::Children);
    let people = ["性别", "年龄", "学校", "关系", "户主", "住址", "籍贯", "老家", "sex", "age", "school"];
    let register =
        layout.columns.iter().filter(|column| people.contains(&plain::header(&column.title).as_str()));
    let course = ["学员", "培训", "期次", "成绩", "证书", "trainee", "training"];
    let titles =
        layout.columns.iter().map(|column| plain::header(&column.title)).chain([plain::folded(&sheet.name)]);
    let of_courses = titles.into_iter().any(|title| course.iter().any(|word| title.contains(word)));
    !of_courses
        && named
        && (party >= 0.5 || chained >= 0.5 || parts)
        && (has(columns, Field::Submitted) || has(columns, Field::Phones) || chained >= 0.5)
        && register.count() < 2
}
