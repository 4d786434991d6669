//! Keyset paging.

pub use kernel::page::Page;
use kernel::{Id, Refusal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::Fail;
use crate::faults;

/// A list that is sent whole.
pub fn whole<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

/// Where to read on, and how much.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub struct Paging {
    /// The `next` of the page before.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub after: Option<String>,
    /// 50 where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<u32>,
}

impl Paging {
    /// Items on a page.
    pub fn size(&self) -> usize {
        self.limit.unwrap_or(50) as usize
    }

    /// One more than a page has, to know whether another follows.
    pub fn one_more(&self) -> i64 {
        self.size() as i64 + 1
    }

    /// The cursor as a number.
    pub fn number(&self) -> Result<Option<i64>, Fail> {
        self.after.as_deref().map(|text| text.parse().map_err(|_| bad())).transpose()
    }

    /// The cursor as an id.
    pub fn id(&self) -> Result<Option<Id>, Fail> {
        self.after.as_deref().map(|text| text.parse().map_err(|_| bad())).transpose()
    }
}

fn bad() -> Fail {
    Refusal::new(&faults::BAD_PARAMETER).with("why", "after").at("after").into()
}
