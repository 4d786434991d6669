//! Finding accounts, and what the pipeline cannot know of them by itself: that a login name is taken, that a manager
//! is the last one.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::{Actor, Envelope, Id, Refusal, Role, SiteId, Sql};
use serde_json::Value;

use super::views::{AccountCard, SiteCard};
use super::{Language, login_key};
use crate::faults;

static ALL: Sql = Sql {
    name: "access.accounts",
    text: "SELECT account, display, login, role, active, lang FROM account_row WHERE site = $1 ORDER BY no, account",
};
static BY_LOGIN: Sql = Sql {
    name: "access.login_taken",
    text: "SELECT account FROM account_row WHERE login = $1 ORDER BY account",
};
static MANAGERS: Sql = Sql {
    name: "access.managers",
    text: "SELECT account FROM account_row WHERE site = $1 AND role = 'manager' AND active = 1 ORDER BY account",
};
static SITE: Sql =
    Sql { name: "access.site", text: "SELECT site, name, lang, timezone FROM site_row WHERE site = $1" };
static SITES: Sql = Sql {
    name: "access.sites",
    text: "SELECT site, name, lang, timezone FROM site_row ORDER BY created, site LIMIT 1000",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ALL, &BY_LOGIN, &MANAGERS, &SITE, &SITES];

/// The accounts of the actor's site: all that is known for managers and operators, id and name for others.
pub async fn list(node: &Node, actor: &Actor) -> Result<Vec<AccountCard>, StoreError> {
    let keeper = matches!(actor.role, Role::Manager | Role::Operator);
    let rows = node.rows(ALL.text, vec![actor.site.into()]).await?;
    let cards = rows.iter().map(|row| AccountCard {
        id: row.id(0),
        display: row.text(1).to_owned(),
        login: keeper.then(|| row.text(2).to_owned()),
        role: if keeper { Role::from_name(row.text(3)) } else { None },
        active: keeper.then(|| row.int(4) == 1),
        lang: keeper.then(|| Language::from_code(row.text(5))),
    });
    Ok(cards.collect())
}

/// The names by which accounts of a site are shown, for histories and lists.
pub async fn names(node: &Node, site: SiteId) -> Result<HashMap<Id, String>, StoreError> {
    let rows = node.rows(ALL.text, vec![site.into()]).await?;
    Ok(rows.iter().map(|row| (row.id(0), row.text(1).to_owned())).collect())
}

/// The account of a login name, retired ones included; for the command line.
pub async fn of_login(node: &Node, login: &str) -> Result<Option<Id>, StoreError> {
    let rows = node.rows(BY_LOGIN.text, vec![login_key(login).into()]).await?;
    Ok(rows.first().map(|row| row.id(0)))
}

/// A site.
pub async fn site(node: &Node, site: SiteId) -> Result<Option<SiteCard>, StoreError> {
    let rows = node.rows(SITE.text, vec![site.into()]).await?;
    Ok(rows.first().map(site_card))
}

/// The sites of this installation, oldest first. None: nothing is set up yet.
pub async fn sites(node: &Node) -> Result<Vec<SiteCard>, StoreError> {
    let rows = node.rows(SITES.text, Vec::new()).await?;
    Ok(rows.iter().map(site_card).collect())
}

fn site_card(row: &journal::Row) -> SiteCard {
    SiteCard {
        id: row.id(0),
        name: row.text(1).to_owned(),
        lang: Language::from_code(row.text(2)),
        timezone: row.text(3).to_owned(),
    }
}

/// Why a command on an account cannot be, as far as that hangs on other accounts; asked before it is submitted.
/// Commands on other records pass.
pub async fn objection(
    node: &Node,
    actor: &Actor,
    command: &Envelope,
) -> Result<Option<Refusal>, StoreError> {
    if !matches!(command.verb.as_str(), "account.create" | "account.amend" | "account.retire") {
        return Ok(None);
    }
    if let Some(login) = command.body.get("login").and_then(Value::as_str) {
        let rows = node.rows(BY_LOGIN.text, vec![login_key(login).into()]).await?;
        if rows.iter().any(|row| row.id(0) != command.record) {
            return Ok(Some(Refusal::new(&faults::LOGIN_TAKEN).at("login")));
        }
    }
    let role = command.body.get("role").and_then(Value::as_str);
    let demotes = command.verb == "account.amend" && role.is_some_and(|role| role != "manager");
    if demotes || command.verb == "account.retire" {
        let managers = node.rows(MANAGERS.text, vec![actor.site.into()]).await?;
        if managers.len() == 1 && managers[0].id(0) == command.record {
            return Ok(Some(Refusal::new(&faults::LAST_MANAGER)));
        }
    }
    Ok(None)
}
