//! The needs board as anybody reads it; the warning about names; patterns on Today; help without a case.

use axum::http::StatusCode;
use kernel::Id;
use serde_json::{Value, json};

use crate::client::{Program, on_both};

#[test]
fn anybody_reads_the_board_without_script() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let entry = json!({
            "said": "<script>alert(1)</script> 放学没人看孩子", "code": "after_school", "voices": 12,
            "status": "changed", "did": "开到晚上七点", "changed_on": "2026-11-01", "public": true,
        });
        manager.make("board_entry.add", entry).await;
        manager.make("board_entry.add", json!({ "said": "只给自己人看的" })).await;
        let gone = manager.make("board_entry.add", json!({ "said": "撤下的一条", "public": true })).await;
        manager.done("board_entry.retract", gone, json!({})).await;
        let site = manager.get("/api/v1/session").await["site"]["id"].as_str().unwrap().to_owned();
        let mut nobody = program.browser();
        nobody.lang = "zh-CN";
        for path in ["/board".to_owned(), format!("/board/{site}")] {
            let answer = nobody.send("GET", &path, None).await;
            let page = answer.text();
            assert_eq!((answer.status, answer.kind.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
            for words in ["雁来", "大家说，我们做", "放学没人看孩子", "开到晚上七点", "12 个声音", "有了改变"]
            {
                assert!(page.contains(words), "{words}: {page}");
            }
            for words in ["<script", "只给自己人看的", "撤下的一条"] {
                assert!(!page.contains(words), "{words}");
            }
        }
        let english = program.browser().send("GET", "/board", None).await.text();
        assert!(english.contains("You said, we did") && english.contains("since 2026-11-01"), "{english}");
        let style = nobody.send("GET", "/board/style.css", None).await;
        assert!(style.text().contains("@media print"), "a poster");
        for path in [format!("/board/{}", manager.id()), "/board/李娜".replace("李娜", "x")] {
            assert_eq!(nobody.send("GET", &path, None).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn names_of_the_register_in_words_are_told() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for (text, kind) in
            [("李娜", "birth"), ("阿依古丽·买买提", "birth"), ("小胖", "nickname"), ("Maria Lopez", "birth")]
        {
            manager.make("person.create", json!({ "names": [{ "text": text, "kind": kind }] })).await;
        }
        let told = async |words: &str| {
            let answer = manager.send("POST", "/api/v1/mentions", Some(json!({ "words": words }))).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            answer.json()["names"].clone()
        };
        assert_eq!(
            told("房东不租给李娜，也不租给阿依古丽•买买提。").await,
            json!(["李娜", "阿依古丽买买提"])
        );
        assert_eq!(told("Told Maria Lopez and 小胖 to go").await, json!(["marialopez", "小胖"]));
        assert_eq!(told("一位母亲被拒绝了").await, json!([]));
        assert_eq!(told(&"长".repeat(4000)).await, json!([]));
        let volunteer = program.other(&manager, "chen", "volunteer").await;
        let asked = volunteer.send("POST", "/api/v1/mentions", Some(json!({ "words": "李娜" }))).await;
        assert_eq!(asked.code(), "SK-1003", "nobody finds out who is on the register that way");
    });
}

#[test]
fn a_pattern_comes_up_on_today() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let place = manager.make("place.add", json!({ "name": "九眼桥", "kind": "worksite" })).await;
        let body =
            json!({ "kind": "job", "place": place, "day": manager.node.today(), "words": "只要本地人" });
        for _ in 0..3 {
            manager.make("incident.record", body.clone()).await;
        }
        let today = manager.get("/api/v1/today").await;
        let pattern = &today["patterns"][0];
        assert_eq!((&pattern["place"]["name"], &pattern["incidents"]), (&json!("九眼桥"), &json!(3)));
        let chen = program.other(&manager, "chen", "volunteer").await;
        assert_eq!(chen.get("/api/v1/today").await["patterns"], json!([]));
        let own = chen.make(
            "incident.record",
            json!({ "kind": "school", "place_text": "学校", "day": manager.node.today() }),
        );
        own.await;
        assert_eq!(
            chen.get("/api/v1/incidents").await["items"].as_array().unwrap().len(),
            1,
            "what one wrote"
        );
        let li = program.other(&manager, "li", "worker").await;
        assert_eq!(li.get("/api/v1/incidents").await["items"].as_array().unwrap().len(), 4);
    });
}

#[test]
fn help_needs_no_case() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let nouns: Vec<&str> = server::http::records::nouns().iter().map(|def| def.noun).collect();
        assert!(!nouns.contains(&"case"), "no case file exists at all");
        let who = manager
            .make("person.create", json!({ "names": [{ "kind": "nickname", "text": "小雁妈妈" }] }))
            .await;
        let activity = manager.make("activity.create", json!({ "title": "开放夜", "kind": "dropin" })).await;
        for ago in 1..=5_i64 {
            let day = manager.node.today().checked_sub(jiff::Span::new().days(ago)).unwrap();
            let session = manager.make("session.create", json!({ "activity": activity, "day": day })).await;
            let mark: Id = session.derive(&format!("person:{who}"));
            let body = json!({ "session": session, "activity": activity, "kind": "person", "person": who });
            manager.done("participation.mark", mark, body).await;
        }
        let due = manager.node.today();
        let request = manager
            .make("request.ask", json!({ "person": who, "code": "school", "words": "九月入学", "due": due }))
            .await;
        let later = manager.node.today();
        let done = json!({ "outcome": "学校收下了", "follow_up": later });
        manager.done("request.finish", request, done).await;
        let today = manager.get("/api/v1/today").await;
        assert_eq!(today["request_follow_ups"][0]["id"], json!(request));
        manager.done("request.follow_up", request, json!({ "words": "孩子很喜欢" })).await;
        assert_eq!(manager.get("/api/v1/today").await["request_follow_ups"], json!([]));
        let again = manager.one("request.follow_up", request, json!({})).await;
        assert_eq!(again["outcome"], "applied", "asked once more");
        let page = manager.get(&format!("/api/v1/people/{who}")).await;
        let kinds: Vec<&Value> =
            page["timeline"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "participation").count(), 5);
        assert!(kinds.contains(&&json!("request")));
    });
}
