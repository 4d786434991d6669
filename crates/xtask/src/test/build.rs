//! Compiling the workspace, once for all stages.
//!
//! Clippy stands in for the compiler of the workspace's own crates: it compiles them as rustc does, and looks at them by
//! the way. A `cargo clippy` beside a `cargo build` compiles every library twice.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::{Outcome, sh};

/// Everything, built the same way whoever asks: built by itself, a part gets other features, and all libraries with it.
const ALL: [&str; 4] = ["build", "--workspace", "--all-targets", "--quiet"];

/// `clippy-driver` beside the cargo that runs this, else on `PATH`.
fn driver() -> PathBuf {
    let beside = std::env::var_os("CARGO").map(|cargo| PathBuf::from(cargo).with_file_name("clippy-driver"));
    beside.filter(|path| path.is_file()).unwrap_or_else(|| "clippy-driver".into())
}

/// Cargo with clippy for the workspace's own crates. Finding something does not stop it: that is for [`linted`].
pub(super) fn cargo(args: &[&str]) -> Command {
    let mut command = sh::cargo(args);
    command.env("RUSTC_WORKSPACE_WRAPPER", driver());
    command
}

/// A build that goes on while other things are done; it ends with this value.
pub(super) struct Ahead(Child);

impl Drop for Ahead {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Begins to build everything beside what waits for the network. Whoever needs it builds again, which waits for this one,
/// and tells what is wrong.
pub(super) fn ahead() -> Outcome<Ahead> {
    let child = cargo(&ALL).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.map(Ahead).map_err(|e| format!("cannot start cargo: {e}"))
}

/// Builds everything.
pub(super) fn all() -> Outcome {
    sh::run(&mut cargo(&ALL))
}

/// Builds everything, and fails when the compiler or clippy had anything to say of our crates; also of those that were
/// built before, as cargo tells it again.
pub(super) fn linted() -> Outcome {
    let mut command = cargo(&[&ALL[..], &["--message-format", "json"]].concat());
    println!("$ clippy by cargo {} --message-format json", ALL.join(" "));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("cannot start cargo: {e}"))?;
    let mut found = 0;
    for line in BufReader::new(child.stdout.take().ok_or("no output of cargo")?).lines() {
        if let Some(words) = finding(&line.map_err(|e| format!("cargo's output: {e}"))?) {
            found += 1;
            print!("{words}");
        }
    }
    let status = child.wait().map_err(|e| format!("cargo: {e}"))?;
    match found {
        0 if status.success() => Ok(()),
        0 => Err(format!("cargo build failed ({status})")),
        _ => Err(format!("{found} findings of the compiler and of clippy")),
    }
}

/// What a line of cargo's JSON says is wrong, as it is shown on a terminal. A sum such as "2 warnings emitted" is nothing
/// new.
fn finding(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    let message = &value["message"];
    let level = message["level"].as_str().filter(|_| value["reason"] == "compiler-message")?;
    let sum = message["code"].is_null() && message["spans"].as_array().is_none_or(Vec::is_empty);
    let wrong = level.starts_with("error") || level == "warning" && !sum;
    wrong.then(|| message["rendered"].as_str().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::finding;

    #[test]
    fn a_warning_is_a_finding_and_their_sum_is_none() {
        let warning = r#"{"reason":"compiler-message","message":{"level":"warning","code":{"code":"clippy::needless_return"},"spans":[{}],"rendered":"warning: unneeded"}}"#;
        let sum = r#"{"reason":"compiler-message","message":{"level":"warning","code":null,"spans":[],"rendered":"warning: 1 warning emitted"}}"#;
        let linker = r#"{"reason":"compiler-message","message":{"level":"error","code":null,"spans":[],"rendered":"error: linking failed"}}"#;
        let note = r#"{"reason":"compiler-message","message":{"level":"note","code":null,"spans":[{}],"rendered":"note"}}"#;
        let built = r#"{"reason":"compiler-artifact","package_id":"kernel"}"#;
        assert_eq!(finding(warning).as_deref(), Some("warning: unneeded"));
        assert_eq!(finding(linker).as_deref(), Some("error: linking failed"));
        assert_eq!([sum, note, built, "no JSON"].map(finding), [const { None }; 4]);
    }
}
