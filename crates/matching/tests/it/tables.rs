//! Tables with unknown columns.

use std::collections::BTreeSet;

use matching::{Agreement, Decision, MatchReport, Options, Role, Table, TableFault, cli_json, match_tables};

use crate::made_up::{Dice, HEADER, again, csv, people};

fn table(text: &str) -> Table {
    Table::from_csv(text).expect("the table is sound")
}

/// Precision and recall of all pairs; every automatic pair must be right.
fn measure(report: &MatchReport, truth: &BTreeSet<(String, String)>) -> (f64, f64) {
    let pair = |one: &str, two: &str| (one.min(two).to_owned(), one.max(two).to_owned());
    let good = |one: &str, two: &str| truth.contains(&pair(one, two));
    let right = report.pairs.iter().filter(|pair| good(&pair.left_id, &pair.right_id)).count();
    let mut auto = report.pairs.iter().filter(|pair| pair.decision == Decision::Auto);
    assert!(auto.all(|pair| good(&pair.left_id, &pair.right_id)), "an automatic pair is wrong");
    (right as f64 / report.pairs.len().max(1) as f64, right as f64 / truth.len().max(1) as f64)
}

type Rows = Vec<Vec<String>>;
type Truth = BTreeSet<(String, String)>;

fn two_files(seed: u64) -> (Rows, Rows, Truth) {
    let mut dice = Dice::new(seed);
    let left = people(&mut dice, 400);
    let mut right = people(&mut dice, 100);
    for (number, row) in right.iter_mut().enumerate() {
        row[0] = format!("other{number}");
    }
    let mut truth = BTreeSet::new();
    for (number, row) in left.iter().take(300).enumerate() {
        let id = format!("q{number}");
        let at = dice.below(right.len());
        right.insert(at, again(&mut dice, row, id.clone()));
        truth.insert((format!("p{number}"), id));
    }
    (left, right, truth)
}

const STRAIGHT: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

#[test]
fn two_files_are_linked() {
    for seed in [1, 2] {
        let (left, right, truth) = two_files(seed);
        let (left, right) = (table(&csv(&HEADER, &STRAIGHT, &left)), table(&csv(&HEADER, &STRAIGHT, &right)));
        let report = match_tables(&left, Some(&right), &Options::default()).unwrap();
        let (precision, recall) = measure(&report, &truth);
        assert!(precision >= 0.99 && recall >= 0.99, "{precision} {recall}");
        assert!(report.count(Decision::Auto) > 250);
    }
}

#[test]
fn columns_are_found_by_meaning_whatever_they_are_called() {
    let (left, right, truth) = two_files(3);
    let left = table(&csv(&HEADER, &STRAIGHT, &left));
    let order = [6, 4, 2, 0, 3, 1, 5];
    let renamed = ["Mobile", "Address", "Family Name", "ID", "DOB", "First name", "ZIP code"];
    let right = table(&csv(&renamed, &order, &right));
    let report = match_tables(&left, Some(&right), &Options::default()).unwrap();
    let (precision, recall) = measure(&report, &truth);
    assert!(precision >= 0.99 && recall >= 0.98, "{precision} {recall}: {:?}", report.columns);
}

#[test]
fn one_file_gives_groups() {
    let mut dice = Dice::new(4);
    let mut rows = people(&mut dice, 400);
    let mut truth = BTreeSet::new();
    for number in 0..100 {
        let mut ids = vec![format!("p{number}")];
        for copy in 0..=dice.below(3) {
            let id = format!("p{number}-{copy}");
            let row = again(&mut dice, &rows[number].clone(), id.clone());
            rows.push(row);
            truth.extend(ids.iter().map(|one| (one.min(&id).clone(), one.max(&id).clone())));
            ids.push(id);
        }
    }
    let report = match_tables(&table(&csv(&HEADER, &STRAIGHT, &rows)), None, &Options::default()).unwrap();
    let (precision, recall) = measure(&report, &truth);
    assert!(precision >= 0.99 && recall >= 0.98, "{precision} {recall}");
    // A group is closed: whoever matches two rows that match each other appears in all three pairs.
    let found: BTreeSet<(usize, usize)> =
        report.pairs.iter().map(|pair| (pair.left_row, pair.right_row)).collect();
    for &(a, b) in &found {
        for &(c, d) in found.iter().filter(|other| other.0 == b) {
            assert_eq!(b, c);
            assert!(found.contains(&(a, d)), "{a} {b} {d}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_output() {
    let (left, right, _) = two_files(5);
    let text = (csv(&HEADER, &STRAIGHT, &left), csv(&HEADER, &STRAIGHT, &right));
    let run = || match_tables(&table(&text.0), Some(&table(&text.1)), &Options::default()).unwrap();
    assert_eq!(run(), run());
}

#[test]
fn an_ignored_column_is_no_evidence() {
    let text = "rec_id,name,ssn\n1,Anna Berg,123456789\n2,Otto Lang,123456789\n3,Ida Holm,555555555\n";
    let all = match_tables(&table(text), None, &Options::default()).unwrap();
    assert!(all.columns.iter().any(|column| column.1 == Role::PersonNumber));
    let options = Options { ignore_columns: vec!["SSN".to_owned()], ..Options::default() };
    let report = match_tables(&table(text), None, &options).unwrap();
    assert!(report.columns.iter().all(|column| column.0 != "ssn"));
    assert!(report.pairs.is_empty());
}

const CHINESE: &str = "\u{feff}编号,姓名,性别,出生日期,联系电话,住址\n\
    a1,李娜,女,1988-03-08,16412779367,清溪街道青杉小区161号\n\
    a2,王芳,女,1990年1月2日,16006130581,石桥新村1号\n\
    a3,張海濤,男,1979.4.21,16802962570,北营村304号\n\
    a4,𠮷春生,男,2000-02-30,15433948202,小坝塘村9号\n\
    a5,李娜,女,1971-11-30,15400000001,上柳湾村71号\n\
    a6,陈静,女,1985-05-05,,青杉小区25号\n\
    a7,章海涛,男,1979-04-21,16802962570,北营村304号\n\
    a8,吉春生,男,2000-02-30,154 3394 8202,小坝塘村9号\n";

#[test]
fn chinese_names_are_compared_as_such() {
    let report = match_tables(&table(CHINESE), None, &Options::default()).unwrap();
    let found: BTreeSet<(&str, &str)> =
        report.pairs.iter().map(|pair| (pair.left_id.as_str(), pair.right_id.as_str())).collect();
    assert_eq!(found, BTreeSet::from([("a3", "a7"), ("a4", "a8")]), "{:?}", report.pairs);
}

#[test]
fn surname_and_given_name_may_stand_apart() {
    let split =
        "id,姓,名,出生日期,电话\nb1,张,海涛,1979-04-21,16802962570\nb2,赵,敏,1990-01-01,15499999999\n";
    let report = match_tables(&table(CHINESE), Some(&table(split)), &Options::default()).unwrap();
    let found: Vec<(&str, &str)> =
        report.pairs.iter().map(|pair| (pair.left_id.as_str(), pair.right_id.as_str())).collect();
    assert!(matches!(found.as_slice(), [("a3" | "a7", "b1")]), "{found:?}");
}

#[test]
fn swapped_names_say_so() {
    let mut rows = people(&mut Dice::new(6), 200);
    let mut turned = rows[7].clone();
    turned[0] = "again".to_owned();
    turned.swap(1, 2);
    rows.push(turned);
    let report = match_tables(&table(&csv(&HEADER, &STRAIGHT, &rows)), None, &Options::default()).unwrap();
    assert_eq!(report.pairs.len(), 1);
    let crossed = report.pairs[0].reasons.iter().filter(|reason| reason.agreement == Agreement::Crossed);
    assert_eq!(crossed.count(), 2);
}

#[test]
fn bad_tables_are_refused_in_words() {
    assert_eq!(Table::from_csv("").unwrap_err(), TableFault::Empty);
    assert_eq!(Table::from_csv("\u{feff} \n\n").unwrap_err(), TableFault::Empty);
    let not_utf8 = Table::from_reader(&b"id,name\n1,\xC0\xEE\n"[..]).unwrap_err();
    assert_eq!(not_utf8, TableFault::Unreadable { line: Some(2) });
    assert!(not_utf8.zh().contains("第 2 行") && not_utf8.en().contains("Line 2"));
    let options = Options { ignore_columns: vec!["nothing".to_owned()], ..Options::default() };
    let fault = match_tables(&table(CHINESE), None, &options).unwrap_err();
    assert!(fault.en().contains("nothing") && fault.zh().contains("姓名"), "{fault}");
    let fault = match_tables(&table("id,x\n1,a\n"), Some(&table("id,y\n1,a\n")), &Options::default());
    assert_eq!(fault.unwrap_err(), TableFault::NothingInCommon);
}

#[test]
fn odd_tables_do_no_harm() {
    let long = "𠮷".repeat(10_000);
    let texts = [
        "id,name\n".to_owned(),
        "id,name\n1,李娜\n".to_owned(),
        "id;name\n1;李娜\n2;李娜;more;cells\n3\n".to_owned(),
        format!(
            "id\tname\tborn\n1\t{long}\t2月30日\n2\t'; DROP TABLE people; --\t<b>1990-02-30</b>\n3\t\t\n"
        ),
        "name,name,name\na,b,c\na,b,c\n".to_owned(),
        ",,\n,,\n".to_owned(),
    ];
    for text in texts {
        let short: String = text.chars().take(20).collect();
        let one = match_tables(&table(&text), None, &Options::default());
        assert!(one.is_ok() || one == Err(TableFault::NothingInCommon), "{short}");
        let _ = match_tables(&table(&text), Some(&table(CHINESE)), &Options::default());
    }
}

#[test]
fn the_printed_form_keeps_its_names() {
    let json = cli_json(&match_tables(&table(CHINESE), None, &Options::default()).unwrap());
    assert_eq!(json["schema"], "skein-match/1");
    let pair = &json["pairs"][0];
    for name in ["left_id", "right_id", "probability", "decision", "reasons"] {
        assert!(!pair[name].is_null(), "{name}");
    }
    assert!(["auto", "review"].contains(&pair["decision"].as_str().unwrap()));
    assert!(pair["probability"].as_f64().unwrap() > 0.5);
    let equal =
        |reason: &serde_json::Value| reason["agreement"] == "equal" && reason["bits"].as_f64() > Some(0.0);
    assert!(pair["reasons"].as_array().unwrap().iter().any(equal));
}
