//! Rules: a term from one rule, twice the same, changed from a day on, bounded.

use community::activity::queries as activities;
use community::making::queries::{Made, make};
use community::session::views::SessionCard;
use community::session::{self, Status};
use kernel::{Id, Lang};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, person};

const SCHOOL: [&str; 5] = ["mo", "tu", "we", "th", "fr"];

#[allow(clippy::needless_pass_by_value, reason = "callers write it in place")]
fn weekly(weekdays: &[&str], from: &str, rest: Value) -> Value {
    let mut rule = json!({ "every": { "by": "week", "weekdays": weekdays }, "from": from });
    rule.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    json!({ "rule": rule, "start": "16:30", "end": "18:00" })
}

async fn after_school(site: &TestSite, plan: Value) -> Id {
    let body = json!({ "title": "课后托管", "kind": "after_school", "capacity": 30, "plans": [plan] });
    site.make(&site.cast.li, "activity.create", body).await
}

async fn made(site: &TestSite, activity: Id) -> Made {
    make(&site.node, &site.cast.li, activity, Lang::Zh).await.unwrap().expect("in scope")
}

async fn sessions(site: &TestSite, activity: Id) -> Vec<SessionCard> {
    let mut all = session::queries::of_activity(&site.node, &site.cast.li, activity).await.unwrap();
    all.reverse();
    all
}

async fn days(site: &TestSite, activity: Id) -> Vec<String> {
    sessions(site, activity).await.into_iter().map(|card| card.day).collect()
}

fn counts(made: &Made) -> (u64, u64, u64, u64) {
    assert!(made.problem.is_none(), "{:?}", made.problem);
    (made.made, made.moved, made.cancelled, made.withdrawn)
}

#[test]
fn a_term_of_weekdays_from_one_rule() {
    on_both(contexts, async |site| {
        let holiday = json!({ "from": "2026-10-01", "to": "2026-10-07", "words": "国庆" });
        let rest = json!({ "until": "2027-01-15", "pauses": [holiday] });
        let activity = after_school(site, weekly(&SCHOOL, "2026-09-01", rest)).await;
        assert_eq!(counts(&made(site, activity).await), (94, 0, 0, 0));
        assert_eq!(counts(&made(site, activity).await), (0, 0, 0, 0), "made twice makes nothing");
        let all = sessions(site, activity).await;
        assert_eq!(all.len(), 94);
        assert_eq!((all[0].day.as_str(), all[93].day.as_str()), ("2026-09-01", "2027-01-15"));
        assert!(all.iter().all(|card| card.capacity == Some(30) && card.start.as_deref() == Some("16:30")));
        assert!(
            !all.iter().any(|card| card.day.starts_with("2026-10-0") && card.day.as_str() < "2026-10-08")
        );
        let card = activities::one(&site.node, &site.cast.li, activity).await.unwrap().unwrap();
        let plan = &card.plans[0];
        assert_eq!(plan.words_zh, "每周一至周五 16:30–18:00，到 2027-01-15；2026-10-01–10-07 暂停");
        assert_eq!((plan.made_until.as_str(), plan.goes_on), ("2027-01-15", false));
    });
}

#[test]
fn this_and_following() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let rest = json!({ "until": "2026-12-31" });
        let activity = after_school(site, weekly(&["tu", "th"], "2026-11-24", rest.clone())).await;
        assert_eq!(made(site, activity).await.made, 12);
        let all = sessions(site, activity).await;
        let (tenth, third) = (all[4].id, all[3].id);
        assert_eq!((all[4].day.as_str(), all[3].day.as_str()), ("2026-12-08", "2026-12-03"));
        let who = person(site, "小宝").await;
        let signup = community::signup::signup_id(tenth, kernel::PersonId(who));
        let body = json!({ "session": tenth, "activity": activity, "person": who });
        site.done(li, "signup.make", signup, body).await;

        // This one only: it stays apart whatever the rule does.
        let to = json!({ "day": "2026-12-10", "start": "14:00", "end": "15:00" });
        let apart = sessions(site, activity).await[5].id;
        site.done(li, "session.move", apart, json!({ "to": to })).await;

        // From 8 December on Wednesdays at another hour: sessions of the same week move, the rest goes.
        let mut plan = weekly(&["we"], "2026-11-24", rest);
        plan["start"] = json!("17:00");
        let body = json!({ "plan": plan, "from": "2026-12-08" });
        site.done(li, "activity.arrange", activity, body).await;
        assert_eq!(counts(&made(site, activity).await), (0, 4, 0, 3));
        assert_eq!(counts(&made(site, activity).await), (0, 0, 0, 0));
        let all = sessions(site, activity).await;
        let seen: Vec<(&str, Option<&str>)> =
            all.iter().map(|card| (card.day.as_str(), card.start.as_deref())).collect();
        assert_eq!(
            seen,
            [
                ("2026-11-24", Some("16:30")),
                ("2026-11-26", Some("16:30")),
                ("2026-12-01", Some("16:30")),
                ("2026-12-03", Some("16:30")),
                ("2026-12-09", Some("17:00")),
                ("2026-12-10", Some("14:00")),
                ("2026-12-16", Some("17:00")),
                ("2026-12-23", Some("17:00")),
                ("2026-12-30", Some("17:00")),
            ]
        );
        assert_eq!(all[3].id, third, "what was before is untouched");
        assert_eq!((all[4].id, all[4].expected.seated, all[4].expected.to_tell), (tenth, 1, 1));
        let card = activities::one(&site.node, li, activity).await.unwrap().unwrap();
        assert_eq!(card.plans.len(), 2);
        assert_eq!(card.plans[0].words_zh, "每周二、周四 16:30–18:00，到 2026-12-07");

        // Held no more from the 16th on: with sign-ups it is cancelled, without it is withdrawn.
        let signup = json!({ "session": all[6].id, "activity": activity, "nickname": "阿芳" });
        site.make(li, "signup.make", signup).await;
        site.done(li, "activity.arrange", activity, json!({ "from": "2026-12-16" })).await;
        assert_eq!(counts(&made(site, activity).await), (0, 0, 1, 2));
        let all = sessions(site, activity).await;
        assert_eq!((all.len(), all[6].status, all[6].why.as_str()), (7, Status::Cancelled, "活动安排改了"));

        // And taken up again: what was withdrawn by the rule comes back under its own id.
        let plan = weekly(&["we"], "2026-12-16", json!({ "until": "2026-12-31" }));
        site.done(li, "activity.arrange", activity, json!({ "plan": plan, "from": "2026-12-16" })).await;
        let done = made(site, activity).await;
        assert_eq!((done.made, done.problem.is_none()), (2, true));
        assert_eq!(sessions(site, activity).await.len(), 9);
    });
}

#[test]
fn a_session_withdrawn_by_hand_stays_away() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let rest = json!({ "until": "2026-12-31" });
        let activity = after_school(site, weekly(&["tu"], "2026-11-24", rest)).await;
        assert_eq!(made(site, activity).await.made, 6);
        site.advance(jiff::SignedDuration::from_hours(1));
        let gone = sessions(site, activity).await[1].id;
        site.done(li, "session.retract", gone, json!({})).await;
        assert_eq!(counts(&made(site, activity).await), (0, 0, 0, 0));
        assert_eq!(days(site, activity).await.len(), 5);
    });
}

#[test]
fn a_rule_for_a_hundred_years() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let endless = |until: &str| json!({ "title": "永远的周二", "plans": [weekly(&["tu"], "2026-11-24", json!({ "until": until }))] });
        assert_eq!(site.refused(li, "activity.create", site.id(), endless("2100-12-31")).await, "SK-3121");
        assert_eq!(site.refused(li, "activity.create", site.id(), endless("2126-11-24")).await, "SK-3120");
        let activity = after_school(site, weekly(&["tu"], "2026-11-24", json!({}))).await;
        let card = activities::one(&site.node, li, activity).await.unwrap().unwrap();
        assert_eq!((card.plans[0].made_until.as_str(), card.plans[0].goes_on), ("2027-12-29", true));
        assert_eq!(made(site, activity).await.made, 58);
        assert_eq!(made(site, activity).await.made, 0);
        // A month later the next weeks are made, and only those.
        site.advance(jiff::SignedDuration::from_hours(24 * 28));
        assert_eq!(counts(&made(site, activity).await), (4, 0, 0, 0));
    });
}

#[test]
fn feasts_on_29_february_and_in_a_leap_month() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let yearly = |every: Value, from: &str, until: &str| {
            let rule = json!({ "every": every, "from": from, "until": until });
            json!({ "title": "老乡宴", "kind": "feast", "plans": [{ "rule": rule }] })
        };
        let leap_day = json!({ "by": "year", "month": 2, "day": 29 });
        let feast = site.make(li, "activity.create", yearly(leap_day, "2024-02-29", "2027-12-31")).await;
        assert_eq!(made(site, feast).await.made, 4);
        assert_eq!(days(site, feast).await, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]);

        // 2025 has a leap sixth month, from 25 July: the feast of 六月廿四 is held before it, once.
        let torch = json!({ "by": "lunar_year", "month": 6, "day": 24 });
        let feast = site.make(li, "activity.create", yearly(torch, "2025-01-01", "2026-12-31")).await;
        made(site, feast).await;
        assert_eq!(days(site, feast).await, ["2025-07-18", "2026-08-06"]);
        // A feast once, on a day of the leap month itself, is a day like any other.
        let body = json!({ "activity": feast, "day": "2025-08-17" });
        site.make(li, "session.create", body).await;
        assert_eq!(days(site, feast).await, ["2025-07-18", "2025-08-17", "2026-08-06"]);

        let thirtieth = json!({ "by": "year", "month": 2, "day": 30 });
        let body = yearly(thirtieth, "2024-01-01", "2027-12-31");
        assert_eq!(site.refused(li, "activity.create", site.id(), body).await, "SK-3120");
    });
}

#[test]
fn what_is_no_rule() {
    on_sqlite(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let activity = site.make(li, "activity.create", json!({ "title": "读书会" })).await;
        for (rest, code) in [
            (json!({ "interval": 0 }), "SK-3120"),
            (json!({ "interval": -1 }), "SK-1001"),
            (json!({ "count": 0 }), "SK-3120"),
            (json!({ "until": "2026-11-23" }), "SK-3122"),
            (
                json!({ "until": "2026-11-24", "pauses": [{ "from": "2026-11-24", "to": "2026-11-24" }] }),
                "SK-3123",
            ),
            (json!({ "pauses": [{ "from": "2026-11-24", "to": "2026-11-01" }] }), "SK-3124"),
            (json!({ "until": "2026-02-30" }), "SK-1001"),
            (json!({ "every": { "by": "week", "weekdays": [] } }), "SK-3120"),
            (json!({ "every": { "by": "moon" } }), "SK-1001"),
        ] {
            let plan = weekly(&["tu"], "2026-11-24", rest.clone());
            let body = json!({ "plan": plan });
            assert_eq!(site.refused(li, "activity.arrange", activity, body).await, code, "{rest}");
        }
        let mut late = weekly(&["tu"], "2026-11-24", json!({}));
        late["end"] = json!("16:00");
        assert_eq!(site.refused(li, "activity.arrange", activity, json!({ "plan": late })).await, "SK-3104");
        assert_eq!(site.refused(chen, "activity.arrange", activity, json!({})).await, "SK-1003");
        assert!(make(&site.node, chen, activity, Lang::Zh).await.unwrap().is_none());
    });
}
