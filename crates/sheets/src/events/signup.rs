//! Lists of who signs up: forms of services, messages of chat groups.

use std::collections::HashMap;

use calendar::{Context, Kind, Raw, Stated, parse};
use jiff::civil::Date;

use super::{Happening, Party, SignUp, column, party, phones, who, year};
use crate::book::{Cell, Sheet, cell_name};
use crate::clean::CleanRow;
use crate::clean::fields::squeezed;
use crate::field::Field;
use crate::issue::{Issue, severity};
use crate::layout::Layout;
use crate::mapping::Mapping;
use crate::plain;

/// Words that take a sign-up back.
const CANCELLED: &[&str] = &[
    "取消",
    "不来了",
    "来不了",
    "不能来",
    "来不成",
    "去不了",
    "不去了",
    "不能去",
    "去不成",
    "不参加",
    "参加不了",
    "退出",
    "退了",
    "不报了",
    "cancel",
    "not coming",
    "can't come",
    "cannot come",
    "can't make it",
];

/// Words that speak of taking back without doing it.
const NOT_CANCELLED: &[&str] =
    &["能取消吗", "可以取消吗", "怎么取消", "不取消", "没取消", "能不能取消", "会取消吗"];

/// Whether words take a sign-up back.
pub fn is_cancelled(text: &str) -> bool {
    let text = plain::tidy(text).to_lowercase();
    CANCELLED.iter().any(|word| text.contains(word)) && !NOT_CANCELLED.iter().any(|word| text.contains(word))
}

struct Reader<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    year: Option<i16>,
    today: Date,
}

struct Work {
    row: usize,
    value: SignUp,
    issues: Vec<Issue>,
}

impl Work {
    fn tell(&mut self, column: usize, field: &'static str, code: &'static str, note: Option<String>) {
        if self.issues.iter().any(|issue| issue.code == code && issue.field == field) {
            return;
        }
        let cell = cell_name(self.row, column);
        self.issues.push(Issue { cell, field, code, severity: severity(code), note });
    }
}

/// The rows of a list.
pub fn rows(sheet: &Sheet, layout: &Layout, mapping: &Mapping, today: Date) -> Vec<CleanRow> {
    let reader = Reader { sheet, mapping, year: year(layout), today };
    let mut found: Vec<Work> = layout.data_rows().map(|row| reader.row(row)).collect();
    replaced(mapping, &mut found);
    found
        .into_iter()
        .map(|work| CleanRow::of_happening(work.row, sheet, Happening::SignUp(work.value), work.issues))
        .collect()
}

/// A later row of the same phone, or of the same label where there is no phone, takes the earlier one's place.
fn replaced(mapping: &Mapping, rows: &mut [Work]) {
    let mut later: HashMap<String, usize> = HashMap::new();
    let at = column(mapping, Field::Phones).or_else(|| column(mapping, Field::FreeText)).unwrap_or(0);
    for place in (0..rows.len()).rev() {
        let Some(phone) = rows[place].value.phones.first().cloned() else { continue };
        if later.contains_key(&phone) {
            rows[place].value.replaced = true;
            rows[place].tell(at, "row", "duplicate_row", None);
        } else {
            later.insert(phone, place);
        }
    }
}

impl Reader<'_> {
    fn cell(&self, row: usize, field: Field) -> Option<(usize, &Cell)> {
        let at = column(self.mapping, field)?;
        Some((at, self.sheet.cell(row, at))).filter(|(_, cell)| !cell.is_blank())
    }

    fn text(&self, row: usize, field: Field) -> Option<String> {
        let text = self.cell(row, field).map(|(_, cell)| squeezed(&cell.shown()))?;
        Some(text.chars().take(4_000).collect()).filter(|text: &String| !text.is_empty())
    }

    fn row(&self, row: usize) -> Work {
        let mut work = Work { row, value: SignUp::default(), issues: Vec::new() };
        if let Some((at, cell)) = self.cell(row, Field::Phones) {
            let (phones, told) = phones::read(cell);
            work.value.phones = phones;
            for (code, note) in told {
                work.tell(at, "phones", code, note);
            }
        }
        self.party(&mut work);
        self.free_text(&mut work);
        let label = self.text(row, Field::Label).or(work.value.label.take());
        work.value.label = label.or_else(|| self.text(row, Field::Wechat));
        work.value.name = work.value.label.as_deref().and_then(who::label_name);
        self.submitted(&mut work);
        work.value.note = self.text(row, Field::Note);
        work.value.pickup = self.text(row, Field::Pickup).and_then(|text| yes(&text));
        let status = self.text(row, Field::Status);
        let said =
            [work.value.note.as_deref(), status.as_deref(), self.text(row, Field::FreeText).as_deref()]
                .into_iter()
                .flatten()
                .any(is_cancelled_or_ill);
        if said || status.as_deref().is_some_and(|text| yes(text) == Some(false)) {
            work.value.cancelled = true;
            let at = column(self.mapping, Field::Note)
                .or_else(|| column(self.mapping, Field::FreeText))
                .unwrap_or(0);
            work.tell(at, "row", "cancelled", None);
        }
        if work.value.label.is_none() {
            let at = column(self.mapping, Field::Label).unwrap_or(0);
            work.tell(at, "label", "name_missing", None);
        }
        work
    }

    fn party(&self, work: &mut Work) {
        let row = work.row;
        let number = |field: Field| {
            let text = self.text(row, field)?;
            party::read(&text)
                .and_then(|party| party.total)
                .or_else(|| plain::small_number(&plain::folded(&text)))
        };
        let (adults, children) = (number(Field::Adults), number(Field::Children));
        if adults.is_some() || children.is_some() {
            let adults = adults.unwrap_or(u32::from(children.unwrap_or(0) > 0));
            work.value.party = Party::of(adults, children.unwrap_or(0));
            return;
        }
        work.value.party = match self.cell(row, Field::Party) {
            None => Party::ALONE,
            Some((at, cell)) => party::read(&cell.shown())
                .or_else(|| party::within(&cell.shown()).map(|(party, _)| party))
                .unwrap_or_else(|| {
                    if !plain::is_nothing(&cell.shown()) {
                        work.tell(at, "party", "party_unreadable", None);
                    }
                    Party { adults: Some(1), ..Party::default() }
                }),
        };
    }

    /// A message of a chat: name, phone and party in any order.
    fn free_text(&self, work: &mut Work) {
        let Some((at, cell)) = self.cell(work.row, Field::FreeText) else { return };
        let mut text: String = plain_lines(&cell.shown());
        if work.value.phones.is_empty() {
            let (start, phone) = phone_within(&text);
            if let Some(raw) = phone {
                let (found, told) = phones::read(&Cell::Text(raw.clone().into()));
                work.value.phones = found;
                for (code, note) in told.into_iter().filter(|(code, _)| *code != "phone_note") {
                    work.tell(at, "phones", code, note);
                }
                text = format!("{}\u{1}{}", &text[..start], &text[start + raw.len()..]);
            }
        }
        if column(self.mapping, Field::Party).is_none()
            && let Some((party, rest)) = party::within(&text.replace('\u{1}', " / "))
        {
            work.value.party = party;
            text = rest;
        }
        let label = text
            .split(['，', ',', '/', '\u{1}', '\n', '、', '；', ';'])
            .map(str::trim)
            .find(|part| !part.is_empty());
        let label = label.map(|label| {
            label.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ' '))
        });
        let label = label
            .and_then(|label| label.split("  ").next())
            .map(|label| label.split(' ').next().unwrap_or(label));
        work.value.label = label.map(str::to_owned).filter(|label| !label.is_empty());
    }

    fn submitted(&self, work: &mut Work) {
        let Some((at, cell)) = self.cell(work.row, Field::Submitted) else { return };
        let (text, time) = match cell {
            Cell::Number(number) if number.fract() > 0.0 => {
                let minutes = (number.fract() * 1_440.0).round() as u32;
                (number.trunc().to_string(), Some(format!("{:02}:{:02}", minutes / 60, minutes % 60)))
            }
            _ => {
                let text = plain::tidy(&cell.shown()).replace('T', " ");
                match text.split_once(' ') {
                    Some((day, time)) => (day.to_owned(), clock(time)),
                    None => (text, None),
                }
            }
        };
        let context = Context { year: self.year, ..Context::new(Kind::Due, self.today) };
        let raw = match (cell, text.parse::<f64>()) {
            (Cell::Number(_), Ok(number)) => Raw::Number(number),
            (Cell::Date(date), _) => Raw::Date(*date),
            _ => Raw::Text(&text),
        };
        let parsed = parse(raw, &context);
        for issue in parsed.issues.iter().map(|issue| issue.code()).filter(|code| *code != "date_text") {
            work.tell(at, "submitted", issue, None);
        }
        if let Some(Stated::Day { date }) = parsed.value {
            work.value.submitted =
                Some(time.map_or_else(|| date.to_string(), |time| format!("{date}T{time}")));
        }
    }
}

/// Words of somebody who is ill and stays at home take it back too: 孩子生病不来了 is covered, 孩子生病 alone is not.
fn is_cancelled_or_ill(text: &str) -> bool {
    is_cancelled(text)
}

fn yes(text: &str) -> Option<bool> {
    match plain::folded(text).as_str() {
        "是" | "要" | "需要" | "有" | "yes" | "y" | "1" | "√" | "✓" | "参加" | "正常" | "已报名" => {
            Some(true)
        }
        "否" | "不" | "不要" | "不需要" | "不用" | "无" | "no" | "n" | "0" | "×" | "不参加" | "已取消"
        | "取消" => Some(false),
        _ => None,
    }
}

/// `08:03:40`, `8:03`, `下午3:20` as hours and minutes.
fn clock(text: &str) -> Option<String> {
    let late = ["下午", "晚上", "傍晚", "pm", "PM"].iter().any(|word| text.contains(word));
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut parts = text[start..].split([':', '：']);
    let hour: u32 = parts.next()?.trim().parse().ok()?;
    let digits: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
    let minute: u32 = digits.parse().ok()?;
    let hour = if late && hour < 12 { hour + 12 } else { hour };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// The text with its lines kept, spaces single within them, width of digits kept for what is told of phones.
fn plain_lines(text: &str) -> String {
    text.chars()
        .filter(|c| !crate::book::is_zero_width(*c))
        .map(|c| if matches!(c, '\u{a0}' | '\t' | '\r') { ' ' } else { c })
        .collect()
}

/// The run of a mobile number in a text, with the marks inside it: where it starts, and the run.
fn phone_within(text: &str) -> (usize, Option<String>) {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let inside = |c: char| digit(c) || matches!(c, ' ' | '-' | '.' | '+' | '－');
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < chars.len() {
        if !(digit(chars[at].1) || chars[at].1 == '+') {
            at += 1;
            continue;
        }
        let end = (at..chars.len()).find(|place| !inside(chars[*place].1)).unwrap_or(chars.len());
        // The number may be followed by a count: take just as many digits as a number has.
        for stop in (at + 1..=end).rev() {
            let count = chars[at..stop].iter().filter(|(_, c)| digit(*c)).count();
            let first = chars[at..stop].iter().find(|(_, c)| digit(*c)).map_or('0', |(_, c)| *c);
            let plus = chars[at].1 == '+';
            let fits = digit(chars[stop - 1].1)
                && (count == 11 && matches!(first, '1' | '１') || count == 13 && plus);
            if fits {
                let start = chars[at].0;
                let stop = chars.get(stop).map_or(text.len(), |(place, _)| *place);
                return (start, Some(text[start..stop].to_owned()));
            }
        }
        at += 1;
    }
    (0, None)
}
