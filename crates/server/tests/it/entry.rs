//! One entry, many effects: a visit with everything that comes of it, stored together or not at all, and taken back whole.

use kernel::Id;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

/// A family, two volunteers, a coat on the shelf.
struct Ground {
    children: [Id; 3],
    granny: Id,
    volunteers: [Id; 2],
    coat: Id,
    me: Value,
}

async fn person(manager: &Browser, name: &str, year: i16) -> Id {
    let birth = json!({ "precision": "year", "year": year });
    manager.make("person.create", json!({ "names": [{ "text": name }], "birth": birth })).await
}

async fn ground(manager: &Browser, coats: u32) -> Ground {
    let mut children = [Id::default(); 3];
    for (place, name) in ["小雁", "小楠", "𠮷祥"].into_iter().enumerate() {
        children[place] = person(manager, name, 2014 + place as i16).await;
    }
    Ground {
        children,
        granny: person(manager, "奶奶", 1950).await,
        volunteers: [person(manager, "张阿姨", 1970).await, person(manager, "刘同学", 2004).await],
        coat: manager.make("item.create", json!({ "name": "儿童冬衣", "count": coats })).await,
        me: manager.get("/api/v1/session").await["account"]["id"].clone(),
    }
}

/// The bundle that a visit form sends: encounter, a need that is asked for at once, a coat, the time of two volunteers.
fn bundle(manager: &Browser, ground: &Ground, encounter: Id) -> Vec<Value> {
    let (need, request, bundle) = (manager.id(), manager.id(), manager.id());
    let today = manager.node.today();
    let met: Vec<Id> = ground.children.iter().copied().chain([ground.granny]).collect();
    let visit = json!({
        "kind": "visit", "day": today, "minutes": 50, "persons": met, "worker": ground.me,
        "volunteers": ground.volunteers, "note": "外婆腿疼",
    });
    let heard = json!({ "person": ground.granny, "encounter": encounter, "code": "health", "words": "腿疼" });
    let asked = json!({
        "need": need, "person": ground.granny, "code": "health", "words": "陪诊", "owner": ground.me, "due": today,
    });
    let coat = json!({ "count": 1, "persons": [ground.children[0]], "encounter": encounter, "day": today });
    let mut commands = vec![
        manager.envelope("encounter.record", encounter, visit),
        manager.envelope("need.hear", need, heard),
        manager.envelope("request.ask", request, asked),
        manager.envelope("need.ask", need, json!({})),
        manager.envelope("item.give", ground.coat, coat),
    ];
    for person in ground.volunteers {
        let body = json!({
            "person": person, "minutes": 50, "day": today, "purpose": "走访", "encounter": encounter,
        });
        commands.push(manager.envelope("hours.log", manager.id(), body));
    }
    for command in &mut commands {
        command["bundle"] = json!(bundle);
    }
    commands
}

async fn kinds(browser: &Browser, person: Id) -> Vec<String> {
    let page = browser.get(&format!("/api/v1/people/{person}")).await;
    let entries = page["timeline"].as_array().cloned().unwrap_or_default();
    let mut kinds: Vec<String> =
        entries.iter().filter_map(|entry| entry["kind"].as_str().map(str::to_owned)).collect();
    kinds.sort();
    kinds
}

async fn stock(browser: &Browser, item: Id) -> Value {
    browser.get(&format!("/api/v1/items/{item}")).await["item"]["count"].clone()
}

async fn minutes(browser: &Browser) -> i64 {
    let sums = browser.get("/api/v1/hours").await["sums"].as_array().cloned().unwrap_or_default();
    sums.iter().filter_map(|sum| sum["minutes"].as_i64()).sum()
}

#[test]
fn no_double_typing() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let ground = ground(&manager, 4).await;
        let encounter = manager.id();
        let commands = bundle(&manager, &ground, encounter);
        // Entered once; sent three times, as by a phone that heard no answer.
        for outcome in ["applied", "already_applied", "already_applied"] {
            for receipt in manager.commands(commands.clone()).await {
                assert_eq!(receipt["outcome"], outcome, "{receipt}");
            }
        }
        assert_eq!(kinds(&manager, ground.children[0]).await, ["encounter", "gift"]);
        assert_eq!(kinds(&manager, ground.children[1]).await, ["encounter"]);
        assert_eq!(kinds(&manager, ground.children[2]).await, ["encounter"]);
        assert_eq!(kinds(&manager, ground.granny).await, ["encounter", "need", "request"]);
        for volunteer in ground.volunteers {
            assert_eq!(kinds(&manager, volunteer).await, ["encounter", "hours"]);
        }
        assert_eq!((stock(&manager, ground.coat).await, minutes(&manager).await), (json!(3), 100));
        let today = manager.get("/api/v1/today").await;
        assert_eq!(today["requests_due"][0]["person"]["name"], "奶奶");

        let entry = manager.get(&format!("/api/v1/encounters/{encounter}")).await;
        assert_eq!(entry["gifts"][0]["persons"][0]["name"], "小雁");
        assert_eq!(
            (entry["hours"].as_array().unwrap().len(), entry["requests"].as_array().unwrap().len()),
            (2, 1)
        );
        undone(&manager, &entry).await;
        for who in ground.children.into_iter().chain([ground.granny]).chain(ground.volunteers) {
            assert_eq!(kinds(&manager, who).await, [] as [String; 0]);
        }
        assert_eq!((stock(&manager, ground.coat).await, minutes(&manager).await), (json!(4), 0));
        assert_eq!(manager.get("/api/v1/today").await["requests_due"], json!([]));
    });
}

/// Takes an entry back as its page offers, in one bundle.
async fn undone(browser: &Browser, entry: &Value) {
    let bundle = browser.id();
    let undo = entry["undo"].as_array().cloned().unwrap_or_default();
    let commands = undo.iter().map(|part| {
        let record = part["record"].as_str().unwrap().parse().unwrap();
        let mut command = browser.envelope(part["verb"].as_str().unwrap(), record, part["body"].clone());
        command["bundle"] = json!(bundle);
        command
    });
    for receipt in browser.commands(commands.collect()).await {
        assert_eq!(receipt["outcome"], "applied", "{receipt}");
    }
}

#[test]
fn all_of_it_or_none() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let ground = ground(&manager, 0).await;
        let encounter = manager.id();
        let receipts = manager.commands(bundle(&manager, &ground, encounter)).await;
        assert!(receipts.iter().all(|receipt| receipt["outcome"] == "refused"), "{receipts:?}");
        let why: Vec<_> = receipts.iter().filter(|one| one["problem"]["code"] != "SK-1008").collect();
        assert_eq!((why.len(), &why[0]["problem"]["code"]), (1, &json!("SK-3802")), "said once, in words");
        assert_eq!(kinds(&manager, ground.granny).await, [] as [String; 0]);
        let answer = manager.send("GET", &format!("/api/v1/encounters/{encounter}"), None).await;
        assert_eq!((answer.code(), minutes(&manager).await), ("SK-1004".into(), 0));
    });
}

#[test]
fn somebody_new_goes_with_the_entry_unless_more_is_known() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let make = async |name: &str| {
            let (who, encounter, bundle) = (manager.id(), manager.id(), manager.id());
            let body = json!({ "kind": "talk", "day": manager.node.today(), "persons": [who] });
            let mut commands = vec![
                manager.envelope(
                    "person.create",
                    who,
                    json!({ "names": [{ "kind": "nickname", "text": name }] }),
                ),
                manager.envelope("encounter.record", encounter, body),
            ];
            for command in &mut commands {
                command["bundle"] = json!(bundle);
            }
            manager.commands(commands).await;
            (who, encounter)
        };
        let (stray, first) = make("戴红帽子的").await;
        let (known, second) = make("小胖").await;
        manager.done("person.amend", known, json!({ "sex": "M" })).await;
        for encounter in [first, second] {
            undone(&manager, &manager.get(&format!("/api/v1/encounters/{encounter}")).await).await;
        }
        let gone = manager.send("GET", &format!("/api/v1/people/{stray}"), None).await;
        assert_eq!(gone.code(), "SK-1004");
        assert_eq!(manager.get(&format!("/api/v1/people/{known}")).await["person"]["sex"], "M");
    });
}

#[test]
fn who_may_not_take_it_back_is_not_offered_to() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let ground = ground(&manager, 4).await;
        let encounter = manager.id();
        manager.commands(bundle(&manager, &ground, encounter)).await;
        let chen = program.other(&manager, "chen", "volunteer").await;
        let path = format!("/api/v1/encounters/{encounter}");
        assert_eq!(chen.send("GET", &path, None).await.code(), "SK-1004");
        let account = chen.get("/api/v1/session").await["account"]["id"].clone();
        let body = json!({ "account": account, "noun": "person", "record": ground.granny });
        manager.make("assignment.give", body).await;
        let entry = chen.get(&path).await;
        assert_eq!(
            (&entry["undo"], &entry["gifts"], &entry["encounter"]["note"]),
            (&json!([]), &json!([]), &Value::Null)
        );
        for path in ["/api/v1/items", "/api/v1/hours"] {
            assert_eq!(chen.get(path).await["items"], json!([]), "{path}");
        }
        let li = program.other(&manager, "li", "worker").await;
        assert_eq!(li.get(&path).await["encounter"]["note"], Value::Null, "sealed until it is opened");
        manager.done("encounter.lock", encounter, json!({ "lock": "team" })).await;
        assert_eq!(li.get(&path).await["encounter"]["note"], "外婆腿疼");
        let past = li.get(&format!("/api/v1/records/encounter/{encounter}/history")).await;
        let told = past["items"].to_string();
        assert!(!told.contains("外婆腿疼"), "what stood there before it was opened stays sealed");
    });
}
