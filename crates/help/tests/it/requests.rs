//! Requests.

use help::request::queries::{Filter, due, list, of_need, of_persons, one};
use help::request::{Status, reactions};
use jiff::civil::date;
use kernel::Id;
use serde_json::json;
use testkit::{TestSite, on_both, on_sqlite};

use crate::contexts;

async fn ask(site: &TestSite, person: Id, due: Option<&str>) -> Id {
    let body = json!({ "person": person, "code": "wage", "words": "讨薪", "due": due, "owner": site.cast.wang.account });
    site.make(&site.cast.li, "request.ask", body).await
}

#[test]
fn from_asking_to_done() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
        let id = ask(site, lina, Some("2026-12-01")).await;
        assert_eq!(site.refused(wang, "request.finish", id, json!({ "outcome": "  " })).await, "SK-3305");
        assert_eq!(site.refused(wang, "request.reopen", id, json!({})).await, "SK-3304");
        site.done(wang, "request.finish", id, json!({ "outcome": "已付清" })).await;
        let card = one(&site.node, li, id).await.unwrap().unwrap();
        assert_eq!((card.status, card.outcome.as_str()), (Status::Done, "已付清"));
        assert_eq!(card.owner.id, wang.account.0);
        assert_eq!(site.refused(wang, "request.drop", id, json!({ "outcome": "x" })).await, "SK-3303");
        site.done(li, "request.reopen", id, json!({})).await;
        let mut silent = site.envelope("request.drop", id, json!({ "outcome": "搬走了" }));
        silent.reason = None;
        let receipt = site.send(li, vec![silent]).await.remove(0);
        assert_eq!(receipt.problem.unwrap().code, "SK-1007");
        site.done(li, "request.drop", id, json!({ "outcome": "搬走了" })).await;
        let history = site.node.history(site.site, "request", id).await.unwrap();
        let verbs: Vec<&str> = history.iter().map(|past| past.verb.as_str()).collect();
        assert_eq!(verbs, ["request.ask", "request.finish", "request.reopen", "request.drop"]);
        assert_eq!(history[3].reason.as_deref(), Some("测试"));
    });
}

#[test]
fn what_is_due() {
    on_both(contexts, async |site| {
        let (li, wang, chen) = (&site.cast.li, &site.cast.wang, &site.cast.chen);
        let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
        let overdue = ask(site, lina, Some("2026-11-20")).await;
        let today = ask(site, lina, Some("2026-11-24")).await;
        let tomorrow = ask(site, lina, Some("2026-11-25")).await;
        let someday = ask(site, lina, None).await;
        let done = ask(site, lina, Some("2026-11-24")).await;
        site.done(wang, "request.finish", done, json!({ "outcome": "好" })).await;

        let (now, late) = due(&site.node, li, date(2026, 11, 24)).await.unwrap();
        assert_eq!(now.iter().map(|card| card.id).collect::<Vec<_>>(), [today]);
        assert_eq!(late.iter().map(|card| card.id).collect::<Vec<_>>(), [overdue]);

        let mut seen = Vec::new();
        let mut after = None;
        let open = Filter { status: Some(Status::Open), owner: Some(wang.account), ..Filter::default() };
        loop {
            let page = list(&site.node, li, open, after.as_deref(), 1).await.unwrap();
            seen.extend(page.items.iter().map(|card| card.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [overdue, today, tomorrow, someday]);
        let not_his = Filter { owner: Some(li.account), ..open };
        assert!(list(&site.node, li, not_his, None, 9).await.unwrap().items.is_empty());
        let soon = Filter { due_before: Some(date(2026, 11, 25)), ..Filter::default() };
        assert_eq!(list(&site.node, li, soon, None, 9).await.unwrap().items.len(), 3);
        assert!(list(&site.node, chen, Filter::default(), None, 9).await.unwrap().items.is_empty());
        let body = json!({ "account": chen.account, "noun": "request", "record": today });
        site.make(li, "assignment.give", body).await;
        assert_eq!(list(&site.node, chen, Filter::default(), None, 9).await.unwrap().items.len(), 1);
        assert_eq!(of_persons(&site.node, li, &[lina], 50).await.unwrap().len(), 5);
        assert!(of_need(&site.node, li, site.id()).await.unwrap().is_empty());
    });
}

#[test]
fn what_is_refused() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
        for (body, code) in [
            (json!({ "code": "wage" }), "SK-3301"),
            (json!({ "person": lina }), "SK-3306"),
            (json!({ "person": lina, "code": "wage", "due": "2026-02-30" }), "SK-1001"),
            (json!({ "person": lina, "code": "wage", "due": "1989-12-31" }), "SK-3302"),
            (json!({ "person": lina, "code": "wage", "due": "9999-01-01" }), "SK-3302"),
            (json!({ "person": lina, "code": "wage", "owner": site.id() }), "SK-1004"),
            (json!({ "person": lina, "code": "wage", "need": site.id() }), "SK-1004"),
            (json!({ "person": lina, "code": "wage", "words": "长".repeat(2001) }), "SK-1010"),
            (json!({ "person": lina, "code": "wage", "outcome": "x" }), "SK-1009"),
            (json!({ "person": lina, "code": "wage", "status": "done" }), "SK-1009"),
        ] {
            assert_eq!(site.refused(li, "request.ask", site.id(), body.clone()).await, code, "{body}");
        }
        let id = ask(site, lina, None).await;
        assert_eq!(site.refused(li, "request.finish", id, json!({})).await, "SK-1001");
        let coordinator =
            site.refused(&site.cast.coordinator, "request.finish", id, json!({ "outcome": "x" })).await;
        assert_eq!(coordinator, "SK-1003");
    });
}

#[test]
fn asking_for_a_need_marks_it_asked() {
    on_sqlite(contexts, async |site| {
        let need = site.id();
        let command = site.envelope("request.ask", site.id(), json!({ "need": need, "code": "wage" }));
        let follow = reactions(&command);
        assert_eq!((follow[0].verb.as_str(), follow[0].record), ("need.ask", need));
        assert_eq!(follow[0].id, reactions(&command)[0].id, "the same whenever it is sent");
        assert!(reactions(&site.envelope("request.ask", site.id(), json!({ "code": "wage" }))).is_empty());
        assert!(reactions(&site.envelope("request.amend", site.id(), json!({ "need": need }))).is_empty());
    });
}
