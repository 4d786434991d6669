//! Candidates among the rows of one or two tables: rows that agree on one rare value, or roughly on two.

use super::fields::{Column, hash};
use crate::engine::{Blocks, tidy};

/// Pairs that one pass may add per row.
const PER_ROW: usize = 8;
/// Pairs that all passes may add before repeated ones are taken out: bounds memory to some 200 MB.
const IN_ALL: usize = 24_000_000;

/// Keys of one value: the exact one first, then coarse ones. Names parts share theirs, because they get swapped.
struct Keys {
    exact: Vec<u64>,
    coarse: Vec<Vec<u64>>,
}

impl Keys {
    fn of(column: &Column) -> Self {
        let coarse = column
            .values
            .iter()
            .map(|value| {
                let mut keys: Vec<u64> =
                    value.iter().flat_map(super::value::Value::coarse).map(|key| hash(&key)).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            })
            .collect();
        Self { exact: column.hash.clone(), coarse }
    }
}

/// Pairs worth comparing, the lower row first within one table, each once and in order.
pub(crate) fn candidates(columns: &[Column]) -> Vec<(u32, u32)> {
    let keys: Vec<Keys> = columns.iter().map(Keys::of).collect();
    let rows = columns.first().map_or(0, |column| column.left.len() + column.right.len());
    let passes = columns.len() * (columns.len() + 3) / 2;
    let budget = (PER_ROW * rows + 1000).min(IN_ALL / passes.max(1));
    let mut pairs = Vec::new();
    for one in 0..columns.len() {
        run(columns, budget, &mut pairs, |side, row, out| {
            let value = side(one)[row];
            if value != 0 {
                out.push(keys[one].exact[value as usize]);
            }
        });
        run(columns, budget, &mut pairs, |side, row, out| {
            out.extend(&keys[one].coarse[side(one)[row] as usize]);
            for near in &columns[one].neighbours {
                out.extend(&keys[*near].coarse[side(*near)[row] as usize]);
            }
        });
        for two in one + 1..columns.len() {
            run(columns, budget, &mut pairs, |side, row, out| {
                let (a, b) = (side(one)[row] as usize, side(two)[row] as usize);
                for first in &keys[one].coarse[a] {
                    for second in &keys[two].coarse[b] {
                        out.push(mix(*first, *second));
                    }
                }
            });
        }
        tidy(&mut pairs);
    }
    pairs
}

/// One number of two. Swapped columns must meet, so the order does not count.
fn mix(one: u64, two: u64) -> u64 {
    one.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(two.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        ^ (one ^ two)
}

/// One pass: `keys_of` writes the keys of a row, given how to reach the values of a column on its side.
fn run<'c>(
    columns: &'c [Column],
    budget: usize,
    pairs: &mut Vec<(u32, u32)>,
    keys_of: impl Fn(&dyn Fn(usize) -> &'c [u32], usize, &mut Vec<u64>),
) {
    let Some(first) = columns.first() else { return };
    let (left, right) = (first.left.len(), first.right.len());
    let mut blocks = Blocks::default();
    let mut keys = Vec::new();
    let left_side = |column: usize| columns[column].left.as_slice();
    for row in 0..left {
        keys.clear();
        keys_of(&left_side, row, &mut keys);
        for key in &keys {
            blocks.left(*key, row as u32);
        }
    }
    let right_side = |column: usize| columns[column].right.as_slice();
    for row in 0..right {
        keys.clear();
        keys_of(&right_side, row, &mut keys);
        for key in &keys {
            blocks.right(*key, row as u32);
        }
    }
    if right == 0 {
        blocks.within(budget, pairs);
    } else {
        blocks.across(budget, pairs);
    }
}
