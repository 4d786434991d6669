//! A person: whoever the organisation knows, by whatever name, with or without papers.

mod commands;
mod index;
mod queries;
mod state;

pub use commands::{MergeInto, Unmerge};
pub use index::{PERSON_BLOCK, PERSON_KEY, PERSON_MERGED, PERSON_ROW};
pub use queries::cards::cards;
pub use queries::find::{MOST, find, recent};
pub use queries::mentions::mentioned;
pub use queries::on_roll::{OnRoll, names_on_roll};
pub use queries::page::{is_grown, is_minor, names_of, page};
pub use queries::roots::{roots, same_person, with_duplicates};
pub(crate) use queries::statements;
pub(crate) use state::at_most;
pub use state::{
    Disability, Grade, NameType, Person, PersonEvent, PersonName, Phone, Sex, Source, Stage, YesNo,
};
