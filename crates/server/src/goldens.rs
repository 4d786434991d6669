//! Generated files that are committed and reviewed as diffs: what the program promises to the outside.

use std::fmt::Write;

use kernel::Action;
use serde_json::{Value, json};

use crate::http;
use crate::registry::{problems, registry};

/// Every golden by its name under `goldens/`.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("permissions.txt", registry().permission_grid()),
        ("openapi.json", pretty(http::document())),
        ("records.json", pretty(&records())),
        ("problems.txt", catalogue()),
        ("audit.txt", audit()),
    ]
}

fn pretty(value: &Value) -> String {
    // A document of text keys always serialises.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Fields with their labels and schemas: what old journals are read by.
fn records() -> Value {
    let manifests = registry().manifests().iter();
    let all: serde_json::Map<String, Value> = manifests
        .flat_map(|manifest| &manifest.records)
        .map(|record| {
            let fields: Vec<Value> = record
                .fields
                .iter()
                .map(|field| {
                    json!({
                        "name": field.name,
                        "label": field.label,
                        "creatable": field.creatable,
                        "amendable": field.amendable,
                        "merge": format!("{:?}", field.merge).to_lowercase(),
                    })
                })
                .collect();
            (record.noun.to_owned(), json!({ "fields": fields, "schema": (record.schema)().to_value() }))
        })
        .collect();
    Value::Object(all)
}

fn catalogue() -> String {
    let mut text = String::new();
    for problem in problems() {
        let _ = writeln!(text, "{} {}", problem.code, problem.status);
        let _ = writeln!(text, "  {}：{}", problem.zh.0, problem.zh.1);
        let _ = writeln!(text, "  {}: {}", problem.en.0, problem.en.1);
    }
    text
}

/// What leaves which trace: every verb is in the journal; some ask why.
fn audit() -> String {
    let mut text = String::new();
    for command in registry().verbs() {
        let kind = match command.action {
            Action::Create => "create",
            Action::Amend => "amend",
            Action::Settle => "settle",
            Action::Retract => "retract",
            Action::Restore => "restore",
            Action::Erase => "erase",
            Action::Own { .. } => "own",
        };
        let why = if command.reason { "reason" } else { "-" };
        let _ = writeln!(text, "{:<28}{kind:<10}{why}", command.verb);
    }
    text
}
