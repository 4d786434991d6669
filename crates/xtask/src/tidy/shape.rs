//! Functions and test-only regions of lexed code.

use super::lex::is_word;

/// A function: its name, its first line, and how many lines it has with its signature.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub name: String,
    pub line: usize,
    pub length: usize,
}

/// The functions of Rust code without comments and strings, nested ones too.
pub(super) fn rust_functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut line = 1;
    for (i, c) in chars.iter().enumerate() {
        if *c == '\n' {
            line += 1;
        }
        let word_before = i > 0 && is_word(chars[i - 1]);
        if word_before || !matches!(chars[i..], ['f', 'n', ' ' | '\n', ..]) {
            continue;
        }
        let name: String =
            chars[i + 2..].iter().skip_while(|c| c.is_whitespace()).take_while(|c| is_word(**c)).collect();
        if name.is_empty() {
            continue;
        }
        if let Some(end) = body_start(&chars, i).and_then(|open| matching(&chars, open)) {
            let length = chars[i..=end].iter().filter(|c| **c == '\n').count() + 1;
            found.push(Function { name, line, length });
        }
    }
    found
}

/// The `{` of the function whose `fn` is at `from`; none where it is only declared.
fn body_start(chars: &[char], from: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in chars.iter().enumerate().skip(from) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(i),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The index of the `}` that closes the `{` at `open`.
fn matching(chars: &[char], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in chars.iter().enumerate().skip(open) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// Callbacks that group others, as a module does, and may be as long as one.
const GROUPS: &[&str] = &["describe", "defineStore"];

/// The functions of TypeScript code without comments and strings: declarations, methods and arrow functions.
pub(super) fn typescript_functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut line = 1;
    let mut statement = 0;
    // Where to go on after each open brace: a type or an object in the middle of a statement does not end it.
    let mut open = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        match c {
            '\n' => line += 1,
            ';' => statement = i + 1,
            '}' => statement = open.pop().flatten().unwrap_or(i + 1),
            '{' => {
                let head: String = chars[statement..i].iter().collect();
                open.push(is_amid(&head).then_some(statement));
                statement = i + 1;
                let Some(name) = opens_function(&head) else { continue };
                let Some(end) = matching(&chars, i) else { continue };
                let length = chars[i..=end].iter().filter(|c| **c == '\n').count() + 1;
                found.push(Function { name, line, length });
            }
            _ => {}
        }
    }
    found
}

/// Whether what follows this text is a part of its statement: in open parentheses or where a type goes on.
fn is_amid(head: &str) -> bool {
    let count = |wanted: char| head.chars().filter(|c| *c == wanted).count();
    let is_arrow = head.trim_end().ends_with("=>");
    !is_arrow && (count('(') > count(')') || head.trim_end().ends_with(['<', '|', '&', ':', ',']))
}

/// The name of the function whose body follows this text; none if what follows is no function or a group of them.
fn opens_function(head: &str) -> Option<String> {
    if is_amid(head) {
        return None;
    }
    let head = head.trim();
    let is_arrow = head.ends_with("=>");
    let group = GROUPS.iter().any(|group| head.rsplit(is_not_word).any(|word| word == *group) && is_arrow);
    if group {
        return None;
    }
    if is_arrow {
        let name = head.split(is_not_word).find(|word| !KEYWORDS.contains(word) && !word.is_empty());
        return Some(name.unwrap_or("a callback").to_owned());
    }
    // `name(…)` or `name(…): Type`, where name is no statement.
    let close = head.rfind(')')?;
    let result = head[close + 1..].trim();
    if !(result.is_empty() || result.starts_with(':')) {
        return None;
    }
    let open = opening(head, close)?;
    let name = head[..open].trim_end().rsplit(is_not_word).next().unwrap_or_default();
    let statement = ["if", "for", "while", "switch", "catch", "with", ""].contains(&name);
    (!statement).then(|| name.to_owned())
}

const KEYWORDS: &[&str] = &["export", "default", "const", "let", "async", "function", "return", "await"];

fn is_not_word(c: char) -> bool {
    !is_word(c)
}

/// The index of the `(` that the `)` at `close` closes.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in text[..=close].char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// The lines (from 1) that are compiled for tests alone: items under `#[cfg(test)]`, `#[test]` and the like.
/// Gives also the names of modules in files of their own that are declared so.
pub(super) fn test_lines(code: &str) -> (Vec<bool>, Vec<String>) {
    let mut lines = vec![false; code.lines().count() + 2];
    let mut modules = Vec::new();
    let chars: Vec<char> = code.chars().collect();
    let mut starts = Vec::new();
    for marker in ["#[cfg(test)]", "#[cfg(all(test", "#[cfg(any(test", "#[test]", "#[tokio::test"] {
        starts.extend(code.match_indices(marker).map(|(byte, _)| code[..byte].chars().count()));
    }
    for start in starts {
        let Some(attribute) = chars[start..].iter().position(|c| *c == ']').map(|i| start + i) else {
            continue;
        };
        let end = match body_start(&chars, attribute + 1) {
            Some(open) => matching(&chars, open).unwrap_or(chars.len() - 1),
            None => chars[start..].iter().position(|c| *c == ';').map_or(start, |i| start + i),
        };
        let item: String = chars[attribute + 1..=end].iter().collect();
        if let Some((_, rest)) = item.split_once("mod ")
            && let Some(name) = rest.trim_end().strip_suffix(';')
        {
            modules.push(name.trim().to_owned());
        }
        let first = line_of(&chars, start);
        let last = line_of(&chars, end);
        for flag in &mut lines[first..=last] {
            *flag = true;
        }
    }
    (lines, modules)
}

fn line_of(chars: &[char], at: usize) -> usize {
    chars[..at].iter().filter(|c| **c == '\n').count() + 1
}
