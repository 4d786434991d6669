//! Chinese words of the program in answers, for readers of traditional characters. They are in fields named `…_zh` beside
//! `…_en`; what people typed is in other fields, or the same in both, and is left alone.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;
use kernel::{Lang, Refusal};
use serde_json::Value;

use super::problem::{Fail, lang};
use crate::faults;

/// Converts the answer of a request whose reader wants traditional characters; all others pass untouched.
pub async fn layer(request: Request, next: Next) -> Result<Response, Fail> {
    let response = next.run(request).await;
    let json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if lang() != Lang::Hant || !json {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|_| Refusal::new(&faults::BROKEN))?;
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(parts, Body::from(converted(bytes))))
}

/// An answer in traditional characters; what is no JSON stays as it is.
pub fn converted(bytes: Bytes) -> Bytes {
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else { return bytes };
    convert(&mut value);
    serde_json::to_vec(&value).map_or(bytes, Bytes::from)
}

fn convert(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(convert),
        Value::Object(fields) => {
            let words: Vec<(String, String)> = fields
                .iter()
                .filter_map(|(name, value)| Some((name, name.strip_suffix("_zh")?, value.as_str()?)))
                .filter(|(_, stem, zh)| fields.get(&format!("{stem}_en")).is_some_and(|en| en != zh))
                .map(|(name, _, zh)| (name.clone(), Lang::Hant.chinese(zh).into_owned()))
                .collect();
            fields.extend(words.into_iter().map(|(name, zh)| (name, Value::String(zh))));
            fields.values_mut().for_each(convert);
        }
        _ => {}
    }
}
