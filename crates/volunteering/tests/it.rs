//! Hours, on both databases.

use jiff::civil::date;
use serde_json::json;
use testkit::{on_both, on_sqlite};
use volunteering::hours::queries;

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), volunteering::manifest()]
}

#[test]
fn hours_are_added_up_per_person() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
        let log = async |body| site.make(li, "hours.log", body).await;
        log(json!({ "person": lina, "minutes": 90, "day": "2026-11-20", "purpose": "家访" })).await;
        let second = log(json!({ "person": lina, "minutes": 30, "day": "2026-11-24" })).await;
        log(json!({ "account": chen.account, "minutes": 60, "day": "2026-11-24" })).await;
        let span = (date(2026, 11, 1), date(2026, 11, 30));
        let sums = queries::sums(&site.node, li, span).await.unwrap();
        let told: Vec<_> = sums.iter().map(|sum| (sum.who.id, sum.account, sum.minutes, sum.times)).collect();
        assert_eq!(told, [(lina, false, 120, 2), (chen.account.0, true, 60, 1)]);
        let hers = queries::of_whom(&site.node, li, &[lina], 9).await.unwrap();
        assert_eq!(hers.iter().map(|one| one.minutes).collect::<Vec<_>>(), [30, 90]);
        site.done(li, "hours.retract", second, json!({})).await;
        let sums = queries::sums(&site.node, li, span).await.unwrap();
        assert_eq!(sums[0].minutes, 90, "what was withdrawn does not count");
        assert!(queries::sums(&site.node, chen, span).await.unwrap().is_empty(), "nothing assigned");
        let first = queries::list(&site.node, li, span, None, 1).await.unwrap();
        let rest = queries::list(&site.node, li, span, first.next.as_deref(), 1).await.unwrap();
        assert_eq!((first.items.len(), rest.items.len(), rest.next), (1, 1, None));
    });
}

#[test]
fn what_is_refused() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
        for (body, code) in [
            (json!({ "minutes": 30, "day": "2026-11-24" }), "SK-3901"),
            (json!({ "person": lina, "account": li.account, "minutes": 30, "day": "2026-11-24" }), "SK-3901"),
            (json!({ "person": lina, "day": "2026-11-24" }), "SK-3902"),
            (json!({ "person": lina, "minutes": 1441, "day": "2026-11-24" }), "SK-3902"),
            (json!({ "person": lina, "minutes": 30, "day": "2026-02-30" }), "SK-1001"),
            (json!({ "person": lina, "minutes": 30, "day": "2026-11-26" }), "SK-3903"),
            (json!({ "person": site.id(), "minutes": 30, "day": "2026-11-24" }), "SK-1004"),
        ] {
            assert_eq!(site.refused(li, "hours.log", site.id(), body.clone()).await, code, "{body}");
        }
    });
}
