//! A PostgreSQL server of one's own, to be stopped in the middle of its work.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server on a socket in its own folder; a test stops it as it likes.
pub struct Cluster {
    folder: tempfile::TempDir,
    bin: PathBuf,
    server: Option<Child>,
}

impl Cluster {
    /// Makes and starts one, where the environment says that there is PostgreSQL.
    pub fn start() -> Option<Self> {
        std::env::var_os("SKEIN_TEST_POSTGRES")?;
        let bin = std::env::var_os("SKEIN_TEST_POSTGRES_BIN").expect("SKEIN_TEST_POSTGRES_BIN");
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let mut cluster = Self { folder, bin: bin.into(), server: None };
        let flags =
            ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-N", "-D"];
        let made = cluster.as_server("initdb").args(flags).arg(cluster.data()).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        cluster.again();
        Some(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// PostgreSQL refuses to run as root; the Debian package brings the user that owns it.
    fn as_server(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]).current_dir(self.folder.path());
        if root {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command.arg("--").arg(program);
        command
    }

    /// Starts the server, and waits until it answers. What was committed must survive its end, so commits are waited for;
    /// the machine stays up, so the disk is not.
    pub fn again(&mut self) {
        let mut command = self.as_server("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(self.folder.path()).args([
            "-h",
            "",
            "-c",
            "fsync=off",
        ]);
        let mut server = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(server.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("ready to accept connections") {
            assert!(lines.read_line(&mut said).unwrap() > 0, "PostgreSQL did not start:\n{said}");
        }
        // Reading on keeps the pipe from filling up.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        self.server = Some(server);
    }

    /// Stops the server at once, without a word to those who are connected: SIGQUIT is its immediate shutdown.
    pub fn stop_at_once(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let asked = Command::new("kill").args(["-QUIT", &server.id().to_string()]).status().unwrap();
        assert!(asked.success());
        server.wait().unwrap();
    }

    pub fn database(&self) -> String {
        connection(self.folder.path(), "postgres")
    }
}

fn connection(folder: &Path, database: &str) -> String {
    format!("host={} user=postgres dbname={database}", folder.display())
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop_at_once();
    }
}
