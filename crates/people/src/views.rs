//! What readers are shown, cut down to what their role may read.

use std::collections::BTreeMap;

use calendar::{AgeRange, Stated};
use jiff::Timestamp;
use kernel::{AccountId, Held, Id, Label, Role, SetAside};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::consent::views::ConsentCard;
use crate::household::views::MemberView;
use crate::person::{PersonName, Sex};

/// Why somebody was found, as pages word it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// The whole name.
    Exact,
    /// The name starts so.
    Prefix,
    /// A part of the name.
    Part,
    /// Full pinyin.
    Pinyin,
    /// Initials.
    Initials,
    /// Characters and letters mixed.
    Mixed,
    /// A nickname.
    Nickname,
    /// A telephone number.
    Phone,
    /// One letter differs.
    Typo,
    /// The same sound.
    Homophone,
}

impl From<names::Why> for Found {
    fn from(why: names::Why) -> Self {
        use names::Why;
        match why {
            Why::WholeName => Self::Exact,
            Why::NameStart => Self::Prefix,
            Why::NameEnd | Why::NamePart => Self::Part,
            Why::Pinyin | Why::PinyinStart | Why::PinyinPart => Self::Pinyin,
            Why::Initials | Why::InitialsStart | Why::InitialsPart => Self::Initials,
            Why::Mixed => Self::Mixed,
            Why::WholePhone | Why::PhoneStart | Why::PhoneTail => Self::Phone,
            Why::Nickname | Why::ChildOf => Self::Nickname,
            Why::Homophone => Self::Homophone,
            Why::Typo => Self::Typo,
        }
    }
}

/// A household in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HouseholdRef {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
}

/// A person in one line.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct PersonCard {
    /// The person.
    pub id: Id,
    /// A short number, unique in the site.
    pub no: i64,
    /// The name to show; empty if the reader may not read it, or it was erased.
    pub name: String,
    /// All names.
    pub names: Vec<PersonName>,
    /// Sex as stated.
    pub sex: Sex,
    /// Birth date as told.
    pub birth: Option<Stated>,
    /// Full years today, least and most.
    pub age: Option<AgeRange>,
    /// The last four digits of each telephone.
    pub phones_tail: Vec<String>,
    /// The household.
    pub household: Option<HouseholdRef>,
    /// Registered home, in words.
    pub home_text: String,
    /// The record that this one is a duplicate of.
    pub merged_into: Option<Id>,
    /// Why it was found.
    pub why: Option<Found>,
}

impl PersonCard {
    /// Somebody of whom the reader knows the name alone.
    pub fn named(id: Id, name: String) -> Self {
        Self {
            id,
            no: 0,
            name,
            names: Vec::new(),
            sex: Sex::default(),
            birth: None,
            age: None,
            phones_tail: Vec::new(),
            household: None,
            home_text: String::new(),
            merged_into: None,
            why: None,
        }
    }
}

/// What the pipeline knows about a record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MetaView {
    /// How many commands changed it.
    pub version: i64,
    /// When it was made.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub created: Timestamp,
    /// When it last changed.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub changed: Timestamp,
    /// Who made it.
    pub made_by: AccountId,
    /// Withdrawn.
    pub retracted: bool,
    /// Its personal data was erased.
    pub erased: bool,
    /// The version in which each field last changed.
    pub stamps: BTreeMap<String, i64>,
}

impl MetaView {
    /// The meta data of a record.
    pub fn of(held: &Held) -> Self {
        Self {
            version: held.meta.version,
            created: held.meta.created,
            changed: held.meta.changed,
            made_by: held.meta.made_by,
            retracted: held.meta.retracted,
            erased: held.meta.erased,
            stamps: held.stamps.clone(),
        }
    }
}

/// A household with its members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct HouseholdView {
    /// Its id.
    pub id: Id,
    /// Its number.
    pub number: String,
    /// Where it lives; empty if the reader may not read it.
    pub address: Option<String>,
    /// Who belongs to it, and when.
    pub members: Vec<MemberView>,
}

/// Which end of a tie the page's person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The other is this to the person.
    Out,
    /// The person is this to the other.
    In,
}

/// The other end of a tie.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Other {
    /// The person.
    pub id: Id,
    /// The name; none if outside of what the reader may see.
    pub name: Option<String>,
}

/// A tie on a person's page.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct TieView {
    /// Its id.
    pub id: Id,
    /// What the one is to the other.
    pub kind: String,
    /// The other end.
    pub other: Other,
    /// Which end the page's person is.
    pub direction: Direction,
    /// In words, if the reader may read it.
    pub note: Option<String>,
}

/// A record with its id, as fields the reader may read.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct RecordView {
    /// Its id.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// Its fields.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

impl RecordView {
    /// A record as a role may read it.
    pub fn of(held: &Held, role: Role) -> Self {
        Self { id: held.meta.id, version: held.meta.version, fields: readable(held, role) }
    }
}

/// Everything about a person that is on the register. The timeline is filled by those who know the other contexts.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct PersonPage {
    /// The person's fields.
    pub person: RecordView,
    /// Version and times.
    pub meta: MetaView,
    /// Values set aside and not settled.
    pub set_aside: Vec<SetAside>,
    /// Households, latest first.
    pub households: Vec<HouseholdView>,
    /// Stays.
    pub stays: Vec<RecordView>,
    /// Ties from both ends.
    pub ties: Vec<TieView>,
    /// What happened, latest first.
    pub timeline: Vec<Map<String, Value>>,
    /// Duplicates that were merged into this record.
    pub merged: Vec<PersonCard>,
    /// What was consented to, newest first.
    pub consents: Vec<ConsentCard>,
    /// Whether the person is, or may be, under 18 today.
    pub minor: bool,
}

/// Places in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceCard {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Code of its division.
    pub within: Option<String>,
    /// The larger place.
    pub parent: Option<Id>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Whether the team goes there regularly.
    pub rounds: bool,
}

/// The fields of a record that a role may read.
pub fn readable(held: &Held, role: Role) -> Map<String, Value> {
    let may = |name: &String| held.def.field(name).is_some_and(|field| field.label.readable_by(role));
    held.object()
        .iter()
        .filter(|(name, _)| may(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The values set aside that a role may read.
pub fn readable_asides(held: &Held, role: Role) -> Vec<SetAside> {
    let may = |name: &str| held.def.field(name).is_some_and(|field| field.label.readable_by(role));
    held.set_aside.iter().filter(|aside| may(&aside.field)).cloned().collect()
}

/// Whether a role may read names.
pub(crate) fn reads_names(role: Role) -> bool {
    Label::Identity.readable_by(role)
}
