//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation), as PHC strings.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Envelope, Id, Refusal};
use serde_json::Value;

use crate::account::login_key;
use crate::faults;

/// Fewest characters of a password.
pub const LEAST: usize = 8;
/// Most characters of a password; longer ones would only cost time.
pub const MOST: usize = 200;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Refuses what is too easily guessed.
pub fn judge(password: &str, login: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    let first = password.chars().next();
    let repeated = password.chars().all(|c| Some(c) == first);
    if !(LEAST..=MOST).contains(&length) || repeated || login_key(password) == login_key(login) {
        let refusal = Refusal::new(&faults::WEAK_PASSWORD).with("least", LEAST).with("most", MOST);
        return Err(refusal.at("password"));
    }
    Ok(())
}

/// The PHC string of a password. Takes about 20 ms and 19 MiB: not for an asynchronous thread.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, Refusal> {
    let fault = || Refusal::new(&faults::HASH_SHAPE).at("password");
    let params = Params::new(COST.0, COST.1, COST.2, None).map_err(|_| fault())?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash =
        hasher.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| fault())?;
    Ok(hash.to_string())
}

/// Whether the password belongs to the hash. Takes as long as [`hash`].
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Whether the text is an argon2id hash that is not cheaper than ours.
pub fn is_hash(text: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(text) else { return false };
    let cost = |name: &str| parsed.params.get_decimal(name).unwrap_or(0);
    let dear = (COST.0..=1 << 20).contains(&cost("m")) && (COST.1..=20).contains(&cost("t"));
    text.starts_with("$argon2id$") && dear && parsed.hash.is_some() && parsed.salt.is_some()
}

/// The salt of a password that a command sets: the command's own id, which is one of its kind. The same command sent
/// twice so has the same content.
pub fn salt_of(command: Id) -> [u8; 16] {
    command.0.to_be_bytes()
}

/// Replaces `new_password` in the body of an account's command by its hash as `password`, so that the password itself
/// never reaches the pipeline. Other commands pass unchanged. As slow as [`hash`].
pub fn prepare(mut command: Envelope) -> Result<Envelope, Refusal> {
    if !matches!(command.verb.as_str(), "account.create" | "account.set_password") {
        return Ok(command);
    }
    let Value::Object(body) = &mut command.body else { return Ok(command) };
    let Some(given) = body.remove("new_password") else { return Ok(command) };
    let login = body.get("login").and_then(Value::as_str).unwrap_or_default().to_owned();
    let password = given.as_str().unwrap_or_default();
    judge(password, &login)?;
    body.insert("password".into(), hash(password, salt_of(command.id))?.into());
    Ok(command)
}
