//! Accounts as pages show them.

use kernel::{Id, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::Language;

/// An account on the list. Those who may not keep accounts see id and name only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountCard {
    /// The account.
    pub id: Id,
    /// The name others see.
    pub display: String,
    /// The login name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// What it is at the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether it can log in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// The language of its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Language>,
}

/// A site as the session names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SiteCard {
    /// The site.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// The language of its papers.
    pub lang: Language,
    /// Time zone by its IANA name.
    pub timezone: String,
}
