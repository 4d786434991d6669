//! The second factor: time-based codes of six digits (RFC 6238, SHA-1, 30 seconds), each accepted once.

use kernel::{Column, TableDef};
use totp_rs::{Builder, Secret, Totp};

/// The last time step that was accepted of an account's codes.
pub static TOTP_USED: TableDef =
    TableDef::operational("totp_used", &[("account", Column::Text), ("step", Column::Int)], 1);

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(1).build().ok()
}

/// A secret from 20 random bytes, base 32.
pub fn secret(random: [u8; 20]) -> String {
    Secret::from(random.to_vec()).to_base32()
}

/// Whether the text is a usable secret.
pub fn is_secret(text: &str) -> bool {
    text.len() <= 128 && totp(text).is_some()
}

/// The time step of a right code at `seconds` since 1970, one step early or late included; none if it is wrong or
/// belongs to a step not after `used`.
pub fn accept(secret: &str, code: &str, seconds: i64, used: Option<i64>) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let step = totp(secret)?.check(&code, u64::try_from(seconds).ok()?)?;
    let step = i64::try_from(step).ok()?;
    used.is_none_or(|used| step > used).then_some(step)
}

/// The code at `seconds` since 1970, for tests and the command line.
pub fn code(secret: &str, seconds: i64) -> Option<String> {
    Some(totp(secret)?.generate(u64::try_from(seconds).ok()?).to_string())
}

/// What an authenticator app reads from a QR code.
pub fn uri(secret: &str, login: &str, site: &str) -> String {
    let issuer = percent(&format!("Skein {site}"));
    format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", percent(login))
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
    out
}
