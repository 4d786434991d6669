//! The sample register: who is one person is known, so precision and recall can be counted. Reads the cleaned values
//! of the truth files that lie beside the checkout, and passes where they do not.

use std::collections::{BTreeMap, BTreeSet};

use matching::Model;
use matching::people::{Birth, Card, Sex, Sketch, find_duplicates, learn};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible");

struct Row {
    key: String,
    cluster: String,
    card: Card,
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str)
}

fn birth(record: &Value, registered: i32) -> Option<Birth> {
    let told = record["derived"].get("birth").or_else(|| record["clean"].get("birth"))?;
    if let Some(date) = told.as_str() {
        let mut parts = date.split('-').map(|part| part.parse::<i32>().ok());
        let year = parts.next()??;
        let month = parts.next().flatten().and_then(|month| u8::try_from(month).ok());
        let day = parts.next().flatten().and_then(|day| u8::try_from(day).ok());
        return Some(Birth { year, month, day, slack: 0, lunar: false });
    }
    let age = |field: &str| told.get(field).and_then(Value::as_i64).map(|age| age as i32);
    age("age")
        .map(|age| Birth::in_year(registered - age, 1))
        .or(age("age_nominal").map(|age| Birth::in_year(registered + 1 - age, 2)))
}

fn rows(file: &str, kind: &str) -> Option<Vec<Row>> {
    let truth: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{FOLDER}/{file}.truth.json")).ok()?).ok()?;
    let read = |record: &Value| {
        let clean = &record["clean"];
        let year = |date: &str| date.get(..4).and_then(|year| year.parse().ok());
        let registered = text(clean, "registered").and_then(year).unwrap_or(2021);
        let home = &clean["home"];
        let phones: Vec<&str> = clean["phones"]
            .as_array()
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        // A row that only gives a nickname has it in the note of its issue.
        let nickname = record["issues"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|issue| issue["code"] == "name_only_nickname")
            .and_then(|issue| text(issue, "note"));
        let sketch = Sketch {
            names: text(clean, "name").into_iter().chain(nickname).collect(),
            sex: text(clean, "sex").map(|sex| if sex == "F" { Sex::Female } else { Sex::Male }),
            birth: birth(record, registered),
            phones,
            id_no: text(clean, "id_no"),
            home: text(home, "county").or(text(home, "city")).or(text(home, "province")),
            village: text(home, "village"),
            address: text(clean, "address"),
            household: text(clean, "household_no"),
        };
        Row {
            key: text(record, "key").unwrap_or_default().to_owned(),
            cluster: text(record, "cluster").or(text(record, "key")).unwrap_or_default().to_owned(),
            card: Card::new(&sketch),
        }
    };
    Some(truth["records"].as_array()?.iter().filter(|record| record["kind"] == kind).map(read).collect())
}

fn measure(file: &str, kind: &str, learned: bool) -> Option<(f64, f64)> {
    let rows = rows(file, kind)?;
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        clusters.entry(&row.cluster).or_default().push(at);
    }
    let pairs = |group: &Vec<usize>| -> Vec<(usize, usize)> {
        group.iter().flat_map(|a| group.iter().filter(move |b| a < b).map(move |b| (*a, *b))).collect()
    };
    let truth: BTreeSet<(usize, usize)> = clusters.values().flat_map(pairs).collect();
    let cards: Vec<Card> = rows.iter().map(|row| row.card.clone()).collect();
    let model = Model::for_register(cards.len());
    let model = if learned { learn(&cards, &model) } else { model };
    let found = find_duplicates(&cards, &model);
    let right = found.iter().filter(|pair| truth.contains(&(pair.one, pair.two))).count();
    for pair in found.iter().filter(|pair| !truth.contains(&(pair.one, pair.two))) {
        println!("wrong {} {} {:?}", rows[pair.one].key, rows[pair.two].key, pair.proposal);
    }
    for &(one, two) in truth.iter().filter(|pair| !found.iter().any(|one| (one.one, one.two) == **pair)) {
        let proposal = matching::people::propose(&model, &cards[one], &cards[two], None);
        println!("missed {} {} {proposal:?}", rows[one].key, rows[two].key);
    }
    let auto: Vec<_> =
        found.iter().filter(|pair| pair.proposal.decision == Some(matching::Decision::Auto)).collect();
    assert!(auto.iter().all(|pair| truth.contains(&(pair.one, pair.two))), "an automatic pair is wrong");
    let (precision, recall) =
        (right as f64 / found.len().max(1) as f64, right as f64 / truth.len().max(1) as f64);
    println!(
        "{file} learned {learned}: {} rows, precision {precision:.4}, recall {recall:.4} of {}, auto {}",
        rows.len(),
        truth.len(),
        auto.len()
    );
    Some((precision, recall))
}

#[test]
fn families_registered_twice() {
    for learned in [false, true] {
        let Some((precision, recall)) = measure("02_家庭登记总表.xlsx", "member", learned) else {
            return;
        };
        assert!(precision >= 0.98 && recall >= 0.95, "precision {precision}, recall {recall}");
    }
}
