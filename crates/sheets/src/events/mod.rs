//! Sheets about happenings instead of people: logs of visits and calls, lists of who signs up, rolls to tick.

pub mod kinds;
mod party;
mod phones;
mod roll;
mod signup;
mod visit;
pub mod who;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::book::Sheet;
use crate::clean::CleanRow;
use crate::layout::Layout;
use crate::mapping::{Mapping, TableKind};

pub use party::Party;
pub use who::Named;

/// A row of a log of visits.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// The day, where the sheet tells one that exists.
    pub day: Option<Date>,
    /// The nearest earlier day of the log, where the row's own cannot be used.
    pub about: Option<Date>,
    /// `home`, `phone`, `wechat`, `street`, `office`.
    pub kind: Option<String>,
    /// Whom they met, as written.
    pub who: Option<String>,
    /// The people named there.
    pub people: Vec<Named>,
    /// How many more the cell speaks of without a name.
    pub unnamed: u32,
    /// Names of the centre's workers, initials resolved by the sheet's legend.
    pub workers: Vec<String>,
    /// `reached`, `no_answer`, `nobody_home`, `moved`, `number_dead`, `refused`.
    pub result: String,
    /// How long.
    pub minutes: Option<u32>,
    /// What was said.
    pub text: Option<String>,
    /// Needs that it states.
    pub needs: Vec<String>,
    /// Where.
    pub address: Option<String>,
    /// When to look in again, in the sheet's words.
    pub next: Option<String>,
    /// The household's number on the register.
    pub household_no: Option<String>,
    /// Phones.
    pub phones: Vec<String>,
}

/// A row of a list of who signs up.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUp {
    /// What they call themselves.
    pub label: Option<String>,
    /// The name, where the label holds one.
    pub name: Option<String>,
    /// Phones.
    pub phones: Vec<String>,
    /// How many come.
    pub party: Party,
    /// When, to the minute: `2024-05-30T09:52`.
    pub submitted: Option<String>,
    /// What else they say.
    pub note: Option<String>,
    /// Whether they want to be fetched.
    pub pickup: Option<bool>,
    /// They do not come after all.
    pub cancelled: bool,
    /// A later row of the same phone takes its place.
    pub replaced: bool,
}

impl SignUp {
    /// Whether somebody comes because of this row.
    pub fn counts(&self) -> bool {
        !self.cancelled && !self.replaced
    }
}

/// How somebody stood to one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Was there.
    Present,
    /// Excused.
    Excused,
    /// Said to be absent.
    Absent,
}

/// A row of a roll.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Roll {
    /// The name.
    pub name: Option<String>,
    /// What the person is called.
    pub nickname: Option<String>,
    /// A mark for a day.
    pub marks: Vec<(Date, Mark)>,
    /// People without a name, for a day.
    pub heads: Vec<(Date, u32)>,
    /// What else the row says.
    pub note: Option<String>,
    /// Signs that nobody explained.
    pub strange: Vec<String>,
}

/// What a row tells of a happening.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A visit or a call, held or tried.
    Visit(Visit),
    /// Somebody signs up.
    SignUp(SignUp),
    /// Somebody on a roll.
    Roll(Roll),
}

impl std::fmt::Debug for Happening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Visit(_) => "Visit(…)",
            Self::SignUp(_) => "SignUp(…)",
            Self::Roll(_) => "Roll(…)",
        })
    }
}

impl Happening {
    /// The clean values under their stable names.
    pub fn json(&self) -> Value {
        match self {
            Self::Visit(visit) => json!({
                "day": visit.day, "kind": visit.kind, "who": visit.who, "workers": visit.workers,
                "result": visit.result, "minutes": visit.minutes, "text": visit.text, "needs": visit.needs,
                "address": visit.address, "next": visit.next,
            }),
            Self::SignUp(row) => json!({
                "label": row.label, "name": row.name, "phones": row.phones, "party": row.party,
                "submitted": row.submitted, "note": row.note,
            }),
            Self::Roll(row) => json!({ "name": row.name }),
        }
    }

    /// What the dry run tells beside the clean values.
    pub fn more(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Visit(visit) => {
                let people: Vec<Value> = visit
                    .people
                    .iter()
                    .map(|one| json!({ "label": one.label, "through": one.through }))
                    .collect();
                vec![("persons", people.into()), ("unnamed", visit.unnamed.into())]
            }
            Self::SignUp(row) => vec![("counts", row.counts().into())],
            Self::Roll(row) => {
                let marks = row.marks.iter().map(|(day, mark)| json!({ "date": day, "state": mark }));
                let heads = row.heads.iter().map(|(day, count)| json!({ "date": day, "count": count }));
                vec![("attendance", marks.collect()), ("heads", heads.collect())]
            }
        }
    }
}

/// Cleans the rows of a sheet about happenings; rows that hold counts or sums instead of records get their role.
pub fn clean(sheet: &Sheet, layout: &mut Layout, mapping: &Mapping, today: Date) -> Vec<CleanRow> {
    match mapping.kind {
        TableKind::Visits => visit::rows(sheet, layout, mapping, today),
        TableKind::SignUps => signup::rows(sheet, layout, mapping, today),
        TableKind::Roll => roll::rows(sheet, layout, mapping),
        _ => Vec::new(),
    }
}

/// The column of a field.
fn column(mapping: &Mapping, field: crate::Field) -> Option<usize> {
    let is = |map: &&crate::ColumnMap| map.target.as_ref().is_some_and(|target| target.field == field);
    mapping.columns.iter().find(is).map(|map| map.column)
}

/// The year that a sheet without years in its cells speaks of.
fn year(layout: &Layout) -> Option<i16> {
    layout.as_of.map(Date::year)
}
