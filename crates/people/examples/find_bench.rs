//! Fills a SQLite register with made-up people through the one door and measures search, pages and duplicates.
//!
//! `cargo run --release -p people --example find_bench -- 100000`

use std::time::{Duration, Instant};

use people::duplicates::{Known, Sex, candidate_of};
use people::person::{find, page, recent};
use serde_json::json;
use testkit::TestSite;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "单", "曾", "欧阳", "勒伍",
];
const GIVEN: &[char] = &[
    '伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超',
    '秀', '霞', '平', '刚', '桂', '英', '华', '玉', '梅', '建', '国', '海', '春', '雨', '晨', '梓', '涵',
    '子', '轩', '欣', '怡', '思', '佳',
];

/// A number that looks drawn by chance and is always the same.
fn mix(n: usize) -> usize {
    let mut x = (n as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x >> 33) as usize
}

fn name(n: usize) -> String {
    let (a, b) = (mix(3 * n), mix(3 * n + 1));
    let mut name = SURNAMES[a % SURNAMES.len()].to_owned();
    name.push(GIVEN[(a / 97) % GIVEN.len()]);
    if !b.is_multiple_of(4) {
        name.push(GIVEN[(b / 7) % GIVEN.len()]);
    }
    name
}

fn phone(n: usize) -> String {
    format!("16{:09}", mix(5 * n) % 1_000_000_000)
}

async fn fill(site: &TestSite, people: usize) {
    for start in (0..people).step_by(500) {
        let commands = (start..people.min(start + 500)).map(|n| {
            let body = json!({
                "names": [{ "kind": "birth", "text": name(n) }], "sex": if n % 2 == 0 { "F" } else { "M" },
                "birth": { "precision": "year", "year": 1950 + mix(7 * n) % 70 }, "phones": [{ "number": phone(n) }],
            });
            site.envelope("person.create", site.id(), body)
        });
        site.send(&site.cast.li, commands.collect()).await;
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what:<28} p50 {:>9.2?}  p95 {:>9.2?}  max {:>9.2?}", at(50), at(95), at(100));
}

async fn searches(site: &TestSite, people: usize) {
    let li = &site.cast.li;
    let whole = name(4242 % people);
    let fixed = [
        "李",
        "娜",
        "李娜",
        "lina",
        "ln",
        "l",
        "li",
        "li娜",
        "l娜",
        "李n",
        "小娜",
        "老王",
        "wang",
        "zhangwei",
        "zw",
        "shan",
        "zhagnwei",
        "160",
        "8000",
        "16000",
        "李哪",
        "欧阳",
        "赵钱孙",
    ];
    let number = phone(4242 % people);
    for query in fixed.into_iter().chain([whole.as_str(), number.as_str(), &number[7..]]) {
        let mut times = Vec::new();
        for _ in 0..20 {
            let start = Instant::now();
            find(&site.node, li, query, 20).await.expect("search works");
            times.push(start.elapsed());
        }
        report(&format!("find {query}"), times);
    }
}

async fn pages(site: &TestSite) {
    let li = &site.cast.li;
    let cards = recent(&site.node, li, None, 200).await.expect("recent works").0;
    let mut times = Vec::new();
    for card in &cards {
        let start = Instant::now();
        page(&site.node, li, card.id).await.expect("a page reads");
        times.push(start.elapsed());
    }
    report("page", times);
}

async fn duplicates(site: &TestSite, people: usize) {
    let start = Instant::now();
    let index = people::duplicates::load(&site.node, site.site).await.expect("the register loads");
    println!("index of {} loaded in {:.2?}", index.len(), start.elapsed());
    let start = Instant::now();
    let rows = 5_000;
    let mut found = 0;
    for n in 0..rows {
        let known = Known {
            names: vec![name(mix(n) % people)],
            sex: if n % 2 == 0 { Sex::F } else { Sex::M },
            birth: Some(calendar::Stated::Year { year: 1950 + (mix(11 * n) % 70) as i16 }),
            phones: vec![phone(mix(n) % people)],
            ..Known::default()
        };
        found += index.similar(&candidate_of(&known), 5).len();
    }
    let spent = start.elapsed();
    let a_minute = rows as f64 / spent.as_secs_f64() * 60.0;
    println!("{rows} rows compared in {spent:.2?} ({a_minute:.0} a minute), {found} proposals");
}

fn main() {
    let people = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(20_000_usize).max(1);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = journal::StoreOptions::Sqlite { path: folder.path().join("skein.db") };
    let registry = testkit::registry(vec![people::manifest()]);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let site = testkit::open_at(registry, store).await;
        let start = Instant::now();
        fill(&site, people).await;
        let spent = start.elapsed();
        println!("{people} people in {spent:.2?} ({:.0} a second)", people as f64 / spent.as_secs_f64());
        let keys = site.node.rows("SELECT COUNT(*) FROM person_key", Vec::new()).await.expect("a count");
        let blocks = site.node.rows("SELECT COUNT(*) FROM person_block", Vec::new()).await.expect("a count");
        println!("{} search keys, {} blocking keys", keys[0].int(0), blocks[0].int(0));
        searches(&site, people).await;
        pages(&site).await;
        duplicates(&site, people).await;
    });
}
