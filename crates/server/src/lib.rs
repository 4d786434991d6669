//! The binary: routes, sessions, jobs, command line.
//!
//! The only crate that knows HTTP. [`registry`] gathers the contexts' manifests, [`http`] mounts them as routes and
//! tells them as an OpenAPI document, [`cli`] is what `skein` does on a terminal.

pub mod app;
pub mod attention;
pub mod boot;
pub mod cli;
pub mod demo;
pub mod faults;
pub mod goldens;
pub mod http;
mod queries;
pub mod registry;
mod sessions;

/// Pages of many records allocate much and briefly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
