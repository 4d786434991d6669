//! Sign-ups: places, the line, moving up, two phones at once, nobody beyond what fits.

use std::collections::HashMap;

use community::session;
use community::signup::{self, signup_id, views::SignUpView, views::Standing};
use kernel::{Actor, Id, Outcome, PersonId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, evening, next_session, person};

async fn room(site: &TestSite, capacity: u32) -> (Id, Id) {
    let at = evening(site, "2026-11-28").await;
    site.done(&site.cast.li, "activity.amend", at.0, json!({ "capacity": capacity })).await;
    at
}

fn body((activity, session): (Id, Id), rest: &Value) -> Value {
    let mut body = json!({ "session": session, "activity": activity });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    body
}

async fn sign_up(site: &TestSite, at: (Id, Id), rest: Value) -> Id {
    site.make(&site.cast.li, "signup.make", body(at, &rest)).await
}

async fn known(site: &TestSite, actor: &Actor, at: (Id, Id), who: Id) -> Id {
    let id = signup_id(at.1, PersonId(who));
    site.done(actor, "signup.make", id, body(at, &json!({ "person": who }))).await;
    id
}

async fn list(site: &TestSite, session: Id) -> Vec<SignUpView> {
    let card = session::queries::one(&site.node, &site.cast.li, session).await.unwrap().unwrap();
    let all = signup::queries::of_session(&site.node, &site.cast.li, &card).await.unwrap();
    let heads = |standing: &[Standing]| -> u32 {
        all.iter().filter(|it| standing.contains(&it.standing)).map(|it| it.adults + it.children).sum()
    };
    assert_eq!(card.expected.seated, heads(&[Standing::In, Standing::Came]));
    assert_eq!(card.expected.waiting, heads(&[Standing::Waiting]));
    all
}

async fn standing(site: &TestSite, session: Id) -> HashMap<Id, (Standing, Option<u32>)> {
    list(site, session).await.iter().map(|it| (it.id, (it.standing, it.line))).collect()
}

#[test]
fn the_thirty_first_child_waits() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let at = room(site, 30).await;
        let mut children = Vec::new();
        for number in 1..=32 {
            let who = person(site, &format!("孩子{number}")).await;
            children.push(known(site, li, at, who).await);
        }
        let now = standing(site, at.1).await;
        assert!(children[..30].iter().all(|id| now[id] == (Standing::In, None)));
        assert_eq!(now[&children[30]], (Standing::Waiting, Some(1)));
        assert_eq!(now[&children[31]], (Standing::Waiting, Some(2)));

        // One cancels: the first of the line moves up by itself, and who comes back stands at its end.
        site.done(li, "signup.cancel", children[4], json!({})).await;
        let now = standing(site, at.1).await;
        assert_eq!(now[&children[4]].0, Standing::Cancelled);
        assert_eq!((now[&children[30]].0, now[&children[31]].1), (Standing::In, Some(1)));
        assert_eq!(site.refused(li, "signup.cancel", children[4], json!({})).await, "SK-3136");
        site.done(li, "signup.renew", children[4], json!({ "session": at.1 })).await;
        assert_eq!(standing(site, at.1).await[&children[4]], (Standing::Waiting, Some(2)));
        assert_eq!(
            site.refused(li, "signup.renew", children[4], json!({ "session": at.1 })).await,
            "SK-3137"
        );

        // Staff let the first in, with a reason; nobody loses a place by it.
        let admit = site.envelope("signup.admit", children[31], json!({}));
        let silent = kernel::Envelope { reason: None, ..admit.clone() };
        let receipt = &site.send(li, vec![silent]).await[0];
        assert_eq!(receipt.problem.as_ref().unwrap().code, "SK-1007");
        assert_eq!(site.refused(&site.cast.chen, "signup.admit", children[31], json!({})).await, "SK-1003");
        let again = site.envelope("signup.admit", children[31], json!({}));
        assert_eq!(site.send(li, vec![again]).await[0].outcome, Outcome::Applied);
        let now = standing(site, at.1).await;
        assert_eq!(now.values().filter(|it| it.0 == Standing::In).count(), 31);
        assert_eq!(now[&children[4]], (Standing::Waiting, Some(1)));
    });
}

#[test]
fn heads_are_counted_and_come_down_only() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let at = room(site, 6).await;
        let family = sign_up(site, at, json!({ "nickname": "小宝妈", "adults": 1, "children": 2 })).await;
        let four = sign_up(site, at, json!({ "nickname": "老王一家", "adults": 2, "children": 2 })).await;
        let one = sign_up(site, at, json!({ "nickname": "阿芳" })).await;
        let now = standing(site, at.1).await;
        assert_eq!(now[&family].0, Standing::In);
        assert_eq!((now[&four].1, now[&one].1), (Some(1), Some(2)), "nobody is overtaken for being many");
        let more = json!({ "adults": 3, "children": 2 });
        assert_eq!(site.refused(li, "signup.lessen", four, more).await, "SK-3135");
        site.done(li, "signup.lessen", four, json!({ "adults": 1, "children": 1 })).await;
        let now = standing(site, at.1).await;
        assert_eq!((now[&four].0, now[&one].0), (Standing::In, Standing::In));
        for (adults, children) in [(0, 0), (201, 0), (u32::MAX, u32::MAX)] {
            let body = json!({ "adults": adults, "children": children });
            assert_eq!(site.refused(li, "signup.lessen", family, body).await, "SK-3133");
        }
    });
}

#[test]
fn signing_up_twice_is_signing_up_once() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let at = room(site, 10).await;
        let lina = person(site, "李娜").await;
        let who = json!({ "person": lina });
        assert_eq!(site.refused(li, "signup.make", site.id(), body(at, &who)).await, "SK-3134");
        let id = known(site, li, at, lina).await;
        assert_eq!(site.refused(wang, "signup.make", id, body(at, &who)).await, "SK-1006");
        let other = next_session(site, at.0, "2026-12-05").await;
        known(site, wang, (at.0, other), lina).await;
        assert_eq!(list(site, at.1).await.len(), 1);
    });
}

#[test]
fn what_a_sign_up_refuses() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let at = room(site, 10).await;
        let (other, _) = evening(site, "2026-11-29").await;
        let lina = person(site, "李娜").await;
        for (rest, code) in [
            (json!({}), "SK-3132"),
            (json!({ "nickname": "  " }), "SK-3132"),
            (json!({ "nickname": "小娜", "person": lina }), "SK-3132"),
            (json!({ "nickname": "娜".repeat(81) }), "SK-1010"),
            (json!({ "nickname": "娜".repeat(10_001) }), "SK-1010"),
            (json!({ "nickname": "a\0b" }), "SK-1001"),
            (json!({ "nickname": "小娜", "adults": 0, "children": 0 }), "SK-3133"),
            (json!({ "nickname": "小娜", "adults": -1 }), "SK-1001"),
            (json!({ "nickname": "小娜", "told": 1 }), "SK-3139"),
            (json!({ "nickname": "小娜", "cancelled": true }), "SK-1009"),
            (json!({ "nickname": "小娜", "place": 1 }), "SK-1009"),
            (json!({ "nickname": "小娜", "activity": other }), "SK-3105"),
            (json!({ "nickname": "小娜", "session": site.id() }), "SK-1004"),
            (json!({ "person": site.id() }), "SK-1004"),
        ] {
            assert_eq!(site.refused(li, "signup.make", site.id(), body(at, &rest)).await, code, "{rest}");
        }
        let hostile = "'); DROP TABLE record; --<script>";
        sign_up(site, at, json!({ "nickname": hostile, "words": "𠮷" })).await;
        assert_eq!(list(site, at.1).await[0].nickname.as_deref(), Some(hostile));
        // A session that is cancelled meanwhile keeps what a phone sends late, to be told.
        site.done(li, "session.cancel", at.1, json!({ "why": "下雨" })).await;
        sign_up(site, at, json!({ "nickname": "迟到的报名" })).await;
        assert!(list(site, at.1).await.iter().all(|it| it.to_tell));
    });
}

#[test]
fn the_list_flows_into_the_roll() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let at = room(site, 2).await;
        let lina = person(site, "李娜").await;
        let signup = known(site, li, at, lina).await;
        let full = sign_up(site, at, json!({ "nickname": "老王", "adults": 1, "children": 2 })).await;
        let mark = community::participation::mark_id(at.1, community::participation::MarkKind::Person, lina);
        let bundle = Some(site.id());
        let together = [
            site.envelope("participation.mark", mark, body(at, &json!({ "kind": "person", "person": lina }))),
            site.envelope("signup.come", signup, json!({})),
        ];
        let together = together.map(|envelope| kernel::Envelope { bundle, ..envelope }).to_vec();
        let receipts = site.send(li, together.clone()).await;
        assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied));
        let receipts = site.send(li, together).await;
        assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::AlreadyApplied));
        assert_eq!(standing(site, at.1).await[&signup].0, Standing::Came);
        assert_eq!(super::totals(site, li, at.1).await, (1, 1, 0, 0));

        // Who waits and comes all the same is here; nobody is sent away by a list.
        assert_eq!(standing(site, at.1).await[&full].1, Some(1));
        site.done(li, "signup.come", full, json!({})).await;
        assert_eq!(standing(site, at.1).await[&full].0, Standing::Came);
        site.done(li, "signup.stay", full, json!({})).await;
        assert_eq!(standing(site, at.1).await[&full].1, Some(1));
        assert_eq!(site.refused(li, "signup.stay", full, json!({})).await, "SK-3138");
    });
}

#[test]
fn volunteers_see_what_they_were_given() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let at = room(site, 2).await;
        let rest = body(at, &json!({ "nickname": "小娜", "phone": "138 0013 8000" }));
        assert_eq!(site.refused(chen, "signup.make", site.id(), rest.clone()).await, "SK-1004");
        let given = json!({ "account": chen.account, "noun": "activity", "record": at.0 });
        site.make(li, "assignment.give", given).await;
        site.done(chen, "signup.make", site.id(), rest).await;
        let card = session::queries::one(&site.node, chen, at.1).await.unwrap().unwrap();
        let all = signup::queries::of_session(&site.node, chen, &card).await.unwrap();
        assert_eq!(all[0].phone.as_deref(), Some("138 0013 8000"));
        let none = session::queries::one(&site.node, &site.cast.coordinator, at.1).await.unwrap();
        assert_eq!(none, None);
    });
}

/// What volunteers do, in any order.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Make(u32),
    Cancel(usize),
    Renew(usize),
    Lessen(usize),
    Admit(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => (1_u32..5).prop_map(Deed::Make),
        2 => (0_usize..12).prop_map(Deed::Cancel),
        1 => (0_usize..12).prop_map(Deed::Renew),
        1 => (0_usize..12).prop_map(Deed::Lessen),
        1 => (0_usize..12).prop_map(Deed::Admit),
    ];
    proptest::collection::vec(deed, 1..18)
}

/// Whatever is done in whatever order and by two phones at once: never more people than fit, but for those let in with a
/// reason; and who has a place keeps it.
#[test]
fn never_over_capacity() {
    on_both(contexts, async |site| {
        let mut runner =
            TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let mut plays: Vec<Vec<Deed>> = Vec::new();
        for _ in 0..24 {
            let tree = deeds().new_tree(&mut runner).unwrap();
            plays.push(tree.current());
        }
        for play in plays {
            playing(site, &play).await;
        }
    });
}

const PLACES: u32 = 7;

async fn playing(site: &TestSite, play: &[Deed]) {
    let (li, wang) = (&site.cast.li, &site.cast.wang);
    let at = room(site, PLACES).await;
    let mut made: Vec<Id> = Vec::new();
    let mut seated: Vec<Id> = Vec::new();
    for (turn, deed) in play.iter().enumerate() {
        let actor = if turn % 2 == 0 { li } else { wang };
        let of = |at: usize| made.get(at).copied();
        let mut left = None;
        match *deed {
            Deed::Make(heads) => {
                let rest = body(at, &json!({ "nickname": format!("{turn}"), "adults": heads }));
                let (a, b) = (site.id(), site.id());
                // The same moment, on two phones.
                let (first, second) = (
                    vec![site.envelope("signup.make", a, rest.clone())],
                    vec![site.envelope("signup.make", b, rest)],
                );
                let _ = (site.send(actor, first).await, site.send(wang, second).await);
                made.extend([a, b]);
            }
            Deed::Cancel(at) => {
                left = of(at);
                if let Some(id) = left {
                    site.one(actor, "signup.cancel", id, json!({})).await;
                }
            }
            Deed::Renew(place) => {
                if let Some(id) = of(place) {
                    site.one(actor, "signup.renew", id, json!({ "session": at.1 })).await;
                }
            }
            Deed::Lessen(at) => {
                if let Some(id) = of(at) {
                    site.one(actor, "signup.lessen", id, json!({ "adults": 1, "children": 0 })).await;
                }
            }
            Deed::Admit(at) => {
                if let Some(id) = of(at) {
                    site.one(actor, "signup.admit", id, json!({})).await;
                }
            }
        }
        let all = list(site, at.1).await;
        let heads = |extra: bool| -> u32 {
            all.iter()
                .filter(|it| it.standing == Standing::In && it.admitted == extra)
                .map(|it| it.adults + it.children)
                .sum()
        };
        assert!(heads(false) <= PLACES, "{play:?}");
        let now: Vec<Id> = all.iter().filter(|it| it.standing == Standing::In).map(|it| it.id).collect();
        assert!(seated.iter().all(|id| now.contains(id) || Some(*id) == left), "{play:?}");
        seated = now;
    }
}
