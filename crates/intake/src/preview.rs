//! An import in hand: what the file holds, what is proposed, what was decided.

use std::collections::HashMap;

use calendar::Stated;
use jiff::civil::Date;
use kernel::{BatchId, Id, Refusal};
use people::duplicates::Reason;
use serde::{Deserialize, Serialize};
use sheets::{
    CleanRow, Happening, Mapping, ReadSheet, RowRole, RowValues, Severity, SheetRole, SheetState, Workbook,
};

use crate::faults;
use crate::happenings::PersonKept;

/// Where an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The file is being read and compared.
    #[default]
    Reading,
    /// Somebody looks at it.
    Preview,
    /// It is being entered.
    Applying,
    /// It is entered.
    Done,
    /// What it made was withdrawn.
    Undone,
    /// The file could not be read.
    Failed,
    /// Somebody stopped it; what was entered before stands and can be undone.
    Cancelled,
}

impl State {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Preview => "preview",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What is to be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// It is the person proposed.
    Same,
    /// It is somebody new.
    New,
    /// It stays out.
    Skip,
}

/// How rows with a proposed duplicate are treated that nobody decided on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Certain ones are the same; doubtful ones come in as new and wait on the list of duplicates.
    #[default]
    AutoOnly,
    /// Certain and doubtful ones are the same.
    AllSame,
    /// Nobody is the same: all come in as new.
    AllNew,
    /// Doubtful ones stay out until somebody decides.
    SkipDoubtful,
}

/// Something said about a cell.
#[derive(Clone, Serialize, Deserialize)]
pub struct IssueKept {
    /// The cell, such as `H12`.
    pub cell: String,
    /// The field's name.
    pub field: String,
    /// The stable code.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
}

/// With whom a row may be one person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Duplicate {
    /// A person on the register.
    pub person: Option<Id>,
    /// An earlier row of the same file: sheet and place in its rows.
    pub earlier: Option<(usize, usize)>,
    /// From 0 to 1.
    pub probability: f64,
    /// Whether it may be joined without asking.
    pub auto: bool,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Dates of a row with all that was told.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct DatesKept {
    /// Birth.
    pub birth: Option<Stated>,
    /// Arrival.
    pub arrival: Option<Stated>,
    /// Registration.
    pub registered: Option<Stated>,
}

/// A row of people.
#[derive(Clone, Serialize, Deserialize)]
pub struct RowKept {
    /// The row, from 1.
    pub row: u32,
    /// Which household of the sheet, where it has households.
    pub block: Option<usize>,
    /// The values.
    pub values: RowValues,
    /// The dates.
    pub dates: DatesKept,
    /// What the identity number says: birth.
    pub derived_birth: Option<Date>,
    /// Needs that a remark states.
    pub needs: Vec<String>,
    /// What there is to say.
    pub issues: Vec<IssueKept>,
    /// Keyed digest of its values.
    pub digest: String,
    /// The person that the same row became in an earlier import.
    pub known: Option<Id>,
    /// With whom it may be one.
    pub duplicate: Option<Duplicate>,
    /// What somebody decided.
    pub choice: Option<Choice>,
    /// What it tells of a happening, where the sheet is about such.
    #[serde(default)]
    pub happening: Option<Happening>,
    /// Whom of the register it speaks of.
    #[serde(default)]
    pub people: Vec<PersonKept>,
}

impl RowKept {
    /// Whether the row cannot come in as it stands.
    pub fn refused(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Refuse)
    }
}

/// A sheet of the file.
#[derive(Clone, Serialize, Deserialize)]
pub struct SheetKept {
    /// Its name.
    pub name: String,
    /// Whether the file shows it.
    pub visible: bool,
    /// What it is for, in the table reader's words.
    pub role: String,
    /// Whether it is an earlier state of another table.
    pub old: bool,
    /// Whether it is going to be entered.
    pub chosen: bool,
    /// Which column is which field.
    pub mapping: Mapping,
    /// How many rows are no data, by role.
    pub others: HashMap<String, usize>,
    /// The rows of people.
    pub rows: Vec<RowKept>,
    /// The day the sheet speaks of.
    pub as_of: Option<Date>,
    /// The gathering that a roll or a list of sign-ups is about.
    #[serde(default)]
    pub event: EventKept,
}

/// What a roll or a list of sign-ups is about.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct EventKept {
    /// Title of the activity; one of that title is used where there is one.
    pub title: String,
    /// Day of the session, for sign-ups; a roll has days of its own.
    pub day: Option<Date>,
}

/// What a file's name says it is about: without its number, its brackets and the words for lists.
fn title_of(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = stem.split(['(', '（']).next().unwrap_or(stem);
    let plain = plain.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let mut title = plain.to_owned();
    for word in ["签到表", "签到", "报名表", "报名", "接龙", "名单", "登记表"] {
        title = title.replace(word, "");
    }
    let title = title.trim_matches(['_', '-', ' ', '—']).to_owned();
    if title.is_empty() { stem.to_owned() } else { title }
}

/// An import in hand.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Preview {
    /// Its id, which is the batch's.
    pub id: BatchId,
    /// Name of the file.
    pub file: String,
    /// Keyed digest of its content.
    pub digest: String,
    /// Where it is.
    pub state: State,
    /// What is done with rows that nobody decided on.
    pub rule: Rule,
    /// The sheets.
    pub sheets: Vec<SheetKept>,
    /// Rows that could not be entered, with the reason.
    pub failed: Vec<(String, u32, String)>,
    /// Why the file could not be read: problem in words of both languages.
    pub problem: Option<(String, String, String)>,
    /// An earlier import of the same file that stands.
    pub again: Option<Id>,
    /// What was entered: persons made, persons known already, records made.
    pub entered: (u32, u32, u32),
    /// What undoing left alone because it was changed since.
    pub left: u32,
}

fn role_name(role: SheetRole) -> &'static str {
    match role {
        SheetRole::Data => "data",
        SheetRole::OldVersion => "old_version",
        SheetRole::Confidential => "confidential",
        SheetRole::NoTable => "no_table",
        SheetRole::Empty => "empty",
    }
}

fn row_role(role: RowRole) -> String {
    serde_json::to_value(role).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A sheet as it is kept; `digest` gives the keyed digest of what a row tells.
pub fn keep(book: &Workbook, read: ReadSheet, digest: impl Fn(&[u8]) -> String) -> SheetKept {
    let sheet = &book.sheets[read.index];
    let mut others: HashMap<String, usize> = HashMap::new();
    for info in read.layout.rows.iter().filter(|info| info.role != RowRole::Data) {
        *others.entry(row_role(info.role)).or_default() += 1;
    }
    SheetKept {
        name: sheet.name.clone(),
        visible: sheet.state == SheetState::Visible,
        role: role_name(read.layout.role).to_owned(),
        old: read.layout.role == SheetRole::OldVersion,
        chosen: read.import,
        mapping: read.mapping,
        others,
        rows: read.rows.into_iter().map(|row| kept_row(row, &digest)).collect(),
        as_of: read.layout.as_of,
        event: EventKept { title: title_of(&book.file), day: read.layout.as_of },
    }
}

fn kept_row(row: CleanRow, digest: &impl Fn(&[u8]) -> String) -> RowKept {
    let told = match &row.happening {
        Some(happening) => serde_json::to_vec(happening),
        None => serde_json::to_vec(&row.values),
    };
    let issues = row.issues.iter().map(|issue| IssueKept {
        cell: issue.cell.clone(),
        field: issue.field.to_owned(),
        code: issue.code.to_owned(),
        severity: issue.severity,
    });
    let needs =
        if row.needs_offered.is_empty() { row.values.needs.clone() } else { row.needs_offered.clone() };
    RowKept {
        row: row.row as u32 + 1,
        block: row.block,
        digest: digest(&told.unwrap_or_default()),
        dates: DatesKept {
            birth: row.dates.birth.clone(),
            arrival: row.dates.arrival.clone(),
            registered: row.dates.registered.clone(),
        },
        derived_birth: row.derived.map(|(birth, _)| birth),
        needs,
        issues: issues.collect(),
        values: row.values,
        known: None,
        duplicate: None,
        choice: None,
        happening: row.happening,
        people: Vec::new(),
    }
}

impl Preview {
    /// Refuses what can only be done in another state.
    pub fn must_be(&self, states: &[State]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        Err(Refusal::new(&faults::WRONG_STATE).with("state", self.state.code()))
    }

    /// The sheet of that name.
    pub fn sheet_mut(&mut self, name: &str) -> Result<&mut SheetKept, Refusal> {
        let found = self.sheets.iter_mut().find(|sheet| sheet.name == name);
        found.ok_or_else(|| Refusal::new(&faults::UNKNOWN_SHEET).with("sheet", name))
    }

    /// What is done with a row.
    pub fn choice(&self, row: &RowKept) -> Choice {
        if row.refused() {
            return Choice::Skip;
        }
        if let Some(choice) = row.choice {
            return choice;
        }
        match (&row.known, &row.duplicate, self.rule) {
            (Some(_), ..) | (None, Some(_), Rule::AllSame) => Choice::Same,
            (None, None, _) | (None, Some(_), Rule::AllNew) => Choice::New,
            (None, Some(found), _) if found.auto => Choice::Same,
            (None, Some(_), Rule::SkipDoubtful) => Choice::Skip,
            (None, Some(_), Rule::AutoOnly) => Choice::New,
        }
    }
}
