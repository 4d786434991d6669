//! Trips and camps: a day needs consents and adults; its list is lent to those who lead it, for the day.

use community::trip::queries::{led, of_session};
use community::trip::{TripDay, trip_day_id};
use jiff::SignedDuration;
use jiff::civil::date;
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, next_session, person};

const DAY: &str = "2026-11-24";

async fn camp(site: &TestSite, ratio: u32) -> (Id, Id) {
    let body = json!({ "title": "冬令营", "kind": "camp", "children_per_adult": ratio });
    let activity = site.make(&site.cast.li, "activity.create", body).await;
    (activity, next_session(site, activity, DAY).await)
}

async fn consent(site: &TestSite, child: Id, rest: Value) -> Id {
    let mut body =
        json!({ "person": child, "purpose": "camp", "fields": ["name"], "given_on": "2026-11-01" });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    site.make(&site.cast.li, "consent.record", body).await
}

fn opening((activity, session): (Id, Id), leader: &Actor, children: &[Id], consents: &[Id]) -> Value {
    json!({
        "session": session, "activity": activity, "day": DAY, "purpose": "camp", "children_per_adult": 2,
        "children": children, "consents": consents, "leaders": [leader.account],
    })
}

async fn day(site: &TestSite, session: Id) -> TripDay {
    let held = of_session(&site.node, &site.cast.li, session).await.unwrap().expect("opened");
    journal::state(&held)
}

/// The fields that a refusal names, with the number of each problem.
async fn lacking(site: &TestSite, verb: &str, record: Id, body: Value) -> (String, Vec<(String, String)>) {
    let problem = site.one(&site.cast.li, verb, record, body).await.problem.expect("refused");
    assert!(!problem.detail.contains("李娜"), "a refusal names nobody");
    let fields = problem.fields.into_iter().map(|field| (field.field, field.code));
    (problem.code, fields.collect())
}

#[test]
fn a_day_is_not_opened_without_every_consent_and_adults_enough() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let at = camp(site, 2).await;
        let id = trip_day_id(at.1);
        let (na, ji, third) =
            (person(site, "李娜").await, person(site, "𠮷").await, person(site, "三宝").await);
        let mine = consent(site, na, json!({})).await;
        let no = consent(site, ji, json!({ "own_answer": "no" })).await;
        let over = consent(site, third, json!({ "expires_on": "2026-11-23" })).await;
        let other = consent(site, third, json!({ "purpose": "trip" })).await;

        let body = opening(at, chen, &[na, ji, third], &[mine, no, over, other]);
        let (code, fields) = lacking(site, "trip_day.open", id, body).await;
        assert_eq!(code, "SK-3165");
        let child = |id: Id| format!("children.{id}");
        assert_eq!(
            fields,
            [
                (child(ji), "SK-3167".to_owned()),
                (child(third), "SK-3167".to_owned()),
                ("leaders".to_owned(), "SK-3166".to_owned()),
            ],
            "the child who said no, the consent that ran out, and one adult for three children"
        );
        let yes = consent(site, ji, json!({})).await;
        let also = consent(site, third, json!({ "expires_on": DAY })).await;
        let mut body = opening(at, chen, &[na, ji, third], &[mine, yes, also]);
        let (code, fields) = lacking(site, "trip_day.open", id, body.clone()).await;
        assert_eq!((code.as_str(), fields.len()), ("SK-3165", 1), "{fields:?}");
        assert!(of_session(&site.node, li, at.1).await.unwrap().is_none());

        body["adults"] = json!(["  ", "张阿姨"]);
        site.done(li, "trip_day.open", id, body.clone()).await;
        assert_eq!(site.refused(li, "trip_day.open", id, body).await, "SK-1006");
        assert_eq!(day(site, at.1).await.grown(), 2);

        // Who comes later needs the same.
        let late = person(site, "四宝").await;
        let (code, fields) = lacking(site, "trip_day.join", id, json!({ "person": late })).await;
        assert_eq!((code.as_str(), fields), ("SK-3165", vec![(child(late), "SK-3167".to_owned())]));
        let given = consent(site, late, json!({})).await;
        site.done(li, "trip_day.join", id, json!({ "person": late, "consent": given })).await;
        let fifth = person(site, "五宝").await;
        let given = consent(site, fifth, json!({})).await;
        let (_, fields) =
            lacking(site, "trip_day.join", id, json!({ "person": fifth, "consent": given })).await;
        assert_eq!(fields, [("leaders".to_owned(), "SK-3166".to_owned())]);
        site.done(li, "trip_day.leave", id, json!({ "person": na, "words": "发烧，妈妈接走" })).await;
        site.done(li, "trip_day.join", id, json!({ "person": fifth, "consent": given })).await;
    });
}

#[test]
fn what_an_opening_refuses() {
    on_sqlite(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let at = camp(site, 2).await;
        let id = trip_day_id(at.1);
        let na = person(site, "李娜").await;
        let given = consent(site, na, json!({})).await;
        let tomorrow = next_session(site, at.0, "2026-11-25").await;
        let (other, _) = camp(site, 2).await;
        for (change, code) in [
            (json!({ "children": [] }), "SK-3170"),
            (json!({ "children": [na, na] }), "SK-3170"),
            (json!({ "leaders": [] }), "SK-3171"),
            (json!({ "day": "2026-11-25" }), "SK-3172"),
            (json!({ "purpose": "trip" }), "SK-3173"),
            (json!({ "children_per_adult": 9 }), "SK-3169"),
            (json!({ "activity": other }), "SK-3105"),
            (json!({ "consents": [na] }), "SK-1004"),
            (json!({ "adults": ["长".repeat(81)] }), "SK-1010"),
        ] {
            let mut body = opening(at, chen, &[na], &[given]);
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            assert_eq!(site.refused(li, "trip_day.open", id, body).await, code, "{change}");
        }
        let body = opening((at.0, tomorrow), chen, &[na], &[given]);
        assert_eq!(site.refused(li, "trip_day.open", trip_day_id(tomorrow), body).await, "SK-3172");
        let body = opening(at, chen, &[na], &[given]);
        assert_eq!(site.refused(li, "trip_day.open", site.id(), body.clone()).await, "SK-3159");
        assert_eq!(site.refused(chen, "trip_day.open", id, body.clone()).await, "SK-1003");
        site.done(li, "activity.amend", at.0, json!({ "children_per_adult": null })).await;
        assert_eq!(site.refused(li, "trip_day.open", id, body).await, "SK-3168");
        for wrong in [0, 51] {
            let body = json!({ "children_per_adult": wrong });
            assert_eq!(site.refused(li, "activity.amend", at.0, body).await, "SK-3164");
        }
    });
}

#[test]
fn the_list_is_lent_for_the_day_and_the_day_ends_with_a_count() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let at = camp(site, 2).await;
        let id = trip_day_id(at.1);
        let (na, ji) = (person(site, "李娜").await, person(site, "𠮷").await);
        let consents = [consent(site, na, json!({})).await, consent(site, ji, json!({})).await];
        site.done(li, "trip_day.open", id, opening(at, chen, &[na, ji], &consents)).await;
        let today = date(2026, 11, 24);
        let opened = day(site, at.1).await;
        assert!(opened.lends_to(chen, today));
        assert!(!opened.lends_to(&site.cast.wang, today), "who does not lead it");
        assert!(!opened.lends_to(chen, date(2026, 11, 25)), "not on the day after, closed or not");
        let mine = led(&site.node, chen, today).await.unwrap();
        assert_eq!((mine.len(), mine[0].children, mine[0].session), (1, 2, at.1));

        assert_eq!(
            site.refused(chen, "trip_day.leave", id, json!({ "person": na, "words": " " })).await,
            "SK-3176"
        );
        site.done(chen, "trip_day.leave", id, json!({ "person": na, "words": "奶奶来接" })).await;
        assert_eq!(
            site.refused(chen, "trip_day.leave", id, json!({ "person": na, "words": "x" })).await,
            "SK-3175"
        );
        assert_eq!(site.refused(chen, "trip_day.close", id, json!({ "back": [na] })).await, "SK-3177");
        site.done(chen, "trip_day.close", id, json!({ "back": [ji, na], "words": "都到齐" })).await;
        let closed = day(site, at.1).await;
        assert_eq!((closed.back.len(), closed.log.as_str()), (1, "奶奶来接\n都到齐"));
        assert!(!closed.lends_to(chen, today));
        assert!(led(&site.node, chen, today).await.unwrap().is_empty());
        assert_eq!(site.refused(chen, "trip_day.close", id, json!({ "back": [] })).await, "SK-3174");
        let past = site.node.history(site.site, "trip_day", id).await.unwrap();
        let verbs: Vec<&str> = past.iter().map(|past| past.verb.as_str()).collect();
        assert_eq!(verbs, ["trip_day.open", "trip_day.leave", "trip_day.close"]);
        site.advance(SignedDuration::from_hours(24));
        assert!(led(&site.node, li, site.node.today()).await.unwrap().is_empty());
    });
}
