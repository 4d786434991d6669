//! The header dictionary, read once from `data/headers.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../data/headers.txt");

struct Dictionary {
    exact: HashMap<&'static str, Vec<&'static str>>,
    inside: Vec<Word>,
}

/// A word that counts inside a longer header.
struct Word {
    /// Its parts in their order; mostly one.
    parts: Vec<&'static str>,
    field: &'static str,
    /// Counts in any longer header, however small its share.
    anywhere: bool,
}

impl Word {
    fn within(&self, header: &str) -> bool {
        let mut rest = header;
        self.parts.iter().all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    }

    fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut exact: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut inside = Vec::new();
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let Some((field, words)) = line.split_once('\t') else { continue };
        for word in words.split('|') {
            let plain = word.trim_start_matches(['~', '=']);
            if plain.contains('+') {
                inside.push(Word { parts: plain.split('+').collect(), field, anywhere: true });
                continue;
            }
            // Latin headers have lost their spaces: a short word would be found inside others (rent in parent).
            let long = if plain.is_ascii() { plain.len() >= 6 } else { plain.chars().count() >= 2 };
            if word.starts_with('~') || (long && !word.starts_with('=')) {
                inside.push(Word { parts: vec![plain], field, anywhere: word.starts_with('~') });
            }
            let fields = exact.entry(plain).or_default();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    Dictionary { exact, inside }
});

/// Fields that a header word names, best first. `header` is as [`crate::plain::header`] makes it.
pub fn exact(header: &str) -> &'static [&'static str] {
    DICTIONARY.exact.get(header).map_or(&[], Vec::as_slice)
}

/// The field of the longest dictionary word that the header contains, with that word's share of it.
pub fn inside(header: &str) -> Option<(&'static str, f64)> {
    let found = DICTIONARY.inside.iter().filter(|word| word.within(header));
    let word = found.max_by_key(|word| (word.bytes(), word.parts.len() == 1, word.field))?;
    let share = word.parts.iter().map(|part| part.chars().count()).sum::<usize>() as f64
        / header.chars().count().max(1) as f64;
    Some((word.field, if word.anywhere { share.max(0.5) } else { share }))
}
