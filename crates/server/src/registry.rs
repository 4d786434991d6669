//! Everything the program can do: the manifests of all contexts.

use std::sync::OnceLock;

use kernel::{Manifest, ProblemDef, Registry};

/// What each context brings.
pub fn manifests() -> Vec<Manifest> {
    vec![
        access::manifest(),
        people::manifest(),
        community::manifest(),
        outreach::manifest(),
        help::manifest(),
        network::manifest(),
        resources::manifest(),
        volunteering::manifest(),
        publishing::manifest(),
        evidence::manifest(),
        intake::manifest(),
        crate::queries::manifest(),
    ]
}

/// The registry of this program.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| Registry::new(manifests()))
}

/// Every problem of the program, by number.
pub fn problems() -> Vec<&'static ProblemDef> {
    let contexts = registry().manifests().iter().flat_map(|manifest| manifest.problems.iter().copied());
    let sheets = sheets::problems::PROBLEMS.iter().copied();
    let mut all: Vec<_> = kernel::faults::PROBLEMS.iter().copied().chain(sheets).chain(contexts).collect();
    all.sort_by_key(|problem| problem.code);
    all.dedup_by(|one, other| std::ptr::eq(*one, *other));
    all
}
