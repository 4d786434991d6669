//! Divisions by words or pinyin, for a field in which somebody types.

use std::sync::OnceLock;

use crate::latin::{readings, spells, syllables};
use crate::names::ways;
use crate::{Level, Place, children_of, divisions, find, get};

struct Known {
    place: Place,
    ways: Vec<String>,
    /// One usual reading a character.
    usual: Vec<Vec<String>>,
    /// All readings.
    readings: Vec<Vec<String>>,
}

impl Known {
    fn of(place: Place) -> Self {
        let ways = ways(place.name, place.level());
        let usual = syllables(place.name).into_iter().map(|syllable| vec![syllable]).collect();
        Self { place, ways, usual, readings: readings(place.name) }
    }
}

fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        divisions().iter().filter(|place| !place.is_filler()).map(|place| Known::of(*place)).collect()
    })
}

/// Divisions whose name, pinyin or initials begin with the query; higher ones first. Polyphonic characters are known
/// by all their readings (changsha, chongqing). Words with spaces between go down the tree ("昭通 镇雄 泼机",
/// "zhaotong zx"), also to townships; so do Chinese words without spaces.
pub fn suggest(query: &str, limit: usize) -> Vec<Place> {
    let words: Vec<String> =
        query.split_whitespace().take(4).map(|word| word.to_lowercase().chars().take(40).collect()).collect();
    let Some((last, above)) = words.split_last() else { return Vec::new() };
    let mut found = if above.is_empty() { among(known(), last) } else { below(above, last) };
    found.sort_by_key(|(rank, place)| (*rank, place.code.len(), place.code));
    let mut out: Vec<Place> = found.into_iter().map(|(_, place)| place).take(limit).collect();
    if out.is_empty() && !query.is_ascii() {
        out = find(query).iter().filter_map(|hit| get(hit.code)).take(limit).collect();
    }
    out
}

fn among(all: &[Known], word: &str) -> Vec<(u8, Place)> {
    all.iter().filter_map(|known| Some((rank(known, word)?, known.place))).collect()
}

/// How many divisions that fit the words above are looked into.
const WIDTH: usize = 6;

fn below(above: &[String], last: &str) -> Vec<(u8, Place)> {
    let mut out = Vec::new();
    for parent in suggest(&above.join(" "), WIDTH) {
        let mut inside = children_of(parent.code);
        if parent.level() == Level::Province {
            let cities: Vec<Place> = inside.iter().filter(|p| p.level() == Level::City).copied().collect();
            inside.extend(cities.iter().flat_map(|city| children_of(city.code)));
        } else if parent.level() == Level::City {
            let counties = inside.clone();
            inside.extend(counties.iter().flat_map(|county| children_of(county.code)));
        }
        let inside: Vec<Known> = inside.into_iter().map(Known::of).collect();
        out.extend(among(&inside, last));
    }
    out
}

fn rank(known: &Known, query: &str) -> Option<u8> {
    if !query.is_ascii() {
        return if known.ways.iter().any(|way| way == query) {
            Some(0)
        } else if known.ways.iter().any(|way| way.starts_with(query)) {
            Some(1)
        } else {
            known.place.name.contains(query).then_some(4)
        };
    }
    let (rare, (used, whole)) = match spells(query, &known.usual) {
        Some(found) => (0, found),
        None => (3, spells(query, &known.readings)?),
    };
    let exact = whole && known.ways.iter().any(|way| way.chars().count() == used);
    Some(rare + if exact { 2 } else { 3 })
}
