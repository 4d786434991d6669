//! Photos and recordings: rules, files, the store.

mod files;
mod store;
mod works;
