//! Reports as JSON, as a workbook and as CSV.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get as reads;
use evidence::month::Month;
use evidence::roster::Roster;
use evidence::year::{Span, Year};
use evidence::{Printed, ReportError, csv, xlsx};
use jiff::civil::Date;
use kernel::{Lang, Refusal};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Deserialize;

use super::caller::{Caller, Params};
use super::problem::{Fail, lang};
use super::routes::{Routes, get};
use crate::app::App;
use crate::faults;

/// Media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of CSV.
pub const CSV: &str = "text/csv";

impl From<ReportError> for Fail {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Refused(refusal) => refusal.into(),
            ReportError::Store(error) => error.into(),
        }
    }
}

/// The day of a roster.
#[derive(Deserialize, JsonSchema)]
pub struct AsOf {
    /// Today where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    as_of: Option<String>,
    /// Language of a file's words: `zh`, `zh-Hant` or `en`; a link cannot send `Accept-Language`.
    #[serde(default)]
    #[schemars(length(max = 40))]
    lang: Option<String>,
}

/// The month of a report.
#[derive(Deserialize, JsonSchema)]
pub struct OfMonth {
    /// Such as `2026-11`; this month where nothing is said.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}$"))]
    month: Option<String>,
    /// Language of a file's words: `zh`, `zh-Hant` or `en`; a link cannot send `Accept-Language`.
    #[serde(default)]
    #[schemars(length(max = 40))]
    lang: Option<String>,
}

/// The period of a report.
#[derive(Deserialize, JsonSchema)]
pub struct OfPeriod {
    /// Such as `2026`, `2026-H1`, `2026-Q3`, `2026-11`; this year where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 10))]
    period: Option<String>,
    /// Instead of a period: from this day.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Instead of a period: to this day.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    to: Option<String>,
    /// Language of a file's words: `zh`, `zh-Hant` or `en`; a link cannot send `Accept-Language`.
    #[serde(default)]
    #[schemars(length(max = 40))]
    lang: Option<String>,
}

fn day_of(name: &'static str, text: Option<&str>) -> Result<Option<Date>, Refusal> {
    let bad = |_| Refusal::new(&faults::BAD_PARAMETER).with("why", name).at(name);
    text.map(str::parse).transpose().map_err(bad)
}

impl OfPeriod {
    /// A period by its code or its days.
    pub fn new(period: Option<String>, from: Option<String>, to: Option<String>) -> Self {
        Self { period, from, to, lang: None }
    }
}

/// The period that is asked for.
pub fn span_of(app: &App, asked: &OfPeriod) -> Result<Span, Fail> {
    let days = (day_of("from", asked.from.as_deref())?, day_of("to", asked.to.as_deref())?);
    Ok(evidence::year::asked_span(asked.period.as_deref(), days, app.node.today())?)
}

async fn year_of(app: &App, caller: &Caller, asked: &OfPeriod) -> Result<Year, Fail> {
    Ok(evidence::year::report(&app.node, &caller.actor, &span_of(app, asked)?).await?)
}

async fn year(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfPeriod>,
) -> Result<Json<Year>, Fail> {
    Ok(Json(year_of(&app, &caller, &asked).await?))
}

async fn year_xlsx(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfPeriod>,
) -> Result<Response, Fail> {
    file(&app, year_of(&app, &caller, &asked).await?.printed(), asked.lang.as_deref(), "report", XLSX)
}

async fn year_csv(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfPeriod>,
) -> Result<Response, Fail> {
    file(&app, year_of(&app, &caller, &asked).await?.printed(), asked.lang.as_deref(), "report", CSV)
}

async fn roster_of(app: &App, caller: &Caller, asked: &AsOf) -> Result<Roster, Fail> {
    let bad = |_| Refusal::new(&faults::BAD_PARAMETER).with("why", "as_of").at("as_of");
    let day: Option<Date> = asked.as_of.as_deref().map(str::parse).transpose().map_err(bad)?;
    Ok(evidence::roster::report(&app.node, &caller.actor, day.unwrap_or_else(|| app.node.today())).await?)
}

async fn month_of(app: &App, caller: &Caller, asked: &OfMonth) -> Result<Month, Fail> {
    let month = asked.month.clone().unwrap_or_else(|| {
        let today = app.node.today();
        format!("{:04}-{:02}", today.year(), today.month())
    });
    Ok(evidence::month::report(&app.node, &caller.actor, &month).await?)
}

async fn roster(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<AsOf>,
) -> Result<Json<Roster>, Fail> {
    Ok(Json(roster_of(&app, &caller, &asked).await?))
}

async fn month(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfMonth>,
) -> Result<Json<Month>, Fail> {
    Ok(Json(month_of(&app, &caller, &asked).await?))
}

fn file(
    app: &App,
    printed: Printed<'_>,
    asked: Option<&str>,
    name: &str,
    kind: &'static str,
) -> Result<Response, Fail> {
    let printed = &Printed { lang: asked.and_then(Lang::of_tag).unwrap_or_else(lang), ..printed };
    let (bytes, ending) = match kind {
        XLSX => (xlsx(printed, app.node.now())?, "xlsx"),
        _ => (csv(printed)?, "csv"),
    };
    let disposition = format!("attachment; filename=\"skein-{name}.{ending}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

async fn roster_xlsx(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<AsOf>,
) -> Result<Response, Fail> {
    file(&app, roster_of(&app, &caller, &asked).await?.printed(), asked.lang.as_deref(), "roster", XLSX)
}

async fn roster_csv(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<AsOf>,
) -> Result<Response, Fail> {
    file(&app, roster_of(&app, &caller, &asked).await?.printed(), asked.lang.as_deref(), "roster", CSV)
}

async fn month_xlsx(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfMonth>,
) -> Result<Response, Fail> {
    file(
        &app,
        month_of(&app, &caller, &asked).await?.printed(),
        asked.lang.as_deref(),
        "participations",
        XLSX,
    )
}

async fn month_csv(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfMonth>,
) -> Result<Response, Fail> {
    file(&app, month_of(&app, &caller, &asked).await?.printed(), asked.lang.as_deref(), "participations", CSV)
}

fn year_routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/reports/year",
            reads(year),
            [|g: &mut G| {
                get("evidence", "What a year, or any period, came to.")
                    .query::<OfPeriod>(g)
                    .answers::<Year>(g)
            }],
        )
        .at(
            "/api/v1/reports/year.xlsx",
            reads(year_xlsx),
            [|g: &mut G| get("evidence", "A period as a workbook.").query::<OfPeriod>(g).answers_file(XLSX)],
        )
        .at(
            "/api/v1/reports/year.csv",
            reads(year_csv),
            [|g: &mut G| get("evidence", "A period as CSV.").query::<OfPeriod>(g).answers_file(CSV)],
        )
}

/// The routes of reports.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    year_routes(routes)
        .at(
            "/api/v1/reports/roster",
            reads(roster),
            [|g: &mut G| get("evidence", "The roster's figures.").query::<AsOf>(g).answers::<Roster>(g)],
        )
        .at(
            "/api/v1/reports/roster.xlsx",
            reads(roster_xlsx),
            [|g: &mut G| get("evidence", "The roster as a workbook.").query::<AsOf>(g).answers_file(XLSX)],
        )
        .at(
            "/api/v1/reports/roster.csv",
            reads(roster_csv),
            [|g: &mut G| get("evidence", "The roster as CSV.").query::<AsOf>(g).answers_file(CSV)],
        )
        .at(
            "/api/v1/reports/participations",
            reads(month),
            [|g: &mut G| {
                get("evidence", "The participations of a month.").query::<OfMonth>(g).answers::<Month>(g)
            }],
        )
        .at(
            "/api/v1/reports/participations.xlsx",
            reads(month_xlsx),
            [|g: &mut G| {
                get("evidence", "The participations as a workbook.").query::<OfMonth>(g).answers_file(XLSX)
            }],
        )
        .at(
            "/api/v1/reports/participations.csv",
            reads(month_csv),
            [|g: &mut G| get("evidence", "The participations as CSV.").query::<OfMonth>(g).answers_file(CSV)],
        )
}
