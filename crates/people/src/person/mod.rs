//! A person: whoever the organisation knows, by whatever name, with or without papers.

mod cards;
mod commands;
mod find;
mod index;
mod page;
mod roots;
mod state;

pub use cards::cards;
pub use commands::{MergeInto, Unmerge};
pub use find::{MOST, find, recent};
pub use index::{PERSON_BLOCK, PERSON_KEY, PERSON_MERGED, PERSON_ROW};
pub use page::{is_minor, names_of, page};
pub use roots::{roots, same_person};
pub(crate) use state::at_most;
pub use state::{
    Disability, Grade, NameType, Person, PersonEvent, PersonName, Phone, Sex, Source, Stage, YesNo,
};

/// The statements of this record's queries.
pub(crate) fn statements() -> Vec<&'static kernel::Sql> {
    [cards::STATEMENTS, find::STATEMENTS, page::STATEMENTS, roots::STATEMENTS].concat()
}
