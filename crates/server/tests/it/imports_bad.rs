//! What an import must bear: files that are none or too much, values that lie, being stopped, taken back, killed.

use std::io::{Cursor, Write};
use std::process::Stdio;

use axum::http::StatusCode;
use intake::Progress;
use kernel::Id;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::cli::{self, Desk};
use crate::client::{Browser, Program, on_both};
use crate::imports::{count, entered, until, until_failed, upload};

/// Rows of people who differ from one another.
fn people(rows: usize) -> String {
    let given = ["娜", "强", "敏", "静", "伟", "芳", "磊", "洋", "勇", "艳"];
    let family = ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
    let mut text = "姓名,性别,联系电话,现住址\n".to_owned();
    for at in 0..rows {
        let name = format!("{}{}{}", family[at % 10], given[at / 10 % 10], given[at / 100 % 10]);
        let sex = if at % 2 == 0 { "女" } else { "男" };
        text += &format!("{name},{sex},139{:08},{}号\n", at * 7_919, at + 1);
    }
    text
}

/// A small file whose only sheet unpacks to 200 MB.
fn bomb() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<workbook/>").unwrap();
    writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let row = "<row><c t=\"inlineStr\"><is><t>李娜</t></is></c></row>".repeat(20_000);
    for _ in 0..(200 << 20) / row.len() + 1 {
        writer.write_all(row.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_sheet_of_200_mb_is_refused_packed_and_unpacked() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let packed = bomb();
        assert!(packed.len() < 8 << 20, "{}", packed.len());
        let id = upload(&manager, "大表.xlsx", &packed).await;
        let problem = until_failed(&manager, &id).await["problem"].as_str().unwrap().to_owned();
        assert!(problem.starts_with("SK-4005") && problem.contains("160"), "{problem}");
        let mut body =
            b"--g\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n".to_vec();
        body.resize(200 << 20, b'a');
        let answer =
            manager.send_raw("POST", "/api/v1/imports", "multipart/form-data; boundary=g", body).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.code().starts_with("SK-") && answer.text().contains("40"), "{}", answer.text());
        assert_eq!((count(&manager, "person").await, count(&manager, "batch").await), (0, 0));
    });
}

fn workbook_with_formulas() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in ["姓名", "性别", "房租", "联系电话"].iter().enumerate() {
        sheet.write_string(0, column as u16, *title).unwrap();
    }
    sheet.write_string(1, 0, "李娜").unwrap();
    sheet.write_string(1, 1, "女").unwrap();
    sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=300+350").set_result("650")).unwrap();
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_string(2, 0, "=HYPERLINK(\"http://example.org\",\"王强\")").unwrap();
    sheet.write_string(2, 3, "13900139000").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn formulas_are_read_as_what_they_showed_and_never_run() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let id = upload(&manager, "公式.xlsx", &workbook_with_formulas()).await;
        until(&manager, &id, "preview").await;
        let rows = manager.get(&format!("/api/v1/imports/{id}/rows?limit=200")).await;
        let rows = rows["items"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["values"]["rent"]), (2, &json!(650)));
        assert_eq!(rows[0]["values"]["phones"], json!([]));
        let codes = rows[0]["issues"].to_string();
        assert!(codes.contains("formula_error") && codes.contains("D2"), "{codes}");
        let done = entered(&manager, &id).await;
        assert_eq!((done["failed"].clone(), count(&manager, "person").await), (json!([]), 2));
    });
}

#[test]
fn hostile_names_and_impossible_days_are_told_and_no_row_is_lost() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let long = "长".repeat(10_000);
        let csv = format!(
            "姓名,性别,出生日期,联系电话\n{long},女,2011.3.5,13800138000\n李娜,女,2011年2月30日,13800138001\n\
             <img src=x onerror=alert(1)>,女,2011.3.5,13800138002\n\
             '); DELETE FROM record; --,男,2011.13.40,13800138003\n,男,2011.3.5,13800138005\n\
             𠮷田,男,去年2月30日,13800138004\n"
        );
        let id = upload(&manager, "怪名.csv", csv.as_bytes()).await;
        let view = until(&manager, &id, "preview").await;
        assert_eq!(view["counts"]["rows"], 6, "{}", view["counts"]);
        let rows = manager.get(&format!("/api/v1/imports/{id}/rows?limit=200")).await;
        let codes = |at: usize| rows["items"][at]["issues"].to_string();
        assert!(codes(0).contains("name_too_long") && codes(0).contains("\"A2\""), "{}", codes(0));
        for at in [1, 3, 5] {
            let code = if at == 5 { "date_" } else { "date_impossible" };
            assert!(codes(at).contains(code), "{}", codes(at));
            assert_eq!(rows["items"][at]["values"]["birth"], Value::Null);
        }
        assert!(codes(4).contains("name_missing"), "{}", codes(4));
        let done = entered(&manager, &id).await;
        assert_eq!(done["failed"], json!([]));
        let made = done["entered"]["persons_made"].as_i64().unwrap();
        let left = done["counts"]["refuse"].as_i64().unwrap();
        assert_eq!((made + left, count(&manager, "person").await), (6, made), "{done}");
        assert!(made >= 4, "{done}");
        let people = manager.get("/api/v1/people?limit=50").await.to_string();
        assert!(
            people.contains("<img src=x onerror=alert") && people.contains("DELETE FROM record"),
            "{people}"
        );
    });
}

/// Enters an import and stops it after the first rows.
async fn stopped_after_the_first(program: &Program, manager: &Browser, id: Id) -> Progress {
    let actor = program.actor(manager).await;
    let imports = program.app.imports.clone();
    let mut seen = Progress::default();
    let tick = |progress: Progress| {
        seen = progress;
        let (imports, actor) = (imports.clone(), actor.clone());
        let stopped = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async move { imports.cancel(&actor, id).await })
        });
        stopped.unwrap();
    };
    program.app.imports.apply_now(&actor, id, tick).await.unwrap();
    seen
}

#[test]
fn cancelled_it_stops_between_rows_and_goes_on_or_is_undone() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let before = upload(&manager, "先停.csv", people(5).as_bytes()).await;
        until(&manager, &before, "preview").await;
        let stopped = manager.send("POST", &format!("/api/v1/imports/{before}/cancel"), None).await;
        assert_eq!((stopped.status, &stopped.json()["state"]), (StatusCode::OK, &json!("cancelled")));
        assert_eq!(count(&manager, "person").await, 0);

        let id = upload(&manager, "名单.csv", people(200).as_bytes()).await;
        until(&manager, &id, "preview").await;
        let seen = stopped_after_the_first(&program, &manager, id.parse().unwrap()).await;
        let view = manager.get(&format!("/api/v1/imports/{id}")).await;
        assert_eq!((&view["state"], seen.total), (&json!("cancelled"), 200));
        let some = count(&manager, "person").await;
        assert_eq!(some, seen.done as i64);
        assert!((1..200).contains(&some), "{some}");
        // Going on enters the rest, once.
        let done = entered(&manager, &id).await;
        assert_eq!((done["failed"].clone(), count(&manager, "person").await), (json!([]), 200));
        let why = json!({ "reason": "试导入" });
        let undone = manager.send("POST", &format!("/api/v1/imports/{id}/undo"), Some(why.clone())).await;
        assert_eq!((undone.status, count(&manager, "person").await), (StatusCode::OK, 0));
        let twice = manager.send("POST", &format!("/api/v1/imports/{id}/undo"), Some(why)).await;
        assert_eq!((twice.status, twice.code().as_str()), (StatusCode::CONFLICT, "SK-4102"));
    });
}

#[test]
fn reading_that_was_cut_off_begins_again() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let id = upload(&manager, "名单.csv", people(5).as_bytes()).await;
        until(&manager, &id, "preview").await;
        let actor = program.actor(&manager).await;
        let mut preview = program.app.imports.get(&actor, id.parse().unwrap()).await.unwrap();
        // As a kill leaves it: the file is kept, nothing was read.
        preview.state = intake::State::Reading;
        preview.sheets.clear();
        program.app.imports.save(&actor, &preview).await.unwrap();
        assert_eq!(until(&manager, &id, "preview").await["counts"]["rows"], 5);
    });
}

/// How far an import is that another process enters, as far as one sees it from outside.
fn has_begun(desk: &Desk) -> bool {
    let Some(database) = desk.databases.first() else {
        let log = desk.path("node0/skein.db-wal");
        return std::fs::metadata(log).is_ok_and(|file| file.len() > 2 << 20);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(&database.url, tokio_postgres::NoTls).await.unwrap();
        let asked = async move {
            let rows = client.query("SELECT 1 FROM record WHERE noun = 'person' LIMIT 61", &[]).await;
            rows.unwrap().len() > 60
        };
        tokio::select! { begun = asked => begun, _ = connection => false }
    })
}

fn persons(desk: &Desk) -> usize {
    desk.counts(0)["people"].as_array().unwrap().len()
}

#[test]
fn killed_in_the_middle_of_a_batch_nothing_is_half_done_and_it_goes_on() {
    cli::on_both(|desk| {
        desk.set_up();
        std::fs::write(desk.path("people.csv"), people(1_000)).unwrap();
        let mut command = desk.command(0, &["import", "people.csv", "--json"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while !has_begun(desk) && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        assert!(child.wait().unwrap().code().is_none(), "it had ended before it was killed");
        desk.run(0, &["verify"]).ended(0);
        let some = persons(desk);
        assert!((1..1_000).contains(&some), "{some}");
        // The same file again enters what is missing and nothing twice.
        let again = desk.run(0, &["import", "people.csv", "--json"]).ended(0).json();
        assert_eq!(again["failed"], json!([]), "{again}");
        assert_eq!((persons(desk), again["persons_made"].as_u64()), (1_000, Some(1_000 - some as u64)));
        desk.run(0, &["rebuild", "--json"]).ended(0);
        // Both imports are taken back whole.
        desk.run(0, &["import", "--undo", again["batch"].as_str().unwrap()]).ended(0);
        assert_eq!(persons(desk), some);
        let out = desk.path("batches.jsonl");
        let out = out.to_str().unwrap();
        desk.run(0, &["export", "--out", out, "--as", "xu", "--noun", "batch"]).ended(0);
        let text = std::fs::read_to_string(out).unwrap();
        let first = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let first = first.map(|line| line["id"].as_str().unwrap().to_owned()).min().unwrap();
        desk.run(0, &["import", "--undo", &first]).ended(0);
        assert_eq!(persons(desk), 0);
    });
}
