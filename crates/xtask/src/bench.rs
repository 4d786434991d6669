//! `cargo xtask bench`: measurements, each beside the baseline taken in the same run.

use crate::test::postgres::{Cluster, binaries};
use crate::{Outcome, sh};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only the benches whose name contains this
    filter: Option<String>,
    /// Only list them
    #[arg(long)]
    list: bool,
    /// After `--`: what the bench itself takes, such as `--full` (`-- --help` tells)
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Benches are examples whose name starts with `bench`: one file each, in the crate that they measure.
pub(crate) fn run(args: &Args) -> Outcome {
    let benches = benches()?;
    let chosen =
        benches.iter().filter(|(_, name)| args.filter.as_ref().is_none_or(|part| name.contains(part)));
    // A durable one of its own, unless the environment names another.
    let own = std::env::var_os("SKEIN_TEST_POSTGRES").is_none() && binaries().is_some() && !args.list;
    let cluster = own.then(Cluster::durable).transpose()?;
    let mut any = false;
    for (package, name) in chosen {
        any = true;
        println!("\n── {package}: {name}");
        if !args.list {
            let mut bench =
                sh::cargo(&["run", "--quiet", "--release", "-p", package, "--example", name, "--"]);
            if let Some(cluster) = &cluster {
                cluster.lend(&mut bench);
            }
            sh::run(bench.args(&args.rest))?;
        }
    }
    if any { Ok(()) } else { Err("no such bench; `cargo xtask bench --list` shows them all".into()) }
}

fn benches() -> Outcome<Vec<(String, String)>> {
    let metadata = sh::output(&mut sh::cargo(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|e| e.to_string())?;
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let name = target["name"].as_str().unwrap_or_default();
            if target["kind"][0] == "example" && name.starts_with("bench") {
                found.push((package["name"].as_str().unwrap_or_default().to_owned(), name.to_owned()));
            }
        }
    }
    found.sort();
    Ok(found)
}
