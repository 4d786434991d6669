//! What each stage runs.

use std::path::Path;
use std::process::Command;

use super::postgres::Cluster;
use super::{Stage, build};
use crate::{Outcome, licences, sh, tidy};

/// What `skein` is asked in order to compare committed generated files with what the code generates.
const GOLDENS: &[&[&str]] = &[&["goldens", "--check"]];

/// The programme that measures the matcher on public data.
const FEBRL: &str = "crates/matching/tests/febrl.py";

/// Why a stage has nothing to run on in this checkout.
pub(super) fn absence(stage: Stage) -> Option<&'static str> {
    let root = sh::root();
    let needed = |file: &str, words| if root.join(file).exists() { None } else { Some(words) };
    match stage {
        Stage::Tidy | Stage::Deny | Stage::Lint | Stage::Rust => None,
        Stage::Web => needed("web/package.json", "there is no web/package.json"),
        Stage::Goldens if has_goldens(&root) => None,
        Stage::Goldens => Some("there is nothing but a README in goldens/"),
        Stage::Matching => needed(FEBRL, "there is no crates/matching/tests/febrl.py"),
        Stage::E2e => needed("e2e/package.json", "there is no e2e/package.json"),
        Stage::Schemathesis => needed(".ci/schemathesis", "there is no .ci/schemathesis"),
    }
}

fn has_goldens(root: &Path) -> bool {
    let Ok(entries) = root.join("goldens").read_dir() else { return false };
    entries.flatten().any(|entry| !entry.file_name().to_string_lossy().starts_with("README"))
}

/// Runs one stage.
pub(super) fn run(stage: Stage) -> Outcome {
    match stage {
        Stage::Tidy => tidy::run(),
        Stage::Deny => deny(),
        Stage::Web => web(),
        Stage::Lint => lint(),
        Stage::Rust => rust(),
        Stage::Goldens => goldens(),
        Stage::Matching => matching(),
        Stage::E2e => e2e(),
        Stage::Schemathesis => schemathesis(),
    }
}

fn deny() -> Outcome {
    licences::run()?;
    // The advisory database is a git repository that no package registry brings: `cargo deny check advisories` needs a
    // network that reaches it.
    println!("Advisories are not checked here: their database is in no package registry.");
    let checks = ["--offline", "check", "bans", "licenses", "sources"];
    sh::run(&mut sh::command(&sh::root(), super::setup::cargo_deny(), checks))
}

fn web() -> Outcome {
    let dir = sh::root().join("web");
    let scripts = ["lint", "typecheck", "test", "build", "size"];
    scripts.iter().try_for_each(|script| sh::run(&mut sh::command(&dir, "npm", ["run", script])))
}

fn lint() -> Outcome {
    let format = sh::run(&mut sh::cargo(&["fmt", "--all", "--check", "--", "--files-with-diff"]));
    let clippy = build::linted();
    // Who mends one wants to know of the other.
    format.map_err(|why| format!("{why}\n`cargo fmt` mends these files")).and(clippy)
}

fn rust() -> Outcome {
    let cluster = Cluster::start()?;
    let on_both = |mut command: Command| {
        cluster.lend(&mut command);
        sh::run(&mut command)
    };
    let parts = ["--workspace", "--lib", "--bins", "--tests"];
    if sh::which("cargo-nextest").is_some() {
        let flags = ["--no-fail-fast", "--status-level", "slow", "--no-tests", "pass"];
        on_both(build::cargo(&[&["nextest", "run"], &parts[..], &flags[..]].concat()))?;
    } else {
        on_both(build::cargo(&[&["test", "--no-fail-fast"], &parts[..]].concat()))?;
    }
    on_both(build::cargo(&["test", "--workspace", "--doc", "--quiet"]))
}

/// `skein` as the tests are built with it.
fn skein() -> Outcome<std::path::PathBuf> {
    build::all()?;
    Ok(sh::target().join("debug/skein"))
}

fn goldens() -> Outcome {
    let skein = skein()?;
    GOLDENS.iter().try_for_each(|args| sh::run(&mut sh::command(&sh::root(), &skein, *args)))
}

fn matching() -> Outcome {
    build::all()?;
    let mut command = sh::command(&sh::root(), super::setup::python(), [FEBRL]);
    sh::run(command.arg(sh::target().join("debug/examples/match_csv")))
}

fn e2e() -> Outcome {
    let skein = skein()?;
    let chromium = super::setup::chromium().ok_or("Chromium is missing")?;
    let cluster = Cluster::start()?;
    let dir = sh::root().join("e2e");
    sh::run(&mut sh::command(&dir, "npm", ["run", "typecheck"]))?;
    let mut command = sh::command(&dir, "npm", ["test"]);
    command
        .env("SKEIN_BIN", skein)
        .env("CHROMIUM", chromium)
        .env("SKEIN_PYTHON", super::setup::python())
        .env("SKEIN_TEST_POSTGRES", cluster.connection());
    sh::run(&mut command)
}

fn schemathesis() -> Outcome {
    let skein = skein()?;
    let mut command = sh::command(&sh::root(), sh::root().join(".ci/schemathesis"), [""; 0]);
    command.env("SKEIN_BIN", skein).env("SKEIN_PYTHON", super::setup::python());
    sh::run(&mut command)
}
