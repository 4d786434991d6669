//! `skein user`.

use access::account::Language;
use access::setup::{Founding, found, system};
use clap::{Args, Subcommand};
use journal::Node;
use kernel::{Actor, Envelope, Id, Outcome, Refusal, Role, SiteId};
use serde_json::{Value, json};

use super::{CliError, lang, say, tell};
use crate::boot::{Place, ask};

/// Accounts.
#[derive(Args, Debug)]
pub struct User {
    #[command(subcommand)]
    what: UserWhat,
}

#[derive(Subcommand, Debug)]
enum UserWhat {
    /// Set up the site with its first manager
    Setup {
        /// What the site is called
        #[arg(long)]
        site: String,
        /// Login name of the manager
        #[arg(long)]
        login: String,
        /// Name of the manager
        #[arg(long)]
        display: Option<String>,
    },
    /// Add an account
    Add {
        /// Login name
        login: String,
        /// manager, worker, volunteer, coordinator, auditor or operator
        #[arg(long, default_value = "worker")]
        role: String,
        /// Name that others see
        #[arg(long)]
        display: Option<String>,
    },
    /// List the accounts
    List,
    /// Set a new password
    Password {
        /// Login name
        login: String,
    },
    /// Take a lost second factor away
    ResetTotp {
        /// Login name
        login: String,
    },
    /// Close an account
    Retire {
        /// Login name
        login: String,
    },
}

impl User {
    /// Does it.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        let node = match &self.what {
            UserWhat::Setup { .. } => place.open().await?,
            _ => place.open_existing().await?,
        };
        match &self.what {
            UserWhat::Setup { site, login, display } => {
                if !access::account::queries::sites(&node).await?.is_empty() {
                    return Err(Refusal::new(&crate::faults::SET_UP).into());
                }
                let display = display.clone().unwrap_or_else(|| login.clone());
                let password = new_password(login)?;
                let language = lang().into();
                set_up(&node, site, login, &display, password, language).await?;
                say(
                    json,
                    both!("{site} 已设置好；{login} 可以登录了。", "{site} is set up; {login} can log in."),
                );
                tell(json, &json!({ "site": site, "login": login }));
                Ok(())
            }
            UserWhat::List => list(&node, json).await,
            UserWhat::Add { login, role, display } => {
                let role = Role::from_name(role).ok_or_else(|| {
                    CliError::Words(both!("没有 {role} 这个角色：{}", "there is no role {role}: {}", roles()))
                })?;
                let display = display.clone().unwrap_or_else(|| login.clone());
                let password = new_password(login)?;
                let body =
                    json!({ "login": login, "display": display, "role": role, "new_password": password });
                one(&node, "account.create", node.new_id(), body).await?;
                say(json, both!("{login} 可以登录了，角色是 {role}。", "{login} can log in as {role}."));
                tell(json, &json!({ "login": login, "role": role }));
                Ok(())
            }
            UserWhat::Password { login } => {
                let account = known(&node, login).await?;
                let password = new_password(login)?;
                one(&node, "account.set_password", account, json!({ "new_password": password })).await?;
                done(json, login);
                Ok(())
            }
            UserWhat::ResetTotp { login } => {
                let account = known(&node, login).await?;
                one(&node, "account.set_totp", account, json!({ "totp": null })).await?;
                done(json, login);
                Ok(())
            }
            UserWhat::Retire { login } => {
                let account = known(&node, login).await?;
                one(&node, "account.retire", account, json!({})).await?;
                done(json, login);
                Ok(())
            }
        }
    }
}

fn roles() -> String {
    Role::ALL.map(Role::name).join(", ")
}

fn done(json: bool, login: &str) {
    say(json, both!("{login}：已完成。", "Done for {login}."));
    tell(json, &json!({ "login": login, "done": true }));
}

fn new_password(login: &str) -> Result<String, CliError> {
    let password = ask("SKEIN_PASSWORD", &both!("新密码：", "New password: "))?;
    access::login::password::judge(&password, login)?;
    Ok(password)
}

async fn known(node: &Node, login: &str) -> Result<Id, CliError> {
    let found = access::account::queries::of_login(node, login).await?;
    found.ok_or_else(|| CliError::Words(both!("没有 {login} 这个账号", "there is no account {login}")))
}

/// Founds a site from the command line.
pub async fn set_up(
    node: &Node,
    site: &str,
    login: &str,
    display: &str,
    password: String,
    language: Language,
) -> Result<SiteId, CliError> {
    let hash = access::login::hashed(node, password).await?;
    let founding = Founding {
        site: site.to_owned(),
        lang: language,
        timezone: "Asia/Shanghai".into(),
        login: login.to_owned(),
        display: display.to_owned(),
        password: hash,
    };
    let (site, _) = found(node, &founding, lang()).await?;
    Ok(site)
}

/// The only site of the node, and who acts there from the terminal: the operator.
pub async fn operator(node: &Node) -> Result<Actor, CliError> {
    let sites = access::account::queries::sites(node).await?;
    match sites.as_slice() {
        [] => Err(CliError::Words(both!(
            "还没有设置：请运行 skein user setup，或打开网页",
            "nothing is set up yet: run skein user setup, or open the web page"
        ))),
        [first, ..] => {
            let site = SiteId(first.id);
            Ok(Actor { account: system(site), role: Role::Operator, site })
        }
    }
}

async fn one(node: &Node, verb: &str, record: Id, body: Value) -> Result<(), CliError> {
    let actor = operator(node).await?;
    let envelope = Envelope {
        id: node.new_id(),
        verb: verb.to_owned(),
        record,
        base: None,
        at: node.now(),
        device: "terminal".into(),
        bundle: None,
        reason: None,
        body,
    };
    let envelope = access::login::password::prepare(envelope)?;
    if let Some(refusal) = access::account::queries::objection(node, &actor, &envelope).await? {
        return Err(refusal.into());
    }
    let receipts = node.submit(&actor, vec![envelope], None, lang()).await;
    let refused = receipts.into_iter().find(|receipt| receipt.outcome == Outcome::Refused);
    match refused.and_then(|receipt| receipt.problem) {
        Some(problem) => Err(problem.into()),
        None => Ok(()),
    }
}

async fn list(node: &Node, json: bool) -> Result<(), CliError> {
    let actor = operator(node).await?;
    let accounts = access::account::queries::list(node, &actor).await?;
    for account in &accounts {
        let role = account.role.map_or("", Role::name);
        let state =
            if account.active == Some(true) { String::new() } else { both!("（已停用）", " (closed)") };
        let login = account.login.as_deref().unwrap_or_default();
        say(json, format_args!("{login:<20}{role:<14}{}{state}", account.display));
    }
    tell(json, &json!({ "accounts": accounts }));
    Ok(())
}
