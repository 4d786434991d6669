//! The one pipeline: who is it, may they, decide, apply, journal. One batch is one transaction.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use kernel::faults::{BUNDLE_REFUSED, CLOCK_OFF, DAMAGED};
use kernel::{Action, Actor, Envelope, Id, Lang, Outcome, Problem, Receipt, Refusal, SiteId};
use serde_json::Value;

use crate::decide::{self, Turn};
use crate::desk::{Desk, Key, Tables};
use crate::node::{Inner, Write};
use crate::store::{StoreError, Writer};

/// Commands as one caller handed them in.
#[derive(Clone)]
pub(crate) struct Submission {
    pub actor: Actor,
    pub commands: Vec<Envelope>,
    /// When the device sent them, by its own clock.
    pub sent: Option<Timestamp>,
    pub lang: Lang,
}

/// How far a device's clock may be off before it is corrected.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(10);

/// Processes submissions, and writes of the node's own housekeeping, in one transaction. On an error nothing was
/// stored.
pub(crate) async fn run<'a>(
    inner: &Inner,
    db: &mut Writer,
    desks: &mut HashMap<SiteId, Desk>,
    batch: &[Submission],
    direct: impl IntoIterator<Item = &'a Vec<Write>>,
) -> Result<Vec<Vec<Receipt>>, StoreError> {
    db.begin().await?;
    let done = match housekeeping(direct).write(db).await {
        Ok(()) => within(inner, db, desks, batch).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Ok(receipts) => db.commit().await.map(|()| receipts),
        Err(error) => Err(error),
    };
    if done.is_err() {
        db.rollback().await;
        desks.clear();
    }
    done
}

fn housekeeping<'a>(direct: impl IntoIterator<Item = &'a Vec<Write>>) -> Tables {
    let mut tables = Tables::default();
    for write in direct.into_iter().flatten() {
        match write {
            Write::Put { table, values } => tables.put(table, values.clone()),
            Write::Delete { table, key } => tables.delete(table, key.clone()),
        }
    }
    tables
}

async fn within(
    inner: &Inner,
    db: &mut Writer,
    desks: &mut HashMap<SiteId, Desk>,
    batch: &[Submission],
) -> Result<Vec<Vec<Receipt>>, StoreError> {
    let now = inner.now();
    let mut sites: Vec<SiteId> = batch.iter().map(|submission| submission.actor.site).collect();
    sites.sort_unstable();
    sites.dedup();
    for site in &sites {
        let desk = desks.entry(*site).or_insert_with(|| Desk::new(*site));
        desk.start(db).await?;
        let of_site = batch.iter().filter(|submission| submission.actor.site == *site);
        prefetch(inner, db, desk, of_site).await?;
    }
    let mut all = Vec::with_capacity(batch.len());
    for submission in batch {
        if let Some(desk) = desks.get_mut(&submission.actor.site) {
            all.push(one_submission(inner, db, desk, submission, now).await?);
        }
    }
    for site in &sites {
        if let Some(desk) = desks.get_mut(site) {
            desk.flush(db, inner.registry).await?;
        }
    }
    Ok(all)
}

/// Loads in few statements what the batch will most likely need; the rest is loaded when met.
async fn prefetch(
    inner: &Inner,
    db: &mut Writer,
    desk: &mut Desk,
    batch: impl Iterator<Item = &Submission> + Clone,
) -> Result<(), StoreError> {
    let commands: Vec<Id> = batch.clone().flat_map(|s| s.commands.iter().map(|c| c.id)).collect();
    desk.load_seen(db, &commands).await?;
    let mut records: Vec<Key> = Vec::new();
    let mut subjects = Vec::new();
    for envelope in batch.flat_map(|submission| &submission.commands) {
        let Some(def) = inner.registry.command(&envelope.verb) else { continue };
        records.push((def.noun, envelope.record));
        let links = match (&def.action, &envelope.body) {
            (Action::Own { links, .. }, body) => links(body).unwrap_or_default(),
            (Action::Create, Value::Object(body)) => {
                let Some(record) = inner.registry.record(def.noun) else { continue };
                let Ok(state) = (record.parse)(body.clone()) else { continue };
                subjects.push(state.subject(envelope.record));
                state.links()
            }
            _ => continue,
        };
        records.extend(links.iter().map(|link| (link.noun, link.id)));
    }
    subjects.extend(commands.iter().filter_map(|command| desk.seen(*command).map(|seen| seen.subject)));
    match desk.load(db, inner.registry, &inner.key, records).await {
        // A single damaged record is refused where it is met; the others go on.
        Ok(()) | Err(StoreError::Damaged(_)) => {}
        Err(error) => return Err(error),
    }
    desk.load_keys(db, &inner.key, subjects).await
}

async fn one_submission(
    inner: &Inner,
    db: &mut Writer,
    desk: &mut Desk,
    submission: &Submission,
    now: Timestamp,
) -> Result<Vec<Receipt>, StoreError> {
    let mut receipts = Vec::with_capacity(submission.commands.len());
    let mut rest = submission.commands.as_slice();
    while let Some(first) = rest.first() {
        let size = match first.bundle {
            None => 1,
            Some(_) => rest.iter().take_while(|command| command.bundle == first.bundle).count(),
        };
        let (group, after) = rest.split_at(size);
        rest = after;
        desk.mark();
        let mut done = Vec::with_capacity(size);
        let mut refused = None;
        for (at, envelope) in group.iter().enumerate() {
            let (at_time, notice) = corrected(envelope.at, submission.sent, now);
            let turn = Turn { inner, submission, envelope, now, at: at_time };
            match decide::one(turn, db, desk).await {
                Ok(mut receipt) => {
                    receipt.problem = notice.map(|refusal| refusal.document(submission.lang));
                    done.push(receipt);
                }
                Err(Fault::Refused(refusal)) => {
                    refused = Some((at, refusal));
                    break;
                }
                Err(Fault::Store(StoreError::Damaged(record))) => {
                    refused = Some((at, Refusal::new(&DAMAGED).with("record", record)));
                    break;
                }
                Err(Fault::Store(error)) => return Err(error),
            }
        }
        match refused {
            None => {
                desk.keep();
                receipts.append(&mut done);
            }
            Some((at, refusal)) => {
                desk.undo();
                receipts.extend(group.iter().enumerate().map(|(place, envelope)| {
                    let why = if place == at { refusal.clone() } else { Refusal::new(&BUNDLE_REFUSED) };
                    refusal_receipt(envelope.id, why.document(submission.lang))
                }));
            }
        }
    }
    Ok(receipts)
}

/// Why a command did not go through.
pub(crate) enum Fault {
    Refused(Refusal),
    Store(StoreError),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

pub(crate) fn refusal_receipt(id: Id, problem: Problem) -> Receipt {
    Receipt {
        id,
        outcome: Outcome::Refused,
        position: None,
        version: None,
        problem: Some(problem),
        set_aside: Vec::new(),
    }
}

/// The receipts of a submission that the database did not take.
pub(crate) fn not_stored(submission: &Submission, error: &StoreError) -> Vec<Receipt> {
    let problem = Refusal::from(error).document(submission.lang);
    submission.commands.iter().map(|command| refusal_receipt(command.id, problem.clone())).collect()
}

/// Corrects a device's time by what its clock is off, as far as that is known, and says so.
fn corrected(at: Timestamp, sent: Option<Timestamp>, now: Timestamp) -> (Timestamp, Option<Refusal>) {
    let skew = sent.map_or(SignedDuration::ZERO, |sent| now.duration_since(sent));
    let off = skew.abs() > CLOCK_TOLERANCE;
    let moved = if off { at.checked_add(skew).unwrap_or(now) } else { at };
    let ahead = moved.duration_since(now);
    let capped = if ahead > SignedDuration::ZERO { now } else { moved };
    let seconds = if off { skew.as_secs().abs() } else { ahead.as_secs() };
    let notice = (off || ahead > CLOCK_TOLERANCE).then(|| Refusal::new(&CLOCK_OFF).with("seconds", seconds));
    (capped, notice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_corrected_and_told() {
        let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let hours = |hours: i64| SignedDuration::from_hours(hours);
        let two_days_ahead = now + hours(48);
        let (at, notice) = corrected(two_days_ahead - hours(1), Some(two_days_ahead), now);
        assert_eq!((at, notice.is_some()), (now - hours(1), true));
        let (at, notice) = corrected(now - hours(30), Some(now), now);
        assert_eq!((at, notice.is_some()), (now - hours(30), false));
        let (at, notice) = corrected(now + hours(3), None, now);
        assert_eq!((at, notice.is_some()), (now, true));
    }
}
