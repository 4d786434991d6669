//! Statements in words.

use jiff::civil::Date;
use kernel::Lang;

use super::Stated;
use crate::lunar;

impl Stated {
    /// The statement for people: 2011年3月5日, 5 March 2011; lunar days with their civil day in brackets; ages with
    /// the day on which they were told.
    pub fn display(&self, lang: Lang) -> String {
        lang.chinese(&self.told(lang)).into_owned()
    }

    fn told(&self, lang: Lang) -> String {
        match *self {
            Self::Day { date } => day(date, lang),
            Self::Month { year, month } => match lang {
                Lang::Zh | Lang::Hant => format!("{year}年{month}月"),
                Lang::En => format!("{} {year}", month_en(month)),
            },
            Self::Year { year } => match lang {
                Lang::Zh | Lang::Hant => format!("{year}年"),
                Lang::En => year.to_string(),
            },
            Self::Age { years, on } => match lang {
                Lang::Zh | Lang::Hant => format!("{years}岁（{}）", day(on, lang)),
                Lang::En => format!("{years} years old on {}", day(on, lang)),
            },
            Self::AgeMonths { months, on } => match lang {
                Lang::Zh | Lang::Hant => format!("{months}个月（{}）", day(on, lang)),
                Lang::En if months == 1 => format!("1 month old on {}", day(on, lang)),
                Lang::En => format!("{months} months old on {}", day(on, lang)),
            },
            Self::NominalAge { years, on } => match lang {
                Lang::Zh | Lang::Hant => format!("虚岁{years}（{}）", day(on, lang)),
                Lang::En => format!("{years} by nominal count on {}", day(on, lang)),
            },
            Self::Lunar { year, month, leap, day } => self.lunar_words(year, month, leap, day, lang),
        }
    }

    fn lunar_words(&self, year: i16, month: u8, leap: bool, told: Option<u8>, lang: Lang) -> String {
        let name = lunar::month_name(month, leap);
        let (first, last) = self.bounds();
        match (lang, told) {
            (Lang::Zh | Lang::Hant, Some(told)) => {
                format!("农历{year}年{name}{}（{}）", lunar::day_name(told), day(first, lang))
            }
            (Lang::Zh | Lang::Hant, None) => {
                format!("农历{year}年{name}（{}至{}）", day(first, lang), day(last, lang))
            }
            (Lang::En, Some(told)) => {
                let leap = if leap { "leap " } else { "" };
                format!("{} (lunar: day {told} of {leap}month {month}, {year})", day(first, lang))
            }
            (Lang::En, None) => {
                let leap = if leap { "leap " } else { "" };
                format!("{} to {} (lunar: {leap}month {month}, {year})", day(first, lang), day(last, lang))
            }
        }
    }
}

fn day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh | Lang::Hant => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month_en(date.month()), date.year()),
    }
}

/// The month that an English word names, in full or by its first three letters or more.
pub(crate) fn english_month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|name| name.to_ascii_lowercase().starts_with(&word))?;
    i8::try_from(at + 1).ok()
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_en(month: i8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12).unsigned_abs()) - 1]
}
