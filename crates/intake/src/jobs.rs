//! Imports in the background: read, compare, wait for decisions, enter, undo; progress and cancelling on the way.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use journal::{Node, StoreError};
use kernel::{Actor, BatchId, Envelope, Id, Lang, Outcome, Refusal};
use serde_json::json;
use sheets::{Limits, Mapping, Options, TableKind};

use crate::happenings::{self, Directory};
use crate::plan::{Bundle, Planner, Register};
use crate::preview::{Preview, State, keep};
use crate::{IMPORT_PREVIEW, batch, compare, faults, line, queries, remembered, undo};

/// Why something could not be done with an import.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is refused, and told why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How far a running import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
}

/// A running import, as others see it.
#[derive(Default)]
struct Running {
    done: AtomicUsize,
    total: AtomicUsize,
    stop: AtomicBool,
}

type Handles = Arc<Mutex<HashMap<Id, Arc<Running>>>>;

/// The imports of a node.
#[derive(Clone)]
pub struct Imports {
    node: Node,
    running: Handles,
}

impl std::fmt::Debug for Imports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Imports(..)")
    }
}

/// How many bundles go to the pipeline together: many at once are faster, few can be watched and cancelled.
fn together(all: usize) -> usize {
    (all / 20).clamp(60, 500)
}

impl Imports {
    /// The imports of a node.
    pub fn new(node: Node) -> Self {
        Self { node, running: Handles::default() }
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// The keyed digest by which a file is known again.
    pub(crate) fn digest(&self, bytes: &[u8]) -> String {
        hex(&blake3::keyed_hash(&digest_key(&self.node), bytes).as_bytes()[..16])
    }

    /// Takes a file in hand and gives the import's id; reading goes on in the background.
    pub async fn start(&self, actor: &Actor, file: &str, bytes: Vec<u8>) -> Result<BatchId, ImportError> {
        let id = BatchId(self.node.new_id());
        let preview = Preview { id, file: file.to_owned(), ..Preview::default() };
        let running = self.handle(id.0);
        let kept = async {
            self.keep_file(actor, id.0, &bytes).await?;
            self.save(actor, &preview).await
        };
        if let Err(error) = kept.await {
            self.forget(id.0);
            return Err(error);
        }
        self.read_aside(actor, preview, bytes, running);
        Ok(id)
    }

    fn read_aside(&self, actor: &Actor, preview: Preview, bytes: Vec<u8>, running: Arc<Running>) {
        let (imports, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move {
            let id = preview.id.0;
            let read = imports.read(&actor, preview, bytes, &running).await;
            imports.forget(id);
            if let Err(error) = read {
                tracing::error!(%error, "an import was not read");
            }
        });
    }

    /// The import as it stands. Reading that was cut off because the program ended begins again.
    pub async fn look(&self, actor: &Actor, id: Id) -> Result<Preview, ImportError> {
        let mut preview = self.get(actor, id).await?;
        if preview.state == State::Reading
            && let Some(running) = self.handle_if_free(id)
        {
            // Once it is in hand nobody else changes it: it may have been read to its end meanwhile.
            preview = self.get(actor, id).await?;
            if preview.state != State::Reading {
                self.forget(id);
                return Ok(preview);
            }
            match self.file(actor, id).await {
                Ok(bytes) => self.read_aside(actor, preview.clone(), bytes, running),
                Err(error) => {
                    self.forget(id);
                    return Err(error);
                }
            }
        }
        Ok(preview)
    }

    /// Reads a file to its preview at once.
    pub async fn read_now(&self, actor: &Actor, file: &str, bytes: Vec<u8>) -> Result<Preview, ImportError> {
        let id = BatchId(self.node.new_id());
        let preview = Preview { id, file: file.to_owned(), ..Preview::default() };
        self.keep_file(actor, id.0, &bytes).await?;
        self.read(actor, preview, bytes, &Running::default()).await
    }

    /// Reads the file again, with a sheet that was not read before or with another mapping; decisions on rows stay.
    pub(crate) async fn reread(
        &self,
        actor: &Actor,
        preview: Preview,
        include: Option<&str>,
        mapping: Option<Mapping>,
        kind: Option<(String, TableKind)>,
    ) -> Result<Preview, ImportError> {
        let bytes = self.file(actor, preview.id.0).await?;
        let fresh = Preview {
            id: preview.id,
            file: preview.file.clone(),
            rule: preview.rule,
            sheets: preview.sheets.clone(),
            ..Preview::default()
        };
        let mut read =
            self.read_with(actor, fresh, bytes, &Running::default(), (include, mapping, kind)).await?;
        for old in preview.sheets {
            let Ok(sheet) = read.sheet_mut(&old.name) else { continue };
            sheet.chosen = old.chosen || include == Some(old.name.as_str());
            if !old.event.title.is_empty() {
                sheet.event = old.event;
            }
            for (row, before) in sheet.rows.iter_mut().zip(old.rows) {
                row.choice = if row.row == before.row { before.choice } else { None };
            }
        }
        self.save(actor, &read).await?;
        Ok(read)
    }

    async fn read(
        &self,
        actor: &Actor,
        preview: Preview,
        bytes: Vec<u8>,
        running: &Running,
    ) -> Result<Preview, ImportError> {
        self.read_with(actor, preview, bytes, running, (None, None, None)).await
    }

    async fn read_with(
        &self,
        actor: &Actor,
        mut preview: Preview,
        bytes: Vec<u8>,
        running: &Running,
        (include, mapping, kind): (Option<&str>, Option<Mapping>, Option<(String, TableKind)>),
    ) -> Result<Preview, ImportError> {
        let mut remembered = remembered::all(&self.node, actor).await?;
        remembered.extend(mapping);
        // The reader takes the first that fits; the latest word counts.
        remembered.reverse();
        let digest_key = Arc::new(digest_key(&self.node));
        let chosen = preview.sheets.iter().filter(|sheet| sheet.chosen).map(|sheet| sheet.name.clone());
        let include = chosen.chain(include.map(str::to_owned)).collect();
        let options = Options {
            remembered,
            include,
            kinds: kind.into_iter().collect(),
            ..Options::new(self.node.today())
        };
        let file = preview.file.clone();
        let key = Arc::clone(&digest_key);
        let read = tokio::task::spawn_blocking(move || {
            let digest = hex(&blake3::keyed_hash(&key, &bytes).as_bytes()[..16]);
            let book = sheets::read(&bytes, &file, &Limits::default())?;
            let sheets = sheets::understand(&book, &options);
            let kept: Vec<_> =
                sheets.into_iter().map(|sheet| keep(&book, sheet, |told| row_digest(&key, told))).collect();
            Ok::<_, Refusal>((digest, kept))
        })
        .await
        .map_err(|error| StoreError::Failed(error.to_string()))?;
        match read {
            Ok((digest, sheets)) => {
                preview.digest = digest;
                preview.sheets = sheets;
            }
            Err(refusal) => {
                preview.state = State::Failed;
                let words = |lang| refusal.document(lang).detail;
                preview.problem = Some((refusal.def.code.to_owned(), words(Lang::Zh), words(Lang::En)));
                self.save(actor, &preview).await?;
                return Ok(preview);
            }
        }
        let total = preview.sheets.iter().map(|sheet| sheet.rows.len()).sum();
        running.total.store(total, Ordering::Relaxed);
        preview.again = batch::of_digest(&self.node, actor.site, &preview.digest).await?;
        compare::recognise(&mut preview, &line::known(&self.node, actor.site).await?);
        let register = people::duplicates::load(&self.node, actor.site).await?;
        tokio::task::block_in_place(|| {
            compare::propose(&mut preview, Some(&register), |at| running.done.store(at, Ordering::Relaxed));
        });
        if preview.sheets.iter().any(|sheet| sheet.of_happenings() && !sheet.rows.is_empty()) {
            let everybody = people::duplicates::everybody(&self.node, actor.site).await?;
            happenings::propose(&mut preview, &Directory::new(&everybody));
        }
        preview.state = if running.stop.load(Ordering::Relaxed) { State::Cancelled } else { State::Preview };
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    /// The import as it stands.
    pub async fn get(&self, actor: &Actor, id: Id) -> Result<Preview, ImportError> {
        let rows = self.node.rows(queries::PREVIEW.text, vec![actor.site.into(), id.into()]).await?;
        let sealed = rows.first().ok_or_else(|| Refusal::new(&faults::UNKNOWN_IMPORT))?;
        let damaged = || StoreError::Damaged(format!("import {id}"));
        let packed = self.node.key().open(&purpose(id), sealed.blob(0)).map_err(|_| damaged())?;
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text).map_err(|_| damaged())?;
        Ok(serde_json::from_slice(&text).map_err(|_| damaged())?)
    }

    pub(crate) async fn keep_file(&self, actor: &Actor, id: Id, bytes: &[u8]) -> Result<(), ImportError> {
        let key = id.derive("file");
        let sealed = self.node.key().seal(&purpose(key), bytes);
        self.put(actor, key, id, "file", sealed).await
    }

    pub(crate) async fn file(&self, actor: &Actor, id: Id) -> Result<Vec<u8>, ImportError> {
        let key = id.derive("file");
        let rows = self.node.rows(queries::PREVIEW.text, vec![actor.site.into(), key.into()]).await?;
        let sealed = rows.first().ok_or_else(|| Refusal::new(&faults::UNKNOWN_IMPORT))?;
        let opened = self.node.key().open(&purpose(key), sealed.blob(0));
        Ok(opened.map_err(|_| StoreError::Damaged(format!("import {id}")))?)
    }

    /// Remembers a mapping for its layout.
    pub(crate) async fn remember(&self, actor: &Actor, mapping: &Mapping) -> Result<(), ImportError> {
        let digest = blake3::keyed_hash(&digest_key(&self.node), mapping.layout_key.as_bytes());
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest.as_bytes()[..16]);
        let record = Id(u128::from_be_bytes(bits) >> 1);
        let fields = serde_json::to_value(mapping).map_err(|error| StoreError::Failed(error.to_string()))?;
        let there = self.node.held(actor.site, "mapping", record).await?.is_some();
        let (verb, body) = if there {
            ("mapping.amend", json!({ "fields": fields }))
        } else {
            ("mapping.remember", json!({ "layout": mapping.layout_key, "fields": fields }))
        };
        let envelope = self.envelope(verb, self.node.new_id(), record, body);
        let receipts = self.node.submit(actor, vec![envelope], None, Lang::Zh).await;
        let refused = receipts.into_iter().find(|receipt| receipt.outcome == Outcome::Refused);
        match refused.and_then(|receipt| receipt.problem) {
            Some(problem) => Err(StoreError::Failed(problem.detail).into()),
            None => Ok(()),
        }
    }

    /// The latest imports, newest first.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<Preview>, ImportError> {
        let mut all = Vec::new();
        for row in self.node.rows(queries::PREVIEWS.text, vec![actor.site.into()]).await? {
            all.push(self.get(actor, row.id(0)).await?);
        }
        Ok(all)
    }

    /// Keeps an import as it was changed.
    pub async fn save(&self, actor: &Actor, preview: &Preview) -> Result<(), ImportError> {
        let text = serde_json::to_vec(preview).map_err(|error| StoreError::Failed(error.to_string()))?;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let packed = packed.write_all(&text).and_then(|()| packed.finish());
        let packed = packed.map_err(|error| StoreError::Failed(error.to_string()))?;
        let id = preview.id.0;
        let sealed = self.node.key().seal(&purpose(id), &packed);
        self.put(actor, id, id, preview.state.code(), sealed).await
    }

    async fn put(
        &self,
        actor: &Actor,
        key: Id,
        id: Id,
        state: &str,
        sealed: Vec<u8>,
    ) -> Result<(), ImportError> {
        let values =
            vec![actor.site.into(), key.into(), (id.millis() as i64).into(), state.into(), sealed.into()];
        self.node.direct(vec![journal::Write::Put { table: &IMPORT_PREVIEW, values }]).await?;
        Ok(())
    }

    /// How far it is, while it runs.
    pub fn progress(&self, id: Id) -> Option<Progress> {
        let running = self.running.lock().ok()?.get(&id).cloned()?;
        let load = |number: &AtomicUsize| number.load(Ordering::Relaxed);
        Some(Progress { done: load(&running.done), total: load(&running.total) })
    }

    /// Stops it after the bundle in hand. What was entered stands and can be undone.
    pub async fn cancel(&self, actor: &Actor, id: Id) -> Result<(), ImportError> {
        // Asked before the import is read: what ends in between is not written over.
        let running = self.running.lock().ok().and_then(|all| all.get(&id).cloned());
        let mut preview = self.get(actor, id).await?;
        preview.must_be(&[State::Reading, State::Preview, State::Applying])?;
        if let Some(running) = running {
            running.stop.store(true, Ordering::Relaxed);
        } else {
            preview.state = State::Cancelled;
            self.save(actor, &preview).await?;
        }
        Ok(())
    }

    /// Enters it in the background.
    pub async fn apply(&self, actor: &Actor, id: Id) -> Result<(), ImportError> {
        let (preview, running) = self.ready(actor, id).await?;
        let (imports, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move {
            if let Err(error) = imports.enter(&actor, preview, &running, &mut |_| {}).await {
                tracing::error!(%error, "an import stopped; entering it again goes on where it stopped");
            }
            imports.forget(id);
        });
        Ok(())
    }

    /// Enters it and waits.
    pub async fn apply_now(
        &self,
        actor: &Actor,
        id: Id,
        mut tick: impl FnMut(Progress) + Send,
    ) -> Result<Preview, ImportError> {
        let (preview, running) = self.ready(actor, id).await?;
        let done = self.enter(actor, preview, &running, &mut tick).await;
        self.forget(id);
        done
    }

    /// Takes the import in hand for entering; refused while it is in hand already.
    async fn ready(&self, actor: &Actor, id: Id) -> Result<(Preview, Arc<Running>), ImportError> {
        let mut preview = self.get(actor, id).await?;
        preview.must_be(&[State::Preview, State::Applying, State::Cancelled])?;
        if preview.sheets.iter().all(|sheet| !sheet.chosen) {
            return Err(Refusal::new(&faults::NOTHING_CHOSEN).into());
        }
        let undated = |sheet: &crate::preview::SheetKept| {
            sheet.chosen && sheet.mapping.kind == TableKind::SignUps && sheet.event.day.is_none()
        };
        if let Some(sheet) = preview.sheets.iter().find(|sheet| undated(sheet)) {
            return Err(Refusal::new(&faults::WHICH_SESSION).with("sheet", sheet.name.clone()).into());
        }
        let busy = || Refusal::new(&faults::WRONG_STATE).with("state", State::Applying.code());
        let running = self.handle_if_free(id).ok_or_else(busy)?;
        preview.state = State::Applying;
        if let Err(error) = self.save(actor, &preview).await {
            self.forget(id);
            return Err(error);
        }
        Ok((preview, running))
    }

    async fn enter(
        &self,
        actor: &Actor,
        mut preview: Preview,
        running: &Running,
        tick: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Preview, ImportError> {
        let register = Register::load(&self.node, actor, &preview).await?;
        // The time in the id, so that going on after a stop makes the same commands.
        let at = jiff::Timestamp::from_millisecond(preview.id.0.millis() as i64).unwrap_or_default();
        let bundles = Planner::new(&preview, &register, at).bundles();
        let total: usize = bundles.iter().map(|bundle| bundle.rows as usize).sum();
        running.total.store(total, Ordering::Relaxed);
        if !bundles.is_empty() {
            self.note_batch(actor, &preview, total).await?;
        }
        preview.failed.clear();
        preview.entered = (0, 0, 0);
        let mut done = 0;
        for group in bundles.chunks(together(bundles.len())) {
            if running.stop.load(Ordering::Relaxed) {
                preview.state = State::Cancelled;
                self.save(actor, &preview).await?;
                return Ok(preview);
            }
            self.send(actor, group, &mut preview).await?;
            done += group.iter().map(|bundle| bundle.rows as usize).sum::<usize>();
            running.done.store(done, Ordering::Relaxed);
            tick(Progress { done, total });
        }
        preview.state = State::Done;
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    async fn note_batch(&self, actor: &Actor, preview: &Preview, rows: usize) -> Result<(), ImportError> {
        let body = json!({ "file": preview.file, "digest": preview.digest, "rows": rows });
        let envelope = self.envelope("batch.apply", preview.id.0.derive("batch"), preview.id.0, body);
        let receipts = self.node.submit(actor, vec![envelope], None, Lang::Zh).await;
        let there = |code: &str| code == kernel::faults::EXISTS.code;
        match receipts.into_iter().find_map(|receipt| receipt.problem).filter(|problem| !there(&problem.code))
        {
            Some(problem) => Err(StoreError::Failed(problem.code).into()),
            None => Ok(()),
        }
    }

    fn envelope(&self, verb: &str, id: Id, record: Id, body: serde_json::Value) -> Envelope {
        Envelope {
            id,
            verb: verb.to_owned(),
            record,
            base: None,
            at: self.node.now(),
            device: "import".into(),
            bundle: None,
            reason: None,
            body,
        }
    }

    async fn send(&self, actor: &Actor, group: &[Bundle], preview: &mut Preview) -> Result<(), ImportError> {
        let commands: Vec<Envelope> =
            group.iter().flat_map(|bundle| bundle.commands.iter().cloned()).collect();
        let receipts = self.node.submit(actor, commands, None, Lang::Zh).await;
        let mut at = 0;
        for bundle in group {
            let part = &receipts[at..(at + bundle.commands.len()).min(receipts.len())];
            at += bundle.commands.len();
            let refused = part.iter().filter(|receipt| receipt.outcome == Outcome::Refused);
            let cause = refused
                .filter_map(|receipt| receipt.problem.as_ref())
                .find(|problem| problem.code != kernel::faults::BUNDLE_REFUSED.code);
            match cause {
                Some(problem) if problem.status == 503 => {
                    return Err(StoreError::Failed(problem.detail.clone()).into());
                }
                Some(problem) => {
                    let why = format!("{} {}", problem.code, problem.detail);
                    preview.failed.push((bundle.sheet.clone(), bundle.row, why));
                }
                None => {
                    preview.entered.0 += bundle.counts.0;
                    preview.entered.1 += bundle.counts.1;
                    preview.entered.2 += bundle.counts.2;
                }
            }
        }
        Ok(())
    }

    /// Withdraws everything it made and takes its changes back, where nobody changed them since.
    pub async fn undo(&self, actor: &Actor, id: Id, reason: &str) -> Result<Preview, ImportError> {
        let mut preview = self.get(actor, id).await?;
        preview.must_be(&[State::Done, State::Cancelled, State::Applying])?;
        preview.left = undo::run(&self.node, actor, preview.id, reason).await?;
        preview.state = State::Undone;
        self.save(actor, &preview).await?;
        Ok(preview)
    }

    fn handle(&self, id: Id) -> Arc<Running> {
        let running = Arc::new(Running::default());
        if let Ok(mut all) = self.running.lock() {
            all.insert(id, Arc::clone(&running));
        }
        running
    }

    fn handle_if_free(&self, id: Id) -> Option<Arc<Running>> {
        let mut all = self.running.lock().ok()?;
        if all.contains_key(&id) {
            return None;
        }
        let running = Arc::new(Running::default());
        all.insert(id, Arc::clone(&running));
        Some(running)
    }

    fn forget(&self, id: Id) {
        if let Ok(mut all) = self.running.lock() {
            all.remove(&id);
        }
    }
}

fn purpose(id: Id) -> String {
    format!("import {id}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The key by which files and rows are recognised; without it a digest tells nothing.
fn digest_key(node: &Node) -> [u8; 32] {
    blake3::derive_key("skein 2026 import digest", node.key().bytes())
}

fn row_digest(key: &[u8; 32], told: &[u8]) -> String {
    hex(&blake3::keyed_hash(key, told).as_bytes()[..16])
}
