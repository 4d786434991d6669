//! A trip as a worker prepares it and a volunteer leads it; a circle's notes as every other door must not show them.

use axum::http::StatusCode;
use community::circle::circle_id;
use community::trip::trip_day_id;
use kernel::{ActivityId, Id, PersonId};
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

struct Trip {
    activity: Id,
    session: Id,
    child: Id,
    volunteer: Browser,
    account: Value,
}

async fn prepared(program: &Program, staff: &Browser) -> Trip {
    let body = json!({ "title": "去科技馆", "kind": "trip", "children_per_adult": 5 });
    let activity = staff.make("activity.create", body).await;
    let body = json!({ "activity": activity, "day": staff.node.today() });
    let session = staff.make("session.create", body).await;
    let birth = json!({ "precision": "year", "year": staff.node.today().year() - 8 });
    let child = staff.make("person.create", json!({ "names": [{ "text": "李娜" }], "birth": birth })).await;
    let mother = json!({ "names": [{ "text": "王秀英" }], "phones": [{ "number": "13800138000" }] });
    let mother = staff.make("person.create", mother).await;
    staff.make("tie.create", json!({ "person": child, "other": mother, "kind": "mother" })).await;
    let note = community::care::note_id(PersonId(child));
    staff.done("care_note.write", note, json!({ "child": child, "health": "花生过敏" })).await;
    let signup = community::signup::signup_id(session, PersonId(child));
    let body =
        json!({ "session": session, "activity": activity, "person": child, "adults": 0, "children": 2 });
    staff.done("signup.make", signup, body).await;
    let volunteer = program.other(staff, "chen", "volunteer").await;
    let account = volunteer.get("/api/v1/session").await["account"]["id"].clone();
    Trip { activity, session, child, volunteer, account }
}

async fn consented(staff: &Browser, child: Id) -> Id {
    let me = staff.get("/api/v1/session").await["account"]["id"].clone();
    let body = json!({
        "person": child, "purpose": "trip", "fields": ["name", "phone", "health"], "relation": "mother",
        "by_name": "王秀英", "proof": "spoken", "witness": me, "given_on": staff.node.today(),
    });
    staff.make("consent.record", body).await
}

fn opening(staff: &Browser, trip: &Trip, consents: &[Id]) -> Value {
    json!({
        "session": trip.session, "activity": trip.activity, "day": staff.node.today(), "purpose": "trip",
        "children_per_adult": 5, "children": [trip.child], "consents": consents, "leaders": [trip.account],
    })
}

#[test]
fn the_leader_has_the_list_on_the_day_and_not_afterwards() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let trip = prepared(&program, &staff).await;
        let path = format!("/api/v1/sessions/{}/trip", trip.session);
        let page = staff.get(&path).await;
        let row = &page["children"][0];
        assert_eq!(
            (&page["day"], &page["unnamed"], &page["purpose"]),
            (&Value::Null, &json!(1), &json!("trip"))
        );
        assert_eq!((&row["child"]["name"], &row["consent"]), (&json!("李娜"), &Value::Null));
        assert_eq!(
            row["guardians"][0],
            json!({ "name": "王秀英", "kind": "mother", "phone": "13800138000" })
        );
        assert_eq!(trip.volunteer.send("GET", &path, None).await.status, StatusCode::NOT_FOUND);

        let id = trip_day_id(trip.session);
        let refused = staff.one("trip_day.open", id, opening(&staff, &trip, &[])).await;
        assert_eq!(refused["problem"]["code"], "SK-3165", "{refused}");
        let field = &refused["problem"]["fields"][0];
        assert_eq!(field["field"], format!("children.{}", trip.child));
        assert!(field["detail"].as_str().unwrap().contains("ask the guardian"), "{field}");
        let consent = consented(&staff, trip.child).await;
        assert_eq!(staff.get(&path).await["children"][0]["consent"], json!(consent));
        staff.done("trip_day.open", id, opening(&staff, &trip, &[consent])).await;

        // Lent: name, phone and health, though a volunteer reads neither of them elsewhere.
        let lent = trip.volunteer.get(&path).await;
        assert_eq!(lent["children"][0]["child"]["name"], "李娜");
        assert_eq!(lent["children"][0]["health"], "花生过敏");
        assert_eq!(lent["children"][0]["guardians"][0]["phone"], "13800138000");
        assert_eq!(lent["keep_until"], json!(staff.node.today()));
        let log = staff.get("/api/v1/access-log").await;
        assert_eq!(
            (&log["items"][0]["purpose"], &log["items"][0]["record"]),
            (&json!("trip"), &json!(trip.child))
        );
        let hidden =
            [format!("/api/v1/people/{}", trip.child), format!("/api/v1/people/{}/care", trip.child)];
        for each in &hidden {
            assert_eq!(trip.volunteer.send("GET", each, None).await.status, StatusCode::NOT_FOUND, "{each}");
        }
        assert_eq!(trip.volunteer.get("/api/v1/trips").await["items"][0]["session"], json!(trip.session));
        let stranger = program.other(&staff, "zhang", "volunteer").await;
        assert_eq!(stranger.send("GET", &path, None).await.status, StatusCode::NOT_FOUND);

        trip.volunteer.done("trip_day.close", id, json!({ "back": [trip.child] })).await;
        assert_eq!(trip.volunteer.send("GET", &path, None).await.status, StatusCode::NOT_FOUND, "taken back");
        assert_eq!(trip.volunteer.get("/api/v1/trips").await["items"], json!([]));
        assert_eq!(staff.get(&path).await["children"][0]["back"], true);
    });
}

#[test]
fn no_other_door_shows_a_circles_note() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let member = program.other(&manager, "chen", "volunteer").await;
        let account = member.get("/api/v1/session").await["account"]["id"].clone();
        let activity =
            manager.make("activity.create", json!({ "title": "姐妹小组", "kind": "circle" })).await;
        let entrusted = json!({ "account": account, "noun": "activity", "record": activity });
        manager.make("assignment.give", entrusted).await;
        let circle = circle_id(ActivityId(activity));
        member.done("circle.found", circle, json!({ "activity": activity, "members": [account] })).await;
        let body = json!({ "circle": circle, "words": "谁都别说", "readers": [account] });
        let note = member.make("circle_note.write", body).await;
        // A meeting's heads count, whatever is said there.
        let day = member.node.today();
        let session = member.make("session.create", json!({ "activity": activity, "day": day })).await;
        let tally = json!({ "session": session, "activity": activity, "kind": "tally", "count": 7 });
        member.make("participation.mark", tally).await;

        let page = format!("/api/v1/activities/{activity}/circle");
        assert_eq!(member.get(&page).await["notes"][0]["words"], "谁都别说");
        let auditor = program.other(&manager, "audit", "auditor").await;
        let worker = program.other(&manager, "li", "worker").await;
        for other in [&manager, &worker] {
            let seen = other.get(&page).await;
            assert_eq!((&seen["notes"], &seen["meetings"][0]["heads"]), (&json!([]), &json!(7)));
        }
        assert_eq!(auditor.send("GET", &page, None).await.status, StatusCode::NOT_FOUND);
        for other in [&manager, &worker, &auditor] {
            for door in [
                format!("/api/v1/records/circle_note/{note}"),
                format!("/api/v1/records/circle_note/{note}/history"),
            ] {
                let answer = other.send("GET", &door, None).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{door}");
            }
            for door in ["/api/v1/changes", "/api/v1/journal", "/api/v1/conflicts"] {
                let answer = other.send("GET", door, None).await;
                assert!(!answer.text().contains("谁都别说"), "{door}");
            }
        }
        assert!(!manager.get("/api/v1/changes").await.to_string().contains(&note.to_string()));

        member.done("circle_note.share", note, json!({})).await;
        for other in [&manager, &worker] {
            let shared = other.get(&page).await["notes"][0].clone();
            assert_eq!((&shared["words"], &shared["shared_by"]), (&json!("谁都别说"), &account));
            assert!(shared["shared_at"].is_string());
        }
        assert_eq!(auditor.send("GET", &page, None).await.status, StatusCode::NOT_FOUND);
    });
}
