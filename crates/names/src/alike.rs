//! Characters that are mistaken for each other by sight.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::simpler;

/// The groups that each character stands in.
static GROUPS: LazyLock<HashMap<char, Vec<u16>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<u16>> = HashMap::new();
    for (number, line) in (0u16..).zip(include_str!("../data/alike.txt").lines()) {
        for c in line.chars() {
            table.entry(c).or_default().push(number);
        }
    }
    table
});

/// Whether two characters look alike: they stand in one group of `data/alike.txt`. A character is alike to itself
/// and to its traditional form.
///
/// ```
/// assert!(names::alike::looks_like('己', '巳'));
/// assert!(!names::alike::looks_like('李', '王'));
/// ```
pub fn looks_like(a: char, b: char) -> bool {
    let (a, b) = (simpler(a), simpler(b));
    a == b
        || GROUPS.get(&a).is_some_and(|mine| {
            GROUPS.get(&b).is_some_and(|theirs| mine.iter().any(|group| theirs.contains(group)))
        })
}
