//! Two records of one child: what was allowed on the one counts for the other, what was taken back on either wins, and after
//! the merge is taken back each stands for itself again.

use community::care::care_id;
use community::trip::trip_day_id;
use kernel::{Id, PersonId};
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

async fn child(staff: &Browser, name: &str) -> Id {
    let birth = json!({ "precision": "year", "year": staff.node.today().year() - 8 });
    staff.make("person.create", json!({ "names": [{ "text": name }], "birth": birth })).await
}

async fn session(staff: &Browser, activity: Value) -> (Id, Id) {
    let activity = staff.make("activity.create", activity).await;
    let body = json!({ "activity": activity, "day": staff.node.today() });
    (activity, staff.make("session.create", body).await)
}

async fn merge(staff: &Browser, duplicate: Id, into: Id) {
    staff.done("person.merge", duplicate, json!({ "into": into })).await;
}

async fn unmerge(staff: &Browser, duplicate: Id) {
    staff.done("person.unmerge", duplicate, json!({})).await;
}

/// Somebody who may take a child home, by name.
async fn allowed(staff: &Browser, child: Id, name: &str) -> Id {
    let body = json!({ "child": child, "name": name, "from": staff.node.today(), "given_by": "妈妈" });
    staff.make("pickup_permission.allow", body).await
}

async fn arrives(staff: &Browser, (activity, session): (Id, Id), child: Id) -> Id {
    let id = care_id(session, PersonId(child));
    let body = json!({
        "session": session, "activity": activity, "child": child, "day": staff.node.today(), "arrived": "16:31",
    });
    staff.done("care.arrive", id, body).await
}

/// What became of handing a child over: applied, or the number of the problem. What went through is taken back.
async fn release(staff: &Browser, care: Id, permission: Id) -> String {
    let receipt = staff.one("care.release", care, json!({ "permission": permission, "left": "18:00" })).await;
    if receipt["outcome"] == "applied" {
        staff.done("care.recall", care, json!({})).await;
        return "applied".into();
    }
    receipt["problem"]["code"].as_str().unwrap().to_owned()
}

async fn listed(staff: &Browser, session: Id, child: Id) -> Vec<(Id, bool)> {
    let list = staff.get(&format!("/api/v1/sessions/{session}/care")).await;
    let rows = list["children"].as_array().unwrap();
    let row = rows.iter().find(|row| row["child"]["id"] == json!(child)).unwrap();
    let lines = row["permissions"].as_array().unwrap();
    lines
        .iter()
        .map(|line| (serde_json::from_value(line["id"].clone()).unwrap(), line["holds"] == true))
        .collect()
}

#[test]
fn a_permission_on_the_duplicate_hands_the_child_over() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let at = session(&staff, json!({ "title": "放学后小课堂", "kind": "after_school" })).await;
        let (keep, twice) = (child(&staff, "李娜").await, child(&staff, "李哪").await);
        let line = allowed(&staff, twice, "王奶奶").await;
        let (kept, other) = (arrives(&staff, at, keep).await, arrives(&staff, at, twice).await);
        assert_eq!(release(&staff, kept, line).await, "SK-3154", "two children");
        assert_eq!(release(&staff, other, line).await, "applied");

        // Through a third record, too: whoever stands for both counts.
        let third = child(&staff, "李那").await;
        merge(&staff, third, keep).await;
        merge(&staff, twice, keep).await;
        assert_eq!(release(&staff, kept, line).await, "applied");
        assert_eq!(
            release(&staff, other, line).await,
            "applied",
            "who came under the other record goes home as well"
        );
        assert_eq!(listed(&staff, at.1, keep).await, [(line, true)]);
        let page = staff.get(&format!("/api/v1/people/{keep}/care")).await;
        assert_eq!(
            (&page["permissions"][0]["id"], &page["permissions"][0]["holds"]),
            (&json!(line), &json!(true))
        );

        // Taken back on the duplicate, it holds for neither.
        staff.done("pickup_permission.revoke", line, json!({})).await;
        for care in [kept, other] {
            assert_eq!(release(&staff, care, line).await, "SK-3155");
        }
        unmerge(&staff, twice).await;
        assert_eq!(release(&staff, kept, line).await, "SK-3154", "each for itself again");
        assert_eq!(release(&staff, other, line).await, "SK-3155");
    });
}

#[test]
fn who_may_not_fetch_the_one_may_not_fetch_the_other() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let at = session(&staff, json!({ "title": "放学后小课堂", "kind": "after_school" })).await;
        let (keep, twice) = (child(&staff, "李娜").await, child(&staff, "李哪").await);
        let granny = staff.make("person.create", json!({ "names": [{ "text": "王奶奶" }] })).await;
        let mine = allowed(&staff, keep, "王奶奶").await;
        let body =
            json!({ "child": twice, "person": granny, "from": staff.node.today(), "given_by": "妈妈" });
        let hers = staff.make("pickup_permission.allow", body).await;
        let neighbour = allowed(&staff, twice, "赵婶").await;
        let care = arrives(&staff, at, keep).await;
        staff.done("pickup_permission.revoke", hers, json!({})).await;
        assert_eq!(release(&staff, care, mine).await, "applied", "another child's list");

        merge(&staff, twice, keep).await;
        assert_eq!(release(&staff, care, mine).await, "SK-3155", "taken back for the same child since");
        assert_eq!(release(&staff, care, neighbour).await, "applied");
        let mut list = listed(&staff, at.1, keep).await;
        list.sort_unstable();
        assert_eq!(list, [(mine, false), (hers, false), (neighbour, true)]);
        // Sent once more, what was stored before is not refused.
        let go = staff.envelope("care.release", care, json!({ "permission": neighbour, "left": "18:00" }));
        for outcome in ["applied", "already_applied"] {
            assert_eq!(staff.commands(vec![go.clone()]).await[0]["outcome"], outcome);
        }
        staff.done("care.recall", care, json!({})).await;
        // Allowed anew, it is the last word.
        let anew = allowed(&staff, keep, "王奶奶").await;
        assert_eq!(release(&staff, care, anew).await, "applied");
        unmerge(&staff, twice).await;
        assert_eq!(release(&staff, care, mine).await, "applied");
        assert_eq!(release(&staff, care, neighbour).await, "SK-3154");
    });
}

async fn consented(staff: &Browser, child: Id) -> Id {
    let me = staff.get("/api/v1/session").await["account"]["id"].clone();
    let body = json!({
        "person": child, "purpose": "trip", "fields": ["name"], "relation": "mother", "by_name": "王秀英",
        "proof": "spoken", "witness": me, "given_on": staff.node.today(),
    });
    staff.make("consent.record", body).await
}

/// Opening a day of a trip with one child: applied, or the number of the problem.
async fn opens(staff: &Browser, activity: Id, child: Id, consent: Id) -> String {
    let today = staff.node.today();
    let session = staff.make("session.create", json!({ "activity": activity, "day": today })).await;
    let me = staff.get("/api/v1/session").await["account"]["id"].clone();
    let body = json!({
        "session": session, "activity": activity, "day": today, "purpose": "trip", "children_per_adult": 5,
        "children": [child], "consents": [consent], "leaders": [me],
    });
    let receipt = staff.one("trip_day.open", trip_day_id(session), body).await;
    match receipt["problem"]["fields"][0]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => receipt["outcome"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn a_consent_to_a_trip_counts_for_the_child_and_so_does_its_withdrawal() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let body = json!({ "title": "去科技馆", "kind": "trip", "children_per_adult": 5 });
        let (activity, _) = session(&staff, body).await;
        let (keep, twice) = (child(&staff, "李娜").await, child(&staff, "李哪").await);
        let hers = consented(&staff, twice).await;
        assert_eq!(opens(&staff, activity, keep, hers).await, "SK-3167", "two children");
        merge(&staff, twice, keep).await;
        assert_eq!(opens(&staff, activity, keep, hers).await, "applied");
        assert_eq!(opens(&staff, activity, twice, hers).await, "applied");
        unmerge(&staff, twice).await;
        assert_eq!(opens(&staff, activity, keep, hers).await, "SK-3167");

        // One on each; the one that is taken back is the last word for both.
        let mine = consented(&staff, keep).await;
        assert_eq!(opens(&staff, activity, keep, mine).await, "applied");
        staff.done("consent.withdraw", hers, json!({})).await;
        assert_eq!(opens(&staff, activity, keep, mine).await, "applied", "another child's");
        merge(&staff, twice, keep).await;
        for cited in [mine, hers] {
            assert_eq!(opens(&staff, activity, keep, cited).await, "SK-3167");
        }
        let anew = consented(&staff, keep).await;
        assert_eq!(opens(&staff, activity, keep, anew).await, "applied", "asked again, and given");
        unmerge(&staff, twice).await;
        assert_eq!(opens(&staff, activity, keep, mine).await, "applied");
        assert_eq!(opens(&staff, activity, twice, hers).await, "SK-3167");
    });
}

#[test]
fn a_trips_list_has_what_is_known_of_either_record_and_the_child_once() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let body = json!({ "title": "去科技馆", "kind": "trip", "children_per_adult": 5 });
        let at = session(&staff, body).await;
        let (keep, twice) = (child(&staff, "李娜").await, child(&staff, "李哪").await);
        for (who, health) in [(keep, "花生过敏"), (twice, "哮喘")] {
            let signup = community::signup::signup_id(at.1, PersonId(who));
            let body =
                json!({ "session": at.1, "activity": at.0, "person": who, "adults": 0, "children": 1 });
            staff.done("signup.make", signup, body).await;
            let note = community::care::note_id(PersonId(who));
            staff.done("care_note.write", note, json!({ "child": who, "health": health })).await;
        }
        let mother = json!({ "names": [{ "text": "王秀英" }], "phones": [{ "number": "13800138000" }] });
        let mother = staff.make("person.create", mother).await;
        staff.make("tie.create", json!({ "person": twice, "other": mother, "kind": "mother" })).await;
        let consent = consented(&staff, twice).await;
        merge(&staff, twice, keep).await;

        let path = format!("/api/v1/sessions/{}/trip", at.1);
        let page = staff.get(&path).await;
        let rows = page["children"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["child"]["id"]), (1, &json!(keep)), "{rows:?}");
        assert_eq!((&rows[0]["consent"], &rows[0]["health"]), (&json!(consent), &json!("花生过敏；哮喘")));
        assert_eq!(rows[0]["guardians"][0]["phone"], "13800138000");

        // Opened under the one record; what is said of the other later is on the leader's list all the same.
        let me = staff.get("/api/v1/session").await["account"]["id"].clone();
        let body = json!({
            "session": at.1, "activity": at.0, "day": staff.node.today(), "purpose": "trip", "children_per_adult": 5,
            "children": [keep], "consents": [consent], "leaders": [me],
        });
        let id = trip_day_id(at.1);
        staff.done("trip_day.open", id, body).await;
        let note = community::care::note_id(PersonId(twice));
        staff.done("care_note.amend", note, json!({ "health": "哮喘，带药" })).await;
        assert_eq!(staff.get(&path).await["children"][0]["health"], "花生过敏；哮喘，带药");
        // The duplicate joins: the child is along already.
        staff.done("trip_day.join", id, json!({ "person": twice, "consent": consent })).await;
        assert_eq!(staff.get(&path).await["children"].as_array().unwrap().len(), 1);
        unmerge(&staff, twice).await;
        let page = staff.get(&path).await;
        assert_eq!(
            (&page["children"][0]["health"], &page["children"][0]["consent"]),
            (&json!("花生过敏"), &Value::Null)
        );
    });
}
