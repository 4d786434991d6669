//! A visit, a need, a request, done: entered once, seen everywhere.

use help::request::{Status, queries as requests, reactions};
use kernel::{Id, Outcome};
use outreach::{encounter, need};
use serde_json::json;
use testkit::on_both;

#[test]
fn from_a_visit_to_a_finished_request() {
    on_both(super::contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let mut family: Vec<Id> = Vec::new();
        for name in ["李娜", "李小龙", "𠮷", "奶奶"] {
            family.push(site.make(li, "person.create", json!({ "names": [{ "text": name }] })).await);
        }
        let (visit, coat, bundle) = (site.id(), site.id(), site.id());
        let mut commands = vec![
            site.envelope(
                "encounter.record",
                visit,
                json!({ "kind": "visit", "day": "2026-11-24", "persons": family, "note": "天冷" }),
            ),
            site.envelope(
                "need.hear",
                coat,
                json!({ "person": family[0], "encounter": visit, "code": "clothing", "words": "冬衣" }),
            ),
            site.envelope(
                "request.ask",
                site.id(),
                json!({
                    "need": coat, "person": family[0], "code": "clothing", "words": "找一件冬衣",
                    "owner": wang.account, "due": "2026-11-27",
                }),
            ),
        ];
        for command in &mut commands {
            command.bundle = Some(bundle);
        }
        let ask = commands[2].clone();
        for _ in 0..2 {
            let receipts = site.send(li, commands.clone()).await;
            assert!(receipts.iter().all(|receipt| receipt.problem.is_none()), "{receipts:?}");
            let followed = site.send(li, reactions(&ask)).await;
            assert_ne!(followed[0].outcome, Outcome::Refused);
        }
        let heard = need::queries::one(&site.node, li, coat).await.unwrap().unwrap();
        assert_eq!(heard.status, need::Status::Asked);
        let (today, overdue) = requests::due(&site.node, wang, site.node.today()).await.unwrap();
        assert!(today.is_empty() && overdue.is_empty());
        site.advance(jiff::SignedDuration::from_hours(4 * 24));
        let (_, overdue) = requests::due(&site.node, wang, site.node.today()).await.unwrap();
        assert_eq!(overdue[0].id, ask.record);
        site.done(wang, "request.finish", ask.record, json!({ "outcome": "已送到" })).await;
        let (_, overdue) = requests::due(&site.node, wang, site.node.today()).await.unwrap();
        assert!(overdue.is_empty());
        let done = requests::of_need(&site.node, li, coat).await.unwrap();
        assert_eq!((done.len(), done[0].status), (1, Status::Done));
        for who in &family {
            let met = encounter::queries::of_persons(&site.node, li, &[*who], 9).await.unwrap();
            assert_eq!((met.len(), met[0].persons.len()), (1, 4));
        }
    });
}

#[test]
fn the_permission_grid_names_every_verb() {
    let registry = testkit::registry(super::contexts());
    let grid = registry.permission_grid();
    for verb in registry.verbs() {
        assert!(grid.contains(verb.verb), "{}", verb.verb);
    }
    let mut codes: Vec<&str> = registry
        .manifests()
        .iter()
        .flat_map(|manifest| manifest.problems)
        .map(|problem| problem.code)
        .collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all, "a number is used twice");
}
