//! What a handler fails with, told as an RFC 9457 document in the reader's language.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::StoreError;
use kernel::{Lang, Problem, Refusal};

tokio::task_local! {
    /// The language of the request being answered.
    pub static LANG: Lang;
}

/// The language of the request being answered; Chinese outside of one.
pub fn lang() -> Lang {
    LANG.try_with(|lang| *lang).unwrap_or_default()
}

/// The reader's language by `Accept-Language`: the first that the program speaks; simplified Chinese where none is.
pub fn lang_of(headers: &HeaderMap) -> Lang {
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split(',').find_map(Lang::of_tag).unwrap_or_default()
}

/// A failed request.
#[derive(Debug)]
pub struct Fail(pub Box<Problem>);

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        Self(Box::new(refusal.document(lang())))
    }
}

impl From<Problem> for Fail {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a request met a fault of the database");
        Refusal::from(&error).into()
    }
}

impl From<access::login::LoginError> for Fail {
    fn from(error: access::login::LoginError) -> Self {
        match error {
            access::login::LoginError::Refused(refusal) => refusal.into(),
            access::login::LoginError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
