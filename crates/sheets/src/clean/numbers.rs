//! Identity numbers, phones and amounts, out of text and out of number cells.

use names::idno::{self, IdFacts, IdFault};

use crate::book::{Cell, number_text};
use crate::plain::{folded, is_nothing};

/// Codes with their details.
pub type Told = Vec<(&'static str, Option<String>)>;

/// Above this a number has lost digits (2^53).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads an identity number. What a spreadsheet ruined is told, never mended.
pub fn id(cell: &Cell) -> (Option<IdFacts>, Told) {
    let mut told: Told = Vec::new();
    let text = match cell {
        Cell::Number(number) if *number >= EXACT => {
            let digits = format!("{number:.0}");
            let note = format!("{}…", &digits[..digits.len().min(15)]);
            return (None, vec![("id_excel_number", Some(note))]);
        }
        Cell::Number(number) => {
            told.push(("id_number_cell", None));
            number_text(*number)
        }
        _ => cell.shown(),
    };
    if is_nothing(&text) || !text.chars().any(char::is_numeric) {
        return (None, Vec::new());
    }
    let (issues, result) = idno::read(&text);
    told.extend(issues.iter().map(|issue| (issue.code(), None)));
    match result {
        Ok(facts) => (Some(facts), told),
        Err(fault) => {
            told.retain(|(code, _)| *code != "id_15" && *code != "id_number_cell");
            told.push(fault_code(fault, &text));
            (None, told)
        }
    }
}

/// A wrong day or province together with a wrong check digit is a slip of the pen: two digits changed places.
fn fault_code(fault: IdFault, text: &str) -> (&'static str, Option<String>) {
    let plain: String =
        folded(text).to_ascii_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if matches!(fault, IdFault::Birth | IdFault::Region) && plain.len() == 18 {
        let expected = idno::check_digit(&plain[..17]);
        if !plain.ends_with(expected) {
            return ("id_checksum", None);
        }
    }
    match fault {
        IdFault::Length(count) => ("id_length", Some(count.to_string())),
        IdFault::Checksum(digit) => ("id_checksum", Some(digit.to_string())),
        other => (other.code(), None),
    }
}

/// Reads all phones of a cell; the second list holds the words beside them.
pub fn phones(cell: &Cell) -> (Vec<String>, Vec<String>, Told) {
    let mut told: Told = Vec::new();
    let text = match cell {
        Cell::Number(number) => {
            told.push(("phone_number_cell", None));
            number_text(*number)
        }
        _ => cell.shown(),
    };
    if is_nothing(&text) || !text.chars().any(char::is_numeric) {
        return (Vec::new(), Vec::new(), Vec::new());
    }
    let (mut phones, mut notes) = (Vec::new(), Vec::new());
    for found in names::phone::parse_cell(&text) {
        for issue in &found.issues {
            let detail = found
                .is_sound()
                .then_some(())
                .map_or_else(|| Some(found.digits.len().to_string()), |()| None);
            if !told.iter().any(|(code, _)| *code == issue.code()) {
                told.push((issue.code(), detail));
            }
        }
        let written = found.written();
        if found.is_sound() && !phones.contains(&written) {
            phones.push(written);
        }
        notes.extend(found.note);
    }
    if text.trim_end().ends_with(".0") && !told.iter().any(|(code, _)| *code == "phone_format") {
        told.push(("phone_format", None));
    }
    if told.iter().any(|(code, _)| *code == "phone_length") {
        told.retain(|(code, _)| *code != "phone_number_cell");
    }
    (phones, notes, told)
}

/// What an amount cell says.
pub enum Amount {
    /// A whole number; `true` if it had to be read out of text.
    Known(u32, bool),
    /// Nothing, or words that say there is none (自有, 不用交).
    Untold,
    /// Digits that make no amount.
    Strange,
}

/// Reads a whole amount, such as a rent of `1,350/月`, an age of `36岁`, a size of `5口`.
pub fn amount(cell: &Cell) -> Amount {
    match cell {
        Cell::Number(number) if (0.0..4e9).contains(number) => Amount::Known(number.round() as u32, false),
        Cell::Number(_) => Amount::Strange,
        _ => amount_in(&folded(&cell.shown())),
    }
}

fn amount_in(text: &str) -> Amount {
    let text = text.replace([',', '￥', '¥', '约', '元', '块', '钱'], " ");
    let text = text.replace(' ', "");
    let text = text.trim_start_matches(['每', '月', '租', '金', '房', ':', 'r', 'm', 'b']);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let Ok(whole) = digits.parse::<u64>() else {
        return chinese(text).map_or_else(
            || if text.chars().any(|c| c.is_ascii_digit()) { Amount::Strange } else { Amount::Untold },
            |value| Amount::Known(value, true),
        );
    };
    let tail: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let scaled = match rest.chars().next() {
        Some('千' | 'k') => whole * 1_000 + small_tail(&tail, 100),
        Some('百') => whole * 100 + small_tail(&tail, 10),
        Some('万') => whole * 10_000 + small_tail(&tail, 1_000),
        _ => whole,
    };
    u32::try_from(scaled).map_or(Amount::Strange, |value| Amount::Known(value, true))
}

/// One digit after 千 stands for hundreds: 1千2 is 1200.
fn small_tail(tail: &str, unit: u64) -> u64 {
    if tail.len() == 1 { tail.parse::<u64>().unwrap_or(0) * unit } else { tail.parse().unwrap_or(0) }
}

/// 八百, 一千二, 三百五十: numerals as people write a rent.
pub fn chinese(text: &str) -> Option<u32> {
    let digit = |c: char| {
        "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32).or((c == '两').then_some(2))
    };
    let (mut total, mut last, mut unit, mut seen) = (0_u32, None, 1_u32, false);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            last = Some(value);
            seen = true;
            continue;
        }
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => break,
        };
        seen = true;
        total += last.take().unwrap_or(1) * scale;
        unit = scale;
    }
    if let Some(rest) = last {
        total += if unit >= 100 && !text.contains('零') { rest * (unit / 10) } else { rest };
    }
    seen.then_some(total)
}
