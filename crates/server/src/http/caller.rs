//! Who calls, and what they send: extractors that fail with numbered problems.

use std::sync::Arc;

use access::login::SignedIn;
use access::login::session::Token;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use kernel::{Actor, Id, Lang, Refusal, Roles};
use serde::de::DeserializeOwned;

use super::problem::{Fail, lang};
use crate::app::App;
use crate::faults;

/// Name of the session's cookie.
pub const COOKIE: &str = "skein_session";
/// Name of the header in which a page shows that it is ours.
pub const CSRF: &str = "x-skein-csrf";

/// Somebody who is logged in and, where something is changed, whose request comes from our own page.
pub struct Caller {
    /// The session.
    pub signed_in: SignedIn,
    /// Its token.
    pub token: Token,
    /// Who acts.
    pub actor: Actor,
    /// The reader's language.
    pub lang: Lang,
}

impl Caller {
    /// Refuses who is not of these roles.
    pub fn only(&self, roles: Roles, verb: &'static str) -> Result<(), Fail> {
        if roles.has(self.actor.role) {
            return Ok(());
        }
        Err(Refusal::new(&kernel::faults::NOT_ALLOWED).with("verb", verb).into())
    }
}

/// The token of a request: a bearer token, which no foreign page can send, or the cookie.
pub fn token_of(headers: &HeaderMap) -> Option<(Token, bool)> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(text) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        return Token::from_cookie(text.trim()).map(|token| (token, true));
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| Token::from_cookie(value))
        .map(|token| (token, false))
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Fail> {
        let (token, bearer) = token_of(&parts.headers).ok_or_else(|| Refusal::new(&faults::NOT_SIGNED_IN))?;
        let signed_in = app
            .sessions
            .look(&app.node, &token)
            .await?
            .ok_or_else(|| Refusal::new(&faults::NOT_SIGNED_IN))?;
        let changes = !matches!(parts.method, Method::GET | Method::HEAD);
        let shown = parts.headers.get(CSRF).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if changes && !bearer && !token.csrf_fits(shown) {
            return Err(Refusal::new(&faults::NOT_OUR_PAGE).into());
        }
        let actor = signed_in.actor();
        Ok(Self { signed_in, token, actor, lang: lang() })
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fail> {
        let rejection = match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => return Ok(Self(value)),
            Err(rejection) => rejection,
        };
        let refusal = match rejection {
            JsonRejection::MissingJsonContentType(_) => {
                Refusal::new(&faults::NOT_JSON).with("wanted", "application/json")
            }
            JsonRejection::JsonSyntaxError(_) => Refusal::new(&faults::BAD_REQUEST).with("why", "JSON"),
            JsonRejection::JsonDataError(error) => {
                // The parser's words may quote what was sent; the place is enough.
                let text = error.body_text();
                let place = text.split(": ").nth(1).filter(|place| place.len() < 60).unwrap_or("body");
                let place = place.to_owned();
                Refusal::new(&kernel::faults::BAD_BODY).with("field", &place).with("why", "JSON").at(&place)
            }
            _ => Refusal::new(&faults::TOO_LARGE).with("limit", super::LARGEST_MB),
        };
        Err(refusal.into())
    }
}

/// The parameters of an address.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fail> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(value)) => Ok(Self(value)),
            Err(error) => {
                let text = error.body_text();
                let why = text.rsplit(": ").next().unwrap_or_default().chars().take(80).collect::<String>();
                Err(Refusal::new(&faults::BAD_PARAMETER).with("why", why).into())
            }
        }
    }
}

/// An id in a path. What is no id is nothing that could be found.
pub struct At(pub Id);

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fail> {
        let unknown = || Refusal::new(&kernel::faults::UNKNOWN_RECORD);
        let path = axum::extract::Path::<std::collections::HashMap<String, String>>::from_request_parts(
            parts, state,
        );
        let Ok(axum::extract::Path(names)) = path.await else { return Err(unknown().into()) };
        names.get("id").and_then(|text| text.parse().ok()).map(Self).ok_or_else(|| unknown().into())
    }
}

impl axum::extract::OptionalFromRequestParts<Arc<App>> for Caller {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Self>, Fail> {
        if token_of(&parts.headers).is_none() {
            return Ok(None);
        }
        match <Self as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await {
            Ok(caller) => Ok(Some(caller)),
            Err(fail) if fail.0.status == 401 => Ok(None),
            Err(fail) => Err(fail),
        }
    }
}
