//! What is known of a record when it is compared: a person on the register or a row of a sheet.

use std::hash::{DefaultHasher, Hash, Hasher};

use calendar::Stated;
use jiff::civil::Date;
use kernel::Id;
use names::Comparable;

use super::blocks;

/// Sex as stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not known.
    #[default]
    U,
}

/// What is known, as plain values; whatever is unknown stays empty.
#[derive(Clone, Default)]
pub struct Known {
    /// The record, if it is on the register.
    pub id: Option<Id>,
    /// Names of any kind, nicknames included.
    pub names: Vec<String>,
    /// Sex as stated.
    pub sex: Sex,
    /// Birth date, as exact as known; an age with the day it was told.
    pub birth: Option<Stated>,
    /// Telephone numbers in any writing.
    pub phones: Vec<String>,
    /// Identity number as written.
    pub id_number: Option<String>,
    /// Registered home: province, city, county by division code.
    pub home: [Option<String>; 3],
    /// Address in words.
    pub address: Option<String>,
    /// Number or id of the household.
    pub household: Option<String>,
    /// Names of the others of the household.
    pub members: Vec<String>,
}

/// A record made ready for many comparisons. Has no `Debug`: it holds personal data.
#[derive(Clone)]
pub struct Candidate {
    /// The record, if it is on the register.
    pub id: Option<Id>,
    pub(super) names: Vec<Comparable>,
    pub(super) name_hashes: Vec<u64>,
    pub(super) sex: Sex,
    pub(super) birth: Option<(Date, Date)>,
    pub(super) phones: Vec<u64>,
    pub(super) id_number: Option<String>,
    pub(super) id_sound: bool,
    pub(super) home: [u32; 3],
    pub(super) address: Option<(u64, bool)>,
    pub(super) household: Option<u64>,
    pub(super) members: Vec<u64>,
    pub(super) stored: Vec<u64>,
    pub(super) sought: Vec<u64>,
}

/// Names, phones and members of one record that are compared.
const MOST: usize = 8;

pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn hashes(texts: impl Iterator<Item = String>) -> Vec<u64> {
    let mut out: Vec<u64> = texts.filter(|text| !text.is_empty()).take(60).map(|text| hash(&text)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The first three levels of division codes as numbers; 0 where unknown.
fn codes(home: &[Option<String>; 3]) -> [u32; 3] {
    let deepest = home.iter().rev().flatten().next().map_or("", String::as_str);
    [2, 4, 6].map(|digits| deepest.get(..digits).and_then(|code| code.parse().ok()).unwrap_or_default())
}

/// Makes a record ready for comparison. A sound identity number makes a vague birth date exact if the two agree.
pub fn candidate_of(known: &Known) -> Candidate {
    let names: Vec<&str> =
        known.names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).take(MOST).collect();
    let facts = known.id_number.as_deref().map(names::idno::check);
    let sound = facts.as_ref().and_then(|facts| facts.as_ref().ok());
    let birth = match (known.birth.as_ref().map(Stated::bounds), sound) {
        (Some((first, last)), Some(id)) if (first..=last).contains(&id.birth) => Some((id.birth, id.birth)),
        (None, Some(id)) => Some((id.birth, id.birth)),
        (birth, _) => birth,
    };
    let id_number = sound.map(|id| id.number.clone()).or_else(|| {
        let written: String = known
            .id_number
            .iter()
            .flat_map(|id| id.chars())
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .take(40)
            .collect();
        (written.len() == 18).then_some(written)
    });
    let phones: Vec<String> =
        known.phones.iter().take(MOST).map(|p| names::phone::fold(p)).filter(|p| p.len() >= 5).collect();
    let sound_number = sound.map(|id| id.number.as_str());
    let address = known.address.as_deref().map(names::fold).filter(|address| !address.is_empty());
    let mut stored = blocks::stored(&names, birth, &phones, sound_number);
    let mut sought = blocks::sought(&names, birth, &phones, sound_number);
    // In memory a name without a year of birth is also found by its sound alone, and housemates by their address.
    stored.extend(blocks::sought_yearless(&names).into_iter().map(|key| format!("~{key}")));
    if birth.and_then(blocks::years).is_none() {
        sought.extend(blocks::sought_yearless(&names).into_iter().map(|key| format!("~{key}")));
    }
    let specific = |address: &String| address.chars().any(|c| c.is_ascii_digit());
    if let Some(address) = address.as_ref().filter(|address| specific(address)) {
        let key = format!("a{address}:{:?}", known.sex);
        stored.push(key.clone());
        sought.push(key);
    }
    Candidate {
        id: known.id,
        name_hashes: hashes(names.iter().map(|name| names::fold(name))),
        names: names.iter().map(|name| Comparable::new(name)).collect(),
        sex: known.sex,
        birth,
        phones: hashes(phones.into_iter()),
        id_sound: sound.is_some(),
        id_number,
        home: codes(&known.home),
        address: address.as_ref().map(|address| (hash(address), specific(address))),
        household: known.household.as_deref().filter(|text| !text.is_empty()).map(hash),
        members: hashes(known.members.iter().map(|name| names::fold(name))),
        stored: hashes(stored.into_iter()),
        sought: hashes(sought.into_iter()),
    }
}
