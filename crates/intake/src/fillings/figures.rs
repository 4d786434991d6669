//! Figures that a cell of a template can be: counted from the records of a period.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::{Date, date};
use journal::{Node, StoreError};
use kernel::{Actor, Id};
use sheets::RowValues;

use crate::queries;

/// Code, Chinese, English.
type Entry = (&'static str, &'static str, &'static str);

/// Figures, besides the needs, which have the codes of `kernel::need`.
static FIGURES: &[Entry] = &[
    ("children.total", "在册儿童人数", "Children on the register"),
    ("children.girls", "其中女童", "Girls"),
    ("children.boys", "其中男童", "Boys"),
    ("children.sex_unknown", "性别不详的儿童", "Children whose sex is not known"),
    ("children.renting", "租住的儿童", "Children in rented homes"),
    ("children.tenure_unknown", "居住情况不详的儿童", "Children whose housing is not known"),
    ("children.kindergarten", "幼儿园在读", "In kindergarten"),
    ("children.primary", "小学在读", "In primary school"),
    ("children.junior", "初中在读", "In junior middle school"),
    ("children.no_permit", "没有居住证的儿童", "Children without a residence permit"),
    ("children.disabled", "残疾儿童", "Children with a disability"),
    ("visits.total", "走访联系次数（见到或接通）", "Visits and calls held"),
    ("visits.visit", "入户走访次数", "Home visits"),
    ("visits.call", "电话、微信联系次数", "Calls"),
    ("visits.talk", "路遇、来访次数", "Chance talks"),
    ("visits.tried", "未见到、未接通次数", "Visits and calls tried in vain"),
    ("visits.people", "走访联系到的人数", "People met"),
    ("visits.minutes", "走访联系分钟数", "Minutes of visits and calls"),
    ("needs.total", "走访中听到的需求数", "Needs heard at visits"),
];

/// The parts of a year that a figure can be asked for, besides the period of the filling.
static PARTS: &[Entry] = &[
    ("", "本期", "the period"),
    ("@q1", "一季度", "1st quarter"),
    ("@q2", "二季度", "2nd quarter"),
    ("@q3", "三季度", "3rd quarter"),
    ("@q4", "四季度", "4th quarter"),
    ("@year", "全年", "the year"),
];

/// Every figure with its words.
pub fn offered() -> Vec<(String, String, String)> {
    let needs = kernel::need::Code::ALL.iter().map(|code| {
        (
            format!("needs.{}", code.code()),
            format!("需求：{}", code.words().0),
            format!("Need: {}", code.words().1),
        )
    });
    FIGURES
        .iter()
        .map(|(code, zh, en)| ((*code).to_owned(), (*zh).to_owned(), (*en).to_owned()))
        .chain(needs)
        .collect()
}

/// The parts of a year, with their words.
pub fn parts() -> &'static [Entry] {
    PARTS
}

/// Whether there is such a figure.
pub fn known(figure: &str) -> bool {
    let (name, part) = split(figure);
    let named = FIGURES.iter().any(|(code, ..)| *code == name)
        || name
            .strip_prefix("needs.")
            .is_some_and(|need| kernel::need::Code::ALL.iter().any(|code| code.code() == need));
    named && PARTS.iter().any(|(code, ..)| *code == part)
}

/// The words of a figure in Chinese.
pub fn words(figure: &str) -> String {
    let (name, part) = split(figure);
    let named = offered()
        .into_iter()
        .find(|(code, ..)| code == name)
        .map_or_else(|| name.to_owned(), |(_, zh, _)| zh);
    let part = PARTS.iter().find(|(code, ..)| *code == part && !code.is_empty());
    part.map_or(named.clone(), |(_, zh, _)| format!("{named}（{zh}）"))
}

fn split(figure: &str) -> (&str, &str) {
    figure.find('@').map_or((figure, ""), |at| figure.split_at(at))
}

/// The days of a part of the year in which the period ends.
fn days(part: &str, (from, to): (Date, Date)) -> (Date, Date) {
    let year = to.year();
    let quarter = |first: i8| (date(year, first, 1), date(year, first + 2, 1).last_of_month());
    match part {
        "@q1" => quarter(1),
        "@q2" => quarter(4),
        "@q3" => quarter(7),
        "@q4" => quarter(10),
        "@year" => (date(year, 1, 1), date(year, 12, 31)),
        _ => (from, to),
    }
}

/// What is counted of the children on the register.
fn of_children(name: &str, children: &[RowValues]) -> Option<u64> {
    let count =
        |fits: &dyn Fn(&RowValues) -> bool| Some(children.iter().filter(|child| fits(child)).count() as u64);
    let stage =
        |child: &RowValues, stage: &str| child.grade.as_ref().is_some_and(|grade| grade.stage == stage);
    match name {
        "children.total" => Some(children.len() as u64),
        "children.girls" => count(&|child| child.sex.as_deref() == Some("F")),
        "children.boys" => count(&|child| child.sex.as_deref() == Some("M")),
        "children.sex_unknown" => count(&|child| child.sex.is_none()),
        "children.renting" => count(&|child| matches!(child.tenure.as_deref(), Some("rent" | "public_rent"))),
        "children.tenure_unknown" => count(&|child| child.tenure.is_none()),
        "children.kindergarten" => count(&|child| stage(child, "kindergarten")),
        "children.primary" => count(&|child| stage(child, "primary")),
        "children.junior" => count(&|child| stage(child, "junior")),
        "children.no_permit" => count(&|child| child.permit.as_deref() == Some("no")),
        "children.disabled" => count(&|child| child.disability.as_ref().is_some_and(|one| one.has)),
        _ => None,
    }
}

/// What is counted of the visits of some days.
#[derive(Default)]
struct Visits {
    kinds: BTreeMap<String, u64>,
    tried: u64,
    minutes: u64,
    people: u64,
    needs: BTreeMap<String, u64>,
}

impl Visits {
    async fn load(node: &Node, actor: &Actor, (from, to): (Date, Date)) -> Result<Self, StoreError> {
        let key = vec![actor.site.into(), from.to_string().into(), to.to_string().into()];
        let mut visits = Self::default();
        for row in node.rows(queries::VISITS.text, key.clone()).await? {
            let count = u64::try_from(row.int(2)).unwrap_or(0);
            if row.text(1) == "met" {
                *visits.kinds.entry(row.text(0).to_owned()).or_default() += count;
                visits.minutes += u64::try_from(row.int(3)).unwrap_or(0);
            } else {
                visits.tried += count;
            }
        }
        let rows = node.rows(queries::VISITED.text, key.clone()).await?;
        let persons: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
        let roots = people::person::roots(node, actor.site, &persons).await?;
        // Merged records are one person.
        let distinct: HashSet<Id> = persons.iter().map(|id| roots.get(id).copied().unwrap_or(*id)).collect();
        visits.people = distinct.len() as u64;
        for row in node.rows(queries::HEARD.text, key).await? {
            visits.needs.insert(row.text(0).to_owned(), u64::try_from(row.int(1)).unwrap_or(0));
        }
        Ok(visits)
    }

    fn figure(&self, name: &str) -> u64 {
        let (group, which) = name.split_once('.').unwrap_or((name, ""));
        match (group, which) {
            ("needs", "total") => self.needs.values().sum(),
            ("needs", code) => self.needs.get(code).copied().unwrap_or(0),
            (_, "total") => self.kinds.values().sum(),
            (_, "tried") => self.tried,
            (_, "people") => self.people,
            (_, "minutes") => self.minutes,
            (_, kind) => self.kinds.get(kind).copied().unwrap_or(0),
        }
    }
}

/// Works out the figures asked for.
pub async fn all(
    node: &Node,
    actor: &Actor,
    period: (Date, Date),
    asked: &HashSet<String>,
    children: &[RowValues],
) -> Result<BTreeMap<String, u64>, StoreError> {
    let (mut found, mut parts): (BTreeMap<String, u64>, BTreeMap<&str, Visits>) = Default::default();
    for figure in asked {
        let (name, part) = split(figure);
        if let Some(count) = of_children(name, children) {
            found.insert(figure.clone(), count);
            continue;
        }
        if !parts.contains_key(part) {
            parts.insert(part, Visits::load(node, actor, days(part, period)).await?);
        }
        if let Some(visits) = parts.get(part) {
            found.insert(figure.clone(), visits.figure(name));
        }
    }
    Ok(found)
}
