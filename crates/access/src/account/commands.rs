//! What is done to an account besides making and amending it.

use kernel::{Command, Refusal, Role, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Account, AccountEvent, Language};
use crate::{faults, login};

/// Closes an account; what it did stays under its name.
#[derive(Deserialize, JsonSchema)]
pub struct Retire {}

impl Command for Retire {
    type Record = Account;
    const VERB: &'static str = "account.retire";

    fn decide(self, state: &Account, situation: &Situation<'_>) -> Result<Vec<AccountEvent>, Refusal> {
        if situation.actor.account.0 == situation.record {
            return Err(Refusal::new(&faults::OWN_ROLE));
        }
        switch(state, false)
    }
}

/// Opens a closed account again.
#[derive(Deserialize, JsonSchema)]
pub struct Reinstate {}

impl Command for Reinstate {
    type Record = Account;
    const VERB: &'static str = "account.reinstate";

    fn decide(self, state: &Account, _: &Situation<'_>) -> Result<Vec<AccountEvent>, Refusal> {
        switch(state, true)
    }
}

fn switch(state: &Account, active: bool) -> Result<Vec<AccountEvent>, Refusal> {
    if state.active == active {
        return Err(Refusal::new(&faults::SAME_STATE));
    }
    Ok(vec![AccountEvent::Switched { active }])
}

/// Sets a password: one's own, or by a manager or operator anybody's.
#[derive(Deserialize, JsonSchema)]
pub struct SetPassword {
    /// The argon2id hash of the new password, as a PHC string.
    #[schemars(length(max = 200))]
    password: String,
}

impl Command for SetPassword {
    type Record = Account;
    const VERB: &'static str = "account.set_password";

    fn decide(self, _: &Account, situation: &Situation<'_>) -> Result<Vec<AccountEvent>, Refusal> {
        own_or_keeper(situation)?;
        if !login::password::is_hash(&self.password) {
            return Err(Refusal::new(&faults::HASH_SHAPE).at("password"));
        }
        Ok(vec![AccountEvent::PasswordSet { password: Some(self.password) }])
    }
}

/// Sets the second factor: one's own; a manager or operator can only remove somebody else's.
#[derive(Deserialize, JsonSchema)]
pub struct SetTotp {
    /// The secret, base 32; none removes the second factor.
    #[serde(default)]
    #[schemars(length(max = 128))]
    totp: Option<String>,
}

impl Command for SetTotp {
    type Record = Account;
    const VERB: &'static str = "account.set_totp";

    fn decide(self, _: &Account, situation: &Situation<'_>) -> Result<Vec<AccountEvent>, Refusal> {
        own_or_keeper(situation)?;
        if let Some(secret) = &self.totp {
            if situation.actor.account.0 != situation.record {
                return Err(Refusal::new(&faults::NOT_YOURS));
            }
            if !login::totp::is_secret(secret) {
                return Err(Refusal::new(&faults::SECRET_SHAPE).at("totp"));
            }
        }
        Ok(vec![AccountEvent::TotpSet { totp: self.totp }])
    }
}

/// Chooses the language of one's own pages.
#[derive(Deserialize, JsonSchema)]
pub struct Prefer {
    /// The language.
    lang: Language,
}

impl Command for Prefer {
    type Record = Account;
    const VERB: &'static str = "account.prefer";

    fn decide(self, _: &Account, situation: &Situation<'_>) -> Result<Vec<AccountEvent>, Refusal> {
        if situation.actor.account.0 != situation.record {
            return Err(Refusal::new(&faults::NOT_YOURS));
        }
        Ok(vec![AccountEvent::Preferred { lang: self.lang }])
    }
}

fn own_or_keeper(situation: &Situation<'_>) -> Result<(), Refusal> {
    let keeper = matches!(situation.actor.role, Role::Manager | Role::Operator);
    if keeper || situation.actor.account.0 == situation.record {
        Ok(())
    } else {
        Err(Refusal::new(&faults::NOT_YOURS))
    }
}
