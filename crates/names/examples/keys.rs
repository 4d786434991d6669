//! Measures the search keys: how many rows and bytes a person needs, and what a key set, a plan and a ranking cost.
//!
//! `cargo run --release -p names --example keys [PERSONS.csv]`; the file has a header with `name`, `nickname` and
//! `phone`. Without it a built-in mixture of names is used.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use names::{Class, Comparable, NameForm, Query, keys};

struct Person {
    forms: Vec<NameForm>,
    phones: Vec<String>,
}

fn built_in() -> Vec<Person> {
    let surnames = ["李", "王", "张", "单", "曾", "欧阳", "尉迟", "区", "陈", "乐"];
    let given = ["娜", "晓娜", "伟", "建国", "子涵", "行", "春梅", "桂兰", "宇轩", "雨桐"];
    let mut people: Vec<Person> = surnames
        .iter()
        .flat_map(|s| given.iter().map(move |g| format!("{s}{g}")))
        .map(|name| Person { forms: vec![NameForm::birth(name)], phones: vec!["13800138000".to_owned()] })
        .collect();
    for name in ["沙马·阿依", "阿依古丽·买买提", "岩温扁", "扎西多吉", "Li Na"] {
        people.push(Person {
            forms: vec![NameForm::birth(name), NameForm::nickname("小花")],
            phones: Vec::new(),
        });
    }
    people
}

fn from_file(path: &str) -> std::io::Result<Vec<Person>> {
    let mut lines = BufReader::new(std::fs::File::open(path)?).lines();
    let header = lines.next().transpose()?.unwrap_or_default();
    let at = |name: &str| header.trim_start_matches('\u{feff}').split(',').position(|h| h == name);
    let (name, nickname, phone) = (at("name"), at("nickname"), at("phone"));
    let mut people = Vec::new();
    for line in lines.take(200_000) {
        let line = line?;
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |i: Option<usize>| i.and_then(|i| cells.get(i)).copied().filter(|c| !c.is_empty());
        let mut forms: Vec<NameForm> = cell(name).into_iter().map(NameForm::birth).collect();
        forms.extend(cell(nickname).into_iter().map(NameForm::nickname));
        people.push(Person { forms, phones: cell(phone).into_iter().map(str::to_owned).collect() });
    }
    Ok(people)
}

fn per(what: &str, count: usize, start: Instant) {
    println!("{what}: {:.0} ns each", start.elapsed().as_nanos() as f64 / count.max(1) as f64);
}

fn main() -> std::io::Result<()> {
    let people = match std::env::args().nth(1) {
        Some(path) => from_file(&path)?,
        None => built_in(),
    };
    let rounds = 200_000_usize.div_ceil(people.len().max(1)).min(2_000);
    let (mut rows, mut bytes, mut most) = (0, 0, 0);
    let mut classes: BTreeMap<Class, usize> = BTreeMap::new();
    for person in &people {
        let found = keys(&person.forms, &person.phones);
        most = most.max(found.len());
        rows += found.len();
        bytes += found.iter().map(|key| key.text.len()).sum::<usize>();
        for key in found {
            *classes.entry(key.class).or_default() += 1;
        }
    }
    let n = people.len().max(1) as f64;
    println!(
        "{} people, {:.1} keys each (most {most}), {:.0} bytes of text each",
        people.len(),
        rows as f64 / n,
        bytes as f64 / n
    );
    for (class, count) in classes {
        println!("  {class:?}: {:.2}", count as f64 / n);
    }
    let start = Instant::now();
    for person in (0..rounds).flat_map(|_| &people) {
        black_box(keys(&person.forms, &person.phones));
    }
    per("keys", rounds * people.len(), start);
    let queries =
        ["李", "李娜", "lina", "ln", "li娜", "小娜", "lxn", "zhangxiaomign", "138 0013-8000", "8000", "l晓n"];
    for text in queries {
        let start = Instant::now();
        for _ in 0..2_000 {
            black_box(Query::parse(text));
        }
        let query = Query::parse(text);
        let ranges: usize = query.steps().iter().map(|s| s.ranges.len()).sum();
        per(&format!("plan {text} ({} steps, {ranges} ranges)", query.steps().len()), 2_000, start);
        let start = Instant::now();
        let sample = &people[..people.len().min(5_000)];
        let hits = sample.iter().filter(|p| query.rank(&p.forms, &p.phones).is_some()).count();
        per(&format!("rank {text} ({hits} hits of {})", sample.len()), sample.len(), start);
    }
    let sample: Vec<Comparable> =
        people.iter().take(1_000).map(|p| Comparable::new(&p.forms[0].text)).collect();
    let start = Instant::now();
    for a in &sample {
        for b in &sample {
            black_box(a.compare(b));
        }
    }
    per("compare", sample.len() * sample.len(), start);
    Ok(())
}
