//! Child care as a worker goes through it: the list of an afternoon, arrivals, pick-up, and who must not know.

use axum::http::StatusCode;
use community::care::care_id;
use kernel::{Id, PersonId};
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn afternoon(staff: &Browser, capacity: u32) -> (Id, Id) {
    let body = json!({ "title": "放学后小课堂", "kind": "after_school", "capacity": capacity });
    let activity = staff.make("activity.create", body).await;
    let day = staff.node.today();
    let body = json!({ "activity": activity, "day": day, "start": "16:30", "end": "18:00" });
    (activity, staff.make("session.create", body).await)
}

async fn child(staff: &Browser, name: &str) -> Id {
    let birth = json!({ "precision": "year", "year": staff.node.today().year() - 8 });
    staff.make("person.create", json!({ "names": [{ "text": name }], "birth": birth })).await
}

async fn sign_up(staff: &Browser, (activity, session): (Id, Id), person: Id) {
    let id = community::signup::signup_id(session, PersonId(person));
    let body =
        json!({ "session": session, "activity": activity, "person": person, "adults": 0, "children": 1 });
    staff.done("signup.make", id, body).await;
}

/// One tap of the page: the arrival, the mark on the roll.
fn taps(staff: &Browser, (activity, session): (Id, Id), child: Id, at: &str) -> Vec<Value> {
    let day = staff.node.today();
    let care = json!({ "session": session, "activity": activity, "child": child, "day": day, "arrived": at });
    let mark = json!({ "session": session, "activity": activity, "kind": "person", "person": child });
    vec![
        staff.envelope("care.arrive", care_id(session, PersonId(child)), care),
        staff.envelope("participation.mark", session.derive(&format!("person:{child}")), mark),
    ]
}

fn entry(list: &Value, child: Id) -> &Value {
    let id = child.to_string();
    list["children"].as_array().unwrap().iter().find(|each| each["child"]["id"] == id.as_str()).unwrap()
}

#[test]
fn an_afternoon_from_the_first_child_to_the_last() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let at = afternoon(&staff, 2).await;
        let path = format!("/api/v1/sessions/{}/care", at.1);
        let (li, ji, third) =
            (child(&staff, "李娜").await, child(&staff, "𠮷").await, child(&staff, "三宝").await);
        for each in [li, ji, third] {
            sign_up(&staff, at, each).await;
        }
        let list = staff.get(&path).await;
        assert_eq!((list["here"].as_u64(), list["expected"].as_u64()), (Some(0), Some(2)));
        assert_eq!(
            (entry(&list, third)["standing"].as_str(), entry(&list, third)["line"].as_u64()),
            (Some("waiting"), Some(1))
        );

        let grandmother = json!({ "child": li, "name": "王奶奶", "relation": "奶奶", "from": staff.node.today(), "given_by": "妈妈" });
        let permission = staff.make("pickup_permission.allow", grandmother).await;
        let receipts =
            staff.commands([taps(&staff, at, li, "16:31"), taps(&staff, at, ji, "16:32")].concat()).await;
        assert!(receipts.iter().all(|receipt| receipt["outcome"] == "applied"), "{receipts:?}");
        let list = staff.get(&path).await;
        assert_eq!(list["here"], 2);
        assert_eq!(entry(&list, li)["permissions"][0]["name"], "王奶奶");
        assert_eq!(
            (entry(&list, li)["marked"].as_str(), entry(&list, third)["arrival"].as_str()),
            (Some("there"), Some("never"))
        );
        let roll = staff.get(&format!("/api/v1/sessions/{}/roll", at.1)).await;
        assert_eq!(roll["totals"]["participations"], 2, "an arrival counts once");

        let care = |child: Id| care_id(at.1, PersonId(child));
        let stranger =
            staff.one("care.release", care(ji), json!({ "permission": permission, "left": "18:01" })).await;
        assert_eq!(stranger["problem"]["code"], "SK-3154", "somebody else's grandmother");
        let none = staff.one("care.release", care(ji), json!({ "left": "18:01" })).await;
        assert_eq!(none["problem"]["code"], "SK-3154");
        staff.done("care.release", care(li), json!({ "permission": permission, "left": "18:25" })).await;
        let list = staff.get(&path).await;
        assert_eq!((list["here"].as_u64(), list["left"].as_u64()), (Some(1), Some(1)));
        assert_eq!(entry(&list, li)["care"]["late"], 25);

        let page = staff.get(&format!("/api/v1/people/{li}/care")).await;
        assert_eq!(
            (page["permissions"][0]["holds"].as_bool(), page["note"]["version"].as_u64()),
            (Some(true), Some(0))
        );
        let volunteer = program.other(&staff, "chen", "volunteer").await;
        for hidden in [path, format!("/api/v1/people/{li}/care")] {
            assert_eq!(volunteer.send("GET", &hidden, None).await.status, StatusCode::NOT_FOUND, "{hidden}");
        }
    });
}

#[test]
fn twenty_children_from_a_phone_that_was_offline() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let at = afternoon(&staff, 30).await;
        let mut commands = Vec::new();
        for number in 0..20 {
            let child = child(&staff, &format!("孩子{number}")).await;
            commands.extend(taps(&staff, at, child, "16:35"));
        }
        // The phone sends all of it at once, and once more because the answer got lost.
        for outcome in ["applied", "already_applied"] {
            let receipts = staff.commands(commands.clone()).await;
            assert!(receipts.iter().all(|receipt| receipt["outcome"] == outcome), "{receipts:?}");
        }
        let list = staff.get(&format!("/api/v1/sessions/{}/care", at.1)).await;
        assert_eq!(list["here"], 20);
    });
}
