//! Tests of persons, households, search and duplicates.

mod consents;
mod duplicates;
mod merges;
mod pages;
mod records;
mod search;
mod truth;

use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::TestSite;

fn contexts() -> Vec<kernel::Manifest> {
    vec![people::manifest()]
}

/// A person with one name and whatever else.
async fn person(site: &TestSite, actor: &Actor, name: &str, rest: Value) -> Id {
    let mut body = json!({ "names": [{ "kind": "birth", "text": name }] });
    if let (Some(body), Some(rest)) = (body.as_object_mut(), rest.as_object()) {
        body.extend(rest.clone());
    }
    site.make(actor, "person.create", body).await
}
