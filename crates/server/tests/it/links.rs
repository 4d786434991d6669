//! What a record names must be there: for every kind of record in the registry.

use kernel::{Action, Id, RecordDef};
use serde_json::{Map, Value, json};
use server::registry::registry;

use crate::client::{Program, on_both};

/// The field whose id names no record: the import that a row came from.
const NAMES_NO_RECORD: &str = "source";

/// What an import notes about itself names rows of a sheet besides.
const NOTES: &str = "import_line";

fn records() -> impl Iterator<Item = &'static RecordDef> {
    registry().manifests().iter().flat_map(|manifest| &manifest.records)
}

/// The fields of a record that does not exist yet which its first command may set.
fn blank(record: &RecordDef) -> Map<String, Value> {
    let creatable = |name: &str| record.field(name).is_some_and(|field| field.creatable);
    (record.blank)().to_object().into_iter().filter(|(name, _)| creatable(name)).collect()
}

/// A value of this schema that holds an id, where it can hold one.
fn holding(schema: &Value, id: Id) -> Option<Value> {
    if schema["pattern"].as_str().is_some_and(|pattern| pattern.starts_with("^[0-7]")) {
        return Some(json!(id));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().find_map(|choice| holding(choice, id));
    }
    if let Some(items) = schema.get("items") {
        return holding(items, id).map(|value| json!([value]));
    }
    let fields = schema["properties"].as_object()?;
    let held: Map<String, Value> =
        fields.iter().filter_map(|(name, field)| Some((name.clone(), holding(field, id)?))).collect();
    if held.is_empty() { None } else { Some(Value::Object(held)) }
}

#[test]
fn every_id_of_a_record_is_a_link() {
    let mut links = 0;
    for record in records().filter(|record| record.noun != NOTES) {
        let schema = (record.schema)().to_value();
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            let id = Id(7 << 90);
            if record.field(field).is_some_and(|field| !field.creatable && !field.amendable) {
                continue;
            }
            let Some(value) = holding(schema, id) else { continue };
            let mut object = (record.blank)().to_object();
            object.insert(field.clone(), value);
            if record.noun == "assignment" {
                object.insert("noun".into(), json!("person"));
            }
            let state = (record.parse)(object).unwrap_or_else(|why| panic!("{}.{field}: {why}", record.noun));
            let is_link = state.links().iter().any(|link| link.id == id);
            assert!(is_link == (field != NAMES_NO_RECORD), "{}.{field}: a link? {is_link}", record.noun);
            links += 1;
        }
    }
    assert!(links > 15, "only {links} ids were found");
}

#[test]
fn what_must_be_named_cannot_be_left_out() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let mut tried = Vec::new();
        for command in registry().verbs() {
            let Some(record) = registry().record(command.noun) else { continue };
            if !matches!(command.action, Action::Create) {
                continue;
            }
            let needed: Vec<Id> = (record.blank)().links().iter().map(|link| link.id).collect();
            if needed.is_empty() {
                continue;
            }
            for body in [json!({}), Value::Object(blank(record))] {
                let receipt = manager.one(command.verb, manager.id(), body).await;
                assert_eq!(receipt["problem"]["code"], "SK-1021", "{}: {receipt}", command.verb);
                let field = receipt["problem"]["fields"][0]["field"].as_str().unwrap_or_default();
                assert!(record.field(field).is_some(), "{} names {field}", command.verb);
            }
            tried.push(command.noun);
        }
        for noun in ["assignment", "distinct", "participation", "session", "stay", "tie"] {
            assert!(tried.contains(&noun), "{noun} needs no link");
        }
    });
}

#[test]
fn half_a_tie_is_none() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let na = manager.make("person.create", json!({ "names": [{ "text": "李娜" }] })).await;
        let receipt = manager.one("tie.create", manager.id(), json!({ "person": na })).await;
        assert_eq!(receipt["problem"]["code"], "SK-1021", "{receipt}");
        assert_eq!(receipt["problem"]["fields"][0]["field"], "other");
        let stranger = json!({ "person": na, "other": manager.id() });
        let receipt = manager.one("tie.create", manager.id(), stranger).await;
        assert_eq!(receipt["problem"]["code"], "SK-1004", "{receipt}");
        assert_eq!(receipt["problem"]["fields"][0]["field"], "other");
        let tie = manager.make("stay.create", json!({ "person": na })).await;
        let nobody = json!({ "person": Id::default() });
        let refused = manager.one("stay.amend", tie, nobody).await;
        assert_eq!(refused["outcome"], "refused", "{refused}");
    });
}
