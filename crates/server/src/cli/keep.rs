//! `skein verify`, `skein rebuild`, and the generated files under `goldens/`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{CliError, progress, say, tell};
use crate::boot::Place;
use crate::goldens;

/// Walks the journal's chain, and compares the files of works with their records.
pub async fn verify(place: &Place, json: bool) -> Result<(), CliError> {
    let node = place.open_existing().await?;
    let busy = progress::busy(json, both!("正在核对流水账", "walking the journal"));
    let verified = node.verify().await?;
    let files = publishing::store::queries::verify(&node).await?;
    busy.finish_and_clear();
    let broken: Vec<_> = verified
        .broken
        .iter()
        .map(|broken| json!({ "site": broken.site, "position": broken.position }))
        .collect();
    let faults: Vec<_> = files
        .faults
        .iter()
        .map(|fault| json!({ "site": fault.site, "work": fault.work, "wrong": fault.wrong }))
        .collect();
    tell(
        json,
        &json!({ "rows": verified.rows, "broken": broken, "files": files.whole, "bad_files": faults }),
    );
    if let Some(first) = verified.broken.first() {
        return Err(CliError::No(both!(
            "站点 {} 的流水账在第 {} 条被改动或损坏：请恢复备份",
            "the journal of site {} was changed or damaged at position {}: restore a backup",
            first.site,
            first.position
        )));
    }
    whole(&files)?;
    say(json, both!("流水账 {} 行，链条完整。", "{} journal rows, the chain holds.", verified.rows));
    if files.whole > 0 {
        say(
            json,
            both!(
                "照片和录音 {} 个，与登记相符。",
                "{} photos and recordings are as their records say.",
                files.whole
            ),
        );
    }
    Ok(())
}

/// Refuses where a file is missing or wrong, naming the first.
pub fn whole(files: &publishing::store::Checked) -> Result<(), CliError> {
    let Some(first) = files.faults.first() else { return Ok(()) };
    let (work, count) = (first.work, files.faults.len());
    Err(CliError::No(if first.wrong {
        both!(
            "{count} 个文件有问题，第一个是作品 {work}：内容与登记不符。请恢复备份",
            "{count} files are bad, first that of work {work}: its content is not what the record says. Restore a backup"
        )
    } else {
        both!(
            "{count} 个文件有问题，第一个是作品 {work}：文件不在。请恢复备份",
            "{count} files are bad, first that of work {work}: it is missing. Restore a backup"
        )
    }))
}

/// Rebuilds what follows from the journal, and tells whether it changed.
pub async fn rebuild(place: &Place, json: bool) -> Result<(), CliError> {
    let node = place.open_existing().await?;
    let busy = progress::busy(json, both!("正在重放流水账", "replaying the journal"));
    let mut before = Vec::new();
    for table in node.derived() {
        before.push(node.table_digest(table).await?);
    }
    let rebuilt = node.rebuild().await?;
    let mut changed = Vec::new();
    for (table, before) in node.derived().into_iter().zip(before) {
        if node.table_digest(table).await? != before {
            changed.push(table.name);
        }
    }
    busy.finish_and_clear();
    tell(json, &json!({ "commands": rebuilt.commands, "records": rebuilt.records, "changed": changed }));
    say(
        json,
        both!(
            "重放了 {} 条操作，得到 {} 条记录。",
            "{} commands replayed into {} records.",
            rebuilt.commands,
            rebuilt.records
        ),
    );
    if changed.is_empty() {
        say(json, both!("每张表都和原来一字不差。", "Every table is byte for byte what it was."));
    } else {
        say(json, both!("修好了：{}。", "Mended: {}.", changed.join(", ")));
    }
    Ok(())
}

/// The generated files.
#[derive(Args, Debug)]
pub struct Goldens {
    /// Only compare; fail where they differ
    #[arg(long)]
    check: bool,
    /// Where they are
    #[arg(long, default_value = "goldens")]
    folder: PathBuf,
}

impl Goldens {
    /// Writes the files, or compares them.
    pub fn run(&self) -> Result<(), CliError> {
        let mut differing = Vec::new();
        for (name, content) in goldens::all() {
            let path = self.folder.join(name);
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            if kept == content {
                continue;
            }
            differing.push(path.display().to_string());
            if !self.check {
                write(&path, &content)?;
            }
        }
        if self.check && !differing.is_empty() {
            let files = differing.join(", ");
            return Err(CliError::No(format!(
                "out of step: {files}. Run `skein goldens` and review the change"
            )));
        }
        say(false, format_args!("{} of {} files changed.", differing.len(), goldens::all().len()));
        Ok(())
    }
}

fn write(path: &Path, content: &str) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| CliError::file(folder, error))?;
    }
    std::fs::write(path, content).map_err(|error| CliError::file(path, error))
}
