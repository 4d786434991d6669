//! Circles: notes that only those read who were members when they were written, until one of them shares one.

use community::circle::circle_id;
use community::circle::queries::{list, notes, of_activity};
use kernel::{ActivityId, Actor, Id, Use};
use serde_json::json;
use testkit::{TestSite, on_both, on_sqlite};

use super::contexts;

/// A circle that the volunteer 陈 founds on an activity that was entrusted to it, and the activity.
async fn founded(site: &TestSite) -> (Id, Id) {
    let (li, chen) = (&site.cast.li, &site.cast.chen);
    let activity = site.make(li, "activity.create", json!({ "title": "姐妹小组", "kind": "circle" })).await;
    let entrusted = json!({ "account": chen.account, "noun": "activity", "record": activity });
    site.make(&site.cast.manager, "assignment.give", entrusted).await;
    let circle = circle_id(ActivityId(activity));
    site.done(chen, "circle.found", circle, json!({ "activity": activity, "members": [chen.account] })).await;
    (activity, circle)
}

async fn read(site: &TestSite, actor: &Actor, circle: Id) -> Vec<String> {
    let found = notes(&site.node, actor, circle).await.unwrap();
    found.into_iter().map(|note| note.words).collect()
}

/// Whether an actor reaches a record at all, which history and every other reading ask first.
async fn reaches(site: &TestSite, actor: &Actor, note: Id) -> bool {
    site.node.visible_one(actor, "circle_note", note, Use::Read).await.unwrap().is_some()
}

#[test]
fn a_note_is_its_readers_until_it_is_shared() {
    on_both(contexts, async |site| {
        let (xu, li, wang, chen) = (&site.cast.manager, &site.cast.li, &site.cast.wang, &site.cast.chen);
        let (activity, circle) = founded(site).await;
        site.done(chen, "circle.welcome", circle, json!({ "account": wang.account })).await;
        let body = json!({ "circle": circle, "words": "丈夫又动手了，谁都别说", "readers": [chen.account, wang.account] });
        let note = site.make(chen, "circle_note.write", body).await;

        assert_eq!(read(site, chen, circle).await, ["丈夫又动手了，谁都别说"]);
        assert_eq!(read(site, wang, circle).await.len(), 1, "a worker who is a member");
        for other in [xu, li, &site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            assert!(read(site, other, circle).await.is_empty(), "{:?}", other.role);
            assert!(!reaches(site, other, note).await, "{:?}", other.role);
            let code = site.refused(other, "circle_note.share", note, json!({})).await;
            assert!(["SK-1003", "SK-1004"].contains(&code.as_str()), "{:?}: {code}", other.role);
        }
        // To be entrusted with it opens nothing: the manager cannot let itself in.
        let own = json!({ "account": xu.account, "noun": "circle_note", "record": note });
        site.one(xu, "assignment.give", site.id(), own).await;
        assert!(!reaches(site, xu, note).await);
        assert_eq!(
            site.refused(xu, "circle.welcome", circle, json!({ "account": xu.account })).await,
            "SK-3183"
        );
        assert_eq!(site.refused(xu, "circle_note.withdraw", note, json!({})).await, "SK-1004");

        // The staff know that there is a circle, and who belongs to it.
        let seen = of_activity(&site.node, li, activity).await.unwrap().unwrap();
        assert_eq!((seen.members.len(), seen.member), (2, false));

        site.done(wang, "circle_note.share", note, json!({})).await;
        let shared = notes(&site.node, xu, circle).await.unwrap().pop().unwrap();
        assert_eq!((shared.shared_by, shared.own, shared.by), (Some(wang.account.0), false, chen.account.0));
        assert_eq!(shared.shared_at, Some(site.now()));
        assert!(read(site, &site.cast.auditor, circle).await.is_empty(), "staff only");
        assert_eq!(
            site.refused(li, "circle_note.unshare", note, json!({})).await,
            "SK-1004",
            "read, not changed"
        );
        site.done(chen, "circle_note.unshare", note, json!({})).await;
        assert_eq!(site.refused(chen, "circle_note.unshare", note, json!({})).await, "SK-3187");
        assert!(!reaches(site, xu, note).await);
    });
}

#[test]
fn who_comes_later_does_not_read_what_was_said_before() {
    on_both(contexts, async |site| {
        let (wang, chen) = (&site.cast.wang, &site.cast.chen);
        let (activity, circle) = founded(site).await;
        let write = |words: &str, readers: &[&Actor]| {
            let readers: Vec<_> = readers.iter().map(|actor| actor.account).collect();
            json!({ "circle": circle, "words": words, "readers": readers })
        };
        site.make(chen, "circle_note.write", write("第一次", &[chen])).await;
        site.done(chen, "circle.welcome", circle, json!({ "account": wang.account })).await;
        site.make(wang, "circle_note.write", write("第二次", &[chen, wang])).await;
        assert_eq!(read(site, wang, circle).await, ["第二次"]);
        assert_eq!(read(site, chen, circle).await, ["第二次", "第一次"]);
        // Who goes keeps what was written for them, and writes no more.
        site.done(wang, "circle.leave", circle, json!({})).await;
        assert_eq!(read(site, wang, circle).await, ["第二次"]);
        let refused = site.refused(wang, "circle_note.write", site.id(), write("第三次", &[wang])).await;
        assert_eq!(refused, "SK-3183");
        assert_eq!(site.refused(chen, "circle.leave", circle, json!({})).await, "SK-3184");
        // A volunteer reaches their circle by being a member of it; the list shows it to them alone.
        assert_eq!(list(&site.node, chen).await.unwrap()[0].activity, activity);
        assert!(list(&site.node, &site.cast.auditor).await.unwrap().is_empty());
    });
}

#[test]
fn what_a_circle_refuses() {
    on_sqlite(contexts, async |site| {
        let (xu, li, chen) = (&site.cast.manager, &site.cast.li, &site.cast.chen);
        let (_, circle) = founded(site).await;
        let other = site.make(li, "activity.create", json!({ "title": "会议", "kind": "meeting" })).await;
        let at = circle_id(ActivityId(other));
        let found = |members: &[&Actor]| {
            let members: Vec<_> = members.iter().map(|actor| actor.account).collect();
            json!({ "activity": other, "members": members })
        };
        assert_eq!(site.refused(li, "circle.found", at, found(&[])).await, "SK-3180");
        assert_eq!(site.refused(xu, "circle.found", at, found(&[li])).await, "SK-3181", "for others");
        assert_eq!(site.refused(li, "circle.found", at, found(&[li])).await, "SK-3182");
        site.done(li, "activity.amend", other, json!({ "kind": "circle" })).await;
        assert_eq!(site.refused(li, "circle.found", site.id(), found(&[li])).await, "SK-3159");
        let note = |words: &str, readers: &[&Actor]| {
            let readers: Vec<_> = readers.iter().map(|actor| actor.account).collect();
            json!({ "circle": circle, "words": words, "readers": readers })
        };
        for (body, code) in [
            (note(" ", &[chen]), "SK-3185"),
            (note(&"长".repeat(5_001), &[chen]), "SK-1010"),
            (note("x", &[]), "SK-3186"),
            (note("x", &[chen, li]), "SK-3186"),
        ] {
            assert_eq!(site.refused(chen, "circle_note.write", site.id(), body).await, code);
        }
        assert_eq!(site.refused(li, "circle_note.write", site.id(), note("x", &[li])).await, "SK-3183");
    });
}
