//! S3-07: a photo shows which faces lack consent before it is published. S2-21: a community keeps a recording to its members.

use axum::http::StatusCode;
use community::circle::circle_id;
use kernel::{ActivityId, Id};
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};
use crate::work_files::{jpeg, mp3, upload, work};

async fn child(staff: &Browser, name: &str) -> Id {
    let born = json!({ "precision": "year", "year": staff.node.today().year() - 8 });
    staff.make("person.create", json!({ "names": [{ "text": name }], "birth": born })).await
}

async fn consent(staff: &Browser, person: Id, more: Value) -> Id {
    let me = staff.get("/api/v1/session").await["account"]["id"].clone();
    let mut body = json!({
        "person": person, "purpose": "photo", "fields": ["image"], "relation": "mother", "by_name": "王秀英",
        "proof": "spoken", "witness": me, "given_on": staff.node.today(),
    });
    body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    staff.make("consent.record", body).await
}

async fn mark(staff: &Browser, work: Id, x: u32, who: Value) -> Id {
    let face = staff.id();
    let mut body = json!({ "face": face, "at": { "x": x, "y": 4_000 } });
    body.as_object_mut().unwrap().extend(who.as_object().cloned().unwrap_or_default());
    staff.done("work.mark_face", work, body).await;
    face
}

async fn standings(staff: &Browser, work: Id) -> Vec<String> {
    let view = staff.get(&format!("/api/v1/works/{work}")).await;
    let faces = view["faces"].as_array().cloned().unwrap_or_default();
    faces.iter().map(|face| face["standing"].as_str().unwrap_or_default().to_owned()).collect()
}

fn day_before(staff: &Browser, days: i32) -> String {
    staff.node.today().saturating_sub(jiff::Span::new().days(days)).to_string()
}

/// Takes off the child that does not want it, and one more.
async fn take_off(staff: &Browser, photo: Id, other: Id) {
    for face in staff.get(&format!("/api/v1/works/{photo}")).await["faces"].as_array().unwrap() {
        if face["standing"] == "refused" || face["id"] == json!(other) {
            staff.done("work.unmark_face", photo, json!({ "face": face["id"] })).await;
        }
    }
}

#[test]
fn a_photo_tells_which_faces_lack_consent_and_is_published_only_without_them() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let photo = work(&staff, "photo", "六一儿童节合影").await;
        upload(&staff, photo, "a.jpg", &jpeg(1)).await;
        let (na, fang, qiang, old) = (
            child(&staff, "李娜").await,
            child(&staff, "王芳").await,
            child(&staff, "陈强").await,
            child(&staff, "𠮷田").await,
        );
        let first = consent(&staff, na, json!({})).await;
        // The mother of the second says yes, the child itself no, in a line of its own.
        consent(&staff, fang, json!({ "own_answer": "yes", "given_on": day_before(&staff, 9) })).await;
        consent(&staff, fang, json!({ "own_answer": "no" })).await;
        let ended = json!({ "given_on": day_before(&staff, 60), "expires_on": day_before(&staff, 30) });
        consent(&staff, old, ended).await;
        mark(&staff, photo, 1_000, json!({ "person": na })).await;
        mark(&staff, photo, 2_000, json!({ "person": fang })).await;
        let lacking = mark(&staff, photo, 3_000, json!({ "person": qiang })).await;
        mark(&staff, photo, 4_000, json!({ "person": old })).await;
        let unknown = mark(&staff, photo, 5_000, json!({ "words": "穿红衣服的" })).await;
        mark(&staff, photo, 6_000, json!({ "unrecognisable": true })).await;
        assert_eq!(
            standings(&staff, photo).await,
            ["consented", "refused", "lacking", "expired", "unknown", "unrecognisable"]
        );
        let view = staff.get(&format!("/api/v1/works/{photo}")).await;
        assert_eq!(view["faces"][0]["person"]["name"], "李娜");
        assert_eq!((&view["faces"][0]["consent"], &view["holds"]), (&json!(first), &json!(false)));

        let publish = json!({ "consents": [first] });
        let refused = staff.one("work.publish", photo, publish.clone()).await["problem"].clone();
        assert_eq!(refused["code"], "SK-4210", "{refused}");
        let words = refused["detail"].as_str().unwrap();
        assert!(words.contains("4 people") && words.contains("1 children who do not want it"), "{words}");
        assert!(!words.contains("李娜"));
        let fields: Vec<_> =
            refused["fields"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert_eq!(fields, ["SK-4212", "SK-4211", "SK-4213", "SK-4214"]);
        assert_eq!(refused["fields"][1]["field"], format!("faces.{lacking}"));
        assert_eq!(staff.get("/api/v1/works?state=lacking").await["items"][0]["id"], json!(photo));

        // Settled one by one: two are asked, the child that does not want it and one nobody knows are taken off.
        take_off(&staff, photo, unknown).await;
        let second = consent(&staff, qiang, json!({ "own_answer": "yes" })).await;
        let third = consent(&staff, old, json!({})).await;
        assert_eq!(
            staff.one("work.publish", photo, publish).await["problem"]["code"],
            "SK-4215",
            "others are cited"
        );
        let mut bundled =
            staff.envelope("work.publish", photo, json!({ "consents": [first, second, third] }));
        bundled["bundle"] = json!(staff.id());
        assert_eq!(staff.commands(vec![bundled]).await[0]["problem"]["code"], "SK-4219");
        let command = staff.envelope("work.publish", photo, json!({ "consents": [first, second, third] }));
        let both = staff.commands(vec![command.clone(), command.clone()]).await;
        assert_eq!(
            (&both[0]["outcome"], &both[1]["outcome"]),
            (&json!("applied"), &json!("already_applied"))
        );
        assert_eq!(staff.get("/api/v1/works?state=published").await["items"][0]["access"], "public");
        staff.done("consent.withdraw", third, json!({})).await;
        assert_eq!(staff.commands(vec![command]).await[0]["outcome"], "already_applied", "sent again later");
    });
}

#[test]
fn a_withdrawn_consent_takes_the_picture_away_at_once() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let photo = work(&staff, "photo", "<b>合影</b>").await;
        upload(&staff, photo, "a.jpg", &jpeg(1)).await;
        // The consent is in the record of a duplicate that was merged.
        let (na, twin) = (child(&staff, "李娜").await, child(&staff, "李 娜").await);
        let given = consent(&staff, twin, json!({})).await;
        staff.done("person.merge", twin, json!({ "into": na })).await;
        mark(&staff, photo, 1_000, json!({ "person": na })).await;
        let nobody = program.browser();
        let site = program.actor(&staff).await.site;
        let picture = format!("/gallery/{}/{photo}", site.0);
        assert_eq!(nobody.send("GET", &picture, None).await.status, StatusCode::NOT_FOUND);
        staff.done("work.publish", photo, json!({ "consents": [given] })).await;
        let page = nobody.send("GET", "/gallery", None).await.text();
        assert!(
            page.contains("&lt;b&gt;合影") && page.contains(&picture) && !page.contains("李娜"),
            "{page}"
        );
        let shown = nobody.send("GET", &picture, None).await;
        assert_eq!((shown.status, shown.kind.as_str()), (StatusCode::OK, "image/jpeg"));

        staff.done("consent.withdraw", given, json!({})).await;
        assert!(!nobody.send("GET", "/gallery", None).await.text().contains(&picture));
        assert_eq!(nobody.send("GET", &picture, None).await.status, StatusCode::NOT_FOUND);
        let back = staff.get("/api/v1/works?state=take_back").await["items"].clone();
        assert_eq!((&back[0]["id"], &back[0]["faces"][0]["standing"]), (&json!(photo), &json!("withdrawn")));
        assert_eq!(staff.get("/api/v1/works?state=published").await["items"], json!([]));
        staff.done("work.withdraw", photo, json!({})).await;
        assert_eq!(staff.get("/api/v1/works?state=take_back").await["items"], json!([]));

        // On a person's page, by either record; gone from there with the person.
        let of = |id: Id| format!("/api/v1/people/{id}/works");
        assert_eq!(staff.get(&of(na)).await["items"][0]["id"], json!(photo));
        let again = consent(&staff, na, json!({})).await;
        staff.done("work.publish", photo, json!({ "consents": [again] })).await;
        assert_eq!(nobody.send("GET", &picture, None).await.status, StatusCode::OK);
        staff.done("person.erase", na, json!({})).await;
        assert_eq!(
            nobody.send("GET", &picture, None).await.status,
            StatusCode::NOT_FOUND,
            "who is erased is shown to nobody"
        );
        for other in ["/gallery/nonsense", "/gallery/01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
            assert_eq!(nobody.send("GET", other, None).await.status, StatusCode::NOT_FOUND);
        }
    });
}

struct Circle {
    id: Id,
    member: Browser,
    account: Value,
}

async fn circle(program: &Program, manager: &Browser) -> Circle {
    let member = program.other(manager, "chen", "volunteer").await;
    let account = member.get("/api/v1/session").await["account"]["id"].clone();
    let activity = manager.make("activity.create", json!({ "title": "打歌小组", "kind": "circle" })).await;
    let entrusted = json!({ "account": account, "noun": "activity", "record": activity });
    manager.make("assignment.give", entrusted).await;
    let id = circle_id(ActivityId(activity));
    member.done("circle.found", id, json!({ "activity": activity, "members": [account] })).await;
    Circle { id, member, account }
}

#[test]
fn a_community_keeps_a_recording_to_its_members() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let worker = program.other(&manager, "li", "worker").await;
        let Circle { id, member, account } = circle(&program, &manager).await;
        let day = manager.node.today();
        let body = json!({
            "kind": "recording", "title": "打歌调", "day": day, "circle": id, "readers": [account],
            "teller": "杨奶奶", "language": "彝语", "about": "谁都别说",
        });
        let song = member.make("work.register", body.clone()).await;
        assert_eq!(upload(&member, song, "a.mp3", &mp3()).await.status, StatusCode::OK);
        let (page, file) = (format!("/api/v1/works/{song}"), format!("/api/v1/works/{song}/file"));
        let seen = member.get(&page).await;
        assert_eq!((&seen["access"], &seen["about"]), (&json!("members"), &json!("谁都别说")));
        let auditor = program.other(&manager, "audit", "auditor").await;
        let noun = "work";
        for other in [&manager, &worker, &auditor] {
            for door in [
                page.clone(),
                file.clone(),
                format!("/api/v1/records/{noun}/{song}"),
                format!("/api/v1/records/{noun}/{song}/history"),
            ] {
                assert_eq!(other.send("GET", &door, None).await.status, StatusCode::NOT_FOUND, "{door}");
            }
            let list = other.send("GET", "/api/v1/works", None).await.text();
            let changes = other.send("GET", "/api/v1/changes", None).await.text();
            assert!(!list.contains(&song.to_string()) && !changes.contains(&song.to_string()));
        }
        // The same bytes from somebody who may not know of it: stored, nothing is told.
        let own = work(&worker, "recording", "同一首").await;
        assert_eq!(upload(&worker, own, "a.mp3", &mp3()).await.status, StatusCode::OK);
        for verb in ["work.publish", "work.restrict", "work.mark_face", "work.retract", "work.erase"] {
            let refused = manager.one(verb, song, json!({ "face": song })).await;
            assert_eq!(refused["problem"]["code"], "SK-1004", "{verb}: {refused}");
        }
        assert_eq!(member.get("/api/v1/works?kind=recording").await["items"][0]["id"], json!(song));

        // A member opens it to the staff, and a worker cannot lock others out with readers of its own choice.
        member.done("work.restrict", song, json!({ "circle": id })).await;
        assert_eq!(worker.get(&page).await["access"], "staff");
        let mine = worker.get("/api/v1/session").await["account"]["id"].clone();
        let chosen = json!({ "circle": id, "readers": [mine] });
        assert_eq!(worker.one("work.restrict", song, chosen).await["problem"]["code"], "SK-4208");
        worker.done("work.restrict", song, json!({ "circle": id, "readers": [account] })).await;
        assert_eq!(
            worker.send("GET", &page, None).await.status,
            StatusCode::NOT_FOUND,
            "left to the members"
        );

        // Members publish it; then it is public, and the staff may take it back, but not rewrite it.
        member.done("work.publish", song, json!({ "nobody": true })).await;
        assert_eq!(worker.get(&page).await["own"], false);
        assert_eq!(
            worker.one("work.amend", song, json!({ "title": "x" })).await["problem"]["code"],
            "SK-4207"
        );
        let site = program.actor(&manager).await.site;
        let sound = program.browser().send("GET", &format!("/gallery/{}/{song}", site.0), None).await;
        assert_eq!((sound.status, sound.kind.as_str()), (StatusCode::OK, "audio/mpeg"));
        worker.done("work.withdraw", song, json!({})).await;
        assert_eq!(worker.send("GET", &page, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(member.get(&page).await["access"], "members");
    });
}
