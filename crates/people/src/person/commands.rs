//! Merging duplicates, and taking it back.

use kernel::{Command, Link, PersonId, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Person, PersonEvent};
use crate::faults;

/// Marks the record as a duplicate of another. Nothing is moved: readers follow the mark, so it can be taken back.
#[derive(Deserialize, JsonSchema)]
pub struct MergeInto {
    /// The record to keep.
    into: PersonId,
}

impl Command for MergeInto {
    type Record = Person;
    const VERB: &'static str = "person.merge";

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.into)]
    }

    fn decide(self, state: &Person, situation: &Situation<'_>) -> Result<Vec<PersonEvent>, Refusal> {
        if self.into.0 == situation.record {
            return Err(Refusal::new(&faults::MERGE_SELF).at("into"));
        }
        if state.merged_into.is_some() {
            return Err(Refusal::new(&faults::MERGED));
        }
        let usable = situation.links.0.get(&self.into.0).is_some_and(|held| {
            let person = held.state.as_any().downcast_ref::<Person>();
            held.is_live() && !held.meta.erased && person.is_some_and(|person| person.merged_into.is_none())
        });
        if !usable {
            return Err(Refusal::new(&faults::MERGE_TARGET).at("into"));
        }
        Ok(vec![PersonEvent::Merged { merged_into: self.into }])
    }
}

/// Takes a merge back.
#[derive(Deserialize, JsonSchema)]
pub struct Unmerge {}

impl Command for Unmerge {
    type Record = Person;
    const VERB: &'static str = "person.unmerge";

    fn decide(self, state: &Person, _: &Situation<'_>) -> Result<Vec<PersonEvent>, Refusal> {
        if state.merged_into.is_none() {
            return Err(Refusal::new(&faults::NOT_MERGED));
        }
        Ok(vec![PersonEvent::Unmerged {}])
    }
}
