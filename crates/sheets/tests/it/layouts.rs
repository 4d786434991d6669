//! Sheets as they are laid out elsewhere: parts with sums, headings between rows, ticks, several tables on a sheet.

use serde_json::{Value, json};

use crate::support::{dry_run, open, small};

/// Role and name of every row of the first sheet.
fn rows(run: &Value) -> Vec<(String, Value)> {
    let rows = run["sheets"][0]["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| (row["role"].as_str().expect("role").to_owned(), row["clean"]["name"].clone()))
        .collect()
}

fn roles(run: &Value) -> Vec<String> {
    rows(run).into_iter().map(|(role, _)| role).collect()
}

#[test]
fn sums_and_headings_of_villages_are_no_people() {
    let run = dry_run(&open(
        &small(&[
            &["序号", "姓名", "性别", "出生日期", "现住址"],
            &["一、北营村"],
            &["1", "李娜", "女", "2011.3.5", "北营村1号"],
            &["北营村小计", "1人"],
            &["", "石桥新村"],
            &["2", "王强", "男", "2012.4.6", "石桥新村2号"],
            &["石桥新村合计", "", "1"],
            &["总计", "", "", "2"],
            &["2024年3月15日"],
        ]),
        "名单.xlsx",
    ));
    assert_eq!(roles(&run), ["header", "note", "data", "total", "note", "data", "total", "total", "note"]);
}

#[test]
fn the_sex_is_ticked_in_one_of_two_columns() {
    let run = dry_run(&open(
        &small(&[
            &["姓名", "性别", "", "电话"],
            &["", "男", "女", ""],
            &["李娜", "", "√", "13800138000"],
            &["王强", "√", "", "13900139000"],
            &["赵敏", "√", "√", "13700137000"],
        ]),
        "名单.xlsx",
    ));
    let sexes: Vec<&Value> = run["sheets"][0]["rows"].as_array().expect("rows")[2..]
        .iter()
        .map(|row| &row["clean"]["sex"])
        .collect();
    assert_eq!(sexes, [&json!("F"), &json!("M"), &Value::Null]);
}

#[test]
fn another_table_below_has_columns_of_its_own() {
    let run = dry_run(&open(
        &small(&[
            &["一、学龄前儿童名单（2024年3月）"],
            &["姓名", "性别", "出生日期", "现住址"],
            &["李娜", "女", "2020.3.5", "北营村1号"],
            &["合计", "1人"],
            &["二、在校学生名单"],
            &["序号", "学校", "姓名", "年级", "性别"],
            &["1", "清溪小学", "王强", "三年级", "男"],
        ]),
        "名单.xlsx",
    ));
    let sheets = run["sheets"].as_array().expect("sheets");
    assert_eq!(sheets.len(), 1);
    let names: Vec<Value> =
        rows(&run).into_iter().filter(|(role, _)| role == "data").map(|(_, name)| name).collect();
    assert_eq!(names, ["李娜", "王强"]);
    assert_eq!(sheets[0]["rows"][6]["clean"]["school"], "清溪小学");
    assert_eq!((&sheets[0]["last_row"], &sheets[0]["tables"][0]["name"]), (&json!(7), &json!("Sheet1 (2)")));
}

#[test]
fn two_tables_beside_each_other_are_both_read() {
    let run = dry_run(&open(
        &small(&[
            &["2024年名单"],
            &["序号", "姓名", "性别", "电话", "", "序号", "姓名", "性别", "电话"],
            &["1", "李娜", "女", "13800138000", "", "3", "赵敏", "女", "13700137000"],
            &["2", "王强", "男", "13900139000", "", "4", "陈静", "女", "13600136000"],
        ]),
        "名单.xlsx",
    ));
    let name = |sheet: usize, row: usize| &run["sheets"][sheet]["rows"][row]["clean"]["name"];
    assert_eq!((name(0, 2), name(0, 3)), (&json!("李娜"), &json!("王强")));
    assert_eq!((name(1, 1), name(1, 2)), (&json!("赵敏"), &json!("陈静")));
    assert_eq!(run["sheets"][1]["columns"]["name"], "G");
}

#[test]
fn titles_about_something_else_are_left_out() {
    let head: &[&str] =
        &["姓名", "性别", "房东电话", "居住证编号", "户籍性质", "出生地", "学校电话", "来昆原因"];
    let row: &[&str] = &["李娜", "女", "13800138000", "K123456", "农业", "昭通", "0871-98765432", "打工"];
    let run = dry_run(&open(&small(&[head, row]), "名单.xlsx"));
    assert_eq!(run["sheets"][0]["columns"], json!({ "name": "A", "sex": "B" }));
}

#[test]
fn codes_mean_what_the_legend_says() {
    let run = dry_run(&open(
        &small(&[
            &["Housing: 1 = rented, 2 = own, 3 = with relatives"],
            &["Name", "Sex", "Housing", "Guardian", "School"],
            &["李娜", "2", "3", "李强", "清溪小学"],
            &["王强", "1", "1", "王海", "清溪小学"],
        ]),
        "x.xlsx",
    ));
    let clean = |row: usize, field: &str| &run["sheets"][0]["rows"][row]["clean"][field];
    assert_eq!((clean(2, "tenure"), clean(3, "tenure")), (&json!("kin"), &json!("rent")));
    assert_eq!((clean(2, "sex"), clean(3, "sex")), (&json!("F"), &json!("M")));
}

#[test]
fn a_year_is_no_grade() {
    for (values, grade) in [
        (["2011", "2012", "2013"], None),
        (["2023-2024", "2023-2024", "2022-2023"], None),
        (["2011年", "2012年9月", "2013"], None),
        (["3", "4", "1"], Some("B")),
        (["Year 3", "Year 4", "Year 1"], Some("B")),
    ] {
        let rows: Vec<[&str; 4]> = values.iter().map(|value| ["李娜", value, "女", "清溪小学"]).collect();
        let mut all: Vec<&[&str]> = vec![&["Name", "Year", "Sex", "School"]];
        all.extend(rows.iter().map(|row| &row[..]));
        let run = dry_run(&open(&small(&all), "x.xlsx"));
        assert_eq!(run["sheets"][0]["columns"].get("grade").and_then(Value::as_str), grade, "{values:?}");
        let clean = &run["sheets"][0]["rows"][1]["clean"];
        assert_eq!(clean["grade"].is_object(), grade.is_some(), "{values:?} {clean}");
    }
}

#[test]
fn a_home_that_no_list_knows_is_flagged_and_not_lost() {
    let run = dry_run(&open(
        &small(&[
            &["姓名", "性别", "老家"],
            &["李娜", "女", "贵州省毕节市黔西市"],
            &["王强", "男", "贵州省毕节市黔西县"],
            &["赵敏", "女", "浙江省温州市龙港市"],
            &["陈静", "女", "龙港市"],
            &["周洋", "男", "月亮湾那边"],
        ]),
        "x.xlsx",
    ));
    let rows = run["sheets"][0]["rows"].as_array().expect("rows");
    let counties: Vec<&Value> = rows[1..].iter().map(|row| &row["clean"]["home"]["county"]).collect();
    assert_eq!(
        counties,
        [&json!("520581"), &json!("520522"), &json!("330383"), &json!("330383"), &Value::Null]
    );
    assert_eq!(rows[5]["issues"][0]["code"], "place_unknown");
    assert_eq!(rows[5]["decision"], "flag");
}
