//! Child care: arrivals, and to whom a child is handed over.

use community::care::queries::{notes, of_session, permissions};
use community::care::{care_id, note_id};
use community::session;
use jiff::civil::date;
use kernel::{Actor, Id, PersonId};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, next_session, person};

const DAY: &str = "2026-11-24";

async fn afternoon(site: &TestSite) -> (Id, Id) {
    let body = json!({ "title": "放学后小课堂", "kind": "after_school", "capacity": 30 });
    let activity = site.make(&site.cast.li, "activity.create", body).await;
    (activity, next_session(site, activity, DAY).await)
}

fn arrival((activity, session): (Id, Id), child: Id, at: &str) -> Value {
    json!({ "session": session, "activity": activity, "child": child, "day": DAY, "arrived": at })
}

async fn arrives(site: &TestSite, at: (Id, Id), child: Id) -> Id {
    let id = care_id(at.1, PersonId(child));
    site.done(&site.cast.li, "care.arrive", id, arrival(at, child, "18:35")).await;
    id
}

fn line(child: Id, name: &str) -> Value {
    json!({ "child": child, "name": name, "relation": "奶奶", "phone": "13800138000", "from": "2026-09-01", "given_by": "妈妈" })
}

async fn allowed(site: &TestSite, child: Id, name: &str) -> Id {
    site.make(&site.cast.li, "pickup_permission.allow", line(child, name)).await
}

async fn left(site: &TestSite, actor: &Actor, session: Id, child: Id) -> (Option<String>, u32) {
    let shown = session::queries::one(&site.node, actor, session).await.unwrap().unwrap();
    let care = of_session(&site.node, actor, &shown).await.unwrap().remove(&child).unwrap();
    (care.left, care.late)
}

#[test]
fn only_people_on_the_list_take_a_child_home() {
    on_both(contexts, async |site| {
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let at = afternoon(site).await;
        let (child, other) = (person(site, "李娜").await, person(site, "𠮷").await);
        let (mine, hers) = (allowed(site, child, "王奶奶").await, allowed(site, other, "赵婶").await);
        let care = arrives(site, at, child).await;
        let go = |permission: Option<Id>, when: &str| json!({ "permission": permission, "left": when });
        assert_eq!(site.refused(li, "care.release", care, go(None, "20:40")).await, "SK-3154");
        let refusal = site.one(li, "care.release", care, go(Some(hers), "20:40")).await.problem.unwrap();
        assert_eq!((refusal.code.as_str(), refusal.status), ("SK-3154", 409));
        assert!(refusal.detail.contains("guardian"), "{}", refusal.detail);
        assert!(!refusal.detail.contains("赵婶"), "a refusal names nobody");
        assert_eq!(site.refused(li, "care.release", care, go(Some(mine), "18:30")).await, "SK-3158");
        assert_eq!(site.refused(li, "care.release", care, go(Some(mine), "30:40")).await, "SK-3103");
        assert_eq!(left(site, li, at.1, child).await, (None, 0));

        site.done(li, "care.release", care, go(Some(mine), "20:42")).await;
        assert_eq!(left(site, li, at.1, child).await, (Some("20:42".into()), 12));
        assert_eq!(site.refused(li, "care.release", care, go(Some(mine), "20:50")).await, "SK-3156");
        site.done(li, "care.recall", care, json!({})).await;
        assert_eq!(site.refused(li, "care.recall", care, json!({})).await, "SK-3157");

        // Taken back, it holds no longer on the same day, not even for the manager.
        site.done(li, "pickup_permission.revoke", mine, json!({})).await;
        assert_eq!(site.refused(li, "pickup_permission.revoke", mine, json!({})).await, "SK-3153");
        for who in [li, xu] {
            assert_eq!(site.refused(who, "care.release", care, go(Some(mine), "20:45")).await, "SK-3155");
        }
        assert_eq!(left(site, li, at.1, child).await, (None, 0));
    });
}

#[test]
fn outside_the_list_the_manager_decides_with_a_second_person() {
    on_both(contexts, async |site| {
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let at = afternoon(site).await;
        let child = person(site, "李娜").await;
        let care = arrives(site, at, child).await;
        let to = |second: Value, name: &str| json!({ "taken_by": " 邻居赵婶 ", "left": "20:20", "second": second, "second_name": name });
        assert_eq!(site.refused(li, "care.hand_over", care, to(json!(null), "门卫老陈")).await, "SK-1003");
        for (second, name) in [(json!(null), " "), (json!(xu.account), ""), (json!(li.account), "门卫老陈")]
        {
            assert_eq!(site.refused(xu, "care.hand_over", care, to(second, name)).await, "SK-3162", "{name}");
        }
        let mut empty = to(json!(li.account), "");
        empty["taken_by"] = json!("  ");
        assert_eq!(site.refused(xu, "care.hand_over", care, empty).await, "SK-3161");
        let mut silent = site.envelope("care.hand_over", care, to(json!(li.account), ""));
        silent.reason = Some("  ".into());
        let receipt = site.send(xu, vec![silent]).await.pop().unwrap();
        assert_eq!(receipt.problem.unwrap().code, "SK-1007", "a reason is asked for");

        site.done(xu, "care.hand_over", care, to(json!(li.account), "")).await;
        let shown = session::queries::one(&site.node, li, at.1).await.unwrap().unwrap();
        let view = of_session(&site.node, li, &shown).await.unwrap().remove(&child).unwrap();
        assert_eq!((view.taken_by.as_str(), view.why.as_str()), ("邻居赵婶", "测试"));
        assert_eq!((view.second, view.permission), (Some(li.account.0), None));
        let past = site.node.history(site.site, "care", care).await.unwrap();
        let verbs: Vec<&str> = past.iter().map(|past| past.verb.as_str()).collect();
        assert_eq!(verbs, ["care.arrive", "care.hand_over"]);
    });
}

#[test]
fn what_a_list_and_an_arrival_refuse() {
    on_sqlite(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let at = afternoon(site).await;
        let (other, _) = afternoon(site).await;
        let child = person(site, "<b>李娜</b>'; DROP TABLE care_row; --").await;
        let grandmother = person(site, "王奶奶").await;
        for (change, code) in [
            (json!({ "name": " " }), "SK-3150"),
            (json!({ "person": grandmother }), "SK-3150"),
            (json!({ "name": "", "person": child }), "SK-3150"),
            (json!({ "given_by": "" }), "SK-3151"),
            (json!({ "until": "2026-08-31" }), "SK-3152"),
            (json!({ "from": "2026-02-30" }), "SK-1001"),
            (json!({ "name": "长".repeat(81) }), "SK-1010"),
        ] {
            let mut body = line(child, "王奶奶");
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            assert_eq!(site.refused(li, "pickup_permission.allow", site.id(), body).await, code, "{change}");
        }
        let id = care_id(at.1, PersonId(child));
        assert_eq!(site.refused(li, "care.arrive", site.id(), arrival(at, child, "16:32")).await, "SK-3159");
        assert_eq!(site.refused(li, "care.arrive", id, arrival(at, child, "16.32")).await, "SK-3103");
        assert_eq!(
            site.refused(li, "care.arrive", id, arrival((other, at.1), child, "16:32")).await,
            "SK-3105"
        );
        let mut wrong = arrival(at, child, "16:32");
        wrong["day"] = json!("2026-11-25");
        assert_eq!(site.refused(li, "care.arrive", id, wrong).await, "SK-3160");
        // A volunteer who is assigned nothing knows of no child.
        assert_eq!(site.refused(chen, "care.arrive", id, arrival(at, child, "16:32")).await, "SK-1004");
        assert_eq!(
            site.refused(chen, "pickup_permission.allow", site.id(), line(child, "王奶奶")).await,
            "SK-1003"
        );

        arrives(site, at, child).await;
        assert_eq!(site.refused(li, "care.arrive", id, arrival(at, child, "16:40")).await, "SK-1006");
        site.done(li, "care.unmark", id, json!({})).await;
        site.done(li, "care.restore", id, json!({})).await;
        site.done(li, "care.amend", id, json!({ "arrived": "16:45" })).await;
        let permission = allowed(site, child, "王奶奶").await;
        let all = permissions(&site.node, li, &[child], date(2026, 8, 31)).await.unwrap();
        assert_eq!((all.len(), all[0].id, all[0].holds), (1, permission, false), "before its first day");
        assert!(permissions(&site.node, chen, &[child], date(2026, 9, 1)).await.unwrap().is_empty());
    });
}

#[test]
fn what_to_know_of_a_child_is_written_once_and_read_by_staff() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let child = person(site, "李娜").await;
        let id = note_id(PersonId(child));
        let body =
            json!({ "child": child, "health": " 花生过敏 ", "guardian": "妈妈", "phone": "13800138000" });
        assert_eq!(site.refused(li, "care_note.write", site.id(), body.clone()).await, "SK-3159");
        site.done(li, "care_note.write", id, body.clone()).await;
        assert_eq!(site.refused(wang, "care_note.write", id, body).await, "SK-1006");
        site.done(wang, "care_note.amend", id, json!({ "health": "花生、芒果过敏" })).await;
        let note = notes(&site.node, li, &[child]).await.unwrap().remove(&child).unwrap();
        assert_eq!((note.health.as_str(), note.phone.as_str()), ("花生、芒果过敏", "13800138000"));
        // Erasing the child takes the note along.
        site.done(&site.cast.manager, "person.erase", child, json!({})).await;
        let gone = site.node.held(site.site, "care_note", id).await.unwrap().unwrap();
        assert!(gone.meta.erased && !gone.object().values().any(|value| value == "花生、芒果过敏"));
    });
}
