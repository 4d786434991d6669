//! The mix as pages show it.

use kernel::units::Participations;
use schemars::JsonSchema;
use serde::Serialize;

/// How the mix is counted.
pub(super) const DEFINITION: (&str, &str) = (
    "人次：最近一年里每人每场一次，没记名的按点名时看到的分。流动：户籍地与居住地不在同一地级市；任一地不清楚的算不详。\
     对子：一个流动孩子和一个本地孩子（都未满 18 岁、都有名字）同场过一次算一对；再次同场的另列。",
    "Participations: everybody once per session of the last year; those without a name by what was seen of them. Migrant: \
     registered in another prefecture than the one they live in; where either is not known, unknown. Pairs: a migrant child \
     and a local child, both under 18 and both known, who were at one session together; those who met again stand apart.",
);

/// Pairs of children. Not people, and never added to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Pairs(pub u64);

/// Who took part in an activity, by where they are from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mix {
    /// By people from elsewhere.
    pub migrant: Participations,
    /// By people from here.
    pub local: Participations,
    /// By people of whom that is not known.
    pub unknown: Participations,
    /// Pairs of a child from elsewhere and one from here who met.
    pub pairs: Pairs,
    /// Those of them who met again.
    pub pairs_again: Pairs,
    /// How it is counted, in Chinese.
    pub definition_zh: String,
    /// How it is counted, in English.
    pub definition_en: String,
}
