//! Kinds of activity: those that come with the program, own ones, retired ones.

use community::activity;
use community::kind::queries::of_site;
use community::kind::{ActivityKind, DEFAULTS};
use serde_json::json;
use testkit::{on_both, on_sqlite};

use super::contexts;

#[test]
fn a_site_adds_renames_and_retires() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let plain = of_site(&site.node, site.site).await.unwrap();
        assert_eq!(plain.all().len(), DEFAULTS.len());
        assert!(plain.all().iter().all(|kind| !kind.own && !kind.retired && kind.version == 0));
        let feast = plain.all().iter().find(|kind| kind.code == "feast").unwrap();
        assert!(feast.traits.dishes);

        let own =
            site.make(li, "activity_kind.create", json!({ "zh": "广场舞", "en": "Square dance" })).await;
        let only_zh = site.make(li, "activity_kind.create", json!({ "zh": "𠮷日茶会" })).await;
        let body = json!({ "code": "feast", "zh": "坝坝宴", "retired": true });
        let record = ActivityKind::record_of(site.site, "feast");
        assert_eq!(site.refused(li, "activity_kind.create", site.id(), body.clone()).await, "SK-3117");
        site.done(li, "activity_kind.create", record, body).await;

        let kinds = of_site(&site.node, site.site).await.unwrap();
        let codes: Vec<&str> = kinds.all().iter().map(|kind| kind.code.as_str()).collect();
        assert_eq!(codes.last(), Some(&"other"));
        let (own_code, zh_code) = (own.to_string(), only_zh.to_string());
        assert!(codes.contains(&own_code.as_str()) && codes.contains(&zh_code.as_str()));
        assert_eq!(kinds.names(kernel::Lang::Zh)[zh_code.as_str()], "𠮷日茶会");
        assert_eq!(kinds.names(kernel::Lang::En)[zh_code.as_str()], "𠮷日茶会");
        let feast = kinds.all().iter().find(|kind| kind.code == "feast").unwrap();
        assert_eq!((feast.zh.as_str(), feast.retired, feast.traits.dishes), ("坝坝宴", true, true));

        // What was held stays what it was, and an own kind is used like any other.
        let feast = site.make(li, "activity.create", json!({ "title": "中秋", "kind": "feast" })).await;
        let dance = site.make(li, "activity.create", json!({ "title": "周五", "kind": own })).await;
        for (id, kind) in [(feast, "feast"), (dance, own_code.as_str())] {
            let card = activity::queries::one(&site.node, li, id).await.unwrap().unwrap();
            assert_eq!(card.kind, kind);
        }
    });
}

#[test]
fn what_is_no_kind() {
    on_sqlite(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        for (kind, code) in [
            (json!("dancing"), "SK-3115"),
            (json!(""), "SK-3115"),
            (json!(site.id()), "SK-1004"),
            (json!(7), "SK-1001"),
        ] {
            let body = json!({ "title": "x", "kind": kind });
            assert_eq!(site.refused(li, "activity.create", site.id(), body).await, code, "{kind}");
        }
        for (body, code) in [
            (json!({ "zh": " ", "en": "" }), "SK-3116"),
            (json!({ "zh": "长".repeat(41) }), "SK-1010"),
            (json!({ "zh": "x", "code": "dancing" }), "SK-3115"),
        ] {
            assert_eq!(
                site.refused(li, "activity_kind.create", site.id(), body.clone()).await,
                code,
                "{body}"
            );
        }
        assert_eq!(
            site.refused(chen, "activity_kind.create", site.id(), json!({ "zh": "x" })).await,
            "SK-1003"
        );
    });
}
