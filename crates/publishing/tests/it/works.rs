//! The rules of a work, on both databases.

use kernel::{Id, Outcome};
use serde_json::{Value, json};
use testkit::{TestSite, on_both};

fn photo() -> Value {
    json!({ "kind": "photo", "title": "六一儿童节合影", "day": "2026-06-01" })
}

fn file(letter: &str, media: &str) -> Value {
    json!({ "file": { "digest": letter.repeat(64), "media": media, "size": 10, "width": 4, "height": 3 } })
}

#[test]
fn a_work_has_a_title_a_day_and_marks_within_the_picture() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let li = site.cast.li.clone();
            for (body, number) in [
                (json!({ "kind": "photo", "title": "  ", "day": "2026-06-01" }), "SK-4201"),
                (json!({ "kind": "photo", "title": "合影", "day": "2026-12-01" }), "SK-4202"),
                (json!({ "kind": "photo", "title": "合影", "day": "2026-02-30" }), "SK-1001"),
                (json!({ "kind": "film", "title": "合影", "day": "2026-06-01" }), "SK-1001"),
                (json!({ "kind": "photo", "title": "长".repeat(201), "day": "2026-06-01" }), "SK-1010"),
                (json!({ "kind": "photo", "title": "a\0b", "day": "2026-06-01" }), "SK-1001"),
                (json!({ "kind": "photo", "title": "合影", "day": "2026-06-01", "faces": [] }), "SK-1009"),
            ] {
                assert_eq!(site.refused(&li, "work.register", site.id(), body).await, number);
            }
            let work = site.make(&li, "work.register", photo()).await;
            let mark = |x: u32| json!({ "face": Id(5), "at": { "x": x, "y": 5_000 } });
            assert_eq!(site.refused(&li, "work.mark_face", work, mark(10_001)).await, "SK-4204");
            assert_eq!(site.refused(&li, "work.mark_face", work, json!({ "face": Id(5) })).await, "SK-4204");
            site.done(&li, "work.mark_face", work, mark(1)).await;
            site.done(&li, "work.mark_face", work, mark(2)).await;
            let held = site.node.held(site.site, "work", work).await.unwrap().unwrap();
            assert_eq!(held.object()["faces"].as_array().map(Vec::len), Some(1), "the same mark, moved");
            site.done(&li, "work.unmark_face", work, json!({ "face": Id(5) })).await;
            assert_eq!(
                site.refused(&li, "work.unmark_face", work, json!({ "face": Id(5) })).await,
                "SK-4206"
            );
            site.assert_sound().await;
        },
    );
}

#[test]
fn only_what_has_a_file_and_nobody_unknown_is_published_and_it_can_be_taken_back() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let li = site.cast.li.clone();
            let work = site.make(&li, "work.register", photo()).await;
            let nobody = json!({ "nobody": true });
            assert_eq!(site.refused(&li, "work.publish", work, nobody.clone()).await, "SK-4209");
            assert_eq!(site.refused(&li, "work.file", work, file("a", "mp3")).await, "SK-4223");
            site.done(&li, "work.file", work, file("a", "jpeg")).await;
            assert_eq!(site.refused(&li, "work.publish", work, json!({})).await, "SK-4216");
            let mut mark = json!({ "face": Id(5), "at": { "x": 1, "y": 1 } });
            site.done(&li, "work.mark_face", work, mark.clone()).await;
            assert_eq!(site.refused(&li, "work.publish", work, nobody).await, "SK-4214");
            mark["unrecognisable"] = json!(true);
            site.done(&li, "work.mark_face", work, mark).await;
            site.done(&li, "work.publish", work, json!({})).await;
            assert_eq!(site.refused(&li, "work.file", work, file("b", "jpeg")).await, "SK-4218");
            assert_eq!(site.refused(&li, "work.restrict", work, json!({})).await, "SK-4218");
            site.done(&li, "work.withdraw", work, json!({})).await;
            assert_eq!(site.refused(&li, "work.withdraw", work, json!({})).await, "SK-4217");
            let held = site.node.held(site.site, "work", work).await.unwrap().unwrap();
            assert_eq!(
                (&held.object()["published_on"], &held.object()["withdrawn_why"]),
                (&Value::Null, &json!("测试"))
            );
            site.done(&li, "work.file", work, file("b", "jpeg")).await;
            let held = site.node.held(site.site, "work", work).await.unwrap().unwrap();
            assert_eq!(held.object()["faces"], json!([]), "marks lie where faces were on the picture before");
            site.assert_sound().await;
        },
    );
}

#[test]
fn roles_reach_what_is_theirs() {
    on_both(
        || vec![publishing::manifest()],
        async |site: &TestSite| {
            let cast = &site.cast;
            let work = site.make(&cast.li, "work.register", photo()).await;
            let own = site.make(&cast.chen, "work.register", photo()).await;
            let amend = json!({ "title": "合影二" });
            assert_eq!(site.refused(&cast.chen, "work.amend", work, amend.clone()).await, "SK-1004");
            assert_eq!(
                site.one(&cast.chen, "work.amend", own, amend.clone()).await.outcome,
                Outcome::Applied
            );
            assert_eq!(
                site.one(&cast.manager, "work.amend", own, amend.clone()).await.outcome,
                Outcome::Applied
            );
            for other in [&cast.auditor, &cast.coordinator] {
                assert_eq!(site.refused(other, "work.amend", work, amend.clone()).await, "SK-1003");
                let seen = site.node.visible_one(other, "work", work, kernel::Use::Read).await.unwrap();
                assert!(seen.is_none());
            }
        },
    );
}
