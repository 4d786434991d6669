//! The command line of `skein`.

/// A sentence in the language of the terminal: Chinese first, then English, then what fills both.
macro_rules! both {
    ($zh:literal, $en:literal $(, $value:expr)*) => {
        crate::cli::lang().pick(&format!($zh $(, $value)*), &format!($en $(, $value)*)).into_owned()
    };
}

mod admin;
mod backup;
mod demo;
pub mod help;
mod import;
mod keep;
mod pairs;
mod progress;
mod report;
mod serve;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use journal::BackupError;

use crate::boot::{BootError, Place};

/// Skein (雁阵): the record of a community that supports people on the move
#[derive(Parser, Debug)]
#[command(name = "skein", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    /// Answer as JSON, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Run the program and serve the web app
    Serve(serve::Serve),
    /// Make a believable centre to look around in
    Demo(demo::Demo),
    /// Accounts: add, list, set a password, retire
    User(admin::User),
    /// Read a workbook, show what it holds, and import it
    Import(import::Import),
    /// Write the records that an account may read, one JSON object on a line
    Export(report::Export),
    /// Print a report: roster, or the participations of a month
    Report(report::Report),
    /// Walk the journal's chain and tell whether it was changed
    Verify,
    /// Rebuild state and search tables from the journal
    Rebuild,
    /// Write an encrypted backup, also while the program runs
    Backup(backup::Backup),
    /// Restore a backup, or rehearse it with --check
    Restore(backup::Restore),
    /// Find records of the same person in one or two CSV files
    Match(pairs::Match),
    /// Write or check the generated files under goldens/
    #[command(hide = true)]
    Goldens(keep::Goldens),
}

/// Why a command line ended without doing what it was asked. The exit code tells the kind.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The node did not open.
    #[error(transparent)]
    Boot(#[from] BootError),
    /// The database.
    #[error(transparent)]
    Store(#[from] journal::StoreError),
    /// A problem of the catalogue.
    #[error("{} {}", .0.code, .0.detail)]
    Problem(Box<kernel::Problem>),
    /// A backup.
    #[error(transparent)]
    Backup(#[from] journal::BackupError),
    /// A file.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: String,
        /// The system's words.
        why: String,
    },
    /// Anything else, in words.
    #[error("{0}")]
    Words(String),
    /// It was done, and the answer is no: a broken chain, a check that failed.
    #[error("{0}")]
    No(String),
}

impl CliError {
    /// A file that cannot be read or written.
    pub fn file(path: &std::path::Path, why: impl std::fmt::Display) -> Self {
        Self::File { path: path.display().to_string(), why: why.to_string() }
    }

    /// 1: the answer is no. 2: it was asked wrongly. 3: the node or a file could not be used.
    fn code(&self) -> u8 {
        match self {
            Self::No(_) | Self::Backup(BackupError::Damaged(_) | BackupError::Broken) => 1,
            Self::Problem(_)
            | Self::Words(_)
            | Self::Backup(BackupError::NotEmpty | BackupError::Unknown(_)) => 2,
            Self::Backup(BackupError::Stream(why)) if words::is_damage(why) => 1,
            Self::Backup(_) | Self::Boot(_) | Self::Store(_) | Self::File { .. } => 3,
        }
    }
}

impl From<kernel::Problem> for CliError {
    fn from(problem: kernel::Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<kernel::Refusal> for CliError {
    fn from(refusal: kernel::Refusal) -> Self {
        Self::Problem(Box::new(refusal.document(lang())))
    }
}

/// The language of the terminal.
pub fn lang() -> kernel::Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale =
        set("SKEIN_LANG").or_else(|| set("LC_ALL")).or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    locale.and_then(|locale| kernel::Lang::of_tag(&locale)).unwrap_or(kernel::Lang::En)
}

/// Says something on the terminal, or nothing where JSON is wanted.
pub fn say(json: bool, words: impl std::fmt::Display) {
    if !json {
        println!("{words}");
    }
}

/// Prints JSON where it is wanted.
pub fn tell(json: bool, value: &serde_json::Value) {
    if json {
        println!("{value}");
    }
}

/// The command line as the arguments declare it, in English.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let asked = help::localised(command(), lang()).try_get_matches();
    let cli = match asked.and_then(|found| Cli::from_arg_matches(&found)) {
        Ok(cli) => cli,
        Err(error) => return told(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("skein: {error}");
            return ExitCode::from(3);
        }
    };
    let json = cli.json;
    match runtime.block_on(dispatch(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if json {
                println!("{}", serde_json::json!({ "error": error.words(), "exit": error.code() }));
            }
            eprintln!("skein: {}", error.words());
            ExitCode::from(error.code())
        }
    }
}

/// Help and version are answers; anything else was asked wrongly.
fn told(error: &clap::Error) -> ExitCode {
    match help::wrong(error, lang()).filter(|_| lang() != kernel::Lang::En) {
        Some(words) => eprintln!("skein: {words}"),
        // Where even the terminal is gone there is nobody to tell.
        None => drop(error.print()),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

async fn dispatch(cli: Cli) -> Result<(), CliError> {
    let Cli { place, json, what } = cli;
    match what {
        What::Serve(serve) => serve.run(&place, json).await,
        What::Demo(demo) => demo.run(&place, json).await,
        What::User(user) => user.run(&place, json).await,
        What::Import(import) => import.run(&place, json).await,
        What::Export(export) => export.run(&place, json).await,
        What::Report(report) => report.run(&place, json).await,
        What::Verify => keep::verify(&place, json).await,
        What::Rebuild => keep::rebuild(&place, json).await,
        What::Backup(backup) => backup.run(&place, json).await,
        What::Restore(restore) => restore.run(&place, json).await,
        What::Match(pairs) => pairs.run(json),
        What::Goldens(goldens) => goldens.run(),
    }
}
