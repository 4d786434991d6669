//! Measures people of a register: `register_csv PERSONS.csv TRUTH.csv`, as `make_population.py` writes them. Prints
//! precision and recall of the proposals within the register, and how long one more row takes against all.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use matching::people::{Birth, Card, Index, Sex, Sketch, find_duplicates, learn, propose};
use matching::{Decision, Model, Table};

fn birth(text: &str) -> Option<Birth> {
    let parts: Vec<i32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let part = |at: usize| parts.get(at).and_then(|part| u8::try_from(*part).ok());
    Some(Birth { year: *parts.first()?, month: part(1), day: part(2), slack: 0, lunar: false })
}

fn cards(table: &Table) -> (Vec<String>, Vec<Card>) {
    let column = |name: &str| table.headers().iter().position(|header| header == name).unwrap_or(usize::MAX);
    let [id, household, name, nickname, sex, born, id_no, phone] =
        ["row_id", "household", "name", "nickname", "sex", "birth", "id_no", "phone"].map(column);
    let ids = table.column(id).map(str::to_owned).collect();
    let card = |row: usize| {
        Card::new(&Sketch {
            names: vec![table.cell(row, name), table.cell(row, nickname)],
            sex: match table.cell(row, sex) {
                "F" => Some(Sex::Female),
                "M" => Some(Sex::Male),
                _ => None,
            },
            birth: birth(table.cell(row, born)),
            phones: vec![table.cell(row, phone)],
            id_no: Some(table.cell(row, id_no)),
            household: Some(table.cell(row, household)),
            ..Sketch::default()
        })
    };
    (ids, (0..table.len()).map(card).collect())
}

fn truth(table: &Table) -> BTreeSet<(String, String)> {
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in 0..table.len() {
        people.entry(table.cell(row, 1).to_owned()).or_default().push(table.cell(row, 0).to_owned());
    }
    let mut pairs = BTreeSet::new();
    for (first, others) in people {
        let all: Vec<&String> = std::iter::once(&first).chain(&others).collect();
        for (at, one) in all.iter().enumerate() {
            pairs.extend(all[at + 1..].iter().map(|two| pair(one, two)));
        }
    }
    pairs
}

fn pair(one: &str, two: &str) -> (String, String) {
    if one < two { (one.to_owned(), two.to_owned()) } else { (two.to_owned(), one.to_owned()) }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = |at: usize| -> Result<Table, Box<dyn std::error::Error>> {
        let path = std::env::args().nth(at).ok_or("usage: register_csv PERSONS.csv TRUTH.csv")?;
        Ok(Table::from_reader(std::fs::File::open(path)?)?)
    };
    let (table, truth) = (read(1)?, truth(&read(2)?));
    let start = Instant::now();
    let (ids, cards) = cards(&table);
    println!("{} cards in {:.2?}", cards.len(), start.elapsed());
    let assumed = Model::for_register(cards.len());
    for (label, model) in [("assumed", assumed.clone()), ("learned", learn(&cards, &assumed))] {
        let start = Instant::now();
        let found = find_duplicates(&cards, &model);
        let good = |one: usize, two: usize| truth.contains(&pair(&ids[one], &ids[two]));
        let right = found.iter().filter(|pair| good(pair.one, pair.two)).count();
        let auto: Vec<_> =
            found.iter().filter(|pair| pair.proposal.decision == Some(Decision::Auto)).collect();
        let sure = auto.iter().filter(|pair| good(pair.one, pair.two)).count();
        for wrong in found.iter().filter(|pair| !good(pair.one, pair.two)).step_by(10).take(12) {
            let reasons = &wrong.proposal.reasons;
            let words: Vec<&str> = reasons.iter().map(matching::people::reason_en).collect();
            println!("wrong: {:.3} {}", wrong.proposal.probability, words.join("; "));
        }
        println!(
            "{label}: precision {:.4}, recall {:.4} of {}, auto {sure} of {} right, {:.2?}",
            right as f64 / found.len().max(1) as f64,
            right as f64 / truth.len().max(1) as f64,
            truth.len(),
            auto.len(),
            start.elapsed(),
        );
    }
    let mut index = Index::default();
    cards.iter().enumerate().for_each(|(at, card)| index.add(at as u32, card));
    let (start, mut compared) = (Instant::now(), 0_usize);
    for card in cards.iter().take(2000) {
        for other in index.candidates(card) {
            compared += 1;
            std::hint::black_box(propose(&assumed, card, &cards[other as usize], index.name_count(card)));
        }
    }
    let took = start.elapsed();
    println!(
        "{compared} comparisons for 2000 rows in {took:.2?}: {:.2?} each",
        took / compared.max(1) as u32
    );
    Ok(())
}
