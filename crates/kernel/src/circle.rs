//! What every context needs to know of a circle: who its members are.
//!
//! Circles are records of the context `community`. Whoever opens something to the members of one names it in its links and
//! reads it here.

use serde_json::Value;

use crate::held::Held;
use crate::ids::AccountId;

/// The members of the circle in a record, unless that is of another kind or withdrawn.
pub fn members(held: &Held) -> Option<Vec<AccountId>> {
    if held.def.noun != "circle" || !held.is_live() {
        return None;
    }
    let members = held.object().get("members").cloned().unwrap_or(Value::Null);
    serde_json::from_value(members).ok()
}
