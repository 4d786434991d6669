//! `skein backup` and `skein restore`.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, Identity};
use clap::Args;
use journal::{BackupError, Contents, KeySource, Keyring, Node, restore};
use serde_json::json;

use super::{CliError, say, tell};
use crate::boot::{Place, ask, make_private};

/// Name of the keyring beside the backups.
const KEYS: &str = "skein.keys";

/// Where a backup goes and what closes it.
#[derive(Args, Debug)]
pub struct Backup {
    /// Folder for the backup and its keyring, such as a USB stick
    #[arg(long)]
    to: PathBuf,
    /// Encrypt to this age recipient (age1…); otherwise to a passphrase (asked for, or SKEIN_BACKUP_PASSPHRASE)
    #[arg(long)]
    recipient: Option<String>,
}

/// Which backup is restored, and what opens it.
#[derive(Args, Debug)]
pub struct Restore {
    /// The backup; its keyring (skein.keys) lies beside it
    file: PathBuf,
    /// Another keyring
    #[arg(long)]
    keys: Option<PathBuf>,
    /// File with an age identity, where the backup was made to a recipient
    #[arg(long)]
    identity: Option<PathBuf>,
    /// Only rehearse: restore into a folder that is thrown away, verify, count
    #[arg(long)]
    check: bool,
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Damaged(_) | BackupError::Broken => Self::No(error.to_string()),
            other => Self::Words(other.to_string()),
        }
    }
}

enum Lock {
    Passphrase(SecretString),
    Recipient(age::x25519::Recipient),
}

impl Lock {
    fn close<W: Write>(&self, out: W) -> std::io::Result<age::stream::StreamWriter<W>> {
        let encryptor = match self {
            Self::Passphrase(passphrase) => Encryptor::with_user_passphrase(passphrase.clone()),
            Self::Recipient(recipient) => {
                Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
                    .map_err(std::io::Error::other)?
            }
        };
        encryptor.wrap_output(out)
    }
}

impl Backup {
    /// Writes the backup, then the keyring.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        let lock = match &self.recipient {
            Some(recipient) => Lock::Recipient(
                age::x25519::Recipient::from_str(recipient).map_err(|why| CliError::Words(why.to_owned()))?,
            ),
            None => Lock::Passphrase(passphrase()?),
        };
        if place.is_empty() {
            return Err(CliError::Words(format!("there is no node in {}", place.dir.display())));
        }
        let node = place.open().await?;
        fs::create_dir_all(&self.to).map_err(|error| CliError::file(&self.to, error))?;
        let stamp: String =
            node.now().to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
        let path = self.to.join(format!("skein-{stamp}.backup"));
        let mut contents = None;
        replace(&path, &lock, async |out| {
            contents = Some(node.write_backup(out).await?);
            Ok(())
        })
        .await?;
        replace(&self.to.join(KEYS), &lock, async |out| node.write_keys(out).await).await?;
        let rows = contents.map(|contents| contents.rows).unwrap_or_default();
        let commands = rows.iter().find(|(name, _)| name == "journal").map_or(0, |(_, rows)| *rows);
        say(
            json,
            format_args!("{} holds {commands} commands; its keyring is {KEYS} beside it.", path.display()),
        );
        say(json, "Rehearse it: skein restore --check FILE");
        tell(json, &json!({ "file": path, "keys": self.to.join(KEYS), "rows": rows }));
        Ok(())
    }
}

fn passphrase() -> Result<SecretString, CliError> {
    let passphrase = ask("SKEIN_BACKUP_PASSPHRASE", "Passphrase of the backup: ")?;
    if passphrase.chars().count() < 10 {
        return Err(CliError::Words("a passphrase needs at least ten characters".into()));
    }
    Ok(SecretString::from(passphrase))
}

/// Writes a file beside its place and moves it there once it is whole and on disk.
async fn replace(
    path: &Path,
    lock: &Lock,
    write: impl AsyncFnOnce(&mut dyn Write) -> Result<(), BackupError>,
) -> Result<(), CliError> {
    let fault = |error: std::io::Error| CliError::file(path, error);
    let unfinished = path.with_extension("unfinished");
    let file = File::create(&unfinished).map_err(fault)?;
    let mut out = lock.close(BufWriter::new(file)).map_err(fault)?;
    let written = write(&mut out).await;
    if let Err(error) = written {
        let _ = fs::remove_file(&unfinished);
        return Err(error.into());
    }
    let file = out.finish().and_then(|out| out.into_inner().map_err(std::io::IntoInnerError::into_error));
    file.and_then(|file| file.sync_all()).map_err(fault)?;
    fs::rename(&unfinished, path).map_err(fault)
}

impl Restore {
    /// Restores, or rehearses it.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        let identities = self.identities()?;
        let keys = self.keys.clone().unwrap_or_else(|| self.file.with_file_name(KEYS));
        let keyring = Keyring::read(opened(&keys, &identities)?)?;
        if self.check {
            let rehearsal = tempfile::tempdir().map_err(|error| CliError::file(&place.dir, error))?;
            let scratch =
                Place { dir: rehearsal.path().to_owned(), postgres: None, key: None, passphrase: false };
            let (node, contents) = self.fill(&scratch, &keyring, &identities).await?;
            return told(json, true, &node, &contents).await;
        }
        make_private(&place.dir)?;
        // Whether a PostgreSQL database is empty is seen once it is open.
        let taken = place.postgres.is_none() && !place.is_empty();
        if taken || place.key_path().exists() {
            return Err(BackupError::NotEmpty.into());
        }
        let (node, contents) = self.fill(place, &keyring, &identities).await?;
        let passphrase = if place.passphrase {
            Some(ask("SKEIN_PASSPHRASE", "Passphrase of the key file: ")?)
        } else {
            None
        };
        keyring
            .node
            .save(&place.key_path(), passphrase.as_deref())
            .map_err(|error| CliError::Words(error.to_string()))?;
        told(json, false, &node, &contents).await
    }

    async fn fill(
        &self,
        place: &Place,
        keyring: &Keyring,
        identities: &[Box<dyn Identity>],
    ) -> Result<(Node, Contents), CliError> {
        let options = place.options(KeySource::Given(keyring.node.clone()));
        Ok(restore(options, opened(&self.file, identities)?, keyring).await?)
    }

    fn identities(&self) -> Result<Vec<Box<dyn Identity>>, CliError> {
        let Some(path) = &self.identity else {
            return Ok(vec![Box::new(age::scrypt::Identity::new(passphrase()?))]);
        };
        let text = fs::read_to_string(path).map_err(|error| CliError::file(path, error))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                let identity = age::x25519::Identity::from_str(line);
                identity
                    .map(|identity| Box::new(identity) as Box<dyn Identity>)
                    .map_err(|why| CliError::file(path, why))
            })
            .collect()
    }
}

fn opened(path: &Path, identities: &[Box<dyn Identity>]) -> Result<impl Read, CliError> {
    let file = File::open(path).map_err(|error| CliError::file(path, error))?;
    let decryptor =
        Decryptor::new_buffered(BufReader::new(file)).map_err(|error| CliError::file(path, error))?;
    decryptor.decrypt(identities.iter().map(AsRef::as_ref)).map_err(|error| CliError::file(path, error))
}

async fn told(json: bool, check: bool, node: &Node, contents: &Contents) -> Result<(), CliError> {
    let records = node.rows(crate::queries::COUNTS.text, Vec::new()).await?;
    let records: serde_json::Map<String, serde_json::Value> =
        records.iter().map(|row| (row.text(0).to_owned(), row.int(1).into())).collect();
    let done = if check { "Rehearsed" } else { "Restored" };
    say(json, format_args!("{done}: the backup of {} verifies and rebuilds.", contents.created));
    for (noun, count) in &records {
        say(json, format_args!("{noun:<16}{count}"));
    }
    tell(
        json,
        &json!({ "check": check, "created": contents.created, "rows": contents.rows, "records": records }),
    );
    Ok(())
}
