//! A page of a list: keyset paged, so that a page stays what it was while records come in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most entries of one page.
pub const MOST: usize = 200;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page starts, to be sent as `after`; none on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page out of one entry more than fits on it; `cursor` says where the page after an entry starts.
    pub fn cut(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }

    /// The same page with its entries changed.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

/// A limit as it was asked for, within 1 and [`MOST`].
pub fn limit(asked: usize) -> usize {
    asked.clamp(1, MOST)
}

/// A record with the words it is shown by, such as a person with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// The record.
    pub id: crate::Id,
    /// The words; empty until they are filled in.
    pub name: String,
}

impl Named {
    /// The record without its words, which are filled in later.
    pub fn unnamed(id: impl Into<crate::Id>) -> Self {
        Self { id: id.into(), name: String::new() }
    }

    /// Fills in the words.
    pub fn fill(&mut self, names: &std::collections::HashMap<crate::Id, String>) {
        self.name = names.get(&self.id).cloned().unwrap_or_default();
    }
}
