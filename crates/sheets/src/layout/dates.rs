//! The day a sheet speaks of, as its title rows state it.

use jiff::civil::Date;

use crate::book::Cell;
use crate::plain;

/// Words before a date that make it the sheet's own day.
const OF_THE_SHEET: &[&str] = &[
    "填报日期",
    "填表日期",
    "制表日期",
    "填报时间",
    "填表时间",
    "制表时间",
    "统计日期",
    "统计时间",
    "截至",
    "截止",
    "截止日期",
    "更新日期",
    "更新时间",
    "上报日期",
    "日期",
    "时间",
    "asof",
    "asat",
    "date",
    "updated",
    "reportedon",
];

/// The day stated in a title row: after a word such as 填报日期, or the only date there.
pub fn in_row(row: &[Cell]) -> Option<Date> {
    stated(row).or_else(|| {
        row.iter().find_map(|cell| match cell {
            Cell::Text(text) => first(&plain::folded(text)).map(|(_, date)| date),
            Cell::Date(date) => Some(*date),
            _ => None,
        })
    })
}

/// The day stated after a word such as 填报日期 or 截至; the date may stand in the next cell.
pub fn stated(row: &[Cell]) -> Option<Date> {
    let mut announced = false;
    for cell in row {
        match cell {
            Cell::Date(date) if announced => return Some(*date),
            Cell::Text(text) => {
                let folded = plain::folded(text);
                if announced && let Some((0, date)) = first(&folded) {
                    return Some(date);
                }
                for word in OF_THE_SHEET {
                    let Some(start) = folded.find(word) else { continue };
                    let after =
                        folded[start + word.len()..].trim_start_matches([':', '为', '到', '至', '是']);
                    match first(after) {
                        Some((0, date)) => return Some(date),
                        _ => announced |= after.is_empty(),
                    }
                }
            }
            _ => {}
        }
    }
    None
}

/// The last day of a year that a name carries, such as `家庭登记(2023)`.
pub fn year_end(name: &str) -> Option<Date> {
    let folded = plain::folded(name);
    if let Some((_, date)) = first(&folded) {
        return Some(date);
    }
    let digits: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).collect();
    let years = digits.iter().filter(|part| part.len() == 4).filter_map(|part| part.parse::<i16>().ok());
    let year = years.filter(|year| (1980..=2100).contains(year)).max()?;
    Date::new(year, 12, 31).ok()
}

/// The first date with a four-digit year and a month, with the byte where it starts. Without a day: the month's last.
fn first(text: &str) -> Option<(usize, Date)> {
    text.match_indices(|c: char| c.is_ascii_digit()).find_map(|(start, _)| {
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        date_at(&text[start..]).map(|date| (start, date))
    })
}

fn date_at(text: &str) -> Option<Date> {
    let (year, rest) = number(text, 4)?;
    let rest = rest.strip_prefix(['年', '.', '-', '/'])?;
    let (month, rest) = number(rest, 2)?;
    let year = i16::try_from(year).ok().filter(|year| (1950..=2100).contains(year))?;
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let day = rest.strip_prefix(['月', '.', '-', '/']).and_then(|rest| number(rest, 2));
    match day {
        Some((day, _)) => Date::new(year, month, day as i8).ok(),
        None => Date::new(year, month, 1).ok().map(Date::last_of_month),
    }
}

fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 || end > most || (most == 4 && end != 4) {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}
