//! Her exact sheet: the office's own workbook, filled in cell for cell from the register, with what changed since the
//! last time marked.

pub mod figures;
mod lines;
mod values;

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use kernel::{Actor, Envelope, Id, Lang, Outcome, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::fill::{self, Change, ChangeKind, Edits, Marking, Put};
use sheets::{Field, Limits, RowValues, cell_name};

use crate::jobs::{ImportError, Imports};
use crate::template::{Filling, Pointing, Template};
use crate::{faults, template};

use lines::Lines;
use values::Listed;

/// Whether a field of the register can be filled into a column.
pub fn offered(field: Field) -> bool {
    matches!(
        field,
        Field::No
            | Field::Name
            | Field::Nickname
            | Field::Sex
            | Field::Birth
            | Field::Age
            | Field::IdNo
            | Field::Nation
            | Field::GuardianName
            | Field::GuardianRelation
            | Field::GuardianPhones
            | Field::Home
            | Field::Address
            | Field::Tenure
            | Field::Arrival
            | Field::School
            | Field::Grade
            | Field::Permit
            | Field::Insurance
            | Field::Disability
            | Field::HouseholdNo
            | Field::Phones
            | Field::Occupation
            | Field::Education
            | Field::Remark
    )
}

/// What stood on the sheets the last time: kept sealed beside the template, replaced by the next filling.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// By sheet.
    sheets: BTreeMap<String, KeptSheet>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct KeptSheet {
    /// People in the order of their lines, with the text of each column.
    people: Vec<(Id, BTreeMap<String, String>)>,
    /// Figures by cell.
    cells: BTreeMap<String, String>,
}

/// A filled workbook.
pub struct Filled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was noted of it.
    pub filling: Filling,
}

fn text_of(put: &Put) -> String {
    match put {
        Put::Text(text) => text.clone(),
        Put::Number(number) => number.to_string(),
        Put::Day(day) => day.to_string(),
        Put::Clear => String::new(),
    }
}

impl Imports {
    /// Keeps a workbook that is to be filled in; the same one again is the same template. What its headers say is proposed.
    pub async fn keep_template(&self, actor: &Actor, file: &str, bytes: Vec<u8>) -> Result<Id, ImportError> {
        let package = fill::open(&bytes, file, &Limits::default())?;
        let digest = self.digest(&bytes);
        let mut bits = [0; 16];
        bits.copy_from_slice(&blake3::hash(format!("{}{digest}", actor.site).as_bytes()).as_bytes()[..16]);
        let id = Id(u128::from_be_bytes(bits) >> 1);
        self.keep_file(actor, id, &bytes).await?;
        if self.node().held(actor.site, "template", id).await?.is_some_and(|held| held.is_live()) {
            return Ok(id);
        }
        let pointings = proposed(&bytes, file, &package, self.node().today())?;
        let body = json!({ "file": file, "digest": digest, "pointings": pointings });
        self.one(actor, "template.keep", id, body).await?;
        Ok(id)
    }

    /// The template and its file.
    pub async fn template(&self, actor: &Actor, id: Id) -> Result<(Template, Vec<u8>), ImportError> {
        let held = self.node().visible_one(actor, "template", id, kernel::Use::Read).await?;
        let held = held.ok_or_else(|| Refusal::new(&faults::UNKNOWN_TEMPLATE))?;
        Ok((journal::state(&held), self.file(actor, id).await?))
    }

    /// Says what goes where on a sheet.
    pub async fn point(&self, actor: &Actor, id: Id, pointing: Pointing) -> Result<Template, ImportError> {
        pointing.check()?;
        let (mut state, bytes) = self.template(actor, id).await?;
        let package = fill::open(&bytes, &state.file, &Limits::default())?;
        if !package.sheets().any(|sheet| sheet == pointing.sheet) {
            return Err(Refusal::new(&faults::UNKNOWN_SHEET).with("sheet", pointing.sheet).into());
        }
        state.pointings.retain(|one| one.sheet != pointing.sheet);
        if !(pointing.columns.is_empty() && pointing.cells.is_empty()) {
            state.pointings.push(pointing);
        }
        self.one(actor, "template.amend", id, json!({ "pointings": state.pointings })).await?;
        Ok(state)
    }

    async fn one(&self, actor: &Actor, verb: &str, record: Id, body: Value) -> Result<(), ImportError> {
        let envelope = Envelope {
            id: self.node().new_id(),
            verb: verb.to_owned(),
            record,
            base: None,
            at: self.node().now(),
            device: "import".into(),
            bundle: None,
            reason: None,
            body,
        };
        let receipts = self.node().submit(actor, vec![envelope], None, Lang::Zh).await;
        let refused = receipts.into_iter().filter(|receipt| receipt.outcome == Outcome::Refused);
        match refused.filter_map(|receipt| receipt.problem).next() {
            Some(problem) if problem.status == 503 => Err(journal::StoreError::Failed(problem.detail).into()),
            Some(problem) => {
                let why = format!("{} {}", problem.code, problem.detail);
                Err(Refusal::new(&faults::ROW_FAILED).with("row", record).with("why", why).into())
            }
            None => Ok(()),
        }
    }

    /// Fills the workbook in for a period and notes that. What changed since the last filling is marked.
    pub async fn fill(&self, actor: &Actor, id: Id, (from, to): (Date, Date)) -> Result<Filled, ImportError> {
        if from > to {
            return Err(Refusal::new(&faults::PERIOD).with("from", from).with("to", to).at("from").into());
        }
        let (state, bytes) = self.template(actor, id).await?;
        if state.pointings.is_empty() {
            return Err(Refusal::new(&faults::NOTHING_POINTED).into());
        }
        let listed = values::children(self.node(), actor, to).await?;
        let asked: HashSet<String> =
            state.pointings.iter().flat_map(|pointing| pointing.cells.values().cloned()).collect();
        let children: Vec<RowValues> = listed.iter().map(|one| one.values.clone()).collect();
        let counted = figures::all(self.node(), actor, (from, to), &asked, &children).await?;
        let before: Option<Kept> = self.kept(actor, id).await?;
        let mut kept = Kept::default();
        let mut filling = Filling {
            template: id,
            from: from.to_string(),
            to: to.to_string(),
            people: listed.len() as u32,
            ..Filling::default()
        };
        let mut bytes = bytes;
        let last = state.pointings.len() - 1;
        let mut changes: Vec<Change> = Vec::new();
        for (at, pointing) in state.pointings.iter().enumerate() {
            let earlier = before.as_ref().and_then(|kept| kept.sheets.get(&pointing.sheet));
            let mut work = Work::new(&bytes, &state.file, pointing, to, earlier)?;
            work.people(&listed);
            work.figures(&counted);
            changes.append(&mut work.changes);
            let package = fill::open(&bytes, &state.file, &Limits::default())?;
            let shown = if at == last { &changes[..] } else { &[] };
            bytes = fill::fill(&package, &work.edits, shown)?;
            kept.sheets.insert(pointing.sheet.clone(), work.kept);
        }
        let count = |kind: ChangeKind| changes.iter().filter(|change| change.kind == kind).count() as u32;
        (filling.new, filling.changed, filling.gone) =
            (count(ChangeKind::New), count(ChangeKind::Changed), count(ChangeKind::Gone));
        let note = self.node().new_id();
        self.one(actor, "filling.note", note, serde_json::to_value(&filling).unwrap_or_default()).await?;
        self.keep_sealed(actor, id, &kept).await?;
        self.keep_file(actor, id.derive("filled"), &bytes).await?;
        Ok(Filled { bytes, filling })
    }

    /// The workbook as it was filled in last, with a name for its file.
    pub async fn filled(&self, actor: &Actor, id: Id) -> Result<(String, Vec<u8>), ImportError> {
        let (state, _) = self.template(actor, id).await?;
        let none = |_| Refusal::new(&faults::NOT_FILLED).into();
        let bytes = match self.file(actor, id.derive("filled")).await {
            Err(ImportError::Refused(refusal)) => return Err(none(refusal)),
            other => other?,
        };
        let stem = state.file.rsplit_once('.').map_or(state.file.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}-{}.xlsx", self.node().today()), bytes))
    }

    async fn kept(&self, actor: &Actor, id: Id) -> Result<Option<Kept>, ImportError> {
        match self.file(actor, id.derive("values")).await {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(ImportError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn keep_sealed(&self, actor: &Actor, id: Id, kept: &Kept) -> Result<(), ImportError> {
        let bytes = serde_json::to_vec(kept).unwrap_or_default();
        self.keep_file(actor, id.derive("values"), &bytes).await
    }
}

/// What the headers of a workbook's sheets say: proposed, to be put right by pointing.
fn proposed(
    bytes: &[u8],
    file: &str,
    package: &fill::Package,
    today: Date,
) -> Result<Vec<Pointing>, ImportError> {
    let book = sheets::read(bytes, file, &Limits::default())?;
    let mut found = Vec::new();
    for read in sheets::understand(&book, &sheets::Options::new(today)) {
        let sheet = &book.sheets[read.index];
        let named = package.sheets().any(|name| name == sheet.name);
        if !named
            || sheet.part.is_some()
            || !read.mapping.tells_people()
            || read.layout.header_rows.is_empty()
        {
            continue;
        }
        let columns: BTreeMap<String, String> = read
            .mapping
            .columns
            .iter()
            .filter_map(|map| {
                let target = map.target.as_ref().filter(|target| target.slot == 0)?;
                let field = if target.field == Field::Needs { Field::Remark } else { target.field };
                let letters = sheets::column_letters(map.column);
                let formula = read
                    .layout
                    .data_rows()
                    .next()
                    .is_some_and(|row| sheet.formulas.contains(&(row as u32, map.column as u32)));
                (offered(field) && !formula).then(|| (letters, field.name().to_owned()))
            })
            .collect();
        let header = read.layout.header_rows.last().map_or(0, |row| row + 1);
        let data: Vec<usize> = read.layout.data_rows().collect();
        let first = data.first().map_or(header + 1, |row| row + 1);
        let last = data.last().map_or_else(|| lines::last_blank(sheet, first), |row| row + 1);
        found.push(Pointing {
            sheet: sheet.name.clone(),
            first_row: first as u32,
            last_row: last.max(first) as u32,
            columns,
            cells: BTreeMap::new(),
        });
    }
    Ok(found)
}

/// One sheet being filled.
struct Work<'a> {
    pointing: &'a Pointing,
    lines: Lines,
    edits: Edits,
    changes: Vec<Change>,
    earlier: Option<&'a KeptSheet>,
    kept: KeptSheet,
    today: Date,
}

impl<'a> Work<'a> {
    fn new(
        bytes: &[u8],
        file: &str,
        pointing: &'a Pointing,
        today: Date,
        earlier: Option<&'a KeptSheet>,
    ) -> Result<Self, ImportError> {
        let book = sheets::read_whole_sheets(bytes, file, &Limits::default())?;
        let lines = Lines::new(&book, pointing, today);
        let edits = Edits { sheet: pointing.sheet.clone(), ..Edits::default() };
        Ok(Self { pointing, lines, edits, changes: Vec::new(), earlier, kept: KeptSheet::default(), today })
    }

    fn columns(&self) -> Vec<(usize, String, Field)> {
        let of = |(letters, field): (&String, &String)| {
            let (_, column) = fill::place_of(&format!("{letters}1"))?;
            Some((column, letters.clone(), Field::of(field)?))
        };
        let mut columns: Vec<_> = self.pointing.columns.iter().filter_map(of).collect();
        columns.sort_by_key(|(column, ..)| *column);
        columns
    }

    fn people(&mut self, listed: &[Listed]) {
        let columns = self.columns();
        if columns.is_empty() {
            return;
        }
        let order = self.earlier.map(|earlier| earlier.people.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        let places = self.lines.places(listed, order.as_deref().unwrap_or(&[]));
        if places.grow > 0 {
            self.edits.grow = Some((self.pointing.last_row as usize - 1, places.grow));
        }
        for (number, (at, line)) in places.of.iter().enumerate() {
            self.person(&listed[*at], *line, number, &columns);
        }
        for line in places.free {
            for (column, ..) in &columns {
                if self.lines.holds(line, *column) {
                    self.edits.cells.insert((line, *column), Put::Clear);
                }
            }
        }
        self.gone(listed, &places.strangers, &columns);
    }

    /// The cells of one person. A cell of the sheet that says the same already stays as the office wrote it.
    fn person(&mut self, one: &Listed, line: usize, number: usize, columns: &[(usize, String, Field)]) {
        let mut texts = BTreeMap::new();
        let before = self.earlier.and_then(|earlier| earlier.people.iter().find(|(id, _)| *id == one.person));
        let fresh = self.earlier.is_some() && before.is_none();
        let own = self.lines.values(line);
        for (column, letters, field) in columns {
            if *field == Field::No {
                if own.is_none() {
                    self.edits.cells.insert((line, *column), Put::Number((number + 1) as f64));
                }
                continue;
            }
            let put = values::put(*field, one, self.today);
            let text = text_of(&put);
            // What the register does not know never wipes out what the office wrote.
            let silent = put == Put::Clear
                && before.is_none_or(|(_, texts)| texts.get(letters).is_none_or(String::is_empty));
            let same = own.is_some_and(|own| silent || self.lines.says(own, *field, one));
            if !same {
                self.edits.cells.insert((line, *column), put);
            }
            let was = match before {
                Some((_, texts)) => texts.get(letters).cloned(),
                None if self.earlier.is_none() && own.is_some() && !same => {
                    Some(self.lines.text(line, *column))
                }
                None => None,
            };
            if let Some(was) = was.filter(|was| *was != text) {
                self.edits.marks.insert((line, *column), Marking::Changed);
                self.changes.push(Change {
                    kind: ChangeKind::Changed,
                    cell: (line, *column),
                    of: values::shown(Field::Name, &one.values),
                    field: field.label().0.to_owned(),
                    before: was,
                    after: text.clone(),
                });
            }
            texts.insert(letters.clone(), text);
        }
        let first_time_on_her_list = self.earlier.is_none() && own.is_none() && self.lines.has_people();
        if fresh || first_time_on_her_list {
            for (column, ..) in columns {
                self.edits.marks.insert((line, *column), Marking::New);
            }
            self.changes.push(Change {
                kind: ChangeKind::New,
                cell: (line, columns[0].0),
                of: values::shown(Field::Name, &one.values),
                field: String::new(),
                before: String::new(),
                after: String::new(),
            });
        }
        self.kept.people.push((one.person, texts));
    }

    /// People of the last time, or of the sheet itself, who are on the register no more.
    fn gone(&mut self, listed: &[Listed], strangers: &[usize], columns: &[(usize, String, Field)]) {
        for line in strangers {
            for (column, ..) in columns {
                self.edits.marks.insert((*line, *column), Marking::Gone);
            }
            let of = self.lines.name(*line);
            self.tell_gone((*line, columns[0].0), of);
        }
        let Some(earlier) = self.earlier else { return };
        let here: HashSet<Id> = listed.iter().map(|one| one.person).collect();
        let name = self
            .pointing
            .columns
            .iter()
            .find(|(_, field)| *field == Field::Name.name())
            .map(|(letters, _)| letters.clone());
        for (person, texts) in earlier.people.iter().filter(|(person, _)| !here.contains(person)) {
            let _ = person;
            let of = name.as_ref().and_then(|letters| texts.get(letters)).cloned().unwrap_or_default();
            if !strangers.iter().any(|line| self.lines.name(*line) == of) {
                self.tell_gone((self.pointing.first_row.saturating_sub(1) as usize, columns[0].0), of);
            }
        }
    }

    fn tell_gone(&mut self, cell: (usize, usize), of: String) {
        self.changes.push(Change {
            kind: ChangeKind::Gone,
            cell,
            of,
            field: String::new(),
            before: String::new(),
            after: String::new(),
        });
    }

    fn figures(&mut self, counted: &BTreeMap<String, u64>) {
        let grown = self.edits.grow;
        for (name, figure) in &self.pointing.cells {
            let (Some((row, column)), Some(count)) = (fill::place_of(name), counted.get(figure)) else {
                continue;
            };
            let row = match grown {
                Some((after, count)) if row > after => row + count,
                _ => row,
            };
            let text = count.to_string();
            self.edits.cells.insert((row, column), Put::Number(*count as f64));
            let was = self.earlier.and_then(|earlier| earlier.cells.get(name));
            if let Some(was) = was.filter(|was| **was != text) {
                self.edits.marks.insert((row, column), Marking::Changed);
                self.changes.push(Change {
                    kind: ChangeKind::Changed,
                    cell: (row, column),
                    of: figures::words(figure),
                    field: cell_name(row, column),
                    before: was.clone(),
                    after: text.clone(),
                });
            }
            self.kept.cells.insert(name.clone(), text);
        }
    }
}

/// The templates of a site with their latest filling.
pub async fn list(
    imports: &Imports,
    actor: &Actor,
) -> Result<Vec<(Id, Template, Vec<(Id, i64, Filling)>)>, ImportError> {
    let mut all = Vec::new();
    for (id, state) in template::all(imports.node(), actor).await? {
        let fillings = template::fillings(imports.node(), actor, id).await?;
        all.push((id, state, fillings));
    }
    Ok(all)
}
