//! The header dictionary, read once from `data/headers.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../data/headers.txt");

struct Dictionary {
    exact: HashMap<&'static str, Vec<&'static str>>,
    inside: Vec<(&'static str, &'static str)>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut exact: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut inside = Vec::new();
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let Some((field, words)) = line.split_once('\t') else { continue };
        for word in words.split('|') {
            let plain = word.trim_start_matches('~');
            if plain.len() < word.len() {
                inside.push((plain, field));
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
    let marked = DICTIONARY.inside.iter().filter(|(word, _)| header.contains(word)).map(|(w, f)| (*w, *f));
    let long = DICTIONARY
        .exact
        .iter()
        .filter(|(word, _)| word.chars().count() >= 2 && word.len() >= 4 && header.contains(**word))
        .map(|(word, fields)| (*word, fields[0]));
    let (word, field) = marked.chain(long).max_by_key(|(word, field)| (word.len(), *field))?;
    Some((field, word.chars().count() as f64 / header.chars().count().max(1) as f64))
}
