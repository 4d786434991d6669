//! The records behind a figure of a report, with the words that they are shown by.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use evidence::year::{Behind, By, Of, Row};
use kernel::{Actor, Id, Use};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, Params};
use super::people::names;
use super::problem::Fail;
use super::reports::{OfPeriod, span_of};
use super::routes::{Routes, get};
use crate::app::App;

/// Most records told at once.
const MOST: usize = 500;

/// A figure: what it counts, and which row of which table it is.
#[derive(Deserialize, JsonSchema)]
pub struct Figure {
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
    /// What it counts.
    of: Of,
    /// By what the rows of its table are told apart; all of it where nothing is said.
    #[serde(default)]
    by: Option<By>,
    /// The row's key; empty for the unknown.
    #[serde(default)]
    #[schemars(length(max = 40))]
    key: Option<String>,
}

/// A record behind a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// Kind of record.
    noun: String,
    /// The record.
    id: Id,
    /// A person's name, an activity's title, a household's number; empty where there is none.
    name: String,
    /// The day of a session or an encounter.
    day: Option<String>,
    /// Kind of an encounter, or of the need of a request.
    kind: Option<String>,
    /// How often a person came, or how many were at a session.
    count: u64,
}

/// The records behind a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Lines {
    /// How many there are.
    total: u64,
    /// Those of the first 500 that the reader may see.
    items: Vec<Line>,
}

async fn figure(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Figure>,
) -> Result<Json<Lines>, Fail> {
    let period = OfPeriod::new(asked.period, asked.from, asked.to);
    let span = span_of(&app, &period)?;
    let row = Row { by: asked.by, key: asked.key.unwrap_or_default() };
    let all = evidence::year::behind(&app.node, &caller.actor, &span, asked.of, &row).await?;
    let noun = match asked.of {
        Of::People => "person",
        Of::Participations | Of::Anonymous | Of::Sessions => "session",
        Of::Households => "household",
        Of::Encounters => "encounter",
        Of::Requests => "request",
    };
    let items = lines(&app, &caller.actor, noun, &all[..all.len().min(MOST)]).await?;
    Ok(Json(Lines { total: all.len() as u64, items }))
}

async fn lines(app: &App, actor: &Actor, noun: &'static str, behind: &[Behind]) -> Result<Vec<Line>, Fail> {
    let ids: Vec<Id> = behind.iter().map(|it| it.id).collect();
    let counts: HashMap<Id, u64> = behind.iter().map(|it| (it.id, it.count)).collect();
    let held = app.node.visible(actor, noun, &ids, Use::Read).await?;
    let text = |held: &kernel::Held, name: &str| {
        held.object().get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    let mut words = match noun {
        "person" => names(app, actor, ids).await?,
        "household" => held.iter().map(|held| (held.meta.id, text(held, "number"))).collect(),
        _ => HashMap::new(),
    };
    if noun == "session" {
        let of = |held: &kernel::Held| text(held, "activity").parse::<Id>().ok();
        let activities: Vec<Id> = held.iter().filter_map(of).collect();
        let activities = app.node.visible(actor, "activity", &activities, Use::Read).await?;
        let titles: HashMap<Id, String> =
            activities.iter().map(|held| (held.meta.id, text(held, "title"))).collect();
        words.extend(held.iter().filter_map(|held| Some((held.meta.id, titles.get(&of(held)?)?.clone()))));
    }
    let line = |held: &kernel::Held| {
        let some = |name| Some(text(held, name)).filter(|text| !text.is_empty());
        Line {
            noun: noun.to_owned(),
            id: held.meta.id,
            name: words.get(&held.meta.id).cloned().unwrap_or_default(),
            day: if matches!(noun, "session" | "encounter") { some("day") } else { None },
            kind: match noun {
                "encounter" => some("kind"),
                "request" => some("code"),
                _ => None,
            },
            count: counts.get(&held.meta.id).copied().unwrap_or_default(),
        }
    };
    let mut items: Vec<Line> = held.iter().map(line).collect();
    items.sort_by(|a, b| (&a.day, &a.name, a.id).cmp(&(&b.day, &b.name, b.id)));
    Ok(items)
}

/// The route of what is behind a figure.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes.at(
        "/api/v1/reports/year/behind",
        reads(figure),
        [|g: &mut G| {
            get("evidence", "The records behind a figure of a period.").query::<Figure>(g).answers::<Lines>(g)
        }],
    )
}
