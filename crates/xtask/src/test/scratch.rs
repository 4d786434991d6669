//! Where the checks keep what lives no longer than they do: in memory, where there is enough of it. A suite makes a
//! thousand databases, and waits for the disk with each.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, sh};

/// A file system in memory that Linux brings along.
const MEMORY: &str = "/dev/shm";
/// How much of it, and of the machine's memory, has to be free: a browser, a database server, files of 200 MB.
const ENOUGH: u64 = 6 << 30;
const NAME: &str = "skein-test-";

/// A folder in memory; it goes when this is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(why) = fs::remove_dir_all(&self.0) {
            eprintln!("{} is left over: {why}", self.0.display());
        }
    }
}

/// Runs this program once more, with the same arguments and temporary files in memory; nothing where `TMPDIR` says where
/// they go, or where memory is short.
///
/// Once more, because a program cannot safely change its own environment, and everything that is started has to have it.
pub(super) fn again() -> Option<Outcome> {
    if env::var_os("TMPDIR").is_some() || free().is_none_or(|free| free < ENOUGH) {
        return None;
    }
    sh::sweep(Path::new(MEMORY), NAME);
    let folder = Path::new(MEMORY).join(format!("{NAME}{}", std::process::id()));
    fs::create_dir(&folder).ok()?;
    let scratch = Scratch(folder);
    Some(within(&scratch.0))
}

fn within(folder: &Path) -> Outcome {
    let program = env::current_exe().map_err(|e| format!("this program is not found: {e}"))?;
    let status = Command::new(program).args(env::args_os().skip(1)).env("TMPDIR", folder).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("failed ({status})")),
        Err(why) => Err(format!("cannot start this program once more: {why}")),
    }
}

/// Free bytes of the file system in memory, or of memory itself where that is less.
fn free() -> Option<u64> {
    let said = sh::output(Command::new("df").args(["--output=fstype,avail", "-B1", MEMORY])).ok()?;
    let memory = fs::read_to_string("/proc/meminfo").ok()?;
    Some(of_tmpfs(&said)?.min(available(&memory)?))
}

fn of_tmpfs(said: &str) -> Option<u64> {
    said.lines().nth(1)?.trim().strip_prefix("tmpfs")?.trim().parse().ok()
}

fn available(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::{available, of_tmpfs};

    #[test]
    fn free_memory_is_read_from_what_the_system_says() {
        assert_eq!(of_tmpfs("Type        Avail\ntmpfs 25273647104\n"), Some(25_273_647_104));
        assert_eq!(of_tmpfs("Type        Avail\next4 25273647104\n"), None);
        assert_eq!(of_tmpfs(""), None);
        assert_eq!(available("MemTotal:  3 kB\nMemAvailable:    2048 kB\n"), Some(2 << 20));
        assert_eq!(available("MemTotal:  3 kB\n"), None);
    }
}
