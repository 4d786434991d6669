//! The search keys of a person: few short rows in an ordinary table, so that every way of looking a person up is a
//! bounded range of one index.
//!
//! The table is `(site, class, text, person)`, ordered by bytes (PostgreSQL: collation `C`). A row is found with
//! `class = ? AND text >= low AND text < high ORDER BY text LIMIT n`. Because the shorter text sorts first, exact
//! hits come before longer ones without any ranking in SQL. Within a text a space (smaller than every letter) ends
//! the searched part; behind it stands what narrows the search further.

use serde::{Deserialize, Serialize};

use crate::fold::{DOT, fold_short, is_han};
use crate::phone;
use crate::reading::{Readings, latin, of_name, ways};
use crate::surname::surname_len;
use crate::syllable::initial;

/// What a key is made from; the number is stored. Numbers are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Class {
    /// The folded name without dots and spaces: 李晓娜.
    Whole = 1,
    /// Each later part of it, a space, and how what stands before is read: 娜 lixiao.
    Part = 2,
    /// Full pinyin in one word: lixiaona.
    Pinyin = 3,
    /// Full pinyin from a later syllable: xiaona, na.
    PinyinPart = 4,
    /// Initials, a space, the syllables: lxn li'xiao'na.
    Initials = 5,
    /// The same from a later syllable: xn xiao'na.
    InitialsPart = 6,
    /// Characters and letters: li晓娜, 李xiaona, 李晓na.
    Mixed = 7,
    /// Whole telephone number.
    Phone = 8,
    /// Telephone number from its end, so that last digits are a prefix.
    PhoneTail = 9,
}

/// One row of the search table, without site and person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Its class.
    pub class: Class,
    /// Its text.
    pub text: String,
}

/// What kind of name a form is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// The name on papers.
    #[default]
    Birth,
    /// What they are called.
    Nickname,
    /// Pen name, stage name, chat name.
    PenName,
    /// In Latin letters.
    Romanised,
    /// Any other, a former name for instance.
    Other,
}

/// One of the names of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameForm {
    /// As written.
    pub text: String,
    /// Its kind.
    #[serde(default)]
    pub kind: NameKind,
}

impl std::fmt::Debug for NameForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameForm({:?})", self.kind)
    }
}

impl NameForm {
    /// A name of a kind.
    pub fn new(text: impl Into<String>, kind: NameKind) -> Self {
        Self { text: text.into(), kind }
    }

    /// A name as on papers.
    pub fn birth(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Birth)
    }

    /// A nickname.
    pub fn nickname(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Nickname)
    }
}

/// No more forms and phones of one person are indexed than this.
const FORMS: usize = 12;
/// No more characters of a name are indexed than this.
pub(crate) const CHARS: usize = 24;
/// No more inner starting points of one name.
const INNER: usize = 10;
/// Readings of a whole name; of a part; of what stands before or in mixed keys.
const WHOLE_WAYS: usize = 8;
const PART_WAYS: usize = 3;
const SIDE_WAYS: usize = 2;
/// A person has no more keys than this, whatever is written in the forms.
pub const MOST_KEYS: usize = 160;

/// The keys of a person with these names and telephone numbers, sorted, without repetition.
pub fn keys(forms: &[NameForm], phones: &[String]) -> Vec<Key> {
    let mut out = Vec::with_capacity(24);
    for form in forms.iter().take(FORMS) {
        form_keys(form, &mut out);
    }
    for number in phones.iter().take(FORMS) {
        let digits = phone::fold(number);
        let digits = digits.trim_start_matches('+');
        if (5..=20).contains(&digits.len()) {
            push(&mut out, Class::Phone, digits.to_owned());
            push(&mut out, Class::PhoneTail, digits.chars().rev().collect());
        }
    }
    out.sort_unstable();
    out.dedup();
    out.truncate(MOST_KEYS);
    out
}

fn push(out: &mut Vec<Key>, class: Class, text: String) {
    out.push(Key { class, text });
}

/// A name without everything that is only between its characters.
pub(crate) fn bare(folded: &str) -> String {
    folded
        .chars()
        .filter(|c| c.is_alphanumeric() || (*c != DOT && !c.is_whitespace() && !c.is_ascii_punctuation()))
        .collect()
}

fn form_keys(form: &NameForm, out: &mut Vec<Key>) {
    let folded = fold_short(&form.text, CHARS * 2);
    if folded.chars().any(is_han) {
        let chars: Vec<char> = bare(&folded).chars().take(CHARS).collect();
        han_keys(&chars, form.kind, out);
        return;
    }
    let words = latin(&folded);
    if words.is_empty() {
        let whole: String = bare(&folded).chars().take(CHARS).collect();
        if !whole.is_empty() {
            push(out, Class::Whole, whole);
            for word in folded.split([' ', DOT]).skip(1).take(INNER) {
                push(out, Class::Part, word.chars().take(CHARS).chain([' ']).collect());
            }
        }
        return;
    }
    latin_keys(&words, out);
}

/// Keys of a name in Latin letters: as one word, with the last word first, and from each word.
fn latin_keys(words: &str, out: &mut Vec<Key>) {
    let words: Vec<String> = words
        .split(' ')
        .take(6)
        .map(|w| w.get(..CHARS).unwrap_or(w).replace("lyu", "lv").replace("nyu", "nv"))
        .collect();
    push(out, Class::Pinyin, words.concat());
    for from in 1..words.len() {
        push(out, Class::PinyinPart, words[from..].concat());
    }
    if words.len() > 1 {
        let mut turned = words.clone();
        turned.rotate_right(1);
        push(out, Class::Pinyin, turned.concat());
        push(out, Class::Initials, initials(&words.iter().map(String::as_str).collect::<Vec<_>>()));
    }
}

fn initials(syllables: &[&str]) -> String {
    let mut text = String::with_capacity(24);
    for syllable in syllables {
        text.push_str(initial(syllable));
    }
    text.push(' ');
    text.push_str(&syllables.join("'"));
    text
}

fn han_keys(chars: &[char], kind: NameKind, out: &mut Vec<Key>) {
    let readings = of_name(chars);
    push(out, Class::Whole, chars.iter().collect());
    for way in ways(&readings, WHOLE_WAYS) {
        push(out, Class::Pinyin, way.concat());
        if way.len() > 1 {
            push(out, Class::Initials, initials(&way));
        }
    }
    for at in 1..chars.len().min(INNER + 1) {
        let rest: String = chars[at..].iter().collect();
        let before = ways(&readings[..at], SIDE_WAYS);
        for way in &before {
            push(out, Class::Part, format!("{rest} {}", way.concat()));
        }
        if before.is_empty() {
            push(out, Class::Part, format!("{rest} "));
        }
        for way in ways(&readings[at..], PART_WAYS) {
            push(out, Class::PinyinPart, way.concat());
            if way.len() > 1 {
                push(out, Class::InitialsPart, initials(&way));
            }
        }
    }
    if kind != NameKind::Nickname {
        mixed_keys(chars, &readings, out);
    }
}

/// li晓娜 (its end alone is a [`Class::Part`]), 李xiaona, 李晓na.
fn mixed_keys(chars: &[char], readings: &[Readings], out: &mut Vec<Key>) {
    let n = chars.len();
    let at = surname_len(chars).max(1);
    if n <= at || n > 6 {
        return;
    }
    let text = |part: &[char]| part.iter().collect::<String>();
    if n - at > 1 {
        for way in ways(&readings[..at], SIDE_WAYS) {
            push(out, Class::Mixed, way.concat() + &text(&chars[at..]));
        }
        for way in ways(&readings[n - 1..], SIDE_WAYS) {
            push(out, Class::Mixed, text(&chars[..n - 1]) + &way.concat());
        }
    }
    for way in ways(&readings[at..], SIDE_WAYS) {
        push(out, Class::Mixed, text(&chars[..at]) + &way.concat());
    }
}
