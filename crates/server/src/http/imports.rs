//! Imports: a file in, a preview to decide on, entering, undoing.

use std::sync::Arc;

use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get as reads, post as sends, put as sets};
use intake::preview::{Duplicate, RowKept, SheetKept};
use intake::{Choice, ImportError, Preview, Progress, Rule, State as ImportState};
use kernel::{Id, Refusal, Roles};
use people::duplicates::Reason;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sheets::{Severity, column_letters};

use super::caller::{At, Body, Caller, Params};
use super::import_mapping::{MappingBody, mapping};
use super::page::{Page, Paging, whole};
use super::problem::{Fail, lang};
use super::routes::{Routes, get, post, put};
use crate::app::App;
use crate::faults;

/// The largest file, in MB.
const LARGEST_MB: usize = 40;

impl From<ImportError> for Fail {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Refused(refusal) => refusal.into(),
            ImportError::Store(error) => error.into(),
        }
    }
}

/// A column and what it is.
#[derive(Serialize, JsonSchema)]
pub struct ColumnView {
    column: String,
    header: String,
    field: Option<&'static str>,
    /// From 0 to 1.
    sure: f64,
}

/// A sheet of the file.
#[derive(Serialize, JsonSchema)]
pub struct SheetView {
    name: String,
    visible: bool,
    role: String,
    /// What kind of sheet it is: `children`, `household`, `people`, `visits`, `signups`, `roll`, `other`.
    kind: String,
    rows: usize,
    chosen: bool,
    mapping: Vec<ColumnView>,
    /// Title of the activity that a roll or a list of sign-ups is about.
    title: String,
    /// Day of the session that sign-ups are for.
    day: Option<String>,
    /// Signs of a roll that nobody explained, with how many cells have them.
    signs: std::collections::BTreeMap<String, usize>,
    /// Rows that are no data, by role.
    others: std::collections::HashMap<String, usize>,
}

/// What the rows of the chosen sheets come to.
#[derive(Default, Serialize, JsonSchema)]
pub struct Counts {
    rows: usize,
    clean: usize,
    fix: usize,
    flag: usize,
    refuse: usize,
    duplicates: usize,
    /// Rows that somebody should decide on.
    review: usize,
    new: usize,
    same: usize,
    skip: usize,
    /// Rows that were imported before.
    known: usize,
}

/// What was entered.
#[derive(Serialize, JsonSchema)]
pub struct Entered {
    persons_made: u32,
    persons_known: u32,
    records_made: u32,
    /// Changes that undoing left alone because somebody changed them since.
    left: u32,
}

/// A row that was not entered.
#[derive(Serialize, JsonSchema)]
pub struct FailedRow {
    sheet: String,
    row: u32,
    why: String,
}

/// An import as it stands.
#[derive(Serialize, JsonSchema)]
pub struct ImportView {
    id: Id,
    file: String,
    state: ImportState,
    rule: Rule,
    progress: Option<Progress>,
    /// Why the file could not be read.
    problem: Option<String>,
    /// An earlier import of the same file.
    again: Option<Id>,
    sheets: Vec<SheetView>,
    counts: Counts,
    entered: Entered,
    failed: Vec<FailedRow>,
}

fn sheet_view(sheet: &SheetKept) -> SheetView {
    let columns = sheet.mapping.columns.iter().map(|map| ColumnView {
        column: column_letters(map.column),
        header: map.title.clone(),
        field: map.target.as_ref().map(|target| target.field.name()),
        sure: map.confidence,
    });
    SheetView {
        name: sheet.name.clone(),
        visible: sheet.visible,
        role: sheet.role.clone(),
        kind: sheet.mapping.kind.name().to_owned(),
        signs: sheet.signs(),
        title: sheet.event.title.clone(),
        day: sheet.event.day.map(|day| day.to_string()),
        rows: sheet.rows.len(),
        chosen: sheet.chosen,
        mapping: columns.collect(),
        others: sheet.others.clone(),
    }
}

fn counts(preview: &Preview) -> Counts {
    let mut counts = Counts::default();
    for row in preview.sheets.iter().filter(|sheet| sheet.chosen).flat_map(|sheet| &sheet.rows) {
        counts.rows += 1;
        match row.issues.iter().map(|issue| issue.severity).max() {
            None => counts.clean += 1,
            Some(Severity::Fix) => counts.fix += 1,
            Some(Severity::Flag) => counts.flag += 1,
            Some(Severity::Refuse) => counts.refuse += 1,
        }
        counts.known += usize::from(row.known.is_some());
        counts.duplicates += usize::from(row.duplicate.is_some());
        let open = row.known.is_none() && row.choice.is_none();
        counts.review += usize::from(open && row.duplicate.as_ref().is_some_and(|found| !found.auto));
        match preview.choice(row) {
            Choice::Same => counts.same += 1,
            Choice::New => counts.new += 1,
            Choice::Skip => counts.skip += 1,
        }
    }
    counts
}

/// An import as its page shows it.
pub fn view(app: &App, preview: &Preview) -> ImportView {
    view_at(preview, app.imports.progress(preview.id.0))
}

/// An import as it stands. How far it is is asked first: what ends in between is then told as ended and still in hand,
/// never as begun and dropped.
async fn stands(app: &App, caller: &Caller, id: Id) -> Result<ImportView, Fail> {
    let progress = app.imports.progress(id);
    Ok(view_at(&app.imports.look(&caller.actor, id).await?, progress))
}

fn view_at(preview: &Preview, progress: Option<Progress>) -> ImportView {
    let words = preview.problem.as_ref().map(|(code, zh, en)| format!("{code} {}", lang().pick(zh, en)));
    let failed = preview.failed.iter().map(|(sheet, row, why)| FailedRow {
        sheet: sheet.clone(),
        row: *row,
        why: why.clone(),
    });
    ImportView {
        id: preview.id.0,
        file: preview.file.clone(),
        state: preview.state,
        rule: preview.rule,
        progress,
        problem: words,
        again: preview.again,
        sheets: preview.sheets.iter().map(sheet_view).collect(),
        counts: counts(preview),
        entered: Entered {
            persons_made: preview.entered.0,
            persons_known: preview.entered.1,
            records_made: preview.entered.2,
            left: preview.left,
        },
        failed: failed.collect(),
    }
}

/// Refuses whoever may not import.
pub fn staff(caller: &Caller) -> Result<(), Fail> {
    caller.only(Roles::STAFF, "batch.apply")
}

/// The file of a form: its name and its bytes.
pub async fn file_of(
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<(String, Vec<u8>), Fail> {
    let mut form = form.map_err(|_| Refusal::new(&faults::NOT_JSON).with("wanted", "multipart/form-data"))?;
    let unread = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::new(&faults::TOO_LARGE).with("limit", LARGEST_MB)
        } else {
            Refusal::new(&faults::BAD_REQUEST).with("why", "multipart/form-data")
        }
    };
    while let Some(field) = form.next_field().await.map_err(unread)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or("file").chars().take(200).collect::<String>();
            return Ok((name, field.bytes().await.map_err(unread)?.to_vec()));
        }
    }
    Err(Refusal::new(&intake::faults::NO_FILE).at("file").into())
}

async fn start(
    State(app): State<Arc<App>>,
    caller: Caller,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, Fail> {
    staff(&caller)?;
    let (name, bytes) = file_of(form).await?;
    let id = app.imports.start(&caller.actor, &name, bytes).await?;
    let preview = app.imports.get(&caller.actor, id.0).await?;
    Ok((StatusCode::ACCEPTED, Json(view(&app, &preview))).into_response())
}

async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<ImportView>>, Fail> {
    staff(&caller)?;
    let all = app.imports.list(&caller.actor).await?;
    Ok(Json(whole(all.iter().map(|preview| view(&app, preview)).collect())))
}

async fn show(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    Ok(Json(stands(&app, &caller, id).await?))
}

/// Something said about a cell.
#[derive(Serialize, JsonSchema)]
pub struct IssueView {
    cell: String,
    field: String,
    code: String,
    severity: String,
    message: String,
}

/// With whom a row may be one person.
#[derive(Serialize, JsonSchema)]
pub struct DuplicateRow {
    /// A person of the register.
    person: Option<Id>,
    /// An earlier row of the file.
    sheet: Option<String>,
    row: Option<u32>,
    name: String,
    probability: f64,
    /// Whether it may be joined without asking.
    auto: bool,
    reasons: Vec<Reason>,
}

/// A row of the preview.
#[derive(Serialize, JsonSchema)]
pub struct RowView {
    row: u32,
    values: Value,
    issues: Vec<IssueView>,
    /// It was imported before.
    known: Option<Id>,
    duplicate: Option<DuplicateRow>,
    /// What is going to be done.
    decision: Choice,
    /// Whether somebody said so.
    decided: bool,
}

/// Which rows.
#[derive(Deserialize, JsonSchema)]
pub struct Rows {
    /// Name of the sheet; the first chosen one where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 200))]
    sheet: Option<String>,
    /// `issues`, `duplicates` or `all`.
    #[serde(default)]
    #[schemars(extend("enum" = ["all", "duplicates", "issues"]))]
    only: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

async fn rows(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Params(asked): Params<Rows>,
) -> Result<Json<Page<RowView>>, Fail> {
    staff(&caller)?;
    let preview = app.imports.get(&caller.actor, id).await?;
    let paging = Paging { after: asked.after.clone(), limit: asked.limit };
    let after = paging.number()?.unwrap_or(0);
    let named = asked.sheet.as_deref();
    let sheet = preview.sheets.iter().find(|sheet| named.map_or(sheet.chosen, |name| sheet.name == name));
    let Some(sheet) = sheet else { return Ok(Json(whole(Vec::new()))) };
    let wanted = |row: &&RowKept| match asked.only.as_deref() {
        Some("issues") => !row.issues.is_empty(),
        Some("duplicates") => row.duplicate.is_some() && row.known.is_none(),
        _ => true,
    };
    let part: Vec<&RowKept> = sheet
        .rows
        .iter()
        .filter(|row| i64::from(row.row) > after)
        .filter(wanted)
        .take(paging.size() + 1)
        .collect();
    let people =
        part.iter().filter_map(|row| row.duplicate.as_ref().and_then(|found| found.person)).collect();
    let known = super::people::names(&app, &caller.actor, people).await?;
    let views = part.into_iter().map(|row| row_view(&preview, sheet, row, &known)).collect();
    Ok(Json(Page::cut(views, paging.size(), |row: &RowView| row.row.to_string())))
}

fn row_view(
    preview: &Preview,
    sheet: &SheetKept,
    row: &RowKept,
    names: &std::collections::HashMap<Id, String>,
) -> RowView {
    let issues = row.issues.iter().map(|issue| IssueView {
        cell: issue.cell.clone(),
        field: issue.field.clone(),
        code: issue.code.clone(),
        severity: serde_json::to_value(issue.severity)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default(),
        message: sheets::issue::words(&issue.code, lang()).into_owned(),
    });
    let duplicate = row.duplicate.as_ref().map(|found| duplicate_row(preview, found, names));
    RowView {
        row: row.row,
        values: row.happening.as_ref().map_or_else(
            || row.values.json(&sheet.mapping.fields(), sheet.mapping.kind),
            sheets::Happening::json,
        ),
        issues: issues.collect(),
        known: row.known,
        duplicate,
        decision: preview.choice(row),
        decided: row.choice.is_some(),
    }
}

fn duplicate_row(
    preview: &Preview,
    found: &Duplicate,
    names: &std::collections::HashMap<Id, String>,
) -> DuplicateRow {
    let earlier = found.earlier.map(|(sheet, at)| (&preview.sheets[sheet], &preview.sheets[sheet].rows[at]));
    let of_row = earlier.and_then(|(_, row)| row.values.name.clone());
    let name = found.person.and_then(|id| names.get(&id).cloned()).or(of_row).unwrap_or_default();
    DuplicateRow {
        person: found.person,
        sheet: earlier.map(|(sheet, _)| sheet.name.clone()),
        row: earlier.map(|(_, row)| row.row),
        name,
        probability: found.probability,
        auto: found.auto,
        reasons: found.reasons.clone(),
    }
}

/// Which sheet comes in.
#[derive(Deserialize, JsonSchema)]
pub struct Choose {
    #[schemars(length(max = 200))]
    name: String,
    chosen: bool,
}

async fn choose(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(choose): Body<Choose>,
) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    let preview = app.imports.choose(&caller.actor, id, &choose.name, choose.chosen).await?;
    Ok(Json(view(&app, &preview)))
}

/// Decisions: a rule for those that nobody decided on, and rows one by one.
#[derive(Deserialize, JsonSchema)]
pub struct Decisions {
    #[serde(default)]
    rule: Option<Rule>,
    #[serde(default)]
    #[schemars(length(max = 2000))]
    rows: Vec<RowDecision>,
}

/// What is done with a row; nothing takes a decision back.
#[derive(Deserialize, JsonSchema)]
pub struct RowDecision {
    #[schemars(length(max = 200))]
    sheet: String,
    row: u32,
    decision: Option<Choice>,
}

async fn decide(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(body): Body<Decisions>,
) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    let rows = body.rows.into_iter().map(|one| (one.sheet, one.row, one.decision)).collect();
    let preview = app.imports.decide(&caller.actor, id, body.rule, rows).await?;
    Ok(Json(view(&app, &preview)))
}

async fn apply(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Response, Fail> {
    staff(&caller)?;
    app.imports.apply(&caller.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Json(stands(&app, &caller, id).await?)).into_response())
}

async fn cancel(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    app.imports.cancel(&caller.actor, id).await?;
    Ok(Json(stands(&app, &caller, id).await?))
}

/// Why an import is taken back.
#[derive(Deserialize, JsonSchema)]
pub struct Why {
    #[schemars(length(min = 1, max = 2000))]
    reason: String,
}

async fn undo(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(why): Body<Why>,
) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    let preview = app.imports.undo(&caller.actor, id, &why.reason).await?;
    Ok(Json(view(&app, &preview)))
}

/// The routes of imports.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    let routes = routes
        .at(
            "/api/v1/imports",
            sends(start).get(list).layer(DefaultBodyLimit::max((LARGEST_MB << 20) + 4_096)),
            [
                |g: &mut G| {
                    post("intake", "Takes a file in hand.").upload().answers::<ImportView>(g).status(202)
                },
                |g: &mut G| get("intake", "The latest imports.").answers::<Page<ImportView>>(g),
            ],
        )
        .at(
            "/api/v1/imports/{id}",
            reads(show),
            [|g: &mut G| get("intake", "An import as it stands.").answers::<ImportView>(g)],
        )
        .at(
            "/api/v1/imports/{id}/rows",
            reads(rows),
            [|g: &mut G| get("intake", "Rows of an import.").query::<Rows>(g).answers::<Page<RowView>>(g)],
        );
    deciding(routes)
}

fn deciding(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/imports/{id}/sheets",
            sets(choose),
            [|g: &mut G| {
                put("intake", "Chooses a sheet.").body::<Choose>(g).answers::<ImportView>(g).refuses(&[409])
            }],
        )
        .at(
            "/api/v1/imports/{id}/mapping",
            sets(mapping),
            [|g: &mut G| {
                put("intake", "Says what columns are.")
                    .body::<MappingBody>(g)
                    .answers::<ImportView>(g)
                    .refuses(&[409])
            }],
        )
        .at(
            "/api/v1/imports/{id}/decisions",
            sets(decide),
            [|g: &mut G| {
                put("intake", "Decides on duplicates.")
                    .body::<Decisions>(g)
                    .answers::<ImportView>(g)
                    .refuses(&[409])
            }],
        )
        .at(
            "/api/v1/imports/{id}/apply",
            sends(apply),
            [|g: &mut G| post("intake", "Enters it.").answers::<ImportView>(g).status(202).refuses(&[409])],
        )
        .at(
            "/api/v1/imports/{id}/cancel",
            sends(cancel),
            [|g: &mut G| post("intake", "Stops it.").answers::<ImportView>(g).refuses(&[409])],
        )
        .at(
            "/api/v1/imports/{id}/undo",
            sends(undo),
            [|g: &mut G| {
                post("intake", "Takes it back whole.").body::<Why>(g).answers::<ImportView>(g).refuses(&[409])
            }],
        )
}
