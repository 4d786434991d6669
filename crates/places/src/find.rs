//! The places that a free text may begin with.

use crate::home::{best, plain};
use crate::{Level, children_of};

/// A place that a text begins with.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// The code of the deepest division named, townships included; of a former county the former one.
    pub code: &'static str,
    /// What the division does not explain: village, street.
    pub rest: String,
    /// Share of the text's characters that the division explains, in hundredths.
    pub score: u8,
    /// Whether the words fit other places as well.
    pub ambiguous: bool,
}

impl std::fmt::Debug for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hit").field("code", &self.code).field("score", &self.score).finish_non_exhaustive()
    }
}

/// Reads a free address. Several hits mean that nothing in the text decides between them; none, that it begins with no
/// division from province to county. Townships are found below their county only.
pub fn find(text: &str) -> Vec<Hit> {
    let chars = plain(text);
    let readings = best(&chars);
    let ambiguous = readings.len() > 1;
    let hits = readings.iter().map(|reading| {
        let rest: String = chars[reading.length..].iter().collect();
        let (code, rest) = township(reading.code, &rest).unwrap_or((reading.code, rest));
        let explained = chars.len() - rest.chars().count();
        let score = u8::try_from(explained * 100 / chars.len().max(1)).unwrap_or(100);
        Hit { code, rest, score, ambiguous }
    });
    hits.collect()
}

/// The township of a county that the rest begins with, by its full name or without what it is.
fn township(county: &str, rest: &str) -> Option<(&'static str, String)> {
    const ENDINGS: &[&str] = &["街道办事处", "街道", "镇", "乡"];
    let level = crate::get(county)?.level();
    if level != Level::County || rest.is_empty() {
        return None;
    }
    let found = children_of(crate::current(county)?).into_iter().filter_map(|place| {
        if let Some(left) = rest.strip_prefix(place.name) {
            return Some((place.name.len(), place.code, left));
        }
        let stem = ENDINGS.iter().find_map(|ending| place.name.strip_suffix(ending))?;
        let left = rest.strip_prefix(stem).filter(|_| stem.chars().count() > 1)?;
        let other = ENDINGS.iter().find_map(|ending| left.strip_prefix(ending));
        Some((stem.len(), place.code, other.unwrap_or(left)))
    });
    found.max_by_key(|(length, ..)| *length).map(|(_, code, left)| (code, left.to_owned()))
}
