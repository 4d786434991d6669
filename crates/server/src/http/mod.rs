//! The routes. Everything that changes something goes through `commands`; the rest reads.

pub mod assets;
mod behind;
pub mod board;
pub mod caller;
pub mod care;
pub mod circles;
pub mod commands;
pub mod community;
pub mod docs;
pub mod entry;
pub mod festivals;
pub mod gallery;
pub mod gatherings;
mod import_mapping;
pub mod imports;
mod lent;
pub mod loops;
pub mod network;
pub mod notes;
mod objections;
pub mod openapi;
pub mod page;
pub mod params;
pub mod partner;
pub mod people;
pub mod problem;
pub mod records;
pub mod referrals;
pub mod reports;
pub mod routes;
pub mod script;
pub mod security;
pub mod session;
pub mod stock;
mod templates;
pub mod trips;
mod work_file;
pub mod works;

use std::sync::{Arc, OnceLock};

use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get as reads, post as sends, put as sets};
use axum::{Json, Router, middleware};
use kernel::Refusal;
use schemars::generate::SchemaGenerator;
use serde_json::Value;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::app::App;
use crate::faults;
use caller::Caller;
use problem::Fail;
use routes::{Operation, Routes, delete, get, post, put};

/// The largest request that is read, in MB; imports have a limit of their own.
pub const LARGEST_MB: usize = 8;

/// Every route of the interface with its description.
fn all() -> Routes {
    let routes = Routes::new();
    let routes = of_session(routes);
    let routes = of_records(routes);
    let routes = people::routes(routes);
    let routes = community::routes(routes);
    let routes = care::routes(routes);
    let routes = trips::routes(routes);
    let routes = circles::routes(routes);
    let routes = festivals::routes(routes);
    let routes = works::routes(routes);
    let routes = loops::routes(routes);
    let routes = entry::routes(routes);
    let routes = stock::routes(routes);
    let routes = notes::routes(routes);
    let routes = network::routes(routes);
    let routes = referrals::routes(routes);
    let routes = behind::routes(reports::routes(routes));
    let mut routes = templates::routes(imports::routes(routes));
    openapi::verbs(&mut routes);
    routes
}

fn of_session(routes: Routes) -> Routes {
    use session as s;
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/session",
            reads(s::show).post(s::log_in).delete(s::log_out),
            [
                |g: &mut G| get("session", "Who is logged in.").open().answers::<s::SessionView>(g),
                |g: &mut G| {
                    post("session", "Logs in.")
                        .open()
                        .body::<s::LogIn>(g)
                        .answers::<s::SessionView>(g)
                        .refuses(&[429])
                },
                |_: &mut G| delete("session", "Logs out.").status(204),
            ],
        )
        .at(
            "/api/v1/setup",
            sends(s::set_up),
            [|g: &mut G| {
                post("session", "Sets up the first site and its manager.")
                    .open()
                    .body::<s::SetUp>(g)
                    .answers::<s::SessionView>(g)
                    .refuses(&[409])
            }],
        )
        .at(
            "/api/v1/session/password",
            sets(s::set_password),
            [|g: &mut G| put("session", "Changes one's own password.").body::<s::NewPassword>(g).status(204)],
        )
        .at(
            "/api/v1/session/totp",
            sends(s::offer_totp).put(s::set_totp).delete(s::drop_totp),
            [
                |g: &mut G| {
                    post("session", "Offers a secret for a second factor.").answers::<s::TotpOffer>(g)
                },
                |g: &mut G| put("session", "Sets the second factor.").body::<s::TotpProof>(g).status(204),
                |g: &mut G| {
                    delete("session", "Takes the second factor away.")
                        .body::<s::Confirmation>(g)
                        .status(204)
                        .refuses(&[400, 415])
                },
            ],
        )
}

fn of_records(routes: Routes) -> Routes {
    use page::{Page, Paging};
    use records as r;
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/commands",
            sends(commands::submit),
            [|g: &mut G| {
                post("commands", "Takes commands in order and gives a receipt for each.")
                    .body::<commands::Sending>(g)
                    .answers::<commands::Receipts>(g)
            }],
        )
        .at("/api/v1/{verb}", sends(commands::single), [])
        .at(
            "/api/v1/records/{noun}/{id}",
            reads(r::show),
            [|g: &mut G| get("records", "One record.").answers::<r::RecordView>(g)],
        )
        .at(
            "/api/v1/records/{noun}/{id}/history",
            reads(r::history),
            [|g: &mut G| get("records", "What happened to a record.").answers::<Page<r::PastView>>(g)],
        )
        .at(
            "/api/v1/conflicts",
            reads(r::conflicts),
            [|g: &mut G| {
                get("records", "Values that wait to be settled.").answers::<Page<r::ConflictView>>(g)
            }],
        )
        .at(
            "/api/v1/changes",
            reads(r::changes),
            [|g: &mut G| {
                get("records", "What changed since a position.").query::<r::After>(g).answers::<r::Changes>(g)
            }],
        )
        .at(
            "/api/v1/journal",
            reads(r::journal),
            [|g: &mut G| {
                get("records", "The journal, newest first.")
                    .query::<Paging>(g)
                    .answers::<Page<r::JournalLine>>(g)
            }],
        )
        .at(
            "/api/v1/access-log",
            reads(r::access_log),
            [|g: &mut G| {
                get("records", "Who read which child's record.")
                    .query::<Paging>(g)
                    .answers::<Page<access::log::Access>>(g)
            }],
        )
        .at(
            "/api/v1/accounts",
            reads(r::accounts),
            [|g: &mut G| {
                get("access", "The accounts of the site.")
                    .answers::<Page<access::account::views::AccountCard>>(g)
            }],
        )
}

struct Made {
    operations: Vec<Operation>,
    document: Value,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let (_, operations, schemas) = all().finish();
        let document = openapi::document(&operations, schemas);
        Made { operations, document }
    })
}

/// The OpenAPI document.
pub fn document() -> &'static Value {
    &made().document
}

/// Every operation: for the test that walks them all.
pub fn operations() -> &'static [Operation] {
    &made().operations
}

async fn api() -> Json<&'static Value> {
    Json(document())
}

async fn health(State(app): State<Arc<App>>) -> Response {
    match app.node.rows("SELECT 1", Vec::new()).await {
        Ok(_) => "ok\n".into_response(),
        Err(error) => Fail::from(error).into_response(),
    }
}

/// Counters, for a scraper on the same machine or for the operator.
async fn metrics(State(app): State<Arc<App>>, peer: session::Peer, caller: Option<Caller>) -> Response {
    let operator = caller.is_some_and(|caller| caller.actor.role == kernel::Role::Operator);
    if !operator && !peer.is_local() {
        return Fail::from(Refusal::new(&faults::NOT_SIGNED_IN)).into_response();
    }
    ([("content-type", "text/plain; version=0.0.4")], app.metrics.exposition()).into_response()
}

async fn no_method() -> Fail {
    Refusal::new(&faults::NO_METHOD).into()
}

/// The whole program as a service.
pub fn router(app: Arc<App>) -> Router {
    let (router, _, _) = all().finish();
    router
        .route_layer(middleware::from_fn(params::layer))
        .route("/api/openapi.json", reads(api))
        .route("/api/docs", reads(docs::page))
        .route("/api/docs.css", reads(docs::style))
        .merge(partner::router())
        .merge(board::router())
        .merge(gallery::router())
        .route("/healthz", reads(health))
        .route("/metrics", reads(metrics))
        .route("/gatherings", reads(gatherings::page))
        .route("/gatherings.ics", reads(gatherings::feed))
        .route("/gatherings.css", reads(gatherings::style))
        .method_not_allowed_fallback(no_method)
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(LARGEST_MB << 20))
        .layer(middleware::from_fn(script::layer))
        // Sound is packed already, and players ask for parts of it.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("audio/"))),
        )
        .layer(middleware::from_fn_with_state(Arc::clone(&app), security::layer))
        .with_state(app)
}
