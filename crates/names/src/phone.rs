//! Telephone numbers as people write them. Validity is by shape only: no table of allocated prefixes.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::fold::is_invisible;

/// What is unusual about the way a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneIssue {
    /// Spaces, dashes or a country code were taken away.
    Format,
    /// Written in full-width digits.
    FullWidth,
    /// Words stand beside the number.
    Note,
    /// The cell holds more than one number.
    Two,
    /// Too few or too many digits for a telephone number.
    Length,
    /// A spreadsheet turned the number into `1.64570E+10`; the digits are lost.
    ExcelText,
}

impl PhoneIssue {
    /// The stable code, as import reports name it (`phone_format` …).
    pub fn code(self) -> &'static str {
        match self {
            Self::Format => "phone_format",
            Self::FullWidth => "phone_full_width",
            Self::Note => "phone_note",
            Self::Two => "phone_two",
            Self::Length => "phone_length",
            Self::ExcelText => "phone_excel_text",
        }
    }

    /// Whether the value cannot be used without asking somebody.
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Length | Self::ExcelText)
    }
}

/// What kind of number the digits are, by their shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneShape {
    /// Eleven digits that start with 1.
    Mobile,
    /// Area code (0…) and seven or eight digits.
    Landline,
    /// Seven or eight digits without an area code.
    Local,
    /// 400 and 800 numbers: ten digits.
    Service,
    /// A number of another country, written with + or 00.
    Foreign,
}

/// One number found in a cell.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneFound {
    /// Digits only, without the Chinese country code; a foreign number starts with +. Empty if they are lost.
    pub digits: String,
    /// Its kind; nothing if the digits make no telephone number.
    pub shape: Option<PhoneShape>,
    /// What was written beside it: 妈妈, 微信同号, 晚上打, an extension.
    pub note: Option<String>,
    /// The part of the cell that it was read from.
    pub raw: String,
    /// What was mended or is wrong.
    pub issues: Vec<PhoneIssue>,
}

impl std::fmt::Debug for PhoneFound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhoneFound({:?}, {:?})", self.shape, self.issues)
    }
}

impl PhoneFound {
    /// Whether the digits can be stored as a number to call.
    pub fn is_sound(&self) -> bool {
        self.shape.is_some() && !self.issues.iter().any(|i| i.is_fault())
    }

    /// As one writes it: `0871-98765432`, `400-810-1234`, mobiles without spaces.
    pub fn written(&self) -> String {
        written(&self.digits)
    }
}

/// A cell longer than this many characters is read only so far.
const CELL: usize = 400;
/// No cell yields more numbers than this.
const MOST: usize = 12;

/// The kind of number that these bare digits are.
pub fn shape(digits: &str) -> Option<PhoneShape> {
    let n = digits.len();
    if let Some(rest) = digits.strip_prefix('+') {
        return ((7..=15).contains(&rest.len()) && is_digits(rest)).then_some(PhoneShape::Foreign);
    }
    if !is_digits(digits) {
        return None;
    }
    match (digits.as_bytes()[0], n) {
        (b'1', 11) => Some(PhoneShape::Mobile),
        (b'0', _) => {
            let area = area_len(digits);
            (digits.as_bytes().get(1) != Some(&b'0') && (n == area + 7 || n == area + 8))
                .then_some(PhoneShape::Landline)
        }
        (b'4' | b'8', 10) if digits[1..].starts_with("00") => Some(PhoneShape::Service),
        (b'2'..=b'9', 7 | 8) => Some(PhoneShape::Local),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Area codes have three digits (010, 02x) or four.
fn area_len(digits: &str) -> usize {
    if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 }
}

/// Digits as one writes them.
pub fn written(digits: &str) -> String {
    match shape(digits) {
        Some(PhoneShape::Landline) => {
            let (area, rest) = digits.split_at(area_len(digits));
            format!("{area}-{rest}")
        }
        Some(PhoneShape::Service) => format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]),
        _ => digits.to_owned(),
    }
}

/// Every way of writing a number brought to one: bare digits without +86, 0086, a leading 86 or a trunk 0 before a
/// mobile number.
/// A foreign number keeps its + and country code. Words are dropped.
///
/// ```
/// assert_eq!(names::phone::fold("+86 138-0013-8000"), "13800138000");
/// assert_eq!(names::phone::fold("１３８ ００１３ ８０００"), "13800138000");
/// ```
pub fn fold(text: &str) -> String {
    let mut digits = String::new();
    for c in text.nfkc().take(CELL) {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            _ => {}
        }
    }
    domestic(&digits)
}

/// Takes a Chinese country code away; 00 becomes + for others.
fn domestic(digits: &str) -> String {
    let (abroad, rest) = match digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")) {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    if let Some(home) = rest.strip_prefix("86") {
        let home = home.strip_prefix("(0)").unwrap_or(home);
        if shape(home) == Some(PhoneShape::Mobile) || (abroad && !home.is_empty()) {
            let landline = format!("0{home}");
            let short = shape(home).is_none() || shape(home) == Some(PhoneShape::Local);
            return if short && shape(&landline) == Some(PhoneShape::Landline) {
                landline
            } else {
                home.to_owned()
            };
        }
    }
    if abroad && !rest.is_empty() {
        return format!("+{rest}");
    }
    // A trunk 0 before a mobile number, as one dialled from another province.
    match digits.strip_prefix('0') {
        Some(mobile) if shape(mobile) == Some(PhoneShape::Mobile) => mobile.to_owned(),
        _ => digits.to_owned(),
    }
}

/// The last four digits of a number that has them.
pub fn last4(digits: &str) -> Option<&str> {
    (digits.is_ascii() && digits.len() >= 7).then(|| &digits[digits.len() - 4..])
}

/// Every number in a cell, however it is written and whatever words stand beside it.
///
/// ```
/// let found = names::phone::parse_cell("138 0013-8000、0871-98765432（妈妈）");
/// assert_eq!(found[0].digits, "13800138000");
/// assert_eq!((found[1].digits.as_str(), found[1].note.as_deref()), ("087198765432", Some("妈妈")));
/// ```
pub fn parse_cell(cell: &str) -> Vec<PhoneFound> {
    let cell: String = cell.chars().filter(|c| !is_invisible(*c)).take(CELL).collect();
    let wide = cell.chars().any(|c| ('\u{ff10}'..='\u{ff19}').contains(&c));
    let plain: String = cell.nfkc().collect();
    let plain = plain.trim().trim_start_matches(['\'', '`']);
    if let Some(lost) = excel_text(plain) {
        return vec![lost];
    }
    let amount = plain.strip_suffix(".0");
    let plain = amount.unwrap_or(plain);
    let mut found = Vec::new();
    for piece in plain.split(['、', ',', ';', '/', '\\', '|', '\n', '\r', '或', '和', '及', '&', '。']) {
        read_piece(piece, &mut found);
        if found.len() >= MOST {
            found.truncate(MOST);
            break;
        }
    }
    let several = found.len() > 1;
    for phone in &mut found {
        if amount.is_some() {
            phone.issues.push(PhoneIssue::Format);
        }
        if wide {
            phone.issues.retain(|i| *i != PhoneIssue::Format || phone.raw.contains(['-', ' ', '+']));
            phone.issues.push(PhoneIssue::FullWidth);
        }
        if several {
            phone.issues.push(PhoneIssue::Two);
        }
    }
    found
}

/// `1.64570E+10` and `1.6457e10`: what a spreadsheet shows of a number it took for an amount.
fn excel_text(cell: &str) -> Option<PhoneFound> {
    let upper = cell.to_ascii_uppercase();
    let (mantissa, exponent) = upper.split_once('E')?;
    let number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (number(mantissa) && number(exponent.strip_prefix('+').unwrap_or(exponent))).then(|| PhoneFound {
        digits: String::new(),
        shape: None,
        note: None,
        raw: cell.to_owned(),
        issues: vec![PhoneIssue::ExcelText],
    })
}

/// A run of digits, or the words between two runs.
enum Token {
    Digits(String),
    Gap(String),
}

fn tokens(piece: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for c in piece.chars() {
        let starts = c == '+' && !matches!(out.last(), Some(Token::Digits(_)));
        if c.is_ascii_digit() || starts {
            match out.last_mut() {
                Some(Token::Digits(run)) => run.push(c),
                _ => out.push(Token::Digits(c.to_string())),
            }
        } else {
            match out.last_mut() {
                Some(Token::Gap(gap)) => gap.push(c),
                _ => out.push(Token::Gap(c.to_string())),
            }
        }
    }
    out
}

/// Whether this gap only separates the digits of one number.
fn joins(gap: &str) -> bool {
    gap.chars().all(|c| {
        c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.' | '·' | '_' | '—' | '–' | '‐' | '‑' | '−')
    })
}

fn read_piece(piece: &str, found: &mut Vec<PhoneFound>) {
    let mut groups: Vec<String> = Vec::new();
    let mut raw = String::new();
    let mut note: Option<String> = None;
    let tokens = tokens(piece);
    let first = found.len();
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Digits(run) => {
                groups.push(run.clone());
                raw.push_str(run);
            }
            Token::Gap(gap) if joins(gap) && !groups.is_empty() => raw.push_str(gap),
            Token::Gap(gap) => {
                let words = words(gap);
                let extension = gap.trim().ends_with('转') || gap.contains("分机");
                if extension && let Some(Token::Digits(_)) = tokens.get(i + 1) {
                    flush(&mut groups, &mut raw, &mut note, found);
                }
                let before = groups.is_empty();
                flush(&mut groups, &mut raw, &mut note, found);
                if words.is_empty() {
                    continue;
                }
                let forward = before && found.len() == first
                    || gap.trim_end().ends_with(':')
                    || matches!(tokens.get(i + 1), Some(Token::Digits(_)))
                        && found.len() > first
                        && found[first].note_before();
                if forward || found.is_empty() {
                    note = Some(words);
                } else if let Some(last) = found.last_mut() {
                    last.annotate(&words);
                }
            }
        }
    }
    flush(&mut groups, &mut raw, &mut note, found);
}

/// The words of a gap without brackets and marks.
fn words(gap: &str) -> String {
    let kept = gap.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | ')' | '[' | ']' | '【' | '】' | ':' | '-' | '.' | '<' | '>' | '"' | '\'' | '+'
            )
    });
    kept.to_owned()
}

impl PhoneFound {
    fn annotate(&mut self, words: &str) {
        match &mut self.note {
            Some(note) => {
                note.push(' ');
                note.push_str(words);
            }
            None => self.note = Some(words.to_owned()),
        }
        if !self.issues.contains(&PhoneIssue::Note) {
            self.issues.push(PhoneIssue::Note);
        }
    }

    /// Whether its words stood in front of it, as in 妈妈138…爸爸139….
    fn note_before(&self) -> bool {
        self.note.as_deref().is_some_and(|note| self.raw.starts_with(note))
    }
}

/// Makes numbers of the digit groups read so far.
fn flush(groups: &mut Vec<String>, raw: &mut String, note: &mut Option<String>, found: &mut Vec<PhoneFound>) {
    if groups.is_empty() {
        return;
    }
    let mut pending = note.take();
    for part in divide(groups) {
        let joined = part.concat();
        let digits = domestic(&joined);
        let shape = shape(&digits);
        if shape.is_none() && joined.len() < 5 && !found.is_empty() {
            if let Some(last) = found.last_mut() {
                last.annotate(&joined);
            }
            continue;
        }
        let mut issues = Vec::new();
        let plain_landline = matches!(shape, Some(PhoneShape::Landline | PhoneShape::Service))
            && part.len() <= 3
            && joined == digits;
        if (part.len() > 1 && !plain_landline) || joined != digits {
            issues.push(PhoneIssue::Format);
        }
        if shape.is_none() {
            issues.push(PhoneIssue::Length);
        }
        let label = pending.take();
        if label.is_some() {
            issues.push(PhoneIssue::Note);
        }
        let raw = format!("{}{}", label.as_deref().unwrap_or(""), raw.trim());
        found.push(PhoneFound { digits, shape, note: label, raw, issues });
    }
    groups.clear();
    raw.clear();
}

/// Cuts digit groups into numbers: as one if together they are one, else the first cut whose parts all are numbers
/// (`138 0013 8000 139…`), else each long group by itself.
fn divide(groups: &[String]) -> Vec<&[String]> {
    let sound = |part: &[String]| {
        shape(&domestic(&part.concat())).is_some_and(|s| s != PhoneShape::Local || part.len() <= 2)
    };
    if sound(groups) {
        return vec![groups];
    }
    let n = groups.len().min(24);
    let mut best: Vec<Option<usize>> = vec![None; n + 1];
    best[n] = Some(n);
    for start in (0..n).rev() {
        best[start] = (start + 1..=n).rev().find(|end| best[*end].is_some() && sound(&groups[start..*end]));
    }
    let mut parts = Vec::new();
    if best[0].is_some() {
        let mut at = 0;
        while let Some(end) = best[at].filter(|end| *end > at) {
            parts.push(&groups[at..end]);
            at = end;
        }
        return parts;
    }
    if groups.iter().filter(|g| g.len() >= 7).count() > 1 { groups.chunks(1).collect() } else { vec![groups] }
}
