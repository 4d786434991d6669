//! What a partner sees by the link of a referral: pages without script, for any browser and for those inside chats.
//!
//! An address alone opens nothing: the code is asked for, throttled, and sent along with every step, so that nothing
//! has to be kept in the browser. A page shows what the partner was told when the referral was sent, and nothing else.

use std::borrow::Cow;

use std::sync::Arc;

use access::login::throttle::{self, FREE, FREE_ADDRESS};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get as reads, post as sends};
use help::referral::queries::{Followed, follow};
use help::referral::views::PartnerView;
use help::referral::{Answered, Status};
use kernel::{Envelope, Id, Lang, Outcome};
use serde::Deserialize;
use serde_json::json;

use super::problem::{Fail, lang};
use super::session::Peer;
use crate::app::App;

mod html;

/// Wrong codes in a row after which a link is shut for a day.
const SHUT: i64 = 20;
const STYLE: &str = include_str!("partner.css");

/// The partner's pages.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/r/style.css", reads(style))
        .route("/r/{token}", reads(ask).post(open))
        .route("/r/{token}/answer", sends(answer))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// A page that no cache, index or other site gets hold of.
fn page(status: StatusCode, body: String) -> Response {
    let mut response = (status, Html(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}

/// The link opens nothing: the same words whether it never was, has run out, or the consent was withdrawn.
fn over(known: bool) -> Response {
    page(if known { StatusCode::GONE } else { StatusCode::NOT_FOUND }, html::over(lang()))
}

fn keys(token: &str, peer: Peer) -> [(String, i64); 2] {
    // The token is a secret: the throttle's table gets no more than a part of its hash.
    let link = &help::referral::Secret::public(token)[..16];
    [(format!("link:{link}"), FREE), (format!("address:{}", peer.address()), FREE_ADDRESS)]
}

/// A link that still opens something, or the page that says that it does not.
async fn followed(app: &App, token: &str, peer: Peer) -> Result<Result<Followed, Response>, Fail> {
    let Some(followed) = follow(&app.node, token).await? else { return Ok(Err(over(false))) };
    if !followed.is_open() {
        return Ok(Err(over(true)));
    }
    let keys = keys(token, peer);
    if throttle::failures(&app.node, &keys[0].0).await? >= SHUT {
        return Ok(Err(over(true)));
    }
    if let Some(seconds) = throttle::wait(&app.node, &keys).await? {
        let body = html::ask(lang(), token, Some(&html::wait(lang(), seconds)));
        return Ok(Err(page(StatusCode::TOO_MANY_REQUESTS, body)));
    }
    Ok(Ok(followed))
}

async fn ask(State(app): State<Arc<App>>, peer: Peer, Path(token): Path<String>) -> Result<Response, Fail> {
    Ok(match followed(&app, &token, peer).await? {
        Ok(_) => page(StatusCode::OK, html::ask(lang(), &token, None)),
        Err(response) => response,
    })
}

/// The code, as it was typed.
#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

/// What the code opens, with who acts by it; or the page to show instead.
async fn opened(
    app: &App,
    peer: Peer,
    token: &str,
    code: &str,
) -> Result<Result<(kernel::Actor, PartnerView), Response>, Fail> {
    let followed = match followed(app, token, peer).await? {
        Ok(followed) => followed,
        Err(response) => return Ok(Err(response)),
    };
    let actor = followed.actor.clone();
    let keys = keys(token, peer);
    let Some(view) = followed.view(token, code) else {
        throttle::failed(&app.node, &keys).await?;
        let body = html::ask(lang(), token, Some(&html::wrong(lang())));
        return Ok(Err(page(StatusCode::FORBIDDEN, body)));
    };
    throttle::forgive(&app.node, &keys[0].0).await?;
    Ok(Ok((actor, view)))
}

/// The page itself, noted in the access log.
async fn shown(
    app: &App,
    actor: &kernel::Actor,
    view: &PartnerView,
    step: &html::Step<'_>,
) -> Result<Response, Fail> {
    access::log::note(&app.node, actor, "referral", &[actor.account.0], "partner").await?;
    let site = access::account::queries::site(&app.node, actor.site).await?;
    let site = site.map(|site| site.name).unwrap_or_default();
    let services: Vec<Id> = view.service.into_iter().collect();
    let words = network::organisation::queries::words(&app.node, actor.site, &[], &services).await?;
    let service = view.service.and_then(|id| words.get(&id)).cloned().unwrap_or_default();
    let status = if step.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let command = app.node.new_id().to_string();
    Ok(page(status, html::referral(lang(), view, &html::Around { site, service, command }, step)))
}

async fn open(
    State(app): State<Arc<App>>,
    peer: Peer,
    Path(token): Path<String>,
    Form(typed): Form<Code>,
) -> Result<Response, Fail> {
    let (actor, view) = match opened(&app, peer, &token, &typed.code).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    shown(&app, &actor, &view, &html::Step { token: &token, code: &typed.code, fault: None, said: "" }).await
}

/// The partner's answer.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
    /// The command's id, made with the page: a second tap is the same command.
    #[serde(default)]
    command: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    words: String,
}

async fn answer(
    State(app): State<Arc<App>>,
    peer: Peer,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fail> {
    let (actor, view) = match opened(&app, peer, &token, &typed.code).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let step = |fault| html::Step { token: &token, code: &typed.code, fault, said: &typed.words };
    let Some(answered) = Answered::from_code(&typed.answer) else {
        return shown(&app, &actor, &view, &step(Some(html::choose(lang()).into_owned()))).await;
    };
    let envelope = Envelope {
        id: typed.command.parse().unwrap_or_else(|_| app.node.new_id()),
        verb: "referral.answer".into(),
        record: actor.account.0,
        base: None,
        at: app.node.now(),
        device: String::new(),
        bundle: None,
        reason: None,
        body: json!({ "answer": answered, "words": typed.words, "via": "link" }),
    };
    let receipts = app.node.submit(&actor, vec![envelope], None, lang()).await;
    let Some(receipt) = receipts.into_iter().next() else { return Ok(over(true)) };
    app.metrics.command(receipt.outcome);
    match (receipt.outcome, receipt.problem) {
        (Outcome::Refused, problem) => {
            let fault = problem.map(|problem| problem.detail).unwrap_or_default();
            shown(&app, &actor, &view, &step(Some(fault))).await
        }
        _ if answered == Answered::Accepted => {
            let replied = follow(&app.node, &token).await?.and_then(|now| now.view(&token, &typed.code));
            let Some(view) = replied else { return Ok(over(true)) };
            shown(&app, &actor, &view, &html::Step { said: "", ..step(None) }).await
        }
        _ => Ok(page(StatusCode::OK, html::thanks(lang()))),
    }
}

/// What may be answered as things stand.
fn possible(status: Status) -> &'static [Answered] {
    match status {
        Status::Sent => &[Answered::Accepted, Answered::Done, Answered::Declined],
        _ => &[Answered::Done, Answered::Declined],
    }
}

/// The words of a language.
fn say(lang: Lang, words: (&'static str, &'static str)) -> Cow<'static, str> {
    lang.pick(words.0, words.1)
}
