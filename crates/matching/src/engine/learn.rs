//! Fellegi–Sunter weights, learned by expectation maximisation.
//!
//! A pair belongs to one of three classes: the same person, two people of one household, two strangers. The classic
//! model (I. Fellegi and A. Sunter, *A theory for record linkage*, 1969) knows two; the third keeps a shared address,
//! telephone and surname from being mistaken for identity. How comparisons fall among strangers is counted on random
//! pairs; how they fall within a person is learned from the candidates, weighed by their probability. Candidates are a
//! selection of all pairs, so shares are taken of all pairs, and pairs outside of the selection count as no match.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Level of a comparison that could not be made because a side is empty.
const MISSING: u8 = 15;

/// The highest number of fields that one comparison can hold.
pub(crate) const MAX_FIELDS: usize = 32;

/// The level of every field of one pair, four bits each; level 0 is disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Levels(u128);

impl Levels {
    /// Nothing could be compared.
    pub const fn unknown() -> Self {
        Self(u128::MAX)
    }

    /// Packs a level per field; those beyond the 32nd are dropped.
    pub fn of(levels: &[Option<u8>]) -> Self {
        let mut packed = Self::unknown();
        for (field, level) in levels.iter().take(MAX_FIELDS).enumerate() {
            packed.set(field, *level);
        }
        packed
    }

    /// Sets the level of a field.
    pub fn set(&mut self, field: usize, level: Option<u8>) {
        let shift = field * 4;
        self.0 = (self.0 & !(15 << shift)) | (u128::from(level.unwrap_or(MISSING) & 15) << shift);
    }

    /// The level of a field, `None` if a side is empty.
    pub fn get(self, field: usize) -> Option<u8> {
        let level = ((self.0 >> (field * 4)) & 15) as u8;
        (level != MISSING).then_some(level)
    }
}

/// What is assumed about a field before any data is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// What reasons call it: a column's header, or a word such as `phone`.
    pub name: String,
    /// Shares of the levels within one person, level 0 (disagreement) first; their sum is 1. At most 15 levels.
    pub same: Vec<f64>,
    /// Shares of the levels among strangers; their sum is 1. As many as in `same`.
    pub strangers: Vec<f64>,
    /// How often housemates agree as one person would with themselves, from 0 to 1.
    pub at_home: f64,
    /// Shares of the levels among housemates, where they are known better than from `at_home`; their sum is 1.
    pub home: Option<Vec<f64>>,
    /// At most this share of one person's pairs may learn to be at level 0. What somebody is called and when they were
    /// born seldom differs wholly; without this bound a table full of families teaches that a person is a family.
    pub most_differ: f64,
    /// How many matches the assumption about `same` weighs as when learning.
    pub trust: f64,
}

/// Learned shares of the levels in each class, and shares of the classes among all pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Weights {
    same: Vec<Vec<f64>>,
    strangers: Vec<Vec<f64>>,
    at_home: Vec<f64>,
    home: Vec<Option<Vec<f64>>>,
    share_same: f64,
    share_home: f64,
}

/// A pair's evidence: its levels, and for chosen fields how common the shared value is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence<'a> {
    /// The level of every field.
    pub levels: Levels,
    /// For a field that agrees, the chance that a stranger has the same value, in place of the average.
    pub rarity: &'a [Option<f64>],
}

/// What the weights say of one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Probability of being one person, from 0 to 1.
    pub probability: f64,
    /// The same as logarithm to base 2 of the odds; keeps telling pairs apart where the probability is 1.
    pub odds: f64,
    /// Evidence for being one person against being strangers, in bits, without the prior.
    pub weight: f64,
}

impl Weights {
    /// The assumptions alone, for when there is nothing to learn from.
    pub(crate) fn assumed(fields: &[Field], share_same: f64, share_home: f64) -> Self {
        Self {
            same: fields.iter().map(|field| field.same.clone()).collect(),
            strangers: fields.iter().map(|field| field.strangers.clone()).collect(),
            at_home: fields.iter().map(|field| field.at_home).collect(),
            home: fields.iter().map(|field| field.home.clone()).collect(),
            share_same,
            share_home,
        }
    }

    /// Share of all pairs that are one person.
    pub(crate) fn share_same(&self) -> f64 {
        self.share_same
    }

    /// Replaces the share of all pairs that are one person, for a collection of another size.
    #[must_use]
    pub(crate) fn with_shares(mut self, share_same: f64, share_home: f64) -> Self {
        self.share_same = share_same;
        self.share_home = share_home;
        self
    }

    /// Bits that a level of a field speaks for one person (negative: against).
    pub(crate) fn bits(&self, field: usize, level: u8, rarity: Option<f64>) -> f64 {
        let (same, strangers) = self.shares(field, level, rarity);
        (same / strangers).log2()
    }

    /// Probability and weight of a pair.
    pub(crate) fn score(&self, evidence: Evidence<'_>) -> Score {
        let (mut same, mut home, mut strangers) = (0.0_f64, 0.0_f64, 0.0_f64);
        for field in 0..self.same.len() {
            let Some(level) = evidence.levels.get(field) else { continue };
            let rarity = evidence.rarity.get(field).copied().flatten();
            let (m, u) = self.shares(field, level, rarity);
            same += m.ln();
            strangers += u.ln();
            home += self.at_home(field, level, m, u).ln();
        }
        let rest =
            ln_sum(self.share_home.ln() + home, (1.0 - self.share_same - self.share_home).ln() + strangers);
        let odds = self.share_same.ln() + same - rest;
        Score {
            probability: 1.0 / (1.0 + (-odds).exp()),
            odds: odds / std::f64::consts::LN_2,
            weight: (same - strangers) / std::f64::consts::LN_2,
        }
    }

    fn at_home(&self, field: usize, level: u8, same: f64, strangers: f64) -> f64 {
        match &self.home[field] {
            Some(shares) => shares[usize::from(level).min(shares.len() - 1)],
            None => self.at_home[field] * same + (1.0 - self.at_home[field]) * strangers,
        }
    }

    fn shares(&self, field: usize, level: u8, rarity: Option<f64>) -> (f64, f64) {
        let level = usize::from(level).min(self.same[field].len() - 1);
        (self.same[field][level], rarity.unwrap_or(self.strangers[field][level]))
    }
}

/// Probability of the first of three classes, from logarithms of joint likelihoods.
fn posterior(same: f64, home: f64, strangers: f64) -> f64 {
    1.0 / (1.0 + (home - same).exp() + (strangers - same).exp())
}

/// Logarithm of the sum of two numbers given by their logarithms.
fn ln_sum(one: f64, two: f64) -> f64 {
    let (less, more) = if one < two { (one, two) } else { (two, one) };
    more + (less - more).exp().ln_1p()
}

/// Rounds of expectation maximisation at most.
const ROUNDS: usize = 40;
/// How many pairs of strangers the assumption about `strangers` weighs as.
const STRANGERS_TRUST: f64 = 20.0;

/// Learns weights from candidate pairs and from random pairs. `all_pairs` is the number of pairs that exist and
/// `expected` the number of matches that one may expect beforehand.
pub(crate) fn learn(
    fields: &[Field],
    candidates: impl Iterator<Item = Levels>,
    random: impl Iterator<Item = Levels>,
    all_pairs: f64,
    expected: f64,
) -> Weights {
    let candidates = tally(candidates);
    let random = tally(random);
    let drawn: f64 = random.iter().map(|(_, count)| count).sum();
    let counted = count_levels(fields, random.iter().copied());
    let all_pairs = all_pairs.max(1.0);
    let share = (expected / all_pairs).min(0.2);
    let mut weights = Weights::assumed(fields, share, share);
    fit_strangers(&mut weights, fields, &counted, None, 0.0);
    for _ in 0..ROUNDS {
        let before = weights.share_same;
        let (matched, pairs_same, pairs_home) = expect(&weights, fields, &candidates);
        for (field, spec) in fields.iter().enumerate() {
            weights.same[field] = bounded(blend(&matched[field], &spec.same, spec.trust), spec.most_differ);
        }
        fit_strangers(&mut weights, fields, &counted, Some(&matched), drawn / all_pairs);
        weights.share_same = ((pairs_same + 0.5) / all_pairs).min(0.2);
        weights.share_home = ((pairs_home + 0.5) / all_pairs).min(0.2);
        if (weights.share_same - before).abs() < 1e-6 * before {
            break;
        }
    }
    weights
}

/// Expected levels of matches, the expected number of matches and that of housemates.
fn expect(weights: &Weights, fields: &[Field], candidates: &[(Levels, f64)]) -> (Vec<Vec<f64>>, f64, f64) {
    let mut matched: Vec<Vec<f64>> = fields.iter().map(|field| vec![0.0; field.same.len()]).collect();
    let (mut pairs_same, mut pairs_home) = (0.0, 0.0);
    for &(levels, count) in candidates {
        let (mut same, mut home, mut strangers) = (
            weights.share_same.ln(),
            weights.share_home.ln(),
            (1.0 - weights.share_same - weights.share_home).ln(),
        );
        for field in 0..fields.len() {
            let Some(level) = levels.get(field) else { continue };
            let (m, u) = weights.shares(field, level, None);
            same += m.ln();
            strangers += u.ln();
            home += weights.at_home(field, level, m, u).ln();
        }
        let probability = posterior(same, home, strangers) * count;
        pairs_same += probability;
        pairs_home += posterior(home, same, strangers) * count;
        for (field, shares) in matched.iter_mut().enumerate() {
            if let Some(level) = levels.get(field) {
                let top = shares.len() - 1;
                shares[usize::from(level).min(top)] += probability;
            }
        }
    }
    (matched, pairs_same, pairs_home)
}

/// Random pairs hold a few matches: in a small collection they would make agreement look common, so they are taken out.
fn fit_strangers(
    weights: &mut Weights,
    fields: &[Field],
    counted: &[Vec<f64>],
    matched: Option<&Vec<Vec<f64>>>,
    drawn: f64,
) {
    for (field, spec) in fields.iter().enumerate() {
        let counts: Vec<f64> = counted[field]
            .iter()
            .enumerate()
            .map(|(level, count)| {
                (count - matched.map_or(0.0, |matched| matched[field][level] * drawn)).max(0.0)
            })
            .collect();
        weights.strangers[field] = blend(&counts, &spec.strangers, STRANGERS_TRUST);
    }
}

/// Shares of counts, leaning on assumed shares that weigh as `trust` observations.
fn blend(counts: &[f64], assumed: &[f64], trust: f64) -> Vec<f64> {
    let total: f64 = counts.iter().sum::<f64>() + trust;
    // What was never seen may still be seen once in as many pairs again.
    let least = (0.5 / total).min(1e-3);
    counts.iter().zip(assumed).map(|(count, share)| ((count + trust * share) / total).max(least)).collect()
}

/// Shares of which the first is at most `most`, the others keeping their proportions.
fn bounded(mut shares: Vec<f64>, most: f64) -> Vec<f64> {
    let others: f64 = shares.iter().skip(1).sum();
    if let Some(first) = shares.first_mut().filter(|first| **first > most && others > 0.0) {
        *first = most;
        for share in shares.iter_mut().skip(1) {
            *share *= (1.0 - most) / others;
        }
    }
    shares
}

fn count_levels(fields: &[Field], pairs: impl Iterator<Item = (Levels, f64)>) -> Vec<Vec<f64>> {
    let mut counts: Vec<Vec<f64>> = fields.iter().map(|field| vec![0.0; field.same.len()]).collect();
    for (levels, count) in pairs {
        for (field, shares) in counts.iter_mut().enumerate() {
            if let Some(level) = levels.get(field) {
                let top = shares.len() - 1;
                shares[usize::from(level).min(top)] += count;
            }
        }
    }
    counts
}

/// Equal comparisons counted once; sorted, so that sums do not depend on the order of a hash map.
fn tally(pairs: impl Iterator<Item = Levels>) -> Vec<(Levels, f64)> {
    let mut counts: HashMap<Levels, f64> = HashMap::new();
    for levels in pairs {
        *counts.entry(levels).or_default() += 1.0;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|(levels, _)| levels.0);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(at_home: f64) -> Field {
        Field {
            name: String::new(),
            same: vec![0.1, 0.9],
            strangers: vec![0.95, 0.05],
            at_home,
            home: None,
            most_differ: 1.0,
            trust: 10.0,
        }
    }

    fn pair(levels: &[Option<u8>]) -> Levels {
        Levels::of(levels)
    }

    #[test]
    fn levels_are_kept_apart() {
        let packed = pair(&[Some(4), None, Some(0)]);
        assert_eq!(
            [packed.get(0), packed.get(1), packed.get(2), packed.get(31)],
            [Some(4), None, Some(0), None]
        );
    }

    #[test]
    fn learns_that_a_field_is_unreliable_within_a_person() {
        let fields = vec![field(0.0), field(0.0), field(0.0), field(0.0)];
        let yes = Some(1);
        let no = Some(0);
        let candidates = std::iter::repeat_n(pair(&[yes, yes, yes, yes]), 500)
            .chain(std::iter::repeat_n(pair(&[yes, yes, yes, no]), 500))
            .chain(std::iter::repeat_n(pair(&[no, yes, no, no]), 3000));
        let random = std::iter::repeat_n(pair(&[no, no, no, no]), 99_000)
            .chain(std::iter::repeat_n(pair(&[no, yes, no, no]), 1000));
        let weights = learn(&fields, candidates, random, 1_000_000.0, 100.0);
        assert!((weights.same[3][1] - 0.5).abs() < 0.05, "{:?}", weights.same);
        assert!(weights.same[0][1] > 0.98);
        assert!((weights.share_same() - 0.001).abs() < 0.0001);
        assert!(weights.bits(3, 0, None) > -2.0 && weights.bits(0, 0, None) < -4.0);
    }

    #[test]
    fn what_a_household_shares_does_not_make_one_person() {
        let mut fields = vec![field(0.95), field(0.95), field(0.95), field(0.0), field(0.0)];
        fields[3].strangers = vec![0.99, 0.01];
        fields[4].strangers = vec![0.999, 0.001];
        let weights = Weights::assumed(&fields, 1e-4, 1e-4);
        let home = pair(&[Some(1), Some(1), Some(1), Some(0), Some(0)]);
        let person = pair(&[Some(1), Some(1), Some(0), Some(1), Some(1)]);
        assert!(weights.score(Evidence { levels: home, rarity: &[] }).probability < 0.02);
        assert!(weights.score(Evidence { levels: person, rarity: &[] }).probability > 0.9);
    }

    #[test]
    fn a_rare_value_weighs_more() {
        let weights = Weights::assumed(&[field(0.0)], 1e-3, 1e-3);
        assert!(weights.bits(0, 1, Some(0.001)) > weights.bits(0, 1, None) + 5.0);
    }
}
