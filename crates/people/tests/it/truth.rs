//! Duplicates of a family register, measured against what is known of it.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use calendar::Stated;
use people::duplicates::{Candidate, Decision, Known, Sex, candidate_of, clusters, dedup};
use serde_json::Value;

fn truth() -> Option<Value> {
    let dir = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible"));
    let file = std::fs::read_dir(dir).ok()?.flatten().find(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with("02") && name.ends_with(".truth.json")
    })?;
    serde_json::from_slice(&std::fs::read(file.path()).ok()?).ok()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn stated(birth: &Value, on: &Value) -> Option<Stated> {
    if let Some(iso) = birth.as_str() {
        let part = |from: usize, to: usize| iso.get(from..to).and_then(|part| part.parse::<i16>().ok());
        return match iso.len() {
            4 => Some(Stated::Year { year: part(0, 4)? }),
            7 => Some(Stated::Month { year: part(0, 4)?, month: part(5, 7)? as i8 }),
            _ => Some(Stated::Day { date: iso.parse().ok()? }),
        };
    }
    let on = on.as_str().and_then(|on| match on.len() {
        4 => format!("{on}-07-01").parse().ok(),
        7 => format!("{on}-15").parse().ok(),
        _ => on.parse().ok(),
    })?;
    let number = |name: &str| birth.get(name).and_then(Value::as_u64).map(|years| years as u16);
    if let Some(years) = number("age") {
        return Some(Stated::Age { years, on });
    }
    if let Some(months) = number("age_months") {
        return Some(Stated::AgeMonths { months, on });
    }
    number("age_nominal").map(|years| Stated::NominalAge { years, on })
}

fn known(record: &Value, members: Vec<String>) -> Known {
    let clean = &record["clean"];
    let home = |name: &str| text(&clean["home"][name]);
    Known {
        id: None,
        names: text(&clean["name"]).into_iter().collect(),
        sex: match clean["sex"].as_str() {
            Some("F") => Sex::F,
            Some("M") => Sex::M,
            _ => Sex::U,
        },
        birth: stated(&clean["birth"], &clean["registered"]),
        phones: clean["phones"].as_array().into_iter().flatten().filter_map(text).collect(),
        id_number: text(&clean["id_no"]),
        home: [home("province"), home("city"), home("county")],
        address: text(&clean["address"]),
        household: text(&clean["household_no"]),
        members,
    }
}

struct Sheet {
    keys: Vec<String>,
    clusters: Vec<String>,
    items: Vec<Candidate>,
    lookalikes: Vec<(String, String)>,
}

fn sheet() -> Option<Sheet> {
    let truth = truth()?;
    let records: Vec<&Value> =
        truth["records"].as_array()?.iter().filter(|record| record["kind"] == "member").collect();
    let mut households: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        if let (Some(number), Some(name)) =
            (text(&record["clean"]["household_no"]), text(&record["clean"]["name"]))
        {
            households.entry(number).or_default().push((at, name));
        }
    }
    let items = records.iter().enumerate().map(|(at, record)| {
        let number = text(&record["clean"]["household_no"]).unwrap_or_default();
        let others = households.get(&number).into_iter().flatten().filter(|(other, _)| *other != at);
        candidate_of(&known(record, others.map(|(_, name)| name.clone()).collect()))
    });
    Some(Sheet {
        items: items.collect(),
        keys: records.iter().filter_map(|record| text(&record["key"])).collect(),
        clusters: records.iter().filter_map(|record| text(&record["cluster"])).collect(),
        lookalikes: truth["lookalikes"]
            .as_array()?
            .iter()
            .filter_map(|pair| Some((text(&pair["a"])?, text(&pair["b"])?)))
            .collect(),
    })
}

#[test]
fn repeated_rows_of_a_register_are_found_and_namesakes_left_alone() {
    let Some(sheet) = sheet() else { return };
    let pairs = dedup(&sheet.items);
    let groups = clusters(sheet.items.len(), pairs.iter().map(|pair| (pair.a, pair.b)));
    let mut proposed: HashSet<(usize, usize)> = HashSet::new();
    for group in &groups {
        for (at, a) in group.iter().enumerate() {
            proposed.extend(group[at + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut wanted: HashSet<(usize, usize)> = HashSet::new();
    for a in 0..sheet.items.len() {
        for b in a + 1..sheet.items.len() {
            if sheet.clusters[a] == sheet.clusters[b] {
                wanted.insert((a, b));
            }
        }
    }
    let right = proposed.intersection(&wanted).count();
    let (precision, recall) =
        (right as f64 / proposed.len().max(1) as f64, right as f64 / wanted.len() as f64);
    let show = |pair: &(usize, usize)| format!("{} {}", sheet.keys[pair.0], sheet.keys[pair.1]);
    if std::env::var_os("SKEIN_SHOW").is_some() {
        println!("missed {:#?}", wanted.difference(&proposed).map(show).collect::<Vec<_>>());
        for pair in &pairs {
            if !wanted.contains(&(pair.a, pair.b)) {
                let reasons: Vec<_> =
                    pair.reasons.iter().map(|reason| format!("{}={}", reason.field, reason.level)).collect();
                println!(
                    "wrong {} {:.3} {:?} {reasons:?}",
                    show(&(pair.a, pair.b)),
                    pair.probability,
                    pair.decision
                );
            }
        }
    }
    let auto: Vec<_> = pairs.iter().filter(|pair| pair.decision == Decision::Auto).collect();
    println!("{} pairs, {} automatic, precision {precision:.4}, recall {recall:.4}", pairs.len(), auto.len());
    for pair in &auto {
        assert!(wanted.contains(&(pair.a, pair.b)), "joined without asking: {}", show(&(pair.a, pair.b)));
        let both = (sheet.keys[pair.a].clone(), sheet.keys[pair.b].clone());
        assert!(!sheet.lookalikes.contains(&both), "{both:?}");
    }
    assert!(precision >= 0.98, "precision {precision}");
    assert!(recall >= 0.95, "recall {recall}");
}
