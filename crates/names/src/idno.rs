//! Citizen identity numbers (GB 11643): check digit, what they tell, and how spreadsheets ruin them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::fold::is_invisible;

/// What a sound number says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdFacts {
    /// All eighteen characters, X in upper case; a number of fifteen digits is brought to eighteen.
    pub number: String,
    /// Day of birth.
    pub birth: Date,
    /// Sex by the seventeenth digit.
    pub sex: IdSex,
    /// Six digits of the county where the number was first given out. Not checked against a list: counties change.
    pub region: String,
}

impl std::fmt::Debug for IdFacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdFacts(…)")
    }
}

/// Sex as the number states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IdSex {
    /// Even seventeenth digit.
    #[serde(rename = "F")]
    Female,
    /// Odd seventeenth digit.
    #[serde(rename = "M")]
    Male,
}

/// Why a number cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdFault {
    /// Nothing there, or words without a digit (未带, 无).
    Empty,
    /// Not fifteen or eighteen characters; how many there are.
    Length(usize),
    /// A character that no such number has.
    Character,
    /// The first two digits are no province.
    Region,
    /// The eight digits are no day.
    Birth,
    /// The check digit should be this one.
    Checksum(char),
    /// The spreadsheet kept fifteen digits and lost the last three.
    ExcelNumber,
    /// The spreadsheet wrote `5.30697E+17`: only six digits are left.
    ExcelText,
}

impl IdFault {
    /// The stable code, as import reports name it (`id_checksum` …).
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "id_missing",
            Self::Length(_) => "id_length",
            Self::Character => "id_character",
            Self::Region => "id_region",
            Self::Birth => "id_birth",
            Self::Checksum(_) => "id_checksum",
            Self::ExcelNumber => "id_excel_number",
            Self::ExcelText => "id_excel_text",
        }
    }
}

/// What was harmless about the way a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdIssue {
    /// Spaces around or inside.
    Spaces,
    /// An apostrophe in front, as people do in spreadsheets.
    Apostrophe,
    /// Full-width digits.
    FullWidth,
    /// x instead of X.
    LowerX,
    /// A number of fifteen digits, given out until 1999.
    Fifteen,
}

impl IdIssue {
    /// The stable code, as import reports name it (`id_spaces` …).
    pub fn code(self) -> &'static str {
        match self {
            Self::Spaces => "id_spaces",
            Self::Apostrophe => "id_apostrophe",
            Self::FullWidth => "id_full_width",
            Self::LowerX => "id_lower_x",
            Self::Fifteen => "id_15",
        }
    }
}

/// Checks a number and reads it. Spaces, full width, x and an apostrophe are forgiven, nothing else is mended.
pub fn check(text: &str) -> Result<IdFacts, IdFault> {
    read(text).1
}

/// Like [`check`], and tells what was forgiven.
pub fn read(text: &str) -> (Vec<IdIssue>, Result<IdFacts, IdFault>) {
    let mut issues = Vec::new();
    let seen: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).take(64).collect();
    if seen.iter().any(|c| c.is_whitespace() || *c == '-') {
        issues.push(IdIssue::Spaces);
    }
    if seen.iter().any(|c| ('\u{ff01}'..='\u{ff5e}').contains(c)) {
        issues.push(IdIssue::FullWidth);
    }
    let mut plain: String = seen.iter().copied().nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if plain.starts_with(['\'', '`', '’', '‘']) {
        issues.push(IdIssue::Apostrophe);
        plain = plain.trim_start_matches(['\'', '`', '’', '‘']).to_owned();
    }
    if plain.ends_with('x') {
        issues.push(IdIssue::LowerX);
        plain.pop();
        plain.push('X');
    }
    if plain.len() == 15 && plain.bytes().all(|b| b.is_ascii_digit()) {
        issues.push(IdIssue::Fifteen);
    }
    (issues, judge(&plain))
}

fn judge(plain: &str) -> Result<IdFacts, IdFault> {
    if !plain.contains(|c: char| c.is_ascii_digit()) {
        return Err(IdFault::Empty);
    }
    if let Some(fault) = scientific(plain) {
        return Err(fault);
    }
    let n = plain.chars().count();
    if !matches!(n, 15 | 18) {
        return Err(IdFault::Length(n));
    }
    let digits =
        if n == 18 { &plain[..plain.len() - plain.chars().last().map_or(0, char::len_utf8)] } else { plain };
    if !digits.bytes().all(|b| b.is_ascii_digit())
        || (n == 18 && !plain.ends_with(|c: char| c.is_ascii_digit() || c == 'X'))
    {
        return Err(IdFault::Character);
    }
    let body = if n == 15 { format!("{}19{}", &plain[..6], &plain[6..]) } else { digits.to_owned() };
    let expected = check_digit(&body);
    let number = if n == 15 { format!("{body}{expected}") } else { plain.to_owned() };
    if !number.ends_with(expected) && number.ends_with("000") {
        return Err(IdFault::ExcelNumber);
    }
    if !number.ends_with(expected) {
        return Err(IdFault::Checksum(expected));
    }
    if !PROVINCES.contains(&&number[..2]) {
        return Err(IdFault::Region);
    }
    let birth = born(&number).ok_or(IdFault::Birth)?;
    let odd = number.as_bytes()[16] % 2 == 1;
    let sex = if odd { IdSex::Male } else { IdSex::Female };
    Ok(IdFacts { birth, sex, region: number[..6].to_owned(), number })
}

/// First two digits in use: provinces, Hong Kong, Macau, Taiwan and (83) its residents' permits, 91 foreigners'.
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    "83", "91",
];

fn born(number: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| number.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
    if !(1860..=2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The check digit of seventeen digits (ISO 7064, MOD 11-2, as GB 11643 lays down).
pub fn check_digit(seventeen: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = seventeen.bytes().zip(WEIGHTS).map(|(d, w)| u32::from(d.wrapping_sub(b'0')) * w).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

/// Scientific notation: with fifteen digits the last three are lost, with fewer nearly all. A sound number of fifteen
/// digits can come as a number, too (`5.32599800807675e14`).
fn scientific(plain: &str) -> Option<IdFault> {
    let upper = plain.to_ascii_uppercase();
    let (mantissa, exponent) = upper.split_once('E')?;
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let number = mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && exponent.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit());
    number.then_some(if digits >= 10 { IdFault::ExcelNumber } else { IdFault::ExcelText })
}
