//! The OpenAPI 3.1 document, made from the routes and from the manifests: one operation for every verb.

use kernel::{Action, CommandDef, Receipt, RecordDef};
use schemars::generate::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::routes::{Operation, Routes, post};
use crate::registry::registry;

/// Adds the operation of every verb.
pub fn verbs(routes: &mut Routes) {
    for command in registry().verbs() {
        let Some(record) = registry().record(command.noun) else { continue };
        let schema = envelope(command, &body(command, record));
        let doc = post(tag(command), summary(command))
            .body_of(&schema)
            .answers::<Receipt>(routes.generator())
            .refuses(&[409, 410, 413]);
        routes.describe(&format!("/api/v1/{}", command.verb), doc);
    }
}

fn tag(command: &CommandDef) -> &'static str {
    let manifests = registry().manifests();
    let of = manifests.iter().find(|manifest| manifest.commands.iter().any(|one| one.verb == command.verb));
    of.map_or("commands", |manifest| manifest.context)
}

fn summary(command: &CommandDef) -> &'static str {
    match command.action {
        Action::Create => "Makes the record.",
        Action::Amend => "Sets fields; edits made apart merge or conflict.",
        Action::Settle => "Settles one conflict.",
        Action::Retract => "Withdraws the record; it can be restored.",
        Action::Restore => "Restores a withdrawn record.",
        Action::Erase => "Erases the personal data of the record.",
        Action::Own { .. } => "Changes the record by a rule of its own.",
    }
}

/// The schema of a verb's body.
pub fn body(command: &CommandDef, record: &RecordDef) -> Value {
    match command.action {
        Action::Create => fields(record, |field| field.creatable),
        Action::Amend => fields(record, |field| field.amendable),
        Action::Settle => json!({
            "type": "object",
            "required": ["command", "field", "take"],
            "properties": {
                "command": { "type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
                "field": { "type": "string" },
                "take": { "type": "boolean" },
            },
        }),
        Action::Own { schema, .. } => cleaned(schema().to_value()),
        Action::Retract | Action::Restore | Action::Erase => json!({ "type": "object" }),
    }
}

fn fields(record: &RecordDef, keep: impl Fn(&kernel::Field) -> bool) -> Value {
    let schema = cleaned((record.schema)().to_value());
    let properties: Map<String, Value> = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| record.field(name).is_some_and(&keep))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn cleaned(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
        object.remove("title");
    }
    schema
}

fn envelope(command: &CommandDef, body: &Value) -> Value {
    let id = json!({ "type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$" });
    let mut required = vec!["id", "record", "at", "body"];
    if command.reason {
        required.push("reason");
    }
    let reason = if command.reason {
        json!({ "type": "string", "minLength": 1, "maxLength": 2000 })
    } else {
        json!({ "type": ["string", "null"], "maxLength": 2000 })
    };
    json!({
        "type": "object",
        "required": required,
        "properties": {
            "id": id,
            "record": id,
            "base": { "type": ["integer", "null"], "minimum": 0 },
            "at": { "type": "string", "format": "date-time" },
            "device": { "type": "string", "maxLength": 120 },
            "reason": reason,
            "body": body,
        },
    })
}

/// The whole document.
pub fn document(operations: &[Operation], mut schemas: Map<String, Value>) -> Value {
    let mut generator = SchemaGenerator::default();
    generator.subschema_for::<kernel::Problem>();
    let mut problem = cleaned(generator.into_root_schema_for::<kernel::Problem>().to_value());
    if let Some(definitions) = problem.as_object_mut().and_then(|object| object.remove("$defs")) {
        let definitions = definitions.as_object().cloned().unwrap_or_default();
        schemas.extend(definitions.into_iter().filter(|(name, _)| name != "Problem"));
    }
    let text = problem.to_string().replace("#/$defs/", "#/components/schemas/");
    schemas.insert("Problem".into(), serde_json::from_str(&text).unwrap_or(problem));
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.method] = operation.value.clone();
    }
    paths.sort_keys();
    schemas.sort_keys();
    let problem =
        json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Skein",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Everything that changes something is a command: noun.verb, with an id that makes it \
                idempotent. Reading answers what the reader's role and assignments allow; the rest is 404.",
        },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }, { "cookie": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": { "description": "A numbered problem (RFC 9457).", "content": problem } },
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": super::caller::COOKIE },
            },
        },
    })
}
