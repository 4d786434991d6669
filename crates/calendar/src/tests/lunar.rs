use jiff::civil::date;
use kernel::Lang;
use proptest::prelude::*;

use crate::{
    Festival, LunarDate, Zodiac,
    lunar::{day_name, festival, leap_month, month_days, month_name, new_year},
    numeral::read,
};

/// Computed by three libraries that agree: see tests/data/README.md.
const SPRING: &str = include_str!("../../tests/data/spring_festival_1950_2050.csv");

#[test]
fn every_spring_festival_from_1950_to_2050() {
    let mut seen = 0;
    for line in SPRING.lines().skip(1) {
        let (year, day) = line.split_once(',').expect("two columns");
        let year: i16 = year.parse().expect("a year");
        assert_eq!(new_year(year).expect("in range").to_string(), day.trim());
        seen += 1;
    }
    assert_eq!(seen, 101);
}

#[test]
fn leap_months_and_lengths() {
    assert_eq!(leap_month(2020), Some(4));
    assert_eq!(leap_month(2023), Some(2));
    assert_eq!(leap_month(2025), Some(6));
    assert_eq!(leap_month(2024), None);
    assert_eq!(month_days(2024, 1, true), None);
    assert_eq!(month_days(2024, 13, false), None);
    let leap = LunarDate { year: 2020, month: 4, leap: true, day: 1 };
    assert_eq!(leap.to_civil(), Some(date(2020, 5, 23)));
    assert!(LunarDate { year: 2021, month: 4, leap: true, day: 1 }.to_civil().is_none());
    assert!(LunarDate { year: 1899, month: 1, leap: false, day: 1 }.to_civil().is_none());
    assert!(LunarDate::from_civil(date(1800, 1, 1)).is_none());
}

#[test]
fn festivals_fall_on_their_days() {
    assert_eq!(festival(Festival::MidAutumn, 2024), Some(date(2024, 9, 17)));
    assert_eq!(festival(Festival::DragonBoat, 2024), Some(date(2024, 6, 10)));
    assert_eq!(festival(Festival::Eve, 2023), Some(date(2024, 2, 9)));
    assert_eq!(festival(Festival::Lantern, 2024), Some(date(2024, 2, 24)));
    assert_eq!(festival(Festival::National, 2024), Some(date(2024, 10, 1)));
    assert_eq!(festival(Festival::Laba, 2023), Some(date(2024, 1, 18)));
}

#[test]
fn names_of_months_days_and_animals() {
    assert_eq!(month_name(12, false), "腊月");
    assert_eq!(month_name(4, true), "闰四月");
    for (day, name) in [(1, "初一"), (10, "初十"), (15, "十五"), (20, "二十"), (21, "廿一"), (30, "三十")]
    {
        assert_eq!(day_name(day), name);
    }
    assert_eq!(Zodiac::of_year(2024).name(Lang::Zh), "龙");
    assert_eq!(Zodiac::of_year(1990).name(Lang::En), "horse");
    assert_eq!(Zodiac::from_char('馬'), Some(Zodiac::of_year(2014)));
    assert_eq!(Zodiac::from_char('人'), None);
}

#[test]
fn numerals() {
    for (text, value) in [
        ("三百二十", 320),
        ("三百二", 320),
        ("三百零二", 302),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("廿五", 25),
        ("卅", 30),
        ("二〇一一", 2011),
        ("二零一一", 2011),
        ("两万三", 23_000),
        ("一万二千五百", 12_500),
        ("一万零五十", 10_050),
        ("壹仟贰佰叁拾肆", 1234),
        ("三亿", 300_000_000),
        ("一亿二千万", 120_000_000),
        ("3万", 30_000),
        ("3千5", 3500),
        ("１２", 12),
        ("九", 9),
    ] {
        assert_eq!(read(text), Some(value), "{text}");
    }
    for text in ["", "李娜", "一一十", "三百元", "𠮷", "万万亿亿亿亿亿亿"] {
        assert_eq!(read(text).filter(|v| *v > 0), None, "{text}");
    }
    assert_eq!(read(&"九".repeat(10_000)), None);
}

proptest! {
    #[test]
    fn there_and_back(year in 1901_i16..2100, month in 1_i8..=12, day in 1_i8..=28) {
        let civil = date(year, month, day);
        let lunar = LunarDate::from_civil(civil).expect("in range");
        prop_assert_eq!(lunar.to_civil(), Some(civil));
    }

    #[test]
    fn numerals_never_panic(text in "[〇零一二三九十百千万亿廿卅两初0-9]{0,14}") {
        let _ = read(&text);
    }
}
