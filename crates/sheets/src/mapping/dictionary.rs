//! The header dictionary, read once from `data/headers.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../data/headers.txt");

struct Dictionary {
    exact: HashMap<&'static str, Vec<&'static str>>,
    /// Word, field, and whether it counts in any longer header.
    inside: Vec<(&'static str, &'static str, bool)>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut exact: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut inside = Vec::new();
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let Some((field, words)) = line.split_once('\t') else { continue };
        for word in words.split('|') {
            let plain = word.trim_start_matches(['~', '=']);
            // Latin headers have lost their spaces: a short word would be found inside others (rent in parent).
            let long = if plain.is_ascii() { plain.len() >= 6 } else { plain.chars().count() >= 2 };
            if word.starts_with('~') || (long && !word.starts_with('=')) {
                inside.push((plain, field, word.starts_with('~')));
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
    let found = DICTIONARY.inside.iter().filter(|(word, ..)| header.contains(word));
    let (word, field, anywhere) = found.max_by_key(|(word, field, _)| (word.len(), *field))?;
    let share = word.chars().count() as f64 / header.chars().count().max(1) as f64;
    Some((field, if *anywhere { share.max(0.5) } else { share }))
}
