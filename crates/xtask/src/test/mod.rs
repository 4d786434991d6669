//! `cargo xtask test`: every check, in stages that can be chosen one by one.
//!
//! A stage whose part of the project does not exist yet is absent and said to be. A stage that exists runs: there is
//! no variable that leaves one out, only `--only` on the command line, and then the summary says so.

mod build;
pub(crate) mod postgres;
mod scratch;
mod setup;
mod stages;
#[cfg(test)]
mod tests;

use std::process::Command;
use std::time::{Duration, Instant};

use crate::{Outcome, sh};

/// One part of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Stage {
    /// House rules of sources and documents.
    Tidy,
    /// Licences of every dependency, and `cargo deny`: bans, licences, sources.
    Deny,
    /// The web app: lint, types, tests, build, size.
    Web,
    /// rustfmt and clippy.
    Lint,
    /// The Rust tests, on SQLite and PostgreSQL.
    Rust,
    /// Generated files are what the code generates.
    Goldens,
    /// The matcher's quality on public record-linkage sets.
    Matching,
    /// The API against its own description.
    Schemathesis,
    /// Browser journeys.
    E2e,
}

impl Stage {
    /// In the order of running: cheap ones first, the web app before the server that embeds it, and last the journeys, since
    /// theirs is the failure that is read most often.
    const ALL: [Self; 9] = [
        Self::Tidy,
        Self::Deny,
        Self::Web,
        Self::Lint,
        Self::Rust,
        Self::Goldens,
        Self::Matching,
        Self::Schemathesis,
        Self::E2e,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Web => "web",
            Self::Lint => "lint",
            Self::Rust => "rust",
            Self::Goldens => "goldens",
            Self::Matching => "matching",
            Self::Schemathesis => "schemathesis",
            Self::E2e => "e2e",
        }
    }
}

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these stages, for working on one part
    #[arg(long, value_delimiter = ',', value_name = "STAGE")]
    only: Vec<Stage>,
    /// Stop at the first stage that fails
    #[arg(long)]
    fail_fast: bool,
    /// Check that everything needed is there, without installing anything
    #[arg(long)]
    no_install: bool,
}

/// What to run beside a throw-away PostgreSQL.
#[derive(clap::Args)]
pub(crate) struct WithPostgres {
    /// The program and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

/// Runs a command, such as the tests of one crate, with a throw-away PostgreSQL.
pub(crate) fn with_postgres(args: &WithPostgres) -> Outcome {
    if let Some(ended) = scratch::again() {
        return ended;
    }
    let [program, rest @ ..] = args.command.as_slice() else { return Err("nothing to run".into()) };
    let cluster = postgres::Cluster::start()?;
    let mut command = Command::new(program);
    cluster.lend(command.args(rest));
    sh::run(&mut command)
}

enum End {
    Passed,
    Failed(String),
    Absent(&'static str),
    NotAsked,
    NotReached,
}

/// Runs the stages and prints a summary.
pub(crate) fn run(args: &Args) -> Outcome {
    if let Some(ended) = scratch::again() {
        return ended;
    }
    let wanted = |stage: Stage| args.only.is_empty() || args.only.contains(&stage);
    let due: Vec<Stage> =
        Stage::ALL.into_iter().filter(|stage| wanted(*stage) && stages::absence(*stage).is_none()).collect();
    let start = Instant::now();
    heading("set-up");
    let _ahead = setup::run(&due, !args.no_install)?;
    let mut rows = vec![("set-up", End::Passed, start.elapsed())];
    let mut stopped = false;
    for stage in Stage::ALL {
        let start = Instant::now();
        let end = if !wanted(stage) {
            End::NotAsked
        } else if let Some(why) = stages::absence(stage) {
            End::Absent(why)
        } else if stopped {
            End::NotReached
        } else {
            heading(stage.name());
            match stages::run(stage) {
                Ok(()) => End::Passed,
                Err(why) => End::Failed(why),
            }
        };
        if let End::Failed(why) = &end {
            println!("{why}");
            stopped = args.fail_fast;
        }
        rows.push((stage.name(), end, start.elapsed()));
    }
    summary(&rows, start.elapsed())
}

fn heading(title: &str) {
    println!("\n══ {title} {}", "═".repeat(70_usize.saturating_sub(title.len())));
}

fn summary(rows: &[(&str, End, Duration)], total: Duration) -> Outcome {
    heading("summary");
    let mut failed = Vec::new();
    for (name, end, time) in rows {
        let words = match end {
            End::Passed => "passed".to_owned(),
            End::Failed(why) => {
                failed.push(*name);
                format!("FAILED  {}", why.lines().next().unwrap_or_default())
            }
            End::Absent(why) => format!("absent: {why}"),
            End::NotAsked => "left out by --only".to_owned(),
            End::NotReached => "not reached".to_owned(),
        };
        println!("{name:<14}{:>7.1} s  {words}", time.as_secs_f64());
    }
    println!("{:<14}{:>7.1} s", "together", total.as_secs_f64());
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}
