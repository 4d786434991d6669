//! Privacy labels: what a field is decides who reads it, what is encrypted, logged, exported and carried.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Role;

/// What a field says about a person, and so how it is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Tells nothing about a person.
    Plain,
    /// Tells who somebody is: names, birth date, ID number.
    Identity,
    /// Reaches somebody: phone, address.
    Contact,
    /// Health, disability, injury.
    Health,
    /// Legal matters, documents, claims.
    Legal,
    /// About a child's life (school, care) without naming the child.
    Minor,
    /// Only for its author and the site manager.
    Sealed,
}

impl Label {
    /// Every label, in the order of the golden grid.
    pub const ALL: [Self; 7] =
        [Self::Plain, Self::Identity, Self::Contact, Self::Health, Self::Legal, Self::Minor, Self::Sealed];

    /// Whether the field is stored encrypted under its subject's data key.
    pub fn encrypted(self) -> bool {
        !matches!(self, Self::Plain | Self::Minor)
    }

    /// Whether a role may read such a field of a record that is in its scope.
    pub fn readable_by(self, role: Role) -> bool {
        match role {
            Role::Manager => true,
            Role::Worker => self != Self::Sealed,
            Role::Volunteer => matches!(self, Self::Plain | Self::Identity | Self::Contact | Self::Minor),
            Role::Auditor => matches!(self, Self::Plain | Self::Minor),
            Role::Coordinator | Role::Operator => self == Self::Plain,
            // A partner reads what a referral tells it, nothing by label.
            Role::Partner => false,
        }
    }
}

/// How two edits of the same field, made apart, are brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The later one is set aside and shown as a conflict.
    Conflict,
    /// Both lists are kept: elements of either, none twice.
    Union,
}

/// A field of a record, with everything that follows from its privacy.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in JSON: state, events and commands use the same.
    pub name: &'static str,
    /// Its privacy label.
    pub label: Label,
    /// Whether a verb that makes the record may set it.
    pub creatable: bool,
    /// Whether `noun.amend` may change it.
    pub amendable: bool,
    /// How edits made apart are merged.
    pub merge: Merge,
}

impl Field {
    /// A field that may be amended; edits made apart conflict.
    pub const fn new(name: &'static str, label: Label) -> Self {
        Self { name, label, creatable: true, amendable: true, merge: Merge::Conflict }
    }

    /// A field that only the record's own commands set, or that follows from others.
    #[must_use]
    pub const fn own(mut self) -> Self {
        self.creatable = false;
        self.amendable = false;
        self
    }

    /// A field that is set once, when the record is made.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.amendable = false;
        self
    }

    /// A list whose additions are kept from both sides.
    #[must_use]
    pub const fn union(mut self) -> Self {
        self.merge = Merge::Union;
        self
    }
}
