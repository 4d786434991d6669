//! What is known of a person, made ready to be compared.

use names::{Comparable, NameAgreement};

use crate::engine::similar::edits;

/// Sex as it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// A birth date as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Birth {
    /// Year, possibly reckoned from an age.
    pub year: i32,
    /// Month 1–12, if known.
    pub month: Option<u8>,
    /// Day 1–31, if known.
    pub day: Option<u8>,
    /// By how many years the year may be off: 0 if it was told, 1 if reckoned from an age, 2 from a nominal age (虚岁).
    pub slack: u8,
    /// Whether month and day count in the Chinese calendar.
    pub lunar: bool,
}

impl Birth {
    /// A day of the common calendar.
    pub fn on(year: i32, month: u8, day: u8) -> Self {
        Self { year, month: Some(month), day: Some(day), slack: 0, lunar: false }
    }

    /// A year alone; `slack` as in the field.
    pub fn in_year(year: i32, slack: u8) -> Self {
        Self { year, month: None, day: None, slack, lunar: false }
    }

    fn exact(self) -> bool {
        self.month.is_some() && self.day.is_some() && self.slack == 0
    }
}

/// What is known of a person. Empty text counts as not known.
#[derive(Clone, Default)]
pub struct Sketch<'a> {
    /// All names, nicknames included.
    pub names: Vec<&'a str>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth date; taken from the ID number by the caller if there is no other.
    pub birth: Option<Birth>,
    /// Telephone numbers, digits only.
    pub phones: Vec<&'a str>,
    /// ID number, sound or not, without spaces.
    pub id_no: Option<&'a str>,
    /// Division code of the registered home: two digits for a province, four for a city, six for a county.
    pub home: Option<&'a str>,
    /// Town or village of the registered home.
    pub village: Option<&'a str>,
    /// Where the person lives now.
    pub address: Option<&'a str>,
    /// The household or list entry under which the person was written down: two people of one entry are two people,
    /// since nobody is listed twice among their own family.
    pub household: Option<&'a str>,
}

impl std::fmt::Debug for Sketch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sketch({} names, {} phones)", self.names.len(), self.phones.len())
    }
}

/// A person made ready to be compared with many others.
#[derive(Clone)]
pub struct Card {
    names: Vec<Name>,
    name_keys: Vec<String>,
    sex: Option<Sex>,
    birth: Option<Birth>,
    phones: Vec<Vec<char>>,
    id_no: Option<Number>,
    home: Option<String>,
    village: Option<String>,
    address: Option<Vec<char>>,
    household: Option<String>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Card({} names, {} phones)", self.names.len(), self.phones.len())
    }
}

/// A name, its folded form, and how its characters sound to somebody who does not tell n from ng.
#[derive(Clone)]
struct Name {
    read: Comparable,
    folded: String,
    blurred: Vec<Vec<String>>,
}

/// An ID number of 18 characters, and whether its check character is right.
#[derive(Clone)]
struct Number {
    digits: Vec<char>,
    sound: bool,
}

/// Numbers of the fields, in the order of levels.
pub(crate) const NAME: usize = 0;
pub(crate) const SEX: usize = 1;
pub(crate) const BIRTH: usize = 2;
/// Birth dates of which one is not told to the day. A field of its own: that a date is vague must be no evidence.
pub(crate) const BIRTH_PART: usize = 3;
pub(crate) const PHONE: usize = 4;
pub(crate) const ID_NO: usize = 5;
pub(crate) const HOME: usize = 6;
pub(crate) const ADDRESS: usize = 7;
pub(crate) const LISTING: usize = 8;
/// How many fields there are.
pub const FIELDS: usize = 9;

/// Levels of names: 0 is different, 8 the same.
pub(crate) const NAME_NICKNAME: u8 = 3;
pub(crate) const NAME_NEAR: u8 = 5;
pub(crate) const NAME_SAME: u8 = 8;
/// Levels of whole birth dates: 3 is a slip, 4 the same day.
pub(crate) const BIRTH_SLIP: u8 = 3;
pub(crate) const BIRTH_SAME: u8 = 4;
/// Levels of vague birth dates: 2 agrees as far as known.
pub(crate) const BIRTH_AGREES: u8 = 2;
/// An equal ID number or telephone.
pub(crate) const NUMBER_SAME: u8 = 2;

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).take(64).collect()
}

impl Card {
    /// Folds and reads everything once.
    pub fn new(sketch: &Sketch<'_>) -> Self {
        let names: Vec<&str> = sketch.names.iter().filter_map(|name| filled(Some(name))).take(8).collect();
        let mut name_keys: Vec<String> = names.iter().flat_map(|name| names::blocking_keys(name)).collect();
        name_keys.sort_unstable();
        name_keys.dedup();
        Self {
            names: names.iter().map(|name| Name::new(name)).collect(),
            name_keys,
            sex: sketch.sex,
            birth: sketch.birth,
            phones: sketch
                .phones
                .iter()
                .map(|phone| letters(phone))
                .filter(|phone| phone.len() >= 5)
                .collect(),
            id_no: filled(sketch.id_no).map(Number::new),
            home: filled(sketch.home).map(str::to_owned),
            village: filled(sketch.village).map(names::fold),
            address: filled(sketch.address).map(|address| letters(&names::fold(address))),
            household: filled(sketch.household).map(str::to_owned),
        }
    }

    /// The folded form of the first name, by which the register counts how common a name is.
    pub fn folded_name(&self) -> Option<&str> {
        self.names.first().map(|name| name.folded.as_str())
    }

    /// Short texts under which to file a person, so that [`Card::probes`] of the same person finds them.
    pub fn keys(&self) -> Vec<String> {
        let years = self.birth.map(|birth| birth.year..=birth.year);
        self.file(years.as_ref())
    }

    /// Short texts to look up in the file; reach over the years that the birth date leaves open.
    pub fn probes(&self) -> Vec<String> {
        let years = self.birth.map(|birth| {
            let reach = i32::from(birth.slack).max(1);
            birth.year - reach..=birth.year + reach
        });
        self.file(years.as_ref())
    }

    fn file(&self, years: Option<&std::ops::RangeInclusive<i32>>) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        keys.extend(
            self.id_no.as_ref().map(|number| format!("i{}", number.digits.iter().collect::<String>())),
        );
        keys.extend(self.phones.iter().map(|phone| format!("t{}", phone.iter().collect::<String>())));
        for key in &self.name_keys {
            // A whole name in pinyin is rare enough by itself; its parts need the year of birth or the home.
            if key.starts_with('p') {
                keys.push(key.clone());
            }
            if let Some(years) = years {
                keys.extend(years.clone().map(|year| format!("{key}@{year}")));
            }
            if let Some(county) = self.home.as_ref().filter(|home| home.len() >= 6) {
                keys.push(format!("{key}#{county}"));
            }
        }
        if let (Some(birth), Some(sex)) = (self.birth.filter(|birth| birth.exact()), self.sex) {
            let part = self.home.as_deref().unwrap_or("");
            let (month, day) = (birth.month.unwrap_or(0), birth.day.unwrap_or(0));
            keys.push(format!("b{}-{month}-{day}{sex:?}{part}", birth.year));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The level of every field for a pair, in the order of [`crate::Model::default_people`].
    pub fn levels(&self, other: &Self) -> [Option<u8>; FIELDS] {
        let mut levels = [None; FIELDS];
        levels[NAME] = self.name_level(other);
        levels[SEX] = self.sex.zip(other.sex).map(|(one, two)| u8::from(one == two));
        if let Some((one, two)) = self.birth.zip(other.birth) {
            if one.exact() && two.exact() && one.lunar == two.lunar {
                levels[BIRTH] = Some(birth_level(one, two));
            } else {
                levels[BIRTH_PART] = Some(vague_level(one, two));
            }
        }
        levels[PHONE] = phone_level(&self.phones, &other.phones);
        levels[ID_NO] = self.id_no.as_ref().zip(other.id_no.as_ref()).and_then(|(one, two)| one.level(two));
        levels[HOME] = self.home_level(other);
        levels[ADDRESS] =
            self.address.as_ref().zip(other.address.as_ref()).map(|(one, two)| address_level(one, two));
        levels[LISTING] =
            self.household.as_ref().zip(other.household.as_ref()).map(|(one, two)| u8::from(one == two));
        levels
    }

    fn name_level(&self, other: &Self) -> Option<u8> {
        let pairs = self.names.iter().flat_map(|one| other.names.iter().map(move |two| (one, two)));
        pairs.filter_map(|(one, two)| one.level(two)).max()
    }

    fn home_level(&self, other: &Self) -> Option<u8> {
        let (one, two) = (self.home.as_ref()?, other.home.as_ref()?);
        let known = one.len().min(two.len()).min(6);
        let shared = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
        let same_village = self.village.is_some() && self.village == other.village;
        match shared.min(known) {
            6.. if same_village => Some(4),
            6.. => Some(3),
            // Nothing is said against each other by a home of which only the province is known.
            4 | 5 if known < 6 => Some(2),
            2 | 3 if known < 4 => None,
            4 | 5 => Some(2),
            2 | 3 => Some(1),
            _ => Some(0),
        }
    }
}

impl Name {
    fn new(name: &str) -> Self {
        let folded = names::fold(name);
        let readings = |letter: char| names::syllables(letter).iter().map(|sound| blur(sound)).collect();
        let blurred = folded.chars().take(8).map(readings).collect();
        Self { read: Comparable::new(name), folded, blurred }
    }

    fn level(&self, other: &Self) -> Option<u8> {
        let level = level_of(self.read.compare(&other.read))?;
        Some(if level < NAME_NEAR && self.sounds_near(other) { NAME_NEAR } else { level })
    }

    /// Whether every character sounds the same to a southern ear: 陈娟 and 程娟.
    fn sounds_near(&self, other: &Self) -> bool {
        let (one, two) = (&self.blurred, &other.blurred);
        let shares = |(a, b): (&Vec<String>, &Vec<String>)| a.iter().any(|sound| b.contains(sound));
        one.len() > 1 && one.len() == two.len() && one.iter().zip(two).all(shares)
    }
}

/// A syllable without the differences that many people neither hear nor write: n and ng, flat and curled s, l and n, f
/// and h.
fn blur(syllable: &str) -> String {
    let end = syllable.strip_suffix('g').filter(|rest| rest.ends_with('n')).unwrap_or(syllable);
    let mut text = end.to_owned();
    for (from, to) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("hu", "fu")] {
        if let Some(rest) = text.strip_prefix(from) {
            text = format!("{to}{rest}");
            break;
        }
    }
    text
}

impl Number {
    fn new(text: &str) -> Self {
        let digits = eighteen(text);
        let sound = names::idno::check(&digits.iter().collect::<String>()).is_ok();
        Self { digits, sound }
    }

    /// Nothing if one is damaged by more than a slip: then it says neither yes nor no.
    fn level(&self, other: &Self) -> Option<u8> {
        let level = number_level(&self.digits, &other.digits);
        (level > 0 || (self.sound && other.sound)).then_some(level)
    }
}

fn level_of(agreement: NameAgreement) -> Option<u8> {
    use NameAgreement as A;
    Some(match agreement {
        A::Same | A::SameFolded => NAME_SAME,
        A::PinyinOf => 7,
        A::Homophone => 6,
        A::ShapeAlike => 5,
        A::OneCharOff => 4,
        A::Nickname => NAME_NICKNAME,
        A::PartMissing => 2,
        A::SurnameOnly => 1,
        A::Different => 0,
        A::Unknown => return None,
    })
}

fn birth_level(one: Birth, two: Birth) -> u8 {
    if one == two {
        return BIRTH_SAME;
    }
    let years = one.year.abs_diff(two.year);
    let turned = years == 0 && one.month == two.day && one.day == two.month;
    if turned || edits(&digits(one), &digits(two)) == 1 {
        return BIRTH_SLIP;
    }
    match years {
        0 => 2,
        1 => 1,
        _ => 0,
    }
}

/// 3 for the same month, 2 if nothing contradicts, 1 for a year too many apart, 0 for more.
fn vague_level(one: Birth, two: Birth) -> u8 {
    let years = one.year.abs_diff(two.year);
    let slack = u32::from(one.slack) + u32::from(two.slack);
    let months = one.month.zip(two.month).filter(|_| slack == 0 && one.lunar == two.lunar);
    match months {
        Some((a, b)) if years == 0 => {
            if a == b {
                3
            } else {
                1
            }
        }
        _ if years <= slack => BIRTH_AGREES,
        _ => u8::from(years == slack + 1),
    }
}

fn digits(birth: Birth) -> Vec<char> {
    let (month, day) = (birth.month.unwrap_or(0), birth.day.unwrap_or(0));
    format!("{:04}{month:02}{day:02}", birth.year).chars().collect()
}

fn phone_level(one: &[Vec<char>], two: &[Vec<char>]) -> Option<u8> {
    let pairs = one.iter().flat_map(|a| two.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| number_level(a, b)).max()
}

/// 2 for equal, 1 for one slip, else 0.
fn number_level(one: &[char], two: &[char]) -> u8 {
    if one == two {
        return NUMBER_SAME;
    }
    u8::from(one.len().abs_diff(two.len()) <= 1 && edits(one, two) == 1)
}

/// An ID number of the first generation (15 digits) without its check letter is brought to the form of the second.
fn eighteen(number: &str) -> Vec<char> {
    let digits = letters(number);
    if digits.len() != 15 || !digits.iter().all(char::is_ascii_digit) {
        return digits;
    }
    let mut text: String = digits[..6].iter().collect();
    text.push_str("19");
    text.extend(&digits[6..]);
    let check = names::idno::check_digit(&text);
    text.push(check);
    text.chars().collect()
}

/// 3 for equal, 2 for a slip or for one within the other, 1 for a shared beginning, 0 for others.
fn address_level(one: &[char], two: &[char]) -> u8 {
    if one == two {
        return 3;
    }
    let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    let slips = long.len() - short.len() <= 1 && short.len() >= 8 && edits(one, two) == 1;
    if slips || (short.len() >= 4 && long.ends_with(short)) {
        return 2;
    }
    let shared = one.iter().zip(two).take_while(|(a, b)| a == b).count();
    u8::from(shared >= 4)
}
