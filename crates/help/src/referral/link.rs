//! The link that a partner holds, and the short code of a printed slip.

use kernel::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// What is kept of a link: hashes, never the link or its code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Hash of the token in the address.
    #[schemars(length(min = 64, max = 64))]
    pub token: String,
    /// Hash of the code, bound to the token: without the token nothing can be tried against it.
    #[schemars(length(min = 64, max = 64))]
    pub code: String,
    /// It opens nothing from this moment on.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub until: jiff::Timestamp,
}

/// The token and the code themselves, told once. Has no `Debug`.
#[derive(Clone)]
pub struct Secret {
    /// What the address ends with.
    pub token: String,
    /// Six digits, told by another way than the link.
    pub code: String,
}

const TOKEN: &str = "skein 2026 referral token";
const CODE: &str = "skein 2026 referral code";

impl Secret {
    /// A new link from 32 random bytes: 20 of them for the token, 8 for the code.
    pub fn new(random: [u8; 32]) -> Self {
        let mut number = [0; 8];
        number.copy_from_slice(&random[20..28]);
        // A remainder of 2^64 by 10^6 prefers no code by more than one part in 10^13.
        let code = u64::from_be_bytes(number) % 1_000_000;
        Self { token: letters(&random[..20]), code: format!("{code:06}") }
    }

    /// What may be known of a token, for counting wrong codes: a hash under a name of its own.
    pub fn public(token: &str) -> String {
        hex(&blake3::derive_key("skein 2026 referral throttle", token.as_bytes()))
    }

    /// What is kept of it.
    pub fn kept(&self, until: jiff::Timestamp) -> Link {
        Link { token: token_hash(&self.token), code: code_hash(&self.token, &self.code), until }
    }
}

impl Link {
    /// Whether the code belongs to the link; takes the same time whatever was typed.
    pub fn opens(&self, token: &str, code: &str) -> bool {
        code_hash(token, code).as_bytes().ct_eq(self.code.as_bytes()).into()
    }

    /// Whether it has the shape of one.
    pub(super) fn is_sound(&self) -> bool {
        let hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        hash(&self.token) && hash(&self.code)
    }
}

/// By what a token is found.
pub(super) fn token_hash(token: &str) -> String {
    hex(&blake3::derive_key(TOKEN, token.as_bytes()))
}

fn code_hash(token: &str, code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    hex(&blake3::derive_key(CODE, format!("{token} {digits}").as_bytes()))
}

/// Two hexadecimal digits for each byte.
fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Letters and digits that are not taken for one another, five bits each.
fn letters(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
    }
    text
}

/// The short code of a referral's slip: the last six characters of its id, which are random.
pub fn slip(id: Id) -> String {
    let text = id.to_string();
    text[text.len() - 6..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_hashes_and_opens_by_its_own_code_alone() {
        let mut random = [7; 32];
        let secret = Secret::new(random);
        assert_eq!((secret.token.len(), secret.code.len()), (32, 6));
        let kept = secret.kept(jiff::Timestamp::UNIX_EPOCH);
        let text = serde_json::to_string(&kept).unwrap();
        assert!(!text.contains(&secret.token) && !text.contains(&secret.code));
        assert!(kept.opens(&secret.token, &format!(" {} ", secret.code)), "spaces are forgiven");
        assert!(!kept.opens(&secret.token, "") && !kept.opens(&secret.token, "李娜"));
        random[0] = 8;
        let other = Secret::new(random);
        assert_eq!(other.code, secret.code);
        assert_ne!(other.token, secret.token);
        assert!(!kept.opens(&other.token, &secret.code), "the code of another link");
    }
}
