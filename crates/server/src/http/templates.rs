//! Workbooks of other offices: kept, pointed at, filled in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get as reads, post as sends, put as sets};
use evidence::FileKind;
use intake::fillings::{self, figures};
use intake::template::{self, Filling, Pointing, Template};
use jiff::civil::Date;
use kernel::{Id, Lang, Refusal};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use sheets::{Field, Limits, Sheet, column_letters};

use super::caller::{At, Body, Caller, Params};
use super::imports::{file_of, staff};
use super::page::{Page, whole};
use super::problem::{Fail, lang};
use super::routes::{Routes, get, post, put};
use crate::app::App;

/// Something that can be put into a column or a cell.
#[derive(Serialize, JsonSchema)]
pub struct Offered {
    /// Its code.
    code: String,
    /// In words.
    words: String,
}

/// A filling that was made.
#[derive(Serialize, JsonSchema)]
pub struct FillingView {
    id: Id,
    /// When, in milliseconds since 1970.
    at: i64,
    #[serde(flatten)]
    filling: Filling,
}

/// A template.
#[derive(Serialize, JsonSchema)]
pub struct TemplateView {
    id: Id,
    file: String,
    /// What goes where, sheet by sheet.
    pointings: Vec<Pointing>,
    /// Fillings, the latest first.
    fillings: Vec<FillingView>,
    /// Names of the workbook's sheets.
    sheets: Vec<String>,
    /// Fields of the register for columns.
    fields: Vec<Offered>,
    /// Figures for cells.
    figures: Vec<Offered>,
    /// Parts of a year, to be put behind a figure.
    parts: Vec<Offered>,
}

fn view(id: Id, state: Template, fillings: Vec<(Id, i64, Filling)>, sheets: Vec<String>) -> TemplateView {
    let zh = lang() != Lang::En;
    let word = |zh_words: &str, en: &str| if zh { zh_words.to_owned() } else { en.to_owned() };
    let fields = Field::ALL.iter().filter(|field| fillings::offered(**field)).map(|field| Offered {
        code: field.name().to_owned(),
        words: word(field.label().0, field.label().1),
    });
    let parts = figures::parts()
        .iter()
        .map(|(code, zh, en)| Offered { code: (*code).to_owned(), words: word(zh, en) });
    TemplateView {
        id,
        file: state.file,
        pointings: state.pointings,
        fillings: fillings.into_iter().map(|(id, at, filling)| FillingView { id, at, filling }).collect(),
        sheets,
        fields: fields.collect(),
        figures: figures::offered()
            .into_iter()
            .map(|(code, zh, en)| Offered { code, words: word(&zh, &en) })
            .collect(),
        parts: parts.collect(),
    }
}

async fn shown(app: &App, caller: &Caller, id: Id) -> Result<TemplateView, Fail> {
    let (state, bytes) = app.imports.template(&caller.actor, id).await?;
    let package = sheets::fill::open(&bytes, &state.file, &Limits::default())?;
    let names = package.sheets().map(str::to_owned).collect();
    let fillings = template::fillings(&app.node, &caller.actor, id).await?;
    Ok(view(id, state, fillings, names))
}

async fn keep(
    State(app): State<Arc<App>>,
    caller: Caller,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, Fail> {
    staff(&caller)?;
    let (name, bytes) = file_of(form).await?;
    let id = app.imports.keep_template(&caller.actor, &name, bytes).await?;
    Ok((StatusCode::CREATED, Json(shown(&app, &caller, id).await?)).into_response())
}

async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<TemplateView>>, Fail> {
    staff(&caller)?;
    let all = fillings::list(&app.imports, &caller.actor).await?;
    Ok(Json(whole(all.into_iter().map(|(id, state, made)| view(id, state, made, Vec::new())).collect())))
}

async fn show(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<TemplateView>, Fail> {
    staff(&caller)?;
    Ok(Json(shown(&app, &caller, id).await?))
}

/// Which part of a sheet.
#[derive(Deserialize, JsonSchema)]
pub struct Part {
    /// Name of the sheet; the first where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 200))]
    sheet: Option<String>,
    /// First row, from 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1_048_576))]
    from: Option<u32>,
}

/// A cell as it is shown.
#[derive(Serialize, JsonSchema)]
pub struct GridCell {
    /// Letters of the column.
    column: String,
    text: String,
    /// Rows and columns that it covers, where it is merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<(u32, u32)>,
    /// Whether it holds a formula.
    formula: bool,
}

/// A row of the grid.
#[derive(Serialize, JsonSchema)]
pub struct GridRow {
    row: u32,
    cells: Vec<GridCell>,
}

/// A part of a sheet as a grid.
#[derive(Serialize, JsonSchema)]
pub struct Grid {
    sheet: String,
    /// Letters of its columns.
    columns: Vec<String>,
    /// How many rows the sheet has.
    height: u32,
    rows: Vec<GridRow>,
}

/// Rows and columns of a grid at most.
const ROWS: usize = 60;
const COLUMNS: usize = 60;
/// Characters of a cell that are shown.
const SHOWN: usize = 60;

fn grid(sheet: &Sheet, from: usize) -> Grid {
    let width = sheet.width().clamp(1, COLUMNS);
    let covered = |row: usize, column: usize| {
        sheet.merges.iter().find(|merge| {
            (merge.top as usize..=merge.bottom as usize).contains(&row)
                && (merge.left as usize..=merge.right as usize).contains(&column)
        })
    };
    let cell = |row: usize, column: usize| {
        let merge = covered(row, column);
        let heads = merge.is_none_or(|merge| {
            (merge.top as usize, merge.left as usize) == (row, column)
                || row == from && merge.left as usize == column
        });
        heads.then(|| GridCell {
            column: column_letters(column),
            text: sheet.cell(row, column).shown().chars().take(SHOWN).collect(),
            span: merge.map(|merge| (merge.bottom - row as u32 + 1, merge.right - column as u32 + 1)),
            formula: sheet.formulas.contains(&(row as u32, column as u32)),
        })
    };
    let rows = (from..(from + ROWS).min(sheet.rows.len().max(from + 1))).map(|row| GridRow {
        row: row as u32 + 1,
        cells: (0..width).filter_map(|column| cell(row, column)).collect(),
    });
    Grid {
        sheet: sheet.name.clone(),
        columns: (0..width).map(column_letters).collect(),
        height: sheet.rows.len() as u32,
        rows: rows.collect(),
    }
}

async fn grid_of(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Params(part): Params<Part>,
) -> Result<Json<Grid>, Fail> {
    staff(&caller)?;
    let (state, bytes) = app.imports.template(&caller.actor, id).await?;
    let book = sheets::read_whole_sheets(&bytes, &state.file, &Limits::default())?;
    let named = part.sheet.as_deref();
    let found = book.sheets.iter().find(|sheet| named.is_none_or(|name| sheet.name == name));
    let unknown = || Refusal::new(&intake::faults::UNKNOWN_SHEET).with("sheet", named.unwrap_or_default());
    let sheet = found.ok_or_else(unknown)?;
    Ok(Json(grid(sheet, part.from.map_or(0, |from| from.saturating_sub(1) as usize))))
}

async fn point(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(pointing): Body<Pointing>,
) -> Result<Json<TemplateView>, Fail> {
    staff(&caller)?;
    app.imports.point(&caller.actor, id, pointing).await?;
    Ok(Json(shown(&app, &caller, id).await?))
}

/// For which days.
#[derive(Deserialize, JsonSchema)]
pub struct Period {
    /// First day that is counted.
    #[schemars(extend("format" = "date"))]
    from: String,
    /// Last day.
    #[schemars(extend("format" = "date"))]
    to: String,
}

async fn fill(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(period): Body<Period>,
) -> Result<Json<TemplateView>, Fail> {
    staff(&caller)?;
    let day = |text: &str, at: &'static str| {
        text.parse::<Date>().map_err(|_| Refusal::new(&crate::faults::BAD_PARAMETER).with("why", at).at(at))
    };
    let (from, to) = (day(&period.from, "from")?, day(&period.to, "to")?);
    app.imports.fill(&caller.actor, id, (from, to)).await?;
    Ok(Json(shown(&app, &caller, id).await?))
}

async fn filled(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Response, Fail> {
    staff(&caller)?;
    let (name, bytes) = app.imports.filled(&caller.actor, id).await?;
    let quoted: String =
        name.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
    let disposition = format!("attachment; filename=\"form.xlsx\"; filename*=UTF-8''{quoted}");
    Ok(([(CONTENT_TYPE, FileKind::Xlsx.media_type().to_owned()), (CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// The routes of templates.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    let routes = routes
        .at(
            "/api/v1/templates",
            sends(keep).get(list).layer(DefaultBodyLimit::max((40 << 20) + 4_096)),
            [
                |g: &mut G| {
                    post("intake", "Keeps a workbook to fill in.")
                        .upload()
                        .answers::<TemplateView>(g)
                        .status(201)
                },
                |g: &mut G| get("intake", "Workbooks to fill in.").answers::<Page<TemplateView>>(g),
            ],
        )
        .at(
            "/api/v1/templates/{id}",
            reads(show),
            [|g: &mut G| get("intake", "A workbook to fill in.").answers::<TemplateView>(g)],
        )
        .at(
            "/api/v1/templates/{id}/grid",
            reads(grid_of),
            [|g: &mut G| get("intake", "A part of a sheet.").query::<Part>(g).answers::<Grid>(g)],
        );
    routes
        .at(
            "/api/v1/templates/{id}/pointing",
            sets(point),
            [|g: &mut G| {
                put("intake", "Says what goes where.").body::<Pointing>(g).answers::<TemplateView>(g)
            }],
        )
        .at(
            "/api/v1/templates/{id}/fill",
            sends(fill),
            [|g: &mut G| post("intake", "Fills it in.").body::<Period>(g).answers::<TemplateView>(g)],
        )
        .at(
            "/api/v1/templates/{id}/filled.xlsx",
            reads(filled),
            [|_: &mut G| {
                get("intake", "The workbook as it was filled in last.")
                    .answers_file(FileKind::Xlsx.media_type())
            }],
        )
}
