//! Guardians, in columns of their own or several in one cell: 父亲胡超 138…，母亲王颖 139….

use super::answers;
use super::numbers::{self, Told};
use crate::book::Cell;
use crate::plain;
use crate::values::Guardian;

/// Words that announce a guardian in a mixed cell, longest first.
const RELATIONS: &[&str] = &[
    "监护人",
    "外祖父",
    "外祖母",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "姥姥",
    "姥爷",
    "祖父",
    "祖母",
    "继父",
    "继母",
    "养父",
    "养母",
    "家长",
    "叔叔",
    "姑姑",
    "舅舅",
    "姨妈",
    "伯父",
    "父",
    "母",
    "爸",
    "妈",
];

/// Splits a cell that may hold several guardians with relations and phones.
pub fn mixed(cell: &Cell) -> (Vec<Guardian>, Told) {
    let text = plain::tidy(&cell.shown());
    let mut told: Told = Vec::new();
    if plain::is_nothing(&text) {
        return (Vec::new(), told);
    }
    let mut found: Vec<Guardian> = Vec::new();
    for piece in pieces(&text) {
        let (relation, rest) = relation_of(&piece);
        let words: String = rest.chars().take_while(|c| !c.is_ascii_digit() && *c != '+').collect();
        let digits = &rest[words.len()..];
        let (phones, notes, phone_told) = if digits.is_empty() {
            (Vec::new(), Vec::new(), Vec::new())
        } else {
            numbers::phones(&Cell::Text(digits.into()))
        };
        for (code, note) in phone_told {
            if code != "phone_note" && !told.iter().any(|(known, _)| *known == code) {
                told.push((code, note));
            }
        }
        let (words, inner) = bracket(&words);
        let relation = relation
            .or_else(|| inner.as_deref().or(notes.first().map(String::as_str)).and_then(known_relation));
        let bare = words.trim_matches(|c: char| !plain::is_han(c) && !c.is_alphanumeric() && c != '·');
        let name = Some(bare).filter(|bare| !bare.is_empty()).and_then(|bare| {
            let read = names::cell::parse_name(bare);
            told.extend(
                read.issues
                    .iter()
                    .map(|issue| (issue.code(), None))
                    .filter(|(code, _)| *code != "name_missing"),
            );
            read.name.or_else(|| read.also.first().map(|form| form.text.clone()))
        });
        match found.last_mut() {
            Some(last) if name.is_none() && relation.is_none() => last.phones.extend(phones),
            _ if name.is_none() && relation.is_none() && phones.is_empty() => {}
            _ => found.push(Guardian { name, relation, phones }),
        }
    }
    (found, told)
}

/// Pieces that each speak of one guardian: cut before every announcing word and at list marks that names follow.
fn pieces(text: &str) -> Vec<String> {
    let mut cuts: Vec<usize> = vec![0];
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let boundary = at == 0 || text[..at].ends_with(|c: char| !plain::is_han(c) && c != '(');
        match RELATIONS.iter().find(|word| boundary && rest.starts_with(**word)) {
            Some(word) => {
                cuts.push(at);
                at += word.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    for (index, mark) in text.match_indices([',', ';', '、', '/', '，', '；', '。']) {
        let next = text[index + mark.len()..].trim_start().chars().next();
        if next.is_some_and(plain::is_han) {
            cuts.push(index + mark.len());
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts[1..].iter().copied().chain([text.len()]);
    cuts.iter()
        .zip(ends)
        .map(|(start, end)| text[*start..end].to_owned())
        .filter(|piece| !piece.trim().is_empty())
        .collect()
}

fn relation_of(piece: &str) -> (Option<String>, &str) {
    let piece = piece.trim_start();
    match RELATIONS.iter().find(|word| piece.starts_with(**word)) {
        Some(word) => (known_relation(word), piece[word.len()..].trim_start_matches([':', '-', ' ', '是'])),
        None => (None, piece),
    }
}

fn known_relation(word: &str) -> Option<String> {
    answers::guardian(word)
        .known()
        .filter(|relation| *relation != "other" && *relation != "parent")
        .map(str::to_owned)
}

fn bracket(words: &str) -> (String, Option<String>) {
    match words.split_once('(') {
        Some((before, inner)) => (before.to_owned(), Some(inner.trim_end_matches([')', ' ']).to_owned())),
        None => (words.to_owned(), None),
    }
}
