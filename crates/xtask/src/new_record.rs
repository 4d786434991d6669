//! `cargo xtask new-record`: the first files of a record.
//!
//! It writes what compiles and can be listed, with one field; the rest is thinking. The manifest's lines are printed, not
//! written: who may do what is to be decided, not generated.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Outcome, sh};

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The context, a folder of crates/
    context: String,
    /// The noun of the record, in snake_case
    noun: String,
}

/// The files: where each goes and from which template.
const FILES: &[(&str, &str)] = &[
    ("src/{{noun}}/mod.rs", include_str!("../data/record/mod.txt")),
    ("src/{{noun}}/state.rs", include_str!("../data/record/state.txt")),
    ("src/{{noun}}/queries.rs", include_str!("../data/record/queries.txt")),
    ("migrations/sqlite/{{number}}_{{noun}}.sql", include_str!("../data/record/sqlite.txt")),
    ("migrations/postgres/{{number}}_{{noun}}.sql", include_str!("../data/record/postgres.txt")),
];

const MANIFEST: &str = include_str!("../data/record/manifest.txt");

/// Writes the files and prints what to add to the manifest.
pub(crate) fn run(args: &Args) -> Outcome {
    let words = write(&sh::root(), &args.context, &args.noun)?;
    let config = sh::root().join("rustfmt.toml");
    let mut command = Command::new("rustfmt");
    command.arg("--edition=2024").arg("--config-path").arg(config);
    let folder = sh::root().join("crates").join(&args.context).join("src").join(&args.noun);
    sh::run(command.args([folder.join("state.rs"), folder.join("queries.rs")]))?;
    println!("\n{words}");
    Ok(())
}

/// Writes the files under `root` and gives the words about the manifest.
fn write(root: &Path, context: &str, noun: &str) -> Outcome<String> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if !is_name(noun) {
        return Err(format!("\"{noun}\" is no noun in snake_case: small letters, digits and _"));
    }
    let crate_ = root.join("crates").join(context);
    if !is_name(context) || !crate_.join("Cargo.toml").is_file() {
        return Err(format!("there is no context crates/{context}"));
    }
    if crate_.join("src").join(noun).exists() {
        return Err(format!("crates/{context}/src/{noun} is there already"));
    }
    let number = next_number(&crate_)?;
    let type_name: String = noun.split('_').map(capitalised).collect();
    let fill = |text: &str| {
        text.replace("{{number}}", &number)
            .replace("{{context}}", context)
            .replace("{{noun}}", noun)
            .replace("{{Noun}}", &type_name)
            .replace("{{NOUN}}", &noun.to_uppercase())
    };
    for (name, template) in FILES {
        let path = crate_.join(fill(name));
        let folder = path.parent().unwrap_or(&crate_);
        let made = fs::create_dir_all(folder).and_then(|()| fs::write(&path, fill(template)));
        made.map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(fill(MANIFEST))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// The number after that of the context's last migration.
fn next_number(crate_: &Path) -> Outcome<String> {
    let folder = crate_.join("migrations/sqlite");
    let names = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let numbers = names
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.split('_').next()?.parse::<u32>().ok());
    let last = numbers.max().ok_or_else(|| format!("there is no migration in {}", folder.display()))?;
    Ok(format!("{:03}", last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkout() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let crate_ = root.path().join("crates/help");
        for side in ["sqlite", "postgres"] {
            fs::create_dir_all(crate_.join("migrations").join(side)).unwrap();
            fs::write(crate_.join("migrations").join(side).join("320_help.sql"), "").unwrap();
        }
        fs::write(crate_.join("Cargo.toml"), "").unwrap();
        root
    }

    #[test]
    fn a_record_is_a_folder_and_a_migration_pair() {
        let root = checkout();
        let words = write(root.path(), "help", "shock_board").unwrap();
        assert!(words.contains("CommandDef::create::<ShockBoard>(\"shock_board.create\")"));
        let crate_ = root.path().join("crates/help");
        let state = fs::read_to_string(crate_.join("src/shock_board/state.rs")).unwrap();
        assert!(state.contains("pub static SHOCK_BOARD_ROW"));
        for file in [
            "src/shock_board/mod.rs",
            "src/shock_board/queries.rs",
            "migrations/postgres/321_shock_board.sql",
        ] {
            let text = fs::read_to_string(crate_.join(file)).unwrap();
            assert!(!text.is_empty() && !text.contains("{{n"), "{file}");
        }
        assert!(write(root.path(), "help", "shock_board").unwrap_err().contains("already"));
    }

    #[test]
    fn names_that_are_none_are_refused_in_words() {
        let root = checkout();
        for noun in ["", "Shock", "../x", "李娜", "a b", "1a", "'); DROP TABLE"] {
            assert!(write(root.path(), "help", noun).unwrap_err().contains("snake_case"), "{noun}");
        }
        for context in ["", "gone", "../crates/help"] {
            assert!(write(root.path(), context, "shock").unwrap_err().contains("no context"), "{context}");
        }
    }
}
