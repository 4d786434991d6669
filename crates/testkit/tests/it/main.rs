//! The first loop whole, over all contexts, on both databases: register, gather, hear, count.

mod journal;
mod month;
mod rolled;
mod roster;
mod round;
mod seeded;
mod year;

fn contexts() -> Vec<kernel::Manifest> {
    vec![
        people::manifest(),
        community::manifest(),
        outreach::manifest(),
        help::manifest(),
        evidence::manifest(),
    ]
}
