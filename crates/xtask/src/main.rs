//! Project chores. `cargo xtask` alone lists them.

// Suffixes of our own paths are written in one case.
#![allow(clippy::case_sensitive_file_extension_comparisons)]

mod bench;
mod licences;
mod new_record;
mod run;
mod sh;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Why a chore did not succeed, in words for the person at the terminal.
pub(crate) type Outcome<T = ()> = Result<T, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Project chores.")]
struct Cli {
    #[command(subcommand)]
    chore: Option<Chore>,
}

#[derive(Subcommand)]
enum Chore {
    /// Set up what is missing and run every check: what CI runs
    Test(test::Args),
    /// Run a command with SKEIN_TEST_POSTGRES naming a PostgreSQL that ends with it
    WithPostgres(test::WithPostgres),
    /// Check the house rules of the sources and documents
    Tidy,
    /// Check the licence of every dependency against deny.toml
    Licences,
    /// Start a demonstration centre in a temporary folder
    Run(run::Args),
    /// Measure and print figures beside their baselines
    Bench(bench::Args),
    /// Write the first files of a new record
    NewRecord(new_record::Args),
}

fn main() -> ExitCode {
    let Some(chore) = Cli::parse().chore else {
        if Cli::command().print_help().is_err() {
            return ExitCode::FAILURE;
        }
        return ExitCode::SUCCESS;
    };
    let outcome = match chore {
        Chore::Test(args) => test::run(&args),
        Chore::WithPostgres(args) => test::with_postgres(&args),
        Chore::Tidy => tidy::run(),
        Chore::Licences => licences::run(),
        Chore::Run(args) => run::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::NewRecord(args) => new_record::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\n{why}");
            ExitCode::FAILURE
        }
    }
}
