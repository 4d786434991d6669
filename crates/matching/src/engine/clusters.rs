//! Groups of records that were found to be one.

use std::collections::BTreeMap;

/// Records that are joined step by step (union–find with path halving).
#[derive(Debug)]
struct Groups {
    parent: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Groups {
    fn new(records: usize) -> Self {
        Self {
            parent: (0..records as u32).collect(),
            members: (0..records as u32).map(|one| vec![one]).collect(),
        }
    }

    /// The record that stands for the group.
    fn of(&mut self, mut record: u32) -> u32 {
        while self.parent[record as usize] != record {
            let above = self.parent[self.parent[record as usize] as usize];
            self.parent[record as usize] = above;
            record = above;
        }
        record
    }

    fn join(&mut self, one: u32, two: u32) {
        let (one, two) = (self.of(one), self.of(two));
        if one != two {
            let one_is_less = self.members[one as usize].len() < self.members[two as usize].len();
            let (small, large) = if one_is_less { (one, two) } else { (two, one) };
            self.parent[small as usize] = large;
            let mut moved = std::mem::take(&mut self.members[small as usize]);
            self.members[large as usize].append(&mut moved);
        }
    }

    /// The groups of two and more, each in order, in the order of their first records.
    fn several(&mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self
            .members
            .iter()
            .filter(|members| members.len() > 1)
            .map(|members| {
                let mut members: Vec<usize> = members.iter().map(|member| *member as usize).collect();
                members.sort_unstable();
                members
            })
            .collect();
        groups.sort_unstable();
        groups
    }
}

/// Groups of two and more among `records` numbers that the pairs connect, each in order.
pub fn clusters(records: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(records);
    for (one, two) in pairs {
        if one < records && two < records {
            groups.join(one as u32, two as u32);
        }
    }
    groups.several()
}

/// A pair of records and its odds of being one, in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The lower number.
    pub one: u32,
    /// The higher number.
    pub two: u32,
    /// Odds in bits: 0 is even, positive for one person.
    pub odds: f64,
}

/// No single pair may overrule the others: its odds count for no more than this many bits either way.
const LOUDEST: f64 = 12.0;
/// Pairs across two groups may on the average be this many bits below even and the groups still be joined by their best
/// pair: each pair pays for the rarity of matches again, though one person's rows match together or not at all.
const PATIENCE: f64 = 3.0;

/// Groups in which one wrong link cannot chain two people together: pairs join groups from the best down, and two
/// groups are joined only if all pairs across, also those that were no candidates, speak for it on the whole.
/// `between` gives the odds in bits of any two records.
pub fn guarded_clusters(
    records: usize,
    edges: &[Edge],
    between: impl Fn(u32, u32) -> f64,
) -> Vec<Vec<usize>> {
    let mut order: Vec<&Edge> = edges.iter().filter(|edge| edge.odds > 0.0).collect();
    order.sort_by(|a, b| b.odds.total_cmp(&a.odds).then((a.one, a.two).cmp(&(b.one, b.two))));
    let known: BTreeMap<(u32, u32), f64> =
        edges.iter().map(|edge| ((edge.one, edge.two), edge.odds)).collect();
    let mut groups = Groups::new(records);
    for edge in order {
        let (one, two) = (groups.of(edge.one), groups.of(edge.two));
        if one == two {
            continue;
        }
        let mut sum = 0.0;
        for &a in &groups.members[one as usize] {
            for &b in &groups.members[two as usize] {
                let pair = (a.min(b), a.max(b));
                let odds = known.get(&pair).copied().unwrap_or_else(|| between(pair.0, pair.1));
                sum += odds.clamp(-LOUDEST, LOUDEST);
            }
        }
        let pairs = groups.members[one as usize].len() * groups.members[two as usize].len();
        if sum > -PATIENCE * pairs as f64 {
            groups.join(one, two);
        }
    }
    groups.several()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_become_one_group() {
        assert_eq!(clusters(7, [(5, 1), (1, 3), (2, 6), (9, 1)]), [vec![1, 3, 5], vec![2, 6]]);
        assert!(clusters(3, []).is_empty());
    }

    #[test]
    fn one_wrong_link_does_not_join_two_people() {
        // 0, 1, 2 are one person and 3, 4, 5 another; 2 and 3 were taken for one by mistake.
        let edge = |one, two, odds| Edge { one, two, odds };
        let edges = [
            edge(0, 1, 9.0),
            edge(0, 2, 8.0),
            edge(1, 2, 8.0),
            edge(3, 4, 9.0),
            edge(3, 5, 8.0),
            edge(4, 5, 8.0),
            edge(2, 3, 6.0),
        ];
        let apart = |_, _| -10.0;
        assert_eq!(guarded_clusters(6, &edges, apart), [vec![0, 1, 2], vec![3, 4, 5]]);
        let unsure = |_, _| 0.5;
        assert_eq!(guarded_clusters(6, &edges, unsure), [vec![0, 1, 2, 3, 4, 5]]);
    }
}
