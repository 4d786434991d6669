//! Search: the cases of `vectors.json`, and that index and memory agree.

use names::{NameForm, Query, Why, keys, plan};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    query: String,
    names: Vec<NameForm>,
    phones: Vec<String>,
    why: Option<Why>,
}

fn cases() -> Vec<Case> {
    let vectors: Vectors =
        serde_json::from_str(include_str!("../vectors.json")).expect("vectors.json is JSON");
    vectors.cases
}

#[test]
fn every_case_is_found_for_its_reason() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = Query::parse(&case.query).rank(&case.names, &case.phones).map(|m| m.why);
        if found != case.why {
            let names: Vec<&str> = case.names.iter().map(|n| n.text.as_str()).collect();
            wrong.push(format!("{:?} for {names:?}: expected {:?}, got {found:?}", case.query, case.why));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a database would answer: the rows between the bounds, in the order of the plan.
#[test]
fn the_plan_alone_finds_what_memory_finds() {
    for case in cases() {
        let query = Query::parse(&case.query);
        let rows = keys(&case.names, &case.phones);
        let hit = query.steps().iter().any(|step| {
            rows.iter().any(|key| {
                key.class == step.class
                    && step.ranges.iter().any(|r| r.low.as_str() <= key.text.as_str() && key.text < r.high)
            })
        });
        let ranked = query.rank(&case.names, &case.phones);
        assert!(hit || ranked.is_none(), "{:?} is ranked but no look-up finds it", case.query);
        let certain = query.steps().iter().all(|step| !step.verify()) && !query.verify();
        assert!(!certain || hit == ranked.is_some(), "{:?}: the index finds what memory refuses", case.query);
    }
}

#[test]
fn look_ups_are_few_and_sorted_by_rank() {
    for query in ["李", "lina", "ln", "li娜", "小娜", "zhangxiaoming", "x", "8000", "l晓n", "qianjiangyuan"]
    {
        let steps = plan(query);
        assert!(steps.is_sorted_by_key(|step| step.why), "{query}");
        let ranges: usize = steps.iter().map(|step| step.ranges.len()).sum();
        assert!(!steps.is_empty() && steps.len() <= 16 && ranges <= 400, "{query}: {ranges}");
        assert!(steps.iter().flat_map(|s| &s.ranges).all(|r| r.low < r.high));
    }
}

#[test]
fn a_better_reason_wins() {
    let forms = [NameForm::birth("李小娜"), NameForm::nickname("小娜")];
    assert_eq!(names::rank("小娜", &forms, &[]).map(|m| m.why), Some(Why::WholeName));
    assert!(Why::WholeName < Why::NameStart && Why::Mixed < Why::Homophone && Why::Homophone < Why::Typo);
}

#[test]
fn a_usual_person_has_few_keys() {
    let forms = [NameForm::birth("李晓娜")];
    let rows = keys(&forms, &["13800138000".to_owned()]);
    assert!(rows.len() <= 25, "{}", rows.len());
    assert!(rows.is_sorted());
}
