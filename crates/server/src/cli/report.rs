//! `skein report` and `skein export`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use evidence::{FileKind, Printed, csv};
use journal::Node;
use kernel::{Actor, RecordDef, Role};
use serde_json::{Value, json};

use super::{CliError, admin, progress, say, tell};
use crate::boot::{Place, private_file};

/// Which report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// The children of the register
    Roster,
    /// The participations of a month
    Participations,
    /// What a year, or any period, came to
    Year,
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
    /// Period of the year's report: 2026, 2026-H1, 2026-Q3 or 2026-11; this year where nothing is said
    #[arg(long)]
    period: Option<String>,
    /// Instead of a period: from this day
    #[arg(long, conflicts_with = "period")]
    from: Option<jiff::civil::Date>,
    /// Instead of a period: to this day
    #[arg(long, conflicts_with = "period")]
    to: Option<jiff::civil::Date>,
    /// Write it here: .xlsx, .csv or .pdf
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
        let file = self.out.as_deref().map(|path| kind_of(path).map(|kind| (path, kind))).transpose()?;
        let node = place.open_existing().await?;
        let operator = admin::operator(&node).await?;
        // Who runs the node sees totals, never people: small cells are kept back.
        let actor = Actor { role: Role::Coordinator, ..operator };
        match self.which {
            Which::Roster => {
                let day = self.as_of.unwrap_or_else(|| node.today());
                let roster = evidence::roster::report(&node, &actor, day).await?;
                Self::give(
                    file,
                    &roster.printed(),
                    &serde_json::to_value(&roster).unwrap_or_default(),
                    &node,
                    json,
                )
            }
            Which::Participations => {
                let today = node.today();
                let month =
                    self.month.clone().unwrap_or_else(|| format!("{:04}-{:02}", today.year(), today.month()));
                let month = evidence::month::report(&node, &actor, &month).await?;
                Self::give(
                    file,
                    &month.printed(),
                    &serde_json::to_value(&month).unwrap_or_default(),
                    &node,
                    json,
                )
            }
            Which::Year => {
                let days = (self.from, self.to);
                let span = evidence::year::asked_span(self.period.as_deref(), days, node.today())?;
                let year = evidence::year::report(&node, &actor, &span).await?;
                Self::give(
                    file,
                    &year.printed(),
                    &serde_json::to_value(&year).unwrap_or_default(),
                    &node,
                    json,
                )
            }
        }
    }

    fn give(
        file: Option<(&Path, FileKind)>,
        printed: &Printed<'_>,
        value: &Value,
        node: &Node,
        json: bool,
    ) -> Result<(), CliError> {
        if let Some((path, kind)) = file {
            let bytes = kind.make(printed, &node.zoned_now())?;
            std::fs::write(path, bytes).map_err(|error| CliError::file(path, error))?;
            say(json, both!("已写到 {}", "{} written", path.display()));
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

/// As what a report is written to a file of this name.
fn kind_of(path: &Path) -> Result<FileKind, CliError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    FileKind::of_ending(&ending).ok_or_else(|| {
        CliError::Words(both!(
            "报表的文件名要以 .xlsx、.csv 或 .pdf 结尾",
            "a report is written to a file that ends in .xlsx, .csv or .pdf"
        ))
    })
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
        let all = crate::http::records::nouns();
        if let Some(strange) = self.nouns.iter().find(|noun| !all.iter().any(|record| record.noun == **noun))
        {
            let known: Vec<&str> = all.iter().map(|record| record.noun).collect();
            return Err(CliError::Words(both!(
                "没有 {strange} 这种记录：{}",
                "there is no kind of record {strange}: {}",
                known.join(", ")
            )));
        }
        let node = place.open_existing().await?;
        let actor = self.actor(&node).await?;
        let fault = |error: std::io::Error| CliError::file(&self.out, error);
        let unfinished = self.out.with_extension("unfinished");
        let file = private_file(&unfinished, true).map_err(fault)?;
        let mut out = std::io::BufWriter::new(file);
        let busy = progress::busy(json, both!("正在写记录", "writing records"));
        let mut written = 0;
        for record in all {
            if self.nouns.is_empty() || self.nouns.iter().any(|noun| noun == record.noun) {
                written += self.kind(&node, &actor, record, &mut out).await?;
            }
        }
        out.flush().map_err(fault)?;
        std::fs::rename(&unfinished, &self.out).map_err(fault)?;
        busy.finish_and_clear();
        say(json, both!("{} 条记录已写到 {}", "{} records written to {}", written, self.out.display()));
        tell(json, &json!({ "file": self.out, "records": written }));
        Ok(())
    }

    async fn actor(&self, node: &Node) -> Result<Actor, CliError> {
        let operator = admin::operator(node).await?;
        let accounts = access::account::queries::list(node, &operator).await?;
        let account = accounts.iter().find(|account| account.login.as_deref() == Some(self.login.as_str()));
        let account = account.filter(|account| account.active == Some(true));
        let (Some(account), Some(role)) = (account, account.and_then(|account| account.role)) else {
            return Err(CliError::Words(both!(
                "没有 {} 这个可用的账号",
                "there is no open account {}",
                self.login
            )));
        };
        Ok(Actor { account: account.id.into(), role, site: operator.site })
    }

    /// Writes the records of one kind; that a child's was read is noted.
    async fn kind(
        &self,
        node: &Node,
        actor: &Actor,
        record: &RecordDef,
        out: &mut impl Write,
    ) -> Result<usize, CliError> {
        let fault = |error: std::io::Error| CliError::file(&self.out, error);
        let mut written = 0;
        let mut after = String::new();
        loop {
            let values = vec![actor.site.into(), record.noun.into(), after.as_str().into()];
            let rows = node.rows(crate::queries::OF_NOUN.text, values).await?;
            let Some(last) = rows.last() else { return Ok(written) };
            after = last.text(0).to_owned();
            let ids: Vec<kernel::Id> = rows.iter().map(|row| row.id(0)).collect();
            let mut children = Vec::new();
            for held in node.visible(actor, record.noun, &ids, kernel::Use::Read).await? {
                let view = crate::http::records::view(actor, &held);
                let line = serde_json::to_string(&view).unwrap_or_default();
                writeln!(out, "{line}").map_err(fault)?;
                written += 1;
                if record.noun == "person" && people::person::is_minor(&journal::state(&held), node.today()) {
                    children.push(held.meta.id);
                }
            }
            access::log::note(node, actor, "person", &children, "export").await?;
        }
    }
}
