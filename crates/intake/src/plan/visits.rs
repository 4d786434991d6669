//! A row of a log of visits as commands: the encounter, the needs that were heard, people who are new.

use kernel::Id;
use serde_json::{Value, json};
use sheets::events::{Happening, Visit};

use super::{Bundle, Draft, Planner};
use crate::line::{Line, LineRow};
use crate::preview::{Choice, RowKept, SheetKept};

/// What a place in words may hold.
const PLACE: usize = 200;

/// What a note may hold.
const NOTE: usize = 7_900;

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// How they met, in the register's words.
fn kind(visit: &Visit) -> &'static str {
    match visit.kind.as_deref() {
        Some("phone" | "wechat") => "call",
        Some("street" | "office") => "talk",
        _ => "visit",
    }
}

fn outcome(visit: &Visit) -> &str {
    if visit.result == "reached" { "met" } else { &visit.result }
}

/// The note: what was said, and what the sheet tells that has no field of its own.
fn note(visit: &Visit, row: &RowKept) -> String {
    let mut lines: Vec<String> = visit.text.iter().cloned().collect();
    if let Some(who) = visit
        .who
        .as_ref()
        .filter(|_| visit.unnamed > 0 || visit.people.iter().any(|one| one.through.is_some()))
    {
        lines.push(format!("对象：{who}"));
    }
    if visit.kind.as_deref() == Some("wechat") {
        lines.push("方式：微信".to_owned());
    }
    if !visit.workers.is_empty() {
        lines.push(format!("走访人：{}", visit.workers.join("、")));
    }
    lines.extend(visit.next.iter().map(|next| format!("下次：{next}")));
    if row.issues.iter().any(|issue| issue.field == "day" && issue.severity == sheets::Severity::Flag) {
        let words = if visit.day.is_none() {
            "表上的日期不能用，暂按前后各行记，请核对"
        } else {
            "表上的日期对不上前后各行，请核对"
        };
        lines.push(words.to_owned());
    }
    cut(&lines.join("\n"), NOTE)
}

impl Planner<'_> {
    /// The bundle of a visit.
    pub(super) fn visit(&mut self, sheet: usize, at: usize) -> Option<Bundle> {
        let kept = &self.preview.sheets[sheet];
        let row = &kept.rows[at];
        let choice = self.preview.choice(row);
        let Some(Happening::Visit(visit)) = &row.happening else { return None };
        let day = visit.day.or(visit.about)?;
        if choice == Choice::Skip || row.known.is_some() {
            return None;
        }
        let key = self.preview.id.0.derive(&format!("bundle:{sheet}:{}", row.row));
        let line = Line { batch: self.preview.id, ..Line::default() };
        let mut draft = Draft { key, commands: Vec::new(), line, counts: (0, 0, 0) };
        let taken = row.taken(choice == Choice::Same);
        let persons: Vec<Id> = row
            .people
            .iter()
            .zip(taken)
            .map(|(one, person)| match person {
                Some(person) => {
                    draft.counts.1 += 1;
                    person
                }
                None => self.stranger(kept, row, &one.label, visit.address.as_deref(), &mut draft),
            })
            .collect();
        let encounter = self.preview.id.0.derive(&format!("encounter:{sheet}:{}", row.row));
        let mut team: Vec<Id> = visit.workers.iter().filter_map(|name| self.register.worker(name)).collect();
        let worker = (!team.is_empty()).then(|| team.remove(0));
        let body = json!({
            "kind": kind(visit), "day": day, "outcome": outcome(visit), "minutes": visit.minutes, "persons": persons,
            "worker": worker, "workers": team, "place_text": cut(visit.address.as_deref().unwrap_or_default(), PLACE),
            "note": note(visit, row),
        });
        draft.make("encounter", "encounter.record", encounter, body);
        for code in &visit.needs {
            let words = cut(visit.text.as_deref().unwrap_or_default(), 2_000);
            let body = json!({
                "person": persons.first(), "encounter": encounter, "code": code, "words": words, "from_remark": true,
            });
            draft.make("need", "need.hear", encounter.derive(&format!("need:{code}")), body);
        }
        draft.line.rows.push(LineRow {
            sheet: sheet as u32,
            row: row.row,
            digest: row.digest.clone(),
            person: encounter,
        });
        Some(self.sealed(draft, kept.name.clone(), row.row))
    }

    /// Somebody whom the register does not have: made once, and known again by the name in later rows of the sheet.
    fn stranger(
        &mut self,
        sheet: &SheetKept,
        row: &RowKept,
        label: &str,
        address: Option<&str>,
        draft: &mut Draft,
    ) -> Id {
        let nickname = !names::nickname::nickname_cores(label).is_empty();
        let place = address.filter(|_| nickname).unwrap_or_default();
        let key = format!("{}|{}", names::fold(label), names::fold(place));
        if let Some(known) = self.strangers.get(&key) {
            draft.counts.1 += 1;
            return *known;
        }
        let person = self.preview.id.0.derive(&format!("stranger:{key}"));
        let kind = if nickname { "nickname" } else { "birth" };
        let body: Value = json!({
            "names": [{ "kind": kind, "text": cut(label, 80) }],
            "source": { "batch": self.preview.id, "sheet": sheet.name, "row": row.row },
        });
        draft.make("person", "person.create", person, body);
        draft.counts.0 += 1;
        self.strangers.insert(key, person);
        person
    }
}
