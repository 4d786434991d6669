//! Taking an import back whole: what it made is withdrawn, what it changed is changed back unless somebody did since.

use journal::{Node, StoreError};
use kernel::{Actor, BatchId, Envelope, Id, Lang, Outcome, Refusal};
use serde_json::{Value, json};

use crate::jobs::ImportError;
use crate::line::{Amended, Line};
use crate::queries::OF_BATCH;

/// The retracting verb of a kind of record.
fn retracting(noun: &str) -> String {
    match noun {
        "participation" => "participation.unmark".to_owned(),
        other => format!("{other}.retract"),
    }
}

/// Undoes; gives how many changes were left because the field was changed since.
pub async fn run(node: &Node, actor: &Actor, batch: BatchId, reason: &str) -> Result<u32, ImportError> {
    let rows = node.rows(OF_BATCH.text, vec![actor.site.into(), batch.0.into()]).await?;
    let mut left = 0;
    // The latest first, so that what names another record goes before it.
    for row in rows.iter().rev() {
        let id = row.id(0);
        let Some(held) = node.held(actor.site, "import_line", id).await? else { continue };
        if held.meta.retracted {
            continue;
        }
        let line: Line = journal::state(&held);
        let mut commands = Vec::new();
        for made in line.made.iter().rev() {
            let there = node.held(actor.site, &made.noun, made.id).await?;
            if there.is_some_and(|held| held.is_live() && !held.meta.erased) {
                commands.push((retracting(&made.noun), made.id, json!({})));
            }
        }
        for amended in &line.amended {
            match reverted(node, actor, amended).await? {
                Some(body) => commands.push((format!("{}.amend", amended.noun), amended.id, body)),
                None => left += 1,
            }
        }
        commands.push((retracting("import_line"), id, json!({})));
        send(node, actor, (batch, id), commands, reason).await?;
    }
    let undo = vec![("batch.undo".to_owned(), batch.0, json!({}))];
    if node.held(actor.site, "batch", batch.0).await?.is_some() {
        send(node, actor, (batch, batch.0), undo, reason).await?;
    }
    Ok(left)
}

/// The amendment that takes a change back; none if the field was changed since or the record is gone.
async fn reverted(node: &Node, actor: &Actor, amended: &Amended) -> Result<Option<Value>, StoreError> {
    let Some(held) = node.held(actor.site, &amended.noun, amended.id).await? else { return Ok(None) };
    let untouched =
        held.is_live() && !held.meta.erased && held.object().get(&amended.field) == Some(&amended.after);
    Ok(untouched.then(|| json!({ &amended.field: amended.before })))
}

async fn send(
    node: &Node,
    actor: &Actor,
    (batch, key): (BatchId, Id),
    commands: Vec<(String, Id, Value)>,
    reason: &str,
) -> Result<(), ImportError> {
    let bundle = key.derive(&format!("undo:{batch}"));
    let envelopes: Vec<Envelope> = commands
        .into_iter()
        .enumerate()
        .map(|(place, (verb, record, body))| Envelope {
            id: bundle.derive(&format!("command:{place}")),
            verb,
            record,
            base: None,
            at: node.now(),
            device: "import".into(),
            bundle: Some(bundle),
            reason: Some(reason.to_owned()),
            body,
        })
        .collect();
    let receipts = node.submit(actor, envelopes, None, Lang::Zh).await;
    let refused = receipts.into_iter().filter(|receipt| receipt.outcome == Outcome::Refused);
    let cause = refused
        .filter_map(|receipt| receipt.problem)
        .find(|problem| problem.code != kernel::faults::BUNDLE_REFUSED.code);
    match cause {
        Some(problem) if problem.status == 503 => Err(StoreError::Failed(problem.detail).into()),
        Some(problem) => {
            let why = format!("{} {}", problem.code, problem.detail);
            let refusal = Refusal::new(&crate::faults::ROW_FAILED);
            Err(refusal.with("row", key).with("why", why).into())
        }
        None => Ok(()),
    }
}
