//! Backups: everything that cannot be rebuilt, as one stream, read at one moment while the program runs.
//!
//! Subjects' data keys are not in it. They go, with the master key, into a keyring that is replaced by each backup:
//! once somebody's key was destroyed, older backups cannot be read about them either. The caller encrypts both.

use std::collections::HashMap;
use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use kernel::{TableClass, TableDef, Val};
use serde::{Deserialize, Serialize};

use crate::codec::canonical;
use crate::desk::Tables;
use crate::keys::NodeKey;
use crate::node::{Inner, Node, OpenError, Options};
use crate::row::Row;
use crate::store::{StoreError, Writer};
use crate::tables::{self, NODE_FACT, SITE_HEAD, SUBJECT_KEY};

const MAGIC: &[u8] = b"skein-backup-1\n";
const KEYS_MAGIC: &[u8] = b"skein-keys-1\n";
const PAGE: usize = 2_000;
/// How many rows are held at once of a table whose rows may be large: sealed files and previews.
const FEW: usize = 16;
/// No text or blob of a backup is longer; a length beyond it is damage.
const LONGEST: u64 = 1 << 30;

/// What went wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Reading or writing the stream.
    #[error("the backup cannot be read or written: {0}")]
    Stream(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The node of a restore does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The stream is not a backup, or it was cut or changed.
    #[error("this is no backup of Skein, or it is damaged ({0})")]
    Damaged(&'static str),
    /// The backup comes from a newer program.
    #[error(
        "the backup holds the table {0}, which this program does not know: use the program that wrote it, or a newer one"
    )]
    Unknown(String),
    /// There is something already.
    #[error("there is a node already: restore into an empty folder or database")]
    NotEmpty,
    /// The restored journal does not hold together.
    #[error("the restored journal does not verify: use another backup")]
    Broken,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// When it was made.
    pub created: Timestamp,
    /// Rows by table.
    pub rows: Vec<(String, u64)>,
}

/// The master key and the subjects' wrapped data keys.
#[derive(Clone)]
pub struct Keyring {
    /// The master key.
    pub node: NodeKey,
    subjects: Vec<Row>,
}

fn at_once(table: &TableDef) -> usize {
    let bulky = table.class == TableClass::Operational
        && table.columns.iter().any(|(_, column)| *column == kernel::Column::Blob);
    if bulky { FEW } else { PAGE }
}

fn kept(inner: &Inner) -> Vec<&'static TableDef> {
    let all = tables::OWN.iter().copied().chain(inner.registry.tables());
    all.filter(|table| table.class != TableClass::Derived)
        .filter(|table| ![SUBJECT_KEY.name, NODE_FACT.name].contains(&table.name))
        .collect()
}

impl Node {
    /// Writes everything but the keys, as it is at one moment.
    pub async fn write_backup(&self, out: impl Write) -> Result<Contents, BackupError> {
        let mut db = Writer::open(&self.inner.store, self.key()).await?;
        db.begin_reading().await?;
        let mut out = Sum::new(GzEncoder::new(out, Compression::new(3)));
        out.write_all(MAGIC)?;
        let mut contents = Contents { created: self.now(), rows: Vec::new() };
        text(&mut out, &contents.created.to_string())?;
        for table in kept(&self.inner) {
            text(&mut out, table.name)?;
            let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            text(&mut out, &columns.join(","))?;
            let mut rows = 0;
            let mut after = None;
            loop {
                let page = page(&mut db, table, after.as_deref()).await?;
                for row in &page {
                    out.write_all(&[1])?;
                    out.write_all(&canonical(&row.0))?;
                }
                rows += page.len() as u64;
                let Some(last) = page.last().filter(|_| page.len() == at_once(table)) else { break };
                after = Some(last.0[..table.key].to_vec());
            }
            out.write_all(&[0])?;
            contents.rows.push((table.name.to_owned(), rows));
        }
        text(&mut out, "")?;
        db.rollback().await;
        out.finish()?.finish()?.flush()?;
        Ok(contents)
    }

    /// Writes the keyring as it is now. Written after a backup it opens that one and every older one.
    pub async fn write_keys(&self, out: impl Write) -> Result<(), BackupError> {
        let mut out = Sum::new(GzEncoder::new(out, Compression::new(3)));
        out.write_all(KEYS_MAGIC)?;
        out.write_all(self.key().bytes())?;
        let mut db = Writer::open(&self.inner.store, self.key()).await?;
        db.begin_reading().await?;
        let mut after = None;
        loop {
            let page = page(&mut db, &SUBJECT_KEY, after.as_deref()).await?;
            for row in &page {
                out.write_all(&[1])?;
                out.write_all(&canonical(&row.0))?;
            }
            let Some(last) = page.last().filter(|_| page.len() == PAGE) else { break };
            after = Some(last.0[..SUBJECT_KEY.key].to_vec());
        }
        out.write_all(&[0])?;
        db.rollback().await;
        out.finish()?.finish()?.flush()?;
        Ok(())
    }
}

impl Keyring {
    /// Reads a keyring.
    pub fn read(input: impl Read) -> Result<Self, BackupError> {
        let mut input = Sum::new(GzDecoder::new(input));
        expect(&mut input, KEYS_MAGIC)?;
        let mut key = [0; 32];
        input.read_exact(&mut key)?;
        let mut subjects = Vec::new();
        while let Some(row) = read_row(&mut input, SUBJECT_KEY.columns.len())? {
            subjects.push(row);
        }
        input.check()?;
        Ok(Self { node: NodeKey::from_bytes(key), subjects })
    }
}

/// Restores a backup into a node that holds nothing yet, rebuilds what follows from the journal, and verifies it.
/// `options` name the new node; its key source must give the keyring's master key.
pub async fn restore(
    options: Options,
    input: impl Read,
    keyring: &Keyring,
) -> Result<(Node, Contents), BackupError> {
    let node = Node::open(options).await?;
    let mut db = Writer::open(&node.inner.store, node.key()).await?;
    if !db.rows("SELECT site FROM site_head LIMIT 1", &[]).await?.is_empty() {
        return Err(BackupError::NotEmpty);
    }
    db.begin().await?;
    let filled = match fill(&node.inner, &mut db, input, keyring).await {
        Ok(contents) => db.commit().await.map(|()| contents).map_err(BackupError::from),
        Err(error) => Err(error),
    };
    let contents = match filled {
        Ok(contents) => contents,
        Err(error) => {
            db.rollback().await;
            return Err(error);
        }
    };
    db.recount().await;
    node.rebuild().await?;
    if node.verify().await?.broken.is_empty() { Ok((node, contents)) } else { Err(BackupError::Broken) }
}

async fn fill(
    inner: &Inner,
    db: &mut Writer,
    input: impl Read,
    keyring: &Keyring,
) -> Result<Contents, BackupError> {
    let known: HashMap<&str, &'static TableDef> =
        kept(inner).into_iter().map(|table| (table.name, table)).collect();
    for rows in keyring.subjects.chunks(PAGE) {
        put(db, &SUBJECT_KEY, rows.to_vec()).await?;
    }
    let mut input = Sum::new(GzDecoder::new(input));
    expect(&mut input, MAGIC)?;
    let created = read_text(&mut input)?.parse().map_err(|_| BackupError::Damaged("time"))?;
    let mut contents = Contents { created, rows: Vec::new() };
    loop {
        let name = read_text(&mut input)?;
        if name.is_empty() {
            break;
        }
        let columns = read_text(&mut input)?;
        let columns: Vec<&str> = columns.split(',').collect();
        let table = *known.get(name.as_str()).ok_or(BackupError::Unknown(name))?;
        let places = places(table, &columns)?;
        let mut rows = 0;
        let most = at_once(table);
        let mut batch = Vec::with_capacity(most);
        while let Some(row) = read_row(&mut input, columns.len())? {
            rows += 1;
            batch.push(Row(places.iter().map(|at| at.map_or(Val::Null, |at| row.0[at].clone())).collect()));
            if batch.len() == most {
                put(db, table, std::mem::take(&mut batch)).await?;
            }
        }
        put(db, table, batch).await?;
        contents.rows.push((table.name.to_owned(), rows));
    }
    input.check()?;
    if contents.rows.iter().all(|(name, _)| name != SITE_HEAD.name) {
        return Err(BackupError::Damaged("no sites"));
    }
    Ok(contents)
}

/// Where each column of the table is in the backup's rows; columns of a newer program start empty.
fn places(table: &TableDef, columns: &[&str]) -> Result<Vec<Option<usize>>, BackupError> {
    let known = |name: &&str| table.columns.iter().any(|(column, _)| column == name);
    if let Some(strange) = columns.iter().find(|name| !known(name)) {
        return Err(BackupError::Unknown(format!("{}.{strange}", table.name)));
    }
    Ok(table.columns.iter().map(|(name, _)| columns.iter().position(|column| column == name)).collect())
}

async fn put(db: &mut Writer, table: &'static TableDef, rows: Vec<Row>) -> Result<(), StoreError> {
    let mut tables = Tables::default();
    for row in rows {
        tables.put(table, row.0);
    }
    tables.write(db).await
}

async fn page(db: &mut Writer, table: &TableDef, after: Option<&[Val]>) -> Result<Vec<Row>, StoreError> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let key = names[..table.key].join(", ");
    let beyond = match after {
        None => String::new(),
        Some(values) => format!(" WHERE ({key}) > ({})", crate::row::placeholders(1, values.len())),
    };
    let limit = at_once(table);
    let sql = format!("SELECT {} FROM {}{beyond} ORDER BY {key} LIMIT {limit}", names.join(", "), table.name);
    db.rows(&sql, after.unwrap_or_default()).await
}

/// Sums up what passes, so that a cut or changed stream is noticed at its end.
struct Sum<S> {
    stream: S,
    hasher: blake3::Hasher,
}

impl<S> Sum<S> {
    fn new(stream: S) -> Self {
        Self { stream, hasher: blake3::Hasher::new() }
    }
}

impl<S: Write> Sum<S> {
    fn finish(mut self) -> io::Result<S> {
        self.stream.write_all(self.hasher.finalize().as_bytes())?;
        Ok(self.stream)
    }
}

impl<S: Read> Sum<S> {
    fn check(mut self) -> Result<(), BackupError> {
        let right = *self.hasher.finalize().as_bytes();
        let mut told = [0; 32];
        self.stream.read_exact(&mut told)?;
        // Reading on to the end lets the decompressor check its own sum, too.
        if self.stream.read(&mut [0; 1])? != 0 {
            return Err(BackupError::Damaged("end"));
        }
        if told == right { Ok(()) } else { Err(BackupError::Damaged("sum")) }
    }
}

impl<S: Write> Write for Sum<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<S: Read> Read for Sum<S> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(bytes)?;
        self.hasher.update(&bytes[..read]);
        Ok(read)
    }
}

fn text(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(&(text.len() as u32).to_be_bytes())?;
    out.write_all(text.as_bytes())
}

fn read_text(input: &mut impl Read) -> Result<String, BackupError> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let bytes = read_bytes(input, u64::from(u32::from_be_bytes(length)))?;
    String::from_utf8(bytes).map_err(|_| BackupError::Damaged("text"))
}

fn read_bytes(input: &mut impl Read, length: u64) -> Result<Vec<u8>, BackupError> {
    if length > LONGEST {
        return Err(BackupError::Damaged("length"));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(BackupError::Damaged("cut")) }
}

fn expect(input: &mut impl Read, magic: &'static [u8]) -> Result<(), BackupError> {
    let mut told = vec![0; magic.len()];
    let read = input.read_exact(&mut told);
    if read.is_ok() && told == magic { Ok(()) } else { Err(BackupError::Damaged("beginning")) }
}

fn read_row(input: &mut impl Read, columns: usize) -> Result<Option<Row>, BackupError> {
    let mut byte = [0; 1];
    input.read_exact(&mut byte)?;
    if byte[0] == 0 {
        return Ok(None);
    }
    let mut values = Vec::with_capacity(columns);
    for _ in 0..columns {
        input.read_exact(&mut byte)?;
        let tag = byte[0];
        let mut number = [0; 8];
        input.read_exact(&mut number)?;
        values.push(match tag {
            0 => Val::Null,
            1 => Val::Int(i64::from_be_bytes(number)),
            2 => {
                let bytes = read_bytes(input, u64::from_be_bytes(number))?;
                Val::Text(String::from_utf8(bytes).map_err(|_| BackupError::Damaged("text"))?)
            }
            3 => Val::Blob(read_bytes(input, u64::from_be_bytes(number))?),
            _ => return Err(BackupError::Damaged("row")),
        });
    }
    Ok(Some(Row(values)))
}
