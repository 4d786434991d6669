//! `skein import`.

use std::path::PathBuf;

use clap::Args;
use intake::{ImportError, Imports, Preview, Rule, State};
use kernel::{Actor, Id, Role};
use serde_json::json;

use super::{CliError, admin, progress, say, tell};
use crate::boot::{Place, system_clock};

/// A file to read and to enter.
#[derive(Args, Debug)]
pub struct Import {
    /// Workbook or CSV
    file: Option<PathBuf>,
    /// Only tell what it holds; needs no node
    #[arg(long)]
    dry_run: bool,
    /// A hidden sheet or an old version that is to be read, too; may be given several times
    #[arg(long = "sheet", value_name = "NAME")]
    sheets: Vec<String>,
    /// What is done with likely duplicates: auto, same, new or skip
    #[arg(long, default_value = "auto")]
    rule: String,
    /// Enter it as this account (its login name); otherwise as the first manager
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Take an import back
    #[arg(long, value_name = "BATCH", conflicts_with = "file")]
    undo: Option<Id>,
}

impl From<ImportError> for CliError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Refused(refusal) => refusal.into(),
            ImportError::Store(error) => error.into(),
        }
    }
}

impl Import {
    /// Reads, enters or takes back.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        if let Some(batch) = self.undo {
            return self.take_back(place, batch, json).await;
        }
        let file = self.file.as_ref().ok_or_else(|| {
            CliError::Words(both!("请指定文件，或 --undo 批号", "name a file, or --undo BATCH"))
        })?;
        let bytes = std::fs::read(file).map_err(|error| CliError::file(file, error))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if self.dry_run {
            return self.dry(&bytes, &name, json);
        }
        let rule = match self.rule.as_str() {
            "auto" => Rule::AutoOnly,
            "same" => Rule::AllSame,
            "new" => Rule::AllNew,
            "skip" => Rule::SkipDoubtful,
            other => {
                return Err(CliError::Words(both!(
                    "没有 {other} 这条规则：auto、same、new、skip",
                    "there is no rule {other}: auto, same, new, skip"
                )));
            }
        };
        let node = place.open_existing().await?;
        let actor = self.actor(&node).await?;
        let imports = Imports::new(node);
        let preview = imports.read_now(&actor, &name, bytes).await?;
        if let Some((code, zh, en)) = &preview.problem {
            let words = super::lang().pick(zh, en);
            return Err(CliError::Words(format!("{code} {words}")));
        }
        let id = preview.id.0;
        for sheet in &self.sheets {
            imports.choose(&actor, id, sheet, true).await?;
        }
        imports.decide(&actor, id, Some(rule), Vec::new()).await?;
        let bar = progress::rows(json);
        let done = imports
            .apply_now(&actor, id, |progress| {
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
            })
            .await?;
        bar.finish_and_clear();
        report(&done, json);
        Ok(())
    }

    fn dry(&self, bytes: &[u8], name: &str, json: bool) -> Result<(), CliError> {
        let today =
            jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(8)).to_datetime(system_clock()()).date();
        let document = intake::dry::run(bytes, name, today, &self.sheets)?;
        tell(json, &document);
        for sheet in document["sheets"].as_array().into_iter().flatten() {
            let (name, role) = (sheet["name"].as_str(), sheet["role"].as_str());
            let (name, role) = (name.unwrap_or_default(), role.unwrap_or_default());
            say(
                json,
                both!("{name}：{role}，{} 行数据", "{name}: {role}, {} rows of data", sheet["data_rows"]),
            );
        }
        let pairs = document["duplicates"].as_array().map_or(0, Vec::len);
        say(
            json,
            both!(
                "{pairs} 对疑似重复。加 --json 会列出每一行、每一格。",
                "{pairs} likely duplicates. With --json every row and cell is told."
            ),
        );
        Ok(())
    }

    async fn actor(&self, node: &journal::Node) -> Result<Actor, CliError> {
        let operator = admin::operator(node).await?;
        let accounts = access::account::queries::list(node, &operator).await?;
        let may = |role: Option<Role>| matches!(role, Some(Role::Manager | Role::Worker));
        let found = match &self.login {
            Some(login) => accounts.iter().find(|account| account.login.as_ref() == Some(login)),
            None => accounts.iter().find(|account| account.role == Some(Role::Manager)),
        };
        let account = found.filter(|account| may(account.role) && account.active == Some(true));
        let account = account.ok_or_else(|| {
            CliError::Words(both!("没有这样的可以导入的账号", "there is no such account that may import"))
        })?;
        let role = account.role.unwrap_or(Role::Worker);
        Ok(Actor { account: account.id.into(), role, site: operator.site })
    }

    async fn take_back(&self, place: &Place, batch: Id, json: bool) -> Result<(), CliError> {
        let node = place.open_existing().await?;
        let actor = self.actor(&node).await?;
        let undone = Imports::new(node).undo(&actor, batch, "skein import --undo").await?;
        say(
            json,
            both!(
                "已撤销；有 {} 处因为以后有人改过，没有动。",
                "Taken back; {} changes were left because somebody changed them since.",
                undone.left
            ),
        );
        tell(json, &json!({ "batch": batch, "state": undone.state, "left": undone.left }));
        Ok(())
    }
}

fn report(done: &Preview, json: bool) {
    let (made, known, records) = done.entered;
    let state =
        if done.state == State::Done { both!("已写入", "Entered") } else { both!("已停下", "Stopped") };
    say(
        json,
        both!(
            "{state}：新登记 {made} 人，已登记过 {known} 人，一共 {records} 条记录。",
            "{state}: {made} people made, {known} known already, {records} records in all."
        ),
    );
    let id = done.id;
    say(
        json,
        both!(
            "批号 {id}：skein import --undo {id} 可以撤销。",
            "Batch {id}: skein import --undo {id} takes it back."
        ),
    );
    for (sheet, row, why) in &done.failed {
        say(json, both!("{sheet} 第 {row} 行：{why}", "{sheet} row {row}: {why}"));
    }
    let failed: Vec<_> = done
        .failed
        .iter()
        .map(|(sheet, row, why)| json!({ "sheet": sheet, "row": row, "why": why }))
        .collect();
    tell(
        json,
        &json!({
            "batch": done.id, "state": done.state, "persons_made": made, "persons_known": known,
            "records_made": records, "failed": failed, "again": done.again,
        }),
    );
}
