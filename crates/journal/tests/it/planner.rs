//! What PostgreSQL's planner knows of tables that have just been filled.

use std::sync::Arc;

use journal::StoreOptions;
use kernel::Outcome;
use serde_json::json;

use crate::site::{Database, open, worker};

#[test]
fn postgresql_is_told_of_a_table_as_soon_as_it_is_filled() {
    let Some(database) = Database::new() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let site = open(&folder, &StoreOptions::Postgres { url: database.url.clone() }).await;
        let many = (0..600)
            .map(|n| site.envelope("human.create", site.id(), None, json!({"name": format!("李娜{n}")})));
        let receipts = site.send(&worker(), many.collect()).await;
        assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Applied));
        // The receipts come before the count; what is written next comes after it.
        site.human("𠮷田").await;
        let counted =
            "SELECT relname FROM pg_class WHERE reltuples >= 600 AND relkind = 'r' ORDER BY relname";
        let counted = site.node.rows(counted, Vec::new()).await.unwrap();
        let counted: Vec<&str> = counted.iter().map(|row| row.text(0)).collect();
        assert!(
            ["journal", "record", "subject_key"].iter().all(|table| counted.contains(table)),
            "{counted:?}"
        );
    });
}
