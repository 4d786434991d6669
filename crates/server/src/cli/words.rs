//! Errors of the command line in the language of the terminal. English is what the types say themselves.

use std::io::{Error, ErrorKind};

use journal::{BackupError, KeyError, OpenError, StoreError};
use kernel::Refusal;

use super::{CliError, lang};
use crate::boot::BootError;

/// Whether a stream ended early or does not decompress: the file is damaged, the disk is not at fault.
pub fn is_damage(why: &Error) -> bool {
    matches!(why.kind(), ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput)
}

impl CliError {
    /// The error in the language of the terminal.
    pub fn words(&self) -> String {
        match self {
            Self::Problem(problem) => format!("{} {}", problem.code, problem.detail),
            Self::Store(error) | Self::Backup(BackupError::Store(error)) => of_store(error),
            Self::Backup(BackupError::Open(error)) | Self::Boot(BootError::Open(error)) => of_open(error),
            Self::Backup(error) => of_backup(error),
            Self::Boot(error) => picked(&zh_of_boot(error), error),
            other => other.to_string(),
        }
    }
}

fn picked(zh: &str, en: impl std::fmt::Display) -> String {
    lang().pick(zh, &en.to_string()).into_owned()
}

fn of_store(error: &StoreError) -> String {
    let refusal = Refusal::from(error);
    format!("{} {}", refusal.def.code, refusal.detail(lang()))
}

fn of_open(error: &OpenError) -> String {
    match error {
        OpenError::Store(error) => of_store(error),
        OpenError::Key(error) => picked(&zh_of_key(error), error),
        OpenError::Thread(why) => both!("写入线程无法启动：{why}", "the writer could not be started: {why}"),
    }
}

fn of_backup(error: &BackupError) -> String {
    match error {
        BackupError::Stream(why) if is_damage(why) => {
            both!(
                "这不是 Skein 的备份，或已损坏",
                "this is no backup of Skein, or it is damaged (cut or changed)"
            )
        }
        BackupError::Stream(why) => picked(&format!("备份不能读写：{why}"), error),
        BackupError::Damaged(_) => picked("这不是 Skein 的备份，或已损坏", error),
        BackupError::Unknown(table) => {
            let zh = format!("备份里有这个程序不认识的表 {table}：请用写备份的程序，或更新的程序");
            picked(&zh, error)
        }
        BackupError::NotEmpty => picked("这里已经有数据：请恢复到空的文件夹或空的数据库", error),
        BackupError::Broken => picked("恢复出来的流水账链条不完整：请用另一份备份", error),
        BackupError::Store(error) => of_store(error),
        BackupError::Open(error) => of_open(error),
    }
}

fn zh_of_boot(error: &BootError) -> String {
    match error {
        BootError::Folder { path, why } => format!("文件夹 {} 不能用：{why}", path.display()),
        BootError::NoNode(path) => {
            format!("{} 里没有数据：请用 --dir 指明文件夹，或先运行 skein user setup", path.display())
        }
        BootError::CutOff(path) => {
            format!("恢复到 {} 时中断了：请再运行一次 skein restore，它会从头来过", path.display())
        }
        BootError::Running(path) => {
            format!("{} 上已有一个服务在运行：请用那一个，或先停掉它", path.display())
        }
        BootError::NotAsked { variable, .. } => format!("没有终端可以询问：请把它放在环境变量 {variable} 里"),
        BootError::Open(error) => of_open(error),
    }
}

fn zh_of_key(error: &KeyError) -> String {
    match error {
        KeyError::Missing(path) => format!("密钥文件 {} 不在了：请放回去，或恢复备份", path.display()),
        KeyError::File { path, why } => format!("密钥文件 {}：{why}", path.display()),
        KeyError::Open(path) => format!("密钥文件 {} 别人也能读：请 chmod 600", path.display()),
        KeyError::NotAKey(path) => format!("{} 不是 Skein 的密钥文件", path.display()),
        KeyError::Passphrase => "主密钥的口令没有给出，或不对".into(),
    }
}
