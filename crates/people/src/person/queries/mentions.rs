//! Names of the register in free words: a warning where words should name nobody.

use std::collections::BTreeSet;

use journal::{Node, StoreError};
use kernel::{SiteId, Sql, Val};
use names::Class;
use names::fold::{DOT, is_han};

use crate::sql::rows_in;

const KNOWN: &str = "SELECT text FROM person_key WHERE site = $1 AND class IN (1, 3) AND text IN";

/// Statements here, in the shape of one text.
pub static STATEMENTS: &[&Sql] = &[&Sql {
    name: "people.mentions",
    text: "SELECT text FROM person_key WHERE site = $1 AND class IN (1, 3) AND text IN ($2) ORDER BY text",
}];

/// Words are looked at as far as this.
const LOOKED_AT: usize = 4_000;
/// The shortest and the longest name in Chinese characters without a dot.
const HAN: std::ops::RangeInclusive<usize> = 2..=4;
/// The same of a name with a dot.
const DOTTED: std::ops::RangeInclusive<usize> = 3..=12;
/// The most words of a name in letters.
const WORDS: usize = 3;

/// The names in these words by which somebody of the register is known, whole names only.
pub async fn mentioned(node: &Node, site: SiteId, words: &str) -> Result<Vec<String>, StoreError> {
    debug_assert_eq!(
        (Class::Whole as i64, Class::Pinyin as i64),
        (1, 3),
        "the statement names them by number"
    );
    let texts: Vec<Val> = candidates(words).into_iter().map(Val::from).collect();
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let rows = rows_in(node, site, KNOWN, &texts, "ORDER BY text").await?;
    let mut found: Vec<String> = rows.iter().map(|row| row.text(0).to_owned()).collect();
    found.sort();
    found.dedup();
    // A name within a longer one that was found, too, is that one's.
    let whole = found.clone();
    found.retain(|name| !whole.iter().any(|other| other.len() > name.len() && other.contains(name.as_str())));
    Ok(found)
}

/// The shortest name in letters that is looked for.
const LETTERS: usize = 4;

/// Everything in the words that could be a name, as names are kept for searching.
fn candidates(words: &str) -> BTreeSet<String> {
    let text: String = words.chars().take(LOOKED_AT).collect();
    let folded = names::fold(&text);
    let mut all = BTreeSet::new();
    for run in folded.split(|c: char| !(c.is_alphanumeric() || c == DOT)) {
        let plain: Vec<char> = run.chars().filter(|c| *c != DOT).collect();
        let dots = run.chars().enumerate().filter(|(_, c)| *c == DOT).enumerate();
        // Where the dots were, counted in what is left of the run.
        let dots: Vec<usize> = dots.map(|(before, (at, _))| at - before).collect();
        for size in *HAN.start()..=*DOTTED.end() {
            for (start, window) in plain.windows(size).enumerate() {
                let dotted = dots.iter().any(|dot| start < *dot && *dot < start + size);
                let fits = if dotted { DOTTED.contains(&size) } else { HAN.contains(&size) };
                if fits && window.iter().all(|c| is_han(*c)) {
                    all.insert(window.iter().collect());
                }
            }
        }
    }
    let letters: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() || is_han(c)).filter(|word| word.len() > 1).collect();
    for many in 1..=WORDS {
        all.extend(letters.windows(many).map(<[&str]>::concat).filter(|name| name.len() >= LETTERS));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn names_are_looked_for_as_they_are_kept() {
        let found = candidates("房东不肯租给李娜，也不租给阿依古丽·买买提和Li Na。");
        for name in ["李娜", "阿依古丽买买提", "lina"] {
            assert!(found.contains(name), "{name}");
        }
        assert!(candidates("。！").is_empty());
        assert!(candidates(&"长".repeat(10_000)).len() < 10);
    }
}
