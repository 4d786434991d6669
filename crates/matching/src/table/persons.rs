//! Tables of Chinese persons: compared as the register compares people, by [`crate::people`], not column by column.

use std::collections::HashMap;

use calendar::{Context, Date, Kind, Raw, Stated};

use super::fields::mostly_han;
use super::read::Table;
use super::roles::Role;
use crate::people::{Candidate, Known, Sex, candidate_of};

/// Which columns of a table tell what.
struct Columns {
    names: Vec<usize>,
    nicknames: Vec<usize>,
    sex: Option<usize>,
    birth: Option<usize>,
    age: Option<usize>,
    told: Option<usize>,
    phones: Vec<usize>,
    id_number: Option<usize>,
    home: Option<usize>,
    address: Option<usize>,
    household: Option<usize>,
}

/// The columns of a table of persons named in characters; nothing for any other table.
fn columns(table: &Table, roles: &[Role]) -> Option<Columns> {
    let all = |role: Role| -> Vec<usize> { (0..roles.len()).filter(|at| roles[*at] == role).collect() };
    let first = |role: Role| all(role).first().copied();
    let names = match (first(Role::FullName), first(Role::Surname), first(Role::GivenName)) {
        (Some(name), ..) => vec![name],
        (None, Some(surname), Some(given)) => vec![surname, given],
        _ => return None,
    };
    if !mostly_han(names.iter().flat_map(|column| table.column(*column))) {
        return None;
    }
    let columns = Columns {
        names,
        nicknames: all(Role::Nickname),
        sex: first(Role::Sex),
        birth: first(Role::BirthDate),
        age: first(Role::Age),
        told: first(Role::Date),
        phones: all(Role::Phone),
        id_number: first(Role::PersonNumber),
        home: first(Role::Home),
        address: first(Role::Address),
        household: first(Role::Household),
    };
    let tells = columns.birth.is_some() || columns.id_number.is_some() || !columns.phones.is_empty();
    (tells || columns.sex.is_some() || columns.address.is_some()).then_some(columns)
}

/// Header and meaning of the columns that a table of persons is compared by; nothing for any other table.
pub(crate) fn compared(table: &Table, roles: &[Role]) -> Option<Vec<(String, Role)>> {
    let columns = columns(table, roles)?;
    let single = [
        columns.sex,
        columns.birth,
        columns.age,
        columns.id_number,
        columns.home,
        columns.address,
        columns.household,
    ];
    let many = [&columns.names, &columns.nicknames, &columns.phones];
    let mut used: Vec<usize> =
        single.into_iter().flatten().chain(many.into_iter().flatten().copied()).collect();
    used.sort_unstable();
    Some(used.into_iter().map(|column| (table.headers()[column].clone(), roles[column])).collect())
}

/// The rows of a table of persons, ready for comparison; nothing for any other table. `side` tells households of two
/// tables apart: their numbers have nothing to do with each other.
pub(crate) fn candidates(table: &Table, roles: &[Role], side: &str) -> Option<Vec<Candidate>> {
    let columns = columns(table, roles)?;
    let households = households(table, &columns);
    let days: Vec<Option<Date>> = (0..table.len()).map(|row| told(table, &columns, row)).collect();
    let latest = days.iter().flatten().max().copied();
    let mut homes: HashMap<&str, [Option<String>; 3]> = HashMap::new();
    let mut knowns: Vec<Known> = (0..table.len())
        .map(|row| {
            let home = columns.home.map(|column| table.cell(row, column)).unwrap_or_default();
            Known {
                id: None,
                names: names(table, &columns, row),
                sex: columns.sex.map_or(Sex::U, |column| sex(table.cell(row, column))),
                birth: birth(table, &columns, row, days[row].or(latest)),
                phones: columns.phones.iter().flat_map(|column| phones(table.cell(row, *column))).collect(),
                id_number: columns.id_number.and_then(|column| id_number(table.cell(row, column))),
                home: homes.entry(home).or_insert_with(|| home_codes(home)).clone(),
                address: columns.address.map(|column| filled(table, &households, row, column).to_owned()),
                household: households[row].0.map(|number| format!("{side}{number}")),
                members: Vec::new(),
            }
        })
        .collect();
    let mut mates: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
    for (row, known) in knowns.iter().enumerate() {
        if let (Some(number), Some(name)) = (households[row].0, known.names.first()) {
            mates.entry(number).or_default().push((row, name));
        }
    }
    let members: Vec<Vec<String>> = (0..knowns.len())
        .map(|row| {
            let others = households[row].0.and_then(|number| mates.get(number)).into_iter().flatten();
            others.filter(|(other, _)| *other != row).map(|(_, name)| (*name).to_owned()).take(12).collect()
        })
        .collect();
    for (known, members) in knowns.iter_mut().zip(members) {
        known.members = members;
    }
    Some(knowns.iter().map(candidate_of).collect())
}

/// Each row's household, and the first row of its run: where merged cells were saved as text, only the first row has it.
fn households<'t>(table: &'t Table, columns: &Columns) -> Vec<(Option<&'t str>, usize)> {
    let Some(column) = columns.household else { return (0..table.len()).map(|row| (None, row)).collect() };
    let blank = |row: usize| is_ditto(table.cell(row, column).trim());
    let sparse = (0..table.len()).filter(|row| blank(*row)).count() * 10 > table.len();
    let (mut number, mut first) = (None, 0);
    (0..table.len())
        .map(|row| {
            let own = table.cell(row, column).trim();
            if !blank(row) {
                if number != Some(own) {
                    first = row;
                }
                number = Some(own);
            } else if !sparse {
                (number, first) = (None, row);
            }
            (number, first)
        })
        .collect()
}

fn is_ditto(text: &str) -> bool {
    matches!(text, "" | "〃" | "同上" | "\"" | "″" | "ditto")
}

/// A cell of the household's columns: the row's own, or that of the household's first row.
fn filled<'t>(table: &'t Table, households: &[(Option<&str>, usize)], row: usize, column: usize) -> &'t str {
    let own = table.cell(row, column).trim();
    if is_ditto(own) && households[row].0.is_some() {
        table.cell(households[row].1, column).trim()
    } else {
        own
    }
}

fn names(table: &Table, columns: &Columns, row: usize) -> Vec<String> {
    let whole: String =
        columns.names.iter().map(|column| table.cell(row, *column).trim()).collect::<Vec<_>>().join(" ");
    let read = names::cell::parse_name(&whole.chars().take(160).collect::<String>());
    let mut found: Vec<String> = read.name.into_iter().collect();
    found.extend(read.also.into_iter().map(|form| form.text));
    let nicknames = columns.nicknames.iter().map(|column| table.cell(row, *column).trim());
    found.extend(nicknames.filter(|name| !name.is_empty()).map(str::to_owned));
    found
}

fn sex(cell: &str) -> Sex {
    match cell.trim().to_lowercase().as_str() {
        "女" | "女性" | "f" | "female" | "女孩" | "♀" => Sex::F,
        "男" | "男性" | "m" | "male" | "男孩" | "♂" => Sex::M,
        _ => Sex::U,
    }
}

/// The day on which a row was written down, if a column says so.
fn told(table: &Table, columns: &Columns, row: usize) -> Option<Date> {
    let cell = table.cell(row, columns.told?).trim();
    calendar::parse(Raw::Text(cell), &Context { kind: Kind::Event, ..Context::default() })
        .value
        .and_then(|stated| stated.day_if_exact())
}

fn birth(table: &Table, columns: &Columns, row: usize, day: Option<Date>) -> Option<Stated> {
    let read = |column: usize, kind: Kind| {
        let cell = table.cell(row, column).trim();
        let context = Context { as_of: day, kind, ..Context::default() };
        (!cell.is_empty()).then(|| calendar::parse(Raw::Text(cell), &context).value).flatten()
    };
    columns
        .birth
        .and_then(|column| read(column, Kind::Birth))
        .or_else(|| columns.age.and_then(|column| read(column, Kind::Age)))
}

fn phones(cell: &str) -> Vec<String> {
    let sound = names::phone::parse_cell(cell).into_iter().filter(names::phone::PhoneFound::is_sound);
    sound.map(|phone| phone.written()).collect()
}

fn id_number(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if cell.chars().filter(char::is_ascii_digit).count() < 15 {
        return None;
    }
    let (_, read) = names::idno::read(cell);
    Some(read.map_or_else(|_| cell.to_owned(), |facts| facts.number))
}

fn home_codes(text: &str) -> [Option<String>; 3] {
    if text.trim().is_empty() {
        return [None, None, None];
    }
    let home = places::parse_home(text.trim());
    [home.province, home.city, home.county]
}
