//! Routes and their descriptions, side by side: what is mounted is what the OpenAPI document tells.

use std::sync::Arc;

use axum::Router;
use axum::routing::MethodRouter;
use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::app::App;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Anybody, without logging in.
    Anybody,
    /// Somebody who is logged in.
    SignedIn,
}

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Lower-case method.
    pub method: &'static str,
    /// Path with `{names}`.
    pub path: String,
    /// Who may ask.
    pub open: Open,
    /// The operation as OpenAPI 3.1 has it.
    pub value: Value,
}

/// Describes one operation.
pub struct Doc {
    method: &'static str,
    tag: &'static str,
    summary: &'static str,
    open: Open,
    parameters: Vec<Value>,
    body: Option<Value>,
    answer: (u16, Option<Value>),
    refusals: Vec<u16>,
}

/// Routes with their operations.
pub struct Routes {
    router: Router<Arc<App>>,
    operations: Vec<Operation>,
    generator: SchemaGenerator,
}

/// The schemas of a document refer to its components.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator()
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self { router: Router::new(), operations: Vec::new(), generator: generator() }
    }

    /// Adds a path with the operations of its methods.
    #[must_use]
    pub fn at<const N: usize>(
        mut self,
        path: &str,
        methods: MethodRouter<Arc<App>>,
        docs: [fn(&mut SchemaGenerator) -> Doc; N],
    ) -> Self {
        self.router = self.router.route(path, methods);
        for doc in docs {
            let doc = doc(&mut self.generator);
            self.describe(path, doc);
        }
        self
    }

    /// Adds an operation to the document only: one of many that a route serves.
    pub fn describe(&mut self, path: &str, doc: Doc) {
        let (method, open) = (doc.method, doc.open);
        let value = doc.value(path);
        self.operations.push(Operation { method, path: path.to_owned(), open, value });
    }

    /// Makes schemas for operations that are described one by one.
    pub fn generator(&mut self) -> &mut SchemaGenerator {
        &mut self.generator
    }

    /// The router, the operations, and the schemas they refer to.
    pub fn finish(mut self) -> (Router<Arc<App>>, Vec<Operation>, Map<String, Value>) {
        let schemas = self.generator.take_definitions(true);
        (self.router, self.operations, schemas)
    }
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}

/// An operation that reads.
pub fn get(tag: &'static str, summary: &'static str) -> Doc {
    Doc::new("get", tag, summary)
}

/// An operation that sends.
pub fn post(tag: &'static str, summary: &'static str) -> Doc {
    Doc::new("post", tag, summary).refuses(&[400, 413, 415])
}

/// An operation that sets.
pub fn put(tag: &'static str, summary: &'static str) -> Doc {
    Doc::new("put", tag, summary).refuses(&[400, 413, 415])
}

/// An operation that takes away.
pub fn delete(tag: &'static str, summary: &'static str) -> Doc {
    Doc::new("delete", tag, summary)
}

/// A parameter is sent or left out; null cannot be written.
fn without_null(mut schema: Value) -> Value {
    let kinds = schema.get("type").and_then(Value::as_array).cloned().unwrap_or_default();
    let kinds: Vec<Value> = kinds.into_iter().filter(|kind| kind != "null").collect();
    if let [one] = kinds.as_slice() {
        schema["type"] = one.clone();
    }
    if let Some(object) = schema.as_object_mut() {
        object.remove("default");
    }
    schema
}

impl Doc {
    fn new(method: &'static str, tag: &'static str, summary: &'static str) -> Self {
        Self {
            method,
            tag,
            summary,
            open: Open::SignedIn,
            parameters: Vec::new(),
            body: None,
            answer: (200, None),
            refusals: vec![401, 403, 404, 422, 500, 503],
        }
    }

    /// Anybody may ask.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = Open::Anybody;
        self
    }

    /// Takes the fields of `T` as parameters.
    #[must_use]
    pub fn query<T: JsonSchema>(mut self, _: &mut SchemaGenerator) -> Self {
        // Parameters are described where they stand, so that requests can be held to them.
        let inline = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let schema = T::json_schema(&mut inline.into_generator()).to_value();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let needed = required.contains(&name.as_str());
            let schema = without_null(field.clone());
            self.parameters
                .push(json!({ "name": name, "in": "query", "required": needed, "schema": schema }));
        }
        self
    }

    /// Takes a `T` as JSON.
    #[must_use]
    pub fn body<T: JsonSchema>(self, generator: &mut SchemaGenerator) -> Self {
        let schema = generator.subschema_for::<T>().to_value();
        self.body_of(&schema)
    }

    /// Takes JSON of this schema.
    #[must_use]
    pub fn body_of(mut self, schema: &Value) -> Self {
        let content = json!({ "application/json": { "schema": schema } });
        self.body = Some(json!({ "required": true, "content": content }));
        self
    }

    /// Takes a file.
    #[must_use]
    pub fn upload(mut self) -> Self {
        let schema = json!({
            "type": "object",
            "required": ["file"],
            "properties": { "file": { "type": "string", "format": "binary" } },
        });
        let content = json!({ "multipart/form-data": { "schema": schema } });
        self.body = Some(json!({ "required": true, "content": content }));
        self
    }

    /// Answers a `T` as JSON.
    #[must_use]
    pub fn answers<T: JsonSchema>(mut self, generator: &mut SchemaGenerator) -> Self {
        let schema = generator.subschema_for::<T>().to_value();
        self.answer = (200, Some(json!({ "application/json": { "schema": schema } })));
        self
    }

    /// Answers a file of this type.
    #[must_use]
    pub fn answers_file(self, kind: &'static str) -> Self {
        self.answers_files([kind])
    }

    /// Answers a file of one of these types.
    #[must_use]
    pub fn answers_files(mut self, kinds: impl IntoIterator<Item = &'static str>) -> Self {
        let binary = json!({ "schema": { "type": "string", "format": "binary" } });
        let content: Map<String, Value> =
            kinds.into_iter().map(|kind| (kind.to_owned(), binary.clone())).collect();
        self.answer = (200, Some(Value::Object(content)));
        self
    }

    /// Answers with this status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.answer.0 = status;
        self
    }

    /// May be refused by these statuses, too.
    #[must_use]
    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        self.refusals.extend(statuses);
        self.refusals.sort_unstable();
        self.refusals.dedup();
        self
    }

    fn value(mut self, path: &str) -> Value {
        for name in path.split('{').skip(1).filter_map(|part| part.split('}').next()) {
            let schema = json!({ "type": "string", "minLength": 1 });
            self.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        let mut responses = Map::new();
        let (status, content) = self.answer;
        let mut good = json!({ "description": "Done." });
        if let Some(content) = content {
            good["content"] = content;
        }
        responses.insert(status.to_string(), good);
        for status in &self.refusals {
            let reference = json!({ "$ref": "#/components/responses/Problem" });
            responses.insert(status.to_string(), reference);
        }
        let id = format!(
            "{}_{}",
            self.method,
            path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '.'], "_")
        );
        let mut value = json!({
            "operationId": id,
            "tags": [self.tag],
            "summary": self.summary,
            "parameters": self.parameters,
            "responses": responses,
        });
        if let Some(body) = self.body {
            value["requestBody"] = body;
        }
        if self.open == Open::Anybody {
            value["security"] = json!([]);
        }
        value
    }
}
