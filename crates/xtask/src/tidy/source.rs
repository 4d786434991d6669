//! Rules inside source files: sizes, banned calls, what is left unfinished, SQL where it does not belong.

use std::collections::BTreeSet;

use super::lex::{Language, Lexed, is_word, lex};
use super::shape::{Function, rust_functions, test_lines, typescript_functions};
use super::{Finding, Tree};

const MOST_LINES: usize = 600;
const MOST_FUNCTION_LINES: usize = 70;

/// Calls that take time, ids or randomness from thin air, and what to use instead.
const AMBIENT: &[(&str, &str)] = &[
    ("SystemTime::now", "take the time from the command's context"),
    ("Instant::now", "take the time from the command's context"),
    ("Timestamp::now", "take the time from the command's context"),
    ("Zoned::now", "take the time from the command's context"),
    ("Ulid::new", "ask the context for an id"),
    ("Ulid::generate", "ask the context for an id"),
    ("thread_rng", "take randomness from the context"),
    ("rand::random", "take randomness from the context"),
    ("rand::rng", "take randomness from the context"),
    ("getrandom::fill", "take randomness from the context"),
    ("OsRng", "take randomness from the context"),
    ("fastrand", "take randomness from the context"),
];

const UNFINISHED_CALLS: &[&str] = &["todo!", "unimplemented!", "dbg!"];
const UNFINISHED_WORDS: &[&str] = &["TODO", "FIXME", "XXX"];
const PRINTS: &[&str] = &["println!", "print!", "eprintln!", "eprint!"];
/// Crates that are programs and may write to the terminal.
const PROGRAMS: &[&str] = &["server", "xtask"];
/// Crates where SQL is at home: the one that owns the tables' mechanism, and the one that prepares tests.
const SQL_CRATES: &[&str] = &["journal", "testkit"];
/// Files that only decide: no server, no runtime, no SQL.
const PURE: &[&str] = &["state.rs", "decide.rs", "commands.rs", "events.rs"];

/// A source file with what the rules need to know about it.
struct Source<'a> {
    path: &'a str,
    /// The name of its crate's folder; empty outside crates/.
    owner: &'a str,
    lexed: Lexed,
    test: Vec<bool>,
    all_test: bool,
}

impl Source<'_> {
    fn is_test(&self, line: usize) -> bool {
        self.all_test || self.test.get(line).copied().unwrap_or(false)
    }

    fn finding(&self, line: usize, rule: &'static str, words: String) -> Finding {
        Finding { path: self.path.to_owned(), line, rule, words }
    }

    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// Checks every source file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for suffix in [".rs", ".ts", ".vue", ".css", ".sql"] {
        for (path, text) in tree.ending(suffix) {
            long_file(path, text, &mut findings);
        }
    }
    let declared = declared_tests(tree);
    for (path, text) in tree.ending(".rs") {
        rust(path, text, &declared, &mut findings);
    }
    for suffix in [".ts", ".vue"] {
        for (path, text) in tree.ending(suffix) {
            typescript(path, text, &mut findings);
        }
    }
    for suffix in [".css", ".py", ".sh", ".sql", ".toml", ".yml", ".mjs", ".js"] {
        for (path, text) in tree.ending(suffix) {
            let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.to_owned()));
            unfinished_words(path, lines, &mut findings);
        }
    }
    findings
}

fn long_file(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let lines = text.lines().count();
    if lines > MOST_LINES {
        let words = format!("{lines} lines; split it: {MOST_LINES} is the most");
        findings.push(Finding { path: path.to_owned(), line: 0, rule: "file-length", words });
    }
}

/// Files that are modules declared under `#[cfg(test)]`.
fn declared_tests(tree: &Tree) -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    for (path, text) in tree.ending(".rs") {
        if !text.contains("cfg(test)") {
            continue;
        }
        let (_, modules) = test_lines(&lex(text, Language::Rust).code);
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.trim_end_matches(".rs");
        let own = if ["mod", "lib", "main"].contains(&stem) { String::new() } else { format!("/{stem}") };
        for module in modules {
            declared.insert(format!("{folder}{own}/{module}.rs"));
            declared.insert(format!("{folder}{own}/{module}/mod.rs"));
        }
    }
    declared
}

fn rust(path: &str, text: &str, declared: &BTreeSet<String>, findings: &mut Vec<Finding>) {
    let lexed = lex(text, Language::Rust);
    let (tested, _) = test_lines(&lexed.code);
    let owner = path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let beside = ["/tests/", "/examples/", "/benches/"].iter().any(|folder| path.contains(folder));
    let all_test = beside || path.ends_with("/tests.rs") || declared.contains(path) || owner == "testkit";
    let source = Source { path, owner, lexed, test: tested, all_test };
    long_functions(path, rust_functions(&source.lexed.code), findings);
    for (i, line) in source.lexed.code.lines().enumerate() {
        rust_line(&source, i + 1, line, findings);
    }
    unfinished_words(path, source.lexed.comments.iter().cloned(), findings);
    sql(&source, findings);
    pure(&source, findings);
}

fn rust_line(source: &Source<'_>, number: usize, line: &str, findings: &mut Vec<Finding>) {
    for call in UNFINISHED_CALLS.iter().filter(|call| has_call(line, call)) {
        findings.push(source.finding(number, "unfinished", format!("{call} has no place in committed code")));
    }
    if source.is_test(number) {
        return;
    }
    for (call, instead) in AMBIENT.iter().filter(|(call, _)| has_call(line, call)) {
        findings.push(source.finding(number, "ambient", format!("{call}: {instead}")));
    }
    if line.contains(".unwrap()") {
        let words = "unwrap() outside tests: return an error, or expect(\"why it cannot fail\")";
        findings.push(source.finding(number, "unwrap", words.to_owned()));
    }
    if !source.owner.is_empty() && !PROGRAMS.contains(&source.owner) {
        for call in PRINTS.iter().filter(|call| has_call(line, call)) {
            let words = format!("{call} in a library: return it, or trace it without personal data");
            findings.push(source.finding(number, "print", words));
        }
    }
}

/// Whether a line names this, not as the end or the beginning of a longer name.
fn has_call(line: &str, call: &str) -> bool {
    line.match_indices(call).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + call.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

fn long_functions(path: &str, functions: Vec<Function>, findings: &mut Vec<Finding>) {
    for function in functions.into_iter().filter(|function| function.length > MOST_FUNCTION_LINES) {
        let Function { name, line, length } = function;
        let words = format!("{name} has {length} lines; {MOST_FUNCTION_LINES} is the most");
        findings.push(Finding { path: path.to_owned(), line, rule: "function-length", words });
    }
}

fn unfinished_words(path: &str, lines: impl Iterator<Item = (usize, String)>, findings: &mut Vec<Finding>) {
    for (line, text) in lines {
        if let Some(word) = UNFINISHED_WORDS.iter().find(|word| has_call(&text, word)) {
            let words = format!("{word}: finish it, or write an issue");
            findings.push(Finding { path: path.to_owned(), line, rule: "unfinished", words });
        }
    }
}

fn sql(source: &Source<'_>, findings: &mut Vec<Finding>) {
    let home = source.owner.is_empty()
        || SQL_CRATES.contains(&source.owner)
        || source.file_name() == "queries.rs"
        || source.path.contains("/queries/");
    if home {
        return;
    }
    for (line, text) in source.lexed.strings.iter().filter(|(line, _)| !source.is_test(*line)) {
        if is_sql(text) {
            let words = "SQL outside queries.rs: move the statement there".to_owned();
            findings.push(source.finding(*line, "sql-place", words));
        }
    }
}

/// Whether a string is a statement: it begins like one and goes on like one.
fn is_sql(text: &str) -> bool {
    const SHAPES: &[(&str, &str)] = &[
        ("SELECT ", " FROM "),
        ("WITH ", " SELECT "),
        ("INSERT ", " INTO "),
        ("UPDATE ", " SET "),
        ("DELETE ", " FROM "),
        ("CREATE TABLE ", ""),
        ("CREATE INDEX ", ""),
        ("ALTER TABLE ", ""),
        ("DROP TABLE ", ""),
    ];
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    SHAPES.iter().any(|(begin, then)| {
        flat.starts_with(begin) && flat[begin.len() - 1..].contains(then) && flat.len() > begin.len()
    })
}

fn pure(source: &Source<'_>, findings: &mut Vec<Finding>) {
    // The journal's decide.rs is the mechanism that calls the pure ones.
    if !PURE.contains(&source.file_name()) || SQL_CRATES.contains(&source.owner) || source.owner == "server" {
        return;
    }
    for (i, line) in source.lexed.code.lines().enumerate() {
        for library in ["axum", "tokio", "rusqlite", "tokio_postgres", "std::fs", "std::net"] {
            let number = i + 1;
            if has_call(line, library) && !source.is_test(number) {
                let words = format!("{library} in a module that only decides");
                findings.push(source.finding(number, "pure-module", words));
            }
        }
    }
}

fn typescript(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let script = if path.ends_with(".vue") { script_of(text) } else { text.to_owned() };
    let lexed = lex(&script, Language::TypeScript);
    long_functions(path, typescript_functions(&lexed.code), findings);
    unfinished_words(path, lexed.comments.into_iter(), findings);
}

/// The script of a component, on its own lines.
fn script_of(text: &str) -> String {
    let mut inside = false;
    let mut script = String::new();
    for line in text.lines() {
        if line.starts_with("</script") {
            inside = false;
        }
        if inside {
            script.push_str(line);
        }
        script.push('\n');
        if line.starts_with("<script") {
            inside = true;
        }
    }
    script
}
