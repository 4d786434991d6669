//! `skein backup` and `skein restore`.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity};
use clap::Args;
use indicatif::ProgressBar;
use journal::{BackupError, Contents, KeySource, Keyring, Node, OpenError, restore};
use serde_json::json;

use super::{CliError, progress, say, tell};
use crate::boot::{BootError, Place, ask, make_private, private_file};

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
        let node = place.open_existing().await?;
        make_private(&self.to)?;
        let stamp: String =
            node.now().to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
        let path = self.to.join(format!("skein-{stamp}.backup"));
        let mut contents = None;
        let busy = progress::busy(json, both!("正在写备份", "writing the backup"));
        replace(&path, &lock, async |out| {
            contents = Some(node.write_backup(out).await?);
            Ok(())
        })
        .await?;
        replace(&self.to.join(KEYS), &lock, async |out| node.write_keys(out).await).await?;
        busy.finish_and_clear();
        let rows = contents.map(|contents| contents.rows).unwrap_or_default();
        let commands = rows.iter().find(|(name, _)| name == "journal").map_or(0, |(_, rows)| *rows);
        say(
            json,
            both!(
                "{} 里有 {commands} 条操作；钥匙串 {KEYS} 在它旁边。",
                "{} holds {commands} commands; its keyring is {KEYS} beside it.",
                path.display()
            ),
        );
        say(
            json,
            both!("演练一次恢复：skein restore --check 文件", "Rehearse it: skein restore --check FILE"),
        );
        tell(json, &json!({ "file": path, "keys": self.to.join(KEYS), "rows": rows }));
        Ok(())
    }
}

fn passphrase() -> Result<SecretString, CliError> {
    let passphrase = ask("SKEIN_BACKUP_PASSPHRASE", &both!("备份的口令：", "Passphrase of the backup: "))?;
    if passphrase.chars().count() < 10 {
        return Err(CliError::Words(both!("口令至少十个字", "a passphrase needs at least ten characters")));
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
    let file = private_file(&unfinished, true).map_err(fault)?;
    let mut out = lock.close(BufWriter::new(file)).map_err(fault)?;
    let written = match write(&mut out).await {
        Ok(()) => finish(out).and_then(|()| fs::rename(&unfinished, path)).map_err(fault),
        Err(BackupError::Stream(error)) => Err(fault(error)),
        Err(error) => Err(error.into()),
    };
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn finish(out: age::stream::StreamWriter<BufWriter<File>>) -> std::io::Result<()> {
    let file = out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()
}

impl Restore {
    /// Restores, or rehearses it.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        File::open(&self.file).map_err(|error| CliError::file(&self.file, error))?;
        let identities = self.identities()?;
        let keys = self.keys.clone().unwrap_or_else(|| self.file.with_file_name(KEYS));
        let keyring = Keyring::read(opened(&keys, &identities, &ProgressBar::hidden())?)?;
        if self.check {
            let rehearsal = tempfile::tempdir().map_err(|error| CliError::file(&place.dir, error))?;
            let scratch =
                Place { dir: rehearsal.path().to_owned(), postgres: None, key: None, passphrase: false };
            let (node, contents) = self.fill(&scratch, &keyring, &identities, json).await?;
            return told(json, true, &node, &contents).await;
        }
        let _held = place.hold()?;
        if place.mark_of_restore().exists() {
            place.clear_restore()?;
        }
        if place.has_node() {
            return Err(BackupError::NotEmpty.into());
        }
        let mark = place.mark_of_restore();
        private_file(&mark, true).map_err(|error| CliError::file(&mark, error))?;
        let restored = self.restored(place, &keyring, &identities, json).await;
        let (node, contents) = match restored {
            Ok(restored) => restored,
            Err(error) => {
                place.clear_restore()?;
                return Err(error);
            }
        };
        fs::remove_file(&mark).map_err(|error| CliError::file(&mark, error))?;
        told(json, false, &node, &contents).await
    }

    async fn restored(
        &self,
        place: &Place,
        keyring: &Keyring,
        identities: &[Box<dyn Identity>],
        json: bool,
    ) -> Result<(Node, Contents), CliError> {
        let passphrase = place.wrapping()?;
        let restored = self.fill(place, keyring, identities, json).await?;
        let saved = keyring.node.save(&place.key_path(), passphrase.as_deref());
        saved.map_err(|error| BootError::from(OpenError::from(error)))?;
        Ok(restored)
    }

    async fn fill(
        &self,
        place: &Place,
        keyring: &Keyring,
        identities: &[Box<dyn Identity>],
        json: bool,
    ) -> Result<(Node, Contents), CliError> {
        let options = place.options(KeySource::Given(keyring.node.clone()));
        let bar = progress::bytes(json);
        let restored = restore(options, opened(&self.file, identities, &bar)?, keyring).await?;
        bar.finish_and_clear();
        Ok(restored)
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

fn opened(path: &Path, identities: &[Box<dyn Identity>], bar: &ProgressBar) -> Result<impl Read, CliError> {
    let file = File::open(path).map_err(|error| CliError::file(path, error))?;
    bar.set_length(file.metadata().map_or(0, |about| about.len()));
    let decryptor = Decryptor::new_buffered(BufReader::new(bar.wrap_read(file)));
    let decrypted = decryptor.and_then(|open| open.decrypt(identities.iter().map(AsRef::as_ref)));
    let shown = path.display();
    decrypted.map_err(|why| match why {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            CliError::Words(both!(
                "{shown}：口令或密钥打不开它",
                "{shown}: the passphrase or key does not open it"
            ))
        }
        DecryptError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            CliError::file(path, error)
        }
        _ => CliError::No(both!(
            "{shown} 不是 Skein 的备份，或已损坏",
            "{shown} is no backup of Skein, or it is damaged"
        )),
    })
}

async fn told(json: bool, check: bool, node: &Node, contents: &Contents) -> Result<(), CliError> {
    super::keep::whole(&publishing::store::queries::verify(node).await?)?;
    let records = node.rows(crate::queries::COUNTS.text, Vec::new()).await?;
    let records: serde_json::Map<String, serde_json::Value> =
        records.iter().map(|row| (row.text(0).to_owned(), row.int(1).into())).collect();
    let made = contents.created;
    let words = if check {
        both!(
            "演练通过：{made} 的备份可以恢复，链条完整。",
            "Rehearsed: the backup of {made} verifies and rebuilds."
        )
    } else {
        both!("已恢复：{made} 的备份，链条完整。", "Restored: the backup of {made} verifies and rebuilds.")
    };
    say(json, words);
    for (noun, count) in &records {
        say(json, format_args!("{noun:<16}{count}"));
    }
    tell(
        json,
        &json!({ "check": check, "created": contents.created, "rows": contents.rows, "records": records }),
    );
    Ok(())
}
