//! The web app's files, in the binary; a page of the app for every address that is no file.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use kernel::Refusal;
use rust_embed::Embed;

use super::problem::Fail;
use crate::faults;

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// A file of the web app, or its page.
pub async fn serve(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Fail::from(Refusal::new(&faults::NO_ROUTE)).into_response();
    }
    if let Some(file) = Dist::get(path) {
        // Files with a hash in their name never change; the others are asked for again.
        let forever = path.starts_with("assets/");
        let keep = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
        return answer(file, keep);
    }
    match Dist::get("index.html") {
        Some(page) if !path.contains('.') => answer(page, "no-cache"),
        Some(_) => StatusCode::NOT_FOUND.into_response(),
        None => {
            (StatusCode::NOT_FOUND, "The web app is not built: run npm run build in web/.").into_response()
        }
    }
}

fn answer(file: rust_embed::EmbeddedFile, keep: &'static str) -> Response {
    let kind = HeaderValue::from_str(file.metadata.mimetype())
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    let mut response = file.data.into_owned().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
