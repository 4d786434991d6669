//! Rules about where things are: crates, contexts, records, migrations.

use super::{Finding, Tree};

/// The contexts: they share typed ids and events, never code.
pub(crate) const CONTEXTS: &[&str] = &[
    "people",
    "community",
    "outreach",
    "help",
    "network",
    "resources",
    "volunteering",
    "publishing",
    "evidence",
];

/// Checks every crate.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending("/Cargo.toml") {
        let Some(name) = path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        described(tree, name, text, &mut findings);
        independent(name, text, &mut findings);
        paired(tree, name, &mut findings);
        harnessed(tree, name, text, &mut findings);
    }
    findings
}

fn described(tree: &Tree, name: &str, manifest: &str, findings: &mut Vec<Finding>) {
    let path = format!("crates/{name}/Cargo.toml");
    let mut wrong = |words: &str| {
        findings.push(Finding { path: path.clone(), line: 0, rule: "crate-doc", words: words.to_owned() });
    };
    let description = manifest.lines().find_map(|line| line.strip_prefix("description = \""));
    if description.is_none_or(|words| words.trim_end_matches('"').len() < 10) {
        wrong("a crate needs a description");
    }
    if !manifest.contains("[lints]\nworkspace = true") {
        wrong("a crate takes its lints from the workspace");
    }
    let heads = ["lib.rs", "main.rs"].map(|file| tree.text(&format!("crates/{name}/src/{file}")));
    if !heads.into_iter().flatten().any(|text| text.starts_with("//! ")) {
        wrong("the first line of the crate says what it is for (//!)");
    }
}

fn independent(name: &str, manifest: &str, findings: &mut Vec<Finding>) {
    if !CONTEXTS.contains(&name) {
        return;
    }
    let mut table = "";
    for (i, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            table = line;
            continue;
        }
        let dependency = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if table.contains("dependencies") && dependency != name && CONTEXTS.contains(&dependency) {
            let words =
                format!("{name} depends on {dependency}: contexts react to each other's events instead");
            findings.push(Finding {
                path: format!("crates/{name}/Cargo.toml"),
                line: i + 1,
                rule: "context-import",
                words,
            });
        }
    }
}

/// A library is compiled a second time, as its own test program, only where it has unit tests.
fn harnessed(tree: &Tree, name: &str, manifest: &str, findings: &mut Vec<Finding>) {
    let source = format!("crates/{name}/src/");
    if tree.text(&format!("{source}lib.rs")).is_none() {
        return;
    }
    let tested =
        tree.ending(".rs").any(|(path, text)| path.starts_with(&source) && text.contains("#[cfg(test)]"));
    let words = match (tested, manifest.contains("[lib]\ntest = false\n")) {
        (true, true) => "there are unit tests in src/ that [lib] test = false leaves out",
        (false, false) => "no unit tests in src/: write [lib] test = false, or it is compiled twice",
        _ => return,
    };
    let path = format!("crates/{name}/Cargo.toml");
    findings.push(Finding { path, line: 0, rule: "unit-tests", words: words.to_owned() });
}

/// Migrations of both databases have the same names.
fn paired(tree: &Tree, name: &str, findings: &mut Vec<Finding>) {
    let sides = ["sqlite", "postgres"];
    for (this, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        let folder = format!("crates/{name}/migrations/{this}/");
        for path in tree.paths.iter().filter(|path| path.starts_with(&folder)) {
            let twin = format!("crates/{name}/migrations/{other}/{}", &path[folder.len()..]);
            if !tree.paths.contains(&twin) {
                let words = format!("there is no {twin}");
                findings.push(Finding { path: path.clone(), line: 0, rule: "migration-pair", words });
            }
        }
    }
}
