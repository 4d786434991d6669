//! The festivals that people here keep: their rule, their days, where the rule is from and how sure it is.
//!
//! The rules stand in `data/festivals.txt`; the days follow from them: of the lunar and civil calendar, of the solar
//! terms, and of the Islamic calendar, whose days are an estimate. A festival whose day is only announced is listed
//! without one rather than with an invented one.

use std::str::FromStr;
use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;

use crate::lunar::{LunarDate, new_year};
use crate::sun;

/// What fixes a festival's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// A day of the civil year.
    Civil(i8, i8),
    /// A day of the Chinese year, in the plain month.
    Lunar(u8, u8),
    /// The last day of the Chinese year.
    LunarLast,
    /// The day on which the sun reaches a longitude in degrees.
    Sun(u16),
    /// 1 Shawwal of the Islamic year.
    Fitr,
    /// 10 Dhu al-Hijja of the Islamic year.
    Adha,
    /// Announced each year.
    Announced,
}

/// A festival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its code.
    pub code: &'static str,
    /// Its names, Chinese and English.
    pub name: (&'static str, &'static str),
    /// The ethnic groups that keep it, by their letters in GB/T 3304; none where it is kept by all.
    pub peoples: Vec<&'static str>,
    /// What fixes its day.
    pub fixed: Fixed,
    /// How many days it is usually kept.
    pub days: u8,
    /// By how many days it may turn out later.
    pub late: u8,
    /// Where the rule is from, Chinese and English.
    pub source: (&'static str, &'static str),
    /// What is uncertain about it.
    pub note: (&'static str, &'static str),
}

/// A festival's turn in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The festival.
    pub festival: &'static Kept,
    /// Its first day.
    pub day: Date,
    /// Its last day as usually kept.
    pub last: Date,
}

/// Years for which days are given.
pub const YEARS: std::ops::RangeInclusive<i16> = 1990..=2050;

/// The first year for which days of the Islamic calendar are given: its tables follow one rule since 1423 AH.
const ISLAMIC_FROM: i16 = 2003;

/// 1 Shawwal and 10 Dhu al-Hijja of each Islamic year from 1423 on, computed by the rule of Umm al-Qura: a month begins on
/// the day after the first evening on which, at Mecca, the conjunction is past at sunset and the moon sets after the sun.
/// (ICU's table of that calendar leaves the rule, and the published days, from 1454 on.)
static ISLAMIC: LazyLock<Vec<(Date, Date)>> =
    LazyLock::new(|| include_str!("../../data/islamic.txt").lines().skip(1).filter_map(islamic).collect());

fn islamic(line: &str) -> Option<(Date, Date)> {
    let (_, days) = line.split_once('|')?;
    let (fitr, adha) = days.split_once('|')?;
    Some((fitr.parse().ok()?, adha.parse().ok()?))
}

static FESTIVALS: LazyLock<Vec<Kept>> =
    LazyLock::new(|| include_str!("../../data/festivals.txt").lines().skip(1).filter_map(read).collect());

/// Every festival.
pub fn all() -> &'static [Kept] {
    &FESTIVALS
}

fn read(line: &'static str) -> Option<Kept> {
    let cells: Vec<&'static str> = line.split('|').collect();
    let [code, zh, en, peoples, rule, days, late, source_zh, source_en, note_zh, note_en] = cells.as_slice()
    else {
        return None;
    };
    Some(Kept {
        code,
        name: (zh, en),
        peoples: peoples.split(' ').filter(|letters| *letters != "*").collect(),
        fixed: rule.parse().ok()?,
        days: days.parse().ok()?,
        late: late.parse().ok()?,
        source: (source_zh, source_en),
        note: (note_zh, note_en),
    })
}

impl FromStr for Fixed {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, day) = text.split_once(':').unwrap_or((text, ""));
        let (month, number) = day.split_once('-').unwrap_or((day, ""));
        let of = |text: &str| text.parse::<u8>().map_err(|_| ());
        let small = |text: &str| text.parse::<i8>().map_err(|_| ());
        match (kind, number) {
            ("civil", _) => Ok(Self::Civil(small(month)?, small(number)?)),
            ("lunar", "last") => Ok(Self::LunarLast),
            ("lunar", _) => Ok(Self::Lunar(of(month)?, of(number)?)),
            ("islamic", _) if day == "10-1" => Ok(Self::Fitr),
            ("islamic", _) if day == "12-10" => Ok(Self::Adha),
            ("term", _) => month.parse().map(Self::Sun).map_err(|_| ()),
            ("announced", _) => Ok(Self::Announced),
            _ => Err(()),
        }
    }
}

impl Kept {
    /// Its first days that fall into a civil year: mostly one; of the Islamic calendar and of the last lunar month there can
    /// be none or two.
    pub fn days_in(&self, year: i16) -> Vec<Date> {
        if !YEARS.contains(&year) {
            return Vec::new();
        }
        let found: Vec<Option<Date>> = match self.fixed {
            Fixed::Civil(month, day) => vec![Date::new(year, month, day).ok()],
            Fixed::Lunar(month, day) => {
                let of = |year: i16| LunarDate { year, month, leap: false, day }.to_civil();
                vec![of(year - 1), of(year)]
            }
            Fixed::LunarLast => {
                let eve = |year: i16| new_year(year).and_then(|first| first.yesterday().ok());
                vec![eve(year), eve(year + 1)]
            }
            Fixed::Sun(degrees) => vec![sun::day_of_longitude(year, degrees)],
            // Before, the rule of the tables was another one, and published days differ.
            Fixed::Fitr | Fixed::Adha if year < ISLAMIC_FROM => Vec::new(),
            Fixed::Fitr => ISLAMIC.iter().map(|of| Some(of.0)).collect(),
            Fixed::Adha => ISLAMIC.iter().map(|of| Some(of.1)).collect(),
            Fixed::Announced => Vec::new(),
        };
        let mut days: Vec<Date> = found.into_iter().flatten().filter(|day| day.year() == year).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// The festivals that begin between two days, in order of their day.
pub fn between(from: Date, to: Date) -> Vec<Turn> {
    let years = from.year().max(*YEARS.start())..=to.year().min(*YEARS.end());
    let mut turns: Vec<Turn> = years
        .flat_map(|year| {
            all().iter().flat_map(move |festival| {
                festival.days_in(year).into_iter().map(move |day| {
                    let last = day.saturating_add(Span::new().days(i64::from(festival.days.max(1)) - 1));
                    Turn { festival, day, last }
                })
            })
        })
        .filter(|turn| (from..=to).contains(&turn.day))
        .collect();
    turns.sort_by_key(|turn| turn.day);
    turns
}

/// The festivals whose day is announced each year and not known here.
pub fn announced() -> impl Iterator<Item = &'static Kept> {
    all().iter().filter(|festival| festival.fixed == Fixed::Announced)
}
