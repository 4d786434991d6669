//! Bytes of works: sealed, swept, verified, erased.

use jiff::SignedDuration;
use kernel::Id;
use publishing::file::{Media, digest_of};
use publishing::store::{PART, queries as store};
use publishing::work::FileRef;
use serde_json::json;
use testkit::{TestSite, on_both};

/// Three parts, the last one short.
fn song() -> Vec<u8> {
    (0..PART * 2 + 77).map(|at| (at % 251) as u8).collect()
}

fn file_of(bytes: &[u8]) -> FileRef {
    FileRef { digest: digest_of(bytes), media: Media::Mp3, size: bytes.len() as u64, ..FileRef::default() }
}

async fn recorded(site: &TestSite, bytes: &[u8]) -> Id {
    let body = json!({ "kind": "recording", "title": "打歌调", "day": "2026-06-01", "language": "彝语" });
    let work = site.make(&site.cast.li, "work.register", body).await;
    let key = site.node.data_key(site.site, work).await.unwrap().unwrap();
    let file = file_of(bytes);
    store::keep(&site.node, (site.site, work), &key, &file.digest, bytes).await.unwrap();
    site.done(&site.cast.li, "work.file", work, json!({ "file": file })).await;
    work
}

async fn parts(site: &TestSite) -> i64 {
    site.node.rows("SELECT count(*) FROM work_part", Vec::new()).await.unwrap()[0].int(0)
}

#[test]
fn bytes_come_back_whole_and_in_part_and_lie_sealed() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let bytes = song();
            let work = recorded(site, &bytes).await;
            let at = (site.site, work);
            let file = file_of(&bytes);
            let read = async |from: u64, to: u64| store::read(&site.node, at, &file, from..to).await.unwrap();
            assert!(read(0, file.size).await == Some(bytes.clone()));
            let edge = PART as u64;
            let expected = bytes[PART - 3..PART + 5].to_vec();
            assert_eq!(read(edge - 3, edge + 5).await, Some(expected));
            assert_eq!(read(file.size - 1, file.size).await, Some(vec![bytes[bytes.len() - 1]]));
            assert_eq!(parts(site).await, 3);
            let sealed =
                site.node.rows("SELECT sealed FROM work_part WHERE part = 2", Vec::new()).await.unwrap();
            let tail = &bytes[PART * 2..];
            assert!(!sealed[0].blob(0).windows(20).any(|window| window == &tail[..20]));
            let checked = store::verify(&site.node).await.unwrap();
            assert_eq!((checked.whole, checked.faults.len()), (1, 0));
        },
    );
}

#[test]
fn what_no_record_names_goes_after_an_hour_and_what_one_names_stays() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let work = recorded(site, b"one").await;
            let key = site.node.data_key(site.site, work).await.unwrap().unwrap();
            let lost = digest_of(b"lost");
            store::keep(&site.node, (site.site, work), &key, &lost, b"lost").await.unwrap();
            site.advance(SignedDuration::from_mins(50));
            assert_eq!(store::sweep(&site.node).await.unwrap(), 0, "its record may be on the way");
            site.done(&site.cast.li, "work.retract", work, json!({})).await;
            site.advance(SignedDuration::from_mins(20));
            assert_eq!(store::sweep(&site.node).await.unwrap(), 1);
            site.done(&site.cast.li, "work.restore", work, json!({})).await;
            assert_eq!(store::verify(&site.node).await.unwrap().whole, 1, "withdrawn, not gone");
        },
    );
}

#[test]
fn verifying_tells_what_is_missing_and_what_is_wrong() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let (missing, wrong) = (recorded(site, b"one").await, recorded(site, b"two").await);
            store::drop(&site.node, site.site, missing, &digest_of(b"one")).await.unwrap();
            let key = site.node.data_key(site.site, wrong).await.unwrap().unwrap();
            let digest = digest_of(b"two");
            store::drop(&site.node, site.site, wrong, &digest).await.unwrap();
            store::keep(&site.node, (site.site, wrong), &key, &digest, b"2.0").await.unwrap();
            let faults = store::verify(&site.node).await.unwrap().faults;
            let told: Vec<_> = faults.iter().map(|fault| (fault.work, fault.wrong)).collect();
            assert_eq!(told, [(missing, false), (wrong, true)]);
        },
    );
}

#[test]
fn an_erased_work_cannot_be_read_by_anybody() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let bytes = song();
            let work = recorded(site, &bytes).await;
            site.done(&site.cast.li, "work.erase", work, json!({})).await;
            let read = store::read(&site.node, (site.site, work), &file_of(&bytes), 0..10).await.unwrap();
            assert_eq!(read, None);
            let held = site.node.held(site.site, "work", work).await.unwrap().unwrap();
            assert_eq!((&held.object()["title"], &held.object()["file"]), (&json!(""), &json!(null)));
            site.advance(SignedDuration::from_hours(2));
            assert_eq!(store::sweep(&site.node).await.unwrap(), 3);
            assert_eq!((parts(site).await, store::verify(&site.node).await.unwrap().faults.len()), (0, 0));
            site.assert_sound().await;
        },
    );
}
