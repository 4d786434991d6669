//! Whole files in, values out: the sample families against their truth, other layouts of the same, hostile files.

#[path = "it/anything.rs"]
mod anything;
#[path = "it/cells.rs"]
mod cells;
#[path = "it/events.rs"]
mod events;
#[path = "it/filling.rs"]
mod filling;
#[path = "it/hostile.rs"]
mod hostile;
#[path = "it/layouts.rs"]
mod layouts;
#[path = "it/support.rs"]
mod support;
#[path = "it/truth.rs"]
mod truth;
#[path = "it/variants.rs"]
mod variants;
