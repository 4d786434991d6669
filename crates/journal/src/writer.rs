//! The writer: one thread with the one writing connection, committing what has gathered since the last commit.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use kernel::{Receipt, SiteId};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

use crate::desk::{Desk, Tables};
use crate::node::{Inner, Write};
use crate::pipeline::{self, Submission};
use crate::rebuild;
use crate::store::{StoreError, Writer};

/// What the writer is asked to do.
pub(crate) enum Job {
    Submit(Submission, oneshot::Sender<Vec<Receipt>>),
    Direct(Vec<Write>, oneshot::Sender<Result<(), StoreError>>),
    Rebuild(oneshot::Sender<Result<rebuild::Rebuilt, StoreError>>),
}

/// How many jobs may wait; senders beyond that wait in line.
const WAITING: usize = 1_024;
/// How many commands go into one transaction at most.
const TOGETHER: usize = 1_000;

type Waiting = (Submission, oneshot::Sender<Vec<Receipt>>);

/// Starts the writer; it ends when every sender is gone.
pub(crate) fn start(inner: Arc<Inner>) -> std::io::Result<mpsc::Sender<Job>> {
    let (jobs, inbox) = mpsc::channel(WAITING);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().name("skein-writer".into()).spawn(move || runtime.block_on(work(inner, inbox)))?;
    Ok(jobs)
}

async fn work(inner: Arc<Inner>, mut inbox: mpsc::Receiver<Job>) {
    let mut db = None;
    let mut desks: HashMap<SiteId, Desk> = HashMap::new();
    let mut held_over = None;
    loop {
        let job = match held_over.take() {
            Some(job) => job,
            None => match inbox.recv().await {
                Some(job) => job,
                None => return,
            },
        };
        if db.is_none() {
            match Writer::open(&inner.store, &inner.key).await {
                Ok(opened) => db = Some(opened),
                Err(error) => {
                    refuse(job, error);
                    continue;
                }
            }
        }
        let Some(open) = &mut db else { continue };
        match job {
            Job::Submit(submission, reply) => {
                let mut batch = vec![(submission, reply)];
                let mut size = batch[0].0.commands.len();
                while size < TOGETHER {
                    match inbox.try_recv() {
                        Ok(Job::Submit(submission, reply)) => {
                            size += submission.commands.len();
                            batch.push((submission, reply));
                        }
                        Ok(other) => {
                            held_over = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                commit(&inner, open, &mut desks, batch).await;
            }
            Job::Direct(writes, reply) => {
                let _ = reply.send(direct(open, writes).await);
            }
            Job::Rebuild(reply) => {
                desks.clear();
                let _ = reply.send(rebuild::run(&inner, open).await);
            }
        }
    }
}

fn refuse(job: Job, error: StoreError) {
    match job {
        Job::Submit(submission, reply) => {
            let _ = reply.send(pipeline::not_stored(&submission, &error));
        }
        Job::Direct(_, reply) => {
            let _ = reply.send(Err(error));
        }
        Job::Rebuild(reply) => {
            let _ = reply.send(Err(error));
        }
    }
}

/// Commits a group; where that fails, each submission on its own, so that one cannot spoil the others.
async fn commit(inner: &Inner, db: &mut Writer, desks: &mut HashMap<SiteId, Desk>, batch: Vec<Waiting>) {
    let (submissions, replies): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let whole = pipeline::run(inner, db, desks, &submissions).await;
    match whole {
        Ok(receipts) => {
            for (reply, receipts) in replies.into_iter().zip(receipts) {
                let _ = reply.send(receipts);
            }
        }
        Err(error) => {
            tracing::error!(%error, commands = submissions.len(), "a group was not stored");
            let alone = submissions.len() == 1;
            for (submission, reply) in submissions.into_iter().zip(replies) {
                let receipts = if alone {
                    pipeline::not_stored(&submission, &error)
                } else {
                    match pipeline::run(inner, db, desks, std::slice::from_ref(&submission)).await {
                        Ok(mut receipts) => receipts.pop().unwrap_or_default(),
                        Err(error) => pipeline::not_stored(&submission, &error),
                    }
                };
                let _ = reply.send(receipts);
            }
        }
    }
}

async fn direct(db: &mut Writer, writes: Vec<Write>) -> Result<(), StoreError> {
    let mut tables = Tables::default();
    for write in writes {
        match write {
            Write::Put { table, values } => tables.put(table, values),
            Write::Delete { table, key } => tables.delete(table, key),
        }
    }
    db.begin().await?;
    let done = match tables.write(db).await {
        Ok(()) => db.commit().await,
        Err(error) => Err(error),
    };
    if done.is_err() {
        db.rollback().await;
    }
    done
}
