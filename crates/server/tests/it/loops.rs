//! Find her; the first loop: gather, hear, ask, count.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn found(browser: &Browser, query: &str) -> Vec<String> {
    let query: String =
        query
            .bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
    let page = browser.get(&format!("/api/v1/people?q={query}")).await;
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|card| card["id"].as_str().map(str::to_owned)).collect()
}

#[test]
fn find_her() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let names = json!([{ "kind": "birth", "text": "李娜" }, { "kind": "nickname", "text": "小娜" }]);
        let birth = json!({ "precision": "year", "year": 1990 });
        let phones = json!([{ "number": "138 0013-8000" }]);
        let her = manager
            .make("person.create", json!({ "names": names, "sex": "F", "birth": birth, "phones": phones }))
            .await
            .to_string();
        for (text, year) in [("王芳", 1985), ("𠮷田茂", 1990), ("阿依古丽·买买提", 1999), ("单雄信", 1980)]
        {
            let birth = json!({ "precision": "year", "year": year });
            manager.make("person.create", json!({ "names": [{ "text": text }], "birth": birth })).await;
        }
        for query in [
            "李",
            "娜",
            "李娜",
            "lina",
            "LiNa",
            "ln",
            "li娜",
            "l娜",
            "李n",
            "小娜",
            "xiaona",
            "138 0013-8000",
            "+8613800138000",
            "１３８００１３８０００",
            "8000",
            "李 娜",
            "lian",
            "李那",
        ] {
            assert!(found(&manager, query).await.contains(&her), "{query}");
        }
        assert!(!found(&manager, "王").await.contains(&her));
        assert_eq!(found(&manager, "𠮷").await.len(), 1);
        assert_eq!(found(&manager, "古丽•买").await.len(), 1);
        assert_eq!(found(&manager, "shan").await.len(), 1, "a surname read its own way");
        assert!(found(&manager, "'; DROP TABLE record; --").await.is_empty());
        assert!(found(&manager, &"长".repeat(200)).await.is_empty());
        let long = format!("/api/v1/people?q={}", "a".repeat(10_000));
        assert_eq!(manager.send("GET", &long, None).await.code(), "SK-1105");
        // A namesake of the same age is proposed, and never merged by itself.
        let birth = json!({ "precision": "year", "year": 1990 });
        let namesake =
            manager.make("person.create", json!({ "names": [{ "text": "李娜" }], "birth": birth })).await;
        let pairs = manager.get("/api/v1/duplicates").await;
        for pair in pairs["items"].as_array().unwrap() {
            assert_ne!(pair["decision"], "auto", "{pair}");
        }
        assert_eq!(
            manager.get(&format!("/api/v1/people/{namesake}")).await["person"]["merged_into"],
            Value::Null
        );
    });
}

#[test]
fn a_merge_is_taken_back_whole() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let a = manager.make("person.create", json!({ "names": [{ "text": "李娜" }] })).await;
        let b = manager.make("person.create", json!({ "names": [{ "text": "李那" }] })).await;
        manager.done("person.merge", b, json!({ "into": a })).await;
        let crossing = manager.one("person.merge", a, json!({ "into": b })).await;
        assert_eq!(crossing["outcome"], "refused");
        let page = manager.get(&format!("/api/v1/people/{a}")).await;
        assert_eq!(page["merged"][0]["id"], json!(b));
        assert_eq!(found(&manager, "李那").await, [a.to_string()], "found as the record it was merged into");
        manager.done("person.unmerge", b, json!({})).await;
        assert_eq!(manager.get(&format!("/api/v1/people/{a}")).await["merged"], json!([]));
        let past = manager.get(&format!("/api/v1/records/person/{b}/history")).await;
        let verbs: Vec<&str> =
            past["items"].as_array().unwrap().iter().filter_map(|p| p["verb"].as_str()).collect();
        assert_eq!(verbs, ["person.unmerge", "person.merge", "person.create"]);
    });
}

#[test]
fn the_first_loop() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let me = manager.get("/api/v1/session").await["account"]["id"].clone();
        let born = json!({ "precision": "year", "year": 2016 });
        let child = manager
            .make("person.create", json!({ "names": [{ "text": "覃小雁" }], "sex": "F", "birth": born }))
            .await;
        let mother =
            manager.make("person.create", json!({ "names": [{ "text": "马秀英" }], "sex": "F" })).await;
        let members = json!([{ "person": mother, "role": "head" }, { "person": child, "role": "child" }]);
        let home = manager.make("household.create", json!({ "number": "YL001", "members": members })).await;
        let activity = manager.make("activity.create", json!({ "title": "开放夜", "kind": "dropin" })).await;
        let today = manager.node.today();
        let session = manager.make("session.create", json!({ "activity": activity, "day": today })).await;
        let mark = |body: Value| {
            let mut body = body;
            body["session"] = json!(session);
            body["activity"] = json!(activity);
            body
        };
        let of_child = session.derive(&format!("person:{child}"));
        manager
            .done("participation.mark", of_child, mark(json!({ "kind": "person", "person": child })))
            .await;
        let twice = manager
            .one("participation.mark", of_child, mark(json!({ "kind": "person", "person": child })))
            .await;
        assert_eq!((&twice["outcome"], &twice["problem"]["code"]), (&json!("refused"), &json!("SK-1006")));
        let of_home = session.derive(&format!("household:{home}"));
        manager
            .done("participation.mark", of_home, mark(json!({ "kind": "household", "household": home })))
            .await;
        let nickname =
            manager.make("participation.mark", mark(json!({ "kind": "nickname", "nickname": "小胖" }))).await;
        manager.make("participation.mark", mark(json!({ "kind": "tally", "count": 12 }))).await;
        let roll = manager.get(&format!("/api/v1/sessions/{session}/roll")).await;
        let totals = json!({ "people": 1, "participations": 14, "households": 1, "anonymous": 13 });
        assert_eq!(roll["totals"], totals);
        manager.done("participation.claim", nickname, json!({ "person": mother })).await;
        let roll = manager.get(&format!("/api/v1/sessions/{session}/roll")).await;
        let totals = json!({ "people": 2, "participations": 14, "households": 1, "anonymous": 12 });
        assert_eq!(roll["totals"], totals, "a claim changes who is known, never how many came");
        hear_and_ask(&manager, (&me, child, mother), today).await;
        let month =
            manager.get(&format!("/api/v1/reports/participations?month={}", &today.to_string()[..7])).await;
        assert_eq!((&month["participations"], &month["people"]), (&json!(14), &json!(2)), "{month}");
        for (path, kind) in
            [("xlsx", "application/vnd.openxml"), ("csv", "text/csv"), ("pdf", "application/pdf")]
        {
            let answer = manager.send("GET", &format!("/api/v1/reports/participations.{path}"), None).await;
            assert!(answer.status == StatusCode::OK && answer.kind.starts_with(kind), "{}", answer.kind);
        }
        let page = manager.get(&format!("/api/v1/people/{child}")).await;
        let kinds: Vec<&str> =
            page["timeline"].as_array().unwrap().iter().filter_map(|e| e["kind"].as_str()).collect();
        for kind in ["participation", "encounter", "need", "request"] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
    });
}

async fn hear_and_ask(
    manager: &Browser,
    (me, child, mother): (&Value, kernel::Id, kernel::Id),
    today: jiff::civil::Date,
) {
    let (encounter, need, request, bundle) = (manager.id(), manager.id(), manager.id(), manager.id());
    let visit =
        json!({ "kind": "visit", "day": today, "persons": [child, mother], "worker": me, "note": "在家" });
    let heard = json!({ "person": child, "encounter": encounter, "code": "after_school", "words": "没人接" });
    let mut commands = vec![
        manager.envelope("encounter.record", encounter, visit),
        manager.envelope("need.hear", need, heard),
    ];
    for command in &mut commands {
        command["bundle"] = json!(bundle);
    }
    for receipt in manager.commands(commands).await {
        assert_eq!(receipt["outcome"], "applied", "{receipt}");
    }
    assert_eq!(manager.get("/api/v1/today").await["needs_open"], 1);
    let asked = json!({ "need": need, "person": child, "code": "after_school", "owner": me, "due": today });
    manager.done("request.ask", request, asked).await;
    manager.done("need.ask", need, json!({})).await;
    let day = manager.get("/api/v1/today").await;
    assert_eq!((&day["needs_open"], &day["requests_due"][0]["id"]), (&json!(0), &json!(request)));
    assert_eq!(day["requests_due"][0]["person"]["name"], "覃小雁");
    manager.done("request.finish", request, json!({ "outcome": "已安排" })).await;
    assert_eq!(manager.get("/api/v1/today").await["requests_due"], json!([]));
}
