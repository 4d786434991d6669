//! The report of a period and the records behind its numbers, by the interface.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn evening(manager: &Browser) -> (kernel::Id, kernel::Id) {
    let activity = manager.make("activity.create", json!({ "title": "开放夜", "kind": "dropin" })).await;
    let session = manager.make("session.create", json!({ "activity": activity, "day": "2026-03-15" })).await;
    (activity, session)
}

#[test]
fn a_period_by_the_interface() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let (activity, session) = evening(&manager).await;
        let mut people = Vec::new();
        for (name, sex) in [("李娜", "F"), ("𠮷田", "M"), ("'; DROP TABLE record; --", "F")] {
            people.push(
                manager.make("person.create", json!({ "names": [{ "text": name }], "sex": sex })).await,
            );
        }
        for person in &people {
            let body =
                json!({ "session": session, "activity": activity, "kind": "person", "person": person });
            manager.done("participation.mark", session.derive(&format!("person:{person}")), body).await;
        }
        let body = json!({ "session": session, "activity": activity, "kind": "tally", "count": 9 });
        manager.make("participation.mark", body).await;

        let year = manager.get("/api/v1/reports/year?period=2026-H1").await;
        let totals = &year["totals"];
        assert_eq!(
            (&totals["participations"], &totals["people"], &totals["anonymous"]),
            (&json!(12), &json!(3), &json!(9))
        );
        assert_eq!((&year["from"], &year["previous"]["period"]), (&json!("2026-01-01"), &json!("2025-H2")));
        let days = manager.get("/api/v1/reports/year?from=2026-03-01&to=2026-03-20").await;
        assert_eq!(days["totals"], year["totals"], "counted from the marks it is the same");
        let behind = manager.get("/api/v1/reports/year/behind?period=2026&of=people&by=sex&key=F").await;
        let names: Vec<&str> =
            behind["items"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!((behind["total"].as_u64(), names.len()), (Some(2), 2));
        assert!(names.contains(&"李娜") && names.contains(&"'; DROP TABLE record; --"), "{names:?}");
        let behind =
            manager.get("/api/v1/reports/year/behind?period=2026&of=participations&by=kind&key=dropin").await;
        let line = &behind["items"][0];
        assert_eq!(
            (&line["noun"], &line["name"], &line["day"], &line["count"]),
            (&json!("session"), &json!("开放夜"), &json!("2026-03-15"), &json!(12))
        );
        files_and_refusals(&program, &manager).await;
    });
}

async fn files_and_refusals(program: &Program, manager: &Browser) {
    for (path, kind) in [("xlsx", "application/vnd.openxml"), ("csv", "text/csv"), ("pdf", "application/pdf")]
    {
        let answer = manager.send("GET", &format!("/api/v1/reports/year.{path}?period=2026"), None).await;
        assert!(answer.status == StatusCode::OK && answer.kind.starts_with(kind), "{}", answer.kind);
    }
    for (query, code) in [
        ("period=2026-13", "SK-3404"),
        ("period=%E6%9D%8E", "SK-3404"),
        ("from=2026-03-02&to=2026-03-01", "SK-3405"),
    ] {
        let answer = manager.send("GET", &format!("/api/v1/reports/year?{query}"), None).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, code),
            "{query}"
        );
    }
    let february = manager.send("GET", "/api/v1/reports/year?from=2026-02-30", None).await;
    assert_eq!(february.status, StatusCode::UNPROCESSABLE_ENTITY);
    let coordinator = program.other(manager, "network", "coordinator").await;
    let kept = coordinator.get("/api/v1/reports/year?period=2026").await;
    assert_eq!((&kept["totals"]["people"], &kept["totals"]["anonymous"]), (&json!("<5"), &json!("*")));
    let path = "/api/v1/reports/year/behind?period=2026&of=people";
    assert_eq!(coordinator.send("GET", path, None).await.code(), "SK-3406");
    let volunteer = program.other(manager, "chen", "volunteer").await;
    assert_eq!(volunteer.send("GET", path, None).await.code(), "SK-3401");
    assert_eq!(program.browser().send("GET", path, None).await.status, StatusCode::UNAUTHORIZED);
    let empty = manager.get("/api/v1/reports/year?period=2019").await;
    assert_eq!(
        (&empty["totals"]["participations"], &empty["totals"]["anonymous_pct"]),
        (&json!(0), &Value::Null)
    );
}
