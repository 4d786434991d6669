//! Sessions: what they refuse, lists, moving, cancelling, closing.

use community::participation::queries as rolls;
use community::session::Status;
use community::session::queries as sessions;
use community::{activity, session, signup};
use jiff::civil::date;
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, evening, next_session, person, totals};

#[test]
fn what_a_session_refuses() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let (activity, session) = evening(site, "2026-11-24").await;
        for (body, code) in [
            (json!({ "activity": activity, "day": "2026-02-30" }), "SK-1001"),
            (json!({ "activity": activity, "day": "" }), "SK-1001"),
            (json!({ "activity": activity }), "SK-3102"),
            (json!({ "activity": activity, "day": "1989-12-31" }), "SK-3102"),
            (json!({ "activity": activity, "day": "2026-11-24", "start": "25:00" }), "SK-3103"),
            (
                json!({ "activity": activity, "day": "2026-11-24", "start": "18:00", "end": "17:59" }),
                "SK-3104",
            ),
            (
                json!({ "activity": activity, "day": "2026-11-24", "start": "18:00", "end": "18:00" }),
                "SK-3104",
            ),
            (json!({ "activity": site.id(), "day": "2026-11-24" }), "SK-1004"),
            (json!({ "day": "2026-11-24" }), "SK-1021"),
        ] {
            assert_eq!(site.refused(li, "session.create", site.id(), body.clone()).await, code, "{body}");
        }
        assert_eq!(site.refused(li, "session.amend", session, json!({ "end": "18:00" })).await, "SK-1009");
        assert_eq!(site.refused(li, "activity.create", site.id(), json!({ "title": " " })).await, "SK-3101");
        let long = json!({ "title": "长".repeat(121) });
        assert_eq!(site.refused(li, "activity.create", site.id(), long).await, "SK-1010");
        let volunteer =
            site.refused(&site.cast.chen, "activity.create", site.id(), json!({ "title": "x" })).await;
        assert_eq!(volunteer, "SK-1003");
    });
}

#[test]
fn lists_are_paged_and_scoped() {
    on_both(contexts, async |site| {
        let (li, chen, coordinator) = (&site.cast.li, &site.cast.chen, &site.cast.coordinator);
        let (activity, first) = evening(site, "2026-11-20").await;
        let (hidden, _) = evening(site, "2026-11-21").await;
        let second = next_session(site, activity, "2026-11-27").await;
        let body = json!({ "account": chen.account, "noun": "activity", "record": activity });
        site.make(li, "assignment.give", body).await;

        let page = activity::queries::list(&site.node, li, None, 1).await.unwrap();
        assert_eq!((page.items.len(), page.items[0].id), (1, hidden));
        let rest = activity::queries::list(&site.node, li, page.next.as_deref(), 1).await.unwrap();
        assert_eq!((rest.items[0].id, rest.items[0].sessions, rest.next), (activity, 2, None));
        assert_eq!(rest.items[0].last_day.as_deref(), Some("2026-11-27"));
        let mine = activity::queries::list(&site.node, chen, None, 50).await.unwrap();
        assert_eq!(mine.items.iter().map(|card| card.id).collect::<Vec<_>>(), [activity]);
        assert!(activity::queries::list(&site.node, coordinator, None, 50).await.unwrap().items.is_empty());
        assert_eq!(activity::queries::one(&site.node, chen, hidden).await.unwrap(), None);

        let november = (date(2026, 11, 1), date(2026, 11, 30));
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page =
                session::queries::between(&site.node, li, november, after.as_deref(), 1).await.unwrap();
            seen.extend(page.items.iter().map(|card| card.day.clone()));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["2026-11-20", "2026-11-21", "2026-11-27"]);
        let mine = session::queries::between(&site.node, chen, november, None, 9).await.unwrap();
        assert_eq!(mine.items.len(), 2);
        let of = session::queries::of_activity(&site.node, chen, activity).await.unwrap();
        assert_eq!(of.iter().map(|card| card.id).collect::<Vec<_>>(), [second, first]);
        assert!(rolls::roll(&site.node, coordinator, first).await.unwrap().is_none());

        let body = json!({ "session": first, "activity": activity, "kind": "tally", "count": 3 });
        site.done(chen, "participation.mark", site.id(), body).await;
        assert_eq!(totals(site, chen, first).await, (0, 3, 0, 3));
        let strange = json!({ "session": first, "activity": hidden, "kind": "tally", "count": 3 });
        assert_eq!(site.refused(chen, "participation.mark", site.id(), strange).await, "SK-1004");
    });
}

async fn card(site: &TestSite, id: Id) -> session::views::SessionCard {
    sessions::one(&site.node, &site.cast.li, id).await.unwrap().expect("in scope")
}

async fn sign_up(site: &TestSite, actor: &Actor, (activity, session): (Id, Id), rest: Value) -> Id {
    let mut body = json!({ "session": session, "activity": activity });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    site.make(actor, "signup.make", body).await
}

async fn to_tell(site: &TestSite, id: Id) -> Vec<String> {
    let card = card(site, id).await;
    let all = signup::queries::of_session(&site.node, &site.cast.li, &card).await.unwrap();
    let untold: Vec<String> =
        all.iter().filter(|it| it.to_tell).filter_map(|it| it.nickname.clone()).collect();
    assert_eq!(untold.len(), card.expected.to_tell as usize);
    untold
}

#[test]
fn an_activity_moved_after_sign_ups() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let at = evening(site, "2026-11-28").await;
        let first = sign_up(site, li, at, json!({ "nickname": "小娜妈妈" })).await;
        sign_up(site, li, at, json!({ "nickname": "老王" })).await;
        let gone = sign_up(site, li, at, json!({ "nickname": "不来了" })).await;
        site.done(li, "signup.cancel", gone, json!({})).await;
        assert!(to_tell(site, at.1).await.is_empty());

        let seen = json!({ "day": "2026-11-28", "start": "18:30", "end": "20:30" });
        let to = json!({ "day": "2026-11-29", "start": "09:00", "end": "11:00" });
        site.done(li, "session.move", at.1, json!({ "to": to, "seen": seen })).await;
        assert_eq!(to_tell(site, at.1).await, ["小娜妈妈", "老王"]);
        let moved = card(site, at.1).await;
        assert_eq!((moved.day.as_str(), moved.start.as_deref()), ("2026-11-29", Some("09:00")));
        assert_eq!(moved.moved_from.map(|from| from.day), Some(date(2026, 11, 28)));

        // Somebody else, who still sees the old time, does not move it unseen.
        let other = json!({ "day": "2026-11-30", "start": "10:00" });
        let body = json!({ "to": other, "seen": seen });
        assert_eq!(site.refused(wang, "session.move", at.1, body).await, "SK-3125");

        // One is told; one signs up knowing the new time, one on a phone that did not know it yet.
        site.done(wang, "signup.tell", first, json!({ "told": 1 })).await;
        sign_up(site, li, at, json!({ "nickname": "新来的", "told": 1 })).await;
        sign_up(site, li, at, json!({ "nickname": "没信号", "told": 0 })).await;
        assert_eq!(to_tell(site, at.1).await, ["老王", "没信号"]);
        assert_eq!(site.refused(li, "signup.tell", first, json!({ "told": 2 })).await, "SK-3139");

        // Cancelled as well: all are to be told again, and it can be taken back.
        site.done(li, "session.cancel", at.1, json!({ "why": "场地停电" })).await;
        assert_eq!(to_tell(site, at.1).await.len(), 4);
        assert_eq!(card(site, at.1).await.why, "场地停电");
        assert_eq!(site.refused(li, "session.cancel", at.1, json!({ "why": "又" })).await, "SK-3127");
        assert_eq!(site.refused(li, "session.close", at.1, json!({})).await, "SK-3127");
        site.done(li, "session.revive", at.1, json!({})).await;
        assert_eq!(site.refused(li, "session.revive", at.1, json!({})).await, "SK-3128");
        assert_eq!(card(site, at.1).await.status, Status::Planned);
        assert_eq!(to_tell(site, at.1).await.len(), 4);
    });
}

#[test]
fn a_session_is_moved_to_what_can_be() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let (_, session) = evening(site, "2026-11-28").await;
        for (to, code) in [
            (json!({ "day": "2026-02-30" }), "SK-1001"),
            (json!({ "day": "1989-12-31" }), "SK-3102"),
            (json!({ "day": "2026-11-29", "start": "9:00" }), "SK-3103"),
            (json!({ "day": "2026-11-29", "start": "09:00", "end": "09:00" }), "SK-3104"),
        ] {
            assert_eq!(site.refused(li, "session.move", session, json!({ "to": to })).await, code, "{to}");
        }
        assert_eq!(site.refused(li, "session.cancel", session, json!({ "why": "  " })).await, "SK-3131");
        let long = "长".repeat(201);
        assert_eq!(site.refused(li, "session.cancel", session, json!({ "why": long })).await, "SK-1010");
        for capacity in [0, 5001] {
            let body = json!({ "capacity": capacity });
            assert_eq!(site.refused(li, "session.amend", session, body).await, "SK-3118");
        }
        assert_eq!(
            site.refused(&site.cast.chen, "session.move", session, json!({ "to": { "day": "2026-11-29" } }))
                .await,
            "SK-1003"
        );
        // Moved to where it is: nothing to tell.
        let to = json!({ "day": "2026-11-28", "start": "18:30", "end": "20:30" });
        site.done(li, "session.move", session, json!({ "to": to })).await;
        assert_eq!(card(site, session).await.changes, 0);
    });
}

#[test]
fn closed_with_head_counts_only() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let later = evening(site, "2026-11-29").await;
        assert_eq!(site.refused(li, "session.close", later.1, json!({})).await, "SK-3129");
        let (activity, session) = evening(site, "2026-11-24").await;
        for (migrant, age, count) in
            [(true, "child", 14), (true, "adult", 9), (false, "child", 5), (false, "adult", 3)]
        {
            let group = json!({ "migrant": migrant, "age": age });
            let body = json!({
                "session": session, "activity": activity, "kind": "tally", "count": count, "group": group,
            });
            site.make(li, "participation.mark", body).await;
        }
        site.done(li, "session.close", session, json!({})).await;
        assert_eq!(totals(site, li, session).await, (0, 31, 0, 31), "no name was needed");
        let roll = rolls::roll(&site.node, li, session).await.unwrap().unwrap();
        assert_eq!(roll.session.status, Status::Closed);
        let by: Vec<(Option<bool>, Option<&str>, u64)> = roll
            .groups
            .iter()
            .map(|group| {
                (group.migrant, group.age.map(community::participation::Age::code), group.participations.0)
            })
            .collect();
        assert_eq!(
            by,
            [
                (Some(true), Some("child"), 14),
                (Some(true), Some("adult"), 9),
                (Some(false), Some("child"), 5),
                (Some(false), Some("adult"), 3)
            ]
        );
        // A phone that was without a connection is not refused.
        let late = person(site, "李娜").await;
        super::mark(site, (activity, session), json!({ "kind": "person", "person": late })).await;
        assert_eq!(totals(site, li, session).await, (1, 32, 0, 31));
        let to = json!({ "day": "2026-11-25" });
        assert_eq!(site.refused(li, "session.move", session, json!({ "to": to })).await, "SK-3126");
        assert_eq!(site.refused(li, "session.cancel", session, json!({ "why": "错" })).await, "SK-3126");
        site.done(li, "session.reopen", session, json!({})).await;
        assert_eq!(site.refused(li, "session.reopen", session, json!({})).await, "SK-3130");
    });
}
