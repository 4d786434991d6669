//! Traditional characters for the words of the program, and for nothing that people typed.

use axum::body::Bytes;
use serde_json::{Value, json};
use server::http::script::converted;

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
