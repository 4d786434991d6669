//! The state of a person.

use kernel::faults::text;
use kernel::{BatchId, Field, Id, IndexRow, Label, Meta, PersonId, Record, Refusal, Situation, TableDef};
use names::ethnic::Ethnic;
use names::{NameForm, NameKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::person::index::{self, PERSON_BLOCK, PERSON_KEY, PERSON_MERGED, PERSON_ROW};
use crate::stated::{self, Stated};

/// What kind of name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameType {
    /// The name on papers.
    #[default]
    Birth,
    /// The name in daily use, where it is another.
    Usual,
    /// In Latin letters.
    Romanised,
    /// Pen name, stage name, chat name.
    Pen,
    /// A former name.
    Former,
    /// What they are called.
    Nickname,
}

/// One of the names of a person.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonName {
    /// Its kind.
    #[serde(default)]
    pub kind: NameType,
    /// As written, traditional and rare characters kept.
    #[schemars(length(min = 1, max = 200))]
    pub text: String,
}

/// A telephone number with what was said about it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phone {
    /// The number.
    #[schemars(length(min = 5, max = 40))]
    pub number: String,
    /// Whose it is, when to call.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub note: Option<String>,
}

/// Sex as stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not known.
    #[default]
    U,
}

impl Sex {
    /// The letter in JSON and in index tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::F => "F",
            Self::M => "M",
            Self::U => "U",
        }
    }
}

/// Where somebody is in school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not in school yet.
    None,
    /// Kindergarten.
    Kindergarten,
    /// Primary school.
    Primary,
    /// Junior middle school.
    Junior,
    /// Senior middle school.
    Senior,
    /// Vocational school.
    Vocational,
    /// College or university.
    University,
    /// Left school before the end.
    Dropout,
    /// Finished school.
    Finished,
}

/// School stage and grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Grade {
    /// The stage.
    pub stage: Stage,
    /// The year within the stage, from 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 9))]
    pub grade: Option<u8>,
}

/// Yes, no or under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Applied for.
    Pending,
}

/// Disability, as stated or certified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disability {
    /// Whether there is one.
    #[serde(default)]
    pub has: bool,
    /// Which.
    #[serde(default, rename = "type")]
    #[schemars(length(max = 100))]
    pub kind: Option<String>,
    /// The certificate's level, 1 to 4.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub level: Option<String>,
}

/// The cell of an import that a record came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The import.
    #[serde(default)]
    pub batch: Option<BatchId>,
    /// The sheet's name.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub sheet: String,
    /// The row, from 1.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub row: u32,
}

/// A person. Has no `Debug`: it holds personal data.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// Names of any kind, at least one.
    #[serde(default)]
    #[schemars(length(max = 30))]
    pub names: Vec<PersonName>,
    /// Sex as stated.
    #[serde(default)]
    pub sex: Sex,
    /// Birth date, as exact as it is known.
    #[serde(default)]
    pub birth: Option<Stated>,
    /// The year that totals count by; follows from `birth`.
    #[serde(default)]
    pub birth_year: Option<i16>,
    /// Ethnic group, or own words.
    #[serde(default)]
    #[schemars(with = "Option<EthnicShape>")]
    pub ethnic: Option<Ethnic>,
    /// Telephone numbers.
    #[serde(default)]
    #[schemars(length(max = 12))]
    pub phones: Vec<Phone>,
    /// Citizen identity number as written; never needed, never mended.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub id_number: Option<String>,
    /// What is doubtful about it, as a code (`id_checksum`, `id_birth_mismatch` …).
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub id_doubt: Option<String>,
    /// School stage and grade.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// Whether there is a residence permit.
    #[serde(default)]
    pub permit: Option<YesNo>,
    /// Health insurance, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub insurance: Option<String>,
    /// Disability.
    #[serde(default)]
    pub disability: Option<Disability>,
    /// Occupation.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub occupation: Option<String>,
    /// Education, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub education: Option<String>,
    /// Anything else.
    #[serde(default)]
    #[schemars(length(max = 4000))]
    pub remark: Option<String>,
    /// Where it was imported from.
    #[serde(default)]
    pub source: Option<Source>,
    /// The record that this one is a duplicate of.
    #[serde(default)]
    pub merged_into: Option<PersonId>,
}

/// The JSON of [`Ethnic`], for schemas.
#[derive(JsonSchema)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
#[allow(dead_code, reason = "describes a type of another crate")]
enum EthnicShape {
    /// A recognised group by its number in GB/T 3304.
    Code(u8),
    /// A people not recognised as a group of its own.
    Unrecognised,
    /// Their own words.
    Own(String),
}

/// What a person's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PersonEvent {
    /// Found to be a duplicate.
    Merged {
        /// The record to keep.
        merged_into: PersonId,
    },
    /// Found not to be one after all.
    Unmerged {},
}

/// No more names than this.
pub const NAMES: usize = 30;
/// No more phones than this.
pub const PHONES: usize = 12;

impl Person {
    /// The name to show: that on papers, else any other, a nickname last. Empty if erased.
    pub fn shown(&self) -> &str {
        self.names.iter().min_by_key(|name| name.kind).map_or("", |name| name.text.as_str())
    }

    /// The names as `names` searches and compares them.
    pub fn forms(&self) -> Vec<NameForm> {
        let kind = |kind| match kind {
            NameType::Birth => NameKind::Birth,
            NameType::Romanised => NameKind::Romanised,
            NameType::Pen => NameKind::PenName,
            NameType::Nickname => NameKind::Nickname,
            NameType::Usual | NameType::Former => NameKind::Other,
        };
        self.names.iter().map(|name| NameForm::new(name.text.as_str(), kind(name.kind))).collect()
    }

    /// The telephone numbers alone.
    pub fn numbers(&self) -> Vec<String> {
        self.phones.iter().map(|phone| phone.number.clone()).collect()
    }
}

fn tidy(text: &mut Option<String>) {
    *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
}

/// Codes that follow from the number itself; others are set by whoever saw the paper and are kept.
const COMPUTED: &[&str] = &[
    "id_missing",
    "id_length",
    "id_character",
    "id_region",
    "id_birth",
    "id_checksum",
    "id_excel_number",
    "id_excel_text",
    "id_birth_mismatch",
    "id_sex_mismatch",
];

fn doubt(person: &Person) -> Option<String> {
    let facts = match names::idno::check(person.id_number.as_deref()?) {
        Ok(facts) => facts,
        Err(fault) => return Some(fault.code().into()),
    };
    let sex = if facts.sex == names::idno::IdSex::Female { Sex::F } else { Sex::M };
    let born_then = person.birth.as_ref().is_none_or(|birth| {
        let (first, last) = stated::range(birth);
        (first..=last).contains(&facts.birth)
    });
    if !born_then {
        Some("id_birth_mismatch".into())
    } else if person.sex != Sex::U && person.sex != sex {
        Some("id_sex_mismatch".into())
    } else {
        None
    }
}

impl Record for Person {
    const NOUN: &'static str = "person";
    const FIELDS: &'static [Field] = &[
        Field::new("names", Label::Identity).union(),
        Field::new("sex", Label::Plain),
        Field::new("birth", Label::Identity),
        Field::new("birth_year", Label::Plain).own(),
        Field::new("ethnic", Label::Identity),
        Field::new("phones", Label::Contact).union(),
        Field::new("id_number", Label::Identity),
        Field::new("id_doubt", Label::Plain),
        Field::new("grade", Label::Minor),
        Field::new("permit", Label::Legal),
        Field::new("insurance", Label::Health),
        Field::new("disability", Label::Health),
        Field::new("occupation", Label::Identity),
        Field::new("education", Label::Plain),
        Field::new("remark", Label::Identity),
        Field::new("source", Label::Plain).fixed(),
        Field::new("merged_into", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&PERSON_ROW, &PERSON_KEY, &PERSON_BLOCK, &PERSON_MERGED];
    type Event = PersonEvent;

    fn apply(&mut self, event: PersonEvent) {
        self.merged_into = match event {
            PersonEvent::Merged { merged_into } => Some(merged_into),
            PersonEvent::Unmerged {} => None,
        };
    }

    fn normalise(&mut self) {
        for name in &mut self.names {
            name.text = names::display(&name.text);
        }
        let mut seen: Vec<String> = Vec::new();
        self.names.retain(|name| {
            let new = !name.text.is_empty() && !seen.contains(&name.text);
            seen.push(name.text.clone());
            new
        });
        let mut seen: Vec<String> = Vec::new();
        for phone in &mut self.phones {
            let digits = names::phone::fold(&phone.number);
            phone.number = names::phone::written(&digits);
            tidy(&mut phone.note);
        }
        self.phones.retain(|phone| {
            let new = !seen.contains(&phone.number);
            seen.push(phone.number.clone());
            new
        });
        for text in [
            &mut self.id_number,
            &mut self.id_doubt,
            &mut self.insurance,
            &mut self.occupation,
            &mut self.education,
            &mut self.remark,
        ] {
            tidy(text);
        }
        self.birth_year = self.birth.as_ref().map(stated::middle_year);
        match doubt(self) {
            Some(code) => self.id_doubt = Some(code),
            None if self.id_doubt.as_deref().is_some_and(|code| COMPUTED.contains(&code)) => {
                self.id_doubt = None;
            }
            None => {}
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.names.is_empty() {
            return Err(Refusal::new(&faults::NAME_MISSING).at("names"));
        }
        at_most("names", self.names.len(), NAMES)?;
        at_most("phones", self.phones.len(), PHONES)?;
        for name in &self.names {
            text("names", &name.text, 200)?;
        }
        for (at, phone) in self.phones.iter().enumerate() {
            text("phones", phone.note.as_deref().unwrap_or_default(), 100)?;
            let digits = phone.number.chars().filter(char::is_ascii_digit).count();
            if !(5..=20).contains(&digits) || phone.number.chars().count() > 40 {
                return Err(Refusal::new(&faults::PHONE).with("place", at + 1).at("phones"));
            }
        }
        if self.birth.as_ref().is_some_and(|birth| stated::range(birth).0 > situation.today) {
            return Err(Refusal::new(&faults::BORN_LATER).at("birth"));
        }
        if let Some(Ethnic::Own(words)) = &self.ethnic {
            text("ethnic", words, 100)?;
        }
        if let Some(disability) = &self.disability {
            text("disability", disability.kind.as_deref().unwrap_or_default(), 100)?;
            text("disability", disability.level.as_deref().unwrap_or_default(), 20)?;
        }
        if let Some(source) = &self.source {
            text("source", &source.sheet, 200)?;
        }
        for (field, value, limit) in [
            ("id_number", &self.id_number, 40),
            ("id_doubt", &self.id_doubt, 40),
            ("insurance", &self.insurance, 100),
            ("occupation", &self.occupation, 200),
            ("education", &self.education, 100),
            ("remark", &self.remark, 4000),
        ] {
            text(field, value.as_deref().unwrap_or_default(), limit)?;
        }
        Ok(())
    }

    fn duplicate_of(&self) -> Option<Id> {
        self.merged_into.map(|into| into.0)
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        index::rows(self, meta)
    }
}

/// Refuses a list of more than `limit` entries.
pub(crate) fn at_most(field: &str, count: usize, limit: usize) -> Result<(), Refusal> {
    if count <= limit {
        return Ok(());
    }
    let refusal = Refusal::new(&faults::TOO_MANY).with("field", field).with("count", count);
    Err(refusal.with("limit", limit).at(field))
}
