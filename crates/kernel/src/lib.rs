//! What every context speaks: commands, events, records, access, privacy labels, problems. No input or output.
//!
//! A context declares records ([`record::Record`]) and verbs ([`command::CommandDef`]) in a [`manifest::Manifest`];
//! the pipeline in `journal` does the rest: permission, decision, conflict, encryption, storage, receipt.

pub mod access;
pub mod circle;
mod codes;
pub mod command;
pub mod consent;
pub mod faults;
pub mod held;
pub mod ids;
pub mod label;
pub mod manifest;
pub mod need;
pub mod page;
pub mod problem;
pub mod record;
pub mod rollup;
pub mod scope;
pub mod script;
pub mod units;

pub use access::{Actor, Facts, Role, Roles, Use, reads, reads_past, scope};
pub use command::{Action, Command, CommandDef, Envelope, Linked, Outcome, Receipt, Situation};
pub use held::{Held, SetAside, Stamp};
pub use ids::{
    AccountId, ActivityId, BatchId, ConsentId, EncounterId, HouseholdId, Id, NeedId, NeedTagId,
    OrganisationId, PersonId, PlaceId, ReferralId, RequestId, ServiceId, SiteId,
};
pub use label::{Field, Label, Merge};
pub use manifest::{Manifest, Migration, Registry, Sql};
pub use problem::{FieldFault, Lang, Problem, ProblemDef, ProblemField, Refusal};
pub use record::{
    AnyState, Column, IndexRow, Link, Meta, NoEvent, Object, Opened, Record, RecordDef, TableClass, TableDef,
    Val,
};
pub use rollup::{Cells, Change, Changes, Gather, Reading, Rollups, Sum};
pub use scope::{Offered, Reach, Scope, ScopeColumns};
