//! Which columns of two tables are compared with each other, and what is assumed about them.

use std::collections::HashMap;

use super::read::Table;
use super::roles::{Role, plain, roles};
use super::value::{Kind, LEVELS, Value, folded};
use crate::engine::Field;

/// One or more columns that together make one value.
type Source = Vec<usize>;

/// What one field is made of.
pub(crate) struct Plan {
    pub label: String,
    pub role: Role,
    pub left: Source,
    pub right: Source,
}

/// The values of one field in both tables. Equal values have equal numbers; 0 is an empty cell.
pub(crate) struct Column {
    pub label: String,
    pub role: Role,
    pub left: Vec<u32>,
    pub right: Vec<u32>,
    /// Share of the people who have a value at all that have this one, by number.
    pub share: Vec<f64>,
    /// The value behind each number.
    pub values: Vec<Option<Value>>,
    /// Hash of what each number stands for, equal across columns.
    pub hash: Vec<u64>,
    /// Number of the column that this one is sometimes swapped with.
    pub neighbours: Vec<usize>,
}

/// The meaning of every column, with ignored ones taken out.
pub(crate) fn meanings(table: &Table, ignored: &[String]) -> Vec<Role> {
    let mut roles = roles(table.headers(), |column| table.column(column));
    for (column, header) in table.headers().iter().enumerate() {
        if ignored.iter().any(|name| same_header(name, header)) {
            roles[column] = Role::Nothing;
        }
    }
    roles
}

/// Whether two headers are the same but for case, spaces and punctuation.
pub(crate) fn same_header(one: &str, two: &str) -> bool {
    let (a, b) = (plain(one), plain(two));
    if a.is_empty() { one.trim() == two.trim() } else { a == b }
}

fn usable(role: Role) -> bool {
    !matches!(role, Role::RowId | Role::Nothing)
}

/// Columns by header first, then by meaning in their order. `right` is `None` within one table.
pub(crate) fn plans(left: (&Table, &[Role]), right: Option<(&Table, &[Role])>) -> Vec<Plan> {
    let (table, roles) = left;
    let Some((other, other_roles)) = right else {
        let own = |(column, role): (usize, &Role)| Plan {
            label: table.headers()[column].clone(),
            role: *role,
            left: vec![column],
            right: Vec::new(),
        };
        return roles.iter().enumerate().filter(|(_, role)| usable(**role)).map(own).collect();
    };
    let mut plans = Vec::new();
    let (mut free_left, mut free_right) = (open(roles), open(other_roles));
    for by_header in [true, false] {
        for column in free_left.clone() {
            let role = roles[column];
            let same = |candidate: &usize| {
                if by_header {
                    same_header(&table.headers()[column], &other.headers()[*candidate])
                } else {
                    role != Role::Other && role == other_roles[*candidate]
                }
            };
            let Some(at) = free_right.iter().position(same) else { continue };
            let partner = free_right.remove(at);
            free_left.retain(|one| *one != column);
            plans.push(Plan {
                label: table.headers()[column].clone(),
                role: if role == Role::Other { other_roles[partner] } else { role },
                left: vec![column],
                right: vec![partner],
            });
        }
    }
    let parts = |roles: &[Role], free: &[usize]| -> Option<Source> {
        let find = |wanted| free.iter().copied().find(|column| roles[*column] == wanted);
        find(Role::FullName)
            .map(|one| vec![one])
            .or_else(|| Some(vec![find(Role::Surname)?, find(Role::GivenName)?]))
    };
    if let (Some(one), Some(two)) = (parts(roles, &free_left), parts(other_roles, &free_right)) {
        let label = table.headers()[one[0]].clone();
        plans.push(Plan { label, role: Role::FullName, left: one, right: two });
    }
    plans.sort_by_key(|plan| plan.left[0]);
    plans
}

fn open(roles: &[Role]) -> Vec<usize> {
    (0..roles.len()).filter(|column| usable(roles[*column])).collect()
}

/// A Chinese surname and given name in two columns are one name: its parts are too short to be compared alone.
pub(crate) fn join_chinese_names(plans: &mut Vec<Plan>, left: &Table, right: Option<&Table>) {
    let find = |plans: &[Plan], role| plans.iter().position(|plan| plan.role == role);
    let (Some(surname), Some(given)) = (find(plans, Role::Surname), find(plans, Role::GivenName)) else {
        return;
    };
    let cells = plans[given].left.iter().flat_map(|column| left.column(*column));
    let others = plans[given]
        .right
        .iter()
        .flat_map(|column| right.into_iter().flat_map(|table| table.column(*column)));
    if !mostly_han(cells.chain(others)) {
        return;
    }
    let given = plans.remove(given);
    let at = find(plans, Role::Surname).unwrap_or(surname.min(plans.len() - 1));
    let plan = &mut plans[at];
    plan.role = Role::FullName;
    plan.left.extend(given.left);
    plan.right.extend(given.right);
}

pub(crate) fn mostly_han<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut han, mut all) = (0, 0);
    for cell in cells.filter(|cell| !cell.trim().is_empty()).take(1000) {
        all += 1;
        han += usize::from(cell.chars().any(names::fold::is_han));
    }
    han * 4 > all && all > 0
}

fn value_of(table: &Table, row: usize, source: &[usize]) -> String {
    let parts: Vec<&str> =
        source.iter().map(|column| table.cell(row, *column)).filter(|cell| !cell.is_empty()).collect();
    parts.join(" ")
}

impl Column {
    /// Reads and prepares the values of a field; every different value once.
    pub(crate) fn read(plan: &Plan, left: &Table, right: Option<&Table>) -> Self {
        let cells = |table: &Table, source: &[usize]| -> Vec<String> {
            (0..table.len()).map(|row| value_of(table, row, source)).collect()
        };
        let left_cells = cells(left, &plan.left);
        let right_cells = right.map(|table| cells(table, &plan.right)).unwrap_or_default();
        let kind = kind(plan.role, || mostly_han(left_cells.iter().chain(&right_cells).map(String::as_str)));
        let mut column = Self {
            label: plan.label.clone(),
            role: plan.role,
            left: Vec::new(),
            right: Vec::new(),
            share: vec![0.0],
            values: vec![None],
            hash: vec![0],
            neighbours: Vec::new(),
        };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut intern = |cell: &String| {
            let value = folded(kind, cell);
            if value.is_empty() {
                return 0;
            }
            let next = column.values.len() as u32;
            let hash = hash(&value);
            *numbers.entry(value).or_insert_with(|| {
                column.values.push(Some(Value::new(kind, cell)));
                column.hash.push(hash);
                next
            })
        };
        column.left = left_cells.iter().map(&mut intern).collect();
        column.right = right_cells.iter().map(&mut intern).collect();
        column.share = shares(&column);
        column
    }

    /// Whether so many cells are empty or equal that the field says nothing.
    pub(crate) fn is_idle(&self) -> bool {
        self.values.len() <= 2 || (!self.right.is_empty() && self.right.iter().all(|value| *value == 0))
    }
}

/// So many cells the assumption about a column weighs as when counting how common its values are.
const SHARE_TRUST: f64 = 50.0;

/// In the table where a value is more common, what share of the other filled cells it has. Few rows say little about
/// how common a value is, so the counts lean on what is assumed of such a column.
fn shares(column: &Column) -> Vec<f64> {
    let assumed = strangers_equal(column.role);
    let mut shares = vec![0.0_f64; column.values.len()];
    for side in [&column.left, &column.right] {
        let mut counts = vec![0.0_f64; column.values.len()];
        for value in side {
            counts[*value as usize] += 1.0;
        }
        let filled = (side.len() as f64 - counts[0]).max(1.0);
        for (share, count) in shares.iter_mut().zip(&counts) {
            let others = (count - 1.0).max(0.0) + SHARE_TRUST * assumed;
            *share = share.max(others / (filled + SHARE_TRUST));
        }
    }
    shares
}

/// FNV-1a (G. Fowler, L. Noll, K. Vo): small, and the same in every run.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn kind(role: Role, han: impl Fn() -> bool) -> Kind {
    match role {
        Role::FullName if han() => Kind::Name,
        Role::BirthDate | Role::Date => Kind::Date,
        Role::Phone => Kind::Phone,
        Role::PersonNumber | Role::Postcode | Role::StreetNumber | Role::Number | Role::Age => Kind::Number,
        _ => Kind::Text,
    }
}

/// Tells every name part and every address line which others it may be swapped with.
pub(crate) fn find_neighbours(columns: &mut [Column]) {
    let group = |role: Role| match role {
        Role::GivenName | Role::Surname | Role::NamePart => 1,
        Role::Address | Role::Suburb => 2,
        _ => 0,
    };
    let groups: Vec<i32> = columns.iter().map(|column| group(column.role)).collect();
    for (at, column) in columns.iter_mut().enumerate() {
        let near =
            (0..groups.len()).filter(|other| *other != at && groups[*other] == groups[at] && groups[at] > 0);
        column.neighbours = near.take(4).collect();
    }
}

/// How often two strangers have the same value, before any were counted.
fn strangers_equal(role: Role) -> f64 {
    match role {
        Role::PersonNumber | Role::Phone | Role::Email => 0.0001,
        Role::BirthDate | Role::Household => 0.0005,
        Role::FullName => 0.002,
        Role::GivenName | Role::NamePart | Role::Surname | Role::StreetNumber => 0.015,
        Role::Address | Role::Suburb | Role::Postcode | Role::Nickname => 0.01,
        Role::State => 0.2,
        Role::Home | Role::Age => 0.03,
        Role::Sex => 0.5,
        Role::Other | Role::Number | Role::Date | Role::RowId | Role::Nothing => 0.05,
    }
}

/// What is assumed of a column before its values are counted.
pub(crate) fn assumption(column: &Column) -> Field {
    // How a value that strangers rarely share is written within one person: about one in six differs somehow.
    let mut same = vec![0.05, 0.02, 0.04, 0.08, 0.01, 0.80];
    let equal = strangers_equal(column.role);
    let near = [0.92, 0.055, 0.018, 0.006, 0.001];
    let mut strangers: Vec<f64> = near.iter().map(|share| share * (1.0 - equal)).collect();
    strangers.push(equal);
    let at_home = match column.role {
        Role::Household => 0.98,
        Role::Date => 0.7,
        Role::Surname => 0.6,
        Role::Address | Role::StreetNumber | Role::Suburb | Role::Postcode | Role::State | Role::Home => 0.95,
        Role::Phone | Role::Email => 0.5,
        Role::Other | Role::Number => 0.4,
        _ => 0.0,
    };
    if matches!(column.role, Role::Other | Role::Number | Role::Date | Role::Household) {
        same = vec![0.35, 0.05, 0.05, 0.05, 0.01, 0.49];
    }
    debug_assert_eq!(same.len(), LEVELS);
    // Families share the surname, which is all that a faint likeness of whole names is.
    let home = (column.role == Role::FullName).then(|| vec![0.56, 0.35, 0.08, 0.009, 0.000_5, 0.000_5]);
    let (most_differ, trust) = if column.role.is_identity() { (0.25, 50.0) } else { (1.0, 10.0) };
    Field { name: column.label.clone(), same, strangers, at_home, home, most_differ, trust }
}
