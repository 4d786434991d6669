//! The participations of a month.

use community::participation::{MarkKind, mark_id};
use evidence::month::{Month, report};
use evidence::{FileKind, ReportError};
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::{TestSite, on_both};

async fn person(site: &TestSite, name: &str, born: &str, sex: &str) -> Id {
    let body = json!({
        "names": [{ "text": name }], "sex": sex, "birth": { "precision": "day", "date": born },
    });
    site.make(&site.cast.li, "person.create", body).await
}

async fn mark(site: &TestSite, session: Id, activity: Id, rest: Value) -> Id {
    let mut body = json!({ "session": session, "activity": activity });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    let known = rest.get("person").and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok());
    let record = known.map_or_else(|| site.id(), |who| mark_id(session, MarkKind::Person, who));
    site.done(&site.cast.li, "participation.mark", record, body).await;
    record
}

async fn month(site: &TestSite, actor: &Actor) -> Month {
    report(&site.node, actor, "2026-11").await.expect("a report")
}

fn figures(month: &Month) -> [String; 5] {
    [&month.participations, &month.people, &month.households, &month.anonymous, &month.sessions]
        .map(ToString::to_string)
}

#[test]
fn units_are_kept_apart_and_claims_change_no_total() {
    on_both(super::contexts, async |site| {
        let li = &site.cast.li;
        let activity =
            site.make(li, "activity.create", json!({ "title": "开放活动", "kind": "dropin" })).await;
        let mut sessions = Vec::new();
        for day in ["2026-10-31", "2026-11-03", "2026-11-10", "2026-11-30"] {
            sessions.push(site.make(li, "session.create", json!({ "activity": activity, "day": day })).await);
        }
        let lina = person(site, "李娜", "2016-11-05", "F").await;
        let twin = person(site, "小娜", "2016-11-05", "F").await;
        let uncle = person(site, "王叔", "1980-01-01", "M").await;
        let home = site.make(li, "household.create", json!({ "number": "H1" })).await;
        for session in &sessions {
            mark(site, *session, activity, json!({ "kind": "person", "person": lina })).await;
        }
        mark(site, sessions[1], activity, json!({ "kind": "person", "person": twin })).await;
        mark(site, sessions[2], activity, json!({ "kind": "person", "person": uncle })).await;
        let group = json!({ "age": "child", "sex": "F" });
        let crowd =
            mark(site, sessions[1], activity, json!({ "kind": "tally", "count": 12, "group": group })).await;
        mark(site, sessions[2], activity, json!({ "kind": "nickname", "nickname": "胖胖" })).await;
        let household =
            json!({ "session": sessions[1], "activity": activity, "kind": "household", "household": home });
        site.done(li, "participation.mark", mark_id(sessions[1], MarkKind::Household, home), household).await;

        let seen = month(site, li).await;
        assert_eq!(figures(&seen), ["18", "3", "1", "13", "3"]);
        assert_eq!(seen.anonymous_pct.as_deref(), Some("72.22"));
        let count = |rows: &[evidence::Row], key: &str| {
            rows.iter().find(|row| row.key == key).map(|row| row.count.to_string()).unwrap_or_default()
        };
        assert_eq!(count(&seen.by_kind, "dropin"), "18");
        assert_eq!(
            (count(&seen.by_sex, "F"), count(&seen.by_sex, "M"), count(&seen.by_sex, "unknown")),
            ("16".into(), "1".into(), "1".into())
        );
        assert_eq!(count(&seen.by_age, "6-11"), "4");
        assert_eq!(
            (count(&seen.by_age, "child"), count(&seen.by_age, "18-59"), count(&seen.by_age, "unknown")),
            ("12".into(), "1".into(), "1".into())
        );

        let mei = person(site, "阿梅", "2017-01-01", "F").await;
        site.done(li, "participation.claim", crowd, json!({ "person": mei })).await;
        assert_eq!(figures(&month(site, li).await), ["18", "4", "1", "12", "3"]);

        // The twin turns out to be the same child: one person, and one participation at the session of both.
        site.done(li, "person.merge", twin, json!({ "into": lina })).await;
        assert_eq!(figures(&month(site, li).await), ["17", "3", "1", "12", "3"]);
        site.done(li, "person.unmerge", twin, json!({})).await;
        assert_eq!(figures(&month(site, li).await), ["18", "4", "1", "12", "3"]);

        let kept = month(site, &site.cast.coordinator).await;
        assert_eq!(figures(&kept), ["18", "<5", "<5", "12", "3"]);
        assert!(
            kept.by_sex.iter().all(|row| row.count.number().is_none_or(|count| count == 0 || count >= 5))
        );
        let refused = report(&site.node, &site.cast.operator, "2026-11").await;
        assert!(matches!(refused, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3401"));
        let strange = report(&site.node, li, "2026-11'; --").await;
        assert!(matches!(strange, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3402"));
        let text = evidence::csv(&seen.printed()).expect("text");
        assert!(String::from_utf8(text).expect("UTF-8").contains("日常开放,Drop-in,18,100.00,100.00\r\n"));
        assert!(FileKind::ALL.iter().all(|kind| kind.make(&seen.printed(), &site.node.zoned_now()).is_ok()));
        let session = json!({});
        site.done(li, "session.retract", sessions[1], session).await;
        assert_eq!(figures(&month(site, li).await), ["4", "2", "0", "1", "2"]);
    });
}
