//! Who works at a test site.

use std::sync::OnceLock;

use access::Language;
use access::setup::{Founding, found};
use journal::Node;
use kernel::{AccountId, Actor, Envelope, Lang, Outcome, Role, SiteId};
use serde_json::json;

/// Everybody's password.
pub const PASSWORD: &str = "雁阵测试 2026";

/// The users of a test site. Their login names are `xu`, `li`, `wang`, `chen`, `coordinator`, `auditor`, `operator`.
#[derive(Clone, Debug)]
pub struct Cast {
    /// 徐, site manager.
    pub manager: Actor,
    /// 李, social worker.
    pub li: Actor,
    /// 王, social worker.
    pub wang: Actor,
    /// 陈, volunteer, with nothing assigned yet.
    pub chen: Actor,
    /// A coordinator of several sites.
    pub coordinator: Actor,
    /// An auditor.
    pub auditor: Actor,
    /// The operator of the node.
    pub operator: Actor,
}

impl Cast {
    /// Everybody, in the order of the fields.
    pub fn all(&self) -> [&Actor; 7] {
        [&self.manager, &self.li, &self.wang, &self.chen, &self.coordinator, &self.auditor, &self.operator]
    }
}

fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| access::login::password::hash(PASSWORD, [7; 16]).expect("a fixed password hashes"))
}

/// Founds a site and gives it its users.
pub(crate) async fn gather(node: &Node) -> (SiteId, Cast) {
    let founding = Founding {
        site: "测试站".into(),
        lang: Language::Zh,
        timezone: "Asia/Shanghai".into(),
        login: "xu".into(),
        display: "徐".into(),
        password: hash().into(),
    };
    let (site, account) = found(node, &founding, Lang::En).await.expect("a test site can be founded");
    let manager = Actor { account, role: Role::Manager, site };
    let mut made = Vec::new();
    for (login, display, role) in [
        ("li", "李", Role::Worker),
        ("wang", "王", Role::Worker),
        ("chen", "陈", Role::Volunteer),
        ("coordinator", "协调员", Role::Coordinator),
        ("auditor", "审计员", Role::Auditor),
        ("operator", "运维", Role::Operator),
    ] {
        let account = AccountId(node.new_id());
        let command = Envelope {
            id: node.new_id(),
            verb: "account.create".into(),
            record: account.0,
            base: None,
            at: node.now(),
            device: "testkit".into(),
            bundle: None,
            reason: None,
            body: json!({ "login": login, "display": display, "role": role, "password": hash() }),
        };
        let receipts = node.submit(&manager, vec![command], None, Lang::En).await;
        assert_eq!(receipts[0].outcome, Outcome::Applied, "{:?}", receipts[0].problem);
        made.push(Actor { account, role, site });
    }
    let mut made = made.into_iter();
    let mut next = || made.next().expect("six accounts were made");
    let cast = Cast {
        manager,
        li: next(),
        wang: next(),
        chen: next(),
        coordinator: next(),
        auditor: next(),
        operator: next(),
    };
    (site, cast)
}
