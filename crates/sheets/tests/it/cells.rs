//! Single rows: what a suspicious cell becomes.

use serde_json::{Value, json};

use crate::support::{codes, dry_run, open, rows_of, small};

/// The first data row of a one-sheet workbook.
fn first(rows: &[&[&str]]) -> Value {
    row_at(rows, 2)
}

fn row_at(rows: &[&[&str]], row: u64) -> Value {
    let run = dry_run(&open(&small(rows), "名单.xlsx"));
    let name = run["sheets"][0]["name"].as_str().expect("name").to_owned();
    let rows = rows_of(&run, &name);
    rows.get(&row).map_or_else(|| panic!("no row {row} in {run}"), |row| (*row).clone())
}

#[test]
fn suspicious_names() {
    let long = "娜".repeat(10_000);
    for (name, clean, code) in [
        ("李娜", json!("李娜"), None),
        ("𠮷田花", json!("𠮷田花"), None),
        ("'; DROP TABLE person; --", json!("'; DROP TABLE person; --"), None),
        ("<b>李娜</b>", json!("<b>李娜</b>"), None),
        ("？", Value::Null, Some("name:name_missing")),
        ("王□", Value::Null, Some("name:name_rare_char_lost")),
        (long.as_str(), json!("娜".repeat(80)), Some("name:name_too_long")),
    ] {
        let row = first(&[&["姓名", "性别", "电话"], &[name, "女", "13800138000"]]);
        assert_eq!(row["clean"]["name"], clean);
        if let Some(code) = code {
            assert!(codes(&row).iter().any(|found| found == code), "{code}: {:?}", codes(&row));
        }
    }
}

#[test]
fn several_guardians_in_one_cell() {
    let head: &[&str] = &["姓名", "性别", "学校", "家长姓名及电话"];
    for cell in [
        "父亲胡超13800138000，母亲王颖13900139000",
        "爸爸：胡超 13800138000 妈妈：王颖 13900139000",
        "胡超(父)13800138000、王颖(母)13900139000",
    ] {
        let row = first(&[head, &["胡思诺", "女", "清溪小学", cell]]);
        assert_eq!(
            row["clean"]["guardians"],
            json!([
                { "name": "胡超", "relation": "father", "phones": ["13800138000"] },
                { "name": "王颖", "relation": "mother", "phones": ["13900139000"] },
            ]),
            "{cell}"
        );
    }
}

#[test]
fn two_guardians_over_three_cells() {
    let head: &[&str] = &["姓名", "学校", "监护人姓名", "与儿童关系", "监护人电话", "监护人身份证号"];
    let wanted = json!([
        { "name": "胡超", "relation": "father", "phones": ["13800138000"] },
        { "name": "王颖", "relation": "mother", "phones": ["13900139000"] },
    ]);
    for (names, relations, phones) in [
        ("胡超、王颖", "父亲、母亲", "13800138000、13900139000"),
        ("胡超 王颖", "父母", "13800138000 13900139000"),
        ("胡超/王颖", "爸爸/妈妈", "13800138000/13900139000"),
    ] {
        let row = first(&[head, &["胡思诺", "清溪小学", names, relations, phones, "530697198511174710"]]);
        assert_eq!(row["clean"]["guardians"], wanted, "{names}");
        assert!(row["clean"].get("id_no").is_none());
    }
    let row = first(&[head, &["胡思诺", "清溪小学", "胡 超", "父", "13800138000"]]);
    assert_eq!(row["clean"]["guardians"][0]["name"], "胡超");
}

#[test]
fn parents_in_columns_of_their_own() {
    let row = first(&[
        &["姓名", "父亲姓名", "父亲电话", "母亲姓名", "母亲电话", "学校"],
        &["胡思诺", "胡超", "13800138000", "王颖", "13900139000", "清溪小学"],
    ]);
    assert_eq!(
        row["clean"]["guardians"][0],
        json!({ "name": "胡超", "relation": "father", "phones": ["13800138000"] })
    );
    assert_eq!(
        row["clean"]["guardians"][1],
        json!({ "name": "王颖", "relation": "mother", "phones": ["13900139000"] })
    );
}

#[test]
fn an_id_ruined_by_the_spreadsheet_is_flagged_never_mended() {
    let head: &[&str] = &["姓名", "身份证号"];
    for (id, code) in [
        ("5.30697E+17", "id_excel_text"),
        ("530697201905117000", "id_excel_number"),
        ("53069720190511747", "id_length"),
        ("530697201905117471", "id_checksum"),
    ] {
        let row = first(&[head, &["苏浩泽", id]]);
        assert_eq!(row["clean"]["id_no"], Value::Null, "{id}");
        assert_eq!(codes(&row), [format!("id_no:{code}")], "{id}");
        assert_eq!(row["decision"], "flag");
    }
}

#[test]
fn needs_that_are_denied_or_settled_are_none() {
    for (remark, wanted) in [
        ("想转学；父亲工地受伤", json!(["school_transfer", "work_injury"])),
        ("工资已结清，孩子作业没人辅导", json!(["tutoring"])),
        ("不需要托管", json!([])),
        ("已转学", json!([])),
        ("不想转学", json!([])),
        ("疫苗已打全", json!([])),
        ("暂无需求", json!([])),
        ("居住证已办好", json!([])),
    ] {
        let row = first(&[&["姓名", "家长", "学校", "备注"], &["胡思诺", "胡超", "清溪小学", remark]]);
        assert_eq!(row["clean"]["needs"], wanted, "{remark}");
    }
}

#[test]
fn grades_in_many_words() {
    for (grade, school, stage, year) in [
        ("三(3)班", "清溪小学", "primary", Some(3)),
        ("302班", "清溪小学", "primary", Some(3)),
        ("初中二年级", "", "junior", Some(8)),
        ("初中七年级", "", "junior", Some(7)),
        ("一(2)班", "清溪中学", "junior", Some(7)),
        ("高二", "", "senior", Some(11)),
        ("Grade 5", "", "primary", Some(5)),
        ("学前班", "童乐幼儿园", "kindergarten", None),
        ("", "清溪小学", "primary", None),
        ("", "散居", "none", None),
        ("", "辍学", "dropout", None),
    ] {
        let row = first(&[&["姓名", "学校", "年级"], &["胡思诺", school, grade]]);
        assert_eq!(row["clean"]["grade"], json!({ "stage": stage, "grade": year }), "{grade} {school}");
    }
}

#[test]
fn the_rows_of_a_form() {
    let rows: &[&[&str]] = &[
        &["2024年春季名单"],
        &["序号", "姓名", "性别", "电话"],
        &["1", "2", "3", "4"],
        &["示例", "张三", "男", "13900139000"],
        &["1", "李娜", "女", "13800138000"],
        &["2"],
        &["3"],
        &["序号", "姓名", "性别", "电话"],
        &["4", "王强", "男", "无"],
        &["合计", "2人"],
        &["制表人：王海梅", "", "", "审核人："],
        &["注：本表仅供内部使用"],
    ];
    let run = dry_run(&open(&small(rows), "名单.xlsx"));
    let name = run["sheets"][0]["name"].as_str().expect("name").to_owned();
    let roles: Vec<String> =
        rows_of(&run, &name).values().map(|row| row["role"].as_str().expect("role").to_owned()).collect();
    assert_eq!(
        roles,
        [
            "title", "header", "header", "note", "data", "note", "note", "header", "data", "total", "note",
            "note"
        ]
    );
    assert_eq!(run["sheets"][0]["as_of"], "2024-12-31");
}

#[test]
fn a_date_that_is_none() {
    let row = first(&[&["姓名", "出生日期"], &["李娜", "2011年2月30日"]]);
    assert_eq!(row["clean"]["birth"], Value::Null);
    assert_eq!(codes(&row), ["birth:date_impossible"]);
}

#[test]
fn nothing_personal_in_debug() {
    let book = open(&small(&[&["姓名", "电话"], &["李娜", "13800138000"]]), "名单.xlsx");
    let read = sheets::understand(&book, &sheets::Options::new(crate::support::TODAY));
    let shown = format!("{book:?} {:?}", read[0].rows);
    assert!(!shown.contains("李娜") && !shown.contains("13800138000"));
}

#[test]
fn every_code_has_words_in_both_languages() {
    for (code, _, zh, en) in sheets::issue::catalogue() {
        let han = |text: &str| text.chars().any(|c| c > '\u{4e00}');
        assert!(han(zh) && !han(en) && !en.is_empty(), "{code}");
    }
}

#[test]
fn the_binary_format_before_2007() {
    let book = open(include_bytes!("../data/register.xls"), "登记表.xls");
    assert_eq!(book.format, sheets::Format::Xls);
    let run = dry_run(&book);
    assert_eq!(run["sheets"][0]["as_of"], "2024-06-30");
    let rows = rows_of(&run, "登记表");
    let roles: Vec<&Value> = rows.values().map(|row| &row["role"]).collect();
    assert_eq!(roles, ["title", "header", "data", "data", "data", "total"]);
    assert_eq!(rows[&3]["clean"]["birth"], "1985-03-05");
    assert_eq!(rows[&3]["clean"]["phones"], json!(["13800138000"]));
    assert_eq!(rows[&4]["clean"]["birth"], "1987-06");
    assert_eq!(rows[&5]["clean"]["birth"], json!({ "age": 8 }));
    assert_eq!(rows[&5]["clean"]["address"], "北营村1号");
    assert_eq!(codes(rows[&5]), ["household_no:merged", "birth:age_not_date"]);
    assert_eq!(run["sheets"][1]["role"], "confidential");
    assert!(run["sheets"][1]["rows"].as_array().expect("rows").iter().all(|row| row["clean"].is_null()));
}

#[test]
fn an_earlier_list_of_the_same_people_is_an_old_version() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, title) in [("二季度", "登记表 2023年6月"), ("四季度", "登记表 2023年12月")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        sheet.write_string(0, 0, title).expect("text fits");
        for (column, title) in ["姓名", "性别", "电话", "现住址"].iter().enumerate() {
            sheet.write_string(1, column as u16, *title).expect("text fits");
        }
        for at in 0..30_u32 {
            sheet
                .write_string(at + 2, 0, format!("王{}", char::from_u32(0x4e00 + at).expect("a character")))
                .expect("text fits");
            sheet.write_string(at + 2, 1, "女").expect("text fits");
        }
    }
    let run = dry_run(&open(&book.save_to_buffer().expect("a workbook"), "登记.xlsx"));
    assert_eq!(run["sheets"][0]["role"], "old_version");
    assert_eq!(run["sheets"][1]["role"], "data");
}

#[test]
fn a_title_is_read_with_its_group() {
    let rows: &[&[&str]] = &[
        &["姓名", "学校", "", "居住", "", "来滇日期", "家长", ""],
        &["", "名称", "年级", "地址", "性质", "", "姓名", "手机"],
        &["胡思诺", "清溪小学", "三年级", "北营村1号", "租房", "2020年3月", "胡超", "13800138000"],
    ];
    let row = row_at(rows, 3);
    let clean = &row["clean"];
    assert_eq!((&clean["name"], &clean["school"]), (&json!("胡思诺"), &json!("清溪小学")));
    assert_eq!((&clean["address"], &clean["tenure"]), (&json!("北营村1号"), &json!("rent")));
    assert_eq!(
        (&clean["arrival"], &clean["guardians"][0]["phones"][0]),
        (&json!("2020-03"), &json!("13800138000"))
    );
}

#[test]
fn a_mapping_is_edited_and_remembered_by_its_headers() {
    let rows: &[&[&str]] = &[&["姓名", "代号", "电话"], &["李娜", "娜姐", "13800138000"]];
    let titled: &[&[&str]] = &[&["2024年名单"], &["姓名", "代号", "电话"], &["王强", "强哥", "13900139000"]];
    let (first, second) = (open(&small(rows), "一.xlsx"), open(&small(titled), "二.xlsx"));
    let mut options = sheets::Options::new(crate::support::TODAY);
    let mut mapping = sheets::understand(&first, &options).remove(0).mapping;
    assert_eq!(mapping.columns[1].target, None);
    mapping.set(1, Some(sheets::Target { field: sheets::Field::Nickname, slot: 0, relation: None }));
    let kept: sheets::Mapping = serde_json::from_value(json!(mapping)).expect("a mapping is JSON");
    options.remembered.push(kept);
    let read = sheets::understand(&second, &options).remove(0);
    assert_eq!(read.rows[0].values.nicknames, ["强哥"]);
}

#[test]
fn hidden_rows_and_columns_are_told() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        [["姓名", "电话"], ["李娜", "13800138000"], ["王强", "13900139000"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *text).expect("text fits");
        }
    }
    sheet.set_row_hidden(2).expect("a row").set_column_hidden(1).expect("a column");
    let book = open(&book.save_to_buffer().expect("a workbook"), "名单.xlsx");
    let read = sheets::understand(&book, &sheets::Options::new(crate::support::TODAY)).remove(0);
    assert_eq!(read.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, true]);
    assert_eq!(read.layout.columns.iter().map(|column| column.hidden).collect::<Vec<_>>(), [false, true]);
}
