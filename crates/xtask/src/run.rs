//! `cargo xtask run`: a demonstration centre on this machine.

use std::path::PathBuf;

use crate::{Outcome, sh};

/// Where and how to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8470")]
    addr: String,
    /// The data folder; a new temporary one if not given
    #[arg(long)]
    dir: Option<PathBuf>,
}

/// Builds the web app and the server, and serves a centre full of generated data until interrupted.
pub(crate) fn run(args: &Args) -> Outcome {
    let root = sh::root();
    let web = root.join("web");
    if web.join("package.json").exists() {
        if !web.join("node_modules").is_dir() {
            sh::run_retrying(|| sh::command(&web, "npm", ["ci", "--no-audit", "--no-fund"]))?;
        }
        sh::run(&mut sh::command(&web, "npm", ["run", "build"]))?;
    }
    sh::run(&mut sh::cargo(&["build", "-p", "server", "--bin", "skein"]))?;
    let dir = args
        .dir
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("skein-demo-{}", std::process::id())));
    sh::run(&mut serve(&dir, &args.addr))
}

/// The one place that knows how the demonstration is started; `skein` itself prints the address and the log-in.
fn serve(dir: &std::path::Path, addr: &str) -> std::process::Command {
    let skein = sh::target().join("debug/skein");
    let mut command = sh::command(&sh::root(), skein, ["demo", "--serve", "--addr", addr, "--dir"]);
    command.arg(dir);
    command
}
