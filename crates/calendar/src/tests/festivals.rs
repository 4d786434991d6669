use jiff::civil::{Date, date};

use crate::festivals::{Fixed, Kept, all, announced, between};

const SPRING: &str = include_str!("../../tests/data/spring_festival_1950_2050.csv");
const TERMS: &str = include_str!("../../tests/data/solar_terms_1990_2050.csv");
const ISLAMIC: &str = include_str!("../../tests/data/umm_al_qura_1411_1473.csv");

fn of(code: &str) -> &'static Kept {
    all().iter().find(|festival| festival.code == code).expect(code)
}

fn days(text: &str) -> Vec<Date> {
    text.split(',').skip(1).map(|day| day.trim().parse().expect("a date")).collect()
}

#[test]
fn every_line_is_read() {
    let lines = include_str!("../../data/festivals.txt").lines().count() - 1;
    assert_eq!(all().len(), lines);
    for festival in all() {
        assert!(!festival.source.0.is_empty() && !festival.source.1.is_empty(), "{}", festival.code);
        assert_eq!(festival.note.0.is_empty(), festival.note.1.is_empty(), "{}", festival.code);
        let unsure = festival.late > 0 || festival.fixed == Fixed::Announced;
        assert!(!unsure || !festival.note.0.is_empty(), "{} says what is uncertain", festival.code);
        if festival.fixed != Fixed::Announced {
            for year in 2026..=2035 {
                assert!(!festival.days_in(year).is_empty() || festival.late > 0 || year_may_lack(festival));
            }
        }
    }
    let codes: Vec<&str> = announced().map(|festival| festival.code).collect();
    assert_eq!(codes, ["miao_year", "losar", "shoton"], "no day is invented for them");
}

/// The eighth of the last lunar month can fall out of a civil year, like the days of the Islamic calendar.
fn year_may_lack(festival: &Kept) -> bool {
    matches!(festival.fixed, Fixed::Lunar(12, _) | Fixed::LunarLast)
}

#[test]
fn spring_festivals_of_the_reference() {
    for line in SPRING.lines().skip(1) {
        let day = days(line)[0];
        if crate::festivals::YEARS.contains(&day.year()) {
            assert_eq!(of("spring").days_in(day.year()), [day]);
            assert!(of("eve").days_in(day.year()).contains(&day.yesterday().unwrap()));
        }
    }
}

#[test]
fn solar_terms_agree_with_an_ephemeris() {
    let mut seen = 0;
    for line in TERMS.lines().skip(1) {
        let [qingming, solstice] = days(line)[..] else { panic!("three columns") };
        assert_eq!(of("qingming").days_in(qingming.year()), [qingming]);
        assert_eq!(of("winter_solstice").days_in(solstice.year()), [solstice]);
        seen += 1;
    }
    assert_eq!(seen, 61);
}

#[test]
fn islamic_days_agree_with_the_published_tables() {
    for line in ISLAMIC.lines().skip(1) {
        let [fitr, adha] = days(line)[..] else { panic!("three columns") };
        for (code, day) in [("eid_fitr", fitr), ("eid_adha", adha)] {
            if (2003..=2050).contains(&day.year()) {
                let told = of(code).days_in(day.year());
                assert!(told.contains(&day), "{code} {day} {told:?}");
            } else if day.year() < 2003 {
                assert!(of(code).days_in(day.year()).is_empty());
            }
        }
    }
    // In 2033 the shorter year brings a second one.
    assert_eq!(of("eid_fitr").days_in(2033), [date(2033, 1, 2), date(2033, 12, 23)]);
}

#[test]
fn published_days() {
    for (code, day) in [
        ("mid_autumn", date(2024, 9, 17)),
        ("mid_autumn", date(2025, 10, 6)),
        ("mid_autumn", date(2026, 9, 25)),
        ("mid_autumn", date(2027, 9, 15)),
        ("dragon_boat", date(2025, 5, 31)),
        ("dragon_boat", date(2026, 6, 19)),
        ("double_ninth", date(2026, 10, 18)),
        ("lantern", date(2026, 3, 3)),
        ("qingming", date(2026, 4, 5)),
        ("qixi", date(2025, 8, 29)),
        ("laba", date(2026, 1, 26)),
        ("eve", date(2026, 2, 16)),
        ("winter_solstice", date(2026, 12, 22)),
        ("torch_yi", date(2023, 8, 10)),
        ("yi_year", date(2025, 11, 20)),
        ("water", date(2023, 4, 13)),
        ("march_third", date(2025, 3, 31)),
        ("qiang_year", date(2021, 11, 5)),
    ] {
        assert!(of(code).days_in(day.year()).contains(&day), "{code} {day}");
    }
    assert_eq!(of("torch_yi").days_in(2025), [date(2025, 7, 18)], "the leap sixth month is passed over");
}

#[test]
fn what_comes_in_the_next_weeks() {
    let turns = between(date(2026, 9, 1), date(2026, 11, 30));
    let codes: Vec<(&str, Date)> = turns.iter().map(|turn| (turn.festival.code, turn.day)).collect();
    assert_eq!(
        codes,
        [
            ("mid_autumn", date(2026, 9, 25)),
            ("national", date(2026, 10, 1)),
            ("double_ninth", date(2026, 10, 18)),
            ("qiang_year", date(2026, 11, 9)),
            ("yi_year", date(2026, 11, 20)),
        ]
    );
    assert_eq!(turns[4].last, date(2026, 11, 22));
    assert_eq!(turns[4].festival.peoples, ["YI"]);
    assert!(between(date(2026, 9, 1), date(2026, 8, 1)).is_empty());
}
