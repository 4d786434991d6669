//! The parameters of an address are held to what the document tells about them, the same way for every route.

use std::collections::HashMap;
use std::sync::OnceLock;

use axum::extract::{MatchedPath, Query, Request};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::Response;
use jiff::civil::Date;
use kernel::{Id, Refusal};
use serde_json::Value;

use super::problem::Fail;
use super::routes::Operation;
use crate::faults;

/// The parameters of an operation, by path and method.
type Told = HashMap<(String, &'static str), Vec<Value>>;

fn told(operations: &[Operation]) -> Told {
    let queries = |operation: &Operation| {
        let all = operation.value["parameters"].as_array().into_iter().flatten();
        all.filter(|parameter| parameter["in"] == "query").cloned().collect()
    };
    operations
        .iter()
        .map(|operation| ((operation.path.clone(), operation.method), queries(operation)))
        .collect()
}

/// Refuses parameters that the document does not know, and values that it does not allow.
pub async fn layer(request: Request, next: Next) -> Result<Response, Fail> {
    static TOLD: OnceLock<Told> = OnceLock::new();
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        let method = match request.method().as_str() {
            "GET" | "HEAD" => "get",
            "POST" => "post",
            "PUT" => "put",
            _ => "delete",
        };
        let told = TOLD.get_or_init(|| told(super::operations()));
        if let Some(parameters) = told.get(&(path.as_str().to_owned(), method)) {
            check(parameters, request.uri())?;
        }
    }
    Ok(next.run(request).await)
}

/// Holds the query of an address to these parameters, as the document describes them.
///
/// # Errors
///
/// A parameter that is not among them, stands twice, or has a value that its schema does not allow.
pub fn check(parameters: &[Value], uri: &Uri) -> Result<(), Refusal> {
    let unreadable = |_| Refusal::new(&faults::BAD_PARAMETER).with("why", "?");
    let Query(sent) = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(unreadable)?;
    let mut seen: Vec<&str> = Vec::new();
    for (name, text) in &sent {
        let shown: String = name.chars().take(40).collect();
        let Some(parameter) = parameters.iter().find(|parameter| parameter["name"] == name.as_str()) else {
            return Err(Refusal::new(&faults::UNKNOWN_PARAMETER).with("name", &shown).at(&shown));
        };
        let twice = seen.contains(&name.as_str());
        seen.push(name);
        let expected = if twice { Some("× 1".to_owned()) } else { expected(&parameter["schema"], text) };
        if let Some(expected) = expected {
            let why = format!("{shown}: {expected}");
            return Err(Refusal::new(&faults::BAD_PARAMETER).with("why", why).at(&shown));
        }
    }
    Ok(())
}

/// What should have been sent, in signs that need no language, if it is not what was sent.
fn expected(schema: &Value, text: &str) -> Option<String> {
    let kind = schema["type"].as_str().unwrap_or("string");
    if kind == "integer" {
        let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
        let most = schema["maximum"].as_i64().unwrap_or(i64::MAX);
        let fits = text.parse().is_ok_and(|number: i64| (least..=most).contains(&number));
        let words = if most == i64::MAX { format!("≥ {least}") } else { format!("{least}–{most}") };
        return (!fits).then_some(words);
    }
    if let Some(choices) = schema["enum"].as_array() {
        let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
        return (!choices.contains(&text)).then(|| choices.join(" | "));
    }
    if schema["format"] == "date" {
        let fits = text.len() == "YYYY-MM-DD".len() && text.parse::<Date>().is_ok();
        return (!fits).then(|| "YYYY-MM-DD".to_owned());
    }
    if schema["pattern"].as_str().is_some_and(|pattern| pattern.starts_with("^[0-7]")) {
        return text.parse::<Id>().is_err().then(|| "ULID".to_owned());
    }
    let length = text.chars().count() as u64;
    let most = schema["maxLength"].as_u64().filter(|most| length > *most);
    most.map(|most| format!("≤ {most}"))
}
