//! Words that no committed file contains: paths of somebody's own machine above all.

use super::{Finding, Tree};

/// The list, one a line; it is the only file that may contain them.
pub(super) const LIST: &str = "crates/xtask/data/forbidden.txt";

/// Checks every text file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let list = tree.text(LIST).unwrap_or_default();
    let forbidden: Vec<&str> =
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut findings = Vec::new();
    for (path, text) in tree.files.iter().filter(|(path, _)| path != LIST) {
        for word in forbidden.iter().filter(|word| text.contains(**word)) {
            for (i, _) in text.lines().enumerate().filter(|(_, line)| line.contains(*word)) {
                let words = format!("\"{word}\" is in the list of {LIST}");
                findings.push(Finding { path: path.clone(), line: i + 1, rule: "forbidden-word", words });
            }
        }
    }
    findings
}
