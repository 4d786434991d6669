//! The records behind a figure of a period. Pure: which of the marks belong to it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::Id;
use schemars::JsonSchema;
use serde::Deserialize;

use super::queries::Marks;
use crate::rolled::{Level, band};
use crate::tables::Known;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Distinct people.
    People,
    /// Participations: the sessions at which they were.
    Participations,
    /// Participations nobody is known for: the sessions at which they were.
    Anonymous,
    /// Sessions.
    Sessions,
    /// Households on rolls.
    Households,
    /// Visits, calls and talks.
    Encounters,
    /// Requests asked.
    Requests,
}

/// By what the rows of its table are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Month of the session.
    Month,
    /// Kind of activity, encounter or need.
    Kind,
    /// Sex.
    Sex,
    /// Age band.
    Age,
    /// Home province.
    Province,
}

/// A row of a table: all of it where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// By what.
    pub by: Option<By>,
    /// The row's key; '' for the unknown.
    pub key: String,
}

/// A record behind a figure, and how many of what is counted it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The record.
    pub id: Id,
    /// How often a person came, or how many were at a session.
    pub count: u64,
}

impl Row {
    fn of_session(&self, day: Date, kind: &str) -> bool {
        match self.by {
            Some(By::Month) => Level::Month.code(day.year(), day.month()) == self.key,
            Some(By::Kind) => kind == self.key,
            _ => true,
        }
    }

    fn of_person(&self, known: &Known, province: &str, last: Date) -> bool {
        match self.by {
            Some(By::Sex) => known.sex.map(String::from).unwrap_or_default() == self.key,
            Some(By::Age) => band(known.age(last)) == self.key,
            Some(By::Province) => province == self.key,
            _ => true,
        }
    }

    fn of_nameless(&self, sex: &str, age: &str) -> bool {
        match self.by {
            Some(By::Sex) => sex == self.key,
            Some(By::Age) => age == self.key,
            Some(By::Province) => false,
            _ => true,
        }
    }
}

/// People, sessions or households behind a figure, in the order of their ids.
pub fn behind(marks: &Marks, of: Of, row: &Row, last: Date) -> Vec<Behind> {
    let mut counts: BTreeMap<Id, u64> = BTreeMap::new();
    let nobody = (Known::default(), String::new());
    let known = marks.present.iter().filter(|mark| {
        let (known, province) = marks.facts.get(&mark.person).unwrap_or(&nobody);
        row.of_session(mark.day, &mark.kind) && row.of_person(known, province, last)
    });
    let unnamed = || marks.unnamed.iter().filter(|mark| row.of_session(mark.day, &mark.kind));
    match of {
        Of::People => known.for_each(|mark| *counts.entry(mark.person).or_default() += 1),
        Of::Participations => known.for_each(|mark| *counts.entry(mark.session).or_default() += 1),
        Of::Sessions => {
            known.for_each(|mark| *counts.entry(mark.session).or_default() += 1);
            unnamed().for_each(|mark| *counts.entry(mark.session).or_default() += mark.count.0);
        }
        Of::Households => {
            unnamed().filter_map(|mark| mark.household).for_each(|id| *counts.entry(id).or_default() += 1);
        }
        Of::Anonymous | Of::Encounters | Of::Requests => {}
    }
    if matches!(of, Of::Participations | Of::Anonymous) {
        let seen = unnamed().filter(|mark| mark.count.0 > 0 && row.of_nameless(&mark.sex, &mark.age));
        seen.for_each(|mark| *counts.entry(mark.session).or_default() += mark.count.0);
    }
    counts.into_iter().map(|(id, count)| Behind { id, count }).collect()
}
