//! Any record by its id: fields, history, conflicts, changes, the journal and the access log.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use jiff::Timestamp;
use journal::Past;
use kernel::faults::UNKNOWN_RECORD;
use kernel::{Actor, Held, Id, Object, RecordDef, Refusal, Role, Roles, SetAside, Use};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::caller::{Caller, Params};
use super::page::{Page, Paging, whole};
use super::problem::Fail;
use crate::app::App;
use crate::queries;

/// Who may look into the journal and the access log.
const WATCHERS: Roles = Roles::of(&[Role::Manager, Role::Auditor]);

/// What a record is besides its fields.
#[derive(Serialize, JsonSchema)]
pub struct MetaView {
    no: i64,
    version: i64,
    #[schemars(with = "String", extend("format" = "date-time"))]
    created: Timestamp,
    #[schemars(with = "String", extend("format" = "date-time"))]
    changed: Timestamp,
    made_by: Id,
    retracted: bool,
    erased: bool,
    /// The version in which each field last changed.
    stamps: HashMap<String, i64>,
}

/// A record as its reader may see it.
#[derive(Serialize, JsonSchema)]
pub struct RecordView {
    noun: &'static str,
    id: Id,
    fields: Object,
    meta: MetaView,
    /// Values that lost against another edit and wait to be settled.
    set_aside: Vec<SetAside>,
}

/// Whether the actor may read a field by its name. Password hashes and second factors are shown to nobody.
pub fn reads_field(actor: &Actor, held: &Held, name: &str) -> bool {
    !secret(held, name) && held.def.field(name).is_some_and(|field| kernel::reads(actor, held, field.label))
}

fn secret(held: &Held, name: &str) -> bool {
    held.def.noun == "account" && access::account::NEVER_SHOWN.contains(&name)
}

/// The fields of an object that the actor may read, of a time that has passed.
fn shown_past(actor: &Actor, held: &Held, object: &Object) -> Object {
    let may = |name: &str| {
        let field = held.def.field(name);
        !secret(held, name) && field.is_some_and(|field| kernel::reads_past(actor, held, field.label))
    };
    object.iter().filter(|(name, _)| may(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The fields of an object that the actor may read.
pub fn shown(actor: &Actor, held: &Held, object: &Object) -> Object {
    let may = |name: &str| reads_field(actor, held, name);
    object.iter().filter(|(name, _)| may(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The record as the actor may see it.
pub fn view(actor: &Actor, held: &Held) -> RecordView {
    let meta = &held.meta;
    let may = |name: &str| reads_field(actor, held, name);
    RecordView {
        noun: held.def.noun,
        id: meta.id,
        fields: shown(actor, held, held.object()),
        meta: MetaView {
            no: meta.no,
            version: meta.version,
            created: meta.created,
            changed: meta.changed,
            made_by: meta.made_by.0,
            retracted: meta.retracted,
            erased: meta.erased,
            stamps: held.stamps.iter().map(|(name, version)| (name.clone(), *version)).collect(),
        },
        set_aside: held.set_aside.iter().filter(|aside| may(&aside.field)).cloned().collect(),
    }
}

fn unknown() -> Fail {
    Refusal::new(&UNKNOWN_RECORD).into()
}

async fn reached(app: &App, caller: &Caller, noun: &str, id: &str) -> Result<Held, Fail> {
    let id: Id = id.parse().map_err(|_| unknown())?;
    let held = app.node.visible_one(&caller.actor, noun, id, Use::Read).await?.ok_or_else(unknown)?;
    super::people::log_read(app, &caller.actor, &held, "record").await?;
    Ok(held)
}

/// One record.
pub async fn show(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((noun, id)): Path<(String, String)>,
) -> Result<Json<RecordView>, Fail> {
    let held = reached(&app, &caller, &noun, &id).await?;
    Ok(Json(view(&caller.actor, &held)))
}

/// Who did something.
#[derive(Serialize, JsonSchema)]
pub struct Who {
    id: Id,
    display: String,
}

/// One line of a record's history.
#[derive(Serialize, JsonSchema)]
pub struct PastView {
    position: i64,
    command: Id,
    #[schemars(with = "String", extend("format" = "date-time"))]
    at: Timestamp,
    #[schemars(with = "String", extend("format" = "date-time"))]
    stored: Timestamp,
    by: Who,
    device: String,
    verb: String,
    reason: Option<String>,
    before: Object,
    after: Object,
    set_aside: Vec<String>,
}

/// The history of a record, newest first.
pub async fn history(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((noun, id)): Path<(String, String)>,
) -> Result<Json<Page<PastView>>, Fail> {
    let held = reached(&app, &caller, &noun, &id).await?;
    let names = access::account::queries::names(&app.node, caller.actor.site).await?;
    let past = app.node.history(caller.actor.site, &noun, held.meta.id).await?;
    let lines = past.into_iter().rev().map(|past| past_view(&caller.actor, &held, past, &names)).collect();
    Ok(Json(whole(lines)))
}

fn past_view(actor: &Actor, held: &Held, past: Past, names: &HashMap<Id, String>) -> PastView {
    PastView {
        position: past.position,
        command: past.command,
        at: past.at,
        stored: past.stored,
        by: Who { id: past.by.0, display: names.get(&past.by.0).cloned().unwrap_or_default() },
        device: past.device,
        verb: past.verb,
        reason: past.reason,
        before: shown_past(actor, held, &past.before),
        after: shown_past(actor, held, &past.after),
        set_aside: past.set_aside,
    }
}

/// A field of a record with two values.
#[derive(Serialize, JsonSchema)]
pub struct ConflictView {
    noun: String,
    record: Id,
    /// What the record is called.
    label: String,
    field: String,
    /// The value that stands.
    current: Value,
    /// The value that was set aside: by whom, when, on which device.
    aside: SetAside,
    by: Who,
}

/// Values that were set aside and wait to be settled.
pub async fn conflicts(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Page<ConflictView>>, Fail> {
    let rows = app.node.rows(queries::CONFLICTS.text, vec![caller.actor.site.into()]).await?;
    let names = access::account::queries::names(&app.node, caller.actor.site).await?;
    let mut items = Vec::new();
    for row in rows {
        let found = app.node.visible_one(&caller.actor, row.text(0), row.id(1), Use::Read).await?;
        let Some(held) = found else { continue };
        for aside in view(&caller.actor, &held).set_aside {
            items.push(ConflictView {
                noun: held.def.noun.to_owned(),
                record: held.meta.id,
                label: label(held.object()),
                field: aside.field.clone(),
                current: held.object().get(&aside.field).cloned().unwrap_or_default(),
                by: Who { id: aside.by.0, display: names.get(&aside.by.0).cloned().unwrap_or_default() },
                aside,
            });
        }
    }
    Ok(Json(whole(items)))
}

/// By what name a list may call a record: its first name, title, number or words.
fn label(object: &Object) -> String {
    let first = object.get("names").and_then(|names| names.get(0)).and_then(|name| name.get("text"));
    let others = ["title", "number", "name", "display", "words"].into_iter().map(|name| object.get(name));
    std::iter::once(first)
        .chain(others)
        .flatten()
        .find_map(|value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
        .unwrap_or_default()
}

/// Where in the journal a reader is.
#[derive(Deserialize, JsonSchema)]
pub struct After {
    /// The last position that was read; 0 from the start.
    #[serde(default)]
    #[schemars(range(min = 0))]
    after: i64,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

/// A record that changed.
#[derive(Serialize, JsonSchema)]
pub struct ChangeView {
    position: i64,
    noun: String,
    record: Id,
    version: i64,
}

/// What changed since a position, as far as the reader may know of it.
#[derive(Serialize, JsonSchema)]
pub struct Changes {
    items: Vec<ChangeView>,
    /// Ask again after this; `null` when everything was read.
    next: Option<i64>,
    /// The last position looked at.
    position: i64,
}

/// What changed since a position.
pub async fn changes(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(after): Params<After>,
) -> Result<Json<Changes>, Fail> {
    let limit = i64::from(after.limit.unwrap_or(200));
    let values = vec![caller.actor.site.into(), after.after.into(), limit.into()];
    let rows = app.node.rows(queries::CHANGES.text, values).await?;
    let mut by_noun: HashMap<&str, Vec<Id>> = HashMap::new();
    for row in &rows {
        by_noun.entry(row.text(1)).or_default().push(row.id(2));
    }
    let mut known = std::collections::HashSet::new();
    for (noun, ids) in by_noun {
        let held = app.node.visible(&caller.actor, noun, &ids, Use::Read).await?;
        known.extend(held.iter().map(|held| (noun.to_owned(), held.meta.id)));
    }
    let position = rows.last().map_or(after.after, |row| row.int(0));
    let next = (rows.len() as i64 == limit).then_some(position);
    let items = rows.iter().filter(|row| known.contains(&(row.text(1).to_owned(), row.id(2))));
    let items = items
        .map(|row| ChangeView {
            position: row.int(0),
            noun: row.text(1).to_owned(),
            record: row.id(2),
            version: row.int(3),
        })
        .collect();
    Ok(Json(Changes { items, next, position }))
}

/// One line of the journal, without content.
#[derive(Serialize, JsonSchema)]
pub struct JournalLine {
    position: i64,
    #[schemars(with = "String", extend("format" = "date-time"))]
    at: Timestamp,
    #[schemars(with = "String", extend("format" = "date-time"))]
    stored: Timestamp,
    by: Who,
    device: String,
    verb: String,
    noun: String,
    record: Id,
    version: i64,
}

/// The journal, newest first, for managers and auditors.
pub async fn journal(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<JournalLine>>, Fail> {
    caller.only(WATCHERS, "journal.read")?;
    let before = paging.number()?.unwrap_or(i64::MAX);
    let values = vec![caller.actor.site.into(), before.into(), paging.one_more().into()];
    let rows = app.node.rows(queries::JOURNAL.text, values).await?;
    let names = access::account::queries::names(&app.node, caller.actor.site).await?;
    let time = |micros: i64| Timestamp::from_microsecond(micros).unwrap_or_default();
    let lines = rows.iter().map(|row| JournalLine {
        position: row.int(0),
        at: time(row.int(1)),
        stored: time(row.int(2)),
        by: Who { id: row.id(3), display: names.get(&row.id(3)).cloned().unwrap_or_default() },
        device: row.text(4).to_owned(),
        verb: row.text(5).to_owned(),
        noun: row.text(6).to_owned(),
        record: row.id(7),
        version: row.int(8),
    });
    Ok(Json(Page::cut(lines.collect(), paging.size(), |line: &JournalLine| line.position.to_string())))
}

/// Who read which child's record, newest first, for managers and auditors.
pub async fn access_log(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<access::log::Access>>, Fail> {
    caller.only(WATCHERS, "access_log.read")?;
    let before = paging.id()?;
    let most = paging.one_more() as usize;
    let filter = access::log::Filter::All;
    let lines = access::log::list(&app.node, caller.actor.site, filter, before, most).await?;
    Ok(Json(Page::cut(lines, paging.size(), |line| line.id.to_string())))
}

/// The accounts of the site.
pub async fn accounts(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Page<access::account::views::AccountCard>>, Fail> {
    Ok(Json(whole(access::account::queries::list(&app.node, &caller.actor).await?)))
}

/// The kinds of record, for the fixed parts of the document.
pub fn nouns() -> Vec<&'static RecordDef> {
    let registry = crate::registry::registry();
    registry
        .manifests()
        .iter()
        .flat_map(|manifest| &manifest.records)
        .filter_map(|def| registry.record(def.noun))
        .collect()
}
