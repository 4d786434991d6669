//! Set-up, logging in, passwords, second factor.

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{PASSWORD, Program, on_both};

#[test]
fn a_new_node_is_set_up_once() {
    on_both(async |program: Program| {
        let nobody = program.browser();
        assert_eq!(nobody.get("/api/v1/session").await["setup_needed"], true);
        let short = json!({ "site": "a", "login": "xu", "display": "x", "password": "short", "lang": "zh" });
        assert!(nobody.send("POST", "/api/v1/setup", Some(short)).await.status.is_client_error());
        let manager = program.manager().await;
        let session = manager.get("/api/v1/session").await;
        assert_eq!((&session["signed_in"], &session["account"]["role"]), (&json!(true), &json!("manager")));
        assert!(session["may"].as_array().unwrap().contains(&json!("person.create")));
        let again = json!({ "site": "b", "login": "y", "display": "y", "password": PASSWORD, "lang": "zh" });
        assert_eq!(nobody.send("POST", "/api/v1/setup", Some(again)).await.code(), "SK-1108");
    });
}

#[test]
fn wrong_logins_are_throttled() {
    on_both(async |program: Program| {
        program.manager().await;
        let mut stranger = program.browser();
        let mut last = StatusCode::OK;
        for _ in 0..12 {
            last = stranger.log_in("xu", "wrong-password").await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(stranger.log_in("xu", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn logging_out_ends_the_session() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        assert_eq!(manager.send("DELETE", "/api/v1/session", None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(manager.send("GET", "/api/v1/today", None).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_second_factor_is_asked_for_once_it_is_set() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let offer = manager.send("POST", "/api/v1/session/totp", None).await.json();
        let secret = offer["secret"].as_str().unwrap();
        assert!(offer["uri"].as_str().unwrap().starts_with("otpauth://totp/"));
        let code = access::login::totp::code(secret, manager.node.now().as_second()).unwrap();
        let proof = json!({ "secret": secret, "code": code });
        assert_eq!(
            manager.send("PUT", "/api/v1/session/totp", Some(proof)).await.status,
            StatusCode::NO_CONTENT
        );
        let mut again = program.browser();
        assert_eq!(again.log_in("xu", PASSWORD).await.code(), "SK-2002");
        let replayed = json!({ "login": "xu", "password": PASSWORD, "code": code });
        let answer = again.send("POST", "/api/v1/session", Some(replayed)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "a code counts once");
        let body = json!({ "password": PASSWORD });
        assert_eq!(
            manager.send("DELETE", "/api/v1/session/totp", Some(body)).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(again.log_in("xu", PASSWORD).await.status, StatusCode::OK);
    });
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let mut elsewhere = program.browser();
        elsewhere.log_in("xu", PASSWORD).await;
        let wrong = json!({ "old": "not-the-old-one", "new": "a-brand-new-password" });
        assert!(manager.send("PUT", "/api/v1/session/password", Some(wrong)).await.status.is_client_error());
        let right = json!({ "old": PASSWORD, "new": "a-brand-new-password" });
        assert_eq!(
            manager.send("PUT", "/api/v1/session/password", Some(right)).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(elsewhere.send("GET", "/api/v1/today", None).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(manager.send("GET", "/api/v1/today", None).await.status, StatusCode::OK);
    });
}

#[test]
fn nobody_is_shown_a_password_hash() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let me = manager.get("/api/v1/session").await["account"]["id"].as_str().unwrap().to_owned();
        for path in [format!("/api/v1/records/account/{me}"), format!("/api/v1/records/account/{me}/history")]
        {
            let text = manager.get(&path).await.to_string();
            assert!(text.contains("xu") && !text.contains("argon2"), "{path}: {text}");
        }
    });
}

#[test]
fn a_bundle_with_an_account_is_stored_whole_or_not_at_all() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let (bundle, person, account) = (manager.id(), manager.id(), manager.id());
        let taken = json!({ "login": "xu", "display": "x", "role": "worker", "new_password": PASSWORD });
        let mut commands = vec![
            manager.envelope("person.create", person, json!({ "names": [{ "text": "李娜" }] })),
            manager.envelope("account.create", account, taken),
        ];
        for command in &mut commands {
            command["bundle"] = json!(bundle);
        }
        let receipts = manager.commands(commands).await;
        assert!(receipts.iter().all(|receipt| receipt["outcome"] == "refused"), "{receipts:?}");
        let answer = manager.send("GET", &format!("/api/v1/people/{person}"), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn traditional_chinese_is_a_third_language() {
    on_both(async |program: Program| {
        let mut manager = program.manager().await;
        let own: kernel::Id =
            manager.get("/api/v1/session").await["account"]["id"].as_str().unwrap().parse().unwrap();
        manager.done("account.prefer", own, json!({ "lang": "zh-Hant" })).await;
        assert_eq!(manager.get("/api/v1/session").await["account"]["lang"], "zh-Hant");
        let refused = manager.one("account.prefer", own, json!({ "lang": "zh-Latn" })).await;
        assert_eq!(refused["problem"]["code"], "SK-1001");

        manager.lang = "zh-TW,zh;q=0.9,en;q=0.8";
        let unknown = manager.send("GET", &format!("/api/v1/people/{}", manager.id()), None).await.json();
        let title = unknown["title"].as_str().unwrap();
        assert_eq!(title, kernel::script::traditional(title));
        // The program's words are converted, a name that somebody typed is not.
        let person =
            manager.make("person.create", json!({ "names": [{ "kind": "usual", "text": "张丽发" }] })).await;
        let view = manager.get(&format!("/api/v1/people/{person}?purpose=care")).await;
        assert_eq!(view["person"]["names"][0]["text"], "张丽发");
        let roster = manager.get("/api/v1/reports/roster").await;
        let titles: Vec<_> =
            roster["blocks"].as_array().unwrap().iter().map(|block| &block["title_zh"]).collect();
        assert!(titles.contains(&&json!("性別")), "{titles:?}");
        manager.lang = "en";
        let csv = manager.send("GET", "/api/v1/reports/roster.csv?lang=zh-Hant", None).await.text();
        assert!(csv.contains("類別,Category"), "{csv}");
        let csv = manager.send("GET", "/api/v1/reports/roster.csv", None).await.text();
        assert!(csv.contains("类别,Category"), "{csv}");
        for kind in ["xlsx", "csv"] {
            let file = manager
                .send("GET", &format!("/api/v1/reports/participations.{kind}?lang=zh-Hant"), None)
                .await;
            assert_eq!(file.status, StatusCode::OK);
        }
    });
}
