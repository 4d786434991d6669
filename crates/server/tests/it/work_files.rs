//! Files of works as browsers send and read them, in backups, and after an erasure.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use journal::{KeySource, Keyring, Options, StoreOptions, restore};
use kernel::Id;
use publishing::store::queries as store;
use serde_json::{Value, json};
use server::boot::{system_clock, system_entropy};
use tower::ServiceExt;

use crate::client::{Answer, Browser, Program, on_both};

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend((content.len() as u16 + 2).to_be_bytes());
    out.extend(content);
    out
}

/// A JPEG of 40 × 30 as a phone makes it, with a place in its Exif; `seed` tells pictures apart.
pub fn jpeg(seed: u8) -> Vec<u8> {
    let exif = segment(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0GPS 25.04N 102.71E");
    let frame = segment(0xc0, &[8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
    let scan = segment(0xda, &[1, 1, 0, 0, 63, 0]);
    [vec![0xff, 0xd8], exif, frame, scan, vec![seed, 0x34, 0xff, 0xd9]].concat()
}

/// Sound of a little over two parts of the store.
pub fn mp3() -> Vec<u8> {
    let mut sound = vec![0xff, 0xfb, 0x90, 0x64];
    sound.extend((0..(2 << 20) + 500).map(|at| (at % 251) as u8));
    sound
}

pub async fn upload(browser: &Browser, work: Id, name: &str, bytes: &[u8]) -> Answer {
    let head =
        format!("--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--grenze--\r\n"].concat();
    let path = format!("/api/v1/works/{work}/file");
    browser.send_raw("POST", &path, "multipart/form-data; boundary=grenze", body).await
}

pub async fn work(browser: &Browser, kind: &str, title: &str) -> Id {
    let day = browser.node.today();
    browser.make("work.register", json!({ "kind": kind, "title": title, "day": day })).await
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_file_is_told_by_its_bytes_kept_without_its_place_and_kept_once() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let photo = work(&staff, "photo", "合影").await;
        let path = format!("/api/v1/works/{photo}/file");
        assert_eq!(staff.send("GET", &path, None).await.status, StatusCode::NOT_FOUND, "no file yet");
        for (bytes, number) in [
            (b"".as_slice(), "SK-4220"),
            (b"<html><script>alert(1)</script>", "SK-4222"),
            (&mp3(), "SK-4223"),
            (&jpeg(1)[..40], "SK-4224"),
        ] {
            assert_eq!(upload(&staff, photo, "合影.jpg", bytes).await.code(), number);
        }
        let sent = upload(&staff, photo, "<b>合影</b>.html", &jpeg(1)).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let file = sent.json()["file"].clone();
        assert_eq!(
            (&file["media"], &file["width"], &file["height"]),
            (&json!("jpeg"), &json!(40), &json!(30))
        );
        let read = staff.send("GET", &path, None).await;
        assert_eq!((read.status, read.kind.as_str()), (StatusCode::OK, "image/jpeg"));
        assert!(!holds(&read.bytes, b"GPS"));
        assert_eq!(json!(publishing::file::digest_of(&read.bytes)), file["digest"]);

        // Twice into one work is once; into another it is told where it is.
        let version = sent.json()["version"].clone();
        assert_eq!(upload(&staff, photo, "a.jpg", &jpeg(1)).await.json()["version"], version);
        let other = work(&staff, "photo", "同一张").await;
        let again = upload(&staff, other, "a.jpg", &jpeg(1)).await;
        assert_eq!(again.code(), "SK-4226");
        assert!(again.text().contains(&photo.to_string()));
        // Another picture takes its place, and the bytes of the first go.
        assert_eq!(upload(&staff, photo, "a.jpg", &jpeg(2)).await.status, StatusCode::OK);
        let parts = staff.node.rows("SELECT count(*) FROM work_part", Vec::new()).await.unwrap();
        assert_eq!(parts[0].int(0), 1);
        // Nobody names a file that was not sent.
        let forged = json!({ "file": { "digest": "0".repeat(64), "media": "jpeg", "size": 5 } });
        assert_eq!(staff.one("work.file", other, forged).await["problem"]["code"], "SK-4209");
        let stranger = program.other(&staff, "zhang", "volunteer").await;
        assert_eq!(stranger.send("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(upload(&stranger, photo, "a.jpg", &jpeg(3)).await.status, StatusCode::NOT_FOUND);
        let auditor = program.other(&staff, "audit", "auditor").await;
        assert_eq!(upload(&auditor, photo, "a.jpg", &jpeg(3)).await.code(), "SK-1003");
    });
}

async fn ranged(
    program: &Program,
    browser: &Browser,
    path: &str,
    range: &str,
) -> (StatusCode, String, Vec<u8>) {
    let request = Request::get(path).header(header::COOKIE, browser.cookie.clone().unwrap());
    let request = request.header(header::RANGE, range).header(header::ACCEPT_ENCODING, "gzip");
    let response = program.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let told = parts.headers.get(header::CONTENT_RANGE).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(parts.headers["x-content-type-options"], "nosniff");
    // A problem may be packed, the file and its parts are not.
    assert!(!parts.status.is_success() || !parts.headers.contains_key(header::CONTENT_ENCODING));
    (parts.status, told.unwrap_or_default(), axum::body::to_bytes(body, 8 << 20).await.unwrap().to_vec())
}

#[test]
fn sound_is_read_in_parts() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let song = work(&staff, "recording", "打歌调").await;
        assert_eq!(upload(&staff, song, "打歌.mp3", &mp3()).await.status, StatusCode::OK);
        let path = format!("/api/v1/works/{song}/file");
        let all = mp3();
        let edge = 1 << 20;
        let (status, told, bytes) =
            ranged(&program, &staff, &path, &format!("bytes={}-{}", edge - 2, edge + 2)).await;
        assert_eq!((status, bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, &all[edge - 2..=edge + 2]));
        assert_eq!(told, format!("bytes {}-{}/{}", edge - 2, edge + 2, all.len()));
        let (status, _, bytes) = ranged(&program, &staff, &path, "bytes=-3").await;
        assert_eq!((status, bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, &all[all.len() - 3..]));
        for (range, from) in
            [(format!("bytes={}-", all.len() - 9), 9), (format!("bytes={}-9999999999", all.len() - 5), 5)]
        {
            let (status, _, bytes) = ranged(&program, &staff, &path, &range).await;
            assert_eq!(
                (status, bytes.as_slice()),
                (StatusCode::PARTIAL_CONTENT, &all[all.len() - from..]),
                "{range}"
            );
        }
        for beyond in [format!("bytes={}-", all.len()), "bytes=-0".to_owned()] {
            let status = ranged(&program, &staff, &path, &beyond).await.0;
            assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE, "{beyond}");
        }
        for whole in ["bytes=x", "bytes=5-1", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "bytes=-"] {
            let (status, told, bytes) = ranged(&program, &staff, &path, whole).await;
            assert!(status == StatusCode::OK && told.is_empty() && bytes == all, "{whole}");
        }
    });
}

#[test]
fn who_looks_at_a_child_is_on_the_log() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let photo = work(&staff, "photo", "合影").await;
        upload(&staff, photo, "a.jpg", &jpeg(1)).await;
        let path = format!("/api/v1/works/{photo}/file");
        staff.send("GET", &path, None).await;
        let born = json!({ "precision": "year", "year": staff.node.today().year() - 8 });
        let child = json!({ "names": [{ "text": "李娜" }], "birth": born });
        let child = staff.make("person.create", child).await;
        let mark = json!({ "face": staff.id(), "at": { "x": 1, "y": 1 }, "person": child });
        staff.done("work.mark_face", photo, mark).await;
        assert_eq!(staff.get("/api/v1/access-log").await["items"], json!([]), "nobody was on it");
        staff.send("GET", &path, None).await;
        let log = staff.get("/api/v1/access-log").await["items"][0].clone();
        assert_eq!(
            (&log["noun"], &log["record"], &log["purpose"]),
            (&json!("work"), &json!(photo), &json!("picture"))
        );
    });
}

async fn restored(backup: &[u8], keys: &[u8]) -> (tempfile::TempDir, journal::Node) {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::read(keys).unwrap();
    let options = Options {
        registry: server::registry::registry(),
        store: StoreOptions::Sqlite { path: folder.path().join("skein.db") },
        key: KeySource::Given(keyring.node.clone()),
        clock: system_clock(),
        entropy: system_entropy(),
        offset_hours: 8,
    };
    let (node, _) = restore(options, backup, &keyring).await.unwrap();
    (folder, node)
}

#[test]
fn files_are_in_backups_and_what_was_erased_is_in_none() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let (photo, song) = (work(&staff, "photo", "合影").await, work(&staff, "recording", "打歌调").await);
        upload(&staff, photo, "a.jpg", &jpeg(1)).await;
        upload(&staff, song, "a.mp3", &mp3()).await;
        let (mut backup, mut keys) = (Vec::new(), Vec::new());
        staff.node.write_backup(&mut backup).await.unwrap();
        staff.node.write_keys(&mut keys).await.unwrap();
        let (_folder, node) = restored(&backup, &keys).await;
        let checked = store::verify(&node).await.unwrap();
        assert_eq!((checked.whole, checked.faults.len()), (2, 0));
        let site = program.actor(&staff).await.site;
        let held = node.held(site, "work", song).await.unwrap().unwrap();
        let file = journal::state::<publishing::Work>(&held).file.unwrap();
        let bytes = store::read(&node, (site, song), &file, 0..file.size).await.unwrap();
        assert!(bytes == Some(mp3()));

        // Erased: the old backup with the keys of today tells nothing of it, nor does the program.
        staff.done("work.erase", song, json!({})).await;
        let path = format!("/api/v1/works/{song}/file");
        assert_eq!(staff.send("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(staff.get(&format!("/api/v1/works/{song}")).await["title"], json!(""));
        let mut keys = Vec::new();
        staff.node.write_keys(&mut keys).await.unwrap();
        let (_folder, node) = restored(&backup, &keys).await;
        assert_eq!(store::read(&node, (site, song), &file, 0..10).await.unwrap(), None);
        assert_eq!(store::verify(&node).await.unwrap().whole, 1);
    });
}

#[test]
fn a_lost_file_is_told_by_number() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let photo = work(&staff, "photo", "合影").await;
        let digest = upload(&staff, photo, "a.jpg", &jpeg(1)).await.json()["file"]["digest"].clone();
        let site = program.actor(&staff).await.site;
        let digest = digest.as_str().map(str::to_owned).unwrap();
        store::drop(&staff.node, site, photo, &digest).await.unwrap();
        let answer = staff.send("GET", &format!("/api/v1/works/{photo}/file"), None).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "SK-4227"));
        assert_eq!(store::verify(&staff.node).await.unwrap().faults.len(), 1);
        assert_ne!(staff.get("/api/v1/works").await["items"][0]["file"], Value::Null);
    });
}
