//! Rules in words.

use jiff::civil::Date;
use kernel::Lang;

use super::{Every, Pause, Rule, Weekday};
use crate::lunar;
use crate::stated::MONTHS;

const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Rule {
    /// The rule as people would say it, with the time of day where one is given: 每周一至周五 16:30–18:00，到 2027-01-15.
    /// Why a pause is made was typed by somebody and stands beside these words, not in them.
    pub fn words(&self, time: Option<(&str, Option<&str>)>, lang: Lang) -> String {
        let time = time.map(|(start, end)| match end {
            Some(end) => format!(" {start}–{end}"),
            None => format!(" {start}"),
        });
        let time = time.unwrap_or_default();
        let skipped = self.pauses.iter().map(pause).collect::<Vec<_>>();
        match lang {
            Lang::Zh | Lang::Hant => {
                let end = match (self.until, self.count) {
                    (Some(until), Some(count)) => format!("，到 {until}，最多 {count} 次"),
                    (Some(until), None) => format!("，到 {until}"),
                    (None, Some(count)) => format!("，共 {count} 次"),
                    (None, None) => String::new(),
                };
                let skipped = if skipped.is_empty() {
                    String::new()
                } else {
                    format!("；{} 暂停", skipped.join("、"))
                };
                let said = format!("{}{time}{end}{skipped}", self.days_zh());
                lang.chinese(&said).into_owned()
            }
            Lang::En => {
                let end = match (self.until, self.count) {
                    (Some(until), Some(count)) => format!(", until {until}, {count} times at most"),
                    (Some(until), None) => format!(", until {until}"),
                    (None, Some(count)) => format!(", {count} times"),
                    (None, None) => String::new(),
                };
                let skipped = if skipped.is_empty() {
                    String::new()
                } else {
                    format!("; not on {}", skipped.join(", "))
                };
                format!("{}{time}{end}{skipped}", self.days_en())
            }
        }
    }

    fn days_zh(&self) -> String {
        let n = self.interval;
        match &self.every {
            Every::Day if n == 1 => "每天".to_owned(),
            Every::Day => format!("每 {n} 天"),
            Every::Week { weekdays } => {
                let days = runs(weekdays, &ZH, "至周", "、周");
                if n == 1 { format!("每周{days}") } else { format!("每 {n} 周的周{days}") }
            }
            Every::MonthDay { day } => {
                let day = if *day < 0 { "最后一天".to_owned() } else { format!(" {day} 日") };
                if n == 1 { format!("每月{day}") } else { format!("每 {n} 个月的{day}") }
            }
            Every::MonthWeekday { nth, weekday } => {
                let nth = match nth {
                    -1 => "最后一个".to_owned(),
                    nth => format!("第{}个", ZH[usize::from(nth.unsigned_abs()).clamp(1, 5) - 1]),
                };
                let day = ZH[*weekday as usize];
                if n == 1 {
                    format!("每月{nth}周{day}")
                } else {
                    format!("每 {n} 个月的{nth}周{day}")
                }
            }
            Every::Year { month, day } => format!("{} {month} 月 {day} 日", years_zh(n)),
            Every::LunarYear { month, day } => {
                format!("{}农历{}{}", years_zh(n), lunar::month_name(*month, false), lunar::day_name(*day))
            }
        }
    }

    fn days_en(&self) -> String {
        let n = self.interval;
        let each = |one: &str| if n == 1 { format!("every {one}") } else { format!("every {n} {one}s") };
        match &self.every {
            Every::Day => each("day"),
            Every::Week { weekdays } => {
                let days = runs(weekdays, &EN, "–", ", ");
                if n == 1 { format!("every week on {days}") } else { format!("{} on {days}", each("week")) }
            }
            Every::MonthDay { day } if *day < 0 => format!("{} on the last day", each("month")),
            Every::MonthDay { day } => format!("{} on day {day}", each("month")),
            Every::MonthWeekday { nth, weekday } => {
                let nth = match nth {
                    1 => "1st",
                    2 => "2nd",
                    3 => "3rd",
                    4 => "4th",
                    5 => "5th",
                    _ => "last",
                };
                format!("{} on the {nth} {}", each("month"), EN[*weekday as usize])
            }
            Every::Year { month, day } => {
                let month = MONTHS[usize::from(month.unsigned_abs()).clamp(1, 12) - 1];
                format!("{} on {day} {month}", each("year"))
            }
            Every::LunarYear { month, day } => {
                format!("{} on day {day} of lunar month {month}", each("year"))
            }
        }
    }
}

fn years_zh(n: u16) -> String {
    if n == 1 { "每年".to_owned() } else { format!("每 {n} 年的") }
}

fn pause(pause: &Pause) -> String {
    if pause.from == pause.to {
        pause.from.to_string()
    } else {
        format!("{}–{}", pause.from, same_year(pause.from, pause.to))
    }
}

/// The end of a span, without the year where the beginning has told it.
fn same_year(from: Date, to: Date) -> String {
    if from.year() == to.year() { to.strftime("%m-%d").to_string() } else { to.to_string() }
}

/// Weekdays with three and more in a row as one: 一至周五, Mon–Fri.
fn runs(weekdays: &[Weekday], names: &[&str; 7], to: &str, and: &str) -> String {
    let mut days: Vec<usize> = weekdays.iter().map(|day| *day as usize).collect();
    days.sort_unstable();
    days.dedup();
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < days.len() {
        let mut end = at;
        while end + 1 < days.len() && days[end + 1] == days[end] + 1 {
            end += 1;
        }
        if end - at >= 2 {
            parts.push(format!("{}{to}{}", names[days[at]], names[days[end]]));
        } else {
            parts.extend(days[at..=end].iter().map(|day| names[*day].to_owned()));
        }
        at = end + 1;
    }
    parts.join(and)
}
