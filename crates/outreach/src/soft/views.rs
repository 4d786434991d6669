//! Soft changes as reports show them: groups only.

use kernel::page::Named;
use kernel::units::People;
use schemars::JsonSchema;
use serde::Serialize;

use super::Dimension;

/// A step with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepView {
    /// The step, from 1.
    pub step: u8,
    /// What it looks like.
    pub words_zh: &'static str,
    /// What it looks like.
    pub words_en: &'static str,
}

/// A ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ladder {
    /// What changes.
    pub dimension: Dimension,
    /// What it is called.
    pub name_zh: &'static str,
    /// What it is called.
    pub name_en: &'static str,
    /// From the lowest step.
    pub steps: Vec<StepView>,
}

/// How a group changed in a span of days; nothing about a group of fewer than five.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupChange {
    /// The group: an activity.
    pub activity: Option<Named>,
    /// What changes.
    pub dimension: Dimension,
    /// How many people have a step; none where they are fewer than five.
    pub people: Option<People>,
    /// How many stand on each step by the last look, from the lowest; none where the group is small, and none on a
    /// step on which one to four stand beside others.
    pub last: Option<Vec<Option<u64>>>,
    /// The middle step at the first look, times ten; none where the group is small.
    pub first_mean: Option<u32>,
    /// The middle step at the last look, times ten; none where the group is small.
    pub last_mean: Option<u32>,
}
