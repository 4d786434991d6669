//! `skein demo`.

use std::net::SocketAddr;

use clap::Args;
use journal::Node;
use kernel::{Actor, Envelope, Outcome, Role, SiteId};
use serde_json::json;

use super::serve::{Serve, logs};
use super::{CliError, admin, lang, say, tell};
use crate::boot::Place;
use crate::demo::{Maker, fill};

/// Login name of the demonstration's manager.
pub const LOGIN: &str = "xu";
/// Its password, for demonstrations on one's own machine only.
pub const PASSWORD: &str = "yanzhen-demo";

/// What the demonstration is like.
#[derive(Args, Debug)]
pub struct Demo {
    /// How many families
    #[arg(long, default_value_t = 80)]
    families: usize,
    /// Texts in English; otherwise Chinese
    #[arg(long)]
    english: bool,
    /// Serve it when it is made
    #[arg(long)]
    serve: bool,
    /// Address and port for serving
    #[arg(long, default_value = "127.0.0.1:8470")]
    addr: SocketAddr,
    /// Only the site and its accounts, without people
    #[arg(long)]
    empty: bool,
}

/// The other accounts: login, name, role.
const CAST: [(&str, &str, Role); 6] = [
    ("li", "李老师", Role::Worker),
    ("wang", "王老师", Role::Worker),
    ("chen", "陈志愿者", Role::Volunteer),
    ("network", "片区协调员", Role::Coordinator),
    ("auditor", "审计员", Role::Auditor),
    ("operator", "运维", Role::Operator),
];

impl Demo {
    /// Makes the demonstration where there is none yet, and serves it if that was asked.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        logs();
        // The demonstration never mixes with an organisation's own node.
        let place = if place.dir == *"skein-data" && place.postgres.is_none() {
            Place { dir: "skein-demo".into(), ..place.clone() }
        } else {
            place.clone()
        };
        let node = place.open().await?;
        if access::account::queries::sites(&node).await?.is_empty() {
            let stored = self.make(&node).await?;
            say(json, format_args!("{stored} entries made in {}", place.dir.display()));
            if !self.serve {
                tell(json, &json!({ "stored": stored, "login": LOGIN, "password": PASSWORD }));
            }
        }
        if !self.serve {
            say(json, format_args!("Log in as {LOGIN} with the password {PASSWORD}"));
            return Ok(());
        }
        let serve = Serve { addr: self.addr, https: false };
        serve.listen(node, json, Some((LOGIN, PASSWORD))).await
    }

    async fn make(&self, node: &Node) -> Result<usize, CliError> {
        let name = if self.english { "Wild Geese Community Centre" } else { "雁来社区服务中心" };
        let site = admin::set_up(node, name, LOGIN, "徐主任", PASSWORD.to_owned()).await?;
        let found = access::account::queries::of_login(node, LOGIN).await?.unwrap_or_default();
        let actor = Actor { account: found.into(), role: Role::Manager, site };
        cast(node, &actor, site).await?;
        if self.empty {
            return Ok(0);
        }
        let mut maker = Maker::new(node.clone(), actor, self.english, 20_261_124);
        fill(&mut maker, self.families).await?;
        Ok(maker.stored)
    }
}

/// Adds the other accounts, each with the same password.
async fn cast(node: &Node, actor: &Actor, _: SiteId) -> Result<(), CliError> {
    let hash = access::login::hashed(node, PASSWORD.to_owned()).await?;
    let accounts = CAST.map(|(login, display, role)| Envelope {
        id: node.new_id(),
        verb: "account.create".into(),
        record: node.new_id(),
        base: None,
        at: node.now(),
        device: "demo".into(),
        bundle: None,
        reason: None,
        body: json!({ "login": login, "display": display, "role": role, "password": hash }),
    });
    let receipts = node.submit(actor, accounts.to_vec(), None, lang()).await;
    match receipts.into_iter().find(|receipt| receipt.outcome == Outcome::Refused).and_then(|r| r.problem) {
        Some(problem) => Err(problem.into()),
        None => Ok(()),
    }
}
