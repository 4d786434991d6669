//! A browsable page of the interface, made from the OpenAPI document; no script, no foreign host.

use std::fmt::Write;

use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use super::document;

const STYLE: &str = include_str!("docs.css");

/// The page's style.
pub async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// The page.
pub async fn page() -> Html<String> {
    let document = document();
    let mut body = String::new();
    let mut tags: Vec<&str> = operations(document).filter_map(|(_, _, op)| op["tags"][0].as_str()).collect();
    tags.sort_unstable();
    tags.dedup();
    let _ = write!(body, "<nav><ul>");
    for tag in &tags {
        let _ = write!(body, "<li><a href=\"#{tag}\">{tag}</a></li>");
    }
    let _ = write!(body, "</ul></nav><main>");
    for tag in tags {
        let _ = write!(body, "<section id=\"{tag}\"><h2>{tag}</h2>");
        for (path, method, op) in operations(document).filter(|(_, _, op)| op["tags"][0] == tag) {
            operation(&mut body, path, method, op);
        }
        body.push_str("</section>");
    }
    body.push_str("</main>");
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Skein API</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/api/docs.css\">\
         </head><body><header><h1>Skein API {}</h1><p>{}</p>\
         <p><a href=\"/api/openapi.json\">openapi.json</a></p></header>{body}</body></html>",
        escaped(document["info"]["version"].as_str().unwrap_or_default()),
        escaped(document["info"]["description"].as_str().unwrap_or_default()),
    ))
}

fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, op)| (path, method, op))
    })
}

fn operation(body: &mut String, path: &str, method: &str, op: &Value) {
    let summary = escaped(op["summary"].as_str().unwrap_or_default());
    let _ = write!(
        body,
        "<details><summary><b class=\"{method}\">{}</b> <code>{}</code> {summary}</summary>",
        method.to_uppercase(),
        escaped(path)
    );
    for parameter in op["parameters"].as_array().into_iter().flatten() {
        let name = escaped(parameter["name"].as_str().unwrap_or_default());
        let place = escaped(parameter["in"].as_str().unwrap_or_default());
        let _ = write!(body, "<p><code>{name}</code> ({place})</p>");
    }
    for (kind, content) in op["requestBody"]["content"].as_object().into_iter().flatten() {
        schema(body, kind, &content["schema"]);
    }
    for (status, response) in op["responses"].as_object().into_iter().flatten() {
        for (kind, content) in response["content"].as_object().into_iter().flatten() {
            schema(body, &format!("{status} {kind}"), &content["schema"]);
        }
    }
    body.push_str("</details>");
}

fn schema(body: &mut String, title: &str, schema: &Value) {
    let text = serde_json::to_string_pretty(&resolved(schema)).unwrap_or_default();
    let _ = write!(body, "<h3>{}</h3><pre tabindex=\"0\">{}</pre>", escaped(title), escaped(&text));
}

/// A reference replaced by what it names, one step deep.
fn resolved(schema: &Value) -> Value {
    let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.map_or_else(|| schema.clone(), |name| document()["components"]["schemas"][name].clone())
}

/// A text as it stands in HTML, also within a quoted attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
