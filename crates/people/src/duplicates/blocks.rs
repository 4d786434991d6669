//! The blocking keys of a person on the register; [`matching::people::blocks`] says what they are.

use matching::people::blocks::stored;

use crate::person::Person;
use crate::stated;

/// The keys of a person on the register.
pub fn of_person(person: &Person) -> Vec<String> {
    let names: Vec<&str> = person.names.iter().map(|name| name.text.as_str()).collect();
    let id = person.id_number.as_deref().and_then(|id| names::idno::check(id).ok());
    let birth =
        person.birth.as_ref().map(stated::range).or_else(|| id.as_ref().map(|id| (id.birth, id.birth)));
    stored(&names, birth, &person.numbers(), id.as_ref().map(|id| id.number.as_str()))
}
