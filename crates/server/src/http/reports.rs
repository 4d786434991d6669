//! Reports as JSON, as a workbook, as CSV and as PDF.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get as reads;
use evidence::month::Month;
use evidence::roster::Roster;
use evidence::year::{Span, Year};
use evidence::{FileKind, Printed, ReportError};
use jiff::civil::Date;
use kernel::{Lang, Refusal};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, Params};
use super::problem::{Fail, lang};
use super::routes::{Routes, get};
use crate::app::App;
use crate::faults;

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

/// A report that is read as JSON and taken as a file, under the same parameters.
trait Report: Serialize + JsonSchema + Send + Sync + Sized + 'static {
    type Asked: DeserializeOwned + JsonSchema + Send + Sync + 'static;
    /// How its path ends.
    const PATH: &'static str;
    /// What its files are called.
    const FILE: &'static str;
    /// What its routes give: as JSON, and in the order of [`FileKind::ALL`].
    const WORDS: (&'static str, [&'static str; 3]);

    fn of(app: &App, caller: &Caller, asked: &Self::Asked)
    -> impl Future<Output = Result<Self, Fail>> + Send;
    fn printed(&self) -> Printed<'_>;
    /// The language that is asked for a file's words.
    fn language(asked: &Self::Asked) -> Option<&str>;
}

impl Report for Year {
    type Asked = OfPeriod;
    const PATH: &'static str = "year";
    const FILE: &'static str = "report";
    const WORDS: (&'static str, [&'static str; 3]) = (
        "What a year, or any period, came to.",
        ["A period as a workbook.", "A period as CSV.", "A period as PDF."],
    );

    async fn of(app: &App, caller: &Caller, asked: &OfPeriod) -> Result<Self, Fail> {
        Ok(evidence::year::report(&app.node, &caller.actor, &span_of(app, asked)?).await?)
    }

    fn printed(&self) -> Printed<'_> {
        Self::printed(self)
    }

    fn language(asked: &OfPeriod) -> Option<&str> {
        asked.lang.as_deref()
    }
}

impl Report for Roster {
    type Asked = AsOf;
    const PATH: &'static str = "roster";
    const FILE: &'static str = "roster";
    const WORDS: (&'static str, [&'static str; 3]) =
        ("The roster's figures.", ["The roster as a workbook.", "The roster as CSV.", "The roster as PDF."]);

    async fn of(app: &App, caller: &Caller, asked: &AsOf) -> Result<Self, Fail> {
        let day = day_of("as_of", asked.as_of.as_deref())?.unwrap_or_else(|| app.node.today());
        Ok(evidence::roster::report(&app.node, &caller.actor, day).await?)
    }

    fn printed(&self) -> Printed<'_> {
        Self::printed(self)
    }

    fn language(asked: &AsOf) -> Option<&str> {
        asked.lang.as_deref()
    }
}

impl Report for Month {
    type Asked = OfMonth;
    const PATH: &'static str = "participations";
    const FILE: &'static str = "participations";
    const WORDS: (&'static str, [&'static str; 3]) = (
        "The participations of a month.",
        ["The participations as a workbook.", "The participations as CSV.", "The participations as PDF."],
    );

    async fn of(app: &App, caller: &Caller, asked: &OfMonth) -> Result<Self, Fail> {
        let month = asked.month.clone().unwrap_or_else(|| app.node.today().strftime("%Y-%m").to_string());
        Ok(evidence::month::report(&app.node, &caller.actor, &month).await?)
    }

    fn printed(&self) -> Printed<'_> {
        Self::printed(self)
    }

    fn language(asked: &OfMonth) -> Option<&str> {
        asked.lang.as_deref()
    }
}

async fn shown<R: Report>(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<R::Asked>,
) -> Result<Json<R>, Fail> {
    Ok(Json(R::of(&app, &caller, &asked).await?))
}

async fn made<R: Report>(
    app: Arc<App>,
    caller: Caller,
    asked: R::Asked,
    kind: FileKind,
) -> Result<Response, Fail> {
    let report = R::of(&app, &caller, &asked).await?;
    let lang = R::language(&asked).and_then(Lang::of_tag).unwrap_or_else(lang);
    let now = app.node.zoned_now();
    let making = move || kind.make(&Printed { lang, ..report.printed() }, &now);
    let bytes = tokio::task::spawn_blocking(making).await.map_err(|_| Refusal::new(&faults::BROKEN))??;
    let disposition = format!("attachment; filename=\"skein-{}.{}\"", R::FILE, kind.ending());
    let head = [(CONTENT_TYPE, kind.media_type().to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((head, bytes).into_response())
}

/// Adds a report: by itself, and as each kind of file.
fn report<R: Report>(routes: Routes) -> Routes {
    let path = format!("/api/v1/reports/{}", R::PATH);
    let mut routes = routes.at(
        &path,
        reads(shown::<R>),
        [|g: &mut SchemaGenerator| get("evidence", R::WORDS.0).query::<R::Asked>(g).answers::<R>(g)],
    );
    for (kind, words) in FileKind::ALL.into_iter().zip(R::WORDS.1) {
        let path = format!("{path}.{}", kind.ending());
        let answer = move |State(app): State<Arc<App>>, caller: Caller, Params(asked): Params<R::Asked>| {
            made::<R>(app, caller, asked, kind)
        };
        routes = routes.at(&path, reads(answer), []);
        let doc = get("evidence", words).query::<R::Asked>(routes.generator());
        routes.describe(&path, doc.answers_file(kind.media_type()));
    }
    routes
}

/// The routes of reports.
pub fn routes(routes: Routes) -> Routes {
    report::<Month>(report::<Roster>(report::<Year>(routes)))
}
