//! `skein match`.

use std::path::{Path, PathBuf};

use clap::Args;
use matching::{Decision, MatchReport, Options, Table, cli_json, match_tables};

use super::{CliError, lang, progress, say, tell};

/// Tables whose records are compared.
#[derive(Args, Debug)]
pub struct Match {
    /// A CSV file
    left: PathBuf,
    /// Another: pairs are looked for between the two, otherwise within the first
    right: Option<PathBuf>,
    /// A column that is not compared; may be given several times
    #[arg(long = "ignore", value_name = "COLUMN")]
    ignore: Vec<String>,
}

impl Match {
    /// Compares and prints the pairs.
    pub fn run(&self, json: bool) -> Result<(), CliError> {
        let left = table(&self.left)?;
        let right = self.right.as_deref().map(table).transpose()?;
        let options = Options { ignore_columns: self.ignore.clone(), ..Options::default() };
        let busy = progress::busy(json, both!("正在比对", "comparing"));
        let report = match_tables(&left, right.as_ref(), &options).map_err(|fault| words(&fault))?;
        busy.finish_and_clear();
        tell(json, &cli_json(&report));
        if !json {
            print(&report);
        }
        Ok(())
    }
}

fn words(fault: &matching::TableFault) -> CliError {
    CliError::Words(lang().pick(&fault.zh(), &fault.en()).into_owned())
}

fn table(path: &Path) -> Result<Table, CliError> {
    let bytes = std::fs::read(path).map_err(|error| CliError::file(path, error))?;
    let text = sheets::decoded(&bytes, &path.display().to_string())?;
    Table::from_csv(&text).map_err(|fault| words(&fault))
}

fn print(report: &MatchReport) {
    for pair in &report.pairs {
        let decision = if pair.decision == Decision::Auto { "auto" } else { "review" };
        say(false, format_args!("{}\t{}\t{:.4}\t{decision}", pair.left_id, pair.right_id, pair.probability));
    }
    say(false, both!("{} 对", "{} pairs", report.pairs.len()));
}
