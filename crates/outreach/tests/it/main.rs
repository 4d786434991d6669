//! Encounters and needs, on both databases.

mod field;
mod visits;

use kernel::{Actor, Id};
use outreach::need::Status;
use outreach::{encounter, need};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), outreach::manifest()]
}

async fn person(site: &TestSite, name: &str) -> Id {
    site.make(&site.cast.li, "person.create", json!({ "name": name })).await
}

async fn visit(site: &TestSite, actor: &Actor, persons: &[Id]) -> Id {
    let body = json!({
        "kind": "visit", "day": "2026-11-23", "minutes": 45, "persons": persons,
        "place_text": "六甲街 12 号", "note": "外婆照看三个孩子",
    });
    site.make(actor, "encounter.record", body).await
}

#[test]
fn one_visit_several_people_and_what_was_heard() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let (lina, nan, granny) =
            (person(site, "李娜").await, person(site, "王小楠").await, person(site, "奶奶").await);
        let id = site.id();
        let bundle = site.id();
        let mut commands = vec![
            site.envelope(
                "encounter.record",
                id,
                json!({ "kind": "visit", "day": "2026-11-24", "persons": [lina, nan, granny, lina] }),
            ),
            site.envelope(
                "need.hear",
                site.id(),
                json!({ "person": lina, "encounter": id, "code": "clothing", "words": "冬衣" }),
            ),
            site.envelope("need.hear", site.id(), json!({ "encounter": id, "code": "wage" })),
        ];
        for command in &mut commands {
            command.bundle = Some(bundle);
        }
        let receipts = site.send(li, commands).await;
        assert!(receipts.iter().all(|receipt| receipt.problem.is_none()), "{receipts:?}");

        let page = encounter::queries::page(&site.node, li, id).await.unwrap().expect("in scope");
        assert_eq!(page.encounter.persons.len(), 3, "nobody twice");
        assert_eq!((page.encounter.worker.id, page.needs.len()), (li.account.0, 2));
        for who in [lina, nan, granny] {
            assert_eq!(encounter::queries::of_persons(&site.node, li, &[who], 9).await.unwrap().len(), 1);
        }
        let both = encounter::queries::of_persons(&site.node, li, &[lina, nan], 9).await.unwrap();
        assert_eq!(both.len(), 1, "merged people were met once");
        let hers = need::queries::of_persons(&site.node, li, &[lina, nan], 9).await.unwrap();
        assert_eq!(hers.iter().map(|need| need.words.as_str()).collect::<Vec<_>>(), ["冬衣"]);
        assert_eq!(need::queries::count(&site.node, li, Status::Heard).await.unwrap(), 2);
    });
}

#[test]
fn a_note_is_its_authors_and_the_managers() {
    on_both(contexts, async |site| {
        let (li, wang, xu, chen) = (&site.cast.li, &site.cast.wang, &site.cast.manager, &site.cast.chen);
        let lina = person(site, "李娜").await;
        let id = visit(site, li, &[lina]).await;
        let note = async |actor: &Actor| {
            let page = encounter::queries::page(&site.node, actor, id).await.unwrap();
            page.map(|page| page.encounter.note)
        };
        assert_eq!(note(li).await, Some(Some("外婆照看三个孩子".into())));
        assert_eq!(note(xu).await, Some(Some("外婆照看三个孩子".into())));
        assert_eq!(note(wang).await, Some(None));
        assert_eq!(note(chen).await, None);
        for nobody in [&site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            assert_eq!(note(nobody).await, None);
            assert!(encounter::queries::list(&site.node, nobody, None, 9).await.unwrap().items.is_empty());
        }
        let body = json!({ "account": chen.account, "noun": "person", "record": lina });
        site.make(li, "assignment.give", body).await;
        assert_eq!(note(chen).await, Some(None), "reached through the person");
        let rewritten = site.refused(wang, "encounter.amend", id, json!({ "note": "改" })).await;
        assert_eq!(rewritten, "SK-1009");
        site.done(xu, "encounter.erase", id, json!({})).await;
        assert_eq!(note(li).await, Some(Some(String::new())));
    });
}

#[test]
fn what_becomes_of_a_need() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let lina = person(site, "李娜").await;
        let make =
            async |code: &str| site.make(li, "need.hear", json!({ "person": lina, "code": code })).await;
        let (a, b, c) = (make("wage").await, make("school").await, make("health").await);
        site.done(li, "need.ask", a, json!({})).await;
        site.done(li, "need.ask", a, json!({})).await;
        site.done(li, "need.dismiss", b, json!({})).await;
        assert_eq!(site.refused(li, "need.dismiss", a, json!({})).await, "SK-3206");
        assert_eq!(site.refused(li, "need.reopen", c, json!({})).await, "SK-3207");
        let ids = async |status: Option<Status>| -> Vec<Id> {
            let page = need::queries::list(&site.node, li, status, None, 9).await.unwrap();
            page.items.iter().map(|need| need.id).collect()
        };
        assert_eq!(ids(Some(Status::Heard)).await, [c]);
        assert_eq!(ids(Some(Status::Asked)).await, [a]);
        assert_eq!(ids(None).await, [c, b, a]);
        site.done(li, "need.reopen", b, json!({})).await;
        assert_eq!(ids(Some(Status::Heard)).await, [c, b]);
        let first = need::queries::list(&site.node, li, None, None, 2).await.unwrap();
        let rest = need::queries::list(&site.node, li, None, first.next.as_deref(), 2).await.unwrap();
        assert_eq!((first.items.len(), rest.items[0].id, rest.next), (2, a, None));
        assert!(need::queries::list(&site.node, chen, None, None, 9).await.unwrap().items.is_empty());
        assert_eq!(need::queries::count(&site.node, chen, Status::Heard).await.unwrap(), 0);
    });
}

#[test]
fn what_is_refused() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let lina = person(site, "李娜").await;
        let base = json!({ "kind": "call", "day": "2026-11-24", "persons": [lina] });
        let with = |field: &str, value: Value| {
            let mut body = base.clone();
            body[field] = value;
            body
        };
        for (body, code) in [
            (with("day", json!("2026-02-30")), "SK-1001"),
            (with("day", json!("2027-01-01")), "SK-3201"),
            (with("day", json!("1989-06-01")), "SK-3201"),
            (with("persons", json!([])), "SK-3202"),
            (with("persons", json!([site.id()])), "SK-1004"),
            (with("minutes", json!(1441)), "SK-3204"),
            (with("minutes", json!(-1)), "SK-1001"),
            (with("note", json!("长".repeat(8001))), "SK-1010"),
            (with("note", json!("a\0b")), "SK-1001"),
            (with("worker", json!(site.id())), "SK-1004"),
            (with("kind", json!("raid")), "SK-1001"),
        ] {
            assert_eq!(site.refused(li, "encounter.record", site.id(), body.clone()).await, code, "{body}");
        }
        for (body, code) in [
            (json!({ "code": "wage" }), "SK-3205"),
            (json!({ "person": lina }), "SK-3208"),
            (json!({ "person": lina, "code": "other", "words": " " }), "SK-3208"),
            (json!({ "person": lina, "code": "gold" }), "SK-1001"),
            (json!({ "person": lina, "code": "wage", "status": "asked" }), "SK-1009"),
            (json!({ "person": site.id(), "code": "wage" }), "SK-1004"),
        ] {
            assert_eq!(site.refused(li, "need.hear", site.id(), body.clone()).await, code, "{body}");
        }
        let hostile = "<img src=x onerror=alert(1)> ' OR 1=1 --";
        let body = json!({ "person": lina, "code": "other", "words": hostile });
        let id = site.make(li, "need.hear", body).await;
        let need = need::queries::one(&site.node, li, id).await.unwrap().unwrap();
        assert_eq!(need.words, hostile);
    });
}

#[test]
fn erasing_a_person_erases_their_words() {
    on_both(contexts, async |site| {
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let lina = person(site, "李娜").await;
        let body = json!({ "person": lina, "code": "wage", "words": "三个月没发工资" });
        let id = site.make(li, "need.hear", body).await;
        site.done(xu, "person.erase", lina, json!({})).await;
        let need = need::queries::one(&site.node, li, id).await.unwrap().unwrap();
        assert_eq!((need.words.as_str(), need.code), ("", kernel::need::Code::Wage));
        assert_eq!(need::queries::count(&site.node, li, Status::Heard).await.unwrap(), 1);
    });
}
