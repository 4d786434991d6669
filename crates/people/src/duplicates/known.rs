//! What the register knows of a person when it is compared.

use kernel::Id;
use matching::people::{Known, Sex};

use crate::person::{self, Person};

impl From<person::Sex> for Sex {
    fn from(sex: person::Sex) -> Self {
        match sex {
            person::Sex::F => Self::F,
            person::Sex::M => Self::M,
            person::Sex::U => Self::U,
        }
    }
}

/// What the register's record of a person says; home and household are added by whoever knows them.
pub fn known_of(id: Id, person: &Person) -> Known {
    Known {
        id: Some(id),
        names: person.names.iter().map(|name| name.text.clone()).collect(),
        sex: person.sex.into(),
        birth: person.birth.clone(),
        phones: person.numbers(),
        id_number: person.id_number.clone(),
        ..Known::default()
    }
}
