//! The two registers of the sample, through the real pipeline.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible");

pub fn sample(name: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(format!("{SAMPLES}/{name}")).ok();
    if bytes.is_none() {
        eprintln!("SKIPPED: {SAMPLES}/{name} is not there");
    }
    bytes
}

pub async fn upload(browser: &Browser, name: &str, bytes: &[u8]) -> String {
    let mut body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--grenze--\r\n");
    let answer =
        browser.send_raw("POST", "/api/v1/imports", "multipart/form-data; boundary=grenze", body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub async fn until(browser: &Browser, id: &str, state: &str) -> Value {
    for _ in 0..1_200 {
        let view = browser.get(&format!("/api/v1/imports/{id}")).await;
        if view["state"] == state {
            return view;
        }
        assert_ne!(view["state"], "failed", "{view}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the import never was {state}");
}

pub async fn entered(browser: &Browser, id: &str) -> Value {
    let answer = browser.send("POST", &format!("/api/v1/imports/{id}/apply"), None).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    until(browser, id, "done").await
}

pub async fn count(browser: &Browser, noun: &str) -> i64 {
    let sql = "SELECT count(*) FROM record WHERE noun = $1 AND retracted = 0";
    browser.node.rows(sql, vec![noun.into()]).await.unwrap()[0].int(0)
}

#[test]
fn the_roster_comes_in_is_counted_and_goes_out_again() {
    let Some(bytes) = sample("01_流动儿童花名册.xlsx") else { return };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let id = upload(&manager, "花名册.xlsx", &bytes).await;
        let view = until(&manager, &id, "preview").await;
        assert_eq!(view["counts"]["rows"], 255, "{}", view["counts"]);
        let done = entered(&manager, &id).await;
        assert_eq!(done["failed"], json!([]));
        let roster = manager.get("/api/v1/reports/roster?as_of=2024-03-31").await;
        let text = roster.to_string();
        assert!(text.contains("87.06"), "{text}");
        let people = count(&manager, "person").await;
        assert!(people > 255 && count(&manager, "tie").await > 0 && count(&manager, "need").await > 100);
        // Importing again creates nothing.
        let again = upload(&manager, "花名册.xlsx", &bytes).await;
        let view = until(&manager, &again, "preview").await;
        assert_eq!((&view["counts"]["known"], &view["again"]), (&json!(255), &json!(id)));
        entered(&manager, &again).await;
        assert_eq!(count(&manager, "person").await, people);
        // The batch is undone whole.
        let why = json!({ "reason": "试导入" });
        let undone = manager.send("POST", &format!("/api/v1/imports/{id}/undo"), Some(why)).await;
        assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
        for noun in ["person", "stay", "tie", "need", "household", "import_line"] {
            assert_eq!(count(&manager, noun).await, 0, "{noun}");
        }
        let third = upload(&manager, "花名册.xlsx", &bytes).await;
        assert_eq!(until(&manager, &third, "preview").await["counts"]["known"], 0);
    });
}

#[test]
fn the_family_register_comes_in_with_its_duplicates_decided() {
    let Some(bytes) = sample("02_家庭登记总表.xlsx") else { return };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let id = upload(&manager, "总表.xlsx", &bytes).await;
        let view = until(&manager, &id, "preview").await;
        assert_eq!(view["counts"]["rows"], 800, "{}", view["counts"]);
        let hidden =
            view["sheets"].as_array().unwrap().iter().find(|sheet| sheet["visible"] == false).unwrap();
        assert_eq!((&hidden["chosen"], &hidden["role"]), (&json!(false), &json!("confidential")));
        let rows = manager.get(&format!("/api/v1/imports/{id}/rows?only=duplicates&limit=200")).await;
        assert!(rows["items"].as_array().unwrap().len() >= 40);
        let first = &rows["items"][0];
        let decision = json!({
            "rule": "all_same",
            "rows": [{ "sheet": "家庭登记(2023)", "row": first["row"], "decision": "new" }],
        });
        let answer = manager.send("PUT", &format!("/api/v1/imports/{id}/decisions"), Some(decision)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let done = entered(&manager, &id).await;
        assert_eq!(done["failed"], json!([]));
        let people = count(&manager, "person").await;
        assert!((725..=770).contains(&people), "{people} persons of 740");
        let households = count(&manager, "household").await;
        assert!((225..=275).contains(&households), "{households} households");
    });
}

#[test]
fn hostile_files_are_refused_in_words() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for (name, bytes) in
            [("a.xlsx", &b"PK\x03\x04 no workbook"[..]), ("b.csv", &b""[..]), ("c.xls", &[0; 600][..])]
        {
            let id = upload(&manager, name, bytes).await;
            let view = until_failed(&manager, &id).await;
            assert!(view["problem"].as_str().unwrap().starts_with("SK-40"), "{view}");
        }
        let csv = "姓名,性别,电话\n<script>alert(1)</script>,女,13800138000\n'; DROP TABLE record; --,男,13900139000\n";
        let id = upload(&manager, "names.csv", csv.as_bytes()).await;
        until(&manager, &id, "preview").await;
        entered(&manager, &id).await;
        assert_eq!(count(&manager, "person").await, 2);
        let answer = manager.send("POST", &format!("/api/v1/imports/{id}/apply"), None).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "SK-4102"));
    });
}

pub async fn until_failed(browser: &Browser, id: &str) -> Value {
    for _ in 0..400 {
        let view = browser.get(&format!("/api/v1/imports/{id}")).await;
        if view["state"] == "failed" {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("it was not refused");
}
