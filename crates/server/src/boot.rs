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
    /// The key file is wrapped by a passphrase (asked for, or read from SKEIN_PASSPHRASE)
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
    /// The passphrase could not be read.
    #[error("the passphrase could not be read: {0}")]
    Passphrase(String),
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

    /// Whether there is something already.
    pub fn is_empty(&self) -> bool {
        self.postgres.is_none() && !self.dir.join("skein.db").exists()
    }

    /// Where the master key comes from.
    pub fn key_source(&self) -> Result<KeySource, BootError> {
        let passphrase = if self.passphrase {
            Some(ask("SKEIN_PASSPHRASE", "Passphrase of the key file: ")?)
        } else {
            None
        };
        Ok(KeySource::File { path: self.key_path(), passphrase })
    }

    /// Opens the node, making it where there is none.
    pub async fn open(&self) -> Result<Node, BootError> {
        make_private(&self.dir)?;
        Ok(Node::open(self.options(self.key_source()?)).await?)
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
pub fn ask(variable: &str, prompt: &str) -> Result<String, BootError> {
    if let Ok(secret) = std::env::var(variable) {
        return Ok(secret);
    }
    rpassword::prompt_password(prompt).map_err(|error| BootError::Passphrase(error.to_string()))
}

/// Makes a folder that only its owner may read.
pub fn make_private(path: &Path) -> Result<(), BootError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| BootError::Folder { path: path.to_owned(), why: error.to_string() })
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
