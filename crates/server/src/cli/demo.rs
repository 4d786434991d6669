//! `skein demo`.

use std::net::SocketAddr;

use access::Language;
use clap::Args;
use journal::Node;
use kernel::{Actor, Envelope, Outcome, Role};
use serde_json::json;

use super::serve::{Serve, logs};
use super::{CliError, admin, lang, progress, say, tell};
use crate::boot::Place;
use crate::demo::{Maker, fill, year};

/// Login name of the demonstration's manager.
pub const LOGIN: &str = "xu";
/// Its password, for demonstrations on one's own machine only.
pub const PASSWORD: &str = "yanzhen-demo";

/// What the demonstration is like.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Demo {
    /// How many families; 80, or 150 with --year
    #[arg(long)]
    families: Option<usize>,
    /// The whole year before this one: 170 events, some 5,000 participations, 300 visits
    #[arg(long)]
    year: bool,
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

/// The other accounts: login, name in both languages, role.
const CAST: [(&str, [&str; 2], Role); 6] = [
    ("li", ["李老师", "Ms Li"], Role::Worker),
    ("wang", ["王老师", "Ms Wang"], Role::Worker),
    ("chen", ["陈志愿者", "Chen (volunteer)"], Role::Volunteer),
    ("network", ["片区协调员", "District coordinator"], Role::Coordinator),
    ("auditor", ["审计员", "Auditor"], Role::Auditor),
    ("operator", ["运维", "Operator"], Role::Operator),
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
        let _held = if self.serve { Some(place.hold()?) } else { None };
        let node = place.open().await?;
        let mut stored = 0;
        if access::account::queries::sites(&node).await?.is_empty() {
            let busy = progress::busy(json, both!("正在造一个中心", "making a centre"));
            stored = self.make(&node).await?;
            busy.finish_and_clear();
            say(
                json,
                both!("已在 {1} 里造了 {0} 条记录", "{} entries made in {}", stored, place.dir.display()),
            );
        } else if !is_demonstration(&node).await? {
            let dir = place.dir.display();
            return Err(CliError::Words(both!(
                "{dir} 里已有一个中心，不是演示用的：请用 --dir 指定别的文件夹",
                "{dir} holds a centre already that is no demonstration: name another --dir"
            )));
        }
        if !self.serve {
            tell(json, &json!({ "stored": stored, "login": LOGIN, "password": PASSWORD }));
            say(
                json,
                both!("登录名 {LOGIN}，密码 {PASSWORD}", "Log in as {LOGIN} with the password {PASSWORD}"),
            );
            return Ok(());
        }
        let serve = Serve { addr: self.addr, https: false };
        serve.listen(node, json, Some((LOGIN, PASSWORD))).await
    }

    fn language(&self) -> Language {
        if self.english { Language::from_code("en") } else { Language::from_code("zh") }
    }

    async fn make(&self, node: &Node) -> Result<usize, CliError> {
        let name = if self.english { "Wild Geese Community Centre" } else { "雁来社区服务中心" };
        let display = if self.english { "Director Xu" } else { "徐主任" };
        let site = admin::set_up(node, name, LOGIN, display, PASSWORD.to_owned(), self.language()).await?;
        let found = access::account::queries::of_login(node, LOGIN).await?.unwrap_or_default();
        let actor = Actor { account: found.into(), role: Role::Manager, site };
        self.cast(node, &actor).await?;
        if self.empty {
            return Ok(0);
        }
        let mut maker = Maker::new(node.clone(), actor, self.english, 20_261_124);
        if self.year {
            year::fill(&mut maker, self.families.unwrap_or(year::FAMILIES)).await?;
        } else {
            fill(&mut maker, self.families.unwrap_or(80)).await?;
        }
        Ok(maker.stored)
    }

    /// Adds the other accounts, each with the same password.
    async fn cast(&self, node: &Node, actor: &Actor) -> Result<(), CliError> {
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
            body: json!({ "login": login, "display": display[usize::from(self.english)], "role": role, "password": hash, "lang": self.language() }),
        });
        let receipts = node.submit(actor, accounts.to_vec(), None, lang()).await;
        match receipts.into_iter().find(|receipt| receipt.outcome == Outcome::Refused).and_then(|r| r.problem)
        {
            Some(problem) => Err(problem.into()),
            None => Ok(()),
        }
    }
}

/// Whether the node's manager is the one that every demonstration has.
async fn is_demonstration(node: &Node) -> Result<bool, CliError> {
    let Some(id) = access::account::queries::of_login(node, LOGIN).await? else { return Ok(false) };
    let operator = admin::operator(node).await?;
    let held = node.held(operator.site, "account", id).await?;
    let hash = held.and_then(|held| journal::state::<access::Account>(&held).password).unwrap_or_default();
    Ok(access::login::verified(PASSWORD.to_owned(), hash).await)
}
