use jiff::civil::{Date, date};
use kernel::Lang;

use crate::lunar::{LunarDate, leap_month};
use crate::rule::{AHEAD_DAYS, MOST};
use crate::{Every, Pause, Rule, RuleFault, Weekday};

/// Computed by another library: see tests/data/README.md.
const ORACLE: &str = include_str!("../../tests/data/recurrences.tsv");

fn weekdays(weekdays: &[Weekday]) -> Every {
    Every::Week { weekdays: weekdays.to_vec() }
}

fn rule(every: Every, from: Date) -> Rule {
    Rule { every, from, ..Rule::default() }
}

const SCHOOL: [Weekday; 5] = [Weekday::Mo, Weekday::Tu, Weekday::We, Weekday::Th, Weekday::Fr];

#[test]
fn three_hundred_rules_agree_with_another_library() {
    let mut seen = 0;
    for line in ORACLE.lines() {
        let (text, days) = line.split_once('\t').expect("two columns");
        let rule: Rule = serde_json::from_str(text).expect("a rule");
        let expected: Vec<&str> = days.split(',').filter(|day| !day.is_empty()).collect();
        let last = date(2100, 12, 31);
        let found: Vec<String> =
            rule.all().take_while(|day| *day <= last).take(12).map(|day| day.to_string()).collect();
        assert_eq!(found, expected, "{text}");
        seen += 1;
    }
    assert_eq!(seen, 300);
}

#[test]
fn a_term_of_weekdays_without_the_holidays() {
    let mut term = rule(weekdays(&SCHOOL), date(2026, 9, 1));
    term.until = Some(date(2027, 1, 15));
    let whole = term.all().count();
    let holiday = Pause { from: date(2026, 10, 1), to: date(2026, 10, 7), words: "国庆".into() };
    term.pauses = vec![holiday];
    assert_eq!(term.check(), Ok(()));
    assert_eq!((whole, term.all().count()), (99, 94), "1, 2, 5, 6 and 7 October are left out");
    assert_eq!(term.all().next(), Some(date(2026, 9, 1)));
    assert_eq!(term.all().last(), Some(date(2027, 1, 15)));
    let time = Some(("16:30", Some("18:00")));
    assert_eq!(term.words(time, Lang::Zh), "每周一至周五 16:30–18:00，到 2027-01-15；2026-10-01–10-07 暂停");
    assert_eq!(
        term.words(time, Lang::En),
        "every week on Mon–Fri 16:30–18:00, until 2027-01-15; not on 2026-10-01–10-07"
    );
}

#[test]
fn ten_lessons_are_ten_lessons() {
    let mut course = rule(weekdays(&[Weekday::Sa]), date(2026, 11, 28));
    course.count = Some(10);
    course.pauses = vec![Pause { from: date(2026, 12, 5), to: date(2026, 12, 5), words: String::new() }];
    assert_eq!(course.all().count(), 10);
    assert_eq!(course.all().last(), Some(date(2027, 2, 6)));
    assert_eq!(course.horizon(date(2026, 11, 24)), date(2027, 2, 6));
}

#[test]
fn a_hundred_years_are_refused_or_bounded() {
    let today = date(2026, 11, 24);
    let mut weekly = rule(weekdays(&[Weekday::Tu]), today);
    assert_eq!(weekly.check(), Ok(()), "without an end it is made for a bounded time");
    let due = weekly.due(today);
    assert_eq!((due.len(), due[0]), (58, today));
    assert_eq!(*due.last().unwrap(), date(2027, 12, 28));
    weekly.until = Some(date(2100, 12, 31));
    assert_eq!(weekly.check(), Err(RuleFault::TooMany));
    weekly.until = Some(date(2126, 11, 24));
    assert_eq!(weekly.check(), Err(RuleFault::Range("until")));
    let daily = rule(Every::Day, today);
    assert_eq!(daily.due(today).len() as i64, AHEAD_DAYS + 1);
    assert!(daily.due(today).len() <= MOST);
}

#[test]
fn a_feast_on_29_february_is_held_every_year() {
    let feast = rule(Every::Year { month: 2, day: 29 }, date(2024, 2, 29));
    let days: Vec<String> = feast.all().take(5).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
    assert_eq!(
        rule(Every::Year { month: 2, day: 30 }, date(2024, 1, 1)).check(),
        Err(RuleFault::Range("day"))
    );
    let last = rule(Every::MonthDay { day: 31 }, date(2026, 1, 31));
    let days: Vec<String> = last.all().take(4).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
}

#[test]
fn a_leap_month_is_passed_over() {
    assert_eq!(leap_month(2025), Some(6));
    let torch = rule(Every::LunarYear { month: 6, day: 24 }, date(2024, 1, 1));
    let days: Vec<Date> = torch.all().take(3).collect();
    assert_eq!(days, [date(2024, 7, 29), date(2025, 7, 18), date(2026, 8, 6)]);
    let lunar = LunarDate::from_civil(days[1]).unwrap();
    assert_eq!((lunar.month, lunar.leap, lunar.day), (6, false, 24));

    // Begun within a leap month: that day is no turn, the next is in the sixth month a year later.
    let in_leap = LunarDate { year: 2025, month: 6, leap: true, day: 1 }.to_civil().unwrap();
    let begun = rule(Every::LunarYear { month: 6, day: 1 }, in_leap);
    let first = begun.all().next().unwrap();
    assert_eq!(first, LunarDate { year: 2026, month: 6, leap: false, day: 1 }.to_civil().unwrap());

    // The thirtieth of a month that has twenty-nine days is its last.
    let eve = rule(Every::LunarYear { month: 12, day: 30 }, date(2025, 1, 1));
    let days: Vec<Date> = eve.all().take(2).collect();
    assert_eq!(days, [date(2025, 1, 28), date(2026, 2, 16)]);
    assert!(eve.due(date(2026, 11, 24)).len() == 3, "the next turn is always among those made");
}

#[test]
fn what_is_no_rule() {
    let from = date(2026, 11, 24);
    let wrong = |change: fn(&mut Rule)| {
        let mut rule = rule(weekdays(&[Weekday::Tu]), date(2026, 11, 24));
        change(&mut rule);
        rule.check()
    };
    assert_eq!(wrong(|rule| rule.interval = 0), Err(RuleFault::Range("interval")));
    assert_eq!(wrong(|rule| rule.count = Some(0)), Err(RuleFault::Range("count")));
    assert_eq!(wrong(|rule| rule.count = Some(801)), Err(RuleFault::Range("count")));
    assert_eq!(wrong(|rule| rule.every = weekdays(&[])), Err(RuleFault::Range("weekdays")));
    assert_eq!(wrong(|rule| rule.every = Every::MonthDay { day: 0 }), Err(RuleFault::Range("day")));
    assert_eq!(wrong(|rule| rule.until = Some(date(2026, 11, 23))), Err(RuleFault::EndsEarly));
    assert_eq!(wrong(|rule| rule.until = Some(date(2026, 11, 23))), Err(RuleFault::EndsEarly));
    assert_eq!(wrong(|rule| rule.from = date(1889, 1, 1)), Err(RuleFault::Range("from")));
    let pause = |to: Date| Pause { from: date(2026, 11, 24), to, words: String::new() };
    let mut none = rule(weekdays(&[Weekday::Tu]), from);
    none.until = Some(from);
    none.pauses = vec![pause(from)];
    assert_eq!(none.check(), Err(RuleFault::NoDay));
    none.pauses = vec![pause(date(2026, 11, 1))];
    assert_eq!(none.check(), Err(RuleFault::Pause));
    let fifth = rule(Every::MonthWeekday { nth: 5, weekday: Weekday::Mo }, from);
    assert_eq!(fifth.all().next(), Some(date(2026, 11, 30)));
}

#[test]
fn rules_in_words() {
    let from = date(2026, 11, 24);
    for (every, interval, zh, en) in [
        (Every::Day, 1, "每天", "every day"),
        (Every::Day, 3, "每 3 天", "every 3 days"),
        (weekdays(&[Weekday::Sa, Weekday::Mo]), 1, "每周一、周六", "every week on Mon, Sat"),
        (weekdays(&[Weekday::Tu]), 2, "每 2 周的周二", "every 2 weeks on Tue"),
        (Every::MonthDay { day: -1 }, 1, "每月最后一天", "every month on the last day"),
        (Every::MonthDay { day: 15 }, 1, "每月 15 日", "every month on day 15"),
        (
            Every::MonthWeekday { nth: 2, weekday: Weekday::Su },
            1,
            "每月第二个周日",
            "every month on the 2nd Sun",
        ),
        (Every::Year { month: 6, day: 1 }, 1, "每年 6 月 1 日", "every year on 1 June"),
        (
            Every::LunarYear { month: 6, day: 24 },
            1,
            "每年农历六月廿四",
            "every year on day 24 of lunar month 6",
        ),
    ] {
        let rule = Rule { interval, ..rule(every, from) };
        assert_eq!((rule.words(None, Lang::Zh), rule.words(None, Lang::En)), (zh.to_owned(), en.to_owned()));
    }
}
