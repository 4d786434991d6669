//! The writer: one thread with the one writing connection, committing what has gathered since the last commit.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use kernel::{Receipt, SiteId};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

use crate::desk::Desk;
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

/// Tells whether the node's own writes are stored.
type Written = oneshot::Sender<Result<(), StoreError>>;

/// What goes into one transaction: commands, and writes of the node's own housekeeping.
#[derive(Default)]
struct Group {
    submissions: Vec<Submission>,
    replies: Vec<oneshot::Sender<Vec<Receipt>>>,
    direct: Vec<(Vec<Write>, Written)>,
    size: usize,
}

impl Group {
    fn is_empty(&self) -> bool {
        self.submissions.is_empty() && self.direct.is_empty()
    }

    /// Takes a job in, or gives it back where it needs the writer for itself.
    fn take(&mut self, job: Job) -> Option<Job> {
        match job {
            Job::Submit(submission, reply) => {
                self.size += submission.commands.len();
                self.submissions.push(submission);
                self.replies.push(reply);
            }
            Job::Direct(writes, reply) => {
                self.size += writes.len();
                self.direct.push((writes, reply));
            }
            rebuild @ Job::Rebuild(_) => return Some(rebuild),
        }
        None
    }
}

/// The way to the writer. It works off what it was given and ends when this is dropped, which waits for that: a program
/// that ended while the database was being closed could be torn down in the middle of it.
pub(crate) struct Hand {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Hand {
    /// Hands a job in; gives it back when the writer is gone.
    pub async fn send(&self, job: Job) -> Result<(), Job> {
        match &self.jobs {
            Some(jobs) => jobs.send(job).await.map_err(|error| error.0),
            None => Err(job),
        }
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.jobs = None;
        let ended = self.thread.take().map(thread::JoinHandle::join);
        if ended.is_some_and(|ended| ended.is_err()) {
            tracing::error!("the writer broke off");
        }
    }
}

/// Starts the writer.
pub(crate) fn start(inner: Arc<Inner>) -> std::io::Result<Hand> {
    let (jobs, inbox) = mpsc::channel(WAITING);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let thread = thread::Builder::new()
        .name("skein-writer".into())
        .spawn(move || runtime.block_on(work(inner, inbox)))?;
    Ok(Hand { jobs: Some(jobs), thread: Some(thread) })
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
        let mut group = Group::default();
        let mut alone = group.take(job);
        while alone.is_none() && group.size < TOGETHER {
            match inbox.try_recv() {
                Ok(job) => alone = group.take(job),
                Err(_) => break,
            }
        }
        if !group.is_empty() {
            commit(&inner, open, &mut desks, group).await;
            open.recount().await;
            held_over = alone;
        } else if let Some(Job::Rebuild(reply)) = alone {
            desks.clear();
            let _ = reply.send(rebuild::run(&inner, open).await);
            open.recount().await;
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

/// Commits a group; where that fails, each part on its own, so that one cannot spoil the others.
async fn commit(inner: &Inner, db: &mut Writer, desks: &mut HashMap<SiteId, Desk>, group: Group) {
    let Group { submissions, replies, direct, .. } = group;
    let whole = pipeline::run(inner, db, desks, &submissions, direct.iter().map(|(writes, _)| writes)).await;
    match whole {
        Ok(receipts) => {
            for (reply, receipts) in replies.into_iter().zip(receipts) {
                let _ = reply.send(receipts);
            }
            for (_, reply) in direct {
                let _ = reply.send(Ok(()));
            }
        }
        Err(error) => {
            tracing::error!(%error, parts = submissions.len() + direct.len(), "a group was not stored");
            let mut told = (submissions.len() + direct.len() == 1).then_some(error);
            for (submission, reply) in submissions.into_iter().zip(replies) {
                let receipts = match told.take() {
                    Some(error) => Err(error),
                    None => pipeline::run(inner, db, desks, std::slice::from_ref(&submission), []).await,
                };
                let _ = reply.send(match receipts {
                    Ok(mut receipts) => receipts.pop().unwrap_or_default(),
                    Err(error) => pipeline::not_stored(&submission, &error),
                });
            }
            for (writes, reply) in direct {
                let _ = reply.send(match told.take() {
                    Some(error) => Err(error),
                    None => pipeline::run(inner, db, desks, &[], [&writes]).await.map(|_| ()),
                });
            }
        }
    }
}
