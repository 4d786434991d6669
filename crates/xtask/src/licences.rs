//! Whether every dependency may be used: the licences of `cargo metadata` against `deny.toml`, without a network.

use std::fs;

use serde::Deserialize;

use crate::{Outcome, sh};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<String>,
}

/// Checks the Rust crates, and the npm packages that lock files name.
pub(crate) fn run() -> Outcome {
    let rules = fs::read_to_string(sh::root().join("deny.toml")).map_err(|e| format!("deny.toml: {e}"))?;
    let allowed = allowed(&rules)?;
    let metadata = sh::output(&mut sh::cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Metadata = serde_json::from_str(&metadata).map_err(|e| e.to_string())?;
    let mut bad = Vec::new();
    for package in &metadata.packages {
        let licence = match (&package.license, &package.license_file) {
            (Some(licence), _) => licence.clone(),
            (None, Some(_)) => "a file of its own".to_owned(),
            (None, None) => "none".to_owned(),
        };
        if !accepted(&licence, &allowed) {
            bad.push(format!("{} {}: {licence}", package.name, package.version));
        }
    }
    println!("{} crates", metadata.packages.len());
    for folder in ["web", "e2e"] {
        bad.extend(npm(folder, &allowed)?);
    }
    if bad.is_empty() {
        return Ok(());
    }
    bad.sort();
    Err(format!("licences that deny.toml does not allow:\n  {}", bad.join("\n  ")))
}

/// The packages of a lock file whose licence is not allowed.
fn npm(folder: &str, allowed: &[String]) -> Outcome<Vec<String>> {
    let Ok(lock) = fs::read_to_string(sh::root().join(folder).join("package-lock.json")) else {
        return Ok(Vec::new());
    };
    let lock: serde_json::Value = serde_json::from_str(&lock).map_err(|e| format!("{folder}: {e}"))?;
    let Some(packages) = lock["packages"].as_object() else { return Ok(Vec::new()) };
    println!("{} npm packages in {folder}/", packages.len());
    let strangers = packages.iter().filter(|(path, package)| {
        let licence = package["license"].as_str();
        // Lock files leave the licence out of some entries, links among them; npm names it for nearly all.
        !path.is_empty() && licence.is_some_and(|licence| !accepted(licence, allowed))
    });
    Ok(strangers.map(|(path, package)| format!("{folder}/{path}: {}", package["license"])).collect())
}

/// The list `allow` of the table `licenses`.
fn allowed(rules: &str) -> Outcome<Vec<String>> {
    let table = rules.split_once("[licenses]").ok_or("deny.toml has no [licenses]")?.1;
    let list = table.split_once("allow = [").ok_or("deny.toml has no list of allowed licences")?.1;
    let list = list.split_once(']').ok_or("the list of allowed licences does not end")?.0;
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    Ok(lines
        .flat_map(|line| line.split(','))
        .map(|word| word.trim().trim_matches('"').to_owned())
        .filter(|word| !word.is_empty())
        .collect())
}

/// Whether an SPDX expression can be met with the allowed licences alone. The old `/` means OR.
fn accepted(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = all_of(rest, allowed);
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        met |= all_of(rest, allowed);
    }
    met
}

fn all_of(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = one(rest, allowed);
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &[String]) -> bool {
    let Some((&first, after)) = rest.split_first() else { return false };
    *rest = after;
    if first == "(" {
        let met = any_of(rest, allowed);
        let Some((&")", after)) = rest.split_first() else { return false };
        *rest = after;
        return met;
    }
    let mut name = first.to_owned();
    if let [with @ "WITH", exception, after @ ..] = *rest {
        name = format!("{name} {with} {exception}");
        *rest = after;
    }
    allowed.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{accepted, allowed};

    fn list() -> Vec<String> {
        allowed("[licenses]\nallow = [\n  \"MIT\", # short\n  \"Apache-2.0\",\n  \"ISC\",\n]\n").unwrap()
    }

    #[test]
    fn the_list_is_read() {
        assert_eq!(list(), ["MIT", "Apache-2.0", "ISC"]);
        assert!(allowed("[bans]").is_err());
    }

    #[test]
    fn expressions_are_met_by_one_side_of_or_and_both_sides_of_and() {
        let list = list();
        for good in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND ISC", "MIT AND (ISC)"] {
            assert!(accepted(good, &list), "{good}");
        }
        for bad in
            ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT ISC", "Apache-2.0 WITH LLVM-exception", "none"]
        {
            assert!(!accepted(bad, &list), "{bad}");
        }
    }
}
