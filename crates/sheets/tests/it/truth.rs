//! Files 01 and 02 against their truth: every row's role, every clean value, every issue.

use serde_json::Value;

use crate::support::{compare, dry_run, rows_of, sample};

fn check(name: &str, sheets: &[&str]) {
    let Some((book, truth)) = sample(name) else { return };
    let run = dry_run(&book);
    roles(&truth, &run);
    for sheet in sheets {
        let score = compare(&truth, &run, sheet, sheet, |row| row);
        println!(
            "{name} {sheet}: {} cells, {} wrong; {} issues, recall {:.4}, precision {:.4}",
            score.cells,
            score.wrong.len(),
            score.issues,
            score.recall(),
            score.precision()
        );
        let shown = |list: &[String]| list.iter().take(12).cloned().collect::<Vec<_>>();
        assert!(score.share_right() >= 0.995, "{sheet} wrong: {:?}", shown(&score.wrong));
        assert!(score.recall() >= 0.98, "{sheet} missing: {:?}", shown(&score.missing));
        assert!(score.precision() >= 0.98, "{sheet} extra: {:?}", shown(&score.extra));
    }
}

/// Every row that the truth names has its role, and no other row is there.
fn roles(truth: &Value, run: &Value) {
    let texts = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
    for sheet in truth["sheets"].as_array().expect("sheets") {
        let name = texts(sheet, "name");
        let rows = rows_of(run, &name);
        let of_sheet = |list: &str| -> Vec<Value> {
            truth[list]
                .as_array()
                .expect("list")
                .iter()
                .filter(|one| one["sheet"] == *name)
                .cloned()
                .collect()
        };
        let (records, others) = (of_sheet("records"), of_sheet("not_data"));
        let count = records.len() + others.len() + usize::from(sheet["role"] == "confidential");
        assert_eq!(rows.len(), count, "{name}");
        for record in &records {
            assert_eq!(
                rows[&record["row"].as_u64().expect("row")]["role"],
                "data",
                "{name} {}",
                record["row"]
            );
        }
        for other in &others {
            let why = texts(other, "why");
            let role = &rows[&other["row"].as_u64().expect("row")]["role"];
            let wanted = match why.split([':', ',']).next().unwrap_or_default() {
                "legend" => "title",
                "signatures" => "note",
                plain => plain,
            };
            assert_eq!(role, wanted, "{name} {}", other["row"]);
        }
    }
}

#[test]
fn roster_of_children() {
    check("01_流动儿童花名册.xlsx", &["花名册"]);
}

#[test]
fn register_of_households() {
    check("02_家庭登记总表.xlsx", &["家庭登记(2023)", "旧表2019勿动"]);
}

#[test]
fn hidden_sheets_are_reported_and_not_read() {
    let Some((book, _)) = sample("02_家庭登记总表.xlsx") else { return };
    let run = dry_run(&book);
    let sheets = run["sheets"].as_array().expect("sheets");
    let hidden = sheets.iter().find(|sheet| sheet["state"] == "hidden").expect("a hidden sheet");
    assert_eq!(hidden["role"], "confidential");
    assert_eq!(hidden["import"], false);
    assert_eq!(hidden["data_rows"], 15);
    assert!(hidden["rows"].as_array().expect("rows").iter().all(|row| row["clean"].is_null()));
    let old = sheets.iter().find(|sheet| sheet["role"] == "old_version").expect("the old sheet");
    assert_eq!(old["import"], false);
}

#[test]
fn every_row_of_the_other_families_has_its_role() {
    for name in [
        "03a_三八节亲子活动报名.csv",
        "03b_端午包粽子接龙.csv",
        "04_走访电话记录2024.xlsx",
        "05_热线值班记录.xlsx",
        "06_欠薪登记_清溪花园三期.xlsx",
        "07_梨树寨合作社2017年账.xlsx",
        "08_捐物与玩具图书.xlsx",
        "09_培训班2013-2019.xlsx",
    ] {
        let Some((book, truth)) = sample(name) else { return };
        let run = dry_run(&book);
        for (sheet, found) in
            truth["sheets"].as_array().expect("sheets").iter().zip(run["sheets"].as_array().expect("sheets"))
        {
            for key in ["header_rows", "last_row"] {
                let same = sheet[key].is_null()
                    || sheet[key] == found[key]
                    || sheet["role"] == "data" && name.starts_with("06");
                assert!(same, "{name} {} {key}: {} {}", sheet["name"], sheet[key], found[key]);
            }
        }
    }
}
