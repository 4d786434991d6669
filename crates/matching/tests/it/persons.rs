//! Tables of Chinese persons: a made-up register in which some are written down again, as people do it.

use std::collections::BTreeSet;

use matching::{Decision, MatchReport, Options, Table, match_tables};

use crate::made_up::Dice;

const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "欧阳", "覃", "龚"];
const GIVEN: &[&str] =
    &["娜", "静", "海", "明", "丽", "强", "春", "梅", "志", "文", "军", "霞", "涛", "芳", "杰"];
const VILLAGES: &[&str] = &["北营村", "石桥新村", "小坝塘村", "上柳湾村"];
/// Characters of one sound, and the traditional form of others.
const ANOTHER: &[(&str, &str)] = &[
    ("娜", "那"),
    ("静", "竟"),
    ("明", "鸣"),
    ("文", "纹"),
    ("杰", "洁"),
    ("丽", "麗"),
    ("军", "軍"),
    ("涛", "濤"),
];

#[derive(Clone)]
struct Row {
    id: String,
    person: usize,
    household: String,
    name: String,
    sex: &'static str,
    birth: String,
    id_number: String,
    phone: String,
    address: String,
}

fn id_number(county: &str, birth: &str, order: usize) -> String {
    let first = format!("{county}{}{order:03}", birth.replace('-', ""));
    let digit = names::idno::check_digit(&first);
    format!("{first}{digit}")
}

fn household(dice: &mut Dice, number: usize, rows: &mut Vec<Row>) {
    let surname = dice.pick(SURNAMES);
    let address = format!("{}{}号{}楼", dice.pick(VILLAGES), 1 + dice.below(370), 1 + dice.below(7));
    let phone = format!("164{:08}", dice.below(100_000_000));
    for member in 0..=dice.below(4) {
        let person = rows.len();
        let surname = if member == 1 { dice.pick(SURNAMES) } else { surname };
        let year = if member < 2 { 1965 + dice.below(30) } else { 2006 + dice.below(15) };
        let birth = format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28));
        let female = member == 1 || dice.one_in(2);
        rows.push(Row {
            id: format!("p{person}"),
            person,
            household: format!("KM{number:03}"),
            name: format!(
                "{surname}{}{}",
                dice.pick(GIVEN),
                if dice.one_in(3) { "" } else { dice.pick(GIVEN) }
            ),
            sex: if female { "女" } else { "男" },
            id_number: id_number("530697", &birth, 2 * dice.below(450) + usize::from(!female)),
            birth,
            phone: if member > 1 { String::new() } else { phone.clone() },
            address: address.clone(),
        });
    }
}

/// Writes a person down again: another spelling, another phone, a year for a date, no number.
fn again(dice: &mut Dice, row: &Row, number: usize) -> Row {
    let mut copy = Row { id: format!("q{number}"), household: format!("R{number:03}"), ..row.clone() };
    match dice.below(5) {
        0 => {
            let found = ANOTHER.iter().find(|(one, _)| copy.name.contains(one));
            copy.name = found.map_or(copy.name.clone(), |(one, other)| copy.name.replace(one, other));
        }
        1 if !copy.phone.is_empty() => copy.id_number.clear(),
        2 => copy.phone = format!("194{:08}", dice.below(100_000_000)),
        3 if !copy.phone.is_empty() => {
            copy.birth.truncate(4);
            copy.id_number.clear();
        }
        _ => copy.address = format!("{}{}号", dice.pick(VILLAGES), 400 + dice.below(90)),
    }
    copy
}

/// A register of `families`, some of whom are namesakes or born on one day, and those written down again.
fn register(seed: u64, families: usize) -> (Vec<Row>, Vec<Row>) {
    let mut dice = Dice::new(seed);
    let mut rows = Vec::new();
    for number in 0..families {
        household(&mut dice, number, &mut rows);
    }
    for _ in 0..families / 12 {
        let (one, two) = (dice.below(rows.len()), dice.below(rows.len()));
        if one != two && rows[one].sex == rows[two].sex {
            let name = rows[one].name.clone();
            rows[two].name = name;
            if dice.one_in(2) {
                let birth = rows[one].birth.clone();
                rows[two].birth = birth;
                rows[two].id_number = id_number("532997", &rows[two].birth, 2 * dice.below(400) + 1);
            }
        }
    }
    let chosen: Vec<usize> =
        (0..families / 4).map(|_| dice.below(rows.len())).collect::<BTreeSet<_>>().into_iter().collect();
    let copies = chosen.iter().enumerate().map(|(number, at)| again(&mut dice, &rows[*at], number)).collect();
    (rows, copies)
}

fn csv(rows: &[Row], english: bool) -> Table {
    let head = if english {
        "row_id,household,name,sex,birth_date,id_number,phone,address"
    } else {
        "编号,户号,姓名,性别,出生日期,身份证号,联系电话,现住址"
    };
    let lines = rows.iter().map(|row| {
        let sex = if english && row.sex == "女" {
            "F"
        } else if english {
            "M"
        } else {
            row.sex
        };
        let Row { id, household, name, birth, id_number, phone, address, .. } = row;
        format!("{id},{household},{name},{sex},{birth},{id_number},{phone},{address}")
    });
    let text: Vec<String> = std::iter::once(head.to_owned()).chain(lines).collect();
    Table::from_csv(&text.join("\n")).expect("the table is sound")
}

/// Precision and recall of all pairs; no automatic pair may be wrong.
fn measure(report: &MatchReport, left: &[Row], right: &[Row]) -> (f64, f64, usize) {
    let person = |id: &str| left.iter().chain(right).find(|row| row.id == id).map(|row| row.person);
    let good = |one: &str, two: &str| person(one) == person(two);
    let right_ones = report.pairs.iter().filter(|pair| good(&pair.left_id, &pair.right_id)).count();
    let auto: Vec<_> = report.pairs.iter().filter(|pair| pair.decision == Decision::Auto).collect();
    for pair in &auto {
        assert!(good(&pair.left_id, &pair.right_id), "joined unasked: {} {}", pair.left_id, pair.right_id);
    }
    let (found, wanted) = (report.pairs.len().max(1) as f64, right.len().max(1) as f64);
    (right_ones as f64 / found, right_ones as f64 / wanted, auto.len())
}

#[test]
fn one_table_of_persons() {
    for (seed, english) in [(11, false), (12, true), (13, false)] {
        let (rows, copies) = register(seed, 240);
        let all: Vec<Row> = rows.iter().chain(&copies).cloned().collect();
        for ignored in [&[][..], &["身份证号", "id_number"][..]] {
            let ignore =
                ignored.iter().filter(|name| name.is_ascii() == english).map(|name| (*name).to_owned());
            let options = Options { ignore_columns: ignore.collect(), ..Options::default() };
            let report = match_tables(&csv(&all, english), None, &options).unwrap();
            let (precision, recall, auto) = measure(&report, &rows, &copies);
            println!("seed {seed} {ignored:?}: precision {precision:.4} recall {recall:.4} auto {auto}");
            // Without the number, namesakes of one birthday are shown to somebody; nothing tells them apart.
            let least = if ignored.is_empty() { 0.95 } else { 0.85 };
            assert!(
                precision >= least && recall >= 0.9 && auto * 3 >= copies.len(),
                "{precision} {recall} {auto}"
            );
        }
    }
}

#[test]
fn two_tables_of_persons() {
    for (seed, english) in [(21, false), (22, true)] {
        let (rows, copies) = register(seed, 240);
        let (left, right) = (csv(&rows, false), csv(&copies, english));
        let report = match_tables(&left, Some(&right), &Options::default()).unwrap();
        let (precision, recall, auto) = measure(&report, &rows, &copies);
        println!("seed {seed}: precision {precision:.4} recall {recall:.4} auto {auto}");
        assert!(
            precision >= 0.97 && recall >= 0.9 && auto * 3 >= copies.len(),
            "{precision} {recall} {auto}"
        );
    }
}

#[test]
fn households_saved_from_merged_cells_are_filled_down() {
    let text = "户号,姓名,性别,出生日期,电话,现住址\n\
        1,李强,男,1980-01-02,16412779367,北营村1号\n,王芳,女,1982-03-04,,\n,李小明,男,2010-05-06,,\n\
        2,赵敏,女,1979-07-08,16006130581,石桥新村2号\n\
        3,李强,男,1980-01-02,19400000001,小坝塘村3号\n,王芳,女,1982-03-04,,\n,李小明,男,2010-05-06,,\n";
    let report = match_tables(&Table::from_csv(text).unwrap(), None, &Options::default()).unwrap();
    let found: BTreeSet<(usize, usize)> =
        report.pairs.iter().map(|pair| (pair.left_row, pair.right_row)).collect();
    assert_eq!(found, BTreeSet::from([(0, 4), (1, 5), (2, 6)]), "{:?}", report.pairs);
}
