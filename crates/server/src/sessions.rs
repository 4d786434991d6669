//! Who called a moment ago: a device that sends one command after the other is looked up once, not for each.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use access::login::{self, SignedIn, session::Token};
use jiff::{SignedDuration, Timestamp};
use journal::{Node, StoreError};

/// How long another program on the same database may have ended a session without this one knowing. What this one does
/// itself holds at once.
const KEPT: SignedDuration = SignedDuration::from_secs(2);
/// How many are remembered at most.
const MOST: usize = 10_000;

#[derive(Default)]
struct Known {
    /// Counts how often everything was forgotten, so that a look-up begun before that is not remembered after it.
    round: u64,
    by_key: HashMap<String, (SignedIn, Timestamp)>,
}

/// Sessions that were looked up a moment ago.
#[derive(Default)]
pub struct Sessions(Mutex<Known>);

impl Sessions {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose session it is.
    pub async fn look(&self, node: &Node, token: &Token) -> Result<Option<SignedIn>, StoreError> {
        let (key, now) = (token.key(), node.now());
        let round = {
            let known = self.known();
            match known.by_key.get(&key) {
                Some((who, since)) if now.duration_since(*since).abs() < KEPT => {
                    return Ok(Some(who.clone()));
                }
                _ => known.round,
            }
        };
        let found = login::look(node, token).await?;
        let mut known = self.known();
        if known.by_key.len() >= MOST {
            known.by_key.clear();
        }
        match &found {
            Some(who) if known.round == round => {
                known.by_key.insert(key, (who.clone(), now));
            }
            _ => {
                known.by_key.remove(&key);
            }
        }
        Ok(found)
    }

    /// Forgets everybody: a session ended, or an account changed.
    pub fn forget(&self) {
        let mut known = self.known();
        known.round += 1;
        known.by_key.clear();
    }
}
