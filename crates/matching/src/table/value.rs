//! Values made ready to be compared, and how far two of them agree.

use super::dates::{self, Date};
use crate::engine::similar::{edits, jaro_winkler, sound};

/// The values of a field are compared in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words: names, streets, places.
    Text,
    /// A Chinese person's whole name.
    Name,
    /// A day.
    Date,
    /// Digits where one may be mistyped: postcodes, house numbers, ID numbers.
    Number,
    /// One or more telephone numbers.
    Phone,
}

/// Nothing agrees.
pub(crate) const DIFFERS: u8 = 0;
/// Something agrees.
pub(crate) const FAINT: u8 = 1;
/// Much agrees.
pub(crate) const ALIKE: u8 = 2;
/// A slip of the pen apart.
pub(crate) const CLOSE: u8 = 3;
/// It stands in the neighbouring column of the other row.
pub(crate) const CROSSED: u8 = 4;
/// The same.
pub(crate) const EQUAL: u8 = 5;
/// How many levels there are.
pub(crate) const LEVELS: usize = 6;

/// A value that was folded, cut and read once.
pub(crate) enum Value {
    Text(Text),
    Name(Box<Name>),
    Date(Date),
    Number(Vec<char>),
    Phone(Vec<String>),
}

/// A whole name, and the keys that names which may belong to one person share.
pub(crate) struct Name {
    read: names::Comparable,
    keys: Vec<String>,
    first: Option<char>,
    han: bool,
}

impl Name {
    fn new(cell: &str) -> Self {
        let first = names::fold(&cell.chars().take(64).collect::<String>()).chars().next();
        Self {
            read: names::Comparable::new(cell),
            keys: names::blocking_keys(cell),
            first,
            han: cell.chars().any(names::fold::is_han),
        }
    }

    fn level(&self, other: &Self) -> u8 {
        // Most pairs are of strangers, and comparing readings is dear. Only two names in characters can be told apart
        // by their keys: initials and parts of romanised ones have none in common.
        let strangers =
            self.han && other.han && !self.keys.iter().any(|key| other.keys.binary_search(key).is_ok());
        if strangers && self.first != other.first {
            return DIFFERS;
        }
        name_level(self.read.compare(&other.read))
    }
}

/// Words without spaces, and the words.
pub(crate) struct Text {
    letters: Vec<char>,
    words: Vec<String>,
    sound: String,
    /// One bit per letter that occurs (by its number modulo 64): a slip changes two of them at most.
    bits: u64,
}

/// The form under which equal values are found; empty if there is no value.
pub(crate) fn folded(kind: Kind, cell: &str) -> String {
    let cell = cell.trim();
    if matches!(cell, "" | "-" | "--" | "/" | "无" | "不详" | "未知") {
        return String::new();
    }
    let lower = cell.to_lowercase();
    if matches!(lower.as_str(), "null" | "nan" | "none" | "n/a" | "unknown") {
        return String::new();
    }
    match kind {
        Kind::Name => names::fold(cell),
        Kind::Text => names::fold(cell).chars().filter(|letter| letter.is_alphanumeric()).collect(),
        Kind::Date => dates::read_partly(cell)
            .map_or(lower, |date| format!("{:04}{:02}{:02}", date.year, date.month, date.day)),
        Kind::Number => lower.chars().filter(|letter| letter.is_alphanumeric()).collect(),
        Kind::Phone => phones(cell).join(" "),
    }
}

/// Telephone numbers in a cell, digits only, without the country code of China.
fn phones(cell: &str) -> Vec<String> {
    let mut found: Vec<String> = cell
        .split(['/', '、', ',', '，', ';', '；', '\n'])
        .map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>())
        .map(|digits| match digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")) {
            Some(rest) if rest.len() >= 10 => rest.to_owned(),
            _ => digits,
        })
        .filter(|digits| digits.len() >= 5)
        .take(4)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

impl Value {
    /// Prepares a cell that [`folded`] did not find empty.
    pub(crate) fn new(kind: Kind, cell: &str) -> Self {
        match kind {
            Kind::Text => Self::Text(Text::new(cell)),
            Kind::Name => Self::Name(Box::new(Name::new(cell))),
            Kind::Date => match dates::read_partly(cell) {
                Some(date) => Self::Date(date),
                None => Self::Number(folded(Kind::Number, cell).chars().take(64).collect()),
            },
            Kind::Number => Self::Number(folded(Kind::Number, cell).chars().take(64).collect()),
            Kind::Phone => Self::Phone(phones(cell)),
        }
    }

    /// The level at which two different values agree; never [`EQUAL`].
    pub(crate) fn level(&self, other: &Self) -> u8 {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one.level(two),
            (Self::Name(one), Self::Name(two)) => one.level(two),
            (Self::Date(one), Self::Date(two)) => date_level(*one, *two),
            (Self::Number(one), Self::Number(two)) => number_level(one, two),
            (Self::Phone(one), Self::Phone(two)) => phone_level(one, two),
            _ => DIFFERS,
        }
    }

    /// Whether two values are a slip apart or equal.
    pub(crate) fn close(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one.close(two),
            _ => self.level(other) >= CLOSE,
        }
    }

    /// Keys under which values that are nearly the same meet.
    pub(crate) fn coarse(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.sound.clone()],
            Self::Name(name) => name.keys.clone(),
            // Month and day share their keys, since they are often swapped.
            Self::Date(date) if date.whole() => vec![
                format!("y{}-{}", date.year, date.month),
                format!("y{}-{}", date.year, date.day),
                format!("m{}-{}", date.month, date.day),
            ],
            Self::Date(date) => vec![format!("y{}", date.year)],
            Self::Number(digits) => vec![digits.iter().collect()],
            Self::Phone(numbers) => numbers.clone(),
        }
    }
}

impl Text {
    fn new(cell: &str) -> Self {
        let short: String = cell.chars().take(128).collect();
        let folded = names::fold(&short);
        let mut words: Vec<String> = folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        let letters: Vec<char> = folded.chars().filter(|letter| letter.is_alphanumeric()).take(64).collect();
        let sound = sound(&letters);
        let bits = letters.iter().fold(0, |bits, letter| bits | 1_u64 << (*letter as u32 % 64));
        Self { letters, words, sound, bits }
    }

    /// How many slips lead from one to the other; `None` if more than `most`, which is often seen without counting.
    fn slips(&self, other: &Self, most: usize) -> Option<usize> {
        let (one, two) = (self.letters.as_slice(), other.letters.as_slice());
        let apart = (self.bits ^ other.bits).count_ones() as usize;
        if one.len().abs_diff(two.len()) > most || apart > 2 * most {
            return None;
        }
        Some(edits(one, two)).filter(|slips| *slips <= most)
    }

    /// How many slips texts of this length may be apart and still count as close.
    fn allowed(&self, other: &Self) -> usize {
        match self.letters.len().min(other.letters.len()) {
            0..=2 => 0,
            3..=6 => 1,
            7..=13 => 2,
            _ => 3,
        }
    }

    fn close(&self, other: &Self) -> bool {
        let most = self.allowed(other);
        most > 0 && self.slips(other, most).is_some()
    }

    fn level(&self, other: &Self) -> u8 {
        let (one, two) = (self.letters.as_slice(), other.letters.as_slice());
        let (short, long) = (one.len().min(two.len()), one.len().max(two.len()));
        let (close, alike) = (self.allowed(other), if long >= 4 { long / 4 } else { 0 });
        match self.slips(other, close.max(alike)) {
            Some(slips) if slips <= close && close > 0 => return CLOSE,
            Some(slips) if slips <= alike && alike > 0 => return ALIKE,
            _ => {}
        }
        let jaro = jaro_winkler(one, two);
        let same_words = self.words.len() > 1 && self.words == other.words;
        let starts = short >= 4 && one[..short] == two[..short];
        if same_words || starts || jaro >= 0.9 {
            return ALIKE;
        }
        let near = jaro >= 0.8 || (short >= 3 && self.sound == other.sound) || shared_words(self, other);
        if near { FAINT } else { DIFFERS }
    }
}

/// Whether half of the words of the wordier text stand in the other.
fn shared_words(one: &Text, two: &Text) -> bool {
    let shared = one.words.iter().filter(|word| two.words.binary_search(word).is_ok()).count();
    shared > 0 && shared * 2 > one.words.len().max(two.words.len())
}

fn name_level(agreement: names::NameAgreement) -> u8 {
    use names::NameAgreement as A;
    match agreement {
        A::Same | A::SameFolded | A::PinyinOf | A::Homophone | A::ShapeAlike => CLOSE,
        A::OneCharOff | A::Nickname | A::PartMissing => ALIKE,
        A::SurnameOnly => FAINT,
        A::Different | A::Unknown => DIFFERS,
    }
}

fn date_level(one: Date, two: Date) -> u8 {
    if !(one.whole() && two.whole()) {
        let months = one.month == two.month || one.month == 0 || two.month == 0;
        return if one.year == two.year && months { ALIKE } else { DIFFERS };
    }
    let slips = edits(&one.digits(), &two.digits());
    let turned = one.year == two.year && one.month == two.day && one.day == two.month;
    if slips <= 1 || turned {
        return CLOSE;
    }
    let same = [one.year == two.year, one.month == two.month, one.day == two.day];
    match same.iter().filter(|part| **part).count() {
        2 => ALIKE,
        _ if slips == 2 => FAINT,
        _ => DIFFERS,
    }
}

fn number_level(one: &[char], two: &[char]) -> u8 {
    let long = one.len().max(two.len());
    let slips = edits(one, two);
    if slips == 1 && long >= 2 {
        return CLOSE;
    }
    if long >= 4 && slips == 2 { ALIKE } else { DIFFERS }
}

fn phone_level(one: &[String], two: &[String]) -> u8 {
    let any = |test: &dyn Fn(&str, &str) -> bool| one.iter().any(|a| two.iter().any(|b| test(a, b)));
    if any(&|a, b| a == b || (a.len().min(b.len()) >= 7 && (a.ends_with(b) || b.ends_with(a)))) {
        return CLOSE;
    }
    let letters = |digits: &str| digits.chars().collect::<Vec<_>>();
    if any(&|a, b| edits(&letters(a), &letters(b)) == 1) { ALIKE } else { DIFFERS }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(kind: Kind, one: &str, two: &str) -> u8 {
        let level = Value::new(kind, one).level(&Value::new(kind, two));
        assert_eq!(level, Value::new(kind, two).level(&Value::new(kind, one)), "{one} {two}: order matters");
        level
    }

    #[test]
    fn words() {
        for (one, two, expected) in [
            ("salkauskas crescent", "salkauskas cresent", CLOSE),
            ("neumann", "neuman", CLOSE),
            ("king street north", "north king street", ALIKE),
            ("catherine", "katharine", CLOSE),
            ("smith", "jones", DIFFERS),
            ("'; DROP TABLE people; --", "<b>李娜</b>", DIFFERS),
        ] {
            assert_eq!(level(Kind::Text, one, two), expected, "{one} {two}");
        }
    }

    #[test]
    fn dates_numbers_phones_names() {
        for (kind, one, two, expected) in [
            (Kind::Date, "1956-04-09", "1956-09-04", CLOSE),
            (Kind::Date, "19560409", "1956-04-19", CLOSE),
            (Kind::Date, "1956-04-09", "1971-04-09", ALIKE),
            (Kind::Date, "1956", "1956-04-09", ALIKE),
            (Kind::Date, "1956-02-30", "1971-11-12", DIFFERS),
            (Kind::Number, "2119", "2191", CLOSE),
            (Kind::Number, "7", "8", DIFFERS),
            (Kind::Phone, "164 1277 9367 / 010-55551234", "+86 16412779367", CLOSE),
            (Kind::Phone, "16412779367", "16412779376", ALIKE),
            (Kind::Name, "张海涛", "章海涛", CLOSE),
            (Kind::Name, "张海涛", "李娜", DIFFERS),
        ] {
            assert_eq!(level(kind, one, two), expected, "{one} {two}");
        }
    }

    #[test]
    fn blanks_and_lengths() {
        for blank in ["", "  ", "-", "无", "NULL", "n/a"] {
            assert_eq!(folded(Kind::Text, blank), "");
        }
        let long = "𠮷".repeat(10_000);
        for kind in [Kind::Text, Kind::Name, Kind::Date, Kind::Number, Kind::Phone] {
            assert!(level(kind, &long, "李娜") <= FAINT);
        }
    }
}
