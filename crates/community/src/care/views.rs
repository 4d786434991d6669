//! Children in care as pages show them.

use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Held, Id, Label, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::note::CareNote;
use super::permission::PickupPermission;
use super::state::Care;
use crate::session::views::SessionCard;
use crate::signup::views::{SignUpView, Standing};
use crate::time::minutes;

/// A line of a child's list of who may take it home.
#[derive(Clone, Serialize, JsonSchema)]
pub struct PermissionView {
    /// The permission.
    pub id: Id,
    /// The child.
    pub child: Id,
    /// Who may, where that is somebody on the register.
    pub person: Option<Named>,
    /// Who may, in words.
    pub name: String,
    /// What they are to the child.
    pub relation: String,
    /// How to reach them.
    pub phone: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: Option<String>,
    /// Who allowed it.
    pub given_by: String,
    /// From this day on it is taken back.
    pub revoked_on: Option<String>,
    /// Why.
    pub revoked_why: String,
    /// Whether it holds on the day that was asked for.
    pub holds: bool,
    /// For edits.
    pub version: i64,
}

impl PermissionView {
    pub(super) fn of(held: &Held, role: Role, day: Date) -> Self {
        let line: PickupPermission = journal::state(held);
        let words = |text: String| if Label::Identity.readable_by(role) { text } else { String::new() };
        Self {
            id: held.meta.id,
            child: line.child.0,
            holds: line.holds(day),
            person: line.person.map(Named::unnamed),
            name: words(line.name),
            relation: words(line.relation),
            phone: if Label::Contact.readable_by(role) { line.phone } else { String::new() },
            from: line.from.to_string(),
            until: line.until.map(|day| day.to_string()),
            given_by: words(line.given_by),
            revoked_on: line.revoked_on.map(|day| day.to_string()),
            revoked_why: words(line.revoked_why),
            version: held.meta.version,
        }
    }
}

/// What a carer must know of a child, as far as the reader may.
#[derive(Clone, Default, Serialize, JsonSchema)]
pub struct NoteView {
    /// Allergies, medicine; nothing for who may not read of health.
    pub health: String,
    /// Whom to call.
    pub guardian: String,
    /// Their phone.
    pub phone: String,
    /// For edits; 0 where nothing was written down.
    pub version: i64,
}

impl NoteView {
    /// What is written of health in all of these, which are about one child.
    pub fn health_of(notes: &[Self]) -> String {
        let mut all: Vec<&str> = Vec::new();
        for note in notes {
            if !note.health.is_empty() && !all.contains(&note.health.as_str()) {
                all.push(&note.health);
            }
        }
        all.join("；")
    }

    pub(crate) fn of(held: &Held, reads: impl Fn(Label) -> bool) -> Self {
        let note: CareNote = journal::state(held);
        let shown = |label: Label, text: String| if reads(label) { text } else { String::new() };
        Self {
            health: shown(Label::Health, note.health),
            guardian: shown(Label::Identity, note.guardian),
            phone: shown(Label::Contact, note.phone),
            version: held.meta.version,
        }
    }
}

/// A child's time at a session.
#[derive(Clone, Serialize, JsonSchema)]
pub struct CareView {
    /// The record.
    pub id: Id,
    /// When it came.
    pub arrived: String,
    /// When it left.
    pub left: Option<String>,
    /// By which line of its list.
    pub permission: Option<Id>,
    /// To whom who is not on its list.
    pub taken_by: String,
    /// Why.
    pub why: String,
    /// Who saw it.
    pub second: Option<Id>,
    /// Who saw it, in words.
    pub second_name: String,
    /// By how many minutes it was fetched late.
    pub late: u32,
    /// For edits.
    pub version: i64,
}

/// Minutes after the end of a session; 0 where it has no end, or had not ended.
pub fn late(end: Option<&str>, left: Option<&str>) -> u32 {
    match (end.and_then(minutes), left.and_then(minutes)) {
        (Some(end), Some(left)) => u32::from(left.saturating_sub(end)),
        _ => 0,
    }
}

impl CareView {
    pub(super) fn of(held: &Held, role: Role, end: Option<&str>) -> (Id, Self) {
        let care: Care = journal::state(held);
        let words = |text: String| if Label::Identity.readable_by(role) { text } else { String::new() };
        let view = Self {
            id: held.meta.id,
            late: late(end, care.left.as_deref()),
            arrived: care.arrived,
            left: care.left,
            permission: care.permission,
            taken_by: words(care.taken_by),
            why: words(care.why),
            second: care.second.map(|id| id.0),
            second_name: words(care.second_name),
            version: held.meta.version,
        };
        (care.child.0, view)
    }
}

/// Whether a record that is made once is there: what was withdrawn is restored rather than made again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Once {
    /// It was never made.
    #[default]
    Never,
    /// It is there.
    There,
    /// It was made and taken back.
    Withdrawn,
}

/// A child on the list of a session.
#[derive(Clone, Serialize, JsonSchema)]
pub struct CareChild {
    /// The child.
    pub child: Named,
    /// Its sign-up, where it has one.
    pub signup: Option<Id>,
    /// How its sign-up stands.
    pub standing: Option<Standing>,
    /// Its place among those who wait.
    pub line: Option<u32>,
    /// Its mark on the roll.
    pub marked: Once,
    /// Its arrival, noted by a tap or taken back by another.
    pub arrival: Once,
    /// When it came and left.
    pub care: Option<CareView>,
    /// Who may take it home.
    pub permissions: Vec<PermissionView>,
    /// What to know of it.
    pub note: NoteView,
}

/// The list of a session in care.
#[derive(Clone, Serialize, JsonSchema)]
pub struct CareList {
    /// The session.
    pub session: SessionCard,
    /// Those who are here first, then those expected, then those who left.
    pub children: Vec<CareChild>,
    /// How many are here.
    pub here: u64,
    /// How many left.
    pub left: u64,
    /// How many have a place and have not come.
    pub expected: u64,
    /// The reader's device lets go of this after that day.
    pub keep_until: String,
}

impl CareChild {
    /// A child of whom nothing is known at this session yet.
    pub fn new(child: Id) -> Self {
        Self {
            child: Named::unnamed(child),
            signup: None,
            standing: None,
            line: None,
            marked: Once::Never,
            arrival: Once::Never,
            care: None,
            permissions: Vec::new(),
            note: NoteView::default(),
        }
    }

    /// Takes over what its sign-up says.
    pub fn signed_up(&mut self, signup: &SignUpView) {
        self.signup = Some(signup.id);
        self.standing = Some(signup.standing);
        self.line = signup.line;
    }
}

impl CareList {
    /// The list with its numbers.
    pub fn of(session: SessionCard, mut children: Vec<CareChild>) -> Self {
        let left = |each: &CareChild| each.care.as_ref().is_some_and(|care| care.left.is_some());
        let here = |each: &CareChild| each.care.is_some() && !left(each);
        let place = |each: &CareChild| {
            let waits = each.standing == Some(Standing::Waiting);
            (u8::from(left(each)), u8::from(!here(each)), u8::from(waits), u8::from(each.signup.is_none()))
        };
        children.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.child.name.cmp(&b.child.name)));
        let count =
            |which: &dyn Fn(&CareChild) -> bool| children.iter().filter(|each| which(each)).count() as u64;
        let (at, gone) = (count(&here), count(&left));
        let expected = count(&|each| each.care.is_none() && each.standing == Some(Standing::In));
        let keep_until = session.day.clone();
        Self { session, children, here: at, left: gone, expected, keep_until }
    }
}

#[cfg(test)]
mod tests {
    use super::late;

    #[test]
    fn minutes_after_the_end() {
        assert_eq!(late(Some("18:00"), Some("18:25")), 25);
        assert_eq!(late(Some("18:00"), Some("17:59")), 0);
        assert_eq!(late(None, Some("23:00")), 0);
        assert_eq!(late(Some("18:00"), None), 0);
    }
}
