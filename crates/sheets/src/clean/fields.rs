//! What each field's cell says.

use super::answers::{self, Answer};
use super::fill::{Filled, Sources};
use super::{Cleaner, Work, guardians, needs, numbers};
use crate::book::{Cell, is_zero_width, number_text};
use crate::field::Field;
use crate::mapping::ColumnMap;
use crate::plain;
use crate::values::{Guardian, HomeValue};

/// Characters of a free text that are kept at most.
const TEXT: usize = 4_000;

/// Characters of a name that are kept at most.
const NAME: usize = 80;

impl Cleaner<'_> {
    /// Cleans one cell into the row's values.
    pub(super) fn cell(&self, work: &mut Work, map: &ColumnMap, source: usize, how: Filled) {
        let Some(target) = &map.target else { return };
        let field = target.field;
        if field.of_guardian() || field.of_happening() || matches!(field, Field::Grade | Field::No) {
            return;
        }
        self.tell_fill(work, map, field, how);
        let cell = self.value(work, map, field.name(), source);
        let told = match field {
            Field::Name => name(work, cell),
            Field::IdNo => {
                let (facts, told) = numbers::id(cell);
                work.values.id_no = facts.as_ref().map(|facts| facts.number.clone());
                work.id = facts;
                told
            }
            Field::Phones => {
                let (phones, notes, told) = numbers::phones(cell);
                work.values.phones = phones;
                work.notes.extend(notes);
                told
            }
            Field::Birth | Field::Arrival | Field::Registered => {
                super::dates::cell(work, field, cell, self.as_of, self.sheet.epoch_1904)
            }
            Field::Rent | Field::Age | Field::HouseholdSize => amount(work, field, cell, how),
            Field::Home => home(work, cell),
            Field::Sex if map.ticks().is_some() => ticked(work, cell, map.ticks()),
            Field::Sex | Field::Tenure | Field::Permit | Field::Insurance => self.answer(work, field, cell),
            Field::Disability => {
                let text =
                    self.decoded(field, &cell.shown(), |text| answers::disability(text).known().is_some());
                let answer = answers::disability(&text);
                let strange = answer == Answer::Strange;
                work.values.disability = answer.known();
                unknown_if(strange)
            }
            Field::Nation => {
                let text = plain::tidy(&cell.shown());
                let told = (!plain::is_nothing(&text)).then(|| names::ethnic::parse(&text)).flatten();
                work.values.nation = told.map(|group| group.zh().to_owned());
                numbers::Told::new()
            }
            _ => words(work, field, cell),
        };
        for (code, note) in told {
            work.tell(map.column, field.name(), code, note);
        }
    }

    /// A fill is told once a row, at the household's number; elsewhere only if it is no household column.
    fn tell_fill(&self, work: &mut Work, map: &ColumnMap, field: Field, how: Filled) {
        let primary =
            [Field::HouseholdNo, Field::Head].into_iter().find(|field| self.mapping.column(*field).is_some());
        if field.of_household() && primary.is_some_and(|primary| primary != field) {
            return;
        }
        let (code, note) = match how {
            Filled::Own => return,
            Filled::Merge => ("merged", "merge"),
            Filled::Blank => ("merged", "blank"),
            Filled::Ditto => ("ditto", "ditto"),
        };
        work.tell(map.column, field.name(), code, Some(note.to_owned()));
    }

    fn answer(&self, work: &mut Work, field: Field, cell: &Cell) -> numbers::Told {
        let read = match field {
            Field::Sex => answers::sex,
            Field::Tenure => answers::tenure,
            Field::Permit => answers::permit,
            _ => answers::insurance,
        };
        let text = self.decoded(field, &cell.shown(), |text| read(text).known().is_some());
        let answer = if cell.is_blank() { Answer::Untold } else { read(&text) };
        let strange = answer == Answer::Strange;
        let value = answer.known().map(str::to_owned);
        match field {
            Field::Sex => work.values.sex = value,
            Field::Tenure => work.values.tenure = value,
            Field::Permit => work.values.permit = value,
            _ => work.values.insurance = value,
        }
        unknown_if(strange)
    }

    /// Grade and school are read together.
    pub(super) fn grade(&self, work: &mut Work, filled: &Sources) {
        let text_of = |field: Field| {
            let column = self.mapping.column(field)?;
            Some((column, self.sheet.cell(filled.source(column).0, column).shown()))
        };
        let (grade, school) = (text_of(Field::Grade), text_of(Field::School));
        if let Some((_, school)) = &school
            && answers::is_out_of_school(school)
        {
            work.values.school = None;
        }
        let Some((column, grade)) = grade else { return };
        let answer = answers::grade(&grade, school.as_ref().map_or("", |(_, school)| school));
        if answer == Answer::Strange {
            work.tell(column, Field::Grade.name(), "value_unknown", None);
        }
        work.values.grade = answer.known();
    }

    /// Guardians, from all the columns that tell of them.
    pub(super) fn guardians(&self, work: &mut Work, filled: &Sources) {
        let slots = self.mapping.columns.iter().filter_map(|map| map.target.as_ref());
        let last = slots.filter(|target| target.field.of_guardian()).map(|target| target.slot).max();
        for slot in 0..=last.unwrap_or(0) {
            let cells: Vec<(&ColumnMap, Field, &Cell)> = self
                .mapping
                .columns
                .iter()
                .filter_map(|map| {
                    let target = map.target.as_ref().filter(|t| t.slot == slot && t.field.of_guardian())?;
                    let (source, _) = filled.source(map.column);
                    Some((map, target.field, self.value(work, map, "guardians", source)))
                })
                .collect();
            let hint = self.mapping.columns.iter().filter_map(|map| map.target.as_ref()).find_map(|target| {
                target.relation.clone().filter(|_| target.slot == slot && target.field.of_guardian())
            });
            one_slot(work, &cells, hint.as_deref());
        }
    }
}

/// One of two columns to tick; both ticked says nothing.
fn ticked(work: &mut Work, cell: &Cell, means: Option<&str>) -> numbers::Told {
    let text = plain::folded(&cell.shown());
    if text.is_empty()
        || matches!(
            text.as_str(),
            "0" | "x" | "×" | "✗" | "✘" | "否" | "无" | "no" | "false" | "n" | "-" | "/"
        )
    {
        return numbers::Told::new();
    }
    let both = work.values.sex.is_some();
    work.values.sex = means.filter(|_| !both).map(str::to_owned);
    unknown_if(both)
}

fn unknown_if(strange: bool) -> numbers::Told {
    if strange { vec![("value_unknown", None)] } else { Vec::new() }
}

/// The guardians of one slot: usually one, sometimes several in a cell.
fn one_slot(work: &mut Work, cells: &[(&ColumnMap, Field, &Cell)], hint: Option<&str>) {
    let mut phones: Vec<String> = Vec::new();
    let mut relations: Vec<&'static str> = Vec::new();
    let mut names: Vec<(&ColumnMap, bool, &Cell)> = Vec::new();
    for (map, field, cell) in cells {
        match field {
            Field::GuardianPhones => {
                let (read, notes, told) = numbers::phones(cell);
                phones = read;
                work.notes.extend(notes);
                tell_all(work, map, told);
            }
            Field::GuardianRelation => {
                let text = cell.shown();
                relations =
                    split_list(&text).iter().filter_map(|part| answers::guardian(part).known()).collect();
            }
            _ => names.push((map, *field == Field::Guardians, cell)),
        }
    }
    if relations == ["parents"] {
        relations = vec!["father", "mother"];
    }
    let several = phones.len() == 2 || relations.len() == 2;
    let mut found: Vec<Guardian> = Vec::new();
    for (map, mixed, cell) in names {
        let (read, told) = named(cell, mixed, several);
        found.extend(read);
        tell_all(work, map, told);
    }
    if found.is_empty() && !phones.is_empty() {
        found.push(Guardian::default());
    }
    if found.len() == 1 && relations.len() == 2 {
        relations = vec!["parent"];
    }
    share_out(&mut found, &phones, &relations, hint);
    work.values.guardians.extend(found);
}

fn tell_all(work: &mut Work, map: &ColumnMap, told: numbers::Told) {
    for (code, note) in told {
        work.tell(map.column, "guardians", code, note);
    }
}

/// The guardians that a cell of names tells of; `several` if the cells beside it speak of two.
fn named(cell: &Cell, mixed: bool, several: bool) -> (Vec<Guardian>, numbers::Told) {
    let text = cell.shown();
    if mixed || text.chars().filter(|c| c.is_numeric()).count() >= 7 {
        return guardians::mixed(cell);
    }
    let (mut found, mut told) = (Vec::new(), numbers::Told::new());
    let mut parts = split_list(&text);
    if several && parts.len() == 1 {
        let two: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let full = |part: &String| {
            (2..=4).contains(&part.chars().count())
                && part.chars().next().is_some_and(names::surname::is_surname)
        };
        if two.len() == 2 && two.iter().all(full) {
            parts = two;
        }
    }
    for part in parts {
        let read = names::cell::parse_name(&part);
        let codes = read.issues.iter().map(|issue| (issue.code(), None));
        told.extend(codes.filter(|(code, _)| *code != "name_missing"));
        let name = read.name.or_else(|| read.also.first().map(|form| form.text.clone()));
        found.extend(name.map(|name| Guardian { name: Some(name), ..Guardian::default() }));
    }
    (found, told)
}

/// Gives each guardian a relation and phones: one each where the numbers agree, else all to the first.
fn share_out(found: &mut [Guardian], phones: &[String], relations: &[&str], hint: Option<&str>) {
    let paired = found.len() > 1 && phones.len() == found.len();
    for (at, guardian) in found.iter_mut().enumerate() {
        let relation = relations.get(at).copied().or(hint);
        guardian.relation = guardian.relation.take().or_else(|| relation.map(str::to_owned));
        let own = if paired {
            &phones[at..=at]
        } else if at == 0 {
            phones
        } else {
            &[]
        };
        for phone in own {
            if !guardian.phones.contains(phone) {
                guardian.phones.push(phone.clone());
            }
        }
    }
}

/// A list in one cell, at the marks that people use between names.
fn split_list(text: &str) -> Vec<String> {
    let parts: Vec<&str> =
        text.split(['、', ',', '，', ';', '；', '/', '\n']).filter(|part| !part.trim().is_empty()).collect();
    if parts.len() > 1 { parts.into_iter().map(str::to_owned).collect() } else { vec![text.to_owned()] }
}

fn name(work: &mut Work, cell: &Cell) -> numbers::Told {
    let text = cell.shown();
    let mut told = numbers::Told::new();
    let short: String = text.chars().take(NAME * 2).collect();
    let mut read = names::cell::parse_name(&short);
    if text.chars().count() > NAME {
        read.name = read.name.map(|name| name.chars().take(NAME).collect());
        told.push(("name_too_long", None));
    }
    if read
        .name
        .as_deref()
        .is_some_and(|name| name.contains(['?', '？', '□', '＊', '*', '\u{fffd}', '■', '〓']))
    {
        told.push(("name_rare_char_lost", Some(plain::tidy(&short))));
        work.notes.extend(read.name.take());
    }
    let detail = read.also.first().map(|form| form.text.clone()).or_else(|| read.note.clone());
    for issue in &read.issues {
        let personal = matches!(
            issue.code(),
            "name_note" | "name_only_nickname" | "name_placeholder" | "name_rare_char_lost"
        );
        told.push((issue.code(), detail.clone().filter(|_| personal)));
    }
    work.values.name = read.name;
    work.values.nicknames.extend(read.also.into_iter().map(|form| form.text));
    work.notes.extend(read.note);
    told
}

fn amount(work: &mut Work, field: Field, cell: &Cell, how: Filled) -> numbers::Told {
    let most = if field == Field::Rent { 1_000_000 } else { 130 };
    let (value, text) = match numbers::amount(cell) {
        numbers::Amount::Known(value, text) if value <= most => (Some(value), text),
        numbers::Amount::Untold => (None, false),
        _ => return vec![("number_unreadable", None)],
    };
    match field {
        Field::Rent => work.values.rent = value,
        Field::Age => work.values.age = value,
        _ => work.values.household_size = value,
    }
    // How the number was written is told once, at the cell that it stands in.
    if text && how == Filled::Own && field == Field::Rent { vec![("number_text", None)] } else { Vec::new() }
}

fn home(work: &mut Work, cell: &Cell) -> numbers::Told {
    let text = plain::tidy(&cell.shown());
    if plain::is_nothing(&text) {
        return Vec::new();
    }
    let home = places::parse_home(&text);
    work.values.home = Some(HomeValue {
        province: home.province.clone(),
        city: home.city,
        county: home.county,
        town: home.town.clone(),
        village: home.village.clone(),
    });
    let read = home.province.is_some() || home.town.is_some() || home.village.is_some();
    work.values.home_text = Some(text);
    if !read && home.issues.is_empty() {
        return vec![("place_unknown", None)];
    }
    home.issues.iter().map(|issue| (issue.code(), None)).collect()
}

/// Free text: trimmed, without invisible characters, width kept.
fn words(work: &mut Work, field: Field, cell: &Cell) -> numbers::Told {
    let mut told = numbers::Told::new();
    let text = match cell {
        Cell::Number(number) => number_text(*number),
        _ => cell.shown(),
    };
    let mut text = squeezed(&text);
    if text.chars().count() > TEXT {
        text = text.chars().take(TEXT).collect();
        told.push(("text_too_long", None));
    }
    let value = Some(text).filter(|text| !plain::is_nothing(text));
    match field {
        Field::Address => work.values.address = value,
        Field::School => work.values.school = value,
        Field::HouseholdNo => work.values.household_no = value,
        Field::Head => work.values.head = value.map(|name| names::display(&name)),
        Field::Relation => work.values.relation = value,
        Field::Occupation => work.values.occupation = value,
        Field::Education => work.values.education = value,
        Field::Worker => work.values.worker = value,
        Field::Wechat => work.values.wechat = value,
        Field::Nickname => work.values.nicknames.extend(value),
        Field::Needs => {
            work.values.needs =
                needs::stated(value.as_deref().unwrap_or("")).into_iter().map(str::to_owned).collect();
            if work.values.remark.is_none() {
                work.values.remark = value;
            }
        }
        Field::Remark => work.values.remark = value,
        _ => {}
    }
    told
}

/// Without invisible characters, spaces single, width kept.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_zero_width(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}
