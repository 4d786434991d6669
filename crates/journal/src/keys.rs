//! Keys: the node's master key in its key file, subjects' data keys wrapped by it, and sealing under them.
//!
//! Sealing is deterministic: the nonce is a keyed BLAKE3 of purpose and content, so that a rebuild gives the same
//! bytes. Equal content under the same purpose gives equal bytes, which tells nothing here, because the purpose names
//! record and version.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use argon2::Argon2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Where the node's master key comes from.
#[derive(Clone)]
pub enum KeySource {
    /// A key file with mode 0600, made when the node is made. With a passphrase the file holds the key wrapped.
    File {
        /// The file.
        path: PathBuf,
        /// The passphrase that wraps the key in the file.
        passphrase: Option<String>,
    },
    /// The key itself: restores and tests.
    Given(NodeKey),
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySource(..)")
    }
}

/// Why the master key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is not there.
    #[error("the key file {0} is missing: put it back, or restore a backup")]
    Missing(PathBuf),
    /// The file cannot be read or written.
    #[error("the key file {path}: {why}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// Others than its owner may read the file.
    #[error("the key file {0} can be read by others than its owner: chmod 600 it")]
    Open(PathBuf),
    /// The file is not a key file.
    #[error("{0} is not a key file of Skein")]
    NotAKey(PathBuf),
    /// A passphrase is needed, or the one given is wrong.
    #[error("the passphrase for the master key is missing or wrong")]
    Passphrase,
}

/// The node's master key.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NodeKey([u8; 32]);

impl fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeKey(..)")
    }
}

/// A subject's data key.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// Sealed bytes that do not open: another key, or changed bytes.
#[derive(Debug, thiserror::Error)]
#[error("sealed content does not open: another key, or it was changed")]
pub struct DoesNotOpen;

const HEAD: &str = "skein-key-1";

impl NodeKey {
    /// The key of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for a backup that is encrypted itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the key may be recognised by without telling it.
    pub fn fingerprint(&self) -> String {
        let key = blake3::derive_key("skein 2026 node key fingerprint", &self.0);
        hexadecimal(&key[..8])
    }

    /// The SQLCipher key of the node's file, as raw hexadecimal.
    pub fn file_key(&self) -> String {
        let key = blake3::derive_key("skein 2026 sqlcipher file key", &self.0);
        hexadecimal(&key)
    }

    /// Seals housekeeping that holds personal data and has no subject yet, such as the preview of an import.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        seal_under(&blake3::derive_key("skein 2026 housekeeping", &self.0), purpose, plain)
    }

    /// Opens what [`NodeKey::seal`] sealed for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        open_under(&blake3::derive_key("skein 2026 housekeeping", &self.0), purpose, sealed)
    }

    /// Wraps a data key for storing.
    pub fn wrap(&self, key: &DataKey, purpose: &str) -> Vec<u8> {
        seal_under(&self.0, purpose, &key.0)
    }

    /// Unwraps a stored data key.
    pub fn unwrap(&self, wrapped: &[u8], purpose: &str) -> Result<DataKey, DoesNotOpen> {
        let mut bytes = open_under(&self.0, purpose, wrapped)?;
        let key = bytes.as_slice().try_into().map(DataKey).map_err(|_| DoesNotOpen);
        bytes.zeroize();
        key
    }

    /// Reads the key file, or makes it with `fresh` bytes when `may_make` and it is not there.
    pub fn load(source: &KeySource, may_make: bool, fresh: [u8; 32]) -> Result<Self, KeyError> {
        let (path, passphrase) = match source {
            KeySource::Given(key) => return Ok(key.clone()),
            KeySource::File { path, passphrase } => (path, passphrase.as_deref()),
        };
        match fs::read_to_string(path) {
            Ok(text) => {
                private(path)?;
                parse(&text, path, passphrase)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && may_make => {
                let key = Self(fresh);
                key.save(path, passphrase)?;
                Ok(key)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(KeyError::Missing(path.clone()))
            }
            Err(error) => Err(KeyError::File { path: path.clone(), why: error.to_string() }),
        }
    }

    /// Writes the key file with mode 0600.
    pub fn save(&self, path: &Path, passphrase: Option<&str>) -> Result<(), KeyError> {
        let text = match passphrase {
            None => format!("{HEAD} raw {}\n", BASE64.encode(self.0)),
            Some(passphrase) => {
                let salt = &blake3::derive_key("skein 2026 passphrase salt", &self.0)[..16];
                let wrapping = stretch(passphrase, salt)?;
                let wrapped = seal_under(&wrapping, "master key", &self.0);
                format!("{HEAD} passphrase {} {}\n", BASE64.encode(salt), BASE64.encode(wrapped))
            }
        };
        let fault = |error: std::io::Error| KeyError::File { path: path.to_owned(), why: error.to_string() };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(fault)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fault)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn parse(text: &str, path: &Path, passphrase: Option<&str>) -> Result<NodeKey, KeyError> {
    let wrong = || KeyError::NotAKey(path.to_owned());
    let bytes = |part: &str| BASE64.decode(part).map_err(|_| wrong());
    let parts: Vec<&str> = text.split_whitespace().collect();
    match parts.as_slice() {
        [HEAD, "raw", key] => bytes(key)?.try_into().map(NodeKey).map_err(|_| wrong()),
        [HEAD, "passphrase", salt, wrapped] => {
            let wrapping = stretch(passphrase.ok_or(KeyError::Passphrase)?, &bytes(salt)?)?;
            let key =
                open_under(&wrapping, "master key", &bytes(wrapped)?).map_err(|_| KeyError::Passphrase)?;
            key.try_into().map(NodeKey).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}

fn stretch(passphrase: &str, salt: &[u8]) -> Result<[u8; 32], KeyError> {
    let mut key = [0; 32];
    Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| KeyError::Passphrase)?;
    Ok(key)
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let meta =
        fs::metadata(path).map_err(|error| KeyError::File { path: path.into(), why: error.to_string() })?;
    if meta.permissions().mode().trailing_zeros() >= 6 {
        Ok(())
    } else {
        Err(KeyError::Open(path.to_owned()))
    }
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

impl DataKey {
    /// The key of these random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Seals bytes for a purpose that names record and version.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        seal_under(&self.0, purpose, plain)
    }

    /// Opens what was sealed for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        open_under(&self.0, purpose, sealed)
    }

    /// A keyed digest of content, so that the journal can recognise a command without telling what it said.
    pub fn digest(&self, content: &[u8]) -> Vec<u8> {
        blake3::keyed_hash(&self.0, content).as_bytes()[..16].to_vec()
    }
}

fn seal_under(key: &[u8; 32], purpose: &str, plain: &[u8]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(b"nonce").update(&(purpose.len() as u64).to_be_bytes());
    hasher.update(purpose.as_bytes()).update(plain);
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&hasher.finalize().as_bytes()[..24]);
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: plain, aad: purpose.as_bytes() };
    // Encryption fails only for content of more than 256 GiB, which cannot arrive here.
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    [nonce.as_slice(), &sealed].concat()
}

fn open_under(key: &[u8; 32], purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
    let (nonce, content) = sealed.split_at_checked(24).ok_or(DoesNotOpen)?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| DoesNotOpen)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    cipher
        .decrypt(&XNonce::from(nonce), Payload { msg: content, aad: purpose.as_bytes() })
        .map_err(|_| DoesNotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealing_repeats_and_binds_its_purpose() {
        let key = DataKey::from_bytes([7; 32]);
        let sealed = key.seal("person 1 v1", "李娜".as_bytes());
        assert_eq!(sealed, key.seal("person 1 v1", "李娜".as_bytes()));
        assert_ne!(sealed, key.seal("person 1 v2", "李娜".as_bytes()));
        assert_eq!(key.open("person 1 v1", &sealed).unwrap(), "李娜".as_bytes());
        assert!(key.open("person 2 v1", &sealed).is_err());
        assert!(DataKey::from_bytes([8; 32]).open("person 1 v1", &sealed).is_err());
        assert!(key.open("person 1 v1", b"short").is_err());
        assert_eq!(format!("{key:?}"), "DataKey(..)");
    }

    #[test]
    fn key_files_are_private_and_say_what_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("node.key");
        let source = |passphrase: Option<&str>| KeySource::File {
            path: path.clone(),
            passphrase: passphrase.map(str::to_owned),
        };
        assert!(matches!(NodeKey::load(&source(None), false, [1; 32]), Err(KeyError::Missing(_))));
        let made = NodeKey::load(&source(Some("雁过留声")), true, [1; 32]).unwrap();
        let read = NodeKey::load(&source(Some("雁过留声")), false, [2; 32]).unwrap();
        assert_eq!(made.fingerprint(), read.fingerprint());
        assert!(matches!(NodeKey::load(&source(Some("other")), false, [2; 32]), Err(KeyError::Passphrase)));
        assert!(matches!(NodeKey::load(&source(None), false, [2; 32]), Err(KeyError::Passphrase)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(NodeKey::load(&source(None), false, [2; 32]), Err(KeyError::Open(_))));
        }
    }
}
