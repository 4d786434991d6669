//! Divisions by words or pinyin, for a field in which somebody types.

use std::sync::OnceLock;

use pinyin::ToPinyin;

use crate::names::ways;
use crate::{Place, divisions};

struct Known {
    place: Place,
    letters: Vec<(String, String)>,
    ways: Vec<String>,
}

fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let named = divisions().iter().filter(|place| !place.is_filler());
        named
            .map(|place| {
                let ways = ways(place.name, place.level());
                let letters = ways.iter().map(|way| (spelt(way), initials(way))).collect();
                Known { place: *place, letters, ways }
            })
            .collect()
    })
}

fn spelt(name: &str) -> String {
    name.to_pinyin().flatten().map(|syllable| syllable.plain().replace('ü', "v")).collect()
}

fn initials(name: &str) -> String {
    name.to_pinyin().flatten().map(pinyin::Pinyin::first_letter).collect()
}

/// A name in letters, the first one large.
pub(crate) fn latin(name: &str) -> String {
    let letters = spelt(name);
    let mut chars = letters.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Provinces, cities and counties whose name, pinyin or initials begin with the query; higher ones first.
pub fn suggest(query: &str, limit: usize) -> Vec<Place> {
    let query: String =
        query.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).take(40).collect();
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, usize, Place)> = known()
        .iter()
        .filter_map(|known| {
            let rank = rank(known, &query)?;
            Some((rank, known.place.code.len(), known.place))
        })
        .collect();
    found.sort_by_key(|(rank, level, place)| (*rank, *level, place.code));
    found.into_iter().take(limit).map(|(_, _, place)| place).collect()
}

fn rank(known: &Known, query: &str) -> Option<u8> {
    if known.ways.iter().any(|way| way == query) {
        return Some(0);
    }
    if known.ways.iter().any(|way| way.starts_with(query)) {
        return Some(1);
    }
    if known.letters.iter().any(|(spelt, initials)| spelt == query || initials == query) {
        return Some(2);
    }
    let begins =
        known.letters.iter().any(|(spelt, initials)| spelt.starts_with(query) || initials.starts_with(query));
    if begins {
        return Some(3);
    }
    known.place.name.contains(query).then_some(4)
}
