//! The house rules that a machine can check. They run as a test, so that breaking one is a red build and not a review.

mod documents;
mod exceptions;
mod layout;
mod lex;
mod shape;
mod source;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, sh};

/// Something that a rule does not allow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The path in the checkout.
    pub path: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The rule, by the name that exceptions use.
    pub rule: &'static str,
    /// What is wrong and what to do instead.
    pub words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: [{}] {}", self.path, self.line, self.rule, self.words)
    }
}

/// A checkout, read once.
pub(crate) struct Tree {
    /// Every text file, with its path from the root.
    files: Vec<(String, String)>,
    /// Every path there is, folders too.
    paths: BTreeSet<String>,
}

impl Tree {
    /// Reads what git knows or would add; without git, every file outside the build folders.
    fn read(root: &Path) -> Outcome<Self> {
        let names = git_files(root).map_or_else(|| walk(root), Ok)?;
        let mut tree = Self { files: Vec::new(), paths: BTreeSet::new() };
        for name in names {
            let Ok(bytes) = fs::read(root.join(&name)) else { continue };
            tree.add(&name, String::from_utf8(bytes).ok());
        }
        Ok(tree)
    }

    fn add(&mut self, name: &str, text: Option<String>) {
        for folder in Path::new(name).ancestors().skip(1) {
            self.paths.insert(folder.to_string_lossy().into_owned());
        }
        self.paths.insert(name.to_owned());
        if let Some(text) = text {
            self.files.push((name.to_owned(), text));
        }
    }

    /// A tree of these files, for tests of the rules.
    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        let mut tree = Self { files: Vec::new(), paths: BTreeSet::new() };
        for (name, text) in files {
            tree.add(name, Some((*text).to_owned()));
        }
        tree
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str())
    }

    fn ending<'a>(&'a self, suffix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.ends_with(suffix))
            .map(|(p, t)| (p.as_str(), t.as_str()))
    }
}

/// Every finding that no exception covers, and every exception that covers nothing.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = source::check(tree);
    findings.extend(layout::check(tree));
    findings.extend(documents::check(tree));
    findings.extend(words::check(tree));
    let mut left = exceptions::apply(tree, findings);
    left.sort();
    left
}

/// Checks the checkout and prints what it finds.
pub(crate) fn run() -> Outcome {
    let tree = Tree::read(&sh::root())?;
    let findings = check(&tree);
    for finding in &findings {
        println!("{finding}");
    }
    println!("{} files read", tree.files.len());
    if findings.is_empty() { Ok(()) } else { Err(format!("tidy: {} findings", findings.len())) }
}

fn git_files(root: &Path) -> Option<Vec<String>> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = sh::output(Command::new("git").current_dir(root).args(args)).ok()?;
    Some(listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "dist", "__pycache__"];

fn walk(root: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root.join(&folder)).map_err(|e| format!("{}: {e}", folder.display()))?;
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if root.join(&path).is_dir() {
                folders.push(path);
            } else {
                names.push(path.to_string_lossy().into_owned());
            }
        }
    }
    Ok(names)
}
