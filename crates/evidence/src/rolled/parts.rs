//! How often, by month and kind of activity, packed into one text such as `03dropin=4 11feast=1`.

use std::collections::BTreeMap;
use std::fmt;

/// Numbers by month and kind of activity; none of them 0 or less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(BTreeMap<(i8, String), i64>);

impl Parts {
    /// Reads the text.
    pub fn read(text: &str) -> Self {
        Self(packed(text).map(|(month, kind, number)| ((month, kind.to_owned()), number)).collect())
    }

    /// Adds, or takes away; what comes to nothing goes.
    pub fn add(&mut self, month: i8, kind: &str, number: i64) {
        let key = (month, kind.to_owned());
        let sum = self.0.get(&key).copied().unwrap_or_default() + number;
        if sum > 0 {
            self.0.insert(key, sum);
        } else {
            self.0.remove(&key);
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Month, kind, number.
    pub fn each(&self) -> impl Iterator<Item = (i8, &str, i64)> {
        self.0.iter().map(|((month, kind), number)| (*month, kind.as_str(), *number))
    }
}

/// Month, kind, number as they stand in a text; what is no part of it is left out, as only damage brings it about.
pub fn packed(text: &str) -> impl Iterator<Item = (i8, &str, i64)> {
    text.split(' ').filter_map(|part| {
        let (what, number) = part.rsplit_once('=')?;
        let (month, kind) = what.split_at_checked(2)?;
        Some((month.parse().ok()?, kind, number.parse().ok()?))
    })
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (month, kind, number)) in self.each().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{month:02}{kind}={number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn parts_are_written_and_read() {
        let mut parts = Parts::default();
        for (month, kind, number) in
            [(11, "feast", 1), (3, "dropin", 3), (3, "dropin", 1), (4, "x", 1), (4, "x", -1)]
        {
            parts.add(month, kind, number);
        }
        assert_eq!(parts.to_string(), "03dropin=4 11feast=1");
        assert_eq!(Parts::read(&parts.to_string()), parts);
        assert_eq!(Parts::read(""), Parts::default());
        assert_eq!(Parts::read("娜 x=y 1=2 03=1").to_string(), "03=1");
    }
}
