//! Every operation, as nobody and as those who may see less.

use axum::http::StatusCode;
use serde_json::json;
use server::http::operations;
use server::http::routes::Open;

use crate::client::{Program, on_both};

fn filled(path: &str) -> String {
    path.replace("{noun}", "person").replace("{id}", "01J00000000000000000000000")
}

/// Routes that somebody may ask who is not logged in. The list only shrinks.
const OPEN: &[&str] = &["get /api/v1/session", "post /api/v1/session", "post /api/v1/setup"];

#[test]
fn nobody_gets_nothing() {
    on_both(async |program: Program| {
        program.manager().await;
        let nobody = program.browser();
        for operation in operations() {
            let name = format!("{} {}", operation.method, operation.path);
            assert_eq!(operation.open == Open::Anybody, OPEN.contains(&name.as_str()), "{name}");
            if operation.open == Open::Anybody {
                continue;
            }
            let method = operation.method.to_uppercase();
            let answer = nobody.send(&method, &filled(&operation.path), Some(json!({}))).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
            assert_eq!(answer.code(), "SK-1101", "{name}");
            assert_eq!(answer.kind, "application/problem+json", "{name}");
        }
    });
}

#[test]
fn nothing_answers_with_a_fault_of_ours() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for operation in operations() {
            if operation.path == "/api/v1/session" && operation.method == "delete" {
                continue;
            }
            for body in
                [json!({}), json!([1]), json!({ "id": "x", "body": { "a": "<b>'; DROP TABLE record" } })]
            {
                let method = operation.method.to_uppercase();
                let sent = if operation.method == "get" { None } else { Some(body) };
                let answer = manager.send(&method, &filled(&operation.path), sent).await;
                let status = answer.status.as_u16();
                assert!(status < 500, "{} {}: {}", operation.method, operation.path, answer.text());
                assert!(
                    status == 200 || operation.value["responses"].get(status.to_string()).is_some(),
                    "{} {} answers {status}, which is not in the document",
                    operation.method,
                    operation.path
                );
            }
        }
    });
}

#[test]
fn a_foreign_page_cannot_change_anything() {
    on_both(async |program: Program| {
        let mut manager = program.manager().await;
        let csrf = manager.csrf.take();
        let body = json!({ "commands": [] });
        let answer = manager.send("POST", "/api/v1/commands", Some(body.clone())).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "SK-1102"));
        manager.csrf = csrf;
        assert_eq!(manager.send("POST", "/api/v1/commands", Some(body)).await.status, StatusCode::OK);
    });
}

#[test]
fn roles_see_what_the_grid_says() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let person = manager
            .make(
                "person.create",
                json!({ "names": [{ "text": "李娜" }], "sex": "F", "phones": [{ "number": "13800138000" }] }),
            )
            .await;
        let path = format!("/api/v1/people/{person}");
        for role in ["volunteer", "coordinator", "auditor", "operator"] {
            let other = program.other(&manager, role, role).await;
            let answer = other.send("GET", &path, None).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role}");
            assert_eq!(other.get("/api/v1/people?q=li").await["items"], json!([]), "{role}");
            let watches = other.send("GET", "/api/v1/journal", None).await.status;
            assert_eq!(watches == StatusCode::OK, role == "auditor", "{role}");
            assert!(!other.get("/api/v1/changes").await["items"].to_string().contains(&person.to_string()));
        }
        let worker = program.other(&manager, "li", "worker").await;
        assert_eq!(worker.get(&path).await["person"]["names"][0]["text"], "李娜");
        let volunteer = program.other(&manager, "chen", "volunteer").await;
        assert_eq!(volunteer.send("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        let session = volunteer.get("/api/v1/session").await;
        let to = json!({ "account": session["account"]["id"], "noun": "person", "record": person });
        manager.make("assignment.give", to).await;
        assert_eq!(volunteer.get(&path).await["person"]["names"][0]["text"], "李娜");
    });
}

#[test]
fn a_childs_record_is_read_on_the_log() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let born = json!({ "precision": "year", "year": 2018 });
        let child =
            manager.make("person.create", json!({ "names": [{ "text": "小雁" }], "birth": born })).await;
        let page = manager.get(&format!("/api/v1/people/{child}?purpose=visit")).await;
        assert_eq!(page["minor"], true);
        let log = manager.get("/api/v1/access-log").await;
        assert_eq!(
            (&log["items"][0]["record"], &log["items"][0]["purpose"]),
            (&json!(child), &json!("visit"))
        );
    });
}

#[test]
fn answers_carry_the_headers_of_a_closed_house() {
    on_both(async |program: Program| {
        use axum::body::Body;
        use axum::http::Request;
        use tower::ServiceExt;
        let request = Request::get("/healthz").body(Body::empty()).unwrap();
        let response = program.router.clone().oneshot(request).await.unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let nobody = program.browser();
        assert_eq!(
            nobody.send("GET", "/api/v1/nothing-here", None).await.status,
            StatusCode::METHOD_NOT_ALLOWED
        );
        assert_eq!(nobody.send("GET", "/api/v2", None).await.code(), "SK-1103");
        assert!(nobody.send("GET", "/metrics", None).await.text().contains("skein_http_requests_total"));
    });
}
