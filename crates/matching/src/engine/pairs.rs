//! Which pairs are worth comparing.

/// Records by blocking key. A pair is a candidate when both share a key.
#[derive(Debug, Default)]
pub struct Blocks {
    left: Vec<(u64, u32)>,
    right: Vec<(u64, u32)>,
}

impl Blocks {
    /// Adds a record of the left collection (or of the only one) under a key.
    pub fn left(&mut self, key: u64, record: u32) {
        self.left.push((key, record));
    }

    /// Adds a record of the right collection under a key.
    pub fn right(&mut self, key: u64, record: u32) {
        self.right.push((key, record));
    }

    /// Adds the pairs across both collections. The smallest blocks come first, until there are `budget` pairs: large
    /// blocks say little, and a value that everybody has must not bring back comparing everybody with everybody.
    pub fn across(mut self, budget: usize, into: &mut Vec<(u32, u32)>) {
        self.left.sort_unstable();
        self.left.dedup();
        self.right.sort_unstable();
        self.right.dedup();
        let mut blocks = Vec::new();
        let mut from = 0;
        for lefts in self.left.chunk_by(|one, two| one.0 == two.0) {
            let key = lefts[0].0;
            from += self.right[from..].partition_point(|entry| entry.0 < key);
            let end = from + self.right[from..].partition_point(|entry| entry.0 == key);
            if end > from {
                blocks.push((lefts.len().saturating_mul(end - from), lefts, &self.right[from..end]));
            }
        }
        for (_, lefts, rights) in smallest(blocks, budget, |block| block.0) {
            into.extend(lefts.iter().flat_map(|left| rights.iter().map(move |right| (left.1, right.1))));
        }
    }

    /// Adds the pairs within the left collection, smaller number first, within the same kind of budget.
    pub fn within(mut self, budget: usize, into: &mut Vec<(u32, u32)>) {
        self.left.sort_unstable();
        self.left.dedup();
        let size = |block: &&[(u64, u32)]| block.len().saturating_mul(block.len() - 1) / 2;
        let blocks = self.left.chunk_by(|one, two| one.0 == two.0).filter(|block| block.len() > 1).collect();
        for records in smallest(blocks, budget, size) {
            for (at, one) in records.iter().enumerate() {
                into.extend(records[at + 1..].iter().map(|two| (one.1, two.1)));
            }
        }
    }
}

/// The smallest blocks that together stay within the budget; equally large ones are all in or all out.
fn smallest<B>(mut blocks: Vec<B>, budget: usize, size: impl Fn(&B) -> usize) -> Vec<B> {
    blocks.sort_by_key(&size);
    let (mut total, mut kept) = (0_usize, 0);
    for equal in blocks.chunk_by(|one, two| size(one) == size(two)) {
        total = total.saturating_add(size(&equal[0]).saturating_mul(equal.len()));
        if total > budget {
            break;
        }
        kept += equal.len();
    }
    blocks.truncate(kept);
    blocks
}

/// Sorts pairs and drops repeated ones.
pub(crate) fn tidy(pairs: &mut Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
}

/// Up to `many` pairs drawn evenly: every pair if there are no more than that, else by a fixed generator, so that the
/// same input always gives the same output. `right` is `None` within one collection.
pub fn random_pairs(left: usize, right: Option<usize>, many: usize) -> Vec<(u32, u32)> {
    let all = right.map_or(left * left.saturating_sub(1) / 2, |right| left * right);
    let others = right.unwrap_or(left);
    if all <= many {
        let within = right.is_none();
        return (0..left as u32)
            .flat_map(|one| {
                let from = if within { one + 1 } else { 0 };
                (from..others as u32).map(move |two| (one, two))
            })
            .collect();
    }
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        // splitmix64, by Sebastiano Vigna, in the public domain.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((word ^ (word >> 31)) % below as u64) as u32
    };
    let mut pairs = Vec::with_capacity(many);
    while pairs.len() < many {
        let (one, two) = (next(left), next(others));
        if right.is_some() || one != two {
            pairs.push((one, two));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_collections_give_every_pair_once() {
        assert_eq!(random_pairs(3, None, 100), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(random_pairs(1, Some(2), 100), [(0, 0), (0, 1)]);
        assert!(random_pairs(0, None, 10).is_empty());
    }

    #[test]
    fn large_ones_are_sampled_the_same_way_each_time() {
        let pairs = random_pairs(1000, None, 500);
        assert_eq!(pairs.len(), 500);
        assert!(pairs.iter().all(|(one, two)| one != two));
        assert_eq!(pairs, random_pairs(1000, None, 500));
    }

    #[test]
    fn oversized_blocks_are_left_out() {
        let mut blocks = Blocks::default();
        for record in 0..10 {
            blocks.left(1, record);
        }
        blocks.left(2, 3);
        blocks.left(2, 4);
        let mut pairs = Vec::new();
        blocks.within(20, &mut pairs);
        assert_eq!(pairs, [(3, 4)]);
    }
}
