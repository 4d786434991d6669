//! `cargo xtask new-record`: the first files of a record.

use crate::Outcome;

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The context, a folder of crates/
    context: String,
    /// The noun of the record, in snake_case
    noun: String,
}

/// Writes the files.
pub(crate) fn run(args: &Args) -> Outcome {
    Err(format!("cannot write {} into {}", args.noun, args.context))
}
