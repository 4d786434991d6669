//! Whom and what nobody has been to for long.

use jiff::ToSpan;
use kernel::Id;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn born(manager: &Browser, name: &str, year: i16) -> Id {
    let birth = json!({ "precision": "year", "year": year });
    manager.make("person.create", json!({ "names": [{ "text": name }], "birth": birth })).await
}

async fn met(manager: &Browser, ago: i64, rest: Value) -> Id {
    let day = manager.node.today().checked_sub(ago.days()).unwrap();
    let mut body = json!({ "kind": "visit", "day": day });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    manager.make("encounter.record", body).await
}

async fn attention(browser: &Browser) -> Value {
    browser.get("/api/v1/today").await["attention"].clone()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["who"]["name"].as_str().unwrap()).collect()
}

#[test]
fn a_community_not_visited_for_eight_days_is_told() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let place = async |name: &str, rounds: bool| {
            let body = json!({ "name": name, "kind": "urban_village", "rounds": rounds });
            manager.make("place.add", body).await
        };
        let (near, far, phoned) =
            (place("虹山社区", true).await, place("六甲", true).await, place("云山", true).await);
        place("老家的村子", false).await;
        met(&manager, 7, json!({ "place": near })).await;
        let late = met(&manager, 8, json!({ "place": far })).await;
        met(&manager, 1, json!({ "place": phoned, "kind": "call" })).await;
        let told = attention(&manager).await;
        assert_eq!(
            names(&told["communities"]),
            ["云山", "六甲"],
            "a call is no visit; never been comes first"
        );
        assert_eq!(
            (&told["communities"][1]["days"], &told["communities"][0]["day"]),
            (&json!(8), &Value::Null)
        );
        let of_place = manager.get(&format!("/api/v1/encounters?place={far}")).await;
        assert_eq!(of_place["items"][0]["id"], json!(late));

        // Entered without a network, sent twice: one visit, and the community is off the list.
        let body = json!({ "kind": "visit", "day": manager.node.today(), "place": far });
        let command = manager.envelope("encounter.record", manager.id(), body);
        manager.commands(vec![command.clone()]).await;
        manager.commands(vec![command]).await;
        assert_eq!(names(&attention(&manager).await["communities"]), ["云山"]);
        let of_place = manager.get(&format!("/api/v1/encounters?place={far}")).await;
        assert_eq!(of_place["items"].as_array().unwrap().len(), 2);

        let site = manager.get("/api/v1/session").await["site"]["id"].as_str().unwrap().parse().unwrap();
        let watch = json!({ "person_days": 60, "community_days": 5, "elder_days": 30 });
        manager.done("site.amend", site, json!({ "watch": watch })).await;
        assert_eq!(names(&attention(&manager).await["communities"]), ["云山", "虹山社区"]);
        let none = json!({ "watch": { "person_days": 0, "community_days": 8, "elder_days": 30 } });
        assert_eq!(manager.one("site.amend", site, none).await["problem"]["code"], "SK-2021");
    });
}

#[test]
fn an_elder_over_eighty_not_visited_is_told() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let year = manager.node.today().year();
        let (never, long, lately) = (
            born(&manager, "王奶奶", year - 84).await,
            born(&manager, "李爷爷", year - 91).await,
            born(&manager, "杨奶奶", year - 85).await,
        );
        born(&manager, "年轻的", year - 70).await;
        met(&manager, 31, json!({ "persons": [long] })).await;
        met(&manager, 1, json!({ "persons": [long, never], "kind": "call" })).await;
        met(&manager, 29, json!({ "persons": [lately] })).await;
        let told = attention(&manager).await;
        assert_eq!(names(&told["elders"]), ["王奶奶", "李爷爷"], "a call is no visit");
        assert!(told["elders"][0]["age"].as_i64().unwrap() >= 83, "{}", told["elders"]);
        assert_eq!(told["elders"][1]["days"], 31);
        // A visit under a duplicate counts for the person.
        let same = born(&manager, "王奶奶", year - 84).await;
        met(&manager, 2, json!({ "persons": [same] })).await;
        manager.done("person.merge", same, json!({ "into": never })).await;
        assert_eq!(names(&attention(&manager).await["elders"]), ["李爷爷"]);
        let chen = program.other(&manager, "chen", "volunteer").await;
        assert_eq!(attention(&chen).await["elders"], json!([]), "nobody is assigned");
        let account = chen.get("/api/v1/session").await["account"]["id"].clone();
        manager
            .make("assignment.give", json!({ "account": account, "noun": "person", "record": long }))
            .await;
        assert_eq!(names(&attention(&chen).await["elders"]), ["李爷爷"]);
    });
}

#[test]
fn who_came_before_and_was_not_seen_for_long_is_told() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let (gone, back, came) = (
            born(&manager, "马秀英", 1990).await,
            born(&manager, "李娜", 1990).await,
            born(&manager, "覃小雁", 2016).await,
        );
        met(&manager, 70, json!({ "persons": [gone, back, came] })).await;
        met(&manager, 90, json!({ "persons": [gone] })).await;
        met(&manager, 3, json!({ "persons": [back], "kind": "call" })).await;
        assert_eq!(names(&attention(&manager).await["people"]), ["覃小雁", "马秀英"]);
        let activity = manager.make("activity.create", json!({ "title": "开放夜", "kind": "dropin" })).await;
        let roll = async |ago: i64, person: Id| {
            let day = manager.node.today().checked_sub(ago.days()).unwrap();
            let session = manager.make("session.create", json!({ "activity": activity, "day": day })).await;
            let id = session.derive(&format!("person:{person}"));
            let body =
                json!({ "session": session, "activity": activity, "kind": "person", "person": person });
            manager.done("participation.mark", id, body).await;
        };
        roll(2, came).await;
        roll(65, gone).await;
        let told = attention(&manager).await;
        assert_eq!(names(&told["people"]), ["马秀英"]);
        assert_eq!(told["people"][0]["days"], 65, "the last time, wherever it was");
    });
}
