//! Merges in any order: no circle, nobody lost, nobody counted twice, everything taken back.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Id, Outcome};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use testkit::{TestSite, on_both};

use crate::{contexts, person};

#[derive(Clone, Copy, Debug)]
enum Step {
    Merge(usize, usize),
    Unmerge(usize),
    Retract(usize),
    Restore(usize),
}

/// What should be known of each person: whom it was merged into, and whether it was withdrawn.
#[derive(Clone, Copy, Default)]
struct Told {
    into: Option<usize>,
    gone: bool,
}

const PERSONS: usize = 6;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = 0..PERSONS;
    let step = prop_oneof![
        6 => (one.clone(), one.clone()).prop_map(|(from, into)| Step::Merge(from, into)),
        2 => one.clone().prop_map(Step::Unmerge),
        1 => one.clone().prop_map(Step::Retract),
        1 => one.prop_map(Step::Restore),
    ];
    proptest::collection::vec(step, 1..24)
}

/// Does the step to what is told, if it may be done.
fn tell(told: &mut [Told], step: Step) -> bool {
    match step {
        Step::Merge(from, into) => {
            let may = from != into && !told[from].gone && !told[into].gone;
            let may = may && told[from].into.is_none() && told[into].into.is_none();
            if may {
                told[from].into = Some(into);
            }
            may
        }
        Step::Unmerge(at) => !told[at].gone && told[at].into.take().is_some(),
        Step::Retract(at) => !std::mem::replace(&mut told[at].gone, true),
        Step::Restore(at) => std::mem::replace(&mut told[at].gone, false),
    }
}

/// Who stands for somebody: whoever is at the end of the merges, as far as they were not withdrawn.
fn root(told: &[Told], mut at: usize) -> usize {
    let mut steps = 0;
    while let Some(next) = told[at].into.filter(|next| !told[*next].gone) {
        at = next;
        steps += 1;
        assert!(steps <= told.len(), "the merges go round in a circle");
    }
    at
}

async fn play(site: &TestSite, steps: &[Step]) {
    let li = &site.cast.li;
    let mut ids = Vec::new();
    for at in 0..PERSONS {
        ids.push(
            person(site, li, &format!("李{}", ["甲", "乙", "丙", "丁", "戊", "己"][at]), json!({})).await,
        );
    }
    let mut told = [Told::default(); PERSONS];
    for step in steps {
        let (verb, at, body) = match *step {
            Step::Merge(from, into) => ("person.merge", from, json!({ "into": ids[into] })),
            Step::Unmerge(at) => ("person.unmerge", at, json!({})),
            Step::Retract(at) => ("person.retract", at, json!({})),
            Step::Restore(at) => ("person.restore", at, json!({})),
        };
        let receipt = site.one(li, verb, ids[at], body).await;
        let may = tell(&mut told, *step);
        assert_eq!(receipt.outcome == Outcome::Applied, may, "{step:?} in {steps:?}: {:?}", receipt.problem);
    }
    let live: Vec<usize> = (0..PERSONS).filter(|at| !told[*at].gone).collect();
    let asked: Vec<Id> = live.iter().map(|at| ids[*at]).collect();
    let roots = people::person::roots(&site.node, site.site, &asked).await.unwrap();
    let mut groups: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for at in live {
        let root = ids[root(&told, at)];
        assert_eq!(roots[&ids[at]], root, "{steps:?}");
        groups.entry(root).or_default().insert(ids[at]);
    }
    for (root, group) in groups {
        let same = people::person::same_person(&site.node, site.site, root).await.unwrap();
        assert_eq!(same.into_iter().collect::<BTreeSet<Id>>(), group, "{steps:?}");
    }
}

#[test]
fn merges_in_any_order_lose_and_double_nobody() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let cases: Vec<Vec<Step>> = (0..40)
        .map(|_| steps().new_tree(&mut runner).expect("a strategy without rejects").current())
        .collect();
    on_both(contexts, async |site| {
        for steps in &cases {
            play(site, steps).await;
        }
    });
}

#[test]
fn a_long_chain_of_merges_ends_at_its_last() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let mut chain = vec![person(site, li, "李娜", json!({})).await];
        for _ in 0..70 {
            let next = person(site, li, "李娜", json!({})).await;
            site.done(li, "person.merge", chain[chain.len() - 1], json!({ "into": next })).await;
            chain.push(next);
        }
        let last = chain[chain.len() - 1];
        let roots = people::person::roots(&site.node, site.site, &chain).await.unwrap();
        assert!(roots.values().all(|root| *root == last), "{roots:?}");
        let same = people::person::same_person(&site.node, site.site, last).await.unwrap();
        assert_eq!(same.len(), chain.len());
        site.done(li, "person.unmerge", chain[35], json!({})).await;
        let roots = people::person::roots(&site.node, site.site, &chain).await.unwrap();
        assert_eq!((roots[&chain[0]], roots[&chain[36]]), (chain[35], last));
    });
}
