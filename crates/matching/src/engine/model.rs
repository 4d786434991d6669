//! Fields and their weights together: what a caller holds, stores and scores with.

use serde::{Deserialize, Serialize};

use super::learn::{Evidence, Field, Levels, MAX_FIELDS, Score, Weights, learn};

/// One field's part in a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Number of the field in [`Model::fields`].
    pub field: usize,
    /// The level at which both sides agree, 0 for disagreement.
    pub level: u8,
    /// Evidence in bits: positive for one person, negative against.
    pub bits: f64,
}

/// Probability of a pair and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// Evidence against being strangers in bits, without the prior.
    pub weight: f64,
    /// Every field that could be compared, the strongest evidence first.
    pub reasons: Vec<Reason>,
}

/// Fields with the weights of their levels: assumed, or learned from a collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    fields: Vec<Field>,
    weights: Weights,
}

/// Pairs to learn from.
#[derive(Debug)]
pub struct Sample<'a> {
    /// Pairs that share some blocking key; all that are likely to be one person must be among them.
    pub candidates: &'a [Levels],
    /// Pairs drawn by chance from all pairs.
    pub random: &'a [Levels],
    /// How many pairs there are in all.
    pub all_pairs: f64,
    /// How many of them one would expect to be one person before looking.
    pub expected: f64,
}

impl Model {
    /// The assumptions alone. `share_same` is the share of all pairs that are one person, `share_home` of those that
    /// live together. Fields beyond the 32nd are dropped.
    pub fn assumed(mut fields: Vec<Field>, share_same: f64, share_home: f64) -> Self {
        fields.truncate(MAX_FIELDS);
        let weights = Weights::assumed(&fields, share_same, share_home);
        Self { fields, weights }
    }

    /// Learns the weights from pairs, leaning on the assumptions where pairs are few.
    pub fn learned(mut fields: Vec<Field>, sample: &Sample<'_>) -> Self {
        fields.truncate(MAX_FIELDS);
        let candidates = sample.candidates.iter().copied();
        let random = sample.random.iter().copied();
        let weights = learn(&fields, candidates, random, sample.all_pairs, sample.expected);
        Self { fields, weights }
    }

    /// Learns again with the fields of this model as the assumptions.
    #[must_use]
    pub fn relearned(&self, sample: &Sample<'_>) -> Self {
        Self::learned(self.fields.clone(), sample)
    }

    /// The same weights for a collection with another share of pairs that are one person.
    #[must_use]
    pub fn with_shares(self, share_same: f64, share_home: f64) -> Self {
        Self { fields: self.fields, weights: self.weights.with_shares(share_same, share_home) }
    }

    /// The fields in the order in which levels are given.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Share of all pairs that are one person.
    pub fn share_same(&self) -> f64 {
        self.weights.share_same()
    }

    /// Probability with reasons. `levels` holds a level per field, `None` where a side is empty; `rarity` may hold, for
    /// a field that agrees, the share of people with that very value, so that 欧阳 weighs more than 王.
    pub fn score(&self, levels: &[Option<u8>], rarity: &[Option<f64>]) -> Scored {
        let packed = Levels::of(&levels[..levels.len().min(self.fields.len())]);
        let score = self.quick(packed, rarity);
        Scored { probability: score.probability, weight: score.weight, reasons: self.reasons(packed, rarity) }
    }

    /// Probability without reasons, for going through many pairs.
    pub fn quick(&self, levels: Levels, rarity: &[Option<f64>]) -> Score {
        self.weights.score(Evidence { levels, rarity })
    }

    /// What each field adds, the strongest first.
    pub fn reasons(&self, levels: Levels, rarity: &[Option<f64>]) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = (0..self.fields.len())
            .filter_map(|field| {
                let level = levels.get(field)?;
                let bits = self.weights.bits(field, level, rarity.get(field).copied().flatten());
                Some(Reason { field, level, bits })
            })
            .collect();
        reasons.sort_by(|one, two| two.bits.abs().total_cmp(&one.bits.abs()).then(one.field.cmp(&two.field)));
        reasons
    }
}
