//! Identifiers: ULIDs, made by whoever acts (a device may be offline), never by the database.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ulid::Ulid;

/// The identifier of a record or a command: a ULID, 26 characters of Crockford base 32 as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub u128);

impl Id {
    /// An id from milliseconds since 1970 and 80 random bits; higher bits of `random` are dropped.
    pub fn from_parts(millis: u64, random: u128) -> Self {
        Self(Ulid::from_parts(millis & 0xffff_ffff_ffff, random & ((1 << 80) - 1)).0)
    }

    /// An id that follows from this one and a label: what a command makes beside its own record gets
    /// the same id however often the command is sent. It keeps the time part of its parent.
    #[must_use]
    pub fn derive(self, label: &str) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u128 ^ (self.0 << 1);
        for byte in label.bytes().chain(self.0.to_be_bytes()) {
            hash ^= u128::from(byte);
            hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Self::from_parts((self.0 >> 80) as u64, hash ^ (hash >> 64))
    }

    /// Milliseconds since 1970 in the id's time part.
    pub fn millis(self) -> u64 {
        (self.0 >> 80) as u64
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 26];
        f.write_str(Ulid(self.0).array_to_str(&mut buffer))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no ULID.
#[derive(Debug, thiserror::Error)]
#[error("not an id: 26 characters of 0-9 and A-Z without I, L, O and U are expected")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Ulid::from_string(text).map(|ulid| Self(ulid.0)).map_err(|_| NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut buffer = [0; 26];
        serializer.serialize_str(Ulid(self.0).array_to_str(&mut buffer))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
            "description": "A ULID: 48 bits of time in milliseconds and 80 random bits."
        })
    }
}

/// Declares an id of its own type, so that a household cannot be passed where a person is meant.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
            ::serde::Serialize, ::serde::Deserialize, ::schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub $crate::Id);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl From<$crate::Id> for $name {
            fn from(id: $crate::Id) -> Self {
                Self(id)
            }
        }
    };
}

typed_id!(
    /// One installation's site: a station, a centre, a co-op.
    SiteId
);
typed_id!(
    /// Somebody who logs in.
    AccountId
);
typed_id!(
    /// A person.
    PersonId
);
typed_id!(
    /// A household.
    HouseholdId
);
typed_id!(
    /// A place that users added: a village, an urban village, an estate.
    PlaceId
);
typed_id!(
    /// An activity.
    ActivityId
);
typed_id!(
    /// An encounter: a visit, a call, a talk.
    EncounterId
);
typed_id!(
    /// A need that was heard.
    NeedId
);
typed_id!(
    /// A tag by which needs are noted.
    NeedTagId
);
typed_id!(
    /// A request that was asked.
    RequestId
);
typed_id!(
    /// A consent that somebody gave.
    ConsentId
);
typed_id!(
    /// An organisation of the network.
    OrganisationId
);
typed_id!(
    /// A service that an organisation offers.
    ServiceId
);
typed_id!(
    /// A referral to an organisation.
    ReferralId
);
typed_id!(
    /// One import of one file.
    BatchId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_agree() {
        let id = Id::from_parts(1_710_460_800_000, 42);
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
        assert_eq!(id.millis(), 1_710_460_800_000);
        assert!("李娜".parse::<Id>().is_err());
    }

    #[test]
    fn derived_ids_repeat_and_differ() {
        let id = Id::from_parts(7, 9);
        assert_eq!(id.derive("need:0"), id.derive("need:0"));
        assert_ne!(id.derive("need:0"), id.derive("need:1"));
        assert_eq!(id.derive("x").millis(), 7);
    }
}
