//! The door for commands: a list of envelopes, or one verb.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use kernel::faults::{BUNDLE_REFUSED, TOO_MANY, UNKNOWN_VERB};
use kernel::{Envelope, Id, Outcome, Problem, Receipt, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::caller::{Body, Caller};
use super::problem::Fail;
use crate::app::App;

/// How many commands one request may bring.
const MOST: usize = 500;

/// Commands as a device sends them.
#[derive(Deserialize, JsonSchema)]
pub struct Sending {
    /// When they were sent, by the device's clock: tells how far it is off.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    sent_at: Option<Timestamp>,
    /// In the order in which they were done.
    #[schemars(length(max = 500))]
    commands: Vec<Envelope>,
}

/// What became of them, in the same order.
#[derive(Serialize, JsonSchema)]
pub struct Receipts {
    receipts: Vec<Receipt>,
}

/// Takes commands.
pub async fn submit(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(sending): Body<Sending>,
) -> Result<Json<Receipts>, Fail> {
    if sending.commands.len() > MOST {
        return Err(Refusal::new(&TOO_MANY).with("limit", MOST).into());
    }
    Ok(Json(Receipts { receipts: through(&app, &caller, sending.commands, sending.sent_at).await? }))
}

/// Puts commands through the pipeline, after what only the server can do: hashing passwords, looking whether a login name
/// is taken, whether everybody on a picture consents to its being published, and what was taken back for a child, on whichever
/// of its records.
async fn through(
    app: &App,
    caller: &Caller,
    commands: Vec<Envelope>,
    sent: Option<Timestamp>,
) -> Result<Vec<Receipt>, Fail> {
    let plain = |command: &Envelope| {
        let verb = command.verb.as_str();
        !verb.starts_with("account.")
            && !matches!(verb, "work.publish" | "work.file")
            && !super::objections::LOOKED_AT.contains(&verb)
    };
    if commands.iter().all(plain) {
        return Ok(counted(app, app.node.submit(&caller.actor, commands, sent, caller.lang).await));
    }
    let mut receipts = Vec::with_capacity(commands.len());
    let mut rest = commands.as_slice();
    while let Some(first) = rest.first() {
        let together = |other: &&Envelope| first.bundle.is_some() && other.bundle == first.bundle;
        let size = rest.iter().take_while(together).count().max(1);
        let (group, after) = rest.split_at(size);
        rest = after;
        match prepared(app, caller, group).await? {
            Ok(group) => {
                receipts.extend(app.node.submit(&caller.actor, group, sent, caller.lang).await);
                app.sessions.forget();
            }
            Err((at, refusal)) => receipts.extend(group.iter().enumerate().map(|(place, command)| {
                let why = if place == at { refusal.clone() } else { Refusal::new(&BUNDLE_REFUSED) };
                refused(command.id, why.document(caller.lang))
            })),
        }
    }
    Ok(counted(app, receipts))
}

/// The commands of a bundle with passwords hashed, or which of them cannot be and why.
async fn prepared(
    app: &App,
    caller: &Caller,
    group: &[Envelope],
) -> Result<Result<Vec<Envelope>, (usize, Refusal)>, Fail> {
    let mut ready = Vec::with_capacity(group.len());
    for (at, command) in group.iter().enumerate() {
        let command = command.clone();
        let hashed = tokio::task::spawn_blocking(move || access::login::password::prepare(command))
            .await
            .map_err(|_| Refusal::new(&crate::faults::BROKEN))?;
        let command = match hashed {
            Ok(command) => command,
            Err(refusal) => return Ok(Err((at, refusal))),
        };
        if let Some(refusal) = access::account::queries::objection(&app.node, &caller.actor, &command).await?
        {
            return Ok(Err((at, refusal)));
        }
        if let Some(refusal) = super::works::objection(app, &caller.actor, &command).await? {
            return Ok(Err((at, refusal)));
        }
        if let Some(refusal) = super::objections::objection(app, &caller.actor, &command).await? {
            return Ok(Err((at, refusal)));
        }
        ready.push(command);
    }
    Ok(Ok(ready))
}

fn refused(id: Id, problem: Problem) -> Receipt {
    Receipt {
        id,
        outcome: Outcome::Refused,
        position: None,
        version: None,
        problem: Some(problem),
        set_aside: Vec::new(),
    }
}

fn counted(app: &App, receipts: Vec<Receipt>) -> Vec<Receipt> {
    for receipt in &receipts {
        app.metrics.command(receipt.outcome);
    }
    receipts
}

/// One command; its verb is in the address.
#[derive(Deserialize, JsonSchema)]
pub struct Single {
    /// Makes it idempotent.
    id: Id,
    /// The record it is about.
    record: Id,
    /// The version that the sender saw.
    #[serde(default)]
    #[schemars(range(min = 0))]
    base: Option<i64>,
    /// When it was done, by the device's clock.
    #[schemars(with = "String", extend("format" = "date-time"))]
    at: Timestamp,
    #[serde(default)]
    #[schemars(length(max = 120))]
    device: String,
    #[serde(default)]
    #[schemars(length(max = 2000))]
    reason: Option<String>,
    /// What the verb takes.
    #[serde(default)]
    body: Map<String, Value>,
}

/// Takes one command. A refusal is the answer's status.
pub async fn single(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(verb): Path<String>,
    Body(single): Body<Single>,
) -> Result<Response, Fail> {
    let shown: String = verb.chars().take(60).collect();
    if app.node.registry().command(&verb).is_none() {
        return Err(Refusal::new(&UNKNOWN_VERB).with("verb", shown).into());
    }
    let envelope = Envelope {
        id: single.id,
        verb,
        record: single.record,
        base: single.base,
        at: single.at,
        device: single.device,
        bundle: None,
        reason: single.reason,
        body: Value::Object(single.body),
    };
    let mut receipts = through(&app, &caller, vec![envelope], None).await?;
    let receipt = receipts.pop().ok_or_else(|| Refusal::new(&crate::faults::BROKEN))?;
    match (receipt.outcome, receipt.problem.clone()) {
        (Outcome::Refused, Some(problem)) => Err(problem.into()),
        _ => Ok((StatusCode::OK, Json(receipt)).into_response()),
    }
}
