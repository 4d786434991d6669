//! A roll that was entrusted to a volunteer: names to mark by, and nothing else of anybody, for as long as it is entrusted.

use std::collections::HashSet;

use axum::http::StatusCode;
use jiff::ToSpan;
use kernel::{Id, PersonId, ScopeColumns, Use};
use serde_json::{Value, json};

use crate::client::{Browser, Program, on_both};

/// An activity with a session long past, one last week and one today; who came when, who signed up, who never came.
struct Ground {
    activity: Id,
    before: Id,
    today: Id,
    /// Came two years ago, to the same activity.
    once: Id,
    /// Came last week.
    regular: Id,
    /// Signed up for today.
    signed: Id,
    /// Marked today.
    here: Id,
    /// On the register, and nothing else.
    stranger: Id,
    /// The household of the one who came last week, and of somebody who never came.
    home: Id,
    /// Invited to today's feast.
    invited: Id,
    volunteer: Browser,
    account: Value,
}

async fn person(staff: &Browser, name: &str) -> Id {
    let body = json!({
        "names": [{ "text": name }, { "text": format!("{name}的小名"), "kind": "nickname" }],
        "birth": { "precision": "year", "year": staff.node.today().year() - 9 },
        "phones": [{ "number": "13800138000" }], "remark": "母亲住院",
    });
    staff.make("person.create", body).await
}

fn mark(activity: Id, session: Id, kind: &str, who: Id) -> (Id, Value) {
    let body = json!({ "session": session, "activity": activity, "kind": kind, kind: who });
    (session.derive(&format!("{kind}:{who}")), body)
}

async fn marks(by: &Browser, (activity, session): (Id, Id), kind: &str, who: Id) -> Value {
    let (record, body) = mark(activity, session, kind, who);
    by.one("participation.mark", record, body).await
}

async fn ground(program: &Program, staff: &Browser) -> Ground {
    let today = staff.node.today();
    let body = json!({ "title": "读书会", "kind": "feast" });
    let activity = staff.make("activity.create", body).await;
    let session = async |days: i64| {
        let body = json!({ "activity": activity, "day": today.saturating_sub(days.days()) });
        staff.make("session.create", body).await
    };
    let (long_ago, before, now) = (session(700).await, session(7).await, session(0).await);
    let (once, regular, signed) =
        (person(staff, "从前").await, person(staff, "李娜").await, person(staff, "𠮷").await);
    let (here, stranger, cousin) =
        (person(staff, "小军").await, person(staff, "陌生").await, person(staff, "表弟").await);
    for (at, who) in [(long_ago, once), (before, regular), (now, here)] {
        assert_eq!(marks(staff, (activity, at), "person", who).await["outcome"], "applied");
    }
    let record = community::signup::signup_id(now, PersonId(signed));
    let body = json!({
        "session": now, "activity": activity, "person": signed, "adults": 0, "children": 1,
        "phone": "13900139000", "words": "怕狗",
    });
    staff.done("signup.make", record, body).await;
    let members = json!([{ "person": regular, "role": "child" }, { "person": cousin, "role": "kin" }]);
    let body = json!({ "number": "YL001", "address": "北市街 9 号", "members": members });
    let home = staff.make("household.create", body).await;
    let invited = staff.make("household.create", json!({ "number": "YL002" })).await;
    let dish = community::dish::dish_id(now, kernel::HouseholdId(invited));
    let body = json!({ "session": now, "activity": activity, "household": invited });
    staff.done("dish.invite", dish, body).await;
    let volunteer = program.other(staff, "chen", "volunteer").await;
    let account = volunteer.get("/api/v1/session").await["account"]["id"].clone();
    Ground {
        activity,
        before,
        today: now,
        once,
        regular,
        signed,
        here,
        stranger,
        home,
        invited,
        volunteer,
        account,
    }
}

async fn entrust(staff: &Browser, ground: &Ground, noun: &str, record: Id) -> Id {
    let body = json!({ "account": ground.account, "noun": noun, "record": record });
    staff.make("assignment.give", body).await
}

fn roll_of(session: Id) -> String {
    format!("/api/v1/sessions/{session}/roll")
}

/// What must be in no answer that a volunteer gets by a roll.
const SECRETS: [&str; 7] = ["13800138000", "\"8000\"", "13900139000", "小名", "母亲住院", "北市街", "表弟"];

fn tells_nothing(answer: &Value) {
    let text = answer.to_string();
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[test]
fn a_volunteer_marks_the_roll_that_was_entrusted_to_them() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let ground = ground(&program, &staff).await;
        let (chen, at) = (&ground.volunteer, (ground.activity, ground.today));
        assert_eq!(chen.send("GET", &roll_of(at.1), None).await.status, StatusCode::NOT_FOUND);
        for who in [ground.regular, ground.signed] {
            assert_eq!(marks(chen, at, "person", who).await["problem"]["code"], "SK-1004");
        }
        entrust(&staff, &ground, "activity", ground.activity).await;

        let roll = chen.get(&roll_of(at.1)).await;
        tells_nothing(&roll);
        assert_eq!(roll["marks"][0]["person"], json!({ "id": ground.here, "name": "小军" }));
        assert_eq!(roll["signups"][0]["person"], json!({ "id": ground.signed, "name": "𠮷" }));
        let cards = roll["suggestions"].as_array().unwrap();
        assert_eq!(
            (cards.len(), &cards[0]["id"], &cards[0]["name"]),
            (1, &json!(ground.regular), &json!("李娜"))
        );
        assert_eq!(
            (&cards[0]["age"], &cards[0]["names"], &cards[0]["sex"]),
            (&Value::Null, &json!([]), &json!("U"))
        );
        assert_eq!(roll["lent"]["people"].as_array().unwrap().len(), 3, "{}", roll["lent"]);
        let mut homes = roll["lent"]["households"].as_array().unwrap().clone();
        homes.sort_by_key(|home| home["number"].to_string());
        let known = json!({ "id": ground.home, "number": "YL001", "members": [{ "id": ground.regular, "name": "李娜" }] });
        let invited = json!({ "id": ground.invited, "number": "YL002", "members": [] });
        assert_eq!(homes, [known, invited], "the other member is not on the roll");
        assert_eq!(roll["keep_until"], json!(staff.node.today()));
    });
}

#[test]
fn one_tap_marks_whom_the_roll_offers_and_another_takes_it_back() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let ground = ground(&program, &staff).await;
        let (chen, at) = (&ground.volunteer, (ground.activity, ground.today));
        entrust(&staff, &ground, "activity", ground.activity).await;
        let page = chen.get(&format!("/api/v1/sessions/{}", at.1)).await;
        assert_eq!(page["signups"][0]["person"]["name"], "𠮷");
        tells_nothing(&page);
        let dishes = chen.get(&format!("/api/v1/sessions/{}/dishes", at.1)).await;
        assert_eq!(
            (&dishes["items"][0]["number"], dishes["items"].as_array().unwrap().len()),
            (&json!("YL002"), 1)
        );

        for (kind, who) in [
            ("person", ground.regular),
            ("person", ground.signed),
            ("household", ground.home),
            ("household", ground.invited),
        ] {
            assert_eq!(marks(chen, at, kind, who).await["outcome"], "applied", "{kind}");
        }
        let roll = chen.get(&roll_of(at.1)).await;
        assert_eq!(
            roll["totals"],
            json!({ "people": 3, "participations": 3, "households": 2, "anonymous": 0 })
        );
        tells_nothing(&roll);
        let (record, _) = mark(at.0, at.1, "person", ground.regular);
        chen.done("participation.unmark", record, json!({})).await;
        assert_eq!(chen.get(&roll_of(at.1)).await["suggestions"][0]["name"], "李娜");
        chen.done("participation.restore", record, json!({})).await;

        // Whom the roll does not offer stays unknown, whether or not they came once or exist at all.
        for who in [ground.once, ground.stranger, staff.id()] {
            let refused = marks(chen, at, "person", who).await;
            assert_eq!(refused["problem"]["code"], "SK-1004", "{refused}");
        }
        let (_, body) = mark(ground.activity, at.1, "person", ground.regular);
        let elsewhere =
            json!({ "activity": ground.activity, "day": staff.node.today().saturating_add(400.days()) });
        let later = staff.make("session.create", elsewhere).await;
        let mut body = body;
        body["session"] = json!(later);
        let refused =
            chen.one("participation.mark", later.derive(&format!("person:{}", ground.regular)), body).await;
        assert_eq!(
            refused["problem"]["code"], "SK-1004",
            "in over a year they are no regular any more: {refused}"
        );
        // What staff sees is not cut.
        let whole = staff.get(&roll_of(later)).await;
        assert_eq!((&whole["lent"]["people"], &whole["keep_until"]), (&json!([]), &Value::Null));
    });
}

/// Whom of all people the scope of a roll reaches, read in SQL and in memory.
async fn reached(program: &Program, by: &Browser, session: Id) -> [Vec<Id>; 2] {
    let (node, actor) = (&by.node, program.actor(by).await);
    let columns =
        ScopeColumns { site: "p.site", id: "p.person", made_by: "p.made_by", within: &["p.person"] };
    let mut values = vec![actor.site.into()];
    let inside = kernel::scope(&actor, "person", Use::Roll(session)).sql(&columns, &mut values);
    let sql = format!("SELECT p.person FROM person_row p WHERE p.site = $1 AND {inside} ORDER BY p.person");
    let by_sql = node.rows(&sql, values).await.unwrap().iter().map(|row| row.id(0)).collect();
    let all = node.rows("SELECT person FROM person_row ORDER BY person", Vec::new()).await.unwrap();
    let all: Vec<Id> = all.iter().map(|row| row.id(0)).collect();
    let seen = node.visible(&actor, "person", &all, Use::Roll(session)).await.unwrap();
    [by_sql, seen.iter().map(|held| held.meta.id).collect()]
}

#[test]
fn both_readings_of_the_scope_agree() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let ground = ground(&program, &staff).await;
        let chen = &ground.volunteer;
        assert_eq!(reached(&program, chen, ground.today).await, [vec![], vec![]]);
        let own = person(chen, "自己登记的").await;
        assert_eq!(reached(&program, chen, ground.today).await, [vec![own], vec![own]]);
        let given = entrust(&staff, &ground, "session", ground.today).await;
        entrust(&staff, &ground, "person", ground.stranger).await;
        let mut on_it = vec![own, ground.regular, ground.signed, ground.here, ground.stranger];
        on_it.sort_unstable();
        assert_eq!(reached(&program, chen, ground.today).await, [on_it.clone(), on_it.clone()]);
        let none = vec![own, ground.stranger];
        let [by_sql, in_memory] = reached(&program, chen, ground.before).await;
        assert_eq!(by_sql, in_memory);
        assert_eq!(HashSet::from_iter(by_sql), HashSet::<Id>::from_iter(none), "a roll of another session");
        staff.done("assignment.take", given, json!({})).await;
        entrust(&staff, &ground, "activity", ground.activity).await;
        assert_eq!(reached(&program, chen, ground.today).await, [on_it.clone(), on_it]);
        let anybody = reached(&program, &staff, ground.today).await;
        assert_eq!((anybody[0].len(), &anybody[0]), (7, &anybody[1]));
    });
}

#[test]
fn a_roll_opens_no_other_door() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let ground = ground(&program, &staff).await;
        let chen = &ground.volunteer;
        let given = entrust(&staff, &ground, "session", ground.today).await;
        let roll = chen.get(&roll_of(ground.today)).await;
        assert_eq!(
            roll["suggestions"][0]["name"], "李娜",
            "who came last week is regular at today's session, too"
        );
        assert_eq!(chen.send("GET", &roll_of(ground.before), None).await.status, StatusCode::NOT_FOUND);
        let at = (ground.activity, ground.today);
        assert_eq!(marks(chen, at, "person", ground.regular).await["outcome"], "applied");
        let late = (ground.activity, ground.before);
        assert_eq!(
            marks(chen, late, "person", ground.here).await["problem"]["code"],
            "SK-1004",
            "another session"
        );
        let door = format!("/api/v1/activities/{}", ground.activity);
        assert_eq!(chen.send("GET", &door, None).await.status, StatusCode::NOT_FOUND);

        for who in [ground.regular, ground.signed, ground.here, ground.once] {
            for door in [
                format!("/api/v1/people/{who}"),
                format!("/api/v1/people/{who}/care"),
                format!("/api/v1/people/{who}/works"),
                format!("/api/v1/records/person/{who}"),
                format!("/api/v1/records/person/{who}/history"),
            ] {
                assert_eq!(chen.send("GET", &door, None).await.status, StatusCode::NOT_FOUND, "{door}");
            }
        }
        for home in [ground.home, ground.invited] {
            let door = format!("/api/v1/households/{home}");
            assert_eq!(chen.send("GET", &door, None).await.status, StatusCode::NOT_FOUND);
        }
        for door in [
            "/api/v1/people?q=%E6%9D%8E%E5%A8%9C",
            "/api/v1/people?q=lina",
            "/api/v1/people",
            "/api/v1/households?q=YL001",
            "/api/v1/households",
        ] {
            assert_eq!(chen.get(door).await["items"], json!([]), "{door}");
        }
        let changes = chen.get("/api/v1/changes").await;
        let told: Vec<&str> =
            changes["items"].as_array().unwrap().iter().filter_map(|item| item["noun"].as_str()).collect();
        assert!(!told.contains(&"person") && !told.contains(&"household"), "{told:?}");
        for (verb, record) in [("person.amend", ground.regular), ("household.amend", ground.home)] {
            let body =
                if verb == "person.amend" { json!({ "remark": "x" }) } else { json!({ "number": "x" }) };
            assert_eq!(chen.one(verb, record, body).await["problem"]["code"], "SK-1004", "{verb}");
        }
        let body = json!({ "person": ground.regular, "code": "other", "words": "x" });
        assert_eq!(chen.one("need.record", chen.id(), body).await["outcome"], "refused");

        // It ends with the assignment, at once.
        staff.done("assignment.take", given, json!({})).await;
        assert_eq!(chen.send("GET", &roll_of(ground.today), None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(marks(chen, at, "person", ground.signed).await["problem"]["code"], "SK-1004");
    });
}

#[test]
fn a_merged_child_is_named_on_the_roll_as_the_record_that_stands_for_it() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let ground = ground(&program, &staff).await;
        entrust(&staff, &ground, "activity", ground.activity).await;
        let keep = person(&staff, "吉小明").await;
        staff.done("person.merge", ground.signed, json!({ "into": keep })).await;
        let roll = ground.volunteer.get(&roll_of(ground.today)).await;
        assert_eq!(roll["signups"][0]["person"], json!({ "id": ground.signed, "name": "吉小明" }));
        let door = format!("/api/v1/people/{keep}");
        assert_eq!(ground.volunteer.send("GET", &door, None).await.status, StatusCode::NOT_FOUND);
    });
}
