//! Households as readers see them.

use kernel::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::state::Role;
use crate::stated::Stated;
use crate::views::{MetaView, RecordView};

/// A member of a household.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct MemberView {
    /// The person; a duplicate is shown under its own id.
    pub person: Id,
    /// The name; none if outside of what the reader may see.
    pub name: Option<String>,
    /// As what.
    pub role: Role,
    /// Since when.
    pub from: Option<Stated>,
    /// Until when.
    pub to: Option<Stated>,
}

/// A household in one line.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct HouseholdCard {
    /// Its id.
    pub id: Id,
    /// A short number, unique in the site.
    pub no: i64,
    /// Its number in the organisation's own register.
    pub number: String,
    /// Where it lives, if the reader may read it.
    pub address: Option<String>,
    /// Who belongs to it.
    pub members: Vec<MemberView>,
}

/// A household's page.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct HouseholdPage {
    /// Its fields.
    pub household: RecordView,
    /// Version and times.
    pub meta: MetaView,
    /// Values set aside and not settled.
    pub set_aside: Vec<kernel::SetAside>,
    /// Its members with names.
    pub members: Vec<MemberView>,
}

/// A member of a household on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub person: Id,
    /// The name, as far as the reader may know it.
    pub name: Option<String>,
    /// The least age that is possible on the day; none where it is not known.
    pub least_age: Option<u8>,
}

/// A household with those who belong to it on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guests {
    /// The household.
    pub household: Id,
    /// Its number.
    pub number: String,
    /// Who belongs to it, merged people once.
    pub members: Vec<Guest>,
}
