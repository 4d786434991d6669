//! Counts are typed: people, participations, households, copies and reach are different things, and adding
//! two of them does not compile.
//!
//! ```compile_fail
//! let _ = kernel::units::People(3) + kernel::units::Participations(4);
//! ```

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A count of one kind of thing.
pub trait Unit: Copy {
    /// The unit's name in reports and JSON.
    const NAME: &'static str;
    /// The number.
    fn number(self) -> u64;
}

macro_rules! unit {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl Unit for $name {
            const NAME: &'static str = $text;
            fn number(self) -> u64 {
                self.0
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self(0), |sum, part| sum + part)
            }
        }
    )*};
}

unit! {
    /// Distinct people, each counted once.
    People = "people";
    /// Times somebody took part; one person may take part often.
    Participations = "participations";
    /// Distinct households.
    Households = "households";
    /// Copies handed out: leaflets, books.
    Copies = "copies";
    /// People a publication may have reached; an estimate, never added to people.
    Reach = "reach";
    /// Sessions held.
    Sessions = "sessions";
    /// Encounters: visits, calls, talks.
    Encounters = "encounters";
    /// Requests asked.
    Requests = "requests";
}
