//! Set-up, logging in and out, and one's own password and second factor.

use std::net::SocketAddr;
use std::sync::Arc;

use access::account::{Account, Language};
use access::login::{self, Attempt, SignedIn, password, session::Token, totp};
use access::setup::{Founding, found};
use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Envelope, Id, Outcome, Refusal, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::caller::{Body, COOKIE, Caller, token_of};
use super::problem::{Fail, lang};
use crate::app::App;
use crate::faults;
use crate::registry::registry;

/// The account as its own pages see it.
#[derive(Serialize, JsonSchema)]
pub struct Own {
    id: Id,
    login: String,
    display: String,
    role: Role,
    lang: Language,
    /// Whether a second factor is set.
    totp: bool,
}

/// Who is logged in where, and what they may do.
#[derive(Serialize, JsonSchema)]
pub struct SessionView {
    signed_in: bool,
    /// Nothing is set up yet: the first-run page is due.
    setup_needed: bool,
    csrf: Option<String>,
    account: Option<Own>,
    site: Option<access::account::views::SiteCard>,
    /// The verbs of the role.
    may: Vec<&'static str>,
    version: &'static str,
}

async fn view(app: &App, who: Option<(&SignedIn, &Token)>) -> Result<SessionView, Fail> {
    let mut view = SessionView {
        signed_in: who.is_some(),
        setup_needed: false,
        csrf: None,
        account: None,
        site: None,
        may: Vec::new(),
        version: env!("CARGO_PKG_VERSION"),
    };
    let Some((signed_in, token)) = who else {
        view.setup_needed = access::account::queries::sites(&app.node).await?.is_empty();
        return Ok(view);
    };
    let held = app.node.held(signed_in.site, "account", signed_in.account.0).await?;
    let totp = held.is_some_and(|held| journal::state::<Account>(&held).totp.is_some());
    view.csrf = Some(token.csrf());
    view.account = Some(Own {
        id: signed_in.account.0,
        login: signed_in.login.clone(),
        display: signed_in.display.clone(),
        role: signed_in.role,
        lang: signed_in.lang,
        totp,
    });
    view.site = access::account::queries::site(&app.node, signed_in.site).await?;
    let verbs = registry().verbs();
    view.may = verbs.iter().filter(|verb| verb.roles.has(signed_in.role)).map(|verb| verb.verb).collect();
    Ok(view)
}

/// Who is logged in.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<SessionView>, Fail> {
    let known = match token_of(&headers) {
        Some((token, _)) => login::look(&app.node, &token).await?.map(|signed_in| (signed_in, token)),
        None => None,
    };
    Ok(Json(view(&app, known.as_ref().map(|(signed_in, token)| (signed_in, token))).await?))
}

/// The first-run page: a site and its first manager.
#[derive(Deserialize, JsonSchema)]
pub struct SetUp {
    /// What the site is called.
    #[schemars(length(min = 1, max = 200))]
    site: String,
    /// The manager's login name.
    #[schemars(length(min = 1, max = 60))]
    login: String,
    /// The manager's name.
    #[schemars(length(min = 1, max = 60))]
    display: String,
    /// At least ten characters.
    #[schemars(length(min = 10, max = 200))]
    password: String,
    lang: Language,
}

/// Founds the first site; afterwards the manager is logged in.
pub async fn set_up(
    State(app): State<Arc<App>>,
    peer: Peer,
    Body(body): Body<SetUp>,
) -> Result<Response, Fail> {
    if !access::account::queries::sites(&app.node).await?.is_empty() {
        return Err(Refusal::new(&faults::SET_UP).into());
    }
    password::judge(&body.password, &body.login)?;
    let hash = login::hashed(&app.node, body.password.clone()).await?;
    let founding = Founding {
        site: body.site,
        lang: body.lang,
        timezone: "Asia/Shanghai".into(),
        login: body.login.clone(),
        display: body.display,
        password: hash,
    };
    found(&app.node, &founding, lang()).await?;
    enter(&app, attempt(body.login, body.password, None, peer, &HeaderMap::new())).await
}

/// From where somebody comes, for the throttle.
#[derive(Clone, Copy)]
pub struct Peer(Option<SocketAddr>);

impl Peer {
    /// Whether it is this machine. A proxy on this machine hands `/metrics` on to nobody.
    pub fn is_local(self) -> bool {
        self.0.is_none_or(|peer| peer.ip().is_loopback())
    }

    /// The address, for the throttle.
    pub fn address(self) -> String {
        self.0.map_or_else(|| "local".into(), |peer| peer.ip().to_string())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)))
    }
}

/// A login.
#[derive(Deserialize, JsonSchema)]
pub struct LogIn {
    #[schemars(length(max = 200))]
    login: String,
    #[schemars(length(max = 1000))]
    password: String,
    /// The six digits, where a second factor is set.
    #[serde(default)]
    #[schemars(length(max = 20))]
    code: Option<String>,
}

fn attempt(
    login: String,
    password: String,
    code: Option<String>,
    peer: Peer,
    headers: &HeaderMap,
) -> Attempt {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Attempt { login, password, code, address: peer.address(), agent: agent.chars().take(120).collect() }
}

/// Logs in.
pub async fn log_in(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Body(body): Body<LogIn>,
) -> Result<Response, Fail> {
    enter(&app, attempt(body.login, body.password, body.code, peer, &headers)).await
}

async fn enter(app: &App, attempt: Attempt) -> Result<Response, Fail> {
    let (signed_in, token) = login::log_in(&app.node, attempt).await?;
    let view = view(app, Some((&signed_in, &token))).await?;
    let mut response = Json(view).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(app, token.cookie(), "Max-Age=2592000")?);
    Ok(response)
}

fn cookie(app: &App, value: &str, life: &str) -> Result<HeaderValue, Fail> {
    let secure = if app.secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; {life}{secure}");
    HeaderValue::from_str(&text).map_err(|_| Refusal::new(&faults::BROKEN).into())
}

/// Logs out.
pub async fn log_out(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, Fail> {
    login::log_out(&app.node, &caller.token).await?;
    app.sessions.forget();
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, "", "Max-Age=0")?);
    Ok(response)
}

/// A new password, and the old one to show that it is the owner who asks.
#[derive(Deserialize, JsonSchema)]
pub struct NewPassword {
    #[schemars(length(max = 1000))]
    old: String,
    #[schemars(length(min = 10, max = 200))]
    new: String,
}

/// Changes one's own password and ends one's other sessions.
pub async fn set_password(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<NewPassword>,
) -> Result<StatusCode, Fail> {
    confirmed(&app, &caller, body.old).await?;
    password::judge(&body.new, &caller.signed_in.login)?;
    let hash = login::hashed(&app.node, body.new).await?;
    own(&app, &caller, "account.set_password", json!({ "password": hash })).await?;
    login::queries::end_others(&app.node, caller.actor.account, Some(&caller.token)).await?;
    app.sessions.forget();
    Ok(StatusCode::NO_CONTENT)
}

async fn confirmed(app: &App, caller: &Caller, password: String) -> Result<Account, Fail> {
    let held = app.node.held(caller.actor.site, "account", caller.actor.account.0).await?;
    let account = held.map(|held| journal::state::<Account>(&held)).unwrap_or_default();
    let hash = account.password.clone().unwrap_or_default();
    if login::verified(password, hash).await {
        return Ok(account);
    }
    Err(Refusal::new(&access::faults::WRONG_LOGIN).at("old").into())
}

async fn own(app: &App, caller: &Caller, verb: &str, body: Value) -> Result<(), Fail> {
    let envelope = Envelope {
        id: app.node.new_id(),
        verb: verb.to_owned(),
        record: caller.actor.account.0,
        base: None,
        at: app.node.now(),
        device: "settings".into(),
        bundle: None,
        reason: None,
        body,
    };
    let receipts = app.node.submit(&caller.actor, vec![envelope], None, caller.lang).await;
    app.sessions.forget();
    match receipts.into_iter().find(|receipt| receipt.outcome == Outcome::Refused) {
        Some(receipt) => match receipt.problem {
            Some(problem) => Err(problem.into()),
            None => Err(Refusal::new(&faults::BROKEN).into()),
        },
        None => Ok(()),
    }
}

/// A secret for an authenticator; it counts once a code of it was sent.
#[derive(Serialize, JsonSchema)]
pub struct TotpOffer {
    /// Base 32.
    secret: String,
    /// `otpauth://` address, for a QR code.
    uri: String,
}

/// Offers a secret for a second factor.
pub async fn offer_totp(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<TotpOffer>, Fail> {
    let mut random = [0; 20];
    random.copy_from_slice(&app.node.random()[..20]);
    let secret = totp::secret(random);
    let site = access::account::queries::site(&app.node, caller.actor.site).await?;
    let name = site.map(|site| site.name).unwrap_or_default();
    let uri = totp::uri(&secret, &caller.signed_in.login, &name);
    Ok(Json(TotpOffer { secret, uri }))
}

/// A secret with a code made by it.
#[derive(Deserialize, JsonSchema)]
pub struct TotpProof {
    #[schemars(length(max = 128))]
    secret: String,
    #[schemars(length(max = 20))]
    code: String,
}

/// Sets the second factor, once a code shows that the authenticator has it.
pub async fn set_totp(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<TotpProof>,
) -> Result<StatusCode, Fail> {
    if !totp::is_secret(&body.secret) {
        return Err(Refusal::new(&access::faults::SECRET_SHAPE).at("secret").into());
    }
    login::use_code(&app.node, caller.actor.account, &body.secret, &body.code).await?;
    own(&app, &caller, "account.set_totp", json!({ "totp": body.secret })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The password, to take the second factor away.
#[derive(Deserialize, JsonSchema)]
pub struct Confirmation {
    #[schemars(length(max = 1000))]
    password: String,
}

/// Takes the second factor away.
pub async fn drop_totp(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<Confirmation>,
) -> Result<StatusCode, Fail> {
    confirmed(&app, &caller, body.password).await?;
    own(&app, &caller, "account.set_totp", json!({ "totp": null })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes requests apart for the logs: what is asked for, never who it is about.
pub fn asked(request: &Request) -> String {
    let matched = request.extensions().get::<axum::extract::MatchedPath>();
    matched.map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned())
}
