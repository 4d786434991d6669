//! A client of a program that runs in the test's own process, on either database.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use journal::{KeySource, Node, Options, StoreOptions};
use kernel::Id;
use serde_json::{Value, json};
use server::app::App;
use server::boot::{system_clock, system_entropy};
use server::registry::registry;
use tower::ServiceExt;

/// The program, with its folder.
pub struct Program {
    pub app: Arc<App>,
    pub router: Router,
    _folder: Arc<tempfile::TempDir>,
}

/// Somebody's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub node: Node,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    /// What it asks for as `Accept-Language`.
    pub lang: &'static str,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub kind: String,
    pub cookie: Option<String>,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

pub const PASSWORD: &str = "guo-yan-wu-sheng";

impl Program {
    async fn open(store: StoreOptions, folder: &Arc<tempfile::TempDir>) -> Self {
        let node = Node::open(Options {
            registry: registry(),
            store,
            key: KeySource::File { path: folder.path().join("node.key"), passphrase: None },
            clock: system_clock(),
            entropy: system_entropy(),
            offset_hours: 8,
        })
        .await
        .unwrap();
        let app = App::new(node, false);
        let router = server::http::router(Arc::clone(&app));
        Self { app, router, _folder: Arc::clone(folder) }
    }

    /// Nobody's browser.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            node: self.app.node.clone(),
            cookie: None,
            csrf: None,
            lang: "en",
        }
    }

    /// The first manager's browser, at a site that is set up for it.
    pub async fn manager(&self) -> Browser {
        let mut browser = self.browser();
        let body =
            json!({ "site": "雁来", "login": "xu", "display": "徐主任", "password": PASSWORD, "lang": "zh" });
        let answer = browser.send("POST", "/api/v1/setup", Some(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        browser.keep(&answer);
        browser
    }

    /// Who a browser's user is to the pipeline.
    pub async fn actor(&self, browser: &Browser) -> kernel::Actor {
        let session = browser.get("/api/v1/session").await;
        let id = |value: &Value| value.as_str().unwrap().parse::<Id>().unwrap();
        let role = serde_json::from_value(session["account"]["role"].clone()).unwrap();
        kernel::Actor {
            account: kernel::AccountId(id(&session["account"]["id"])),
            role,
            site: kernel::SiteId(id(&session["site"]["id"])),
        }
    }

    /// Somebody else's browser, with an account that the manager makes.
    pub async fn other(&self, manager: &Browser, login: &str, role: &str) -> Browser {
        let body = json!({ "login": login, "display": login, "role": role, "new_password": PASSWORD });
        manager.done("account.create", manager.id(), body).await;
        let mut browser = self.browser();
        let answer = browser.log_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        browser
    }
}

impl Browser {
    pub fn id(&self) -> Id {
        self.node.new_id()
    }

    fn keep(&mut self, answer: &Answer) {
        self.cookie.clone_from(&answer.cookie);
        self.csrf = answer.json()["csrf"].as_str().map(str::to_owned);
    }

    pub async fn log_in(&mut self, login: &str, password: &str) -> Answer {
        let body = json!({ "login": login, "password": password });
        let answer = self.send("POST", "/api/v1/session", Some(body)).await;
        if answer.status == StatusCode::OK {
            self.keep(&answer);
        }
        answer
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let (kind, bytes) = match body {
            Some(body) => ("application/json", serde_json::to_vec(&body).unwrap()),
            None => ("", Vec::new()),
        };
        self.send_raw(method, path, kind, bytes).await
    }

    pub async fn send_raw(&self, method: &str, path: &str, kind: &str, bytes: Vec<u8>) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header(header::ACCEPT_LANGUAGE, self.lang);
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-skein-csrf", csrf);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(bytes)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |name: header::HeaderName| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let kind = text(header::CONTENT_TYPE).unwrap_or_default();
        let cookie = text(header::SET_COOKIE).and_then(|line| line.split(';').next().map(str::to_owned));
        let status = parts.status;
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer { status, kind, cookie, bytes }
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.send("GET", path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    #[allow(clippy::needless_pass_by_value, reason = "callers write the body in place")]
    pub fn envelope(&self, verb: &str, record: Id, body: Value) -> Value {
        json!({
            "id": self.id(), "verb": verb, "record": record, "at": self.node.now(), "device": "test",
            "reason": "测试", "body": body,
        })
    }

    /// Sends commands and gives the receipts.
    pub async fn commands(&self, commands: Vec<Value>) -> Vec<Value> {
        let body = json!({ "sent_at": self.node.now(), "commands": commands });
        let answer = self.send("POST", "/api/v1/commands", Some(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()["receipts"].as_array().cloned().unwrap_or_default()
    }

    /// Sends one command and gives its receipt.
    pub async fn one(&self, verb: &str, record: Id, body: Value) -> Value {
        self.commands(vec![self.envelope(verb, record, body)]).await.remove(0)
    }

    /// Sends one command that must be applied.
    pub async fn done(&self, verb: &str, record: Id, body: Value) -> Id {
        let receipt = self.one(verb, record, body).await;
        assert_eq!(receipt["outcome"], "applied", "{verb}: {receipt}");
        record
    }

    /// Makes a record.
    pub async fn make(&self, verb: &str, body: Value) -> Id {
        self.done(verb, self.id(), body).await
    }
}

/// Runs a test on SQLite, and on PostgreSQL where the environment names one.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Program) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let store = StoreOptions::Sqlite { path: folder.path().join("skein.db") };
    runtime.block_on(async { test(Program::open(store, &folder).await).await });
    let Some(database) = testkit::Database::new() else { return };
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let store = StoreOptions::Postgres { url: database.url.clone() };
    runtime.block_on(async { test(Program::open(store, &folder).await).await });
}
