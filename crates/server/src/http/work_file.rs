//! The file of a work: sending it, and reading it whole or in part.

use std::ops::Range;
use std::sync::Arc;

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post as sends;
use kernel::{Envelope, Held, Outcome, Refusal, Roles, Use};
use publishing::faults;
use publishing::file::{self, Clean};
use publishing::store::queries as store;
use publishing::work::views::WorkView;
use publishing::work::{FileRef, Kind, Work, queries as found};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Deserialize;
use serde_json::json;

use super::caller::{At, Caller, Params};
use super::loops::unknown;
use super::problem::Fail;
use super::routes::{Routes, get, post};
use super::works;
use crate::app::App;

async fn sent(form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, Fail> {
    let wanted = "multipart/form-data";
    let mut form = form.map_err(|_| Refusal::new(&crate::faults::NOT_JSON).with("wanted", wanted))?;
    let unread = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            file::too_large()
        } else {
            Refusal::new(&crate::faults::BAD_REQUEST).with("why", wanted)
        }
    };
    while let Some(field) = form.next_field().await.map_err(unread)? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await.map_err(unread)?.to_vec());
        }
    }
    Err(Refusal::new(&faults::EMPTY).at("file").into())
}

fn fits(work: &Work, clean: &Clean) -> Result<(), Refusal> {
    if clean.media.is_picture() == (work.kind == Kind::Photo) {
        return Ok(());
    }
    Err(Refusal::new(&faults::OTHER_KIND).at("file"))
}

async fn upload(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<WorkView>, Fail> {
    caller.only(Roles::HELPERS, "work.file")?;
    let (node, actor) = (&app.node, &caller.actor);
    let held = node.visible_one(actor, "work", id, Use::Write).await?.ok_or_else(unknown)?;
    let work: Work = journal::state(&held);
    let bytes = sent(form).await?;
    let cleaned = tokio::task::spawn_blocking(move || {
        file::clean(&bytes).map(|clean| (file::digest_of(&clean.bytes), clean))
    });
    let (digest, clean) = cleaned.await.map_err(|_| Refusal::new(&crate::faults::BROKEN))??;
    fits(&work, &clean)?;
    let (width, height) = clean.size;
    let file = FileRef { digest, media: clean.media, size: clean.bytes.len() as u64, width, height };
    if work.file.as_ref() != Some(&file) {
        if let Some(other) = found::same_file(node, actor, &file.digest, id).await? {
            return Err(Refusal::new(&faults::TWICE).with("work", other).at("file").into());
        }
        put(&app, &caller, &held, &file, &clean.bytes).await?;
    }
    Ok(Json(works::one(&app, actor, id).await?))
}

/// Bytes first, then the record: a record never names what is not there. What was there before goes last.
async fn put(app: &App, caller: &Caller, held: &Held, file: &FileRef, bytes: &[u8]) -> Result<(), Fail> {
    let (node, site, id) = (&app.node, caller.actor.site, held.meta.id);
    let key = node.data_key(site, id).await?.ok_or_else(|| Refusal::new(&kernel::faults::ERASED))?;
    store::keep(node, (site, id), &key, &file.digest, bytes).await?;
    let command = Envelope {
        id: node.new_id(),
        verb: "work.file".to_owned(),
        record: id,
        base: None,
        at: node.now(),
        device: String::new(),
        bundle: None,
        reason: None,
        body: json!({ "file": file }),
    };
    let receipt = node.submit(&caller.actor, vec![command], None, caller.lang).await.pop();
    let receipt = receipt.ok_or_else(|| Refusal::new(&crate::faults::BROKEN))?;
    app.metrics.command(receipt.outcome);
    let before = journal::state::<Work>(held).file;
    let other = before.filter(|before| before.digest != file.digest);
    if let (Outcome::Refused, Some(problem)) = (receipt.outcome, receipt.problem) {
        store::drop(node, site, id, &file.digest).await?;
        return Err(problem.into());
    }
    if let Some(before) = other {
        store::drop(node, site, id, &before.digest).await?;
    }
    Ok(())
}

/// Which bytes are asked for; all of them where the header is none that is understood (RFC 9110, 14.2).
fn part(headers: &HeaderMap, size: u64) -> Result<Option<Range<u64>>, Refusal> {
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some((from, to)) =
        asked.and_then(|text| text.strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
    else {
        return Ok(None);
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match (from.is_empty(), number(from), to.is_empty(), number(to)) {
        (true, _, false, Some(last)) => size.saturating_sub(last)..size,
        (false, Some(first), true, _) => first..size,
        (false, Some(first), false, Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        _ => return Ok(None),
    };
    if range.start >= range.end {
        return Err(Refusal::new(&faults::RANGE));
    }
    Ok(Some(range))
}

/// A work's file as an answer, whole or in part, or the problem that it cannot be read.
pub async fn answer(app: &App, held: &Held, headers: &HeaderMap) -> Result<Response, Fail> {
    let file = journal::state::<Work>(held).file.ok_or_else(unknown)?;
    let range = part(headers, file.size)?;
    let wanted = range.clone().unwrap_or(0..file.size);
    let place = format!("bytes {}-{}/{}", wanted.start, wanted.end.saturating_sub(1), file.size);
    let bytes = store::read(&app.node, (held.meta.site, held.meta.id), &file, wanted).await?;
    let bytes = bytes.ok_or_else(|| Refusal::new(&faults::GONE))?;
    let told = [
        (header::CONTENT_TYPE, file.media.mime().to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}.{}\"", held.meta.id, file.media.code())),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        // What is taken back must not be on the device.
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    if range.is_none() {
        return Ok((told, bytes).into_response());
    }
    Ok((StatusCode::PARTIAL_CONTENT, told, [(header::CONTENT_RANGE, place)], bytes).into_response())
}

/// Which version of the file is meant, so that a device never shows one for another. The server has the current one only.
#[derive(Deserialize, JsonSchema)]
pub struct Version {
    #[serde(default)]
    #[schemars(length(max = 64))]
    #[allow(dead_code, reason = "it tells addresses apart, nothing else")]
    v: Option<String>,
}

async fn download(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Params(_): Params<Version>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let held = node.visible_one(actor, "work", id, Use::Read).await?.ok_or_else(unknown)?;
    let persons = journal::state::<Work>(&held).persons();
    let known = node.held_many(actor.site, "person", &persons).await?;
    let child = |held: &Held| people::person::is_minor(&journal::state(held), node.today());
    // A recording is read in many parts; the first stands for them.
    let first = part(&headers, u64::MAX).ok().flatten().is_none_or(|range| range.start == 0);
    if first && known.iter().any(child) {
        access::log::note(node, actor, "work", &[id], "picture").await?;
    }
    answer(&app, &held, &headers).await
}

/// The route of a work's file.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    let most = (file::RECORDING_MB << 20) + 4_096;
    routes.at(
        "/api/v1/works/{id}/file",
        sends(upload).get(download).layer(DefaultBodyLimit::max(most)),
        [
            |g: &mut G| post("publishing", "Gives a work its file.").upload().answers::<WorkView>(g),
            |g: &mut G| {
                get("publishing", "The file of a work.")
                    .query::<Version>(g)
                    .answers_files(file::Media::ALL.iter().map(|kind| kind.mime()))
                    .refuses(&[416])
            },
        ],
    )
}
