//! The marks of one session: how many, and how many people nobody is known for. Pure.

use std::collections::BTreeMap;
use std::fmt;

use kernel::Cells;

/// Participations nobody is known for, by what was seen, packed into one text such as `F/child=3 /=12`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nameless(BTreeMap<(String, String), i64>);

impl Nameless {
    /// Reads the text; what is no part of it is left out.
    pub fn read(text: &str) -> Self {
        let part = |part: &str| {
            let (what, number) = part.split_once('=')?;
            let (sex, age) = what.split_once('/')?;
            Some(((sex.to_owned(), age.to_owned()), number.parse().ok()?))
        };
        Self(text.split(' ').filter_map(part).collect())
    }

    /// Sex, age and number.
    pub fn each(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        self.0.iter().map(|((sex, age), number)| (sex.as_str(), age.as_str(), *number))
    }

    fn add(&mut self, sex: &str, age: &str, number: i64) {
        let key = (sex.to_owned(), age.to_owned());
        let sum = self.0.get(&key).copied().unwrap_or_default() + number;
        if sum == 0 {
            self.0.remove(&key);
        } else {
            self.0.insert(key, sum);
        }
    }
}

impl fmt::Display for Nameless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (sex, age, number)) in self.each().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{sex}/{age}={number}")?;
        }
        Ok(())
    }
}

/// What the marks of a session come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many marks.
    pub marks: i64,
    /// What nobody is known for.
    pub nameless: Nameless,
}

impl Tally {
    /// What a row of a session says.
    pub fn read(row: Cells<'_>) -> Self {
        let nameless = Nameless::read(row.text("nameless").unwrap_or_default());
        Self { marks: row.int("marks"), nameless }
    }

    /// Adds a row of marks, or takes it away.
    pub fn add(&mut self, row: Cells<'_>, sign: i64) {
        self.marks += sign;
        if row.text("kind") != Some(crate::rolled::HOUSEHOLD) {
            let left = (row.int("count") - row.int("claimed")).max(0);
            let seen = |name| row.text(name).unwrap_or_default();
            let person = row.text("kind") == Some(crate::rolled::PERSON);
            self.nameless.add(seen("sex"), seen("age"), if person { 0 } else { left * sign });
        }
    }
}
