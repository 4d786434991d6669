//! Two people's changes of one list, put together: what both began with, what is there, what came late.

use std::collections::HashMap;

use serde_json::Value;

/// What a list becomes.
#[derive(Debug, PartialEq)]
pub(crate) struct Merged {
    /// Both sides' additions and removals; where both changed one item, what is there stays.
    pub both: Vec<Value>,
    /// The list with the late side's wording of those items, where there are any: it is set aside.
    pub late: Option<Vec<Value>>,
}

/// Puts the changes of a late list to those that are there. Nothing that either side added is lost: it is in `both` or in
/// `late`. Without knowing what both began with (`base` empty), it is the union.
pub(crate) fn lists(base: &[Value], now: &[Value], late: &[Value]) -> Merged {
    let (of_now, of_late) = (replaced(base, now), replaced(base, late));
    let clashes: HashMap<&Value, &Value> = of_now
        .iter()
        .filter_map(|(item, mine)| of_late.get(item).map(|other| (*mine, *other)))
        .filter(|(mine, other)| mine != other && !now.contains(other))
        .collect();
    let fresh = late.iter().filter(|item| !base.contains(item) && !now.contains(item));
    let added: Vec<Value> =
        fresh.filter(|item| !clashes.values().any(|other| other == item)).cloned().collect();
    let kept = now.iter().filter(|item| late.contains(item) || !base.contains(item));
    let both: Vec<Value> = kept.cloned().chain(added).collect();
    let swapped = both.iter().map(|item| clashes.get(item).map_or(item, |other| *other).clone()).collect();
    Merged { late: (!clashes.is_empty()).then_some(swapped), both }
}

/// Which item stands for which of the base's: forms change an item in its place and append new ones.
fn replaced<'a>(base: &'a [Value], list: &'a [Value]) -> HashMap<&'a Value, &'a Value> {
    let gone = base.iter().filter(|item| !list.contains(item));
    gone.zip(list.iter().filter(|item| !base.contains(item))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn merged(base: &Value, now: &Value, late: &Value) -> (Value, Option<Value>) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let merged = lists(&list(base), &list(now), &list(late));
        (json!(merged.both), merged.late.map(|late| json!(late)))
    }

    #[test]
    fn additions_and_removals_of_both_count() {
        assert_eq!(merged(&json!([]), &json!([1]), &json!([2])), (json!([1, 2]), None));
        assert_eq!(merged(&json!([1, 2]), &json!([1, 2, 3]), &json!([2])), (json!([2, 3]), None));
        assert_eq!(merged(&json!([1]), &json!([]), &json!([1, 2])), (json!([2]), None));
    }

    #[test]
    fn one_item_changed_by_both_is_a_conflict() {
        assert_eq!(merged(&json!([1]), &json!([2]), &json!([3])), (json!([2]), Some(json!([3]))));
        let aside = Some(json!([9, 3, 5, 4]));
        assert_eq!(
            merged(&json!([9, 1]), &json!([9, 2, 5]), &json!([9, 3, 4])),
            (json!([9, 2, 5, 4]), aside)
        );
        assert_eq!(merged(&json!([1]), &json!([2]), &json!([2])), (json!([2]), None));
    }

    proptest! {
        #[test]
        fn nothing_added_is_lost(
            base in prop::collection::vec(0..6u8, 0..5),
            now in prop::collection::vec(0..9u8, 0..6),
            late in prop::collection::vec(0..9u8, 0..6),
        ) {
            let list = |items: &[u8]| items.iter().map(|item| json!(item)).collect::<Vec<_>>();
            let (base, now, late) = (list(&base), list(&now), list(&late));
            let merged = lists(&base, &now, &late);
            let everywhere: Vec<&Value> = merged.both.iter().chain(merged.late.iter().flatten()).collect();
            for item in now.iter().chain(&late) {
                prop_assert!(base.contains(item) || everywhere.contains(&item));
            }
        }
    }
}
