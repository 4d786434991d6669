//! The same command twice, merges that cross, clocks that are wrong: over the interface, on both databases.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn people(browser: &Browser) -> usize {
    browser.get("/api/v1/people").await["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn the_same_command_twice_is_done_once() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let other = program.other(&manager, "li", "worker").await;
        let person = manager.id();
        let command = manager.envelope("person.create", person, json!({ "names": [{ "text": "李娜" }] }));
        let first = manager.commands(vec![command.clone()]).await.remove(0);
        // Later, twice in one sending, by its own address, and by somebody else who has it.
        let later = manager.commands(vec![command.clone(), command.clone()]).await;
        let mut alone = command.clone();
        alone.as_object_mut().unwrap().remove("verb");
        let single = manager.send("POST", "/api/v1/person.create", Some(alone)).await.json();
        let others = other.commands(vec![command.clone()]).await.remove(0);
        for receipt in later.iter().chain([&single, &others]) {
            assert_eq!(receipt["outcome"], "already_applied", "{receipt}");
            assert_eq!(receipt["position"], first["position"]);
        }
        assert_eq!(people(&manager).await, 1);
        let mut changed = command.clone();
        changed["body"]["names"][0]["text"] = json!("王芳");
        let refused = manager.commands(vec![changed]).await.remove(0);
        assert_eq!(refused["problem"]["code"], "SK-1005", "{refused}");
        let mut again = command;
        again["id"] = json!(manager.id());
        let refused = manager.commands(vec![again]).await.remove(0);
        assert_eq!(refused["problem"]["code"], "SK-1006", "{refused}");
        assert_eq!(people(&manager).await, 1);
    });
}

#[test]
fn the_same_command_from_many_hands_at_once_is_done_once() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let body = json!({ "names": [{ "text": "𠮷田" }] });
        let command = manager.envelope("person.create", manager.id(), body);
        let sending: Vec<_> = (0..12)
            .map(|_| {
                let (browser, command) = (manager.clone(), command.clone());
                tokio::spawn(async move { browser.commands(vec![command]).await.remove(0) })
            })
            .collect();
        let mut outcomes = Vec::new();
        for sent in sending {
            outcomes.push(sent.await.unwrap()["outcome"].as_str().unwrap_or_default().to_owned());
        }
        outcomes.sort();
        assert_eq!(outcomes[..11], vec!["already_applied"; 11]);
        assert_eq!(outcomes[11], "applied");
        assert_eq!(people(&manager).await, 1);
    });
}

#[test]
fn of_two_merges_that_cross_one_is_refused() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for round in 0..4 {
            let name = |which: &str| json!({ "names": [{ "text": format!("李{which}{round}") }] });
            let (a, b) = (
                manager.make("person.create", name("甲")).await,
                manager.make("person.create", name("乙")).await,
            );
            let merge = |from, into| {
                let (browser, command) =
                    (manager.clone(), manager.envelope("person.merge", from, json!({ "into": into })));
                tokio::spawn(async move { browser.commands(vec![command]).await.remove(0) })
            };
            let (there, back) = (merge(a, b), merge(b, a));
            let (there, back) = (there.await.unwrap(), back.await.unwrap());
            let applied = |receipt: &Value| receipt["outcome"] == "applied";
            assert!(applied(&there) != applied(&back), "{there} {back}");
            let refused = if applied(&there) { &back } else { &there };
            assert_eq!(refused["problem"]["code"], "SK-3007", "{refused}");
            let (merged, kept) = if applied(&there) { (a, b) } else { (b, a) };
            let page = manager.get(&format!("/api/v1/people/{kept}")).await;
            assert_eq!(page["merged"][0]["id"], json!(merged), "{page}");
            manager.done("person.unmerge", merged, json!({})).await;
            assert_eq!(manager.get(&format!("/api/v1/people/{kept}")).await["merged"], json!([]));
        }
    });
}

#[test]
fn a_clock_two_days_wrong_is_corrected_and_told() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        for days in [-2, 2] {
            let wrong = SignedDuration::from_hours(24 * days);
            let now = manager.node.now();
            let person = manager.id();
            let mut command =
                manager.envelope("person.create", person, json!({ "names": [{ "text": "李娜" }] }));
            // Done an hour before it was sent.
            command["at"] = json!(now + wrong - SignedDuration::from_hours(1));
            let body = json!({ "sent_at": now + wrong, "commands": [command] });
            let answer = manager.send("POST", "/api/v1/commands", Some(body)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            let receipt = &answer.json()["receipts"][0];
            assert_eq!(
                (&receipt["outcome"], &receipt["problem"]["code"]),
                (&json!("applied"), &json!("SK-1020"))
            );
            let detail = receipt["problem"]["detail"].as_str().unwrap_or_default();
            assert!(detail.contains("17280") || detail.contains("17279"), "{detail}");
            let history = manager.get(&format!("/api/v1/records/person/{person}/history")).await;
            let at: jiff::Timestamp = history["items"][0]["at"].as_str().unwrap().parse().unwrap();
            let off = at.duration_since(now - SignedDuration::from_hours(1)).abs();
            assert!(off < SignedDuration::from_mins(5), "{at} for {now}");
        }
    });
}
