//! The command line as a suspicious operator tries it: exit codes, words, JSON, wrong folders, broken backups.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use testkit::Database;

use crate::client::PASSWORD;

const PASSPHRASE: &str = "gui-yan-nan-fei";

/// A folder for nodes, and perhaps databases on PostgreSQL.
pub struct Desk {
    folder: tempfile::TempDir,
    pub databases: Vec<Database>,
}

/// What a command line came to.
pub struct Done {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Done {
    pub fn json(&self) -> Value {
        serde_json::from_str(self.out.trim()).unwrap_or_else(|_| panic!("no JSON: {} {}", self.out, self.err))
    }

    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn saying(self, words: &str) -> Self {
        assert!(self.err.contains(words), "{words} is not in: {}", self.err);
        self
    }
}

impl Desk {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command about the node of that name; on PostgreSQL it has a database of its own.
    pub fn command(&self, node: usize, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_skein"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SKEIN_")) {
            command.env_remove(name);
        }
        command
            .current_dir(self.folder.path())
            .env("SKEIN_LANG", "en")
            .env("SKEIN_PASSWORD", PASSWORD)
            .env("SKEIN_BACKUP_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null())
            .arg("--dir")
            .arg(self.path(&format!("node{node}")))
            .args(args);
        if let Some(database) = self.databases.get(node) {
            command.args(["--postgres", &database.url]);
        }
        command
    }

    pub fn run(&self, node: usize, args: &[&str]) -> Done {
        done(&mut self.command(node, args))
    }

    pub fn set_up(&self) {
        self.run(0, &["user", "setup", "--site", "雁来", "--login", "xu"]).ended(0);
    }

    /// A backup of the first node, in the folder `stick`.
    fn backed_up(&self) -> PathBuf {
        let told = self.run(0, &["backup", "--to", "stick", "--json"]).ended(0).json();
        self.path(told["file"].as_str().unwrap())
    }

    pub fn counts(&self, node: usize) -> Value {
        let all = self.run(node, &["export", "--out", "all.jsonl", "--as", "xu", "--json"]).ended(0).json();
        let people = self.run(node, &["export", "--out", "people.jsonl", "--as", "xu", "--noun", "person"]);
        people.ended(0);
        let kept = std::fs::read_to_string(self.path("people.jsonl")).unwrap();
        let kept: Vec<Value> = kept.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        json!({ "all": all["records"], "people": kept })
    }
}

fn done(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    Done {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs a test with nodes on SQLite, and on PostgreSQL where the environment names a server.
pub fn on_both(test: impl Fn(&Desk)) {
    test(&Desk { folder: tempfile::tempdir().unwrap(), databases: Vec::new() });
    let Some(first) = Database::new() else { return };
    let databases = vec![first, Database::new().unwrap()];
    test(&Desk { folder: tempfile::tempdir().unwrap(), databases });
}

#[test]
fn every_command_explains_itself() {
    let desk = Desk { folder: tempfile::tempdir().unwrap(), databases: Vec::new() };
    let help = desk.run(0, &["--help"]).ended(0).out;
    for command in [
        "serve", "demo", "user", "import", "export", "report", "verify", "rebuild", "backup", "restore",
        "match",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in the help");
        let own = desk.run(0, &[command, "--help"]).ended(0).out;
        assert!(own.contains("--json") && own.contains("Usage: skein"), "{command}: {own}");
    }
    desk.run(0, &["fly"]).ended(2).saying("unrecognized");
    desk.run(0, &[]).ended(2);
}

#[test]
fn a_wrong_folder_is_told_and_nothing_is_made_there() {
    on_both(|desk| {
        std::fs::write(desk.path("people.csv"), "姓名,电话\n李娜,13800138000\n").unwrap();
        for args in [
            &["verify"][..],
            &["rebuild"],
            &["user", "list"],
            &["user", "add", "li"],
            &["report", "roster"],
            &["export", "--out", "x", "--as", "xu"],
            &["import", "people.csv"],
            &["backup", "--to", "stick"],
        ] {
            desk.run(0, args).ended(3).saying("there is no node in");
            let told = desk.run(0, &[args, &["--json"]].concat()).ended(3).json();
            assert_eq!(told["exit"], 3, "{args:?}");
            assert!(!desk.path("node0").exists(), "{args:?} made a folder");
        }
        for args in [&["serve"][..], &["user", "setup", "--site", "x", "--login", "xu"], &["demo"]] {
            let mut nowhere = Command::new(env!("CARGO_BIN_EXE_skein"));
            let told = done(nowhere.args(["--dir", "/proc/skein"]).args(args).env("SKEIN_LANG", "en"));
            told.ended(3).saying("/proc/skein");
        }
    });
}

#[test]
fn accounts_are_kept_from_the_terminal() {
    on_both(|desk| {
        desk.run(0, &["user", "setup", "--site", "雁来", "--login", "x"]).ended(2).saying("SK-2004");
        desk.set_up();
        desk.run(0, &["user", "setup", "--site", "雁来", "--login", "xu"]).ended(2).saying("SK-1108");
        desk.run(0, &["user", "add", "li", "--role", "queen"]).ended(2).saying("volunteer");
        desk.run(0, &["user", "add", "li", "--role", "volunteer", "--display", "李娜"]).ended(0);
        desk.run(0, &["user", "add", "li"]).ended(2).saying("SK-2005");
        done(desk.command(0, &["user", "add", "wang"]).env("SKEIN_PASSWORD", "short"))
            .ended(2)
            .saying("SK-2006");
        done(desk.command(0, &["user", "add", "wang"]).env_remove("SKEIN_PASSWORD")).ended(3);
        desk.run(0, &["user", "password", "nobody"]).ended(2).saying("there is no account nobody");
        desk.run(0, &["user", "retire", "xu"]).ended(2);
        desk.run(0, &["user", "retire", "li"]).ended(0);
        let list = desk.run(0, &["user", "list", "--json"]).ended(0).json();
        let li =
            list["accounts"].as_array().unwrap().iter().find(|account| account["login"] == "li").unwrap();
        assert_eq!((&li["display"], &li["active"]), (&json!("李娜"), &json!(false)));
        desk.run(0, &["export", "--out", "x", "--as", "li"]).ended(2).saying("no open account li");
        let mut chinese = desk.command(0, &["user", "add", "xu"]);
        done(chinese.env("SKEIN_LANG", "zh")).ended(2).saying("登录名已有人使用");
    });
}

#[test]
fn a_backup_is_restored_elsewhere_and_a_broken_one_is_told() {
    on_both(|desk| {
        desk.set_up();
        std::fs::write(desk.path("people.csv"), "姓名,性别,联系电话\n李娜,女,13800138000\n𠮷田,男,\n")
            .unwrap();
        let entered = desk.run(0, &["import", "people.csv", "--json"]).ended(0).json();
        assert_eq!(entered["persons_made"], 2, "{entered}");
        let backup = desk.backed_up();
        let file = backup.to_str().unwrap();
        let check = desk.run(1, &["restore", file, "--check", "--json"]).ended(0).json();
        assert_eq!((&check["check"], &check["records"]["person"]), (&json!(true), &json!(2)));
        assert!(!desk.path("node1").exists(), "a rehearsal made a folder");

        let mut wrong = desk.command(1, &["restore", file]);
        done(wrong.env("SKEIN_BACKUP_PASSPHRASE", "not-that-passphrase")).ended(2).saying("does not open it");
        desk.run(1, &["restore", "nothing.backup"]).ended(3).saying("nothing");
        desk.run(1, &["restore", file, "--keys", "none.keys"]).ended(3).saying("none.keys");
        let whole = std::fs::read(&backup).unwrap();
        for (name, bytes) in [
            ("cut", whole[..whole.len() / 2].to_vec()),
            ("cut short", whole[..60].to_vec()),
            ("empty", Vec::new()),
            ("changed", whole.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 400)).collect()),
            ("strange", b"PK\x03\x04 this is a workbook".to_vec()),
        ] {
            let broken = desk.path("stick/broken.backup");
            std::fs::write(&broken, bytes).unwrap();
            let told = desk.run(1, &["restore", broken.to_str().unwrap()]);
            assert_eq!(told.code, Some(1), "{name}: {}", told.err);
            assert!(told.err.contains("damaged"), "{name}: {}", told.err);
        }

        desk.run(1, &["restore", file]).ended(0);
        assert_eq!(desk.counts(1), desk.counts(0));
        desk.run(1, &["verify"]).ended(0);
        let rebuilt = desk.run(1, &["rebuild", "--json"]).ended(0).json();
        assert_eq!(rebuilt["changed"], json!([]));
        desk.run(1, &["restore", file]).ended(2).saying("empty folder or database");
        desk.run(0, &["import", "--undo", entered["batch"].as_str().unwrap()]).ended(0);
    });
}

#[test]
fn a_restore_that_was_killed_is_done_again() {
    on_both(|desk| {
        desk.set_up();
        let backup = desk.backed_up();
        let mark = desk.path("node1/restore.unfinished");
        let mut child =
            desk.command(1, &["restore", backup.to_str().unwrap()]).stdout(Stdio::null()).spawn().unwrap();
        while !mark.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if mark.exists() {
            desk.run(1, &["verify"]).ended(3).saying("was cut off");
            desk.run(1, &["serve", "--addr", "127.0.0.1:0"]).ended(3).saying("was cut off");
            // PostgreSQL undoes what was not committed; a file may be left in any state.
            if desk.databases.is_empty() {
                std::fs::write(desk.path("node1/skein.db"), "half a file").unwrap();
            }
            desk.run(1, &["restore", backup.to_str().unwrap()]).ended(0);
        }
        desk.run(1, &["verify"]).ended(0);
        assert!(!mark.exists());
    });
}

/// A server that runs until this is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(desk: &Desk) -> (Server, String) {
    let mut command = desk.command(0, &["serve", "--addr", "127.0.0.1:0", "--json"]);
    let mut server = Server(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    (server, told["address"].as_str().unwrap().to_owned())
}

#[test]
fn a_second_server_is_refused_and_the_terminal_works_beside_the_first() {
    on_both(|desk| {
        desk.set_up();
        let (mut server, address) = serve(desk);
        desk.run(0, &["serve", "--addr", "127.0.0.1:0"]).ended(3).saying("a server is running on");
        let taken = address.trim_start_matches("http://");
        desk.run(1, &["serve", "--addr", taken]).ended(2).saying("cannot be used");
        desk.run(0, &["user", "add", "li"]).ended(0);
        desk.run(0, &["verify"]).ended(0);
        desk.run(0, &["rebuild"]).ended(0);
        desk.backed_up();
        let asked = Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert_eq!(server.0.wait().unwrap().code(), Some(0));
        drop(server);
        let (_server, _) = serve(desk);
    });
}

#[test]
fn what_is_written_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk { folder: tempfile::tempdir().unwrap(), databases: Vec::new() };
    desk.set_up();
    desk.backed_up();
    desk.counts(0);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    for name in ["node0", "node0/node.key", "stick", "stick/skein.keys", "people.jsonl"] {
        assert_eq!(mode(&desk.path(name)), 0, "{name} can be read by others");
    }
    desk.run(0, &["export", "--out", "x", "--as", "xu", "--noun", "persons"]).ended(2).saying("person");
    desk.run(0, &["export", "--out", "no/where", "--as", "xu"]).ended(3).saying("no/where");
    desk.run(0, &["report", "roster", "--out", "roster.ods"]).ended(2).saying(".xlsx, .csv or .pdf");
    desk.run(0, &["report", "roster", "--as-of", "2026-02-30"]).ended(2);
    desk.run(0, &["report", "participations", "--month", "2026-13"]).ended(2);
    for (name, begins) in [("roster.xlsx", &b"PK"[..]), ("roster.pdf", b"%PDF-")] {
        desk.run(0, &["report", "roster", "--out", name]).ended(0);
        assert!(std::fs::read(desk.path(name)).unwrap().starts_with(begins), "{name}");
    }
    std::fs::write(desk.path("picture.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    desk.run(0, &["import", "picture.png", "--dry-run"]).ended(2).saying("SK-");
    desk.run(0, &["import"]).ended(2).saying("name a file");
    desk.run(0, &["match", "none.csv"]).ended(3).saying("none.csv");
}

#[test]
fn a_demonstration_is_made_once_and_never_over_a_centre() {
    on_both(|desk| {
        for english in [false, true] {
            let node = usize::from(english);
            let mut args = vec!["demo", "--families", "3", "--json"];
            args.extend(english.then_some("--english"));
            let made = desk.run(node, &args).ended(0).json();
            assert!(made["stored"].as_u64().unwrap() > 20, "{made}");
            let again = desk.run(node, &args).ended(0).json();
            assert_eq!((&again["stored"], &again["login"]), (&json!(0), &json!("xu")));
            let list = desk.run(node, &["user", "list"]).ended(0).out;
            assert_eq!(list.contains("Ms Li"), english, "{list}");
            desk.run(node, &["verify"]).ended(0);
        }
        desk.run(0, &["user", "password", "xu"]).ended(0);
        desk.run(0, &["demo"]).ended(2).saying("no demonstration");
    });
}
