//! The journal is enough: rebuilding gives the same bytes, and any change of the journal is found.

use kernel::{Id, Role};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::site::{Site, actor, manager, on_both, worker};

async fn digests(site: &Site) -> Vec<(String, u64, String)> {
    let mut all = Vec::new();
    for table in site.node.derived() {
        let (rows, digest) = site.node.table_digest(table).await.unwrap();
        all.push((table.name.to_owned(), rows, digest));
    }
    all
}

/// A step of a made-up life: which record, what is done.
#[derive(Clone, Debug)]
enum Step {
    Create(u8),
    Amend {
        who: u8,
        base: Option<i64>,
        field: u8,
        value: u8,
    },
    Wish(u8),
    Retract(u8),
    Restore(u8),
    Erase(u8),
    Letter(u8, &'static str),
    /// Withdraws the last letter, with or without a word why.
    Burn(Option<&'static str>),
    Settle(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0_u8..4;
    prop_oneof![
        3 => who.clone().prop_map(Step::Create),
        6 => (who.clone(), prop::option::of(1_i64..4), 0_u8..4, 0_u8..3)
            .prop_map(|(who, base, field, value)| Step::Amend { who, base, field, value }),
        2 => who.clone().prop_map(Step::Wish),
        1 => who.clone().prop_map(Step::Retract),
        1 => who.clone().prop_map(Step::Restore),
        1 => who.clone().prop_map(Step::Erase),
        3 => (who.clone(), prop::sample::select(vec!["", "信"])).prop_map(|(who, words)| Step::Letter(who, words)),
        1 => prop::option::of(Just("烧了")).prop_map(Step::Burn),
        1 => who.prop_map(Step::Settle),
    ]
}

async fn take(site: &Site, step: &Step, ids: &[Id], last: &mut Id) {
    let id = |who: u8| ids[usize::from(who)];
    let mut reason = Some("测试");
    let (actor, verb, record, base, body) = match step {
        Step::Create(who) => {
            (worker(), "human.create", id(*who), None, json!({"name": "娜", "phone": "1", "tags": ["x"]}))
        }
        Step::Amend { who, base, field, value } => {
            let body = match field {
                0 => json!({"name": format!("名{value}")}),
                1 => json!({"phone": format!("{value}")}),
                2 => json!({"tags": [format!("{value}")]}),
                _ => json!({"sex": "F", "phone": null}),
            };
            (actor(Role::Worker, 103), "human.amend", id(*who), *base, body)
        }
        Step::Wish(who) => (worker(), "human.wish", id(*who), None, json!({"more": 1})),
        Step::Retract(who) => (worker(), "human.retract", id(*who), None, json!({})),
        Step::Restore(who) => (worker(), "human.restore", id(*who), None, json!({})),
        Step::Erase(who) => (manager(), "human.erase", id(*who), None, json!({})),
        Step::Letter(who, words) => {
            (*last, reason) = (site.id(), None);
            (worker(), "letter.write", *last, None, json!({"human": id(*who), "words": words}))
        }
        Step::Burn(why) => {
            reason = *why;
            (worker(), "letter.burn", *last, None, json!({}))
        }
        Step::Settle(who) => {
            let held = site.node.held(worker().site, "human", id(*who)).await.unwrap();
            let Some(aside) = held.and_then(|held| held.set_aside.first().cloned()) else { return };
            let body = json!({"command": aside.command, "field": aside.field, "take": true});
            (worker(), "human.settle", id(*who), None, body)
        }
    };
    let mut envelope = site.envelope(verb, record, base, body);
    envelope.reason = reason.map(str::to_owned);
    site.send(&actor, vec![envelope]).await;
}

#[test]
fn rebuilding_gives_the_same_bytes_whatever_happened() {
    on_both(async |site: Site| {
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let mut records = 0;
        for _ in 0..24 {
            let steps = prop::collection::vec(step(), 5..30).new_tree(&mut runner).unwrap().current();
            let ids: Vec<Id> = (0..4).map(|_| site.id()).collect();
            let mut last = site.id();
            for step in &steps {
                take(&site, step, &ids, &mut last).await;
            }
            let before = digests(&site).await;
            let rebuilt = site.node.rebuild().await.unwrap();
            assert_eq!(before, digests(&site).await, "after {steps:?}");
            records = rebuilt.records;
        }
        assert!(records > 50, "{records} records are little to be right about");
        assert!(site.node.verify().await.unwrap().broken.is_empty());
        // Commands go on as before.
        let id = site.human("后来").await;
        assert_eq!(site.node.history(worker().site, "human", id).await.unwrap().len(), 1);
    });
}
