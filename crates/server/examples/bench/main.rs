//! Measures the program, each figure beside the bare database of the same run: `cargo xtask bench`.
//!
//! A register is filled through the pipeline, the program is started as a process of its own, and 64 clients speak
//! HTTP to it. Afterwards the very rows that were written are written once more into a copy of the database as it was
//! before, on the same disk, in transactions of the same size: that is the bare rate.

mod bare;
mod client;
mod fill;
mod import;
mod load;
mod reads;
mod rolled;
mod rollups;
mod start;

use std::path::Path;

use clap::Parser;
use journal::StoreOptions;

/// What is measured, and how much of it.
#[derive(Parser, Clone, Debug)]
pub struct Sizes {
    /// People on the register while commands, pages and searches are measured
    #[arg(long, default_value_t = 10_000)]
    pub people: usize,
    /// Commands of each kind
    #[arg(long, default_value_t = 4_000)]
    pub commands: usize,
    /// Clients that send at the same time
    #[arg(long, default_value_t = 64)]
    pub clients: usize,
    /// Rows of the imported file
    #[arg(long, default_value_t = 2_000)]
    pub rows: usize,
    /// Pages read and searches made
    #[arg(long, default_value_t = 300)]
    pub reads: usize,
    /// The quantities of the targets: 100,000 people, 20,000 commands, 20,000 rows
    #[arg(long)]
    pub full: bool,
    /// A PostgreSQL without database name (`host=… port=… user=…` or a postgres:// address)
    #[arg(long, env = "SKEIN_TEST_POSTGRES")]
    pub postgres: Option<String>,
    /// Only this database: sqlite or postgres
    #[arg(long)]
    pub only: Option<String>,
    /// Nothing but what roll-ups cost, with ten marks for each of the people, and a year's report; SQLite
    #[arg(long)]
    pub rollups: bool,
    /// Nothing but a year's report from the roll-ups of that many people with ten marks each, written by bare
    /// statements; SQLite
    #[arg(long)]
    pub rolled: bool,
    /// Where the databases are made; otherwise the folder for temporary files
    #[arg(long)]
    pub dir: Option<std::path::PathBuf>,
}

/// Set for the child that is the program itself.
pub const CHILD: &str = "SKEIN_BENCH_CHILD";

/// What can go wrong here: told, and the bench ends.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> std::process::ExitCode {
    if std::env::var_os(CHILD).is_some() {
        return server::cli::run();
    }
    let mut sizes = Sizes::parse();
    if sizes.full {
        sizes.people = sizes.people.max(100_000);
        sizes.commands = sizes.commands.max(20_000);
        sizes.rows = sizes.rows.max(20_000);
        sizes.reads = sizes.reads.max(1_000);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let measured =
        runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(Box::pin(measure(&sizes))));
    match measured {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn measure(sizes: &Sizes) -> Outcome {
    let folder = match &sizes.dir {
        Some(dir) => tempfile::tempdir_in(dir)?,
        None => tempfile::tempdir()?,
    };
    if sizes.rollups {
        println!("{} people, ten marks each", sizes.people);
        return rollups::measure(folder.path(), sizes).await;
    }
    if sizes.rolled {
        println!("{} people, ten marks each", sizes.people);
        return rolled::measure(folder.path(), sizes).await;
    }
    println!("{} people, {} commands of each kind, {} clients", sizes.people, sizes.commands, sizes.clients);
    let wanted = |name: &str| sizes.only.as_deref().is_none_or(|only| only == name);
    if wanted("sqlite") {
        println!("\nSQLite\n======");
        start::measure(&folder.path().join("small")).await?;
        let dir = folder.path().join("sqlite");
        let stores = Stores {
            main: StoreOptions::Sqlite { path: dir.join("skein.db") },
            bare: StoreOptions::Sqlite { path: folder.path().join("bare").join("skein.db") },
        };
        one_database(&dir, &stores, None, sizes).await?;
    }
    if let Some(server) = sizes.postgres.as_deref().filter(|_| wanted("postgres")) {
        println!("\nPostgreSQL\n==========");
        let bases = bare::Databases::create(server).await?;
        let stores = Stores {
            main: StoreOptions::Postgres { url: bases.main.clone() },
            bare: StoreOptions::Postgres { url: bases.bare.clone() },
        };
        let done = one_database(&folder.path().join("postgres"), &stores, Some(&bases), sizes).await;
        bases.drop_all().await?;
        done?;
    }
    Ok(())
}

/// The database that is measured, and the one for the bare statements.
pub struct Stores {
    /// The program's.
    pub main: StoreOptions,
    /// The baseline's.
    pub bare: StoreOptions,
}

async fn one_database(
    dir: &Path,
    stores: &Stores,
    bases: Option<&bare::Databases>,
    sizes: &Sizes,
) -> Outcome {
    let site = fill::site(dir, &stores.main).await?;
    let people = fill::register(&site, sizes.people).await?;
    load::in_process(&site, &people, sizes).await?;
    if let Some(bases) = bases {
        bases.copy().await?;
    }
    let bare = bare::Bare::copy(&site, stores).await?;
    let run = {
        let program = start::Program::start(dir, &stores.main)?;
        let door = client::Door::log_in(program.addr)?;
        let run = load::over_http(&site, &door, &people, sizes).await?;
        reads::measure(&door, &people, sizes)?;
        program.tell_memory("after that");
        run
    };
    load::beside_the_bare(&site, &run, bare).await?;
    import::measure(&site, sizes).await
}

/// Prints the distribution of times.
pub fn tell_times(what: &str, mut times: Vec<std::time::Duration>) {
    times.sort_unstable();
    let at = |share: usize| {
        times.get((times.len().max(1) - 1) * share / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    println!("{what:<34} p50 {:>8.2} ms  p95 {:>8.2} ms  max {:>8.2} ms", at(50), at(95), at(100));
}
