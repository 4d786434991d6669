//! The ledger of consents.

use jiff::SignedDuration;
use jiff::civil::date;
use kernel::consent::{Group, Purpose};
use kernel::{Actor, Id};
use people::consent::queries::{of_persons, shown};
use people::consent::shown::{Asked, Shown};
use people::consent::views::Standing;
use people::person::page;
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use crate::{contexts, person};

/// A spoken consent to a referral, heard by 李, with whatever else.
fn spoken(site: &TestSite, person: Id, rest: Value) -> Value {
    let mut body = json!({
        "person": person, "purpose": "referral", "fields": ["phone", "name", "need"], "relation": "own",
        "proof": "spoken", "witness": site.cast.li.account, "given_on": "2026-11-24",
    });
    if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
        body.extend(rest);
    }
    body
}

async fn days(site: &TestSite, persons: &[Id], purpose: Purpose, day: (i16, i8, i8)) -> usize {
    let day = date(day.0, day.1, day.2);
    let stand = shown(&site.node, site.site, persons, Asked { purpose, group: None }, day).await.unwrap();
    stand.values().filter(|how| matches!(how, Shown::Consented(_))).count()
}

async fn standing(site: &TestSite, actor: &Actor, person: Id) -> Vec<Standing> {
    let cards = of_persons(&site.node, actor, &[person]).await.unwrap();
    cards.iter().map(|card| card.standing).collect()
}

#[test]
fn given_relied_on_and_withdrawn() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let lina = person(site, li, "李娜", json!({})).await;
        let other = person(site, li, "王芳", json!({})).await;
        let body = spoken(site, lina, json!({ "expires_on": "2026-12-31", "recipient": "法律援助中心" }));
        let id = site.make(li, "consent.record", body).await;
        let card = of_persons(&site.node, wang, &[lina]).await.unwrap().remove(0);
        assert_eq!(card.fields, [Group::Name, Group::Phone, Group::Need]);
        assert_eq!((card.recipient.as_str(), card.standing), ("法律援助中心", Standing::InForce));
        let both = [lina, other];
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 23)).await, 0);
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 12, 31)).await, 1);
        assert_eq!(days(site, &both, Purpose::Referral, (2027, 1, 1)).await, 0);
        assert_eq!(days(site, &both, Purpose::Camp, (2026, 12, 1)).await, 0);

        assert_eq!(site.refused(li, "consent.withdraw", id, json!({ "on": "2026-11-23" })).await, "SK-3024");
        assert_eq!(site.refused(li, "consent.withdraw", id, json!({ "on": "2026-11-25" })).await, "SK-3024");
        site.advance(SignedDuration::from_hours(48));
        site.done(wang, "consent.withdraw", id, json!({})).await;
        assert_eq!(site.refused(li, "consent.withdraw", id, json!({})).await, "SK-3025");
        let card = of_persons(&site.node, li, &[lina]).await.unwrap().remove(0);
        assert_eq!((card.withdrawn_on.as_deref(), card.withdrawn_why.as_str()), (Some("2026-11-26"), "测试"));
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 25)).await, 1, "it was in force then");
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 26)).await, 0);
        assert_eq!(standing(site, li, lina).await, [Standing::Withdrawn]);

        site.make(li, "consent.record", spoken(site, lina, json!({}))).await;
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 26)).await, 0, "what was said before it");
        site.advance(SignedDuration::from_mins(1));
        let anew = spoken(site, lina, json!({ "given_on": "2026-11-26" }));
        let wrong = site.make(li, "consent.record", anew).await;
        site.done(li, "consent.retract", wrong, json!({})).await;
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 26)).await, 0);
        site.done(li, "consent.restore", wrong, json!({})).await;
        assert_eq!(days(site, &both, Purpose::Referral, (2026, 11, 26)).await, 1);
    });
}

#[test]
fn a_guardian_for_a_child_and_the_childs_own_word() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let young = json!({ "birth": { "precision": "year", "year": 2017 } });
        let child = person(site, li, "李小雨", young).await;
        let mother = person(site, li, "王芳", json!({})).await;
        let camp = |rest: Value| {
            let mut body = spoken(site, child, json!({ "purpose": "camp", "fields": ["name", "health"] }));
            if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
                body.extend(rest);
            }
            body
        };
        assert_eq!(site.refused(li, "consent.record", site.id(), camp(json!({}))).await, "SK-3022");
        let by = json!({ "relation": "mother", "by": mother, "own_answer": "yes" });
        site.make(li, "consent.record", camp(by)).await;
        let shown = page(&site.node, li, child).await.unwrap().unwrap();
        assert_eq!(shown.consents[0].by.as_ref().unwrap().name, "王芳");
        assert_eq!(days(site, &[child], Purpose::Camp, (2026, 11, 24)).await, 1);
        let unwilling = json!({ "relation": "mother", "by_name": "王芳", "own_answer": "no", "purpose": "photo", "fields": ["image"] });
        site.make(li, "consent.record", camp(unwilling)).await;
        assert_eq!(days(site, &[child], Purpose::Photo, (2026, 11, 24)).await, 0);
        assert_eq!(standing(site, li, child).await, [Standing::Unwilling, Standing::InForce]);
        // A duplicate's consents stay its own, and are shown with the record that stands for both.
        let twice = person(site, li, "李晓雨", json!({})).await;
        site.make(li, "consent.record", spoken(site, twice, json!({ "purpose": "trip" }))).await;
        site.done(li, "person.merge", twice, json!({ "into": child })).await;
        let shown = page(&site.node, li, child).await.unwrap().unwrap();
        assert_eq!(shown.consents.len(), 3);
    });
}

#[test]
fn consents_that_cannot_be() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let lina = person(site, li, "李娜", json!({})).await;
        let long = "长".repeat(1001);
        for (rest, code) in [
            (json!({ "person": site.id() }), "SK-1004"),
            (json!({ "fields": [] }), "SK-3019"),
            (json!({ "fields": ["everything"] }), "SK-1001"),
            (json!({ "purpose": "other", "words": " " }), "SK-3020"),
            (json!({ "relation": "mother" }), "SK-3021"),
            (json!({ "relation": "mother", "by": lina }), "SK-3021"),
            (json!({ "witness": null }), "SK-3023"),
            (json!({ "witness": site.id() }), "SK-1004"),
            (json!({ "organisation": site.id() }), "SK-1004"),
            (json!({ "given_on": "2026-11-25" }), "SK-3024"),
            (json!({ "given_on": "2026-02-30" }), "SK-1001"),
            (json!({ "given_on": "1989-12-31" }), "SK-3024"),
            (json!({ "expires_on": "2026-11-23" }), "SK-3005"),
            (json!({ "note": long }), "SK-1010"),
            (json!({ "withdrawn_on": "2026-11-24" }), "SK-1009"),
        ] {
            let body = spoken(site, lina, rest);
            assert_eq!(site.refused(li, "consent.record", site.id(), body.clone()).await, code, "{body}");
        }
        let body = json!({ "person": lina, "fields": ["name"], "relation": "own", "proof": "paper", "purpose": "study" });
        assert_eq!(site.refused(li, "consent.record", site.id(), body).await, "SK-3024", "no day");
        let id = site.make(li, "consent.record", spoken(site, lina, json!({}))).await;
        assert_eq!(site.refused(li, "consent.amend", id, json!({ "note": "x" })).await, "SK-1002");
        let mut silent = site.envelope("consent.withdraw", id, json!({}));
        silent.reason = None;
        assert_eq!(site.send(li, vec![silent]).await.remove(0).problem.unwrap().code, "SK-1007");
    });
}

#[test]
fn strangers_see_none_and_erasure_leaves_no_names() {
    on_both(contexts, async |site| {
        let (boss, li) = (&site.cast.manager, &site.cast.li);
        let lina = person(site, li, "李娜", json!({})).await;
        let hostile = "<script>alert('𠮷')</script>'; DROP TABLE consent_row; --";
        let body = spoken(site, lina, json!({ "recipient": hostile, "note": hostile }));
        let id = site.make(li, "consent.record", body).await;
        assert_eq!(of_persons(&site.node, li, &[lina]).await.unwrap()[0].note, hostile);
        assert!(of_persons(&site.node, &site.cast.chen, &[lina]).await.unwrap().is_empty());
        assert_eq!(site.refused(&site.cast.chen, "consent.withdraw", id, json!({})).await, "SK-1004");
        assert_eq!(site.refused(&site.cast.auditor, "consent.withdraw", id, json!({})).await, "SK-1003");
        site.done(boss, "person.erase", lina, json!({})).await;
        let cards = of_persons(&site.node, boss, &[lina]).await.unwrap();
        assert_eq!((cards[0].recipient.as_str(), cards[0].note.as_str()), ("", ""));
        assert_eq!(cards[0].fields, [Group::Name, Group::Phone, Group::Need], "what was agreed stays known");
    });
}
