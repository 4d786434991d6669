//! Set-up: a site and its first manager, made together or not at all.

use jiff::Timestamp;
use journal::Node;
use kernel::{AccountId, Actor, Envelope, Id, Lang, Outcome, Problem, Role, SiteId};
use serde_json::{Value, json};

use crate::account::Language;

/// What a site starts with. Has no `Debug`: it holds a password's hash.
#[derive(Clone)]
pub struct Founding {
    /// What the site is called.
    pub site: String,
    /// The language of the site and of its manager.
    pub lang: Language,
    /// Time zone by its IANA name.
    pub timezone: String,
    /// The manager's login name.
    pub login: String,
    /// The manager's name.
    pub display: String,
    /// The manager's password, hashed by [`crate::login::hashed`].
    pub password: String,
}

/// The account as which the program itself acts at a site: set-up and nothing else. It cannot log in.
pub fn system(site: SiteId) -> AccountId {
    AccountId(site.0)
}

/// Founds a site: the site and its manager in one bundle. The ids come from the node's randomness. Whether a site may
/// be founded (in the browser only while there is none) is for the caller to know.
pub async fn found(node: &Node, founding: &Founding, lang: Lang) -> Result<(SiteId, AccountId), Problem> {
    let site = SiteId(node.new_id());
    let account = AccountId(node.new_id());
    let actor = Actor { account: system(site), role: Role::Operator, site };
    let bundle = node.new_id();
    let now = node.now();
    let site_body = json!({ "name": founding.site, "lang": founding.lang, "timezone": founding.timezone });
    let account_body = json!({
        "login": founding.login,
        "display": founding.display,
        "role": Role::Manager,
        "lang": founding.lang,
        "password": founding.password,
    });
    let commands = vec![
        command(node.new_id(), ("site.create", site.0), now, bundle, site_body),
        command(node.new_id(), ("account.create", account.0), now, bundle, account_body),
    ];
    let receipts = node.submit(&actor, commands, None, lang).await;
    let mut problems: Vec<Problem> = receipts
        .into_iter()
        .filter(|receipt| receipt.outcome == Outcome::Refused)
        .filter_map(|receipt| receipt.problem)
        .collect();
    // That its bundle was refused says less than why.
    problems.sort_by_key(|problem| problem.code == kernel::faults::BUNDLE_REFUSED.code);
    if problems.is_empty() { Ok((site, account)) } else { Err(problems.swap_remove(0)) }
}

fn command(id: Id, (verb, record): (&str, Id), at: Timestamp, bundle: Id, body: Value) -> Envelope {
    Envelope {
        id,
        verb: verb.to_owned(),
        record,
        base: None,
        at,
        device: "setup".to_owned(),
        bundle: Some(bundle),
        reason: None,
        body,
    }
}
