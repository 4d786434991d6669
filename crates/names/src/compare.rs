//! How far two written names agree, for finding people who were registered twice.

use serde::{Deserialize, Serialize};

use crate::alike::looks_like;
use crate::cell::without_notes;
use crate::fold::{DOT, display, fold_short, is_han};
use crate::keys::bare;
use crate::nickname::{Core, core_fits, nickname_cores};
use crate::reading::{Readings, latin, of_name, syllables, ways};
use crate::surname::{split, surname_len};
use crate::syllable::initial;

/// How far two names agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameAgreement {
    /// Written alike, spaces and invisible characters aside.
    Same,
    /// Alike but for traditional characters, dots, width, capitals or the order of romanised words.
    SameFolded,
    /// One is the other in pinyin, in either order.
    PinyinOf,
    /// Other characters, same sound.
    Homophone,
    /// Other characters that look alike.
    ShapeAlike,
    /// One character (of three or more, or the surname aside) or one letter differs.
    OneCharOff,
    /// One is a nickname that the other name can give.
    Nickname,
    /// One is a part of the other, or gives initials only, or has a character that could not be written.
    PartMissing,
    /// Only the surname is the same.
    SurnameOnly,
    /// Nothing of this.
    Different,
    /// One of them is empty: nothing can be said.
    Unknown,
}

impl NameAgreement {
    /// All levels, best first.
    pub const ALL: [Self; 11] = [
        Self::Same,
        Self::SameFolded,
        Self::PinyinOf,
        Self::Homophone,
        Self::ShapeAlike,
        Self::OneCharOff,
        Self::Nickname,
        Self::PartMissing,
        Self::SurnameOnly,
        Self::Different,
        Self::Unknown,
    ];

    /// The reason in words, Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Same => "姓名相同",
            Self::SameFolded => "姓名相同（繁简、间隔号或全半角不同）",
            Self::PinyinOf => "一个是另一个的拼音",
            Self::Homophone => "姓名同音不同字",
            Self::ShapeAlike => "姓名字形相近",
            Self::OneCharOff => "姓名差一个字",
            Self::Nickname => "像是同一人的小名或称呼",
            Self::PartMissing => "姓名缺一部分",
            Self::SurnameOnly => "只有姓相同",
            Self::Different => "姓名不同",
            Self::Unknown => "没有姓名可比",
        }
    }

    /// The reason in words, English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Same => "same name",
            Self::SameFolded => "same name (traditional characters, dot or width differ)",
            Self::PinyinOf => "one is the other in pinyin",
            Self::Homophone => "names sound the same, characters differ",
            Self::ShapeAlike => "characters look alike",
            Self::OneCharOff => "one character differs",
            Self::Nickname => "one looks like a nickname of the other",
            Self::PartMissing => "part of the name is missing",
            Self::SurnameOnly => "only the surname is the same",
            Self::Different => "names differ",
            Self::Unknown => "no name to compare",
        }
    }
}

/// No more characters of a name are compared.
const MOST: usize = 64;

/// A name made ready for many comparisons.
#[derive(Clone)]
pub struct Comparable {
    shown: String,
    folded: String,
    chars: Vec<char>,
    han: bool,
    sounds: Vec<String>,
    words: Vec<String>,
    surname: usize,
    readings: Vec<Readings>,
    cores: Vec<Core>,
}

impl std::fmt::Debug for Comparable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Comparable({} characters)", self.chars.len())
    }
}

impl Comparable {
    /// Folds and reads a name once.
    pub fn new(name: &str) -> Self {
        let short = without_notes(&name.chars().take(MOST).collect::<String>());
        let folded = fold_short(&short, MOST);
        let chars: Vec<char> = bare(&folded).chars().collect();
        let han = chars.iter().any(|c| is_han(*c));
        let readings = if han { of_name(&chars) } else { Vec::new() };
        let sounds = ways(&readings, 8).iter().map(|way| way.concat()).collect();
        let cores = nickname_cores(&folded);
        let words = if han { Vec::new() } else { words(&latin(&folded)) };
        let surname = if folded.contains(DOT) {
            folded.chars().take_while(|c| *c != DOT).count()
        } else {
            surname_len(&chars)
        };
        Self { shown: display(&short), folded, chars, han, sounds, words, surname, readings, cores }
    }

    /// Whether this can be a nickname of the other.
    fn nickname_of(&self, other: &Self) -> bool {
        self.cores.iter().any(|core| core_fits(core, &other.chars))
    }

    /// How far two names agree; the order of the two makes no difference.
    pub fn compare(&self, other: &Self) -> NameAgreement {
        use NameAgreement::{Different, Same, SameFolded, Unknown};
        if self.chars.is_empty() || other.chars.is_empty() {
            return Unknown;
        }
        if self.shown == other.shown {
            return Same;
        }
        if self.folded == other.folded || self.chars == other.chars {
            return SameFolded;
        }
        match (self.han, other.han) {
            (true, true) => han_pair(self, other),
            (true, false) => mixed_pair(self, other),
            (false, true) => mixed_pair(other, self),
            (false, false) if self.words.is_empty() || other.words.is_empty() => Different,
            (false, false) => latin_pair(&self.words, &other.words),
        }
    }
}

fn words(latin: &str) -> Vec<String> {
    latin.split(' ').filter(|w| !w.is_empty()).map(|w| w.replace("lyu", "lv").replace("nyu", "nv")).collect()
}

/// How far two names agree.
///
/// ```
/// use names::{NameAgreement, compare};
/// assert_eq!(compare("張海濤", "张海涛"), NameAgreement::SameFolded);
/// assert_eq!(compare("章海涛", "张海涛"), NameAgreement::Homophone);
/// assert_eq!(compare("Haitao Zhang", "张海涛"), NameAgreement::PinyinOf);
/// ```
pub fn compare(a: &str, b: &str) -> NameAgreement {
    Comparable::new(a).compare(&Comparable::new(b))
}

/// Signs that stand for a character somebody could not write.
fn is_blank(c: char) -> bool {
    matches!(c, '□' | '■' | '○' | '〇' | '×' | '*' | '?' | '\u{fffd}' | '_' | '某')
}

fn han_pair(a: &Comparable, b: &Comparable) -> NameAgreement {
    let (x, y) = (a.chars.as_slice(), b.chars.as_slice());
    if x.len() == y.len() && x.len() > 1 {
        if same_sound(a, b) && a.sounds.iter().any(|sound| b.sounds.contains(sound)) {
            return NameAgreement::Homophone;
        }
        let unlike: Vec<(char, char)> =
            x.iter().copied().zip(y.iter().copied()).filter(|(p, q)| p != q).collect();
        let blanks = unlike.iter().filter(|(p, q)| is_blank(*p) || is_blank(*q)).count();
        if blanks > 0 {
            return if blanks == unlike.len() { NameAgreement::PartMissing } else { rest(a, b) };
        }
        // Where other characters agree, those that differ may be a mixture of alike in shape and alike in sound.
        let alike = |(p, q): &(char, char)| looks_like(*p, *q);
        let near = |pair: &(char, char)| alike(pair) || sound_alike(*pair);
        if unlike.iter().all(alike) || (unlike.len() < x.len() && unlike.iter().all(near)) {
            return NameAgreement::ShapeAlike;
        }
        if unlike.len() == 1 && (x.len() > 2 || x[0] != y[0]) {
            let tell = a.nickname_of(b) || b.nickname_of(a);
            // 张伟 and 王伟 share a common given name, no more; 李晓娜 and 王晓娜 are one character apart.
            return match (tell, x.len()) {
                (true, _) => NameAgreement::Nickname,
                (false, 2) => NameAgreement::Different,
                (false, _) => NameAgreement::OneCharOff,
            };
        }
    }
    rest(a, b)
}

/// Character by character some reading is shared; guards against sounds that only meet when run together.
fn same_sound(a: &Comparable, b: &Comparable) -> bool {
    a.readings.iter().zip(&b.readings).all(|(p, q)| p.iter().any(|s| q.contains(s)))
}

fn sound_alike((p, q): (char, char)) -> bool {
    let other = syllables(q);
    syllables(p).iter().any(|s| other.contains(s))
}

/// Nickname, part, surname.
fn rest(a: &Comparable, b: &Comparable) -> NameAgreement {
    if a.nickname_of(b) || b.nickname_of(a) {
        return NameAgreement::Nickname;
    }
    let (short, long) = if a.chars.len() < b.chars.len() { (a, b) } else { (b, a) };
    if short.chars.len() < long.chars.len() && in_order(&short.chars, &long.chars) {
        let surname_alone = short.chars.len() <= long.surname && long.chars.starts_with(&short.chars);
        return if surname_alone { NameAgreement::SurnameOnly } else { NameAgreement::PartMissing };
    }
    let same_surname =
        a.surname > 0 && a.surname == b.surname && a.chars.get(..a.surname) == b.chars.get(..b.surname);
    if same_surname { NameAgreement::SurnameOnly } else { NameAgreement::Different }
}

fn in_order(short: &[char], long: &[char]) -> bool {
    let mut chars = long.iter();
    short.iter().all(|c| chars.any(|l| l == c))
}

fn mixed_pair(han: &Comparable, roman: &Comparable) -> NameAgreement {
    if roman.words.is_empty() {
        return NameAgreement::Different;
    }
    let orders = orders(&roman.words);
    if orders.iter().any(|word| han.sounds.contains(word)) {
        return NameAgreement::PinyinOf;
    }
    if orders.iter().any(|word| han.sounds.iter().any(|sound| word.len() > 3 && one_letter_off(word, sound)))
    {
        return NameAgreement::OneCharOff;
    }
    let all = ways(&han.readings, 8);
    let at = han.surname.max(1);
    let abbreviated = all.iter().filter(|way| way.len() > at).any(|way| {
        let (family, given) = (way[..at].concat(), &way[at..]);
        let short: String = given.iter().map(|s| initial(s)).collect();
        let letters: String = way.iter().map(|s| initial(s)).collect();
        orders.iter().any(|word| {
            *word == format!("{family}{short}")
                || *word == letters
                || *word == format!("{}{}", initial(way[0]), given.concat())
                || *word == format!("{family}{}", initial(given[0]))
        }) || (roman.words.len() == 1 && roman.words[0] == given.concat())
    });
    if abbreviated {
        return NameAgreement::PartMissing;
    }
    let family = |way: &Vec<&str>| way.get(..at).map(<[&str]>::concat);
    let first_last = [roman.words.first(), roman.words.last()];
    let shared = all.iter().filter_map(family).any(|f| first_last.iter().flatten().any(|w| **w == f));
    if shared { NameAgreement::SurnameOnly } else { NameAgreement::Different }
}

/// The words run together as written, with the first one last and the last one first.
fn orders(words: &[String]) -> Vec<String> {
    let mut found = vec![words.concat()];
    if words.len() > 1 {
        for turn in [1, words.len() - 1] {
            let mut turned = words.to_vec();
            turned.rotate_left(turn);
            found.push(turned.concat());
        }
    }
    found
}

fn latin_pair(a: &[String], b: &[String]) -> NameAgreement {
    let (x, y) = (a.concat(), b.concat());
    if orders(a).contains(&y) || orders(b).contains(&x) {
        return NameAgreement::SameFolded;
    }
    if x.len().min(y.len()) >= 4
        && (one_letter_off(&x, &y) || orders(a).iter().any(|x| one_letter_off(x, &y)))
    {
        return NameAgreement::OneCharOff;
    }
    if abbreviates(a, b) || abbreviates(b, a) {
        return NameAgreement::PartMissing;
    }
    let ends = |words: &[String]| [words.first().cloned(), words.last().cloned()];
    let shared = ends(a).iter().flatten().any(|w| w.len() > 1 && ends(b).iter().flatten().any(|v| v == w));
    if shared { NameAgreement::SurnameOnly } else { NameAgreement::Different }
}

/// Whether each word of the first is a word of the second or its initial, and at least one is written out.
fn abbreviates(short: &[String], long: &[String]) -> bool {
    let stands = |s: &String| long.iter().any(|l| l == s || (s.len() == 1 && l.starts_with(s.as_str())));
    short.iter().any(|s| s.len() > 1 && long.contains(s)) && short.iter().all(stands)
}

/// One letter added, left out or changed, or two neighbours swapped.
fn one_letter_off(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    match a.len().abs_diff(b.len()) {
        0 => {
            !a.is_empty() && a[1..] == b[1..]
                || a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]
        }
        1 if a.len() > b.len() => a[1..] == *b,
        1 => b[1..] == *a,
        _ => false,
    }
}

/// Short texts two of which are equal if two names may belong to one person: what to join on before comparing.
/// The first letter tells the kind: `p` pinyin of the whole name, `g` pinyin of the given name, `c` pairs of
/// characters (any one character of a longer name may differ), `n` core of a nickname.
pub fn blocking_keys(name: &str) -> Vec<String> {
    let name = Comparable::new(name);
    let mut out: Vec<String> = Vec::new();
    let n = name.chars.len();
    if name.han {
        out.extend(name.sounds.iter().take(4).map(|s| format!("p{s}")));
        let at = name.surname.min(n);
        if at > 0 && at < n {
            let given = &name.readings[at..];
            out.extend(ways(given, 2).iter().map(|way| format!("g{}", way.concat())));
        }
        let pairs =
            name.chars.iter().enumerate().flat_map(|(i, a)| {
                name.chars.iter().enumerate().skip(i + 1).map(move |(j, b)| (i, j, *a, *b))
            });
        if (3..=6).contains(&n) {
            out.extend(pairs.filter(|(i, j, ..)| j - i <= 2).map(|(_, _, a, b)| format!("c{a}{b}")));
        } else if n == 2 {
            out.push(format!("c{}{}", name.chars[0], name.chars[1]));
        }
        for core in &name.cores {
            let sound = ways(&core.text.chars().map(syllables).collect::<Vec<_>>(), 1);
            out.extend(sound.iter().map(|way| format!("g{}", way.concat())));
        }
    } else {
        out.extend(orders(&name.words).into_iter().map(|word| format!("p{word}")));
        let parts = split(&name.shown);
        out.push(format!("g{}", latin(&parts.given).replace(' ', "")));
    }
    out.retain(|key| key.len() > 1);
    out.sort_unstable();
    out.dedup();
    out
}
