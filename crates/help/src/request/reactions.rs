//! What follows elsewhere from a request: the need it comes from is asked for.

use kernel::{Envelope, Id};
use serde_json::{Value, json};

/// The commands that follow from this one once it is stored, to be submitted by the same actor. Their ids derive from
/// its own, so that sending it again does nothing twice.
pub fn reactions(command: &Envelope) -> Vec<Envelope> {
    if command.verb != "request.ask" {
        return Vec::new();
    }
    let need = command.body.get("need").and_then(Value::as_str);
    let Some(need) = need.and_then(|text| text.parse::<Id>().ok()) else { return Vec::new() };
    vec![Envelope {
        id: command.id.derive("need.ask"),
        verb: "need.ask".to_owned(),
        record: need,
        base: None,
        at: command.at,
        device: command.device.clone(),
        bundle: None,
        reason: None,
        body: json!({}),
    }]
}
