//! Phones as chat groups and form services export them: guarded against spreadsheets, with words beside them.

use crate::book::Cell;
use crate::clean::numbers;

/// The phones of a cell and what is told of how they were written.
pub fn read(cell: &Cell) -> (Vec<String>, Vec<(&'static str, Option<String>)>) {
    let Cell::Text(text) = cell else {
        let (phones, _, told) = numbers::phones(cell);
        return (phones, told);
    };
    let (plain, guarded) = unguarded(text);
    let (phones, _, mut told) = numbers::phones(&Cell::Text(plain.into()));
    if guarded && !phones.is_empty() {
        told.retain(|(code, _)| *code != "phone_format");
        told.push(("phone_format", Some("export guard".to_owned())));
    }
    (phones, told)
}

/// Without `="…"`, a leading apostrophe or tabulator: what exports put around numbers.
fn unguarded(text: &str) -> (String, bool) {
    let mut plain = text.trim_matches([' ', '\n', '\r']);
    if let Some(inner) = plain.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return (inner.to_owned(), true);
    }
    let guard = |c: char| matches!(c, '\'' | '\t' | '’' | '‘' | '`');
    let guarded = plain.starts_with(guard) || plain.ends_with('\t');
    plain = plain.trim_matches(guard);
    (plain.to_owned(), guarded)
}
