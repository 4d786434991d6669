use jiff::civil::date;
use kernel::Lang;
use proptest::prelude::*;

use crate::{AgeRange, Agreement, Stated, stated::OLDEST};

fn day(y: i16, m: i8, d: i8) -> Stated {
    Stated::Day { date: date(y, m, d) }
}

#[test]
fn bounds_follow_from_what_was_told() {
    let on = date(2024, 3, 15);
    for (stated, first, last) in [
        (Stated::Month { year: 2024, month: 2 }, date(2024, 2, 1), date(2024, 2, 29)),
        (Stated::Year { year: 2011 }, date(2011, 1, 1), date(2011, 12, 31)),
        (Stated::Age { years: 8, on }, date(2015, 3, 16), date(2016, 3, 15)),
        (Stated::AgeMonths { months: 6, on }, date(2023, 8, 16), date(2023, 9, 15)),
        (Stated::NominalAge { years: 9, on }, date(2016, 2, 8), date(2017, 1, 27)),
        (Stated::NominalAge { years: 1, on }, date(2024, 2, 10), on),
        (
            Stated::Lunar { year: 2011, month: 1, leap: false, day: Some(8) },
            date(2011, 2, 10),
            date(2011, 2, 10),
        ),
        (Stated::Lunar { year: 2020, month: 4, leap: true, day: None }, date(2020, 5, 23), date(2020, 6, 20)),
    ] {
        assert_eq!(stated.bounds(), (first, last), "{stated:?}");
    }
}

#[test]
fn ages_on_a_day() {
    let on = date(2024, 3, 15);
    assert_eq!(day(2016, 3, 15).age_on(on), Some(AgeRange { least: 8, most: 8 }));
    assert_eq!(day(2016, 3, 16).age_on(on), Some(AgeRange { least: 7, most: 7 }));
    assert_eq!(Stated::Year { year: 2010 }.age_on(on), Some(AgeRange { least: 13, most: 14 }));
    assert_eq!(Stated::Year { year: 2024 }.age_on(on), Some(AgeRange { least: 0, most: 0 }));
    assert_eq!(Stated::Year { year: 2025 }.age_on(on), None);
    assert_eq!(day(2000, 2, 29).age_on(date(2018, 2, 28)).and_then(AgeRange::exact), Some(17));
    assert_eq!(day(2000, 2, 29).age_on(date(2018, 3, 1)).and_then(AgeRange::exact), Some(18));
    let teen = Stated::Year { year: 2010 }.age_on(on).expect("born");
    assert_eq!((teen.under(14), teen.under(15), teen.under(13)), (None, Some(true), Some(false)));
}

#[test]
fn agreement_of_two_statements() {
    let eight = Stated::Age { years: 8, on: date(2024, 3, 15) };
    assert_eq!(day(2016, 1, 1).compatible(&day(2016, 1, 1)), Agreement::Same);
    assert_eq!(day(2016, 1, 1).compatible(&Stated::Year { year: 2016 }), Agreement::Compatible);
    assert_eq!(eight.compatible(&day(2016, 1, 1)), Agreement::Compatible);
    assert_eq!(day(2016, 3, 5).compatible(&day(2016, 5, 3)), Agreement::Swap);
    assert_eq!(day(2016, 3, 5).compatible(&day(2016, 3, 9)), Agreement::Off(4));
    assert_eq!(Stated::Year { year: 2014 }.compatible(&Stated::Year { year: 2016 }), Agreement::Off(366));
    let lunar = Stated::Lunar { year: 2016, month: 3, leap: false, day: Some(5) };
    assert_eq!(lunar.compatible(&day(2016, 3, 5)), Agreement::LunarAsCivil);
    assert_eq!(day(2016, 4, 11).compatible(&day(2016, 3, 5)), Agreement::LunarAsCivil);
    assert!(Agreement::Compatible.holds() && !Agreement::Swap.holds());
}

#[test]
fn words_in_both_languages() {
    let on = date(2024, 3, 15);
    for (stated, zh, en) in [
        (day(2011, 3, 5), "2011年3月5日", "5 March 2011"),
        (Stated::Month { year: 2011, month: 3 }, "2011年3月", "March 2011"),
        (Stated::Year { year: 2011 }, "2011年", "2011"),
        (Stated::Age { years: 8, on }, "8岁（2024年3月15日）", "8 years old on 15 March 2024"),
        (
            Stated::NominalAge { years: 9, on },
            "虚岁9（2024年3月15日）",
            "9 by nominal count on 15 March 2024",
        ),
        (
            Stated::Lunar { year: 2011, month: 12, leap: false, day: Some(23) },
            "农历2011年腊月廿三（2012年1月16日）",
            "16 January 2012 (lunar: day 23 of month 12, 2011)",
        ),
    ] {
        assert_eq!((stated.display(Lang::Zh).as_str(), stated.display(Lang::En).as_str()), (zh, en));
    }
}

#[test]
fn json_keeps_what_was_told_and_refuses_nonsense() {
    let lunar = Stated::Lunar { year: 2020, month: 4, leap: true, day: Some(1) };
    let json = serde_json::to_string(&lunar).expect("json");
    assert_eq!(json, r#"{"precision":"lunar","year":2020,"month":4,"leap":true,"day":1}"#);
    assert!(serde_json::from_str::<Stated>(&json).expect("reads") == lunar);
    let told = r#"{"precision":"day","date":"2011-03-05"}"#;
    assert!(serde_json::from_str::<Stated>(told).expect("reads") == day(2011, 3, 5));
    for bad in [
        r#"{"precision":"day","date":"2011-02-30"}"#,
        r#"{"precision":"month","year":2011,"month":13}"#,
        r#"{"precision":"lunar","year":2021,"month":4,"leap":true,"day":1}"#,
        r#"{"precision":"lunar","year":30000,"month":4}"#,
        r#"{"precision":"age","years":999,"on":"2024-03-15"}"#,
        r#"{"precision":"nominal_age","years":0,"on":"2024-03-15"}"#,
        r#"{"precision":"decade","year":2011}"#,
    ] {
        assert!(serde_json::from_str::<Stated>(bad).is_err(), "{bad}");
    }
    assert_eq!(format!("{:?}", day(2011, 3, 5)), "Stated(day)");
}

proptest! {
    #[test]
    fn an_age_agrees_with_its_bounds(years in 0_u16..=OLDEST, days in 0_i64..60_000) {
        let on = date(1930, 1, 1).checked_add(jiff::Span::new().days(days)).expect("in range");
        let stated = Stated::Age { years, on };
        prop_assert_eq!(stated.age_on(on), Some(AgeRange { least: years, most: years }));
        let (first, last) = stated.bounds();
        prop_assert!(first <= last);
        let older = Stated::Day { date: first.yesterday().expect("in range") };
        prop_assert_eq!(older.age_on(on).and_then(AgeRange::exact), Some(years + 1));
    }

    #[test]
    fn agreement_is_symmetric(a in 0_i64..4000, b in 0_i64..4000) {
        let at = |n| Stated::Day { date: date(2005, 1, 1).checked_add(jiff::Span::new().days(n)).expect("in range") };
        prop_assert_eq!(at(a).compatible(&at(b)), at(b).compatible(&at(a)));
    }
}
