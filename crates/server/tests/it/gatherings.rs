//! Gatherings by the interface: a drop-in evening marked by two volunteers, a feast, festivals, the public page.

use std::collections::HashSet;

use axum::http::StatusCode;
use jiff::ToSpan;
use kernel::Id;
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn person(manager: &Browser, name: &str, birth: u16) -> Id {
    let born = json!({ "precision": "year", "year": birth });
    manager.make("person.create", json!({ "names": [{ "text": name }], "birth": born })).await
}

async fn evening(manager: &Browser, activity: &Value, days: i64) -> (Id, Id) {
    let activity = manager.make("activity.create", activity.clone()).await;
    let day = manager.node.today().saturating_add(days.days());
    (activity, manager.make("session.create", json!({ "activity": activity, "day": day })).await)
}

fn mark((activity, session): (Id, Id), rest: &Value) -> Value {
    let mut body = json!({ "session": session, "activity": activity });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    body
}

async fn totals(browser: &Browser, session: Id) -> Value {
    browser.get(&format!("/api/v1/sessions/{session}/roll")).await["totals"].clone()
}

/// A volunteer to whom an activity and some people were entrusted.
async fn volunteer(program: &Program, manager: &Browser, login: &str, given: (Id, &[Id])) -> Browser {
    let browser = program.other(manager, login, "volunteer").await;
    let account = browser.get("/api/v1/session").await["account"]["id"].clone();
    let records = given.1.iter().map(|who| ("person", who)).chain([("activity", &given.0)]);
    let give = |(noun, record): (&str, &Id)| {
        let body = json!({ "account": account, "noun": noun, "record": record });
        manager.envelope("assignment.give", manager.id(), body)
    };
    for receipt in manager.commands(records.map(give).collect()).await {
        assert_eq!(receipt["outcome"], "applied", "{receipt}");
    }
    browser
}

/// Forty people, twelve of them unnamed, marked by two volunteers at once; eight people are marked by both.
#[test]
fn a_drop_in_evening() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let at = evening(&manager, &json!({ "title": "开放夜", "kind": "dropin" }), 0).await;
        let mut people = Vec::new();
        for n in 0..28 {
            people.push(person(&manager, &format!("街坊{n}"), 1985).await);
        }
        let known =
            |who: &Id| (at.1.derive(&format!("person:{who}")), json!({ "kind": "person", "person": who }));
        let hands = [
            (volunteer(&program, &manager, "chen", (at.0, &people[..18])).await, &people[..18], 7),
            (volunteer(&program, &manager, "zhao", (at.0, &people[10..])).await, &people[10..], 4),
        ];
        let mut sending = Vec::new();
        for (browser, who, heads) in hands {
            let of = |(id, rest): (Id, Value)| browser.envelope("participation.mark", id, mark(at, &rest));
            let mut commands: Vec<Value> = who.iter().map(known).map(of).collect();
            commands.push(of((browser.id(), json!({ "kind": "tally", "count": heads }))));
            sending.push(tokio::spawn(async move { browser.commands(commands).await }));
        }
        let mut outcomes: Vec<String> = Vec::new();
        for sent in sending {
            for receipt in sent.await.unwrap() {
                let twice = receipt["problem"]["code"] == "SK-1006";
                assert!(twice || receipt["outcome"] == "applied", "{receipt}");
                outcomes.push(receipt["outcome"].to_string());
            }
        }
        let twice = outcomes.iter().filter(|outcome| outcome.contains("refused")).count();
        assert_eq!(twice, 8, "whoever both marked is there once, and the later hand is told so");
        let stranger = json!({ "kind": "nickname", "nickname": "戴红帽子的小姑娘" });
        let stranger = manager.make("participation.mark", mark(at, &stranger)).await;
        let whole = json!({ "people": 28, "participations": 40, "households": 0, "anonymous": 12 });
        assert_eq!(totals(&manager, at.1).await, whole);

        // A week later she has a name.
        let girl = person(&manager, "胡思诺", 2016).await;
        manager.done("participation.claim", stranger, json!({ "person": girl })).await;
        let named = json!({ "people": 29, "participations": 40, "households": 0, "anonymous": 11 });
        assert_eq!(totals(&manager, at.1).await, named);
        let page = manager.get(&format!("/api/v1/people/{girl}")).await;
        assert_eq!(page["timeline"][0]["title"], "开放夜", "{}", page["timeline"]);
        let month = &manager.node.today().to_string()[..7];
        let report = manager.get(&format!("/api/v1/reports/participations?month={month}")).await;
        let told = ["participations", "people", "anonymous"].map(|unit| report[unit].clone());
        assert_eq!(told, [json!(40), json!(29), json!(11)], "{report}");
    });
}

#[test]
fn a_tally_is_never_less_than_its_claims_nor_below_one() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let at = evening(&manager, &json!({ "title": "社区电影", "kind": "screening" }), 0).await;
        let tally =
            manager.make("participation.mark", mark(at, &json!({ "kind": "tally", "count": 2 }))).await;
        let adjust = async |by: i64| manager.one("participation.adjust", tally, json!({ "by": by })).await;
        assert_eq!(adjust(-3).await["problem"]["code"], "SK-3107");
        let (a, b, c) = (
            person(&manager, "甲", 1990).await,
            person(&manager, "乙", 1990).await,
            person(&manager, "丙", 1990).await,
        );
        for who in [a, b] {
            manager.done("participation.claim", tally, json!({ "person": who })).await;
        }
        let more = manager.one("participation.claim", tally, json!({ "person": c })).await;
        assert_eq!(more["problem"]["code"], "SK-3109", "no more than were counted");
        assert_eq!(adjust(-1).await["problem"]["code"], "SK-3107", "who has a name cannot be taken off");
        let all = json!({ "people": 2, "participations": 2, "households": 0, "anonymous": 0 });
        assert_eq!(totals(&manager, at.1).await, all);

        // Two of them are one person, as it turns out while the roll is open: nobody is counted twice, and nothing is lost
        // when that is taken back.
        manager.done("person.merge", b, json!({ "into": a })).await;
        let one = json!({ "people": 1, "participations": 1, "households": 0, "anonymous": 0 });
        assert_eq!(totals(&manager, at.1).await, one);
        manager.done("person.unmerge", b, json!({})).await;
        assert_eq!(totals(&manager, at.1).await, all);
    });
}

#[test]
fn a_household_in_one_tap() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let at = evening(&manager, &json!({ "title": "亲子日", "kind": "family_day" }), 0).await;
        let mut members = Vec::new();
        for (name, birth) in [("马秀英", 1988), ("覃小雁", 2016), ("覃小军", 2018)] {
            members.push(person(&manager, name, birth).await);
        }
        let roles = ["head", "child", "child"];
        let listed: Vec<Value> =
            members.iter().zip(roles).map(|(who, role)| json!({ "person": who, "role": role })).collect();
        let home = manager.make("household.create", json!({ "number": "YL001", "members": listed })).await;
        let tap = |kind: &str, id: Id| {
            let record = at.1.derive(&format!("{kind}:{id}"));
            manager.envelope("participation.mark", record, mark(at, &json!({ "kind": kind, kind: id })))
        };
        let mut commands = vec![tap("household", home)];
        commands.extend(members.iter().map(|who| tap("person", *who)));
        let bundle = manager.id();
        for command in &mut commands {
            command["bundle"] = json!(bundle);
        }
        for receipt in manager.commands(commands).await {
            assert_eq!(receipt["outcome"], "applied", "{receipt}");
        }
        let one_family = json!({ "people": 3, "participations": 3, "households": 1, "anonymous": 0 });
        assert_eq!(totals(&manager, at.1).await, one_family);
    });
}

#[test]
fn closed_with_head_counts_by_group_and_no_names() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let at = evening(&manager, &json!({ "title": "周末市集", "kind": "other", "public": true }), 0).await;
        for (migrant, age, count) in
            [(true, "child", 9), (true, "adult", 14), (false, "child", 4), (false, "adult", 6)]
        {
            let group = json!({ "migrant": migrant, "age": age });
            let body = json!({ "kind": "tally", "count": count, "group": group });
            manager.make("participation.mark", mark(at, &body)).await;
        }
        manager.done("session.close", at.1, json!({})).await;
        let roll = manager.get(&format!("/api/v1/sessions/{}/roll", at.1)).await;
        assert_eq!(roll["session"]["status"], "closed");
        let whole = json!({ "people": 0, "participations": 33, "households": 0, "anonymous": 33 });
        assert_eq!(roll["totals"], whole);
        let migrants: u64 = roll["groups"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|group| group["migrant"] == true)
            .filter_map(|group| group["participations"].as_u64())
            .sum();
        assert_eq!((migrants, roll["groups"].as_array().unwrap().len()), (23, 4));
    });
}

#[test]
fn festivals_stand_on_the_right_days() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let site = manager.get("/api/v1/session").await["site"]["id"].as_str().unwrap().parse().unwrap();
        manager.done("site.amend", site, json!({ "peoples": ["YI"] })).await;
        for (year, autumn, torch) in [
            (2025, "2025-10-06", "2025-07-18"),
            (2026, "2026-09-25", "2026-08-06"),
            (2028, "2028-10-03", "2028-08-14"),
        ] {
            let path = format!("/api/v1/festivals?from={year}-01-01&to={year}-12-31");
            let told = manager.get(&path).await;
            let days = |code: &str| -> Vec<(Value, Value)> {
                let items = told["items"].as_array().unwrap().iter().filter(|item| item["code"] == code);
                items.map(|item| (item["day"].clone(), item["here"].clone())).collect()
            };
            assert_eq!(days("mid_autumn"), [(json!(autumn), json!(true))]);
            assert_eq!(days("torch_yi"), [(json!(torch), json!(true))], "{year}");
            assert_eq!(days("torch_bai")[0].1, json!(false), "kept by people whom the centre did not name");
        }
        let long = manager.send("GET", "/api/v1/festivals?from=1990-01-01&to=2035-01-01", None).await;
        assert_eq!(long.code(), "SK-1105");
        let bad = manager.one("site.amend", site, json!({ "peoples": ["<b>"] })).await;
        assert_eq!(bad["outcome"], "refused");
        let mut traditional = manager.clone();
        traditional.lang = "zh-TW";
        let told = traditional.get("/api/v1/festivals?from=2026-09-01&to=2026-09-30").await;
        assert_eq!(told["items"][0]["name_zh"], "中秋節", "{told}");
        let kinds = traditional.get("/api/v1/activity-kinds").await;
        assert_eq!(kinds["items"][0]["zh"], "日常開放");
    });
}

#[test]
fn a_feast_asks_no_dish_of_those_over_eighty() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let at = evening(&manager, &json!({ "title": "重阳宴", "kind": "feast" }), 20).await;
        for (number, births) in [("1", vec![1940, 1938]), ("2", vec![1940, 1965]), ("3", vec![1990])] {
            let mut members = Vec::new();
            for birth in births {
                let who = person(&manager, &format!("户{number}生于{birth}"), birth).await;
                members.push(json!({ "person": who, "role": "head" }));
            }
            let home =
                manager.make("household.create", json!({ "number": number, "members": members })).await;
            let record = at.1.derive(&format!("dish:{home}"));
            manager.done("dish.invite", record, mark(at, &json!({ "household": home }))).await;
        }
        let dishes = manager.get(&format!("/api/v1/sessions/{}/dishes", at.1)).await;
        let asked: Vec<(&str, &str)> = dishes["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|item| Some((item["number"].as_str()?, item["asked"].as_str()?)))
            .collect();
        assert_eq!(
            asked.iter().copied().collect::<HashSet<_>>(),
            HashSet::from([("1", "exempt"), ("2", "ask"), ("3", "ask")])
        );
        assert_eq!((&dishes["exempt"], &dishes["ask"]), (&json!(1), &json!(2)));
    });
}

#[test]
fn anybody_sees_what_is_public_and_nothing_else() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let open = json!({ "title": "<script>alert(1)</script> 读书会", "kind": "circle", "public": true, "words": "带好水杯。" });
        let (activity, session) = evening(&manager, &open, 3).await;
        evening(&manager, &json!({ "title": "职工例会", "kind": "meeting" }), 4).await;
        let who = person(&manager, "李娜", 1990).await;
        let record = session.derive(&format!("signup:{who}"));
        manager.done("signup.make", record, mark((activity, session), &json!({ "person": who }))).await;

        let nobody = program.browser();
        let page = nobody.send("GET", "/gatherings", None).await;
        assert_eq!((page.status, page.kind.starts_with("text/html")), (StatusCode::OK, true));
        let text = page.text();
        assert!(
            text.contains("&lt;script&gt;alert(1)&lt;/script&gt; 读书会") && text.contains("带好水杯。"),
            "{text}"
        );
        for hidden in ["<script", "职工例会", "李娜"] {
            assert!(!text.contains(hidden), "{hidden}");
        }
        for (lang, words) in
            [("en", "Coming activities"), ("zh-Hant", "近期活動"), ("zh-Hans", "近期活动"), ("xx", "Coming")]
        {
            let page = nobody.send("GET", &format!("/gatherings?lang={lang}"), None).await.text();
            assert!(page.contains(words), "{lang}: {page}");
        }
        let feed = nobody.send("GET", "/gatherings.ics", None).await;
        assert_eq!(feed.kind, "text/calendar; charset=utf-8");
        let feed = feed.text();
        assert_eq!(feed.matches("BEGIN:VEVENT").count(), 1);
        assert!(!feed.contains("李娜") && !feed.contains("职工例会"));
        assert!(feed.lines().all(|line| line.len() <= 75), "folded");
        for path in ["/gatherings?site=nowhere", "/gatherings.ics?site=01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
            assert_eq!(nobody.send("GET", path, None).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        manager.done("session.cancel", session, json!({ "why": "停电 <b>" })).await;
        let text = nobody.send("GET", "/gatherings?lang=zh-Hans", None).await.text();
        assert!(text.contains("停电 &lt;b&gt;"), "{text}");
        assert!(nobody.send("GET", "/gatherings.ics", None).await.text().contains("STATUS:CANCELLED"));
    });
}

/// Children from here and from elsewhere: how many came, and which pairs met again.
#[test]
fn who_met_whom() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let (activity, first) =
            evening(&manager, &json!({ "title": "一起踢球", "kind": "sports" }), -14).await;
        let day = manager.node.today().saturating_add((-7).days());
        let second = manager.make("session.create", json!({ "activity": activity, "day": day })).await;
        let mut children = Vec::new();
        for (name, city) in [("小军", "5306"), ("小燕", "5306"), ("阿明", "5301"), ("不知道", "")] {
            let child = person(&manager, name, 2016).await;
            let home = |city: &str| json!({ "province": "53", "city": city });
            if !city.is_empty() {
                for (kind, city) in [("registered", city), ("living", "5301")] {
                    manager
                        .make("stay.create", json!({ "person": child, "kind": kind, "home": home(city) }))
                        .await;
                }
            }
            children.push(child);
        }
        for (session, came) in [(first, &children[..]), (second, &children[1..3])] {
            for who in came {
                let record = session.derive(&format!("person:{who}"));
                let body = json!({ "kind": "person", "person": who });
                manager.done("participation.mark", record, mark((activity, session), &body)).await;
            }
            let group = json!({ "migrant": false, "age": "child" });
            let tally = json!({ "kind": "tally", "count": 5, "group": group });
            manager.make("participation.mark", mark((activity, session), &tally)).await;
        }
        let mix = manager.get(&format!("/api/v1/activities/{activity}/mix")).await;
        let told =
            ["migrant", "local", "unknown", "pairs", "pairs_again"].map(|key| mix[key].as_u64().unwrap());
        assert_eq!(told, [3, 2 + 10, 1, 2, 1], "{mix}");
        let stranger = program.other(&manager, "chen", "volunteer").await;
        let hidden = stranger.send("GET", &format!("/api/v1/activities/{activity}/mix"), None).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    });
}
