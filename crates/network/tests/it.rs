//! Organisations and their services, on both databases.

use jiff::SignedDuration;
use kernel::Id;
use kernel::need::Code;
use network::organisation::Group;
use network::organisation::queries::{Filter, list, page, words};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), network::manifest()]
}

async fn organisation(site: &TestSite, name: &str, rest: Value) -> Id {
    let mut body = json!({ "name": name });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    site.make(&site.cast.li, "organisation.add", body).await
}

async fn names(site: &TestSite, filter: Filter) -> Vec<String> {
    let cards = list(&site.node, &site.cast.li, &filter).await.unwrap();
    cards.into_iter().map(|card| card.name).collect()
}

fn sought(query: &str) -> Filter {
    Filter { query: query.to_owned(), ..Filter::default() }
}

#[test]
fn found_by_name_service_group_and_need() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let lawyers =
            organisation(site, "西山区法律援助中心", json!({ "group": "government", "also": ["法援"] }))
                .await;
        let hospital = organisation(site, "民生医院", json!({ "group": "private" })).await;
        organisation(site, "都市时报", json!({ "group": "media" })).await;
        organisation(site, "𠮷祥 <b>'; DROP TABLE organisation_row; --", json!({ "group": "migrants" }))
            .await;
        let body = json!({ "organisation": lawyers, "what": "免费法律咨询", "code": "legal" });
        let advice = site.make(li, "service.add", body).await;
        let body = json!({ "organisation": hospital, "what": "儿童体检", "code": "health", "capacity": 20 });
        let check = site.make(li, "service.add", body).await;

        assert_eq!(names(site, Filter::default()).await.len(), 4);
        for query in ["法律援助", "法援", "xishanqu", "xsqfl", "咨询"] {
            assert_eq!(names(site, sought(query)).await, ["西山区法律援助中心"], "{query}");
        }
        assert_eq!(names(site, sought("体检")).await, ["民生医院"]);
        assert_eq!(names(site, sought("𠮷")).await.len(), 1);
        assert!(names(site, sought("'; DROP TABLE")).await.len() < 2);
        assert!(names(site, sought(&"长".repeat(10_000))).await.is_empty());
        let media = Filter { group: Some(Group::Media), ..Filter::default() };
        assert_eq!(names(site, media).await, ["都市时报"]);
        let legal = Filter { code: Some(Code::Legal), ..Filter::default() };
        assert_eq!(names(site, legal).await, ["西山区法律援助中心"]);

        assert_eq!(site.refused(li, "service.count_places", check, json!({ "free": 21 })).await, "SK-3605");
        site.done(li, "service.count_places", check, json!({ "free": 3 })).await;
        let shown = page(&site.node, li, hospital).await.unwrap().unwrap();
        assert_eq!(
            (shown.services[0].free, shown.services[0].free_on.as_deref()),
            (Some(3), Some("2026-11-24"))
        );
        let known = words(&site.node, site.site, &[lawyers], &[advice]).await.unwrap();
        assert_eq!(
            (known[&lawyers].as_str(), known[&advice].as_str()),
            ("西山区法律援助中心", "免费法律咨询")
        );
        site.done(li, "organisation.retract", hospital, json!({})).await;
        assert_eq!(names(site, sought("体检")).await, [""; 0]);
    });
}

#[test]
fn what_nobody_verified_for_long_shows() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let id = organisation(site, "妇女之家", json!({})).await;
        let stale = Filter { stale: true, ..Filter::default() };
        assert_eq!(names(site, stale.clone()).await, ["妇女之家"], "never verified");
        for on in ["2026-11-25", "1999-12-31"] {
            assert_eq!(site.refused(li, "organisation.verify", id, json!({ "on": on })).await, "SK-3606");
        }
        site.done(wang, "organisation.verify", id, json!({})).await;
        // A device that was offline reports an earlier look: the later one stands.
        site.done(li, "organisation.verify", id, json!({ "on": "2026-11-01" })).await;
        let verified = page(&site.node, li, id).await.unwrap().unwrap().verified;
        assert_eq!(
            (verified.on.as_deref(), verified.days, verified.stale),
            (Some("2026-11-24"), Some(0), false)
        );
        assert_eq!(verified.by.unwrap().id, wang.account.0);
        assert!(names(site, stale.clone()).await.is_empty());
        site.advance(SignedDuration::from_hours(181 * 24));
        let verified = page(&site.node, li, id).await.unwrap().unwrap().verified;
        assert_eq!((verified.days, verified.stale), (Some(181), true));
        assert_eq!(names(site, stale).await, ["妇女之家"]);
    });
}

#[test]
fn volunteers_read_the_directory_others_do_not() {
    on_both(contexts, async |site| {
        let contacts =
            json!([{ "post": "值班律师", "name": "赵律师", "phone": "0871-6666", "hours": "周二" }]);
        let id = organisation(site, "法律援助中心", json!({ "contacts": contacts })).await;
        let chen = &site.cast.chen;
        let shown = page(&site.node, chen, id).await.unwrap().unwrap();
        assert_eq!(shown.contacts[0].name, "赵律师");
        assert_eq!(list(&site.node, chen, &Filter::default()).await.unwrap().len(), 1);
        assert_eq!(
            site.refused(chen, "organisation.add", site.id(), json!({ "name": "x" })).await,
            "SK-1003"
        );
        for stranger in [&site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            assert!(page(&site.node, stranger, id).await.unwrap().is_none());
            assert!(list(&site.node, stranger, &Filter::default()).await.unwrap().is_empty());
        }
    });
}

#[test]
fn organisations_that_cannot_be() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let many: Vec<String> = (0..51).map(|n| format!("名{n}")).collect();
        for (body, code) in [
            (json!({}), "SK-3601"),
            (json!({ "name": "  " }), "SK-3601"),
            (json!({ "name": "长".repeat(201) }), "SK-1010"),
            (json!({ "name": "x", "group": "church" }), "SK-1001"),
            (json!({ "name": "x", "also": many }), "SK-3603"),
            (json!({ "name": "x", "contacts": [{ "hours": "周二" }] }), "SK-3604"),
            (json!({ "name": "x", "places": [site.id()] }), "SK-1004"),
            (json!({ "name": "x", "verified_on": "2026-11-24" }), "SK-1009"),
        ] {
            assert_eq!(site.refused(li, "organisation.add", site.id(), body.clone()).await, code, "{body}");
        }
        let id = organisation(site, "妇女之家", json!({})).await;
        for (body, code) in [
            (json!({ "organisation": site.id(), "what": "x" }), "SK-1004"),
            (json!({ "organisation": id, "what": " " }), "SK-3602"),
            (json!({ "organisation": id, "what": "x", "capacity": -1 }), "SK-1001"),
        ] {
            assert_eq!(site.refused(li, "service.add", site.id(), body.clone()).await, code, "{body}");
        }
    });
}
