//! Scenario 31 and practice S3-03: a log of visits comes in, the office's own sheets are filled in from it and from the
//! register, cell for cell, with what changed marked.

use std::collections::{BTreeMap, HashMap, HashSet};

use axum::http::StatusCode;
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Value, json};
use sheets::{Limits, Sheet};

use crate::client::{Browser, Program, on_both};
use crate::imports::{count, entered, sample, until, upload};

/// Uploads a form and gives its page.
async fn kept(browser: &Browser, name: &str, bytes: &[u8]) -> Value {
    let answer = sent(browser, name, bytes).await;
    assert_eq!(answer.0, StatusCode::CREATED, "{}", answer.1);
    answer.1
}

async fn sent(browser: &Browser, name: &str, bytes: &[u8]) -> (StatusCode, Value) {
    let mut body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--grenze--\r\n");
    let answer =
        browser.send_raw("POST", "/api/v1/templates", "multipart/form-data; boundary=grenze", body).await;
    (answer.status, answer.json())
}

/// Fills a form in and gives what was noted and the workbook.
async fn filled(browser: &Browser, id: &str, from: &str, to: &str) -> (Value, Vec<u8>) {
    let path = format!("/api/v1/templates/{id}/fill");
    let answer = browser.send("POST", &path, Some(json!({ "from": from, "to": to }))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let file = browser.send("GET", &format!("/api/v1/templates/{id}/filled.xlsx"), None).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text());
    (answer.json()["fillings"][0].clone(), file.bytes)
}

fn sheet(bytes: &[u8], name: &str) -> Sheet {
    let book = sheets::read_whole_sheets(bytes, "x.xlsx", &Limits::default()).unwrap();
    book.sheets.into_iter().find(|sheet| sheet.name == name).unwrap()
}

pub async fn imported(browser: &Browser, name: &str, bytes: &[u8], rule: &str) -> Value {
    let id = upload(browser, name, bytes).await;
    until(browser, &id, "preview").await;
    let decided =
        browser.send("PUT", &format!("/api/v1/imports/{id}/decisions"), Some(json!({ "rule": rule }))).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.text());
    let done = entered(browser, &id).await;
    assert_eq!(done["failed"], json!([]), "{name}");
    done
}

pub fn truth(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible");
    serde_json::from_str(&std::fs::read_to_string(format!("{folder}/{name}.truth.json")).unwrap()).unwrap()
}

/// Whom the register's people are in the truth, by sheet and row that they came from.
pub async fn clusters(browser: &Browser) -> HashMap<String, HashSet<String>> {
    let mut of: HashMap<(String, u64), String> = HashMap::new();
    for (name, file) in [("01_流动儿童花名册.xlsx", "花名册.xlsx"), ("02_家庭登记总表.xlsx", "总表.xlsx")]
    {
        for record in truth(name)["records"].as_array().unwrap() {
            let key = format!("{file}|{}", record["sheet"].as_str().unwrap());
            of.insert(
                (key, record["row"].as_u64().unwrap()),
                record["cluster"].as_str().unwrap_or_default().to_owned(),
            );
        }
    }
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    let imports = browser.get("/api/v1/imports").await;
    for import in imports["items"].as_array().unwrap() {
        let sql = "SELECT line FROM import_line WHERE site <> $1";
        let rows = browser.node.rows(sql, vec!["".into()]).await.unwrap();
        let site = browser.get("/api/v1/session").await["site"]["id"].as_str().unwrap().parse().unwrap();
        let ids: Vec<kernel::Id> = rows.iter().map(|row| row.id(0)).collect();
        for held in browser.node.held_many(kernel::SiteId(site), "import_line", &ids).await.unwrap() {
            let line: intake::Line = journal::state(&held);
            if line.batch.0.to_string() != import["id"].as_str().unwrap() {
                continue;
            }
            for row in &line.rows {
                let sheet = import["sheets"][row.sheet as usize]["name"].as_str().unwrap();
                let key = (format!("{}|{sheet}", import["file"].as_str().unwrap()), u64::from(row.row));
                if let Some(cluster) = of.get(&key) {
                    found.entry(row.person.to_string()).or_default().insert(cluster.clone());
                }
            }
        }
    }
    found
}

#[test]
fn three_hundred_visits_come_in_with_nobody_taken_for_somebody_else() {
    let (Some(roster), Some(register), Some(log)) = (
        sample("01_流动儿童花名册.xlsx"),
        sample("02_家庭登记总表.xlsx"),
        sample("04_走访电话记录2024.xlsx"),
    ) else {
        return;
    };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        imported(&manager, "花名册.xlsx", &roster, "auto_only").await;
        imported(&manager, "总表.xlsx", &register, "all_same").await;
        let people = count(&manager, "person").await;
        let id = upload(&manager, "走访.xlsx", &log).await;
        let view = until(&manager, &id, "preview").await;
        assert_eq!((&view["sheets"][0]["kind"], &view["counts"]["rows"]), (&json!("visits"), &json!(300)));
        let of = clusters(&manager).await;
        wrong_people(&program, &manager, &id, &of).await;
        let done = entered(&manager, &id).await;
        assert_eq!(done["failed"], json!([]));
        assert_eq!(count(&manager, "encounter").await, 300);
        let needs = truth("04_走访电话记录2024.xlsx")["headline"]["needs"].clone();
        let heard: i64 = needs.as_object().unwrap().values().map(|count| count.as_i64().unwrap()).sum();
        let sql = "SELECT COUNT(*) FROM need_row WHERE encounter IS NOT NULL AND site <> $1";
        assert_eq!(manager.node.rows(sql, vec!["".into()]).await.unwrap()[0].int(0), heard);
        let sql = "SELECT COUNT(*) FROM encounter_row WHERE outcome = $1";
        assert_eq!(manager.node.rows(sql, vec!["met".into()]).await.unwrap()[0].int(0), 262);
        println!("{} people before, {} made by the log", people, done["entered"]["persons_made"]);
        // Importing again creates nothing.
        let again = upload(&manager, "走访.xlsx", &log).await;
        let view = until(&manager, &again, "preview").await;
        assert_eq!(view["counts"]["known"], 300, "{}", view["counts"]);
        entered(&manager, &again).await;
        assert_eq!(count(&manager, "encounter").await, 300);
        // The batch is undone whole.
        let why = json!({ "reason": "试导入" });
        let undone = manager.send("POST", &format!("/api/v1/imports/{id}/undo"), Some(why)).await;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        assert_eq!((count(&manager, "encounter").await, count(&manager, "person").await), (0, people));
    });
}

/// Compares the people whom rows were taken to speak of with the truth.
async fn wrong_people(program: &Program, manager: &Browser, id: &str, of: &HashMap<String, HashSet<String>>) {
    let actor = program.actor(manager).await;
    let preview = program.app.imports.get(&actor, id.parse().unwrap()).await.unwrap();
    let truth = truth("04_走访电话记录2024.xlsx");
    let wanted: BTreeMap<u64, &Value> = truth["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["row"].as_u64().unwrap(), record))
        .collect();
    let (mut right, mut wrong, mut review, mut new) = (0, Vec::new(), 0, 0);
    for row in &preview.sheets[0].rows {
        let persons = wanted[&u64::from(row.row)]["persons"].as_array().unwrap();
        for (one, told) in row.people.iter().zip(persons) {
            let cluster = told["cluster"].as_str().unwrap_or_default();
            match one.person {
                Some(person) if one.certain => match of.get(&person.to_string()) {
                    Some(known) if known.contains(cluster) => right += 1,
                    // Guardians of the roster have no row of their own.
                    None => right += 1,
                    Some(known) => {
                        wrong.push(format!("{} {} {known:?} {cluster} {:?}", row.row, one.label, one.why));
                    }
                },
                Some(_) => review += 1,
                None => new += 1,
            }
        }
    }
    println!("people of visits: {right} right, {} wrong, {review} to decide, {new} new", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The quarterly sheet of a street office: figures in cells, sums by formula.
fn quarterly() -> Vec<u8> {
    let mut book = Workbook::new();
    let title = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("季度报表").unwrap();
    sheet.merge_range(0, 0, 0, 5, "流动儿童关爱服务季度统计表", &title).unwrap();
    for (column, words) in ["项目", "一季度", "二季度", "三季度", "四季度", "全年"].iter().enumerate()
    {
        sheet.write_string_with_format(1, column as u16, *words, &title).unwrap();
    }
    for (row, words) in ["入户走访（次）", "电话联系（次）", "合计"].iter().enumerate() {
        sheet.write_string(2 + row as u32, 0, *words).unwrap();
    }
    for column in 1..5_u16 {
        let letter = char::from(b'A' + column as u8);
        sheet.write_formula(4, column, Formula::new(format!("=SUM({letter}3:{letter}4)"))).unwrap();
    }
    sheet.write_formula(2, 5, Formula::new("=SUM(B3:E3)")).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_visits_of_a_year_make_the_quarterly_sheet_with_no_retyping() {
    let (Some(register), Some(log)) = (sample("02_家庭登记总表.xlsx"), sample("04_走访电话记录2024.xlsx"))
    else {
        return;
    };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        imported(&manager, "总表.xlsx", &register, "all_same").await;
        imported(&manager, "走访.xlsx", &log, "all_same").await;
        let form = kept(&manager, "季报.xlsx", &quarterly()).await;
        let id = form["id"].as_str().unwrap().to_owned();
        assert!(form["figures"].as_array().unwrap().len() > 20);
        let mut cells = serde_json::Map::new();
        for (letter, quarter) in [("B", "q1"), ("C", "q2"), ("D", "q3"), ("E", "q4")] {
            cells.insert(format!("{letter}3"), json!(format!("visits.visit@{quarter}")));
            cells.insert(format!("{letter}4"), json!(format!("visits.call@{quarter}")));
        }
        let pointing = json!({ "sheet": "季度报表", "cells": cells });
        let path = format!("/api/v1/templates/{id}/pointing");
        let pointed = manager.send("PUT", &path, Some(pointing)).await;
        assert_eq!(pointed.status, StatusCode::OK, "{}", pointed.text());
        let (_, bytes) = filled(&manager, &id, "2024-10-01", "2024-12-31").await;
        let page = sheet(&bytes, "季度报表");
        let truth = truth("04_走访电话记录2024.xlsx");
        for (column, quarter) in ["Q1", "Q2", "Q3", "Q4"].iter().enumerate() {
            let told = &truth["headline"]["reached_by_quarter_and_kind"][quarter];
            let number = |row: usize| page.cell(row, column + 1).shown().parse::<i64>().unwrap();
            // Three rows bear last year's date; the truth counts them in this year.
            let near = |found: i64, wanted: i64| (wanted - 2..=wanted).contains(&found);
            let spoken = told["phone"].as_i64().unwrap() + told["wechat"].as_i64().unwrap_or(0);
            assert!(near(number(2), told["home"].as_i64().unwrap()), "{quarter} {told} {}", number(2));
            assert!(near(number(3), spoken), "{quarter} {told} {}", number(3));
        }
        assert!(page.formulas.contains(&(4, 1)) && page.formulas.contains(&(2, 5)));
        // A formula of the office cannot be pointed at.
        let bad = json!({ "sheet": "季度报表", "cells": { "B5": "visits.total" } });
        manager.send("PUT", &path, Some(bad)).await;
        let period = json!({ "from": "2024-01-01", "to": "2024-03-31" });
        let refused = manager.send("POST", &format!("/api/v1/templates/{id}/fill"), Some(period)).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "SK-4014"));
    });
}

#[test]
fn her_exact_sheet_is_filled_in_with_only_what_changed_marked() {
    let Some(roster) = sample("01_流动儿童花名册.xlsx") else { return };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        imported(&manager, "花名册.xlsx", &roster, "all_new").await;
        let form = kept(&manager, "花名册.xlsx", &roster).await;
        let id = form["id"].as_str().unwrap().to_owned();
        let pointing = &form["pointings"][0];
        assert_eq!((&pointing["first_row"], &pointing["last_row"]), (&json!(5), &json!(259)), "{pointing}");
        assert_eq!(
            (&pointing["columns"]["B"], &pointing["columns"]["I"]),
            (&json!("name"), &json!("guardians.phones"))
        );
        // The sheet came from the same register: every cell says the same and stays as she wrote it.
        let (first, bytes) = filled(&manager, &id, "2024-01-01", "2024-03-31").await;
        let (before, after) = (sheet(&roster, "花名册"), sheet(&bytes, "花名册"));
        let differ = differences(&before, &after);
        println!(
            "first filling: {first} {} cells differ {:?}",
            differ.len(),
            &differ[..differ.len().min(12)]
        );
        assert_eq!((&first["people"], &first["new"], &first["gone"]), (&json!(255), &json!(0), &json!(0)));
        assert!(differ.len() <= 30, "{}", differ.len());
        // One phone changes, one child comes, one leaves the register.
        changes(&manager).await;
        let (second, bytes) = filled(&manager, &id, "2024-04-01", "2024-06-30").await;
        assert_eq!(
            (&second["people"], &second["new"], &second["gone"]),
            (&json!(255), &json!(1), &json!(1)),
            "{second}"
        );
        assert_eq!(second["changed"], 1, "{second}");
        let page = sheet(&bytes, "花名册");
        let listed = sheet(&bytes, "变动");
        let told: Vec<String> = (1..listed.rows.len())
            .map(|row| format!("{} {}", listed.cell(row, 1).shown(), listed.cell(row, 2).shown()))
            .collect();
        assert!(
            told.contains(&"胡思诺 改了".to_owned()) && told.contains(&"新来的 新增".to_owned()),
            "{told:?}"
        );
        let last = (4..page.rows.len()).find(|row| page.cell(*row, 1).shown() == "新来的");
        assert_eq!(last, Some(259), "below the last child, above the sum");
        assert_eq!(page.cell(260, 0).shown(), "合计");
        assert_eq!(page.merges.len(), before.merges.len());
    });
}

fn differences(a: &Sheet, b: &Sheet) -> Vec<(usize, usize, String, String)> {
    let mut differ = Vec::new();
    for row in 0..a.rows.len().max(b.rows.len()) {
        for column in 0..19 {
            if a.cell(row, column) != b.cell(row, column) {
                differ.push((row + 1, column, a.cell(row, column).shown(), b.cell(row, column).shown()));
            }
        }
    }
    differ
}

async fn changes(manager: &Browser) {
    let found = manager.get("/api/v1/people?q=%E8%83%A1%E6%80%9D%E8%AF%BA").await;
    let child: kernel::Id = found["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let page = manager.get(&format!("/api/v1/people/{child}")).await;
    let living = page["stays"].as_array().unwrap().iter().find(|stay| stay["kind"] == "living").unwrap();
    let stay: kernel::Id = living["id"].as_str().unwrap().parse().unwrap();
    manager.done("stay.amend", stay, json!({ "address": "新搬的地方1号" })).await;
    let fresh = manager.id();
    let body = json!({ "names": [{ "kind": "birth", "text": "新来的" }], "birth": { "precision": "day", "date": "2016-05-06" } });
    manager.done("person.create", fresh, body).await;
    let found = manager.get("/api/v1/people?q=%E8%8B%8F%E6%B5%A9%E6%B3%BD").await;
    let gone: kernel::Id = found["items"][0]["id"].as_str().unwrap().parse().unwrap();
    manager.done("person.retract", gone, json!({})).await;
}

#[test]
fn forms_that_are_none_are_told_what_to_do() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for (name, bytes, code) in [
            ("x.xlsx", &b"PK\x03\x04 none"[..], "SK-4003"),
            ("x.csv", "姓名,电话\n李娜,1\n".as_bytes(), "SK-4012"),
            ("x.pdf", b"%PDF-1.7", "SK-4010"),
            ("x.xlsx", b"", "SK-4001"),
        ] {
            let (status, told) = sent(&manager, name, bytes).await;
            assert!(status.is_client_error(), "{name}");
            assert_eq!(told["code"], code, "{told}");
        }
        let old = include_bytes!("../../../sheets/tests/data/register.xls");
        let (status, told) = sent(&manager, "旧表.xls", old).await;
        assert_eq!((status, &told["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("SK-4012")));
        assert!(told["detail"].as_str().unwrap().contains(".xlsx"), "{told}");
        let sheet_of_the_office = quarterly();
        let form = kept(&manager, "季报.xlsx", &sheet_of_the_office).await;
        let id = form["id"].as_str().unwrap().to_owned();
        let nothing = json!({ "from": "2024-01-01", "to": "2024-03-31" });
        let path = format!("/api/v1/templates/{id}");
        let refused = manager.send("POST", &format!("{path}/fill"), Some(nothing)).await;
        assert_eq!(refused.code(), "SK-4110");
        let none = manager.send("GET", &format!("{path}/filled.xlsx"), None).await;
        assert_eq!((none.status, none.code().as_str()), (StatusCode::NOT_FOUND, "SK-4113"));
        for (pointing, code) in [
            (json!({ "sheet": "没有", "cells": { "B3": "visits.total" } }), "SK-4103"),
            (json!({ "sheet": "季度报表", "cells": { "B3": "visits.nothing" } }), "SK-4104"),
            (json!({ "sheet": "季度报表", "cells": { "3B": "visits.total" } }), "SK-4104"),
            (json!({ "sheet": "季度报表", "columns": { "A": "name" } }), "SK-4111"),
            (
                json!({ "sheet": "季度报表", "first_row": 9, "last_row": 3, "columns": { "A": "name" } }),
                "SK-4111",
            ),
        ] {
            let answer = manager.send("PUT", &format!("{path}/pointing"), Some(pointing.clone())).await;
            assert_eq!(answer.code(), code, "{pointing} {}", answer.text());
        }
        let grid = manager.get(&format!("{path}/grid?from=1")).await;
        assert_eq!(grid["rows"][0]["cells"][0]["span"], json!([1, 6]));
        assert_eq!(grid["rows"][4]["cells"][1]["formula"], true);
        let good = json!({ "sheet": "季度报表", "cells": { "B3": "visits.visit@q1" } });
        manager.send("PUT", &format!("{path}/pointing"), Some(good)).await;
        let backwards = json!({ "from": "2024-03-31", "to": "2024-01-01" });
        assert_eq!(manager.send("POST", &format!("{path}/fill"), Some(backwards)).await.code(), "SK-4112");
        let leap = json!({ "from": "2024-02-30", "to": "2024-03-31" });
        assert!(manager.send("POST", &format!("{path}/fill"), Some(leap)).await.status.is_client_error());
        // A year without a visit gives noughts, honestly.
        let (_, bytes) = filled(&manager, &id, "2019-01-01", "2019-03-31").await;
        assert_eq!(sheet(&bytes, "季度报表").cell(2, 1).shown(), "0");
        // The same file again is the same form; a volunteer sees none.
        assert_eq!(kept(&manager, "季报.xlsx", &sheet_of_the_office).await["id"], id.as_str());
        let volunteer = program.other(&manager, "chen", "volunteer").await;
        let refused = volunteer.send("GET", "/api/v1/templates", None).await;
        assert!(refused.status.is_client_error(), "{}", refused.text());
    });
}
