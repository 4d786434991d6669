//! The exceptions: what a rule lets stand, where, how often and why. The list only shrinks: an exception for more than
//! there is, is itself a finding.

use super::{Finding, Tree};

/// The list: rule, path, how many, why.
pub(super) const LIST: &str = "crates/xtask/data/exceptions.txt";

struct Exception<'a> {
    line: usize,
    rule: &'a str,
    path: &'a str,
    count: usize,
}

/// Takes away what the list lets stand and adds what is wrong with the list.
pub(super) fn apply(tree: &Tree, findings: Vec<Finding>) -> Vec<Finding> {
    let mut left = findings;
    for (i, line) in tree.text(LIST).unwrap_or_default().lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match parse(i + 1, line) {
            Some(exception) => left = without(left, &exception),
            None => left.push(wrong(i + 1, "an exception is: rule | path | how many | why".to_owned())),
        }
    }
    left
}

fn parse(line: usize, text: &str) -> Option<Exception<'_>> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let [rule, path, count, why] = parts[..] else { return None };
    if why.split_whitespace().count() < 3 {
        return None;
    }
    let count = count.parse().ok().filter(|count| *count > 0)?;
    Some(Exception { line, rule, path, count })
}

fn without(findings: Vec<Finding>, exception: &Exception<'_>) -> Vec<Finding> {
    let Exception { line, rule, path, count } = *exception;
    let (covered, mut left): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| finding.rule == rule && finding.path == path);
    if covered.len() > count {
        left.extend(covered);
    } else if covered.is_empty() {
        left.push(wrong(line, format!("{path} no longer needs its exception from {rule}: take it out")));
    } else if covered.len() < count {
        left.push(wrong(
            line,
            format!("{path} breaks {rule} {} times, not {count}: lower it", covered.len()),
        ));
    }
    left
}

fn wrong(line: usize, words: String) -> Finding {
    Finding { path: LIST.to_owned(), line, rule: "exceptions", words }
}
