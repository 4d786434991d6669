//! Outcomes, bundles, merging and conflicts, permission, scope, clocks, statements.

use jiff::SignedDuration;
use kernel::{Id, Lang, Outcome, Role, SiteId};
use serde_json::json;

use crate::site::{Site, actor, code, manager, on_both, worker};

#[test]
fn a_command_sent_twice_is_done_once() {
    on_both(async |site: Site| {
        let id = site.id();
        let envelope = site.envelope("human.create", id, None, json!({"name": "李娜"}));
        let first = site.send(&worker(), vec![envelope.clone(), envelope.clone()]).await;
        assert_eq!((first[0].outcome, first[1].outcome), (Outcome::Applied, Outcome::AlreadyApplied));
        let again = site.send(&worker(), vec![envelope.clone()]).await;
        assert_eq!(again[0].outcome, Outcome::AlreadyApplied);
        assert_eq!(again[0].position, first[0].position);
        let mut other = envelope;
        other.body = json!({"name": "王芳"});
        assert_eq!(code(&site.send(&worker(), vec![other]).await[0]), "SK-1005");
    });
}

#[test]
fn bundles_are_stored_whole_or_not_at_all() {
    on_both(async |site: Site| {
        let (a, b, bundle) = (site.id(), site.id(), site.id());
        let mut envelopes = vec![
            site.envelope("human.create", a, None, json!({"name": "覃雁"})),
            site.envelope("human.create", b, None, json!({"name": ""})),
        ];
        for envelope in &mut envelopes {
            envelope.bundle = Some(bundle);
        }
        let lonely = site.id();
        envelopes.push(site.envelope("human.create", lonely, None, json!({"name": "𠮷田"})));
        let receipts = site.send(&worker(), envelopes.clone()).await;
        assert_eq!((code(&receipts[0]), code(&receipts[1])), ("SK-1008", "SK-9001"));
        assert_eq!(receipts[2].outcome, Outcome::Applied);
        assert!(site.node.held(SiteId(Id(1)), "human", a).await.unwrap().is_none());
        let rows = site.node.rows("SELECT count(*) FROM subject_key", Vec::new()).await.unwrap();
        assert_eq!(rows[0].int(0), 1, "a refused bundle leaves no key behind");
        envelopes[1].body = json!({"name": "覃归"});
        envelopes.truncate(2);
        let receipts = site.send(&worker(), envelopes).await;
        assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied));
    });
}

#[test]
fn different_fields_merge_and_the_same_field_conflicts() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let site_id = SiteId(Id(1));
        let li = site.one(&worker(), "human.amend", id, Some(1), json!({"phone": "1", "tags": ["a"]})).await;
        assert_eq!(li.outcome, Outcome::Applied);
        let wang = actor(Role::Worker, 102);
        let body = json!({"phone": "2", "sex": "M", "tags": ["b"]});
        let wang = site.one(&wang, "human.amend", id, Some(1), body).await;
        assert_eq!((wang.outcome, wang.set_aside.clone()), (Outcome::Conflict, vec!["phone".to_owned()]));
        let held = site.node.held(site_id, "human", id).await.unwrap().unwrap();
        assert_eq!(held.object()["phone"], "1");
        assert_eq!(held.object()["sex"], "M");
        assert_eq!(held.object()["tags"], json!(["a", "b"]));
        assert_eq!(held.set_aside[0].value, "2");
        let take = json!({"command": wang.id, "field": "phone", "take": true});
        assert_eq!(
            site.one(&worker(), "human.settle", id, None, take.clone()).await.outcome,
            Outcome::Applied
        );
        let held = site.node.held(site_id, "human", id).await.unwrap().unwrap();
        assert_eq!((held.object()["phone"].as_str(), held.set_aside.len()), (Some("2"), 0));
        assert_eq!(code(&site.one(&worker(), "human.settle", id, None, take).await), "SK-1013");
        let past = site.node.history(site_id, "human", id).await.unwrap();
        assert_eq!(past.len(), 4);
        assert_eq!((&past[1].before["phone"], &past[1].after["phone"]), (&json!("13800138000"), &json!("1")));
        assert_eq!(past[2].set_aside, ["phone"]);
        assert_eq!(past[3].reason.as_deref(), Some("测试"));
    });
}

#[test]
fn one_item_of_a_list_changed_by_two_is_a_conflict_and_what_each_added_stays() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let wang = actor(Role::Worker, 102);
        site.one(&worker(), "human.amend", id, Some(1), json!({"tags": ["a", "x"]})).await;
        site.one(&worker(), "human.amend", id, Some(2), json!({"tags": ["b", "x", "li"]})).await;
        let body = json!({"tags": ["c", "wang"], "sex": "M"});
        let late = site.one(&wang, "human.amend", id, Some(2), body).await;
        assert_eq!((late.outcome, late.set_aside.clone()), (Outcome::Conflict, vec!["tags".to_owned()]));
        let held = site.node.held(SiteId(Id(1)), "human", id).await.unwrap().unwrap();
        assert_eq!(
            (&held.object()["tags"], &held.object()["sex"]),
            (&json!(["b", "li", "wang"]), &json!("M"))
        );
        assert_eq!(held.set_aside[0].value, json!(["c", "li", "wang"]));
        let take = json!({"command": late.id, "field": "tags", "take": true});
        assert_eq!(site.one(&worker(), "human.settle", id, None, take).await.outcome, Outcome::Applied);
        let held = site.node.held(SiteId(Id(1)), "human", id).await.unwrap().unwrap();
        assert_eq!(held.object()["tags"], json!(["c", "li", "wang"]));
    });
}

#[test]
fn what_the_same_device_changed_before_is_no_conflict() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let wang = actor(Role::Worker, 102);
        let amend = |device: &str, body: serde_json::Value| {
            let mut envelope = site.envelope("human.amend", id, Some(1), body);
            envelope.device = device.into();
            envelope
        };
        // Two days without a connection: the number was changed twice, and both arrive in one batch.
        let twice = vec![
            amend("phone", json!({"phone": "1", "tags": ["a"]})),
            amend("phone", json!({"phone": "2", "tags": ["b"]})),
        ];
        let receipts = site.send(&worker(), twice).await;
        assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied), "{receipts:?}");
        // And once more later; another device of the same person, or somebody else, has not seen it.
        let later = site.send(&worker(), vec![amend("phone", json!({"phone": "3"}))]).await;
        assert_eq!(later[0].outcome, Outcome::Applied);
        let laptop = site.send(&worker(), vec![amend("laptop", json!({"phone": "4"}))]).await;
        let other = site.send(&wang, vec![amend("phone", json!({"phone": "5"}))]).await;
        assert_eq!((laptop[0].outcome, other[0].outcome), (Outcome::Conflict, Outcome::Conflict));
        let held = site.node.held(SiteId(Id(1)), "human", id).await.unwrap().unwrap();
        assert_eq!((&held.object()["phone"], &held.object()["tags"]), (&json!("3"), &json!(["b"])));
        assert_eq!(held.set_aside.len(), 2);
        // In between somebody else changed it: now the same device crosses that.
        site.one(&wang, "human.amend", id, None, json!({"phone": "6"})).await;
        let crossed = site.send(&worker(), vec![amend("phone", json!({"phone": "7"}))]).await;
        assert_eq!(crossed[0].outcome, Outcome::Conflict);
        assert!(site.node.verify().await.unwrap().broken.is_empty());
    });
}

#[test]
fn what_is_refused_is_refused_by_number() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let staff = worker();
        let refused = async |verb: &str, record: Id, base: Option<i64>, body: serde_json::Value| {
            let receipt = site.one(&staff, verb, record, base, body).await;
            assert_eq!(receipt.outcome, Outcome::Refused);
            code(&receipt).to_owned()
        };
        assert_eq!(refused("human.fly", id, None, json!({})).await, "SK-1002");
        assert_eq!(refused("human.erase", id, None, json!({})).await, "SK-1003");
        assert_eq!(refused("human.amend", site.id(), None, json!({})).await, "SK-1004");
        assert_eq!(refused("human.create", id, None, json!({"name": "x"})).await, "SK-1006");
        assert_eq!(refused("human.amend", id, None, json!({"colour": 1})).await, "SK-1001");
        assert_eq!(refused("human.amend", id, None, json!({"name": 7})).await, "SK-1001");
        assert_eq!(refused("human.amend", id, None, json!([1])).await, "SK-1001");
        assert_eq!(refused("human.amend", id, None, json!({"wishes": 7})).await, "SK-1009");
        assert_eq!(refused("human.amend", id, Some(9), json!({"name": "x"})).await, "SK-1014");
        let long = "长".repeat(10_001);
        assert_eq!(refused("human.amend", id, None, json!({"name": long})).await, "SK-1010");
        assert_eq!(refused("human.restore", id, None, json!({})).await, "SK-1019");
        assert_eq!(refused("letter.write", site.id(), None, json!({"human": site.id()})).await, "SK-1004");
        let mut odd = site.envelope("human.amend", id, Some(-1), json!({"name": "x"}));
        assert_eq!(code(&site.send(&staff, vec![odd.clone()]).await[0]), "SK-1001");
        (odd.base, odd.device) = (None, "d".repeat(121));
        assert_eq!(code(&site.send(&staff, vec![odd]).await[0]), "SK-1010");
        let mut silent = site.envelope("human.retract", id, None, json!({}));
        silent.reason = Some("  ".into());
        assert_eq!(code(&site.send(&staff, vec![silent]).await[0]), "SK-1007");
        assert_eq!(site.one(&staff, "human.retract", id, None, json!({})).await.outcome, Outcome::Applied);
        assert_eq!(refused("human.amend", id, None, json!({"name": "x"})).await, "SK-1012");
        assert!(site.node.visible(&staff, "human", &[id], kernel::Use::Read).await.unwrap().is_empty());
        assert_eq!(site.one(&staff, "human.restore", id, None, json!({})).await.outcome, Outcome::Applied);
    });
}

#[test]
fn a_volunteer_reaches_what_is_assigned() {
    on_both(async |site: Site| {
        let id = site.human("小雁").await;
        let chen = actor(Role::Volunteer, 200);
        let body = json!({"sex": "M"});
        assert_eq!(code(&site.one(&chen, "human.amend", id, None, body.clone()).await), "SK-1004");
        let given = site.id();
        let to = json!({"account": chen.account, "record": id});
        // Given and used within one batch.
        let receipts = site.send(&manager(), vec![site.envelope("assignment.give", given, None, to)]).await;
        assert_eq!(receipts[0].outcome, Outcome::Applied);
        assert_eq!(site.one(&chen, "human.amend", id, None, body).await.outcome, Outcome::Applied);
        assert_eq!(site.node.visible(&chen, "human", &[id], kernel::Use::Read).await.unwrap().len(), 1);
        site.one(&manager(), "assignment.take", given, None, json!({})).await;
        assert_eq!(code(&site.one(&chen, "human.wish", id, None, json!({"more": 1})).await), "SK-1004");
        let own = site.id();
        let made = site.one(&chen, "human.create", own, None, json!({"name": "新来的"})).await;
        assert_eq!(made.outcome, Outcome::Applied);
        assert_eq!(
            site.one(&chen, "human.wish", own, None, json!({"more": 2})).await.outcome,
            Outcome::Applied
        );
    });
}

#[test]
fn another_site_is_another_world() {
    on_both(async |site: Site| {
        let id = site.human("李娜").await;
        let mut stranger = manager();
        stranger.site = SiteId(Id(2));
        assert_eq!(code(&site.one(&stranger, "human.amend", id, None, json!({"sex": "M"})).await), "SK-1004");
        assert!(site.node.visible(&stranger, "human", &[id], kernel::Use::Read).await.unwrap().is_empty());
        // The same id at another site is another record.
        let made = site.one(&stranger, "human.create", id, None, json!({"name": "别人"})).await;
        assert_eq!((made.outcome, made.position), (Outcome::Applied, Some(1)));
    });
}

#[test]
fn a_clock_two_days_wrong_is_put_right_and_said() {
    on_both(async |site: Site| {
        let now = site.node.now();
        let id = site.id();
        let mut envelope = site.envelope("human.create", id, None, json!({"name": "钟"}));
        let ahead = now + SignedDuration::from_hours(48);
        envelope.at = ahead - SignedDuration::from_mins(30);
        let receipt = site.node.submit(&worker(), vec![envelope], Some(ahead), Lang::En).await.pop().unwrap();
        assert_eq!((receipt.outcome, code(&receipt)), (Outcome::Applied, "SK-1020"));
        let past = site.node.history(SiteId(Id(1)), "human", id).await.unwrap();
        let off = past[0].stored.duration_since(past[0].at);
        assert!((off - SignedDuration::from_mins(30)).abs() < SignedDuration::from_secs(5), "{off:?}");
    });
}

#[test]
fn every_statement_and_table_fits_the_database() {
    on_both(async |site: Site| {
        assert_eq!(site.node.misfits().await.unwrap(), Vec::<String>::new());
    });
}

#[test]
fn many_clients_at_once_lose_nothing() {
    on_both(async |site: Site| {
        let id = site.human("众人").await;
        let site = std::sync::Arc::new(site);
        let mut clients = Vec::new();
        for _ in 0..16 {
            let site = std::sync::Arc::clone(&site);
            clients.push(tokio::spawn(async move {
                for _ in 0..25 {
                    let receipt = site.one(&worker(), "human.wish", id, None, json!({"more": 1})).await;
                    assert_eq!(receipt.outcome, Outcome::Applied);
                }
            }));
        }
        for client in clients {
            client.await.unwrap();
        }
        let held = site.node.held(SiteId(Id(1)), "human", id).await.unwrap().unwrap();
        assert_eq!((held.object()["wishes"].as_i64(), held.meta.version), (Some(400), 401));
    });
}
