//! Opening the node that a command line names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use journal::{Clock, Entropy, KeySource, Node, OpenError, Options, StoreOptions};

use crate::registry::registry;

/// Which node: its folder, its database, its key.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Folder of the node: database file, key file, exports
    #[arg(long, env = "SKEIN_DIR", default_value = "skein-data", global = true)]
    pub dir: PathBuf,
    /// PostgreSQL instead of a file: postgres://user:password@host/database
    #[arg(long, env = "SKEIN_POSTGRES", global = true, hide_env_values = true)]
    pub postgres: Option<String>,
    /// Key file, if it is not in the folder
    #[arg(long, env = "SKEIN_KEY", global = true)]
    pub key: Option<PathBuf>,
    /// The key file is wrapped by a passphrase: asked for, or read from SKEIN_PASSPHRASE, which says so by itself
    #[arg(long, global = true)]
    pub passphrase: bool,
}

/// Why a node could not be opened for a command line.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// The folder.
    #[error("the folder {path} cannot be used: {why}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// The node.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is none.
    #[error("there is no node in {0}: name its folder with --dir, or make one with skein user setup")]
    NoNode(PathBuf),
    /// A restore did not come to its end.
    #[error("a restore into {0} was cut off: run skein restore again, it starts anew")]
    CutOff(PathBuf),
    /// A server has the folder.
    #[error("a server is running on {0} already: use that one, or stop it first")]
    Running(PathBuf),
    /// A passphrase or password could not be asked for.
    #[error("there is no terminal to ask on ({why}): put it into {variable}")]
    NotAsked {
        /// The variable that holds it where nobody can be asked.
        variable: &'static str,
        /// The system's words.
        why: String,
    },
}

impl Place {
    /// The key file.
    pub fn key_path(&self) -> PathBuf {
        self.key.clone().unwrap_or_else(|| self.dir.join("node.key"))
    }

    /// The database.
    pub fn store(&self) -> StoreOptions {
        match &self.postgres {
            Some(url) => StoreOptions::Postgres { url: url.clone() },
            None => StoreOptions::Sqlite { path: self.dir.join("skein.db") },
        }
    }

    /// Whether there is a node: on PostgreSQL its key is here and its tables are there.
    pub fn has_node(&self) -> bool {
        self.key_path().exists() || (self.postgres.is_none() && self.dir.join("skein.db").exists())
    }

    /// Stands in the folder while a restore fills it.
    pub fn mark_of_restore(&self) -> PathBuf {
        self.dir.join("restore.unfinished")
    }

    /// Takes away what a restore that was cut off has left: its mark, the database file and the key it made.
    pub fn clear_restore(&self) -> Result<(), BootError> {
        let key = self.key_path();
        let files = ["skein.db", "skein.db-wal", "skein.db-shm"].map(|name| self.dir.join(name));
        let own = if self.postgres.is_none() { files.to_vec() } else { Vec::new() };
        for path in own.into_iter().chain([key, self.mark_of_restore()]) {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(BootError::Folder { path, why: error.to_string() });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Keeps a second server away from the folder for as long as the file is held.
    pub fn hold(&self) -> Result<std::fs::File, BootError> {
        let path = self.dir.join("skein.lock");
        let fault = |error: std::io::Error| BootError::Folder { path: path.clone(), why: error.to_string() };
        make_private(&self.dir)?;
        let file = private_file(&path, false).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(std::fs::TryLockError::WouldBlock) => Err(BootError::Running(self.dir.clone())),
            Err(std::fs::TryLockError::Error(error)) => Err(fault(error)),
        }
    }

    /// Where the master key comes from.
    pub fn key_source(&self) -> Result<KeySource, BootError> {
        Ok(KeySource::File { path: self.key_path(), passphrase: self.wrapping()? })
    }

    /// The passphrase of the key file, where it has one.
    pub fn wrapping(&self) -> Result<Option<String>, BootError> {
        if !self.passphrase && std::env::var_os("SKEIN_PASSPHRASE").is_none() {
            return Ok(None);
        }
        ask("SKEIN_PASSPHRASE", "Passphrase of the key file: ").map(Some)
    }

    /// Opens the node, making it where there is none.
    pub async fn open(&self) -> Result<Node, BootError> {
        make_private(&self.dir)?;
        if self.mark_of_restore().exists() {
            return Err(BootError::CutOff(self.dir.clone()));
        }
        Ok(Node::open(self.options(self.key_source()?)).await?)
    }

    /// Opens the node that is there already; a mistyped folder is none.
    pub async fn open_existing(&self) -> Result<Node, BootError> {
        if !self.has_node() && !self.mark_of_restore().exists() {
            return Err(BootError::NoNode(self.dir.clone()));
        }
        self.open().await
    }

    /// How to open the node with a key from this source.
    pub fn options(&self, key: KeySource) -> Options {
        Options {
            registry: registry(),
            store: self.store(),
            key,
            clock: system_clock(),
            entropy: system_entropy(),
            offset_hours: 8,
        }
    }
}

/// A secret from the environment, or asked for on the terminal.
pub fn ask(variable: &'static str, prompt: &str) -> Result<String, BootError> {
    if let Ok(secret) = std::env::var(variable) {
        return Ok(secret);
    }
    rpassword::prompt_password(prompt)
        .map_err(|error| BootError::NotAsked { variable, why: error.to_string() })
}

/// Makes a folder that only its owner may read.
pub fn make_private(path: &Path) -> Result<(), BootError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| BootError::Folder { path: path.to_owned(), why: error.to_string() })
}

/// A file that only its owner may read; what was in it is dropped if that is said.
pub fn private_file(path: &Path, truncate: bool) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The system's clock: the one place where the program asks for the time.
pub fn system_clock() -> Clock {
    #[allow(clippy::disallowed_methods, reason = "the one place where time enters the program")]
    Arc::new(Timestamp::now)
}

/// The system's randomness.
pub fn system_entropy() -> Entropy {
    Arc::new(|bytes| {
        // Without randomness there are no keys; a program that went on would be worse than one that stops.
        getrandom::fill(bytes).expect("the system has no randomness");
    })
}
