//! `skein report` and `skein export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use evidence::{Printed, csv, xlsx};
use kernel::{Actor, Role};
use serde_json::{Value, json};

use super::{CliError, admin, say, tell};
use crate::boot::Place;

/// Which report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// The children of the register
    Roster,
    /// The participations of a month
    Participations,
}

/// A report.
#[derive(Args, Debug)]
pub struct Report {
    /// Which
    which: Which,
    /// Day of the roster, such as 2026-11-24
    #[arg(long)]
    as_of: Option<jiff::civil::Date>,
    /// Month of the participations, such as 2026-11
    #[arg(long)]
    month: Option<String>,
    /// Write it here: .xlsx or .csv
    #[arg(long)]
    out: Option<PathBuf>,
}

impl From<evidence::ReportError> for CliError {
    fn from(error: evidence::ReportError) -> Self {
        match error {
            evidence::ReportError::Refused(refusal) => refusal.into(),
            evidence::ReportError::Store(error) => error.into(),
        }
    }
}

impl Report {
    /// Prints or writes it.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        let node = place.open().await?;
        let operator = admin::operator(&node).await?;
        // Who runs the node sees totals, never people: small cells are kept back.
        let actor = Actor { role: Role::Coordinator, ..operator };
        match self.which {
            Which::Roster => {
                let day = self.as_of.unwrap_or_else(|| node.today());
                let roster = evidence::roster::report(&node, &actor, day).await?;
                self.give(&roster.printed(), &serde_json::to_value(&roster).unwrap_or_default(), &node, json)
            }
            Which::Participations => {
                let today = node.today();
                let month =
                    self.month.clone().unwrap_or_else(|| format!("{:04}-{:02}", today.year(), today.month()));
                let month = evidence::month::report(&node, &actor, &month).await?;
                self.give(&month.printed(), &serde_json::to_value(&month).unwrap_or_default(), &node, json)
            }
        }
    }

    fn give(
        &self,
        printed: &Printed<'_>,
        value: &Value,
        node: &journal::Node,
        json: bool,
    ) -> Result<(), CliError> {
        if let Some(path) = &self.out {
            let workbook = path.extension().is_some_and(|ending| ending == "xlsx");
            let bytes = if workbook { xlsx(printed, node.now())? } else { csv(printed)? };
            std::fs::write(path, bytes).map_err(|error| CliError::file(path, error))?;
            say(json, format_args!("{} written", path.display()));
            tell(json, &json!({ "file": path }));
            return Ok(());
        }
        tell(json, value);
        if !json {
            let text = csv(printed)?;
            say(false, String::from_utf8_lossy(&text).trim_start_matches('\u{feff}'));
        }
        Ok(())
    }
}

/// The register in a file.
#[derive(Args, Debug)]
pub struct Export {
    /// Write it here: JSON, one record on a line
    #[arg(long)]
    out: PathBuf,
    /// Kinds of record; all where nothing is said
    #[arg(long = "noun", value_name = "NOUN")]
    nouns: Vec<String>,
    /// Export as this account (its login name): what it may read is written
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

impl Export {
    /// Writes the records that the account may read.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        use std::io::Write;
        let node = place.open().await?;
        let operator = admin::operator(&node).await?;
        let accounts = access::account::queries::list(&node, &operator).await?;
        let account = accounts.iter().find(|account| account.login.as_deref() == Some(self.login.as_str()));
        let (Some(account), Some(role)) = (account, account.and_then(|account| account.role)) else {
            return Err(CliError::Words(format!("there is no account {}", self.login)));
        };
        let actor = Actor { account: account.id.into(), role, site: operator.site };
        let fault = |error: std::io::Error| CliError::file(&self.out, error);
        let file = std::fs::File::create(&self.out).map_err(fault)?;
        let mut out = std::io::BufWriter::new(file);
        let mut written = 0;
        for record in crate::http::records::nouns() {
            if !self.nouns.is_empty() && !self.nouns.iter().any(|noun| noun == record.noun) {
                continue;
            }
            let mut after = String::new();
            loop {
                let values = vec![actor.site.into(), record.noun.into(), after.as_str().into()];
                let rows = node.rows(crate::queries::OF_NOUN.text, values).await?;
                let Some(last) = rows.last() else { break };
                after = last.text(0).to_owned();
                let ids: Vec<kernel::Id> = rows.iter().map(|row| row.id(0)).collect();
                for held in node.visible(&actor, record.noun, &ids, kernel::Use::Read).await? {
                    let view = crate::http::records::view(&actor, &held);
                    let line = serde_json::to_string(&view).unwrap_or_default();
                    writeln!(out, "{line}").map_err(fault)?;
                    written += 1;
                }
            }
        }
        out.flush().map_err(fault)?;
        say(json, format_args!("{written} records written to {}", self.out.display()));
        tell(json, &json!({ "file": self.out, "records": written }));
        Ok(())
    }
}
