//! Logging in: password, second factor, throttle, session.

pub mod password;
pub mod queries;
pub mod session;
pub mod throttle;
pub mod totp;

use journal::{Node, StoreError};
use kernel::{AccountId, Actor, Refusal, Role, SiteId};

use crate::account::{Account, Language, login_key};
use crate::faults;
use session::Token;
use throttle::{FREE, FREE_ADDRESS};

/// What somebody typed, and from where. Has no `Debug`.
#[derive(Clone)]
pub struct Attempt {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
    /// The six digits of the second factor, where it is set.
    pub code: Option<String>,
    /// The address of the peer, for the throttle.
    pub address: String,
    /// What the browser says it is; kept for the list of sessions.
    pub agent: String,
}

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The site.
    pub site: SiteId,
    /// What the account is there.
    pub role: Role,
    /// The login name.
    pub login: String,
    /// The name others see.
    pub display: String,
    /// The language of its pages.
    pub lang: Language,
}

impl SignedIn {
    /// Who acts by this session.
    pub fn actor(&self) -> Actor {
        Actor { account: self.account, role: self.role, site: self.site }
    }
}

/// Why somebody is not logged in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// It is refused, and told why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database is away.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A hash that no password has: an unknown login takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Logs in, or says why not. Wrong logins, passwords and codes count against the login name and the address. The new
/// session's token comes from the node's randomness.
pub async fn log_in(node: &Node, attempt: Attempt) -> Result<(SignedIn, Token), LoginError> {
    let keys = [
        (format!("login:{}", login_key(&attempt.login)), FREE),
        (format!("address:{}", attempt.address), FREE_ADDRESS),
    ];
    if let Some(seconds) = throttle::wait(node, &keys).await? {
        return Err(Refusal::new(&faults::THROTTLED).with("seconds", seconds).into());
    }
    match admitted(node, &attempt).await {
        Ok(signed_in) => {
            let token = Token::new(node.random());
            throttle::forgive(node, &keys[0].0).await?;
            queries::begin(node, &signed_in, &token, &attempt.agent).await?;
            Ok((signed_in, token))
        }
        Err(LoginError::Refused(refusal)) => {
            // Asking for the code is no failure: the password was right.
            if refusal.def.code != faults::CODE_NEEDED.code {
                throttle::failed(node, &keys).await?;
            }
            Err(refusal.into())
        }
        Err(error) => Err(error),
    }
}

async fn admitted(node: &Node, attempt: &Attempt) -> Result<SignedIn, LoginError> {
    let found = queries::by_login(node, &login_key(&attempt.login)).await?;
    let account = match &found {
        Some(signed_in) => {
            let held = node.held(signed_in.site, "account", signed_in.account.0).await?;
            held.filter(kernel::Held::is_live).map(|held| journal::state::<Account>(&held))
        }
        None => None,
    };
    let hash = account.as_ref().and_then(|account| account.password.clone());
    let fits = verified(attempt.password.clone(), hash.clone().unwrap_or_else(|| NOBODY.into())).await;
    let (Some(signed_in), Some(account), true, true) = (found, account, fits, hash.is_some()) else {
        return Err(Refusal::new(&faults::WRONG_LOGIN).into());
    };
    if !account.active {
        return Err(Refusal::new(&faults::WRONG_LOGIN).into());
    }
    if let Some(secret) = &account.totp {
        let code = attempt.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| Refusal::new(&faults::CODE_NEEDED))?;
        use_code(node, signed_in.account, secret, code).await?;
    }
    Ok(signed_in)
}

/// Verifies a password on a thread where it may take its time.
pub async fn verified(password: String, hash: String) -> bool {
    tokio::task::spawn_blocking(move || password::verify(&password, &hash)).await.unwrap_or(false)
}

/// Hashes a password on a thread where it may take its time, with the node's randomness as salt.
pub async fn hashed(node: &Node, password: String) -> Result<String, Refusal> {
    let mut salt = [0; 16];
    salt.copy_from_slice(&node.random()[..16]);
    tokio::task::spawn_blocking(move || password::hash(&password, salt))
        .await
        .unwrap_or_else(|_| Err(Refusal::new(&faults::HASH_SHAPE)))
}

/// Accepts a code of the second factor once.
pub async fn use_code(node: &Node, account: AccountId, secret: &str, code: &str) -> Result<(), LoginError> {
    let used = queries::used_step(node, account).await?;
    match totp::accept(secret, code, node.now().as_second(), used) {
        Some(step) => Ok(queries::keep_step(node, account, step).await?),
        None => Err(Refusal::new(&faults::WRONG_CODE).into()),
    }
}

/// Whose session a token is; none if it ended or the account was retired.
pub async fn look(node: &Node, token: &Token) -> Result<Option<SignedIn>, StoreError> {
    queries::session(node, token).await
}

/// Ends a session.
pub async fn log_out(node: &Node, token: &Token) -> Result<(), StoreError> {
    queries::end(node, &token.key()).await
}
