//! Reading persons: cards, search, pages, and whom a merged record stands for.

pub(super) mod cards;
pub(super) mod find;
pub(super) mod mentions;
pub(super) mod on_roll;
pub(super) mod page;
pub(super) mod roots;

/// The statements of this record's queries.
pub(crate) fn statements() -> Vec<&'static kernel::Sql> {
    [cards::STATEMENTS, find::STATEMENTS, mentions::STATEMENTS, page::STATEMENTS, roots::STATEMENTS].concat()
}
