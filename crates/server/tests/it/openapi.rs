//! The document, and the catalogue of problems.

use server::goldens;
use server::http::document;
use server::registry::{problems, registry};

#[test]
fn every_verb_is_an_operation() {
    let paths = document()["paths"].as_object().unwrap();
    for verb in registry().verbs() {
        assert!(paths.contains_key(&format!("/api/v1/{}", verb.verb)), "{}", verb.verb);
    }
}

#[test]
fn problems_have_numbers_of_their_own_and_words_in_both_languages() {
    let mut codes = std::collections::HashSet::new();
    for problem in problems() {
        assert!(codes.insert(problem.code), "{} twice", problem.code);
        for text in [problem.zh.0, problem.zh.1, problem.en.0, problem.en.1] {
            assert!(!text.is_empty(), "{}", problem.code);
        }
    }
}

#[test]
fn the_goldens_are_in_step() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../goldens");
    for (name, content) in goldens::all() {
        let kept = std::fs::read_to_string(format!("{folder}/{name}")).unwrap_or_default();
        assert!(kept == content, "goldens/{name} is out of step: run `skein goldens` and review the change");
    }
}

#[test]
fn every_statement_prepares_on_both_databases() {
    crate::client::on_both(async |program: crate::client::Program| {
        assert_eq!(program.app.node.misfits().await.unwrap(), Vec::<String>::new());
    });
}

/// Statements that are meant to go through a whole table: it is small, or asked for as a whole, or the end of an index is
/// all that is read.
const WALKS: &[&str] = &[
    "access.accounts",
    "access.managers",
    "access.sessions_ended",
    "access.site",
    "access.sites",
    "access.tallies_stale",
    "community.activity_kinds",
    // A site's circles: some dozen.
    "community.circles",
    "duplicates.distinct",
    "duplicates.latest",
    "evidence.kinds",
    "evidence.merged",
    "evidence.people_total",
    // Part of an address may stand anywhere in it; asked only where numbers and names have not filled the list.
    "households.by_address",
    // Who is asked before a festival: read as a whole, while its list is open and in the three weeks before its eve.
    "households.from_elsewhere",
    "intake.mappings",
    "intake.previews",
    // Colleagues of a site, once an import.
    "intake.workers",
    "network.organisations",
    "network.services",
    // The needs board: read as a whole.
    "outreach.board",
    "people.single_from_elsewhere",
    // A site's own tags of needs: some dozen.
    "outreach.need_tags",
    "places.all",
    // Files that no record names, and all files: once an hour, and when somebody verifies.
    "publishing.parts_unnamed",
    "publishing.works_all",
    "server.conflict_count",
    "server.conflicts",
    "server.counts",
    "server.head",
    "server.sites",
    // The communities of the team's rounds, by an index that holds only these.
    "server.rounds",
];

#[test]
fn no_statement_walks_through_a_site_unawares() {
    crate::client::on_both(async |program: crate::client::Program| {
        let walks = program.app.node.walks().await.unwrap();
        let unawares: Vec<_> = walks.into_iter().filter(|name| !WALKS.contains(name)).collect();
        assert_eq!(unawares, Vec::<&str>::new());
    });
}
