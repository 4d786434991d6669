//! Spellings of dates as they stand in registers.

use jiff::civil::date;
use proptest::prelude::*;

use crate::{Context, Issue, Kind, Parsed, Raw, Stated, parse};

fn codes(parsed: &Parsed) -> String {
    parsed.issues.iter().map(|issue| issue.code()).collect::<Vec<_>>().join(" ")
}

/// Reads against 15 March 2024.
fn on(kind: Kind) -> Context {
    Context::new(kind, date(2024, 3, 15))
}

fn check(kind: Kind, rows: &[(&str, &str, &str)]) {
    for (text, iso, issues) in rows {
        let parsed = parse(Raw::Text(text), &on(kind));
        assert_eq!((parsed.iso.as_deref().unwrap_or(""), codes(&parsed).as_str()), (*iso, *issues), "{text}");
    }
}

#[test]
fn days() {
    check(
        Kind::Birth,
        &[
            ("2011.3.5", "2011-03-05", "date_text"),
            ("2011-3-5", "2011-03-05", "date_text"),
            ("2011/03/05", "2011-03-05", "date_text"),
            ("2011、3、5", "2011-03-05", "date_text"),
            ("2011，3，5", "2011-03-05", "date_text"),
            ("2011。3。5。", "2011-03-05", "date_text"),
            ("2011 3 5", "2011-03-05", "date_text"),
            ("2011—3—5", "2011-03-05", "date_text"),
            ("2011年3月5日", "2011-03-05", "date_text"),
            ("2011年3月5", "2011-03-05", "date_text"),
            ("2011年03月05号", "2011-03-05", "date_text"),
            ("2011年3月5号", "2011-03-05", "date_text"),
            (" 2011 年 3 月 5 日 ", "2011-03-05", "date_text"),
            ("2011年3.5", "2011-03-05", "date_text"),
            ("2011.3月5日", "2011-03-05", "date_text"),
            ("20110305", "2011-03-05", "date_text"),
            ("2011-03-05 00:00:00", "2011-03-05", "date_text"),
            ("2011-03-05T08:30", "2011-03-05", "date_text"),
            ("2O11.3.5", "2011-03-05", "date_text"),
            ("生于2011.3.5", "2011-03-05", "date_text"),
            ("2011.3.5生", "2011-03-05", "date_text"),
            ("2011.3.5（阳历）", "2011-03-05", "date_text"),
            ("公历2011年3月5日", "2011-03-05", "date_text"),
            ("11.3.5", "2011-03-05", "date_two_digit_year"),
            ("82-12-9", "1982-12-09", "date_two_digit_year"),
            ("08年11月3日", "2008-11-03", "date_two_digit_year"),
            ("850612", "1985-06-12", "date_two_digit_year"),
            ("'93.4.1", "1993-04-01", "date_two_digit_year"),
            ("２０１１．３．５", "2011-03-05", "date_full_width"),
            ("二〇一一年三月五日", "2011-03-05", "date_chinese"),
            ("二零一一年十二月二十五日", "2011-12-25", "date_chinese"),
            ("42677", "2016-11-03", "date_serial"),
            ("25/12/2011", "2011-12-25", "date_text"),
            ("12/25/2011", "2011-12-25", "date_text"),
            ("3/5/2011", "2011", "date_ambiguous_order date_partial"),
            ("3/5/11", "2011-03-05", "date_two_digit_year"),
            ("5-Mar-11", "2011-03-05", "date_two_digit_year"),
            ("March 5, 2011", "2011-03-05", "date_text"),
        ],
    );
}

#[test]
fn months_and_years() {
    check(
        Kind::Birth,
        &[
            ("2011.3", "2011-03", "date_text date_partial"),
            ("2011.03", "2011-03", "date_text date_partial"),
            ("2011.10", "2011-10", "date_text date_partial"),
            ("2011年3月", "2011-03", "date_text date_partial"),
            ("2011年3月份", "2011-03", "date_text date_partial"),
            ("2011-03", "2011-03", "date_text date_partial"),
            ("2011-3", "2011-03", "date_text date_partial"),
            ("2011/3", "2011-03", "date_text date_partial"),
            ("2011年属兔", "2011", "date_partial"),
            ("2011年，属兔", "2011", "date_partial"),
            ("201103", "2011-03", "date_text date_partial"),
            ("2011.3.0", "2011-03", "date_text date_partial"),
            ("20110300", "2011-03", "date_text date_partial"),
            ("3/2011", "2011-03", "date_text date_partial"),
            ("11年3月", "2011-03", "date_two_digit_year date_partial"),
            ("15.6", "2015-06", "date_two_digit_year date_partial"),
            ("二〇一一年三月", "2011-03", "date_chinese date_partial"),
            ("２０１１年３月", "2011-03", "date_full_width date_partial"),
            ("2011", "2011", "date_partial"),
            ("2011年", "2011", "date_partial"),
            ("二〇一一年", "2011", "date_chinese date_partial"),
            ("11年", "2011", "date_two_digit_year date_partial"),
            ("九三年", "1993", "date_two_digit_year date_chinese date_partial"),
            ("2011年左右", "2011", "date_partial"),
            ("大概2011年3月", "2011", "date_text date_partial"),
            ("2014年属马", "2014", "date_partial"),
            ("2011年底", "2011", "date_partial"),
            ("2011年上半年", "2011", "date_partial"),
            ("2011年3月初", "2011-03", "date_text date_partial"),
            ("Mar 2011", "2011-03", "date_text date_partial"),
        ],
    );
}

#[test]
fn lunar_days() {
    check(
        Kind::Birth,
        &[
            ("农历1978.11.15", "1978-12-14", "date_lunar"),
            ("阴历2020年五月初七", "2020-06-27", "date_lunar"),
            ("1982年冬月十三", "1982-12-27", "date_lunar"),
            ("农历2013.12.15", "2014-01-15", "date_lunar"),
            ("2013.12.15（农历）", "2014-01-15", "date_lunar"),
            ("2019年二月十九", "2019-03-25", "date_lunar"),
            ("2020年闰四月初一", "2020-05-23", "date_lunar"),
            ("2011年腊月二十三", "2012-01-16", "date_lunar"),
            ("2011年正月初八", "2011-02-10", "date_lunar"),
            ("二〇一一年正月初八", "2011-02-10", "date_lunar"),
            ("2011正月初八", "2011-02-10", "date_lunar"),
            ("農曆2011年3月5日", "2011-04-07", "date_lunar"),
            ("93年腊月廿三", "1994-02-03", "date_two_digit_year date_lunar"),
            ("农历2011年3月", "2011", "date_lunar date_partial"),
            ("2011年中秋节", "2011-09-12", "date_lunar"),
            ("2011年除夕", "2012-01-22", "date_lunar"),
            ("正月初八", "", "date_lunar date_no_year"),
            ("三月初三", "", "date_lunar date_no_year"),
            ("腊月二十三", "", "date_lunar date_no_year"),
            ("腊月廿三", "", "date_lunar date_no_year"),
            ("冬月卅", "", "date_lunar date_no_year"),
            ("中秋", "", "date_lunar date_no_year"),
            ("2021年闰四月初一", "", "date_impossible"),
            ("农历2011.2.31", "", "date_impossible"),
        ],
    );
}

#[test]
fn nothing_certain() {
    check(
        Kind::Birth,
        &[
            ("", "", ""),
            ("   ", "", ""),
            ("不详", "", ""),
            ("—", "", ""),
            ("记不清", "", "date_unreadable"),
            ("90后", "", "date_unreadable"),
            ("属马", "", "date_no_year"),
            ("属兔", "", "date_no_year"),
            ("属兔的", "", "date_no_year"),
            ("兔", "", "date_no_year"),
            ("3月5日", "", "date_no_year"),
            ("2020年2月31日", "", "date_impossible"),
            ("2月30日", "", "date_impossible"),
            ("2023-2-29", "", "date_impossible"),
            ("2008.13.18", "", "date_impossible"),
            ("20080230", "", "date_impossible"),
            ("2025.4.24", "", "date_future"),
            ("2024.4", "", "date_future"),
            ("李娜", "", "date_unreadable"),
            ("𠮷", "", "date_unreadable"),
            ("<script>2011</script>", "", "date_unreadable"),
            ("2011'; drop table people;--", "", "date_unreadable"),
            ("2011-2012", "", "date_unreadable"),
            ("1011.3.5", "", "date_impossible"),
        ],
    );
    let long = parse(Raw::Text(&"2011".repeat(2500)), &on(Kind::Birth));
    assert_eq!(long.issues, [Issue::DateUnreadable]);
}

#[test]
fn told_from_another_day() {
    check(
        Kind::Event,
        &[
            ("去年3月", "2023-03", "date_relative date_partial"),
            ("去年3月来的", "2023-03", "date_relative date_partial"),
            ("去年3月5日", "2023-03-05", "date_relative"),
            ("去年正月初八", "2023-01-29", "date_lunar date_relative"),
            ("前年", "2022", "date_relative date_partial"),
            ("大前年", "2021", "date_relative date_partial"),
            ("今年", "2024", "date_relative date_partial"),
            ("去年春天", "2023", "date_relative date_partial"),
            ("去年年底", "2023", "date_relative date_partial"),
            ("去年春节后", "2023", "date_lunar date_relative date_partial"),
            ("上个月", "2024-02", "date_relative date_partial"),
            ("上个月5号", "2024-02-05", "date_relative"),
            ("昨天", "2024-03-14", "date_relative"),
            ("三年前", "2021", "date_relative date_partial"),
            ("来了5年", "2019", "date_relative date_partial"),
            ("2年多了", "2022", "date_relative date_partial"),
            ("3个月前", "2023-12", "date_relative date_partial"),
            ("半年前", "2023-09", "date_relative date_partial"),
            ("在本地出生", "", "date_relative"),
            ("刚来", "", "date_unreadable"),
            ("好多年了", "", "date_unreadable"),
            ("记不清", "", "date_unreadable"),
            ("22年", "2022", "date_two_digit_year date_partial"),
            ("19年10月", "2019-10", "date_two_digit_year date_partial"),
            ("2011年国庆", "2011-10-01", "date_text"),
            ("今年12月", "", "date_future"),
            ("8岁", "", "age_not_date"),
            ("5年", "", "date_unreadable"),
            ("2011年以前", "", "date_unreadable"),
        ],
    );
    let timeless = parse(Raw::Text("去年3月"), &Context::default());
    assert_eq!((timeless.value.is_none(), timeless.issues), (true, vec![Issue::DateRelative]));
}

#[test]
fn ages() {
    let day = date(2024, 3, 15);
    let years = |years| Stated::Age { years, on: day };
    let months = |months| Stated::AgeMonths { months, on: day };
    let nominal = |years| Stated::NominalAge { years, on: day };
    for (text, value, issues) in [
        ("8岁", years(8), "age_not_date"),
        ("8", years(8), "age_not_date"),
        ("１３岁", years(13), "age_not_date"),
        ("周岁8", years(8), "age_not_date"),
        ("8周岁", years(8), "age_not_date"),
        ("今年8岁", years(8), "age_not_date"),
        ("八岁", years(8), "age_not_date"),
        ("八岁半", years(8), "age_not_date"),
        ("属兔 13岁", years(13), "age_not_date"),
        ("十三岁", years(13), "age_not_date"),
        ("8岁半", years(8), "age_not_date"),
        ("8岁多", years(8), "age_not_date"),
        ("快8岁了", years(7), "age_not_date"),
        ("虚岁9", nominal(9), "age_not_date age_nominal"),
        ("虚岁9岁", nominal(9), "age_not_date age_nominal"),
        ("虚9岁", nominal(9), "age_not_date age_nominal"),
        ("6个月", months(6), "age_not_date"),
        ("五个月大", months(5), "age_not_date"),
        ("6个半月", months(6), "age_not_date"),
        ("8月龄", months(8), "age_not_date"),
        ("1岁3个月", months(15), "age_not_date"),
        ("一岁零三个月", months(15), "age_not_date"),
        ("半岁", months(6), "age_not_date"),
        ("满月", months(1), "age_not_date"),
        ("20天", months(0), "age_not_date"),
    ] {
        let parsed = parse(Raw::Text(text), &on(Kind::Birth));
        assert!(parsed.value == Some(value), "{text}");
        assert_eq!(codes(&parsed), issues, "{text}");
        assert_eq!(parsed.iso, None);
    }
    let column = parse(Raw::Text("38岁"), &on(Kind::Age));
    assert!(column.value == Some(years(38)) && column.issues.is_empty());
    let undated = parse(Raw::Text("8岁"), &Context { kind: Kind::Birth, ..Context::default() });
    assert_eq!((undated.value.is_none(), codes(&undated).as_str()), (true, "age_not_date age_undated"));
    assert!(parse(Raw::Text("999岁"), &on(Kind::Birth)).value.is_none());
}

#[test]
fn number_and_date_cells() {
    let read = |number| parse(Raw::Number(number), &on(Kind::Birth));
    for (number, iso, issues) in [
        (2011.0, "2011", "date_partial"),
        (2011.3, "2011-03", "date_text date_partial"),
        (2011.12, "2011-12", "date_text date_partial"),
        (2011.03, "2011-03", "date_text date_partial"),
        (2022.1, "2022", "date_ambiguous_decimal date_partial"),
        (2011.13, "", "date_impossible"),
        (20_110_305.0, "2011-03-05", "date_text"),
        (20_110_230.0, "", "date_impossible"),
        (201_103.0, "2011-03", "date_text date_partial"),
        (42_677.0, "2016-11-03", "date_serial"),
        (42_677.75, "2016-11-03", "date_serial"),
        (f64::NAN, "", "date_unreadable"),
        (-5.0, "", "date_unreadable"),
        (1e300, "", "date_unreadable"),
    ] {
        let parsed = read(number);
        assert_eq!((parsed.iso.as_deref().unwrap_or(""), codes(&parsed).as_str()), (iso, issues), "{number}");
    }
    assert!(matches!(read(4.0).value, Some(Stated::Age { years: 4, .. })));
    let old = Context { epoch_1904: true, ..on(Kind::Birth) };
    assert_eq!(parse(Raw::Number(41_215.0), &old).iso.as_deref(), Some("2016-11-03"));
    let cell = |day| parse(Raw::Date(day), &on(Kind::Birth));
    assert_eq!(cell(date(2016, 11, 3)).iso.as_deref(), Some("2016-11-03"));
    assert_eq!(cell(date(2025, 1, 1)).issues, [Issue::DateFuture]);
    // A bare 2011 and a bare 8 in cells that were formatted as dates.
    assert_eq!(cell(date(1905, 7, 3)).iso.as_deref(), Some("2011"));
    assert!(matches!(cell(date(1900, 1, 8)).value, Some(Stated::Age { years: 8, .. })));
}

#[test]
fn the_sheet_gives_year_and_month() {
    let context =
        Context { year: Some(2024), month: Some(3), ..Context::new(Kind::Event, date(2024, 12, 31)) };
    for (text, iso, issues) in [
        ("1.4", "2024-01-04", "date_no_year"),
        ("10.16", "2024-10-16", "date_no_year"),
        ("1月16日", "2024-01-16", "date_no_year"),
        ("19日", "2024-03-19", "date_no_year"),
        ("正月初八", "2024-02-17", "date_lunar date_no_year"),
        ("中秋", "2024-09-17", "date_lunar date_no_year"),
        ("2.30", "", "date_impossible"),
        ("11.32", "", "date_impossible"),
        ("0.5", "", "date_impossible"),
    ] {
        let parsed = parse(Raw::Text(text), &context);
        assert_eq!((parsed.iso.as_deref().unwrap_or(""), codes(&parsed).as_str()), (iso, issues), "{text}");
    }
    let due = parse(Raw::Text("30.5.1"), &on(Kind::Due));
    assert_eq!(due.iso.as_deref(), Some("2030-05-01"));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        for kind in [Kind::Birth, Kind::Event, Kind::Due, Kind::Age] {
            let parsed = parse(Raw::Text(&text), &on(kind));
            prop_assert!(parsed.value.is_some() || parsed.iso.is_none());
        }
    }

    #[test]
    fn pieces_of_dates_are_answered(text in "[0-9２年月日号岁虚周闰正腊冬初廿十一二三〇.\\-/ 去前后大来半个属马农历约底春节]{0,14}") {
        let _ = parse(Raw::Text(&text), &on(Kind::Birth));
        let _ = parse(Raw::Text(&text), &Context::default());
    }

    #[test]
    fn every_form_of_a_day_is_that_day(year in 1930_i16..2024, month in 1_i8..=12, day in 1_i8..=28) {
        let want = date(year, month, day);
        let iso = want.to_string();
        for text in [
            format!("{year}.{month}.{day}"),
            format!("{year}/{month:02}/{day:02}"),
            format!("{year}年{month}月{day}日"),
            format!("{year}{month:02}{day:02}"),
            format!("{:02}-{month}-{day}", year % 100),
        ] {
            let parsed = parse(Raw::Text(&text), &on(Kind::Birth));
            prop_assert_eq!(parsed.iso.as_deref(), Some(iso.as_str()), "{}", text);
        }
    }
}
