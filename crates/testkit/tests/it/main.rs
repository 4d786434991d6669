//! The first loop whole, over all contexts, on both databases: register, gather, hear, count.

mod month;
mod roster;
mod round;

fn contexts() -> Vec<kernel::Manifest> {
    vec![
        people::manifest(),
        community::manifest(),
        outreach::manifest(),
        help::manifest(),
        evidence::manifest(),
    ]
}
