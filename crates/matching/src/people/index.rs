//! Many records in memory: an import compares each row with all of them, a sheet with itself.

use std::collections::{HashMap, HashSet};

use kernel::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::candidate::Candidate;
use super::levels::Levels;
use super::model::{self, Decision, Model, Reason};

/// A record that may be the one asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scored {
    /// The record, if it is on the register.
    pub id: Option<Id>,
    /// Its place in the index.
    pub at: usize,
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// What to do.
    pub decision: Decision,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}

/// Two records of one collection that may be one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// Place of the first.
    pub a: usize,
    /// Place of the second, which is later.
    pub b: usize,
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// What to do.
    pub decision: Decision,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}

/// A block with more records than this says too little to compare all of them; only other keys count then.
const LARGEST_BLOCK: usize = 400;

/// Records ready for comparison.
#[derive(Clone)]
pub struct Index {
    items: Vec<Candidate>,
    blocks: HashMap<u64, Vec<u32>>,
    names: HashMap<u64, u32>,
    model: Model,
    /// Holds a selection only: how common a name is cannot be told from it.
    sample: bool,
}

impl Index {
    /// An index of these records, with assumed weights.
    pub fn new(items: Vec<Candidate>) -> Self {
        let mut index = Self {
            items: Vec::with_capacity(items.len()),
            blocks: HashMap::new(),
            names: HashMap::new(),
            model: Model::assumed(items.len()),
            sample: false,
        };
        for item in items {
            index.push(item);
        }
        index
    }

    /// An index of some records of a register that holds `people` in all: what the prior probability follows from.
    pub fn of_some(items: Vec<Candidate>, people: usize) -> Self {
        let mut index = Self::new(items);
        index.model = Model::assumed(people.max(index.items.len()));
        index.sample = true;
        index
    }

    /// Adds a record; later queries find it. Gives its place.
    pub fn push(&mut self, item: Candidate) -> usize {
        let at = self.items.len();
        for key in &item.stored {
            let block = self.blocks.entry(*key).or_default();
            if block.len() <= LARGEST_BLOCK {
                block.push(at as u32);
            }
        }
        for name in &item.name_hashes {
            *self.names.entry(*name).or_default() += 1;
        }
        self.items.push(item);
        at
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The record at a place.
    pub fn get(&self, at: usize) -> Option<&Candidate> {
        self.items.get(at)
    }

    /// Learns the weights from the records themselves; the same records give the same weights.
    pub fn learn(&mut self) {
        let pairs = self.blocked();
        let step = (pairs.len() / 20_000).max(1);
        let candidates: Vec<Levels> =
            pairs.iter().step_by(step).map(|(a, b)| Levels::of(&self.items[*a], &self.items[*b])).collect();
        self.model = model::learn(self.items.len(), &candidates, &self.even_pairs(20_000));
    }

    /// The weights in use.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Pairs spread evenly over all of them, by steps that have no factor in common with the number of records.
    fn even_pairs(&self, most: usize) -> Vec<Levels> {
        let n = self.items.len();
        if n < 2 {
            return Vec::new();
        }
        let draws = most.min(n * (n - 1) / 2);
        let mix = |number: usize| number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
        (0..draws)
            .map(|draw| (mix(2 * draw + 1) % n, mix(2 * draw + 2) % n))
            .filter(|(a, b)| a != b)
            .map(|(a, b)| Levels::of(&self.items[a], &self.items[b]))
            .collect()
    }

    /// How common the names of a record are here.
    fn name_share(&self, item: &Candidate) -> Option<f64> {
        if self.sample {
            return None;
        }
        let counts = item.name_hashes.iter().map(|name| self.names.get(name).copied().unwrap_or(1));
        counts.max().map(|count| f64::from(count.max(1)) / self.items.len().max(200) as f64)
    }

    fn near(&self, item: &Candidate) -> HashSet<u32> {
        let mut found = HashSet::new();
        for key in &item.sought {
            if let Some(block) = self.blocks.get(key).filter(|block| block.len() <= LARGEST_BLOCK) {
                found.extend(block.iter().copied());
            }
        }
        found
    }

    fn scored(&self, item: &Candidate, at: usize) -> Option<(Levels, f64, Decision, Option<f64>)> {
        let levels = Levels::of(item, &self.items[at]);
        let name_share = self.name_share(item);
        let probability = self.model.probability(&levels, name_share);
        let decision = self.model.decide(&levels, probability);
        (decision != Decision::New).then_some((levels, probability, decision, name_share))
    }

    /// The records that may be this one, most likely first; only those worth showing.
    pub fn similar(&self, item: &Candidate, limit: usize) -> Vec<Scored> {
        let mut found: Vec<_> = self
            .near(item)
            .into_iter()
            .filter(|at| item.id.is_none() || self.items[*at as usize].id != item.id)
            .filter_map(|at| self.scored(item, at as usize).map(|score| (at as usize, score)))
            .collect();
        found.sort_by(|(a, (_, p, ..)), (b, (_, q, ..))| q.total_cmp(p).then(a.cmp(b)));
        found.truncate(limit);
        found
            .into_iter()
            .map(|(at, (levels, probability, decision, name_share))| Scored {
                id: self.items[at].id,
                at,
                probability,
                decision,
                reasons: self.model.reasons(&levels, name_share),
            })
            .collect()
    }

    /// Every pair that shares a block, once, the earlier record first.
    pub fn blocked(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            for other in self.near(item) {
                let other = other as usize;
                if other != at {
                    pairs.push((at.min(other), at.max(other)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Every pair worth showing, most likely first.
    pub fn scan(&self) -> Vec<Pair> {
        self.among(&self.blocked())
    }

    /// Those of some pairs that are worth showing, most likely first.
    pub fn among(&self, pairs: &[(usize, usize)]) -> Vec<Pair> {
        let mut found = Vec::new();
        for &(a, b) in pairs {
            if let Some((levels, probability, decision, name_share)) = self.scored(&self.items[a], b) {
                let reasons = self.model.reasons(&levels, name_share);
                found.push(Pair { a, b, probability, decision, reasons });
            }
        }
        found.sort_by(|x, y| {
            y.probability.total_cmp(&x.probability).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
        });
        found
    }
}

/// The pairs within one sheet that may be one person, most likely first.
pub fn dedup(items: &[Candidate]) -> Vec<Pair> {
    let mut index = Index::new(items.to_vec());
    index.learn();
    index.scan()
}
