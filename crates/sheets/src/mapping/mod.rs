//! Which column is which field: from the header's words, confirmed or guessed from the values. Can be edited and remembered.

pub mod dictionary;
mod evidence;
mod others;
mod ticks;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::Sheet;
use crate::events::{Mark, kinds};
use crate::field::Field;
use crate::layout::{Column, Layout};
use crate::plain;

/// What kind of table it is; decides what a remark column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// Children with their guardians: a remark carries needs.
    Children,
    /// People by household.
    Household,
    /// People, one a row.
    People,
    /// A log of visits and calls.
    Visits,
    /// A list of who signs up for a gathering.
    SignUps,
    /// A roll: people and sessions to tick.
    Roll,
    /// No people by name.
    Other,
}

impl TableKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Children,
        Self::Household,
        Self::People,
        Self::Visits,
        Self::SignUps,
        Self::Roll,
        Self::Other,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Household => "household",
            Self::People => "people",
            Self::Visits => "visits",
            Self::SignUps => "signups",
            Self::Roll => "roll",
            Self::Other => "other",
        }
    }

    /// The kind of a stable name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// About happenings and not a register of people.
    pub fn of_happenings(self) -> bool {
        matches!(self, Self::Visits | Self::SignUps | Self::Roll)
    }
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The field.
    pub field: Field,
    /// Which guardian, from 0. For the sex in two columns to tick: 1 is male, 2 female. 0 for other fields.
    #[serde(default)]
    pub slot: u8,
    /// The guardian's relation when the header says it (父亲姓名).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

/// How a proposal came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The header is in the dictionary.
    Header,
    /// A dictionary word stands inside the header.
    Inside,
    /// The values look like it.
    Values,
    /// The user said so.
    User,
    /// Nothing fits.
    Nothing,
}

/// One column's proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnMap {
    /// Zero-based column.
    pub column: usize,
    /// Its title with groups.
    pub title: String,
    /// What it is; nothing if it is left out.
    pub target: Option<Target>,
    /// From 0 to 1.
    pub confidence: f64,
    /// How it came about.
    pub why: Why,
}

/// The proposal for a sheet. Edit with [`Mapping::set`], remember under `layout_key`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// The key of the sheet's headers, see [`Layout::layout_key`].
    pub layout_key: String,
    /// What kind of table it is.
    pub kind: TableKind,
    /// Columns in order.
    pub columns: Vec<ColumnMap>,
    /// What the signs of a roll mean, where the user said so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, Mark>,
}

impl Mapping {
    /// A mapping of columns that somebody pointed at.
    pub fn told(columns: &[(usize, Field)]) -> Self {
        let map = |(column, field): &(usize, Field)| ColumnMap {
            column: *column,
            title: String::new(),
            target: Some(Target { field: *field, slot: 0, relation: None }),
            confidence: 1.0,
            why: Why::User,
        };
        let columns: Vec<ColumnMap> = columns.iter().map(map).collect();
        Self { layout_key: String::new(), kind: kind(&columns), columns, marks: BTreeMap::new() }
    }

    /// Says what a column is, in the user's name; nobody else keeps that field.
    pub fn set(&mut self, column: usize, target: Option<Target>) {
        if let Some(target) = target.as_ref().filter(|target| target.field != Field::Session) {
            for other in
                self.columns.iter_mut().filter(|c| c.column != column && c.target.as_ref() == Some(target))
            {
                other.target = None;
                other.why = Why::User;
            }
        }
        if let Some(map) = self.columns.iter_mut().find(|map| map.column == column) {
            map.target = target;
            map.confidence = 1.0;
            map.why = Why::User;
        }
        if !self.kind.of_happenings() {
            self.kind = kind(&self.columns);
        }
    }

    /// Whether rows can become people: a name, and something else that tells one person from another.
    pub fn tells_people(&self) -> bool {
        let tells = |field: Field| {
            matches!(
                field,
                Field::Sex
                    | Field::Birth
                    | Field::Age
                    | Field::IdNo
                    | Field::Nation
                    | Field::Home
                    | Field::Address
                    | Field::Phones
                    | Field::Relation
            ) || field.of_guardian()
        };
        !self.kind.of_happenings() && self.kind != TableKind::Other && self.fields().into_iter().any(tells)
    }

    /// The column of a field (of the first guardian; the first of two to tick).
    pub fn column(&self, field: Field) -> Option<usize> {
        let ticked = |map: &&ColumnMap| field == Field::Sex && map.ticks().is_some();
        self.columns.iter().find(|map| map.is(field) || ticked(map)).map(|map| map.column)
    }

    /// The fields in the order of their columns, each once.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for map in &self.columns {
            if let Some(target) = &map.target
                && !fields.contains(&target.field)
            {
                fields.push(target.field);
            }
        }
        fields
    }
}

impl ColumnMap {
    /// The sex that a tick in this column means.
    pub(crate) fn ticks(&self) -> Option<&'static str> {
        let target = self.target.as_ref().filter(|target| target.field == Field::Sex)?;
        match target.slot {
            1 => Some("M"),
            2 => Some("F"),
            _ => None,
        }
    }

    fn is(&self, field: Field) -> bool {
        self.target.as_ref().is_some_and(|target| target.field == field && target.slot == 0)
    }
}

/// Proposes what kind of sheet it is, and what each column is.
pub fn propose(sheet: &Sheet, layout: &Layout) -> Mapping {
    match kinds::detect(sheet, layout) {
        Some(kind) => propose_as(sheet, layout, kind),
        None => propose_people(sheet, layout),
    }
}

/// Proposes what each column is in a sheet of this kind.
pub fn propose_as(sheet: &Sheet, layout: &Layout, kind: TableKind) -> Mapping {
    if kind.of_happenings() {
        let columns = kinds::propose(kind, sheet, layout);
        return Mapping { layout_key: layout.layout_key(), kind, columns, marks: BTreeMap::new() };
    }
    let mut mapping = propose_people(sheet, layout);
    if kind == TableKind::Other {
        mapping.kind = kind;
    }
    mapping
}

fn propose_people(sheet: &Sheet, layout: &Layout) -> Mapping {
    let mut slots: Vec<String> = Vec::new();
    let mut columns: Vec<ColumnMap> = layout
        .columns
        .iter()
        .map(|column| {
            let (target, confidence, why) = by_header(column, &mut slots);
            ColumnMap { column: column.index, title: column.path(), target, confidence, why }
        })
        .collect();
    ticks::find(sheet, layout, &mut columns);
    settle_doubles(&mut columns);
    evidence::guess(sheet, layout, &mut columns);
    settle_doubles(&mut columns);
    settle_meaning(&mut columns);
    let kind = kind(&columns);
    settle_remark(&mut columns, kind);
    Mapping { layout_key: layout.layout_key(), kind, columns, marks: BTreeMap::new() }
}

fn by_header(column: &Column, slots: &mut Vec<String>) -> (Option<Target>, f64, Why) {
    let title = plain::header(&column.title);
    let group = column.groups.iter().map(|group| plain::header(group)).collect::<String>();
    let who = parent_title(&group).map(|(who, _)| who);
    if who.is_some() || OF_GUARDIANS.iter().any(|word| group.contains(word)) {
        let field = match best_word(&title).map(|(field, ..)| field) {
            Some(Field::Name | Field::GuardianName | Field::Head) => Field::GuardianName,
            Some(Field::Relation | Field::GuardianRelation) => Field::GuardianRelation,
            Some(Field::Phones | Field::GuardianPhones) => Field::GuardianPhones,
            Some(Field::Guardians) => Field::Guardians,
            _ => return (None, 0.1, Why::Header),
        };
        return (Some(guardian(field, &group, who, slots)), 0.95, Why::Header);
    }
    if let Some((who, rest)) = parent_title(&title) {
        let field = match best_word(rest).map(|(field, ..)| field) {
            None if rest.is_empty() => Some(Field::GuardianName),
            Some(Field::Name | Field::GuardianName) => Some(Field::GuardianName),
            Some(Field::Phones | Field::GuardianPhones) => Some(Field::GuardianPhones),
            Some(Field::Guardians) => Some(Field::Guardians),
            _ if rest.contains("姓名") && (rest.contains("电话") || rest.contains("手机")) => {
                Some(Field::Guardians)
            }
            _ => None,
        };
        return match field {
            Some(field) => (Some(guardian(field, who, Some(who), slots)), 0.9, Why::Header),
            None => (None, 0.1, Why::Header),
        };
    }
    if let Some(found) = of_someone(&title, slots) {
        return found;
    }
    let counted: String = title.chars().filter(|c| !c.is_ascii_digit() && !"一二三".contains(*c)).collect();
    if counted != title
        && let Some((field, share, _)) = best_word(&counted)
        && (field.of_guardian() && share >= 1.0)
    {
        let number: String = title.chars().filter(|c| !counted.contains(*c)).collect();
        return (Some(guardian(field, &number, None, slots)), 0.9, Why::Header);
    }
    match with_group(&group, &title) {
        Some((field, share, why)) if field.of_guardian() => {
            (Some(guardian(field, "", None, slots)), share, why)
        }
        Some((field, share, why)) => (Some(Target { field, slot: 0, relation: None }), share, why),
        // A known word that means something else here is not for the values to guess.
        None if dictionary::inside(&title).is_some_and(|(_, share)| share >= 0.34) => {
            (None, 0.1, Why::Nothing)
        }
        None => (None, 0.0, Why::Nothing),
    }
}

/// A title that says whose it is: a guardian's other data are not the child's, the child's own are.
fn of_someone(title: &str, slots: &mut Vec<String>) -> Option<(Option<Target>, f64, Why)> {
    if !dictionary::exact(title).is_empty() {
        return None;
    }
    let strip = |words: &[&str]| words.iter().find_map(|word| title.strip_prefix(word)).map(str::to_owned);
    if let Some(rest) = strip(OF_GUARDIANS).map(|rest| rest.trim_start_matches(['的', 's']).to_owned()) {
        let field = match best_word(&rest)?.0 {
            Field::Name => Field::GuardianName,
            Field::Phones => Field::GuardianPhones,
            Field::Relation => Field::GuardianRelation,
            field if field.of_guardian() => field,
            _ => return Some((None, 0.1, Why::Header)),
        };
        return Some((Some(guardian(field, "", None, slots)), 0.85, Why::Header));
    }
    let rest = strip(OF_CHILDREN)?;
    let field =
        dictionary::exact(rest.trim_start_matches(['的', 's'])).first().and_then(|name| Field::of(name))?;
    (!field.of_guardian()).then_some((Some(Target { field, slot: 0, relation: None }), 0.95, Why::Header))
}

/// Words in front of a title that say it is the person's own.
const OF_CHILDREN: &[&str] = &[
    "孩子",
    "儿童",
    "学生",
    "幼儿",
    "子女",
    "小孩",
    "本人",
    "成员",
    "人员",
    "受益人",
    "服务对象",
    "child",
    "student",
    "pupil",
    "member",
    "kid",
];

/// The title's field; a title that says little alone is read with its group (学校 / 名称, 居住 / 性质).
fn with_group(group: &str, title: &str) -> Option<(Field, f64, Why)> {
    let both = format!("{group}{title}");
    if !group.is_empty() && !dictionary::exact(&both).is_empty() {
        return best_word(&both);
    }
    best_word(title)
        .or_else(|| others::in_group(group, title))
        .or_else(|| best_word(&both).filter(|_| !group.is_empty()))
        .or_else(|| arrival(title))
}

/// 来滇日期, 到沪时间: a place to come to and a time.
fn arrival(title: &str) -> Option<(Field, f64, Why)> {
    let place = title.strip_prefix(['来', '到']).and_then(|rest| rest.chars().next());
    let comes = place.is_some_and(|c| !"电访信货函校岗账款会".contains(c))
        || ["迁入", "流入", "进城", "入城"].iter().any(|word| title.starts_with(word));
    let when = ["时间", "日期", "年月", "年份", "年度"].iter().any(|word| title.ends_with(word));
    (comes && when && title.chars().count() <= 8).then_some((Field::Arrival, 0.7, Why::Inside))
}

fn best_word(title: &str) -> Option<(Field, f64, Why)> {
    if let Some(field) = dictionary::exact(title).first().and_then(|name| Field::of(name)) {
        return Some((field, 1.0, Why::Header));
    }
    let (name, share) = dictionary::inside(title)?;
    let field = Field::of(name)?;
    (share >= 0.34 && !others::means_else(field, title)).then_some((field, 0.4 + share * 0.4, Why::Inside))
}

/// Words of groups that are about guardians.
const OF_GUARDIANS: &[&str] = &[
    "监护人",
    "家长",
    "父母",
    "抚养人",
    "照顾",
    "照护",
    "联系人",
    "guardian",
    "parent",
    "carer",
    "caregiver",
];

/// A title that starts with one parent or grandparent; the rest of it.
fn parent_title(title: &str) -> Option<(&'static str, &str)> {
    const WORDS: &[(&str, &str)] = &[
        ("父亲", "father"),
        ("爸爸", "father"),
        ("母亲", "mother"),
        ("妈妈", "mother"),
        ("爷爷", "grandfather"),
        ("奶奶", "grandmother"),
        ("祖父母", "grandparent"),
        ("外公", "grandfather"),
        ("外婆", "grandmother"),
        ("fathers", "father"),
        ("father", "father"),
        ("mothers", "mother"),
        ("mother", "mother"),
        ("dad", "father"),
        ("mum", "mother"),
        ("mom", "mother"),
    ];
    WORDS.iter().find_map(|(word, relation)| {
        let rest = title.strip_prefix(word)?;
        (!rest.starts_with("或") && !rest.starts_with("or"))
            .then_some((*relation, rest.trim_start_matches(['的', '情', '况'])))
    })
}

fn guardian(field: Field, key: &str, relation: Option<&str>, slots: &mut Vec<String>) -> Target {
    let key = relation.unwrap_or(key).to_owned();
    let slot = slots.iter().position(|known| *known == key).unwrap_or_else(|| {
        slots.push(key);
        slots.len() - 1
    });
    Target { field, slot: slot.min(7) as u8, relation: relation.map(str::to_owned) }
}

/// Two columns of one field: the surer keeps it.
fn settle_doubles(columns: &mut [ColumnMap]) {
    for at in 0..columns.len() {
        let Some(target) = columns[at].target.clone() else { continue };
        let same = |map: &ColumnMap| {
            map.target.as_ref().is_some_and(|t| t.field == target.field && t.slot == target.slot)
        };
        let rival = (0..columns.len()).find(|other| *other != at && same(&columns[*other]));
        let Some(rival) = rival else { continue };
        let loser = if columns[rival].confidence > columns[at].confidence { at } else { rival.max(at) };
        columns[loser].target = None;
        columns[loser].why = Why::Nothing;
    }
}

/// What a word means next to the others: 关系 and 电话 beside guardians are theirs, a head alone is the name.
fn settle_meaning(columns: &mut [ColumnMap]) {
    let has = |columns: &[ColumnMap], field: Field| columns.iter().any(|map| map.is(field));
    if !has(columns, Field::Name) {
        rename(columns, Field::Head, Field::Name);
        if !has(columns, Field::Name) && !has(columns, Field::IdNo) {
            rename(columns, Field::Nickname, Field::Name);
        }
    }
    let of_children = has(columns, Field::School) || has(columns, Field::Grade);
    let household = has(columns, Field::HouseholdNo) || has(columns, Field::Head);
    if has(columns, Field::GuardianName) && (of_children || !household) {
        if !has(columns, Field::GuardianRelation) {
            rename(columns, Field::Relation, Field::GuardianRelation);
        }
        if !has(columns, Field::GuardianPhones) {
            rename(columns, Field::Phones, Field::GuardianPhones);
        }
    }
    if has(columns, Field::GuardianRelation)
        && !has(columns, Field::GuardianName)
        && !has(columns, Field::Guardians)
    {
        rename(columns, Field::GuardianRelation, Field::Relation);
    }
    if !has(columns, Field::Birth) || !has(columns, Field::Name) {
        return;
    }
    if of_children && has(columns, Field::GuardianPhones) && !has(columns, Field::GuardianName) && household {
        rename(columns, Field::Head, Field::GuardianName);
    }
}

fn rename(columns: &mut [ColumnMap], from: Field, to: Field) {
    if let Some(target) = columns.iter_mut().find(|map| map.is(from)).and_then(|map| map.target.as_mut()) {
        target.field = to;
    }
}

fn settle_remark(columns: &mut [ColumnMap], kind: TableKind) {
    if kind == TableKind::Children && !columns.iter().any(|map| map.is(Field::Needs)) {
        rename(columns, Field::Remark, Field::Needs);
    }
}

fn kind(columns: &[ColumnMap]) -> TableKind {
    let has = |field: Field| columns.iter().any(|map| map.target.as_ref().is_some_and(|t| t.field == field));
    let guardians = has(Field::GuardianName) || has(Field::Guardians);
    if !has(Field::Name) {
        TableKind::Other
    } else if guardians && (has(Field::School) || has(Field::Grade)) {
        TableKind::Children
    } else if has(Field::HouseholdNo) || (has(Field::Head) && has(Field::Relation)) {
        TableKind::Household
    } else if guardians {
        TableKind::Children
    } else {
        TableKind::People
    }
}
