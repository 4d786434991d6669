//! `skein serve`.

use std::net::SocketAddr;

use clap::Args;
use journal::Node;
use serde_json::json;
use tokio::net::TcpListener;

use super::{CliError, say, tell};
use crate::app::App;
use crate::boot::Place;
use crate::http;

/// How the program listens.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port
    #[arg(long, env = "SKEIN_ADDR", default_value = "127.0.0.1:8470")]
    pub addr: SocketAddr,
    /// It is reached by HTTPS through a proxy: cookies are marked Secure
    #[arg(long, env = "SKEIN_HTTPS")]
    pub https: bool,
}

impl Serve {
    /// Opens the node and serves it.
    pub async fn run(&self, place: &Place, json: bool) -> Result<(), CliError> {
        logs();
        let _held = place.hold()?;
        let node = place.open().await?;
        self.listen(node, json, None).await
    }

    /// Serves a node that is open, until the program is told to stop.
    pub async fn listen(&self, node: Node, json: bool, login: Option<(&str, &str)>) -> Result<(), CliError> {
        let taken = |error: std::io::Error| {
            CliError::Words(both!("{} 不能用：{error}", "{} cannot be used: {error}", self.addr))
        };
        let listener = TcpListener::bind(self.addr).await.map_err(taken)?;
        let addr = listener.local_addr().map_err(taken)?;
        let address = format!("http://{addr}");
        say(json, both!("雁阵在 {address}", "Skein is at {address}"));
        if let Some((login, password)) = login {
            say(
                json,
                both!("登录名 {login}，密码 {password}", "Log in as {login} with the password {password}"),
            );
            tell(json, &json!({ "address": address, "login": login, "password": password }));
        } else {
            tell(json, &json!({ "address": address }));
        }
        let app = App::new(node.clone(), self.https);
        tokio::spawn(tidy_up(node));
        let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await.map_err(taken)
    }
}

/// Sweeps out ended sessions, old throttles and files that no record names, once an hour.
async fn tidy_up(node: Node) {
    let mut hours = tokio::time::interval(std::time::Duration::from_hours(1));
    loop {
        hours.tick().await;
        if let Err(error) = access::login::queries::tidy_up(&node).await {
            tracing::warn!(%error, "sweeping out sessions failed");
        }
        if let Err(error) = publishing::store::queries::sweep(&node).await {
            tracing::warn!(%error, "sweeping out files failed");
        }
    }
}

/// Structured logs on standard error; `SKEIN_LOG` sets how much.
pub fn logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SKEIN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let format = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as in tests, keeps the first.
    let _ = format.try_init();
}

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
