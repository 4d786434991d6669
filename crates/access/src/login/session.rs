//! Sessions of the browser: a random token in a cookie, of which the node keeps only a hash.

use jiff::{SignedDuration, Timestamp};
use kernel::{Column, TableDef};
use subtle::ConstantTimeEq;

/// Who is logged in; the key is the hash of the token.
pub static LOGIN_SESSION: TableDef = TableDef::operational(
    "login_session",
    &[
        ("id", Column::Text),
        ("site", Column::Text),
        ("account", Column::Text),
        ("created", Column::Int),
        ("seen", Column::Int),
        ("expires", Column::Int),
        ("agent", Column::Text),
    ],
    1,
);

/// A session unused for this long ends.
pub const IDLE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A session ends after this long in any case.
pub const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often "last seen" is written at most.
pub const TOUCH: SignedDuration = SignedDuration::from_mins(5);

/// The token in the cookie, from 32 random bytes. Has no `Debug`.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new token.
    pub fn new(random: [u8; 32]) -> Self {
        Self(hex(&random))
    }

    /// The token of a cookie, if it has the shape of one.
    pub fn from_cookie(text: &str) -> Option<Self> {
        let hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| Self(text.to_ascii_lowercase()))
    }

    /// What the cookie holds.
    pub fn cookie(&self) -> &str {
        &self.0
    }

    /// What the node keeps of it.
    pub fn key(&self) -> String {
        hex(&blake3::derive_key("skein 2026 login session", self.0.as_bytes()))
    }

    /// What a page sends in `x-skein-csrf` to show that it is ours.
    pub fn csrf(&self) -> String {
        hex(&blake3::derive_key("skein 2026 csrf", self.0.as_bytes())[..16])
    }

    /// Whether the header belongs to this session; takes the same time whatever it holds.
    pub fn csrf_fits(&self, header: &str) -> bool {
        self.csrf().as_bytes().ct_eq(header.as_bytes()).into()
    }
}

/// Two hexadecimal digits for each byte.
fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// When a session ends that was made then and seen now.
pub fn ends(created: Timestamp, seen: Timestamp) -> Timestamp {
    let idle = seen.checked_add(IDLE).unwrap_or(seen);
    let life = created.checked_add(LIFE).unwrap_or(created);
    idle.min(life)
}
