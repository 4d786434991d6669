//! Who took part, who reads a note, when somebody should look in again; tags.

use jiff::civil::date;
use kernel::{Actor, Id, Lang};
use outreach::encounter::queries as encounters;
use outreach::{NeedTag, need, need_tag};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use crate::{contexts, person};

async fn visit(site: &TestSite, actor: &Actor, person: Id, rest: Value) -> Id {
    let mut body = json!({ "kind": "visit", "day": "2026-11-23", "persons": [person], "note": "听说要搬走" });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    site.make(actor, "encounter.record", body).await
}

async fn note(site: &TestSite, actor: &Actor, id: Id) -> Option<Option<String>> {
    let page = encounters::page(&site.node, actor, id).await.unwrap();
    page.map(|page| page.encounter.note)
}

#[test]
fn a_note_has_a_lock_of_its_own() {
    on_both(contexts, async |site| {
        let (li, wang, xu, chen) = (&site.cast.li, &site.cast.wang, &site.cast.manager, &site.cast.chen);
        let lina = person(site, "李娜").await;
        let text = || Some(Some("听说要搬走".to_owned()));
        let id = visit(site, li, lina, json!({ "lock": "team" })).await;
        let body = json!({ "account": chen.account, "noun": "person", "record": lina });
        site.make(li, "assignment.give", body).await;
        assert_eq!(note(site, wang, id).await, text());
        assert_eq!(note(site, chen, id).await, Some(None), "the team is the social workers");
        for nobody in [&site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            assert_eq!(note(site, nobody, id).await, None);
        }
        assert_eq!(site.refused(wang, "encounter.lock", id, json!({ "lock": "sealed" })).await, "SK-3212");
        site.done(li, "encounter.lock", id, json!({ "lock": "sealed" })).await;
        assert_eq!((note(site, wang, id).await, note(site, xu, id).await), (Some(None), text()));
        assert_eq!(site.refused(wang, "encounter.amend", id, json!({ "note": "改" })).await, "SK-1009");
        assert_eq!(site.refused(wang, "encounter.amend", id, json!({ "lock": "team" })).await, "SK-1009");

        let shared = json!({ "lock": "shared", "shared_with": [chen.account, chen.account] });
        site.done(xu, "encounter.lock", id, shared).await;
        assert_eq!((note(site, chen, id).await, note(site, wang, id).await), (text(), Some(None)));
        let spread = json!({ "lock": "shared", "shared_with": [chen.account, wang.account] });
        assert_eq!(
            site.refused(chen, "encounter.lock", id, spread).await,
            "SK-3212",
            "let in, not letting in"
        );
        let unassigned = visit(
            site,
            li,
            person(site, "外人").await,
            json!({
                "lock": "shared", "shared_with": [chen.account],
            }),
        );
        assert_eq!(note(site, chen, unassigned.await).await, None, "a shared note opens no record");
    });
}

#[test]
fn who_took_part_and_when_to_look_in_again() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let (lina, helper) = (person(site, "李娜").await, person(site, "张阿姨").await);
        let rest = json!({
            "worker": li.account, "workers": [wang.account, li.account], "volunteers": [helper, helper],
            "follow_up": "2026-11-24",
        });
        let id = visit(site, li, lina, rest).await;
        let later = visit(site, li, lina, json!({ "follow_up": "2026-11-25" })).await;
        let page = encounters::page(&site.node, li, id).await.unwrap().unwrap().encounter;
        let ids = |named: &[kernel::page::Named]| named.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!((ids(&page.workers), ids(&page.volunteers)), (vec![wang.account.0], vec![helper]));
        let hers = encounters::of_volunteers(&site.node, li, &[helper], 9).await.unwrap();
        assert_eq!(hers.iter().map(|card| card.id).collect::<Vec<_>>(), [id]);
        assert!(encounters::of_persons(&site.node, li, &[helper], 9).await.unwrap().is_empty());

        let due = async || {
            let cards = encounters::follow_ups(&site.node, wang, date(2026, 11, 24)).await.unwrap();
            cards.iter().map(|card| card.id).collect::<Vec<_>>()
        };
        assert_eq!(due().await, [id]);
        visit(site, li, lina, json!({ "follows": id })).await;
        site.done(li, "encounter.followed", id, json!({})).await;
        site.done(li, "encounter.followed", id, json!({})).await;
        assert_eq!(due().await, [] as [Id; 0]);
        site.done(li, "encounter.followed", id, json!({ "followed": false })).await;
        assert_eq!(due().await, [id], "not done after all");
        site.done(li, "encounter.amend", later, json!({ "follow_up": "2026-11-23" })).await;
        assert_eq!(due().await, [later, id], "the one due first first");
    });
}

#[test]
fn what_is_refused_of_a_visit() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let lina = person(site, "李娜").await;
        let base = json!({ "kind": "call", "day": "2026-11-24", "persons": [lina] });
        for (field, value, code) in [
            ("lock", json!("shared"), "SK-3209"),
            ("lock", json!("open"), "SK-1001"),
            ("follow_up", json!("2026-11-23"), "SK-3210"),
            ("follow_up", json!("2026-02-30"), "SK-1001"),
            ("volunteers", json!([site.id()]), "SK-1004"),
            ("workers", json!([site.id()]), "SK-1004"),
            ("place", json!(site.id()), "SK-1004"),
            ("followed", json!(true), "SK-1009"),
        ] {
            let mut body = base.clone();
            body[field] = value;
            assert_eq!(site.refused(li, "encounter.record", site.id(), body.clone()).await, code, "{body}");
        }
        let id = site.make(li, "encounter.record", base).await;
        assert_eq!(site.refused(li, "encounter.followed", id, json!({})).await, "SK-3211");
        let somewhere = json!({ "kind": "talk", "day": "2026-11-24", "place_text": "九眼桥劳务市场" });
        site.make(li, "encounter.record", somewhere).await;
    });
}

#[test]
fn a_site_makes_the_tags_its_own() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let all = async || need_tag::queries::of_site(&site.node, site.site).await.unwrap();
        let first: Vec<&str> = all().await.iter().take(6).map(|tag| tag.code.code()).collect();
        assert_eq!(first, ["wage", "school", "health", "documents", "housing", "loneliness"]);
        let own = json!({ "code": "job", "zh": "带货直播", "en": "Live selling" });
        let own = site.make(li, "need_tag.create", own).await;
        let changed = NeedTag::record_of(site.site, kernel::need::Code::Wage);
        let body = json!({ "code": "wage", "replaces": true, "zh": "工钱" });
        site.done(li, "need_tag.create", changed, body.clone()).await;
        assert_eq!(site.refused(li, "need_tag.create", site.id(), body).await, "SK-1004", "one per code");
        assert_eq!(site.refused(li, "need_tag.create", site.id(), json!({ "code": "job" })).await, "SK-3213");
        assert_eq!(site.refused(chen, "need_tag.amend", own, json!({ "zh": "x" })).await, "SK-1003");
        let tags = all().await;
        assert_eq!(tags[0].name(Lang::Zh), "工钱");
        assert_eq!(tags[tags.len() - 2].name(Lang::En), "Live selling");
        assert_eq!(tags.last().unwrap().code.code(), "other");

        let lina = person(site, "李娜").await;
        let body = json!({ "person": lina, "code": "other", "tag": own });
        let id = site.make(li, "need.hear", body).await;
        let card = need::queries::one(&site.node, li, id).await.unwrap().unwrap();
        assert_eq!(card.tag.map(|tag| tag.id), Some(own), "a tag says what it is without words");
        site.done(li, "need_tag.amend", own, json!({ "retired": true })).await;
        assert!(all().await.iter().any(|tag| tag.id == own && tag.retired));
    });
}
