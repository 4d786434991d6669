//! Referrals: what leaves the house, who answers, and when a link opens nothing any more.

use help::referral::queries::{Filter, Followed, follow, list, of_consent, of_persons, page, unanswered};
use help::referral::views::{PartnerView, ReferralPage};
use help::referral::{Secret, Status, Via};
use jiff::SignedDuration;
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use crate::contexts;

/// Somebody, a partner, and a consent to tell it name, phone and need.
struct Ground {
    person: Id,
    partner: Id,
    consent: Id,
}

async fn ground(site: &TestSite) -> Ground {
    let li = &site.cast.li;
    let person = site.make(li, "person.create", json!({ "name": "李娜" })).await;
    let partner = site.make(li, "organisation.add", json!({ "name": "法律援助中心" })).await;
    let body = json!({
        "person": person, "purpose": "referral", "fields": ["name", "phone", "need"], "given_on": "2026-11-24",
        "expires_on": "2026-12-24",
    });
    let consent = site.make(li, "consent.record", body).await;
    Ground { person, partner, consent }
}

/// A referral with whatever else.
fn body(ground: &Ground, rest: Value) -> Value {
    let mut body = json!({
        "person": ground.person, "organisation": ground.partner, "consent": ground.consent, "code": "wage",
        "due": "2026-12-01",
        "told": [{ "group": "name", "text": "李娜" }, { "group": "need", "text": "三个月工资没有发" }],
    });
    if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
        body.extend(rest);
    }
    body
}

async fn sent(site: &TestSite, ground: &Ground) -> Id {
    site.make(&site.cast.li, "referral.send", body(ground, json!({}))).await
}

/// A link that opens for 30 days, and what it consists of.
async fn linked(site: &TestSite, ground: &Ground, referral: Id, seed: u8) -> Secret {
    let secret = Secret::new([seed; 32]);
    let until = site.now().checked_add(SignedDuration::from_hours(30 * 24)).unwrap();
    let body = json!({ "link": secret.kept(until), "consent": ground.consent });
    site.done(&site.cast.li, "referral.open_link", referral, body).await;
    secret
}

async fn followed(site: &TestSite, secret: &Secret) -> Followed {
    follow(&site.node, &secret.token).await.unwrap().expect("the link is known")
}

async fn seen(site: &TestSite, secret: &Secret) -> Option<PartnerView> {
    followed(site, secret).await.view(&secret.token, &secret.code)
}

async fn shown(site: &TestSite, actor: &Actor, referral: Id) -> ReferralPage {
    page(&site.node, actor, referral).await.unwrap().expect("in scope")
}

#[test]
fn sent_opened_accepted_done() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let ground = ground(site).await;
        let id = sent(site, &ground).await;
        let secret = linked(site, &ground, id, 7).await;
        let view = seen(site, &secret).await.expect("the code opens it");
        assert_eq!((view.status, view.told.len()), (Status::Sent, 2));
        assert!(followed(site, &secret).await.view(&secret.token, "000000").is_none());

        let partner = followed(site, &secret).await.actor;
        let words = json!({ "answer": "accepted", "via": "slip" });
        site.done(&partner, "referral.answer", id, words).await;
        assert_eq!(
            site.refused(&partner, "referral.answer", id, json!({ "answer": "accepted" })).await,
            "SK-3316"
        );
        assert_eq!(
            site.refused(&partner, "referral.answer", id, json!({ "answer": "done" })).await,
            "SK-3317"
        );
        let done = json!({ "answer": "done", "words": "已追回 6000 元" });
        site.done(&partner, "referral.answer", id, done).await;
        let page = shown(site, wang, id).await;
        assert_eq!(page.card.status, Status::Done);
        assert_eq!(page.replies[1].words, "已追回 6000 元");
        assert!(
            page.replies.iter().all(|reply| reply.via == Via::Link),
            "a partner answers by its link only"
        );
        assert!(!followed(site, &secret).await.is_open(), "an answered link is used up");
        assert_eq!(
            site.refused(&partner, "referral.answer", id, json!({ "answer": "done", "words": "x" })).await,
            "SK-3314"
        );

        site.done(li, "referral.reopen", id, json!({})).await;
        let request = json!({ "person": ground.person, "code": "wage" });
        let request = site.make(li, "request.ask", request).await;
        site.done(li, "referral.follow_up", id, json!({ "request": request })).await;
        site.done(
            li,
            "referral.answer",
            id,
            json!({ "answer": "declined", "words": "不在服务范围", "via": "slip" }),
        )
        .await;
        let page = shown(site, li, id).await;
        assert_eq!((page.card.status, page.follow_up), (Status::Declined, Some(request)));
        assert_eq!((page.replies.len(), page.replies[2].via), (3, Via::Slip));
        let past = site.node.history(site.site, "referral", id).await.unwrap();
        assert!(past.iter().any(|past| past.verb == "referral.answer" && past.by.0 == id), "by the link");
    });
}

#[test]
fn nothing_beyond_the_consent_leaves_the_house() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let ground = ground(site).await;
        let other = site.make(li, "person.create", json!({ "name": "王芳" })).await;
        let elsewhere = site.make(li, "organisation.add", json!({ "name": "别处" })).await;
        let consent = async |rest: Value| {
            let mut body = json!({ "person": ground.person, "purpose": "referral", "fields": ["name", "need"], "given_on": "2026-11-24" });
            if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
                body.extend(rest);
            }
            site.make(li, "consent.record", body).await
        };
        let photo = consent(json!({ "purpose": "photo" })).await;
        let expired = consent(json!({ "given_on": "2026-10-01", "expires_on": "2026-11-23" })).await;
        let withdrawn = consent(json!({ "withdrawn_on": "2026-11-24" })).await;
        let narrow = consent(json!({ "organisation": elsewhere })).await;
        let unwilling = consent(json!({ "own_answer": "no" })).await;
        let mistaken = consent(json!({})).await;
        site.done(li, "consent.retract", mistaken, json!({})).await;
        let long = "长".repeat(2001);
        let many: Vec<Value> = (0..31).map(|_| json!({ "group": "need", "text": "事" })).collect();
        for (rest, code) in [
            (json!({ "consent": photo }), "SK-3310"),
            (json!({ "consent": expired }), "SK-3310"),
            (json!({ "consent": withdrawn }), "SK-3310"),
            (json!({ "consent": narrow }), "SK-3310"),
            (json!({ "consent": unwilling }), "SK-3310"),
            (json!({ "consent": mistaken }), "SK-1004"),
            (json!({ "consent": site.id() }), "SK-1004"),
            (json!({ "person": other }), "SK-3310"),
            (json!({ "organisation": site.id() }), "SK-1004"),
            (json!({ "told": [{ "group": "health", "text": "哮喘" }] }), "SK-3311"),
            (json!({ "told": [] }), "SK-3312"),
            (json!({ "told": [{ "group": "name", "text": " " }] }), "SK-3312"),
            (json!({ "told": [{ "group": "name", "text": long }] }), "SK-1010"),
            (json!({ "told": many }), "SK-3313"),
            (json!({ "due": "2026-02-30" }), "SK-1001"),
            (json!({ "due": "1999-12-31" }), "SK-3302"),
            (json!({ "status": "done" }), "SK-1009"),
        ] {
            let body = body(&ground, rest);
            assert_eq!(site.refused(li, "referral.send", site.id(), body.clone()).await, code, "{body}");
        }
        let id = sent(site, &ground).await;
        let more = json!({ "told": [{ "group": "phone", "text": "13800138000" }] });
        assert_eq!(site.refused(li, "referral.amend", id, more).await, "SK-1009", "what was told is fixed");
        // What was refused is nowhere in the database, in any form that it could be read in.
        for text in ["哮喘", "13800138000"] {
            let held = site.node.held(site.site, "referral", id).await.unwrap().unwrap();
            assert!(!serde_json::to_string(held.object()).unwrap().contains(text));
        }
        let rows = site.node.rows("SELECT verb FROM journal WHERE verb = 'referral.send'", Vec::new()).await;
        assert_eq!(rows.unwrap().len(), 1);
    });
}

#[test]
fn a_link_opens_nothing_once_it_should_not() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let ground = ground(site).await;
        assert!(follow(&site.node, "nonsense").await.unwrap().is_none());
        let id = sent(site, &ground).await;
        let first = linked(site, &ground, id, 1).await;
        let second = linked(site, &ground, id, 2).await;
        assert!(follow(&site.node, &first.token).await.unwrap().is_none(), "replaced by the second");
        assert!(seen(site, &second).await.is_some());
        assert!(followed(site, &second).await.view(&first.token, &first.code).is_none());
        // Neither the token nor the code is in the state or in the journal.
        let held = site.node.held(site.site, "referral", id).await.unwrap().unwrap();
        let kept = serde_json::to_string(held.object()).unwrap();
        assert!(!kept.contains(&second.token) && !kept.contains(&second.code));

        // Withdrawn: closed at once, for views and for answers.
        site.done(li, "consent.amend", ground.consent, json!({ "withdrawn_on": "2026-11-24" })).await;
        let closed = followed(site, &second).await;
        assert!(!closed.is_open());
        let answer = json!({ "answer": "accepted" });
        assert_eq!(site.refused(&closed.actor, "referral.answer", id, answer.clone()).await, "SK-3310");
        let link = json!({ "link": second.kept(site.now()), "consent": ground.consent });
        assert_eq!(site.refused(li, "referral.open_link", id, link).await, "SK-3310");
        assert!(!shown(site, li, id).await.consent_holds);
        // What the house hears by phone can still be noted.
        site.done(li, "referral.answer", id, answer.clone()).await;

        // Run out: the consent was given until 24 December, another link for 30 days from 24 November.
        site.done(li, "consent.amend", ground.consent, json!({ "withdrawn_on": null })).await;
        assert!(seen(site, &second).await.is_some());
        site.advance(SignedDuration::from_hours(30 * 24));
        assert!(!followed(site, &second).await.is_open());
        let partner = followed(site, &second).await.actor;
        let done = json!({ "answer": "done", "words": "好" });
        assert_eq!(site.refused(&partner, "referral.answer", id, done).await, "SK-3318");
        site.advance(SignedDuration::from_hours(24));
        let third = Secret::new([3; 32]);
        let link = json!({ "link": third.kept(site.now()), "consent": ground.consent });
        assert_eq!(site.refused(li, "referral.open_link", id, link).await, "SK-3310", "the consent expired");
    });
}

#[test]
fn a_partner_reaches_its_referral_and_nothing_else() {
    on_both(contexts, async |site| {
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let ground = ground(site).await;
        let (mine, other) = (sent(site, &ground).await, sent(site, &ground).await);
        let secret = linked(site, &ground, mine, 7).await;
        let partner = followed(site, &secret).await.actor;
        let accept = json!({ "answer": "accepted" });
        assert_eq!(site.refused(&partner, "referral.answer", other, accept.clone()).await, "SK-1004");
        for (verb, record) in [
            ("referral.cancel", mine),
            ("referral.amend", mine),
            ("referral.open_link", mine),
            ("person.create", site.id()),
            ("consent.amend", ground.consent),
            ("request.ask", site.id()),
            ("account.set_password", partner.account.0),
        ] {
            assert_eq!(site.refused(&partner, verb, record, json!({})).await, "SK-1003", "{verb}");
        }
        for noun in ["person", "consent", "request", "organisation", "account"] {
            let ids = [ground.person, ground.consent, ground.partner, li.account.0];
            let found = site.node.visible(&partner, noun, &ids, kernel::Use::Read).await.unwrap();
            assert!(found.is_empty(), "{noun}");
        }
        for stranger in [&site.cast.chen, &site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            assert!(page(&site.node, stranger, mine).await.unwrap().is_none());
            assert_eq!(site.refused(stranger, "referral.answer", mine, accept.clone()).await, "SK-1003");
        }
        // Erased: the link finds nobody, the referral still counts.
        site.done(xu, "person.erase", ground.person, json!({})).await;
        assert!(follow(&site.node, &secret.token).await.unwrap().is_none());
        let page = shown(site, xu, mine).await;
        assert!(page.told.is_empty() && page.card.status == Status::Sent);
    });
}

#[test]
fn unanswered_ones_come_forward() {
    on_both(contexts, async |site| {
        let (li, wang, chen) = (&site.cast.li, &site.cast.wang, &site.cast.chen);
        let ground = ground(site).await;
        let soon = site.make(li, "referral.send", body(&ground, json!({ "due": "2026-11-25" }))).await;
        let later = site
            .make(li, "referral.send", body(&ground, json!({ "due": "2026-12-20", "owner": wang.account })))
            .await;
        let answered = sent(site, &ground).await;
        site.done(li, "referral.answer", answered, json!({ "answer": "accepted" })).await;
        let late = async || {
            let cards = unanswered(&site.node, li).await.unwrap();
            cards.iter().map(|card| card.id).collect::<Vec<_>>()
        };
        assert!(late().await.is_empty());
        site.advance(SignedDuration::from_hours(48));
        assert_eq!(late().await, [soon], "its day has passed");
        site.advance(SignedDuration::from_hours(5 * 24));
        assert_eq!(late().await, [soon, later], "a week has passed");
        assert!(unanswered(&site.node, chen).await.unwrap().is_empty());
        site.done(li, "referral.give_up", soon, json!({})).await;
        assert_eq!(late().await, [later]);
        assert_eq!(site.refused(li, "referral.give_up", answered, json!({})).await, "SK-3316");
        site.done(li, "referral.cancel", later, json!({})).await;
        assert_eq!(site.refused(li, "referral.cancel", later, json!({})).await, "SK-3314");
        assert_eq!(site.refused(li, "referral.reopen", answered, json!({})).await, "SK-3315");

        let ids = async |filter: Filter| {
            let page = list(&site.node, li, &filter, None, 50).await.unwrap();
            page.items.iter().map(|card| card.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Filter { open: Some(true), ..Filter::default() }).await, [answered]);
        assert_eq!(ids(Filter { open: Some(false), ..Filter::default() }).await, [soon, later]);
        assert_eq!(ids(Filter { owner: Some(wang.account), ..Filter::default() }).await, [later]);
        assert_eq!(ids(Filter { consent: Some(ground.consent), ..Filter::default() }).await.len(), 3);
        assert_eq!(ids(Filter { organisation: Some(site.id()), ..Filter::default() }).await, []);
        let slip = help::referral::slip(soon).to_lowercase();
        assert_eq!(ids(Filter { slip: Some(format!(" {slip} ")), ..Filter::default() }).await, [soon]);
        assert_eq!(of_consent(&site.node, li, ground.consent).await.unwrap().len(), 3);
        assert_eq!(of_persons(&site.node, li, &[ground.person], 2).await.unwrap()[0].id, answered);
        let first = list(&site.node, li, &Filter::default(), None, 2).await.unwrap();
        let rest = list(&site.node, li, &Filter::default(), first.next.as_deref(), 2).await.unwrap();
        assert_eq!((first.items.len(), rest.items.len(), rest.next), (2, 1, None));
    });
}

#[test]
fn what_a_link_must_be() {
    on_sqlite(contexts, async |site| {
        let ground = ground(site).await;
        let id = sent(site, &ground).await;
        let short =
            json!({ "link": { "token": "x", "code": "y", "until": site.now() }, "consent": ground.consent });
        assert_eq!(site.refused(&site.cast.li, "referral.open_link", id, short).await, "SK-3319");
        let silent = site.refused(&site.cast.li, "referral.open_link", id, json!({})).await;
        assert_eq!(silent, "SK-1001");
    });
}
