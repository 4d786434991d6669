//! What the columns of an import's sheets are, what kind of sheet each is, and what a roll is about.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use intake::preview::EventKept;
use kernel::Refusal;
use schemars::JsonSchema;
use serde::Deserialize;
use sheets::mapping::Target;
use sheets::{Field, TableKind};

use super::caller::{At, Body, Caller};
use super::imports::{ImportView, staff, view};
use super::problem::Fail;
use crate::app::App;

/// What the columns of a sheet are.
#[derive(Deserialize, JsonSchema)]
pub struct MappingBody {
    #[schemars(length(max = 200))]
    sheet: String,
    /// Field by letters of the column; `null` leaves a column out.
    #[serde(default)]
    fields: std::collections::BTreeMap<String, Option<String>>,
    /// What kind of sheet it is, where that changes: the columns are proposed anew for it.
    #[serde(default)]
    #[schemars(extend("enum" = ["children", "household", "people", "visits", "signups", "roll", "other", null]))]
    kind: Option<String>,
    /// Title of the activity that a roll or a list of sign-ups is about.
    #[serde(default)]
    #[schemars(length(max = 120))]
    title: Option<String>,
    /// Day of the session that sign-ups are for.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    day: Option<String>,
    /// What a sign of a roll means: `present`, `excused`, `absent`.
    #[serde(default)]
    marks: std::collections::BTreeMap<String, String>,
}

/// Takes what somebody says of a sheet.
pub async fn mapping(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Body(body): Body<MappingBody>,
) -> Result<Json<ImportView>, Fail> {
    staff(&caller)?;
    let mut targets = Vec::with_capacity(body.fields.len());
    for (letters, field) in body.fields {
        let bad =
            || Refusal::new(&intake::faults::UNKNOWN_FIELD).with("field", field.clone().unwrap_or_default());
        let target = match &field {
            None => None,
            Some(name) => {
                let field = Field::of(name).ok_or_else(bad)?;
                Some(Target { field, slot: 0, relation: None })
            }
        };
        targets.push((letters, target));
    }
    let unknown = |word: &str| Refusal::new(&intake::faults::UNKNOWN_FIELD).with("field", word);
    if let Some(name) = &body.kind {
        let kind = TableKind::of(name).ok_or_else(|| unknown(name))?;
        let preview = app.imports.kind(&caller.actor, id, &body.sheet, kind).await?;
        return Ok(Json(view(&app, &preview)));
    }
    if body.title.is_some() || body.day.is_some() {
        let day = body
            .day
            .as_deref()
            .filter(|day| !day.is_empty())
            .map(|day| day.parse().map_err(|_| unknown(day)));
        let event = EventKept { title: body.title.unwrap_or_default(), day: day.transpose()? };
        let preview = app.imports.about(&caller.actor, id, &body.sheet, event).await?;
        return Ok(Json(view(&app, &preview)));
    }
    let mut marks = std::collections::BTreeMap::new();
    for (sign, word) in body.marks {
        let mark = serde_json::from_value(word.as_str().into()).map_err(|_| unknown(&word))?;
        marks.insert(sign, mark);
    }
    let preview = app.imports.map(&caller.actor, id, &body.sheet, targets, marks).await?;
    Ok(Json(view(&app, &preview)))
}
