//! The database server goes away in the middle: what got a receipt is there, the program says what is the matter, and goes
//! on by itself when the server is back.

use std::sync::Arc;

use journal::StoreOptions;
use kernel::{Envelope, Id, Outcome};
use serde_json::json;
use tokio::sync::mpsc;

use crate::cluster::Cluster;
use crate::site::{Site, code, open, worker};

fn bundle(site: &Site, client: u128, at: u128) -> Vec<Envelope> {
    let human = Id((client << 64) + at + 1);
    let bundle = Id((1 << 100) + (client << 64) + at);
    let mut two = vec![
        site.envelope("human.create", human, None, json!({"name": "李娜"})),
        site.envelope("letter.write", human, None, json!({"human": human, "words": "信"})),
    ];
    for (place, envelope) in two.iter_mut().enumerate() {
        envelope.id = Id(bundle.0 * 2 + place as u128);
        envelope.bundle = Some(bundle);
    }
    two
}

/// Sends bundles until one is refused; says each that has its receipts, and gives back the one that has none.
async fn client(site: Arc<Site>, client: u128, from: u128, stored: mpsc::UnboundedSender<Id>) -> u128 {
    for at in from.. {
        let commands = bundle(&site, client, at);
        let human = commands[0].record;
        let receipts = site.send(&worker(), commands).await;
        if receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied) {
            let _ = stored.send(human);
            continue;
        }
        for receipt in &receipts {
            assert_eq!((receipt.outcome, code(receipt)), (Outcome::Refused, "SK-1015"), "{receipt:?}");
        }
        return at;
    }
    0
}

#[test]
fn the_server_stopped_in_the_middle_loses_nothing_that_has_a_receipt() {
    let Some(mut cluster) = Cluster::start() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let store = StoreOptions::Postgres { url: cluster.database() };
        let site = Arc::new(open(&folder, &store).await);
        let mut from = [0_u128; 4];
        let mut stored = Vec::new();
        for round in 1..=3 {
            let (say, mut said) = mpsc::unbounded_channel();
            let clients: Vec<_> = (0..4)
                .map(|at| tokio::spawn(client(Arc::clone(&site), at as u128, from[at], say.clone())))
                .collect();
            drop(say);
            let enough = stored.len() + 53 * round;
            while let Some(id) = said.recv().await {
                stored.push(id);
                if stored.len() == enough {
                    cluster.stop_at_once();
                }
            }
            assert!(stored.len() >= enough, "the clients ended before the server");
            let away = site.one(&worker(), "human.create", site.id(), None, json!({"name": "甲"})).await;
            assert_eq!(code(&away), "SK-1015");
            assert!(site.node.rows("SELECT 1", Vec::new()).await.is_err());
            cluster.again();
            for (at, client) in clients.into_iter().enumerate() {
                from[at] = client.await.unwrap();
                // Whether it was stored nobody knows: sent again it is done once.
                let again = site.send(&worker(), bundle(&site, at as u128, from[at])).await;
                let done = |outcome| matches!(outcome, Outcome::Applied | Outcome::AlreadyApplied);
                assert!(again.iter().all(|receipt| done(receipt.outcome)), "{again:?}");
                from[at] += 1;
            }
            whole(&site, &stored).await;
        }
    });
}

async fn whole(site: &Site, stored: &[Id]) {
    let held = site.node.held_many(worker().site, "human", stored).await.unwrap();
    assert_eq!(held.len(), stored.len(), "something with a receipt is lost");
    let count = "SELECT noun, count(*) FROM record GROUP BY noun ORDER BY noun";
    let rows = site.node.rows(count, Vec::new()).await.unwrap();
    assert_eq!(rows[0].int(1), rows[1].int(1), "half a bundle was stored");
    assert!(site.node.verify().await.unwrap().broken.is_empty());
}
