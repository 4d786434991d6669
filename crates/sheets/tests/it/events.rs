//! Files 03 and 04 against their truth: sign-ups, the roll, the log of visits.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{TODAY, codes, open, sample, small};

/// Issues that only a comparison with the register can tell.
const OF_REGISTER: &[&str] = &["name:person_ambiguous"];

fn run(book: &sheets::Workbook, as_of: Option<jiff::civil::Date>) -> Value {
    sheets::dry_run_json(book, &sheets::Options { as_of, ..sheets::Options::new(TODAY) })
}

fn rows(run: &Value) -> BTreeMap<u64, &Value> {
    let rows = run["sheets"][0]["rows"].as_array().expect("rows");
    rows.iter().map(|row| (row["row"].as_u64().expect("number"), row)).collect()
}

/// Every clean value and every issue; tells all differences.
fn compare(run: &Value, truth: &Value) {
    let rows = rows(run);
    let mut wrong = Vec::new();
    for record in truth["records"].as_array().expect("records") {
        let (key, number) = (record["key"].as_str().expect("key"), record["row"].as_u64().expect("row"));
        let Some(row) = rows.get(&number).filter(|row| row["role"] == "data") else {
            wrong.push(format!("{key} is no data"));
            continue;
        };
        for (field, value) in record["clean"].as_object().expect("clean") {
            if row["clean"][field] != *value {
                wrong.push(format!("{key} {field}: {} is not {value}", row["clean"][field]));
            }
        }
        let mut wanted: Vec<String> = codes(record);
        let mut found = codes(row);
        wanted.retain(|code| !OF_REGISTER.contains(&code.as_str()));
        wanted.sort();
        found.sort();
        if wanted != found {
            wrong.push(format!("{key} {found:?} is not {wanted:?}"));
        }
    }
    let records = truth["records"].as_array().expect("records").len();
    let data = rows.values().filter(|row| row["role"] == "data").count();
    assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(25)]);
    assert_eq!(data, records);
}

#[test]
fn the_log_of_visits() {
    let Some((book, truth)) = sample("04_走访电话记录2024.xlsx") else { return };
    let run = run(&book, None);
    assert_eq!((&run["sheets"][0]["kind"], &run["sheets"][0]["import"]), (&json!("visits"), &json!(true)));
    compare(&run, &truth);
    let rows = rows(&run);
    let mut wrong = Vec::new();
    for record in truth["records"].as_array().expect("records") {
        let row = rows[&record["row"].as_u64().expect("row")];
        let labels = |value: &Value| -> Vec<String> {
            let people = value["persons"].as_array().expect("persons");
            people.iter().map(|one| one["label"].as_str().expect("label").to_owned()).collect()
        };
        if labels(record) != labels(row) {
            wrong.push(format!("{} {:?}", record["clean"]["who"], labels(row)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sign_ups_of_a_form() {
    let Some((book, truth)) = sample("03a_三八节亲子活动报名.csv") else { return };
    let run = run(&book, None);
    assert_eq!(run["sheets"][0]["kind"], "signups");
    compare(&run, &truth);
    counted(&run, &truth);
}

#[test]
fn sign_ups_of_a_chat_group() {
    let Some((book, truth)) = sample("03b_端午包粽子接龙.csv") else { return };
    let day = truth["as_of"].as_str().expect("a day").parse().expect("a day");
    let run = run(&book, Some(day));
    assert_eq!(run["sheets"][0]["kind"], "signups");
    compare(&run, &truth);
    counted(&run, &truth);
}

/// The figures of the truth's headline, from the rows that count.
fn counted(run: &Value, truth: &Value) {
    let rows = rows(run);
    let counting: Vec<&&Value> = rows.values().filter(|row| row["counts"] == true).collect();
    let total: u64 = counting.iter().map(|row| row["clean"]["party"]["total"].as_u64().unwrap_or(2)).sum();
    assert_eq!(json!(counting.len()), truth["headline"]["signups_that_count"]);
    assert_eq!(json!(total), truth["headline"]["headcount_min"]);
}

#[test]
fn the_roll_of_a_reading_circle() {
    let Some((book, truth)) = sample("03c_周六读书会签到(纸质录入).xlsx") else { return };
    let run = run(&book, None);
    assert_eq!(run["sheets"][0]["kind"], "roll");
    compare(&run, &truth);
    let rows = rows(&run);
    let mut found: Vec<(String, String, String)> = Vec::new();
    let mut wanted = found.clone();
    let keys: BTreeMap<u64, String> = truth["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| (record["row"].as_u64().expect("row"), record["key"].as_str().expect("key").to_owned()))
        .collect();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    for (number, row) in &rows {
        for mark in row["attendance"].as_array().into_iter().flatten() {
            found.push((keys[number].clone(), text(&mark["date"]), text(&mark["state"])));
        }
    }
    for mark in truth["attendance"].as_array().expect("attendance") {
        wanted.push((text(&mark["row_key"]), text(&mark["date"]), text(&mark["state"])));
    }
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    let heads: u64 = rows[&51]["heads"]
        .as_array()
        .expect("heads")
        .iter()
        .map(|one| one["count"].as_u64().expect("count"))
        .sum();
    assert_eq!(json!(heads), truth["headline"]["anonymous_headcount"]);
    assert_eq!(rows[&51]["role"], "total");
    let wrong = rows[&52]["issues"]
        .as_array()
        .expect("issues")
        .iter()
        .map(|issue| text(&issue["cell"]))
        .collect::<Vec<_>>();
    assert_eq!(wrong, ["D52", "P52"]);
}

#[test]
fn a_register_stays_a_register() {
    for name in [
        "01_流动儿童花名册.xlsx",
        "02_家庭登记总表.xlsx",
        "05_热线值班记录.xlsx",
        "06_欠薪登记_清溪花园三期.xlsx",
        "07_梨树寨合作社2017年账.xlsx",
        "08_捐物与玩具图书.xlsx",
        "09_培训班2013-2019.xlsx",
    ] {
        let Some((book, _)) = sample(name) else { return };
        for sheet in run(&book, None)["sheets"].as_array().expect("sheets") {
            let kind = sheet["kind"].as_str().expect("kind");
            assert!(!["visits", "signups", "roll"].contains(&kind), "{name} {} {kind}", sheet["name"]);
        }
    }
}

fn kind_and_rows(rows: &[&[&str]], name: &str) -> (Value, Vec<Value>) {
    let run = run(&open(&small(rows), name), None);
    let sheet = &run["sheets"][0];
    let data = sheet["rows"].as_array().expect("rows").iter().filter(|row| row["role"] == "data").cloned();
    (sheet["kind"].clone(), data.collect())
}

#[test]
fn logs_of_visits_of_other_houses() {
    let (kind, rows) = kind_and_rows(
        &[
            &["2023年第二季度家访登记"],
            &["家访时间", "服务对象", "形式", "社工", "情况记录", "用时", "是否见到"],
            &["2023.4.3", "王艳、一个孩子", "上门", "张艳珺", "孩子疫苗没打全", "1小时", "是"],
            &["", "李强和她女儿", "打电话", "张艳珺 王海梅", "说不需要托管", "半小时", "√"],
            &["4月31日", "赵敏家长", "微信视频", "王海梅", "", "", "未回"],
            &["2022.4.5", "欧阳小燕(奶奶)", "路上遇到", "王海梅", "想找工作", "十分钟", ""],
            &["4/9", "孙 萱", "家访", "王海梅", "敲门无人", "", "×"],
        ],
        "家访.xlsx",
    );
    assert_eq!(kind, "visits");
    let of = |at: usize, key: &str| &rows[at]["clean"][key];
    assert_eq!(
        (of(0, "day"), of(0, "kind"), of(0, "minutes")),
        (&json!("2023-04-03"), &json!("home"), &json!(60))
    );
    assert_eq!((&rows[0]["unnamed"], of(0, "needs")), (&json!(1), &json!(["immunisation"])));
    assert_eq!((of(1, "day"), of(1, "workers")), (&json!("2023-04-03"), &json!(["张艳珺", "王海梅"])));
    assert_eq!((of(1, "minutes"), of(1, "needs"), &rows[1]["unnamed"]), (&json!(30), &json!([]), &json!(1)));
    assert_eq!(
        (of(2, "day"), of(2, "result"), of(2, "kind")),
        (&Value::Null, &json!("no_answer"), &json!("wechat"))
    );
    assert_eq!(codes(&rows[2]), ["day:date_impossible"]);
    assert!(codes(&rows[3]).contains(&"day:date_order".to_owned()), "{:?}", codes(&rows[3]));
    assert_eq!((of(3, "minutes"), of(3, "kind")), (&json!(10), &json!("street")));
    assert_eq!((&rows[4]["persons"][0]["label"], of(4, "result")), (&json!("孙萱"), &json!("nobody_home")));
}

#[test]
fn sign_ups_of_other_groups() {
    let (kind, rows) = kind_and_rows(
        &[
            &["姓名", "电话", "大人", "小孩", "备注"],
            &["李娜", "13800138000", "1", "2", ""],
            &["李娜", "138 0013 8000", "2", "2", "改一下人数"],
            &["小芳妈妈", "13900139000", "1", "", "临时来不了，取消"],
        ],
        "报名.xlsx",
    );
    assert_eq!(kind, "signups");
    assert_eq!(rows[0]["counts"], false);
    assert_eq!(codes(&rows[0]), ["row:duplicate_row"]);
    assert_eq!(rows[1]["clean"]["party"], json!({ "total": 4, "adults": 2, "children": 2 }));
    assert_eq!((&rows[2]["counts"], &rows[2]["clean"]["name"]), (&json!(false), &Value::Null));
    let (kind, rows) = kind_and_rows(
        &[
            &["序号", "群名片", "接龙"],
            &["1", "李娜-昭通", "1. 李娜 13800138000 两大一小"],
            &["2", "阿芳", "阿芳+2 13900139000"],
            &["3", "王强", "王强，我和孩子爸带两个娃，13700137000"],
            &["4", "岁月静好", "岁月静好 13600136000 不去了"],
        ],
        "接龙.xlsx",
    );
    assert_eq!(kind, "signups");
    let party = |at: usize| &rows[at]["clean"]["party"]["total"];
    assert_eq!((party(0), party(1), party(2)), (&json!(3), &json!(3), &json!(4)));
    assert_eq!((&rows[0]["clean"]["name"], &rows[3]["counts"]), (&json!("李娜"), &json!(false)));
    assert_eq!(rows[2]["clean"]["phones"], json!(["13700137000"]));
}

#[test]
fn rolls_whose_ticks_are_other_signs() {
    let head: &[&str] = &["姓名", "3月2日", "3月9日", "3月16日"];
    let states = |rows: &[Value], at: usize| -> Vec<String> {
        let marks = rows[at]["attendance"].as_array().expect("marks").iter();
        marks.map(|mark| mark["state"].as_str().expect("state").to_owned()).collect()
    };
    // Circles only: they can only mean being there.
    let (kind, rows) =
        kind_and_rows(&[&["2024年签到"], head, &["李娜", "○", "", "○"], &["王强", "", "○", "○"]], "a.xlsx");
    assert_eq!((kind, states(&rows, 0)), (json!("roll"), vec!["present".to_owned(); 2]));
    // A legend says what they mean.
    let (_, rows) = kind_and_rows(
        &[&["2024年签到表（○=请假 △=到 ×=缺席）"], head, &["李娜", "△", "○", "×"], &["王强", "△", "△", "△"]],
        "b.xlsx",
    );
    assert_eq!(states(&rows, 0), ["present", "excused", "absent"]);
    // Without one nothing is guessed: each cell is told, none counted.
    let (_, rows) = kind_and_rows(
        &[&["2024年签到"], head, &["李娜", "△", "◇", "√"], &["王强", "△", "◇", "到"]],
        "c.xlsx",
    );
    assert_eq!(states(&rows, 0), ["present"]);
    assert_eq!(codes(&rows[0]), ["mark:mark_unknown", "mark:mark_unknown"]);
    let (_, rows) = kind_and_rows(
        &[&["2024年签到"], head, &["李娜", "Y", "N", "病假"], &["王强", "P", "迟到", "缺"]],
        "d.xlsx",
    );
    assert_eq!(states(&rows, 0), ["present", "absent", "excused"]);
    assert_eq!(states(&rows, 1), ["present", "present", "absent"]);
}
