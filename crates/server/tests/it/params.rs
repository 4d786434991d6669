//! Parameters of an address against what the document tells about them.

use kernel::Id;
use serde_json::json;
use server::http::params::check;

fn refused(query: &str) -> Option<String> {
    let parameters = [
        json!({ "name": "limit", "schema": { "type": "integer", "minimum": 1, "maximum": 200 } }),
        json!({ "name": "after", "schema": { "type": "integer", "minimum": 0 } }),
        json!({ "name": "q", "schema": { "type": "string", "maxLength": 3 } }),
        json!({ "name": "from", "schema": { "type": "string", "format": "date" } }),
        json!({ "name": "only", "schema": { "type": "string", "enum": ["all", "issues"] } }),
        json!({ "name": "who", "schema": { "type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$" } }),
    ];
    let uri = format!("/api/v1/people?{query}").parse().unwrap();
    check(&parameters, &uri).err().map(|refusal| refusal.detail(kernel::Lang::En))
}

#[test]
fn what_the_document_allows_passes() {
    let id = Id(7 << 90);
    for good in ["", "limit=200&after=0", "q=", "q=%E6%9D%8E%E5%A8%9C", "from=2024-02-29", "only=all"] {
        assert_eq!(refused(good), None, "{good}");
    }
    assert_eq!(refused(&format!("who={id}")), None);
}

#[test]
fn what_it_does_not_is_refused_by_name() {
    for (bad, words) in [
        ("limit=0", "limit: 1–200"),
        ("limit=201", "limit: 1–200"),
        ("limit=ten", "limit: 1–200"),
        ("limit=", "limit: 1–200"),
        ("after=-1", "after: ≥ 0"),
        ("after=99999999999999999999", "after: ≥ 0"),
        ("q=%E6%9D%8E%E5%A8%9C%E5%A8%9C%E5%A8%9C", "q: ≤ 3"),
        ("from=2024-02-30", "from: YYYY-MM-DD"),
        ("from=20240229", "from: YYYY-MM-DD"),
        ("only=some", "only: all | issues"),
        ("who=xu", "who: ULID"),
        ("limit=5&limit=6", "limit: × 1"),
        ("page=2", "\"page\""),
        ("limit[]=5", "\"limit[]\""),
    ] {
        let told = refused(bad).unwrap_or_default();
        assert!(told.contains(words), "{bad}: {told}");
    }
}
