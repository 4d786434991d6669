//! What every answer carries, and what every request leaves in the log: never a name, never an address with one.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::{LANG, lang_of};
use super::session::asked;
use crate::app::App;

/// Scripts, styles, pictures and sound come from here; nothing is embedded, nothing is framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// Answers in the reader's language, adds the headers, counts and logs.
pub async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = app.node.now();
    let lang = lang_of(request.headers());
    let (method, path) = (request.method().clone(), asked(&request));
    let api = request.uri().path().starts_with("/api/");
    let mut response = LANG.scope(lang, next.run(request)).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let status = response.status().as_u16();
    let micros = app.node.since(started).as_micros().max(0) as u64;
    app.metrics.answered(status, micros);
    tracing::info!(%method, path, status, micros, "answered");
    response
}
