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

fn converted(bytes: Bytes) -> Bytes {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_words_of_the_program_are_converted() {
        let told = json!({
            "title_zh": "单位宿舍", "title_en": "Dormitory", "remark": "张丽发廊", "count": 3, "pct": "87.06",
            "rows": [{ "label_zh": "张丽发廊", "label_en": "张丽发廊" }, { "label_zh": "租房", "label_en": "Rent" }],
            "name_zh": "无英文",
        });
        let bytes = converted(Bytes::from(told.to_string()));
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read["title_zh"], "單位宿舍");
        assert_eq!(
            (&read["remark"], &read["count"], &read["pct"]),
            (&json!("张丽发廊"), &json!(3), &json!("87.06"))
        );
        assert_eq!(read["rows"][0]["label_zh"], "张丽发廊");
        assert_eq!(read["name_zh"], "无英文");
        assert_eq!(converted(Bytes::from_static(b"{")), "{");
    }
}
