//! Measures duplicate detection on a made-up population.
//!
//! `python3 make_population.py --population 20000 --facts 10 --out DIR`, then
//! `cargo run --release -p people --example duplicates -- DIR`

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Instant;

use calendar::Stated;
use people::duplicates::{Decision, Known, Sex, candidate_of, dedup};

fn rows(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(file)).expect("the file reads");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn stated(text: &str) -> Option<Stated> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    match text.len() {
        4 => Some(Stated::Year { year: number(0, 4)? }),
        7 => Some(Stated::Month { year: number(0, 4)?, month: number(5, 7)? as i8 }),
        _ => Some(Stated::Day { date: text.parse().ok()? }),
    }
}

fn knowns(folder: &Path) -> Vec<(String, Known)> {
    let persons = rows(folder, "persons.csv");
    let mut mates: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for person in &persons {
        mates.entry(person[1].clone()).or_default().push((person[0].clone(), person[3].clone()));
    }
    let mut homes: HashMap<String, String> = HashMap::new();
    for stay in rows(folder, "stays.csv").into_iter().filter(|stay| stay[1] == "registered") {
        homes.insert(stay[0].clone(), stay[2].clone());
    }
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    persons
        .iter()
        .map(|person| {
            let others = mates.get(&person[1]).into_iter().flatten().filter(|(row, _)| *row != person[0]);
            let known = Known {
                id: None,
                names: [&person[3], &person[4]].into_iter().filter_map(some).collect(),
                sex: match person[5].as_str() {
                    "F" => Sex::F,
                    "M" => Sex::M,
                    _ => Sex::U,
                },
                birth: stated(&person[6]),
                phones: some(&person[9]).into_iter().collect(),
                id_number: some(&person[8]),
                home: [None, None, homes.get(&person[0]).cloned()],
                address: None,
                household: some(&person[1]),
                members: others.map(|(_, name)| name.clone()).collect(),
            };
            (person[0].clone(), known)
        })
        .collect()
}

fn main() {
    let folder = std::env::args().nth(1).expect("a folder made by make_population.py");
    let folder = Path::new(&folder);
    let knowns = knowns(folder);
    let places: HashMap<&str, usize> =
        knowns.iter().enumerate().map(|(at, (row, _))| (row.as_str(), at)).collect();
    let truth = rows(folder, "truth.csv");
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut how: HashMap<usize, String> = HashMap::new();
    for line in &truth {
        let (again, first) = (places[line[0].as_str()], places[line[1].as_str()]);
        groups.entry(first).or_insert_with(|| vec![first]).push(again);
        how.insert(again, line[2].clone());
    }
    let mut wanted: HashSet<(usize, usize)> = HashSet::new();
    for group in groups.values() {
        for (at, a) in group.iter().enumerate() {
            wanted.extend(group[at + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
        }
    }
    let start = Instant::now();
    let items: Vec<_> = knowns.iter().map(|(_, known)| candidate_of(known)).collect();
    println!("{} rows made ready in {:.2?}", items.len(), start.elapsed());
    let start = Instant::now();
    let pairs = dedup(&items);
    println!("compared in {:.2?}", start.elapsed());
    let right = |pair: &&people::duplicates::Pair| wanted.contains(&(pair.a, pair.b));
    let auto: Vec<_> = pairs.iter().filter(|pair| pair.decision == Decision::Auto).collect();
    let (hits, sure) = (pairs.iter().filter(right).count(), auto.iter().filter(|pair| right(pair)).count());
    println!("pairs {} right {hits} of {}; automatic {} right {sure}", pairs.len(), wanted.len(), auto.len());
    let found: HashSet<(usize, usize)> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
    let mut missed: HashMap<&str, usize> = HashMap::new();
    for pair in wanted.difference(&found) {
        *missed.entry(how.get(&pair.1).map_or("", String::as_str)).or_default() += 1;
    }
    println!("missed by kind: {missed:?}");
    for pair in pairs.iter().filter(|pair| !right(pair)).take(20) {
        let reasons: Vec<_> =
            pair.reasons.iter().map(|reason| format!("{}={}", reason.field, reason.level)).collect();
        println!(
            "wrong {} {} {:.3} {:?} {reasons:?}",
            knowns[pair.a].0, knowns[pair.b].0, pair.probability, pair.decision
        );
    }
}
