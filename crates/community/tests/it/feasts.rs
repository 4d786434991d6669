//! Feasts: one dish per household.

use community::dish::{dish_id, queries::of_session};
use kernel::{HouseholdId, Id};
use serde_json::{Value, json};
use testkit::{on_both, on_sqlite};

use super::{contexts, evening};

fn invitation((activity, session): (Id, Id), household: Id) -> Value {
    json!({ "session": session, "activity": activity, "household": household })
}

#[test]
fn one_dish_per_household() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let at = evening(site, "2026-11-28").await;
        let home = site.make(li, "household.create", json!({ "number": "H1" })).await;
        let id = dish_id(at.1, HouseholdId(home));
        assert_eq!(site.refused(li, "dish.invite", site.id(), invitation(at, home)).await, "SK-3141");
        site.done(li, "dish.invite", id, invitation(at, home)).await;
        assert_eq!(site.refused(wang, "dish.invite", id, invitation(at, home)).await, "SK-1006");
        assert_eq!(site.refused(li, "dish.amend", id, json!({ "brought": true })).await, "SK-3142");
        site.done(li, "dish.amend", id, json!({ "words": " 凉拌黄瓜 " })).await;
        site.done(wang, "dish.amend", id, json!({ "brought": true })).await;
        let feast = of_session(&site.node, li, at.1).await.unwrap().unwrap();
        assert_eq!((feast.rows.len(), feast.rows[0].words.as_str()), (1, "凉拌黄瓜"));
        assert!(feast.rows[0].brought);
        site.done(li, "dish.uninvite", id, json!({})).await;
        assert!(of_session(&site.node, li, at.1).await.unwrap().unwrap().rows.is_empty());
        site.done(li, "dish.restore", id, json!({})).await;
        assert!(of_session(&site.node, &site.cast.coordinator, at.1).await.unwrap().is_none());
    });
}

#[test]
fn what_an_invitation_refuses() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let at = evening(site, "2026-11-28").await;
        let (other, _) = evening(site, "2026-11-29").await;
        let home = site.make(li, "household.create", json!({ "number": "H1" })).await;
        let id = dish_id(at.1, HouseholdId(home));
        let long = json!({ "words": "长".repeat(121) });
        let mut body = invitation(at, home);
        body["words"] = long["words"].clone();
        assert_eq!(site.refused(li, "dish.invite", id, body).await, "SK-1010");
        assert_eq!(site.refused(li, "dish.invite", id, invitation((other, at.1), home)).await, "SK-3105");
        assert_eq!(site.refused(li, "dish.invite", id, invitation(at, site.id())).await, "SK-1004");
    });
}
