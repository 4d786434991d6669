use crate::*;
use serde_json::Value;
#[test]
fn cells() {
    let Ok(text) = std::fs::read_to_string("/tmp/cal/cells.json") else { return };
    let cells: Vec<Value> = serde_json::from_str(&text).unwrap();
    let (mut n, mut bad) = (0, 0);
    for c in &cells {
        let field = c["field"].as_str().unwrap();
        let raw = &c["raw"];
        let text;
        let r = if let Some(t) = raw.get("text") {
            let Some(t) = t.as_str() else {
                if c["clean"].is_null() {
                    n += 1;
                }
                continue;
            };
            if t == "同上" || t == "〃" {
                continue;
            }
            text = t.to_owned();
            Raw::Text(&text)
        } else if let Some(v) = raw.get("number") {
            Raw::Number(v.as_f64().unwrap())
        } else {
            Raw::Date(raw["date"].as_str().unwrap().parse().unwrap())
        };
        let as_of = c["reg"].as_str().filter(|s| s.len() == 10).unwrap_or(c["asof"].as_str().unwrap());
        let as_of: Date =
            if field == "registered" { c["asof"].as_str().unwrap() } else { as_of }.parse().unwrap();
        let kind = match field {
            "birth" => Kind::Birth,
            "age" => Kind::Age,
            _ => Kind::Event,
        };
        let got = parse(r, &Context::new(kind, as_of));
        let want = &c["clean"];
        let ok = match (&got.value, want) {
            (None, Value::Null) => true,
            (Some(Stated::Age { years, .. }), w) => {
                w.as_u64() == Some((*years).into()) || w["age"].as_u64() == Some((*years).into())
            }
            (Some(Stated::AgeMonths { months, .. }), w) => w["age_months"].as_u64() == Some((*months).into()),
            (Some(Stated::NominalAge { years, .. }), w) => w["age_nominal"].as_u64() == Some((*years).into()),
            (_, Value::String(s)) => got.iso.as_deref() == Some(s),
            _ => false,
        };
        let mut codes: Vec<String> = got.issues.iter().map(|i| i.code().to_owned()).collect();
        let mut wanted: Vec<String> = c["issues"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_str().unwrap().to_owned())
            .filter(|s| !["id_birth_mismatch", "age_mismatch", "arrival_before_birth"].contains(&s.as_str()))
            .collect();
        codes.sort();
        wanted.sort();
        n += 1;
        if !ok || codes != wanted {
            bad += 1;
            println!("{field} {raw} on {as_of} got {:?} {codes:?} want {want} {wanted:?}", got.iso);
        }
    }
    println!("{n} cells, {bad} bad");
    assert_eq!(bad, 0);
}
