//! The Chinese calendar: conversion, festivals, zodiac.
//!
//! Conversion is `icu_calendar`'s traditional Chinese calendar (GB/T 33661-2017 and the published almanac data).
//! Years outside [`YEARS`] are refused, because the tables beyond are approximations.

use std::ops::RangeInclusive;

use icu_calendar::{
    Date as IcuDate,
    cal::{ChineseTraditional, Gregorian},
    types::{Month, YearInput},
};
use jiff::civil::Date;
use kernel::Lang;

/// Lunar years that are converted.
pub const YEARS: RangeInclusive<i16> = 1900..=2100;

/// A day of the Chinese calendar. The year is the civil year in which its first month begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    /// Civil year in which this lunar year begins.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Whether it is the leap month that follows `month`.
    pub leap: bool,
    /// Day, 1 to 30.
    pub day: u8,
}

impl LunarDate {
    /// The lunar day of a civil date; `None` outside [`YEARS`].
    pub fn from_civil(date: Date) -> Option<Self> {
        let civil = IcuDate::try_new_gregorian(
            i32::from(date.year()),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        )
        .ok()?;
        let lunar = civil.to_calendar(ChineseTraditional::new());
        let year = i16::try_from(lunar.year().extended_year()).ok()?;
        let month = lunar.month().to_input();
        let day = lunar.day_of_month().0;
        YEARS.contains(&year).then_some(Self { year, month: month.number(), leap: month.is_leap(), day })
    }

    /// The civil date of this lunar day; `None` when there is no such day.
    pub fn to_civil(self) -> Option<Date> {
        let lunar = self.icu()?;
        let civil = lunar.to_calendar(Gregorian);
        let year = i16::try_from(civil.year().extended_year()).ok()?;
        Date::new(
            year,
            i8::try_from(civil.month().number()).ok()?,
            i8::try_from(civil.day_of_month().0).ok()?,
        )
        .ok()
    }

    fn icu(self) -> Option<IcuDate<ChineseTraditional>> {
        if !YEARS.contains(&self.year) || !(1..=12).contains(&self.month) {
            return None;
        }
        let month = if self.leap { Month::leap(self.month) } else { Month::new(self.month) };
        let year = YearInput::Extended(i32::from(self.year));
        IcuDate::try_new(year, month, self.day, ChineseTraditional::new()).ok()
    }
}

/// Days of a lunar month, 29 or 30; `None` when the year has no such month.
pub fn month_days(year: i16, month: u8, leap: bool) -> Option<u8> {
    LunarDate { year, month, leap, day: 1 }.icu().map(|d| d.days_in_month())
}

/// The month after which this lunar year has its leap month.
pub fn leap_month(year: i16) -> Option<u8> {
    (1..=12).find(|month| month_days(year, *month, true).is_some())
}

/// The Spring Festival: the first day of a lunar year.
pub fn new_year(year: i16) -> Option<Date> {
    LunarDate { year, month: 1, leap: false, day: 1 }.to_civil()
}

/// Festivals by which people tell dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Festival {
    /// 元旦, 1 January.
    NewYearsDay,
    /// 春节.
    Spring,
    /// 元宵.
    Lantern,
    /// 劳动节, 1 May.
    Labour,
    /// 儿童节, 1 June.
    Children,
    /// 端午.
    DragonBoat,
    /// 七夕.
    Qixi,
    /// 中元.
    Ghost,
    /// 中秋.
    MidAutumn,
    /// 国庆, 1 October.
    National,
    /// 重阳.
    DoubleNinth,
    /// 腊八.
    Laba,
    /// 小年, told here by the northern day (腊月二十三).
    LittleYear,
    /// 除夕.
    Eve,
}

/// Where a festival stands: in the civil or in the lunar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Month and day of the civil year.
    Civil(i8, i8),
    /// Month and day of the lunar year.
    Lunar(u8, u8),
    /// The last day of the lunar year.
    LastDay,
}

/// Names and days of the festivals. Longer names stand before those they contain.
pub const FESTIVALS: &[(&str, Festival, Standing)] = &[
    ("元宵", Festival::Lantern, Standing::Lunar(1, 15)),
    ("元旦", Festival::NewYearsDay, Standing::Civil(1, 1)),
    ("大年初一", Festival::Spring, Standing::Lunar(1, 1)),
    ("春节", Festival::Spring, Standing::Lunar(1, 1)),
    ("过年", Festival::Spring, Standing::Lunar(1, 1)),
    ("劳动节", Festival::Labour, Standing::Civil(5, 1)),
    ("五一", Festival::Labour, Standing::Civil(5, 1)),
    ("儿童节", Festival::Children, Standing::Civil(6, 1)),
    ("六一", Festival::Children, Standing::Civil(6, 1)),
    ("端午", Festival::DragonBoat, Standing::Lunar(5, 5)),
    ("七夕", Festival::Qixi, Standing::Lunar(7, 7)),
    ("中元", Festival::Ghost, Standing::Lunar(7, 15)),
    ("中秋", Festival::MidAutumn, Standing::Lunar(8, 15)),
    ("国庆", Festival::National, Standing::Civil(10, 1)),
    ("重阳", Festival::DoubleNinth, Standing::Lunar(9, 9)),
    ("腊八", Festival::Laba, Standing::Lunar(12, 8)),
    ("小年", Festival::LittleYear, Standing::Lunar(12, 23)),
    ("除夕", Festival::Eve, Standing::LastDay),
    ("年三十", Festival::Eve, Standing::LastDay),
];

/// The lunar day of a festival in a year; `None` for those of the civil year.
pub fn lunar_day_of(standing: Standing, year: i16) -> Option<LunarDate> {
    match standing {
        Standing::Civil(..) => None,
        Standing::Lunar(month, day) => Some(LunarDate { year, month, leap: false, day }),
        Standing::LastDay => {
            let eve = new_year(year.checked_add(1)?)?.yesterday().ok()?;
            LunarDate::from_civil(eve)
        }
    }
}

/// The civil date of a festival. For 除夕 and the twelfth month `year` is the lunar year, so the date may fall in
/// the next civil year.
pub fn festival(festival: Festival, year: i16) -> Option<Date> {
    let standing = FESTIVALS.iter().find(|row| row.1 == festival)?.2;
    match standing {
        Standing::Civil(month, day) => Date::new(year, month, day).ok(),
        lunar => lunar_day_of(lunar, year)?.to_civil(),
    }
}

/// The animal of a lunar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zodiac(u8);

const ANIMALS: [(char, &str); 12] = [
    ('鼠', "rat"),
    ('牛', "ox"),
    ('虎', "tiger"),
    ('兔', "rabbit"),
    ('龙', "dragon"),
    ('蛇', "snake"),
    ('马', "horse"),
    ('羊', "goat"),
    ('猴', "monkey"),
    ('鸡', "rooster"),
    ('狗', "dog"),
    ('猪', "pig"),
];

impl Zodiac {
    /// The animal of a lunar year (2024: dragon).
    pub fn of_year(lunar_year: i16) -> Self {
        Self(u8::try_from((i32::from(lunar_year) - 4).rem_euclid(12)).unwrap_or(0))
    }

    /// The animal named by a character, as in 属马. Everyday and traditional spellings are read.
    pub fn from_char(ch: char) -> Option<Self> {
        let plain = match ch {
            '龍' => '龙',
            '馬' => '马',
            '雞' => '鸡',
            '豬' => '猪',
            '犬' => '狗',
            other => other,
        };
        let at = ANIMALS.iter().position(|row| row.0 == plain)?;
        u8::try_from(at).ok().map(Self)
    }

    /// The animal's name.
    pub fn name(self, lang: Lang) -> String {
        let row = ANIMALS[usize::from(self.0) % 12];
        match lang {
            Lang::En => row.1.to_owned(),
            _ => lang.chinese(&row.0.to_string()).into_owned(),
        }
    }
}

/// A lunar month's name: 正月, 冬月, 腊月, 闰四月.
pub fn month_name(month: u8, leap: bool) -> String {
    const NAMES: [&str; 12] =
        ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
    let name = NAMES[usize::from(month.clamp(1, 12)) - 1];
    if leap { format!("闰{name}") } else { name.to_owned() }
}

/// A lunar day's name: 初八, 十五, 廿三, 三十.
pub fn day_name(day: u8) -> String {
    const ONES: [&str; 10] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let one = ONES[usize::from(day % 10)];
    match day {
        1..=10 => format!("初{one}"),
        11..=19 => format!("十{one}"),
        20 => "二十".to_owned(),
        30 => "三十".to_owned(),
        _ => format!("廿{one}"),
    }
}
