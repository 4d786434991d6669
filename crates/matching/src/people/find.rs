//! Finding who may be the same among many people.

use std::collections::HashMap;

use super::card::Card;
use super::decide::{NameCount, Proposal, propose};
use super::model::shares;
use crate::engine::{Blocks, Edge, Levels, Model, Sample, guarded_clusters, random_pairs};
use crate::table::{Decision, hash};

/// Keys that more people share than this find nobody: each of them would have to be compared.
const CROWD: usize = 200;
/// Pairs per person that one list may bring up.
const PER_PERSON: usize = 60;
/// Pairs drawn by chance to learn how often strangers agree.
const RANDOM_PAIRS: usize = 50_000;
/// From so many people on it is worth learning from them.
const ENOUGH: usize = 300;

/// People filed under their keys, in memory.
#[derive(Clone, Debug, Default)]
pub struct Index {
    filed: HashMap<u64, Vec<u32>>,
    people: usize,
    names: HashMap<u64, u32>,
}

impl Index {
    /// Files a person under a number of the caller's.
    pub fn add(&mut self, number: u32, card: &Card) {
        for key in card.keys() {
            self.filed.entry(hash(&key)).or_default().push(number);
        }
        if let Some(name) = card.folded_name() {
            *self.names.entry(hash(name)).or_default() += 1;
        }
        self.people += 1;
    }

    /// Numbers of the people who may be this one, in order.
    pub fn candidates(&self, card: &Card) -> Vec<u32> {
        let lists = card.probes().into_iter().filter_map(|key| self.filed.get(&hash(&key)));
        let mut found: Vec<u32> = lists.filter(|list| list.len() <= CROWD).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How common the person's name is among those filed.
    pub fn name_count(&self, card: &Card) -> Option<NameCount> {
        let name = hash(card.folded_name()?);
        Some(NameCount {
            same: self.names.get(&name).map_or(0, |count| *count as usize),
            register: self.people,
        })
    }

    /// How many people are filed.
    pub fn len(&self) -> usize {
        self.people
    }

    /// Whether nobody is filed.
    pub fn is_empty(&self) -> bool {
        self.people == 0
    }
}

/// Two people of a list who are probably one.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// Position of the first.
    pub one: usize,
    /// Position of the second, which is higher.
    pub two: usize,
    /// What is proposed and why.
    pub proposal: Proposal,
}

/// Pairs that share a key, each once, the lower position first.
fn pairs_of(cards: &[Card]) -> Vec<(u32, u32)> {
    let mut blocks = Blocks::default();
    for (at, card) in cards.iter().enumerate() {
        card.probes().iter().for_each(|key| blocks.left(hash(key), at as u32));
    }
    let mut pairs = Vec::new();
    blocks.within(PER_PERSON * cards.len() + 1000, &mut pairs);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Who stands in a list repeatedly: pairs of the groups that hold together on the whole, the surest first.
pub fn find_duplicates(cards: &[Card], model: &Model) -> Vec<Duplicate> {
    let mut index = Index::default();
    cards.iter().enumerate().for_each(|(at, card)| index.add(at as u32, card));
    let proposal = |one: u32, two: u32| {
        let (a, b) = (&cards[one as usize], &cards[two as usize]);
        // One of the people of that name is asked about.
        let count =
            index.name_count(a).map(|count| NameCount { same: count.same.saturating_sub(1), ..count });
        propose(model, a, b, count)
    };
    let odds = |probability: f64| (probability / (1.0 - probability).max(1e-15)).max(1e-15).log2();
    let mut edges = Vec::new();
    for (one, two) in pairs_of(cards) {
        let found = proposal(one, two);
        if found.probability > 0.01 {
            edges.push(Edge { one, two, odds: odds(found.probability) });
        }
    }
    let groups = guarded_clusters(cards.len(), &edges, |one, two| odds(proposal(one, two).probability));
    let mut duplicates = Vec::new();
    for group in groups {
        for (at, &one) in group.iter().enumerate() {
            for &two in &group[at + 1..] {
                let mut proposal = proposal(one as u32, two as u32);
                // A pair that follows from others of its group is shown to somebody, however little it says itself.
                proposal.decision.get_or_insert(Decision::Review);
                duplicates.push(Duplicate { one, two, proposal });
            }
        }
    }
    duplicates.sort_by(|a, b| {
        b.proposal.probability.total_cmp(&a.proposal.probability).then((a.one, a.two).cmp(&(b.one, b.two)))
    });
    duplicates
}

/// Learns from the people themselves how often what agrees, leaning on the assumptions; few people change nothing.
pub fn learn(cards: &[Card], model: &Model) -> Model {
    if cards.len() < ENOUGH {
        return model.clone();
    }
    let levels = |pairs: Vec<(u32, u32)>| -> Vec<Levels> {
        let pack = |(one, two): (u32, u32)| Levels::of(&cards[one as usize].levels(&cards[two as usize]));
        pairs.into_iter().map(pack).collect()
    };
    let count = cards.len() as f64;
    let all_pairs = count * (count - 1.0) / 2.0;
    let expected = shares(cards.len()).0 * all_pairs;
    let candidates = levels(pairs_of(cards));
    let random = levels(random_pairs(cards.len(), None, RANDOM_PAIRS));
    model.relearned(&Sample { candidates: &candidates, random: &random, all_pairs, expected })
}
