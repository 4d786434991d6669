//! One-to-one choice among pairs across two files.

use std::collections::HashMap;

/// A pair that was chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assigned {
    /// Number of the pair in the list that was given.
    pub pair: usize,
    /// By how many bits it beats the best other pair of either record; infinite if there is none.
    pub lead: f64,
}

/// Chooses pairs so that no record is in two of them, the best first; `pairs` are left, right and odds in bits. Equal
/// odds go to the lower numbers, so that the outcome does not depend on the order of the list.
pub fn assign(pairs: &[(u32, u32, f64)]) -> Vec<Assigned> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&one, &two| {
        let (a, b) = (pairs[one], pairs[two]);
        b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1)))
    });
    let (mut left, mut right) = (Best::default(), Best::default());
    for (number, &(one, two, odds)) in pairs.iter().enumerate() {
        left.note(one, number, odds);
        right.note(two, number, odds);
    }
    let (mut left_taken, mut right_taken) = (HashMap::new(), HashMap::new());
    let mut chosen = Vec::new();
    for number in order {
        let (one, two, odds) = pairs[number];
        if left_taken.contains_key(&one) || right_taken.contains_key(&two) {
            continue;
        }
        left_taken.insert(one, number);
        right_taken.insert(two, number);
        let other = left.other(one, number).max(right.other(two, number));
        chosen.push(Assigned { pair: number, lead: odds - other });
    }
    chosen
}

/// The two best pairs of every record.
#[derive(Default)]
struct Best(HashMap<u32, [(usize, f64); 2]>);

impl Best {
    fn note(&mut self, record: u32, pair: usize, odds: f64) {
        let none = (usize::MAX, f64::NEG_INFINITY);
        let best = self.0.entry(record).or_insert([none; 2]);
        if odds > best[0].1 {
            *best = [(pair, odds), best[0]];
        } else if odds > best[1].1 {
            best[1] = (pair, odds);
        }
    }

    fn other(&self, record: u32, pair: usize) -> f64 {
        self.0
            .get(&record)
            .map_or(f64::NEG_INFINITY, |best| if best[0].0 == pair { best[1].1 } else { best[0].1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_better_pair_wins_and_a_close_call_shows() {
        let pairs = [(0, 0, 10.0), (0, 1, 9.0), (1, 1, 4.0), (2, 2, 1.0)];
        let chosen = assign(&pairs);
        assert_eq!(chosen.iter().map(|one| one.pair).collect::<Vec<_>>(), [0, 2, 3]);
        assert!((chosen[0].lead - 1.0).abs() < 1e-9);
        assert!(chosen[1].lead < 0.0, "its right record would rather have gone elsewhere");
        assert!(chosen[2].lead.is_infinite());
        assert!(assign(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn no_record_twice_whatever_the_order(mut pairs in proptest::collection::vec((0_u32..8, 0_u32..8, -9_i32..9), 0..40)) {
            pairs.sort_unstable();
            pairs.dedup_by_key(|pair| (pair.0, pair.1));
            let listed: Vec<_> = pairs.iter().map(|pair| (pair.0, pair.1, f64::from(pair.2))).collect();
            let mut turned = listed.clone();
            turned.reverse();
            let of = |list: &[(u32, u32, f64)]| {
                let mut chosen: Vec<_> = assign(list).iter().map(|one| (list[one.pair].0, list[one.pair].1)).collect();
                chosen.sort_unstable();
                chosen
            };
            let chosen = of(&listed);
            prop_assert_eq!(&chosen, &of(&turned));
            for side in [0, 1] {
                let mut seen: Vec<u32> = chosen.iter().map(|pair| if side == 0 { pair.0 } else { pair.1 }).collect();
                seen.sort_unstable();
                let all = seen.len();
                seen.dedup();
                prop_assert_eq!(all, seen.len());
            }
        }
    }
}
