//! Consents as pages show them.

use jiff::civil::Date;
use kernel::consent::{Group, OwnAnswer, Purpose};
use kernel::page::Named;
use kernel::{Held, Id, Label, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Consent, Proof, Relation};

/// How a consent stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// One may act on it.
    InForce,
    /// Its last day has passed.
    Expired,
    /// It was taken back.
    Withdrawn,
    /// The child does not agree.
    Unwilling,
}

/// A line of the ledger.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct ConsentCard {
    /// The consent.
    pub id: Id,
    /// About whom.
    pub person: Id,
    /// What for.
    pub purpose: Purpose,
    /// What for, in words.
    pub words: String,
    /// Who may be told, in words.
    pub recipient: String,
    /// Who may be told: only this organisation.
    pub organisation: Option<Id>,
    /// What it covers.
    pub fields: Vec<Group>,
    /// What whoever consents is to the person.
    pub relation: Relation,
    /// Who consents, where that is somebody on the register.
    pub by: Option<Named>,
    /// Who consents, in words.
    pub by_name: String,
    /// What the child said itself.
    pub own_answer: OwnAnswer,
    /// How it can be shown.
    pub proof: Proof,
    /// Who heard it, where that is somebody with an account.
    pub witness: Option<Id>,
    /// Who heard it, in words.
    pub witness_name: String,
    /// Where the paper is kept, what was agreed besides.
    pub note: String,
    /// First day.
    pub given_on: String,
    /// Last day, if there is one.
    pub expires_on: Option<String>,
    /// From this day on it is withdrawn.
    pub withdrawn_on: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn_why: String,
    /// How it stands today.
    pub standing: Standing,
    /// For edits.
    pub version: i64,
}

impl ConsentCard {
    /// The line as a role may read it on a day.
    pub(super) fn of(held: &Held, role: Role, today: Date) -> Self {
        let consent: Consent = journal::state(held);
        let words = |text: String| if Label::Identity.readable_by(role) { text } else { String::new() };
        let standing = standing(&consent, today);
        Self {
            id: held.meta.id,
            person: consent.person.0,
            purpose: consent.purpose,
            words: words(consent.words),
            recipient: words(consent.recipient),
            organisation: consent.organisation.map(|id| id.0),
            fields: consent.fields,
            relation: consent.relation,
            by: consent.by.map(Named::unnamed),
            by_name: words(consent.by_name),
            own_answer: consent.own_answer,
            proof: consent.proof,
            witness: consent.witness.map(|id| id.0),
            witness_name: words(consent.witness_name),
            note: words(consent.note),
            given_on: consent.given_on.to_string(),
            expires_on: consent.expires_on.map(|day| day.to_string()),
            withdrawn_on: consent.withdrawn_on.map(|day| day.to_string()),
            withdrawn_why: words(consent.withdrawn_why),
            standing,
            version: held.meta.version,
        }
    }
}

fn standing(consent: &Consent, today: Date) -> Standing {
    if consent.own_answer == OwnAnswer::No {
        return Standing::Unwilling;
    }
    match (consent.withdrawn_on, consent.expires_on) {
        (Some(from), _) if from <= today => Standing::Withdrawn,
        (_, Some(last)) if last < today => Standing::Expired,
        _ => Standing::InForce,
    }
}
