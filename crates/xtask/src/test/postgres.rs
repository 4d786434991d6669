//! A PostgreSQL cluster that lives for one stage, or for a measurement.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Outcome, sh};

/// A throw-away cluster on a socket in its own folder. It stops when this is dropped, when the terminal interrupts the
/// whole group, and when the parent dies.
pub(crate) struct Cluster {
    server: Child,
    folder: PathBuf,
}

impl Cluster {
    /// A cluster for tests. Nothing in it has to survive: a suite is several times faster without waiting for the disk.
    pub(super) fn start() -> Outcome<Self> {
        Self::start_with(&[
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_wal_size=128MB",
        ])
    }

    /// A cluster that keeps what was committed, as PostgreSQL does where nobody has changed its settings.
    pub(crate) fn durable() -> Outcome<Self> {
        Self::start_with(&[])
    }

    /// Makes and starts a cluster, and waits until it answers.
    fn start_with(settings: &[&str]) -> Outcome<Self> {
        let bin = binaries().ok_or("PostgreSQL is missing: install the Debian package postgresql")?;
        let folder = std::env::temp_dir().join(format!("skein-pg-{}", std::process::id()));
        sh::sweep(&std::env::temp_dir(), "skein-pg-");
        fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
        if sh::is_root() {
            // PostgreSQL refuses to run as root; the Debian package brings the user that owns it.
            sh::output(Command::new("chown").arg("postgres:postgres").arg(&folder))?;
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).map_err(|e| e.to_string())?;
        let data = folder.join("data");
        let flags =
            ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"];
        let mut initdb = as_server(&folder, &bin.join("initdb"));
        sh::output(initdb.args(flags).arg("-D").arg(&data))?;
        let mut postgres = as_server(&folder, &bin.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-h", ""]);
        for setting in settings.iter().chain(&["max_connections=300"]) {
            postgres.args(["-c", setting]);
        }
        let server = postgres
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start PostgreSQL: {e}"))?;
        let mut cluster = Self { server, folder };
        cluster.wait_until_ready()?;
        println!("PostgreSQL is at \"{}\"", cluster.connection());
        Ok(cluster)
    }

    /// The connection string, without a database.
    pub(crate) fn connection(&self) -> String {
        format!("host={} user=postgres", self.folder.display())
    }

    /// Tells a command of tests where the cluster is, and where the programs are that make one.
    pub(crate) fn lend(&self, command: &mut Command) {
        command.env("SKEIN_TEST_POSTGRES", self.connection());
        if let Some(bin) = binaries() {
            command.env("SKEIN_TEST_POSTGRES_BIN", bin);
        }
    }

    fn wait_until_ready(&mut self) -> Outcome {
        let Some(stderr) = self.server.stderr.take() else { return Err("PostgreSQL has no output".into()) };
        let mut lines = BufReader::new(stderr);
        let limit = Instant::now() + Duration::from_mins(1);
        let mut said = String::new();
        while Instant::now() < limit {
            let from = said.len();
            if lines.read_line(&mut said).map_err(|e| e.to_string())? == 0 {
                break;
            }
            if said[from..].contains("ready to accept connections") {
                // Reading on keeps the pipe from filling up.
                thread::spawn(move || lines.read_to_end(&mut Vec::new()));
                return Ok(());
            }
        }
        Err(format!("PostgreSQL did not start:\n{said}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let pid = self.server.id().to_string();
        let asked = Command::new("kill").args(["-INT", &pid]).status();
        if !asked.is_ok_and(|status| status.success()) && self.server.kill().is_err() {
            eprintln!("PostgreSQL (process {pid}) could not be stopped");
        }
        let ended = self.server.wait();
        let gone = fs::remove_dir_all(&self.folder);
        if let (Err(why), _) | (_, Err(why)) = (ended.map(drop), gone) {
            eprintln!("cleaning up after PostgreSQL: {why}");
        }
    }
}

/// The command under a user that PostgreSQL accepts, ending with its parent where the system can arrange that.
fn as_server(folder: &Path, program: &Path) -> Command {
    let Some(setpriv) = sh::which("setpriv") else { return sh::command(folder, program, [""; 0]) };
    let mut command = sh::command(folder, setpriv, ["--pdeathsig", "INT"]);
    if sh::is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg("--").arg(program);
    command
}

/// The folder of `initdb` and `postgres`: the newest of Debian's, or `PATH`.
pub(crate) fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok();
    let mut found: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| Some(sh::which("initdb")?.parent()?.to_path_buf()))
}
