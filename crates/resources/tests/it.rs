//! Items and what goes to whom, on both databases.

use kernel::{Actor, Id};
use resources::item::queries;
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), resources::manifest()]
}

async fn person(site: &TestSite, name: &str) -> Id {
    site.make(&site.cast.li, "person.create", json!({ "name": name })).await
}

async fn coats(site: &TestSite, count: u32) -> Id {
    site.make(
        &site.cast.li,
        "item.create",
        json!({ "name": "儿童 冬衣", "place_text": "仓库", "count": count }),
    )
    .await
}

async fn left(site: &TestSite, actor: &Actor, item: Id) -> (u32, u32) {
    let page = queries::page(&site.node, actor, item).await.unwrap().expect("in scope");
    (page.item.count, page.item.given)
}

#[test]
fn what_is_given_is_gone_and_known_to_whom() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let (lina, nan) = (person(site, "李娜").await, person(site, "王小楠").await);
        let home = site.make(li, "household.create", json!({ "number": "YL001" })).await;
        let item = coats(site, 3).await;
        let to = json!({ "count": 1, "persons": [lina, lina], "day": "2026-11-23" });
        site.done(li, "item.give", item, to).await;
        site.done(li, "item.give", item, json!({ "count": 2, "persons": [nan], "household": home })).await;
        assert_eq!(left(site, li, item).await, (0, 3));
        let short = site.one(li, "item.give", item, json!({ "count": 1, "persons": [lina] })).await;
        let problem = short.problem.unwrap();
        assert_eq!(problem.code, "SK-3802");
        assert!(problem.detail.contains("0 of \"儿童 冬衣\""), "{}", problem.detail);
        let hers = queries::of_whom(&site.node, li, &[lina], 9).await.unwrap();
        assert_eq!((hers.len(), hers[0].count, hers[0].day.as_str()), (1, 1, "2026-11-23"));
        assert_eq!(queries::of_whom(&site.node, li, &[home], 9).await.unwrap().len(), 1);
        let both = queries::of_whom(&site.node, li, &[nan, home], 9).await.unwrap();
        assert_eq!((both.len(), both[0].day.as_str()), (1, "2026-11-24"), "one gift, told once");

        site.done(li, "item.take_back", item, json!({ "gift": hers[0].gift })).await;
        assert_eq!(left(site, li, item).await, (1, 2));
        let twice = site.refused(li, "item.take_back", item, json!({ "gift": hers[0].gift })).await;
        assert_eq!(twice, "SK-3805");
        site.done(li, "item.receive", item, json!({ "count": 10 })).await;
        site.done(li, "item.take_stock", item, json!({ "count": 9 })).await;
        assert_eq!(left(site, li, item).await, (9, 2));
    });
}

#[test]
fn the_same_gift_sent_twice_is_given_once() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let lina = person(site, "李娜").await;
        let item = coats(site, 5).await;
        let command = site.envelope("item.give", item, json!({ "count": 2, "persons": [lina] }));
        for _ in 0..3 {
            site.send(li, vec![command.clone()]).await;
        }
        assert_eq!(left(site, li, item).await, (3, 2));
    });
}

#[test]
fn what_is_refused() {
    on_sqlite(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let lina = person(site, "李娜").await;
        let item = coats(site, 5).await;
        let give = |rest: Value| {
            let mut body = json!({ "count": 1, "persons": [lina] });
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            body
        };
        for (body, code) in [
            (give(json!({ "count": 0 })), "SK-3803"),
            (give(json!({ "count": -1 })), "SK-1001"),
            (give(json!({ "count": 6 })), "SK-3802"),
            (give(json!({ "count": 4_000_000_000_u64 })), "SK-3803"),
            (give(json!({ "persons": [] })), "SK-3804"),
            (give(json!({ "persons": [site.id()] })), "SK-1004"),
            (give(json!({ "day": "2026-02-30" })), "SK-1001"),
            (give(json!({ "day": "2027-01-01" })), "SK-3807"),
        ] {
            assert_eq!(site.refused(li, "item.give", item, body.clone()).await, code, "{body}");
        }
        for (body, code) in [
            (json!({ "name": "  " }), "SK-3801"),
            (json!({ "name": "衣".repeat(81) }), "SK-1010"),
            (json!({ "name": "衣", "count": 1_000_001 }), "SK-3803"),
            (json!({ "name": "衣", "gifts": [] }), "SK-1009"),
        ] {
            assert_eq!(site.refused(li, "item.create", site.id(), body.clone()).await, code, "{body}");
        }
        assert_eq!(site.refused(chen, "item.give", item, give(json!({}))).await, "SK-1003");
        assert!(queries::page(&site.node, chen, item).await.unwrap().is_none(), "what one may not know of");
        assert_eq!(left(site, li, item).await, (5, 0));
    });
}
