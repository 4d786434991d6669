//! Rolls and sign-ups as commands: the activity, its sessions, the marks of a row.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::Id;
use serde_json::{Value, json};
use sheets::events::{Happening, Mark, Roll, SignUp};

use super::{Bundle, Draft, Planner};
use crate::line::{Line, LineRow};
use crate::preview::{Choice, RowKept};

/// The activity that a sheet is about, as far as it is there.
#[derive(Clone, Default)]
pub struct Gathering {
    /// The activity of that title, where there is one.
    pub activity: Option<Id>,
    /// Its sessions by day.
    pub sessions: HashMap<Date, Id>,
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The days that a sheet's rows speak of.
pub fn days(rows: &[RowKept], day: Option<Date>) -> Vec<Date> {
    let mut days: Vec<Date> = rows
        .iter()
        .flat_map(|row| match &row.happening {
            Some(Happening::Roll(roll)) => {
                let marked =
                    roll.marks.iter().filter(|(_, mark)| *mark == Mark::Present).map(|(day, _)| *day);
                marked.chain(roll.heads.iter().map(|(day, _)| *day)).collect()
            }
            Some(Happening::SignUp(_)) => day.into_iter().collect::<Vec<_>>(),
            _ => Vec::new(),
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

impl Planner<'_> {
    fn draft(&self, key: Id) -> Draft {
        let line = Line { batch: self.preview.id, ..Line::default() };
        Draft { key, commands: Vec::new(), line, counts: (0, 0, 0) }
    }

    /// The bundles of a roll or of a list of sign-ups; the first makes what is missing of the activity.
    pub(super) fn gathering(&mut self, sheet: usize) -> Vec<Bundle> {
        let kept = &self.preview.sheets[sheet];
        let there = self.register.gathering(sheet);
        let activity =
            there.activity.unwrap_or_else(|| self.preview.id.0.derive(&format!("activity:{sheet}")));
        let mut sessions = there.sessions.clone();
        let mut draft = self.draft(self.preview.id.0.derive(&format!("bundle:{sheet}:event")));
        if there.activity.is_none() {
            draft.make(
                "activity",
                "activity.create",
                activity,
                json!({ "title": cut(&kept.event.title, 120) }),
            );
        }
        for day in days(&kept.rows, kept.event.day) {
            if !sessions.contains_key(&day) {
                let session = activity.derive(&format!("import:{day}"));
                draft.make("session", "session.create", session, json!({ "activity": activity, "day": day }));
                sessions.insert(day, session);
            }
        }
        let mut bundles = Vec::new();
        let rows: Vec<(usize, Bundle)> = {
            let mut seen: HashSet<(Id, Id)> = HashSet::new();
            (0..kept.rows.len())
                .filter_map(|at| Some((at, self.gathered(sheet, at, (activity, &sessions), &mut seen)?)))
                .collect()
        };
        if !rows.is_empty() && !draft.commands.is_empty() {
            bundles.push(self.sealed(draft, kept.name.clone(), 0));
        }
        bundles.extend(rows.into_iter().map(|(_, bundle)| bundle));
        bundles
    }

    fn gathered(
        &self,
        sheet: usize,
        at: usize,
        (activity, sessions): (Id, &HashMap<Date, Id>),
        seen: &mut HashSet<(Id, Id)>,
    ) -> Option<Bundle> {
        let kept = &self.preview.sheets[sheet];
        let row = &kept.rows[at];
        let choice = self.preview.choice(row);
        if choice == Choice::Skip || row.known.is_some() {
            return None;
        }
        let mut draft = self.draft(self.preview.id.0.derive(&format!("bundle:{sheet}:{}", row.row)));
        let person = row.taken(choice == Choice::Same).first().copied().flatten();
        match row.happening.as_ref()? {
            Happening::Roll(roll) => marks(roll, row, person, (activity, sessions), seen, &mut draft),
            Happening::SignUp(signup) => {
                let session = *sessions.get(&kept.event.day?)?;
                signed_up(signup, row, person, (activity, session), seen, &mut draft);
            }
            Happening::Visit(_) => return None,
        }
        let first = draft.line.made.first().map(|made| made.id)?;
        if person.is_some() {
            draft.counts.1 += 1;
        }
        draft.line.rows.push(LineRow {
            sheet: sheet as u32,
            row: row.row,
            digest: row.digest.clone(),
            person: person.unwrap_or(first),
        });
        Some(self.sealed(draft, kept.name.clone(), row.row))
    }
}

/// A row's marks: the person where certain, else what they are called, to be claimed later; heads as a tally.
fn marks(
    roll: &Roll,
    row: &RowKept,
    person: Option<Id>,
    (activity, sessions): (Id, &HashMap<Date, Id>),
    seen: &mut HashSet<(Id, Id)>,
    draft: &mut Draft,
) {
    for (day, count) in &roll.heads {
        let Some(session) = sessions.get(day) else { continue };
        let id = draft.key.derive(&format!("heads:{day}"));
        let body = json!({ "session": session, "activity": activity, "kind": "tally", "count": count });
        draft.make("participation", "participation.mark", id, body);
    }
    let label = roll.name.clone().or_else(|| roll.nickname.clone()).unwrap_or_default();
    for (day, _) in roll.marks.iter().filter(|(_, mark)| *mark == Mark::Present) {
        let Some(session) = sessions.get(day) else { continue };
        let known = person.filter(|person| seen.insert((*session, *person)));
        let (id, body) = match known {
            Some(person) => (
                session.derive(&format!("person:{person}")),
                json!({ "session": session, "activity": activity, "kind": "person", "person": person, "count": 1 }),
            ),
            None => (
                draft.key.derive(&format!("mark:{day}:{}", row.row)),
                json!({
                    "session": session, "activity": activity, "kind": "nickname", "nickname": cut(&label, 80), "count": 1,
                }),
            ),
        };
        draft.make("participation", "participation.mark", id, body);
    }
}

/// Who comes: what the words leave open is told in the words, and the least is counted.
fn signed_up(
    signup: &SignUp,
    row: &RowKept,
    person: Option<Id>,
    (activity, session): (Id, Id),
    seen: &mut HashSet<(Id, Id)>,
    draft: &mut Draft,
) {
    if signup.replaced {
        return;
    }
    let party = &signup.party;
    let (adults, children, open) = match (party.total, party.adults, party.children) {
        (_, Some(adults), Some(children)) => (adults, children, ""),
        (Some(total), ..) => (total, 0, "大人、孩子各几人没有说明"),
        (None, ..) => (1, 1, "带几个孩子没有说明"),
    };
    let (adults, children) = if adults + children == 0 { (1, 0) } else { (adults, children) };
    let pickup = signup.pickup.filter(|wanted| *wanted).map(|_| "要接送".to_owned());
    let words: Vec<String> = [Some(open.to_owned()), signup.note.clone(), pickup]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .collect();
    let known = person.filter(|person| seen.insert((session, *person)));
    let label = crate::happenings::label_of(signup);
    let nickname = known.is_none().then(|| cut(if label.is_empty() { "没有写称呼" } else { &label }, 80));
    let id = known.map_or_else(
        || draft.key.derive(&format!("signup:{}", row.row)),
        |person| session.derive(&format!("signup:{person}")),
    );
    let mut body = json!({
        "session": session, "activity": activity, "person": known, "nickname": nickname, "adults": adults.min(200),
        "children": children.min(200 - adults.min(200)), "words": cut(&words.join("；"), 200),
    });
    if let Some(phone) = signup.phones.first() {
        body["phone"] = Value::from(phone.as_str());
    }
    draft.make("signup", "signup.make", id, body);
    if signup.cancelled {
        draft.commands.push(("signup.cancel".to_owned(), id, json!({})));
    }
}
