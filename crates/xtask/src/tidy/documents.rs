//! Rules of the documents: every path they name exists, every decision has a heading and a date.

use super::{Finding, Tree};

/// Folders that are made, not committed: documents may name what will be in them.
const MADE: &[&str] = &["target/", "web/dist", "node_modules", "web/node_modules", "e2e/test-results"];

/// Checks every Markdown file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(".md") {
        for (line, name) in named_paths(text) {
            if !exists(tree, path, &name) {
                let words = format!("`{name}` does not exist");
                findings.push(Finding { path: path.to_owned(), line, rule: "dead-path", words });
            }
        }
        let is_decision = path.starts_with("docs/decisions/") && !path.ends_with("README.md");
        if is_decision && let Some(words) = bad_head(text) {
            findings.push(Finding { path: path.to_owned(), line: 1, rule: "decision-head", words });
        }
    }
    findings
}

/// The paths that a document names, in backticks or as targets of links, with their lines.
fn named_paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let quoted = line.split('`').skip(1).step_by(2).filter(|word| looks_like_path(word));
        found.extend(quoted.map(|word| (i + 1, word.to_owned())));
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split(['#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') && !target.starts_with('/') {
                found.push((i + 1, target.to_owned()));
            }
        }
    }
    found
}

fn looks_like_path(word: &str) -> bool {
    let strange = |c: char| c.is_whitespace() || "<>*$:(){}|=\"'…?&@".contains(c);
    let own = |part: &str| part.starts_with('.') && part.len() > 2;
    if word.contains(strange) || word.starts_with('/') || word.starts_with("..") || word.starts_with('~') {
        return false;
    }
    let (first, rest) = word.split_once('/').unwrap_or((word, ""));
    TOP.contains(&first) && word.contains('/')
        || own(first) && !rest.is_empty()
        || word.contains('/') && has_extension(word)
        || !word.contains('/') && word.ends_with(".md")
}

/// Folders at the root: a word that begins with one of them is a path.
const TOP: &[&str] = &["crates", "web", "e2e", "goldens", "docs", "packaging"];

fn has_extension(word: &str) -> bool {
    let known = ["rs", "toml", "ts", "vue", "css", "md", "sql", "sh", "py", "json", "csv", "txt", "mjs"];
    word.rsplit_once('.').is_some_and(|(_, ending)| known.contains(&ending))
}

/// Whether a path exists from the root or from the document's folder.
fn exists(tree: &Tree, document: &str, name: &str) -> bool {
    let name = name.trim_start_matches("./").trim_end_matches('/');
    if MADE.iter().any(|folder| name.starts_with(folder.trim_end_matches('/'))) {
        return true;
    }
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    tree.paths.contains(name) || tree.paths.contains(&parts.join("/"))
}

fn bad_head(text: &str) -> Option<String> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let heading = lines.next().unwrap_or_default();
    if !heading.starts_with("# ") {
        return Some("a decision begins with a heading".into());
    }
    let date = lines.next().unwrap_or_default();
    let is_date = |word: &str| {
        let digits: Vec<usize> = word.split('-').map(str::len).collect();
        digits == [4, 2, 2] && word.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    let dated = date.split(|c: char| !(c.is_ascii_digit() || c == '-')).any(is_date);
    (!dated).then(|| "under the heading stands the date, as 2026-11-24".into())
}
