//! Input that means no good, and properties that must hold for any text.

use std::time::Instant;

use names::{NameForm, Query, blocking_keys, compare, display, fold, keys, nickname_cores, romanise, split};
use proptest::prelude::*;

fn everything(text: &str) {
    let forms = [NameForm::birth(text), NameForm::nickname(text)];
    let rows = keys(&forms, &[text.to_owned()]);
    assert!(rows.len() <= names::keys::MOST_KEYS);
    assert!(rows.iter().all(|key| key.text.len() <= 200));
    let query = Query::parse(text);
    assert!(query.steps().iter().all(|step| step.ranges.len() <= names::plan::MOST_RANGES));
    query.rank_keys(&rows, &forms);
    compare(text, "李娜");
    assert!(blocking_keys(text).len() <= 64);
    nickname_cores(text);
    split(text);
    romanise(text);
    names::cell::parse_name(text);
    names::phone::parse_cell(text);
    let _ = names::idno::check(text);
    names::ethnic::parse(text);
}

#[test]
fn ten_thousand_characters_cost_little() {
    let texts = [
        "娜".repeat(10_000),
        "a".repeat(10_000),
        "单乐行长重".repeat(2_000),
        "li娜".repeat(3_000),
        "1".repeat(10_000),
        "1 ".repeat(5_000),
        "(".repeat(10_000),
        "\u{fdfa}".repeat(10_000),
        "a\u{301}".repeat(5_000),
    ];
    everything("warm");
    let start = Instant::now();
    for text in &texts {
        everything(text);
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn strange_texts_do_no_harm() {
    for text in [
        "",
        " ",
        "\0",
        "'; DROP TABLE person; --",
        "<img src=x onerror=alert(1)>",
        "𠮷",
        "🌹小草",
        "\u{202e}娜李",
        "e\u{301}",
        "٣٤٥",
        "нина",
        "アリ",
        "ཨ",
        "İstanbul",
        "ß",
        "·",
        "....",
        "李·",
        "·李",
        "%_",
        "\u{10ffff}",
        "ü",
    ] {
        everything(text);
    }
}

#[test]
fn personal_data_stays_out_of_debug() {
    let form = NameForm::birth("李娜");
    let phones = names::phone::parse_cell("13800138000妈妈");
    let cell = names::cell::parse_name("李娜(小娜)");
    let prepared = names::Comparable::new("李娜");
    for shown in [format!("{form:?}"), format!("{phones:?}"), format!("{cell:?}"), format!("{prepared:?}")] {
        assert!(!shown.contains('娜') && !shown.contains("8000") && !shown.contains('妈'), "{shown}");
    }
}

#[test]
fn the_table_of_traditional_characters_is_the_crate_s() {
    let opencc =
        ferrous_opencc::OpenCC::from_config(ferrous_opencc::config::BuiltinConfig::T2s).expect("built in");
    for c in ('\u{4e00}'..='\u{9fff}').filter(|c| !"乾藉瞭".contains(*c)) {
        let converted = opencc.convert(&c.to_string());
        if converted.chars().count() == 1 && names::fold::is_traditional(c) {
            assert_eq!(converted, names::fold::simpler(c).to_string());
        }
    }
    assert_eq!(opencc.convert("張海濤"), fold("張海濤"));
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,40}") {
        everything(&text);
    }

    #[test]
    fn folding_twice_changes_nothing(text in "[李娜張濤·•.a-zA-ZＡ-Ｚ 　\u{200b}𠮷]{0,12}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(fold(&display(&text)), once);
    }

    #[test]
    fn comparison_has_no_direction(a in "[李黎娜娜晓小姐阿·单善a-n ]{0,5}", b in "[李黎娜娜晓小姐阿·单善a-n ]{0,5}") {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    /// Whoever is called so is found by the whole name, by its pinyin and by its initials.
    #[test]
    fn a_name_is_found_by_itself(name in "[单解查仇曾任区李王张欧阳][明晓娜乐行伟安]{1,3}") {
        let forms = [NameForm::birth(name.clone())];
        let chars: Vec<char> = name.chars().collect();
        let way = names::reading::ways(&names::reading::of_name(&chars), 1).remove(0);
        let initials: String = way.iter().map(|s| &s[..1]).collect();
        for query in [name.clone(), way.concat(), way.join(" "), initials, name.chars().skip(1).collect()] {
            prop_assert!(Query::parse(&query).rank(&forms, &[]).is_some(), "{}", query);
        }
    }
}
