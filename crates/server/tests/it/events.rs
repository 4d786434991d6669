//! Section 5 of the work on gatherings: sign-ups of a chat group and the paper roll, matched with the register and
//! entered, every row accounted for by the truth files.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Browser, Program, on_both};
use crate::forms::{clusters, imported, truth};
use crate::imports::{count, entered, sample, until, upload};

/// How many of the sign-ups that the truth takes for certain must be matched by themselves, of a hundred.
const LEAST: usize = 95;

/// Sign-ups that were not cancelled, and the heads in them.
const COUNTING: &str = "SELECT COUNT(*) FROM signup_row WHERE cancelled = 0 AND site <> $1";
const HEADS: &str =
    "SELECT CAST(COALESCE(SUM(heads), 0) AS BIGINT) FROM signup_row WHERE cancelled = 0 AND site <> $1";

/// Says what a list of sign-ups is about, as the page asks for it.
async fn about(manager: &Browser, id: &str, sheet: &str, title: &str, day: &str) {
    let body = json!({ "sheet": sheet, "title": title, "day": day });
    let answer = manager.send("PUT", &format!("/api/v1/imports/{id}/mapping"), Some(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

async fn of(manager: &Browser, sql: &str) -> i64 {
    manager.node.rows(sql, vec!["".into()]).await.unwrap()[0].int(0)
}

/// Compares whom the rows were taken for with the truth; gives how many of the expected automatic matches were made,
/// and how many there were to make.
async fn matched(program: &Program, manager: &Browser, id: &str, name: &str) -> (usize, usize) {
    let known = clusters(manager).await;
    let actor = program.actor(manager).await;
    let preview = program.app.imports.get(&actor, id.parse().unwrap()).await.unwrap();
    let rows: BTreeMap<u64, _> = preview.sheets[0].rows.iter().map(|row| (u64::from(row.row), row)).collect();
    let (mut right, mut expected, mut wrong) = (0, 0, Vec::new());
    for record in truth(name)["records"].as_array().unwrap() {
        let wanted = record["match"]["expect"].as_str().unwrap();
        let cluster = record["cluster"].as_str().unwrap_or_default();
        expected += usize::from(wanted == "auto");
        let one = rows[&record["row"].as_u64().unwrap()].people.first();
        let Some(person) = one.filter(|one| one.certain).and_then(|one| one.person) else { continue };
        let who = known.get(&person.to_string());
        if wanted == "auto" && who.is_some_and(|who| who.contains(cluster)) {
            right += 1;
        } else {
            wrong.push(format!("{} {} {who:?}", record["key"], record["match"]));
        }
    }
    assert!(wrong.is_empty(), "matched by themselves, and not so in the truth: {wrong:#?}");
    (right, expected)
}

#[test]
fn sign_ups_find_their_people_in_the_register_and_nobody_elses() {
    let files = ["03a_三八节亲子活动报名.csv", "03b_端午包粽子接龙.csv"];
    let (Some(register), Some(first), Some(second)) =
        (sample("02_家庭登记总表.xlsx"), sample(files[0]), sample(files[1]))
    else {
        return;
    };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        imported(&manager, "总表.xlsx", &register, "all_same").await;
        let people = count(&manager, "person").await;
        let (mut right, mut expected) = (0, 0);
        for (name, bytes, title, day) in [
            (files[0], &first, "三八节亲子活动", "2024-03-08"),
            (files[1], &second, "端午包粽子", "2024-06-10"),
        ] {
            let id = upload(&manager, name, bytes).await;
            let view = until(&manager, &id, "preview").await;
            assert_eq!(
                (&view["sheets"][0]["kind"], &view["counts"]["rows"]),
                (&json!("signups"), &json!(120))
            );
            let found = matched(&program, &manager, &id, name).await;
            println!("{name}: {} of {} expected automatic matches", found.0, found.1);
            (right, expected) = (right + found.0, expected + found.1);
            about(&manager, &id, view["sheets"][0]["name"].as_str().unwrap(), title, day).await;
            let before =
                (count(&manager, "signup").await, of(&manager, HEADS).await, of(&manager, COUNTING).await);
            let done = entered(&manager, &id).await;
            assert_eq!(done["failed"], json!([]));
            let headline = &truth(name)["headline"];
            let number = |field: &str| headline[field].as_i64().unwrap();
            assert_eq!(of(&manager, COUNTING).await - before.2, number("signups_that_count"), "{name}");
            assert_eq!(of(&manager, HEADS).await - before.1, number("headcount_min"), "{name}");
            let made = count(&manager, "signup").await;
            assert_eq!(made - before.0, number("rows") - number("replaced_by_later_row"), "{name}");
            // Importing again creates nothing.
            let again = upload(&manager, name, bytes).await;
            until(&manager, &again, "preview").await;
            about(&manager, &again, view["sheets"][0]["name"].as_str().unwrap(), title, day).await;
            entered(&manager, &again).await;
            assert_eq!(count(&manager, "signup").await, made);
        }
        // Strangers stay sign-ups: nobody gets on the register by a chat group.
        assert_eq!(count(&manager, "person").await, people);
        println!("{right} of {expected}");
        assert!(right * 100 >= expected * LEAST, "{right} of {expected}");
    });
}

#[test]
fn the_paper_roll_becomes_participations_and_wrong_sums_are_told() {
    let name = "03c_周六读书会签到(纸质录入).xlsx";
    let (Some(register), Some(roll)) = (sample("02_家庭登记总表.xlsx"), sample(name)) else { return };
    on_both(async |program: Program| {
        let manager = program.manager().await;
        imported(&manager, "总表.xlsx", &register, "all_same").await;
        let id = upload(&manager, name, &roll).await;
        let view = until(&manager, &id, "preview").await;
        assert_eq!(view["sheets"][0]["kind"], "roll");
        let found = matched(&program, &manager, &id, name).await;
        assert_eq!(found, (0, 0), "a name alone is never certain");
        let done = entered(&manager, &id).await;
        assert_eq!(done["failed"], json!([]));
        let headline = truth(name)["headline"].clone();
        assert_eq!(count(&manager, "session").await, headline["sessions"].as_i64().unwrap());
        let sum = "SELECT CAST(SUM(count) AS BIGINT) FROM participation_row WHERE site <> $1";
        assert_eq!(of(&manager, sum).await, headline["participations_incl_anonymous"].as_i64().unwrap());
        let sessions = manager.get("/api/v1/sessions?from=2024-03-01&to=2024-06-30&limit=50").await;
        for session in sessions["items"].as_array().unwrap() {
            let page =
                manager.get(&format!("/api/v1/sessions/{}/roll", session["id"].as_str().unwrap())).await;
            let named =
                page["marks"].as_array().unwrap().iter().filter(|mark| mark["kind"] != "tally").count();
            let day = session["day"].as_str().unwrap();
            assert_eq!(json!(named), headline["per_session"][day], "{day}");
        }
        let issues = manager.get(&format!("/api/v1/imports/{id}/rows?limit=200")).await;
        assert!(issues["items"].as_array().is_some_and(|rows| rows.len() >= 48), "{issues}");
    });
}
